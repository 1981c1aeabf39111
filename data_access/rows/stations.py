"""Liaison stations, rooms and points as they stood on a day, the townships they stand in, and receptions held there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, func, or_, select

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, within
from data_access.sql import claim, month_of, year_of
from data_access.tables.deputies import deputy
from data_access.tables.regions import region
from data_access.tables.stations import deputy_activity, station
from data_access.text import Text


def is_open(years: CTE) -> ColumnElement[bool]:
    """Whether a station stood on the period's last day; on the day it is closed it no longer does."""
    end = years.c.end_on
    return and_(station.c.established_on <= end, or_(station.c.closed_on.is_(None), station.c.closed_on > end))


def is_reception() -> ColumnElement[bool]:
    """Whole events only: a row with ``event_id`` is one deputy's presence at an event counted already."""
    return and_(deputy_activity.c.kind == "STN", deputy_activity.c.event_id.is_(None))


def _stations(context: Context, years: CTE) -> Select[Any]:
    hosted, held = _assigned(years), _receptions_by_station(context, years)
    deputies, events = func.coalesce(hosted.c.deputies, 0), func.coalesce(held.c.events, 0)
    opinions, resolved = func.coalesce(held.c.opinions, 0), func.coalesce(held.c.resolved, 0)
    is_assigned, is_active, is_effective = deputies > 0, events > 0, resolved > 0
    return (
        select(
            years.c.year,
            *(station.c[name] for name in ("id", "name", "level", "village", "lon", "lat", "established_on")),
            station.c.region_code.label("township"),
            region.c.kind.label("township_kind"),
            region.c.name.label("township_name"),
            year_of(station.c.established_on).label("established_year"),
            station.c.served_villages,
            deputies.label("deputies"),
            events.label("events"),
            func.coalesce(held.c.people_met, 0).label("people_met"),
            opinions.label("opinions"),
            resolved.label("resolved"),
            held.c.last_on,
            claim(is_assigned).label("has_deputies"),
            claim(and_(is_assigned, is_active)).label("is_active"),
            claim(and_(is_assigned, is_active, is_effective)).label("is_effective"),
            claim(station.c.lon.is_(None)).label("is_unlocated"),
            _stage(is_assigned, is_active, is_effective).label("stage"),
        )
        .join_from(station, years, is_open(years))
        .outerjoin(region, region.c.region_code == station.c.region_code)
        .outerjoin(hosted, and_(hosted.c.year == years.c.year, hosted.c.station_id == station.c.id))
        .outerjoin(held, and_(held.c.year == years.c.year, held.c.station_id == station.c.id))
        .where(within(context, station.c.region_code))
    )


def _stage(
    is_assigned: ColumnElement[bool], is_active: ColumnElement[bool], is_effective: ColumnElement[bool]
) -> ColumnElement[str]:
    """How far a station has come: each stage asks for those before it."""
    return case(
        (~is_assigned, "EXISTS"),
        (~is_active, "ASSIGNED"),
        (~is_effective, "ACTIVE"),
        else_="EFFECTIVE",
    )


def _assigned(years: CTE) -> Subquery:
    """Deputies of all levels serving on the period's last day, by the station they are assigned to."""
    end = years.c.end_on
    serving = and_(deputy.c.start_on <= end, or_(deputy.c.end_on.is_(None), deputy.c.end_on >= end))
    return (
        select(years.c.year, deputy.c.station_id, func.count().label("deputies"))
        .join_from(deputy, years, serving)
        .where(deputy.c.station_id.is_not(None))
        .group_by(years.c.year, deputy.c.station_id)
        .subquery("hosted")
    )


def _receptions_by_station(context: Context, years: CTE) -> Subquery:
    activity = deputy_activity
    return (
        select(
            years.c.year,
            activity.c.station_id,
            func.count().label("events"),
            func.sum(activity.c.people_met).label("people_met"),
            func.sum(activity.c.opinions).label("opinions"),
            func.sum(activity.c.resolved).label("resolved"),
            func.max(activity.c.held_on).label("last_on"),
        )
        .join_from(activity, years, activity.c.held_on.between(years.c.start_on, years.c.end_on))
        .where(within(context, activity.c.region_code), is_reception(), activity.c.station_id.is_not(None))
        .group_by(years.c.year, activity.c.station_id)
        .subquery("held")
    )


