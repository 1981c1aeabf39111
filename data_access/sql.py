"""Date arithmetic and region conditions that mean the same on SQLite, PostgreSQL, MariaDB and MySQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    and_,
    bindparam,
    case,
    false,
    literal,
    literal_column,
    or_,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.functions import FunctionElement

# What EXISTS selects: a column may have to be fetched from its table although nobody reads it.
ONE: ColumnElement[int] = literal_column("1", Integer())


class add_months(FunctionElement[date]):  # noqa: N801 - reads like the SQL function it is
    """``add_months(day, months)``: the same day so many calendar months later, clamped to the month's end.

    30 November + 3 months is 28 (29) February. Missing when either part is missing.
    Source: months in law are calendar months, ending on the last day where the day is lacking (民法典 202、203).
    """

    type = Date()
    inherit_cache = True


class days_between(FunctionElement[int]):  # noqa: N801
    """``days_between(earlier, later)``: whole days; negative when ``later`` comes first."""

    type = Integer()
    inherit_cache = True


class year_of(FunctionElement[int]):  # noqa: N801
    """``year_of(day)``: the calendar year."""

    type = Integer()
    inherit_cache = True


class month_of(FunctionElement[int]):  # noqa: N801
    """``month_of(day)``: the calendar month, 1 to 12."""

    type = Integer()
    inherit_cache = True


class day_of(FunctionElement[date]):  # noqa: N801
    """``day_of(moment)``: the day on which a moment lies."""

    type = Date()
    inherit_cache = True


class day(FunctionElement[date]):  # noqa: N801
    """``day(value)``: a date given as a parameter, typed as a date where a database would take it for text."""

    type = Date()
    inherit_cache = True


def _parts(element: FunctionElement[Any], compiler: Any, **kw: Any) -> list[str]:
    return [compiler.process(part, **kw) for part in element.clauses]


@compiles(add_months)
def _add_months_mysql(element: add_months, compiler: Any, **kw: Any) -> str:
    start, months = _parts(element, compiler, **kw)
    return f"DATE_ADD({start}, INTERVAL {months} MONTH)"


@compiles(add_months, "postgresql")
def _add_months_postgresql(element: add_months, compiler: Any, **kw: Any) -> str:
    start, months = _parts(element, compiler, **kw)
    return f"CAST({start} + make_interval(months => {months}) AS DATE)"


@compiles(add_months, "sqlite")
def _add_months_sqlite(element: add_months, compiler: Any, **kw: Any) -> str:
    def start() -> str:
        return _parts(element, compiler, **kw)[0]

    def months() -> str:
        return f"({_parts(element, compiler, **kw)[1]})"

    def over() -> str:
        return f"date({start()}, '+' || {months()} || ' months')"

    # SQLite runs over into the next month (30 February is 2 March); the month's last day is then the smaller text.
    # Every month has a 28th: until then there is nothing to look at twice.
    last = f"date({start()}, 'start of month', '+' || ({months()} + 1) || ' months', '-1 day')"
    return f"CASE WHEN substr({start()}, 9) <= '28' THEN {over()} ELSE min({over()}, {last}) END"


@compiles(days_between)
def _days_between_mysql(element: days_between, compiler: Any, **kw: Any) -> str:
    earlier, later = _parts(element, compiler, **kw)
    return f"DATEDIFF({later}, {earlier})"


@compiles(days_between, "postgresql")
def _days_between_postgresql(element: days_between, compiler: Any, **kw: Any) -> str:
    earlier, later = _parts(element, compiler, **kw)
    return f"({later} - {earlier})"


@compiles(days_between, "sqlite")
def _days_between_sqlite(element: days_between, compiler: Any, **kw: Any) -> str:
    earlier, later = _parts(element, compiler, **kw)
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


@compiles(year_of)
def _year_of(element: year_of, compiler: Any, **kw: Any) -> str:
    return f"EXTRACT(YEAR FROM {_parts(element, compiler, **kw)[0]})"


@compiles(year_of, "postgresql")
def _year_of_postgresql(element: year_of, compiler: Any, **kw: Any) -> str:
    return f"CAST(EXTRACT(YEAR FROM {_parts(element, compiler, **kw)[0]}) AS INTEGER)"


@compiles(year_of, "sqlite")
def _year_of_sqlite(element: year_of, compiler: Any, **kw: Any) -> str:
    return f"CAST(strftime('%Y', {_parts(element, compiler, **kw)[0]}) AS INTEGER)"


@compiles(month_of)
def _month_of(element: month_of, compiler: Any, **kw: Any) -> str:
    return f"EXTRACT(MONTH FROM {_parts(element, compiler, **kw)[0]})"


@compiles(month_of, "postgresql")
def _month_of_postgresql(element: month_of, compiler: Any, **kw: Any) -> str:
    return f"CAST(EXTRACT(MONTH FROM {_parts(element, compiler, **kw)[0]}) AS INTEGER)"


@compiles(month_of, "sqlite")
def _month_of_sqlite(element: month_of, compiler: Any, **kw: Any) -> str:
    return f"CAST(strftime('%m', {_parts(element, compiler, **kw)[0]}) AS INTEGER)"


@compiles(day_of)
def _day_of(element: day_of, compiler: Any, **kw: Any) -> str:
    return f"CAST({_parts(element, compiler, **kw)[0]} AS DATE)"


@compiles(day_of, "sqlite")
def _day_of_sqlite(element: day_of, compiler: Any, **kw: Any) -> str:
    # Moments are kept as text that begins with the day.
    return f"substr({_parts(element, compiler, **kw)[0]}, 1, 10)"


@compiles(day)
def _day(element: day, compiler: Any, **kw: Any) -> str:
    return f"CAST({_parts(element, compiler, **kw)[0]} AS DATE)"


@compiles(day, "sqlite")
def _day_sqlite(element: day, compiler: Any, **kw: Any) -> str:
    # SQLite keeps dates as text and would cast them to the number of the year.
    return _parts(element, compiler, **kw)[0]


def on(value: date) -> day:
    """A date as a typed parameter."""
    return day(literal(value, Date()))


def claim(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition as a column that is never missing: what cannot be told is not claimed."""
    made: ColumnElement[bool] = case((condition, true()), else_=false())
    made.type = Boolean()
    return made


