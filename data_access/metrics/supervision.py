"""Supervision: how often, in which form, and what was asked for (S01 to S07)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import among, both
from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.tables.codes import SUPERVISION_KIND
from data_access.text import Text

TIMES = Text("次", "times")
ITEMS = Text("项", "items")

# Livelihood projects are projects, not acts of supervision: they are S15.
LUMPED = tuple(code for code in SUPERVISION_KIND.words if code != "LIV")
LUMPED_KINDS = among("kind", *LUMPED)
_LUMPED = Text(
    "、".join(SUPERVISION_KIND.words[code].zh for code in LUMPED),
    ", ".join(SUPERVISION_KIND.words[code].en.lower() for code in LUMPED),
)
ONLY_PLACED = Text(
    "尚未开展的不计；筛选乡镇时只计在该乡镇实地开展的，全区性事项不计",
    "What is only planned; with townships chosen, items of the whole district",
)

LAW_REPORTS = Text("监督法第十一条至第十七条", "Supervision Law, arts. 11–17")
LAW_FOLLOW_UP = Text(
    "监督法第十七条、第二十九条、第三十七条；反馈期限由会议或本地规则确定",
    "Supervision Law, arts. 17, 29 and 37; time limits are set by the meeting or local rules",
)

held = partial(
    Metric,
    window=Window.FLOW,
    rows="supervision_items",
    table="supervision_item",
    year_rule=Text("按开展日期所在年度", "by the year it was held in"),
    direction=Direction.NEUTRAL,
    source=Text("监督法（2024年修正）", "Supervision Law (2024)"),
)
count = partial(held, kind=Kind.COUNT, unit=TIMES)
total = partial(held, kind=Kind.SUM, counted=LUMPED_KINDS)


def besides(zh: str, en: str) -> Text:
    """What a count leaves out, with what every count of held items leaves out."""
    return Text(f"{zh}；{ONLY_PLACED.zh}", f"{en}; {ONLY_PLACED.en[0].lower()}{ONLY_PLACED.en[1:]}")


FORMS = (
    count(
        key="S01",
        name=Text("调研监督次数", "Supervision and study activities"),
        definition=Text(
            f"实际开展的监督和调研次数，一项计一次，含：{_LUMPED.zh}",
            f"Acts of supervision and study held, one item counting once: {_LUMPED.en}",
        ),
        excludes=besides(
            "不计民生实事项目（另列）；次数多不等于效果好", "Livelihood projects, counted apart; more is not better"
        ),
        counted=LUMPED_KINDS,
        chart=Text("调研监督", "Supervision"),
    ),
    count(
        key="S02",
        name=Text("听取审议专项工作报告", "Special work reports heard"),
        unit=ITEMS,
        definition=Text(
            "常委会会议听取和审议的专项工作报告项数",
            "Special work reports heard and deliberated by the Standing Committee",
        ),
        excludes=besides(
            "不计主任会议听取的和书面印发的；计划、预算、审计、国资、债务、环境、备案审查报告各归本形式",
            "Those heard by the Chairpersons' Meeting or given in writing; reports on plans, budgets, audit, assets, "
            "debt, environment and review have their own forms",
        ),
        source=LAW_REPORTS,
        counted=both(among("kind", "RPT"), among("venue", "SC")),
        chart=Text("专项报告", "Reports heard"),
    ),
    count(
        key="S03",
        name=Text("执法检查", "Law-enforcement inspections"),
        definition=Text("组织开展的执法检查次数", "Inspections of how laws are enforced"),
        excludes=besides("联动检查由组织方计一次", "A joint inspection counts with its organiser only"),
        source=Text("监督法第三十一条至第三十七条", "Supervision Law, arts. 31–37"),
        counted=among("kind", "LEI"),
    ),
    count(
        key="S04",
        name=Text("专题询问", "Special inquiries"),
        definition=Text("常委会开展专题询问的次数", "Special inquiries held by the Standing Committee"),
        excludes=besides("不计一般询问和质询", "Ordinary inquiries and interpellations"),
        source=Text("监督法第四十七条至第五十条", "Supervision Law, arts. 47–50"),
        counted=among("kind", "SPI"),
    ),
    held(
        key="S04u",
        name=Text("被询问单位", "Bodies questioned"),
        kind=Kind.DISTINCT,
        of="target_unit",
        unit=Text("个", "bodies"),
        definition=Text("专题询问涉及的单位数，同一单位只计一个", "Different bodies questioned in special inquiries"),
        excludes=besides("不计未填被监督单位的", "Inquiries that name no body"),
        source=Text("监督法第四十七条至第五十条", "Supervision Law, arts. 47–50"),
        counted=among("kind", "SPI"),
    ),
)

_STUDY_LAW = Text(
    "监督法第十三条、第二十八条；代表法第二十九条至第三十一条",
    "Supervision Law, arts. 13 and 28; Deputies Law, arts. 29–31",
)
_NOT_VISITS = besides("不计执法检查和党政考察", "Law-enforcement inspections; Party and government visits")

STUDIES = (
    count(
        key="S05",
        name=Text("视察和专题调研", "Inspection tours and studies"),
        definition=Text("视察次数与专题调研次数之和", "Inspection tours and thematic studies together"),
        excludes=_NOT_VISITS,
        source=_STUDY_LAW,
        counted=among("kind", "INS", "STU"),
        chart=Text("视察调研", "Tours and studies"),
    ),
    count(
        key="S05.INS",
        name=Text("视察", "Inspection tours"),
        definition=Text("组织视察的次数", "Inspection tours held"),
        excludes=_NOT_VISITS,
        source=_STUDY_LAW,
        counted=among("kind", "INS"),
    ),
    count(
        key="S05.STU",
        name=Text("专题调研", "Thematic studies"),
        definition=Text("组织专题调研的次数", "Thematic studies held"),
        excludes=_NOT_VISITS,
        source=_STUDY_LAW,
        counted=among("kind", "STU"),
    ),
)

YIELD = (
    total(
        key="S06",
        name=Text("调研报告", "Reports written"),
        unit=Text("篇", "reports"),
        of="report_count",
        definition=Text(
            "监督和调研形成的报告篇数，一次活动可形成零篇或多篇",
            "Reports written; one activity may give none or several",
        ),
        excludes=besides("不计未填篇数的", "Items that do not say"),
    ),
    total(
        key="S07",
        name=Text("提出意见建议", "Points raised"),
        unit=Text("条", "points"),
        of="opinion_count",
        definition=Text("监督和调研中提出的意见建议条数", "Points raised in supervision and study"),
        excludes=besides(
            "按条不按件；不计代表建议和联络站收集的群众意见",
            "Points, not documents; deputies' suggestions and opinions collected at stations",
        ),
        source=LAW_FOLLOW_UP,
        chart=Text("意见建议", "Points"),
    ),
    total(
        key="S07d",
        name=Text("审议意见", "Deliberation opinions"),
        unit=Text("件", "documents"),
        of="opinion_docs",
        definition=Text(
            "印发的审议意见件数，一件含多条意见", "Documents of deliberation opinion issued; one holds several points"
        ),
        excludes=besides("按件不按条", "Documents, not points"),
        source=LAW_FOLLOW_UP,
    ),
)

METRICS: tuple[Metric, ...] = (*FORMS, *STUDIES, *YIELD)
