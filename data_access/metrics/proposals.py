"""Bills and suggestions: what came in, how it was answered and solved (P01 to P10, P16 to P22)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import among, both, claims, recorded
from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.text import Text

ITEMS = Text("件", "items")
TASKS = Text("件次", "handling tasks")
SHARE = Text("%", "%")
DAYS = Text("天", "days")

HANDLING_YEAR = Text(
    "按工作年度：会议期间提出的，归会议所服务的年度（十二月召开的会议可服务下一年度）；闭会期间提出的，归收到年度",
    "by handling year: the one the session serves (a December session may serve the next); between sessions, the year "
    "received",
)
LAW_BILL = Text(
    "地方组织法第二十二条；代表法第十五条", "Organic Law of Local Congresses, art. 22; Deputies Law, art. 15"
)
LAW_SUGGESTION = Text("代表法第二十四条、第三十六条", "Deputies Law, arts. 24 and 36")
LAW_REPLY = Text(
    "代表法第五十一条：自交办之日起三个月内答复；涉及面广、处理难度大的，六个月内答复",
    "Deputies Law, art. 51: within three months of assignment; six where wide-ranging or difficult",
)
LAW_KEY = Text("代表法第五十二条", "Deputies Law, art. 52")
LAW_PUBLIC = Text("代表法第五十一条：办理情况的报告应当公开", "Deputies Law, art. 51: the report on handling is public")
LOCAL_CLASSES = Text(
    "本地建议办理办法的结果分类，全国无统一规定", "result classes of local rules; there is no national scheme"
)
LOCAL_RULES = Text("本地建议办理办法", "local rules on the handling of suggestions")

NOT_DUE = Text(
    "不计议案、撤回件、并案件（随主件答复）、不属本级事权的件和尚未交办的件",
    "Not counted: bills, withdrawn items, merged items (answered with the main one), items beyond the district's "
    "powers, and items not yet assigned",
)
BACKDATED = Text(
    "答复日期早于交办日期的，日期有误，不计入；二次办理另有时限，不影响首次答复",
    "A reply dated before its assignment is an error and left out; re-handling has its own clock",
)

flow = partial(
    Metric, window=Window.FLOW, rows="proposals", table="proposal", year_rule=HANDLING_YEAR, direction=Direction.NEUTRAL
)
count = partial(flow, kind=Kind.COUNT, unit=ITEMS)
share = partial(flow, kind=Kind.SHARE, unit=SHARE, decimals=1)

RECEIVED = (
    count(
        key="P01",
        name=Text("收到建议", "Suggestions received"),
        definition=Text(
            "代表提出的建议、批评和意见件数，含议案转建议；联名件按领衔代表计一件",
            "Suggestions, criticisms and comments received, bills handled as suggestions among them; counted once "
            "however many sign",
        ),
        excludes=Text(
            "不计议案和撤回件；并案件仍按原件计", "Bills and withdrawn items; merged items count as submitted"
        ),
        source=LAW_SUGGESTION,
        counted=claims("is_suggestion"),
    ),
    count(
        key="P02",
        name=Text("代表议案", "Bills"),
        definition=Text(
            "代表联名提出、未转为建议的议案件数", "Bills submitted by deputies and not turned into suggestions"
        ),
        excludes=Text("不计撤回件；转为建议的计入收到建议", "Withdrawn bills; those converted count as suggestions"),
        source=LAW_BILL,
        counted=claims("is_bill"),
    ),
    count(
        key="P02a",
        name=Text("立案议案", "Bills accepted"),
        definition=Text("主席团决定列入议程的议案件数", "Bills the presidium put on the agenda"),
        excludes=Text("不计撤回件和转为建议的件", "Withdrawn bills and those converted"),
        source=LAW_BILL,
        counted=claims("is_accepted"),
    ),
    count(
        key="P02b",
        name=Text("议案转建议", "Bills handled as suggestions"),
        definition=Text("经主席团决定作为建议处理的议案件数，已含在收到建议中", "Part of the suggestions received"),
        excludes=Text("不计撤回件", "Withdrawn items"),
        source=LAW_BILL,
        counted=claims("is_converted"),
    ),
    count(
        key="P03",
        name=Text("应办建议", "Items due for handling"),
        definition=Text(
            "属本级事权且已交办的建议件数，是各项比率的基数", "Suggestions within the district's powers and assigned"
        ),
        excludes=NOT_DUE,
        source=LAW_REPLY,
        counted=claims("is_due"),
    ),
    count(
        key="P18",
        name=Text("类别构成", "By category"),
        definition=Text("收到建议按内容类别的构成", "Suggestions received, by what they are about"),
        excludes=Text(
            "同收到建议；类别目录调整后前后不可比",
            "As suggestions received; a changed list of categories breaks the series",
        ),
        source=LOCAL_RULES,
        counted=claims("is_suggestion"),
    ),
    count(
        key="P22",
        name=Text("涉及地域", "Place concerned"),
        definition=Text("收到建议按事项涉及的乡镇（街道）计数", "Suggestions received, by the township they are about"),
        excludes=Text(
            "不计未填涉及地的件；与领衔代表所在乡镇是两回事", "Items without a place; not the lead deputy's township"
        ),
        source=LOCAL_RULES,
        counted=both(claims("is_suggestion"), recorded("place")),
    ),
    share(
        key="P17",
        name=Text("提建议代表占比", "Deputies who led an item"),
        definition=Text(
            "在任县级代表中，领衔提出过议案建议的人数占比（只计领衔，不计附议）",
            "Serving district deputies who led at least one bill or suggestion (co-signing does not count)",
        ),
        excludes=Text("不计乡镇代表和上级代表；不计撤回件", "Township and higher-level deputies; withdrawn items"),
        source=LAW_SUGGESTION,
        rows="deputies",
        counted=claims("has_led"),
        base=among("level", "COUNTY"),
        direction=Direction.HIGHER,
        table="deputy、proposal",
        year_rule=Text(
            "期末在任代表，在所选工作年度内领衔", "deputies serving on the last day, within the handling years"
        ),
    ),
)

REPLIED = claims("is_replied")

ANSWERED = (
    share(
        key="P04",
        name=Text("答复率", "Reply rate"),
        definition=Text("已答复件数÷应办件数。讲话中的“办理率”即指此项，不等于解决率", "Replied ÷ due for handling"),
        excludes=Text(
            "会办不计；分办件各单位均答复才算答复", "Co-handling; separately handled items count once all units replied"
        ),
        source=LAW_REPLY,
        counted=REPLIED,
        base=claims("is_due"),
        direction=Direction.HIGHER,
    ),
    share(
        key="P04d",
        name=Text("到期答复率", "Reply rate of due items"),
        definition=Text(
            "已答复件数÷（已答复件数+超过答复期限仍未答复件数）", "Replied ÷ (replied + past the deadline unanswered)"
        ),
        excludes=Text("未到期且未答复的不计", "Items neither answered nor past their deadline"),
        source=LAW_REPLY,
        counted=REPLIED,
        base=claims("is_settled"),
        direction=Direction.HIGHER,
    ),
    share(
        key="P05",
        name=Text("按期答复率", "Replied on time"),
        definition=Text(
            "期限内答复件数÷（已答复件数+超期未复件数）。期限为交办之日起三个月（延长的六个月），按日历月计，当日答复为按期",
            "Replied within the deadline ÷ (replied + overdue). Three calendar months from assignment, six if "
            "extended; the deadline day itself is on time",
        ),
        excludes=BACKDATED,
        source=LAW_REPLY,
        counted=claims("is_on_time"),
        base=claims("is_timed"),
        direction=Direction.HIGHER,
    ),
    count(
        key="P06",
        name=Text("超期未复", "Overdue"),
        definition=Text(
            "期末已过答复期限仍未答复的建议件数", "Suggestions past their deadline and unanswered on the last day"
        ),
        excludes=NOT_DUE,
        source=LAW_REPLY,
        window=Window.STOCK,
        rows="proposals_open",
        counted=claims("is_overdue"),
        direction=Direction.LOWER,
        year_rule=Text("期末当日，不论所属工作年度", "on the last day, of whatever handling year"),
    ),
    count(
        key="P06a",
        name=Text("临期未复", "Due soon"),
        definition=Text(
            "期末尚未答复、距期限不超过规定天数（默认15天，含当日）的建议件数",
            "Unanswered and due within the days set by rule (15)",
        ),
        excludes=NOT_DUE,
        source=LAW_REPLY,
        window=Window.STOCK,
        rows="proposals_open",
        counted=claims("is_soon"),
        year_rule=Text("期末当日，不论所属工作年度", "on the last day, of whatever handling year"),
    ),
    flow(
        key="P07",
        name=Text("办理时长", "Handling days"),
        unit=DAYS,
        definition=Text("自交办至首次答复的天数，取中位数", "Days from assignment to the first reply, median"),
        excludes=BACKDATED,
        source=LAW_REPLY,
        kind=Kind.QUANTILE,
        of="days",
        counted=REPLIED,
        direction=Direction.LOWER,
    ),
    flow(
        key="P07p90",
        name=Text("办理时长（九成以内）", "Handling days, 9 in 10"),
        unit=DAYS,
        definition=Text("自交办至首次答复的天数，九成件不超过此数", "Days within which nine in ten were answered"),
        excludes=BACKDATED,
        source=LAW_REPLY,
        kind=Kind.QUANTILE,
        of="days",
        quantile=0.9,
        counted=REPLIED,
        direction=Direction.LOWER,
    ),
    count(
        key="P07e",
        name=Text("日期存疑件", "Items with contradictory dates"),
        definition=Text(
            "交办早于提出、答复早于交办或评价早于答复的件数，不计入时长和按期答复率",
            "Assigned before submitted, answered before assigned, or rated before answered",
        ),
        excludes=Text("不计撤回件", "Withdrawn items"),
        source=Text("数据核查规则", "data checks"),
        counted=claims("is_misdated"),
        direction=Direction.LOWER,
    ),
)

METRICS: tuple[Metric, ...] = (*RECEIVED, *ANSWERED)
