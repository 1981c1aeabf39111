"""What of the database a statement looks at, found in the statement itself; and what a metric therefore needs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Alias, Column, FromClause, Table
from sqlalchemy.sql.visitors import ExternallyTraversible

from data_access import statements
from data_access.context import Context, Filters, Scope
from data_access.metrics.metric import Kind, Metric, Window
from data_access.rows import ROWS
from data_access.rows.base import shape
from data_access.rows.terms import started

# A view with a scope, a year and a township: statements of every other view look at the same columns.
_PLAIN = shape(Context(Scope(("990102",)), Filters((2000, 2000), ("990102101",)), date(2000, 1, 1)))


def read_by(statement: ExternallyTraversible) -> frozenset[str]:
    """The described tables a statement looks at, and their columns as ``table.column``."""
    seen: set[int] = set()
    found: set[str] = set()
    waiting: list[Any] = [statement]
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, Table):
            found.add(part.name)
        if (origin := getattr(part, "table", None)) is not None:
            source = _behind(origin)
            waiting.append(source)
            # Columns of subqueries are found where the subquery names them.
            found |= {f"{source.name}.{part.name}"} if isinstance(source, Table) and isinstance(part, Column) else set()
        waiting += part.get_children()
    return frozenset(found)


def _behind(source: FromClause) -> FromClause:
    """The table an alias stands for; subqueries stand for themselves."""
    return _behind(source.element) if isinstance(source, Alias) else source


@lru_cache(maxsize=512)
def needs(metric: Metric) -> frozenset[str]:
    """The tables and columns without which a metric cannot be counted: all its statements look at."""
    if not metric.rows:  # counted of the data itself, as far as it goes
        return frozenset()
    source, asked = ROWS[metric.rows], (metric,)
    is_quantile = metric.kind is Kind.QUANTILE
    statement = (
        statements.histogram(source, metric, (), _PLAIN, 1)
        if is_quantile
        else statements.totals(source, asked, (), _PLAIN, 1)[0]
    )
    read = read_by(statement) if statement is not None else frozenset()
    return read | read_by(started(())) if metric.window is Window.TERM else read


def lacks(metric: Metric, absent: Collection[str]) -> frozenset[str]:
    """What a metric needs and the database does not have, by the names of ``structure.absent``."""
    return needs(metric).intersection(absent) if absent else frozenset()
