"""Row sources: the rows a metric counts, already cut to scope, townships and years.

Every source joins one small table of periods, ``years(year, first_year, start_on, end_on, cut_on)``, so that one
statement answers several years at once, each as it was known on its own ``cut_on``:

- ``FLOW`` sources hold dated rows: each row falls into the period of its own year or date;
- ``STOCK`` sources hold what stood on each period's last day (``end_on``), with activity inside the period
  (``first_year``/``start_on`` to ``end_on``); ``cut_on`` is then the same day as ``end_on``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    or_,
    select,
    true,
    union,
)
from sqlalchemy import column as sql_column
from sqlalchemy.types import TypeEngine

from data_access.context import Context, Filters, Period, Rules
from data_access.errors import UnknownDimension
from data_access.metrics.metric import Metric, Window
from data_access.reported import Reported
from data_access.rows.narrowing import Plain
from data_access.sql import after, day, region_prefix
from data_access.text import Text

RECORDS = Text("记录", "records")
MISSING = ""  # the code under which a pick asks for rows where nothing was recorded
ANY = "*"  # stands in a shape for whatever codes were picked
ROOMS = (1, 8, 32, 128)  # for how many periods, or townships, statements are written

Rows = Subquery | CTE  # of a row source, in FROM or before it


@dataclass(frozen=True)
class Shown:
    """One column of a listing: the row source's column, its header, and whether typed search looks in it."""

    column: str
    header: Text
    searched: bool = False


@dataclass(frozen=True, eq=False)
class RowSource:
    """Where a metric's rows come from.

    ``build(context, years)`` gives one row per thing counted, joined to the ``years`` table (``years.c.year`` must be
    among its columns as ``year``). ``dimensions`` maps each dimension the rows can be grouped and picked by to its
    column. ``listing`` are the columns a reader sees, ``order`` names the default order, each name with ``-`` in
    front for descending. ``record`` names the kind of record behind a row and ``record_id`` the column of its key.
    ``is_plain`` says that the select has one join, no GROUP BY and no DISTINCT, so that it may be narrowed;
    ``is_intricate`` that its columns are long conditions made of one another.
    """

    name: str
    window: Window
    build: Callable[[Context, CTE], Select[Any]]
    dimensions: Mapping[str, str]
    listing: tuple[Shown, ...] = ()
    order: tuple[str, ...] = ()
    record: str = ""
    record_id: str = "id"
    title: Text = RECORDS
    is_plain: bool = False
    is_intricate: bool = False

    def rows(self, context: Context, periods: Sequence[Period], columns: frozenset[str] | None = None) -> Subquery:
        """The rows as one subquery, restricted to scope, townships and periods, but not to picks.

        ``columns`` names those that will be asked for; all of them when not given. Years, days and townships are
        parameters of the statement: whoever sends it passes ``bound(context, periods)`` along.
        """
        return self.rows_of(shape(context), room(len(periods)), columns)

    def rows_of(self, form: Context, size: int, columns: frozenset[str] | None = None) -> Subquery:
        """The rows of every context of that shape, with room for so many periods."""
        return _narrowed(self, form, size, columns)

    def picks(self, context: Context) -> frozenset[str]:
        """The columns of those dimensions in which something was clicked."""
        return frozenset(column for name, column in self.dimensions.items() if context.filters.picked(name))

    def column(self, rows: Rows, dimension: str) -> ColumnElement[Any]:
        """The column of a dimension; raises as ``dimension_column`` does."""
        return rows.c[self.dimension_column(dimension)]

    def dimension_column(self, dimension: str) -> str:
        """The name of a dimension's column.

        Raises:
            UnknownDimension: These rows know no such dimension; the message lists those they know.
        """
        if dimension not in self.dimensions:
            raise UnknownDimension(_cannot_group(self, dimension))
        return self.dimensions[dimension]

    def picked(self, rows: Rows, context: Context) -> ColumnElement[bool]:
        """What was clicked, for the dimensions these rows know; other picks do not concern them.

        The codes are parameters, so ``bound`` of the same picks must be sent along.
        """
        asked = [name for name in self.dimensions if context.filters.picked(name)]
        tests = [_one_of(self.column(rows, name), name, context.filters.picked(name)) for name in asked]
        return and_(true(), *tests)


@lru_cache(maxsize=256)
def shape(context: Context) -> Context:
    """What of a context decides how a statement is written: all but the values that are its parameters.

    Coverage is measured outside the database, so its rules write no statement.
    """
    filters = context.filters
    towns = tuple(f"{i:03d}" for i in range(room(len(filters.townships))))
    picks = tuple((name, MISSING if code == MISSING else ANY) for name, code in filters.picks)
    rules = replace(context.rules, coverage_km=Rules.coverage_km, coverage_levels=Rules.coverage_levels)
    return replace(context, as_of=date.min, filters=Filters((1, 1), towns, picks), rules=rules, reported=Reported())


def room(count: int) -> int:
    """For how many periods or townships a statement is written that must hold so many.

    A few sizes serve every span of years and every choice of townships; what is over is filled by repeating the last.
    """
    return next((size for size in ROOMS if count <= size), count) if count else 0


