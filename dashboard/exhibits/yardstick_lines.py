"""Published figures as reference lines over a chart of shares, each with its source and what it cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.plot import Plot
from dashboard.theme import tokens
from data_access.metrics.metric import Metric
from data_access.text import Text
from data_access.yardsticks import Yardstick, shown

LINE = Text("{of} {name} {value}", "{of}: {name} {value}")
FOOT = Text("虚线：{of}{name}为 {value}（{source}）。", "Dashed: {of}, {name} {value} ({source}).")
CAVEAT = Text("{caveat}。", "{caveat}.")
SHORT = Text("A＋B", "A+B")
BETWEEN = Text("", " ")


def beside_yardsticks(exhibit: Exhibit, metric: Metric) -> Exhibit:
    """The exhibit with a dashed line for every yardstick of ``metric`` that the office has switched on.

    The exhibit's chart must measure shares of 1 up its axis, as ``stacked`` does.
    """

    def compose(data: Any, view: View) -> Picture:
        picture = exhibit.compose(data, view)
        lines = shown(view.context.rules.yardsticks, metric.key)
        if not lines or not isinstance(picture.body, Plot):
            return picture
        body = picture.body
        phone = lined(body.phone, lines, view) if body.phone else None
        body = replace(body, figure=lined(body.figure, lines, view), phone=phone)
        gap = BETWEEN(view.lang)
        return replace(picture, body=body, foot=picture.foot + gap + foot(lines, metric, view))

    return replace(exhibit, compose=compose)


def lined(figure: dict[str, Any], lines: Sequence[Yardstick], view: View) -> dict[str, Any]:
    """The figure with the lines and, above each, whose figure it is."""
    colour = tokens(view.mode)
    shapes = [
        {
            "type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": line.value, "y1": line.value,
            "line": {"color": colour["ink"], "width": 1.4, "dash": "4px,3px"},
        }
        for line in lines
    ]  # fmt: skip
    words = [
        {
            "xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "y": line.value, "yanchor": "bottom",
            "showarrow": False, "bgcolor": colour["card"], "borderpad": 1,
            "text": LINE(view.lang, of=line.of(view.lang), name=SHORT(view.lang), value=formats.percent(line.value, 2)),
            "font": {"size": 11, "color": colour["ink"]},
        }
        for line in lines
    ]  # fmt: skip
    layout = figure["layout"]
    drawn = {
        "shapes": [*layout.get("shapes", []), *shapes],
        "annotations": [*layout.get("annotations", []), *words],
    }
    return {**figure, "layout": layout | drawn}


def foot(lines: Sequence[Yardstick], metric: Metric, view: View) -> str:
    """Sources of the lines, and once what they cannot say."""
    lang = view.lang
    said = [
        FOOT(
            lang,
            of=line.of(lang),
            name=metric.name(lang),
            value=formats.percent(line.value, 2),
            source=line.source(lang),
        )
        for line in lines
    ]
    caveats = dict.fromkeys(CAVEAT(lang, caveat=line.caveat(lang)) for line in lines)
    return BETWEEN(lang).join([*said, *caveats])
