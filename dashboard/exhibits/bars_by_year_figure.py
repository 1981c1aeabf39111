"""The drawing of bars_by_year(): stacked bars, totals on them, names beside the last, bands behind some years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import formats
from dashboard.address import PICKS
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.labels import is_unfinished, on_fill, spread, year_ticks
from dashboard.exhibits.paper_marks import gaps, hatched, told
from dashboard.sources import PAPER
from dashboard.theme import axis, layout, tokens, value_axis
from data_access.metrics.metric import Metric
from data_access.origins import Origin, origin
from data_access.text import Text

TOTAL = Text("合计", "Total")
SAME = Text("合计（同期）", "Total (same dates)")
HEIGHT, PHONE_HEIGHT = 310, 350
LINE = 17  # pixels that a line of 12 px text needs
TEXT_FROM = 0.055  # a part lower than this share of the chart has no room for its figure


@dataclass(frozen=True)
class Layer:
    """One colour of the stack: its codes (none for the folded tail), its name, colour and a count a year."""

    codes: tuple[str, ...]
    name: str
    colour: str
    counts: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """What every part of the drawing needs to know. ``same`` are totals of the years up to the same dates."""

    metric: Metric
    by: str
    path: str
    years: tuple[int, ...]
    view: View
    same: Mapping[int, float]
    shaded: tuple[int, ...] = ()
    band_name: Text | None = None

    def link(self, codes: tuple[str, ...], *, year: int | None = None) -> str:
        """Where a mark leads: the page filtered to it, or the records where it is no filter of the address."""
        when = {} if year is None else {"years": (year, year)}
        if all(codes) and codes and self.by in PICKS:
            picks = (*self.view.context.filters.picks, *((self.by, code) for code in codes))
            return self.view.link(self.path, picks=picks, **when)
        return self.view.link("/records", metric=self.metric.key, **when)


def height(layers: Sequence[Layer]) -> int:
    """The least height of the chart, in pixels."""
    return max(HEIGHT, LINE * len(layers) + 120)


def figure(chart: Chart, layers: Sequence[Layer], *, narrow: bool) -> dict[str, Any]:
    """Stacked bars with totals on them; the layers' names right of the last bar, or in a key where it is narrow."""
    years, mode = chart.years, chart.view.mode
    origins = [origin(chart.view.context, chart.metric, (year,)) for year in years]
    totals = [sum(layer.counts[i] for layer in layers) + origins[i].value for i in range(len(years))]
    top = (1.2 if chart.shaded and chart.band_name else 1.12) * max(totals)
    right = 8 if narrow else min(40 + 12 * max(_ems(layer.name) for layer in layers), 214)
    made = layout(
        mode,
        barmode="stack",
        margin={"l": 4, "r": right, "t": 6, "b": 4},
        xaxis=axis(mode, **year_ticks(chart.view, years), range=[years[0] - 0.5, years[-1] + 0.45]),
        yaxis=value_axis(mode, range=[0, top], showticklabels=False, showgrid=False),
        **bands(chart.shaded, years, chart.view, chart.band_name),
    )
    made["annotations"] = [*made.get("annotations", ()), *gaps(origins, years, chart.view)]
    happened = [year for year, found, total in zip(years, origins, totals, strict=True) if total and not found.paper]
    known = [None if found.is_missing else total for found, total in zip(origins, totals, strict=True)]
    parts = [*_bars(chart, layers, top), *_undivided(chart, origins)]
    traces = [*parts, _totals(chart, known), *_same_dates(chart, happened)]
    if narrow:
        made |= {"showlegend": True, "legend": key(below=True)}
    else:
        traces.append(_names(chart, layers, top))
    return {"data": traces, "layout": made}


def key(*, below: bool) -> dict[str, Any]:
    """A key in one or more lines under or over a chart; it explains and does nothing when clicked."""
    place = {"y": -0.1, "yanchor": "top"} if below else {"y": 1.02, "yanchor": "bottom"}
    look = {"font": {"size": 12}, "itemclick": False, "itemdoubleclick": False, "traceorder": "normal"}
    return {"orientation": "h", "x": 0, "xanchor": "left"} | place | look


def bands(
    shaded: Sequence[int], years: Sequence[int], view: View, name: Text | None, suffix: str = ""
) -> dict[str, Any]:
    """Grey bands behind some years of a panel, with a word at their top: ``shapes`` and ``annotations`` of a layout."""
    colour, here = tokens(view.mode), [year for year in shaded if year in years]
    place = {"xref": f"x{suffix}", "yref": f"y{suffix} domain"}
    look = {"fillcolor": colour["band"], "line": {"width": 0}, "layer": "below"}
    word = {"yanchor": "top", "y": 1, "showarrow": False, "font": {"size": 11, "color": colour["ink2"]}}
    return {
        "shapes": [{"type": "rect", **place, "x0": y - 0.47, "x1": y + 0.47, "y0": 0, "y1": 1, **look} for y in here],
        "annotations": [{**place, "x": year, "text": name(view.lang), **word} for year in here if name],
    }


def _ems(words: str) -> float:
    return sum(1.0 if ord(letter) > 0x2E7F else 0.56 for letter in words)


