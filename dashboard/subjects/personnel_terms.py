"""Appointments term against term: this term so far beside as many days of the last one, year of the term by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.subjects.personnel_frame import of_the_district
from data_access.context import same_day
from data_access.lists import terms
from data_access.metrics import METRICS
from data_access.text import Text

CHANGES, PERSONS = METRICS["A01.term"], METRICS["A08"]
RECORDS = "/records"

NAME = Text("本届与上届同期", "This term beside the last")
COMPARED = Text(
    "本届至今任免 {n} 人次、涉及 {p} 人，较上届同期{change}", "{n} changes this term so far, {change} on the last"
)
ALONE = Text(
    "本届至今任免 {n} 人次、涉及 {p} 人；上届记录不全，不作届间比较",
    "{n} changes of {p} persons this term so far; last term's records are incomplete",
)
SUBTITLE = Text(
    "本届自 {a} 至 {b}，上届自 {c} 起同样长的时间；条为本届，竖线为上届，单位：人次",
    "This term from {a} to {b}, the last as long from {c}; bars: this term, rules: the last, person-times",
)
SUBTITLE_ALONE = Text(
    "本届自 {a} 至 {b}，单位：人次；没有上届的起始日期",
    "This term from {a} to {b}; the last one's start is not on record",
)
FOOT = Text(
    "换届首年（{elections}）机构换人，任免集中，所以届与届比、不与平年比；选举、人民陪审员、选举委员会成员另列。"
    "上届某一年没有任何记录的，视为缺数据，不当作 0。",
    "In the first year of a term ({elections}) offices change hands, so a term is compared with a term. Elections, lay "
    "assessors and election committees stand apart. A year of the last term without any record is missing, not 0.",
)
NO_TERM = Text("没有登记届次起始日期，无从按届统计。", "No term is on record, so nothing can be counted by term.")
NOTHING = Text("本届自 {a} 以来没有任免记录。", "No appointments on record since {a}.")
YEAR_OF = Text("第 {k} 年（{a} 起）", "Year {k} (from {a})")
FIRST_YEAR = Text("第 1 年（{a} 起，换届）", "Year 1 (from {a}, new term)")
RUNNING = Text("第 {k} 年（{a} 起，至今）", "Year {k} (from {a}, so far)")
THIS, LAST = Text("本届", "This"), Text("上届", "Last")
COLUMNS = (
    Text("届内年份", "Year of the term"), Text("本届（人次）", "This term"),
    Text("上届同期（人次）", "Last term, same span"),
)  # fmt: skip
LIST = Text("、", ", ")


@dataclass(frozen=True)
class Found:
    """First days of this term and (when on record) of the last, and the decisions since the earlier of them."""

    starts: tuple[date, ...]
    rows: pd.DataFrame


@dataclass(frozen=True)
class TermYear:
    """One year of the term: its first day, this term's decisions, the last one's (missing where it has no record)."""

    begins: date
    now: int
    before: int | None


def _query(connection: Connection, view: View) -> Found:
    day = view.context.stock_on
    starts = terms.last_two(connection, view.context, day)
    rows = terms.decisions(connection, view.context, starts[0], day) if starts else pd.DataFrame(columns=terms.COLUMNS)
    return Found(starts, rows)


def _compose(found: Found, view: View) -> Picture:
    lang, day = view.lang, view.context.stock_on
    if not found.starts:
        return _nothing(NO_TERM(lang), view)
    start = found.starts[-1]
    counted = found.rows[found.rows["is_counted"].astype(bool)]
    years = by_term_year(counted, found.starts, day)
    mine = counted[counted["decided_on"] >= start]
    if mine.empty:
        return _nothing(NOTHING(lang, a=formats.day(start)), view)
    title = finding(years, len(mine), mine["person_key"].nunique(), view)
    words = {"a": formats.day(start), "b": formats.day(day), "c": formats.day(found.starts[0])}
    elections = LIST(lang).join(str(begun.year + (begun.month == 12)) for begun in found.starts)
    picture = Picture(
        title,
        (SUBTITLE if len(found.starts) > 1 else SUBTITLE_ALONE)(lang, **words),
        BarList(
            tuple(_bar(place, year, len(years), view) for place, year in enumerate(years)), (THIS(lang), LAST(lang))
        ),
        pd.DataFrame(
            [(_label(k, year, len(years), view), year.now, year.before) for k, year in enumerate(years)],
            columns=[column(lang) for column in COLUMNS],
        ),
        foot=FOOT(lang, elections=elections),
        alt=title,
    )
    return picture


def _nothing(sentence: str, view: View) -> Picture:
    table = pd.DataFrame(columns=[column(view.lang) for column in COLUMNS])
    return Picture(NAME(view.lang), "", None, table, empty=sentence, alt=sentence)


def by_term_year(counted: pd.DataFrame, starts: Sequence[date], day: date) -> list[TermYear]:
    """The years of this term up to a day, each beside as many days of the same year of the last term.

    A year of the last term in which nothing at all is recorded, or that it did not have, is missing.
    """
    start, earlier = starts[-1], starts[0] if len(starts) > 1 else None
    days = counted["decided_on"].to_list()

    def held(first: date, last: date) -> int:
        return sum(first <= one <= last for one in days)

    made, k = [], 0
    while (begins := same_day(start, start.year + k)) <= day:
        ends = min(same_day(start, start.year + k + 1) - timedelta(days=1), day)
        before = None
        if earlier is not None and (began := same_day(earlier, earlier.year + k)) < start:
            whole = min(same_day(earlier, earlier.year + k + 1), start) - timedelta(days=1)
            before = held(began, min(began + (ends - begins), whole)) if held(began, whole) else None
        made.append(TermYear(begins, held(begins, ends), before))
        k += 1
    return made


def finding(years: Sequence[TermYear], n: int, persons: int, view: View) -> str:
    """This term's total, and the change on the last where none of its years is missing."""
    words = {"n": formats.number(n), "p": formats.number(persons)}
    known = [year.before for year in years if year.before is not None]
    if len(known) < len(years):
        return ALONE(view.lang, **words)
    return COMPARED(view.lang, **words, change=formats.change(CHANGES, n, sum(known), view.lang))


def _label(place: int, year: TermYear, count: int, view: View) -> str:
    words = FIRST_YEAR if not place else RUNNING if place == count - 1 else YEAR_OF
    return words(view.lang, k=place + 1, a=f"{year.begins:%Y-%m}")


def _bar(place: int, year: TermYear, count: int, view: View) -> Bar:
    cells = (formats.number(year.now), formats.number(year.before))
    href = view.link(RECORDS, metric=CHANGES.key)
    return Bar(_label(place, year, count, view), float(year.now), cells, mark=year.before, href=href)


TERMS = of_the_district(Exhibit("terms", NAME, (CHANGES, PERSONS), _query, _compose))
