"""A shape as the table ``region_shape`` holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from data_access.coordinates import DECIMALS
from data_access.coverage import frame_of
from data_access.maps.outlines import area_km2


def geojson(shape: BaseGeometry) -> str:
    """A shape as GeoJSON text without spaces."""
    return json.dumps(mapping(shape), separators=(",", ":"))


def described(shape: BaseGeometry) -> Mapping[str, Any]:
    """What the table says of a shape in degrees: text, length, vertices, area, bounds and where its name goes."""
    text = geojson(shape)
    west, south, east, north = shape.bounds
    label_lon, label_lat = label(shape)
    return {
        "geojson": text,
        "geojson_len": len(text),
        "vertices": int(shapely.get_num_coordinates(shape)),
        "area_km2": round(area_km2(shape), 3),
        "bbox_w": west,
        "bbox_s": south,
        "bbox_e": east,
        "bbox_n": north,
        "label_lon": label_lon,
        "label_lat": label_lat,
    }


def label(shape: BaseGeometry) -> tuple[float, float]:
    """Where a name goes: the middle of the largest circle inside, because a centroid may fall outside."""
    frame = frame_of([shape])
    (circle,) = shapely.maximum_inscribed_circle([frame.flat(shape)])
    lon, lat = frame.degrees(np.array([circle.coords[0]]))[0].tolist()
    return round(lon, DECIMALS), round(lat, DECIMALS)
