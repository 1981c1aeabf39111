"""The items that tell how fast units answer, as the forecast takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, select

from data_access.asking import once
from data_access.context import Context, Period, same_day
from data_access.forecast import NEVER, Cases
from data_access.rows import ROWS
from data_access.rows.base import bound, shape

YEARS_BACK = 6
ASKED = ("id", "unit", "assigned_on", "due_on", "replied_on")


@dataclass(frozen=True)
class Pace:
    """The cases, and for each the number of its item (``ids``)."""

    ids: tuple[str, ...]
    cases: Cases


def pace(connection: Connection, context: Context) -> Pace:
    """Items of all townships assigned in the last six years, as known on the as-of day.

    Without those answered before they were assigned, which are errors. Items without a unit share one.
    """
    everywhere = context.with_filters(years=(1, 1), townships=(), picks=(), since=None)
    return once(("pace", everywhere), lambda: _pace(connection, everywhere))


def _pace(connection: Connection, context: Context) -> Pace:
    first = same_day(context.as_of, context.as_of.year - YEARS_BACK)
    over = (Period(context.as_of.year, first, context.as_of, context.as_of),)
    lines = connection.execute(_statement(shape(context)), bound(context, over)).fetchall()
    lines = [line for line in lines if line.replied_on is None or line.replied_on >= line.assigned_on]
    units = {unit: number for number, unit in enumerate(dict.fromkeys(line.unit for line in lines))}
    cases = Cases(
        unit=np.array([units[line.unit] for line in lines], dtype=np.int64),
        assigned=_days([line.assigned_on for line in lines]),
        due=_days([line.due_on for line in lines]),
        replied=_days([line.replied_on for line in lines]),
    )
    return Pace(tuple(str(line.id) for line in lines), cases)


@lru_cache(maxsize=16)
def _statement(form: Context) -> Select[Any]:
    rows = ROWS["proposals_assigned"].rows_of(form, 1, frozenset(ASKED))
    return select(*(rows.c[name] for name in ASKED))


def _days(values: list[date | None]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([NEVER if value is None else value.toordinal() for value in values], dtype=np.int64)
