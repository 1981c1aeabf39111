"""Term against term: as many days of each, the years of the term side by side, missing records never a zero."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from dashboard.exhibits.exhibit import Picture, View
from dashboard.subjects.personnel_terms import TERMS, Found, by_term_year
from data_access.context import Context, Filters, Rules, Scope
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.text import Lang
from tests.data_access.factories import DISTRICT, add, context, empty_database, figure

TODAY = date(2026, 11, 20)
LAST, THIS = date(2016, 12, 20), date(2021, 12, 28)


def view(lang: Lang = "zh", years: tuple[int, int] = (2026, 2026), day: date = TODAY, **filters: Any) -> View:
    return View(Context(Scope((DISTRICT,)), Filters(years, **filters), day, Rules(region_code=DISTRICT)), lang)


def decided(*days: date | tuple[date, str]) -> pd.DataFrame:
    rows = [(one if isinstance(one, tuple) else (one, f"P{place}")) for place, one in enumerate(days)]
    return pd.DataFrame([(*row, True) for row in rows], columns=["decided_on", "person_key", "is_counted"])


def composed(rows: pd.DataFrame, starts: tuple[date, ...] = (LAST, THIS), **asked: Any) -> Picture:
    return TERMS.compose(Found(starts, rows), view(**asked))


def test_each_year_of_the_term_stands_beside_as_many_days_of_the_last() -> None:
    """This term began on 28 December 2021; on 20 November 2026 its fifth year is 328 days old.

    The fifth year of the last term began on 20 December 2020; its first 328 days end on 12 November 2021, so of its
    three decisions the one of the 13th does not count.
    """
    last = [date(2017 + k, 3, 1) for k in range(4)] + [date(2021, 3, 1), date(2021, 11, 12), date(2021, 11, 13)]
    this = [date(2021, 12, 28), date(2022, 12, 27), date(2022, 12, 28), date(2026, 11, 20)]
    years = by_term_year(decided(*last, *this), (LAST, THIS), TODAY)
    assert [(year.now, year.before) for year in years] == [(2, 1), (1, 1), (0, 1), (0, 1), (1, 2)]
    picture = composed(decided(*last, *this))
    assert picture.title == "本届至今任免 4 人次、涉及 4 人，较上届同期少 2 人次"
    assert picture.table["届内年份"].to_list()[0] == "第 1 年（2021-12 起，换届）"
    assert "换届首年（2017、2022）" in picture.foot


def test_a_year_of_the_last_term_without_records_is_missing_and_forbids_the_comparison() -> None:
    picture = composed(decided(date(2021, 3, 1), (date(2022, 1, 5), "X"), (date(2023, 1, 5), "X")))
    assert picture.title == "本届至今任免 2 人次、涉及 1 人；上届记录不全，不作届间比较"
    assert picture.table["上届同期（人次）"].isna().to_list() == [True, True, True, True, False]


def test_a_longer_term_than_the_last_has_nothing_beside_its_last_year() -> None:
    years = by_term_year(decided(date(2020, 2, 1)), (date(2019, 12, 20), date(2021, 12, 28)), date(2024, 6, 1))
    assert [year.before for year in years] == [1, None, None]


def test_without_terms_or_records_there_is_a_sentence() -> None:
    assert "没有登记届次" in composed(decided(), ()).empty
    assert "自 2021-12-28 以来没有任免记录" in composed(decided(date(2020, 1, 1))).empty
    alone = composed(decided(date(2022, 1, 5)), (THIS,))
    assert "没有上届的起始日期" in alone.subtitle and "不作届间比较" in alone.title


@given(st.lists(st.integers(0, 3600), max_size=40), st.integers(0, 1780))
def test_every_decision_of_this_term_stands_in_one_of_its_years(places: list[int], age: int) -> None:
    day = THIS + timedelta(days=age)
    days = [one for one in (LAST + timedelta(days=place) for place in places) if one <= day]
    years = by_term_year(decided(*days), (LAST, THIS), day)
    assert sum(year.now for year in years) == sum(one >= THIS for one in days)
    assert sum(year.before or 0 for year in years) <= sum(one < THIS for one in days)
    assert years[-1].begins <= day


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("years", [(2026, 2026), (2022, 2026), (2023, 2023), (2021, 2021)])
def test_the_sample_s_terms_say_what_is_missing(sample: Engine, lang: Lang, years: tuple[int, int]) -> None:
    asked = view(lang, years)
    with sample.connect() as connection:
        picture = TERMS.compose(TERMS.query(connection, asked), asked)
        total = measure(connection, [METRICS["A01.term"]], asked.context)["A01.term"].iloc[0]
    assert sum(picture.table.iloc[:, 1]) == total
    assert picture.title and (picture.body is None) == bool(picture.empty)


def test_the_term_s_decisions_count_from_its_first_day_on() -> None:
    """Of four decisions one lies before the term and one is an election by the Congress."""
    with empty_database() as db:
        add(db, "term", level="COUNTY", region_code=DISTRICT, start_on=date(2021, 12, 28))
        for day, action in (
            (date(2021, 12, 27), "APPT"), (date(2021, 12, 28), "APPT"), (date(2024, 6, 1), "REMV"),
            (date(2022, 1, 1), "ELECT"),
        ):  # fmt: skip
            add(db, "appointment", region_code=DISTRICT, decided_on=day, action=action, organ_class="CRT", oath="NA")
        assert figure(db, "A01.term", context(years=(2024, 2024))) == 2
        assert figure(db, "A01.term", context(years=(2022, 2022))) == 1
