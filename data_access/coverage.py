"""Who lives within reach of a liaison site, who does not, and where the next site would help most.

Straight-line distances in a flat frame of metres laid around the district; roads are longer, and every figure made
from this module must say so. Distances are compared unrounded: whole metres move villages across the line.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import cos, pi, radians, sin, sqrt

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

Metres = npt.NDArray[np.float64]

_EQUATOR_M = 6_378_137.0  # CGCS2000 semi-major axis
_ECCENTRICITY_2 = 0.00669438002290  # CGCS2000 first eccentricity, squared
_ARC_STEPS = 64  # an eighth-step circle would be 0.6 % too small


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True)
class Frame:
    """A flat frame of metres around one point; within 0.4 % of the ellipsoid over a district 55 km wide."""

    lon0: float
    lat0: float

    @property
    def _scale(self) -> tuple[float, float]:
        """Metres in one degree of longitude and of latitude, from the ellipsoid's two radii at ``lat0``."""
        latitude = radians(self.lat0)
        bend = 1 - _ECCENTRICITY_2 * sin(latitude) ** 2
        across = _EQUATOR_M / sqrt(bend) * cos(latitude)
        along = _EQUATOR_M * (1 - _ECCENTRICITY_2) / bend**1.5
        return across * pi / 180, along * pi / 180

    def metres(self, lonlat: Metres) -> Metres:
        """Points in metres east and north of the origin; shape (n, 2) in, shape (n, 2) out."""
        return np.asarray((np.asarray(lonlat, dtype=float).reshape(-1, 2) - (self.lon0, self.lat0)) * self._scale)

    def degrees(self, points: Metres) -> Metres:
        """Points back in longitude and latitude; shape (n, 2) in, shape (n, 2) out."""
        return np.asarray(np.asarray(points, dtype=float).reshape(-1, 2) / self._scale + (self.lon0, self.lat0))

    def flat(self, shape: BaseGeometry) -> BaseGeometry:
        """A longitude-latitude shape in metres."""
        return shapely.transform(shape, self.metres)

    def round_earth(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in metres back in longitude and latitude."""
        return shapely.transform(shape, self.degrees)


def frame_of(shapes: Sequence[BaseGeometry]) -> Frame:
    """The flat frame at the middle of some shapes."""
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    return Frame((west + east) / 2, (south + north) / 2)


@dataclass(frozen=True)
class NextSite:
    """The village where one more site would newly cover most people.

    ``people`` leaves out villages of unknown population; ``villages`` counts them.
    """

    village_code: str
    name: str
    region_code: str
    lon: float
    lat: float
    people: int
    villages: int


@dataclass(frozen=True)
class Coverage:
    """What the sites of some levels reach within one radius.

    ``villages`` has one row a village that has coordinates, by village code: ``village_code``, ``name``,
    ``region_code``, ``population`` (missing when unknown), ``lon``, ``lat``, ``distance_m`` (to the nearest site,
    unrounded; missing when there is no site), ``site_id``, ``site``, ``site_region``, ``is_covered``,
    ``is_across`` (the nearest site stands in another township).
    ``shape`` is the area reached in longitude and latitude, clipped to the district; empty without sites or district.
    """

    levels: tuple[str, ...]
    radius_km: float
    villages: pd.DataFrame
    sites: int
    sites_unlocated: int
    villages_unlocated: int
    villages_uncounted: int
    area_km2: float | None
    area_reached_km2: float | None
    shape: BaseGeometry
    frame: Frame

    @cached_property
    def next_site(self) -> NextSite | None:
        """Where one more site would newly cover most people; None when nothing is left uncovered."""
        return next_site(self.villages, self.frame, self.radius_km * 1000)

    @property
    def village_count(self) -> int:
        """Villages with coordinates: the base of ``village_share``."""
        return len(self.villages)

    @property
    def villages_covered(self) -> int:
        """Villages with coordinates within the radius of a site."""
        return int(self.villages["is_covered"].sum())

    @property
    def village_share(self) -> float | None:
        """Covered share of the villages with coordinates; None when there is none."""
        return _share(self.villages_covered, self.village_count)

    @property
    def people(self) -> int:
        """People of the villages with coordinates and a known population: the base of ``people_share``."""
        return int(self.villages["population"].sum())

    @property
    def people_covered(self) -> int:
        """People of the covered villages, where known."""
        return int(self.villages.loc[self.villages["is_covered"], "population"].sum())

    @property
    def people_share(self) -> float | None:
        """Covered share of ``people``; None when there are none."""
        return _share(self.people_covered, self.people)

    @property
    def area_share(self) -> float | None:
        """Covered share of the district's area; None when its shape is unknown."""
        if self.area_km2 is None or self.area_reached_km2 is None:
            return None
        return _share(self.area_reached_km2, self.area_km2)

    @cached_property
    def uncovered(self) -> pd.DataFrame:
        """The rows of ``villages`` beyond the radius, farthest first; with no site at all, most people first."""
        return self.villages.loc[~self.villages["is_covered"]].sort_values(
            ["distance_m", "population", "village_code"], ascending=[False, False, True], ignore_index=True
        )

    @cached_property
    def by_region(self) -> dict[str, tuple[int, int]]:
        """By region code: how many of its villages with coordinates are covered, and how many there are."""
        made: dict[str, tuple[int, int]] = {}
        for region, is_covered in zip(self.villages["region_code"], self.villages["is_covered"], strict=True):
            covered, known = made.get(region, (0, 0))
            made[region] = (covered + bool(is_covered), known + 1)
        return made

    @cached_property
    def across(self) -> pd.DataFrame:
        """The rows of ``villages`` whose nearest site stands in another township, by village code."""
        return self.villages.loc[self.villages["is_across"]].reset_index(drop=True)


def coverage(
    villages: pd.DataFrame,
    sites: pd.DataFrame,
    *,
    levels: Collection[str],
    radius_km: float,
    district: BaseGeometry | None = None,
    townships: Collection[str] = (),
) -> Coverage:
    """Reach of the sites of ``levels`` within ``radius_km``, measured to any site, whichever township it stands in.

    Args:
        villages: ``village_code``, ``name``, ``region_code``, ``population``, ``lon``, ``lat`` of the whole
            district; gaps allowed in the last three.
        sites: ``id``, ``name``, ``level``, ``region_code``, ``lon``, ``lat``; gaps allowed in the last two.
        district: The shape in longitude and latitude that bounds the area; None leaves the area unknown.
        townships: Count only the villages of these townships; empty means all. Sites are never narrowed by it: a
            site across the border serves these villages too.
    """
    counted = villages[villages["region_code"].isin(list(townships))] if townships else villages
    standing = sites[sites["level"].isin(list(levels))]
    here, there = _located(counted, "village_code"), _located(standing, "id")
    # Laid around all villages, so that no filter moves the frame and with it a village on the line.
    frame = frame_around(villages, sites)
    radius_m = radius_km * 1000
    measured = _measure(here, there, frame, radius_m)
    reached, area, area_reached = _reach(there, frame, radius_m, district)
    return Coverage(
        levels=tuple(levels),
        radius_km=radius_km,
        villages=measured,
        sites=len(there),
        sites_unlocated=len(standing) - len(there),
        villages_unlocated=len(counted) - len(here),
        villages_uncounted=int(counted["population"].isna().sum()),
        area_km2=area,
        area_reached_km2=area_reached,
        shape=reached,
        frame=frame,
    )


def bounded(covered: Coverage, sites: pd.DataFrame, district: BaseGeometry) -> Coverage:
    """The same coverage with the area reached; ``sites`` and ``district`` as for ``coverage``."""
    there = _located(sites[sites["level"].isin(list(covered.levels))], "id")
    shape, area, reached = _reach(there, covered.frame, covered.radius_km * 1000, district)
    return replace(covered, shape=shape, area_km2=area, area_reached_km2=reached)


def ladder(
    villages: pd.DataFrame,
    sites: pd.DataFrame,
    *,
    level_sets: Sequence[Collection[str]],
    radii_km: Sequence[float],
    district: BaseGeometry | None = None,
    townships: Collection[str] = (),
) -> pd.DataFrame:
    """Covered shares for every choice of levels and radius, so that no single choice passes for the only one.

    Returns: Columns ``levels`` (codes joined by ``+``), ``radius_km``, ``village_share``, ``people_share``,
        ``area_share`` (0 to 1, missing without a base); one row per choice, in the order given.
    """
    made = [
        coverage(villages, sites, levels=levels, radius_km=radius, district=district, townships=townships)
        for levels in level_sets
        for radius in radii_km
    ]
    rows = [("+".join(one.levels), one.radius_km, one.village_share, one.people_share, one.area_share) for one in made]
    return pd.DataFrame(rows, columns=["levels", "radius_km", "village_share", "people_share", "area_share"])


def frame_around(*tables: pd.DataFrame) -> Frame:
    """The flat frame at the middle of the first table that has a row with ``lon`` and ``lat``; 0, 0 without any."""
    for table in tables:
        points = _degrees(table)
        known = points[~np.isnan(points).any(axis=1)]
        if len(known):
            lon, lat = (known.min(axis=0) + known.max(axis=0)) / 2
            return Frame(float(lon), float(lat))
    return Frame(0.0, 0.0)


def next_site(villages: pd.DataFrame, frame: Frame, radius_m: float) -> NextSite | None:
    """The village that would newly cover most people; ties go to more villages, then to the smaller code.

    ``villages`` is the table of ``Coverage``. None when nothing is left uncovered.
    """
    left = villages[~villages["is_covered"]]
    if left.empty:
        return None
    gains = _distances(_points(villages, frame), _points(left, frame)) <= radius_m
    people = gains @ left["population"].fillna(0).to_numpy(dtype=float)
    counts = gains.sum(axis=1)
    ranked = villages.assign(gain=people, count=counts).sort_values(
        ["gain", "count", "village_code"], ascending=[False, False, True]
    )
    best = ranked.iloc[0]
    return NextSite(
        village_code=str(best["village_code"]),
        name=str(best["name"]),
        region_code=str(best["region_code"]),
        lon=float(best["lon"]),
        lat=float(best["lat"]),
        people=int(best["gain"]),
        villages=int(best["count"]),
    )


def _located(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """The rows with both coordinates, by key."""
    known = table[table["lon"].notna() & table["lat"].notna()]
    return known.sort_values(key, ignore_index=True)


def _degrees(table: pd.DataFrame) -> Metres:
    """Longitude and latitude, NaN where they are missing; shape (n, 2)."""
    return np.column_stack([table[name].to_numpy(dtype=float) for name in ("lon", "lat")])


def _points(table: pd.DataFrame, frame: Frame) -> Metres:
    return frame.metres(_degrees(table))


def _distances(origins: Metres, targets: Metres) -> Metres:
    """Metres between every origin and every target; shape (origins, targets)."""
    gaps = origins[:, None, :] - targets[None, :, :]
    return np.asarray(np.hypot(gaps[..., 0], gaps[..., 1]))


def _measure(villages: pd.DataFrame, sites: pd.DataFrame, frame: Frame, radius_m: float) -> pd.DataFrame:
    """Each village with its nearest site; of two equally near, the smaller id."""
    columns = ["village_code", "name", "region_code", "population", "lon", "lat"]
    table = villages[columns].assign(population=pd.to_numeric(villages["population"]))
    if sites.empty or villages.empty:
        return table.assign(
            distance_m=np.nan, site_id=None, site=None, site_region=None, is_covered=False, is_across=False
        )
    distances = _distances(_points(villages, frame), _points(sites, frame))
    nearest = sites.iloc[distances.argmin(axis=1)]
    shortest = distances.min(axis=1)
    return table.assign(
        distance_m=shortest,
        site_id=nearest["id"].to_numpy(),
        site=nearest["name"].to_numpy(),
        site_region=nearest["region_code"].to_numpy(),
        is_covered=shortest <= radius_m,
        is_across=nearest["region_code"].to_numpy() != table["region_code"].to_numpy(),
    )


def _reach(
    sites: pd.DataFrame, frame: Frame, radius_m: float, district: BaseGeometry | None
) -> tuple[BaseGeometry, float | None, float | None]:
    """The area reached (longitude, latitude), the district's area and the part of it reached, in km²."""
    if district is None or district.is_empty:
        return shapely.Polygon(), None, None
    land = frame.flat(district)
    discs = shapely.buffer(shapely.points(_points(sites, frame)), radius_m, quad_segs=_ARC_STEPS)
    reached = shapely.intersection(shapely.union_all(discs), land)
    return frame.round_earth(reached), land.area / 1e6, reached.area / 1e6
