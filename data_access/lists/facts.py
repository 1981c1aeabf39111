"""One record's own line, whatever was filtered: what a page about the record says before its history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from data_access.context import Context, Period
from data_access.lists.listing import Listing, listing
from data_access.rows import ROWS, proposal_events
from data_access.rows.base import RowSource, bound

# The row source in which each kind of record has one line. An appointment's history tells of its procedure, and a name
# and an open procedure are not shown together.
LINES = {
    "proposal": "proposals",
    "supervision_item": "supervision_items",
    "resolution": "resolutions",
    "meeting": "meetings",
    "appointment": "appointment_procedure",
    "deputy": "deputies",
    "station": "stations",
    "party_support": "party_support",
    "leader_task": "leader_tasks",
    "election": "elections",
    "congress_body": "congress_bodies",
    "normative_doc": "normative_docs",
    "appraisal": "appraisals",
}
LONG_AGO = date(1900, 1, 1)
PLANNED_BACK = 20  # years a plan may be old whose item was never held


def facts(connection: Connection, kind: str, record: str, context: Context) -> Listing:
    """The record as it stands on the as-of day, in the columns of its listings.

    Returns: One row; none for a record that does not exist or that the reader may not see.

    Raises:
        KeyError: There is no such kind of record; those there are, are the keys of ``LINES``.
    """
    # A link to a record stays good when the filters beside it change, so only the scope decides.
    alone = context.with_filters(townships=(), picks=())
    found = _line(connection, ROWS[LINES[kind]], record, alone, (_year(connection, kind, record, alone),))
    if found.total or kind != "supervision_item":
        return found
    # One that is planned and not yet held stands in its year's plan alone.
    years = range(context.as_of.year - PLANNED_BACK, context.as_of.year + 2)
    return _line(connection, ROWS["supervision_plan"], record, alone, years)


def _line(connection: Connection, source: RowSource, record: str, alone: Context, years: Iterable[int]) -> Listing:
    over = tuple(Period(year, LONG_AGO, alone.as_of, alone.as_of) for year in years)
    rows = source.rows(alone, over)
    shown = [rows.c[source.record_id].label("record"), *(rows.c[item.column] for item in source.listing)]
    one = select(*shown).where(rows.c[source.record_id] == record).limit(1)
    lines = connection.execute(one, bound(alone, over)).fetchall()
    return listing(source, ["record"], lines, len(lines))


def _year(connection: Connection, kind: str, record: str, context: Context) -> int:
    """The year a record's line belongs to: proposals go by handling year, everything else by date."""
    if kind != "proposal":
        return context.as_of.year
    found = connection.execute(proposal_events.item(context, record)).mappings().first()
    return int(found["handling_year"]) if found else context.as_of.year
