"""How an item stands with the unit that answers it, as known on a day: the ground under rows of proposals.

An item with several separately handling units (分办) is as far as its slowest unit: while one of them owes its reply,
that unit is the item's unit; afterwards the last to reply is.

Every partner is joined by its key, chosen by a small lookup of its own, so that a database may leave out whatever a
figure does not ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Select, and_, case, func, or_, select

from data_access.sql import ONE, one_of
from data_access.tables.deputies import deputy
from data_access.tables.meetings import org_unit
from data_access.tables.proposals import proposal, proposal_handler, proposal_reply

ALONE = ("LEAD", "SOLE")  # the unit that answers for the whole item; a co-handler owes it its opinion, not a reply
ANSWERING = (*ALONE, "SPLIT")


@dataclass(frozen=True)
class Handled:
    """An item beside the unit that answers it, that unit's first and last reply, and the last one rated."""

    years: FromClause
    unit: FromClause
    first: FromClause
    last: FromClause
    rated: FromClause
    joined: FromClause

    @property
    def attitude(self) -> ColumnElement[Any]:
        """The last rating of attitude; a question of its own, answered or not apart from that of the result."""
        other = proposal_reply.alias("other")
        rated = (other.c.rated_on <= self.years.c.cut_on, other.c.attitude.is_not(None))
        return _pick(other.c.attitude, _given(other, self.unit, self.years), *rated, newest=other.c.round_no)

    @property
    def rounds(self) -> ColumnElement[Any]:
        """How often the item was answered, by whichever unit; 0 for not at all. A co-handler's paper is no answer."""
        reply, helper = proposal_reply.alias("any_reply"), proposal_handler.alias("helper")
        helped = and_(
            helper.c.proposal_id == reply.c.proposal_id,
            helper.c.org_unit_id == reply.c.org_unit_id,
            helper.c.role == "CO",
        )
        known = (reply.c.proposal_id == proposal.c.id, reply.c.replied_on <= self.years.c.cut_on)
        answers = select(func.max(reply.c.round_no)).where(
            *known, ~select(ONE).select_from(helper).where(helped).exists()
        )
        return func.coalesce(answers.scalar_subquery(), 0)

    @property
    def was_returned(self) -> ColumnElement[bool]:
        """Whether a unit had sent the item back."""
        other = proposal_handler.alias("other")
        known = (other.c.proposal_id == proposal.c.id, other.c.returned_on <= self.years.c.cut_on)
        return select(ONE).select_from(other).where(*known).exists()


def handled(years: CTE, asked: ColumnElement[bool], *, slowest: bool) -> Handled:
    """Items beside their units: one row per item with ``slowest``, else one per item and answering unit.

    ``asked`` joins items to ``years``. An item without a unit has a row of its own only with ``slowest``.
    """
    unit, first, last, rated = (
        table.alias(name)
        for table, name in (
            (proposal_handler, "handler"),
            (proposal_reply, "first"),
            (proposal_reply, "last"),
            (proposal_reply, "rated"),
        )
    )
    answers = unit.c.id == _slowest_unit(years) if slowest else _answers(unit, years, ANSWERING)
    joined = (
        proposal.join(years, asked)
        .join(unit, answers, isouter=slowest)
        .outerjoin(first, first.c.id == _reply(unit, years, "first"))
        .outerjoin(last, last.c.id == _reply(unit, years, "last"))
        .outerjoin(rated, rated.c.id == _reply(unit, years, "rated"))
        .outerjoin(org_unit, org_unit.c.id == unit.c.org_unit_id)
        .outerjoin(deputy, deputy.c.id == proposal.c.lead_deputy_id)
    )
    return Handled(years, unit, first, last, rated, joined)


def _answers(unit: FromClause, years: FromClause, roles: Sequence[str]) -> ColumnElement[bool]:
    """The item's units in these roles, without those that had sent the item back by then."""
    return and_(
        unit.c.proposal_id == proposal.c.id,
        one_of(unit.c.role, roles),
        or_(unit.c.returned_on.is_(None), unit.c.returned_on > years.c.cut_on),
        or_(unit.c.assigned_on.is_(None), unit.c.assigned_on <= years.c.cut_on),
    )


def _given(reply: FromClause, unit: FromClause, years: FromClause) -> ColumnElement[bool]:
    """A unit's replies known by then; where either side names no unit the item alone decides."""
    same_unit = or_(
        reply.c.org_unit_id == unit.c.org_unit_id, reply.c.org_unit_id.is_(None), unit.c.org_unit_id.is_(None)
    )
    return and_(reply.c.proposal_id == proposal.c.id, same_unit, reply.c.replied_on <= years.c.cut_on)


def is_surely_answered(years: FromClause) -> ColumnElement[bool]:
    """Whether an item has a first reply that counts whichever of its units answers for it: what can be told of most
    items sooner than which unit that is."""
    reply, other = proposal_reply.alias("surely"), proposal_handler.alias("other_unit")
    another = select(ONE).where(
        other.c.proposal_id == reply.c.proposal_id, other.c.role != "CO", other.c.org_unit_id != reply.c.org_unit_id
    )
    known = (reply.c.proposal_id == proposal.c.id, reply.c.round_no == 1, reply.c.replied_on <= years.c.cut_on)
    return select(ONE).select_from(reply).where(*known, ~another.correlate(reply).exists()).exists()


def _slowest_unit(years: FromClause) -> ColumnElement[Any]:
    alone, split, reply = proposal_handler.alias("alone"), proposal_handler.alias("split"), proposal_reply.alias("own")
    one = select(func.min(alone.c.id)).where(_answers(alone, years, ALONE)).scalar_subquery()
    answered = split.outerjoin(reply, and_(_given(reply, split, years), reply.c.round_no == 1))
    owing_first = case((reply.c.replied_on.is_(None), 0), else_=1)
    several: Select[Any] = (
        select(split.c.id)
        .select_from(answered)
        .where(_answers(split, years, ("SPLIT",)))
        .order_by(owing_first, reply.c.replied_on.desc(), split.c.org_unit_id)
        .limit(1)
    )
    # Nearly every item has one unit; the second lookup runs only for the others.
    return func.coalesce(one, several.correlate(proposal, years).scalar_subquery())


def _reply(unit: FromClause, years: FromClause, which: str) -> ColumnElement[Any]:
    reply = proposal_reply.alias(f"{which}_reply")
    given = _given(reply, unit, years)
    if which == "first":
        return _pick(reply.c.id, given, reply.c.round_no == 1, newest=reply.c.replied_on)
    if which == "last":
        return _pick(reply.c.id, given, newest=reply.c.round_no)
    rated = and_(reply.c.rated_on <= years.c.cut_on, reply.c.result_rating.is_not(None))
    return _pick(reply.c.id, given, rated, newest=reply.c.round_no)


def _pick(column: ColumnElement[Any], *wanted: ColumnElement[bool], newest: ColumnElement[Any]) -> ColumnElement[Any]:
    return select(column).where(*wanted).order_by(newest.desc()).limit(1).scalar_subquery()
