"""Townships beside one another: code order unless the office ranks, limits of chance, counts for small groups, and
published figures as reference lines with what they cannot say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import exp, factorial
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from dashboard.exhibits import comparison
from dashboard.exhibits.exhibit import Picture, View
from dashboard.exhibits.limits import count_limits
from dashboard.exhibits.plot import plots
from dashboard.subjects import stations_fair
from dashboard.subjects.capacity import elections
from dashboard.subjects.deputies import BY_KIND, BY_TRAINING
from dashboard.subjects.proposals_outcomes import classes
from dashboard.subjects.proposals_places import solved_by_township, townships
from dashboard.subjects.stations_load import load
from data_access.context import Context, Filters, Rules, Scope
from data_access.text import Lang
from data_access.yardsticks import YARDSTICKS, shown

TODAY = date(2026, 11, 20)
RULES = Rules(region_code="990102", region_name="云澜区", region_word="区")
RANKED = replace(RULES, ranking=True)


def view(lang: Lang = "zh", *, rules: Rules = RULES, towns: tuple[str, ...] = ()) -> View:
    return View(Context(Scope(("990102",)), Filters((2026, 2026), towns), TODAY, rules), lang, "light", TODAY)


# The same dates of earlier years


@pytest.mark.parametrize("last", [2025, 2026])
def test_only_a_year_that_still_runs_stands_beside_the_same_dates_of_others(sample: Engine, last: int) -> None:
    asked = replace(view(), context=view().context.with_filters(years=(last, last)))
    with sample.connect() as connection:
        for exhibit in (BY_KIND, BY_TRAINING):
            table = exhibit.compose(exhibit.query(connection, asked), asked).table
            assert any("（同期）" in column for column in table.columns) == (last == TODAY.year)


# Order


def test_rows_keep_the_order_of_codes_until_the_office_ranks() -> None:
    rows = [("河镇", 2.0), ("山乡", None), ("清河街道", 5.0), ("石塘镇", 2.0)]
    assert comparison.in_order(rows, lambda row: row[1], view()) == rows
    ranked = comparison.in_order(rows, lambda row: row[1], view(rules=RANKED))
    # Equal ones stay as they came, what is not known comes last.
    assert [name for name, _ in ranked] == ["清河街道", "河镇", "石塘镇", "山乡"]


@pytest.mark.parametrize(("rules", "words"), [(RULES, "按区划代码排列"), (RANKED, "按数值由高到低排列")])
def test_every_township_list_says_its_order_and_keeps_it(sample: Engine, rules: Rules, words: str) -> None:
    asked = view(rules=rules)
    lists = {townships(): "每名代表件数", load(): "站均服务人口（人）", stations_fair.receptions(): "每万人场数"}
    lists |= {elections(): "参选率"}
    with sample.connect() as connection:
        for exhibit, column in lists.items():
            picture = exhibit.compose(exhibit.query(connection, asked), asked)
            assert words in picture.subtitle
            values = picture.table[column].dropna()
            assert values.is_monotonic_decreasing == rules.ranking
        for exhibit in (solved_by_township(), stations_fair.attended()):
            picture = exhibit.compose(exhibit.query(connection, asked), asked)
            assert words in picture.foot
            assert picture.table.iloc[:, 1].is_monotonic_decreasing == rules.ranking


# Limits of counts


def likely(count: int, expected: float) -> float:
    return exp(-expected) * expected**count / factorial(count)


def test_ten_expected_may_be_four_to_seventeen() -> None:
    """Of ten expected, 3 or fewer come in 1.0 % of cases, 4 or fewer in 2.9 %; 18 or more in 1.4 %, 17 in 2.7 %."""
    low, high = count_limits(10)
    assert 3 < low <= 4 and 17 <= high < 18
    assert count_limits(0) == (0, 0)
    assert count_limits(2)[0] == 0  # none at all happens in 13.5 % of cases


@given(st.floats(0.01, 60), st.integers(0, 90))
def test_a_count_lies_beyond_its_limits_exactly_when_its_tail_is_small(expected: float, count: int) -> None:
    low, high = count_limits(expected)
    below = sum(likely(i, expected) for i in range(count + 1))
    above = 1 - sum(likely(i, expected) for i in range(count))
    if abs(below - 0.025) > 1e-6 and abs(above - 0.025) > 1e-6:
        assert (count < low) == (below < 0.025)
        assert (count > high) == (above < 0.025)


# Per deputy and per 10,000 people


def led(*rows: tuple[str, int, int]) -> dict[str, Any]:
    people = [(code, code, 20_000, 2020) for code, _, _ in rows]
    return {
        "led": pd.DataFrame(rows, columns=["township", "P01", "P17.n"]),
        "about": pd.DataFrame([], columns=["place", "P22"]),
        "people": pd.DataFrame(people, columns=["record", "name", "population", "population_year"]),
    }


def said(picture: Picture) -> str:
    assert picture.body is not None
    return picture.body.html()


def test_a_township_with_more_items_than_chance_explains_is_named_and_to_be_checked() -> None:
    """60 items of 60 deputies are one each: of 20 deputies about 20 items, by chance 12 to 29; 34 are more."""
    picture = townships().compose(led(("101", 34, 20), ("102", 13, 20), ("103", 13, 20)), view())
    assert picture.title == "每名区代表平均领衔 1.00 件；101超出偶然波动范围，宜核实"
    assert "超出 95% 界限（按泊松分布，1 个）" in picture.foot
    assert picture.table.iloc[0, -1] == pytest.approx(count_limits(20)[1])
    assert said(picture).count('class="x am"') == 1


def test_fewer_than_five_deputies_show_items_and_deputies_instead_of_a_rate() -> None:
    picture = townships().compose(led(("101", 3, 4), ("102", 20, 20), ("103", 13, 20)), view())
    assert "3/4" in said(picture) and "0.75" not in said(picture)
    shown_all = townships().compose(led(("101", 3, 4), ("102", 20, 20)), view(rules=replace(RULES, small_n=3)))
    assert "0.75" in said(shown_all)


def receptions(*rows: tuple[str, int, int | None, int]) -> dict[str, pd.DataFrame]:
    held = [(code, events, deputies) for code, events, _, deputies in rows]
    people = [(code, code, residents, 2020 if residents else None) for code, _, residents, _ in rows]
    return {
        "held": pd.DataFrame(held, columns=["township", "L06", "L05.n"]),
        "people": pd.DataFrame(people, columns=["region_code", "name", "population", "population_year"]),
    }


def test_receptions_are_compared_per_ten_thousand_people_and_per_deputy() -> None:
    """90 receptions for 100,000 residents are 9 for 10,000; 40 of 20,000 residents would be 18, by chance 10 to 27."""
    made = receptions(("101", 40, 20_000, 50), ("102", 50, 80_000, 4), ("103", 7, None, 30))
    picture = stations_fair.receptions().compose(made, view())
    assert picture.title == "全区每万人进站活动 9.0 场；101、102超出偶然波动范围，宜核实"
    assert picture.table["每万人场数"].to_list()[:2] == [20.0, 6.25]
    assert pd.isna(picture.table["每万人场数"].iloc[2])
    assert "0.80" in said(picture) and "50/4" in said(picture)  # four deputies make no rate


def test_receptions_without_people_make_no_comparison() -> None:
    picture = stations_fair.receptions().compose(receptions(("101", 4, None, 3)), view())
    assert picture.body is None and "没有人口数" in picture.empty


def test_one_township_is_still_measured_against_the_whole_district() -> None:
    made = receptions(("101", 40, 20_000, 50), ("102", 50, 80_000, 20))
    picture = stations_fair.receptions().compose(made, view(towns=("102",)))
    assert picture.table["乡镇（街道）"].to_list() == ["102"]
    assert "全区 9.0 场" in picture.subtitle


# Yardsticks


def by_class(**counts: int) -> dict[str, Any]:
    rows = [(2026, code, n) for code, n in counts.items()]
    frame = pd.DataFrame(rows, columns=["year", "class_now", "P03"])
    return {"counts": frame, "labels": {}}


def test_a_published_figure_is_a_dashed_line_with_its_source_and_caveat() -> None:
    picture = classes().compose(by_class(A=60, B=20, C=20), view(rules=replace(RULES, yardsticks=("npc2019",))))
    for chart in (plots(picture.body)[0].figure, plots(picture.body)[0].phone):
        assert chart is not None
        assert [shape["y0"] for shape in chart["layout"]["shapes"]] == [0.7128]
        assert any("全国人大 2019 年 A＋B 71.28%" in str(note["text"]) for note in chart["layout"]["annotations"])
    assert "8160 件" in picture.foot and "只作参照，不作高低评价" in picture.foot


def test_without_the_office_s_word_no_outside_figure_is_shown() -> None:
    picture = classes().compose(by_class(A=60, B=20, C=20), view())
    assert "shapes" not in plots(picture.body)[0].figure["layout"] and "全国人大" not in picture.foot


@pytest.mark.parametrize("name", YARDSTICKS)
def test_every_yardstick_names_its_source_in_both_languages(name: str) -> None:
    found = YARDSTICKS[name]
    assert 0 < found.value < 1
    assert all(words.zh and words.en for words in (found.of, found.source, found.caveat))
    assert shown((name,), found.metric) == (found,) and shown((name,), "P01") == ()
