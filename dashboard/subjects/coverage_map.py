"""The map of townships: who has a station, how far the sites reach, and one chosen rate as colour."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

from dashboard import basemap, formats
from dashboard.exhibits.drawn_map import draw
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.map_sheet import Area, Ground, Key, Mark, Sheet
from dashboard.exhibits.movable_map import movable
from dashboard.sources import without_rows
from dashboard.subjects import stations_choice as choice
from dashboard.subjects import stations_reach as reach
from dashboard.subjects.stations_rates import RATES, Rate
from data_access.coverage import Coverage
from data_access.lists import regions
from data_access.metrics import METRICS
from data_access.text import Lang, Text

Row = Mapping[Hashable, Any]  # of a table, by column

NAME = Text("站点与覆盖地图", "Map of sites and coverage")
BUILT_ALL = Text("{n} 个乡镇（街道）都已建联络站", "All {n} townships have a liaison station")
BUILT_NONE = Text("{n} 个乡镇（街道）都还没有联络站", "None of the {n} townships has a liaison station")
BUILT_NAMED = Text(
    "{n} 个乡镇（街道）中 {k} 个已建站，{names}未建", "{k} of {n} townships have a station; without one: {names}"
)
BUILT_SOME = Text(
    "{n} 个乡镇（街道）中 {k} 个已建站，{gap} 个未建", "{k} of {n} townships have a station, {gap} do not"
)
ONE_BUILT = Text("{name}已建联络站 {k} 个", "Stations in {name}: {k}")
ONE_BARE = Text("{name}还没有联络站", "{name} has no liaison station")
SHORT_SUBTITLE = Text(
    "颜色：{rate}；站 {ST}、室 {RM}、点 {PT} 个，不相加", "Colour: {rate}; {ST} stations, {RM} rooms, {PT} points"
)
SUBTITLE = Text("颜色：{rate}；{counts}，分列不相加", "Colour: {rate}; {counts}, never added up")
NO_SHAPES = Text(
    "数据库里没有乡镇图形，地图画不出来；旁边的列表照常可看。",
    "The database holds no township shapes, so there is no map; the list beside it is complete.",
)
NOT_BUILT = Text("未建站", "No station")
ONLY_POINTS = Text("有室或点，无站", "rooms or points, no station")
NO_VALUE = Text("没有数据", "no data")
REACHED = Text("细线内为 {km} 公里（直线）", "inside the line: within {km} km, straight")
FAR_VILLAGE = Text("{km} 公里外的村（社区）", "village farther than {km} km")
ELSEWHERE = Text("未选乡镇", "not chosen")
PEOPLE = Text("常住人口 {people} 人（{year} 年）", "population {people} ({year})")
EVENTS = Text("进站活动 {n} 场，编入代表 {d} 人", "{n} receptions, {d} deputies assigned")
NEVER = Text("所选期间没有进站活动，编入代表 {d} 人", "no reception in the period, {d} deputies assigned")
FARTHEST = Text("最近站点 {km} 公里（直线），{people} 人", "nearest site {km} km (straight), {people} people")
FICTIONAL = Text("示意图 · 虚构数据", "Sketch map, fictional data")
APPROVED = Text("审图号：{no}", "Map approval no. {no}")
GROUND_APPROVED = Text("底图审图号：{no}", "Approval no. of the base map: {no}")
COORDINATES = Text("坐标：CGCS2000", "Coordinates: CGCS2000")
INTERNAL = Text("内部工作用图，未经审核不得公开", "For internal use; not to be published without approval")
COLUMNS = (
    Text("区划代码", "Code"),
    Text("乡镇（街道）", "Township"),
    Text("联络站（个）", "Stations"),
    Text("联络室（个）", "Rooms"),
    Text("联络点（个）", "Points"),
    Text("村（社区）（个）", "Villages"),
    Text("已覆盖（个）", "Covered"),
    Text("常住人口（人）", "Population"),
    Text("人口年份", "Population year"),
)
CENTRE = "街道"
NAMED = 3


@dataclass(frozen=True)
class MapData:
    """Shapes with what stands on them, and what is reached."""

    shapes: pd.DataFrame
    reach: reach.Reach


def query(connection: Connection, view: View) -> MapData:
    """Everything the map shows, for the whole district."""
    return MapData(regions.shapes(connection, view.context), reach.load(connection, view))


def coverage_map(key: str = "map") -> Exhibit:
    """The map of the stations page: movable on the screen, drawn in files and where it cannot be moved."""
    metrics = tuple(METRICS[name] for name in ("L02", "L01.ST", "L01.RM", "L01.PT", "L06"))
    compose = partial(_compose, path=choice.PATH, width=760, tallest=620, is_full=True)
    return Exhibit(key, NAME, metrics, query, compose)


def stations_map(key: str = "stations_map", path: str = "/overview") -> Exhibit:
    """The small map: which townships have a station, and village coverage by the district's own rule."""
    metrics = tuple(METRICS[name] for name in ("L02", "L01.ST"))
    return Exhibit(key, NAME, metrics, query, partial(_compose, path=path, width=620, tallest=430, is_full=False))


