"""Listing: rows for a reader to go through, with their headers and how many there are in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pandas import DataFrame
from sqlalchemy import Connection

from data_access import statements
from data_access.context import Context, Period
from data_access.measure import Columns, exact, periods_for
from data_access.metrics.metric import Metric
from data_access.rows import ROWS
from data_access.rows.base import RowSource, bound, room, shape
from data_access.text import Text


@dataclass(frozen=True)
class Listing:
    """One page of records.

    ``columns`` holds those of ``headers`` in their order, preceded by ``record`` (the key to ask ``history`` with)
    and, for shares, ``counted``. Coded columns hold codes; ``dimensions`` names the dimension that labels them.
    ``kind`` is the kind of record (``"proposal"``), empty where nothing stands behind a row. ``total`` counts all rows.
    """

    columns: Columns
    headers: dict[str, Text]
    dimensions: dict[str, str]
    kind: str
    total: int

    @cached_property
    def rows(self) -> DataFrame:
        """The columns as a table."""
        return DataFrame({name: exact(values) for name, values in self.columns.items()})


@dataclass(frozen=True)
class Event:
    """One step in a record's history; ``on`` is missing for a step not dated."""

    on: Any
    event: Text
    who: str = ""
    detail: Text = field(default=Text("", ""))
    is_future: bool = False


def events_table(events: Sequence[Event]) -> DataFrame:
    """Columns ``date``, ``event`` (Text), ``who``, ``detail`` (Text), ``is_future``, in the order of the dates.

    Steps of one day keep the order given; undated steps come last.
    """
    ordered = sorted(events, key=lambda step: (step.on is None, str(step.on)))
    columns = ("date", "event", "who", "detail", "is_future")
    lines = [(step.on, step.event, step.who, step.detail, step.is_future) for step in ordered]
    return DataFrame({name: [line[i] for line in lines] for i, name in enumerate(columns)})


def records(
    connection: Connection,
    metric: Metric,
    context: Context,
    *,
    search: str = "",
    limit: int = 50,
    offset: int = 0,
) -> Listing:
    """The rows behind a figure: those counted; for a share its whole base, those not counted first.

    The conditions are the metric's own, so the listing is as long as the figure says. ``search`` looks for the words
    as typed in the columns meant for it. Sorted as the row source says.
    """
    source = ROWS[metric.rows]
    periods = periods_for(connection, metric, context, by_year=False)
    values = bound(context, periods)
    count, lines, first = statements.listing(source, metric, shape(context), room(len(periods)), search)
    page = connection.execute(lines, values | {"limit": limit, "offset": offset}).fetchall()
    is_all = offset == 0 and len(page) < limit
    return listing(source, first, page, len(page) if is_all else connection.execute(count, values).scalar_one())


def table(
    connection: Connection,
    source: RowSource,
    names: Sequence[str],
    context: Context,
    over: Sequence[Period],
    order: Sequence[str] = (),
) -> DataFrame:
    """The rows of a source that are picked: columns ``names``, sorted by columns ``order``."""
    statement = statements.lines(source, tuple(names), tuple(order), shape(context), room(len(over)))
    found = connection.execute(statement, bound(context, over)).fetchall()
    # From lines rather than columns: without a line every column stays of no type, instead of becoming one of numbers.
    return DataFrame([tuple(line) for line in found], columns=list(names))


def listing(source: RowSource, first: Sequence[str], lines: Sequence[Sequence[Any]], total: int) -> Listing:
    """Lines of a row source as a page: the columns named ``first``, then those of its listing."""
    names = [*first, *(item.column for item in source.listing)]
    return Listing(
        columns={name: [line[i] for line in lines] for i, name in enumerate(names)},
        headers={item.column: item.header for item in source.listing},
        dimensions=_labelled(source),
        kind=source.record,
        total=total,
    )


def _labelled(source: RowSource) -> dict[str, str]:
    shown = {item.column for item in source.listing}
    return {column: name for name, column in source.dimensions.items() if column in shown}
