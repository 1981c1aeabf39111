"""Shapes of a map file: each made a polygon in CGCS2000, or named with what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from data_access.coordinates import misplaced, to_cgcs2000
from data_access.coverage import frame_of
from data_access.maps.files import Feature
from data_access.text import Text

MENDED_SHARE = 0.001  # of its area; a shape that mending changes more has to be looked at
MOST_VERTICES = 200_000

NO_GEOMETRY = Text("没有图形", "It has no geometry")
NOT_A_POLYGON = Text("图形是 {kind}，应为 Polygon 或 MultiPolygon", "A {kind}, where Polygon or MultiPolygon is meant")
CURVED = Text("图形含曲线，请先离散化为折线", "It holds curves; turn them into straight segments first")
BAD_RING = Text("第{ring}个环不是一列坐标：{why}", "Ring {ring} is no list of coordinates: {why}")
FEW_POINTS = Text("不足四个点", "fewer than four points")
NOT_NUMBERS = Text("有不是数字的坐标", "not all of them are numbers")
NOT_CLOSED = Text("首尾不相接", "it does not end where it begins")
NOTHING_LEFT = Text("图形无效且修复后没有面积：{why}", "It is invalid, and no area is left when it is mended: {why}")
MENDED = Text(
    "图形无效（{why}），已修复，面积变化 {share}", "It was invalid ({why}) and is mended; its area changed by {share}"
)


class Unusable(ValueError):
    """A geometry nobody can draw; ``words`` says why."""

    def __init__(self, rule: str, words: Text) -> None:
        super().__init__(words.en)
        self.rule, self.words = rule, words


@dataclass(frozen=True)
class Outline:
    """One shape: as supplied, in its own system, and as it is to be stored, in CGCS2000.

    ``mended`` says what was wrong and how much mending changed the area, None where nothing was; ``code`` is empty
    until its township is known.
    """

    number: int
    name: str
    source: BaseGeometry
    system: str
    shape: BaseGeometry
    mended: Text | None = None
    mended_share: float = 0.0
    code: str = ""
    level: str = ""

    def of(self, code: str, name: str, level: str) -> Outline:
        """The same shape, with the region it draws."""
        return replace(self, code=code, name=name, level=level)


def outline(feature: Feature, name: str, system: str) -> Outline:
    """The shape of a feature.

    Raises:
        Unusable: It is no polygon, has no coordinates of that system, or nothing is left of it.
    """
    source = polygons(feature.geometry)
    if wrong := misplaced(shapely.get_coordinates(source), system):
        raise Unusable("misplaced", wrong)
    made = Outline(feature.number, name, source, system, converted(source, system))
    return made if made.shape.is_valid else _mended(made)


def converted(shape: BaseGeometry, system: str) -> BaseGeometry:
    """A shape of a system in CGCS2000."""
    return shapely.transform(shape, lambda lonlat: to_cgcs2000(lonlat, system))


def polygons(found: Any) -> BaseGeometry:
    """A GeoJSON geometry as polygons.

    Raises:
        Unusable: It is something else.
    """
    if not isinstance(found, dict):
        raise Unusable("no_geometry", NO_GEOMETRY)
    kind, rings = str(found.get("type"))[:40], found.get("coordinates")
    if kind.casefold().startswith(("curve", "multisurface", "compound", "circular")):
        raise Unusable("curved", CURVED)
    if kind not in ("Polygon", "MultiPolygon"):
        raise Unusable("not_a_polygon", NOT_A_POLYGON.filled(kind=kind))
    parts = [rings] if kind == "Polygon" else rings
    if (
        not isinstance(parts, list | tuple)
        or not parts
        or not all(isinstance(part, list | tuple) and part for part in parts)
    ):
        raise Unusable("no_geometry", NO_GEOMETRY)
    count = 0
    made = []
    for part in parts:
        read = [_ring(ring, count + place) for place, ring in enumerate(part, 1)]
        count += len(read)
        made.append(shapely.Polygon(read[0], read[1:]))
    return made[0] if len(made) == 1 else shapely.MultiPolygon(made)


def _ring(found: Any, number: int) -> Any:
    """The points of a ring, shape (n, 2); heights are left out."""

    def refused(why: Text) -> Unusable:
        return Unusable("bad_ring", BAD_RING.filled(ring=number, why=why))

    if not isinstance(found, list | tuple) or len(found) < 4:
        raise refused(FEW_POINTS)
    try:
        points = np.asarray(found)
    except ValueError as error:
        raise refused(NOT_NUMBERS) from error
    if points.dtype.kind not in "fiu" or points.ndim != 2 or points.shape[1] < 2:
        raise refused(NOT_NUMBERS)
    points = points[:, :2].astype(float)
    if not np.isfinite(points).all():
        raise refused(NOT_NUMBERS)
    if (points[0] != points[-1]).any():
        raise refused(NOT_CLOSED)
    return points


def _mended(made: Outline) -> Outline:
    """The same with a valid shape: holes stay holes, and what has no area goes."""
    why = Text(*(shapely.is_valid_reason(made.shape)[:80],) * 2)
    before, after = made.shape, shapely.make_valid(made.shape, method="structure", keep_collapsed=False)
    if after.is_empty or after.geom_type not in ("Polygon", "MultiPolygon"):
        raise Unusable("nothing_left", NOTHING_LEFT.filled(why=why))
    frame = frame_of([before])
    whole = frame.flat(before).area
    share = abs(frame.flat(after).area - whole) / whole if whole else 1.0
    words = MENDED.filled(why=why, share=f"{share:.3%}")
    return replace(made, shape=after, mended=words, mended_share=share)


def area_km2(shape: BaseGeometry) -> float:
    """The area of a shape in degrees, in a flat frame around itself."""
    return float(frame_of([shape]).flat(shape).area / 1e6)


def vertices(shapes: Sequence[BaseGeometry]) -> int:
    """Points of all shapes, as they are counted in a file."""
    return int(shapely.get_num_coordinates(list(shapes)).sum()) if len(shapes) else 0
