"""Resolutions and decisions, the reports on them, and meetings (D01, D02, M01 to M03)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import among, both, claims
from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.text import Text

SHARE = Text("%", "%")
FINANCIAL = among("kind", "FIN", "PLAN", "DEBT")
COMMITTEE = among("kind", "SC")

LAW = Text(
    "地方组织法第十一条、第五十条；监督法第十八条至第二十三条",
    "Organic Law of Local Congresses, arts. 11 and 50; Supervision Law, arts. 18–23",
)
LAW_MEETING = Text("地方组织法第五十一条", "Organic Law of Local Congresses, art. 51")
LOCAL = Text("决议决定载明的期限；本地议事规则", "the time limit in the resolution; local rules of procedure")

_adopted = partial(
    Metric,
    window=Window.FLOW,
    rows="resolutions",
    table="resolution",
    kind=Kind.COUNT,
    unit=Text("项", "items"),
    direction=Direction.NEUTRAL,
    source=LAW,
    excludes=Text(
        "不计人事任免（另列），不计乡镇人大的决议决定",
        "Appointments and removals, counted apart; resolutions of township congresses",
    ),
    year_rule=Text("按通过日期所在年度", "by the year it was adopted in"),
)
_report = partial(
    Metric,
    table="resolution",
    source=LOCAL,
    excludes=Text("不计未定报告期限的", "Resolutions without a time limit for a report"),
)
_meeting = partial(
    Metric,
    window=Window.FLOW,
    rows="meetings",
    table="meeting",
    kind=Kind.COUNT,
    unit=Text("次", "times"),
    direction=Direction.NEUTRAL,
    source=LAW_MEETING,
    year_rule=Text("按会议开始日期所在年度", "by the year of its first day"),
)

RESOLVED = (
    _adopted(
        key="D01",
        name=Text("决议决定", "Resolutions and decisions"),
        definition=Text(
            "人代会及其常委会依法作出的决议决定项数", "Resolutions and decisions of the Congress and its committee"
        ),
        counted=claims(),
    ),
    _adopted(
        key="D01.fin",
        name=Text("批准预决算及计划调整", "Budget, accounts and plans"),
        definition=Text(
            "决议决定中，批准预算、决算、预算调整、政府债务和计划及其调整的项数",
            "Those approving budgets, final accounts, adjustments, government debt, plans and their adjustment",
        ),
        counted=FINANCIAL,
    ),
    _adopted(
        key="D01.major",
        name=Text("讨论决定重大事项", "Major matters"),
        definition=Text("决议决定中，就重大事项作出的项数", "Those on major matters of the district"),
        counted=among("kind", "MAJOR"),
    ),
    _adopted(
        key="D01.acc",
        name=Text("批准决算", "Final accounts approved"),
        definition=Text(
            "常委会批准本级决算的决议项数，依法每年一项",
            "Resolutions of the committee approving the district's final accounts; the law asks for one a year",
        ),
        source=Text("监督法第十九条", "Supervision Law, art. 19"),
        counted=claims("is_final_accounts"),
    ),
)

REPORTED = (
    _report(
        key="D02",
        name=Text("决议按期报告率", "Reports on resolutions on time"),
        window=Window.FLOW,
        rows="resolution_reports",
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "在期限当日或之前报告执行情况的决议决定÷应报告的决议决定",
            "Resolutions whose execution was reported by the day it was due ÷ those whose report was due",
        ),
        excludes=Text(
            "不计未定报告期限的、未到期且未报告的", "Resolutions without a time limit; those neither due nor reported"
        ),
        counted=claims("is_report_on_time"),
        base=claims("is_report_due"),
        year_rule=Text("按应报告日期所在年度", "by the year the report falls due in"),
    ),
    _report(
        key="D02a",
        name=Text("到期未报告", "Reports overdue"),
        window=Window.STOCK,
        rows="resolutions_open",
        kind=Kind.COUNT,
        unit=Text("项", "items"),
        direction=Direction.LOWER,
        definition=Text(
            "报告期限已过、仍未报告执行情况的决议决定项数",
            "Resolutions whose report is past its day and has not been given",
        ),
        counted=claims("is_report_due"),
        year_rule=Text("截至期末当日，不论哪年作出", "as it stood on the last day, whenever adopted"),
    ),
    _report(
        key="D02b",
        name=Text("待报告", "Reports still to come"),
        window=Window.STOCK,
        rows="resolutions_open",
        kind=Kind.COUNT,
        unit=Text("项", "items"),
        direction=Direction.NEUTRAL,
        definition=Text(
            "已定报告期限、尚未报告执行情况的决议决定项数，含到期未报告的",
            "Resolutions with a report still to be given, overdue ones included",
        ),
        counted=claims(),
        year_rule=Text("截至期末当日，不论哪年作出", "as it stood on the last day, whenever adopted"),
    ),
)

MEETINGS = (
    _meeting(
        key="M01",
        name=Text("常委会会议", "Standing Committee meetings"),
        chart=Text("常委会会议", "Committee"),
        definition=Text(
            "常委会会议次数；法律要求每两个月至少举行一次",
            "Meetings of the Standing Committee; the law asks for one at least every two months",
        ),
        excludes=Text("不计主任会议、党组会议、人代会", "Chairpersons' and Party group meetings, sessions"),
        counted=COMMITTEE,
    ),
    _meeting(
        key="M01.gap",
        name=Text("满两个月未开常委会", "Two months without a meeting"),
        rows="committee_months",
        unit=Text("个月", "month-ends"),
        direction=Direction.LOWER,
        definition=Text(
            "到月底时已连续两个自然月没有举行常委会会议的月份数",
            "Month-ends at which two whole calendar months had passed without a Standing Committee meeting",
        ),
        excludes=Text(
            "不计尚未过完的月份，不计此前十二个月没有会议记录的月份",
            "Months that have not ended; months before which a year has no meeting on record",
        ),
        counted=claims("is_gap"),
        year_rule=Text("按月份", "by month"),
    ),
    _meeting(
        key="M01.cong",
        name=Text("人代会会议", "Sessions of the Congress"),
        chart=Text("人代会会议", "Congress"),
        definition=Text("区级人民代表大会会议次数", "Sessions of the district's People's Congress"),
        excludes=Text("不计乡镇人代会", "Sessions of township congresses"),
        source=Text("地方组织法第十四条", "Organic Law of Local Congresses, art. 14"),
        counted=among("kind", "CONG"),
    ),
    _meeting(
        key="M01.town",
        name=Text("乡镇人代会会议", "Sessions of township congresses"),
        definition=Text(
            "各乡镇人民代表大会会议次数；一般每年两次，街道不设人代会",
            "Sessions of township congresses, generally two a year each; subdistricts have no congress",
        ),
        excludes=Text("不计区级人代会", "Sessions of the district's Congress"),
        source=Text("地方组织法第十四条", "Organic Law of Local Congresses, art. 14"),
        counted=among("kind", "TWN"),
    ),
    _meeting(
        key="M02",
        name=Text("主任会议", "Chairpersons' Meetings"),
        chart=Text("主任会议", "Chairpersons"),
        definition=Text("常委会主任会议次数", "Meetings of the chair and vice-chairs"),
        excludes=Text("不计常委会会议、党组会议", "Standing Committee and Party group meetings"),
        source=Text("地方组织法第五十四条", "Organic Law of Local Congresses, art. 54"),
        counted=among("kind", "CHM"),
    ),
    _meeting(
        key="M03",
        name=Text("常委会会议出席率", "Attendance at the Standing Committee"),
        chart=Text("常委会出席率", "Attendance"),
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "常委会会议实到人次÷应到人次，所选会议合并计算",
            "Members present ÷ members entitled to attend, the meetings chosen taken together",
        ),
        excludes=Text(
            "不计未填应到或实到的会议；过半数出席始得举行",
            "Meetings without these numbers; a meeting needs more than half of all members",
        ),
        counted=both(COMMITTEE, claims("has_attendance")),
        base=both(COMMITTEE, claims("has_attendance")),
        of="attended",
        base_of="members",
    ),
)

METRICS: tuple[Metric, ...] = (*RESOLVED, *REPORTED, *MEETINGS)
