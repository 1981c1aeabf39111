"""Who is within reach of a site: the rows every exhibit on coverage reads, and the words they share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import View
from dashboard.fetch import shared
from dashboard.sources import without_rows
from dashboard.subjects.stations_choice import LEVELS, ORDER, kilometres, level_words
from data_access.context import Context
from data_access.coverage import Coverage, bounded, coverage
from data_access.lists import regions, stations
from data_access.metrics import METRICS
from data_access.text import Lang, Text

WITHIN = Text("{km} 公里内有{levels}的村（社区）", "villages within {km} km of {levels}")
COUNTED = Text("{level} {n} 个", "{level} {n}")
LIST = Text("、", ", ")
NO_TOWNS = Text("所选范围内没有乡镇（街道），可放宽乡镇再看。", "No townships in this range; choose more townships.")
NO_VILLAGES = Text(
    "所选范围内没有带坐标的村（社区），无法测算覆盖；补填坐标后自动显示。",
    "No village in this range has coordinates, so coverage cannot be measured; it appears once they are filled in.",
)
STRAIGHT = Text("直线距离，不是路程", "Straight-line distances, not by road")
PEOPLE_OF = Text("人口为 {year} 年数", "population of {year}")
PEOPLE_UNKNOWN = Text("人口年份未填报", "year of population not recorded")
SITES_MISSING = Text(
    "{counts}没有坐标，未上图、未计入覆盖", "without coordinates, so neither drawn nor counted: {counts}"
)
VILLAGES_MISSING = Text("{n} 个村（社区）没有坐标，未计入", "{n} villages without coordinates are not counted")
PEOPLE_MISSING = Text("{n} 个村（社区）没有人口数", "{n} villages without a population")
MANY_PEOPLE, SOME_PEOPLE = Text("{n} 万人", "{n}"), Text("{n} 人", "{n} people")
TEN_THOUSAND = 10_000
SEMICOLON = Text("；", "; ")
STOP = Text("。", ".")

METRICS_USED = tuple(METRICS[name] for name in ("L02", "L03", "L01.u"))


@dataclass(frozen=True)
class Reach:
    """The district's villages, sites in use and townships, and which townships were asked for (empty: all).

    ``townships`` has ``region_code``, ``name``, ``township_kind``, ``population``, ``population_year``, ``stations``,
    ``rooms``, ``points``, ``gap``; ``sites`` and ``villages`` are those of ``data_access.lists``.
    """

    villages: pd.DataFrame
    sites: pd.DataFrame
    townships: pd.DataFrame
    asked: tuple[str, ...] = ()

    @cached_property
    def towns(self) -> pd.DataFrame:
        """The townships asked for, by code."""
        return self.townships[self.townships["region_code"].isin(self.asked)] if self.asked else self.townships

    @cached_property
    def own_sites(self) -> pd.DataFrame:
        """The sites that stand in the townships asked for."""
        return self.sites[self.sites["region_code"].isin(self.asked)] if self.asked else self.sites

    @cached_property
    def unlocated(self) -> dict[str, int]:
        """How many of those sites have no coordinates, by level."""
        own = self.own_sites
        lost = own.loc[own["lon"].isna(), "level"].tolist()
        return {level: lost.count(level) for level in ORDER if level in lost}

    @cached_property
    def villages_lost(self) -> tuple[int, int]:
        """How many villages of the townships asked for have no coordinates, and how many no population."""
        own = self.villages[self.villages["region_code"].isin(self.towns["region_code"])]
        return int(own["lon"].isna().sum()), int(own["population"].isna().sum())

    @cached_property
    def people_years(self) -> tuple[int, int] | None:
        """The first and last year of the villages' population figures; none where no year is recorded."""
        return years_of(self.villages)

    @cached_property
    def _content(self) -> str:
        """What distances depend on, as a text: equal for equal rows."""
        villages = ("village_code", "region_code", "population", "lon", "lat")
        sites = ("id", "level", "region_code", "lon", "lat")
        parts = [*(self.villages[name] for name in villages), *(self.sites[name] for name in sites)]
        return repr([part.tolist() for part in parts])

    def covered(self, view: View, levels: Collection[str] = (), district: BaseGeometry | None = None) -> Coverage:
        """Coverage of the townships asked for, by the view's radius and levels (or by ``levels``)."""
        rules = view.context.rules
        question = _Question(
            self._content,
            tuple(levels or rules.coverage_levels),
            rules.coverage_km,
            self.asked,
            self.villages,
            self.sites,
        )
        return _covered(question) if district is None else _bounded(question, district)


