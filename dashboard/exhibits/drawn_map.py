"""A map of townships drawn as SVG from our own shapes: no ground, no tiles, no request; the same on screen and paper.

``draw`` makes the picture of a sheet; ``movable_map`` shows the same sheet as a movable map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from html import escape

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.basemap import embedded
from dashboard.exhibits.drawing import Drawing
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.map_label import Box, place
from dashboard.exhibits.map_sheet import Area, Ground, Label, Mark, Sheet
from dashboard.exhibits.map_symbols import (
    SITE_ORDER,
    SMALL,
    Paint,
    legend,
    printed_legend,
    site_symbol,
    village_symbol,
)
from dashboard.theme import FONT
from data_access.coverage import Frame

PAD = 8.0
ON_GROUND, MUTED_ON_GROUND = 0.62, 0.3  # how much of its own colour a township keeps over a map below it
NAME = 12.0  # px as seen where the card is as wide as the drawing
LINE = 1.25  # em
FINEST, COARSE = 0.4, 3.0  # px; smaller bends of a border are left out when drawing, and when placing names
CROWDED = 0.3  # of the words may cover marks or leave the area before the figure is left out
PHONE = 330.0  # px the drawing is wide on a phone
SMALL_AREA = 1300.0  # px² there; names of smaller areas are left out


NOTHING = Sheet(())


@dataclass(frozen=True)
class DrawnMap(Drawing):
    """A drawing with what it was drawn from, so that the movable map shows the same; ``labels`` go with the areas."""

    sheet: Sheet = NOTHING
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Plane:
    """From degrees to the drawing's pixels: a flat frame around the district, north up."""

    frame: Frame
    scale: float
    left: float
    top: float
    width: float
    height: float

    @classmethod
    def over(cls, shapes: Sequence[BaseGeometry], width: float) -> Plane:
        """A plane ``width`` pixels wide that holds all shapes."""
        west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
        frame = Frame((west + east) / 2, (south + north) / 2)
        (x0, y0), (x1, y1) = frame.metres(np.array([(west, south), (east, north)]))
        scale = (width - 2 * PAD) / max(x1 - x0, 1.0)
        return cls(frame, scale, x0, y1, width, (y1 - y0) * scale + 2 * PAD)

    def flat(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in pixels from the upper left corner."""
        return shapely.transform(shape, self._pixels)

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """A place in pixels from the upper left corner."""
        x, y = self._pixels(np.array([(lon, lat)]))[0]
        return float(x), float(y)

    def points(self, marks: Sequence[Mark]) -> tuple[tuple[float, float], ...]:
        """The places of marks in pixels."""
        found = self._pixels(np.array([(mark.lon, mark.lat) for mark in marks], dtype=float))
        return tuple((float(x), float(y)) for x, y in found)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A spot of the drawing in degrees: the way back from ``point``."""
        metres = np.array([((x - PAD) / self.scale + self.left, self.top - (y - PAD) / self.scale)])
        lon, lat = self.frame.degrees(metres)[0]
        return float(lon), float(lat)

    def _pixels(self, lonlat: np.ndarray) -> np.ndarray:
        metres = self.frame.metres(lonlat)
        return np.column_stack(
            [PAD + (metres[:, 0] - self.left) * self.scale, PAD + (self.top - metres[:, 1]) * self.scale]
        )


def draw(sheet: Sheet, view: View, *, width: float = 620, tallest: int = 460, alt: str = "") -> DrawnMap:
    """The sheet as a drawing ``width`` pixels wide, shown at most ``tallest`` pixels high.

    Township borders are simplified together, so that neighbours keep one common border.
    """
    screen, paper = Paint.screen(view.mode), Paint.paper()
    laid = _Laid.out(sheet, width)
    plane = laid.plane
    style = f'width="100%" style="max-height:{tallest}px;--phone:{SMALL * width / PHONE:.0f}px"'
    tall, below = printed_legend(sheet.keys, paper, plane.width, plane.height)
    return DrawnMap(
        svg=partial(_svg, laid, screen, alt, style, plane.height, first=_PHONE),
        printed=partial(_svg, laid, paper, alt, f"font-family='{FONT}'", tall, last=below),
        legend=legend(sheet.keys, view.mode),
        sheet=sheet,
        labels=tuple(Label(*plane.place(words.x, words.y), words.lines) for words in laid.names),
    )


@dataclass(frozen=True)
class _Laid:
    """The sheet in pixels: paths and places, computed once for both drawings."""

    sheet: Sheet
    plane: Plane
    paths: tuple[str, ...]
    reach: str
    spots: tuple[tuple[float, float], ...]
    dots: tuple[tuple[float, float], ...]
    names: tuple[_Words, ...]

    @classmethod
    def out(cls, sheet: Sheet, width: float) -> _Laid:
        plane, paths, rough = _ground(tuple(area.shape for area in sheet.areas), width)
        spots, dots = plane.points(sheet.sites), plane.points(sheet.villages)
        taken = (*((x, y, 7.0) for x, y in spots), *((x, y, 3.5) for x, y in dots))
        names = tuple(_words(area, plane, shape, taken) for area, shape in zip(sheet.areas, rough, strict=True))
        reach = _reach(sheet.reach, plane) if sheet.reach else ""
        return cls(sheet, plane, paths, reach, spots, dots, names)


# No filter changes the shapes of townships: they are laid out once for each width.
@lru_cache(maxsize=8)
def _ground(shapes: tuple[BaseGeometry, ...], width: float) -> tuple[Plane, tuple[str, ...], tuple[BaseGeometry, ...]]:
    """The plane over some shapes, their paths on it, and the shapes in pixels, roughly, for placing names."""
    plane = Plane.over(shapes, width)
    flat = simplified([plane.flat(shape) for shape in shapes], FINEST)
    return plane, tuple(path(shape) for shape in flat), tuple(shapely.simplify(list(flat), COARSE))


@lru_cache(maxsize=32)
def _reach(shape: BaseGeometry, plane: Plane) -> str:
    """The path of the line of reach on a plane, which few filters change."""
    return path(shapely.simplify(plane.flat(shape), FINEST))


def simplified(shapes: Sequence[BaseGeometry], tolerance: float) -> tuple[BaseGeometry, ...]:
    """Neighbouring shapes with fewer bends and no gaps between them; ``tolerance`` is a length in their unit."""
    return tuple(shapely.coverage_simplify(list(shapes), tolerance))


@dataclass(frozen=True)
class _Words:
    """The lines written on an area, and their middle."""

    lines: tuple[str, ...]
    x: float
    y: float
    is_crowded: bool


def _words(area: Area, plane: Plane, shape: BaseGeometry, marks: tuple[tuple[float, float, float], ...]) -> _Words:
    """Name and figure; the name alone where both would cover more than the name does."""
    second = "" if area.muted else area.warning or area.value
    lines = (area.name, second) if second else (area.name,)
    middle = plane.point(area.lon, area.lat)
    box, harm = place(shape, _box(lines, middle), marks)
    if len(lines) > 1 and not area.warning and harm > CROWDED:
        alone, less = place(shape, _box(lines[:1], middle), marks)
        if less < harm:
            lines, box, harm = lines[:1], alone, less
    room = shapely.area(shape) * (PHONE / plane.width) ** 2
    return _Words(lines, box.x, box.y, bool(room < SMALL_AREA))


def _box(lines: Sequence[str], middle: tuple[float, float]) -> Box:
    ems = max(sum(1.0 if ord(letter) > 0x2E7F else 0.58 for letter in line) for line in lines)
    return Box(*middle, ems * NAME, LINE * NAME * len(lines))


# On a phone the drawing shrinks to a good half: larger letters, no second line, names in the crowded centre left out.
_PHONE = (
    "<style>@media(max-width:700px){.map svg text{font-size:var(--phone)}"
    ".map svg .second,.map svg .crowded{display:none}}</style>"
)


def _svg(laid: _Laid, paint: Paint, alt: str, style: str, height: float, *, first: str = "", last: str = "") -> str:
    """The whole drawing from the ground up; ``first`` and ``last`` are put before and after everything in it."""
    colour, role = paint.colour, "group" if paint.linked else "img"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {laid.plane.width:g} {height:.0f}" role="{role}" '
        f'aria-label="{escape(alt)}" {style}>{first}',
        '<defs><pattern id="gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="{colour["card"]}"/>'
        f'<path d="M0 0V6" stroke="{colour["hatch"]}" stroke-width="1.6"/></pattern></defs>',
    ]
    pairs = list(zip(laid.sheet.areas, laid.paths, strict=True))
    ground = laid.sheet.ground
    parts.append(_ground_picture(ground, laid.plane, paint, height))
    parts += [_linked(area.href, area.hover, _area(area, data, paint, ground), paint) for area, data in pairs]
    parts += [_line(data, colour["amberfill"], 2.2) for area, data in pairs if area.warning and not area.muted]
    if laid.reach:
        parts.append(_line(laid.reach, colour["ink"], 1, opacity=0.55))
    parts += [
        _linked(mark.href, mark.hover, village_symbol(x, y, mark.people, colour), paint)
        for mark, (x, y) in zip(laid.sheet.villages, laid.dots, strict=True)
    ]
    parts += [
        _linked(mark.href, mark.hover, site_symbol(mark.level, x, y, colour), paint)
        for mark, (x, y) in sorted(zip(laid.sheet.sites, laid.spots, strict=True), key=_stations_last)
    ]
    parts += [_name(area, words, paint) for area, words in zip(laid.sheet.areas, laid.names, strict=True)]
    return "".join((*parts, last, "</svg>"))


