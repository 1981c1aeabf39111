"""heat(): a count by a dimension and year as a field of figures, darker where the share of the year is larger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import folded, known_years, last_years, lines_of, named, on_fill, year_ticks
from dashboard.exhibits.plot import Plot
from dashboard.theme import SEQUENTIAL, axis, layout, tokens
from data_access.dimensions import DIMENSIONS, labels
from data_access.measure import Columns, measured
from data_access.metrics.metric import Metric
from data_access.text import Text

SUBTITLE = Text("{name}，格内为{unit}数；颜色按占当年的比重", "{name}, in {unit}; colour shows the share of each year")
EMPTY = Text("这几年没有{name}，可放宽年份或乡镇再看。", "No {name} in these years; widen years or townships.")
ALWAYS = Text("{a}–{b} 年{part}始终最多", "{part} came first in every year, {a}–{b}")
CHANGED = Text(
    "最多的一类由 {a} 年的{one}变为 {b} 年的{other}", "The largest group was {one} in {a} and is {other} in {b}"
)
TOTAL = Text("合计", "Total")
ROW = 34
FEWEST = 3  # rows a drawing has room for: of fewer the years would stand outside
PHONE_LETTERS = 18  # a name longer than this takes a second line on a phone
STEPS = 8  # colours from the palest up; the darkest two are kept for maps

Finding = Callable[[Sequence["Row"], View], str]


def heat(
    metric: Metric,
    by: str,
    *,
    key: str,
    name: Text,
    path: str,
    foot: Text | None = None,
    finding: Finding | None = None,
    also: tuple[Metric, ...] = (),
) -> Exhibit:
    """A count by one dimension, over the five years that end with the last one asked for, in the codes' own order."""

    def query(connection: Connection, view: View) -> dict[str, Any]:
        counts = measured(connection, (metric,), view.context, by=("year", by), years=last_years(view))
        return {"counts": counts, "labels": labels(connection, by, view.context)}

    def compose(data: dict[str, Any], view: View) -> Picture:
        lang = view.lang
        rows = rows_of(data["counts"], data["labels"], metric, by, view)
        subtitle = SUBTITLE(lang, name=metric.name(lang), unit=metric.unit(lang))
        table = partial(_table, rows, metric, by, view)
        if not rows:
            sentence = EMPTY(lang, name=metric.name(lang))
            return Picture(name(lang), subtitle, None, table, empty=sentence, alt=sentence)
        title = (finding or leaders)(rows, view) or name(lang)
        height = 34 + ROW * max(len(rows), FEWEST)
        cells = _cells(rows, metric, by, path, view)
        names = [row.name for row in rows]
        drawn = [_figure(cells, names, view, narrow=narrow) for narrow in (False, True)]
        body = Plot(drawn[0], height, phone=drawn[1], phone_height=height)
        return Picture(title, subtitle, body, table, foot=foot(lang) if foot else "", alt=title)

    return Exhibit(key, name, (metric, *also), query, compose)


@dataclass(frozen=True)
class Row:
    """One group: its code (empty: not recorded), its words and a count for each of the years shown."""

    code: str
    name: str
    counts: tuple[float, ...]


def rows_of(counts: Columns, known: Any, metric: Metric, by: str, view: View) -> list[Row]:
    """Groups that occur in any of the years, in the order of their codes."""
    found: dict[str, dict[int, float]] = {}
    for year, code, count in lines_of(counts, ("year", by, metric.key)):
        if count:
            found.setdefault("" if formats.is_missing(code) else str(code), {})[int(year)] = float(count)
    order = {code: place for place, code in enumerate(known)}
    codes = sorted(found, key=lambda code: (order.get(code, len(order)), code))
    return [
        Row(code, named(known, code, view), tuple(found[code].get(year, 0.0) for year in last_years(view)))
        for code in codes
    ]


