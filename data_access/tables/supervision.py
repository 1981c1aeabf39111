"""Supervision items, appraisals, and normative documents recorded and reviewed."""

from __future__ import annotations

from sqlalchemy import Index

from data_access.tables import base, codes
from data_access.tables.base import coded, column, number_column, record_columns, region_column, table

supervision_item = table(
    "supervision_item",
    ("监督事项", "Supervision items"),
    number_column(),
    coded("kind", codes.SUPERVISION_KIND, ("监督形式", "Form"), ("监督形式", "Form of supervision"), required=True),
    column("title", base.TITLE, ("标题", "Title"), ("监督事项名称", "What was supervised"), required=True),
    column(
        "plan_year", base.COUNT, ("计划年度", "Plan year"), ("列入哪一年度监督工作计划", "Year of the supervision plan")
    ),
    column(
        "in_plan",
        base.FLAG,
        ("计划内", "In the plan"),
        ("是否列入年度监督工作计划", "Whether it is in the yearly plan"),
        required=True,
    ),
    coded(
        "legal_item",
        codes.LEGAL_ITEM,
        ("法定项目", "Statutory item"),
        ("对应的年度法定监督项目", "The yearly statutory duty it fulfils"),
    ),
    column("planned_on", base.DAY, ("计划日期", "Planned for"), ("年度计划安排的日期", "Day set by the yearly plan")),
    column(
        "held_on",
        base.DAY,
        ("开展日期", "Held on"),
        ("实际开展日期；尚未开展为空", "Day it took place; empty while only planned"),
    ),
    column(
        "ended_on",
        base.DAY,
        ("结束日期", "Ended on"),
        ("结束日期", "Last day"),
        rule=("不早于开展日期", "Not before it began"),
    ),
    column(
        "meeting_id",
        base.ID,
        ("会议编号", "Meeting no."),
        ("听取审议的会议", "The meeting that heard it"),
        of="meeting.id",
    ),
    coded(
        "venue",
        codes.VENUE,
        ("审议场合", "Venue"),
        ("常委会会议、主任会议或书面", "Standing Committee, Chairpersons' Meeting, or in writing"),
    ),
    column(
        "lead_unit",
        base.ID,
        ("牵头委室", "Lead body"),
        ("牵头的人大机构", "The congress body in the lead"),
        of="org_unit.id",
    ),
    column(
        "target_unit",
        base.ID,
        ("被监督单位", "Unit supervised"),
        ("被监督单位", "The unit supervised"),
        of="org_unit.id",
    ),
    coded(
        "target_system",
        codes.ORG_SYSTEM,
        ("被监督系统", "System supervised"),
        ("被监督单位所属系统", "System of the unit supervised"),
    ),
    coded("topic", codes.CATEGORY, ("领域", "Field"), ("监督事项所属领域", "Field of the matter")),
    column(
        "is_joint",
        base.FLAG,
        ("联动", "Joint"),
        ("与上下级人大联动开展", "Held jointly with another level"),
        required=True,
    ),
    region_column(("组织开展的区划", "Region that organised it")),
    column(
        "place_code",
        base.REGION_CODE,
        ("涉及地", "Place"),
        ("实地开展的乡镇；空为全区", "Township it took place in; empty for the whole district"),
        of="region.region_code",
    ),
    column("report_count", base.COUNT, ("报告篇数", "Reports"), ("形成报告篇数", "Reports written"), at_least=0),
    column(
        "opinion_docs",
        base.COUNT,
        ("审议意见件", "Opinion documents"),
        ("印发审议意见件数", "Opinion documents issued"),
        at_least=0,
    ),
    column("opinion_count", base.COUNT, ("意见条数", "Opinions"), ("提出意见建议条数", "Opinions raised"), at_least=0),
    column(
        "opinion_done",
        base.COUNT,
        ("已落实", "Acted on"),
        ("已落实条数", "Opinions acted on"),
        rule=("不多于意见条数", "Not more than opinions"),
        at_least=0,
    ),
    column(
        "followup_due_on",
        base.DAY,
        ("应反馈日期", "Follow-up due on"),
        ("应当反馈落实情况的日期", "Day the follow-up report is due"),
        rule=("不早于开展日期", "Not before it was held"),
    ),
    column(
        "followup_report_on",
        base.DAY,
        ("反馈日期", "Followed up on"),
        ("实际反馈日期", "Day the follow-up report came"),
    ),
    coded(
        "vote_kind",
        codes.VOTE_KIND,
        ("测评对象", "Voted on"),
        ("满意度测评的对象", "What the satisfaction vote was on"),
    ),
    column("ballots", base.COUNT, ("收回票", "Ballots"), ("收回票数", "Ballots returned"), at_least=0),
    column("v_satisfied", base.COUNT, ("满意票", "Satisfied"), ("满意票数", "Votes: satisfied"), at_least=0),
    column(
        "v_basic",
        base.COUNT,
        ("基本满意票", "Mostly satisfied"),
        ("基本满意票数", "Votes: mostly satisfied"),
        at_least=0,
    ),
    column(
        "v_dissatisfied", base.COUNT, ("不满意票", "Dissatisfied"), ("不满意票数", "Votes: dissatisfied"), at_least=0
    ),
    *record_columns(),
    Index(None, "region_code", "held_on", "kind"),
    Index(None, "region_code", "plan_year"),
)

