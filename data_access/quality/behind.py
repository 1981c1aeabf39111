"""Which tables stand behind a figure: those its rows are read from, found in the statement itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from data_access.context import Context
from data_access.metrics.metric import Metric
from data_access.reads import read_by
from data_access.rows import ROWS
from data_access.rows.base import columns_of, room, shape
from data_access.tables import TABLES

SIZE = room(5)  # for how many periods most statements of a page are written


class _Written:
    """The shape in which statements are there already; which one does not change what they read."""

    def __init__(self, form: Context) -> None:
        self.form = form

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Written)


def tables_behind(metrics: Iterable[Metric], context: Context) -> tuple[str, ...]:
    """The tables that metrics are counted from, in the order of the description; lookups nobody needs are left out."""
    form = _Written(shape(context))
    read = {name for metric in metrics if metric.rows in ROWS for name in _of(metric, form)}
    return tuple(name for name in TABLES if name in read)


def _of(metric: Metric, form: _Written) -> frozenset[str]:
    return _read(metric.rows, columns_of(metric) if ROWS[metric.rows].is_plain else None, form)


@lru_cache(maxsize=512)
def _read(name: str, columns: frozenset[str] | None, written: _Written) -> frozenset[str]:
    return read_by(ROWS[name].rows_of(written.form, SIZE, columns)).intersection(TABLES)