def _bars(chart: Chart, layers: Sequence[Layer], top: float) -> list[dict[str, Any]]:
    below = [0.0] * len(chart.years)
    made = []
    for layer in layers:
        made.append(_bar(chart, layer, below, top))
        below = [low + count for low, count in zip(below, layer.counts, strict=True)]
    return made


def _bar(chart: Chart, layer: Layer, below: Sequence[float], top: float) -> dict[str, Any]:
    metric, lang = chart.metric, chart.view.lang
    hover = [
        f"{year}  {layer.name}<br><b>{formats.amount(metric, count, lang)}</b>"
        for year, count in zip(chart.years, layer.counts, strict=True)
    ]
    return {
        "type": "bar", "x": list(chart.years), "y": list(layer.counts), "name": layer.name, "width": 0.6,
        "marker": {"color": layer.colour, "line": {"color": tokens(chart.view.mode)["card"], "width": 1}},
        "text": [
            formats.number(count) if _has_room(chart, year, low, count, top) else ""
            for year, low, count in zip(chart.years, below, layer.counts, strict=True)
        ],
        "textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "constraintext": "none",
        "textfont": {"size": 12, "color": on_fill(layer.colour, chart.view.mode)},
        "customdata": [chart.link(layer.codes, year=year) for year in chart.years],
        "hovertext": hover, "hoverinfo": "text",
    }  # fmt: skip


def _has_room(chart: Chart, year: int, low: float, count: float, top: float) -> bool:
    """Whether a part is high enough for its figure and no rule strikes the figure through."""
    if count / top < TEXT_FROM:
        return False
    if year == chart.years[-1] or not is_unfinished(chart.view, chart.years[-1]):
        return True
    return abs(low + count / 2 - chart.same.get(year, 0)) / top > LINE / 2 / (HEIGHT - 40)


def _words(
    chart: Chart, x: Sequence[float], y: Sequence[float | None], words: Sequence[str], links: Sequence[str]
) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "text", "x": list(x), "y": list(y), "text": list(words), "customdata": list(links),
        "textfont": {"size": 12, "color": tokens(chart.view.mode)["ink"]}, "hoverinfo": "none", "cliponaxis": False,
        "showlegend": False,
    }  # fmt: skip


def _undivided(chart: Chart, origins: Sequence[Origin]) -> list[dict[str, Any]]:
    """Printed totals, which nobody can divide, hatched on top of what rows know."""
    if not any(found.paper for found in origins):
        return []
    metric, view, colour = chart.metric, chart.view, tokens(chart.view.mode)["past"]
    hover = [
        f"{year}<br><b>{formats.amount(metric, found.value, view.lang)}</b>{told(found, view)}"
        for year, found in zip(chart.years, origins, strict=True)
    ]
    return [
        {
            "type": "bar", "x": list(chart.years), "y": [found.value for found in origins], "width": 0.6,
            "name": PAPER(view.lang), "marker": hatched([colour] * len(origins), [True] * len(origins), view),
            "customdata": [view.link(chart.path, years=(year, year)) for year in chart.years],
            "hovertext": hover, "hoverinfo": "text",
        }
    ]  # fmt: skip


def _totals(chart: Chart, totals: Sequence[float | None]) -> dict[str, Any]:
    words = ["" if total is None else formats.number(total) for total in totals]
    words[-1] = f"<b>{words[-1]}</b>"
    links = [chart.view.link(chart.path, years=(year, year)) for year in chart.years]
    return _words(chart, chart.years, totals, words, links) | {
        "name": TOTAL(chart.view.lang), "textposition": "top center",
    }  # fmt: skip


def _names(chart: Chart, layers: Sequence[Layer], top: float) -> dict[str, Any]:
    """The layers' names beside the last bar, apart from one another."""
    middles, below = [], 0.0
    for layer in layers:
        middles.append((below + layer.counts[-1] / 2) / top)
        below += layer.counts[-1]
    places = [top * place for place in spread(middles, LINE / (height(layers) - 40), low=0.03, high=0.97)]
    links = [chart.link(layer.codes) for layer in layers]
    # A swatch before each name: where the last bar is low, names stand beside no part of it.
    words = [f'<span style="color:{layer.colour}">■</span> {layer.name}' for layer in layers]
    made = _words(chart, [chart.years[-1] + 0.34] * len(layers), places, words, links)
    return made | {"textposition": "middle right"}


def _same_dates(chart: Chart, happened: Sequence[int]) -> list[dict[str, Any]]:
    """A rule across each earlier bar where it stood on the same dates; none when the last year is whole."""
    if not is_unfinished(chart.view, chart.years[-1]):
        return []
    ends = [(year, edge) for year in happened if year != chart.years[-1] for edge in (year - 0.36, year + 0.36, None)]
    return [
        {
            "type": "scatter", "name": SAME(chart.view.lang), "mode": "lines", "x": [edge for _, edge in ends],
            "y": [None if edge is None else chart.same.get(year) for year, edge in ends],
            "line": {"color": tokens(chart.view.mode)["ink"], "width": 2}, "hoverinfo": "skip", "showlegend": False,
        }
    ]  # fmt: skip
