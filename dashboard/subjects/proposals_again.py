"""What became of suggestions that were handled a second time, and over five years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import last_years, lines_of
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exhibits.plot import Stack
from dashboard.exhibits.steps import Stage, Steps
from data_access.measure import Columns, measured
from data_access.metrics import METRICS
from data_access.text import Text

NAME = Text("二次办理", "Re-handling")
AGAIN, TURNED = METRICS["P14"], METRICS["P14a"]
UNIT = Text("件", "items")
SUBTITLE = Text(
    "答复不止一次或正在二次办理的建议，单位：件；下表为各年",
    "Answered more than once or in re-handling, in items; by year below",
)
NEVER = Text("这几年没有二次办理的建议。", "No suggestion was re-handled in these years.")
NOT_NOW = Text("所选年份没有二次办理的建议", "No suggestion was re-handled in the years chosen")
FOUND = Text(
    "二次办理 {n} 件，已再次评价的 {r} 件中 {k} 件转为满意或基本满意",
    "{n} re-handled; {k} of {r} rated again are satisfied or mostly so",
)
WAITING_ALL = Text("二次办理 {n} 件，均待再次评价", "{n} re-handled, none rated again yet")
STAGES = (
    Text("二次办理", "Re-handled"), Text("再次评价", "Rated again"), Text("转为满意", "Satisfied"),
    Text("转为基本满意", "Mostly satisfied"),
)  # fmt: skip
FROM_BAD = Text("首次不满意 {n} 件", "{n} dissatisfied first")
FROM_OTHER = Text("首次其他评价或未反馈 {n} 件", "{n} other or unrated first")
WAITING = Text("待再次评价 {n} 件", "{n} not rated again")
STILL_BAD = Text("仍不满意 {n} 件", "{n} still dissatisfied")
RATE = Text("转满意率 {figures}", "turned {figures}")
FOOT = Text(
    "评价不满意的应当二次办理，经代表同意重新办理的也计入。转满意率含基本满意，分母为已再次评价的件。",
    "Items rated dissatisfied are handled again, others with the deputy's consent. The turned share includes mostly "
    "satisfied, of those rated again.",
)
COLUMNS = (
    Text("年份", "Year"), Text("二次办理", "Re-handled"), Text("再次评价", "Rated again"), Text("满意", "Satisfied"),
    Text("基本满意", "Mostly"), Text("仍不满意", "Dissatisfied"), Text("待评价", "Not rated"),
)  # fmt: skip
COUNTED = ("again", "rated", "good", "fair", "bad", "waiting")
GRADES = {"good": 3, "fair": 2, "bad": 1}


def rehandled(key: str = "rehandled") -> Exhibit:
    """From the first rating to the last of items handled again, in the years chosen and year by year."""

    def query(connection: Connection, view: View) -> Columns:
        by = ("year", "first_result", "final_result")
        return measured(connection, (AGAIN, TURNED), view.context, by=by, years=last_years(view))

    return Exhibit(key, NAME, (AGAIN, TURNED), query, _compose)


def _compose(groups: Columns, view: View) -> Picture:
    lang = view.lang
    rows = rows_of(groups)
    years = {year: counts(row for row in rows if row.year == year) for year in last_years(view)}
    table = pd.DataFrame(
        [(str(year), *(found[name] for name in COUNTED)) for year, found in years.items()],
        columns=[column(lang) for column in COLUMNS],
    )
    if not any(found["again"] for found in years.values()):
        return Picture(NAME(lang), SUBTITLE(lang), None, table, empty=NEVER(lang), alt=NEVER(lang))
    asked = counts(row for row in rows if row.year in view.context.years)
    listing = _listing(years, view)
    body: Any = Stack((Steps(_stages(asked, view)), listing)) if asked["again"] else listing
    title = finding(asked, view)
    return Picture(title, SUBTITLE(lang), body, table, foot=FOOT(lang), alt=title)


@dataclass(frozen=True)
class Again:
    """Items re-handled in one year with one first and one last grade, and how many of them were rated again."""

    year: int
    first: int | None
    last: int | None
    again: int
    rated: int


def rows_of(groups: Columns) -> list[Again]:
    """The groups of the query as values; grades missing where not rated."""
    columns = ["year", "first_result", "final_result", AGAIN.key, f"{TURNED.key}.n"]
    return [
        Again(int(year), _whole(first), _whole(last), int(again), _whole(rated) or 0)
        for year, first, last, again, rated in lines_of(groups, columns)
        if again
    ]


def _whole(value: Any) -> int | None:
    return None if formats.is_missing(value) else int(value)


def counts(rows: Iterable[Again]) -> dict[str, int]:
    """Items re-handled (``again``), of them dissatisfied at first (``from_bad``), rated again (``rated``), by the last
    grade (``good``, ``fair``, ``bad``) and not rated again (``waiting``)."""
    made = dict.fromkeys(("again", "from_bad", "rated", "good", "fair", "bad"), 0)
    for row in rows:
        made["again"] += row.again
        made["from_bad"] += row.again if row.first == 1 else 0
        made["rated"] += row.rated
        for name, grade in GRADES.items():
            made[name] += row.rated if row.last == grade else 0
    return made | {"waiting": made["again"] - made["rated"]}


def finding(asked: dict[str, int], view: View) -> str:
    """What the second handling changed."""
    if not asked["again"]:
        return NOT_NOW(view.lang)
    words = {"n": asked["again"], "r": asked["rated"], "k": asked["good"] + asked["fair"]}
    return (FOUND if asked["rated"] else WAITING_ALL)(view.lang, **words)


def _stages(asked: dict[str, int], view: View) -> tuple[Stage, ...]:
    lang, n = view.lang, asked["again"]
    every, rated = view.link("/records", metric=AGAIN.key), view.link("/records", metric=TURNED.key)
    origins = ((FROM_BAD, asked["from_bad"]), (FROM_OTHER, n - asked["from_bad"]))
    came = tuple(words(lang, n=count) for words, count in origins if count)
    turned, small = asked["good"] + asked["fair"], view.context.rules.small_n
    rate = (RATE(lang, figures=formats.share_with_base(turned, asked["rated"], lang, small_n=small)),)
    waiting = (WAITING(lang, n=asked["waiting"]),) if asked["waiting"] else ()
    bad = STILL_BAD(lang, n=asked["bad"]) if asked["bad"] else ""
    lines = (came, waiting, rate if asked["rated"] else (), ())
    shown = zip(
        STAGES, ("again", "rated", "good", "fair"), lines, ("", bad, "", ""), (every, rated, rated, rated), strict=True
    )
    return tuple(
        Stage(
            name(lang),
            formats.number(asked[at]),
            formats.unit(UNIT, str(asked[at]), lang),
            asked[at] / n,
            below,
            warning,
            href,
        )
        for name, at, below, warning, href in shown
    )


def _listing(years: dict[int, dict[str, int]], view: View) -> Listing:
    columns = tuple(Column(name(view.lang), align="right" if place else "left") for place, name in enumerate(COLUMNS))
    lines = tuple(
        Line(
            (Cell(str(year)), *(Cell(formats.number(found[name]), "" if found[name] else "muted") for name in COUNTED)),
            view.link("/records", metric=AGAIN.key, years=(year, year)),
        )
        for year, found in years.items()
    )
    return Listing(columns, lines)
