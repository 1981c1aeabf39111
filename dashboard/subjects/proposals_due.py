"""What is still owed: every unanswered suggestion on an axis of days, and the list of those to chase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, named
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exhibits.plot import Plot
from dashboard.fetch import shared
from dashboard.sources import without_rows
from dashboard.subjects.days_axis import HEIGHT, Item, days_axis
from data_access import lists
from data_access.context import Context
from data_access.dimensions import labels
from data_access.metrics import METRICS
from data_access.metrics.conditions import claims
from data_access.text import Text

AGEING = Text("在办件距期限天数", "Days to the deadline")
DUE_LIST = Text("超期与临期件", "Overdue and due soon")
OVERDUE, SOON = METRICS["P06"], METRICS["P06a"]
UNANSWERED = replace(OVERDUE, counted=claims())  # the rows of that figure before the overdue ones are picked out
Rows = Sequence[Mapping[str, Any]]
MANY = 1000  # more unanswered items than any district has
SHOWN = 10

ALL_THREE = Text(
    "{n} 件未答复：{late} 件已超期，{soon} 件须在 {m} 月 {d} 日以前答复",
    "{n} not answered: {late} overdue, {soon} due by {day}",
)
LATE_ONLY = Text(
    "{n} 件未答复：{late} 件已超期，其余期限在 {days} 天以后",
    "{n} not answered: {late} overdue, the rest due in over {days} days",
)
ALL_LATE = Text("{n} 件未答复，均已超期", "{n} not answered, all overdue")
LATE_SOON = Text(
    "{n} 件未答复：{late} 件已超期，其余 {soon} 件 {days} 天内到期",
    "{n} not answered: {late} overdue, the other {soon} due within {days} days",
)
SOON_ONLY = Text(
    "{n} 件未答复，没有超期；{soon} 件须在 {m} 月 {d} 日以前答复", "{n} not answered, none overdue; {soon} due by {day}"
)
NEITHER = Text("{n} 件未答复，期限都在 {days} 天以后", "{n} not answered, all due in over {days} days")
ON_AXIS = Text(
    "截至 {day} 在办未复，不论所属年度；每点一件，单位：天",
    "Unanswered on {day}, of any year; one dot an item, in days",
)
AXIS_FOOT = Text(
    "期限自交办之日起 {a} 个月，经同意延长的 {b} 个月；分办件以最后答复的单位为准，二次办理另行计期。",
    "{a} months from assignment, {b} where extended with consent; with several units the last reply counts; "
    "re-handling has its own clock.",
)
NO_OPEN = Text("所选范围内没有在办未复的建议。", "There are no unanswered suggestions in this range.")

NO_DUE = Text(
    "截至 {day}，所选范围内没有超期件，也没有 {days} 天内到期的件。",
    "On {day} nothing is overdue or due within {days} days.",
)
BOTH_LISTED = Text(
    "超期 {late} 件、{days} 天内到期 {soon} 件，涉及 {units} 个单位",
    "{late} overdue, {soon} due within {days} days; units: {units}",
)
LATE_LISTED = Text("超期 {late} 件，涉及 {units} 个单位；没有临期件", "{late} overdue, none due soon; units: {units}")
SOON_LISTED = Text(
    "{soon} 件 {days} 天内到期，涉及 {units} 个单位；没有超期件",
    "{soon} due within {days} days, none overdue; units: {units}",
)
NO_UNIT_LISTED = Text(
    "超期 {late} 件、临期 {soon} 件，均未明确承办单位", "{late} overdue, {soon} due soon, none with a named unit"
)
LISTED = Text("截至 {day}，不论所属年度；按距答复期限排列", "On {day}, of any year; in the order of the deadlines")
LIST_FOOT = Text(
    "下一步按距期限天数和是否明确单位推定；点开一行即到该件全过程。",
    "Next steps follow from the days left; each line opens the item's history.",
)
ALL = Text("全部超期 {late} 件、临期 {soon} 件", "All {late} overdue, {soon} due soon")

COUNTED = Text("{due}（{assigned} 交办，{basis}）", "{due} (assigned {assigned}; {basis})")
DAYS_LATE, DAYS_LEFT, TODAY = (
    Text("超期 {n} 天", "{n} days late"),
    Text("剩 {n} 天", "{n} days left"),
    Text("今天到期", "due today"),
)
NO_UNIT = Text("未明确单位", "no unit")
COLUMNS = (
    Text("状态", "Status"),
    Text("编号", "No."),
    Text("标题", "Title"),
    Text("领衔代表所在", "Lead deputy's township"),
    Text("主办单位", "Unit"),
    Text("交办日", "Assigned"),
    Text("答复期限", "Reply due"),
    Text("期限计算", "How counted"),
    Text("下一步", "Next step"),
)


def ageing(key: str = "ageing") -> Exhibit:
    """Every unanswered suggestion by its days to the deadline."""
    return Exhibit(key, AGEING, (OVERDUE, SOON), _open_items, _axis)


def due_list(key: str = "due_list") -> Exhibit:
    """Overdue and soon due suggestions with unit and next step."""
    return Exhibit(key, DUE_LIST, (OVERDUE, SOON), _open_items, _list)


def _open_items(connection: Connection, view: View) -> dict[str, Any]:
    return shared(connection, view, _ask)


def _ask(connection: Connection, context: Context) -> dict[str, Any]:
    rows = as_rows(lists.records(connection, UNANSWERED, context, limit=MANY).columns)
    words = {name: labels(connection, name, context) for name in ("township", "next_step", "due_basis")}
    return {"rows": rows, **words}


def split(rows: Rows, view: View) -> tuple[int, int, int]:
    """How many are overdue, due soon, due later."""
    days = view.context.rules.soon_days
    late = sum(row["days_left"] < 0 for row in rows)
    soon = sum(0 <= row["days_left"] <= days for row in rows)
    return late, soon, len(rows) - late - soon


def _axis(data: Mapping[str, Any], view: View) -> Picture:
    rows = [row for row in data["rows"] if not formats.is_missing(row["days_left"])]
    rules = view.context.rules
    subtitle = ON_AXIS(view.lang, day=formats.day(view.context.stock_on))
    table = partial(_table, rows, data, view)
    if not rows:
        sentence = without_rows(OVERDUE, view) or NO_OPEN(view.lang)
        return Picture(AGEING(view.lang), subtitle, None, table, empty=sentence, alt=sentence)
    title = axis_finding(*split(rows, view), view)
    items = [_item(row, data["due_basis"], view) for row in rows]
    body = Plot(
        days_axis(items, view, narrow=False), HEIGHT, phone=days_axis(items, view, narrow=True), phone_height=HEIGHT
    )
    foot = AXIS_FOOT(view.lang, a=rules.reply_months, b=rules.extended_months)
    return Picture(title, subtitle, body, table, foot=foot, alt=title)


def axis_finding(late: int, soon: int, later: int, view: View) -> str:
    """What must be asked about, for any numbers of overdue, soon due and later items."""
    days = view.context.rules.soon_days
    last = view.context.stock_on + timedelta(days=days)
    words = {"n": late + soon + later, "late": late, "soon": soon, "days": days, "m": last.month, "d": last.day}
    sentences = {
        (True, True, True): ALL_THREE, (True, True, False): LATE_SOON, (True, False, True): LATE_ONLY,
        (True, False, False): ALL_LATE, (False, True, True): SOON_ONLY, (False, True, False): SOON_ONLY,
        (False, False, True): NEITHER,
    }  # fmt: skip
    sentence = sentences[bool(late), bool(soon), bool(later)]
    return sentence(view.lang, **words, day=formats.day(last))


def _item(row: Mapping[str, Any], bases: Mapping[Any, Text], view: View) -> Item:
    days, unit = int(row["days_left"]), short_unit(row["unit_name"], view)
    hover = f"{row['id']} {row['title']}<br><b>{_status(days, view)}</b>  {unit}<br>{counted(row, bases, view)}"
    return Item(days, unit, hover, record_link(row, view))


def counted(row: Mapping[str, Any], bases: Mapping[Any, Text], view: View) -> str:
    """The deadline and how it was counted: 2026-11-28（2026-08-28 交办，交办起 3 个月）."""
    basis = named(bases, row["due_basis"], view)
    return COUNTED(view.lang, due=formats.day(row["due_on"]), assigned=formats.day(row["assigned_on"]), basis=basis)


def short_unit(name: Any, view: View) -> str:
    """A unit's name without the district's own in front."""
    if name is None or formats.is_missing(name) or not name:
        return NO_UNIT(view.lang)
    return str(name).removeprefix(view.context.rules.region_name)


def record_link(row: Mapping[str, Any], view: View) -> str:
    """The address of an item's whole history."""
    return view.record("proposal", row["record"])


