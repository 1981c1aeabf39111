"""Dots on an axis of days: the statutory day as an ink line, what is past it on amber ground, names where they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.exhibits.beside import ems
from dashboard.exhibits.exhibit import View
from dashboard.theme import axis, layout, tokens, value_axis
from data_access.text import Text

PAST = Text("已超期 {n} 件", "{n} overdue")
NEAR = Text("{days} 天内到期 {n} 件", "{n} due within {days} days")
FAR = Text("{days} 天以上 {n} 件", "{n} due later")
DEADLINE = Text("法定期限", "deadline")
LATE, LEFT = Text("超 {n} 天", "{n} late"), Text("剩 {n} 天", "{n} left")
UNIT_DAYS, DAYS = Text("{n} 天 {unit}", "{n} d {unit}"), Text("{n} 天", "{n} d")
HEIGHT = 300
HEAD = 26  # pixels above the plot for the three counts
WIDE, NARROW = 640, 316  # pixels a card has about, for placing words
LANES = 9


@dataclass(frozen=True)
class Item:
    """One dot: days to the deadline (negative when past), its unit, its hover words, its record."""

    days: int
    unit: str
    hover: str
    href: str


@dataclass(frozen=True)
class _Spot:
    """Where a dot stands: its lane, its words (empty: no room for any) and their side."""

    item: Item
    lane: int
    words: str = ""
    side: str = ""


@dataclass(frozen=True)
class _Scale:
    """Days as pixels: the first and last day shown and the width of the plot."""

    first: float
    last: float
    wide: float

    def at(self, days: float) -> float:
        """Pixels from the left edge."""
        return (days - self.first) / (self.last - self.first) * self.wide


def days_axis(items: Sequence[Item], view: View, *, narrow: bool) -> dict[str, Any]:
    """The figure for at least one item."""
    colour, soon = tokens(view.mode), view.context.rules.soon_days
    scale = _scale(items, soon, (NARROW if narrow else WIDE) - 8)
    spots = _placed(sorted(items, key=lambda item: item.days), scale, view)
    made = layout(
        view.mode,
        margin={"l": 4, "r": 4, "t": HEAD, "b": 26},
        shapes=_grounds(scale, soon, view),
        annotations=[*_heads(items, scale, view), *_words(spots, view)],
        xaxis=axis(view.mode, range=[scale.first, scale.last], automargin=False, **_ticks(scale, narrow, view)),
        yaxis=value_axis(view.mode, range=[LANES - 0.4, -0.6], showticklabels=False, showgrid=False),
    )
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [spot.item.days for spot in spots],
        "y": [spot.lane for spot in spots],
        "marker": {
            "size": 10,
            "color": [colour["amberfill" if spot.item.days < 0 else "blue"] for spot in spots],
            "line": {"color": colour["card"], "width": 1.3},
        },
        "hovertext": [spot.item.hover for spot in spots],
        "hoverinfo": "text",
        "cliponaxis": False,
        "customdata": [spot.item.href for spot in spots],
    }
    return {"data": [dots], "layout": made}


def _scale(items: Sequence[Item], soon: int, wide: float) -> _Scale:
    low = min(min(item.days for item in items), -soon)
    high = max(max(item.days for item in items), 2 * soon)
    room = 0.03 * (high - low)
    return _Scale(low - room, high + room, wide)


def _ticks(scale: _Scale, narrow: bool, view: View) -> dict[str, Any]:
    most = 4 if narrow else 7
    step = next(s for s in (15, 30, 60, 90, 180, 365, 10_000) if (scale.last - scale.first) / s <= most)
    days = [n * step for n in range(int(scale.first // step), int(scale.last // step) + 1) if scale.first <= n * step]
    ink = tokens(view.mode)["ink"]
    words = [(LATE if day < 0 else LEFT)(view.lang, n=abs(day)) for day in days]
    words = [
        word if day else f'<b style="color:{ink}">{DEADLINE(view.lang)}</b>'
        for day, word in zip(days, words, strict=True)
    ]
    return {"tickvals": days, "ticktext": words, "tickfont": {"size": 11, "color": tokens(view.mode)["ink2"]}}


def _grounds(scale: _Scale, soon: int, view: View) -> list[dict[str, Any]]:
    colour = tokens(view.mode)
    ground = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0}, "layer": "below"}
    return [
        {**ground, "x0": scale.first, "x1": 0, "fillcolor": colour["amberbg"]},
        {**ground, "x0": 0, "x1": soon, "fillcolor": colour["band"]},
        {
            "type": "line",
            "yref": "paper",
            "x0": 0,
            "x1": 0,
            "y0": 0,
            "y1": 1,
            "line": {"color": colour["ink"], "width": 1.4},
        },
    ]


def _heads(items: Sequence[Item], scale: _Scale, view: View) -> list[dict[str, Any]]:
    """The three counts above their grounds, moved right where one would run into the next."""
    soon, colour = view.context.rules.soon_days, tokens(view.mode)
    late = sum(item.days < 0 for item in items)
    near = sum(0 <= item.days <= soon for item in items)
    words = (
        (PAST(view.lang, n=late), 0.0, "amber" if late else "ink2"),
        (NEAR(view.lang, days=soon, n=near), scale.at(0), "ink"),
        (FAR(view.lang, days=soon, n=len(items) - late - near), scale.at(soon) + 8, "ink"),
    )
    fixed = {"xref": "paper", "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 3}
    made, free = [], 0.0
    for text, wanted, ink in words:
        left = max(wanted, free)
        free = left + ems(text) * 12 + 10
        font = {"size": 12, "color": colour[ink]}
        shown = f"<b>{text}</b>" if ink == "amber" else text
        made.append({**fixed, "x": left / scale.wide, "text": shown, "showarrow": False, "font": font})
    return made


def _placed(items: Sequence[Item], scale: _Scale, view: View) -> list[_Spot]:
    """A lane for each dot, in stairs, so that words cover neither dots nor words; dots alone where there is no room."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(LANES)]
    made, start = [], 0
    for item in items:
        spot, box = _room(item, scale, taken, start, view)
        taken[spot.lane].append(box)
        made.append(spot)
        start = (spot.lane + 2) % LANES
    return made


