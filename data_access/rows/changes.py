"""Since which day changes count: the day asked for, else the last meeting of the Standing Committee."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection, select

from data_access.asking import once
from data_access.context import Context
from data_access.tables.meetings import meeting

SHOWN = 5
DAYS = 30


def changed_since(connection: Connection, context: Context) -> date:
    """The day after which changes count: the one asked for if it lies before the as-of day, else the last meeting's.

    Without a meeting on record it is thirty days earlier.
    """
    asked = context.filters.since
    if asked is not None and asked < context.as_of:
        return asked
    known = last_meetings(connection, context)
    return known[0] if known else context.as_of - timedelta(days=DAYS)


def last_meetings(connection: Connection, context: Context) -> tuple[date, ...]:
    """Days of the Standing Committee's last meetings before the as-of day, the newest first."""
    districts = {context.rules.region_code, *(prefix[:6] for prefix in context.scope.prefixes)}
    held = (
        select(meeting.c.held_on)
        .where(meeting.c.kind == "SC", meeting.c.region_code.in_(sorted(districts)), meeting.c.held_on < context.as_of)
        .order_by(meeting.c.held_on.desc())
        .limit(SHOWN)
    )
    key = ("last meetings", frozenset(districts), context.as_of)
    return once(key, lambda: tuple(connection.execute(held).scalars()))
