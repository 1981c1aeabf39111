"""Decisions on persons by term, so that one term can be laid beside another."""

from __future__ import annotations

from datetime import date

from pandas import DataFrame
from sqlalchemy import Connection

from data_access.context import Context, Period
from data_access.lists.listing import table
from data_access.rows import ROWS
from data_access.rows.terms import term_starts

COLUMNS = ("decided_on", "person_key", "is_counted")


def last_two(connection: Connection, context: Context, day: date) -> tuple[date, ...]:
    """First days of the term that holds the day and of the one before it, as far as they are on record, ascending."""
    return tuple(start for start in term_starts(connection, context) if start <= day)[-2:]


def decisions(connection: Connection, context: Context, first: date, last: date) -> DataFrame:
    """Every decision of those days, in the order of days.

    Returns: Columns ``decided_on``, ``person_key`` and ``is_counted`` (whether ``A01`` counts it).
    """
    over = (Period(last.year, first, last, last),)
    return table(connection, ROWS["appointments"], COLUMNS, context, over, order=("decided_on",))