def bound(context: Context, periods: Sequence[Period], size: int | None = None) -> dict[str, Any]:
    """The parameters of every statement over rows of this context and these periods.

    ``size`` is the statement's room for periods, that of these periods when not given.
    """
    made: dict[str, Any] = {}
    towns = context.filters.townships
    for i in range(room(len(periods)) if size is None else size):
        period = periods[min(i, len(periods) - 1)]
        made |= {f"year{i}": period.year, f"first{i}": period.start.year}
        made |= {f"start{i}": period.start, f"end{i}": period.end, f"cut{i}": period.cut}
    made["recorded_from"] = context.reported.first_day("deputy_activity")
    for i in range(room(len(towns))):
        code = towns[min(i, len(towns) - 1)]
        made |= {f"town{i}": code, f"after_town{i}": after(code)}
    for name in {dimension for dimension, _ in context.filters.picks}:
        codes = context.filters.picked(name)
        for kind, read in READERS.items():
            made[f"{name}_{kind}"] = [value for code in codes if (value := read(code)) is not None]
    return made


# Writing a statement of sixty columns takes ten times as long as answering it, and every page asks the same ones.
# A statement kept weighs about a tenth of a megabyte.
@lru_cache(maxsize=128)
def _whole(source: RowSource, form: Context, size: int) -> Select[Any]:
    return source.build(form, years_table(size))


@lru_cache(maxsize=128)
def _plain(source: RowSource, form: Context, size: int) -> Plain:
    return Plain(_whole(source, form, size))


@lru_cache(maxsize=512)
def _narrowed(source: RowSource, form: Context, size: int, columns: frozenset[str] | None) -> Subquery:
    is_whole = columns is None or not source.is_plain
    rows = _whole(source, form, size) if is_whole else _plain(source, form, size).narrowed(columns or frozenset())
    return rows.subquery(source.name)


@lru_cache(maxsize=512)
def columns_of(metric: Metric) -> frozenset[str]:
    """The columns a metric asks its rows for."""
    asked = _Asked(set())
    for condition in (metric.counted, metric.base):
        if condition is not None:
            condition(asked)  # type: ignore[arg-type]
    return frozenset(asked.names | {name for name in (metric.of, metric.base_of) if name})


@dataclass(frozen=True)
class _Asked:
    """Stands in for rows and remembers which columns a condition looks at."""

    names: set[str]

    @property
    def c(self) -> _Asked:
        return self

    def __getitem__(self, name: str) -> ColumnElement[Any]:
        self.names.add(name)
        return sql_column(name)

    def __getattr__(self, name: str) -> ColumnElement[Any]:
        return self[name]


def _cannot_group(source: RowSource, dimension: str) -> Text:
    known = ", ".join(sorted(source.dimensions))
    return Text(
        f"“{source.title.zh}”不能按“{dimension}”分组，可用：{known}。",
        f"Cannot group '{source.title.en}' by '{dimension}'; use one of: {known}.",
    )


def _one_of(column: ColumnElement[Any], dimension: str, codes: tuple[str, ...]) -> ColumnElement[bool]:
    # A code that cannot be a value of the column selects nothing rather than everything.
    found = column.in_(bindparam(f"{dimension}_{_kind_of(column)}", expanding=True))
    return or_(found, column.is_(None)) if MISSING in codes else found


def _kind_of(column: ColumnElement[Any]) -> str:
    """Which of ``READERS`` reads codes of the address bar as the column holds them."""
    return next((kind for type_, kind in KINDS.items() if isinstance(column.type, type_)), "text")


def _number(code: str) -> int | None:
    return int(code) if re.fullmatch(r"-?[0-9]{1,9}", code) else None


# A code of the address bar is the text that ``str(value)`` gives; these go the other way round.
KINDS: dict[type[TypeEngine[Any]], str] = {Boolean: "truth", Integer: "number"}
READERS: dict[str, Callable[[str], str | int | bool | None]] = {
    "truth": {"True": True, "False": False}.get,
    "number": _number,
    "text": lambda code: code or None,
}


def years_table(size: int) -> CTE:
    """So many periods as the table ``years``, each once; ``first_year`` is the year in which the period starts."""
    lines = [
        select(
            bindparam(f"year{i}", type_=Integer()).label("year"),
            bindparam(f"first{i}", type_=Integer()).label("first_year"),
            *(day(bindparam(f"{name}{i}", type_=Date())).label(f"{name}_on") for name in ("start", "end", "cut")),
        )
        for i in range(size)
    ]
    return (union(*lines) if len(lines) > 1 else lines[0]).cte("years")


def within(context: Context, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Rows the reader may see and asked for: scope and townships; an empty scope sees nothing."""
    allowed = region_prefix(column, context.scope.prefixes)
    return and_(allowed, in_townships(context, column)) if context.filters.townships else allowed


def in_townships(context: Context, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Codes of the townships asked for, which are parameters of the statement."""
    places = range(len(context.filters.townships))
    ranges = [and_(column >= bindparam(f"town{i}"), column < bindparam(f"after_town{i}")) for i in places]
    return or_(*ranges)


def header(column: ColumnElement[Any]) -> Text:
    """The sheet header of a table's column, in both languages."""
    words: Text = column.info["header"]
    return words