def _room(
    item: Item, scale: _Scale, taken: list[list[tuple[float, float]]], start: int, view: View
) -> tuple[_Spot, tuple[float, float]]:
    lanes = [(start + n) % LANES for n in range(LANES)]
    for words, side, box in _choices(item, scale, view):
        for lane in lanes:
            if all(box[1] <= left or right <= box[0] for left, right in taken[lane]):
                return _Spot(item, lane, words, side), box
    bare = (scale.at(item.days) - 6, scale.at(item.days) + 6)
    crowd = {lane: sum(bare[1] > left and right > bare[0] for left, right in taken[lane]) for lane in lanes}
    return _Spot(item, min(lanes, key=lambda lane: crowd[lane])), bare


def _choices(item: Item, scale: _Scale, view: View) -> list[tuple[str, str, tuple[float, float]]]:
    """Words, side and room of a label inside the chart, best first: the unit's name clear of the deadline line, across
    it where there is room for long lines, days alone."""
    x, made = scale.at(item.days), []
    for words in (UNIT_DAYS(view.lang, n=abs(item.days), unit=item.unit), DAYS(view.lang, n=abs(item.days))):
        width = ems(words) * 11 + 14
        both = (words, "right", (x - 8, x + width)), (words, "left", (x - width, x + 8))
        clear = [choice for choice in both if not _crosses(choice, x, scale)]
        made += [*clear, *(choice for choice in both if choice not in clear and scale.wide > NARROW)]
    return [choice for choice in made if choice[2][0] >= 0 and choice[2][1] <= scale.wide]


def _crosses(choice: tuple[str, str, tuple[float, float]], x: float, scale: _Scale) -> bool:
    """Whether the words, without their dot, lie across the deadline line."""
    _, side, (left, right) = choice
    ends = (x + 4, right) if side == "right" else (left, x - 4)
    return ends[0] < scale.at(0) < ends[1]


def _words(spots: Sequence[_Spot], view: View) -> list[dict[str, Any]]:
    ink = tokens(view.mode)["ink"]
    fixed = {"showarrow": False, "yanchor": "middle", "font": {"size": 11, "color": ink}}
    sides = {"right": {"xanchor": "left", "xshift": 7}, "left": {"xanchor": "right", "xshift": -7}}
    return [
        {**fixed, **sides[spot.side], "x": spot.item.days, "y": spot.lane, "text": spot.words}
        for spot in spots
        if spot.words
    ]
