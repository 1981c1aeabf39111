"""Coverage a second time, in plain loops over one village and one site at a time."""

from __future__ import annotations

from collections.abc import Collection
from math import cos, hypot, radians, sin, sqrt
from typing import Any

import pandas as pd

Row = dict[str, Any]


def rows(table: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def metres_apart(one: Row, other: Row, latitude: float) -> float:
    """Straight line on the ellipsoid's tangent frame at ``latitude``, in metres."""
    phi = radians(latitude)
    bend = 1 - 0.00669438002290 * sin(phi) ** 2
    east = radians(one["lon"] - other["lon"]) * 6378137.0 / sqrt(bend) * cos(phi)
    north = radians(one["lat"] - other["lat"]) * 6378137.0 * (1 - 0.00669438002290) / bend**1.5
    return hypot(east, north)


def covered(villages: pd.DataFrame, sites: pd.DataFrame, levels: Collection[str], radius_km: float) -> set[str]:
    """Codes of the villages within the radius of any located site of those levels."""
    located = [row for row in rows(villages) if pd.notna(row["lon"]) and pd.notna(row["lat"])]
    latitude = (min(row["lat"] for row in located) + max(row["lat"] for row in located)) / 2
    reached = set()
    for village in located:
        for site in rows(sites):
            if site["level"] not in levels or pd.isna(site["lon"]) or pd.isna(site["lat"]):
                continue
            if metres_apart(village, site, latitude) <= radius_km * 1000:
                reached.add(village["village_code"])
    return reached


def best_gain(villages: pd.DataFrame, reached: set[str], radius_km: float) -> float:
    """Most people any one village would newly cover if a site stood in it."""
    located = [row for row in rows(villages) if pd.notna(row["lon"]) and pd.notna(row["lat"])]
    latitude = (min(row["lat"] for row in located) + max(row["lat"] for row in located)) / 2
    gains = [0.0]
    for place in located:
        gain = 0.0
        for village in located:
            near = metres_apart(place, village, latitude) <= radius_km * 1000
            if near and village["village_code"] not in reached and pd.notna(village["population"]):
                gain += village["population"]
        gains.append(gain)
    return max(gains)
