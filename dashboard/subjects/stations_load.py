"""How much each station carries, and receptions month by month."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import chain
from math import nan
from operator import itemgetter
from statistics import mean, median
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits import comparison
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, is_unfinished
from dashboard.exhibits.plot import Plot
from dashboard.subjects import stations_choice as choice
from dashboard.subjects import stations_reach as reach
from dashboard.theme import axis, layout, tokens, value_axis
from data_access.lists import stations
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.text import Text

LOAD_NAME = Text("站均服务人口和代表", "People and deputies per station")
LOAD_TITLE = Text(
    "每个联络站服务人口的中位数为 {middle}，{name}最多，为 {most}",
    "A station serves {middle} at the median; the most is {most}, in {name}",
)
LOAD_SUBTITLE = Text(
    "常住人口÷在用联络站，单位：人；竖线为中位数；{year}；{order}",
    "Residents per station in use; the rule is the median; {year}; {order}",
)
LOAD_FOOT = Text(
    "每站编入在任代表的中位数为 {n} 人。人口负担按乡镇常住人口平分到站，不是实际服务人数。",
    "The median station has {n} deputies. Residents are shared equally among a township's stations.",
)
LOAD_EMPTY = Text(
    "所选范围内没有联络站或没有人口数，无法测算。", "No station, or no population, in this range: nothing to measure."
)
PER_STATION, DEPUTIES = Text("人/站", "per station"), Text("代表/站", "Deputies")
NOT_BUILT = Text("未建站", "No station")
TOWNSHIP = Text("乡镇（街道）", "Township")
LOADED = ("name", "population", "population_year", "stations", "people", "deputies")
LOAD_COLUMNS = (
    TOWNSHIP,
    Text("常住人口（人）", "Population"),
    Text("人口年份", "Population year"),
    Text("联络站（个）", "Stations"),
    Text("站均服务人口（人）", "People per station"),
    Text("站均编入代表（人）", "Deputies per station"),
)

MONTHS_NAME = Text("各月进站活动", "Receptions by month")
MONTHS_TITLE = Text("{year} 年进站活动 {n} 场，较上年{change}", "{n} receptions in {year}, {change} on the year before")
MONTHS_PART = Text(
    "{year} 年至 {m} 月 {d} 日进站活动 {n} 场，较同期{change}",
    "{n} receptions in {year} up to {m}-{d}, {change} against the same dates",
)
MONTHS_PLAIN = Text("{year} 年进站活动 {n} 场", "{n} receptions in {year}")
MONTHS_SUBTITLE = Text("{year} 年按月；横线为上年同月", "{year} by month; rules mark the same month a year earlier")
MONTHS_CUT = Text(
    "{year} 年按月；横线为上年同月，其中 {m} 月截至同一日",
    "{year} by month; rules mark the same month a year earlier, month {m} to the same day",
)
MONTHS_EMPTY = Text("{year} 年没有进站活动，换一年再看。", "No receptions in {year}; choose another year.")
MONTHS_FOOT = Text("接待为人次，一人多次来计多次。", "People received count each visit.")
MONTH, BEFORE = Text("月份", "Month"), Text("{name}（上年同月）", "{name} (year earlier)")
MONTH_WORD = Text("{m}月", "{m}")
SHOWN = (METRICS["L06"], METRICS["L07"])


def load(key: str = "load") -> Exhibit:
    """Residents and deputies for each station, township by township."""
    metrics = (METRICS["L09p"], METRICS["L09"])

    def query(connection: Connection, view: View) -> tuple[pd.DataFrame, pd.DataFrame]:
        return stations.townships(connection, view.context), stations.sites(connection, view.context)

    return Exhibit(key, LOAD_NAME, metrics, query, _load)


def _load(data: tuple[pd.DataFrame, pd.DataFrame], view: View) -> Picture:
    lang, towns = view.lang, as_rows(data[0])
    hosted: dict[str, list[int]] = {}
    for site in as_rows(data[1]):
        if site["level"] == "ST":
            hosted.setdefault(site["region_code"], []).append(site["deputies"])
    loads = [town | _burden(town, hosted.get(town["region_code"], [])) for town in towns]
    rows = comparison.in_order(loads, lambda row: row["people"], view)
    table = pd.DataFrame(
        [[row[name] for name in LOADED] for row in rows], columns=[head(lang) for head in LOAD_COLUMNS]
    )
    known = [row for row in rows if not formats.is_missing(row["people"])]
    if not known:
        return Picture(LOAD_NAME(lang), "", None, table, empty=LOAD_EMPTY(lang), alt=LOAD_EMPTY(lang))
    middle = median(row["people"] for row in known)
    most = max(known, key=itemgetter("people"))
    title = (
        LOAD_TITLE(lang, middle=reach.people(middle, lang), name=most["name"], most=reach.people(most["people"], lang))
        if len(known) > 2
        else LOAD_NAME(lang)
    )
    return Picture(
        title=title,
        subtitle=LOAD_SUBTITLE(
            lang, year=reach.people_year(reach.years_of(data[0]), lang), order=comparison.order_words(view)
        ),
        body=BarList(tuple(_bar(row, middle, view) for row in rows), (PER_STATION(lang), DEPUTIES(lang))),
        figures=table,
        foot=LOAD_FOOT(lang, n=formats.number(_middle(hosted), 0)),
        alt=title,
    )


def _burden(town: Mapping[Hashable, Any], hosted: Sequence[int]) -> dict[Hashable, float]:
    """Residents for each station of a township, and deputies at one on average; missing where there is none."""
    is_known = town["stations"] and not formats.is_missing(town["population"])
    people = town["population"] / town["stations"] if is_known else nan
    return {"people": float(people), "deputies": float(mean(hosted)) if hosted else nan}


def _middle(hosted: Mapping[str, Sequence[int]]) -> float:
    """The median of the deputies at a station; missing without stations."""
    return median(chain.from_iterable(hosted.values())) if hosted else nan


def _bar(row: Mapping[Hashable, Any], middle: float, view: View) -> Bar:
    target = view.link(choice.PATH, townships=(row["region_code"],))
    people, stations_here = row["people"], row["stations"]
    if formats.is_missing(people):
        words = NOT_BUILT(view.lang) if not stations_here else formats.MISSING
        return Bar(row["name"], 0.0, (words, formats.MISSING), warn=None if stations_here else 0, href=target)
    return Bar(
        row["name"],
        people,
        (formats.number(people), formats.number(row["deputies"])),
        mark=middle,
        href=target,
    )


def months(key: str = "months") -> Exhibit:
    """Receptions and people received in the last year asked for, month by month beside the year before."""

    def query(connection: Connection, view: View) -> tuple[pd.DataFrame, pd.DataFrame]:
        last = view.context.filters.years[1]
        by_month = measure(connection, SHOWN, view.context, by=("year", "month"), years=(last - 1, last))
        if not is_unfinished(view, last):
            return by_month, by_month  # nothing to compare parts of years with
        same = measure(connection, SHOWN, view.context, by=("year", "month"), years=(last - 1, last), same_dates=True)
        return by_month, same

    return Exhibit(key, MONTHS_NAME, SHOWN, query, _months)


def _months(data: tuple[pd.DataFrame, pd.DataFrame], view: View) -> Picture:
    lang, last = view.lang, view.context.filters.years[1]
    values = {metric.key: _by_month(data[0], metric, last) for metric in SHOWN}
    before = {metric.key: _by_month(data[0], metric, last - 1) for metric in SHOWN}
    running = view.context.as_of.month if is_unfinished(view, last) else 0
    if running:
        # A month that still runs stands beside as many days of the year before.
        for metric in SHOWN:
            before[metric.key][running - 1] = _by_month(data[1], metric, last - 1)[running - 1]
    table = pd.DataFrame({MONTH(lang): [MONTH_WORD(lang, m=m) for m in range(1, 13)]})
    for metric in SHOWN:
        table[metric.name(lang)] = values[metric.key]
        table[BEFORE(lang, name=metric.name(lang))] = before[metric.key]
    if not sum(values["L06"]):
        sentence = MONTHS_EMPTY(lang, year=last)
        return Picture(MONTHS_NAME(lang), "", None, table, empty=sentence, alt=sentence)
    title = _months_title(data, view)
    return Picture(
        title=title,
        subtitle=(MONTHS_CUT if running else MONTHS_SUBTITLE)(lang, year=last, m=running),
        body=Plot(
            _figure(values, before, view),
            height=430,
            phone=_figure(values, before, view, narrow=True),
            phone_height=330,
        ),
        figures=table,
        foot=MONTHS_FOOT(lang),
        alt=title,
    )


def _by_month(found: pd.DataFrame, metric: Metric, year: int) -> list[float]:
    rows = found[found["year"] == year]
    known = dict(zip(rows["month"], rows[metric.key], strict=True))
    return [float(known.get(month, 0)) for month in range(1, 13)]


def _months_title(data: tuple[pd.DataFrame, pd.DataFrame], view: View) -> str:
    events, (whole, same) = SHOWN[0], data
    last = view.context.filters.years[1]
    unfinished = is_unfinished(view, last)
    totals = (same if unfinished else whole).groupby("year")[events.key].sum()
    now, before = float(totals.get(last, 0)), float(totals.get(last - 1, 0))
    words = {"year": last, "n": formats.number(now), "m": view.context.as_of.month, "d": view.context.as_of.day}
    if not before:
        return MONTHS_PLAIN(view.lang, **words)
    change = formats.change(events, now, before, view.lang)
    return (MONTHS_PART if unfinished else MONTHS_TITLE)(view.lang, change=change, **words)


def _figure(
    values: dict[str, list[float]], before: dict[str, list[float]], view: View, *, narrow: bool = False
) -> dict[str, Any]:
    """Two panels under one another, receptions over people received, sharing the months; numbers alone where narrow."""
    colour, lang = tokens(view.mode), view.lang
    months = [str(m) if narrow else MONTH_WORD(lang, m=m) for m in range(1, 13)]
    made = layout(view.mode, margin={"l": 4, "r": 4, "t": 22, "b": 4}, annotations=[])
    data: list[dict[str, Any]] = []
    for place, metric in enumerate(SHOWN):
        suffix = "2" if place else ""
        top = 0.43 if place else 1.0
        highest = max(*values[metric.key], *before[metric.key], 1.0)
        made[f"xaxis{suffix}"] = axis(
            view.mode,
            anchor=f"y{suffix}",
            tickvals=list(range(1, 13)),
            showticklabels=bool(place),
            ticktext=months,
            tickangle=0,
            range=[0.4, 12.6],
        )
        made[f"yaxis{suffix}"] = value_axis(
            view.mode,
            anchor=f"x{suffix}",
            domain=[top - 0.4, top],
            range=[0, 1.25 * highest],
            showgrid=False,
            showticklabels=False,
        )
        made["annotations"].append(
            {
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": top,
                "yshift": 18,
                "xanchor": "left",
                "yanchor": "top",
                "showarrow": False,
                "font": {"size": 12, "color": colour["ink2"]},
                "text": f"<b style='color:{colour['ink']}'>{metric.name(lang)}</b> {metric.unit(lang)}",
            }
        )
        data += _bars(metric, values[metric.key], before[metric.key], suffix, view)
    return {"data": data, "layout": made}


def _bars(metric: Metric, now: list[float], before: list[float], suffix: str, view: View) -> list[dict[str, Any]]:
    colour, last = tokens(view.mode), view.context.filters.years[1]
    places = {"x": list(range(1, 13)), "xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    link = view.link("/records", metric=metric.key, years=(last, last))
    hover = [
        f"{MONTH_WORD(view.lang, m=month)} {metric.name(view.lang)}<br>"
        f"<b>{formats.amount(metric, value, view.lang)}</b><br>{last - 1}: {formats.number(earlier)}"
        for month, (value, earlier) in enumerate(zip(now, before, strict=True), start=1)
    ]
    return [
        {
            "type": "bar",
            **places,
            "y": now,
            "marker": {"color": colour["blue"]},
            "width": 0.66,
            "customdata": [link] * 12,
            "hovertext": hover,
            "hoverinfo": "text",
        },
        {
            "type": "scatter",
            "mode": "markers",
            **places,
            "y": before,
            "hoverinfo": "skip",
            "cliponaxis": False,
            "marker": {"symbol": "line-ew", "size": 16, "line": {"width": 2, "color": colour["ink"]}},
        },
        # Above the bar and the rule, whichever is higher, so that neither cuts the figure.
        {
            "type": "scatter",
            "mode": "text",
            **places,
            "y": [max(pair) for pair in zip(now, before, strict=True)],
            "text": [formats.number(value) if value else "" for value in now],
            "textposition": "top center",
            "textfont": {"size": 11, "color": colour["ink"]},
            "hoverinfo": "skip",
            "cliponaxis": False,
        },
    ]
