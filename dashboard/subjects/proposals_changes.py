"""What changed since a day, for the next meeting: new, answered, late and closed items, each number with its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.listing import Cell, Column, Line, Listing, Tone
from dashboard.exhibits.plot import Stack
from data_access.lists import changes as days
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.text import Text

PATH, RECORDS = "/proposals", "/records"
CHANGES = tuple(METRICS[f"P24.{name}"] for name in ("new", "answered", "late", "closed"))
LATE = METRICS["P24.late"]
NAMED = 2  # so many items of each kind are named

NAME = Text("上次会议以来的变化", "What changed since the last meeting")
FOUND = Text(
    "{day}以来：新收 {new} 件，答复 {answered} 件，转为超期 {late} 件，办结 {closed} 件",
    "Since {day}: {new} new, {answered} answered, {late} newly overdue, {closed} closed",
)
THIS_YEAR, EARLIER = Text("{m} 月 {d} 日", "{day}"), Text("{y} 年 {m} 月 {d} 日", "{day}")
NOTHING = Text("{day}以来没有变化", "Nothing changed since {day}")
SINCE_MEETING = Text("自 {since} 常委会会议次日至 {until}", "After the committee's meeting of {since}, up to {until}")
SINCE_DAY = Text("自 {since} 次日至 {until}", "After {since}, up to {until}")
OF_ALL = Text("{span}，不论所属年度；一件可以同时在几行", "{span}, of any year; an item may stand in several lines")
EMPTY = Text(
    "{since} 至 {until}，所选范围内没有新收、答复、转为超期或办结的件，可换一个较早的日子再看。",
    "Nothing was received, answered, overdue or closed from {since} to {until}; choose an earlier day.",
)
FOOT = Text(
    "转为超期：期限在这段时间内过去、当时未答复的，后来答复的也在其中；办结：代表评价满意或基本满意。点开一行即到逐件清单。",
    "Newly overdue: the deadline passed unanswered, answered since or not; closed: rated satisfied or mostly so. "
    "Each line opens its list.",
)
KIND, COUNT, LATEST = Text("变化", "Change"), Text("件数", "Items"), Text("其中最近的", "The latest of them")
OTHER_DAYS = Text("换一天看", "Another day")
MEETING, MONTH_START = Text("{day} 常委会", "{day} meeting"), Text("{day} 本月初", "{day} month's start")
LIST = Text("；", "; ")


@dataclass(frozen=True)
class Found:
    """Since when, the items that changed (see ``data_access.lists.changes``), and the days of the last meetings."""

    since: date
    rows: pd.DataFrame
    meetings: tuple[date, ...]

    def by_metric(self) -> dict[str, list[str]]:
        """The items that each metric counts, the latest first, as number and title."""
        made = {}
        rows = as_rows(self.rows)
        for key, (claim, day) in days.CLAIMS.items():
            found = sorted((row for row in rows if row[claim]), key=lambda row: (row[day], row["id"]), reverse=True)
            made[key] = [f"{row['id']} {row['title']}" for row in found]
        return made


def changes(key: str = "changes") -> Exhibit:
    """New, answered, newly overdue and closed items since the day of the address, or the last meeting."""
    return Exhibit(key, NAME, CHANGES, _query, _compose)


def _query(connection: Connection, view: View) -> Found:
    since, rows = days.changed(connection, view.context)
    return Found(since, rows, days.meetings(connection, view.context))


def _compose(found: Found, view: View) -> Picture:
    lang, until = view.lang, formats.day(view.context.as_of)
    span = (SINCE_MEETING if found.since in found.meetings else SINCE_DAY)(lang, since=found.since, until=until)
    subtitle = OF_ALL(lang, span=span)
    said = THIS_YEAR if found.since.year == view.context.as_of.year else EARLIER
    day = said(lang, y=found.since.year, m=found.since.month, d=found.since.day, day=formats.day(found.since))
    items = found.by_metric()
    counts = {key.removeprefix("P24."): len(listed) for key, listed in items.items()}
    table = pd.DataFrame({KIND(lang): [m.name(lang) for m in CHANGES], COUNT(lang): list(counts.values())})
    others = _other_days(found, view)
    if not any(counts.values()):
        title = NOTHING(lang, day=day)
        sentence = EMPTY(lang, since=formats.day(found.since), until=until)
        if others is None:
            return Picture(title, subtitle, None, table, empty=sentence, alt=title)
        return Picture(title, subtitle, others, table, foot=sentence, alt=title)
    title = FOUND(lang, day=day, **counts)
    columns = (Column(KIND(lang)), Column(COUNT(lang), "right"), Column(LATEST(lang), wide=True))
    body = Listing(columns, tuple(_line(metric, items[metric.key], found.since, view) for metric in CHANGES))
    return Picture(title, subtitle, Stack((body, *([others] if others else []))), table, foot=FOOT(lang), alt=title)


def _line(metric: Metric, items: Sequence[str], since: date, view: View) -> Line:
    tone: Tone = "late" if items and metric is LATE else "quiet"
    latest = LIST(view.lang).join(items[:NAMED]) or formats.MISSING
    cells = (Cell(metric.name(view.lang), tone), Cell(formats.number(len(items))), Cell(latest))
    return Line(cells, view.link(RECORDS, metric=metric.key, since=since) if items else "")


def _other_days(found: Found, view: View) -> Listing | None:
    """One line of other days to begin from: earlier meetings and the month's start."""
    start = view.context.as_of.replace(day=1)
    choices = [(day, MEETING) for day in found.meetings]
    if start < view.context.as_of and start not in found.meetings:
        choices.insert(0, (start, MONTH_START))
    cells = tuple(
        Cell(words(view.lang, day=formats.day(day)), href=view.link(PATH, since=day))
        for day, words in choices
        if day != found.since
    )
    if not cells:
        return None
    columns = tuple(Column(OTHER_DAYS(view.lang) if not place else "") for place in range(len(cells)))
    return Listing(columns, (Line(cells),))