def leaders(rows: Sequence[Row], view: View) -> str:
    """Which group came first, and whether that changed; nothing when ties or few items leave it open."""
    years, least = last_years(view), view.context.rules.small_n
    tops: dict[int, list[str]] = {}
    for place, year in enumerate(years):
        counts = [row.counts[place] for row in rows]
        if sum(counts) >= least:
            tops[year] = [row.name for row in rows if row.counts[place] == max(counts)]
    if len(rows) < 3 or len(tops) < 2:
        return ""
    a, b = min(tops), max(tops)
    if any(len(top) > 1 for top in (tops[a], tops[b])):
        return ""
    if tops[a] != tops[b]:
        return CHANGED(view.lang, one=tops[a][0], other=tops[b][0], a=a, b=b)
    is_always = all(top == tops[a] for top in tops.values()) and len(tops) == b - a + 1
    return ALWAYS(view.lang, part=tops[a][0], a=a, b=b) if is_always else ""


@dataclass(frozen=True)
class _Cell:
    """One square: its step of colour, figure, hover words and address."""

    step: int
    text: str
    hover: str
    href: str


def _figure(cells: list[list[_Cell]], names: list[str], view: View, *, narrow: bool) -> dict[str, Any]:
    years, places = list(last_years(view)), list(range(len(names)))
    colours = SEQUENTIAL[view.mode][:STEPS]
    data = {
        "type": "heatmap",
        "x": years,
        "y": places,
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "z": [[cell.step for cell in row] for row in cells],
        "zmin": 0,
        "zmax": STEPS - 1,
        "colorscale": [[step / (STEPS - 1), colour] for step, colour in enumerate(colours)],
        "customdata": [[cell.href for cell in row] for row in cells],
        "hovertext": [[cell.hover for cell in row] for row in cells],
        "hoverinfo": "text",
    }
    words = [
        _word(cell, year, place, view) for place, row in enumerate(cells) for year, cell in zip(years, row, strict=True)
    ]
    shown = [folded(name, PHONE_LETTERS) for name in names] if narrow else names
    font = {"size": 11 if narrow else 13, "color": tokens(view.mode)["ink"]}
    made = layout(
        view.mode,
        margin={"l": 4, "r": 4, "t": 2, "b": 4},
        annotations=words,
        xaxis=axis(view.mode, **year_ticks(view, years), showline=False, tickangle=0),
        yaxis=axis(
            view.mode, tickvals=places, ticktext=shown, tickfont=font, showline=False, range=[len(names) - 0.5, -0.5]
        ),
    )
    return {"data": [data], "layout": made}


def _word(cell: _Cell, year: int, place: int, view: View) -> dict[str, Any]:
    ink = on_fill(SEQUENTIAL[view.mode][cell.step], view.mode)
    return {"x": year, "y": place, "text": cell.text, "showarrow": False, "font": {"size": 12, "color": ink}}


def _cells(rows: Sequence[Row], metric: Metric, by: str, path: str, view: View) -> list[list[_Cell]]:
    years, known = last_years(view), known_years(metric, (by,), view)
    totals = [sum(row.counts[place] for row in rows) for place in range(len(years))]
    top = max(row.counts[place] / n for row in rows for place, n in enumerate(totals) if n)

    def cell(row: Row, place: int) -> _Cell:
        count, n = row.counts[place], totals[place]
        share = count / n if n else 0.0
        number = formats.number(count, metric.decimals) if years[place] in known else formats.MISSING
        more = f"  {formats.percent(share)}" if n >= view.context.rules.small_n else ""
        return _Cell(
            step=round((STEPS - 1) * share / top),
            text=number,
            hover=f"{years[place]}  {row.name}<br><b>{number} {formats.unit(metric.unit, number, view.lang)}</b>{more}",
            href=_link(row.code, years[place], metric, by, path, view),
        )

    return [[cell(row, place) for place in range(len(years))] for row in rows]


def _link(code: str, year: int, metric: Metric, by: str, path: str, view: View) -> str:
    if not code:
        return view.link("/records", metric=metric.key, years=(year, year))
    return view.link(path, pick=(by, code), years=(year, year))


def _table(rows: Sequence[Row], metric: Metric, by: str, view: View) -> pd.DataFrame:
    columns: dict[str, Any] = {DIMENSIONS[by].name(view.lang): [*(row.name for row in rows), TOTAL(view.lang)]}
    known = known_years(metric, (by,), view)
    for place, year in enumerate(last_years(view)):
        counts = [row.counts[place] for row in rows]
        columns[str(year)] = [*counts, sum(counts)] if year in known else [None] * (len(rows) + 1)
    return pd.DataFrame(columns)
