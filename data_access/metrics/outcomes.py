"""What became of suggestions, and how the load is shared among units (P08, P09, P16, P19 to P21)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import among, both, claims, without
from data_access.metrics.metric import Direction, Kind, Metric
from data_access.metrics.proposals import (
    DAYS,
    LAW_KEY,
    LAW_PUBLIC,
    LAW_REPLY,
    LOCAL_CLASSES,
    LOCAL_RULES,
    REPLIED,
    SHARE,
    TASKS,
    count,
    flow,
    share,
)
from data_access.text import Text

OPEN_PUBLIC = Text("涉密和不宜公开的建议不进分母", "Items that may not be published are not in the base")

OUTCOMES = (
    share(
        key="P08",
        name=Text("解决率（A类）", "Solved (class A)"),
        definition=Text("现类别为A（已解决或基本解决）的件数÷应办件数", "Items now in class A ÷ due for handling"),
        excludes=Text(
            "类别由承办单位自评，与代表评价是两回事；日后由B转A的自兑现之日起计",
            "The class is the unit's own view, not the deputy's; B becomes A on the day the promise is kept",
        ),
        source=LOCAL_CLASSES,
        counted=among("class_now", "A"),
        base=claims("is_due"),
        direction=Direction.HIGHER,
    ),
    share(
        key="P09",
        name=Text("解决或计划解决率（A+B）", "Solved or planned (A+B)"),
        definition=Text("现类别为A或B的件数÷应办件数", "Items now in class A or B ÷ due for handling"),
        excludes=Text("与解决率口径不同，不得混用", "Not the same as the solved share; B is a promise, not a result"),
        source=LOCAL_CLASSES,
        counted=among("class_now", "A", "B"),
        base=claims("is_due"),
        direction=Direction.HIGHER,
    ),
    count(
        key="P16",
        name=Text("重点督办", "Key-supervised"),
        definition=Text("主任会议确定的重点督办建议件数", "Suggestions chosen by the Chairpersons' Meeting"),
        excludes=Text("不计撤回件", "Withdrawn items"),
        source=LAW_KEY,
        counted=claims("is_key", "is_suggestion"),
    ),
    share(
        key="P16a",
        name=Text("重点督办解决率", "Key-supervised, solved"),
        definition=Text(
            "重点督办建议中现类别为A的件数÷应办的重点督办建议件数", "Key-supervised items now in class A ÷ those due"
        ),
        excludes=Text("件数少时只列清单，不列百分比", "List the items rather than print a percentage of a few"),
        source=LAW_KEY,
        counted=among("class_now", "A"),
        base=claims("is_key", "is_due"),
        direction=Direction.HIGHER,
    ),
    share(
        key="P19",
        name=Text("公开率", "Published replies"),
        definition=Text("已公开的答复件数÷可以公开的已答复件数", "Replies published ÷ replies that may be published"),
        excludes=OPEN_PUBLIC,
        source=LAW_PUBLIC,
        counted=claims("is_published"),
        base=claims("is_replied", "is_public"),
        direction=Direction.HIGHER,
    ),
    share(
        key="P20",
        name=Text("退办率", "Sent back"),
        definition=Text(
            "被承办单位退回改办过的件数÷应办件数", "Items a unit sent back for re-assignment ÷ due for handling"
        ),
        excludes=Text(
            "一件多次退办只计一件；正当退办也在其中",
            "An item counts once however often it came back; some returns are right",
        ),
        source=LOCAL_RULES,
        counted=claims("is_returned"),
        base=claims("is_due"),
        direction=Direction.LOWER,
    ),
)

tasks = partial(count, unit=TASKS, rows="proposal_handlers", table="proposal_handler", source=LOCAL_RULES)
of_units = partial(flow, rows="proposal_units", table="proposal_handler、proposal_reply", source=LAW_REPLY)
ANSWERING = Text(
    "只计主办、独办、分办，不计会办和已退办；分办件每个单位各计一次，各单位之和可能多于应办件数",
    "Lead, sole and separate handling only; an item handled separately counts once for each unit, so units may add up "
    "to more than the items",
)

UNITS = (
    tasks(
        key="P21",
        name=Text("承办任务（主办）", "Handling tasks (lead)"),
        definition=Text(
            "应办建议按承办单位（主办、独办、分办）计数", "Items due, counted for each unit that owes the reply"
        ),
        excludes=ANSWERING,
        counted=both(claims("is_due"), without("is_co")),
    ),
    tasks(
        key="P21c",
        name=Text("承办任务（会办）", "Handling tasks (co-handling)"),
        definition=Text("应办建议按会办单位计数", "Items due, counted for each co-handling unit"),
        excludes=Text("不计已退办；不参与任何单位比率", "Units that sent the item back; never part of a unit's rates"),
        counted=claims("is_due", "is_co"),
    ),
    of_units(
        key="P04u",
        name=Text("单位答复率", "Reply rate of units"),
        unit=SHARE,
        decimals=1,
        kind=Kind.SHARE,
        definition=Text("该单位已答复件数÷该单位应答复件数", "Replied by the unit ÷ owed by the unit"),
        excludes=ANSWERING,
        counted=REPLIED,
        base=claims("is_due"),
        direction=Direction.HIGHER,
    ),
    of_units(
        key="P05u",
        name=Text("单位按期答复率", "Replied on time, by unit"),
        unit=SHARE,
        decimals=1,
        kind=Kind.SHARE,
        definition=Text(
            "该单位期限内答复件数÷该单位（已答复+超期未复）件数", "Answered in time ÷ (answered + overdue), of a unit"
        ),
        excludes=ANSWERING,
        counted=claims("is_on_time"),
        base=claims("is_timed"),
        direction=Direction.HIGHER,
    ),
    of_units(
        key="P07u",
        name=Text("单位办理时长", "Handling days of units"),
        unit=DAYS,
        kind=Kind.QUANTILE,
        of="days",
        definition=Text(
            "自交该单位之日至其首次答复的天数，取中位数",
            "Days from the unit's own assignment to its first reply, median",
        ),
        excludes=ANSWERING,
        counted=REPLIED,
        direction=Direction.LOWER,
    ),
)

METRICS: tuple[Metric, ...] = (*OUTCOMES, *UNITS)
