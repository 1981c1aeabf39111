"""The yearly duties of supervision named by law, as a matrix of years and items: done, to come, missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, last_years
from dashboard.exhibits.listing import Cell, Column, Line, Listing, Tone
from dashboard.exhibits.plot import Stack
from dashboard.subjects import supervision_limits as limits
from data_access import lists
from data_access.metrics import METRICS
from data_access.text import Text

Row = Mapping[Any, Any]
Found = Mapping[tuple[int, str], Row]

DUTIES = METRICS["S12"]
TONES: Mapping[str, Tone] = {"DONE": "done", "LATE": "late", "MISSED": "late"}
ITEMS: Mapping[str, Text] = {
    "FINAL": Text("决算", "Final accounts"),
    "PLAN": Text("计划执行", "Plan"),
    "BUDGET": Text("预算执行", "Budget"),
    "AUDIT": Text("审计", "Audit"),
    "RECTIFY": Text("审计整改", "Rectification"),
    "ASSETS": Text("国资", "State assets"),
    "DEBT": Text("债务", "Debt"),
    "ENV": Text("环境", "Environment"),
    "RECORD": Text("备案审查", "Review"),
    "SUGGEST": Text("建议办理", "Suggestions"),
    "ADJUST": Text("预算调整", "Adjustment"),
    "FIVEYEAR": Text("规划中期", "Mid-term"),
}
NAME = Text("法定年度监督事项", "Yearly statutory duties")
SUBTITLE = Text(
    "每年依法应听取或审查的事项，{a}–{b} 年；属全区事项，不随乡镇和所点单位、形式变化",
    "What the law has the committee hear or review each year, {a}–{b}; the whole district, whatever is chosen",
)
FOOT = Text(
    "✓ 已完成 · – 当年无此事项 · 待 在期限内尚未办理 · 逾期完成 办理晚于法定期限 · 逾期未办 已过法定期限",
    "✓ done · – did not arise · due: still within its limit · late: done after the limit · missed: past the limit",
)
NO_ROWS = Text("{years} 年没有监督记录。", "No records of supervision for {years}.")
YEAR = Text("年份", "Year")
DONE, NONE = "✓", "–"
LATE = Text("逾期完成", "late")
MISSED = Text("逾期未办", "missed")
OPEN = Text("待 {m} 月", "due {month}")
OPEN_NEXT = Text("待次年 {m} 月", "due {month} {y}")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ONE_MISSED = Text("法定监督事项：{year} 年{names}逾期未办", "Statutory duties: {names} missed in {year}")
SOME_OPEN = Text(
    "法定监督事项：{year} 年尚有 {n} 项待办，均在期限内，最近一项{left}",
    "Statutory duties: {n} still to come in {year}, all within their limits, the next with {left}",
)
ALL_DONE = Text("法定监督事项：{year} 年 {n} 项均已完成", "Statutory duties: all {n} of {year} are done")
WITH_LATE = Text("，其中 {n} 项晚于期限", ", {n} of them after the limit")
BEFORE = Text("；此前各年有 {n} 项逾期未办", "; {n} were missed in earlier years")
BEFORE_OPEN = Text("；上年{names}尚待办理，{left}", "; {names} of the year before still to come, {left}")
NOT_YET = Text("法定监督事项：{year} 年尚无记录", "Statutory duties: nothing on record for {year} yet")
EMPTY = Text(
    "{a}–{b} 年没有监督记录，无从核对法定事项；换年份再看。",
    "No records of supervision in {a}–{b} to check duties against; try other years.",
)


@dataclass(frozen=True)
class Matrix(Listing):
    """A table with columns of one width, so that ticks stand in even rows; narrow screens scroll it sideways."""

    def html(self) -> str:
        even = '<table class="t list even"'
        return super().html().replace('<table class="t list"', even, 1)


def statutory_matrix(key: str = "duties", *, with_limits: bool = False) -> Exhibit:
    """Years down, duties across, for the five years that end with the last one asked for (longer choices: all).

    ``with_limits`` lists those still open under it, with the days left.
    """

    def query(connection: Connection, view: View) -> lists.Listing:
        years = last_years(view)
        asked = view.context.with_filters(years=(years[0], years[-1]), townships=(), picks=())
        return lists.records(connection, DUTIES, asked, limit=len(ITEMS) * len(years))

    def made(listing: lists.Listing, view: View) -> Picture:
        picture = compose(listing, view)
        rows = [row for row in as_rows(listing.rows) if int(row["year"]) >= last_years(view)[-1] - 1]
        below = limits.still_open(rows, listing.kind, view) if with_limits else None
        return replace(picture, body=Stack((picture.body, below))) if below else picture

    return Exhibit(key, NAME, (DUTIES, METRICS["S12a"]), query, made)


def compose(listing: lists.Listing, view: View) -> Picture:
    """The matrix from one row a year and duty: ``year``, ``legal_item``, ``state``, ``planned_on``, ``limit_on``."""
    lang, years = view.lang, last_years(view)
    ends = {"a": years[0], "b": years[-1]}
    subtitle = SUBTITLE(lang, **ends)
    found = {(int(row["year"]), str(row["legal_item"])): row for row in as_rows(listing.rows)}
    table = _table(found, years, view)
    if not found:
        sentence = EMPTY(lang, **ends)
        return Picture(NAME(lang), subtitle, None, table, empty=sentence, alt=sentence)
    known = [year for year in years if any(y == year for y, _ in found)]
    gaps = [str(year) for year in years if year not in known]
    separator = "、" if lang == "zh" else ", "
    foot = FOOT(lang) + (("。" if lang == "zh" else ". ") + NO_ROWS(lang, years=separator.join(gaps)) if gaps else "")
    columns = (Column(YEAR(lang)), *(Column(name(lang), "centre") for name in ITEMS.values()))
    lines = tuple(_line(year, found, listing.kind, view) for year in known)
    title = finding(found, view) or NAME(lang)
    return Picture(title, subtitle, Matrix(columns, lines), table, foot=foot, alt=title)


def finding(found: Found, view: View) -> str:
    """What is missed, still open or done in the last year, then what the years before left; empty where nothing is."""
    lang, year = view.lang, last_years(view)[-1]
    states = {item: row["state"] for (y, item), row in found.items() if y == year}
    before = _left_before(found, year, view)
    if not states:
        return NOT_YET(lang, year=year) + before if before else ""
    missed = [ITEMS[item](lang) for item in ITEMS if states.get(item) == "MISSED"]
    is_open = [row for (y, _), row in found.items() if y == year and row["state"] == "OPEN"]
    late = sum(state == "LATE" for state in states.values())
    if missed:
        made = ONE_MISSED(lang, year=year, names=("、" if lang == "zh" else ", ").join(missed))
    elif is_open:
        made = SOME_OPEN(lang, year=year, n=len(is_open), left=limits.nearest(is_open, view))
    else:
        made = ALL_DONE(lang, year=year, n=len(states)) + (WITH_LATE(lang, n=late) if late else "")
    return made + before


def _left_before(found: Found, year: int, view: View) -> str:
    """What the years before left: duties of the last one within their limits still, and how many were missed."""
    lang = view.lang
    waiting = {item: row for (y, item), row in found.items() if y == year - 1 and row["state"] == "OPEN"}
    names = ("、" if lang == "zh" else ", ").join(ITEMS[item](lang) for item in ITEMS if item in waiting)
    made = BEFORE_OPEN(lang, names=names, left=limits.nearest(list(waiting.values()), view)) if waiting else ""
    missed = sum(row["state"] == "MISSED" for (y, _), row in found.items() if y < year)
    return made + (BEFORE(lang, n=missed) if missed else "")


def _line(year: int, found: Found, kind: str, view: View) -> Line:
    behind = view.link("/records", metric=DUTIES.key, years=(year, year), townships=(), picks=())
    cells = [_cell(found.get((year, item)), kind, behind, view) for item in ITEMS]
    return Line((Cell(str(year), href=behind), *cells))


def _cell(row: Row | None, kind: str, behind: str, view: View) -> Cell:
    if row is None:
        return Cell(NONE, "muted")
    record = row.get("record")
    href = behind if record is None or pd.isna(record) else view.record(kind, record)
    return Cell(in_words(row, view), TONES.get(str(row["state"]), "quiet"), href)


def in_words(row: Row, view: View) -> str:
    """One duty's state: ✓, 逾期完成, 逾期未办, or the month it is planned for (once that is past: of its limit)."""
    state, lang = str(row["state"]), view.lang
    if state != "OPEN":
        return {"DONE": DONE, "LATE": LATE(lang), "MISSED": MISSED(lang)}.get(state, state)
    planned, limit = row["planned_on"], row["limit_on"]
    on: date = planned if isinstance(planned, date) and planned >= view.context.as_of else limit
    is_next_year = on.year > int(row["year"])
    return (OPEN_NEXT if is_next_year else OPEN)(lang, m=on.month, month=MONTHS[on.month - 1], y=on.year)


def _table(found: Found, years: tuple[int, ...], view: View) -> pd.DataFrame:
    columns: dict[str, list[str]] = {YEAR(view.lang): [str(year) for year in years]}
    for item, name in ITEMS.items():
        rows = [found.get((year, item)) for year in years]
        columns[name(view.lang)] = [NONE if row is None else in_words(row, view) for row in rows]
    return pd.DataFrame(columns)


STATUTORY = statutory_matrix(with_limits=True)
