"""Township outlines of a place that does not exist: they tile the district without gaps or overlaps."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, pi, radians, sin
from random import Random

import shapely
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.ops import linemerge, polygonize, unary_union

# The middle of the district; degrees per metre there.
CENTRE_LON, CENTRE_LAT = 110.0, 30.0
_LON_PER_M = 1 / (111_320 * cos(radians(CENTRE_LAT)))
_LAT_PER_M = 1 / 110_850

_HALF_WIDTH, _HALF_HEIGHT = 23_000.0, 18_000.0
# The county town lies off the middle, as they do.
_TOWN_X, _TOWN_Y = 2_600.0, -1_700.0
_BEND = 0.11
_BENDS = 5

Place = tuple[float, float]


def outlines(seed: int, streets: int, towns: int) -> list[Polygon]:
    """Outlines in metres around the centre: the streets first, small and in the middle, then the towns around them.

    Raises:
        ValueError: No valid tiling was found for this seed and its successors.
    """
    for attempt in range(40):
        chance = Random(f"{seed}/shapes/{attempt}")
        places = _street_places(chance, streets) + _town_places(chance, towns)
        cells = _tiling(chance, places)
        if cells is not None:
            return cells
    raise ValueError(f"No valid tiling for seed {seed}; choose another seed.")


def degrees(shape: Polygon) -> Polygon:
    """The same shape in longitude and latitude, to six decimals, exterior ring counter-clockwise."""
    holes = [[lon_lat(x, y) for x, y in ring.coords] for ring in shape.interiors]
    moved = Polygon([lon_lat(x, y) for x, y in shape.exterior.coords], holes)
    return shapely.orient_polygons(moved, exterior_cw=False)


def lon_lat(x: float, y: float) -> Place:
    """Longitude and latitude of a place given in metres, to six decimals."""
    return round(CENTRE_LON + x * _LON_PER_M, 6), round(CENTRE_LAT + y * _LAT_PER_M, 6)


def places_within(chance: Random, area: Polygon, count: int, spacing: float) -> list[Place]:
    """Places in metres inside an area, apart from each other; the spacing shrinks where there is no room."""
    inner = area.buffer(-250)
    west, south, east, north = inner.bounds
    found: list[Place] = []
    tries = 0
    while len(found) < count:
        tries += 1
        if tries % 200 == 0:
            spacing *= 0.85
        x, y = chance.uniform(west, east), chance.uniform(south, north)
        if all(hypot(x - a, y - b) >= spacing for a, b in found) and inner.contains(Point(x, y)):
            found.append((x, y))
    return found


def place_near(chance: Random, area: Polygon, middle: Place, metres: float) -> Place:
    """Longitude and latitude of a place inside an area, at most so far east or north of another one inside it."""
    x, y = (middle[0] - CENTRE_LON) / _LON_PER_M, (middle[1] - CENTRE_LAT) / _LAT_PER_M
    east, north = chance.uniform(-metres, metres), chance.uniform(-metres, metres)
    while not area.contains(Point(x + east, y + north)):
        east, north = east / 2, north / 2
    return lon_lat(x + east, y + north)


def _street_places(chance: Random, count: int) -> list[Place]:
    around = [(index + chance.uniform(-0.2, 0.2)) * 2 * pi / (count - 1) for index in range(count - 1)]
    ring = [(chance.uniform(2_300, 3_300) * cos(angle), chance.uniform(2_000, 2_900) * sin(angle)) for angle in around]
    middle = (chance.uniform(-300, 300), chance.uniform(-300, 300))
    return [(x + _TOWN_X, y + _TOWN_Y) for x, y in (middle, *ring)]


def _town_places(chance: Random, count: int) -> list[Place]:
    near = count // 3 + 1
    return _ring(chance, near, (0.30, 0.42), (_TOWN_X, _TOWN_Y)) + _ring(chance, count - near, (0.70, 0.86), (0, 0))


def _ring(chance: Random, count: int, reach: Place, middle: Place) -> list[Place]:
    turn = chance.uniform(0, 1)
    around = [(turn + index + chance.uniform(-0.2, 0.2)) * 2 * pi / count for index in range(count)]
    reaches = [chance.uniform(*reach) for _ in around]
    return [
        (middle[0] + _HALF_WIDTH * far * cos(angle), middle[1] + _HALF_HEIGHT * far * sin(angle))
        for angle, far in zip(around, reaches, strict=True)
    ]


def _tiling(chance: Random, places: list[Place]) -> list[Polygon] | None:
    border = Polygon(
        [
            (_HALF_WIDTH * reach * cos(k * 2 * pi / 14), _HALF_HEIGHT * reach * sin(k * 2 * pi / 14))
            for k in range(14)
            for reach in [chance.uniform(0.88, 1.06)]
        ]
    )
    cells = shapely.voronoi_polygons(MultiPoint(places), extend_to=border)
    clipped = [shapely.set_precision(cell.intersection(border), 0.1) for cell in cells.geoms]
    # Every shared edge once, bent by a generator that knows only its own two ends: both neighbours get the same bend.
    edges = linemerge(shapely.get_parts(unary_union([cell.boundary for cell in clipped])).tolist())
    found = list(polygonize([_bent(edge) for edge in shapely.get_parts(edges)]))
    ordered = [next((cell for cell in found if cell.contains(Point(place))), None) for place in places]
    cells_found = [cell for cell in ordered if cell is not None]
    sound = (
        len(found) == len(places) == len(cells_found)
        and all(cell.is_valid for cell in found)
        and bool(shapely.coverage_is_valid([degrees(cell) for cell in found]))
    )
    return cells_found if sound else None


def _bent(edge: LineString) -> LineString:
    points: list[Place] = [(x, y) for x, y in edge.coords]
    chance = Random("/".join(f"{x:.1f},{y:.1f}" for x, y in sorted((points[0], points[-1]))))
    for _ in range(_BENDS):
        points = _bent_once(chance, points)
    return LineString(points)


def _bent_once(chance: Random, points: list[Place]) -> list[Place]:
    made = [points[0]]
    for (ax, ay), (bx, by) in pairwise(points):
        off = chance.uniform(-_BEND, _BEND)
        made += [((ax + bx) / 2 - (by - ay) * off, (ay + by) / 2 + (bx - ax) * off), (bx, by)]
    return made
