"""Dimensions: what figures can be grouped and filtered by, and the words of their codes.

A dimension's name is the same in every row source, in the address bar and here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select

from data_access.asking import once
from data_access.context import Context, Rules
from data_access.errors import UnknownDimension
from data_access.quality import words as quality
from data_access.quality.register import ROLES
from data_access.rows import names
from data_access.rows.base import MISSING
from data_access.tables import codes
from data_access.tables.codes import Codes
from data_access.text import Text

NOT_RECORDED = Text("未填报", "Not recorded")


def _words(name: str, **words: tuple[str, str]) -> Codes:
    return Codes(name, {code: Text(*pair) for code, pair in words.items()})


STAGE = _words(
    "stage",
    NEW=("待交办", "Awaiting assignment"),
    HANDLING=("办理中", "In handling"),
    REPLIED=("已答复待评价", "Not yet rated"),
    AGAIN=("评价不满意", "Dissatisfied"),
    RATED=("已评价", "Rated"),
)
DUE_BAND = _words(
    "due_band",
    LATE=("超期30天以上", "More than 30 days late"),
    JUST=("超期30天以内", "Up to 30 days late"),
    SOON=("临近到期", "Due soon"),
    MONTH=("30天内到期", "Due within 30 days"),
    LATER=("30天以后到期", "Due later"),
)
DUE_BASIS = _words(
    "due_basis",
    PLAIN=("按 {plain} 个月", "{plain} months"),
    EXTENDED=("延长至 {extended} 个月", "extended to {extended} months"),
    OFFICE=("办公室另定", "day set by the office"),
)
NEXT_STEP = _words(
    "next_step",
    ASSIGN=("明确承办单位", "Name a handling unit"),
    ESCALATE=("提请主任会议督办", "Bring to the Chairpersons' Meeting"),
    URGE=("发函催办", "Urge the unit in writing"),
    REMIND=("提醒承办单位", "Remind the unit"),
    WAIT=("按期办理", "On schedule"),
)
PROMISE_STATE = _words(
    "promise_state",
    KEPT=("按期兑现", "Kept on time"),
    LATE=("逾期兑现", "Kept late"),
    BROKEN=("逾期未兑现", "Past its day, open"),
    WAITING=("尚未到期", "Not yet due"),
)
DUTY_STATE = _words(
    "duty_state",
    DONE=("已办", "Done"),
    LATE=("超期办理", "Done late"),
    OPEN=("待办", "To be done"),
    MISSED=("逾期未办", "Missed"),
)
EXAM_STATE = _words(
    "exam",
    TAKEN=("已考试", "Taken"),
    DUE=("应考未考", "Due, not yet taken"),
    EXEMPT=("免考", "Exempt"),
)
SITE_STAGE = _words(
    "site_stage",
    EXISTS=("已建、无代表编入", "Built, no deputies"),
    ASSIGNED=("有代表、未活动", "Deputies, no reception"),
    ACTIVE=("有活动、无办结", "Receptions, nothing resolved"),
    EFFECTIVE=("有实效", "Effective"),
)
GAP = _words(
    "gap",
    NONE=("有联络站", "Has a station"),
    NO_STATION=("有室点、无站", "Rooms or points only"),
    NOTHING=("没有任何站点", "Nothing at all"),
)
POSTS_BAND = _words(
    "posts_band",
    FULL=("满编", "All posts filled"),
    ONE=("缺1人", "One post open"),
    MORE=("缺2人及以上", "Two or more open"),
    OVER=("超编", "Over establishment"),
)
POST_STATE = _words(
    "post_state",
    SET_UP=("已设工委", "Committee set up"),
    NOT_SET_UP=("未设工委", "No committee"),
    FILLED=("已配副主席", "Vice-chair in post"),
    UNFILLED=("未配副主席", "No vice-chair"),
)
REPORT_STATE = _words(
    "report_state",
    OWED=("到期未报告", "Overdue, not given"),
    AHEAD=("尚未到期", "Not yet due"),
    LATE=("逾期报告", "Given late"),
    ON_TIME=("按期报告", "Given on time"),
    NONE=("未定报告期限", "No report asked for"),
)
ACTIVITY_BAND = _words(
    "activity_band",
    NONE=("0 次", "none"),
    SOME=("1–3 次", "1–3"),
    MANY=("4 次及以上", "4 or more"),
)
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
MONTHS = Codes("month", {str(i): Text(f"{i}月", name) for i, name in enumerate(MONTH_NAMES, 1)}, numeric=True)


Lookup = Callable[[Context], Select[Any] | CompoundSelect[Any]]


@dataclass(frozen=True)
class Dimension:
    """One way to group: its name, and where the words of its codes come from.

    ``codes`` for enumerations, ``lookup`` for names kept in the database, ``worded`` for what is clicked alone; none of
    them for plain numbers and words.
    """

    key: str
    name: Text
    codes: Codes | None = None
    lookup: Lookup | None = None
    worded: Callable[[Context], dict[str, Text]] | None = None


_ALL = (
    Dimension("year", Text("年度", "Year")),
    Dimension("month", Text("月份", "Month"), MONTHS),
    Dimension("due_month", Text("到期月份", "Month due"), MONTHS),
    Dimension("replied_month", Text("答复月份", "Month of the reply"), MONTHS),
    Dimension("township", Text("乡镇（街道）", "Township"), lookup=names.regions),
    Dimension("place", Text("事项涉及地", "Place concerned"), lookup=names.regions),
    Dimension("category", Text("类别", "Category"), codes.CATEGORY),
    Dimension("phase", Text("提出时段", "Phase"), codes.PROPOSAL_PHASE),
    Dimension("proposal_kind", Text("类型", "Kind"), codes.PROPOSAL_KIND),
    Dimension("status", Text("状态", "Status"), codes.PROPOSAL_STATUS),
    Dimension("competence", Text("事权", "Competence"), codes.COMPETENCE),
    Dimension("unit", Text("承办单位", "Handling unit"), lookup=names.units),
    Dimension("system", Text("系统", "System"), codes.ORG_SYSTEM),
    Dimension("role", Text("承办方式", "Role"), codes.HANDLER_ROLE),
    Dimension("deputy", Text("领衔代表", "Lead deputy"), lookup=names.deputies),
    Dimension("class_reply", Text("答复类别", "Class at reply"), codes.RESULT_CLASS),
    Dimension("class_now", Text("现类别", "Class today"), codes.RESULT_CLASS),
    Dimension("first_result", Text("首次结果评价", "First rating of the result"), codes.RATING),
    Dimension("final_result", Text("结果评价", "Rating of the result"), codes.RATING),
    Dimension("first_attitude", Text("首次态度评价", "First rating of attitude"), codes.RATING),
    Dimension("final_attitude", Text("态度评价", "Rating of attitude"), codes.RATING),
    Dimension("stage", Text("进展", "Stage"), STAGE),
    Dimension("due_band", Text("距答复期限", "Time to the deadline"), DUE_BAND),
    Dimension("due_basis", Text("期限计算", "How the deadline was counted"), DUE_BASIS),
    Dimension("next_step", Text("下一步", "Next step"), NEXT_STEP),
    Dimension("promise_state", Text("兑现情况", "Promise"), PROMISE_STATE),
    Dimension("days", Text("办理天数", "Days taken")),
    Dimension("days_left", Text("剩余天数", "Days left")),
    Dimension("key_leader", Text("督办领导", "Supervising leader")),
    Dimension("level", Text("代表层级", "Level of congress"), codes.CONGRESS_LEVEL),
    Dimension("term", Text("届次", "Term")),
    Dimension("gender", Text("性别", "Gender"), codes.GENDER),
    Dimension("party", Text("党派", "Party"), codes.PARTY),
    Dimension("occupation", Text("职业构成", "Occupation"), codes.OCCUPATION),
    Dimension("education", Text("学历", "Education"), codes.EDUCATION),
    Dimension("sc_role", Text("常委会职务", "Standing Committee role"), codes.SC_ROLE),
    Dimension("activity_band", Text("履职记录", "Records of activity"), ACTIVITY_BAND),
    Dimension("activity_kind", Text("活动类型", "Kind of activity"), codes.ACTIVITY_KIND),
    Dimension("report_rating", Text("述职评价", "Rating of the report"), codes.RATING),
    Dimension("station", Text("联络站点", "Station"), lookup=names.stations),
    Dimension("station_level", Text("站点层级", "Level of station"), codes.STATION_LEVEL),
    Dimension("led_count", Text("领衔件数", "Items led")),
    Dimension("kind", Text("监督形式", "Form of supervision"), codes.SUPERVISION_KIND),
    Dimension("lead_unit", Text("牵头委室", "Lead body"), lookup=names.units),
    Dimension("venue", Text("审议场合", "Venue"), codes.VENUE),
    Dimension("legal_item", Text("法定项目", "Statutory item"), codes.LEGAL_ITEM),
    Dimension("duty_state", Text("办理情况", "State"), DUTY_STATE),
    Dimension("appraisal_kind", Text("评议类型", "Kind of appraisal"), codes.APPRAISAL_KIND),
    Dimension("issuer", Text("制定机关", "Issuer")),
    Dimension("doc_result", Text("审查结果", "Result of the review"), codes.DOC_RESULT),
    Dimension("resolution_kind", Text("决议决定类型", "Kind of resolution"), codes.RESOLUTION_KIND),
    Dimension("resolution_organ", Text("作出机关", "Adopted by"), codes.RESOLUTION_ORGAN),
    Dimension("report_state", Text("报告情况", "Report"), REPORT_STATE),
    Dimension("meeting_kind", Text("会议类型", "Kind of meeting"), codes.MEETING_KIND),
    Dimension("action", Text("任免类型", "Action"), codes.ACTION),
    Dimension("organ", Text("机关", "Organ"), codes.ORGAN_CLASS),
    Dimension("exam", Text("任前考试", "Examination"), EXAM_STATE),
    Dimension("statement", Text("供职发言", "Statement"), codes.STATEMENT),
    Dimension("oath", Text("宪法宣誓", "Oath"), codes.OATH),
    Dimension("site_stage", Text("站点状态", "Stage of the site"), SITE_STAGE),
    Dimension("established_year", Text("建成年份", "Year opened")),
    Dimension("township_kind", Text("乡镇类型", "Kind of township"), codes.REGION_KIND),
    Dimension("gap", Text("建站情况", "Stations"), GAP),
    Dimension("support_kind", Text("事项类型", "Kind of act"), codes.SUPPORT_KIND),
    Dimension("campaign", Text("主题活动", "Campaign")),
    Dimension("leader", Text("班子成员", "Leader")),
    Dimension("task_kind", Text("联系类型", "Kind of work"), codes.TASK_KIND),
    Dimension("task_status", Text("推进状态", "State of work"), codes.TASK_STATUS),
    Dimension("change_year", Text("变动年份", "Year of change")),
    Dimension("cadre_kind", Text("变动类型", "Kind of change"), codes.CADRE_KIND),
    Dimension("body_kind", Text("机构类别", "Kind of body"), codes.ORG_KIND),
    Dimension("posts_band", Text("编制使用", "Posts"), POSTS_BAND),
    Dimension("post_state", Text("配备情况", "Posts filled"), POST_STATE),
    Dimension("budget_kind", Text("经费类别", "Kind of funds"), codes.BUDGET_KIND),
    Dimension("data_table", Text("数据表", "Table"), quality.TABLE_TITLES),
    Dimension("data_rule", Text("问题", "Problem"), worded=quality.picked_rules),
    Dimension("data_aspect", Text("问题类别", "Kind of problem"), quality.ASPECT_NAMES),
    Dimension("office", Text("责任单位", "Office"), ROLES, names.offices),
)

DIMENSIONS: dict[str, Dimension] = {dimension.key: dimension for dimension in _ALL}


def labels(connection: Connection, dimension: str, context: Context) -> dict[str, Text]:
    """The words of a dimension's codes, in the order they are to be shown.

    Codes are text, as in addresses and picks (``str(value)`` of a figure's column); the empty code is for what was not
    recorded. Enumerations keep their own order, names that of their codes. Plain numbers and words have no labels.

    Raises:
        UnknownDimension: There is no such dimension.
    """
    if dimension not in DIMENSIONS:
        known = ", ".join(DIMENSIONS)
        raise UnknownDimension(
            Text(
                f"没有“{dimension}”这一维度，可用：{known}。",
                f"There is no dimension '{dimension}'; use one of: {known}.",
            )
        )
    asked = DIMENSIONS[dimension]
    if asked.worded is not None:
        return asked.worded(context)
    if asked.lookup is None and asked.codes is None:
        return {}
    words = dict(asked.codes.words) | _renamed(asked.codes, context) if asked.codes is not None else {}
    if asked.lookup is not None:
        words |= _names(connection, asked.lookup, context)
    return words | {MISSING: NOT_RECORDED}


def _names(connection: Connection, lookup: Lookup, context: Context) -> dict[str, Text]:
    """The names a lookup finds, which only the scope decides."""

    def ask() -> dict[str, Text]:
        statement: Select[Any] | CompoundSelect[Any] = lookup(context)
        return {str(code): Text(name, name) for code, name in connection.execute(statement)}

    return once((lookup, context.scope), ask)


def basis_words(code: str, rules: Rules) -> Text:
    """How a deadline was counted (a code of ``DUE_BASIS``), with the months of the local rules."""
    words, months = DUE_BASIS.words[code], {"plain": rules.reply_months, "extended": rules.extended_months}
    return Text(words("zh", **months), words("en", **months))


def _renamed(enumeration: Codes, context: Context) -> dict[str, Text]:
    """Result classes bear local names where ``rule_config`` gives them; deadlines name its months."""
    if enumeration is DUE_BASIS:
        return {code: basis_words(code, context.rules) for code in DUE_BASIS}
    if enumeration is ROLES:
        return {code: Text(name, name) for code, name in context.rules.data_offices}
    if enumeration is not codes.RESULT_CLASS:
        return {}
    local = {code: name for code, name in context.rules.class_names if code in enumeration}
    # Our English goes with our Chinese only; a local name has no translation.
    return {code: Text(name, name) for code, name in local.items() if name != enumeration.label(code)}
