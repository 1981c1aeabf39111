"""Supervision as rows: items by the day they were held, by their plan and by their follow-up, and what belongs to them.

Follow-up means the written report on what was done about the deliberation opinions (监督法 17、29、37).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case, func, or_, select

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, in_townships
from data_access.sql import claim, days_between, month_of, region_prefix
from data_access.tables.meetings import org_unit
from data_access.tables.regions import region
from data_access.tables.supervision import supervision_item
from data_access.text import Text

item = supervision_item
lead = org_unit.alias("lead_body")
target = org_unit.alias("target_body")
place = region.alias("place")

DIMENSIONS = {
    "year": "year",
    "month": "month",
    "kind": "kind",
    "township": "township",
    "category": "topic",
    "system": "target_system",
    "unit": "target_unit",
    "lead_unit": "lead_unit",
    "venue": "venue",
    "legal_item": "legal_item",
}

TITLE = Shown("title", header(item.c.title), searched=True)
KIND = Shown("kind", header(item.c.kind))
TARGET = Shown("target_name", header(item.c.target_unit), searched=True)
LEAD = Shown("lead_name", header(item.c.lead_unit), searched=True)
HELD = Shown("held_on", header(item.c.held_on))
DUE = Shown("followup_due_on", header(item.c.followup_due_on))
REPORTED = Shown("followup_report_on", header(item.c.followup_report_on))
LATE = Shown("days_late", Text("逾期天数", "Days late"))


def placed(context: Context) -> ColumnElement[bool]:
    """Items the reader may see and asked for: organised in the scope, or held in one of its townships.

    With townships chosen only what was held there counts; an item of the whole district belongs to none of them.
    """
    prefixes = context.scope.prefixes
    allowed = or_(region_prefix(item.c.region_code, prefixes), region_prefix(item.c.place_code, prefixes))
    if not context.filters.townships:
        return allowed
    return and_(allowed, in_townships(context, func.coalesce(item.c.place_code, item.c.region_code)))


def columns(years: CTE) -> list[ColumnElement[Any]]:
    """What every supervision row tells, with the follow-up as it was known on the period's cut."""
    reported = case((item.c.followup_report_on <= years.c.cut_on, item.c.followup_report_on))
    is_past = item.c.followup_due_on < years.c.cut_on
    names = ("followup_report_on",)
    return [
        years.c.year,
        *(column for column in item.c if column.name not in names),
        item.c.place_code.label("township"),
        reported.label("followup_report_on"),
        claim(and_(item.c.followup_due_on.is_not(None), or_(is_past, reported.is_not(None)))).label("is_followup_due"),
        claim(reported <= item.c.followup_due_on).label("is_followup_on_time"),
        claim(and_(is_past, reported.is_(None))).label("is_followup_owed"),
        days_between(item.c.followup_due_on, func.coalesce(reported, years.c.cut_on)).label("days_late"),
        claim(item.c.ballots > 0).label("has_vote"),
        target.c.name.label("target_name"),
        lead.c.name.label("lead_name"),
        place.c.name.label("place_name"),
    ]


def _selected(context: Context, years: CTE, joined: ColumnElement[bool], *more: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*columns(years), *more)
        .join_from(item, years, joined)
        .outerjoin(target, target.c.id == item.c.target_unit)
        .outerjoin(lead, lead.c.id == item.c.lead_unit)
        .outerjoin(place, place.c.region_code == item.c.place_code)
        .where(placed(context))
    )


def _held(context: Context, years: CTE) -> Select[Any]:
    joined = item.c.held_on.between(years.c.start_on, years.c.end_on)
    return _selected(context, years, joined, month_of(item.c.held_on).label("month"))


def _planned(context: Context, years: CTE) -> Select[Any]:
    cut = years.c.cut_on
    is_done, is_ended = item.c.held_on <= cut, item.c.ended_on <= cut
    is_behind = and_(item.c.planned_on < cut, or_(item.c.held_on.is_(None), item.c.held_on > cut))
    on_schedule = or_(
        and_(is_ended, item.c.ended_on <= item.c.planned_on),
        and_(or_(item.c.ended_on.is_(None), item.c.ended_on > cut), item.c.planned_on >= cut),
    )
    return _selected(
        context,
        years,
        item.c.plan_year == years.c.year,
        month_of(item.c.planned_on).label("month"),
        claim(is_done).label("is_done"),
        claim(is_behind).label("is_behind"),
        claim(is_ended).label("is_ended"),
        claim(on_schedule).label("is_on_schedule"),
    )


def _due(context: Context, years: CTE) -> Select[Any]:
    joined = item.c.followup_due_on.between(years.c.start_on, years.c.end_on)
    return _selected(context, years, joined, month_of(item.c.followup_due_on).label("month"))


def _open(context: Context, years: CTE) -> Select[Any]:
    """Follow-ups asked for and not yet received on the period's last day, whenever they fall due."""
    end = years.c.end_on
    is_open = or_(item.c.followup_report_on.is_(None), item.c.followup_report_on > end)
    joined = and_(item.c.held_on <= end, item.c.followup_due_on.is_not(None), is_open)
    left = days_between(end, item.c.followup_due_on)
    is_soon = and_(item.c.followup_due_on >= end, left <= context.rules.soon_days)
    month = month_of(item.c.followup_due_on).label("month")
    return _selected(context, years, joined, month, claim(is_soon).label("is_followup_soon"))


SOURCES = (
    RowSource(
        name="supervision_items",
        window=Window.FLOW,
        build=_held,
        dimensions=DIMENSIONS,
        listing=(
            TITLE,
            KIND,
            TARGET,
            LEAD,
            HELD,
            Shown("opinion_count", header(item.c.opinion_count)),
            Shown("opinion_done", header(item.c.opinion_done)),
            DUE,
            REPORTED,
        ),
        order=("-held_on", "id"),
        record="supervision_item",
        title=Text("监督事项", "supervision items"),
        is_plain=True,
    ),
    RowSource(
        name="supervision_plan",
        window=Window.FLOW,
        build=_planned,
        dimensions=DIMENSIONS,
        listing=(
            TITLE,
            KIND,
            TARGET,
            LEAD,
            Shown("planned_on", header(item.c.planned_on)),
            HELD,
            Shown("ended_on", header(item.c.ended_on)),
        ),
        order=("planned_on", "id"),
        record="supervision_item",
        title=Text("计划事项", "planned items"),
        is_plain=True,
    ),
    RowSource(
        name="supervision_followups",
        window=Window.FLOW,
        build=_due,
        dimensions=DIMENSIONS,
        listing=(TITLE, TARGET, LEAD, HELD, DUE, REPORTED, LATE),
        order=("-days_late", "id"),
        record="supervision_item",
        title=Text("应反馈事项", "follow-ups due"),
        is_plain=True,
    ),
    RowSource(
        name="followups_open",
        window=Window.STOCK,
        build=_open,
        dimensions=DIMENSIONS,
        listing=(TITLE, TARGET, LEAD, HELD, DUE, LATE),
        order=("followup_due_on", "id"),
        record="supervision_item",
        title=Text("待反馈事项", "follow-ups not yet received"),
        is_plain=True,
    ),
)
