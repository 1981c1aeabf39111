"""Recording and review, appraisals and livelihood projects (S13 to S15)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import among, both, claims, recorded
from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.text import Text

FILES = Text("件", "documents")
SHARE = Text("%", "%")
PROJECTS = among("kind", "LIV")

_file = partial(
    Metric,
    window=Window.FLOW,
    rows="normative_docs",
    table="normative_doc",
    unit=FILES,
    kind=Kind.COUNT,
    direction=Direction.NEUTRAL,
    year_rule=Text("按报备日期所在年度", "by the year it was filed in"),
    source=Text(
        "监督法第三十九条、第四十条、第四十五条；期限按省级规定",
        "Supervision Law, arts. 39, 40 and 45; time limits by provincial rules",
    ),
    excludes=Text("不计公布后尚未报备的（另列）", "Documents published and not filed, counted apart"),
)
_appraisal = partial(
    Metric,
    table="appraisal",
    source=Text("本地述职评议办法（监督法未规定）", "local rules on appraisal (the Supervision Law does not name it)"),
)
_project = partial(
    Metric,
    window=Window.FLOW,
    rows="supervision_plan",
    table="supervision_item",
    year_rule=Text("按计划年度", "by plan year"),
    source=Text(
        "地方组织法第十一条、第五十条；本地民生实事项目票决办法",
        "Organic Law of Local Congresses, arts. 11 and 50; local rules on the vote",
    ),
)

FILED = (
    _file(
        key="S13",
        name=Text("报备文件", "Documents filed"),
        definition=Text("报送常委会备案的规范性文件件数", "Normative documents filed with the Standing Committee"),
        counted=claims(),
    ),
    _file(
        key="S13t",
        name=Text("按期报备率", "Filed on time"),
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "公布后三十日内报备的件数÷报备件数", "Documents filed within thirty days of publication ÷ documents filed"
        ),
        counted=claims("is_on_time"),
        base=claims(),
    ),
    _file(
        key="S13r",
        name=Text("已审查文件", "Documents reviewed"),
        definition=Text("报备文件中已完成审查的件数", "Documents filed whose review has ended"),
        counted=claims("is_reviewed"),
    ),
    _file(
        key="S13c",
        name=Text("纠正文件", "Documents corrected"),
        definition=Text("经审查督促纠正或者废止的件数", "Documents corrected or repealed after review"),
        counted=claims("is_corrected"),
    ),
    _file(
        key="S13u",
        name=Text("超期未报备", "Not filed in time"),
        window=Window.STOCK,
        rows="unfiled_docs",
        direction=Direction.LOWER,
        definition=Text("公布满三十日仍未报备的件数", "Documents published more than thirty days ago and not filed"),
        excludes=Text("不计公布未满三十日的", "Documents published within thirty days"),
        counted=claims(),
        year_rule=Text("截至期末当日", "as it stood on the last day"),
    ),
)

APPRAISED = (
    _appraisal(
        key="S14",
        name=Text("述职评议人数", "Persons appraised"),
        window=Window.FLOW,
        rows="appraisals",
        kind=Kind.DISTINCT,
        of="person_or_unit",
        unit=Text("人", "persons"),
        direction=Direction.NEUTRAL,
        definition=Text(
            "接受述职评议、履职评议的人数，同一人只计一人",
            "Persons appraised on their report or duty, each counted once",
        ),
        excludes=Text(
            "不计对单位的工作评议；不显示个人得票和等次", "Appraisals of units; no votes or grades of persons are shown"
        ),
        counted=among("kind", "POST", "DUTY"),
        year_rule=Text("按评议日期所在年度", "by the year it was held in"),
    ),
    _appraisal(
        key="S14u",
        name=Text("工作评议单位", "Units appraised"),
        window=Window.FLOW,
        rows="appraisals",
        kind=Kind.DISTINCT,
        of="person_or_unit",
        unit=Text("个", "units"),
        direction=Direction.NEUTRAL,
        definition=Text("接受工作评议的单位数，同一单位只计一个", "Units whose work was appraised, each counted once"),
        excludes=Text("不计对人员的评议", "Appraisals of persons"),
        counted=among("kind", "WORK"),
        year_rule=Text("按评议日期所在年度", "by the year it was held in"),
    ),
    _appraisal(
        key="S14a",
        name=Text("述职评议覆盖率", "Appraisal coverage"),
        window=Window.TERM,
        rows="appraisal_subjects",
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "本届决定任命、期末仍在任的政府组成部门负责人中，本届已述职评议的占比",
            "Heads of government departments appointed this term and still in office: the share appraised this term",
        ),
        excludes=Text(
            "不计监委、法院、检察院任命人员和上届任命人员；按姓名或任期内的同一职务与评议记录对应",
            "Appointees of the supervisory commission, court and procuratorate, and of earlier terms; matched by "
            "name, or by post while in office",
        ),
        counted=claims("is_appraised"),
        base=claims(),
        table="appraisal、appointment",
        year_rule=Text("本届以来累计，截至期末", "since the term began, up to the last day"),
    ),
)

LIVELIHOOD = (
    _project(
        key="S15",
        name=Text("民生实事", "Livelihood projects"),
        kind=Kind.COUNT,
        unit=Text("项", "projects"),
        direction=Direction.NEUTRAL,
        definition=Text("列入当年监督计划的民生实事项数", "Livelihood projects in the year's supervision plan"),
        excludes=Text("不计入调研监督次数", "Not part of supervision and study activities"),
        counted=PROJECTS,
    ),
    _project(
        key="S15c",
        name=Text("民生实事完成率", "Livelihood projects completed"),
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "已完成（有结束日期）的民生实事÷全部民生实事", "Projects with a day of completion ÷ all projects"
        ),
        excludes=Text("不计其他监督事项", "Other items of supervision"),
        counted=claims("is_ended"),
        base=PROJECTS,
    ),
    _project(
        key="S15o",
        name=Text("民生实事按期率", "Livelihood projects on schedule"),
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "按期完成或者尚未到期的民生实事÷有计划日期的民生实事",
            "Projects completed by their planned day, or not yet past it ÷ projects with a planned day",
        ),
        excludes=Text("不计未填计划日期的项目", "Projects without a planned day"),
        counted=claims("is_on_schedule"),
        base=both(PROJECTS, recorded("planned_on")),
    ),
    _project(
        key="S15s",
        name=Text("民生实事测评满意率", "Livelihood projects: votes satisfied"),
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.NEUTRAL,
        definition=Text("项目测评的“满意”票÷收回票", "Votes 'satisfied' ÷ ballots returned on these projects"),
        excludes=Text("不计未测评的项目", "Projects without a vote"),
        counted=claims("has_vote"),
        base=both(PROJECTS, claims("has_vote")),
        of="v_satisfied",
        base_of="ballots",
    ),
)

METRICS: tuple[Metric, ...] = (*FILED, *APPRAISED, *LIVELIHOOD)
