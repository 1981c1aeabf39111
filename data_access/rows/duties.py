"""The yearly duties of supervision named by law, one row a year and duty, done or not."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown
from data_access.sql import add_months, claim, on, region_prefix, year_of
from data_access.tables.supervision import supervision_item
from data_access.text import Text

YEARLY = ("FINAL", "PLAN", "BUDGET", "AUDIT", "RECTIFY", "ASSETS", "DEBT", "ENV", "RECORD", "SUGGEST")
IF_ANY = ("ADJUST", "FIVEYEAR")
BY_SEPTEMBER = ("FINAL", "PLAN", "BUDGET", "AUDIT")

_EPOCH = 1900  # before any year asked for, so that months are only ever added
_item = supervision_item


def _duties(context: Context, years: CTE) -> Select[Any]:
    """Every duty of every year that has supervision on record; of ``IF_ANY`` only those that arose.

    Source: Supervision Law (2024), articles 12, 19, 20, 22–25, 27, 45; Deputies Law (2025), article 51.
    """
    names, met, audit = _names(), _met(context, years), _met(context, years).alias("audit")
    limit = _limit(years, names, audit)
    cut, held = years.c.cut_on, met.c.held_on
    is_done = held.is_not(None)
    is_past = and_(held.is_(None), limit < cut)
    return (
        select(
            years.c.year,
            names.c.legal_item,
            met.c.id,
            met.c.title,
            met.c.planned_on,
            held.label("held_on"),
            limit.label("limit_on"),
            claim(is_done).label("is_done"),
            claim(is_past).label("is_missed"),
            _state(is_done, held <= limit, is_past).label("state"),
        )
        .join_from(years, names, true())
        .outerjoin(met, and_(met.c.year == years.c.year, met.c.legal_item == names.c.legal_item))
        .outerjoin(audit, and_(audit.c.year == years.c.year, audit.c.legal_item == "AUDIT"))
        .where(
            _is_of_the_district(context),
            _has_records(context, years),
            or_(names.c.legal_item.in_(YEARLY), met.c.id.is_not(None)),
        )
    )


def _names() -> CTE:
    lines = [select(literal(code, String(12)).label("legal_item")) for code in (*YEARLY, *IF_ANY)]
    return union_all(*lines).cte("duty")


def _met(context: Context, years: CTE) -> Any:
    """For each year and duty the first hearing known on the cut, or else what is planned."""
    held = case((_item.c.held_on <= years.c.cut_on, _item.c.held_on))
    return (
        select(
            years.c.year,
            _item.c.legal_item,
            func.min(_item.c.id).label("id"),
            func.min(_item.c.title).label("title"),
            func.min(_item.c.planned_on).label("planned_on"),
            func.min(held).label("held_on"),
        )
        .join_from(_item, years, func.coalesce(_item.c.plan_year, year_of(_item.c.held_on)) == years.c.year)
        .where(region_prefix(_item.c.region_code, context.scope.prefixes), _item.c.legal_item.is_not(None))
        .group_by(years.c.year, _item.c.legal_item)
        .subquery("met")
    )


def _limit(years: CTE, names: CTE, audit: Any) -> ColumnElement[Any]:
    """The last day for a duty: 30 September, six months after the audit report was heard, or 31 December."""
    september = _in_year(years, date(_EPOCH, 9, 30))
    return case(
        (names.c.legal_item == "RECTIFY", add_months(func.coalesce(audit.c.held_on, september), 6)),
        (names.c.legal_item.in_(BY_SEPTEMBER), september),
        else_=_in_year(years, date(_EPOCH, 12, 31)),
    )


def _in_year(years: CTE, day: date) -> ColumnElement[Any]:
    return add_months(on(day), cast((years.c.year - _EPOCH) * 12, Integer))


def _state(
    is_done: ColumnElement[bool], is_in_time: ColumnElement[bool], is_past: ColumnElement[bool]
) -> ColumnElement[str]:
    return case((and_(is_done, is_in_time), "DONE"), (is_done, "LATE"), (is_past, "MISSED"), else_="OPEN")


def _has_records(context: Context, years: CTE) -> ColumnElement[bool]:
    """Years nobody reported are not years in which every duty was missed."""
    in_year = func.coalesce(_item.c.plan_year, year_of(_item.c.held_on)) == years.c.year
    return exists().where(region_prefix(_item.c.region_code, context.scope.prefixes), in_year)


def _is_of_the_district(context: Context) -> ColumnElement[bool]:
    """These are duties of the district's Standing Committee; a township's reader has none of them."""
    code, prefixes = context.rules.region_code, context.scope.prefixes
    return true() if prefixes and (not code or code.startswith(prefixes)) else false()


SOURCES = (
    RowSource(
        name="statutory_duties",
        window=Window.FLOW,
        build=_duties,
        dimensions={"year": "year", "legal_item": "legal_item", "duty_state": "state"},
        listing=(
            Shown("year", Text("年度", "Year")),
            Shown("legal_item", Text("法定项目", "Statutory item")),
            Shown("title", Text("事项", "Item"), searched=True),
            Shown("planned_on", Text("计划日期", "Planned for")),
            Shown("held_on", Text("开展日期", "Held on")),
            Shown("limit_on", Text("法定期限", "Statutory limit")),
            Shown("state", Text("状态", "State")),
        ),
        order=("-year", "limit_on", "legal_item"),
        record="supervision_item",
        title=Text("法定项目", "statutory items"),
    ),
)
