"""The statements behind figures and listings, written once for every view of the same shape and kept.

Writing one takes ten times as long as answering it. Years, days and townships are parameters, so a change of any of
them sends a statement that is already there; what is picked by a click, and the local rules, make another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Subquery, and_, bindparam, case, func, or_, select, true

from data_access.context import Context
from data_access.metrics.metric import Condition, Kind, Metric
from data_access.rows.base import Rows, RowSource, Shown, columns_of
from data_access.sql import claim, containing

KEPT = 1024  # a board asks about three hundred in a few shapes; each weighs some ten kilobytes
COUNTED = "counted"  # the extra column of a share's listing: whether the row is in the numerator


@lru_cache(maxsize=KEPT)
def totals(
    source: RowSource, metrics: tuple[Metric, ...], by: tuple[str, ...], form: Context, size: int
) -> tuple[Select[Any] | None, tuple[str, ...]]:
    """Every count, sum and share of metrics over the same rows, and what its columns after ``by`` are called.

    ``form`` is the context's ``shape``, ``size`` how many periods there are. No statement for quantiles alone.
    """
    wanted = [pair for metric in metrics for pair in _aggregates(metric)]
    if not wanted:
        return None, ()
    rows = _rows(source, metrics, by, form, size)
    groups = [source.column(rows, name) for name in by]
    # Plain labels: SQLite gives a column named with a dot back without its first part.
    values = [make(rows).label(f"v{i}") for i, (_, make) in enumerate(wanted)]
    labelled = [column.label(f"g{i}") for i, column in enumerate(groups)]
    # The rows are named even where no column of theirs is: a condition that always holds must still count them.
    statement = select(*labelled, *values).select_from(rows).where(source.picked(rows, form)).group_by(*groups)
    return statement, tuple(name for name, _ in wanted)


def value_names(metrics: Iterable[Metric]) -> tuple[str, ...]:
    """What the columns of ``totals`` after ``by`` are called."""
    return tuple(name for metric in metrics for name, _ in _aggregates(metric))


@lru_cache(maxsize=KEPT)
def histogram(source: RowSource, metric: Metric, by: tuple[str, ...], form: Context, size: int) -> Select[Any]:
    """How often each value of a quantile's column occurs, by group: columns ``by``, the value, the count."""
    rows = _rows(source, (metric,), by, form, size)
    groups = [source.column(rows, name) for name in by]
    value = rows.c[str(metric.of)]
    wanted = and_(source.picked(rows, form), metric.counted(rows), value.is_not(None))
    labelled = [group.label(f"g{i}") for i, group in enumerate(groups)]
    return select(*labelled, value.label("v"), func.count().label("n")).where(wanted).group_by(*groups, value)


@lru_cache(maxsize=KEPT)
def listing(
    source: RowSource, metric: Metric, form: Context, size: int, search: str
) -> tuple[Select[Any], Select[Any], tuple[str, ...]]:
    """The records behind a metric: a statement that counts them, one that lists them sorted, and the names of the
    columns that come before those of the source's listing.

    The list takes two more parameters, ``limit`` and ``offset``.
    """
    asked = columns_of(metric) | source.picks(form) | {item.column for item in source.listing if item.searched}
    total = _wanted(source, metric, form, source.rows_of(form, size, asked), search, func.count())
    rows = source.rows_of(form, size, asked | {source.record_id} | _columns(source))
    is_share, counts = metric.kind is Kind.SHARE, claim(metric.counted(rows))
    shown = {"record": rows.c[source.record_id]} | ({COUNTED: counts} if is_share else {})
    columns = [column.label(name) for name, column in shown.items()] + [rows.c[item.column] for item in source.listing]
    lines = _wanted(source, metric, form, rows, search, *columns)
    limit, offset = (bindparam(name, type_=Integer()) for name in ("limit", "offset"))
    ordered = lines.order_by(*([counts] if is_share else []), *_order(rows, source)).limit(limit).offset(offset)
    return total, ordered, tuple(shown)


