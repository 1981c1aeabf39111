"""Which tables stand behind a figure: those its rows are read from, found in the statement itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sqlalchemy import Column, Table
from sqlalchemy.sql import visitors

from data_access.context import Context, Filters, Scope
from data_access.metrics.metric import Metric
from data_access.rows import ROWS
from data_access.rows.base import columns_of, shape
from data_access.tables import TABLES

_ANY = Context(Scope(("00",)), Filters((2000, 2000)), date(2000, 1, 1))


def tables_behind(metrics: Iterable[Metric]) -> tuple[str, ...]:
    """The tables that metrics are counted from, in the order of the description; lookups nobody needs are left out."""
    read = {name for metric in metrics if metric.rows in ROWS for name in _read(metric)}
    return tuple(name for name in TABLES if name in read)


@lru_cache(maxsize=512)
def _read(metric: Metric) -> frozenset[str]:
    rows = ROWS[metric.rows].rows_of(shape(_ANY), 1, columns_of(metric))
    found = set()
    for part in visitors.iterate(rows):
        table = part.table if isinstance(part, Column) else part
        if isinstance(table, Table):
            found.add(table.name)
    return frozenset(found)
