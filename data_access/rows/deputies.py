"""Deputies as rows: those serving on each period's last day, with who they are and what they did in the period.

The same rows are offered twice: ``deputies`` by name, and ``deputies_in_bands`` without names for how much is on record
of each, because nobody is to be ranked.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, Date, FromClause, Select, and_, bindparam, case, func, or_, select

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, within
from data_access.rows.stations import is_open
from data_access.sql import ONE, claim, day, one_of, region_prefix
from data_access.tables.deputies import deputy
from data_access.tables.proposals import proposal
from data_access.tables.stations import deputy_activity, station
from data_access.text import Text

DIRECTLY_ELECTED = ("COUNTY", "TOWNSHIP")
MANY = 4  # records in a period from which a deputy is in the upper band


def is_serving(row: FromClause, years: CTE) -> ColumnElement[bool]:
    """Whether a deputy (the table or an alias of it) serves on the period's last day."""
    end = years.c.end_on
    return and_(row.c.start_on <= end, or_(row.c.end_on.is_(None), row.c.end_on >= end))


def _deputies(context: Context, years: CTE) -> Select[Any]:
    serving = is_serving(deputy, years)
    # Joined and kept, so that the database looks once however many rows and figures ask.
    on_record = _years_on_record(context, years).cte("on_record").prefix_with("MATERIALIZED", dialect="sqlite")
    joined = (
        deputy.join(years, serving)
        .outerjoin(station, station.c.id == deputy.c.station_id)
        .outerjoin(on_record, on_record.c.year == years.c.year)
    )
    return (
        select(
            years.c.year,
            deputy.c.id,
            deputy.c.name,
            deputy.c.level,
            deputy.c.term_no.label("term"),
            deputy.c.region_code.label("township"),
            deputy.c.constituency,
            *(deputy.c[name] for name in ("gender", "ethnicity", "party", "education", "occupation", "sc_role")),
            *(deputy.c[name] for name in ("is_grassroots", "is_reelected", "contact_member")),
            (years.c.year - deputy.c.birth_year).label("age"),
            deputy.c.station_id.label("station"),
            station.c.name.label("station_name"),
            station.c.level.label("station_level"),
            _led(years).label("led_count"),
            claim(_led(years) > 0).label("has_led"),
            claim(is_open(years)).label("is_assigned"),
            claim(_took_part(years, "STN")).label("has_attended"),
            claim(_took_part(years, "RPT")).label("has_reported"),
            claim(_took_part(years, "VIS")).label("has_visited"),
            claim(_took_part(years, "CON")).label("is_contacted"),
            claim(_took_part(years, "TRN")).label("is_trained"),
            claim(_keeps_contact(years)).label("keeps_contact"),
            claim(_took_part(years)).label("has_record"),
            _band(years).label("activity_band"),
            claim(on_record.c.year.is_not(None)).label("is_recorded"),
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


def _took_part(years: CTE, *kinds: str) -> ColumnElement[bool]:
    """At least one record of these kinds of activity inside the period, of any kind when none is named."""
    return (
        select(ONE)
        .select_from(deputy_activity)
        .where(
            deputy_activity.c.deputy_id == deputy.c.id,
            *((one_of(deputy_activity.c.kind, kinds),) if kinds else ()),
            deputy_activity.c.held_on.between(years.c.start_on, years.c.end_on),
        )
        .correlate(deputy, years)
        .exists()
    )


def _recorded(years: CTE) -> ColumnElement[Any]:
    """How many records of activity of any kind fall inside the period."""
    return (
        select(func.count())
        .where(
            deputy_activity.c.deputy_id == deputy.c.id,
            deputy_activity.c.held_on.between(years.c.start_on, years.c.end_on),
        )
        .correlate(deputy, years)
        .scalar_subquery()
    )


def _band(years: CTE) -> ColumnElement[str]:
    # One CASE over the count, which would be counted again for each condition of its own.
    words = {0: "NONE"} | dict.fromkeys(range(1, MANY), "SOME")
    return case(words, value=_recorded(years), else_="MANY")


def _years_on_record(context: Context, years: CTE) -> Select[Any]:
    """Periods in which any activity is on record: without one nothing is known of anybody, which is no zero."""
    known = years.alias("known")
    held = (
        select(ONE)
        .select_from(deputy_activity)
        .where(
            deputy_activity.c.held_on.between(known.c.start_on, known.c.end_on),
            region_prefix(deputy_activity.c.region_code, context.scope.prefixes),
        )
        .correlate(known)
        .exists()
    )
    # To find nothing in a year is slow: all rows of the region are gone through.
    may_hold = known.c.end_on >= day(bindparam("recorded_from", type_=Date()))
    return select(known.c.year).where(may_hold, held)


def _keeps_contact(years: CTE) -> ColumnElement[bool]:
    """Whether serving deputies name this one as the committee member who keeps contact with them."""
    kept = deputy.alias("kept")
    return (
        select(ONE)
        .select_from(kept)
        .where(kept.c.contact_member == deputy.c.id, is_serving(kept, years))
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
            for name in (
                *("year", "township", "level", "term", "gender", "party", "occupation", "education", "sc_role"),
                *("station", "station_level", "led_count"),
            )
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
        record="deputy",
        title=Text("在任代表", "serving deputies"),
        is_plain=True,
    ),
    RowSource(
        "deputies_in_bands",
        Window.STOCK,
        _deputies,
        {name: name for name in ("year", "township", "level", "activity_band")},
        (
            Shown("level", header(deputy.c.level)),
            Shown("township", Text("乡镇（街道）", "Township")),
            Shown("activity_band", Text("履职记录", "Records of activity")),
        ),
        order=("level", "township", "activity_band", "id"),
        title=Text("在任代表（不列姓名）", "serving deputies, unnamed"),
        is_plain=True,
    ),
)
