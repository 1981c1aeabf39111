"""Who the deputies are: overlapping attributes side by side, this term's dots beside those of the term before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.plot import Plot
from dashboard.theme import axis, layout, tokens
from data_access.lists.deputies import term_before
from data_access.measure import measure
from data_access.metrics.composition import ATTRIBUTES, COMPOSITION
from data_access.metrics.metric import Metric
from data_access.text import Text

NAME = Text("代表结构", "Composition")
SUBTITLE = Text(
    "在任代表中各项占比，{day}；空心点为上届末（{before}）",
    "Shares of those serving on {day}; rings: end of the last term ({before})",
)
SUBTITLE_ALONE = Text(
    "在任代表中各项占比，{day}；没有上届记录", "Shares of those serving on {day}; no last term on record"
)
FOOT = Text(
    "各项互有重叠（如女农民两项都计），不能相加；未填的不在基数内；两级代表分开算。",
    "The attributes overlap (a woman farmer is in both) and cannot be added; blanks are outside the base. District and "
    "township deputies are counted apart.",
)
TOO_FEW = Text("{panels}人数少，不列占比。", "{panels}: too few for shares.")
EMPTY = Text(
    "所选范围内在任代表少于 {n} 名，不列结构占比，可放宽乡镇再看。",
    "Fewer than {n} deputies serve in this range, too few for shares; widen the townships.",
)
TITLE = Text("{level}中妇女占 {women}{change}，基层代表占 {base}", "{level}: {women} women{change}, {base} grassroots")
CHANGED = Text("（比上届末{change}）", " ({change} on the last term)")
PANELS = (Text("{word}代表（n={n}）", "District (n={n})"), Text("乡镇代表（n={n}）", "Township (n={n})"))
LEVELS = (Text("{word}代表", "District deputies"), Text("乡镇代表", "Township deputies"))
ATTRIBUTE = Text("项目", "Attribute")
THIS, LAST = Text("{level}占比", "{level}, share"), Text("{level}上届末占比", "{level}, last term, share")
HOVER = Text("{name}<br><b>{share}</b>  {k}/{n}", "{name}<br><b>{share}</b>  {k}/{n}")
HOVER_LAST = Text("{name}，上届末<br><b>{share}</b>  {k}/{n}", "{name}, last term<br><b>{share}</b>  {k}/{n}")
DISTRICT, TOWNSHIP = COMPOSITION[: len(ATTRIBUTES)], COMPOSITION[len(ATTRIBUTES) :]
ROW = 27
ROOM, NARROW_ROOM = 0.17, 0.3  # the share from which a figure fits between the axis and its dot


@dataclass(frozen=True)
class Terms:
    """One row of shares today and one on the last day of the term before, with that day."""

    now: Any
    before: Any
    ended: date


def _query(connection: Connection, view: View) -> Terms:
    earlier = term_before(connection, view.context)
    now = measure(connection, COMPOSITION, view.context).iloc[0]
    return Terms(now, measure(connection, COMPOSITION, earlier).iloc[0], earlier.as_of)


def _n(row: Any, metrics: Sequence[Metric]) -> int:
    bases = (row[f"{metric.key}.n"] for metric in metrics)
    return max((int(base) for base in bases if base == base), default=0)  # missing where a table is


def compose(found: Terms, view: View) -> Picture:
    """A row an attribute, a panel a level; a panel of few deputies is left out and named."""
    lang, small_n, word = view.lang, view.context.rules.small_n, view.context.rules.region_word
    levels = list(zip(LEVELS, PANELS, (DISTRICT, TOWNSHIP), strict=True))
    drawn = [level for level in levels if _n(found.now, level[2]) >= small_n]
    table = _table(found, [(name, metrics) for name, _, metrics in drawn], view)
    if not drawn:
        sentence = EMPTY(lang, n=small_n)
        return Picture(NAME(lang), "", None, table, empty=sentence, alt=sentence)
    compared = any(_n(found.before, metrics) >= small_n for _, _, metrics in drawn)
    day = formats.day(view.context.stock_on)
    subtitle = (SUBTITLE if compared else SUBTITLE_ALONE)(lang, day=day, before=formats.day(found.ended))
    few = [name(lang, word=word) for name, _, metrics in levels if 0 < _n(found.now, metrics) < small_n]
    foot = FOOT(lang) + (TOO_FEW(lang, panels="、".join(few)) if few else "")
    title = composition_title(found, drawn[0][0], drawn[0][2], view)
    height = 64 + ROW * len(ATTRIBUTES)
    panels = [(name(lang, word=word, n=formats.number(_n(found.now, metrics))), metrics) for _, name, metrics in drawn]
    figures = [_figure(found, panels, view, narrow=narrow) for narrow in (False, True)]
    body = Plot(figures[0], height, phone=figures[1], phone_height=height)
    return Picture(title, subtitle, body, table, foot=foot, alt=title)


def composition_title(found: Terms, level: Text, metrics: Sequence[Metric], view: View) -> str:
    """Women and grassroots deputies, the former against the last term where that had enough deputies."""
    women, base = metrics[0], next(m for m, a in zip(metrics, ATTRIBUTES, strict=True) if a.code == "grassroots")
    change = ""
    if _n(found.before, metrics) >= view.context.rules.small_n:
        words = formats.change(women, found.now[women.key], found.before[women.key], view.lang)
        change = CHANGED(view.lang, change=words) if words else ""
    shares = {"women": formats.percent(found.now[women.key]), "base": formats.percent(found.now[base.key])}
    return TITLE(view.lang, level=level(view.lang, word=view.context.rules.region_word), change=change, **shares)


Panels = Sequence[tuple[str, Sequence[Metric]]]


def _figure(found: Terms, panels: Panels, view: View, *, narrow: bool) -> dict[str, Any]:
    colour, places = tokens(view.mode), list(range(len(ATTRIBUTES)))
    size = 11 if narrow else 12
    width = 1 / len(panels)
    made = layout(view.mode, margin={"l": 4, "r": 12, "t": 28, "b": 4}, annotations=[])
    data: list[dict[str, Any]] = []
    top = max(share or 0 for _, metrics in panels for share in _shares(found.now, metrics, view))
    for index, (name, metrics) in enumerate(panels):
        suffix = str(index + 1) if index else ""
        left = index * width + (0.03 if index else 0)
        marks = {"tickvals": [0, 0.5, 1], "ticktext": ["0", "50%", "" if narrow and len(panels) > 1 else "100%"]}
        made[f"xaxis{suffix}"] = axis(
            view.mode, domain=[left, (index + 1) * width], anchor="y", range=[-0.02, min(top + 0.22, 1.12)],
            showline=False, showgrid=True, gridcolor=colour["grid"], **marks,
        )  # fmt: skip
        made["annotations"].append(
            {
                "xref": "paper", "yref": "paper", "x": left, "y": 1, "xanchor": "left", "yanchor": "bottom",
                "showarrow": False, "text": f"<b>{name}</b>",
                "yshift": 4, "font": {"size": size, "color": colour["ink"]},
            }
        )  # fmt: skip
        data += _dots(found, metrics, view, suffix, narrow=narrow)
    made["yaxis"] = axis(
        view.mode, tickvals=places, ticktext=[attribute.name(view.lang) for attribute in ATTRIBUTES],
        tickfont={"size": size, "color": colour["ink"]}, showline=False, range=[len(places) - 0.4, -0.6],
    )  # fmt: skip
    return {"data": data, "layout": made}


def _dots(found: Terms, metrics: Sequence[Metric], view: View, suffix: str, *, narrow: bool) -> list[dict[str, Any]]:
    size, room = (11, NARROW_ROOM) if narrow else (12, ROOM)
    colour, places = tokens(view.mode), list(range(len(ATTRIBUTES)))
    now, before = _shares(found.now, metrics, view), _shares(found.before, metrics, view)
    links = [view.link("/records", metric=metric.key) for metric in metrics]
    leftwards = [a is not None and b is not None and room <= a < b for a, b in zip(now, before, strict=True)]
    ends = [a if left else max(a or 0, b or 0) for a, b, left in zip(now, before, leftwards, strict=True)]
    lines = [x for a, b in zip(now, before, strict=True) for x in (a, b, None)]
    shared = {"type": "scatter", "xaxis": f"x{suffix}", "yaxis": "y"}
    return [
        {
            **shared, "mode": "lines", "x": lines, "y": [y for place in places for y in (place, place, None)],
            "line": {"color": colour["rest"], "width": 3}, "hoverinfo": "skip",
        },
        {
            **shared, "mode": "markers", "x": before, "y": places, "hoverinfo": "text",
            "marker": {"size": 9, "color": colour["card"], "line": {"color": colour["past"], "width": 2}},
            "hovertext": [_hover(HOVER_LAST, found.before, metric, view) for metric in metrics],
        },
        {
            **shared, "mode": "markers", "x": now, "y": places, "hoverinfo": "text", "customdata": links,
            "marker": {"size": 10, "color": colour["blue"]},
            "hovertext": [_hover(HOVER, found.now, metric, view) for metric in metrics],
        },
        {
            # Beside its own dot, away from the ring, or else right of both; unseen marks keep it clear of the dot.
            **shared, "mode": "markers+text", "x": ends, "marker": {"size": 12, "opacity": 0},
            "y": places, "text": [formats.percent(share, 0) if share is not None else "" for share in now],
            "textposition": ["middle left" if left else "middle right" for left in leftwards],
            "textfont": {"size": size, "color": colour["ink"]}, "cliponaxis": False,
            "hoverinfo": "skip",
        },
    ]  # fmt: skip


def _shares(row: Any, metrics: Sequence[Metric], view: View) -> list[float | None]:
    """Shares of enough deputies; none where too few have the attribute on record."""
    least = view.context.rules.small_n
    return [float(row[m.key]) if row[f"{m.key}.n"] >= max(least, 1) else None for m in metrics]


def _hover(words: Text, row: Any, metric: Metric, view: View) -> str:
    k, n = formats.number(row[f"{metric.key}.k"]), formats.number(row[f"{metric.key}.n"])
    name = (metric.chart or metric.name)(view.lang)
    return words(view.lang, name=name, share=formats.percent(row[metric.key]), k=k, n=n)


def _table(found: Terms, levels: Sequence[tuple[Text, Sequence[Metric]]], view: View) -> pd.DataFrame:
    columns: dict[str, Any] = {ATTRIBUTE(view.lang): [attribute.name(view.lang) for attribute in ATTRIBUTES]}
    for name, metrics in levels:
        level = name(view.lang, word=view.context.rules.region_word)
        columns[THIS(view.lang, level=level)] = _shares(found.now, metrics, view)
        columns[LAST(view.lang, level=level)] = _shares(found.before, metrics, view)
    return pd.DataFrame(columns)


BY_ATTRIBUTE = Exhibit("composition", NAME, COMPOSITION, _query, compose)
