"""Villages out of reach, farthest first, and where one more site would help most."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.subjects import stations_choice as choice
from dashboard.subjects import stations_reach as reach
from data_access.coverage import Coverage
from data_access.text import Lang, Text

Row = Mapping[Hashable, Any]  # of a table, by column

UNCOVERED = Text("未覆盖的村（社区）", "Villages out of reach")
NEXT_SITE = Text(
    "若在{town}{village}增设一处{levels}，可新覆盖 {villages} 个村（社区）、{people}",
    "A new site in {village} ({town}) would newly reach {villages} villages, {people}",
)
ALL_REACHED = Text("{km} 公里内都有{levels}", "All villages are within {km} km of {levels}")
ALL_REACHED_SENTENCE = Text(
    "所选范围内 {n} 个村（社区）都在 {km} 公里内有{levels}。",
    "All {n} villages in this range are within {km} km of {levels}.",
)
UNCOVERED_SUBTITLE = Text(
    "{n} 个村（社区）、{people}在 {km} 公里外，最远 {far} 公里；由远到近",
    "{n} villages, {people}, farther than {km} km, at most {far} km; farthest first",
)
NO_SITE_SUBTITLE = Text(
    "没有可用坐标的{levels}，{n} 个村（社区）都未覆盖；按人口排列",
    "No located {levels}: none of the {n} villages is covered; by population",
)
KM = Text("{km} 公里", "{km} km")
TOWNSHIP = Text("乡镇（街道）", "Township")
VILLAGE = Text("村（社区）", "Village")
DISTANCE = Text("距离", "Distance")
PEOPLE = Text("人口", "People")
NEAREST = Text("最近站点", "Nearest site")
ALL = Text("全部 {n} 个", "All {n}")
ACROSS = Text("{n} 个村（社区）最近的站点在相邻乡镇", "the nearest site of {n} villages stands in another township")
ADVICE = Text(
    "选址只按直线距离和人口测算，宜结合道路和场地再定",
    "The place is by straight line and people alone; check roads and premises",
)
TABLE = (
    VILLAGE,
    TOWNSHIP,
    Text("距最近站点（米）", "Metres to the nearest site"),
    Text("常住人口（人）", "Population"),
    NEAREST,
)
SHOWN = 8


def uncovered(key: str = "uncovered") -> Exhibit:
    """Villages beyond the radius, farthest first, and where one more site would help most."""
    return Exhibit(key, UNCOVERED, reach.METRICS_USED, reach.load, _uncovered)


def _uncovered(found: reach.Reach, view: View) -> Picture:
    lang, rules, covered = view.lang, view.context.rules, found.covered(view)
    left = covered.uncovered
    names = dict(zip(found.townships["region_code"], found.townships["name"], strict=True))
    table = partial(_table, left, names, lang)
    words = {
        "km": choice.kilometres(rules.coverage_km),
        "levels": choice.level_words(rules.coverage_levels, lang),
        "n": formats.number(covered.village_count),
    }
    if why := reach.unfilled(found, view):
        return Picture(UNCOVERED(lang), "", None, table, empty=why, alt=why)
    if left.empty:
        sentence = (ALL_REACHED_SENTENCE if covered.village_count else reach.NO_VILLAGES)(lang, **words)
        title = ALL_REACHED(lang, **words) if covered.village_count else UNCOVERED(lang)
        return Picture(title, "", None, table, empty=sentence, alt=sentence)
    title = _next(covered, names, view)
    more = (ALL(lang, n=len(left)), view.link(choice.PATH, panel="uncovered")) if len(left) > SHOWN else None
    across = ACROSS(lang, n=len(covered.across)) if len(covered.across) else ""
    return Picture(
        title=title,
        subtitle=_uncovered_subtitle(covered, words, view),
        body=Listing(
            _uncovered_columns(covered, view),
            tuple(_village(row, names, view) for row in as_rows(left.head(SHOWN))),
            more,
        ),
        figures=table,
        foot=reach.foot(found, view, across, ADVICE(lang)),
        alt=title,
        more=more,
    )


def _table(left: pd.DataFrame, names: Mapping[str, str], lang: Lang) -> pd.DataFrame:
    return pd.DataFrame(
        {
            TABLE[0](lang): left["name"],
            TABLE[1](lang): [names.get(code, code) for code in left["region_code"]],
            TABLE[2](lang): left["distance_m"].round(),
            TABLE[3](lang): left["population"],
            TABLE[4](lang): left["site"],
        }
    )


def _next(covered: Coverage, names: Mapping[str, str], view: View) -> str:
    best = covered.next_site
    if best is None:
        return UNCOVERED(view.lang)
    return NEXT_SITE(
        view.lang,
        town=names.get(best.region_code, ""),
        village=best.name,
        villages=best.villages,
        people=reach.people(best.people, view.lang),
        levels=choice.level_words(view.context.rules.coverage_levels, view.lang),
    )


def _uncovered_subtitle(covered: Coverage, words: Mapping[str, Any], view: View) -> str:
    left = covered.uncovered
    if left["distance_m"].isna().all():
        return NO_SITE_SUBTITLE(view.lang, **(dict(words) | {"n": len(left)}))
    return UNCOVERED_SUBTITLE(
        view.lang,
        n=len(left),
        people=reach.people(left["population"].sum(), view.lang),
        km=words["km"],
        far=formats.number(left["distance_m"].max() / 1000, 1),
    )


def _uncovered_columns(covered: Coverage, view: View) -> tuple[Column, ...]:
    lang = view.lang
    return (
        Column(VILLAGE(lang)),
        Column(TOWNSHIP(lang)),
        Column(DISTANCE(lang), "right"),
        Column(PEOPLE(lang), "right"),
        Column(NEAREST(lang)),
    )


def _village(row: Row, names: Mapping[str, str], view: View) -> Line:
    lang = view.lang
    far = formats.is_missing(row["distance_m"])
    distance = formats.MISSING if far else KM(lang, km=formats.number(row["distance_m"] / 1000, 1))
    site = Cell(formats.MISSING, "muted") if far else Cell(row["site"], "", view.record("station", row["site_id"]))
    cells = (
        Cell(row["name"]),
        Cell(names.get(row["region_code"], row["region_code"])),
        Cell(distance),
        Cell(formats.number(row["population"])),
        site,
    )
    return Line(cells, view.link(choice.PATH, townships=(row["region_code"],)))
