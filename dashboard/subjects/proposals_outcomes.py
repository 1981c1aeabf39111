"""What came of suggestions: result classes by year, key-supervised items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, is_unfinished, lines_of, named
from dashboard.exhibits.listing import Cell, Column, Line, Listing, Tone
from dashboard.exhibits.stacked import stacked
from dashboard.exhibits.yardstick_lines import beside_yardsticks
from dashboard.sources import without_rows
from dashboard.subjects.proposals_due import record_link, short_unit
from dashboard.subjects.proposals_process import class_word
from data_access import lists
from data_access.dimensions import labels
from data_access.metrics import METRICS
from data_access.text import Text

RECORDS = "/records"
CLASSES = Text("办理结果分类", "Result classes")
CLASSES_SUB = Text(
    "应办建议按现类别的构成，条内数字为件数，n 为当年应办件数",
    "Items due by class today; figures on the bars are items, n those due in the year",
)
CLASSES_FOOT = Text(
    "A 已解决或基本解决，B 正在解决或列入计划，C 暂难解决，D 留作参考，U 属上级事权已反映；"
    "由承办单位自评，B 兑现后转 A。",
    "A solved, B being solved or planned, C not possible for now, D noted, U referred upward; the units' own view; B "
    "becomes A when the promise is kept.",
)
NO_CLASS = Text("未答复", "Not answered")
CLASS = Text("{code} 类", "Class {code}")
A_SO_FAR = Text(
    "{year} 年尚未满年，A 类占 {share}（n={n}）；此前各年 {low}–{high}",
    "Class A is {share} of unfinished {year} (n={n}); {low} to {high} in the years before",
)
A_SHARE = Text("{year} 年 A 类占 {share}（n={n}）", "Class A is {share} of {year} (n={n})")
A_RANGE = Text(
    "{year} 年 A 类占 {share}（n={n}），此前在 {low} 至 {high} 之间",
    "Class A is {share} of {year} (n={n}), {low} to {high} before",
)

KEY = Text("重点督办建议", "Key-supervised suggestions")
KEY_SUB = Text(
    "主任会议确定的重点督办件，单位：件，n={n}；未解决的在前",
    "Chosen by the Chairpersons' Meeting, n={n}; open ones first",
)
NO_KEY = Text(
    "所选范围内没有重点督办建议，可放宽年份或乡镇再看。",
    "No key-supervised suggestions in this range; widen years or townships.",
)
KEY_FOUND = Text("重点督办 {n} 件，{a} 件已解决", "{n} key-supervised, {a} solved")
KEY_OPEN = Text(
    "重点督办 {n} 件，{a} 件已解决，{open} 件尚未答复", "{n} key-supervised, {a} solved, {open} not answered"
)
STAGE, NUMBER, TITLE = Text("进展", "Stage"), Text("编号", "No."), Text("标题", "Title")
LEADER, UNIT = Text("督办领导", "Led by"), Text("主办单位", "Unit")
TOWN, REPLIED = Text("领衔代表所在", "Lead deputy's township"), Text("答复日", "Answered")
CLASS_NOW, RATING = Text("现类别", "Class"), Text("代表评价", "Rating")
KEY_COLUMNS = (STAGE, NUMBER, TITLE, LEADER, UNIT, TOWN, REPLIED, CLASS_NOW, RATING)
Words = Callable[[Mapping[str, Any], Mapping[str, Any], View], str]
ALL = Text("全部 {n} 件", "All {n}")
SHOWN, MANY = 12, 500
ORDER = {"NEW": 0, "HANDLING": 1, "AGAIN": 2, "REPLIED": 3, "RATED": 4}


def classes(key: str = "classes") -> Exhibit:
    """A/B/C/D by year, those without an answer among them."""
    plain = stacked(
        METRICS["P03"],
        "class_now",
        key=key,
        name=CLASSES,
        path=RECORDS,
        ordered=True,
        missing=NO_CLASS,
        wording=_class,
        subtitle=CLASSES_SUB,
        foot=CLASSES_FOOT,
        finding=classes_finding,
        also=(METRICS["P08"], METRICS["P09"]),
    )
    # Class A stands at the bottom with class B on it, so the top of B is the share that the yardsticks are of.
    return beside_yardsticks(plain, METRICS["P09"])


def _class(code: str, words: str, view: View) -> str:
    return CLASS(view.lang, code=class_word(code, view))


def classes_finding(wide: pd.DataFrame, view: View) -> str:
    """The share of class A in the last year beside the range of the years before; years with few items are left out."""
    small = view.context.rules.small_n
    if "A" not in wide or not wide["n"].iloc[-1] >= small:  # also where nobody filled the year in
        return ""
    *before, (year, n, share) = [(int(y), n, a / n) for y, n, a in lines_of(wide, ("year", "n", "A")) if n >= small]
    words = {"year": year, "share": formats.percent(share), "n": formats.number(n)}
    if len(before) < 2:
        return A_SHARE(view.lang, **words)
    shares = [earlier for _, _, earlier in before]
    sentence = A_SO_FAR if is_unfinished(view, year) else A_RANGE
    return sentence(view.lang, **words, low=formats.percent(min(shares)), high=formats.percent(max(shares)))


def key_list(key: str = "key_list") -> Exhibit:
    """Key-supervised suggestions with who leads them and how far they are."""

    def query(connection: Connection, view: View) -> dict[str, Any]:
        return {
            "rows": lists.records(connection, METRICS["P16"], view.context, limit=MANY).columns,
            "towns": labels(connection, "township", view.context),
            "stages": labels(connection, "stage", view.context),
            "ratings": labels(connection, "final_result", view.context),
        }

    return Exhibit(key, KEY, (METRICS["P16"], METRICS["P16a"]), query, _key_items)


def _key_items(data: Mapping[str, Any], view: View) -> Picture:
    lang = view.lang
    rows = as_rows(data["rows"])
    # An item solved goes last, within that the one least far comes first.
    rows.sort(key=lambda row: (row["class_now"] == "A", ORDER.get(row["stage"], 0), str(row["id"])))
    # A listing that does not say who leads has no empty column for it.
    shown = [name for name in KEY_COLUMNS if name is not LEADER or "key_leader" in data["rows"]]
    lines = [[_key_cell(name, row, data, view) for name in shown] for row in rows]
    table = pd.DataFrame([[cell.text for cell in cells] for cells in lines], columns=[name(lang) for name in shown])
    subtitle = KEY_SUB(lang, n=len(rows))
    if not rows:
        sentence = without_rows(METRICS["P16"], view) or NO_KEY(lang)
        return Picture(KEY(lang), subtitle, None, table, empty=sentence, alt=sentence)
    solved = sum(row["class_now"] == "A" for row in rows)
    unanswered = sum(not _is_day(row["replied_on"]) for row in rows)
    title = (KEY_OPEN if unanswered else KEY_FOUND)(lang, n=len(rows), a=solved, open=unanswered)
    body = Listing(
        tuple(Column(name(lang), wide=name is TITLE) for name in shown),
        tuple(Line(tuple(cells), record_link(row, view)) for row, cells in zip(rows[:SHOWN], lines, strict=False)),
        more=(ALL(lang, n=len(rows)), view.link("/records", metric="P16")) if len(rows) > SHOWN else None,
    )
    return Picture(title, subtitle, body, table, alt=title)


def _key_cell(name: Text, row: Mapping[str, Any], data: Mapping[str, Any], view: View) -> Cell:
    if name is STAGE:
        is_late = not formats.is_missing(row["days_left"]) and row["days_left"] < 0
        tone: Tone = "late" if is_late or row["stage"] == "AGAIN" else "quiet"
        return Cell(named(data["stages"], row["stage"], view), tone)
    return Cell(KEY_WORDS[name](row, data, view))


def _plain(column: str) -> Words:
    return lambda row, data, view: formats.MISSING if formats.is_missing(row[column]) else str(row[column])


def _rating(row: Mapping[str, Any], data: Mapping[str, Any], view: View) -> str:
    grade = row["final_result"]
    return formats.MISSING if formats.is_missing(grade) else named(data["ratings"], int(grade), view)


def _class_now(row: Mapping[str, Any], data: Mapping[str, Any], view: View) -> str:
    code = row["class_now"]
    return formats.MISSING if formats.is_missing(code) else CLASS(view.lang, code=class_word(code, view))


KEY_WORDS: dict[Text, Words] = {
    NUMBER: _plain("id"),
    TITLE: _plain("title"),
    LEADER: _plain("key_leader"),
    UNIT: lambda row, data, view: short_unit(row["unit_name"], view),
    TOWN: lambda row, data, view: named(data["towns"], row["township"], view),
    REPLIED: lambda row, data, view: formats.day(row["replied_on"]) if _is_day(row["replied_on"]) else formats.MISSING,
    CLASS_NOW: _class_now,
    RATING: _rating,
}


def _is_day(value: Any) -> bool:
    # A missing day is a date to Python once pandas has held it.
    return isinstance(value, date) and not pd.isna(value)