def one_of(column: ColumnElement[Any], values: Iterable[object]) -> ColumnElement[bool]:
    """``column IN (values)`` with the list written out: an open one is spelled anew whenever the statement is sent."""
    return column.in_([bindparam(None, value, type_=column.type) for value in values])


def region_prefix(column: ColumnElement[Any], prefixes: Iterable[str]) -> ColumnElement[bool]:
    """True for region codes that begin with one of the prefixes; nothing for no prefix or one that is no number.

    A range comparison, so that an ordinary index serves and no wildcard can be smuggled in.
    """
    ranges = [_range(column, prefix) for prefix in prefixes if prefix.isascii() and prefix.isdigit()]
    return or_(*ranges) if ranges else false()


def _range(column: ColumnElement[Any], prefix: str) -> ColumnElement[bool]:
    return and_(column >= _code(prefix), column < _code(after(prefix)))


def after(prefix: str) -> str:
    """The first code after all those with this prefix; letters follow digits in every collation, ``:`` does not."""
    following = str(int(prefix) + 1).zfill(len(prefix))
    return following if len(following) == len(prefix) else "a"


def _code(value: str) -> BindParameter[str]:
    return bindparam(None, value)


def containing(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """True where the text holds the words: ``%`` and ``_`` are ordinary characters, ASCII letters match in either case.

    So do full-width and accented letters on MariaDB, which has no lower case of ASCII alone.
    """
    return column.icontains(words, autoescape=True)
