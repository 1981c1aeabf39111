"""Whether the procedure of appointment is complete: totals only, never names, scores or votes by person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.steps import Stage, Steps
from dashboard.formats import granted
from dashboard.subjects.personnel_frame import of_the_district
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.text import Text

EXAM, PASSED, STATEMENT, OATH, CHANGES = (METRICS[key] for key in ("A04", "A04p", "A06", "A05", "A01"))
INTO_OFFICE = ("DECIDE_A", "APPT", "ACT", "PUSH")

NAME = Text("任职程序", "Procedure of appointment")
SUBTITLE = Text(
    "任前考试、供职发言、表决、宪法宣誓，单位：人次；条长为完成部分",
    "Examination, statement, vote, oath; bars show the part done",
)
COMPLETE = Text("{years}任前考试、供职发言、宪法宣誓均无缺项", "{years}: no examination, statement or oath is missing")
GAPS = Text("{years}任职程序有缺：{words}", "{years}: {words}")
ONE_YEAR, YEARS = Text("{a} 年", "{a}"), Text("{a}–{b} 年", "{a}–{b}")
EMPTY = Text(
    "所选范围内没有应考、应发言或应宣誓的任职，可放宽年份或取消筛选再看。",
    "No appointment in this range required an examination, a statement or an oath; widen years or remove filters.",
)
FOOT = Text(
    "各环节基数不同，免考、免予发言和依法不需宣誓的均不在基数内；只列合计，不显示分数和个人得票。",
    "Each stage has its own base; exempt persons and those who need not swear are outside it. Totals only: no scores, "
    "no votes by person.",
)
NAMES = (
    Text("任前考试", "Examination"),
    Text("供职发言", "Statement"),
    Text("表决任命", "Vote"),
    Text("宪法宣誓", "Oath"),
)
RATES = (
    Text("参考率 {share}", "Taken by {share}"),
    Text("发言率 {share}", "Given by {share}"),
    Text("宣誓率 {share}", "Sworn by {share}"),
)
PASS = Text("参考者合格率 {share}", "{share} of them passed")
EXEMPT = Text("另免考 {n} 人次", "{n} exempt besides")
EXEMPT_SPEECH = Text("另免予发言 {n} 人次", "{n} exempt besides")
NO_OATH = Text("另有 {n} 人次依法不需宣誓", "{n} need not swear")
VOTED = Text("含决定任命、任命、决定代理", "by decision, plain, and acting")
OUT = Text("另有免职、辞职等 {n} 人次", "{n} left office")
MISSING = (
    Text("未考 {n} 人次", "{n} not examined"),
    Text("未发言 {n} 人次", "{n} without statement"),
    Text("未宣誓 {n} 人次", "{n} not sworn"),
)
STAGE, DONE, BASE = Text("环节", "Stage"), Text("已完成", "Done"), Text("基数 n", "Base n")


@dataclass(frozen=True)
class Facts:
    """One row of totals, and person-times by examination, statement, oath and action."""

    total: Any
    spread: pd.DataFrame

    def count(self, column: str, *codes: str) -> int:
        """Person-times whose column holds one of the codes."""
        return int(self.spread.loc[self.spread[column].isin(codes), CHANGES.key].sum())


def _procedure_query(connection: Connection, view: View) -> Facts:
    total = measure(connection, (EXAM, PASSED, STATEMENT, OATH), view.context).iloc[0]
    return Facts(total, measure(connection, (CHANGES,), view.context, by=("exam", "statement", "oath", "action")))


def compose_procedure(facts: Facts, view: View) -> Picture:
    """Four stages with the part done of each one's own base, and what is missing."""
    lang = view.lang
    stages = ((EXAM, 0), (STATEMENT, 1), (OATH, 2))
    done = {
        metric.key: (granted(facts.total[f"{metric.key}.k"]), granted(facts.total[f"{metric.key}.n"]))
        for metric, _ in stages
    }
    table = _procedure_table(done, facts, view)
    if not any(n for _, n in done.values()):
        sentence = EMPTY(lang)
        return Picture(NAME(lang), SUBTITLE(lang), None, table, empty=sentence, alt=sentence)
    gaps = [MISSING[place](lang, n=n - k) for metric, place in stages for k, n in (done[metric.key],) if n > k]
    title = _titled(gaps, view)
    exam, statement, oath = (_stage(metric, place, facts, view) for metric, place in stages)
    return Picture(
        title, SUBTITLE(lang), Steps((exam, statement, _vote(facts, view), oath)), table, foot=FOOT(lang), alt=title
    )


def _titled(gaps: list[str], view: View) -> str:
    lang, (first, last) = view.lang, view.context.filters.years
    years = (ONE_YEAR if first == last else YEARS)(lang, a=first, b=last)
    return (
        GAPS(lang, years=years, words=("、" if lang == "zh" else ", ").join(gaps))
        if gaps
        else COMPLETE(lang, years=years)
    )


def _stage(metric: Metric, place: int, facts: Facts, view: View) -> Stage:
    lang, small = view.lang, view.context.rules.small_n
    k, n = granted(facts.total[f"{metric.key}.k"]), granted(facts.total[f"{metric.key}.n"])
    lines = [RATES[place](lang, share=formats.share_with_base(k, n, lang, small_n=small))]
    # Results are known as totals alone: beside what a click picked out they would be those of all.
    if metric is EXAM and facts.total["A04p.n"] and not view.context.filters.picks:
        share = formats.share_with_base(facts.total["A04p.k"], facts.total["A04p.n"], lang, small_n=small)
        lines.append(PASS(lang, share=share))
    column, code, words = (("exam", "EXEMPT", EXEMPT), ("statement", "EXEMPT", EXEMPT_SPEECH), ("oath", "NA", NO_OATH))[
        place
    ]
    if outside := facts.count(column, code):
        lines.append(words(lang, n=outside))
    name = NAMES[3] if metric is OATH else NAMES[place]
    warning = MISSING[place](lang, n=n - k) if n > k else ""
    href, figure = view.link("/records", metric=metric.key), formats.number(k)
    return Stage(
        name(lang), figure, formats.unit(CHANGES.unit, figure, lang), k / n if n else 0, tuple(lines), warning, href
    )


def _vote(facts: Facts, view: View) -> Stage:
    lang = view.lang
    into, total = facts.count("action", *INTO_OFFICE), int(facts.spread[CHANGES.key].sum())
    lines = (VOTED(lang), *((OUT(lang, n=total - into),) if total > into else ()))
    href, figure = view.link("/records", metric=CHANGES.key), formats.number(into)
    unit = formats.unit(CHANGES.unit, figure, lang)
    return Stage(NAMES[2](lang), figure, unit, 1.0 if into else 0, lines, href=href)


def _procedure_table(done: dict[str, tuple[int, int]], facts: Facts, view: View) -> pd.DataFrame:
    lang = view.lang
    into = facts.count("action", *INTO_OFFICE)
    rows = [
        (NAMES[0](lang), *done["A04"]),
        (NAMES[1](lang), *done["A06"]),
        (NAMES[2](lang), into, into),
        (NAMES[3](lang), *done["A05"]),
    ]
    return pd.DataFrame(rows, columns=[STAGE(lang), DONE(lang), BASE(lang)])


PROCEDURE = of_the_district(
    Exhibit("procedure", NAME, (EXAM, PASSED, STATEMENT, OATH), _procedure_query, compose_procedure)
)