def _compose(data: MapData, view: View, *, path: str, width: float, tallest: int, is_full: bool) -> Picture:
    lang, towns = view.lang, data.reach.towns
    table = partial(_table, data.reach, view)
    title = built(towns, view) if len(towns) else NAME(lang)
    rate = RATES[choice.layer(view)]
    levels = data.reach.own_sites["level"]
    subtitle = (SUBTITLE if is_full else SHORT_SUBTITLE)(
        lang,
        rate=rate.words(view),
        counts=reach.counts(data.reach.own_sites, lang),
        **{level: int((levels == level).sum()) for level in choice.ORDER},
    )
    if words := without_rows(METRICS["L02"], view):
        return Picture(NAME(lang), "", None, table, empty=words, alt=words)
    if data.shapes.empty or towns.empty:
        sentence = (NO_SHAPES if len(towns) else reach.NO_TOWNS)(lang)
        return Picture(title, subtitle, None, table, empty=sentence, alt=sentence)
    body = draw(sheet(data, view, path=path, is_full=is_full), view, width=width, tallest=tallest, alt=title)
    foot = reach.foot(data.reach, view, *_notices(data.shapes, lang))
    if is_full:
        more = tuple(words for words in of_tiles(body.sheet.ground, lang) if words.rstrip(reach.STOP(lang)) not in foot)
        body = movable(body, view, controls=choice.controls(view), notices=more)
    return Picture(title=title, subtitle=subtitle, body=body, figures=table, foot=foot, alt=title)


def built(towns: pd.DataFrame, view: View) -> str:
    """How many of the townships have a station, and which have none (when they are few)."""
    bare = towns[towns["stations"] == 0]
    n, gap = len(towns), len(bare)
    words: dict[str, Any] = {"n": n, "k": n - gap, "gap": gap, "names": reach.LIST(view.lang).join(bare["name"])}
    if n == 1:
        name = towns["name"].iloc[0]
        return (
            ONE_BARE(view.lang, name=name) if gap else ONE_BUILT(view.lang, name=name, k=int(towns["stations"].iloc[0]))
        )
    if not gap or gap == n:
        return (BUILT_NONE if gap else BUILT_ALL)(view.lang, n=n)
    return (BUILT_NAMED if gap <= NAMED else BUILT_SOME)(view.lang, **words)


def sheet(data: MapData, view: View, *, path: str, is_full: bool) -> Sheet:
    """What the map shows under a view; the small map leaves villages and the line of reach out."""
    shapes, district = reach.outlines(tuple(data.shapes["geojson"]))
    covered = data.reach.covered(view, district=district if is_full else None)
    rate = RATES[choice.layer(view)]
    values = rate.values(data.reach, covered, view)
    towns = {row["region_code"]: row for row in as_rows(data.reach.townships)}
    lines = _lines(data.reach, covered, view)
    areas = tuple(
        _area(row, shape, towns.get(row["region_code"], {}), rate, values, lines, view, path)
        for row, shape in zip(as_rows(data.shapes), shapes, strict=True)
    )
    return Sheet(
        areas=areas,
        sites=_sites(data.reach, view),
        villages=_villages(covered, view) if is_full else (),
        reach=covered.shape if is_full else None,
        keys=_keys(rate, areas, data, covered, view, is_full),
        ground=_ground(data.shapes),
    )


def _area(
    row: Row,
    shape: BaseGeometry,
    town: Row,
    rate: Rate,
    values: Mapping[str, float],
    lines: Mapping[str, tuple[str, ...]],
    view: View,
    path: str,
) -> Area:
    code, asked = row["region_code"], view.context.filters.townships
    value = values.get(code)
    muted = bool(asked) and code not in asked
    bare = not muted and town.get("stations", 0) == 0
    shown = rate.written(value, view.lang) if value is not None else NO_VALUE(view.lang)
    name = row["name"]
    return Area(
        code=code,
        name=name.removesuffix(CENTRE) if row["kind"] == "STREET" else name,
        shape=shape,
        lon=row["label_lon"],
        lat=row["label_lat"],
        step=None if value is None or muted else rate.step(value),
        value="" if value is None or muted else rate.short(value),
        warning=NOT_BUILT(view.lang) if bare else "",
        muted=muted,
        hover="\n".join((name, *((f"{rate.name(view)} {shown}",) if not muted else ()), *lines.get(code, ()))),
        # A second click on the only township asked for asks for all again.
        href=view.link(path, townships=() if asked == (code,) else (code,)),
    )


def _lines(found: reach.Reach, covered: Coverage, view: View) -> dict[str, tuple[str, ...]]:
    """What is said about each township on hovering: its sites, its people, what it lacks."""
    lang, made = view.lang, {}
    for town in as_rows(found.townships):
        own = {"ST": town["stations"], "RM": town["rooms"], "PT": town["points"]}
        gap = (ONLY_POINTS(lang) if town["gap"] == "NO_STATION" else NOT_BUILT(lang)) if town["stations"] == 0 else ""
        known = not formats.is_missing(town["population"])
        year = "–" if formats.is_missing(town["population_year"]) else int(town["population_year"])
        people = PEOPLE(lang, people=formats.number(town["population"]), year=year) if known else ""
        made[town["region_code"]] = tuple(filter(None, (gap, reach.listed(own, lang), people)))
    return made


