"""What the month's end will bring: suggestions likely to be overdue then, with a range and how well it was guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exhibits.plot import Plot, Stack
from dashboard.subjects.proposals_due import record_link, short_unit
from dashboard.theme import axis, layout, tokens, value_axis
from data_access import forecast as ahead
from data_access import lists
from data_access.lists.pace import Pace, pace
from data_access.metrics import METRICS
from data_access.text import Text

DUE, OVERDUE = METRICS["P23"], METRICS["P06"]
MANY = 1000  # more open items than any district has
SHOWN = 6
HEIGHT = 190

NAME = Text("月底前可能超期", "Likely overdue at the month's end")
FOUND = Text(
    "预计到 {m} 月 {d} 日超期未复 {n} 件（{low}–{high} 件）", "About {n} overdue expected on {day} ({low} to {high})"
)
CERTAIN = Text("预计到 {m} 月 {d} 日超期未复 {n} 件", "{n} overdue expected on {day}")
SUBTITLE = Text(
    "{k} 件在办件期限在月底及以前，其中 {late} 件已超期；括号内为八成区间；淡色条为各月月初推算的区间，圆点为月底实际",
    "{k} open items due by then, {late} of them overdue already; in brackets the 80% range; pale bars: the range seen "
    "from each month's start, dots: what came",
)
METHOD = Text(
    "逐件推算：看该单位近六年距期限同样天数时未答复的件，后来拖到相应日子仍未答复的占多少；"
    "已答复不足 {least} 件的单位用全区的；各件互不影响是假定。",
    "Each item: of its unit's items of six years unanswered so many days from their deadline, the share still "
    "unanswered later; units with fewer than {least} answered items have the district's pace; items are taken to be "
    "independent.",
)
TESTED = Text(
    "回测（全区）：近 {span} 个月中有件到期的 {months} 个月，从月初推算平均误差 {error} 件，{inside} 个月落在区间内；"
    "延期以现在登记的为准。",
    "Back-test, whole district: of {span} months {months} had items due; seen from their start the mean error was "
    "{error} items, and {inside} came out within the range; extensions as recorded today.",
)
UNTESTED = Text("尚无可供回测的月份。", "No month to test it on yet.")
NO_ITEMS = Text(
    "没有期限在 {m} 月 {d} 日及以前的在办件，月底前不会新增超期。",
    "No open item is due by {day}, so none can become overdue by then.",
)
TOO_FEW = Text(
    "近六年已答复的件不足 {least} 件，不作推算；期限在月底及以前的在办件有 {k} 件。",
    "Fewer than {least} items were answered in six years, too few for a forecast; {k} open items are due by then.",
)
LAST_DAY = Text(
    "今天是月末，超期未复 {late} 件；下月的推算从明天起显示。",
    "Today is the month's last day, with {late} overdue; next month's forecast appears tomorrow.",
)
PAST = Text(
    "推算只从数据截至日 {day} 起作出；请选择包含当年的年份。",
    "Forecasts are made from the day of the data, {day}, alone; choose years that hold it.",
)
ALREADY, CHANCE = Text("已超期", "overdue"), Text("约 {share}", "about {share}")
OWN, DISTRICT = Text("本单位 {n} 件", "own, {n}"), Text("全区 {n} 件", "district, {n}")
COLUMNS = (
    Text("月底仍未答复的可能", "Chance of being late"),
    Text("编号", "No."),
    Text("标题", "Title"),
    Text("承办单位", "Unit"),
    Text("答复期限", "Reply due"),
    Text("推算依据", "Based on"),
)
ALL = Text("全部 {n} 件", "All {n}")
GAP = Text("", " ")
MONTH = Text("{m}月", "{m}")
RANGE_OF = Text(
    "{year}-{m}  预计 {n}（{low}–{high}），实际 {came}", "{year}-{m}  expected {n} ({low}–{high}), came {came}"
)
RANGE_NOW = Text("{year}-{m}  预计 {n}（{low}–{high}）", "{year}-{m}  expected {n} ({low}–{high})")


@dataclass(frozen=True)
class Found:
    """Open items due by the month's end (a listing), and the cases that tell how fast units answer."""

    rows: pd.DataFrame
    pace: Pace


