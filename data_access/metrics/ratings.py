"""What deputies say of the handling, second rounds, and promises kept (P10 to P15)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import among, both, claims, recorded
from data_access.metrics.metric import Condition, Direction, Kind, Metric
from data_access.metrics.proposals import ITEMS, LAW_REPLY, LOCAL_RULES, SHARE, count, flow
from data_access.text import Text

UNRATED = Text(
    "未反馈的不进分母，反馈率另列；未反馈不等于满意",
    "Unrated replies are not in the base, the feedback rate stands beside it; unrated is not satisfied",
)

rating = partial(flow, kind=Kind.SHARE, unit=SHARE, decimals=1, table="proposal_reply", direction=Direction.HIGHER)


def satisfied(key: str, name: Text, rated: Text, column: str, *, basically: bool) -> Metric:
    """One of the satisfied shares: of one question, in the first or the last round, with 基本满意 or without."""
    grades = (3, 2) if basically else (3,)
    top = (
        Text("评价满意和基本满意", "Rated satisfied or mostly satisfied")
        if basically
        else Text("评价满意", "Rated satisfied")
    )
    return rating(
        key=key,
        name=name,
        definition=Text(f"{top.zh}的件数÷{rated.zh}的件数", f"{top.en} ÷ {rated.en}"),
        excludes=UNRATED,
        source=LOCAL_RULES,
        counted=among(column, *grades),
        base=_rated(column),
    )


def _rated(column: str) -> Condition:
    return both(claims("is_replied"), recorded(column))


FINAL = Text("已作结果评价（以最近一次为准）", "items whose result was rated (the latest rating counts)")
FIRST = Text("首次答复已作结果评价", "items whose first reply was rated")
ATTITUDE = Text("已作态度评价（以最近一次为准）", "items whose attitude was rated (the latest rating counts)")

SATISFIED = (
    satisfied("P11", Text("满意率", "Satisfied"), FINAL, "final_result", basically=False),
    satisfied("P11f", Text("首次满意率", "Satisfied at first reply"), FIRST, "first_result", basically=False),
    satisfied("P11t", Text("态度满意率", "Satisfied with attitude"), ATTITUDE, "final_attitude", basically=False),
    satisfied("P12", Text("满意和基本满意率", "Satisfied or mostly"), FINAL, "final_result", basically=True),
    satisfied(
        "P12f", Text("首次满意和基本满意率", "Satisfied or mostly, at first"), FIRST, "first_result", basically=True
    ),
    satisfied(
        "P12t",
        Text("态度满意和基本满意率", "Attitude, satisfied or mostly"),
        ATTITUDE,
        "final_attitude",
        basically=True,
    ),
)

FOLLOWED = (
    rating(
        key="P13",
        name=Text("评价反馈率", "Feedback rate"),
        definition=Text("已作结果评价的件数÷已答复件数", "Items whose result was rated ÷ replied"),
        excludes=Text("未答复的件不进分母", "Items not yet answered are not in the base"),
        source=LOCAL_RULES,
        counted=claims("is_rated"),
        base=claims("is_replied"),
    ),
    count(
        key="P14",
        name=Text("二次办理", "Re-handled"),
        definition=Text(
            "答复两次以上或正在二次办理的建议件数", "Suggestions answered more than once, or in re-handling"
        ),
        excludes=Text(
            "不计并案件、撤回件和不属本级事权的件", "Merged and withdrawn items and those beyond the district's powers"
        ),
        source=LOCAL_RULES,
        counted=claims("is_rehandled"),
    ),
    rating(
        key="P14a",
        name=Text("二次办理转满意率", "Content after re-handling"),
        definition=Text(
            "再次答复后评价为满意或基本满意的件数÷再次答复后已评价的件数",
            "Rated satisfied or mostly satisfied after a further reply ÷ rated after a further reply",
        ),
        excludes=Text("再次答复后尚未评价的不进分母", "Items not rated again are not in the base"),
        source=LOCAL_RULES,
        counted=among("final_result", 3, 2),
        base=both(claims("is_rehandled", "is_rated"), lambda rows: rows.c.rated_round > 1),
    ),
    rating(
        key="P15",
        name=Text("当面沟通率", "Face-to-face contact"),
        definition=Text(
            "答复之前（含当日）当面或座谈沟通过的件数÷已答复件数", "Met in person by the day of the reply ÷ replied"
        ),
        excludes=Text("电话和网络沟通不算当面沟通", "Calls and messages do not count as meeting in person"),
        source=LOCAL_RULES,
        counted=claims("is_contacted"),
        base=claims("is_replied"),
    ),
)

promised = partial(
    flow,
    rows="promises",
    table="proposal_reply",
    source=LAW_REPLY,
    year_rule=Text("按承诺完成日期所在年度", "by the year the promise falls due"),
)
PROMISES_ONLY = Text(
    "只计B类答复中写明完成日期的承诺；承诺当日仍未到期",
    "Class B replies that name a date; the promised day itself has not passed",
)

PROMISES = (
    promised(
        key="P10",
        name=Text("承诺兑现率", "Promises kept"),
        unit=SHARE,
        decimals=1,
        kind=Kind.SHARE,
        definition=Text(
            "按承诺日期兑现的件数÷承诺日期已过的件数", "Kept by the promised day ÷ promises whose day has passed"
        ),
        excludes=PROMISES_ONLY,
        counted=claims("is_kept"),
        base=claims("is_passed"),
        direction=Direction.HIGHER,
    ),
    promised(
        key="P10n",
        name=Text("答复承诺", "Promises"),
        unit=ITEMS,
        kind=Kind.COUNT,
        definition=Text("年度内应兑现的承诺件数", "Promises that fall due in the year"),
        excludes=PROMISES_ONLY,
        counted=recorded("promised_on"),
    ),
    promised(
        key="P10b",
        name=Text("逾期未兑现", "Promises not kept"),
        unit=ITEMS,
        kind=Kind.COUNT,
        definition=Text("承诺日期已过、至今未兑现的件数", "Promises whose day has passed and that are still open"),
        excludes=PROMISES_ONLY,
        counted=claims("is_broken"),
        direction=Direction.LOWER,
    ),
)

METRICS: tuple[Metric, ...] = (*SATISFIED, *FOLLOWED, *PROMISES)
