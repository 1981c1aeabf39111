"""The drawing of a funnel plot: bands of chance, the common rate, dots, and words beside those that need them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from dashboard import formats
from dashboard.exhibits.beside import ANCHORS, Tag, beside
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.limits import limits, sizes
from dashboard.theme import axis, layout, tokens, value_axis
from data_access.metrics.metric import Metric
from data_access.text import Text

MEAN = Text("全{word} {rate}", "All: {rate}")
BELOW = Text("{k}/{n}，低于 {level} 界限", "{k} of {n}, below the {level} limit")
ABOVE = Text("{k}/{n}，高于 {level} 界限", "{k} of {n}, above the {level} limit")
LIMIT = Text("{level} 界限", "{level} limits")
HEIGHT, PHONE_HEIGHT = 480, 340
WIDE, NARROW = 640, 330  # pixels a card has about, for placing words
EDGE = 92  # of them at the right, for the names of the lines
CROWD = 3  # more points beyond the limits than this are a crowd
LABELLED = 6  # so many points beyond the limits bear their figures, further ones only their names


@dataclass(frozen=True)
class Point:
    """One township: counted and base, the 95 % limits at its base, and on which side of the limits it lies.

    ``state`` is -2, -1, 0, 1 or 2: below the 99.8 % or 95 % limit, between, above.
    """

    code: str
    name: str
    k: float
    n: float
    low: float
    high: float
    state: int

    @property
    def rate(self) -> float:
        """Counted by base."""
        return self.k / self.n


@dataclass(frozen=True)
class Frame:
    """What one funnel is drawn from: points, the common rate, the metric, the words of its base and of the axis."""

    points: tuple[Point, ...]
    rate: float
    metric: Metric
    axis: Text
    path: str
    view: View

    @property
    def largest(self) -> int:
        """The largest base."""
        return int(max(point.n for point in self.points))

    @property
    def right(self) -> float:
        """The right end of the axis of bases."""
        return self.largest * 1.08 + 0.5

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the axis of rates, in tenths, with every point and its limits inside."""
        low = min(min(point.rate, point.low) for point in self.points)
        high = max(max(point.rate, point.high) for point in self.points)
        return max(floor(10 * low - 0.5) / 10, 0.0), min(ceil(10 * high + 0.5) / 10, 1.0)


def figure(frame: Frame, *, narrow: bool) -> dict[str, Any]:
    """Bands of the limits, the common rate as a dashed line, the points and their words."""
    view, (low, high) = frame.view, frame.ends
    ink = tokens(view.mode)["ink2"]
    title = {"text": frame.axis(view.lang), "font": {"size": 11, "color": ink}, "standoff": 6}
    room = 0.02 * (high - low)
    made = layout(
        view.mode,
        margin={"l": 4, "r": 8 if narrow else EDGE, "t": 8, "b": 34},
        xaxis=axis(view.mode, range=[0, frame.right], nticks=6, title=title),
        yaxis=value_axis(view.mode, range=[low - room, high + room], **_ticks(low, high), layer="above traces"),
        annotations=[*([] if narrow else _edges(frame)), *_tags(frame, narrow)],
    )
    return {"data": [*_bands(frame), _mean(frame), _dots(frame)], "layout": made}


def _ticks(low: float, high: float) -> dict[str, Any]:
    step = 25 if high - low > 0.75 else 20 if high - low > 0.45 else 10
    places = [place for place in range(0, 101, step) if 100 * low - 0.1 <= place <= 100 * high + 0.1]
    return {"tickvals": [place / 100 for place in places], "ticktext": [f"{place}%" for place in places]}


def _bands(frame: Frame) -> list[dict[str, Any]]:
    colour, (least, most) = tokens(frame.view.mode), frame.ends
    # One item may come out either way: left of it the whole height is within chance.
    found = [(0.0, 0.0, 1.0, 1.0), *(limits(n, frame.rate) for n in sizes(frame.largest))]
    sized = [0.0, *map(float, sizes(frame.largest))]
    # The last limits are drawn on to the edge of the chart, where no point is.
    found, sized = [*found, limits(round(frame.right), frame.rate)], [*sized, frame.right]
    made = []
    for outer, inner, fill in ((0, 3, colour["band"]), (1, 2, colour["rest"])):
        edge = {"type": "scatter", "mode": "lines", "x": sized, "line": {"width": 0}, "hoverinfo": "skip"}
        made.append({**edge, "y": [max(line[outer], least) for line in found]})
        made.append({**edge, "y": [min(line[inner], most) for line in found], "fill": "tonexty", "fillcolor": fill})
    return made


def _mean(frame: Frame) -> dict[str, Any]:
    line = {"color": tokens(frame.view.mode)["ink2"], "width": 1.2, "dash": "4px,3px"}
    ends = {"x": [0, frame.right], "y": [frame.rate, frame.rate]}
    return {"type": "scatter", "mode": "lines", **ends, "line": line, "hoverinfo": "skip"}