def _list(data: Mapping[str, Any], view: View) -> Picture:
    lang, days = view.lang, view.context.rules.soon_days
    rows = [row for row in data["rows"] if not formats.is_missing(row["days_left"]) and row["days_left"] <= days]
    day = formats.day(view.context.stock_on)
    table = partial(_table, rows, data, view)
    if not rows:
        sentence = without_rows(OVERDUE, view) or NO_DUE(lang, day=day, days=days)
        return Picture(DUE_LIST(lang), LISTED(lang, day=day), None, table, empty=sentence, alt=sentence)
    late, soon, _ = split(rows, view)
    units = {row["unit_name"] for row in rows if not formats.is_missing(row["unit_name"])}
    title = list_finding(late, soon, len(units), view)
    lines = tuple(_line(row, data, view) for row in rows[:SHOWN])
    more = (ALL(lang, late=late, soon=soon), view.link("/records", metric=(OVERDUE if late else SOON).key))
    columns = tuple(Column(name(lang), wide=place == 2) for place, name in enumerate(COLUMNS))
    body = Listing(columns, lines, more=more if len(rows) > SHOWN else None)
    return Picture(title, LISTED(lang, day=day), body, table, foot=LIST_FOOT(lang), alt=title)


def list_finding(late: int, soon: int, units: int, view: View) -> str:
    """How many are overdue and due soon, and at how many units."""
    sentence = BOTH_LISTED if late and soon else LATE_LISTED if late else SOON_LISTED
    words = {"late": late, "soon": soon, "days": view.context.rules.soon_days, "units": units}
    return (sentence if units else NO_UNIT_LISTED)(view.lang, **words)


