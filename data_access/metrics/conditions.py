"""Conditions on rows that several metrics are written with."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, and_, not_

from data_access.metrics.metric import Condition
from data_access.sql import one_of


def claims(*columns: str) -> Condition:
    """Rows of which every one of these claims (columns that are true or false) holds; all rows when none is named."""

    def condition(rows: FromClause) -> ColumnElement[bool]:
        # A condition has to name its rows, or the statement would have nothing to select from.
        return and_(*(rows.c[name] for name in columns)) if columns else rows.c.year.is_not(None)

    return condition


def without(column: str) -> Condition:
    """Rows of which this claim does not hold."""
    return lambda rows: not_(rows.c[column])


def among(column: str, *values: object) -> Condition:
    """Rows whose column holds one of these values."""
    return lambda rows: one_of(rows.c[column], values)


def recorded(column: str) -> Condition:
    """Rows whose column holds anything at all."""
    return lambda rows: rows.c[column].is_not(None)


def both(one: Condition, other: Condition) -> Condition:
    """Rows for which both conditions hold."""
    return lambda rows: and_(one(rows), other(rows))
