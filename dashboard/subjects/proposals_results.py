"""What deputies say of the handling: ladders of first and final ratings, of results and of attitude apart."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import last_years, lines_of
from dashboard.exhibits.ladder import Ladder, Part, Rung, Tone
from dashboard.exhibits.plot import Stack
from dashboard.subjects.rating_lines import rating_lines
from data_access.measure import Columns, measured
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.text import Text

REPLIED, FEEDBACK = METRICS["P04"], METRICS["P13"]
RESULT = (METRICS["P11f"], METRICS["P11"])
ATTITUDE = METRICS["P11t"]
GRADES: tuple[tuple[str, Tone, Text], ...] = (
    ("3", "good", Text("满意", "Satisfied")),
    ("2", "fair", Text("基本满意", "Mostly satisfied")),
    ("1", "bad", Text("不满意", "Dissatisfied")),
    ("", "none", Text("未反馈", "Not rated")),
)
FIRST, FINAL = Text("首次", "First"), Text("最终", "Final")
HEADS = (
    Text("满意率", "Satisfied"),
    Text("满意和基本满意", "Or mostly"),
    Text("不满意", "Dissatisfied"),
    Text("反馈率", "Feedback"),
)
COUNT = Text("{n} 件", "{n}")

RESULT_NAME = Text("对办理结果的评价", "How deputies rate the results")
ATTITUDE_NAME = Text("对办理态度的评价", "How deputies rate the attitude")
BASE = Text("{name}，单位：件，n={n} 件已答复", "{name}, in items, n={n} answered")
FOOT = Text(
    "前三列的分母是已反馈的件，反馈率的分母是已答复的 {n} 件；未反馈不计入满意。"
    "首次为第一次答复后的评价，最终为最近一次评价。",
    "The first three columns are of rated items, feedback of the {n} answered; not rated is not satisfied. "
    "First: after the first reply; final: the latest rating.",
)
EMPTY = Text(
    "所选范围内没有已答复的建议，可放宽年份或乡镇再看。",
    "Nothing was answered in this range; widen years or townships.",
)
NONE_RATED = Text("{n} 件已答复，代表均未反馈", "{n} answered, none rated yet")
FEWER = Text("不满意由 {a} 件降为 {b} 件", "Dissatisfied: {a} after the first reply, {b} in the end")
MORE = Text("不满意由 {a} 件增至 {b} 件", "Dissatisfied: {a} after the first reply, {b} in the end")
STILL = Text("已反馈 {r} 件中不满意 {b} 件", "{b} of {r} rated are dissatisfied")
NO_BAD = Text("已反馈 {r} 件中没有不满意", "None of {r} rated is dissatisfied")
WITH_UNRATED = Text("{sentence}，另 {u} 件未反馈", "{sentence}; {u} not rated")
OF_ATTITUDE = Text("办理态度：{sentence}", "Attitude – {sentence}")
QUESTION = Text("评价", "Rating")


def ladder(key: str = "ladder") -> Exhibit:
    """Ratings of the result, first and final, with five years of the satisfied and feedback shares."""

    def query(connection: Connection, view: View) -> dict[str, Any]:
        shares = (*RESULT, FEEDBACK)
        return {
            "groups": measured(connection, (REPLIED,), view.context, by=("first_result", "final_result")),
            "years": measured(connection, shares, view.context, by=("year",), years=last_years(view), same_dates=True),
        }

    def compose(data: dict[str, Any], view: View) -> Picture:
        return _picture(RESULT_NAME, RESULT, ("first_result", "final_result"), data, view)

    return Exhibit(key, RESULT_NAME, (*RESULT, METRICS["P12"], FEEDBACK), query, compose)


def attitude(key: str = "attitude") -> Exhibit:
    """Ratings of the attitude, first and final."""

    def query(connection: Connection, view: View) -> dict[str, Any]:
        by = ("first_attitude", "final_attitude")
        return {"groups": measured(connection, (REPLIED,), view.context, by=by), "years": None}

    def compose(data: dict[str, Any], view: View) -> Picture:
        return _picture(ATTITUDE_NAME, (ATTITUDE, ATTITUDE), ("first_attitude", "final_attitude"), data, view)

    return Exhibit(key, ATTITUDE_NAME, (ATTITUDE, METRICS["P12t"]), query, compose)


def _picture(name: Text, metrics: tuple[Metric, ...], by: tuple[str, str], data: dict[str, Any], view: View) -> Picture:
    lang = view.lang
    first, final = (graded(data["groups"], column) for column in by)
    n = sum(first.values())
    subtitle = BASE(lang, name=name(lang), n=formats.number(n))
    table = _ladder_table((first, final), view)
    if not n:
        return Picture(name(lang), subtitle, None, table, empty=EMPTY(lang), alt=EMPTY(lang))
    rungs = tuple(
        Rung(word(lang), _parts(counts, metric.key, column, view))
        for word, counts, metric, column in zip((FIRST, FINAL), (first, final), metrics, by, strict=True)
    )
    rates = tuple(_rates(counts, view) for counts in (first, final))
    body: Any = Ladder(rungs, tuple(head(lang) for head in HEADS), rates)
    lines = rating_lines(data["years"], METRICS["P11"], FEEDBACK, view) if data["years"] is not None else None
    title = ladder_finding(first, final, view)
    if name is ATTITUDE_NAME:
        title = OF_ATTITUDE(lang, sentence=title)
    return Picture(
        title, subtitle, Stack((body, lines)) if lines else body, table, foot=FOOT(lang, n=formats.number(n)), alt=title
    )


def graded(groups: Columns, column: str) -> dict[str, int]:
    """Answered items by grade, ``"3"``, ``"2"``, ``"1"`` and ``""`` for those not rated."""
    made = {code: 0 for code, _, _ in GRADES}
    for grade, count in lines_of(groups, (column, f"{REPLIED.key}.k")):
        made["" if grade is None or formats.is_missing(grade) else str(int(grade))] += int(count)
    return made


def ladder_finding(first: dict[str, int], final: dict[str, int], view: View) -> str:
    """Dissatisfied items first and last, never without those that were not rated."""
    lang, before, after = view.lang, first["1"], final["1"]
    unrated = final[""]
    rated = sum(final.values()) - unrated
    if not rated:
        return NONE_RATED(lang, n=formats.number(unrated))
    words = {"a": formats.number(before), "b": formats.number(after), "r": formats.number(rated)}
    sentence = (FEWER if after < before else MORE if after > before else STILL if after else NO_BAD)(lang, **words)
    return WITH_UNRATED(lang, sentence=sentence, u=formats.number(unrated)) if unrated else sentence


def _parts(counts: dict[str, int], metric: str, column: str, view: View) -> tuple[Part, ...]:
    def href(code: str) -> str:
        # The records of the feedback rate begin with those not rated.
        if not code:
            return view.link("/records", metric=FEEDBACK.key)
        return view.link("/records", metric=metric, pick=(column, code))

    return tuple(Part(tone, word(view.lang), counts[code], href(code)) for code, tone, word in GRADES)


def _rates(counts: dict[str, int], view: View) -> tuple[str, ...]:
    """Satisfied, satisfied or mostly, dissatisfied, feedback: shares, or counts where few were rated."""
    n = sum(counts.values())
    rated = n - counts[""]
    return (
        _share(counts["3"], rated, view),
        _share(counts["3"] + counts["2"], rated, view),
        COUNT(view.lang, n=formats.number(counts["1"])),
        _share(rated, n, view),
    )


def _share(k: int, n: int, view: View) -> str:
    if not n:
        return formats.MISSING
    return f"{k}/{n}" if n < view.context.rules.small_n else formats.percent(k / n)


def _ladder_table(both: tuple[dict[str, int], dict[str, int]], view: View) -> pd.DataFrame:
    rows = [
        [word(view.lang), *(counts[code] for code, _, _ in GRADES)]
        for word, counts in zip((FIRST, FINAL), both, strict=True)
    ]
    return pd.DataFrame(rows, columns=[QUESTION(view.lang), *(word(view.lang) for _, _, word in GRADES)])