def _stations_last(pair: tuple[Mark, tuple[float, float]]) -> int:
    return -SITE_ORDER.index(pair[0].level)


def _linked(href: str, hover: str, inner: str, paint: Paint) -> str:
    if not paint.linked:
        return inner
    title = f"<title>{escape(hover)}</title>" if hover else ""
    return f'<a href="{escape(href)}">{title}{inner}</a>' if href else f"<g>{title}{inner}</g>"


def _area(area: Area, data: str, paint: Paint, ground: Ground | None) -> str:
    is_clear = ground is not None and bool(ground.picture)
    clear = f' fill-opacity="{MUTED_ON_GROUND if area.muted else ON_GROUND:g}"' if is_clear else ""
    return (
        f'<path d="{data}" fill="{_fill(area, paint)}"{clear} stroke="{paint.colour["card"]}" stroke-width="1.5"'
        ' stroke-linejoin="round"/>'
    )


def _ground_picture(ground: Ground | None, plane: Plane, paint: Paint, height: float) -> str:
    """The scanned map, cut to the drawing; on paper written out, since a file has nobody to ask."""
    if ground is None or not ground.picture:
        return ""
    west, south, east, north = ground.bounds
    (x, y), (right, low) = plane.point(west, north), plane.point(east, south)
    source = ground.picture if paint.linked else embedded(ground.file)
    return (
        f'<clipPath id="sheet"><rect width="{plane.width:g}" height="{min(height, plane.height):.0f}"/></clipPath>'
        f'<g clip-path="url(#sheet)"><image href="{escape(source)}" x="{x:.1f}" y="{y:.1f}" width="{right - x:.1f}"'
        f' height="{low - y:.1f}" preserveAspectRatio="none"/></g>'
    )


