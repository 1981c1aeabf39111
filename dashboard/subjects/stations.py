"""Stations at a glance: the large figures, and the exhibits other pages borrow."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.headline import Figure, headline
from dashboard.exhibits.numbers import Card, Numbers
from dashboard.sources import missing
from dashboard.subjects import stations_choice as choice
from dashboard.subjects import stations_reach as reach
from dashboard.subjects.coverage_map import coverage_map, stations_map
from data_access.metrics import METRICS
from data_access.origins import origin
from data_access.text import Text

__all__ = ["coverage_map", "figures", "stations_map"]

COVERAGE = Text("{km} 公里村覆盖率", "Within {km} km")
PEOPLE_LEAD = Text("人口覆盖", "People:")
BASE = Text("计{levels}，n={n}", "n={n}, {levels}")
ATTENDED = Text("实际进站", "Attended:")
SERVING = Text("在任代表", "serving deputies")
WITH_STATION, ASSIGNED = Text("乡镇（街道）覆盖率", "Have a station"), Text("编入率", "Assigned to a site")
TOWNSHIPS = Text("乡镇（街道）", "townships")
PLACE = 4  # of the coverage card: after that of townships, before that of deputies


def figures(key: str = "headline") -> Exhibit:
    """Stations, rooms and points side by side, coverage of townships and of villages, deputies, people received."""
    base = headline(
        Figure(METRICS["L01.ST"]),
        Figure(METRICS["L01.RM"]),
        Figure(METRICS["L01.PT"]),
        Figure(METRICS["L02"], base=TOWNSHIPS, name=WITH_STATION),
        Figure(METRICS["L04"], base=SERVING, name=ASSIGNED, also=(METRICS["L05"],)),
        Figure(METRICS["L07"]),
        key=key,
    )

    def query(connection: Connection, view: View) -> tuple[Any, reach.Reach]:
        return base.query(connection, view), reach.load(connection, view)

    def compose(data: tuple[Any, reach.Reach], view: View) -> Picture:
        picture, card = base.compose(data[0], view), _coverage(data[1], view)
        assert isinstance(picture.body, Numbers)
        before, (assigned, *after) = picture.body.cards[:PLACE], picture.body.cards[PLACE:]
        value = float(card.value) if card.unit else None
        line = [card.name, value, card.unit, None, f"{card.change_lead} {card.change}".strip()]
        body = Numbers((*before, card, _attended(assigned, data[0][0], view), *after))
        return replace(picture, body=body, figures=partial(_with_line, picture, line))

    return replace(base, query=query, compose=compose)


def _with_line(picture: Picture, line: list[Any]) -> pd.DataFrame:
    own = pd.DataFrame([line], columns=picture.table.columns[: len(line)])
    return pd.concat([picture.table.iloc[:PLACE], own, picture.table.iloc[PLACE:]], ignore_index=True)


def _coverage(found: reach.Reach, view: View) -> Card:
    """Coverage by distance with its radius and levels, because without them the figure means nothing."""
    lang, rules = view.lang, view.context.rules
    covered = found.covered(view)
    name = COVERAGE(lang, km=choice.kilometres(rules.coverage_km))
    href = view.link(choice.PATH, panel="places")
    if reach.unfilled(found, view):
        return Card(name, missing(origin(view.context, METRICS["L01.ST"]), lang), "", href=href)
    value = covered.village_share
    return Card(
        name=name,
        value=formats.MISSING if value is None else formats.number(100 * value, 1),
        unit="" if value is None else "%",
        change_lead=PEOPLE_LEAD(lang),
        change=formats.percent(covered.people_share),
        base=BASE(
            lang,
            n=formats.number(covered.village_count),
            levels=choice.LEVEL_SETS[choice.level_set(rules.coverage_levels)](lang),
        ),
        href=href,
    )


def _attended(card: Card, total: Any, view: View) -> Card:
    """Being assigned with what became of it right under it: the share that really came."""
    k, n, small = total["L05.k"], total["L05.n"], view.context.rules.small_n
    if formats.is_missing(n) or not n:
        share = formats.MISSING
    else:
        share = formats.percent(k / n) if n >= small else f"{formats.number(k)}/{formats.number(n)}"
    return replace(card, change_lead=ATTENDED(view.lang), change=share)
