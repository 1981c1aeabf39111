"""measure(): metrics by dimensions, within a context, as one table of numbers.

One statement for all metrics that share rows and window (a second one where a median is asked for): the database
adds up, pandas only holds the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, product
from typing import Any

import numpy as np
from pandas import DataFrame, Series
from sqlalchemy import Connection, Select

from data_access import statements, together
from data_access.asking import each_once, is_asking_once
from data_access.context import Context, Period, periods
from data_access.metrics.metric import Kind, Metric, Window
from data_access.origins import add_townships, fill, origin
from data_access.reads import lacks
from data_access.reported import Reported
from data_access.rows import ROWS
from data_access.rows.base import ROOMS, RowSource, bound, room, shape
from data_access.rows.changes import changed_since
from data_access.rows.terms import term_start, term_starts

Group = tuple[Any, ...]
Answer = dict[Group, dict[str, Any]]
Columns = Mapping[str, list[Any]]  # the values of a table by the names of its columns


def measure(
    connection: Connection,
    metrics: Sequence[Metric],
    context: Context,
    by: Sequence[str] = (),
    *,
    years: tuple[int, ...] | None = None,
    same_dates: bool = False,
) -> DataFrame:
    """The values of metrics, in all or by dimensions.

    ``years`` replaces the years asked for (a comparison year, say); ``same_dates`` cuts every year at the as-of day's
    month and day, each as it was known then. Without ``year`` in ``by``, flows add up over the years and stocks are
    those of the last day.

    Returns:
        Columns ``by``, then each metric's key; for shares also ``<key>.k`` (counted) and ``<key>.n`` (base), for
        quantiles ``<key>.n`` (values). One row without ``by``; otherwise one row per group found, and per year asked
        for, sorted by ``by`` (missing last, as None). Counts and sums are 0 where nothing matched; shares and
        quantiles are missing (NaN) where the base is empty. Where the context knows of printed totals, years without
        rows hold those, or NaN, and no lines of other dimensions; ``origins.origin`` says what a figure is made of. So
        do figures that need a table or column which the context knows to be absent.

    Raises:
        UnknownDimension: A name in ``by`` is not a dimension of a metric's rows.
    """
    return _table(measured(connection, metrics, context, by, years=years, same_dates=same_dates), by)


def measured(
    connection: Connection,
    metrics: Sequence[Metric],
    context: Context,
    by: Sequence[str] = (),
    *,
    years: tuple[int, ...] | None = None,
    same_dates: bool = False,
) -> Columns:
    """The columns of ``measure`` as plain lists, for whoever only goes through their values: a table of a few lines
    takes pandas longer to make and to read than they take to draw."""
    by = tuple(by)
    asked = years if years is not None else context.years
    answer: Answer = {}
    for question in questions(connection, metrics, context, by, years=asked, same_dates=same_dates):
        _add(answer, question.totals(connection, context, by))
        _add(answer, question.quantiles(connection, context, by))
    _leave_out(connection, answer, metrics, context, by, asked, same_dates)
    add_townships(answer, metrics, context, by, asked)
    groups = _complete(answer, by, asked)
    groups = fill(answer, groups, metrics, context, by, asked, same_dates)
    return _columns_of(metrics, by, groups, answer)


def periods_for(
    connection: Connection,
    metric: Metric,
    context: Context,
    *,
    by_year: bool,
    years: tuple[int, ...] | None = None,
    same_dates: bool = False,
) -> tuple[Period, ...]:
    """The periods a metric's rows are asked for: whole years, a stock's last day, or since the term, a set or a chosen
    day."""
    if metric.window is Window.CHANGE:
        return (Period(context.as_of.year, changed_since(connection, context), context.as_of, context.as_of),)
    made = periods(context, years=years, same_dates=same_dates)
    if ROWS[metric.rows].window is Window.STOCK:
        # A stock is what stood on the day, not what is known of that day since.
        made = tuple(replace(period, cut=period.end) for period in made)
    if metric.window is Window.TERM:
        made = _of_the_term(connection, context, made)
    since = context.rules.since_cadre if metric.window is Window.SINCE else None
    if since is not None:
        made = tuple(replace(period, start=since) for period in made)
    if by_year or len(made) == 1:
        return made
    if ROWS[metric.rows].window is Window.STOCK or metric.window is Window.TERM or since is not None:
        return (replace(made[-1], start=min(period.start for period in made)),)
    return made


def _leave_out(
    connection: Connection,
    answer: Answer,
    metrics: Sequence[Metric],
    context: Context,
    by: tuple[str, ...],
    years: tuple[int, ...],
    same_dates: bool,
) -> None:
    """Take away what is counted of townships whose printed total will be added: some of their tables have rows."""
    if not context.reported.totals or set(by) - {"year"}:
        return
    plain = replace(context, reported=Reported(absent=context.reported.absent))
    for metric in (metric for metric in metrics if len(metric.tables) > 1):
        for group, values in answer.items():
            when = group or years
            found = origin(context, metric, when, by=by, same_dates=same_dates)
            if not found.rows or not found.paper:
                continue
            places = plain.with_filters(townships=tuple(total.region for total in found.paper))
            counted = measure(connection, [metric], places, years=when, same_dates=same_dates).iloc[0]
            for name in counted.index.intersection(list(values)):
                values[name] -= counted[name]


def _of_the_term(connection: Connection, context: Context, made: tuple[Period, ...]) -> tuple[Period, ...]:
    """Each period from the first day of the term that holds its last day."""
    starts = term_starts(connection, context)
    return tuple(replace(period, start=term_start(starts, period.end)) for period in made)


@dataclass(frozen=True)
class Question:
    """Metrics that can be answered together: the same rows over the same periods."""

    source: RowSource
    periods: tuple[Period, ...]
    metrics: tuple[Metric, ...]

    def totals(self, connection: Connection, context: Context, by: tuple[str, ...]) -> Answer:
        """Every count, sum and share, in one statement; added up from one that other questions share where there is."""
        wider = together.wider(self, by) if _is_shared(context) else None
        metrics, finer = wider or (self.metrics, by)
        size = self._size(wider is not None)
        statement, known = statements.totals(self.source, metrics, finer, shape(context), size)
        if statement is None:
            return {}
        lines = self._lines(connection, statement, context, finer, size)
        names = statements.value_names(self.metrics)
        places = [len(finer) + known.index(name) for name in names]
        found = together.added_up(lines, [finer.index(name) for name in by], places)
        return {group: dict(zip(names, values, strict=True)) for group, values in found.items()}

    def _size(self, is_shared: bool) -> int:
        # Where it is shared, one room for one year and for several, so that the years of both are kept alike.
        return max(room(len(self.periods)), ROOMS[1] if is_shared else 0)

    def quantiles(self, connection: Connection, context: Context, by: tuple[str, ...]) -> Answer:
        """Every quantile, from one histogram per column and condition."""
        answer: Answer = {}
        for metrics in statements.histograms(self.metrics):
            spread = self._histogram(connection, context, by, metrics[0])
            for group, counts in spread.items():
                size = sum(counts.values())
                values = {metric.key: quantile(counts, metric.quantile) for metric in metrics}
                _add(answer, {group: {**values, **{f"{metric.key}.n": size for metric in metrics}}})
        return answer

    def _histogram(
        self, connection: Connection, context: Context, by: tuple[str, ...], metric: Metric
    ) -> dict[Group, dict[float, int]]:
        shared = together.SPREADS.get(self.source.name, ()) if _is_shared(context) else ()
        is_shared = bool(shared) and {*by} <= {*shared}
        finer, size = shared if is_shared else by, self._size(is_shared)
        statement = statements.histogram(self.source, metric, finer, shape(context), size)
        lines = self._lines(connection, statement, context, finer, size)
        places = [*(finer.index(name) for name in by), len(finer)]
        spread: dict[Group, dict[float, int]] = {}
        for (*group, found), (count,) in together.added_up(lines, places, [len(finer) + 1]).items():
            spread.setdefault(tuple(group), {})[float(found)] = count
        return spread

    def _lines(
        self, connection: Connection, statement: Select[Any], context: Context, by: tuple[str, ...], size: int
    ) -> Iterator[Sequence[Any]]:
        """What the statement answers: by year each period by itself, so that those kept need not be asked again."""
        place = by.index("year") if "year" in by else None
        parts = [self.periods] if place is None else [(period,) for period in self.periods]
        # Scope and rules are written into the statement, of which there is one for all contexts of that shape.
        alike = (statement, context.filters.townships, context.filters.picks, context.reported)

        def ask(keys: Sequence[tuple[Any, tuple[Period, ...]]]) -> dict[Any, list[Sequence[Any]]]:
            over = [period for _, part in keys for period in part]
            # With room for all periods: for fewer of them another statement would have to be written.
            lines = connection.execute(statement, bound(context, over, size)).fetchall()
            if place is None:
                return {keys[0]: list(lines)}
            return {key: [line for line in lines if line[place] == key[1][0].year] for key in keys}

        return chain.from_iterable(each_once([(alike, part) for part in parts], ask).values())


def _is_shared(context: Context) -> bool:
    """Whether what is asked along serves anybody: without a memory it would not, and a database that lacks something
    is asked for nothing more than is needed."""
    return is_asking_once() and not context.reported.absent


def questions(
    connection: Connection,
    metrics: Iterable[Metric],
    context: Context,
    by: tuple[str, ...],
    *,
    years: tuple[int, ...],
    same_dates: bool,
) -> tuple[Question, ...]:
    """Metrics sorted into as few statements as their rows and windows allow."""
    sorted_out: dict[tuple[str, Window], list[Metric]] = {}
    for metric in metrics:
        if not lacks(metric, context.reported.absent):
            sorted_out.setdefault((metric.rows, metric.window), []).append(metric)
    return tuple(
        Question(
            ROWS[rows],
            periods_for(connection, group[0], context, by_year="year" in by, years=years, same_dates=same_dates),
            tuple(group),
        )
        for (rows, _), group in sorted_out.items()
    )


def quantile(counts: Mapping[float, int], share: float) -> float:
    """The value below which a share of all values lies, interpolated between neighbours.

    ``counts`` says how often each value occurs; it must not be empty. Source: the usual definition (Hyndman and Fan
    1996, type 7), as in Excel's PERCENTILE.INC.
    """
    ordered = sorted(counts)
    place = share * (sum(counts.values()) - 1)
    below = _value_at(counts, ordered, int(place))
    above = _value_at(counts, ordered, int(place) + 1)
    return below + (above - below) * (place - int(place))


def _value_at(counts: Mapping[float, int], ordered: Sequence[float], place: int) -> float:
    for value in ordered:
        place -= counts[value]
        if place < 0:
            return value
    return ordered[-1]


def _add(answer: Answer, more: Answer) -> None:
    for group, values in more.items():
        answer.setdefault(group, {}).update(values)


def _complete(answer: Answer, by: tuple[str, ...], years: tuple[int, ...]) -> Sequence[Group]:
    """The groups of the answer, sorted; a year asked for has its rows even where nothing happened in it."""
    if "year" not in by:
        return sorted(answer, key=_missing_last) if by else [()]
    place = by.index("year")
    others = {(*group[:place], *group[place + 1 :]) for group in answer} if len(by) > 1 else {()}
    made = {(*other[:place], year, *other[place:]) for other, year in product(others, years)}
    return sorted(made, key=_missing_last)


def _missing_last(group: Group) -> tuple[tuple[bool, Any], ...]:
    return tuple((value is None, "" if value is None else value) for value in group)


def _table(columns: Columns, by: Sequence[str]) -> DataFrame:
    # Numbers as an array: pandas would look at each value to find out that it is one.
    return DataFrame(
        {name: exact(values) if name in by or not values else np.array(values) for name, values in columns.items()}
    )


def _columns_of(metrics: Sequence[Metric], by: tuple[str, ...], groups: Sequence[Group], answer: Answer) -> Columns:
    columns: dict[str, list[Any]] = {name: [group[i] for group in groups] for i, name in enumerate(by)}
    found = [answer.get(group, {}) for group in groups]
    for metric in metrics:
        for name in _columns(metric):
            columns[name] = _alike([_number(_value(metric, name, line)) for line in found])
    return columns


def _alike(values: list[Any]) -> list[Any]:
    """Numbers of one kind: beside a broken or missing one whole numbers are broken ones too, as in a table."""
    return [float(value) for value in values] if any(isinstance(value, float) for value in values) else values


def exact(values: list[Any]) -> list[Any] | Series[Any]:
    """Values as a column that keeps them as they are: beside a missing one pandas would make 5 into 5.0."""
    return Series(values, dtype=object) if None in values else values


def _columns(metric: Metric) -> tuple[str, ...]:
    if metric.kind is Kind.SHARE:
        return (metric.key, f"{metric.key}.k", f"{metric.key}.n")
    return (metric.key, f"{metric.key}.n") if metric.kind is Kind.QUANTILE else (metric.key,)


def _value(metric: Metric, name: str, found: Mapping[str, Any]) -> Any:
    if name == metric.key and metric.kind is Kind.QUANTILE:
        return found.get(name, float("nan"))
    if name == metric.key and metric.kind is Kind.SHARE:
        base = found.get(f"{name}.n") or 0
        return float(found[f"{name}.k"]) / float(base) if base else float("nan")
    return found.get(name, 0)


def _number(value: Any) -> Any:
    """Sums come back as decimals from PostgreSQL and MariaDB; whole ones are whole numbers."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
