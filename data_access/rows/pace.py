"""How fast suggestions were answered: one row per item assigned within the period, with deadline and first reply."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, Select, and_, select

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, within
from data_access.rows.handling import handled
from data_access.rows.proposals import due_on, is_due
from data_access.tables.proposals import proposal
from data_access.text import Text


def _assigned(context: Context, years: CTE) -> Select[Any]:
    """An item with several units is as far as its slowest, as everywhere."""
    in_time = and_(is_due(years), proposal.c.assigned_on >= years.c.start_on, within(context, proposal.c.region_code))
    rows = handled(years, in_time, slowest=True)
    columns = {
        "id": proposal.c.id,
        "year": rows.years.c.year,
        "township": proposal.c.region_code,
        "unit": rows.unit.c.org_unit_id,
        "assigned_on": proposal.c.assigned_on,
        "due_on": due_on(context.rules),
        "replied_on": rows.first.c.replied_on,
    }
    return select(*(column.label(name) for name, column in columns.items())).select_from(rows.joined)


SOURCES = (
    RowSource(
        "proposals_assigned",
        Window.FLOW,
        _assigned,
        {name: name for name in ("year", "township", "unit")},
        record="proposal",
        title=Text("交办件", "items assigned"),
        is_plain=True,
    ),
)