normative_doc = table(
    "normative_doc",
    ("备案审查", "Recording and review"),
    number_column(),
    column("title", base.TITLE, ("文件名称", "Title"), ("规范性文件名称", "Title of the document"), required=True),
    region_column(),
    column("issuer", base.NAME, ("制定机关", "Issuer"), ("制定机关", "The body that issued it"), required=True),
    column("published_on", base.DAY, ("公布日期", "Published on"), ("公布日期", "Day of publication"), required=True),
    column(
        "filed_on",
        base.DAY,
        ("报备日期", "Filed on"),
        ("报送备案日期", "Day it was filed"),
        rule=("公布后三十日内", "Within 30 days of publication"),
    ),
    column("reviewed_on", base.DAY, ("审查日期", "Reviewed on"), ("审查完成日期", "Day the review ended")),
    coded("result", codes.DOC_RESULT, ("审查结果", "Result"), ("审查结果", "Result of the review")),
    *record_columns(),
    Index(None, "region_code", "filed_on"),
)

appraisal = table(
    "appraisal",
    ("述职评议", "Appraisals"),
    number_column(),
    coded(
        "kind", codes.APPRAISAL_KIND, ("评议类型", "Kind"), ("述职、履职或工作评议", "Kind of appraisal"), required=True
    ),
    column(
        "person_or_unit",
        base.NAME,
        ("评议对象", "Person or unit"),
        ("被评议的人员或单位", "Who was appraised"),
        required=True,
    ),
    region_column(),
    column("org_unit_id", base.ID, ("所在单位", "Unit"), ("对象所在单位", "The unit"), of="org_unit.id"),
    column("post", base.NAME, ("职务", "Post"), ("被评议人员职务", "Post of the person")),
    column("held_on", base.DAY, ("评议日期", "Held on"), ("评议日期", "Day of the appraisal"), required=True),
    column("ballots", base.COUNT, ("收回票", "Ballots"), ("收回票数", "Ballots returned"), at_least=0),
    column("v_1", base.COUNT, ("第一档票", "Votes, first grade"), ("满意或优秀", "Satisfied or excellent"), at_least=0),
    column(
        "v_2",
        base.COUNT,
        ("第二档票", "Votes, second grade"),
        ("基本满意或称职", "Mostly satisfied or competent"),
        at_least=0,
    ),
    column(
        "v_3",
        base.COUNT,
        ("第三档票", "Votes, third grade"),
        ("不满意或基本称职", "Dissatisfied or mostly competent"),
        at_least=0,
    ),
    column(
        "v_4",
        base.COUNT,
        ("第四档票", "Votes, fourth grade"),
        ("不称职；三档制为空", "Incompetent; empty in the three-grade scheme"),
        at_least=0,
    ),
    coded("scheme", codes.APPRAISAL_SCHEME, ("等次制", "Scheme"), ("评议等次制", "Scheme of grades"), required=True),
    coded("grade", codes.APPRAISAL_GRADE, ("结果", "Result"), ("评议结果等次", "Grade given")),
    *record_columns(),
    Index(None, "region_code", "held_on"),
)
