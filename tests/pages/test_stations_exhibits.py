"""Whether sites are alive, the whole sample district, and the page on the screen."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import component, fetch
from dashboard.component import unpacked
from dashboard.exhibits.drawn_map import DrawnMap
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.listing import Listing
from dashboard.exhibits.movable_map import MovableMap
from dashboard.exhibits.steps import Steps
from dashboard.settings import ROOT, settings
from dashboard.subjects import coverage_map, stations, stations_load, stations_places, stations_reach
from dashboard.subjects import stations_activity as activity
from dashboard.subjects import stations_choice as choice
from data_access.context import Rules
from data_access.text import Lang
from pages.stations import PAGE
from tests.pages.stations_made import site, town, view


def said(picture: Picture) -> str:
    return "\n".join((picture.title, picture.subtitle, picture.foot, picture.empty))


# Whether sites are alive


def stages(*rows: tuple[str, int, int, int, int]) -> Picture:
    names = ["station_level", "LF.exists", "LF.assigned", "LF.active", "LF.effective"]
    return activity._stages(pd.DataFrame(list(rows), columns=names), view())


def test_large_figures_are_stations_and_rooms_and_points_stand_beside_them() -> None:
    picture = stages(("ST", 17, 17, 16, 16), ("RM", 25, 18, 13, 13), ("PT", 6, 0, 0, 0))
    assert isinstance(picture.body, Steps)
    assert [stage.value for stage in picture.body.stages] == ["17", "17", "16", "16"]
    assert picture.body.stages[2].lines == ("联络室 13/25，联络点 0/6",)
    assert picture.body.stages[2].warning == "1 个站有代表、没有活动"
    assert "48" not in said(picture)


def test_no_station_is_not_praised_and_none_missing_is_said_shortly() -> None:
    assert stages(("RM", 2, 1, 1, 1)).title == "所选乡镇没有在用的联络站"
    assert stages(("ST", 2, 2, 2, 2)).title == "2 个联络站都有代表编入、有活动、有意见办结"


def idle(*sites: dict[str, Any]) -> Picture:
    return activity._idle(pd.DataFrame(list(sites)), view())


def test_stations_that_never_opened_are_named_and_rooms_are_counted() -> None:
    picture = idle(site(1, "RM", 0, events=0), site(2, "ST", 0, events=0), site(3, "RM", 0), site(4, "ST", 0))
    assert picture.title == "站点2所选期间没有活动；另有联络室 1 个"
    assert isinstance(picture.body, Listing)
    assert [(line.cells[0].tone, line.cells[1].text) for line in picture.body.lines] == [
        ("late", "站点2"),
        ("quiet", "站点1"),
    ]


def test_sites_that_are_all_open_are_a_sentence() -> None:
    assert idle(site(1, "ST", 0)).empty == "在用站点所选期间都有活动。"


def test_many_closed_stations_are_counted_like_the_rest() -> None:
    assert idle(*(site(n, "ST", 0, events=0) for n in range(4))).title == "所选期间没有活动：联络站 4 个"


@pytest.mark.parametrize(
    ("events", "title"),
    [
        ((1, 2, 3), "进站活动连年增多"),
        ((3, 2, 2), "进站活动持平，接待群众多 10 人次（较上年同期）"),
        ((0, 0, 5), ""),
    ],
)
def test_growth_is_claimed_only_when_every_year_grew(events: tuple[int, ...], title: str) -> None:
    found = pd.DataFrame({"year": [2024, 2025, 2026], "L06": events, "L07": [10, 20, 30]})
    assert activity.growth(found, view()) == title


def test_the_english_headings_of_four_panels_fit_their_quarter_of_a_printed_page() -> None:
    names = [(metric.chart or metric.name).en for metric in activity.years().metrics]
    assert len(names) == 4 and max(map(len, names)) <= len("Opinions collected")


def test_a_finished_year_is_named_and_set_against_the_whole_year_before() -> None:
    found = pd.DataFrame({"year": [2023, 2024, 2025], "L06": [3, 2, 2], "L07": [10, 20, 30]})
    assert activity.growth(found, view()) == "2025 年进站活动持平，接待群众多 10 人次（较上年）"


def test_townships_without_a_station_have_no_load_and_leave_the_median_alone() -> None:
    towns = [town(f"99010210{n}", f"镇{n}", stations=n) for n in range(4)]
    sites = pd.DataFrame([site(n, "ST", 0, code=f"99010210{n}") for n in (1, 2, 3)])
    picture = stations_load._load((pd.DataFrame(towns), sites), view())
    assert picture.title == "每个联络站服务人口的中位数为 1.0 万人，镇1最多，为 2.0 万人"
    assert picture.body is not None
    assert picture.body.bars[0].cells == ("未建站", "–")  # type: ignore[attr-defined]


def months(now: int, before: int, years: tuple[int, int] = (2026, 2026)) -> Picture:
    rows = [(year, 3, count, 10) for year, count in ((years[1] - 1, before), (years[1], now)) if count]
    found = pd.DataFrame(rows, columns=["year", "month", "L06", "L07"])
    same = found.assign(L06=found["L06"] - 1)  # one of each year's came after the same date
    return stations_load._months((found, same), view(years=years))


def test_an_unfinished_year_is_compared_to_the_same_dates() -> None:
    assert months(9, 5).title == "2026 年至 11 月 20 日进站活动 8 场，较同期多 4 场"
    assert months(8, 5, years=(2024, 2024)).title == "2024 年进站活动 8 场，较上年多 3 场"
    assert months(9, 0).title == "2026 年进站活动 8 场"
    assert months(0, 5).empty == "2026 年没有进站活动，换一年再看。"


# On the whole sample district


@pytest.fixture
def ask(sample: Engine) -> Callable[[Exhibit, View], Picture]:
    def compose(exhibit: Exhibit, asked: View) -> Picture:
        with sample.connect() as connection:
            return exhibit.compose(exhibit.query(connection, asked), asked)

    return compose


Ask = Callable[[Exhibit, View], Picture]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("parts", [{}, {"km": "5", "sites": "ST_RM_PT"}])
@pytest.mark.parametrize("townships", [(), ("990102101",), ("990102109", "990102201")])
def test_every_coverage_figure_names_its_radius_and_level(
    ask: Ask, lang: Lang, parts: dict[str, str], townships: tuple[str, ...]
) -> None:
    asked = choice.choose(view(lang, townships=townships, rules=Rules(region_code="990102")), parts)
    km = parts.get("km", "3")
    for exhibit in (stations_places.places(), coverage_map.coverage_map(), coverage_map.stations_map()):
        words = said(ask(exhibit, asked))
        assert f"{km} 公里内有联络站" in words if lang == "zh" else f"within {km} km of stations" in words
        assert ("直线距离" if lang == "zh" else "Straight-line") in words
        assert "2020" in words


def test_more_levels_and_a_longer_reach_never_cover_less(ask: Ask) -> None:
    table = ask(stations_places.matrix(), view()).table
    shares = table.iloc[:3, 1:].to_numpy(dtype=float)
    assert (shares[1:] >= shares[:-1]).all() and (shares[:, 1:] >= shares[:, :-1]).all()


def test_a_township_asked_for_alone_keeps_what_its_neighbours_sites_reach(sample: Engine) -> None:
    with sample.connect() as connection:
        whole = stations_reach.load(connection, view()).covered(view()).villages
        for code in ("990102103", "990102201"):
            asked = view(townships=(code,))
            alone = stations_reach.load(connection, asked).covered(asked)
            assert alone.villages_covered == whole.loc[whole["region_code"] == code, "is_covered"].sum() > 0


def test_the_headline_keeps_the_three_levels_apart_and_says_who_really_came(ask: Ask) -> None:
    cards = ask(stations.figures(), view()).body.cards  # type: ignore[union-attr]
    assert [(card.name, card.value) for card in cards[:3]] == [("联络站", "17"), ("联络室", "25"), ("联络点", "6")]
    assert len(cards) == 7 and cards[4].name == "3 公里村覆盖率" and cards[4].base.startswith("计站，n=")
    assert cards[5].name == "编入率" and cards[5].change_lead == "实际进站"


def test_the_map_notes_that_the_district_is_invented_and_not_for_publication(ask: Ask) -> None:
    foot = ask(coverage_map.stations_map(), view()).foot
    assert "示意图 · 虚构数据" in foot and "未经审核不得公开" in foot


def test_an_approved_map_bears_its_number(sample: Engine) -> None:
    with sample.connect() as connection:
        found = coverage_map.query(connection, view())
    approved = found.shapes.assign(is_fictional=False, approval_no="云S（2026）001号")
    foot = coverage_map.stations_map().compose(replace(found, shapes=approved), view()).foot
    assert "审图号：云S（2026）001号" in foot and "虚构" not in foot


def test_a_second_click_on_the_only_township_asks_for_all_again(ask: Ask) -> None:
    body = ask(coverage_map.coverage_map(), view(townships=("990102101",))).body
    assert isinstance(body, DrawnMap)
    here = next(area for area in body.sheet.areas if area.code == "990102101")
    other = next(area for area in body.sheet.areas if area.code == "990102102")
    assert "townships" not in here.href and not here.muted
    assert "townships=102" in other.href and other.muted


@pytest.mark.parametrize("layer", list(choice.LAYERS))
def test_every_layer_has_four_classes_and_leaves_townships_without_a_figure_hatched(ask: Ask, layer: str) -> None:
    body = ask(coverage_map.coverage_map(), choice.choose(view(), {"layer": layer})).body
    assert isinstance(body, DrawnMap)
    assert sum(key.kind == "step" for key in body.sheet.keys) == 4
    assert sum(bool(area.warning) for area in body.sheet.areas) == 2
    assert all(area.step in (0, 1, 2, 3) for area in body.sheet.areas if not area.warning)


def test_the_movable_map_of_a_whole_district_stays_small(ask: Ask) -> None:
    asked = choice.choose(view(), {"sites": "ST_RM_PT"})
    body = ask(coverage_map.coverage_map(), asked).body
    assert isinstance(body, MovableMap)
    assert len(component.packed("", [body.sent()], "zh")) < 50_000


# On the screen


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch, sample_url: str) -> Iterator[Callable[..., AppTest]]:
    """Opens the stations page under an address."""
    monkeypatch.setenv("DATABASE_URL", sample_url)
    settings.cache_clear()
    fetch.forget()

    def opened(**parts: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        for name, value in parts.items():
            test.query_params[name] = value
        test.switch_page("../pages/stations.py")
        return test.run()

    yield opened
    settings.cache_clear()
    fetch.forget()


def shown(test: AppTest) -> str:
    assert not test.exception
    return "".join(unpacked(part.proto.bytes)["html"] for part in test.get("bidi_component") if part.proto.bytes)


def test_the_page_shows_a_movable_map_without_any_ground(board: Callable[..., AppTest]) -> None:
    test = board()
    assert not test.exception
    sent = [unpacked(part.proto.bytes) for part in test.get("bidi_component") if part.proto.bytes]
    (made,) = [figure["deck"] for part in sent for figure in part["figures"] if "deck" in figure]
    assert "mapStyle" not in made
    assert {layer["id"] for layer in made["layers"]} >= {"townships", "villages", "sites", "names"}


def test_the_choice_in_the_address_holds_for_the_whole_page(board: Callable[..., AppTest]) -> None:
    words = shown(board(km="5", sites="ST_RM", layer="people"))
    assert "5 公里村覆盖率" in words and "计站＋室" in words
    assert "5 公里内有联络站或联络室的村（社区）占" in words and "每个联络站服务的常住人口" in words
    assert not re.search(r"3 公里内|3 公里外", words)


def test_every_choice_above_the_map_is_a_link_and_the_present_one_is_marked() -> None:
    made = choice.controls(choice.choose(view(), {"km": "5", "layer": "people"}))
    links = re.findall(r'<a href="([^"]+)"( aria-current="true")?>([^<]+)</a>', made)
    assert [words for _, marked, words in links if marked] == ["站均服务人口", "站", "5 公里"]
    address = {words: html.unescape(href) for href, _, words in links}
    assert address["3 公里"] == "/stations?years=2026&layer=people"
    assert address["站＋室"] == "/stations?years=2026&layer=people&km=5&sites=ST_RM"


def test_the_page_keeps_its_exhibits_under_their_keys() -> None:
    """Keys name files and addresses: renaming one breaks links that were sent."""
    keys = [exhibit.key for exhibit in PAGE.exhibits()]
    before = ["headline", "map", "places", "radii", "uncovered", "stages", "idle", "years"]
    assert keys == [*before, "receptions", "attended", "load", "months"]