def _dots(frame: Frame) -> dict[str, Any]:
    colour, view = tokens(frame.view.mode), frame.view
    rows = frame.points
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.n for row in rows],
        "y": [row.rate for row in rows],
        "marker": {
            "size": 10,
            "opacity": 1,
            "color": [colour["amberfill" if row.state else "blue"] for row in rows],
            "line": {"color": colour["card"], "width": 1.3},
        },
        "hovertext": [_hover(row, frame) for row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
        "customdata": [view.link(frame.path, townships=(row.code,)) for row in rows],
    }


def _hover(row: Point, frame: Frame) -> str:
    view, metric = frame.view, frame.metric
    figures = formats.share_with_base(row.k, row.n, view.lang, small_n=view.context.rules.small_n)
    return f"{row.name}<br><b>{(metric.chart or metric.name)(view.lang)} {figures}</b>"


def _edges(frame: Frame) -> list[dict[str, Any]]:
    """The names of the common rate and of the limits, at the right edge."""
    view, colour, (low, high) = frame.view, tokens(frame.view.mode), frame.ends
    at_edge = limits(round(frame.right), frame.rate)
    place = {"x": frame.right, "xanchor": "left", "xshift": 5, "yanchor": "middle", "showarrow": False, "align": "left"}
    mean = MEAN(view.lang, word=view.context.rules.region_word, rate=formats.percent(frame.rate))
    gap = 16 / HEIGHT * (high - low)
    first = min(at_edge[1], frame.rate - gap)
    second = min(at_edge[0], first - gap)
    lines = [
        {**place, "y": y, "text": LIMIT(view.lang, level=level), "font": {"size": 11, "color": colour["ink2"]}}
        for y, level in ((first, "95%"), (second, "99.8%"))
        if y > low - gap
    ]
    return [{**place, "y": frame.rate, "text": f"<b>{mean}</b>", "font": {"size": 11, "color": colour["ink"]}}, *lines]


def _tags(frame: Frame, narrow: bool) -> list[dict[str, Any]]:
    """Names of the points outside, of those asked for, of the largest and the smallest."""
    low, high = frame.ends
    rows = frame.points
    wide, tall = (NARROW - 50, PHONE_HEIGHT - 56) if narrow else (WIDE - EDGE - 40, HEIGHT - 56)
    spots = [(row.n / frame.right * wide, (high - row.rate) / (high - low) * tall) for row in rows]
    wanted = _wanted(rows, frame.view)
    # Where many lie outside, their figures would cover one another: then a name alone, and only where it has room.
    is_crowded = sum(row.state != 0 for row in rows) > CROWD
    tags = [
        _tag(rows[i], spots[i], frame.view, brief=narrow or is_crowded, must=not is_crowded, told=place < LABELLED)
        for place, i in enumerate(wanted)
    ]
    sides = beside(tags, spots, wide=wide, high=tall)
    return [
        _annotation(rows[index], tag, frame.view) | ANCHORS[side]
        for index, tag, side in zip(wanted, tags, sides, strict=True)
        if side is not None
    ]


def _wanted(rows: Sequence[Point], view: View) -> list[int]:
    asked = set(view.context.filters.townships)
    outside = sorted((i for i, row in enumerate(rows) if row.state), key=lambda i: -abs(rows[i].state))
    named_too = [i for i, row in enumerate(rows) if row.code in asked]
    others = range(min(4, len(rows)))
    return list(dict.fromkeys([*outside, *named_too[:LABELLED], 0, len(rows) - 1, *others]))


def _tag(row: Point, spot: tuple[float, float], view: View, *, brief: bool, must: bool, told: bool) -> Tag:
    lines: tuple[str, ...] = (row.name,)
    is_asked = row.code in view.context.filters.townships
    if row.state and (told or is_asked):
        level = "99.8%" if abs(row.state) > 1 else "95%"
        counts = {"k": formats.number(row.k), "n": formats.number(row.n), "level": level}
        is_small = row.n < view.context.rules.small_n
        head = row.name if is_small else f"{row.name} {formats.percent(row.rate)}"
        lines = (head,) if brief else (head, (BELOW if row.state < 0 else ABOVE)(view.lang, **counts))
    return Tag(spot[0], spot[1], lines, must=is_asked or (must and bool(row.state)))


def _annotation(row: Point, tag: Tag, view: View) -> dict[str, Any]:
    colour = tokens(view.mode)
    first, *rest = tag.lines
    text = f"<b>{first}</b>" if row.state else first
    text += "".join(f'<br><span style="color:{colour["ink2"]}">{line}</span>' for line in rest)
    font = {"size": 11, "color": colour["amber" if row.state else "ink2"]}
    return {"x": row.n, "y": row.rate, "text": text, "showarrow": False, "font": font}
