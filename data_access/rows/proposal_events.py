"""What is recorded of one bill or suggestion, for its history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from data_access.context import Context
from data_access.rows.proposals import due_basis, due_on
from data_access.sql import region_prefix
from data_access.tables.deputies import deputy
from data_access.tables.meetings import org_unit
from data_access.tables.proposals import proposal, proposal_handler, proposal_reply


def item(context: Context, number: str) -> Select[Any]:
    """The item itself with its lead deputy's name and its deadline; nothing for a reader who may not see it."""
    joined = proposal.outerjoin(deputy, deputy.c.id == proposal.c.lead_deputy_id)
    more = {
        "deputy_name": deputy.c.name,
        "deadline": due_on(context.rules),
        "due_basis": due_basis(proposal.c.extended, proposal.c.due_on),
    }
    named = (column.label(name) for name, column in more.items())
    return select(proposal, *named).select_from(joined).where(_seen(context, number))


def handlers(context: Context, number: str) -> Select[Any]:
    """The units that took part, in the order they were assigned."""
    joined = proposal_handler.join(proposal, proposal.c.id == proposal_handler.c.proposal_id).outerjoin(
        org_unit, org_unit.c.id == proposal_handler.c.org_unit_id
    )
    return (
        select(proposal_handler, org_unit.c.name.label("unit_name"))
        .select_from(joined)
        .where(_seen(context, number))
        .order_by(proposal_handler.c.assigned_on, proposal_handler.c.id)
    )


def replies(context: Context, number: str) -> Select[Any]:
    """The replies of every round, in order."""
    joined = proposal_reply.join(proposal, proposal.c.id == proposal_reply.c.proposal_id).outerjoin(
        org_unit, org_unit.c.id == proposal_reply.c.org_unit_id
    )
    return (
        select(proposal_reply, org_unit.c.name.label("unit_name"))
        .select_from(joined)
        .where(_seen(context, number))
        .order_by(proposal_reply.c.round_no, proposal_reply.c.replied_on, proposal_reply.c.id)
    )


def _seen(context: Context, number: str) -> ColumnElement[bool]:
    # A link to a record stays good when the filters beside it change, so only the scope decides.
    return (proposal.c.id == number) & region_prefix(proposal.c.region_code, context.scope.prefixes)