def _sites(found: reach.Reach, view: View) -> tuple[Mark, ...]:
    """The located sites of the levels that count, wherever they stand."""
    shown = found.sites[found.sites["level"].isin(view.context.rules.coverage_levels)].dropna(subset=["lon", "lat"])
    return tuple(
        Mark(
            lon=site["lon"],
            lat=site["lat"],
            level=site["level"],
            hover="\n".join((site["name"], _activity(site, view.lang))),
            href=view.record("station", site["id"]),
        )
        for site in as_rows(shown)
    )


def _activity(site: Row, lang: Lang) -> str:
    return (EVENTS if site["events"] else NEVER)(lang, n=int(site["events"]), d=int(site["deputies"]))


def _villages(covered: Coverage, view: View) -> tuple[Mark, ...]:
    href = view.link(choice.PATH, panel="uncovered")
    return tuple(
        Mark(
            lon=village["lon"],
            lat=village["lat"],
            people=0.0 if formats.is_missing(village["population"]) else float(village["population"]),
            hover="\n".join((village["name"], _farness(village, view.lang))),
            href=href,
        )
        for village in as_rows(covered.uncovered)
    )


def _farness(village: Row, lang: Lang) -> str:
    km = (
        formats.MISSING
        if formats.is_missing(village["distance_m"])
        else formats.number(village["distance_m"] / 1000, 1)
    )
    return FARTHEST(lang, km=km, people=formats.number(village["population"]))


def _keys(
    rate: Rate, areas: tuple[Area, ...], data: MapData, covered: Coverage, view: View, is_full: bool
) -> tuple[Key, ...]:
    lang = view.lang
    km = choice.kilometres(view.context.rules.coverage_km)
    made = [Key(words, "step", step=step) for step, words in enumerate(rate.classes(lang))]
    made += [
        Key(choice.LEVELS[level](lang), "site", level=level)
        for level in choice.ORDER
        if level in view.context.rules.coverage_levels
    ]
    if any(area.warning for area in areas):
        made.append(Key(NOT_BUILT(lang), "gap"))
    if any(area.muted for area in areas):
        made.append(Key(ELSEWHERE(lang), "muted"))
    if is_full and not covered.shape.is_empty:
        made.append(Key(REACHED(lang, km=km), "reach"))
    if is_full and len(covered.uncovered):
        made.append(Key(FAR_VILLAGE(lang, km=km), "village"))
    return tuple(made)


def _ground(shapes: pd.DataFrame) -> Ground | None:
    """The base map of the settings; a fictional district lies nowhere."""
    return None if shapes["is_fictional"].astype(bool).any() else basemap.ground()


def _notices(shapes: pd.DataFrame, lang: Lang) -> tuple[str, ...]:
    """What has to be said of the drawn map itself: fictional, approved as a whole, or for internal use only. Tiles lie
    below the movable map alone, which adds ``of_tiles``."""
    if shapes["is_fictional"].astype(bool).any():
        return (FICTIONAL(lang), INTERNAL(lang))
    ground = _ground(shapes)
    numbers = list(dict.fromkeys(shapes["approval_no"].dropna()))
    is_approved = bool(numbers) and bool(shapes["approval_no"].notna().all())
    made = [COORDINATES(lang)]
    made += [APPROVED(lang, no=reach.LIST(lang).join(numbers))] if numbers else []
    if ground is not None and ground.picture:
        made += [GROUND_APPROVED(lang, no=ground.approval_no)] if ground.approval_no else []
        is_approved = is_approved and bool(ground.approval_no)
    return (*made, *(() if is_approved else (INTERNAL(lang),)))


def of_tiles(ground: Ground | None, lang: Lang) -> tuple[str, ...]:
    """What has to be said of tiles below the movable map; nothing where there are none."""
    if ground is None or not ground.style:
        return ()
    said = GROUND_APPROVED(lang, no=ground.approval_no) if ground.approval_no else INTERNAL(lang)
    return (f"{said}{reach.STOP(lang)}",)


def _table(found: reach.Reach, view: View) -> pd.DataFrame:
    rate = RATES[choice.layer(view)]
    covered = found.covered(view)
    values = rate.values(found, covered, view)
    towns = as_rows(found.towns)
    counted = [covered.by_region.get(town["region_code"], (None, None)) for town in towns]
    standing = {name: [town[name] for town in towns] for name in ("region_code", "name", "stations", "rooms", "points")}
    villages = {"villages": [known for _, known in counted], "covered": [near for near, _ in counted]}
    people = {name: [town[name] for town in towns] for name in ("population", "population_year")}
    made = pd.DataFrame(standing | villages | people)
    made = made.set_axis([column(view.lang) for column in COLUMNS], axis="columns")
    made[rate.name(view)] = [values.get(town["region_code"]) for town in towns]
    return made