def unfilled(found: Reach, view: View) -> str:
    """Why nothing is said of sites where none is on record: nobody filled the years in; else empty."""
    return "" if len(found.sites) else without_rows(METRICS["L01.ST"], view)


def load(connection: Connection, view: View) -> Reach:
    """The whole district, because a site across a border serves a village too; asked once for all exhibits."""
    return shared(connection, view, _load)


def _load(connection: Connection, context: Context) -> Reach:
    whole = context.with_filters(townships=(), picks=())
    return Reach(
        villages=regions.villages(connection, whole),
        sites=stations.sites_in_scope(connection, context),
        townships=stations.townships(connection, whole),
        asked=context.filters.townships,
    )


@dataclass(frozen=True)
class _Question:
    """A question to ``coverage``; equal when the rows asked about are equal, whichever query brought them."""

    content: str
    levels: tuple[str, ...]
    radius_km: float
    asked: tuple[str, ...]
    villages: pd.DataFrame = field(compare=False)
    sites: pd.DataFrame = field(compare=False)


# Several exhibits of a page measure the same distances; the content is the key, so nothing here can be stale.
@lru_cache(maxsize=64)
def _covered(question: _Question) -> Coverage:
    return coverage(
        question.villages,
        question.sites,
        levels=question.levels,
        radius_km=question.radius_km,
        townships=question.asked,
    )


@lru_cache(maxsize=16)
def _bounded(question: _Question, district: BaseGeometry) -> Coverage:
    return bounded(_covered(question), question.sites, district)


@lru_cache(maxsize=8)
def outlines(texts: tuple[str, ...]) -> tuple[tuple[BaseGeometry, ...], BaseGeometry]:
    """Township shapes from GeoJSON texts, and the district they make up."""
    shapes = tuple(shapely.from_geojson(list(texts)))
    return shapes, shapely.union_all(list(shapes))


def within(view: View) -> str:
    """What is counted as covered, with its radius and level: 3 公里内有联络站的村（社区）."""
    rules = view.context.rules
    return WITHIN(view.lang, km=kilometres(rules.coverage_km), levels=level_words(rules.coverage_levels, view.lang))


def counts(sites: pd.DataFrame, lang: Lang) -> str:
    """How many sites by level, side by side and never added: 联络站 17 个、联络室 25 个、联络点 6 个."""
    return listed({level: int((sites["level"] == level).sum()) for level in ORDER}, lang)


def listed(found: Mapping[str, int], lang: Lang) -> str:
    """The same from numbers by level; a level not among them is 0."""
    return LIST(lang).join(
        COUNTED(lang, level=LEVELS[level](lang), n=formats.number(found.get(level, 0))) for level in ORDER
    )


def years_of(places: pd.DataFrame) -> tuple[int, int] | None:
    """The first and last ``population_year`` of some villages or townships; none where no year is recorded."""
    known = places["population_year"].dropna()
    return (int(known.min()), int(known.max())) if len(known) else None


def people_year(years: tuple[int, int] | None, lang: Lang) -> str:
    """The year of the population figures; the span where they differ."""
    if years is None:
        return PEOPLE_UNKNOWN(lang)
    low, high = years
    return PEOPLE_OF(lang, year=low if low == high else f"{low}–{high}")


def people(count: float, lang: Lang) -> str:
    """A number of people as it is said: 1.8 万人, 9,800 人."""
    if lang == "zh" and count >= TEN_THOUSAND:
        return MANY_PEOPLE(lang, n=formats.number(count / TEN_THOUSAND, 1))
    return SOME_PEOPLE(lang, n=formats.number(count))


def missing(reach: Reach, lang: Lang) -> str:
    """How many sites and villages could not be placed or counted; empty when none."""
    lost, uncounted = reach.villages_lost
    named = LIST(lang).join(COUNTED(lang, level=LEVELS[level](lang), n=n) for level, n in reach.unlocated.items())
    parts = [
        SITES_MISSING(lang, counts=named) if named else "",
        VILLAGES_MISSING(lang, n=lost) if lost else "",
        PEOPLE_MISSING(lang, n=uncounted) if uncounted else "",
    ]
    return SEMICOLON(lang).join(part for part in parts if part)


def foot(reach: Reach, view: View, *more: str) -> str:
    """How distances and people are to be read, what could not be counted, and more; as one paragraph."""
    parts = (STRAIGHT(view.lang), people_year(reach.people_years, view.lang), missing(reach, view.lang), *more)
    return SEMICOLON(view.lang).join(part for part in parts if part) + STOP(view.lang)
