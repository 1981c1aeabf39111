"""Whether sites are alive: from existing to effective, receptions by year and month, sites that never opened."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, is_unfinished
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exhibits.panels import panels
from dashboard.exhibits.steps import Stage, Steps
from dashboard.sources import without_rows
from dashboard.subjects import stations_choice as choice
from data_access.lists import stations
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.text import Lang, Text

STAGES = tuple(METRICS[name] for name in ("LF.exists", "LF.assigned", "LF.active", "LF.effective"))
STAGES_NAME = Text("从建成到有实效", "From built to effective")
STAGES_TITLE = Text(
    "{n} 个联络站中，{a} 个有代表编入，{b} 个开展了活动，{c} 个办结过意见",
    "Of {n} stations, {a} have deputies, {b} held receptions, {c} resolved opinions",
)
STAGES_ALL = Text(
    "{n} 个联络站都有代表编入、有活动、有意见办结", "All {n} stations have deputies, receptions and resolved opinions"
)
NO_STATIONS = Text("所选乡镇没有在用的联络站", "No station in use in the chosen townships")
STAGES_SUBTITLE = Text(
    "大字为联络站，室和点另列、不相加；活动和办结按所选期间",
    "Large figures are stations; rooms and points stand apart; activity within the period",
)
STAGES_FOOT = Text(
    "每一步都以前一步为前提；联络点一般不单独编入代表，只列数。",
    "Each step asks for the one before; points seldom have deputies of their own.",
)
STATION_UNIT = Text("个站", "stations")
OF = Text("{level} {k}/{n}", "{level} {k}/{n}")
FIRST = Text("{level} {n} 个", "{level} {n}")
LOST = {
    "LF.assigned": Text("{n} 个站没有代表编入", "{n} without deputies"),
    "LF.active": Text("{n} 个站有代表、没有活动", "{n} with deputies, no reception"),
    "LF.effective": Text("{n} 个站有活动、没有办结意见", "{n} active, nothing resolved"),
}
EMPTY = Text(
    "所选范围内没有在用的站点，可放宽乡镇或年份再看。", "No site in use in this range; widen townships or years."
)

YEARS_NAME = Text("各年进站活动", "Receptions by year")
GROWING = Text("进站活动连年增多", "Receptions grew every year")
CHANGED = Text(
    "进站活动{change}，接待群众{other}（较上年同期）", "Receptions {change}, people received {other}, same dates"
)
CHANGED_WHOLE = Text(
    "{b} 年进站活动{change}，接待群众{other}（较上年）",
    "{b}: receptions {change}, people received {other}, on the year before",
)

IDLE_NAME = Text("没有活动的站点", "Sites without receptions")
IDLE_TITLE = Text("所选期间没有活动：{levels}", "No reception in the period: {levels}")
IDLE_NAMED = Text("{names}所选期间没有活动；另有{levels}", "No reception in the period: {names}, and {levels}")
IDLE_ONLY = Text("{names}所选期间没有活动", "No reception in the period: {names}")
IDLE_NONE = Text("在用站点所选期间都有活动", "Every site in use held receptions in the period")
IDLE_SUBTITLE = Text(
    "在用站点，按站、室、点排列；有无活动按所选期间", "Sites in use: stations, rooms, points; activity in the period"
)
COUNT = Text("{level} {n} 个", "{level} {n}")
CLOSED_DOOR = Text("无活动", "none")
SITE, LEVEL = Text("站点", "Site"), Text("级别", "Level")
DEPUTIES, EVENTS = Text("编入代表", "Deputies"), Text("活动", "Receptions")
LAST, WHERE = Text("最近一次", "Last"), Text("乡镇（街道）", "Township")
ALL = Text("全部站点", "All sites")
PERSONS, TIMES = Text("{n} 人", "{n}"), Text("{n} 场", "{n}")
LIST = Text("、", ", ")
SHOWN, NAMED = 10, 2


def stages(key: str = "stages") -> Exhibit:
    """Exists, has deputies, is open, is effective: for stations, with rooms and points beside them."""

    def query(connection: Connection, view: View) -> pd.DataFrame:
        return measure(connection, STAGES, view.context, by=("station_level",))

    return Exhibit(key, STAGES_NAME, STAGES, query, _stages)


def _stages(found: pd.DataFrame, view: View) -> Picture:
    lang = view.lang
    levels = found["station_level"].tolist()
    counts = {m.key: dict(zip(levels, map(formats.granted, found[m.key]), strict=True)) for m in STAGES}
    table = pd.DataFrame(
        [
            [metric.name(lang), *(counts[metric.key].get(level, 0) for level in choice.ORDER), metric.definition(lang)]
            for metric in STAGES
        ],
        columns=[STAGE_HEAD(lang), *(choice.LEVELS[level](lang) for level in choice.ORDER), MEANING(lang)],
    )
    if not found["LF.exists"].sum():
        return Picture(STAGES_NAME(lang), "", None, table, empty=EMPTY(lang), alt=EMPTY(lang))
    n, a, b, c = (counts[metric.key].get("ST", 0) for metric in STAGES)
    title = NO_STATIONS(lang) if not n else (STAGES_ALL if c == n else STAGES_TITLE)(lang, n=n, a=a, b=b, c=c)
    body = Steps(tuple(_stage(place, counts, view) for place in range(len(STAGES))))
    return Picture(title, STAGES_SUBTITLE(lang), body, table, foot=STAGES_FOOT(lang), alt=title)


STAGE_HEAD, MEANING = Text("阶段", "Stage"), Text("含义", "Meaning")


def _stage(place: int, counts: Mapping[str, Mapping[str, int]], view: View) -> Stage:
    metric, lang = STAGES[place], view.lang
    built, here = counts["LF.exists"], counts[metric.key]
    before = counts[STAGES[max(place - 1, 0)].key]
    lost = before.get("ST", 0) - here.get("ST", 0)
    others = [level for level in choice.ORDER[1:] if built.get(level)]
    if place:
        lines = [OF(lang, level=choice.LEVELS[level](lang), k=here.get(level, 0), n=built[level]) for level in others]
    else:
        lines = [FIRST(lang, level=choice.LEVELS[level](lang), n=built[level]) for level in others]
    return Stage(
        name=metric.name(lang),
        value=formats.number(here.get("ST", 0)),
        unit=formats.unit(STATION_UNIT, formats.number(here.get("ST", 0)), lang),
        share=here.get("ST", 0) / built["ST"] if built.get("ST") else 0.0,
        lines=("，".join(lines) if lang == "zh" else ", ".join(lines),),
        warning=LOST[metric.key](lang, n=lost) if lost > 0 else "",
        href=view.link("/records", metric=metric.key),
    )


def years(key: str = "years") -> Exhibit:
    """Receptions, people received, opinions and what became of them, year by year."""
    shown = tuple(METRICS[name] for name in ("L06", "L07", "L08", "L08b"))
    return panels(*shown, key=key, name=YEARS_NAME, finding=growth)


def growth(found: pd.DataFrame, view: View) -> str:
    """Growing every year if it did; otherwise the change on a year before, or on its same dates."""
    events, people = METRICS["L06"], METRICS["L07"]
    values = [float(value) for value in found[events.key]]
    if len(values) >= 3 and values[0] > 0 and all(a < b for a, b in pairwise(values)):
        return GROWING(view.lang)
    if len(values) < 2 or not values[-2]:
        return ""
    change, other = (_change(metric, found, view.lang) for metric in (events, people))
    last = int(found["year"].iloc[-1])
    words = CHANGED if is_unfinished(view, last) else CHANGED_WHOLE
    return words(view.lang, b=last, change=change, other=other) if change and other else ""


def _change(metric: Metric, found: pd.DataFrame, lang: Lang) -> str:
    return formats.change(metric, found[metric.key].iloc[-1], found[metric.key].iloc[-2], lang)


def idle(key: str = "idle") -> Exhibit:
    """Sites in use that held no reception in the period, stations first and by name."""
    return Exhibit(
        key, IDLE_NAME, (METRICS["LF.active"], METRICS["L06"]), lambda c, view: stations.sites(c, view.context), _idle
    )


def _idle(sites: pd.DataFrame, view: View) -> Picture:
    lang = view.lang
    ordered = sites.assign(rank=sites["level"].map({level: rank for rank, level in enumerate(choice.ORDER)}))
    ordered = ordered.sort_values(["events", "rank", "region_code", "id"], kind="stable")
    closed = ordered[ordered["events"] == 0]
    table = partial(_idle_table, ordered, lang)
    if words := without_rows(METRICS["L06"], view) or (EMPTY(lang) if sites.empty else ""):
        return Picture(IDLE_NAME(lang), "", None, table, empty=words, alt=words)
    title = _idle_title(closed, lang)
    if closed.empty:
        return Picture(title, "", None, table, empty=IDLE_NONE(lang) + ("。" if lang == "zh" else "."), alt=title)
    columns = (
        Column(EVENTS(lang)),
        Column(SITE(lang), wide=True),
        Column(WHERE(lang)),
        Column(DEPUTIES(lang), "right"),
    )
    lines = tuple(_closed(row, view) for row in as_rows(closed.head(SHOWN)))
    more = (ALL(lang), view.link("/records", metric="LF.exists"))
    return Picture(
        title,
        IDLE_SUBTITLE(lang),
        Listing(columns, lines, more if len(closed) > SHOWN else None),
        table,
        alt=title,
        more=more,
    )


def _idle_title(closed: pd.DataFrame, lang: Lang) -> str:
    """Stations by name when they are few, rooms and points by number."""
    if closed.empty:
        return IDLE_NONE(lang)
    found = closed["level"].value_counts()
    names = closed.loc[closed["level"] == "ST", "name"]
    rest = [level for level in choice.ORDER if level in found and not (level == "ST" and len(names) <= NAMED)]
    levels = LIST(lang).join(COUNT(lang, level=choice.LEVELS[level](lang), n=found[level]) for level in rest)
    if 0 < len(names) <= NAMED:
        return (IDLE_NAMED if levels else IDLE_ONLY)(lang, names=LIST(lang).join(names), levels=levels)
    return IDLE_TITLE(lang, levels=levels)


def _closed(row: Mapping[Hashable, Any], view: View) -> Line:
    # A station is meant to be open; a room or a point without receptions is only noted.
    chip = Cell(CLOSED_DOOR(view.lang), "late" if row["level"] == "ST" else "quiet")
    cells = (
        chip,
        Cell(row["name"]),
        Cell(row["township_name"] or formats.MISSING),
        Cell(PERSONS(view.lang, n=formats.number(row["deputies"]))),
    )
    return Line(cells, view.record("station", row["id"]))


def _idle_table(sites: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    heads = {
        "name": SITE, "level": LEVEL, "township_name": WHERE, "deputies": Text("编入代表（人）", "Deputies assigned"),
        "events": Text("进站活动（场）", "Receptions"), "people_met": Text("接待群众（人次）", "People received"),
        "opinions": Text("收集意见（条）", "Opinions"), "resolved": Text("已办结（条）", "Resolved"), "last_on": LAST,
    }  # fmt: skip
    made = sites[list(heads)].assign(level=[choice.LEVELS[level](lang) for level in sites["level"]])
    return made.set_axis([head(lang) for head in heads.values()], axis="columns").reset_index(drop=True)