@lru_cache(maxsize=KEPT)
def lines(source: RowSource, names: tuple[str, ...], order: tuple[str, ...], form: Context, size: int) -> Select[Any]:
    """The rows picked, whatever metric counts them: columns ``names``, sorted by columns ``order``."""
    rows = source.rows_of(form, size, source.picks(form).union(names, order))
    ordered = (rows.c[name] for name in order)
    return select(*(rows.c[name] for name in names)).where(source.picked(rows, form)).order_by(*ordered)


def _rows(source: RowSource, metrics: Iterable[Metric], by: tuple[str, ...], form: Context, size: int) -> Rows:
    named = (columns_of(metric) for metric in metrics)
    groups = frozenset(source.dimension_column(name) for name in by)
    rows = source.rows_of(form, size, groups.union(source.picks(form), *named))
    if not source.is_intricate:
        return rows
    # SQLite would work a column out anew for every condition that looks at it.
    return rows.element.cte(source.name).prefix_with("MATERIALIZED", dialect="sqlite")


def _aggregates(metric: Metric) -> list[tuple[str, Callable[[Rows], ColumnElement[Any]]]]:
    """The columns a metric needs, each with the expression that gives it from the rows."""
    counted, of = metric.counted, metric.of
    if metric.kind is Kind.COUNT:
        return [(metric.key, lambda rows: func.count(case((counted(rows), 1))))]
    if metric.kind is Kind.SUM:
        return [(metric.key, lambda rows: _total(rows, counted(rows), of))]
    if metric.kind is Kind.DISTINCT:
        return [(metric.key, lambda rows: func.count(case((counted(rows), rows.c[str(of)])).distinct()))]
    if metric.kind is Kind.SHARE:
        base = metric.base or counted
        return [
            (f"{metric.key}.k", lambda rows: _total(rows, and_(base(rows), counted(rows)), of)),
            (f"{metric.key}.n", lambda rows: _total(rows, base(rows), metric.base_of or of)),
        ]
    return []


def _total(rows: Rows, condition: ColumnElement[bool], of: str | None) -> ColumnElement[Any]:
    if of is None:
        return func.count(case((condition, 1)))
    return func.coalesce(func.sum(case((condition, rows.c[of]))), 0)


def histograms(metrics: Iterable[Metric]) -> list[list[Metric]]:
    """Quantile metrics, those of one column and condition together."""
    made: dict[tuple[str, Condition], list[Metric]] = {}
    for metric in metrics:
        if metric.kind is Kind.QUANTILE:
            made.setdefault((str(metric.of), metric.counted), []).append(metric)
    return list(made.values())


def _wanted(
    source: RowSource, metric: Metric, form: Context, rows: Subquery, search: str, *columns: ColumnElement[Any]
) -> Select[Any]:
    behind = metric.base if metric.kind is Kind.SHARE and metric.base is not None else metric.counted
    tests = (behind(rows), source.picked(rows, form), _found(rows, source.listing, search))
    return select(*columns).select_from(rows).where(and_(*tests))


def _columns(source: RowSource) -> set[str]:
    """Every column a listing shows, searches or is sorted by."""
    return {item.column for item in source.listing} | {name.removeprefix("-") for name in source.order}


def _found(rows: Subquery, shown: Iterable[Shown], search: str) -> ColumnElement[bool]:
    columns = [rows.c[item.column] for item in shown if item.searched]
    return or_(*(containing(column, search) for column in columns)) if search and columns else true()


def _order(rows: Subquery, source: RowSource) -> list[ColumnElement[Any]]:
    made: list[ColumnElement[Any]] = []
    for name in source.order:
        column = rows.c[name.removeprefix("-")]
        # Every database puts missing values elsewhere, and MariaDB has no NULLS LAST.
        made += [column.is_(None), column.desc() if name.startswith("-") else column]
    return made
