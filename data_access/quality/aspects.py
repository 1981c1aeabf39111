"""The four sides of the quality of data, and the measures of them, defined like every other figure of the board."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import true

from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.text import Text


class Aspect(Enum):
    """Which side of the quality of data a rule tests."""

    COMPLETE = "complete"
    TIMELY = "timely"
    CONSISTENT = "consistent"
    UNIQUE = "unique"


NAMES = {
    Aspect.COMPLETE: Text("完整", "Complete"),
    Aspect.TIMELY: Text("及时", "Timely"),
    Aspect.CONSISTENT: Text("一致", "Consistent"),
    Aspect.UNIQUE: Text("重复", "Duplicates"),
}

_YEARS = Text(
    "事项按其年度；名册（代表、站点、机构等）自登记年度起一直计入；没有日期或年份不合理的记录计入每个年度",
    "records by their year; registers (deputies, stations, bodies) from their first year on; records without a day, or "
    "of an impossible year, in every year",
)


def _measure(
    key: str,
    name: tuple[str, str],
    unit: tuple[str, str],
    definition: tuple[str, str],
    excludes: tuple[str, str],
    *,
    direction: Direction,
    kind: Kind,
) -> Metric:
    return Metric(
        key=key,
        name=Text(*name),
        unit=Text(*unit),
        definition=Text(*definition),
        excludes=Text(*excludes),
        source=Text("数据表说明和本地规则 rule_config", "description of the tables, local rules in rule_config"),
        window=Window.FLOW,
        direction=direction,
        rows="",
        kind=kind,
        counted=lambda _: true(),
        base=(lambda _: true()) if kind is Kind.SHARE else None,
        year_rule=_YEARS,
    )


PROBLEMS = _measure(
    "Q01",
    ("待核问题", "Problems to settle"),
    ("条", "problems"),
    (
        "一条记录违反一项规则计一条：必填或应填的栏目为空、登记过晚、前后矛盾、代码或日期不可能、疑似重复。"
        "例：2 件建议都没填涉及地，其中 1 件交办早于提出，计 3 条",
        "One record that breaks one rule is one problem: a column that must or should be filled is empty, it was "
        "recorded late, contradicts itself, has an impossible code or day, or seems to stand there twice. Example: two "
        "suggestions without a place, one of them assigned before it was submitted, make 3",
    ),
    ("业务本身未办（未答复、未评价）不是数据问题", "Work not done (no reply, no rating) is no fault of the data"),
    direction=Direction.LOWER,
    kind=Kind.COUNT,
)
COMPLETE = _measure(
    "Q02",
    ("完整率", "Complete share"),
    ("栏", "cells"),
    (
        "必填和应填的栏目中已填的比重，按栏目逐格计。例：2 条记录各有 5 个应填栏目，空 1 格，完整率 9÷10=90%",
        "Cells filled among those that must or should be, counted cell by cell. Example: two records with five such "
        "columns each and one empty cell: 9 of 10, 90%",
    ),
    (
        "按情形才应填的栏目，只计该情形的记录（如 B 类答复才应填承诺日期）",
        "Columns asked for in some cases only count for those (a promised day for class B replies)",
    ),
    direction=Direction.HIGHER,
    kind=Kind.SHARE,
)
TIMELY = _measure(
    "Q03",
    ("及时率", "Timely share"),
    ("条", "records"),
    (
        "在所载最后一个日期之后规定天数（record_days，默认 60 天）内登记的记录比重；"
        "首次导入之前发生的不计。计划日已过规定天数仍无开展日期的监督事项也计为不及时。"
        "例：4 条活动中 1 条发生 61 天后才登记，及时率 3÷4=75%",
        "Records entered within the set days (record_days, 60 by default) of their last date; what happened before the "
        "first import is not asked. Supervision planned for a day that long ago without a day held is late too. "
        "Example: one of four activities was entered 61 days after it was held: 3 of 4, 75%",
    ),
    ("以“更新时间”为登记时间，事后更正会使登记时间推后；没有更新时间的不计",
     "The time of the last change stands for that of the entry, so a later correction makes it later; records without "
     "it are left out"),
    direction=Direction.HIGHER,
    kind=Kind.SHARE,
)  # fmt: skip
CONSISTENT = _measure(
    "Q04",
    ("一致率", "Consistent share"),
    ("条", "records"),
    (
        "没有矛盾的记录比重：日期先后、部分不大于整体、代码在目录内、所指记录存在、日期不晚于数据日期。"
        "一条记录有几处矛盾只计一次。例：3 条答复中 1 条早于交办，一致率 2÷3=66.7%",
        "Records without a contradiction: days in order, parts no larger than the whole, known codes, records referred "
        "to exist, no day after that of the data. A record with several counts once. Example: one of three replies is "
        "dated before the assignment: 2 of 3, 66.7%",
    ),
    ("只计错误；可能属实的提醒列出，但不计入", "Errors only; warnings that may be true are listed, not counted"),
    direction=Direction.HIGHER,
    kind=Kind.SHARE,
)
TWICE = _measure(
    "Q05",
    ("疑似重复", "Possible duplicates"),
    ("条", "records"),
    (
        "关键栏目完全相同的记录，第一条之外的条数（如同一年度、同一标题、同一领衔代表的建议）。"
        "例：同一活动登记 3 次，计 2 条",
        "Records that agree in all identifying columns, beyond the first of them (suggestions of the same year, title "
        "and lead deputy, say). Example: an activity entered three times makes 2",
    ),
    ("编号不同也算；可能属实，请核对", "Also with different numbers; it may be true, please check"),
    direction=Direction.LOWER,
    kind=Kind.COUNT,
)

MEASURES: tuple[Metric, ...] = (PROBLEMS, COMPLETE, TIMELY, CONSISTENT, TWICE)