def _townships(context: Context, years: CTE) -> Select[Any]:
    standing = _standing(years)
    counts = {name: func.coalesce(standing.c[name], 0) for name in ("stations", "rooms", "points", "served")}
    gap = case(
        (counts["stations"] > 0, "NONE"), (counts["rooms"] + counts["points"] > 0, "NO_STATION"), else_="NOTHING"
    )
    # A village served from two places is served once: the township's own villages are the most there can be.
    served = case((counts["served"] > region.c.village_count, region.c.village_count), else_=counts["served"])
    return (
        select(
            years.c.year,
            region.c.region_code.label("id"),
            region.c.region_code.label("township"),
            region.c.name,
            region.c.kind.label("township_kind"),
            region.c.population,
            region.c.population_year,
            region.c.village_count,
            *(counts[name].label(name) for name in ("stations", "rooms", "points")),
            served.label("served_villages"),
            case((counts["stations"] > 0, region.c.population * 1.0 / counts["stations"])).label("people_per_station"),
            claim(counts["stations"] > 0).label("has_station"),
            claim(region.c.village_count > 0).label("has_villages"),
            gap.label("gap"),
        )
        .join_from(region, years, region.c.level == "TOWNSHIP")
        .outerjoin(standing, and_(standing.c.year == years.c.year, standing.c.region_code == region.c.region_code))
        .where(within(context, region.c.region_code))
    )


def _standing(years: CTE) -> Subquery:
    def of(level: str) -> ColumnElement[int]:
        return func.count(case((station.c.level == level, 1)))

    return (
        select(
            years.c.year,
            station.c.region_code,
            of("ST").label("stations"),
            of("RM").label("rooms"),
            of("PT").label("points"),
            func.sum(station.c.served_villages).label("served"),
        )
        .join_from(station, years, is_open(years))
        .group_by(years.c.year, station.c.region_code)
        .subquery("standing")
    )


def _receptions(context: Context, years: CTE) -> Select[Any]:
    activity = deputy_activity
    return (
        select(
            years.c.year,
            month_of(activity.c.held_on).label("month"),
            activity.c.id,
            activity.c.held_on,
            activity.c.region_code.label("township"),
            activity.c.station_id.label("station"),
            station.c.name.label("station_name"),
            station.c.level,
            *(activity.c[name] for name in ("headcount", "people_met", "opinions", "resolved", "to_proposal")),
        )
        .join_from(activity, years, activity.c.held_on.between(years.c.start_on, years.c.end_on))
        .outerjoin(station, station.c.id == activity.c.station_id)
        .where(within(context, activity.c.region_code), is_reception())
    )


_NAME = Shown("name", header(station.c.name), searched=True)

SOURCES = (
    RowSource(
        name="stations",
        window=Window.STOCK,
        build=_stations,
        dimensions={
            "year": "year",
            "station_level": "level",
            "township": "township",
            "township_kind": "township_kind",
            "site_stage": "stage",
            "established_year": "established_year",
        },
        listing=(
            _NAME,
            Shown("level", header(station.c.level)),
            Shown("township_name", Text("乡镇（街道）", "Township"), searched=True),
            Shown("established_on", header(station.c.established_on)),
            Shown("deputies", Text("编入代表（人）", "Deputies assigned")),
            Shown("events", Text("进站活动（场）", "Receptions")),
            Shown("people_met", Text("接待群众（人次）", "People received")),
            Shown("opinions", Text("收集意见（条）", "Opinions collected")),
            Shown("resolved", Text("已办结（条）", "Resolved")),
            Shown("last_on", Text("最近一次活动", "Last reception")),
        ),
        order=("events", "township", "id"),
        record="station",
        title=Text("联络站点", "liaison sites"),
        is_plain=True,
    ),
    RowSource(
        name="townships",
        window=Window.STOCK,
        build=_townships,
        dimensions={"year": "year", "township": "township", "township_kind": "township_kind", "gap": "gap"},
        listing=(
            Shown("name", Text("乡镇（街道）", "Township"), searched=True),
            Shown("stations", Text("联络站（个）", "Stations")),
            Shown("rooms", Text("联络室（个）", "Rooms")),
            Shown("points", Text("联络点（个）", "Points")),
            Shown("served_villages", Text("覆盖村（社区）", "Villages served")),
            Shown("village_count", header(region.c.village_count)),
            Shown("population", header(region.c.population)),
            Shown("population_year", header(region.c.population_year)),
        ),
        order=("township",),
        title=Text("乡镇（街道）", "townships"),
        is_plain=True,
    ),
    RowSource(
        name="receptions",
        window=Window.FLOW,
        build=_receptions,
        dimensions={
            "year": "year",
            "month": "month",
            "township": "township",
            "station_level": "level",
            "station": "station",
        },
        listing=(
            Shown("held_on", header(deputy_activity.c.held_on)),
            Shown("station_name", Text("联络站点", "Site"), searched=True),
            Shown("headcount", header(deputy_activity.c.headcount)),
            Shown("people_met", header(deputy_activity.c.people_met)),
            Shown("opinions", header(deputy_activity.c.opinions)),
            Shown("resolved", header(deputy_activity.c.resolved)),
            Shown("to_proposal", header(deputy_activity.c.to_proposal)),
        ),
        order=("-held_on", "id"),
        title=Text("进站活动", "receptions"),
    ),
)
