"""What came of supervision: points acted on, follow-up, votes, the plan and the statutory items (S08 to S12)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import among, both, claims, without
from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.metrics.supervision import ITEMS, LAW_FOLLOW_UP, LUMPED_KINDS, count, held
from data_access.text import Text

SHARE = Text("%", "%")
ON_THE_DAY = Text("截至期末当日，不论哪年开展", "as it stood on the last day, whenever held")
BY_PLAN = Text("按计划年度", "by plan year")
PLANNED = both(LUMPED_KINDS, claims("in_plan"))

LAW_PLAN = Text("监督法第六十三条", "Supervision Law, art. 63")
LAW_DUTIES = Text(
    "监督法第十二条、第十九条、第二十条、第二十二条至第二十五条、第二十七条、第四十五条；代表法第五十一条",
    "Supervision Law, arts. 12, 19, 20, 22–25, 27 and 45; Deputies Law, art. 51",
)

_due = partial(
    Metric,
    table="supervision_item",
    source=LAW_FOLLOW_UP,
    excludes=Text("不计未定反馈期限的", "Items without a time limit"),
)
_vote = partial(
    held,
    kind=Kind.SHARE,
    unit=SHARE,
    decimals=1,
    counted=claims("has_vote"),
    base=claims("has_vote"),
    base_of="ballots",
    source=Text("本地满意度测评办法", "local rules on satisfaction votes"),
    excludes=Text(
        "不计未组织测评的；票是常委会组成人员的票，与代表评价建议答复无关",
        "Items without a vote; these are committee members' votes, not deputies' ratings of replies",
    ),
)
_plan = partial(
    Metric,
    window=Window.FLOW,
    rows="supervision_plan",
    table="supervision_item",
    year_rule=BY_PLAN,
    source=LAW_PLAN,
    excludes=Text(
        "不计计划外事项和民生实事项目；计划可依法适当调整",
        "Unplanned items and livelihood projects; a plan may lawfully be adjusted",
    ),
)
_duty = partial(
    Metric,
    window=Window.FLOW,
    rows="statutory_duties",
    table="supervision_item",
    year_rule=BY_PLAN,
    source=LAW_DUTIES,
    excludes=Text(
        "属全区事项，不随乡镇筛选；没有监督记录的年度不计；以往年度按现行法列项",
        "A matter of the whole district whatever townships are chosen; years without any record; past years are held "
        "against today's law",
    ),
)

ACTED_ON = (
    held(
        key="S08",
        name=Text("意见落实率", "Points acted on"),
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "已落实条数÷意见条数，只算已到反馈期限或已反馈的事项；到期未填落实数的按未落实算",
            "Points acted on ÷ points raised, for items whose follow-up is due or has come; nothing reported counts as "
            "nothing done",
        ),
        excludes=Text(
            "不计未到期且未反馈的；落实数由被监督单位自报，只留最新数",
            "Items neither due nor followed up; the figure is the supervised body's own, and only its latest is kept",
        ),
        source=LAW_FOLLOW_UP,
        counted=both(LUMPED_KINDS, claims("is_followup_due")),
        base=both(LUMPED_KINDS, claims("is_followup_due")),
        of="opinion_done",
        base_of="opinion_count",
    ),
    _due(
        key="S09",
        name=Text("反馈及时率", "Follow-up on time"),
        window=Window.FLOW,
        rows="supervision_followups",
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "在期限当日或之前反馈的事项÷应反馈的事项",
            "Items followed up by the day it was due ÷ items whose follow-up was due",
        ),
        excludes=Text(
            "不计未定反馈期限的、未到期且未反馈的", "Items without a time limit; those neither due nor followed up"
        ),
        counted=claims("is_followup_on_time"),
        base=claims("is_followup_due"),
        year_rule=Text("按应反馈日期所在年度", "by the year the follow-up falls due in"),
    ),
    _due(
        key="S09a",
        name=Text("逾期未反馈", "Follow-up overdue"),
        window=Window.STOCK,
        rows="followups_open",
        kind=Kind.COUNT,
        unit=ITEMS,
        direction=Direction.LOWER,
        definition=Text(
            "已过反馈期限、仍未反馈的事项数", "Items past the day their follow-up was due and still without it"
        ),
        counted=claims("is_followup_owed"),
        year_rule=ON_THE_DAY,
    ),
    _due(
        key="S09b",
        name=Text("临期未反馈", "Follow-up due soon"),
        window=Window.STOCK,
        rows="followups_open",
        kind=Kind.COUNT,
        unit=ITEMS,
        direction=Direction.NEUTRAL,
        definition=Text(
            "尚未反馈、将在本地规则所定临期天数内到期的事项数",
            "Items without follow-up, due within the days local rules call soon",
        ),
        counted=claims("is_followup_soon"),
        year_rule=ON_THE_DAY,
    ),
)

VOTES = (
    _vote(
        key="S10",
        name=Text("测评满意率", "Votes: satisfied"),
        definition=Text(
            "“满意”票÷收回票，与“基本满意”“不满意”并列", "Votes 'satisfied' ÷ ballots returned, beside the other two"
        ),
        of="v_satisfied",
    ),
    _vote(
        key="S10b",
        name=Text("测评基本满意率", "Votes: mostly satisfied"),
        definition=Text("“基本满意”票÷收回票", "Votes 'mostly satisfied' ÷ ballots returned"),
        of="v_basic",
    ),
    _vote(
        key="S10d",
        name=Text("测评不满意率", "Votes: dissatisfied"),
        definition=Text("“不满意”票÷收回票", "Votes 'dissatisfied' ÷ ballots returned"),
        of="v_dissatisfied",
    ),
    count(
        key="S10n",
        name=Text("组织测评", "Satisfaction votes"),
        unit=ITEMS,
        definition=Text("常委会组织满意度测评的事项数", "Items the Standing Committee voted on"),
        excludes=Text("不计未收回票的", "Items without ballots"),
        source=Text("本地满意度测评办法", "local rules on satisfaction votes"),
        counted=claims("has_vote"),
    ),
)

PLAN = (
    _plan(
        key="S11",
        name=Text("计划完成率", "Plan progress"),
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "年度监督工作计划内已开展的事项÷计划内事项", "Planned items already held ÷ items in the yearly plan"
        ),
        counted=claims("is_done"),
        base=PLANNED,
    ),
    _plan(
        key="S11b",
        name=Text("滞后计划事项", "Planned items behind"),
        kind=Kind.COUNT,
        unit=ITEMS,
        direction=Direction.LOWER,
        definition=Text("已过计划日期、仍未开展的计划内事项数", "Planned items past their day and not yet held"),
        counted=both(PLANNED, claims("is_behind")),
    ),
    count(
        key="S11u",
        name=Text("计划外事项", "Unplanned items"),
        unit=ITEMS,
        definition=Text("未列入年度计划而实际开展的监督事项数", "Items held that were not in the yearly plan"),
        excludes=Text("不计民生实事项目", "Livelihood projects"),
        source=LAW_PLAN,
        counted=both(LUMPED_KINDS, without("in_plan")),
    ),
    _duty(
        key="S12",
        name=Text("法定项目完成率", "Statutory items done"),
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "每年依法必办的监督项目中已办的÷应办的。六月至九月：决算、计划执行、预算执行、审计工作；听取审计报告后六个月内:"
            "审计整改；每年：国有资产、政府债务、环境状况、备案审查、建议办理；有则办：预算调整、五年规划中期评估",
            "Yearly duties done ÷ due. June to September: final accounts, plan, budget, audit; within six months of "
            "the audit report: rectification; every year: state assets, debt, environment, review, suggestions; where "
            "they arise: budget adjustment, mid-term review",
        ),
        counted=claims("is_done"),
        base=claims(),
    ),
    _duty(
        key="S12a",
        name=Text("逾期未办法定项目", "Statutory items missed"),
        kind=Kind.COUNT,
        unit=ITEMS,
        direction=Direction.LOWER,
        definition=Text("已过法定期限、仍未办的法定项目数", "Statutory items past their limit and not done"),
        counted=claims("is_missed"),
    ),
    _duty(
        key="S12b",
        name=Text("超期办理法定项目", "Statutory items done late"),
        kind=Kind.COUNT,
        unit=ITEMS,
        direction=Direction.LOWER,
        definition=Text("已办、但晚于法定期限的法定项目数", "Statutory items done after their limit"),
        counted=among("state", "LATE"),
    ),
)

METRICS: tuple[Metric, ...] = (*ACTED_ON, *VOTES, *PLAN)
