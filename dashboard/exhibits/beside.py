"""Where the words of a point go: to its right, left, above or below, so that they cover neither points nor words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Side = Literal["right", "left", "above", "below"]
RADIUS = 7.0


@dataclass(frozen=True)
class Tag:
    """Words of one point: lines of plain text, how many pixels an em is, whether they must be shown."""

    x: float
    y: float
    lines: tuple[str, ...]
    must: bool = False
    size: float = 11.0


Box = tuple[float, float, float, float]


def beside(
    tags: Sequence[Tag],
    points: Sequence[tuple[float, float]],
    *,
    wide: float,
    high: float,
    sides: tuple[Side, ...] = ("right", "left", "above", "below"),
) -> list[Side | None]:
    """A side for each tag, in pixels from the upper left corner; ``None`` where there is no room and none is owed.

    Tags are served in their order: put those first that matter most. Those that must be shown take the side that
    covers least.
    """
    taken: list[Box] = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in points]
    made: list[Side | None] = []
    for tag in tags:
        own = (tag.x - RADIUS, tag.y - RADIUS, tag.x + RADIUS, tag.y + RADIUS)
        cost, side = _cheapest(tag, [box for box in taken if box != own], wide, high, sides)
        if cost and not tag.must:
            made.append(None)
            continue
        taken.append(_box(tag, side))
        made.append(side)
    return made


def _cheapest(tag: Tag, taken: Sequence[Box], wide: float, high: float, sides: Sequence[Side]) -> tuple[float, Side]:
    """The first free side, else the first of those that cover least, and what it covers."""
    best: tuple[float, Side] | None = None
    for side in sides:
        cost = _cost(_box(tag, side), taken, wide, high)
        if best is None or cost < best[0]:
            best = cost, side
        if not cost:
            break
    assert best is not None, "A tag has a side to stand on."
    return best


def ems(words: str) -> float:
    """About how many ems words take: one a Chinese character, a little over half for others."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.58 for letter in words)


def _box(tag: Tag, side: Side) -> Box:
    width = max(ems(line) for line in tag.lines) * tag.size
    height = len(tag.lines) * (tag.size + 4)
    if side == "right":
        return tag.x + 8, tag.y - height / 2, tag.x + 8 + width, tag.y + height / 2
    if side == "left":
        return tag.x - 8 - width, tag.y - height / 2, tag.x - 8, tag.y + height / 2
    top = tag.y - 8 - height if side == "above" else tag.y + 8
    return tag.x - width / 2, top, tag.x + width / 2, top + height


def _cost(box: Box, taken: Sequence[Box], wide: float, high: float) -> float:
    """Pixels covered of other boxes and outside the drawing; 0 where the place is free."""
    left, top, right, bottom = box
    inside = max(min(right, wide) - max(left, 0), 0) * max(min(bottom, high) - max(top, 0), 0)
    outside = (right - left) * (bottom - top) - inside
    covered = sum(
        (min(right, r) - max(left, x)) * (min(bottom, b) - max(top, t))
        for x, t, r, b in taken
        if x < right and left < r and t < bottom and top < b
    )
    return round(covered + 2 * outside, 3)


ANCHORS: dict[Side, dict[str, Any]] = {
    "right": {"xanchor": "left", "yanchor": "middle", "xshift": 7, "yshift": 0, "align": "left"},
    "left": {"xanchor": "right", "yanchor": "middle", "xshift": -7, "yshift": 0, "align": "right"},
    "above": {"xanchor": "center", "yanchor": "bottom", "xshift": 0, "yshift": 5, "align": "center"},
    "below": {"xanchor": "center", "yanchor": "top", "xshift": 0, "yshift": -5, "align": "center"},
}
