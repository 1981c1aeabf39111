"""One record at a time: the facts its history is told from; no rows when the reader may not see it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, or_, select

from data_access.context import Context
from data_access.rows.personnel import PUT_IN_OFFICE, TAKEN_OUT
from data_access.rows.stations import is_reception
from data_access.sql import on, region_prefix, year_of
from data_access.tables.capacity import election
from data_access.tables.deputies import deputy
from data_access.tables.leadership import leader_task, party_support
from data_access.tables.meetings import meeting, org_unit, resolution
from data_access.tables.personnel import appointment
from data_access.tables.regions import region, term
from data_access.tables.stations import deputy_activity, station
from data_access.tables.supervision import appraisal, normative_doc, supervision_item


def supervision(context: Context, record: str) -> Select[Any]:
    """A supervision item with its bodies and meeting."""
    item = supervision_item
    lead, target = org_unit.alias("lead_body"), org_unit.alias("target_body")
    prefixes = context.scope.prefixes
    return (
        select(
            item,
            lead.c.name.label("lead_name"),
            target.c.name.label("target_name"),
            meeting.c.held_on.label("meeting_on"),
        )
        .outerjoin(lead, lead.c.id == item.c.lead_unit)
        .outerjoin(target, target.c.id == item.c.target_unit)
        .outerjoin(meeting, meeting.c.id == item.c.meeting_id)
        .where(item.c.id == record)
        .where(or_(region_prefix(item.c.region_code, prefixes), region_prefix(item.c.place_code, prefixes)))
    )


def appointed(context: Context, record: str) -> Select[Any]:
    """A decision on a person, without votes; with the day the person left that post, where known."""
    row, later = appointment, appointment.alias("later")
    left_on = (
        select(func.min(later.c.decided_on))
        .where(
            later.c.person_key == row.c.person_key,
            later.c.post == row.c.post,
            later.c.action.in_(TAKEN_OUT),
            later.c.decided_on >= row.c.decided_on,
            row.c.action.in_(PUT_IN_OFFICE),
        )
        .scalar_subquery()
    )
    shown = ("id", "action", "organ_class", "post", "decided_on", "exam", "exam_on", "statement", "oath", "oath_on")
    return (
        select(*(row.c[name] for name in shown), left_on.label("left_on"))
        .where(row.c.id == record)
        .where(region_prefix(row.c.region_code, context.scope.prefixes))
    )


def site(context: Context, record: str) -> Select[Any]:
    """A station, room or point with its township and the deputies assigned to it on the as-of day."""
    today = on(context.as_of)
    serving = or_(deputy.c.end_on.is_(None), deputy.c.end_on >= today)
    assigned = (
        select(func.count())
        .where(deputy.c.station_id == station.c.id, deputy.c.start_on <= today, serving)
        .scalar_subquery()
    )
    return (
        select(station, region.c.name.label("township_name"), assigned.label("deputies"))
        .outerjoin(region, region.c.region_code == station.c.region_code)
        .where(station.c.id == record, region_prefix(station.c.region_code, context.scope.prefixes))
    )


def site_years(context: Context, record: str) -> Select[Any]:
    """What happened at a site, year by year up to the as-of day."""
    activity = deputy_activity
    year = year_of(activity.c.held_on)
    return (
        select(
            year.label("year"),
            func.count().label("events"),
            func.max(activity.c.held_on).label("last_on"),
            func.coalesce(func.sum(activity.c.people_met), 0).label("people_met"),
            func.coalesce(func.sum(activity.c.opinions), 0).label("opinions"),
            func.coalesce(func.sum(activity.c.resolved), 0).label("resolved"),
            func.coalesce(func.sum(activity.c.to_proposal), 0).label("to_proposal"),
        )
        .where(activity.c.station_id == record, is_reception(), activity.c.held_on <= on(context.as_of))
        .group_by(year)
        .order_by(year)
    )


def document(context: Context, record: str) -> Select[Any]:
    """A normative document."""
    return select(normative_doc).where(
        normative_doc.c.id == record, region_prefix(normative_doc.c.region_code, context.scope.prefixes)
    )


def appraised(context: Context, record: str) -> Select[Any]:
    """An appraisal, without the name of the person, the votes and the grade."""
    shown = (appraisal.c.id, appraisal.c.kind, appraisal.c.post, appraisal.c.held_on)
    return (
        select(*shown, org_unit.c.name.label("unit_name"))
        .outerjoin(org_unit, org_unit.c.id == appraisal.c.org_unit_id)
        .where(appraisal.c.id == record, region_prefix(appraisal.c.region_code, context.scope.prefixes))
    )


def supported(context: Context, record: str) -> Select[Any]:
    """An act of the Party committee."""
    return _one(party_support, context, record)


def key_work(context: Context, record: str) -> Select[Any]:
    """A piece of key work with its leader."""
    return _one(leader_task, context, record)


def elected(context: Context, record: str) -> Select[Any]:
    """A general election in one place, with the place's name."""
    named = region.c.name.label("township_name")
    return _one(election, context, record, named).outerjoin(region, region.c.region_code == election.c.region_code)


def congress_body(context: Context, record: str) -> Select[Any]:
    """A committee, office or centre, a working committee of a subdistrict, or a township congress."""
    return _one(org_unit, context, record).where(org_unit.c.system == "PC")


def _one(table: Table, context: Context, record: str, *more: ColumnElement[Any]) -> Select[Any]:
    """The row of that number, if the reader may see its region."""
    seen = region_prefix(table.c.region_code, context.scope.prefixes)
    return select(*table.c, *more).select_from(table).where(table.c.id == record, seen)


def resolved(context: Context, record: str) -> Select[Any]:
    """A resolution with the meeting that adopted it."""
    return (
        select(resolution, meeting.c.kind.label("meeting_kind"), meeting.c.term_no, meeting.c.session_no)
        .outerjoin(meeting, meeting.c.id == resolution.c.meeting_id)
        .where(resolution.c.id == record, region_prefix(resolution.c.region_code, context.scope.prefixes))
    )


def met(context: Context, record: str) -> Select[Any]:
    """A meeting."""
    return _one(meeting, context, record)


def adopted_at(context: Context, record: str) -> Select[Any]:
    """The resolutions a meeting adopted, in the order of their numbers."""
    return (
        select(resolution.c.title, resolution.c.adopted_on)
        .where(resolution.c.meeting_id == record)
        .where(region_prefix(resolution.c.region_code, context.scope.prefixes))
        .order_by(resolution.c.id)
    )


def serves(context: Context, record: str) -> Select[Any]:
    """A deputy's seat: congress, constituency, from when until when and why it ended."""
    shown = ("id", "level", "term_no", "constituency", "is_reelected", "start_on", "end_on", "end_reason")
    return select(*(deputy.c[name] for name in shown)).where(
        deputy.c.id == record, region_prefix(deputy.c.region_code, context.scope.prefixes)
    )


def duty_days(context: Context, record: str) -> Select[Any]:
    """Days on which a deputy reported to voters or was trained, up to the as-of day; no ratings."""
    activity = deputy_activity
    return (
        select(activity.c.kind, activity.c.held_on)
        .where(activity.c.deputy_id == record, activity.c.kind.in_(("RPT", "TRN")))
        .where(activity.c.held_on <= on(context.as_of))
        .order_by(activity.c.held_on)
    )


def term_starts(context: Context) -> Select[Any]:
    """First days of the district congress's terms."""
    return select(term.c.start_on).where(
        term.c.level == "COUNTY", region_prefix(term.c.region_code, context.scope.prefixes)
    )
