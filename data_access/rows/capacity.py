"""Elections, cadres, bodies, vice-chairs and funds of the Congress, as rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case, func, or_, select

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, within
from data_access.sql import claim, year_of
from data_access.tables.capacity import budget_item, cadre_change, election
from data_access.tables.meetings import org_unit
from data_access.tables.regions import region
from data_access.text import Text

DISTRICT_BODIES = ("COM", "OFF", "CEN")
RURAL = ("TOWN", "XIANG")


def _changes(context: Context, years: CTE) -> Select[Any]:
    row = cadre_change
    return (
        select(
            years.c.year,
            *(row.c[name] for name in ("id", "person_key", "kind", "effective_on")),
            year_of(row.c.effective_on).label("change_year"),
            row.c.region_code.label("township"),
            org_unit.c.name.label("unit_name"),
        )
        .join_from(row, years, row.c.effective_on.between(years.c.start_on, years.c.end_on))
        .outerjoin(org_unit, org_unit.c.id == row.c.unit)
        .where(within(context, row.c.region_code))
    )


def _stands(years: CTE) -> ColumnElement[bool]:
    """Bodies of the Congress that stood on the period's last day; on the day it is closed a body no longer does."""
    end = years.c.end_on
    return and_(
        org_unit.c.system == "PC",
        or_(org_unit.c.set_up_on.is_(None), org_unit.c.set_up_on <= end),
        or_(org_unit.c.closed_on.is_(None), org_unit.c.closed_on > end),
    )


def _bodies(context: Context, years: CTE) -> Select[Any]:
    row = org_unit
    free = row.c.posts - row.c.staff
    return (
        select(
            years.c.year,
            *(row.c[name] for name in ("id", "name", "kind", "set_up_on", "posts", "staff", "vice_chair")),
            row.c.region_code.label("township"),
            claim(row.c.kind.in_(DISTRICT_BODIES)).label("is_of_district"),
            case((free < 0, "OVER"), (free == 0, "FULL"), (free == 1, "ONE"), (free > 1, "MORE")).label("posts_band"),
        )
        .join_from(row, years, _stands(years))
        .where(within(context, row.c.region_code))
    )


def _townships(context: Context, years: CTE) -> Select[Any]:
    """Every township and subdistrict, with its working committee or its congress's vice-chair."""
    unit = org_unit
    has_vice = case((unit.c.vice_chair, 1), (unit.c.vice_chair.is_not(None), 0))
    found = (
        select(
            years.c.year,
            unit.c.region_code,
            func.count(case((unit.c.kind == "STR", 1))).label("committees"),
            func.min(case((unit.c.kind == "STR", unit.c.set_up_on))).label("set_up_on"),
            func.max(case((unit.c.kind == "TWP", has_vice))).label("vice_chair"),
        )
        .join_from(unit, years, _stands(years))
        .where(unit.c.kind.in_(("STR", "TWP")))
        .group_by(years.c.year, unit.c.region_code)
        .subquery("found")
    )
    is_street, is_rural = region.c.kind == "STREET", region.c.kind.in_(RURAL)
    has_committee, has_chair = func.coalesce(found.c.committees, 0) > 0, found.c.vice_chair == 1
    return (
        select(
            years.c.year,
            region.c.region_code.label("id"),
            region.c.region_code.label("township"),
            region.c.name,
            region.c.kind.label("township_kind"),
            case((is_street, found.c.set_up_on)).label("set_up_on"),
            claim(is_street).label("is_street"),
            claim(and_(is_street, has_committee)).label("has_committee"),
            claim(and_(is_rural, found.c.vice_chair.is_not(None))).label("is_vice_chair_known"),
            claim(and_(is_rural, has_chair)).label("has_vice_chair"),
            case(
                (and_(is_street, has_committee), "SET_UP"),
                (is_street, "NOT_SET_UP"),
                (and_(is_rural, has_chair), "FILLED"),
                (and_(is_rural, found.c.vice_chair == 0), "UNFILLED"),
            ).label("post_state"),
        )
        .join_from(region, years, region.c.level == "TOWNSHIP")
        .outerjoin(found, and_(found.c.year == years.c.year, found.c.region_code == region.c.region_code))
        .where(within(context, region.c.region_code))
    )


