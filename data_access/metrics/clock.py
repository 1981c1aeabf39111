"""What time brings and brings to light: items due this month (P23), promises open years after their day (P10), what
changed since a day (P24), and what to check (P25)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import claims
from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.metrics.proposals import ITEMS, LAW_REPLY, LOCAL_RULES, NOT_DUE, SHARE, TASKS, count
from data_access.metrics.ratings import PROMISES_ONLY, promised
from data_access.text import Text

AHEAD = (
    count(
        key="P23",
        name=Text("月底前到期未复", "Unanswered and due by the end of the month"),
        definition=Text(
            "期末尚未答复、期限在当月及以前的建议件数，是月底可能超期的上限；预计件数是其中每一件届时仍未答复的可能之和，"
            "按各单位以往同样处在期限前后若干天时的答复快慢推算，八成区间按泊松—二项分布",
            "Unanswered suggestions due in that month or before: the most that can be overdue at its end. The number "
            "expected adds up each item's chance of still being unanswered then, from how fast its unit answered items "
            "that were as near to their deadline; the 80% range is that of a Poisson-binomial distribution",
        ),
        excludes=NOT_DUE,
        source=LAW_REPLY,
        window=Window.STOCK,
        rows="proposals_open",
        counted=claims("is_due_this_month"),
        direction=Direction.LOWER,
        year_rule=Text("期末当日，不论所属工作年度", "on the last day, of whatever handling year"),
    ),
)


def _open_after(years: int, zh: str) -> Metric:
    return promised(
        key=f"P10.y{years}",
        name=Text(f"逾期满{zh}年仍未兑现", f"Open {years} year{'s' if years > 1 else ''} after the promised day"),
        unit=SHARE,
        decimals=1,
        kind=Kind.SHARE,
        definition=Text(
            f"承诺完成日期满{zh}年时仍未兑现的承诺÷承诺完成日期已满{zh}年的承诺；此后才兑现的也算仍未兑现",
            f"Promises not kept when {years} year(s) had passed since the promised day ÷ promises for which they have "
            "passed; those kept later still count as open then",
        ),
        excludes=Text(
            f"承诺完成日期未满{zh}年的不进分母",
            f"Promises whose day is less than {years} year(s) ago are not in the base",
        ),
        counted=claims(f"is_open{years}"),
        base=claims(f"is_over{years}"),
        direction=Direction.LOWER,
    )


LEDGER = (
    promised(
        key="P10l",
        name=Text("逾期兑现", "Kept late"),
        unit=ITEMS,
        kind=Kind.COUNT,
        definition=Text("承诺完成日期之后才兑现的承诺件数", "Promises kept after the promised day"),
        excludes=PROMISES_ONLY,
        counted=claims("is_late"),
        direction=Direction.LOWER,
    ),
    *(_open_after(years, zh) for years, zh in ((1, "一"), (2, "两"), (3, "三"))),
)

changed = partial(
    count,
    window=Window.CHANGE,
    rows="proposals_changed",
    table="proposal、proposal_reply",
    source=LOCAL_RULES,
    year_rule=Text(
        "所选日期之后、截至日以前，不论所属工作年度；未选日期的，自最近一次常委会会议起",
        "after the day chosen and up to the as-of day, of whatever handling year; from the Standing Committee's last "
        "meeting where no day is chosen",
    ),
)

CHANGES = (
    changed(
        key="P24.new",
        name=Text("新收建议", "Newly received"),
        definition=Text("所选日期之后提出的建议件数", "Suggestions submitted after the day"),
        excludes=Text("不计议案和撤回件", "Bills and withdrawn items"),
        counted=claims("is_new"),
    ),
    changed(
        key="P24.answered",
        name=Text("新答复", "Newly answered"),
        definition=Text("所选日期之后首次答复的应办建议件数", "Items due whose first reply came after the day"),
        excludes=Text(
            "二次办理的再次答复不计；分办件最后一个单位答复才算",
            "Later rounds; with several units the last reply counts",
        ),
        counted=claims("is_just_answered"),
    ),
    changed(
        key="P24.late",
        name=Text("转为超期", "Newly overdue"),
        definition=Text(
            "所选日期之后过了期限而当时未答复的应办建议件数，后来答复的也在其中",
            "Items due that passed their deadline unanswered after the day, those answered since among them",
        ),
        excludes=NOT_DUE,
        counted=claims("is_just_late"),
        direction=Direction.LOWER,
    ),
    changed(
        key="P24.closed",
        name=Text("评价办结", "Closed"),
        definition=Text(
            "所选日期之后代表评价为满意或基本满意的已答复件数，以最近一次评价为准",
            "Answered items whose last rating, satisfied or mostly satisfied, came after the day",
        ),
        excludes=Text("评价不满意的转二次办理，不算办结", "Items rated dissatisfied go to a second round"),
        counted=claims("is_just_closed"),
    ),
)

checked = partial(
    count,
    unit=TASKS,
    rows="proposal_units",
    table="proposal_handler、proposal_reply",
    source=Text("本地规则：数据核实提示", "local rules: what to check"),
    excludes=Text(
        "只作核对线索，不作结论，不涉及个人；不计会办、已退办和日期有误的件",
        "A hint for checking, no verdict, about no person; without co-handling, items sent back, contradictory dates",
    ),
)

CHECKS = (
    checked(
        key="P25.last",
        name=Text("期限最后三天答复", "Answered in the last three days"),
        definition=Text(
            "首次答复在期限当日或之前两天内的承办件", "First replies on the deadline or one of the two days before it"
        ),
        counted=claims("is_last_days"),
    ),
    checked(
        key="P25.batch",
        name=Text("同日同类批量答复", "Answered alike on one day"),
        definition=Text(
            "同一单位同一天作出的同一类别首次答复达到规定件数（check_n，默认5件）的承办件；数据中没有答复正文，只能按日期和类别提示",
            "First replies of one class that a unit gave on one day, where they are at least so many (check_n, 5); the "
            "data hold no text of replies, so day and class must do",
        ),
        counted=claims("is_batch"),
    ),
    checked(
        key="P25.rated",
        name=Text("答复当日评价", "Rated on the day of the reply"),
        definition=Text(
            "最近一次评价与答复在同一天的承办件；数据中没有时刻，只能按日期提示",
            "Items whose last rating bears the day of the reply; the data hold no hours, so the day must do",
        ),
        counted=claims("is_rated_at_once"),
    ),
    checked(
        key="P25.n",
        name=Text("单位已答复件", "Answered, by unit"),
        definition=Text(
            "该单位已作首次答复的承办件，是核实提示的基数", "Items the unit answered: the base of the checks"
        ),
        counted=claims("is_replied"),
    ),
    checked(
        key="P25.r",
        name=Text("单位已评价件", "Rated, by unit"),
        definition=Text(
            "该单位已答复、代表已评价的承办件，是答复当日评价的基数",
            "Items answered and rated: the base of the last check",
        ),
        counted=claims("is_rated"),
    ),
)

METRICS: tuple[Metric, ...] = (*AHEAD, *LEDGER, *CHANGES, *CHECKS)
