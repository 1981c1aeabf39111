"""How everything on a map looks, on the map and in its legend: colours, sites, villages, classes.

A station is a red disc, a room a red ring, a point a small square: told apart without colour too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

from dashboard.exhibits.labels import on_fill
from dashboard.exhibits.map_sheet import Key
from dashboard.theme import Mode, map_colours, tokens

HALO = 1.2  # px of card colour around each symbol, so that it stands off any fill
SITE_COLOUR = {"ST": "red", "RM": "red", "PT": "ink"}
SITE_ORDER = ("ST", "RM", "PT")
SMALL = 11.0  # px, the smallest letters
LEGEND_PAD, LEGEND_LINE = 8.0, 22.0


@dataclass(frozen=True)
class Paint:
    """The colours of one drawing: names of style variables on the screen, written out on paper."""

    blues: tuple[str, ...]
    inks: tuple[str, ...]  # what is readable on each blue
    colour: dict[str, str]
    linked: bool

    @classmethod
    def screen(cls, mode: Mode) -> Paint:
        """Colours that follow the style sheet; the blues are those of the view."""
        return cls(_blues(mode), _inks(mode), {name: f"var(--{name})" for name in tokens(mode)}, True)

    @classmethod
    def paper(cls) -> Paint:
        """Light colours, and no links: paper is always light."""
        return cls(_blues("light"), _inks("light"), tokens("light"), False)


def _blues(mode: Mode) -> tuple[str, ...]:
    return map_colours(mode)


def _inks(mode: Mode) -> tuple[str, ...]:
    return tuple(on_fill(blue, mode) for blue in map_colours(mode))


def site_symbol(level: str, x: float, y: float, colour: Mapping[str, str], size: float = 1.0) -> str:
    """One site as SVG around a place; ``size`` 1 is 11 pixels for a station."""
    card, own = colour["card"], colour[SITE_COLOUR[level]]
    if level == "ST":
        return _disc(x, y, 4.6 * size, own, card, HALO * size)
    if level == "RM":
        return _disc(x, y, 5.3 * size, card, card, 0) + _disc(x, y, 3.2 * size, card, own, 1.7 * size)
    half = 3.1 * size
    return (
        f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:.1f}" height="{2 * half:.1f}" fill="{own}"'
        f' stroke="{card}" stroke-width="{HALO * size:g}"/>'
    )


def _disc(x: float, y: float, radius: float, fill: str, stroke: str, width: float) -> str:
    rim = f' stroke="{stroke}" stroke-width="{width:g}"' if width else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}"{rim}/>'


def village_symbol(x: float, y: float, people: float, colour: Mapping[str, str]) -> str:
    """A village out of reach as SVG around a place: an amber ring."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{village_radius(people):.1f}" fill="{colour["card"]}"'
        f' stroke="{colour["amberfill"]}" stroke-width="1.3"/>'
    )


def village_radius(people: float) -> float:
    """Pixels of a village's circle: its area grows with its people, within what can be seen and told apart."""
    return float(min(max(sqrt(max(people, 0.0)) / 16, 1.8), 4.0))


def legend(keys: Sequence[Key], mode: Mode) -> str:
    """The legend as HTML, made of the same colours and symbols as the map."""
    paint = Paint.screen(mode)
    return "".join(f"<span>{_swatch(key, paint)}{escape(key.words)}</span>" for key in keys)


def _swatch(key: Key, paint: Paint) -> str:
    if key.kind == "step":
        return f'<i style="background:{paint.blues[key.step]}"></i>'
    return f'<svg width="18" height="12" viewBox="0 0 18 12" aria-hidden="true">{_sample(key, 0, 0, paint)}</svg>'


def _sample(key: Key, x: float, y: float, paint: Paint) -> str:
    """A key's symbol in a box of 18 by 12 pixels."""
    colour = paint.colour
    if key.kind == "site":
        return site_symbol(key.level, x + 9, y + 6, colour)
    if key.kind == "village":
        return village_symbol(x + 9, y + 6, 2500, colour)
    if key.kind == "reach":
        return f'<path d="M{x:g} {y + 6:g}h18" stroke="{colour["ink"]}" stroke-opacity=".6"/>'
    fill = {"gap": "url(#gap)", "muted": colour["band"], "step": paint.blues[key.step]}[key.kind]
    rim = f' stroke="{colour["amberfill"]}" stroke-width="1.5"' if key.kind == "gap" else ""
    return f'<rect x="{x + 1:g}" y="{y + 1:g}" width="16" height="10" fill="{fill}"{rim}/>'


def printed_legend(keys: Sequence[Key], paint: Paint, width: float, height: float) -> tuple[float, str]:
    """The height of a drawing with its legend below, and the legend: paper has no style sheet to lay it out."""
    x, y, parts = LEGEND_PAD, height + 8, []
    for key in keys:
        wide = 24 + sum(SMALL if ord(letter) > 0x2E7F else 0.58 * SMALL for letter in key.words) + 14
        if x + wide > width and x > LEGEND_PAD:
            x, y = LEGEND_PAD, y + LEGEND_LINE
        ink = paint.colour["ink2"]
        words = f'<text x="{x + 23:g}" y="{y + 10:g}" font-size="{SMALL:g}" fill="{ink}">{escape(key.words)}</text>'
        parts.append(_sample(key, x, y, paint) + words)
        x += wide
    return (y + LEGEND_LINE if keys else height), "".join(parts)
