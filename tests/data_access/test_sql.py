"""Date arithmetic and region conditions, on SQLite by their answers, on the other databases by their wording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import Column, Connection, MetaData, String, Table, create_engine, select
from sqlalchemy.dialects import mysql, postgresql

from data_access.sql import (
    add_months,
    claim,
    containing,
    day,
    days_between,
    month_of,
    on,
    region_prefix,
    year_of,
)

regions = Table("regions", MetaData(), Column("code", String(12)), Column("name", String(40)))
CODES = ("990102", "990102001", "990102101", "990102101001", "990103001", "99010210", "98", "9901029")


@pytest.fixture(scope="module")
def database() -> Iterator[Connection]:
    connection = create_engine("sqlite://").connect()
    regions.metadata.create_all(connection)
    connection.execute(regions.insert(), [{"code": code, "name": f"{code}_100%"} for code in CODES])
    yield connection
    connection.close()


def value(connection: Connection, expression: object) -> object:
    return connection.execute(select(expression)).scalar()  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2023, 11, 30), 3, date(2024, 2, 29)),  # a leap year has a 29 February
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 8, 31), 1, date(2024, 9, 30)),
        (date(2024, 1, 31), 3, date(2024, 4, 30)),
        (date(2024, 2, 29), 3, date(2024, 5, 29)),  # the same day, not the month's last
        (date(2024, 10, 15), 3, date(2025, 1, 15)),
        (date(2024, 7, 1), 3, date(2024, 10, 1)),  # 92 days: three months are not 90 days
    ],
)
def test_months_are_calendar_months_clamped_to_the_months_end(
    database: Connection, start: date, months: int, end: date
) -> None:
    assert value(database, add_months(on(start), months)) == end


@given(some.dates(date(1990, 1, 1), date(2090, 12, 31)), some.integers(1, 60))
def test_months_agree_with_pandas_on_any_day(start: date, months: int) -> None:
    with create_engine("sqlite://").connect() as connection:
        found = value(connection, add_months(on(start), months))
    assert found == (pd.Timestamp(start) + pd.DateOffset(months=months)).date()


@given(some.dates(date(1990, 1, 1), date(2090, 12, 31)), some.integers(-4000, 4000))
def test_days_between_are_whole_days_and_know_their_sign(start: date, days: int) -> None:
    with create_engine("sqlite://").connect() as connection:
        assert value(connection, days_between(on(start), on(start + timedelta(days=days)))) == days


def test_a_missing_day_gives_a_missing_answer(database: Connection) -> None:
    nothing = day(None)
    for expression in (add_months(nothing, 3), days_between(nothing, on(date(2024, 1, 1))), month_of(nothing)):
        assert value(database, expression) is None


def test_year_and_month_are_numbers(database: Connection) -> None:
    sample = on(date(2024, 9, 5))
    assert (value(database, year_of(sample)), value(database, month_of(sample))) == (2024, 9)


@pytest.mark.parametrize(
    ("expression", "postgres", "maria"),
    [
        (add_months(day("d"), 3), "make_interval(months => ", "DATE_ADD(CAST(%s AS DATE), INTERVAL %s MONTH)"),
        (days_between(day("a"), day("b")), " - CAST(", "DATEDIFF(CAST(%s AS DATE), CAST(%s AS DATE))"),
        (year_of(day("d")), "CAST(EXTRACT(YEAR FROM ", "EXTRACT(YEAR FROM CAST(%s AS DATE))"),
        (month_of(day("d")), "CAST(EXTRACT(MONTH FROM ", "EXTRACT(MONTH FROM CAST(%s AS DATE))"),
    ],
)
def test_every_function_is_worded_for_the_other_databases(expression: object, postgres: str, maria: str) -> None:
    assert postgres in str(expression.compile(dialect=postgresql.dialect()))  # type: ignore[attr-defined]
    assert maria in str(expression.compile(dialect=mysql.dialect()))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("prefixes", "found"),
    [
        (("990102101",), {"990102101", "990102101001"}),
        (("990102001", "98"), {"990102001", "98"}),
        (("990102",), {"990102", "990102001", "990102101", "990102101001", "99010210", "9901029"}),
        (("9901029",), {"9901029"}),
        (("99",), set(CODES) - {"98"}),  # nothing follows 99 but letters
        ((), set()),
        (("",), set()),
        (("99%", "9_", "９９", "²", "99'"), set()),
    ],
)
def test_a_region_holds_the_codes_that_begin_with_its_own(
    database: Connection, prefixes: tuple[str, ...], found: set[str]
) -> None:
    statement = select(regions.c.code).where(region_prefix(regions.c.code, prefixes))
    assert set(database.execute(statement).scalars()) == found


def test_the_end_of_a_range_sorts_after_every_digit_in_any_collation() -> None:
    """A colon follows 9 in SQLite, but comes before every digit where PostgreSQL sorts by language."""
    ends = [region_prefix(regions.c.code, (prefix,)).compile().params.values() for prefix in ("9901", "9909", "99")]
    assert [list(end) for end in ends] == [["9901", "9902"], ["9909", "9910"], ["99", "a"]]


@pytest.mark.parametrize(("words", "matches"), [("_100%", 8), ("%", 8), ("0%0", 0), ("103_", 0), ("103001_", 1)])
def test_searched_words_are_taken_as_typed(database: Connection, words: str, matches: int) -> None:
    statement = select(regions.c.code).where(containing(regions.c.name, words))
    assert len(database.execute(statement).all()) == matches


def test_what_cannot_be_told_is_not_claimed(database: Connection) -> None:
    assert value(database, claim(day(None) > on(date(2024, 1, 1)))) is False
