"""Where suggestions come from and what they are about: fair comparisons, and every exhibit on every filter."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from math import comb
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from dashboard.exhibits.beside import Tag, beside
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.funnelplot import funnelplot
from dashboard.exhibits.heat import heat
from dashboard.exhibits.labels import spread
from dashboard.exhibits.limits import limits
from dashboard.exhibits.plot import plots
from dashboard.exhibits.stacked import stacked
from dashboard.subjects.proposals_places import townships
from data_access.context import Context, Filters, Scope
from data_access.metrics import METRICS
from data_access.text import Lang, Text
from tests.pages.proposals_made import RULES, TODAY, TOWNS, by_year, composed, html, solved

# --- places ----------------------------------------------------------------------------------------------------------


def places(led: list[tuple[str, int, int]], about: list[tuple[str, int]]) -> dict[str, Any]:
    people = [
        ("990102001", "清河街道", 50_000, 2020),
        ("990102101", "石塘镇", 20_000, 2020),
        ("990102201", "云台乡", None, None),
    ]
    return {
        "led": pd.DataFrame(led, columns=["township", "P01", "P17.n"]),
        "about": pd.DataFrame(about, columns=["place", "P22"]),
        "people": pd.DataFrame(people, columns=["record", "name", "population", "population_year"]),
        "labels": TOWNS,
    }


def test_townships_stand_in_code_order_per_deputy_and_per_ten_thousand() -> None:
    data = places([("990102101", 12, 8), ("990102001", 5, 10), ("990102201", 0, 4)], [("990102101", 3), ("990102", 7)])
    picture = composed(townships(), data)
    assert picture.title == "每名区代表平均领衔 0.77 件；云台乡没有代表领衔"
    assert picture.table["乡镇（街道）"].to_list() == ["清河街道", "石塘镇", "云台乡"]
    assert picture.table["涉及件数"].to_list() == [0, 3, 0]
    assert picture.table["每万人件数"].to_list()[:2] == [1.0, 6.0]
    assert pd.isna(picture.table["每万人件数"].iloc[2])
    assert "townships=101" in html(picture)


def test_few_items_make_no_mean_of_deputies() -> None:
    picture = composed(townships(), places([("990102101", 2, 8)], []))
    assert picture.title == "各乡镇（街道）建议"


SOLVED = funnelplot(
    METRICS["P08"], base=Text("应办件数", "items due"), key="f", name=Text("解决率", "Solved"), path="/p"
)


def test_a_township_beyond_the_limits_is_named_and_to_be_checked() -> None:
    picture = composed(SOLVED, solved(("990102001", 82, 100), ("990102101", 85, 100), ("990102201", 15, 30)))
    assert picture.title.endswith("仅云台乡偏低，宜核实")
    assert picture.table["n"].to_list() == [100, 100, 30]
    assert "不到 1 个会偶然越过 95% 界限，现有 1 个" in picture.foot
    points = plots(picture.body)[0].figure["data"][-1]
    assert points["customdata"][-1] == "/p?years=2026&townships=201"


def test_differences_within_chance_are_called_so() -> None:
    picture = composed(SOLVED, solved(("990102001", 9, 10), ("990102101", 8, 10), ("990102201", 3, 3)))
    assert "都在偶然波动范围内" in picture.title


def test_the_district_itself_and_missing_townships_are_no_points() -> None:
    rows = (("990102001", 9, 10), ("990102101", 8, 10), ("990103101", 1, 50), ("", 0, 50))
    assert "不足 3 个" in composed(SOLVED, solved(*rows)).empty


def test_the_township_asked_for_is_named_among_all() -> None:
    codes = [f"99010210{n}" for n in range(1, 9)]
    data = solved(*((code, 9, 12) for code in codes)) | {"labels": {code: Text(code, code) for code in codes}}
    for asked in ("990102105", "990102106"):
        [plot] = plots(composed(SOLVED, data, towns=(asked,)).body)
        assert asked in [note["text"] for note in plot.figure["layout"]["annotations"]]


@given(st.integers(1, 60), st.integers(1, 19))
def test_a_count_is_beyond_a_limit_exactly_when_its_tail_is_that_unlikely(n: int, twentieths: int) -> None:
    share = Fraction(twentieths, 20)
    chances = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    lowest, low, high, highest = limits(n, float(share))
    assert 0 <= lowest <= low <= high <= highest <= 1
    for k in range(n + 1):
        below, above = sum(chances[: k + 1]), sum(chances[k:])
        if abs(below - Fraction(1, 40)) > 1e-9:
            assert (k / n < low - 1e-9) == (below < Fraction(1, 40))
        if abs(above - Fraction(1, 40)) > 1e-9:
            assert (k / n > high + 1e-9) == (above < Fraction(1, 40))


def test_a_rate_that_cannot_vary_has_no_funnel() -> None:
    assert limits(5, 0.0) == (0.0,) * 4
    assert limits(5, 1.0) == (1.0,) * 4


# --- generic drawings ------------------------------------------------------------------------------------------------

TOPICS = {code: Text(code, code) for code in ("FIN", "AGR", "URB")}


def test_parts_of_a_whole_fold_their_tail_and_lead_to_the_page() -> None:
    rows = [(2026, "FIN", 6), (2026, "AGR", 3), (2026, "URB", 2), (2026, None, 1)]
    exhibit = stacked(METRICS["P01"], "category", key="k", name=Text("类", "T"), path="/proposals", most=2)
    picture = composed(exhibit, {"counts": by_year("category", "P01", *rows), "labels": TOPICS})
    assert picture.title == "2026 年FIN占 50%（n=12）"
    assert list(picture.table.columns) == ["年份", "FIN", "其他", "未填报", "合计"]
    traces = plots(picture.body)[0].figure["data"]
    assert traces[0]["customdata"][-1] == "/proposals?years=2026&category=FIN"
    assert traces[1]["customdata"][-1] == "/records?years=2026&metric=P01"


def test_tied_parts_lead_nothing() -> None:
    rows = [(2026, "FIN", 6), (2026, "AGR", 6)]
    exhibit = stacked(METRICS["P01"], "category", key="k", name=Text("类", "T"), path="/proposals")
    assert composed(exhibit, {"counts": by_year("category", "P01", *rows), "labels": TOPICS}).title == "类"


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            [(2025, "URB", 8), (2025, "FIN", 4), (2025, "AGR", 1), (2026, "URB", 9), (2026, "FIN", 5)],
            "2025–2026 年URB始终最多",
        ),
        (
            [(2025, "URB", 8), (2025, "FIN", 4), (2025, "AGR", 1), (2026, "URB", 2), (2026, "FIN", 8)],
            "最多的一类由 2025 年的URB变为 2026 年的FIN",
        ),
        ([(2025, "URB", 6), (2025, "FIN", 6), (2025, "AGR", 1), (2026, "URB", 9), (2026, "FIN", 5)], "类"),
        ([(2025, "URB", 3), (2025, "FIN", 1), (2025, "AGR", 1), (2026, "URB", 9), (2026, "FIN", 5)], "类"),
    ],
)
def test_categories_by_year_name_a_leader_only_where_there_is_one(rows: list[Any], title: str) -> None:
    exhibit = heat(METRICS["P01"], "category", key="k", name=Text("类", "T"), path="/proposals")
    picture = composed(exhibit, {"counts": by_year("category", "P01", *rows), "labels": TOPICS})
    assert picture.title == title
    assert picture.table["类别"].to_list() == ["FIN", "AGR", "URB", "合计"]


@given(st.lists(st.floats(0, 1), max_size=8))
def test_labels_moved_apart_keep_their_order_and_stay_inside(places: list[float]) -> None:
    moved = spread(places, 0.1)
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in moved)
    pairs = sorted(zip(places, moved, strict=True))
    assert all(b[1] - a[1] >= -1e-9 for a, b in pairwise(pairs) if a[0] < b[0])


def test_words_owed_are_placed_even_where_there_is_no_room() -> None:
    crowd = [(50.0, 50.0), (52.0, 50.0)]
    tags = [Tag(50, 50, ("很长的乡镇名称",), must=True), Tag(52, 50, ("另一个很长的名称",))]
    sides = beside(tags, crowd, wide=60, high=60)
    assert sides[0] is not None
    assert sides[1] is None


# --- the whole page --------------------------------------------------------------------------------------------------

FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"years": (2022, 2026)},
    {"years": (2021, 2021)},
    {"years": (2030, 2030)},
    {"townships": ("990102201",)},
    {"picks": (("category", "ETH"),)},
    {"picks": (("category", "none"),)},
)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_exhibit_speaks_on_every_filter(sample: Engine, filters: dict[str, Any], lang: Lang) -> None:
    from pages.proposals import PAGE

    asked = Filters(**({"years": (2026, 2026)} | filters))
    made = View(Context(Scope(("990102",)), asked, TODAY, RULES), lang, "dark", TODAY)
    charts = 0
    with sample.connect() as connection:
        for exhibit in PAGE.exhibits():
            picture = exhibit.compose(exhibit.query(connection, made), made)
            words = " ".join((picture.title, picture.subtitle, picture.foot, picture.empty))
            assert picture.title and not re.search(r"\bNone\b(?! of)|\bnan\b|[{}]", words)
            assert (picture.body is None) == bool(picture.empty)
            assert 'href=""' not in (picture.body.html() if picture.body else "")
            charts += len(plots(picture.body))
    assert charts <= 7
