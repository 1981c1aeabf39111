"""What the Party committee did for the Congress, and the key work its leaders are linked to, as rows.

Key work is the Party's division of labour, no power of the Congress: it is never counted among acts of supervision.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, Select, and_, case, func, or_, select

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, within
from data_access.sql import claim, days_between, month_of
from data_access.tables.leadership import leader_task, party_support
from data_access.tables.regions import region
from data_access.tables.stations import deputy_activity
from data_access.text import Text


def _support(context: Context, years: CTE) -> Select[Any]:
    row = party_support
    return (
        select(
            years.c.year,
            month_of(row.c.held_on).label("month"),
            *(row.c[name] for name in ("id", "kind", "title", "submitted_on", "held_on")),
            row.c.region_code.label("township"),
            days_between(row.c.submitted_on, row.c.held_on).label("days"),
        )
        .join_from(row, years, row.c.held_on.between(years.c.start_on, years.c.end_on))
        .where(within(context, row.c.region_code))
    )


def _campaigns(context: Context, years: CTE) -> Select[Any]:
    """Whole events of themed campaigns; a row with ``event_id`` is one deputy's presence at such an event."""
    event = deputy_activity
    return (
        select(
            years.c.year,
            month_of(event.c.held_on).label("month"),
            *(event.c[name] for name in ("id", "campaign", "held_on", "headcount", "people_met")),
            event.c.region_code.label("township"),
            region.c.name.label("township_name"),
        )
        .join_from(event, years, event.c.held_on.between(years.c.start_on, years.c.end_on))
        .outerjoin(region, region.c.region_code == event.c.region_code)
        .where(within(context, event.c.region_code), event.c.kind == "CAM", event.c.event_id.is_(None))
    )


def _tasks(context: Context, years: CTE) -> Select[Any]:
    """Work leaders were linked to in the period: begun by its end and, if done, planned to run into it.

    Done work without a planned day stays, as nobody knows when it was done; a township's link that ended does not.
    """
    row = leader_task
    is_undated = and_(row.c.due_on.is_(None), row.c.kind != "TOWN")
    runs_on = or_(row.c.status != "DONE", row.c.due_on >= years.c.start_on, is_undated)
    is_due = and_(row.c.due_on <= years.c.end_on, row.c.due_on.is_not(None))
    return (
        select(
            years.c.year,
            *(row.c[name] for name in ("id", "leader", "duty", "kind", "title", "start_on", "due_on", "status")),
            row.c.progress_pct,
            row.c.region_code.label("township"),
            region.c.name.label("township_name"),
            claim(is_due).label("is_due"),
            claim(row.c.status == "DONE").label("is_done"),
        )
        .join_from(row, years, and_(row.c.start_on <= years.c.end_on, row.c.status != "STOPPED", runs_on))
        .outerjoin(region, region.c.region_code == row.c.region_code)
        .where(within(context, row.c.region_code))
    )


def _linked(context: Context, years: CTE) -> Select[Any]:
    """Every township and subdistrict, with how many leaders are linked to it."""
    row = leader_task
    standing = and_(
        row.c.kind == "TOWN",
        row.c.start_on <= years.c.end_on,
        row.c.status.in_(("NEW", "GOING")),
    )
    links = (
        select(
            years.c.year,
            row.c.region_code,
            func.count(row.c.leader.distinct()).label("leaders"),
            func.min(row.c.leader).label("leader"),
        )
        .join_from(row, years, standing)
        .group_by(years.c.year, row.c.region_code)
        .subquery("links")
    )
    leaders = func.coalesce(links.c.leaders, 0)
    return (
        select(
            years.c.year,
            region.c.region_code.label("id"),
            region.c.region_code.label("township"),
            region.c.name,
            region.c.kind.label("township_kind"),
            leaders.label("leaders"),
            case((leaders == 1, links.c.leader)).label("leader"),
            claim(leaders > 0).label("is_linked"),
        )
        .join_from(region, years, region.c.level == "TOWNSHIP")
        .outerjoin(links, and_(links.c.year == years.c.year, links.c.region_code == region.c.region_code))
        .where(within(context, region.c.region_code))
    )


SOURCES = (
    RowSource(
        name="party_support",
        window=Window.FLOW,
        build=_support,
        dimensions={"year": "year", "month": "month", "township": "township", "support_kind": "kind"},
        listing=(
            Shown("kind", header(party_support.c.kind)),
            Shown("title", header(party_support.c.title), searched=True),
            Shown("submitted_on", header(party_support.c.submitted_on)),
            Shown("held_on", header(party_support.c.held_on)),
            Shown("days", Text("报送到办理（天）", "Days taken")),
        ),
        order=("-held_on", "id"),
        record="party_support",
        title=Text("党委支持事项", "acts of the Party committee"),
        is_plain=True,
    ),
    RowSource(
        name="campaigns",
        window=Window.FLOW,
        build=_campaigns,
        dimensions={"year": "year", "month": "month", "township": "township", "campaign": "campaign"},
        listing=(
            Shown("campaign", header(deputy_activity.c.campaign), searched=True),
            Shown("township_name", Text("乡镇（街道）", "Township"), searched=True),
            Shown("held_on", header(deputy_activity.c.held_on)),
            Shown("headcount", header(deputy_activity.c.headcount)),
            Shown("people_met", header(deputy_activity.c.people_met)),
        ),
        order=("-held_on", "township", "id"),
        title=Text("主题活动", "themed campaigns"),
        is_plain=True,
    ),
    RowSource(
        name="leader_tasks",
        window=Window.STOCK,
        build=_tasks,
        dimensions={
            "year": "year",
            "township": "township",
            "task_kind": "kind",
            "leader": "leader",
            "task_status": "status",
        },
        listing=(
            Shown("leader", header(leader_task.c.leader), searched=True),
            Shown("duty", header(leader_task.c.duty)),
            Shown("kind", header(leader_task.c.kind)),
            Shown("title", header(leader_task.c.title), searched=True),
            Shown("township_name", Text("涉及区划", "Place"), searched=True),
            Shown("start_on", header(leader_task.c.start_on)),
            Shown("due_on", header(leader_task.c.due_on)),
            Shown("status", header(leader_task.c.status)),
            Shown("progress_pct", header(leader_task.c.progress_pct)),
        ),
        order=("id",),
        record="leader_task",
        title=Text("联系重点工作", "leaders' key work"),
        is_plain=True,
    ),
    RowSource(
        name="linked_townships",
        window=Window.STOCK,
        build=_linked,
        dimensions={"year": "year", "township": "township", "township_kind": "township_kind"},
        listing=(
            Shown("name", Text("乡镇（街道）", "Township"), searched=True),
            Shown("leaders", Text("包联的班子成员（人）", "Leaders linked")),
            Shown("leader", header(leader_task.c.leader)),
        ),
        order=("township",),
        title=Text("乡镇（街道）", "townships"),
    ),
)
