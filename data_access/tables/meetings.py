"""Meetings, resolutions and decisions, and the bodies and units that take part."""

from __future__ import annotations

from sqlalchemy import Index

from data_access.tables import base, codes
from data_access.tables.base import coded, column, number_column, record_columns, region_column, table

meeting = table(
    "meeting",
    ("会议", "Meetings"),
    number_column(),
    coded("kind", codes.MEETING_KIND, ("会议类型", "Kind"), ("会议类型", "Kind of meeting"), required=True),
    region_column(),
    column("term_no", base.COUNT, ("第几届", "Term no."), ("届次序号", "Number of the term"), at_least=1),
    column("session_no", base.COUNT, ("次", "Session no."), ("第几次会议", "Number of the session"), at_least=1),
    column("held_on", base.DAY, ("日期", "Held on"), ("会议开始日期", "First day"), required=True),
    column(
        "ended_on",
        base.DAY,
        ("结束日期", "Ended on"),
        ("会议结束日期", "Last day"),
        rule=("不早于开始日期", "Not before the first day"),
    ),
    column(
        "handling_year",
        base.COUNT,
        ("工作年度", "Handling year"),
        (
            "会议所服务的工作年度；十二月的会议可属下一年度",
            "The work year it serves; a December session may serve the next one",
        ),
        required=True,
    ),
    column("members", base.COUNT, ("应到", "Members"), ("应出席人数", "Members entitled to attend"), at_least=0),
    column(
        "attended",
        base.COUNT,
        ("实到", "Attended"),
        ("实际出席人数", "Members present"),
        rule=("不多于应到人数", "Not more than members"),
        at_least=0,
    ),
    *record_columns(),
    Index(None, "region_code", "kind", "held_on"),
)

resolution = table(
    "resolution",
    ("决议决定", "Resolutions and decisions"),
    number_column(),
    column("title", base.TITLE, ("标题", "Title"), ("决议决定全称", "Full title"), required=True),
    region_column(),
    coded("kind", codes.RESOLUTION_KIND, ("类型", "Kind"), ("决议决定的内容类型", "What it is about"), required=True),
    coded(
        "organ",
        codes.RESOLUTION_ORGAN,
        ("作出机关", "Organ"),
        ("人代会或常委会", "The Congress or its Standing Committee"),
        required=True,
    ),
    column(
        "meeting_id",
        base.ID,
        ("会议编号", "Meeting no."),
        ("通过决议决定的会议", "The meeting that adopted it"),
        of="meeting.id",
    ),
    column("adopted_on", base.DAY, ("通过日期", "Adopted on"), ("通过日期", "Day of adoption"), required=True),
    column(
        "report_due_on",
        base.DAY,
        ("应报告日期", "Report due on"),
        ("应当报告执行情况的日期", "Day a report on execution is due"),
    ),
    column(
        "reported_on", base.DAY, ("报告日期", "Reported on"), ("实际报告执行情况的日期", "Day execution was reported")
    ),
    *record_columns(),
    Index(None, "region_code", "adopted_on"),
)

org_unit = table(
    "org_unit",
    ("单位机构", "Units and bodies"),
    number_column(),
    column(
        "name",
        base.NAME,
        ("单位名称", "Name"),
        ("单位全称或规范简称", "Full name or official short name"),
        required=True,
    ),
    region_column(),
    coded(
        "system",
        codes.ORG_SYSTEM,
        ("系统", "System"),
        ("单位所属系统", "The system the unit belongs to"),
        required=True,
    ),
    coded("kind", codes.ORG_KIND, ("类别", "Kind"), ("机构类别", "Kind of body"), required=True),
    column("set_up_on", base.DAY, ("设立日期", "Set up on"), ("机构设立日期", "Day it was set up")),
    column(
        "closed_on",
        base.DAY,
        ("撤销日期", "Closed on"),
        ("机构撤销日期", "Day it was closed"),
        rule=("不早于设立日期", "Not before it was set up"),
    ),
    column("posts", base.COUNT, ("编制", "Posts"), ("核定编制数", "Approved posts"), at_least=0),
    column("staff", base.COUNT, ("实有", "Staff"), ("实有人数", "Persons in post"), at_least=0),
    column(
        "vice_chair",
        base.FLAG,
        ("副主席（副主任）配备", "Has a vice-chair"),
        ("是否配备副主席或副主任", "Whether a vice-chair is in post"),
    ),
    *record_columns(),
    Index(None, "region_code", "kind"),
)
