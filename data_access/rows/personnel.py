"""Appointments and removals as rows: one per person and decision.

The same rows are offered three times, because a name, an open procedure and a vote may not be shown together:
``appointments`` (posts and names, public once decided), ``appointment_procedure`` (posts, no names) and
``appointment_totals`` (neither: for results of examinations and votes, which are shown as totals only).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case, cast, exists, null, or_, select

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, within
from data_access.sql import claim, days_between, month_of
from data_access.tables.base import NAME
from data_access.tables.personnel import appointment
from data_access.text import Text

BY_CONGRESS = ("ELECT", "BYE", "RECALL")
REPORTED_APART = ("LAY", "ELC")
PUT_IN_OFFICE = ("ELECT", "BYE", "DECIDE_A", "APPT")  # acting heads and the acting chair swear no oath
TAKEN_OUT = ("DECIDE_R", "REMV", "RESIGN", "DISM", "RECALL")
SWORN = ("SC", "OWN", "CONG")

_row = appointment

DIMENSIONS = {
    "year": "year",
    "month": "month",
    "action": "action",
    "organ": "organ_class",
    "township": "township",
    "exam": "exam_state",
    "statement": "statement",
    "oath": "oath",
}


def _decided(context: Context, years: CTE) -> Select[Any]:
    return (
        select(_name(context), *_columns(years))
        .join_from(_row, years, _row.c.decided_on.between(years.c.start_on, years.c.end_on))
        .where(within(context, _row.c.region_code))
    )


def _unfinished(context: Context, years: CTE) -> Select[Any]:
    """Persons still in office on the period's last day whose examination, statement or oath is outstanding."""
    later = appointment.alias("later")
    has_left = exists().where(
        later.c.person_key == _row.c.person_key,
        later.c.post == _row.c.post,
        later.c.action.in_(TAKEN_OUT),
        later.c.decided_on.between(_row.c.decided_on, years.c.end_on),
    )
    rows = (
        select(_name(context), *_columns(years))
        .join_from(_row, years, _row.c.decided_on <= years.c.end_on)
        .where(within(context, _row.c.region_code), _row.c.action.in_((*PUT_IN_OFFICE, "ACT", "PUSH")), ~has_left)
    )
    steps = [rows.selected_columns[name] for name in ("is_exam_open", "is_statement_open", "is_oath_open")]
    return rows.where(or_(*steps))


def _name(context: Context) -> ColumnElement[Any]:
    """The name; none when the rows are picked by how far a person's procedure has come."""
    is_by_procedure = any(context.filters.picked(dimension) for dimension in ("exam", "statement", "oath"))
    return (cast(null(), NAME) if is_by_procedure else _row.c.person).label("person")


def _columns(years: CTE) -> list[ColumnElement[Any]]:
    """Facts and claims about each row as known on the period's cut."""
    cut = years.c.cut_on
    by_congress, apart = _row.c.action.in_(BY_CONGRESS), _row.c.organ_class.in_(REPORTED_APART)
    must_swear = and_(_row.c.action.in_(PUT_IN_OFFICE), _row.c.oath != "NA", ~apart)
    has_sworn = and_(_row.c.oath.in_(SWORN), or_(_row.c.oath_on.is_(None), _row.c.oath_on <= cut))
    is_examined = and_(_row.c.exam.in_(("PASS", "FAIL")), or_(_row.c.exam_on.is_(None), _row.c.exam_on <= cut))
    must_sit = _row.c.exam.in_(("DUE", "PASS", "FAIL"))
    # A group or a click may say who was examined, never with what result.
    exam_state = case((is_examined, "TAKEN"), (must_sit, "DUE"), (_row.c.exam == "EXEMPT", "EXEMPT"))
    return [
        years.c.year,
        month_of(_row.c.decided_on).label("month"),
        *(_row.c[name] for name in ("id", "person_key", "action", "organ_class", "post", "meeting_id")),
        *(_row.c[name] for name in ("decided_on", "v_for", "members", "exam", "exam_on", "statement", "oath")),
        _row.c.region_code.label("township"),
        exam_state.label("exam_state"),
        case((_row.c.oath_on <= cut, _row.c.oath_on)).label("oath_on"),
        days_between(_row.c.decided_on, cut).label("days_since"),
        claim(by_congress).label("is_by_congress"),
        claim(_row.c.organ_class == "LAY").label("is_lay_assessor"),
        claim(_row.c.organ_class == "ELC").label("is_election_committee"),
        claim(and_(~by_congress, ~apart)).label("is_counted"),
        claim(must_sit).label("must_sit_exam"),
        claim(is_examined).label("is_examined"),
        claim(and_(is_examined, _row.c.exam == "PASS")).label("has_passed"),
        claim(_row.c.statement.in_(("GAVE", "DUE"))).label("must_speak"),
        claim(_row.c.statement == "GAVE").label("has_spoken"),
        claim(must_swear).label("must_swear"),
        claim(and_(must_swear, has_sworn)).label("has_sworn"),
        claim(and_(must_sit, ~is_examined)).label("is_exam_open"),
        claim(_row.c.statement == "DUE").label("is_statement_open"),
        claim(and_(must_swear, ~has_sworn)).label("is_oath_open"),
        claim(and_(_row.c.v_for.is_not(None), _row.c.members > 0)).label("has_vote"),
    ]


_POST = Shown("post", header(_row.c.post), searched=True)
_ORGAN = Shown("organ_class", header(_row.c.organ_class))
_ACTION = Shown("action", header(_row.c.action))
_DECIDED = Shown("decided_on", header(_row.c.decided_on))
_OPEN = (
    Shown("is_exam_open", Text("考试待补", "Examination open")),
    Shown("is_statement_open", Text("供职发言待补", "Statement open")),
    Shown("is_oath_open", Text("宣誓待补", "Oath open")),
)

SOURCES = (
    RowSource(
        name="appointments",
        window=Window.FLOW,
        build=_decided,
        dimensions=DIMENSIONS,
        listing=(Shown("person", header(_row.c.person), searched=True), _ACTION, _POST, _ORGAN, _DECIDED),
        order=("-decided_on", "id"),
        record="appointment",
        title=Text("任免事项", "appointments and removals"),
        is_plain=True,
    ),
    RowSource(
        name="appointment_procedure",
        window=Window.FLOW,
        build=_decided,
        dimensions=DIMENSIONS,
        listing=(_ACTION, _POST, _ORGAN, _DECIDED, *_OPEN),
        order=("-decided_on", "id"),
        record="appointment",
        title=Text("任职程序", "procedure of appointments"),
        is_plain=True,
    ),
    RowSource(
        name="appointment_totals",
        window=Window.FLOW,
        build=_decided,
        dimensions={"year": "year", "organ": "organ_class"},
        listing=(Shown("year", Text("年度", "Year")), _ORGAN),
        order=("-year", "organ_class", "id"),
        title=Text("任职程序合计", "procedure, totals only"),
        is_plain=True,
    ),
    RowSource(
        name="appointments_open",
        window=Window.STOCK,
        build=_unfinished,
        dimensions=DIMENSIONS,
        listing=(_POST, _ORGAN, _DECIDED, *_OPEN),
        order=("decided_on", "id"),
        record="appointment",
        title=Text("程序待补事项", "procedures to be completed"),
        is_plain=True,
    ),
)
