"""panels(): five years at a glance, one small bar chart a metric; an unfinished year stands beside equal parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import is_unfinished
from dashboard.exhibits.paper_marks import gaps, hatched, told
from dashboard.exhibits.plot import Plot
from dashboard.theme import axis, layout, tokens, value_axis
from data_access.measure import measure
from data_access.metrics.metric import Kind, Metric
from data_access.origins import Origin, origin
from data_access.text import Text

WHOLE = Text("{a}–{b} 年，数字为全年", "{a}–{b}, whole years")
SPLIT = Text(
    "{a}–{b} 年，数字为全年；实色为 1 月 1 日至 {m} 月 {d} 日，淡色为其后",
    "{a}–{b}, whole years; solid to {m}-{d}, pale the rest of the year",
)
FOOT = Text(
    "{b} 年（红色）尚未满年，比较时请看实色部分。各项单位不同，柱高只在本项内可比。",
    "{b} (red) is unfinished: compare the solid parts. Units differ, so heights compare within one panel only.",
)
FOOT_FULL = Text("各项单位不同，柱高只在本项内可比。", "Units differ, so heights compare within one panel only.")
LEFT = Text("{names}属全{word}，不分乡镇，未列。", "{names}: of the whole district, not shown for townships.")
LIST, BETWEEN = Text("、", ", "), Text("", " ")
SUM = Text("共 {n}", "{n} in all")
YEAR = Text("年份", "Year")
SAME = Text("{name}（同期）", "{name} (same dates)")
SPAN = 5
WIDE_LABELS = 25  # letters over the bars of a panel: more than these touch

Finding = Callable[[pd.DataFrame, View], str]


def panels(
    *metrics: Metric, key: str, name: Text, finding: Finding | None = None, of_district: Sequence[Metric] = ()
) -> Exhibit:
    """Small multiples over the five years that end with the last year asked for (longer choices: all of them).

    What is counted ``of_district`` alone is left out, and said, where townships are chosen: it would read as none.
    """

    def shown(view: View) -> tuple[Metric, ...]:
        return tuple(m for m in metrics if not (view.context.filters.townships and m in of_district))

    def query(connection: Connection, view: View) -> tuple[pd.DataFrame, pd.DataFrame]:
        years, metrics = _years(view), shown(view)
        whole = measure(connection, metrics, view.context, by=("year",), years=years)
        if not is_unfinished(view, years[-1]):
            return whole, whole  # nothing to compare parts of years with
        return whole, measure(connection, metrics, view.context, by=("year",), years=years, same_dates=True)

    def compose(data: tuple[pd.DataFrame, pd.DataFrame], view: View) -> Picture:
        whole, same = data
        metrics, left = shown(view), [m for m in of_district if view.context.filters.townships]
        years = [int(year) for year in whole["year"]]
        unfinished = is_unfinished(view, years[-1])
        words = {"a": years[0], "b": years[-1], "m": view.context.as_of.month, "d": view.context.as_of.day}
        title = (finding(same, view) if finding else "") or name(view.lang)
        foot = FOOT if unfinished else FOOT_FULL
        return Picture(
            title=title,
            subtitle=(SPLIT if unfinished else WHOLE)(view.lang, **words),
            body=Plot(
                _figure(metrics, whole, same, view, unfinished, columns=len(metrics)),
                height=300,
                phone=_figure(metrics, whole, same, view, unfinished, columns=2),
                phone_height=210 * -(-len(metrics) // 2),
            ),
            foot=BETWEEN(view.lang).join(filter(None, (foot(view.lang, b=years[-1]), _left_out(left, view)))),
            alt=title,
            figures=partial(_table, metrics, whole, same if unfinished else None, view),
        )

    return Exhibit(key, name, metrics, query, compose)


def _left_out(metrics: Sequence[Metric], view: View) -> str:
    if not metrics:
        return ""
    names = LIST(view.lang).join((metric.chart or metric.name)(view.lang) for metric in metrics)
    return LEFT(view.lang, names=names, word=view.context.rules.region_word)


def _years(view: View) -> tuple[int, ...]:
    first, last = view.context.filters.years
    return tuple(range(min(first, last - SPAN + 1), last + 1))


def _figure(
    metrics: Sequence[Metric], whole: pd.DataFrame, same: pd.DataFrame, view: View, unfinished: bool, *, columns: int
) -> dict[str, Any]:
    """One figure with a panel a metric, laid out in so many columns."""
    data: list[dict[str, Any]] = []
    made = layout(view.mode, barmode="stack", margin={"l": 4, "r": 4, "t": 46, "b": 4}, annotations=[])
    rows = -(-len(metrics) // columns)
    for index, metric in enumerate(metrics):
        row, column = divmod(index, columns)
        suffix = str(index + 1) if index else ""
        x0, x1 = (
            column / columns + (0.02 if column else 0),
            (column + 1) / columns - (0.02 if column < columns - 1 else 0),
        )
        y1 = 1 - row / rows - (0.1 if row else 0)
        y0 = 1 - (row + 1) / rows + (0.1 if row < rows - 1 else 0)
        made[f"xaxis{suffix}"] = axis(view.mode, domain=[x0, x1], anchor=f"y{suffix}", **_ticks(whole, view))
        made[f"yaxis{suffix}"] = value_axis(
            view.mode, domain=[y0, y1], anchor=f"x{suffix}", showgrid=False, showticklabels=False
        )
        made[f"yaxis{suffix}"]["range"] = [0, 1.12 * max(1e-9, float(whole[metric.key].fillna(0).max()))]
        made["annotations"] += _heads(metric, whole, view, x0, y1)
        origins = [origin(view.context, metric, (int(year),)) for year in whole["year"]]
        made["annotations"] += gaps(origins, whole["year"], view, suffix)
        data += _bars(metric, whole, same, view, unfinished, suffix, origins)
    return {"data": data, "layout": made}


def _ticks(whole: pd.DataFrame, view: View) -> dict[str, Any]:
    years = [int(year) for year in whole["year"]]
    short = [f"{y % 100:02d}" for y in years]
    short[0] = str(years[0])
    short[-1] = f'<b style="color:{tokens(view.mode)["ink"]}">{years[-1]}</b>'
    if len(years) > SPAN + 1:  # the two years in full need their neighbours' room; words on end would hide a heading
        short[1] = short[-2] = ""
    look = {"size": 11, "color": tokens(view.mode)["ink2"]}
    return {"tickvals": years, "ticktext": short, "tickangle": 0, "tickfont": look}


def _heads(metric: Metric, whole: pd.DataFrame, view: View, x: float, y: float) -> list[dict[str, Any]]:
    colour = tokens(view.mode)
    title = f"<b>{(metric.chart or metric.name)(view.lang)}</b>"
    total = formats.amount(metric, float(whole[metric.key].sum()), view.lang)
    second = SUM(view.lang, n=total) if metric.kind in (Kind.COUNT, Kind.SUM) else metric.unit(view.lang)
    place = {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": y,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
    }
    return [
        {**place, "text": title, "yshift": 20, "font": {"size": 13, "color": colour["ink"]}},
        {**place, "text": second, "yshift": 3, "font": {"size": 12, "color": colour["ink2"]}},
    ]


def _apart(words: Sequence[str], largest: int) -> list[str]:
    """The first word, that of the largest bar and the last; of neighbours the last goes first, then the largest."""
    last = len(words) - 1
    first = next((i for i, word in enumerate(words) if word), 0)
    spoken = {last} if last - largest == 1 else {last, largest}
    spoken |= set() if any(abs(first - i) == 1 for i in spoken) else {first}
    return [word if i in spoken else "" for i, word in enumerate(words)]


def _bars(
    metric: Metric,
    whole: pd.DataFrame,
    same: pd.DataFrame,
    view: View,
    unfinished: bool,
    suffix: str,
    origins: Sequence[Origin],
) -> list[dict[str, Any]]:
    colour = tokens(view.mode)
    years = [int(year) for year in whole["year"]]
    full = [None if formats.is_missing(v) else float(v) for v in whole[metric.key]]
    # A printed total is that of a whole year: it has no part up to the same date.
    part = [
        v if found.paper or not unfinished or metric.is_share else None if formats.is_missing(s) else float(s)
        for v, s, found in zip(full, same[metric.key], origins, strict=True)
    ]
    fills = [colour["past"]] * (len(years) - 1) + [colour["red"] if unfinished else colour["blue"]]
    words = [
        "" if v is None else formats.percent(v) if metric.is_share else formats.number(v, metric.decimals) for v in full
    ]
    if max(map(len, words)) * len(words) >= WIDE_LABELS:  # they do not fit side by side
        words = _apart(words, max(range(len(full)), key=lambda i: full[i] or 0))
    words[-1] = f"<b>{words[-1]}</b>"
    links = [view.link("/records", metric=metric.key, years=(year, year)) for year in years]
    shared = {
        "type": "bar",
        "x": years,
        "xaxis": f"x{suffix}",
        "yaxis": f"y{suffix}",
        "customdata": links,
        "width": 0.72,
        "constraintext": "none",
        "textangle": 0,
    }
    name = metric.name(view.lang)
    hover = [
        f"{year}  {name}<br><b>{formats.amount(metric, v, view.lang)}</b>{told(found, view)}"
        for year, v, found in zip(years, full, origins, strict=True)
    ]
    rest = [max((f or 0) - (p or 0), 0) for f, p in zip(full, part, strict=True)]
    return [
        {
            **shared,
            "y": part,
            "marker": hatched(fills, [bool(found.paper) for found in origins], view),
            "hovertext": hover,
            "hoverinfo": "text",
        },
        {
            **shared,
            "y": rest,
            "marker": {"color": colour["rest"]},
            "text": words,
            "textposition": "outside",
            "textfont": {"size": 12, "color": colour["ink"]},
            "cliponaxis": False,
            "hovertext": hover,
            "hoverinfo": "text",
        },
    ]


def _table(metrics: Sequence[Metric], whole: pd.DataFrame, same: pd.DataFrame | None, view: View) -> pd.DataFrame:
    columns: dict[str, Any] = {YEAR(view.lang): [str(int(year)) for year in whole["year"]]}
    for metric in metrics:
        columns[metric.name(view.lang)] = whole[metric.key].to_list()
        if same is not None:
            columns[SAME(view.lang, name=metric.name(view.lang))] = same[metric.key].to_list()
    return pd.DataFrame(columns)
