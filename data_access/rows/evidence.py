"""Which years the database has rows of, table by table, and the totals printed for the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Integer, Select, String, cast, func, literal, select, union_all

from data_access.sql import region_prefix, year_of
from data_access.tables import TABLES
from data_access.tables.local import reported_figure
from data_access.tables.regions import term

# The column that says to which year a row belongs; where it is empty the next one does.
DATED: dict[str, tuple[str, ...]] = {
    "proposal": ("handling_year",),
    "supervision_item": ("plan_year", "held_on"),
    "normative_doc": ("filed_on", "published_on"),
    "appraisal": ("held_on",),
    "resolution": ("adopted_on",),
    "meeting": ("held_on",),
    "appointment": ("decided_on",),
    "deputy_activity": ("held_on",),
    "party_support": ("held_on", "submitted_on"),
    "cadre_change": ("effective_on",),
    "budget_item": ("fiscal_year",),
    "deputy": ("start_on",),
    "station": ("established_on",),
    "org_unit": ("set_up_on",),
    "leader_task": ("start_on",),
    "election": ("held_on",),
    "term": ("start_on",),
}
# These list what stands, not what happened: they go on after their first year.
REGISTERS = ("deputy", "station", "org_unit", "leader_task", "election", "term")
# Their rows belong to the year of the item they hang on.
PARTS = {"proposal_handler": "proposal", "proposal_reply": "proposal", "proposal_cosigner": "proposal"}
ALWAYS = ("region", "village", "region_shape")  # what has no dates stands in every year


def kept_years(prefixes: Iterable[str], present: Collection[str]) -> CompoundSelect[Any] | None:
    """Table, year and region of all rows in the regions, once each; ``None`` when no table is there."""
    lines = [_kept(name, tuple(prefixes)) for name in DATED if name in present]
    return union_all(*lines) if lines else None


def _kept(name: str, prefixes: tuple[str, ...]) -> Select[Any]:
    table = TABLES[name]
    year = func.coalesce(*(_year(table.c[column]) for column in DATED[name]), 0)
    return (
        select(literal(name, String(32)).label("name"), cast(year, Integer).label("year"), table.c.region_code)
        .where(region_prefix(table.c.region_code, prefixes))
        .distinct()
    )


def rows_by_year(name: str) -> Select[Any] | None:
    """How many rows a dated table has by year; ``None`` for the others."""
    if name not in DATED:
        return None
    table = TABLES[name]
    year = func.coalesce(*(_year(table.c[column]) for column in DATED[name]), 0).label("year")
    dated = select(year).subquery("dated")
    return select(dated.c.year, func.count()).group_by(dated.c.year)


def _year(column: ColumnElement[Any]) -> ColumnElement[int]:
    return column if isinstance(column.type, Integer) else year_of(column)


def printed_totals(prefixes: Iterable[str]) -> Select[Any]:
    """Every reported figure of the regions."""
    figure = reported_figure.c
    return select(
        figure.metric_id,
        figure.region_code,
        figure.period,
        figure.value,
        figure.denominator,
        figure.source_doc,
        figure.is_estimate,
    ).where(region_prefix(figure.region_code, prefixes))


def first_days(prefixes: Iterable[str]) -> Select[Any]:
    """Number and first day of every term of the district congress."""
    return select(term.c.term_no, term.c.start_on).where(
        term.c.level == "COUNTY", region_prefix(term.c.region_code, prefixes)
    )
