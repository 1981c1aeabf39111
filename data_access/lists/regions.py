"""Townships, their shapes and people, villages, and when the current term began."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pandas import DataFrame
from sqlalchemy import Connection, func, or_, select

from data_access.asking import once
from data_access.context import Context, Scope
from data_access.rows.base import within
from data_access.sql import region_prefix
from data_access.tables.regions import region, region_shape, term, village


def townships(connection: Connection, scope: Scope) -> list[tuple[str, str, str]]:
    """Township-level units in scope as (code, name, kind), in code order; empty when the scope is."""
    statement = (
        select(region.c.region_code, region.c.name, region.c.kind)
        .where(region.c.level == "TOWNSHIP", region_prefix(region.c.region_code, scope.prefixes))
        .order_by(region.c.region_code)
    )
    return once(
        ("townships", scope),
        lambda: [(code, name, kind or "") for code, name, kind in connection.execute(statement)],
    )


def only_district(connection: Connection) -> tuple[str, str] | None:
    """Code and name of the district, where the table of regions holds exactly one."""
    found = connection.execute(select(region.c.region_code, region.c.name).where(region.c.level == "COUNTY")).all()
    return (found[0].region_code, found[0].name) if len(found) == 1 else None


def term_start(connection: Connection, day: date, *, absent: Collection[str] = ()) -> int:
    """The year in which the district's term that holds ``day`` began to work; the day's own year when none is known.

    A first session in December serves the year that follows. ``absent`` is what the database is known to lack.
    """
    if {"term", "term.level", "term.start_on", "term.end_on"}.intersection(absent):
        return day.year
    statement = select(func.max(term.c.start_on)).where(
        term.c.level == "COUNTY", term.c.start_on <= day, or_(term.c.end_on.is_(None), term.c.end_on >= day)
    )
    start = connection.scalar(statement)
    if start is None:
        return day.year
    return int(start.year + (start.month == 12))


def shapes(connection: Connection, context: Context) -> DataFrame:
    """Township shapes in scope, whatever townships are asked for, so that a map always shows the whole district.

    Returns: Columns ``region_code``, ``name``, ``kind``, ``population`` (persons), ``population_year``, ``geojson``
    (text, CGCS2000 degrees), ``label_lon``, ``label_lat``, ``approval_no``, ``is_fictional``; in code order.
    """
    statement = (
        select(
            region.c.region_code,
            region.c.name,
            region.c.kind,
            region.c.population,
            region.c.population_year,
            region_shape.c.geojson,
            region_shape.c.label_lon,
            region_shape.c.label_lat,
            region_shape.c.approval_no,
            region_shape.c.is_fictional,
        )
        .join(region_shape, region_shape.c.region_code == region.c.region_code)
        .where(region.c.level == "TOWNSHIP", region_prefix(region.c.region_code, context.scope.prefixes))
        .order_by(region.c.region_code)
    )
    return DataFrame([tuple(line) for line in connection.execute(statement)], columns=statement.selected_columns.keys())


def villages(connection: Connection, context: Context) -> DataFrame:
    """Villages and communities of the townships asked for.

    Returns: Columns ``village_code``, ``name``, ``region_code``, ``population`` (persons, may be missing),
    ``population_year``, ``lon``, ``lat`` (CGCS2000 degrees, may be missing); in code order.
    """
    statement = (
        select(
            village.c.village_code,
            village.c.name,
            village.c.region_code,
            village.c.population,
            village.c.population_year,
            village.c.lon,
            village.c.lat,
        )
        .where(within(context, village.c.region_code))
        .order_by(village.c.village_code)
    )
    return DataFrame([tuple(line) for line in connection.execute(statement)], columns=statement.selected_columns.keys())
