"""Shapes, villages and stations of the database as GeoJSON that ``import-map`` reads back without a change.

Each is written as it was supplied, in its own system, where that is on record: nothing is converted twice.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from data_access.importing.stored import keys
from data_access.maps.points import TABLE_OF
from data_access.tables import TABLES
from data_access.tables.regions import region, region_shape


def geojson(connection: Connection, kind: str) -> str:
    """A FeatureCollection of all shapes, villages or stations, by key; each feature declares its own system."""
    features = _shapes(connection) if kind == "shapes" else _points(connection, TABLES[TABLE_OF[kind]])
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))


def _shapes(connection: Connection) -> list[dict[str, Any]]:
    c = region_shape.c
    rows = select(c.region_code, region.c.name, c.geojson, c.src_geojson, c.coord_system, c.src_system)
    rows = rows.join_from(region_shape, region).order_by(c.region_code)
    made = []
    for code, name, shape, original, system, own in connection.execute(rows):
        properties = {"region_code": code, "name": name, "coord_system": own or system}
        if original is None and own in ("GCJ02", "BD09"):
            properties["coord_system"] = system
        made.append({"type": "Feature", "properties": properties, "geometry": json.loads(original or shape)})
    return made


def _points(connection: Connection, table: Table) -> list[dict[str, Any]]:
    left_out = {"lon", "lat", "src_lon", "src_lat", "src_system", "updated_at"}
    made = []
    for row in connection.execute(select(table).order_by(*(table.c[key] for key in keys(table)))).mappings():
        has_original = row["src_lon"] is not None
        pair = (row["src_lon"], row["src_lat"]) if has_original else (row["lon"], row["lat"])
        properties = {name: _plain(value) for name, value in row.items() if name not in left_out and value is not None}
        if row["src_system"]:
            properties["coord_system"] = row["src_system"]
        geometry = {"type": "Point", "coordinates": list(pair)} if pair[0] is not None else None
        made.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return made


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
