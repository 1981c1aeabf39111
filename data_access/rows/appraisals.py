"""Appraisals, who is subject to them, and normative documents recorded and reviewed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, Select, and_, case, exists, func, or_, select

from data_access.context import Context
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, within
from data_access.sql import claim, days_between, month_of
from data_access.tables.personnel import appointment
from data_access.tables.supervision import appraisal, normative_doc
from data_access.text import Text

SUBJECT_ORGANS = ("GOVD",)  # department heads appointed by decision: those local rules name first
PUT_IN_OFFICE = ("DECIDE_A", "APPT")
TAKEN_OUT = ("DECIDE_R", "REMV", "RESIGN", "DISM", "RECALL")
FILING_DAYS = 30


def _appraised(context: Context, years: CTE) -> Select[Any]:
    return (
        select(
            years.c.year,
            month_of(appraisal.c.held_on).label("month"),
            appraisal.c.id,
            appraisal.c.kind,
            appraisal.c.person_or_unit,
            appraisal.c.org_unit_id.label("unit"),
            appraisal.c.post,
            appraisal.c.held_on,
        )
        .join_from(appraisal, years, appraisal.c.held_on.between(years.c.start_on, years.c.end_on))
        .where(within(context, appraisal.c.region_code))
    )


def _subjects(context: Context, years: CTE) -> Select[Any]:
    """Persons put into office since the period began and still there on its last day; one row a person.

    A post has one head: whoever is appointed to it later replaces the one before. An appraisal is a person's when it
    names the person, or the post while the person held it.
    """
    later = appointment.alias("later")
    same = later.c.person_key == appointment.c.person_key
    left = exists().where(
        later.c.post == appointment.c.post,
        later.c.decided_on.between(appointment.c.decided_on, years.c.end_on),
        or_(
            and_(same, later.c.action.in_(TAKEN_OUT)),
            and_(~same, later.c.action.in_(PUT_IN_OFFICE), later.c.decided_on > appointment.c.decided_on),
        ),
    )
    seen = exists().where(
        or_(appraisal.c.person_or_unit == appointment.c.person, appraisal.c.post == appointment.c.post),
        appraisal.c.kind.in_(("POST", "DUTY")),
        appraisal.c.held_on.between(appointment.c.decided_on, years.c.end_on),
    )
    return (
        select(
            years.c.year,
            appointment.c.person_key,
            appointment.c.organ_class,
            func.min(appointment.c.id).label("id"),
            func.min(appointment.c.post).label("post"),
            func.min(appointment.c.decided_on).label("decided_on"),
            claim(func.max(case((seen, 1), else_=0)) == 1).label("is_appraised"),
        )
        .join_from(appointment, years, appointment.c.decided_on.between(years.c.start_on, years.c.end_on))
        .where(
            within(context, appointment.c.region_code),
            appointment.c.organ_class.in_(SUBJECT_ORGANS),
            appointment.c.action.in_(PUT_IN_OFFICE),
            ~left,
        )
        .group_by(years.c.year, appointment.c.person_key, appointment.c.organ_class)
    )


def _filed(context: Context, years: CTE) -> Select[Any]:
    doc, cut = normative_doc, years.c.cut_on
    days = days_between(doc.c.published_on, doc.c.filed_on)
    is_reviewed = doc.c.reviewed_on <= cut
    return (
        select(
            years.c.year,
            month_of(doc.c.filed_on).label("month"),
            doc.c.id,
            doc.c.title,
            doc.c.issuer,
            doc.c.region_code.label("township"),
            doc.c.published_on,
            doc.c.filed_on,
            case((is_reviewed, doc.c.reviewed_on)).label("reviewed_on"),
            case((is_reviewed, doc.c.result)).label("result"),
            claim(days <= FILING_DAYS).label("is_on_time"),
            claim(is_reviewed).label("is_reviewed"),
            claim(and_(is_reviewed, doc.c.result.in_(("CORRECTED", "REPEALED")))).label("is_corrected"),
        )
        .join_from(doc, years, doc.c.filed_on.between(years.c.start_on, years.c.end_on))
        .where(within(context, doc.c.region_code))
    )


def _unfiled(context: Context, years: CTE) -> Select[Any]:
    doc, end = normative_doc, years.c.end_on
    days = days_between(doc.c.published_on, end)
    return (
        select(
            years.c.year,
            doc.c.id,
            doc.c.title,
            doc.c.issuer,
            doc.c.region_code.label("township"),
            doc.c.published_on,
            (days - FILING_DAYS).label("days_late"),
        )
        .join_from(doc, years, or_(doc.c.filed_on.is_(None), doc.c.filed_on > end))
        .where(within(context, doc.c.region_code), days > FILING_DAYS)
    )


_DOC = (
    Shown("title", header(normative_doc.c.title), searched=True),
    Shown("issuer", header(normative_doc.c.issuer), searched=True),
)

SOURCES = (
    RowSource(
        name="appraisals",
        window=Window.FLOW,
        build=_appraised,
        dimensions={"year": "year", "month": "month", "appraisal_kind": "kind", "unit": "unit"},
        # The votes and the grade of a person are not for a listing.
        listing=(
            Shown("kind", header(appraisal.c.kind)),
            Shown("post", Text("职务", "Post"), searched=True),
            Shown("held_on", header(appraisal.c.held_on)),
        ),
        order=("-held_on", "id"),
        record="appraisal",
        title=Text("评议", "appraisals"),
        is_plain=True,
    ),
    RowSource(
        name="appraisal_subjects",
        window=Window.STOCK,
        build=_subjects,
        dimensions={"year": "year", "organ": "organ_class"},
        listing=(
            Shown("post", Text("职务", "Post"), searched=True),
            Shown("decided_on", Text("任命日期", "Appointed on")),
            Shown("is_appraised", Text("本届已述职评议", "Appraised this term")),
        ),
        order=("is_appraised", "decided_on", "id"),
        record="appointment",
        title=Text("述职评议对象", "persons subject to appraisal"),
    ),
    RowSource(
        name="normative_docs",
        window=Window.FLOW,
        build=_filed,
        dimensions={
            "year": "year",
            "month": "month",
            "township": "township",
            "issuer": "issuer",
            "doc_result": "result",
        },
        listing=(
            *_DOC,
            Shown("published_on", header(normative_doc.c.published_on)),
            Shown("filed_on", header(normative_doc.c.filed_on)),
            Shown("reviewed_on", header(normative_doc.c.reviewed_on)),
            Shown("result", header(normative_doc.c.result)),
        ),
        order=("-filed_on", "id"),
        record="normative_doc",
        title=Text("报备文件", "documents filed"),
        is_plain=True,
    ),
    RowSource(
        name="unfiled_docs",
        window=Window.STOCK,
        build=_unfiled,
        dimensions={"year": "year", "township": "township", "issuer": "issuer"},
        listing=(
            *_DOC,
            Shown("published_on", header(normative_doc.c.published_on)),
            Shown("days_late", Text("超期天数", "Days late")),
        ),
        order=("-days_late", "id"),
        record="normative_doc",
        title=Text("超期未报备文件", "documents not filed in time"),
        is_plain=True,
    ),
)