def _elections(context: Context, years: CTE) -> Select[Any]:
    """The latest general election of each level and place by the period's last day; by-elections are not in it."""
    row, other = election, election.alias("other")
    held = or_(row.c.held_on.is_(None), row.c.held_on <= years.c.end_on)
    latest = (
        select(func.max(other.c.term_no))
        .where(
            other.c.region_code == row.c.region_code,
            other.c.level == row.c.level,
            or_(other.c.held_on.is_(None), other.c.held_on <= years.c.end_on),
        )
        .correlate(row, years)
        .scalar_subquery()
    )
    counted = ("quota", "candidates", "elected", "female", "constituencies", "one_round", "voters", "voted")
    return (
        select(
            years.c.year,
            *(row.c[name] for name in ("id", "level", "held_on", *counted)),
            row.c.term_no.label("term"),
            row.c.region_code.label("township"),
            region.c.name.label("township_name"),
            region.c.kind.label("township_kind"),
            claim(and_(row.c.voters > 0, row.c.voted.is_not(None))).label("has_turnout"),
            claim(and_(row.c.constituencies > 0, row.c.one_round.is_not(None))).label("has_rounds"),
        )
        .join_from(row, years, held)
        .outerjoin(region, region.c.region_code == row.c.region_code)
        .where(within(context, row.c.region_code), row.c.term_no == latest)
    )


def _funds(context: Context, years: CTE) -> Select[Any]:
    row = budget_item
    return (
        select(
            years.c.year,
            *(row.c[name] for name in ("id", "kind", "budget", "executed", "people", "note")),
            row.c.region_code.label("township"),
            claim(and_(row.c.budget > 0, row.c.executed.is_not(None))).label("has_both"),
        )
        .join_from(row, years, row.c.fiscal_year == years.c.year)
        .where(within(context, row.c.region_code))
    )


_TOWNSHIP = Shown("township_name", Text("乡镇（街道）", "Township"), searched=True)

SOURCES = (
    RowSource(
        name="cadre_changes",
        window=Window.FLOW,
        build=_changes,
        dimensions={"year": "year", "change_year": "change_year", "township": "township", "cadre_kind": "kind"},
        listing=(
            Shown("kind", header(cadre_change.c.kind)),
            Shown("unit_name", header(cadre_change.c.unit), searched=True),
            Shown("effective_on", header(cadre_change.c.effective_on)),
            Shown("person_key", header(cadre_change.c.person_key)),
        ),
        order=("-effective_on", "id"),
        title=Text("干部变动", "cadre changes"),
        is_plain=True,
    ),
    RowSource(
        name="congress_bodies",
        window=Window.STOCK,
        build=_bodies,
        dimensions={"year": "year", "township": "township", "body_kind": "kind", "posts_band": "posts_band"},
        listing=(
            Shown("name", header(org_unit.c.name), searched=True),
            Shown("kind", header(org_unit.c.kind)),
            Shown("posts", header(org_unit.c.posts)),
            Shown("staff", header(org_unit.c.staff)),
            Shown("set_up_on", header(org_unit.c.set_up_on)),
        ),
        order=("id",),
        record="congress_body",
        title=Text("人大机构", "bodies of the Congress"),
        is_plain=True,
    ),
    RowSource(
        name="township_bodies",
        window=Window.STOCK,
        build=_townships,
        dimensions={
            "year": "year",
            "township": "township",
            "township_kind": "township_kind",
            "post_state": "post_state",
        },
        listing=(
            Shown("name", Text("乡镇（街道）", "Township"), searched=True),
            Shown("township_kind", header(region.c.kind)),
            Shown("post_state", Text("情况", "State")),
            Shown("set_up_on", Text("街道工委设立日期", "Committee set up on")),
        ),
        order=("township",),
        title=Text("乡镇（街道）", "townships"),
    ),
    RowSource(
        name="elections",
        window=Window.STOCK,
        build=_elections,
        dimensions={
            "year": "year",
            "township": "township",
            "township_kind": "township_kind",
            "level": "level",
            "term": "term",
        },
        listing=(
            _TOWNSHIP,
            Shown("level", header(election.c.level)),
            Shown("term", header(election.c.term_no)),
            Shown("held_on", header(election.c.held_on)),
            *(
                Shown(name, header(election.c[name]))
                for name in ("quota", "candidates", "elected", "constituencies", "one_round", "voters", "voted")
            ),
        ),
        order=("level", "township", "id"),
        record="election",
        title=Text("换届选举", "general elections"),
        is_plain=True,
    ),
    RowSource(
        name="budget_items",
        window=Window.FLOW,
        build=_funds,
        dimensions={"year": "year", "township": "township", "budget_kind": "kind"},
        listing=(
            Shown("year", Text("预算年度", "Fiscal year")),
            Shown("kind", header(budget_item.c.kind)),
            Shown("budget", header(budget_item.c.budget)),
            Shown("executed", header(budget_item.c.executed)),
            Shown("people", header(budget_item.c.people)),
            Shown("note", header(budget_item.c.note), searched=True),
        ),
        order=("-year", "kind", "id"),
        title=Text("经费", "funds"),
        is_plain=True,
    ),
)
