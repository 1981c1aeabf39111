"""Answers and ratings that look bunched, unit by unit: hints for checking, never a verdict, never about a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import lines_of, named
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.subjects.proposals_due import short_unit
from data_access.context import Rules
from data_access.dimensions import labels
from data_access.measure import Columns, measured
from data_access.metrics import METRICS
from data_access.text import Text

RECORDS = "/records"
# Each check with the metric of its base.
BASES = {"P25.last": "P25.n", "P25.batch": "P25.n", "P25.rated": "P25.r"}
FIGURES = tuple(METRICS[key] for key in (*BASES, "P25.n", "P25.r"))
SHOWN = 12

NAME = Text("请核实", "Please check")
FOUND = Text("请核实：{n} 个单位的答复或评价较为集中", "Please check: answers or ratings of {n} units are bunched")
QUIET = Text("没有需要核实的集中答复或即答即评", "No bunched answers or ratings to check")
SUBTITLE = Text(
    "同一单位达到 {n} 件且占 {share}% 以上才列出；只是核对线索，不是结论，不涉及个人",
    "Listed from {n} items and {share}% of a unit's own on: a hint for checking, no verdict, about no person",
)
FOOT = Text(
    "最后三天：期限当日及之前两天；批量：同一单位同一天同一类别的首次答复；当日评价：评价与答复同日。"
    "集中可能另有正当原因，如统一行文。数据中没有答复正文和时刻。",
    "Last three days: the deadline and the two days before; alike: first replies of one class on one day; at once: "
    "rated on the day of the reply. There may be good reasons. The data hold no texts and no hours.",
)
EMPTY = Text(
    "所选范围内没有单位达到提示的界限（{n} 件且占 {share}% 以上）。",
    "No unit in this range reaches the limits ({n} items and {share}%).",
)
COLUMNS = (
    Text("请核实", "Please check"), Text("承办单位", "Unit"), Text("件数", "Items"), Text("基数", "Of"),
    Text("占比", "Share"),
)  # fmt: skip
ALL = Text("全部 {n} 项", "All {n}")


@dataclass(frozen=True)
class Check:
    """One unit that reaches the limits of one check: so many of its ``base`` items."""

    metric: str
    unit: str
    count: int
    base: int

    @property
    def share(self) -> float:
        """Its part of the base."""
        return self.count / self.base


def checks(key: str = "checks") -> Exhibit:
    """Units whose answers came on the last days or many on one day, or whose ratings came at once."""

    def query(connection: Connection, view: View) -> dict[str, Any]:
        found = measured(connection, FIGURES, view.context, by=("unit",))
        return {"found": found, "units": labels(connection, "unit", view.context)}

    def compose(data: dict[str, Any], view: View) -> Picture:
        made, rules, lang = reached(data["found"], view.context.rules), view.context.rules, view.lang
        limits = {"n": rules.check_n, "share": rules.check_share}
        subtitle = SUBTITLE(lang, **limits)
        rows = [
            (METRICS[one.metric].name(lang), _unit(one, data, view), one.count, one.base, one.share) for one in made
        ]
        table = pd.DataFrame(rows, columns=[column(lang) for column in COLUMNS])
        if not made:
            return Picture(QUIET(lang), subtitle, None, table, empty=EMPTY(lang, **limits), alt=QUIET(lang))
        title = FOUND(lang, n=len({one.unit for one in made}))
        columns = tuple(Column(name(lang), "right" if place > 1 else "left") for place, name in enumerate(COLUMNS))
        body = Listing(columns, tuple(_line(one, data, view) for one in made[:SHOWN]))
        return Picture(title, subtitle, body, table, foot=FOOT(lang), alt=title)

    return Exhibit(key, NAME, FIGURES, query, compose)


def reached(found: Columns, rules: Rules) -> list[Check]:
    """The checks that units reach, kind by kind, within it in the order of the units' codes.

    A unit must have ``rules.check_n`` items that make ``rules.check_share`` per cent of its own.
    """
    made = []
    for metric, base in BASES.items():
        for unit, count, of in lines_of(found, ("unit", metric, base)):
            if unit and count >= rules.check_n and 100 * count >= rules.check_share * of:
                made.append(Check(metric, str(unit), int(count), int(of)))
    return made


def _unit(one: Check, data: dict[str, Any], view: View) -> str:
    return short_unit(named(data["units"], one.unit, view), view)


def _line(one: Check, data: dict[str, Any], view: View) -> Line:
    figures = (formats.number(one.count), formats.number(one.base), formats.percent(one.share, 0))
    chip = Cell(METRICS[one.metric].name(view.lang), "soon")
    cells = (chip, Cell(_unit(one, data, view)), *(Cell(figure) for figure in figures))
    return Line(cells, view.link(RECORDS, metric=one.metric, pick=("unit", one.unit)))