@dataclass(frozen=True)
class Outlook:
    """The open items asked for, likeliest first, with ``chance``, ``cases``, ``is_own``; their sum and its range."""

    rows: pd.DataFrame
    expected: float
    low: int
    high: int

    @property
    def number(self) -> int:
        """The number expected, in whole items."""
        return min(max(round(self.expected), self.low), self.high)


def forecast(key: str = "forecast") -> Exhibit:
    """Items likely to be overdue by the end of the month, with the range, its back-test and the items."""
    return Exhibit(key, NAME, (DUE, OVERDUE), _query, _compose)


def _query(connection: Connection, view: View) -> Found | None:
    if not is_now(view):
        return None
    return Found(lists.records(connection, DUE, view.context, limit=MANY).rows, pace(connection, view.context))


def is_now(view: View) -> bool:
    """Whether the years asked for hold the as-of day."""
    return view.context.stock_on == view.context.as_of


def _compose(found: Found | None, view: View) -> Picture:
    today = view.context.as_of
    until = ahead.month_end(today)
    if found is None:
        return _nothing(PAST(view.lang, day=formats.day(today)), view)
    words = {"m": until.month, "d": until.day, "day": formats.day(until)}
    late = int((found.rows["days_left"] < 0).sum())
    if until == today:
        return _nothing(LAST_DAY(view.lang, late=late), view)
    if found.rows.empty:
        return _nothing(NO_ITEMS(view.lang, **words), view)
    seen = outlook(found, today, until)
    if seen is None:
        return _nothing(TOO_FEW(view.lang, least=ahead.LEAST_CASES, k=len(found.rows)), view)
    tests = ahead.backtest(found.pace.cases, today)
    sentence = FOUND if seen.low < seen.high else CERTAIN
    title = sentence(view.lang, **words, n=seen.number, low=seen.low, high=seen.high)
    foot = METHOD(view.lang, least=ahead.LEAST_CASES) + GAP(view.lang) + trial_words(tests, view)
    return Picture(
        title,
        SUBTITLE(view.lang, k=len(seen.rows), late=late),
        Stack((*_chart(tests, seen, until, view), _list(seen, view))),
        partial(_table, seen, view),
        foot=foot,
        alt=title,
    )


def _nothing(sentence: str, view: View) -> Picture:
    table = pd.DataFrame(columns=[column(view.lang) for column in COLUMNS])
    return Picture(NAME(view.lang), "", None, table, empty=sentence, alt=sentence)


def outlook(found: Found, today: date, until: date) -> Outlook | None:
    """The chances of the items asked for; None where too little was ever answered."""
    made = ahead.forecast(found.pace.cases, today.toordinal(), until.toordinal())
    if made is None:
        return None
    place = {found.pace.ids[item]: order for order, item in enumerate(made.items.tolist())}
    # An item of another unit's pace is still itself; one that the cases leave out as an error is left out here too.
    rows = found.rows[[str(id) in place for id in found.rows["id"]]]
    order = np.array([place[str(id)] for id in rows["id"]], dtype=np.int64)
    rows = rows.assign(chance=made.chance[order], cases=made.cases[order], is_own=made.is_own[order])
    low, high = ahead.span(made.chance[order])
    rows = rows.sort_values(["chance", "due_on", "id"], ascending=[False, True, True], kind="stable")
    return Outlook(rows, float(made.chance[order].sum()), low, high)


def trial_words(tests: Sequence[ahead.Trial], view: View) -> str:
    """How well months were guessed from their start, in one sentence."""
    if not tests:
        return UNTESTED(view.lang)
    error = sum(abs(test.expected - test.actual) for test in tests) / len(tests)
    return TESTED(
        view.lang,
        span=ahead.MONTHS_TESTED,
        months=len(tests),
        error=formats.number(error, 1),
        inside=sum(test.is_inside for test in tests),
    )


def _chart(tests: Sequence[ahead.Trial], seen: Outlook, until: date, view: View) -> tuple[Plot, ...]:
    if not tests:
        return ()
    wide, narrow = (_figure(tests[-most:], seen, until, view) for most in (len(tests), 9))
    return (Plot(wide, HEIGHT, phone=narrow, phone_height=HEIGHT),)


