"""Terms (届): from which day a cumulative figure counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from data_access.asking import once
from data_access.context import Context
from data_access.tables.regions import term


def term_starts(connection: Connection, context: Context) -> tuple[date, ...]:
    """First days of the terms of the district's congress on record, ascending.

    Terms belong to the district, so a reader who may see one township alone is given the district's.
    """
    districts = frozenset({context.rules.region_code, *(prefix[:6] for prefix in context.scope.prefixes)})
    return once(
        ("first days of terms", districts), lambda: tuple(sorted(connection.execute(started(districts)).scalars()))
    )


def started(districts: Iterable[str]) -> Select[Any]:
    """First days of the terms of these districts' congresses."""
    return select(term.c.start_on).where(term.c.region_code.in_(sorted(districts)), term.c.level == "COUNTY")


def term_start(starts: Sequence[date], on: date) -> date:
    """First day of the term that holds a day; 1 January where none began before it.

    Source: Deputies Law, article 2: a term runs from its first session to the first session of the next.
    """
    return max((day for day in starts if day <= on), default=date(on.year, 1, 1))
