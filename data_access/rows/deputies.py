"""Deputies as rows: those serving on each period's last day, with what they did in the period."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, func, or_, select

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, within
from data_access.rows.stations import is_open
from data_access.sql import claim
from data_access.tables.deputies import deputy
from data_access.tables.proposals import proposal
from data_access.tables.stations import deputy_activity, station
from data_access.text import Text


def _deputies(context: Context, years: CTE) -> Select[Any]:
    serving = and_(
        deputy.c.start_on <= years.c.end_on,
        or_(deputy.c.end_on.is_(None), deputy.c.end_on >= years.c.end_on),
    )
    joined = deputy.join(years, serving).outerjoin(station, station.c.id == deputy.c.station_id)
    return (
        select(
            years.c.year,
            deputy.c.id,
            deputy.c.name,
            deputy.c.level,
            deputy.c.term_no.label("term"),
            deputy.c.region_code.label("township"),
            deputy.c.constituency,
            deputy.c.gender,
            deputy.c.sc_role,
            deputy.c.contact_member,
            deputy.c.station_id.label("station"),
            station.c.name.label("station_name"),
            station.c.level.label("station_level"),
            _led(years).label("led_count"),
            claim(_led(years) > 0).label("has_led"),
            claim(is_open(years)).label("is_assigned"),
            claim(_took_part(years, "STN")).label("has_attended"),
            claim(_took_part(years, "RPT")).label("has_reported"),
        )
        .select_from(joined)
        .where(within(context, deputy.c.region_code))
    )


def _led(years: CTE) -> ColumnElement[Any]:
    """Suggestions and bills led in the handling years of the period, withdrawn ones left out."""
    return (
        select(func.count())
        .where(
            proposal.c.lead_deputy_id == deputy.c.id,
            proposal.c.handling_year.between(years.c.first_year, years.c.year),
            proposal.c.submitted_on <= years.c.cut_on,
            proposal.c.status != "WITHDRAWN",
        )
        .correlate(deputy, years)
        .scalar_subquery()
    )


def _took_part(years: CTE, kind: str) -> ColumnElement[bool]:
    """At least one record of a kind of activity inside the period."""
    return (
        select(deputy_activity.c.id)
        .where(
            deputy_activity.c.deputy_id == deputy.c.id,
            deputy_activity.c.kind == kind,
            deputy_activity.c.held_on.between(years.c.start_on, years.c.end_on),
        )
        .correlate(deputy, years)
        .exists()
    )


SOURCES = (
    RowSource(
        "deputies",
        Window.STOCK,
        _deputies,
        {
            name: name
            for name in ("year", "township", "level", "term", "gender", "station", "station_level", "led_count")
        },
        (
            Shown("name", header(deputy.c.name), searched=True),
            Shown("level", header(deputy.c.level)),
            Shown("township", Text("乡镇（街道）", "Township")),
            Shown("constituency", header(deputy.c.constituency), searched=True),
            Shown("station_name", header(deputy.c.station_id), searched=True),
            Shown("led_count", Text("领衔件数", "Items led")),
        ),
        order=("township", "id"),
        title=Text("在任代表", "serving deputies"),
        is_plain=True,
    ),
)
