"""Native: a drawing as names and numbers, where an office chart can say all of it; None where it cannot."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from dashboard import tables, theme
from dashboard.exhibits.exhibit import Picture
from dashboard.exhibits.plot import Plot, plots
from dashboard.exports.leaves import Leaf
from data_access.text import Text

MARKUP = re.compile(r"<[^>]+>")
BREAK = re.compile(r"<br\s*/?>")
LADDER = {"good": "blue", "fair": "second", "bad": "amberfill", "none": "hatch"}
NO_NOTE = Text("", "")
REDRAWN = Text("可编辑图中，竖线改画为浅色条。", "In this editable chart the rules are drawn as pale bars.")
NO_RULE = Text("可编辑图中未画竖线。", "This editable chart is without the rule.")
UPRIGHT = -90  # the words in place of a bar stand upright (see ``paper_marks.gaps``)
MOST_BARS = 18  # more cannot be read on a slide

Values = tuple[float | None, ...]


@dataclass(frozen=True)
class Series:
    """One row of numbers, in the order of the names; a missing one stays missing. ``colour`` is ``#RRGGBB``."""

    name: str
    values: Values
    colour: str


@dataclass(frozen=True)
class Native:
    """A chart as data. ``totals`` are written over stacked columns, ``marks`` are rules across them.

    ``shares`` draws every column as 100 %; ``percent`` writes 0.5 as 50 %; ``least`` is where the axis begins; ``note``
    holds words the chart itself has no place for.
    """

    kind: Literal["column", "bar", "line"]
    names: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    shares: bool = False
    percent: bool = False
    totals: Series | None = None
    marks: Series | None = None
    least: float | None = None
    note: Text = NO_NOTE


def native(leaf: Leaf, table: pd.DataFrame) -> Native | None:
    """A drawing as an office chart. ``table`` holds the figures behind the picture: it knows what bars are called."""
    if leaf.plot is not None:
        return of_plot(leaf.plot, table)
    if leaf.kind == "ladder":
        return _ladder(leaf.body)
    return _bars(leaf.body, table) if leaf.kind == "bars" else None


def of_plot(plot: Plot, table: pd.DataFrame) -> Native | None:
    """A chart of one panel whose bars or lines have names; what has none is taken for decoration if it is words."""
    traces, layout = plot.figure["data"], plot.figure["layout"]
    if any(trace.get(axis, axis[0]) != axis[0] for trace in traces for axis in ("xaxis", "yaxis")):
        return None
    told = [trace for trace in traces if trace.get("name")]
    bars = [trace for trace in told if trace.get("type") == "bar" and trace.get("orientation", "v") == "v"]
    lines = [trace for trace in told if trace.get("type") == "scatter" and "markers" in trace.get("mode", "")]
    over = [trace for trace in told if trace not in bars and trace not in lines]
    drawn = bars or lines
    unnamed = [trace for trace in traces if not trace.get("name") and trace.get("mode") != "text"]
    if not drawn or (bars and lines) or unnamed or any(list(t["x"]) != list(drawn[0]["x"]) for t in drawn):
        return None
    if any(trace.get("mode") not in ("text", "lines") for trace in over) or (lines and over):
        return None
    places = list(drawn[0]["x"])
    series = tuple(_series(trace, places) for trace in drawn)
    stacked = layout.get("barmode") == "stack" and len(series) > 1
    shares = stacked and _are_shares(series)
    if shares and not all(one.name in table and len(table) == len(places) for one in series):
        return None
    if shares:  # an office chart makes shares of the counts by itself
        series = tuple(replace(one, values=tuple(_number(value) for value in table[one.name])) for one in series)
    low = (layout.get("yaxis", {}).get("range") or [None])[0]
    gaps = {note["x"]: str(note["text"]) for note in layout.get("annotations", ()) if note.get("textangle") == UPRIGHT}
    if gaps:  # a year without a figure is no nought
        series = tuple(replace(one, values=_without(one.values, places, gaps)) for one in series)
    names = _names(places, layout.get("xaxis", {}))
    return Native(
        "column" if bars else "line",
        tuple(f"{name} {gaps.get(place, '')}".strip() for name, place in zip(names, places, strict=True)),
        series,
        stacked=stacked,
        shares=shares,
        totals=next((_series(trace, places) for trace in over if trace["mode"] == "text"), None),
        marks=next((_marks(trace, places) for trace in over if trace["mode"] == "lines"), None),
        least=None if bars or low is None else float(low),
    )


