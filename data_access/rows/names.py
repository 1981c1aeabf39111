"""Names behind codes: regions, units, deputies and stations a reader may see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CompoundSelect, Select, select, union_all

from data_access.context import Context
from data_access.sql import region_prefix
from data_access.tables.deputies import deputy
from data_access.tables.meetings import org_unit
from data_access.tables.regions import region
from data_access.tables.stations import station


def regions(context: Context) -> Select[Any]:
    """Code and name of every region in scope and of those it lies in, in code order."""
    above = sorted({prefix[:length] for prefix in context.scope.prefixes for length in (2, 4, 6)})
    seen = region_prefix(region.c.region_code, context.scope.prefixes) | region.c.region_code.in_(above)
    return select(region.c.region_code, region.c.name).where(seen).order_by(region.c.region_code)


def units(context: Context) -> Select[Any]:
    """Number and name of every unit: which unit handles an item is public, whatever the reader's region."""
    return select(org_unit.c.id, org_unit.c.name).order_by(org_unit.c.id)


def deputies(context: Context) -> Select[Any]:
    """Number and name of the deputies in scope."""
    seen = region_prefix(deputy.c.region_code, context.scope.prefixes)
    return select(deputy.c.id, deputy.c.name).where(seen).order_by(deputy.c.id)


def stations(context: Context) -> Select[Any]:
    """Number and name of the stations in scope."""
    seen = region_prefix(station.c.region_code, context.scope.prefixes)
    return select(station.c.id, station.c.name).where(seen).order_by(station.c.id)


def offices(context: Context) -> CompoundSelect[Any]:
    """Code and name of every office that can mend data: units by their number, townships without one by their code."""
    towns = select(region.c.region_code, region.c.name).where(
        region_prefix(region.c.region_code, context.scope.prefixes)
    )
    return union_all(select(org_unit.c.id, org_unit.c.name), towns)
