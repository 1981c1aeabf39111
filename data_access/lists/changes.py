"""What happened to suggestions since a day, and since which days it may be asked."""

from __future__ import annotations

from datetime import date

from pandas import DataFrame
from sqlalchemy import Connection

from data_access.asking import once
from data_access.context import Context, Period
from data_access.lists.listing import table
from data_access.rows import ROWS, changes

# Each metric of changes with the claim it counts and the day on which it happened.
CLAIMS = {
    "P24.new": ("is_new", "submitted_on"),
    "P24.answered": ("is_just_answered", "replied_on"),
    "P24.late": ("is_just_late", "due_on"),
    "P24.closed": ("is_just_closed", "rated_on"),
}


def changed(connection: Connection, context: Context) -> tuple[date, DataFrame]:
    """The day after which changes count, and the items that changed.

    Returns:
        One row an item: ``id``, ``title``, and the claims and days of ``CLAIMS``.
    """
    since = changes.changed_since(connection, context)
    names = ("id", "title", *(name for pair in CLAIMS.values() for name in pair))
    over = (Period(context.as_of.year, since, context.as_of, context.as_of),)
    of_any_years = context.with_filters(years=(1, 1), since=None)

    def ask() -> DataFrame:
        return table(connection, ROWS["proposals_changed"], names, of_any_years, over, order=("id",))

    return since, once(("changed", of_any_years, since), ask)


def meetings(connection: Connection, context: Context) -> tuple[date, ...]:
    """Days of the Standing Committee's last meetings before the as-of day, the newest first."""
    return changes.last_meetings(connection, context)
