"""Seats of the congresses, what deputies do together, and their reports to voters, as rows without names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, Select, and_, case, func, or_, select

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, within
from data_access.rows.deputies import DIRECTLY_ELECTED, is_serving
from data_access.sql import claim, month_of, one_of
from data_access.tables.deputies import deputy
from data_access.tables.regions import region, term
from data_access.tables.stations import deputy_activity, station
from data_access.text import Text

# Kinds registered by event; sessions attended and what one deputy did alone are not among them.
HELD_TOGETHER = ("STN", "TRN", "INS", "STU", "LEI", "GRP", "CAM")

activity = deputy_activity


def _seats(context: Context, years: CTE) -> Select[Any]:
    """One row for each district or township congress in its term on the period's last day."""
    sits = and_(
        term.c.start_on <= years.c.end_on,
        or_(term.c.end_on.is_(None), term.c.end_on >= years.c.end_on),
        one_of(term.c.level, DIRECTLY_ELECTED),
    )
    serving = (
        select(func.count())
        .where(
            deputy.c.level == term.c.level,
            deputy.c.term_no == term.c.term_no,
            # Codes that begin with the congress's own: letters follow digits in every collation.
            deputy.c.region_code >= term.c.region_code,
            deputy.c.region_code < term.c.region_code + "a",
            is_serving(deputy, years),
        )
        .correlate(term, years)
        .scalar_subquery()
    )
    return (
        select(
            years.c.year,
            *(term.c[name] for name in ("id", "level", "quota", "start_on")),
            term.c.term_no.label("term"),
            term.c.region_code.label("township"),
            region.c.name.label("region_name"),
            serving.label("serving"),
            case((term.c.quota > serving, term.c.quota - serving), (term.c.quota.is_not(None), 0)).label("vacant"),
        )
        .join_from(term, years, sits)
        .outerjoin(region, region.c.region_code == term.c.region_code)
        .where(within(context, term.c.region_code))
    )


def _events(context: Context, years: CTE) -> Select[Any]:
    """Activities held together; a deputy's attendance at one is a row of its own and no activity."""
    return (
        select(
            years.c.year,
            month_of(activity.c.held_on).label("month"),
            *(
                activity.c[name]
                for name in ("id", "kind", "held_on", "headcount", "people_met", "opinions", "campaign")
            ),
            activity.c.region_code.label("township"),
            station.c.name.label("station_name"),
            func.coalesce(activity.c.headcount, 1).label("person_times"),
            claim(activity.c.deputy_id.is_(None)).label("is_event"),
        )
        .join_from(activity, years, activity.c.held_on.between(years.c.start_on, years.c.end_on))
        .outerjoin(station, station.c.id == activity.c.station_id)
        .where(
            within(context, activity.c.region_code),
            one_of(activity.c.kind, HELD_TOGETHER),
            activity.c.event_id.is_(None),
        )
    )


def _reports(context: Context, years: CTE) -> Select[Any]:
    return (
        select(
            years.c.year,
            month_of(activity.c.held_on).label("month"),
            *(activity.c[name] for name in ("id", "held_on", "people_met", "rating")),
            activity.c.region_code.label("township"),
            deputy.c.level,
        )
        .join_from(activity, years, activity.c.held_on.between(years.c.start_on, years.c.end_on))
        .join(deputy, deputy.c.id == activity.c.deputy_id)
        .where(within(context, activity.c.region_code), activity.c.kind == "RPT")
    )


_HELD = Shown("held_on", header(activity.c.held_on))

SOURCES = (
    RowSource(
        name="seats",
        window=Window.STOCK,
        build=_seats,
        dimensions={"year": "year", "township": "township", "level": "level", "term": "term"},
        listing=(
            Shown("region_name", Text("所属", "Of"), searched=True),
            Shown("level", header(deputy.c.level)),
            Shown("term", header(term.c.term_no)),
            Shown("quota", header(term.c.quota)),
            Shown("serving", Text("实有（人）", "Serving")),
            Shown("vacant", Text("出缺（人）", "Vacant")),
        ),
        order=("level", "township", "id"),
        title=Text("各级人大代表名额", "seats of the congresses"),
        is_plain=True,
    ),
    RowSource(
        name="deputy_events",
        window=Window.FLOW,
        build=_events,
        dimensions={"year": "year", "month": "month", "township": "township", "activity_kind": "kind"},
        listing=(
            _HELD,
            Shown("kind", header(activity.c.kind)),
            Shown("township", Text("乡镇（街道）", "Township")),
            Shown("station_name", header(activity.c.station_id), searched=True),
            Shown("campaign", header(activity.c.campaign), searched=True),
            Shown("person_times", header(activity.c.headcount)),
            Shown("people_met", header(activity.c.people_met)),
        ),
        order=("-held_on", "id"),
        title=Text("代表活动", "deputies' activities"),
        is_plain=True,
    ),
    RowSource(
        name="voter_reports",
        window=Window.FLOW,
        build=_reports,
        dimensions={
            "year": "year",
            "month": "month",
            "township": "township",
            "level": "level",
            "report_rating": "rating",
        },
        listing=(
            _HELD,
            Shown("level", header(deputy.c.level)),
            Shown("township", Text("乡镇（街道）", "Township")),
            Shown("people_met", Text("到会选民（人次）", "Voters present")),
        ),
        order=("-held_on", "id"),
        title=Text("代表述职", "reports to voters"),
        is_plain=True,
    ),
)
