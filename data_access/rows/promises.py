"""Promises made in class B replies, and the units that take part in handling, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Select, and_, case, or_, select

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, within
from data_access.rows.proposals import is_ours
from data_access.sql import add_months, claim, days_between, month_of
from data_access.tables.deputies import deputy
from data_access.tables.meetings import org_unit
from data_access.tables.proposals import proposal, proposal_handler, proposal_reply
from data_access.text import Text

YEARS_AFTER = (1, 2, 3)


def _promises(context: Context, years: CTE) -> Select[Any]:
    """One row per promise, in the year it falls due, as known on the cut day; every period starts with its year."""
    promised = proposal_reply.c.promised_on
    made = and_(
        # A range rather than the year of each promise, so that an index serves.
        promised >= years.c.start_on,
        promised < add_months(years.c.start_on, 12),
        proposal_reply.c.result_class == "B",
        proposal_reply.c.replied_on <= years.c.cut_on,
    )
    joined = (
        proposal_reply.join(years, made)
        .join(proposal, proposal.c.id == proposal_reply.c.proposal_id)
        .outerjoin(org_unit, org_unit.c.id == proposal_reply.c.org_unit_id)
        .outerjoin(deputy, deputy.c.id == proposal.c.lead_deputy_id)
    )
    wanted = and_(within(context, proposal.c.region_code), is_ours())
    known = case((proposal_reply.c.fulfilled_on <= years.c.cut_on, proposal_reply.c.fulfilled_on))
    base = (
        select(
            *_item_columns(years),
            proposal_reply.c.id.label("reply"),
            proposal_reply.c.replied_on,
            proposal_reply.c.promised_on,
            known.label("fulfilled_on"),
            proposal_reply.c.class_current.label("class_now"),
        )
        .select_from(joined)
        .where(wanted)
        .subquery("promised")
    )
    return _judged(base)


def _item_columns(years: FromClause) -> list[Any]:
    return [
        proposal.c.id,
        proposal.c.title,
        proposal.c.category,
        proposal.c.kind,
        proposal.c.phase,
        proposal.c.is_key,
        proposal.c.region_code.label("township"),
        proposal.c.place_code.label("place"),
        proposal.c.lead_deputy_id.label("deputy"),
        proposal.c.assigned_on.label("item_assigned_on"),
        deputy.c.name.label("deputy_name"),
        org_unit.c.id.label("unit"),
        org_unit.c.name.label("unit_name"),
        org_unit.c.system,
        years.c.year,
        years.c.cut_on,
    ]


def _judged(base: FromClause) -> Select[Any]:
    # On the promised day itself there is still time.
    passed = base.c.promised_on < base.c.cut_on
    kept = base.c.fulfilled_on <= base.c.promised_on
    state = case((kept, "KEPT"), (base.c.fulfilled_on.is_not(None), "LATE"), (passed, "BROKEN"), else_="WAITING")
    return select(
        base,
        month_of(base.c.promised_on).label("month"),
        claim(passed).label("is_passed"),
        claim(kept).label("is_kept"),
        claim(and_(passed, base.c.fulfilled_on.is_(None))).label("is_broken"),
        claim(base.c.fulfilled_on > base.c.promised_on).label("is_late"),
        *_later(base),
        days_between(base.c.cut_on, base.c.promised_on).label("days_left"),
        state.label("promise_state"),
    )


def _later(base: FromClause) -> Iterator[ColumnElement[bool]]:
    """For one, two and three years after the promised day: are they over, and was it still open when they were."""
    for years in YEARS_AFTER:
        day = add_months(base.c.promised_on, 12 * years)
        over = day <= base.c.cut_on
        still = or_(base.c.fulfilled_on.is_(None), base.c.fulfilled_on > day)
        yield claim(over).label(f"is_over{years}")
        yield claim(and_(over, still)).label(f"is_open{years}")


def _handlers(context: Context, years: CTE) -> Select[Any]:
    """One row per item and unit that takes part, whatever its role, unless the unit had sent the item back."""
    joined = (
        proposal.join(years, and_(proposal.c.handling_year == years.c.year, proposal.c.submitted_on <= years.c.cut_on))
        .join(proposal_handler, proposal_handler.c.proposal_id == proposal.c.id)
        .outerjoin(org_unit, org_unit.c.id == proposal_handler.c.org_unit_id)
        .outerjoin(deputy, deputy.c.id == proposal.c.lead_deputy_id)
    )
    still = or_(proposal_handler.c.returned_on.is_(None), proposal_handler.c.returned_on > years.c.cut_on)
    return (
        select(
            *_item_columns(years),
            proposal_handler.c.role,
            proposal_handler.c.assigned_on,
            proposal_handler.c.opinion_on,
            month_of(proposal.c.submitted_on).label("month"),
            claim(proposal_handler.c.role == "CO").label("is_co"),
            claim(and_(is_ours(), proposal.c.assigned_on <= years.c.cut_on)).label("is_due"),
        )
        .select_from(joined)
        .where(within(context, proposal.c.region_code), still)
    )


SHARED = ("year", "month", "township", "place", "category", "phase", "unit", "system", "deputy")

ITEM = (
    Shown("id", header(proposal.c.id), searched=True),
    Shown("title", header(proposal.c.title), searched=True),
    Shown("category", header(proposal.c.category)),
    Shown("deputy_name", header(proposal.c.lead_deputy_id), searched=True),
    Shown("unit_name", Text("承办单位", "Handling unit"), searched=True),
)

SOURCES = (
    RowSource(
        "promises",
        Window.FLOW,
        _promises,
        {name: name for name in (*SHARED, "promise_state", "class_now")},
        (
            *ITEM,
            Shown("replied_on", header(proposal_reply.c.replied_on)),
            Shown("promised_on", header(proposal_reply.c.promised_on)),
            Shown("fulfilled_on", header(proposal_reply.c.fulfilled_on)),
            Shown("promise_state", Text("兑现情况", "Promise")),
        ),
        order=("promised_on", "id", "reply"),
        record="proposal",
        title=Text("答复承诺", "promises"),
        is_plain=True,
    ),
    RowSource(
        "proposal_handlers",
        Window.FLOW,
        _handlers,
        {name: name for name in (*SHARED, "role")},
        (
            *ITEM,
            Shown("role", header(proposal_handler.c.role)),
            Shown("assigned_on", header(proposal_handler.c.assigned_on)),
            Shown("opinion_on", header(proposal_handler.c.opinion_on)),
        ),
        order=("unit", "id"),
        record="proposal",
        title=Text("承办任务", "handling tasks"),
        is_plain=True,
    ),
)
