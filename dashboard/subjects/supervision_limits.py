"""Which yearly duties are still open and until when: as one line to chase, and as a list with the days left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.listing import Cell, Column, Line, Listing, Tone
from dashboard.exhibits.todo import Item
from data_access import lists
from data_access.metrics import METRICS
from data_access.tables.codes import LEGAL_ITEM
from data_access.text import Text

Row = Mapping[Any, Any]

DUTIES = METRICS["S12"]
WAITING = ("OPEN", "MISSED")
PATH = "/supervision"
LIMIT = 60

LEFT, LATE = Text("剩 {n} 天", "{n} days left"), Text("逾期 {n} 天", "{n} days late")
LINE = Text(
    "{y} 年法定监督项目 {n} 项，已办 {k} 项，尚有 {m} 项", "Statutory duties of {y}: {k} of {n} done, {m} still open"
)
LINE_DONE = Text("{y} 年法定监督项目 {n} 项已全部办理", "All {n} statutory duties of {y} are done")
NOT_PLANNED = Text("待安排", "To be planned")
NO_RECORDS = Text("{y} 年法定监督项目尚无计划和记录", "Statutory duties of {y}: nothing planned or on record yet")
USUAL = Text(
    "依法每年听取 10 项，其中决算、计划、预算、审计限 9 月底前",
    "ten a year by law; accounts, plan, budget and audit by the end of September",
)
UNTIL = Text("{names}（限 {day}）", "{names} (by {day})")
OF_YEAR = Text("{y} 年{name}", "{name} of {y}")

HEADS = (
    Text("期限", "Time left"),
    Text("法定项目", "Duty"),
    Text("事项", "Item"),
    Text("计划日期", "Planned for"),
    Text("法定期限", "Limit"),
    Text("怎样算出", "How it is counted"),
)
BASIS = {
    "FINAL": Text("6 至 9 月，监督法第十九条", "June to September, Supervision Law, art. 19"),
    "PLAN": Text("6 至 9 月，监督法第二十条", "June to September, Supervision Law, art. 20"),
    "BUDGET": Text("6 至 9 月，监督法第二十条", "June to September, Supervision Law, art. 20"),
    "AUDIT": Text("6 至 9 月，监督法第二十条", "June to September, Supervision Law, art. 20"),
    "RECTIFY": Text("听取审计报告后六个月内，监督法第二十七条", "six months after the audit report, art. 27"),
    "ENV": Text("每年一次，监督法第十二条", "once a year, Supervision Law, art. 12"),
    "RECORD": Text("每年一次，监督法第四十五条", "once a year, Supervision Law, art. 45"),
    "SUGGEST": Text("每年一次，代表法第五十一条", "once a year, Deputies Law, art. 51"),
}
YEARLY = Text("每年一次，监督法第二十二条至第二十五条", "once a year, Supervision Law, arts. 22–25")


def query(connection: Connection, view: View) -> lists.Listing:
    """The duties of the last year asked for and the year before, whatever townships and marks are chosen.

    The audit's rectification report may lawfully come in the next year, so the year before belongs to the question.
    """
    last = view.context.filters.years[1]
    asked = view.context.with_filters(years=(last - 1, last), townships=(), picks=())
    return lists.records(connection, DUTIES, asked, limit=LIMIT)


def line(found: lists.Listing, view: View) -> Item | None:
    """The duties of the last year asked for in one line: how many, how many done, which are open until when.

    What was left of the year before is named with its year. None where nothing is open or nothing is known.
    """
    lang, year = view.lang, view.context.filters.years[1]
    rows = as_rows(found.rows)
    open_rows = waiting(rows)
    this_year = [row for row in rows if int(row["year"]) == year]
    href = view.link(PATH)
    if not this_year and rows and year == view.context.as_of.year:
        note = _until(open_rows, view) or USUAL(lang)
        return Item(NOT_PLANNED(lang), "quiet", NO_RECORDS(lang, y=year), note, href)
    if not open_rows:
        return None
    chip, tone = _chip(min(_left(row, view) for row in open_rows), view)
    to_do = sum(row["state"] in WAITING for row in this_year)
    counts = {"y": year, "n": len(this_year), "k": len(this_year) - to_do, "m": to_do}
    return Item(chip, tone, (LINE if to_do else LINE_DONE)(lang, **counts), _until(open_rows, view), href)


def waiting(rows: Iterable[Row]) -> list[Row]:
    """Duties not done yet, the first to fall due first."""
    return sorted((row for row in rows if row["state"] in WAITING), key=lambda row: row["limit_on"])


def still_open(rows: Iterable[Row], kind: str, view: View) -> Listing | None:
    """Each open duty with the days left, its item and plan, its limit and how that day is counted; None without any."""
    lang = view.lang
    lines = []
    for row in waiting(rows):
        chip, tone = _chip(_left(row, view), view)
        cells = (
            Cell(chip, tone),
            Cell(_named(row, view)),
            Cell(_text(row["title"])),
            Cell(formats.day(row["planned_on"])),
            Cell(formats.day(row["limit_on"])),
            Cell((BASIS.get(str(row["legal_item"])) or YEARLY)(lang)),
        )
        record = row.get("record")
        lines.append(Line(cells, view.record(kind, record) if isinstance(record, str) else ""))
    heads = tuple(Column(head(lang), wide=place in (2, 5)) for place, head in enumerate(HEADS))
    return Listing(heads, tuple(lines)) if lines else None


def nearest(rows: Sequence[Row], view: View) -> str:
    """The days left of the duty that falls due first, as written on its chip."""
    return _chip(min(_left(row, view) for row in rows), view)[0]


def _left(row: Row, view: View) -> int:
    """Days to the limit from the as-of day; negative once it is past."""
    limit: date = row["limit_on"]
    return (limit - view.context.as_of).days


def _chip(left: int, view: View) -> tuple[str, Tone]:
    if left < 0:
        return LATE(view.lang, n=-left), "late"
    return LEFT(view.lang, n=left), "soon" if left <= view.context.rules.soon_days else "quiet"


def _until(rows: Sequence[Row], view: View) -> str:
    """Open duties together by their last day, such as 备案审查、建议办理（限 2026-12-31）."""
    lang = view.lang
    days: dict[date, list[str]] = {}
    for row in rows:
        days.setdefault(row["limit_on"], []).append(_named(row, view))
    comma = "、" if lang == "zh" else ", "
    words = [UNTIL(lang, names=comma.join(names), day=formats.day(day)) for day, names in days.items()]
    return ("；" if lang == "zh" else "; ").join(words)


def _named(row: Row, view: View) -> str:
    """The duty's name, with its year where that is not the last one asked for."""
    name = LEGAL_ITEM.label(row["legal_item"], view.lang)
    if int(row["year"]) == view.context.filters.years[1]:
        return name
    return OF_YEAR(view.lang, y=int(row["year"]), name=name)


def _text(value: Any) -> str:
    return formats.MISSING if value is None or pd.isna(value) else str(value)
