"""Columns that should be filled though a record stands without them, and in which cases.

What must be filled is said by the tables themselves. Nothing is asked for here that may rightly be empty: a reply the
deputy has not rated is work to be done, not a gap in the data.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, FromClause, and_

Case = Callable[[FromClause], ColumnElement[bool]]

MET = ("SC", "CHM", "CONG")
BODIES = ("COM", "OFF", "CEN")
BEING_HANDLED = ("HANDLING", "REPLIED", "REHANDLING")


def _township(row: FromClause) -> ColumnElement[bool]:
    return row.c.level == "TOWNSHIP"


def _in(column: str, *codes: str) -> Case:
    return lambda row: row.c[column].in_(codes)


def _set(column: str) -> Case:
    return lambda row: row.c[column].is_not(None)


def _true(column: str) -> Case:
    return lambda row: row.c[column].is_(True)


def _held(row: FromClause) -> ColumnElement[bool]:
    return row.c.held_on.is_not(None)


def _decides_in_meeting(row: FromClause) -> ColumnElement[bool]:
    return and_(row.c.held_on.is_not(None), row.c.venue == "SC")


def _received(row: FromClause) -> ColumnElement[bool]:
    return and_(row.c.kind == "STN", row.c.event_id.is_(None))


# Table: columns, and the case in which each is asked for (None: always).
EXPECTED: dict[str, tuple[tuple[str, Case | None], ...]] = {
    "region": (("kind", _township), ("population", _township), ("population_year", _set("population"))),
    "village": (("population", None), ("lon", None), ("lat", None)),
    "term": (("quota", None),),
    "meeting": (("term_no", None), ("members", _in("kind", *MET)), ("attended", _in("kind", *MET))),
    "org_unit": (("set_up_on", _in("kind", "STR")), ("posts", _in("kind", *BODIES)),
                 ("staff", _in("kind", *BODIES))),
    "station": (("village", None), ("lon", None), ("lat", None), ("host", None), ("head", None),
                ("served_villages", None)),
    "deputy": (("constituency", None), ("ethnicity", None), ("party", None), ("birth_year", None), ("education", None),
               ("occupation", None), ("is_grassroots", None), ("is_reelected", None),
               ("end_reason", _set("end_on"))),
    "resolution": (("meeting_id", None),),
    "proposal": (("place_code", None), ("cosigner_count", None), ("meeting_id", _in("phase", "IN")),
                 ("assigned_on", _in("status", *BEING_HANDLED)), ("key_leader", _true("is_key")),
                 ("key_unit", _true("is_key")), ("is_accepted", _in("kind", "BILL", "BILL_SUG"))),
    "proposal_handler": (("assigned_on", None),),
    "proposal_reply": (("result_class", None), ("class_current", None), ("contact_way", _set("contacted_on")),
                       ("promised_on", _in("result_class", "B")), ("attitude", _set("rated_on")),
                       ("result_rating", _set("rated_on"))),
    "supervision_item": (("plan_year", _true("in_plan")), ("lead_unit", None), ("target_unit", None), ("topic", None),
                         ("venue", _held), ("meeting_id", _decides_in_meeting), ("report_count", _held),
                         ("opinion_docs", _held), ("opinion_count", _held), ("opinion_done", _set("opinion_count"))),
    "normative_doc": (("filed_on", None), ("result", _set("reviewed_on"))),
    "appraisal": (("org_unit_id", None), ("ballots", None), ("grade", None)),
    "appointment": (("meeting_id", None), ("v_for", None), ("members", None), ("exam_on", _in("exam", "PASS", "FAIL"))),
    "deputy_activity": (("station_id", _in("kind", "STN")), ("people_met", _received), ("opinions", _received),
                        ("campaign", _in("kind", "CAM"))),
    "party_support": (("submitted_on", _in("kind", "FWD")),),
    "leader_task": (("due_on", _in("kind", "TASK", "PROJECT")), ("progress_pct", _in("kind", "TASK", "PROJECT"))),
    "cadre_change": (("unit", None),),
    "election": (("held_on", None), ("quota", None), ("elected", None), ("voters", None), ("voted", None)),
    "budget_item": (("budget", None),),
    "reported_figure": (("source_doc", None),),
}  # fmt: skip