def _line(row: Mapping[str, Any], words: Mapping[str, Any], view: View) -> Line:
    days = int(row["days_left"])
    chip = Cell(_status(days, view), "late" if days < 0 else "soon")
    cells = (
        str(row["id"]), str(row["title"]), named(words["township"], row["township"], view),
        short_unit(row["unit_name"], view), _when(row["assigned_on"], view), _when(row["due_on"], view),
        named(words["due_basis"], row["due_basis"], view), named(words["next_step"], row["next_step"], view),
    )  # fmt: skip
    return Line((chip, *(Cell(cell) for cell in cells)), record_link(row, view))


def _status(days: int, view: View) -> str:
    return (DAYS_LATE if days < 0 else DAYS_LEFT)(view.lang, n=abs(days)) if days else TODAY(view.lang)


def _when(day: Any, view: View) -> str:
    """Month and day within the year looked at, the whole date otherwise."""
    if not isinstance(day, date):
        return formats.MISSING
    return formats.short_day(day) if day.year == view.context.stock_on.year else formats.day(day)


def _table(rows: Rows, words: Mapping[str, Any], view: View) -> pd.DataFrame:
    cells = [
        (
            _status(int(row["days_left"]), view),
            row["id"],
            row["title"],
            named(words["township"], row["township"], view),
            short_unit(row["unit_name"], view),
            row["assigned_on"],
            row["due_on"],
            named(words["due_basis"], row["due_basis"], view),
            named(words["next_step"], row["next_step"], view),
        )
        for row in rows
    ]
    return pd.DataFrame(cells, columns=[name(view.lang) for name in COLUMNS])
