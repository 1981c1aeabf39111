"""Who owes a report: follow-ups to deliberation opinions that are overdue, due soon, or next to come."""

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
from data_access import lists
from data_access.metrics import METRICS
from data_access.metrics.conditions import claims
from data_access.text import Text

OWED, SOON = METRICS["S09a"], METRICS["S09b"]
OPEN = replace(OWED, counted=claims())  # every follow-up not yet received, to list what comes next as well

NAME = Text("审议意见反馈", "Follow-up reports")
OVERDUE = Text("{n} 项审议意见反馈已逾期", "{n} follow-up reports are overdue")
SOON_TOO = Text("，{n} 项 {days} 天内到期", ", {n} due within {days} days")
ONLY_SOON = Text("没有逾期反馈，{n} 项 {days} 天内到期", "None overdue, {n} due within {days} days")
ONLY_LATER = Text("没有逾期反馈，最近一项 {day} 到期", "None overdue, the next is due {day}")
SUBTITLE = Text("截至 {day} 未反馈 {n} 项，按到期先后", "{n} outstanding on {day}, in the order they fall due")
EMPTY = Text(
    "截至 {day}，所选范围内没有待反馈的审议意见。", "On {day} no follow-up report is outstanding in this range."
)
FOOT = Text(
    "反馈期限由会议或本地规则确定，法律未规定天数；未定期限的不在此列。",
    "Time limits are set by the meeting or local rules, not by law; items without one are not listed.",
)
NOTE = Text("{unit} · 应于 {day} 反馈", "{unit} · due {day}")
NO_UNIT = Text("未填报单位", "unit not recorded")
LATE_CHIP = Text("超期 {n} 天", "{n} days late")
LEFT_CHIP = Text("剩 {n} 天", "{n} days left")
ALL = Text("逾期 {n} 项", "Overdue: {n}")
COLUMNS = (
    Text("状态", "Status"),
    Text("事项", "Item"),
    Text("单位", "Unit"),
    Text("应反馈日期", "Due on"),
)
MOST = 6


def _query(connection: Connection, view: View) -> lists.Listing:
    return lists.records(connection, OPEN, view.context, limit=500)


def compose(found: lists.Listing, view: View) -> Picture:
    """Chips with the days, the item, its unit and due day, in the order they fall due.

    ``found`` has ``record``, ``title``, ``target_name``, ``followup_due_on``, earliest due day first.
    """
    lang, day = view.lang, formats.day(view.context.stock_on)
    rows = as_rows(found.rows)
    table = _table(rows, view)
    subtitle = SUBTITLE(lang, day=day, n=found.total)
    if not rows:
        words = without_rows(OWED, view) or EMPTY(lang, day=day)
        return Picture(NAME(lang), "", None, table, empty=words, alt=words)
    late = sum(_left(row, view) < 0 for row in rows)
    items = tuple(_item(row, found.kind, view) for row in rows[:MOST])
    more = (ALL(lang, n=late), view.link("/records", metric=OWED.key)) if late else None
    title = finding(rows, view)
    return Picture(title, subtitle, Todo(items), table, foot=FOOT(lang), alt=title, more=more)


def finding(rows: Sequence[Any], view: View) -> str:
    """How many are overdue and how many fall due soon; else the next day on which one does."""
    lang, days = view.lang, view.context.rules.soon_days
    left = [_left(row, view) for row in rows]
    late, soon = sum(n < 0 for n in left), sum(0 <= n <= days for n in left)
    if late:
        return OVERDUE(lang, n=late) + (SOON_TOO(lang, n=soon, days=days) if soon else "")
    return ONLY_SOON(lang, n=soon, days=days) if soon else ONLY_LATER(lang, day=_day(rows[0], view))


def _left(row: Any, view: View) -> int:
    """Days to the due day, from the day the stock is counted on; negative once it is past."""
    due: date = row["followup_due_on"]
    return (due - view.context.stock_on).days


def _day(row: Any, view: View) -> str:
    due: date = row["followup_due_on"]
    return formats.short_day(due) if due.year == view.context.stock_on.year else formats.day(due)


def _item(row: Any, kind: str, view: View) -> Item:
    lang, left = view.lang, _left(row, view)
    tone = "late" if left < 0 else "soon" if left <= view.context.rules.soon_days else "quiet"
    note = NOTE(lang, unit=row.get("target_name") or NO_UNIT(lang), day=_day(row, view))
    return Item(_chip(row, view), tone, str(row["title"]), note, view.record(kind, row["record"]))  # type: ignore[arg-type]


def _chip(row: Any, view: View) -> str:
    left = _left(row, view)
    return LATE_CHIP(view.lang, n=-left) if left < 0 else LEFT_CHIP(view.lang, n=left)


def _table(rows: Sequence[Any], view: View) -> pd.DataFrame:
    lines = [(_chip(row, view), row["title"], row.get("target_name"), row["followup_due_on"]) for row in rows]
    return pd.DataFrame(lines, columns=[column(view.lang) for column in COLUMNS])


FOLLOW_UP = Exhibit("owed", NAME, (OWED, SOON), _query, compose)
