"""Townships side by side: where borders do not meet, how much a district measures, and fewer vertices for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from data_access.coordinates import DECIMALS
from data_access.coverage import Frame, frame_of
from data_access.maps.outlines import Outline, area_km2, vertices
from data_access.text import Text

BUDGET = 25_000  # vertices a browser without a graphics card moves in a second or two
GAP_M = 30.0  # borders of neighbours that run apart no further are meant to be one
SMALLEST_M2 = 100.0  # gaps and overlaps below it are not worth a sentence
WRONG_SHARE = 0.01  # of the smaller township: an overlap larger than that is no matter of precision
TOLERANCES_M = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 1000, 2000, 5000)

OVERLAP = Text(
    "与“{other}”重叠约 {area}，边界约 {km} 公里，在（{lon}，{lat}）附近",
    "It overlaps “{other}” by about {area}, along {km} km, near ({lon}, {lat})",
)
APART = Text(
    "与“{other}”的边界没有对齐，约 {km} 公里，在（{lon}，{lat}）附近",
    "Its border and that of “{other}” do not meet, along {km} km, near ({lon}, {lat})",
)
HOLE = Text(
    "{names}之间有 {area} 不属于任何乡镇，在（{lon}，{lat}）附近",
    "Between {names}, {area} belong to no township, near ({lon}, {lat})",
)
HECTARES, SQUARE_METRES = Text("{n} 公顷", "{n} ha"), Text("{n} 平方米", "{n} m²")


@dataclass(frozen=True)
class Seam:
    """One place where townships do not fit together: the one it is told of, what is wrong, and whether it can be
    left as it is."""

    of: Outline
    rule: str
    words: Text
    is_error: bool = False


def seams(outlines: Sequence[Outline]) -> Iterator[Seam]:
    """Every pair of neighbours whose border is not one line: gaps up to 30 m wide, overlaps, points that differ."""
    if len(outlines) < 2:
        return
    frame = frame_of([one.shape for one in outlines])
    flat = [frame.flat(one.shape) for one in outlines]
    edges = list(shapely.coverage_invalid_edges(flat, gap_width=GAP_M))
    bad = [place for place, edge in enumerate(edges) if not edge.is_empty]
    for place, first in enumerate(bad):
        for second in bad[place + 1 :]:
            if shapely.dwithin(edges[first], edges[second], GAP_M):
                yield from _seam(outlines, flat, edges, (first, second), frame)


def _seam(
    outlines: Sequence[Outline],
    flat: Sequence[BaseGeometry],
    edges: Sequence[BaseGeometry],
    pair: tuple[int, int],
    frame: Frame,
) -> Iterator[Seam]:
    first, second = pair
    shared = shapely.intersection(edges[first], shapely.buffer(edges[second], GAP_M))
    overlap = shapely.intersection(flat[first], flat[second]).area
    # Where three townships meet, the end of a bad border comes near a neighbour that is sound.
    if overlap < SMALLEST_M2 and shared.length < 3 * GAP_M:
        return
    lon, lat = _near(shared, frame)
    facts = {"other": outlines[second].name, "km": f"{shared.length / 1000:.2f}", "lon": lon, "lat": lat}
    if overlap >= SMALLEST_M2:
        is_wrong = overlap > WRONG_SHARE * min(flat[first].area, flat[second].area)
        yield Seam(outlines[first], "overlap", OVERLAP.filled(area=area_words(overlap), **facts), is_wrong)
    else:
        yield Seam(outlines[first], "apart", APART.filled(**facts))


def holes(outlines: Sequence[Outline]) -> Iterator[Seam]:
    """Every stretch of land inside the district that no township has."""
    frame = frame_of([one.shape for one in outlines])
    flat = [frame.flat(one.shape) for one in outlines]
    for part in shapely.get_parts(shapely.union_all(flat)):
        for ring in part.interiors:
            hole = shapely.Polygon(ring)
            if hole.area >= SMALLEST_M2:
                around = [one for one, shape in zip(outlines, flat, strict=True) if shapely.dwithin(shape, ring, 0.1)]
                names = Text("、".join(f"“{one.name}”" for one in around), ", ".join(f"“{one.name}”" for one in around))
                lon, lat = _near(hole, frame)
                words = HOLE.filled(names=names, area=area_words(hole.area), lon=lon, lat=lat)
                yield Seam(around[0] if around else outlines[0], "hole", words)


def area_words(square_metres: float) -> Text:
    """A small area as it is said."""
    if square_metres >= 10_000:
        return HECTARES.filled(n=f"{square_metres / 10_000:,.1f}")
    return SQUARE_METRES.filled(n=f"{square_metres:,.0f}")


def _near(shape: BaseGeometry, frame: Frame) -> tuple[str, str]:
    """A place on a border, or inside a stretch of land, in degrees."""
    if shape.area:
        middle = shapely.point_on_surface(shape)
    else:
        longest = max(shapely.get_parts(shapely.line_merge(shape)), key=shapely.length)
        middle = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    lon, lat = frame.degrees(shapely.get_coordinates(middle))[0]
    return f"{lon:.4f}", f"{lat:.4f}"


@dataclass(frozen=True)
class Simple:
    """The shapes to be stored; ``tolerance`` is in metres, 0 where nothing was left out."""

    shapes: tuple[BaseGeometry, ...]
    tolerance: int
    before: int
    after: int


def simplified(shapes: Sequence[BaseGeometry], *, budget: int = BUDGET) -> Simple:
    """All shapes together with few enough vertices, so that neighbours keep one border; to six decimals of a degree."""
    before = vertices(shapes)
    if before <= budget:
        return Simple(tuple(_rounded(shapes)), 0, before, before)
    frame = frame_of(shapes)
    flat = [frame.flat(shape) for shape in shapes]
    made, tolerance = list(shapes), 0
    for tolerance in TOLERANCES_M:
        made = [frame.round_earth(shape) for shape in shapely.coverage_simplify(flat, tolerance)]
        if vertices(made) <= budget:
            break
    # Borders that did not meet before may cross now.
    made = [
        shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)
        for shape in made
    ]
    return Simple(tuple(_rounded(made)), tolerance, before, vertices(made))


def _rounded(shapes: Sequence[BaseGeometry]) -> Sequence[BaseGeometry]:
    """Shapes with as few decimals as leave every one of them valid, holes and all; at least six."""
    for decimals in (DECIMALS, 7, 8, 9):
        made = [_to(shape, decimals) for shape in shapes]
        made = [shapely.orient_polygons(shape, exterior_cw=False) for shape in made]
        if bool(np.all(shapely.is_valid(made))):
            return made
    return [shapely.orient_polygons(shape, exterior_cw=False) for shape in shapes]


def _to(shape: BaseGeometry, decimals: int) -> BaseGeometry:
    return shapely.transform(shape, lambda lonlat: lonlat.round(decimals))


def total_km2(outlines: Sequence[Outline]) -> float:
    """The area of all, each measured around itself."""
    return sum(area_km2(one.shape) for one in outlines)
