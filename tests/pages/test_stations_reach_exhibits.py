"""Which townships have a station and how far sites reach: what the reader chooses, findings and hedges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from dashboard.exhibits.listing import Listing
from dashboard.exhibits.plot import Stack
from dashboard.subjects import coverage_map, stations_places
from dashboard.subjects import stations_choice as choice
from dashboard.subjects import stations_uncovered as uncovered
from dashboard.subjects.stations_reach import Reach
from tests.pages.stations_made import KM, RULES, site, town, view


def village(code: str, north_km: float | None, people: int | None = 1_000) -> dict[str, Any]:
    lat = None if north_km is None else 30 + north_km * KM
    lon = None if north_km is None else 110.0
    return {
        "village_code": code, "name": f"{code[-2:]}村", "region_code": code[:9], "population": people,
        "population_year": 2020, "lon": lon, "lat": lat,
    }  # fmt: skip


TOWNS = (town("990102101", "甲镇", stations=1, rooms=1), town("990102102", "乙镇"))


# One station at kilometre 0 and a room at 8; villages at 1, 2.8, 7 and 20.
VILLAGES = (
    village("990102101201", 1),
    village("990102101202", 2.8),
    village("990102102201", 7),
    village("990102102202", 20),
)


SITES = (site(1, "ST", 0), site(2, "RM", 8))


def reach(
    towns: tuple[Any, ...] = TOWNS, villages: tuple[Any, ...] = VILLAGES, sites: tuple[Any, ...] = SITES, **more: Any
) -> Reach:
    frames = (pd.DataFrame(list(rows)) for rows in (villages, sites, towns))
    return Reach(*frames, **more)


def cells(listing: Any) -> list[list[str]]:
    assert isinstance(listing, Listing)
    return [[cell.text for cell in line.cells] for line in listing.lines]


# What the reader chooses


def test_a_choice_stands_in_the_address_of_the_page_and_its_files_alone() -> None:
    made = choice.choose(view(), {"km": "5", "sites": "ST_RM", "layer": "people"})
    parts = "km=5&sites=ST_RM&layer=people"
    assert set(parts.split("&")) <= set(made.link("/stations").partition("?")[2].split("&"))
    assert set(parts.split("&")) <= set(made.link("/export/stations/map.png").partition("?")[2].split("&"))
    assert "km=" not in made.link("/records", metric="L06")


def test_what_the_local_rules_say_anyway_is_not_written_down() -> None:
    made = choice.choose(view(), {"km": "5"})
    assert "km" not in made.link("/stations", km="3") and "sites" not in made.link("/stations")


@pytest.mark.parametrize("parts", [{"km": "999"}, {"km": "x" * 9000}, {"sites": "ALL"}, {"layer": "<script>"}, {}])
def test_an_unknown_choice_is_the_one_of_the_local_rules(parts: dict[str, str]) -> None:
    made = choice.choose(view(), parts)
    assert made.context.rules == RULES and choice.layer(made) == "coverage"
    assert made.link("/stations") == view().link("/stations")


def test_a_choice_is_part_of_what_is_kept_apart() -> None:
    keys = {choice.choose(view(), parts).key for parts in ({}, {"km": "5"}, {"sites": "ST_RM"}, {"layer": "people"})}
    assert len(keys) == 4


def test_a_radius_of_the_local_rules_is_offered_among_the_others() -> None:
    assert choice.radii(replace(RULES, coverage_km=2.5)) == (2.0, 2.5, 3.0, 5.0)


# Which townships have a station


@pytest.mark.parametrize(
    ("bare", "title"),
    [
        (0, "5 个乡镇（街道）都已建联络站"),
        (2, "5 个乡镇（街道）中 3 个已建站，镇0、镇1未建"),
        (4, "5 个乡镇（街道）中 1 个已建站，4 个未建"),
        (5, "5 个乡镇（街道）都还没有联络站"),
    ],
)
def test_the_map_says_how_many_townships_have_a_station_and_names_a_few_that_have_none(bare: int, title: str) -> None:
    towns = pd.DataFrame([town(f"99010210{n}", f"镇{n}", stations=int(n >= bare)) for n in range(5)])
    assert coverage_map.built(towns, view()) == title


def test_one_township_is_spoken_of_by_its_name() -> None:
    assert coverage_map.built(pd.DataFrame(TOWNS[:1]), view()) == "甲镇已建联络站 1 个"
    assert coverage_map.built(pd.DataFrame(TOWNS[1:]), view()) == "乙镇还没有联络站"


# How far they reach


def test_a_share_bears_its_radius_its_level_and_its_n() -> None:
    picture = stations_places._places(reach(), view())
    assert picture.title == "3 公里内有联络站的村（社区）占 50.0%（2/4）"
    assert "直线距离" in picture.foot and "2020 年" in picture.foot


def test_few_villages_are_counted_and_not_turned_into_a_percentage() -> None:
    picture = stations_places._places(reach(), view(rules=replace(RULES, small_n=10)))
    assert picture.title == "4 个村（社区）中 2 个在 3 公里内有联络站"


def test_the_list_beside_the_map_says_what_stands_in_each_township_and_what_is_reached() -> None:
    body = stations_places._places(reach(), view()).body
    assert isinstance(body, Stack)
    assert cells(body.bodies[0]) == [["甲镇", "1", "1", "0", "2/2"], ["乙镇", "未建站", "0", "0", "0/2"]]
    assert [row[1] for row in cells(body.bodies[1])] == ["站点1", "站点2"]


def test_every_radius_and_level_stands_beside_the_one_in_use() -> None:
    picture = stations_places._matrix(reach(), view())
    assert picture.title == "3 公里覆盖率：只算站 50.0%，算上室 75.0%，再算上点 75.0%"
    assert isinstance(picture.body, Listing)
    marked = [(line.cells[0].text, cell.text) for line in picture.body.lines for cell in line.cells if cell.tone]
    assert marked == [("村（社区）· 站", "50.0%"), ("人口 · 站", "50.0%")]
    assert all(cell.href for line in picture.body.lines for cell in line.cells[1:])


def test_villages_out_of_reach_come_farthest_first_with_the_place_that_would_help_most() -> None:
    picture = uncovered._uncovered(reach(), view())
    assert [row[0] for row in cells(picture.body)] == ["02村", "01村"]
    assert picture.title == "若在乙镇01村增设一处联络站，可新覆盖 1 个村（社区）、1,000 人"
    assert picture.subtitle == "2 个村（社区）、2,000 人在 3 公里外，最远 20.0 公里；由远到近"
    assert "2 个村（社区）最近的站点在相邻乡镇" in picture.foot


def test_nothing_out_of_reach_is_a_sentence_and_no_table() -> None:
    picture = uncovered._uncovered(reach(villages=VILLAGES[:2]), view())
    assert picture.body is None and picture.empty == "所选范围内 2 个村（社区）都在 3 公里内有联络站。"


def test_without_any_site_every_village_is_out_of_reach_and_no_distance_is_made_up() -> None:
    picture = uncovered._uncovered(reach(sites=(site(1, "PT", 0),)), view())
    assert picture.subtitle == "没有可用坐标的联络站，4 个村（社区）都未覆盖；按人口排列"
    assert {row[2] for row in cells(picture.body)} == {"–"}


def test_what_has_no_coordinates_or_people_is_counted_and_said() -> None:
    found = reach(
        villages=(*VILLAGES, village("990102101203", None), village("990102101204", 1, people=None)),
        sites=(*SITES, site(3, "PT", None), site(4, "PT", None)),
    )
    foot = stations_places._places(found, view()).foot
    assert "联络点 2 个没有坐标" in foot
    assert "1 个村（社区）没有坐标" in foot and "1 个村（社区）没有人口数" in foot


def test_chosen_townships_are_reached_from_across_their_border_too() -> None:
    found = reach(asked=("990102102",))
    wide = choice.choose(view(townships=("990102102",)), {"km": "5", "sites": "ST_RM"})
    assert found.covered(wide).villages_covered == 1  # by the room of the other township
    assert [row[0] for row in cells(stations_places._places(found, wide).body.bodies[0])] == ["乙镇"]
