"""Resolutions and decisions, the reports due on them, and meetings, as rows of the congress that made or held them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, within
from data_access.sql import claim, days_between, month_of, year_of
from data_access.tables.meetings import meeting, resolution
from data_access.tables.regions import region
from data_access.text import Text

REMEMBERED = 12  # months after which a committee without a meeting on record counts as not recorded
_DISTRICT_CODE = 6  # a district's code is no longer; resolutions of township congresses are not the district's


def _columns(years: CTE) -> list[ColumnElement[Any]]:
    """A resolution and its report as known on the period's cut."""
    cut, due = years.c.cut_on, resolution.c.report_due_on
    reported = case((resolution.c.reported_on <= cut, resolution.c.reported_on))
    is_past = due < cut
    is_due = and_(due.is_not(None), or_(is_past, reported.is_not(None)))
    is_on_time, is_owed = reported <= due, and_(is_past, reported.is_(None))
    state = case(
        (due.is_(None), "NONE"), (is_owed, "OWED"), (reported.is_(None), "AHEAD"), (is_on_time, "ON_TIME"), else_="LATE"
    )
    is_accounts = and_(resolution.c.kind == "FIN", resolution.c.organ == "SC", resolution.c.title.contains("决算"))
    return [
        years.c.year,
        *(resolution.c[name] for name in ("id", "title", "kind", "organ", "adopted_on", "report_due_on")),
        resolution.c.region_code.label("township"),
        reported.label("reported_on"),
        state.label("report_state"),
        days_between(due, func.coalesce(reported, cut)).label("days_late"),
        claim(is_accounts).label("is_final_accounts"),
        claim(is_due).label("is_report_due"),
        claim(is_on_time).label("is_report_on_time"),
    ]


def _resolved(context: Context, years: CTE, joined: ColumnElement[bool], month: ColumnElement[Any]) -> Select[Any]:
    of_the_district = func.length(resolution.c.region_code) <= _DISTRICT_CODE
    return (
        select(*_columns(years), month_of(month).label("month"))
        .join_from(resolution, years, joined)
        .where(within(context, resolution.c.region_code), of_the_district)
    )


def _adopted(context: Context, years: CTE) -> Select[Any]:
    adopted = resolution.c.adopted_on
    return _resolved(context, years, adopted.between(years.c.start_on, years.c.end_on), adopted)


def _due(context: Context, years: CTE) -> Select[Any]:
    due = resolution.c.report_due_on
    return _resolved(context, years, due.between(years.c.start_on, years.c.end_on), due)


def _unreported(context: Context, years: CTE) -> Select[Any]:
    """Reports asked for and not yet given on the period's last day, whenever they fall due."""
    end, due = years.c.end_on, resolution.c.report_due_on
    is_open = or_(resolution.c.reported_on.is_(None), resolution.c.reported_on > end)
    return _resolved(context, years, and_(resolution.c.adopted_on <= end, due.is_not(None), is_open), due)


def _meetings(context: Context, years: CTE) -> Select[Any]:
    counted = and_(meeting.c.members > 0, meeting.c.attended.is_not(None))
    return (
        select(
            years.c.year,
            month_of(meeting.c.held_on).label("month"),
            *(meeting.c[name] for name in ("id", "kind", "term_no", "session_no", "held_on", "ended_on")),
            *(meeting.c[name] for name in ("members", "attended")),
            meeting.c.region_code.label("township"),
            region.c.name.label("region_name"),
            claim(counted).label("has_attendance"),
        )
        .join_from(meeting, years, meeting.c.held_on.between(years.c.start_on, years.c.end_on))
        .outerjoin(region, region.c.region_code == meeting.c.region_code)
        .where(within(context, meeting.c.region_code))
    )


