"""Records that seem to stand there twice: the columns in which two records of a table cannot agree by chance."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, and_, exists, func, or_, select

# Numbers differ, and yet it is the same: columns that must agree, and those that must agree or be empty in both.
SAME: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "village": (("region_code", "name"), ()),
    "meeting": (("region_code", "kind", "held_on"), ()),
    "org_unit": (("region_code", "system", "kind", "name"), ()),
    "station": (("region_code", "level", "name"), ()),
    "deputy": (("region_code", "level", "term_no", "name", "constituency"), ("birth_year",)),
    "resolution": (("region_code", "title", "adopted_on"), ()),
    "proposal": (("region_code", "handling_year", "title", "lead_deputy_id"), ()),
    "proposal_handler": (("region_code", "proposal_id", "org_unit_id", "role"), ("assigned_on",)),
    "proposal_reply": (("region_code", "proposal_id", "org_unit_id", "round_no"), ()),
    "supervision_item": (("region_code", "kind", "title", "plan_year"), ("held_on",)),
    "normative_doc": (("region_code", "title", "issuer", "published_on"), ()),
    "appraisal": (("region_code", "kind", "person_or_unit", "held_on"), ()),
    "appointment": (("region_code", "person_key", "action", "post", "decided_on"), ()),
    # In the order of the covering index, so that nothing has to be sorted.
    "deputy_activity": (("region_code", "kind", "held_on", "deputy_id"), ("event_id", "station_id")),
    "party_support": (("region_code", "kind", "title", "held_on"), ()),
    "leader_task": (("region_code", "leader", "kind", "title"), ("start_on",)),
    "cadre_change": (("region_code", "person_key", "kind", "effective_on"), ()),
    "election": (("region_code", "level", "term_no"), ()),
    "budget_item": (("region_code", "fiscal_year", "kind"), ()),
    "rule_config": (("region_code", "key"), ()),
    "reported_figure": (("region_code", "metric_id", "period"), ()),
}


def is_repeated(table: Table, known: Set[str]) -> ColumnElement[bool] | None:
    """Records that agree with one of a smaller key; ``None`` where the table has no such rule or lacks a column.

    Only the groups with more than one record are looked at again.
    """
    if table.name not in SAME or not set(SAME[table.name][0]) <= known:
        return None
    must, may = SAME[table.name][0], [name for name in SAME[table.name][1] if name in known]
    key: Any = next(iter(table.primary_key))
    row, other, first = (table.alias(name) for name in ("repeated", "grouped", "first_one"))
    columns = [other.c[name] for name in (*must, *may)]
    is_whole = and_(*(other.c[name].is_not(None) for name in must))
    # Without the key, which is in no index: only the few rows of such groups are looked up for it.
    groups = select(*columns).where(is_whole).group_by(*columns).having(func.count() > 1).subquery("groups")
    alike = _same(row, groups, must, may)
    smaller = exists().where(_same(first, row, must, may), first.c[key.name] < row.c[key.name])
    return key.in_(select(row.c[key.name]).select_from(row.join(groups, alike)).where(smaller))  # type: ignore[no-any-return]


def _same(one: FromClause, other: FromClause, must: Iterable[str], may: Iterable[str]) -> ColumnElement[bool]:
    """Two rows agree in all columns; where ``may`` are empty, in both."""
    empty = ((one.c[name], other.c[name]) for name in may)
    return and_(
        *(one.c[name] == other.c[name] for name in must),
        *(or_(a == b, and_(a.is_(None), b.is_(None))) for a, b in empty),
    )