def _fill(area: Area, paint: Paint) -> str:
    if area.muted:
        return paint.colour["band"]
    if area.warning or area.step is None:
        return "url(#gap)"
    return paint.blues[area.step]


def _line(data: str, colour: str, width: float, opacity: float = 1) -> str:
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-opacity="{opacity:g}"'
        ' stroke-linejoin="round" pointer-events="none"/>'
    )


def _name(area: Area, words: _Words, paint: Paint) -> str:
    """The words on an area, with a rim in the colour below so that dots and lines do not cut them."""
    colour, has_warning = paint.colour, bool(area.warning) and not area.muted
    is_plain = area.step is not None and not has_warning and not area.muted
    rim = _fill(area, paint) if is_plain or area.muted else colour["card"]
    ink = paint.inks[area.step or 0] if is_plain else colour["ink3" if area.muted else "ink"]
    bold = ' font-weight="700"' if has_warning else ""
    crowded = ' class="crowded"' if words.is_crowded else ""
    first = words.y - LINE / 2 * NAME * (len(words.lines) - 1) + 4.2  # a letter stands that far below its middle
    second = ""
    if len(words.lines) > 1:
        kind = "" if has_warning else ' class="second"'
        tone = colour["amber"] if has_warning else ink
        second = f'<tspan x="{words.x:.1f}" dy="{LINE}em" style="fill:{tone}"{kind}>{escape(words.lines[1])}</tspan>'
    return (
        f'<text x="{words.x:.1f}" y="{first:.1f}" font-size="{NAME:g}"'
        f' style="fill:{ink}" text-anchor="middle" paint-order="stroke" stroke="{rim}" stroke-width="3.5"'
        f' stroke-linejoin="round" pointer-events="none"{bold}{crowded}>{escape(words.lines[0])}{second}</text>'
    )


def path(shape: BaseGeometry) -> str:
    """SVG path data of polygons, holes and all, to a tenth of a pixel."""
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and not part.is_empty
        for ring in (part.exterior, *part.interiors)
    ]
    lines = (shapely.get_coordinates(ring)[:-1].tolist() for ring in rings)
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in line) + "Z" for line in lines)
