"""Two shares over five years as lines with their names at the end; years with few items are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.exhibits.beside import ems
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.labels import is_unfinished, spread, year_ticks
from dashboard.exhibits.plot import Plot
from dashboard.theme import axis, layout, tokens, value_axis
from data_access.measure import Columns
from data_access.metrics.metric import Metric
from data_access.text import Text

HEAD = Text("五年同期，%（纵轴自 {low}% 起）", "Same dates of five years, % (axis from {low}%)")
HEAD_WHOLE = Text("各年，%（纵轴自 {low}% 起）", "By year, % (axis from {low}%)")
HEIGHT = 160


def rating_lines(years: pd.DataFrame | Columns, solid: Metric, dashed: Metric, view: View) -> Plot | None:
    """Lines of two shares, the first solid; nothing when fewer than two years have enough items."""
    colour = tokens(view.mode)
    lines = [
        _Line(_known(years, solid, view), solid, colour["blue"], None),
        _Line(_known(years, dashed, view), dashed, colour["ink2"], "4px,3px"),
    ]
    if max(len(line.known) for line in lines) < 2:
        return None
    values = [value for line in lines for value in line.known]
    ends = max(0.0, (min(values) - 4) // 10 * 10), min(max(values) + 6, 104)
    shown = [int(year) for year in years["year"]]
    drawn = [_figure(lines, shown, ends, view, narrow=narrow) for narrow in (False, True)]
    return Plot(drawn[0], HEIGHT, phone=drawn[1], phone_height=HEIGHT)


def _known(years: pd.DataFrame | Columns, metric: Metric, view: View) -> tuple[float | None, ...]:
    small = view.context.rules.small_n
    pairs = zip(years[metric.key], years[f"{metric.key}.n"], strict=True)
    return tuple(None if formats.is_missing(value) or n < small else 100 * float(value) for value, n in pairs)


@dataclass(frozen=True)
class _Line:
    """One share by year in percent (missing where few were rated), its metric, colour and dashes."""

    values: tuple[float | None, ...]
    metric: Metric
    ink: str
    dash: str | None

    def name(self, view: View) -> str:
        """The name at its end."""
        return (self.metric.chart or self.metric.name)(view.lang)

    @property
    def known(self) -> list[float]:
        """Its values without the missing ones."""
        return [value for value in self.values if value is not None]


def _figure(
    lines: Sequence[_Line], years: list[int], ends: tuple[float, float], view: View, *, narrow: bool
) -> dict[str, Any]:
    head = (HEAD if is_unfinished(view, years[-1]) else HEAD_WHOLE)(view.lang, low=int(ends[0]))
    place = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": -18, "yref": "paper", "y": 1, "yanchor": "bottom"}
    font = {"size": 12, "color": tokens(view.mode)["ink2"]}
    title = {**place, "yshift": 7, "text": head, "showarrow": False, "font": font}
    made = layout(
        view.mode,
        margin={"l": 4, "r": max(ems(line.name(view)) for line in lines) * 11.5 + 42, "t": 36, "b": 4},
        annotations=[title, *_names(lines, ends, view), *_starts(lines, years)],
        xaxis=axis(view.mode, **year_ticks(view, years), range=[years[0] - 0.3, years[-1] + 0.08]),
        yaxis=value_axis(view.mode, range=list(ends), nticks=4, rangemode="normal"),
    )
    if narrow:
        made["xaxis"]["tickfont"] = made["xaxis"]["tickfont"] | {"size": 11}
    return {"data": [_trace(line, years, view) for line in lines], "layout": made}


def _trace(line: _Line, years: list[int], view: View) -> dict[str, Any]:
    metric = line.metric
    last = max((i for i, value in enumerate(line.values) if value is not None), default=-1)
    stroke = {"color": line.ink, "width": 1.5, "dash": line.dash} if line.dash else {"color": line.ink, "width": 2}
    return {
        "type": "scatter",
        "name": line.name(view),
        "mode": "lines+markers",
        "x": years,
        "y": list(line.values),
        "connectgaps": False,
        "line": stroke,
        "marker": {"color": line.ink, "opacity": 1, "size": [8 if i == last else 4 for i in range(len(years))]},
        "hovertext": [
            f"{year}  {metric.name(view.lang)}<br><b>{formats.MISSING if value is None else f'{value:.1f}%'}</b>"
            for year, value in zip(years, line.values, strict=True)
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
        "customdata": [view.link("/records", metric=metric.key, years=(year, year)) for year in years],
    }


def _names(lines: Sequence[_Line], ends: tuple[float, float], view: View) -> list[dict[str, Any]]:
    """Each line's name and last value, right of the chart; a line without a last value has its name alone."""
    low, high = ends
    places = spread(
        [line.known[-1] if line.known else low for line in lines], 15 / (HEIGHT - 62) * (high - low), low=low, high=high
    )
    fixed = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 6, "yref": "y", "yanchor": "middle"}
    made = []
    for line, place in zip(lines, places, strict=True):
        words = line.name(view) if line.values[-1] is None else f"{line.name(view)} {line.values[-1]:.1f}"
        text = words if line.dash else f"<b>{words}</b>"
        made.append({**fixed, "y": place, "text": text, "showarrow": False, "font": {"size": 12, "color": line.ink}})
    return made


def _starts(lines: Sequence[_Line], years: list[int]) -> list[dict[str, Any]]:
    """The value at the start of each line, above or below so that the two do not touch."""
    highest = max((line.known[0] for line in lines if line.known), default=0.0)
    made = []
    for line in lines:
        first = next((i for i, value in enumerate(line.values) if value is not None), len(years) - 1)
        value = line.values[first]
        if value is None or first == len(years) - 1:
            continue
        shift, font = (10 if value == highest else -10), {"size": 11, "color": line.ink}
        made.append(
            {"x": years[first], "y": value, "text": f"{value:.1f}", "showarrow": False, "yshift": shift, "font": font}
        )
    return made
