"""Appointments and removals decided by the Standing Committee, and elections by the Congress."""

from __future__ import annotations

from sqlalchemy import Index

from data_access.tables import base, codes
from data_access.tables.base import coded, column, number_column, record_columns, region_column, table

appointment = table(
    "appointment",
    ("任免事项", "Appointments"),
    number_column(),
    column("person", base.NAME, ("姓名", "Person"), ("任免人员姓名", "Name of the person"), required=True),
    column(
        "person_key",
        base.ID,
        ("人员编号", "Person key"),
        ("区分同名人员的自编编号", "The office's own number, to tell namesakes apart"),
        rule=("不得使用身份证号", "Never an identity-card number"),
        required=True,
    ),
    coded("action", codes.ACTION, ("任免类型", "Action"), ("法定任免用语", "The statutory verb"), required=True),
    coded("organ_class", codes.ORGAN_CLASS, ("机关", "Organ"), ("所在机关类别", "Class of the organ"), required=True),
    column("post", base.NAME, ("职务", "Post"), ("任免职务", "The post"), required=True),
    region_column(),
    column(
        "meeting_id",
        base.ID,
        ("会议编号", "Meeting no."),
        ("作出任免的会议", "The meeting that decided"),
        of="meeting.id",
    ),
    column(
        "decided_on",
        base.DAY,
        ("任免日期", "Decided on"),
        ("通过任免的日期", "Day of the decision"),
        rule=("在会议日期内", "Within the days of the meeting"),
        required=True,
    ),
    column("v_for", base.COUNT, ("赞成", "For"), ("赞成票数", "Votes for"), at_least=0),
    column("v_against", base.COUNT, ("反对", "Against"), ("反对票数", "Votes against"), at_least=0),
    column("v_abstain", base.COUNT, ("弃权", "Abstained"), ("弃权票数", "Abstentions"), at_least=0),
    column(
        "members",
        base.COUNT,
        ("组成人员数", "Members"),
        ("全体组成人员数，过半数的基数", "All members, the base of the majority"),
        at_least=0,
    ),
    coded(
        "exam",
        codes.EXAM,
        ("任前考试", "Examination"),
        ("任前法律考试；不适用为空", "Law examination; empty where none applies"),
    ),
    column("exam_on", base.DAY, ("考试日期", "Examined on"), ("任前法律考试日期", "Day of the examination")),
    coded(
        "statement",
        codes.STATEMENT,
        ("供职发言", "Statement"),
        ("供职发言；不适用为空", "Pre-vote statement; empty where none applies"),
    ),
    coded("oath", codes.OATH, ("宪法宣誓", "Oath"), ("宪法宣誓情况", "Constitutional oath"), required=True),
    column(
        "oath_on",
        base.DAY,
        ("宣誓日期", "Sworn on"),
        ("宣誓日期", "Day of the oath"),
        rule=("不早于任免日期", "Not before the decision"),
    ),
    *record_columns(),
    Index(None, "region_code", "decided_on"),
    Index(None, "person_key"),
)