def _months(context: Context, years: CTE) -> Select[Any]:
    """Every month that has ended, with whether two whole months have passed at its end without a committee meeting.

    Months are counted from year 0, so that a month and the one before differ by one.
    Source: Organic Law of Local Congresses, art. 51: the Standing Committee meets at least every two months.
    """
    calendar = union_all(*(select(literal(i, Integer()).label("month")) for i in range(1, 13))).cte("calendar")
    met = (
        select(_month_number(meeting.c.held_on).label("number"))
        .where(meeting.c.kind == "SC", within(context, meeting.c.region_code))
        .distinct()
        .subquery("met")
    )
    number = years.c.year * 12 + calendar.c.month
    return (
        select(
            years.c.year,
            calendar.c.month,
            calendar.c.month.label("id"),
            claim(func.max(met.c.number) < number - 1).label("is_gap"),
        )
        .join_from(years, calendar, true())
        .outerjoin(met, met.c.number.between(number - REMEMBERED, number))
        .where(number < _month_number(years.c.cut_on))
        .group_by(years.c.year, calendar.c.month)
    )


def _month_number(day: ColumnElement[Any]) -> ColumnElement[int]:
    return year_of(day) * 12 + month_of(day)


_TITLE = Shown("title", header(resolution.c.title), searched=True)
_KIND = Shown("kind", header(resolution.c.kind))
_ORGAN = Shown("organ", header(resolution.c.organ))
_ADOPTED = Shown("adopted_on", header(resolution.c.adopted_on))
_DUE = Shown("report_due_on", header(resolution.c.report_due_on))
_REPORTED = Shown("reported_on", header(resolution.c.reported_on))
_STATE = Shown("report_state", Text("报告情况", "Report"))

RESOLVED_BY = {
    "year": "year",
    "month": "month",
    "township": "township",
    "resolution_kind": "kind",
    "resolution_organ": "organ",
    "report_state": "report_state",
}

SOURCES = (
    RowSource(
        name="resolutions",
        window=Window.FLOW,
        build=_adopted,
        dimensions=RESOLVED_BY,
        listing=(_TITLE, _KIND, _ORGAN, _ADOPTED, _DUE, _REPORTED, _STATE),
        order=("-adopted_on", "id"),
        record="resolution",
        title=Text("决议决定", "resolutions and decisions"),
        is_plain=True,
    ),
    RowSource(
        name="resolution_reports",
        window=Window.FLOW,
        build=_due,
        dimensions=RESOLVED_BY,
        listing=(_TITLE, _KIND, _ADOPTED, _DUE, _REPORTED, _STATE),
        order=("-report_due_on", "id"),
        record="resolution",
        title=Text("应报告执行情况的决议决定", "resolutions with a report due"),
        is_plain=True,
    ),
    RowSource(
        name="resolutions_open",
        window=Window.STOCK,
        build=_unreported,
        dimensions=RESOLVED_BY,
        listing=(_TITLE, _KIND, _ADOPTED, _DUE, Shown("days_late", Text("逾期天数", "Days late"))),
        order=("report_due_on", "id"),
        record="resolution",
        title=Text("待报告执行情况的决议决定", "resolutions not yet reported on"),
        is_plain=True,
    ),
    RowSource(
        name="meetings",
        window=Window.FLOW,
        build=_meetings,
        dimensions={"year": "year", "month": "month", "township": "township", "meeting_kind": "kind"},
        listing=(
            Shown("kind", header(meeting.c.kind)),
            Shown("region_name", Text("所属", "Of"), searched=True),
            Shown("term_no", header(meeting.c.term_no)),
            Shown("session_no", header(meeting.c.session_no)),
            Shown("held_on", header(meeting.c.held_on)),
            Shown("ended_on", header(meeting.c.ended_on)),
            Shown("members", header(meeting.c.members)),
            Shown("attended", header(meeting.c.attended)),
        ),
        order=("-held_on", "id"),
        record="meeting",
        title=Text("会议", "meetings"),
        is_plain=True,
    ),
    RowSource(
        name="committee_months",
        window=Window.FLOW,
        build=_months,
        dimensions={"year": "year", "month": "month"},
        listing=(Shown("year", Text("年度", "Year")), Shown("month", Text("月份", "Month"))),
        order=("year", "month"),
        title=Text("已满的月份", "months that have ended"),
    ),
)
