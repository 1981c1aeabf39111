"""Small databases for tests: rows written with as few words as the rule under test needs."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Engine, Float, Integer, create_engine
from sqlalchemy.pool import NullPool, StaticPool

from data_access.context import Context, Filters, Rules, Scope
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.tables import TABLES, metadata

DISTRICT = "990102"
RIVER = "990102101"  # a town
HILL = "990102102"  # another town
MARKET = "990102001"  # a subdistrict
OTHER_DISTRICT = "990103101"

_numbers = count(1)


def empty_database() -> Connection:
    """An open connection to a database in memory with every table and no row."""
    # An engine of its own, as the board keeps answers by engine; it shares the statements written before.
    return _engine().execution_options().connect()


@cache
def _engine() -> Engine:
    """Every connection is a database of its own, with all tables."""
    made = create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(made)
    with made.connect() as connection:
        tables = connection.connection.driver_connection.serialize()  # type: ignore[union-attr]

    def copied() -> sqlite3.Connection:
        raw = sqlite3.connect(":memory:", check_same_thread=False)
        raw.deserialize(tables)
        return raw

    return create_engine("sqlite://", poolclass=NullPool, creator=copied)


def add(connection: Connection, table: str, **values: Any) -> str:
    """One row; required columns not named get a harmless value. Returns the row's key."""
    described = TABLES[table]
    filled = {column.name: _harmless(column) for column in described.c if not column.nullable}
    filled |= {"region_code": RIVER} if "region_code" in described.c else {}
    filled |= values
    connection.execute(described.insert().values(**filled))
    return str(filled[next(iter(described.primary_key)).name])


def _harmless(column: Column[Any]) -> Any:
    codes = column.info.get("codes")
    if codes is not None:
        first = next(iter(codes))
        return int(first) if codes.numeric else first
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Date):
        return date(2024, 1, 15)
    return 1 if isinstance(column.type, Integer | Float) else f"{column.table.name}-{next(_numbers)}"


def add_proposal(connection: Connection, id: str, **values: Any) -> str:
    """A suggestion of handling year 2024, assigned on 1 February 2024, within the district's powers."""
    usual = {
        "kind": "SUG",
        "handling_year": 2024,
        "submitted_on": date(2024, 1, 15),
        "assigned_on": date(2024, 2, 1),
        "status": "HANDLING",
        "competence": "OWN",
        "is_public": True,
    }
    return add(connection, "proposal", id=id, **(usual | values))


def add_handler(connection: Connection, proposal: str, unit: str = "U1", role: str = "SOLE", **values: Any) -> str:
    """A unit that handles an item."""
    return add(connection, "proposal_handler", proposal_id=proposal, org_unit_id=unit, role=role, **values)


def add_reply(
    connection: Connection, proposal: str, replied_on: date, unit: str = "U1", round_no: int = 1, **values: Any
) -> str:
    """A unit's reply to an item."""
    usual = {"proposal_id": proposal, "org_unit_id": unit, "replied_on": replied_on, "round_no": round_no}
    return add(connection, "proposal_reply", **(usual | values))


def context(
    as_of: date = date(2025, 6, 30),
    years: tuple[int, int] = (2024, 2024),
    scope: tuple[str, ...] = (DISTRICT,),
    rules: Rules | None = None,
    **filters: Any,
) -> Context:
    """A whole district's reader asking for handling year 2024, in the middle of 2025."""
    return Context(Scope(scope), Filters(years, **filters), as_of, rules or Rules(region_code=DISTRICT))


def figure(connection: Connection, key: str, asked: Context | None = None, part: str = "", **options: Any) -> Any:
    """One metric's value (or its ``.k`` or ``.n``) over everything asked for."""
    answer = measure(connection, [METRICS[key]], asked or context(), **options)
    assert len(answer) == 1
    return answer[f"{key}.{part}" if part else key].iloc[0]
