"""What is still open in the procedure of those in office: posts and organs, never names, scores or votes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.todo import Item, Todo
from dashboard.sources import without_rows
from dashboard.subjects.personnel_frame import PATH, of_the_district
from data_access import lists
from data_access.metrics import METRICS
from data_access.metrics.conditions import claims
from data_access.tables.codes import ORGAN_CLASS
from data_access.text import Text

METRICS_OPEN = (METRICS["A05a"], METRICS["A04a"], METRICS["A06a"])
ANY_OPEN = replace(METRICS["A05a"], counted=claims())  # whichever step is open, so that one appointment is one line

KEY = "open"
NAME = Text("程序待补", "Procedure still open")
TITLE = Text("{n} 项任职程序待补", "{n} appointments have a step open")
SUBTITLE = Text("{words} 人次；只列职务和机关", "{words}; posts and organs only")
EMPTY = Text(
    "截至 {day}，所选范围内没有未考试、未发言或未宣誓的在任人员。",
    "On {day} no examination, statement or oath is open in this range for anyone in office.",
)
STEPS = {
    "is_oath_open": Text("未宣誓", "Oath open"),
    "is_exam_open": Text("未考试", "Exam open"),
    "is_statement_open": Text("未发言", "No statement"),
}
COUNT = Text("{word} {n}", "{word} {n}")
NOTE = Text("{organ} · {day} 决定 · 已 {n} 天", "{organ} · decided {day} · {n} days ago")
ALSO = Text("{note} · 另{words}", "{note} · also: {words}")
ALL = Text("全部 {n} 项", "All {n}")
FOOT = Text(
    "截至 {day}，不计已离任的；不论哪年任职，都列到补齐为止。未宣誓、未考试的在前，时间长的在前；"
    "本地未规定的环节不列。",
    "On {day}, without those who left; others stay until complete. Oaths and examinations first, oldest first; steps "
    "that local rules do not ask for are not listed.",
)
COLUMNS = (
    Text("待补环节", "Open"),
    Text("职务", "Post"),
    Text("机关", "Organ"),
    Text("任免日期", "Decided on"),
    Text("天数", "Days"),
)
MOST = 6


def _query(connection: Connection, view: View) -> lists.Listing:
    return lists.records(connection, ANY_OPEN, view.context, limit=500)


def compose(found: lists.Listing, view: View) -> Picture:
    """Chips with the open step, the post, its organ and the days since the decision.

    ``found`` has ``record``, ``post``, ``organ_class``, ``decided_on`` and the three claims of ``STEPS``.
    """
    lang, day = view.lang, formats.day(view.context.stock_on)
    rows = sorted(
        as_rows(found.rows),
        key=lambda row: (not (row["is_oath_open"] or row["is_exam_open"]), row["decided_on"], str(row["record"])),
    )
    table = _table(rows, view)
    if not rows:
        said = without_rows(ANY_OPEN, view) or EMPTY(lang, day=day)
        return Picture(NAME(lang), "", None, table, empty=said, alt=said)
    counts = {word: sum(bool(row[claim]) for row in rows) for claim, word in STEPS.items()}
    words = _joined([COUNT(lang, word=word(lang), n=n) for word, n in counts.items() if n], view)
    title = TITLE(lang, n=found.total)
    items = tuple(_item(row, found.kind, view) for row in rows[:MOST])
    more = (ALL(lang, n=found.total), view.link(PATH, panel=KEY)) if found.total > MOST else None
    return Picture(
        title, SUBTITLE(lang, words=words), Todo(items), table, foot=FOOT(lang, day=day), alt=title, more=more
    )


def _joined(words: Sequence[str], view: View) -> str:
    return ("、" if view.lang == "zh" else ", ").join(words)


def _open(row: Any, view: View) -> list[str]:
    return [word(view.lang) for claim, word in STEPS.items() if row[claim]]


def _days(row: Any, view: View) -> int:
    on: date = row["decided_on"]
    return (view.context.stock_on - on).days


def _item(row: Any, kind: str, view: View) -> Item:
    lang = view.lang
    first, *others = _open(row, view)
    organ = ORGAN_CLASS.label(row["organ_class"], lang)
    note = NOTE(lang, organ=organ, day=formats.day(row["decided_on"]), n=formats.number(_days(row, view)))
    if others:
        note = ALSO(lang, note=note, words=_joined(others, view))
    return Item(first, "quiet", str(row["post"]), note, view.record(kind, row["record"]))


def _table(rows: Sequence[Any], view: View) -> pd.DataFrame:
    lang = view.lang
    lines = [
        (
            _joined(_open(row, view), view),
            row["post"],
            ORGAN_CLASS.label(row["organ_class"], lang),
            row["decided_on"],
            _days(row, view),
        )
        for row in rows
    ]
    return pd.DataFrame(lines, columns=[column(lang) for column in COLUMNS])


OPEN_LIST = of_the_district(Exhibit(KEY, NAME, METRICS_OPEN, _query, compose))
