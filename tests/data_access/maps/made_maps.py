"""Map files made for the tests: two townships side by side, and points in them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapefile
from shapely import Polygon, box
from shapely.geometry import mapping

from data_access.coordinates import from_cgcs2000
from tests.data_access.factories import HILL, RIVER

WEST, EAST = box(110.0, 30.0, 110.1, 30.1), box(110.1, 30.0, 110.2, 30.1)
GEOGCS = 'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000"]]'


def moved(shape: Polygon, system: str) -> dict[str, Any]:
    """A shape as a map of that system shows it, as GeoJSON."""
    ring = from_cgcs2000(np.array(shape.exterior.coords), system)
    return dict(mapping(Polygon(ring)))


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    """One feature; a shapely shape or GeoJSON."""
    return {
        "type": "Feature",
        "geometry": dict(mapping(geometry)) if isinstance(geometry, Polygon) else geometry,
        "properties": properties,
    }


def town(geometry: Any, code: str = RIVER, name: str = "霁川镇", **more: Any) -> dict[str, Any]:
    """A township."""
    return feature(geometry, region_code=code, name=name, **more)


def river(geometry: Any = WEST, **more: Any) -> dict[str, Any]:
    """The western township."""
    return town(geometry, RIVER, "霁川镇", **more)


def hill(geometry: Any = EAST, **more: Any) -> dict[str, Any]:
    """The eastern township."""
    return town(geometry, HILL, "云岭乡", **more)


def point(lon: float, lat: float, **properties: Any) -> dict[str, Any]:
    """A feature at a place."""
    return feature({"type": "Point", "coordinates": [lon, lat]}, **properties)


def geojson(path: Path, features: Sequence[Any], **more: Any) -> Path:
    """A FeatureCollection in a file."""
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **more}), encoding="utf-8")
    return path


def shapefile_zip(
    path: Path,
    rows: Sequence[tuple[Polygon, str, str]],
    *,
    encoding: str = "gbk",
    more: Mapping[str, str | bytes] | None = None,
    without: Sequence[str] = (),
    folder: str = "",
) -> Path:
    """A zipped shapefile of (shape, code, name), with further files by suffix."""
    parts = {part: io.BytesIO() for part in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        writer.field("XZQDM", "C", 12)
        writer.field("XZQMC", "C", 60)
        for shape, code, name in rows:
            writer.poly([[list(place) for place in shape.exterior.coords][::-1]])
            writer.record(code, name)
    content: dict[str, str | bytes] = {part: file.getvalue() for part, file in parts.items()} | dict(more or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for suffix, data in content.items():
            if suffix not in without:
                packed.writestr(f"{folder}towns.{suffix}", data)
    return path


BOTH = ((WEST, RIVER, "霁川镇"), (EAST, HILL, "云岭乡"))
