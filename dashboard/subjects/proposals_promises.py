"""The ledger of class B promises: by the year they fall due kept, late or open, and still open years afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, is_unfinished, last_years
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exhibits.plot import Stack
from dashboard.exhibits.stacked import stacked
from dashboard.formats import granted
from data_access.dimensions import labels
from data_access.measure import Columns, measured
from data_access.metrics import METRICS
from data_access.text import Text

RECORDS = "/records"
PROMISES = Text("B 类承诺兑现", "Promises of class B replies")
PROMISES_SUB = Text(
    "按承诺完成日期所在年度，条内数字为承诺件数；下表为逾期满一、二、三年时仍未兑现的",
    "By the year a promise falls due; figures on the bars are promises. Table: still open years after the promised day",
)
PROMISES_FOOT = Text(
    "只计 B 类答复中写明完成日期的承诺；承诺当日仍未到期。满几年未兑现的基数是承诺日期已满那么多年的件，"
    "此后才兑现的也算当时未兑现；“–”为尚无满那么多年的。",
    "Class B replies that name a date; on the promised day itself there is still time. Open after years: of those "
    "whose day is that long ago, those kept later counted as open then; a dash: none is that old.",
)
NO_PROMISES = Text(
    "这几年的答复没有登记承诺完成日期（未建台账），兑现情况无从统计。",
    "No reply of these years records a promised date, so there is no ledger to count.",
)
KEPT = Text(
    "{year} 年到期的 {n} 件承诺中按期兑现 {k} 件，逾期兑现 {late} 件",
    "Of {n} promises due in {year}, {k} were kept on time and {late} late",
)
ALL_KEPT = Text("{year} 年到期的 {n} 件承诺均按期兑现", "All {n} promises due in {year} were kept on time")
KEPT_BROKEN = Text(
    "{year} 年到期的 {n} 件承诺中按期兑现 {k} 件；{b} 件逾期未兑现",
    "Of {n} promises due in {year}, {k} were kept on time; {b} are past their day",
)
WAITING = Text("{year} 年应兑现的 {n} 件承诺尚未到期", "The {n} promises for {year} are not yet due")
TONES = {"KEPT": "blue", "LATE": "second", "WAITING": "rest", "BROKEN": "amberfill"}

YEAR = Text("应兑现年度", "Year due")
COUNTS = (
    Text("承诺", "Promises"), Text("按期兑现", "On time"), Text("逾期兑现", "Late"), Text("未兑现", "Open"),
)  # fmt: skip
STATES = ("KEPT", "LATE", "BROKEN")
AFTER = {
    "P10.y1": Text("满 1 年未兑现", "Open after 1 year"),
    "P10.y2": Text("满 2 年未兑现", "after 2 years"),
    "P10.y3": Text("满 3 年未兑现", "after 3 years"),
}
COHORTS = tuple(METRICS[key] for key in AFTER)
ALSO = (*(METRICS[key] for key in ("P10", "P10l", "P10b")), *COHORTS)


def promises(key: str = "promises") -> Exhibit:
    """The ledger of class B promises by the year they fall due, and how many stayed open one, two and three years."""
    plain = stacked(
        METRICS["P10n"], "promise_state", key=key, name=PROMISES, path=RECORDS, tones=TONES, years=promise_years,
        subtitle=PROMISES_SUB, foot=PROMISES_FOOT, empty=NO_PROMISES, finding=promises_finding, also=ALSO,
    )  # fmt: skip

    def query(connection: Connection, view: View) -> dict[str, Any]:
        asked = (METRICS["P10n"], *COHORTS)
        counts = measured(connection, asked, view.context, by=("year", "promise_state"), years=promise_years(view))
        return {"counts": counts, "labels": labels(connection, "promise_state", view.context)}

    def compose(data: dict[str, Any], view: View) -> Picture:
        picture = plain.compose(data, view)
        if picture.body is None:
            return picture
        lines = cohorts(data["counts"])
        body = Stack((picture.body, cohort_table(lines, view)))
        return replace(picture, body=body, figures=partial(_figures, lines, view))

    return replace(plain, query=query, compose=compose)


@dataclass(frozen=True)
class Cohort:
    """The promises that fall due in a year: ``counts`` of all, kept on time, kept late and open past their day; of
    those old enough, how many were open one, two and three years after the day, as (open, base)."""

    year: int
    counts: tuple[int, int, int, int]
    after: tuple[tuple[int, int], ...]


def cohorts(counts: Columns) -> list[Cohort]:
    """Years with promises, from counts by year and state: the parts of a share add up over the states."""
    rows: dict[int, list[dict[Any, Any]]] = {}
    for row in as_rows(counts):
        if row["P10n"]:
            rows.setdefault(int(row["year"]), []).append(row)
    made = []
    for year, found in sorted(rows.items()):
        by_state = {row["promise_state"]: granted(row["P10n"]) for row in found}
        kept, late, broken = (by_state.get(state, 0) for state in STATES)
        after = tuple((_total(found, f"{name}.k"), _total(found, f"{name}.n")) for name in AFTER)
        made.append(Cohort(year, (sum(by_state.values()), kept, late, broken), after))
    return made


def _total(rows: Sequence[dict[Any, Any]], name: str) -> int:
    return sum(granted(row[name]) for row in rows)


def cohort_table(made: Sequence[Cohort], view: View) -> Listing:
    """A line a year with promises: counts, then the share still open one, two and three years after the day."""
    names = (YEAR, *COUNTS, *AFTER.values())
    columns = tuple(Column(name(view.lang), "right" if place else "left") for place, name in enumerate(names))
    return Listing(columns, tuple(_line(cohort, view) for cohort in made))


def _line(cohort: Cohort, view: View) -> Line:
    asked, small = {"years": (cohort.year, cohort.year)}, view.context.rules.small_n
    cells = [Cell(str(cohort.year)), *(Cell(formats.number(count)) for count in cohort.counts)]
    for name, (k, n) in zip(AFTER, cohort.after, strict=True):
        words = formats.share_with_base(k, n, view.lang, small_n=small)
        cells.append(Cell(words, href=view.link(RECORDS, metric=name, **asked) if n else ""))
    return Line(tuple(cells), view.link(RECORDS, metric="P10n", **asked))


def _figures(made: Sequence[Cohort], view: View) -> pd.DataFrame:
    lang = view.lang
    columns: dict[str, Any] = {YEAR(lang): [str(cohort.year) for cohort in made]}
    for place, words in enumerate(COUNTS):
        columns[words(lang)] = [cohort.counts[place] for cohort in made]
    for place, words in enumerate(AFTER.values()):
        columns[words(lang)] = [k if n else None for k, n in (cohort.after[place] for cohort in made)]
        columns[f"{words(lang)} n"] = [cohort.after[place][1] for cohort in made]
    return pd.DataFrame(columns)


def promise_years(view: View) -> tuple[int, ...]:
    """Five years, and the year ahead while the last one still runs: many promises fall due then."""
    years = last_years(view)
    return (*years, years[-1] + 1) if is_unfinished(view, years[-1]) else years


def promises_finding(wide: pd.DataFrame, view: View) -> str:
    """What became of the promises of the last year asked for."""
    year = view.context.filters.years[1]
    row = wide[wide["year"] == year].iloc[0]
    counts = {code: int(row[code]) if code in row else 0 for code in TONES}
    passed = counts["KEPT"] + counts["LATE"] + counts["BROKEN"]
    words = {"year": year, "k": counts["KEPT"], "late": counts["LATE"], "b": counts["BROKEN"]}
    if not passed:
        return WAITING(view.lang, year=year, n=counts["WAITING"]) if counts["WAITING"] else ""
    sentence = KEPT_BROKEN if counts["BROKEN"] else KEPT if counts["LATE"] else ALL_KEPT
    return sentence(view.lang, **words, n=passed)