def _without(values: Values, places: Sequence[Any], gaps: dict[Any, str]) -> Values:
    return tuple(None if place in gaps else value for value, place in zip(values, places, strict=True))


def _are_shares(series: Sequence[Series]) -> bool:
    sums = [sum(value or 0 for value in values) for values in zip(*(one.values for one in series), strict=True)]
    return any(sums) and all(total == 0 or abs(total - 1) < 1e-9 for total in sums)


def pictures(picture: Picture) -> int:
    """How many charts of a picture cannot be office charts, so that the browser has to draw them."""
    return sum(of_plot(plot, picture.table) is None for plot in plots(picture.body))


def _series(trace: dict[str, Any], places: Sequence[Any]) -> Series:
    colour = trace.get("line", {}).get("color") or trace.get("marker", {}).get("color")
    held = dict(zip(trace["x"], trace["y"], strict=True))
    pattern = trace.get("marker", {}).get("pattern")
    plain = colour if isinstance(colour, str) and not pattern else theme.LIGHT["rest" if pattern else "blue"]
    return Series(str(trace["name"]), tuple(_number(held.get(place)) for place in places), plain)


def _marks(trace: dict[str, Any], places: Sequence[Any]) -> Series:
    """Short rules, each drawn around its place, as one number a place."""
    spots = [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if x is not None]
    found: dict[Any, float | None] = {
        place: next((_number(y) for x, y in spots if abs(x - place) < 0.5), None) for place in places
    }
    return Series(str(trace["name"]), tuple(found.values()), trace.get("line", {}).get("color") or theme.LIGHT["ink"])


def _names(places: Sequence[Any], axis: dict[str, Any]) -> tuple[str, ...]:
    written = dict(zip(axis.get("tickvals") or (), axis.get("ticktext") or (), strict=True))
    return tuple(MARKUP.sub("", BREAK.sub(" ", str(written.get(place, place)))) for place in places)


def _number(value: Any) -> float | None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return float(value)


def _ladder(body: dict[str, Any]) -> Native:
    rungs = body["rungs"]
    series = tuple(
        Series(
            part["word"],
            tuple(float(rung["parts"][place]["count"]) for rung in rungs),
            theme.LIGHT[LADDER[part["tone"]]],
        )
        for place, part in enumerate(rungs[0]["parts"])
    )
    rates = [
        (rung["name"], [f"{head} {cell}" for head, cell in zip(body["heads"], cells, strict=True)])
        for rung, cells in zip(rungs, body["rates"], strict=False)
    ]
    note = Text(
        "；".join(f"{name}：{'，'.join(told)}" for name, told in rates),
        "; ".join(f"{name}: {', '.join(told)}" for name, told in rates),
    )
    names = tuple(str(rung["name"]) for rung in rungs)
    return Native("bar", names, series, stacked=True, note=note)


def _bars(body: dict[str, Any], table: pd.DataFrame) -> Native | None:
    """Bars of one colour, beside them last year's; None where the table does not know what they are.

    A rule that stands at one value for all of them, such as the district's, is left out and said.
    """
    bars = body["bars"]
    if not 0 < len(bars) <= MOST_BARS or any(bar["late"] for bar in bars) or table.empty:
        return None
    names = tuple(str(bar["name"]) for bar in bars)
    values, marks = (tuple(_number(bar[part]) for bar in bars) for part in ("value", "mark"))
    name, marked = _column(values, names, table), _column(marks, names, table)
    if name is None or (marked is None and len(set(marks)) > 1):
        return None
    series, note = [Series(name, values, theme.LIGHT["blue"])], NO_NOTE
    if any(mark is not None for mark in marks):
        note = NO_RULE if marked is None else REDRAWN
    if note is REDRAWN and marked is not None:
        series.append(Series(marked, marks, theme.LIGHT["rest"]))
    percent = tables.is_share(name) and max(value or 0 for value in values) <= 1
    return Native("bar", names, tuple(series), percent=percent, note=note)


def _column(values: Values, names: Sequence[str], table: pd.DataFrame) -> str | None:
    """The column of the table that holds these numbers beside these names."""
    known = {str(name): place for place, name in enumerate(table.iloc[:, 0])}
    pairs = [(value, known[name]) for name, value in zip(names, values, strict=True) if name in known]
    for column in table.columns[1:]:
        held = table[column]
        if not pairs or not pd.api.types.is_numeric_dtype(held):
            continue
        if all(_number(held.iloc[place]) == value for value, place in pairs):
            return str(column)
    return None
