"""What the page on capacity says: how years apply to each figure, streets without congresses, staff in bands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard.exhibits.exhibit import View
from dashboard.subjects import capacity, capacity_bodies, capacity_cadres, capacity_funds
from data_access.context import Context, Filters, Rules, Scope
from data_access.lists.listing import Listing, records
from data_access.metrics import METRICS
from data_access.text import Lang

AS_OF = date(2026, 11, 20)
SINCE = Rules(region_code="990102", since_cadre=date(2023, 1, 1))
NAN = float("nan")


def view(lang: Lang = "zh", years: tuple[int, int] = (2026, 2026), rules: Rules = SINCE, **filters: Any) -> View:
    return View(Context(Scope(("990102",)), Filters(years, **filters), AS_OF, rules), lang, "light", AS_OF)


def listed(*rows: dict[str, Any], kind: str = "") -> Listing:
    return Listing(pd.DataFrame(list(rows)), {}, {}, kind, len(rows))


def cards(sample: Engine, asked: View) -> list[Any]:
    with sample.connect() as connection:
        return list(capacity.HEADLINE.compose(capacity.HEADLINE.query(connection, asked), asked).body.cards)  # type: ignore[union-attr]


# Large figures


def test_each_large_figure_says_how_years_apply_to_it(sample: Engine) -> None:
    shown = cards(sample, view())
    assert [card.name for card in shown[:2]] == ["区代表", "乡镇代表"]
    assert {card.base for card in shown[:3]} == {"最近一次换届选举"}
    assert {card.base for card in shown[3:5]} == {"2023-01-01 以来"}
    assert {card.change_lead for card in shown[3:5]} == {"同一人可兼有，两项不相加"}


def test_streets_have_no_township_deputies_which_is_no_zero(sample: Engine) -> None:
    street, both = (
        cards(sample, view(townships=("990102001",))),
        cards(sample, view(townships=("990102001", "990102101"))),
    )
    assert (street[1].value, street[1].change_lead) == ("–", "街道不设人代会，没有此项")
    assert both[1].value not in ("–", "0")


def test_under_a_township_figures_of_the_whole_district_are_no_zeros(sample: Engine) -> None:
    shown = cards(sample, view(townships=("990102101",)))
    assert {(card.value, card.base) for card in shown[3:]} == {("–", "属全区，不分乡镇")}


def test_before_the_stated_day_there_is_no_figure(sample: Engine) -> None:
    shown = cards(sample, view(years=(2022, 2022)))
    assert (shown[3].value, shown[3].base) == ("–", "起算日期 2023-01-01 在所选年份之后")
    unset = cards(sample, view(rules=Rules(region_code="990102")))
    assert unset[3].base == "所选年份" and unset[3].value != "–"


# Elections


def election(elected: tuple[int, int], turnout: float, *terms: int) -> str:
    total = pd.Series({"E01.d": elected[0], "E01.t": elected[1], "E02": turnout})
    return capacity.finding(total, pd.DataFrame({"term": terms}), view())


def test_the_election_is_said_with_its_term_its_levels_and_its_turnout() -> None:
    assert election((222, 699), 0.833, 5) == "第5届换届选举产生区代表 222 名、乡镇代表 699 名，参选率 83.3%"
    assert election((54, 0), NAN, 5) == "第5届换届选举产生区代表 54 名"
    assert election((54, 60), 0.8, 5, 19) == "换届选举产生区代表 54 名、乡镇代表 60 名，参选率 80.0%"


def test_places_stand_in_code_order_streets_with_a_dash(sample: Engine) -> None:
    with sample.connect() as connection:
        picture = capacity.ELECTIONS.compose(capacity.ELECTIONS.query(connection, view()), view())
    bars = picture.body.bars  # type: ignore[union-attr]
    assert len(bars) == 17
    assert [bar.cells[1] == "—" for bar in bars] == [True] * 6 + [False] * 11
    assert picture.table["当选乡镇代表"].isna().sum() == 6


# Bodies, committees, vice-chairs


def test_bodies_are_named_as_they_are_spoken_of_and_staff_is_a_band(sample: Engine) -> None:
    with sample.connect() as connection:
        picture = capacity_bodies.BODY_LIST.compose(capacity_bodies.BODY_LIST.query(connection, view()), view())
    assert picture.title == "形成“七委两室一中心”架构，编制 52 人、实有 46 人"
    assert set(picture.table["编制使用"]) == {"满编", "缺1人"}


@pytest.mark.parametrize(
    ("posts", "staff", "band"),
    [(4, 4, "满编"), (4, 3, "缺1人"), (12, 9, "缺2人及以上"), (4, 5, "超编"), (None, 3, "未填报"), (4, None, "未填报")],
)
def test_bands_of_staff(posts: int | None, staff: int | None, band: str) -> None:
    assert capacity_bodies._band({"posts": posts, "staff": staff}, view()) == band


def ticks(*states: tuple[str, str, str | None], b10: tuple[int, int], b11: tuple[int, int]) -> Any:
    rows = [
        {"record": str(i), "name": name, "township_kind": kind, "post_state": state}
        for i, (name, kind, state) in enumerate(states)
    ]
    total = {"B10.k": b10[0], "B10.n": b10[1], "B11.k": b11[0], "B11.n": b11[1]}
    return capacity_bodies.compose_ticks((listed(*rows), pd.Series(total)), view())


def test_ticks_stand_only_where_they_apply_and_the_unrecorded_are_not_lacking() -> None:
    picture = ticks(
        ("甲街道", "STREET", "SET_UP"), ("乙街道", "STREET", "NOT_SET_UP"), ("丙镇", "TOWN", "FILLED"),
        ("丁乡", "XIANG", "UNFILLED"), ("戊乡", "XIANG", None), b10=(1, 2), b11=(1, 2),
    )  # fmt: skip
    assert [[cell.text for cell in line.cells[1:]] for line in picture.body.lines] == [
        ["✓", "–"], ["未设", "–"], ["–", "✓"], ["–", "未配"], ["–", "未填报"],
    ]  # fmt: skip
    assert picture.title == "2 个街道中 1 个设有人大工委；2 个乡镇中 1 个配有人大副主席，丁乡未配"


def test_one_place_is_called_by_its_name() -> None:
    assert ticks(("甲街道", "STREET", "SET_UP"), b10=(1, 1), b11=(0, 0)).title == "甲街道已设人大工委"
    assert ticks(("丁乡", "XIANG", "UNFILLED"), b10=(0, 0), b11=(0, 1)).title == "丁乡未配人大副主席"


# Cadres


def test_cadres_are_said_since_the_day_and_never_added() -> None:
    by_year = pd.DataFrame({"change_year": [2023, 2025], "B07": [3, 2], "B08": [4, 0]})
    picture = capacity_cadres.compose((by_year, pd.Series({"B07": 4, "B08": 4})), view())
    assert picture.title == "2023-01-01 以来，提拔交流 4 人，职级晋升 4 人"
    promoted, ranked = picture.body.figure["data"]  # type: ignore[union-attr]
    assert (promoted["x"], promoted["y"], ranked["y"]) == ([2023, 2024, 2025], [3, 0, 2], [4, 0, 0])
    assert "不相加" in picture.subtitle


def test_every_bar_of_cadres_leads_to_as_many_persons(sample: Engine) -> None:
    with sample.connect() as connection:
        by_year, _ = capacity_cadres.CADRES.query(connection, view())
        for row in by_year.to_dict("records"):
            asked = view(picks=(("change_year", str(row["change_year"])),)).context
            for key in ("B07", "B08"):
                found = records(connection, METRICS[key], asked).rows
                assert (found["person_key"].nunique() if len(found) else 0) == row[key]


def test_no_change_of_cadres_is_a_sentence() -> None:
    none = pd.DataFrame({"change_year": [], "B07": [], "B08": []})
    picture = capacity_cadres.compose((none, pd.Series({"B07": 0, "B08": 0})), view())
    assert picture.empty == "2023-01-01 以来没有提拔交流和职级晋升的记录。"


# Funds


def test_funds_say_what_was_budgeted_and_spent_and_that_the_year_still_runs() -> None:
    total = pd.Series({"B13": 382.4, "B13.spent": 324.6, "B13.rate": 0.849})
    said = capacity_funds.finding(total, "2026 年", view())
    assert said == "2026 年安排经费 382.4 万元，支出 324.6 万元，执行率 84.9%，当年为截至数据日"
    assert not capacity_funds.finding(total, "2025 年", view(years=(2025, 2025))).endswith("数据日")


def test_spending_over_the_budget_is_the_amber_end_of_its_bar() -> None:
    bar = capacity_funds._bar("培训", {"B13": 20.0, "B13.spent": 23.5, "B13.rate": 1.175}, (), "")
    assert (bar.late, bar.warn, bar.cells) == (3.5, 2, ("20.0", "23.5", "117.5%"))
    unbudgeted = capacity_funds._bar("其他", {"B13": 0.0, "B13.spent": 3.0, "B13.rate": NAN}, (), "")
    assert (unbudgeted.late, unbudgeted.warn, unbudgeted.cells[2]) == (0, None, "–")


def test_activity_funds_alone_are_divided_by_the_district_deputies_of_the_year() -> None:
    by_kind = pd.DataFrame({"year": [2026, 2026], "budget_kind": ["ACTIVITY", "TRAIN"], "B13": [57.2, 20.0]})
    serving = pd.DataFrame({"year": [2026, 2025], "L15.serving.d": [220, 0]})
    assert capacity_funds.per_deputy(2026, by_kind, serving) == 2600.0
    assert capacity_funds.per_deputy(2025, by_kind, serving) is None
