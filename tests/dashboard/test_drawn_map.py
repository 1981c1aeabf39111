"""The map: the same sheet drawn as SVG for screen and paper and laid out as a movable map, nothing from outside."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
import shapely
from shapely.geometry import box
from shapely.ops import split

from dashboard.exhibits import map_layers
from dashboard.exhibits.drawn_map import DrawnMap, Plane, draw, simplified
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.map_label import Box, place
from dashboard.exhibits.map_sheet import Area, Key, Mark, Sheet
from dashboard.exhibits.movable_map import movable
from dashboard.theme import LIGHT, Mode, map_colours
from data_access.context import Context, Filters, Rules, Scope

SVG = "{http://www.w3.org/2000/svg}"
# Four townships of about ten kilometres, west to east and north to south, in degrees.
SQUARES = {"A": (110.0, 30.1), "B": (110.1, 30.1), "C": (110.0, 30.0), "D": (110.1, 30.0)}


def view(mode: Mode = "light") -> View:
    return View(Context(Scope(("99",)), Filters((2026, 2026)), date(2026, 11, 20), Rules()), "zh", mode)


def area(code: str, **more: Any) -> Area:
    west, south = SQUARES[code]
    made = Area(
        code, f"{code}镇", box(west, south, west + 0.1, south + 0.1), west + 0.05, south + 0.05,
        step=1, value="40%", hover=f"{code}镇\n说明", href=f"/stations?townships={code}",
    )  # fmt: skip
    return replace(made, **more)


def sheet(**more: Any) -> Sheet:
    return Sheet(
        areas=(area("A"), area("B"), area("C", warning="未建站", step=None), area("D", muted=True, step=None)),
        sites=(
            Mark(110.05, 30.12, "甲站", "/record?id=1", level="ST"),
            Mark(110.15, 30.15, "乙室", "/record?id=2", level="RM"),
            Mark(110.15, 30.05, "丙点", "/record?id=3", level="PT"),
        ),
        villages=(Mark(110.02, 30.02, "远村", "/stations?panel=uncovered", people=900.0),),
        reach=shapely.Point(110.05, 30.12).buffer(0.03),
        keys=(Key("低于 25%", "step", step=0), Key("联络站", "site", level="ST"), Key("未建站", "gap")),
        **more,
    )


def drawn(mode: Mode = "light", **more: Any) -> DrawnMap:
    return draw(sheet(**more), view(mode), alt="四个乡镇")


def links(svg: str) -> list[tuple[str, str]]:
    """(address, hover words) of every link of a drawing."""
    root = ElementTree.fromstring(svg)
    return [(found.get("href", ""), (found.findtext(f"{SVG}title") or "")) for found in root.iter(f"{SVG}a")]


def deck(body: DrawnMap, mode: Mode = "light") -> dict[str, Any]:
    made = map_layers.deck(body, view(mode))
    assert not {"mapStyle", "mapProvider"} & set(made)
    return {layer["id"]: layer for layer in made["layers"]}


def test_every_township_site_and_village_is_a_link_with_words_on_hovering() -> None:
    found = links(drawn().svg())
    assert [href for href, _ in found if "townships=" in href] == [f"/stations?townships={code}" for code in "ABCD"]
    assert {href for href, _ in found if href.startswith("/record")} == {f"/record?id={n}" for n in (1, 2, 3)}
    assert ("/stations?panel=uncovered", "远村") in found
    assert all(hover for _, hover in found)


def test_a_township_without_a_station_is_hatched_outlined_and_says_so() -> None:
    svg = drawn().svg()
    assert svg.count('fill="url(#gap)"') == 1
    assert re.search(r'fill="none" stroke="var\(--amberfill\)" stroke-width="2.2"', svg)
    assert ">未建站<" in svg


def test_a_township_that_was_not_asked_for_is_grey_and_bears_no_figure() -> None:
    svg = drawn().svg()
    assert svg.count('fill="var(--band)"') == 1
    assert svg.count(">40%<") == 2


def test_stations_lie_above_rooms_and_points() -> None:
    order = [href for href, _ in links(drawn().svg()) if href.startswith("/record")]
    assert order == ["/record?id=3", "/record?id=2", "/record?id=1"]


def test_the_printed_map_is_light_whole_and_without_links() -> None:
    printed = drawn("dark").printed()
    assert "var(" not in printed and "<a " not in printed and "font-family=" in printed
    assert map_colours("light")[1] in printed and map_colours("dark")[1] not in printed
    assert LIGHT["red"] in printed
    assert ">低于 25%<" in printed and ">联络站<" in printed  # paper carries its own legend
    ElementTree.fromstring(printed)


def test_the_legend_uses_the_very_colours_of_the_map() -> None:
    body = drawn("dark")
    assert map_colours("dark")[0] in body.legend and "低于 25%" in body.legend


def test_names_are_text_whatever_they_hold() -> None:
    body = draw(Sheet((area("A", name="<b>镇</b>", hover='"><script>'),)), view())
    assert "<b>" not in body.svg() and "<script>" not in body.svg()
    ElementTree.fromstring(body.svg())


def test_a_map_without_a_line_of_reach_draws_none() -> None:
    body = draw(Sheet((area("A"),), reach=shapely.Polygon()), view())
    assert 'd=""' not in body.svg() and "MZ" not in body.svg()
    assert "reach" not in deck(body)


def test_north_is_up_and_the_way_back_leads_to_the_same_place() -> None:
    plane = Plane.over([area(code).shape for code in SQUARES], 400)
    north, south = plane.point(110.05, 30.18), plane.point(110.05, 30.02)
    assert north[1] < south[1]
    assert plane.place(*north) == pytest.approx((110.05, 30.18), abs=1e-9)


def test_simplified_neighbours_keep_one_border() -> None:
    """Three parts meet at one point of a bent border: simplified one by one, they would leave a gap there."""
    bent = shapely.LineString([(10, 0), (10.3, 3), (10.6, 5), (10.2, 8), (10, 10)])
    west, east = sorted(split(box(0, 0, 20, 10), bent).geoms, key=lambda part: part.bounds[0])
    parts = [west, *split(east, shapely.LineString([(10.6, 5), (20, 5)])).geoms]
    made = simplified(parts, 1.0)
    assert shapely.area(made).sum() == pytest.approx(200) == shapely.union_all(made).area
    assert shapely.get_num_coordinates(made).sum() < shapely.get_num_coordinates(parts).sum()


def test_a_name_makes_way_for_a_mark_and_stays_on_its_area() -> None:
    ground, words = box(0, 0, 200, 200), Box(100, 100, 36, 15)
    made, harm = place(ground, words, ((100.0, 100.0, 7.0),))
    assert harm == 0
    assert abs(made.x - 100) >= 18 + 7 or abs(made.y - 100) >= 7.5 + 7
    free, _ = place(ground, words, ())
    assert (free.x, free.y) == (100, 100)


def test_a_figure_without_room_is_left_out_but_a_warning_never_is() -> None:
    tiny = box(110.0, 30.0, 110.01, 30.006)
    around = (area("A"), area("B"), area("D"))
    plain = draw(Sheet((*around, area("C", shape=tiny, lon=110.005, lat=30.003))), view())
    bare = draw(Sheet((*around, area("C", shape=tiny, lon=110.005, lat=30.003, warning="未建站"))), view())
    assert plain.labels[-1].lines == ("C镇",)
    assert bare.labels[-1].lines == ("C镇", "未建站")


def test_the_movable_map_shows_what_the_drawing_shows() -> None:
    body = drawn()
    layers = deck(body)
    assert len(layers["townships"]["data"]["features"]) == body.svg().count("townships=") == 4
    assert len(layers["gaps"]["data"]["features"]) == 1
    assert len(layers["sites"]["data"]) == body.svg().count("/record?") == 3
    assert len(layers["villages"]["data"]) == body.svg().count("panel=uncovered") == 1
    assert len(layers["reach"]["data"]["features"]) == 1
    assert [row["words"] for row in layers["names"]["data"]] == [line for label in body.labels for line in label.lines]


def test_the_movable_map_has_the_colours_of_the_drawing() -> None:
    layers = deck(drawn("dark"), "dark")
    fill = layers["townships"]["data"]["features"][0]["properties"]["fill"]
    assert "#{:02X}{:02X}{:02X}".format(*fill) == map_colours("dark")[1]


def test_the_movable_map_asks_nobody_for_anything() -> None:
    layers = deck(drawn())
    assert "http" not in json.dumps(layers).replace("http://www.w3.org/2000/svg", "")
    assert layers["sites"]["iconAtlas"].startswith("data:image/svg+xml;base64,")


def test_words_on_the_movable_map_are_words_and_not_expressions() -> None:
    """Bare strings become JavaScript in pydeck; Chinese letters need the character set to be found by itself."""
    names = deck(drawn())["names"]
    assert names["characterSet"] == "auto"
    assert not names["fontFamily"].startswith("@@=")


def test_a_border_of_two_townships_is_drawn_once() -> None:
    (feature,) = deck(drawn())["borders"]["data"]["features"]
    lines = shapely.geometry.shape(feature["geometry"])
    assert lines.length == pytest.approx(1.2)  # four squares of 0.1 degrees: eight sides outside, four shared


def test_a_click_on_the_movable_map_leads_where_the_drawing_does() -> None:
    layers = deck(drawn())
    towns = [feature["properties"] for feature in layers["townships"]["data"]["features"]]
    found = [*towns, *layers["villages"]["data"], *layers["sites"]["data"]]
    assert sorted((row["href"], row["hover"]) for row in found) == sorted(links(drawn().svg()))


def test_the_movable_map_comes_with_the_drawing_that_may_stand_for_it() -> None:
    body = movable(drawn(), view(), controls="<nav>选择</nav>", notices=("底图审图号：乙。",))
    assert body.sent()["drawing"] == drawn().svg() and body.sent()["deck"] == map_layers.deck(drawn(), view())
    assert body.html().startswith("<nav>选择</nav>") and "未建站" in body.html()
    assert body.paper() == drawn().paper()
