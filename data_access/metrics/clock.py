"""What the calendar brings next: suggestions that may be overdue by the end of the month (P23)."""

from __future__ import annotations

from data_access.metrics.conditions import claims
from data_access.metrics.metric import Direction, Metric, Window
from data_access.metrics.proposals import LAW_REPLY, NOT_DUE, count
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

METRICS: tuple[Metric, ...] = AHEAD