def _figure(tests: Sequence[ahead.Trial], seen: Outlook, until: date, view: View) -> dict[str, Any]:
    """A bar a month from the low to the high end of its range, a dot for what came; this month's in red."""
    colour, places = tokens(view.mode), list(range(len(tests) + 1))
    ends = [test.until for test in tests] + [until]
    ranges = [(test.low, test.high) for test in tests] + [(seen.low, seen.high)]
    # A range of one number is still seen.
    low, high = [a - 0.08 for a, _ in ranges], [b + 0.08 for _, b in ranges]
    hover = [_said(test.until, test.expected, test.low, test.high, test.actual, view) for test in tests]
    hover.append(_said(until, seen.expected, seen.low, seen.high, None, view))
    fills = [colour["rest"]] * len(tests) + [colour["red"]]
    bars = {
        "type": "bar", "x": places, "base": low, "y": [b - a for a, b in zip(low, high, strict=True)], "width": 0.6,
        "marker": {"color": fills}, "hovertext": hover, "hoverinfo": "text",
    }  # fmt: skip
    dots = {
        "type": "scatter", "mode": "markers", "x": places[:-1], "y": [test.actual for test in tests],
        "marker": {"size": 8, "color": colour["blue"], "line": {"color": colour["card"], "width": 1}},
        "hovertext": hover[:-1], "hoverinfo": "text", "cliponaxis": False,
    }  # fmt: skip
    top = max([b for _, b in ranges] + [test.actual for test in tests] + [1])
    made = layout(
        view.mode,
        margin={"l": 4, "r": 4, "t": 8, "b": 4},
        xaxis=axis(view.mode, tickvals=places, ticktext=_months(ends, view), range=[-0.6, places[-1] + 0.6]),
        yaxis=value_axis(view.mode, range=[-0.2, top * 1.08 + 0.2], nticks=5, tickformat="d"),
    )
    return {"data": [bars, dots], "layout": made}


def _months(ends: Sequence[date], view: View) -> list[str]:
    """The month under each bar, the year under the first of each year."""
    years = [end.year if not i or end.year != ends[i - 1].year else 0 for i, end in enumerate(ends)]
    words = [
        MONTH(view.lang, m=end.month) + (f"<br>{year}" if year else "") for end, year in zip(ends, years, strict=True)
    ]
    words[-1] = f'<b style="color:{tokens(view.mode)["red"]}">{MONTH(view.lang, m=ends[-1].month)}</b>'
    return words


def _said(until: date, expected: float, low: int, high: int, came: int | None, view: View) -> str:
    sentence = RANGE_NOW if came is None else RANGE_OF
    n = formats.number(expected, 1)
    return sentence(view.lang, year=until.year, m=until.month, n=n, low=low, high=high, came=came)


def _list(seen: Outlook, view: View) -> Listing:
    columns = tuple(Column(name(view.lang), wide=place == 2) for place, name in enumerate(COLUMNS))
    rows: list[dict[str, Any]] = as_rows(seen.rows.head(SHOWN))
    more = (ALL(view.lang, n=len(seen.rows)), view.link("/records", metric=DUE.key))
    return Listing(columns, tuple(_line(row, view) for row in rows), more=more)


def _line(row: Mapping[str, Any], view: View) -> Line:
    lang, is_late = view.lang, row["days_left"] < 0
    share = CHANCE(lang, share=formats.percent(row["chance"], 0))
    chip = Cell(f"{ALREADY(lang)} · {share}" if is_late else share, "late" if is_late else "soon")
    cells = (
        str(row["id"]), str(row["title"]), short_unit(row["unit_name"], view), formats.day(row["due_on"]),
        _basis(row, view),
    )  # fmt: skip
    return Line((chip, *(Cell(cell) for cell in cells)), record_link(row, view))


def _basis(row: Mapping[str, Any], view: View) -> str:
    return (OWN if row["is_own"] else DISTRICT)(view.lang, n=formats.number(row["cases"]))


def _table(seen: Outlook, view: View) -> pd.DataFrame:
    rows: list[dict[str, Any]] = as_rows(seen.rows)
    cells = [
        (
            round(row["chance"], 3),
            row["id"],
            row["title"],
            short_unit(row["unit_name"], view),
            row["due_on"],
            _basis(row, view),
        )
        for row in rows
    ]
    return pd.DataFrame(cells, columns=[name(view.lang) for name in COLUMNS])
