"""A fictional district, filled with rows that read like a real one; nothing in it exists."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, Table, insert

from data_access.tables import TABLES
from sample_data.activities import add_activities
from sample_data.awkward import AWKWARD, add_mistakes
from sample_data.capacity import add_capacity
from sample_data.deputies import add_deputies
from sample_data.leadership import add_leadership
from sample_data.local import add_local
from sample_data.meetings import add_meetings
from sample_data.personnel import add_personnel
from sample_data.proposals import add_proposals
from sample_data.regions import add_regions
from sample_data.stations import add_stations
from sample_data.supervision import add_supervision
from sample_data.units import add_units
from sample_data.world import FIRST_YEAR, Row, World

__all__ = ["AWKWARD", "SEED", "district", "fill"]

SEED = 20211228
EARLIEST = date(FIRST_YEAR, 7, 1)


def fill(connection: Connection, *, until: date, seed: int = SEED) -> dict[str, int]:
    """Fill empty tables with the sample district as it stood on a day.

    Returns:
        Rows written, by table.

    Raises:
        ValueError: ``until`` lies before 1 July 2021, when there is not enough to show.
    """
    rows = district(until=until, seed=seed)
    for name, table in TABLES.items():
        if rows.get(name):
            connection.execute(insert(table), _complete(table, rows[name], until))
    return {name: len(rows.get(name, [])) for name in TABLES}


def district(*, until: date, seed: int = SEED) -> dict[str, list[Row]]:
    """All rows of the sample district by table name; the same for the same day and seed."""
    if until < EARLIEST:
        raise ValueError(f"The sample district starts in {FIRST_YEAR}; choose a day from {EARLIEST} on, not {until}.")
    world = World(until, seed)
    outlines = add_regions(world)
    add_units(world)
    add_meetings(world)
    alive = add_stations(world, outlines)
    add_deputies(world)
    add_proposals(world)
    add_supervision(world)
    add_personnel(world)
    add_activities(world, alive)
    add_leadership(world)
    add_capacity(world)
    add_local(world)
    add_mistakes(world)
    return world.rows


def _complete(table: Table, rows: list[Row], until: date) -> list[Row]:
    """Every column in every row, and the moment of the last change: the day after the row's last known date."""
    names = table.columns.keys()
    days = [column.name for column in table.columns if column.type.python_type is date]
    made = []
    for number, row in enumerate(rows):
        last = max((day for name in days if (day := row.get(name)) and day <= until), default=date(FIRST_YEAR, 1, 4))
        moment = datetime.combine(min(last + timedelta(days=1), until), time(8 + number % 10, number * 7 % 60))
        made.append({name: row.get(name) for name in names} | {"updated_at": moment})
    return made
