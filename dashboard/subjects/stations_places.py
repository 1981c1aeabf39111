"""Coverage in lists: township by township, and under every choice of radius and level."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.exhibits import comparison
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exhibits.plot import Stack
from dashboard.subjects import stations_choice as choice
from dashboard.subjects import stations_reach as reach
from data_access.coverage import Coverage
from data_access.text import Text

PLACES = Text("各乡镇（街道）站点与覆盖", "Sites and coverage by township")
COVERED_FEW = Text(
    "{n} 个村（社区）中 {k} 个在 {km} 公里内有{levels}", "{k} of {n} villages are within {km} km of {levels}"
)
SHARE_OF = Text("{within}占 {share}（{k}/{n}）", "{share} ({k} of {n}): {within}")
PLACES_SUBTITLE = Text("覆盖人口占 {people}；{order}", "{people} of the people covered; {order}")
TOWNSHIP = Text("乡镇（街道）", "Township")
SHORT = {"ST": Text("站", "Stn."), "RM": Text("室", "Room"), "PT": Text("点", "Point")}
VILLAGES_OF = Text("覆盖村", "Villages")
COVERED, VILLAGES = Text("已覆盖村（社区）", "Villages covered"), Text("村（社区）", "Villages")
NOT_BUILT = Text("未建站", "none")
LEVEL, SITE, HELD = Text("级别", "Level"), Text("站点", "Site"), Text("活动", "Receptions")
RECEPTIONS = Text("{n} 场", "{n}")

MATRIX = Text("不同半径、不同级别的覆盖率", "Coverage by radius and level")
MATRIX_TITLE = Text(
    "{km} 公里覆盖率：只算站 {ST}，算上室 {RM}，再算上点 {PT}",
    "Within {km} km: {ST} counting stations, {RM} with rooms, {PT} with points",
)
MATRIX_SUBTITLE = Text(
    "n={n} 个村（社区），{people}；标出的是本页所用口径",
    "n={n} villages, {people}; the one marked is used on this page",
)
KM = Text("{km} 公里", "{km} km")
SHARE_WITHIN = Text("{km} 公里覆盖率", "{km} km, share")
BY_VILLAGE = Text("村（社区）· {levels}", "Villages · {levels}")
BY_PEOPLE = Text("人口 · {levels}", "People · {levels}")
COUNTED_AS = Text("口径", "Counted")
NOT_ONE_COVER = Text(
    "“乡镇覆盖率”只看有没有站，与按距离测算的覆盖率是两回事",
    "Whether a township has a station is another question than coverage by distance",
)

TOWN = ("region_code", "name", "stations", "rooms", "points")
FEW = 3  # townships or fewer, and there is room for their sites


def share(covered: Coverage, view: View) -> str:
    """How many villages are within reach, in one sentence with radius, level and n."""
    rules, lang = view.context.rules, view.lang
    k, n = covered.villages_covered, covered.village_count
    if n < rules.small_n:
        words = choice.level_words(rules.coverage_levels, lang)
        return COVERED_FEW(lang, n=n, k=k, km=choice.kilometres(rules.coverage_km), levels=words)
    return SHARE_OF(lang, within=reach.within(view), share=formats.percent(covered.village_share), k=k, n=n)


def places(key: str = "places") -> Exhibit:
    """Township by township: sites of each level, villages within reach; stands beside the map."""
    return Exhibit(key, PLACES, reach.METRICS_USED, reach.load, _places)


def _places(found: reach.Reach, view: View) -> Picture:
    lang, covered = view.lang, found.covered(view)
    table = _places_table(found, covered, view)
    table = comparison.frame_in_order(table, table["covered"] / table["villages"].where(table["villages"] > 0), view)
    if words := reach.NO_TOWNS(lang) if found.towns.empty else reach.unfilled(found, view):
        return Picture(PLACES(lang), "", None, table, empty=words, alt=words)
    title = share(covered, view) if covered.village_count else PLACES(lang)
    columns = (
        Column(TOWNSHIP(lang)),
        *(Column(SHORT[level](lang), "right") for level in choice.ORDER),
        Column(VILLAGES_OF(lang), "right"),
    )
    lines = tuple(_place(row, view) for row in table.itertuples())
    listing = Listing(columns, lines)
    return Picture(
        title=title,
        subtitle=PLACES_SUBTITLE(
            lang, people=formats.percent(covered.people_share), order=comparison.order_words(view)
        ),
        body=Stack((listing, own_sites(found, view))) if len(lines) <= FEW else listing,
        figures=table.drop(columns="code").set_axis(
            [
                TOWNSHIP(lang),
                *(choice.LEVELS[level](lang) for level in choice.ORDER),
                COVERED(lang),
                VILLAGES(lang),
            ],
            axis="columns",
        ),
        foot=reach.foot(found, view),
        alt=title,
    )


def _places_table(found: reach.Reach, covered: Coverage, view: View) -> pd.DataFrame:
    rows = [
        (*(town[name] for name in TOWN), *covered.by_region.get(town["region_code"], (0, 0)))
        for town in as_rows(found.towns)
    ]
    return pd.DataFrame(rows, columns=["code", "name", "ST", "RM", "PT", "covered", "villages"])


def _place(row: Any, view: View) -> Line:
    lang = view.lang
    station = Cell(formats.number(row.ST)) if row.ST else Cell(NOT_BUILT(lang), "quiet")
    villages = f"{row.covered}/{row.villages}" if row.villages else formats.MISSING
    cells = (Cell(row.name), station, _number(row.RM), _number(row.PT), Cell(villages))
    asked = view.context.filters.townships
    return Line(cells, view.link(choice.PATH, townships=() if asked == (row.code,) else (row.code,)))


def own_sites(found: reach.Reach, view: View) -> Listing:
    """The sites of the townships asked for, stations first, each a way to its record."""
    lang = view.lang
    ordered = found.own_sites.assign(rank=found.own_sites["level"].map(choice.ORDER.index)).sort_values(
        ["rank", "region_code", "id"]
    )
    lines = tuple(
        Line(
            (Cell(choice.LEVELS[site["level"]](lang)), Cell(site["name"]), Cell(RECEPTIONS(lang, n=site["events"]))),
            view.record("station", site["id"]),
        )
        for site in as_rows(ordered)
    )
    return Listing((Column(LEVEL(lang)), Column(SITE(lang), wide=True), Column(HELD(lang), "right")), lines)


def _number(count: int) -> Cell:
    return Cell(formats.number(count), "" if count else "muted")


def matrix(key: str = "radii") -> Exhibit:
    """Coverage under every choice of radius and level, so that no single choice passes for the only one."""
    return Exhibit(key, MATRIX, reach.METRICS_USED, reach.load, _matrix)


def _matrix(found: reach.Reach, view: View) -> Picture:
    lang, rules = view.lang, view.context.rules
    radii = choice.radii(view.rules if isinstance(view, choice.StationsView) else rules)
    shares = {name: _shares(found.covered(view, name.split("_")), radii) for name in choice.LEVEL_SETS}
    base = found.covered(view)
    columns = [COUNTED_AS(lang), *(KM(lang, km=choice.kilometres(km)) for km in radii)]
    rows = [
        (name, heading(lang, levels=words(lang)), [shares[name][km][part] for km in radii])
        for part, heading in enumerate((BY_VILLAGE, BY_PEOPLE))
        for name, words in choice.LEVEL_SETS.items()
    ]
    table = pd.DataFrame(
        [[heading, *values] for _, heading, values in rows],
        columns=[columns[0], *(SHARE_WITHIN(lang, km=choice.kilometres(km)) for km in radii)],
    )
    if why := reach.unfilled(found, view) if base.village_count else reach.NO_VILLAGES(lang):
        return Picture(MATRIX(lang), "", None, table, empty=why, alt=why)
    here = {name.rsplit("_", 1)[-1]: formats.percent(shares[name][rules.coverage_km][0]) for name in choice.LEVEL_SETS}
    title = MATRIX_TITLE(lang, km=choice.kilometres(rules.coverage_km), **here)
    people = reach.people(base.people, lang)
    lines = tuple(_choices(heading, name, values, radii, view) for name, heading, values in rows)
    return Picture(
        title=title,
        subtitle=MATRIX_SUBTITLE(lang, n=formats.number(base.village_count), people=people),
        body=Listing(tuple(Column(name, "right" if i else "left") for i, name in enumerate(columns)), lines),
        figures=table,
        foot=reach.foot(found, view, NOT_ONE_COVER(lang)),
        alt=title,
    )


def _shares(covered: Coverage, radii: tuple[float, ...]) -> dict[float, tuple[float | None, float | None]]:
    """By radius: the share of villages and of people within it, 0 to 1."""
    people = covered.villages["population"].fillna(0).to_numpy(dtype=float)
    away = covered.villages["distance_m"].to_numpy(dtype=float)
    total, made = float(people.sum()), {}
    for km in radii:
        near = away <= km * 1000
        made[km] = (
            float(near.mean()) if len(near) else None,
            float(people[near].sum()) / total if total else None,
        )
    return made


def _choices(heading: str, name: str, values: list[float | None], radii: tuple[float, ...], view: View) -> Line:
    rules = view.context.rules
    here = choice.level_set(rules.coverage_levels) == name
    cells = tuple(
        Cell(
            formats.percent(value),
            "quiet" if here and km == rules.coverage_km else "",
            view.link(choice.PATH, km=choice.kilometres(km), sites=name),
        )
        for value, km in zip(values, radii, strict=True)
    )
    return Line((Cell(heading), *cells))
