"""Supervision at a glance: the large figures, by form and year, by unit supervised, by field."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.exhibits.bars_by_year import bars_by_year
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.headline import Figure, headline
from dashboard.exhibits.ranked import ranked
from dashboard.subjects.supervision_duties import statutory_matrix
from data_access.metrics import METRICS
from data_access.text import Text

__all__ = ["BY_FIELD", "BY_FORM", "BY_UNIT", "HEADLINE", "statutory_matrix"]

PATH = "/supervision"
BY_THE_PLAN = Text("计划 {n} 项，开展 {k} 项", "{k} of {n} planned held")
NO_PLAN = Text("没有年度计划记录", "No yearly plan on record")
DOCUMENTS = Text("审议意见 {n} 件", "in {n} opinion documents")
MOST = Text("{first}受监督 {n} 次，为最多", "{first} was supervised most, {n} times")
MOST_TWO = Text(
    "{first}、{second}受监督最多，合计 {n} 次", "{first} and {second} were supervised most, {n} times together"
)
FIELDS = Text("{first}领域最多，占 {share}", "{first} comes first with {share}")
FIELDS_TWO = Text("{first}、{second}两个领域合占 {share}", "{first} and {second} make up {share}")
NEUTRAL = Text(
    "次数反映工作安排，多少不说明好坏；一项事项计一次，民生实事项目另列。",
    "Counts show how work was arranged; more is not better. One item counts once; livelihood projects stand apart.",
)
FORMS_FOOT = Text(
    "专项报告含环境、备案审查报告，计划预算审计含国资、债务；点开一类可看细目。次数多少不说明好坏。",
    "Reports include environment and review, the second group state assets and debt; click one for its forms. More is "
    "not better.",
)
FORM = Text("监督形式", "form")
FORM_GROUPS = {
    Text("听取专项报告", "Reports heard"): ("RPT", "ENV", "REC"),
    Text("计划预算审计", "Plan, budget, audit"): ("PLAN", "BUD", "AUD", "SOA", "DEBT"),
    Text("执法检查", "Law inspections"): ("LEI",),
    Text("视察调研", "Tours and studies"): ("INS", "STU"),
    Text("询问评议跟踪", "Inquiry, follow-up"): ("SPI", "INQ", "INT", "INV", "APP", "FOL"),
}


def _plan(total: Any, view: View) -> str:
    n, k = total["S11.n"], total["S11.k"]
    return BY_THE_PLAN(view.lang, n=formats.number(n), k=formats.number(k)) if n else NO_PLAN(view.lang)


def _documents(total: Any, view: View) -> str:
    return DOCUMENTS(view.lang, n=formats.number(total["S07d"]))


def most_supervised(made: pd.DataFrame, view: View) -> str:
    """The one or two units supervised most; empty when others tie with them or the unit is not recorded."""
    if len(made) < 2 or made["now"].sum() < view.context.rules.small_n:
        return ""
    names, counts = _tops(made)
    if counts[0] > counts[1] and names[0]:
        return MOST(view.lang, first=names[0], n=formats.number(counts[0]))
    if names[0] and names[1] and counts[1] > counts[2]:
        return MOST_TWO(view.lang, first=names[0], second=names[1], n=formats.number(counts[0] + counts[1]))
    return ""


def leading_fields(made: pd.DataFrame, view: View) -> str:
    """The one or two fields with the largest share; empty when others tie with them or too little was counted."""
    total = made["now"].sum()
    if len(made) < 3 or total < view.context.rules.small_n:
        return ""
    names, counts = _tops(made)
    if names[0] and counts[0] > counts[1] and counts[0] / total >= 0.4:
        return FIELDS(view.lang, first=names[0], share=formats.percent(counts[0] / total, 0))
    if names[0] and names[1] and counts[1] > counts[2]:
        share = formats.percent((counts[0] + counts[1]) / total, 0)
        return FIELDS_TWO(view.lang, first=names[0], second=names[1], share=share)
    return ""


def _tops(made: pd.DataFrame) -> tuple[list[str], list[float]]:
    """Names and counts of the first three groups; no name where the group is what was not recorded."""
    top = made.sort_values("now", ascending=False, kind="stable").iloc[:3]
    names = [str(row.label) if row.code and not formats.is_missing(row.code) else "" for row in top.itertuples()]
    counts = [float(count) for count in top["now"]]
    return names + [""] * (3 - len(names)), counts + [0.0] * (3 - len(counts))


HEADLINE = headline(
    Figure(
        METRICS["S01"],
        name=Text("调研监督", "Supervision and study"),
        note=_plan,
        also=(METRICS["S11"],),
    ),
    Figure(METRICS["S02"], name=Text("专项工作报告", "Special work reports")),
    Figure(METRICS["S03"], name=Text("执法检查", "Law inspections")),
    Figure(METRICS["S07"], name=Text("意见建议", "Points raised"), note=_documents, also=(METRICS["S07d"],)),
    Figure(METRICS["S08"], base=Text("到期意见", "points due")),
    Figure(METRICS["S09"], base=Text("应反馈事项", "reports due")),
)
BY_FORM = bars_by_year(
    METRICS["S01"],
    "kind",
    key="forms",
    name=Text("各年监督形式", "Forms of supervision by year"),
    path=PATH,
    by_name=FORM,
    together=FORM_GROUPS,
    foot=FORMS_FOOT,
)
BY_UNIT = ranked(
    METRICS["S01"],
    "unit",
    key="units",
    name=Text("按被监督单位", "By unit supervised"),
    path=PATH,
    others=Text("其他 {n} 个单位", "{n} other units"),
    finding=most_supervised,
    foot=NEUTRAL,
)
BY_FIELD = ranked(
    METRICS["S01"],
    "category",
    key="fields",
    name=Text("按监督领域", "By field"),
    path=PATH,
    finding=leading_fields,
    foot=Text(
        "领域按事项内容归类，与建议类别同一分类。", "Fields are those used for suggestions, by subject of the item."
    ),
)
