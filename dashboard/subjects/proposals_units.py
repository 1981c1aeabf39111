"""Units that answer: who answered in time, and how long they took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, lines_of, named
from dashboard.formats import granted
from dashboard.subjects.proposals_due import short_unit
from data_access.dimensions import labels
from data_access.measure import Columns, measured
from data_access.metrics import METRICS
from data_access.text import Text

PATH = "/proposals"
ON_TIME = METRICS["P05u"]
MEDIAN = METRICS["P07u"]
# The same rows and clock as the units' median, so that both figures of a bar are of the same items.
NINE_IN_TEN = replace(METRICS["P07p90"], rows=MEDIAN.rows)

TIMELY = Text("各单位按期答复", "Replied on time, by unit")
BASE = Text(
    "按期答复率，主办件（含独办、分办），n={n} 件已到期",
    "Replied on time; lead, sole and separate handling, n={n} settled",
)
NO_BASE = Text(
    "所选范围内没有已答复或已到期的件，可放宽年份再看。", "Nothing was answered or due in this range; widen the years."
)
NONE_LATE = Text("{n} 件已到期，没有逾期", "None of the {n} settled was late")
IN_TWO = Text("{late} 件逾期中有 {top} 件在{one}、{two}", "{top} of the {late} late are at {one} and {two}")
IN_ONE = Text("{late} 件逾期中有 {top} 件在{one}", "{top} of the {late} late are at {one}")
AMONG = Text("{late} 件逾期，分布在 {m} 个单位", "{late} late, at {m} units")
ONE_LATE = Text("{n} 件已到期，其中 1 件逾期", "1 of the {n} settled was late")
TIMELY_FOOT = Text(
    "琥珀色为逾期，含逾期答复 {replied} 件、超期未复 {open} 件。按逾期件数排列；会办不计。",
    "Amber is late: {replied} answered late, {open} still open. Ordered by number late; co-handling does not count.",
)
HEADS = (Text("按期率", "On time"), Text("n", "n"), Text("逾期", "Late"))
COLUMNS = (
    Text("单位", "Unit"), Text("按期答复率", "On-time rate"), Text("n", "n"), Text("逾期", "Late"),
    Text("其中超期未复", "Late and open"),
)  # fmt: skip
OTHER_UNITS = Text("其他 {n} 个单位", "{n} other units")
ITEMS = Text("{n} 件", "{n}")
SHOWN = 9
LATE_BANDS = ("LATE", "JUST")

DAYS = Text("各单位办理时长", "Handling days, by unit")
DAYS_BASE = Text(
    "交办至首次答复的天数，n={n}；条为中位数，竖线为九成件",
    "Days to the first reply, n={n}; bar: median, rule: nine in ten",
)
DAYS_FOUND = Text("半数件 {a} 天内答复，九成 {b} 天内", "Half answered within {a} days, nine in ten within {b}")
DAYS_FOOT = Text("按中位数由长到短，列件数最多的 {m} 个单位。", "Longest median first; the {m} units with most items.")
FEW_UNITS = Text(
    "另有 {m} 个单位不足 {least} 件（共 {n} 件），不列。",
    "{m} units with fewer than {least} items ({n} in all) are left out.",
)
DAYS_HEADS = (Text("中位", "Median"), Text("九成", "9 in 10"), Text("n", "n"))
DAYS_COLUMNS = (
    Text("单位", "Unit"),
    Text("中位天数", "Median days"),
    Text("九成以内天数", "Nine in ten, days"),
    Text("n", "n"),
)
NO_DAYS = Text("所选范围内没有已答复的件，可放宽年份再看。", "Nothing was answered in this range; widen the years.")
TOO_FEW = Text(
    "所选范围内各单位答复都不足 {least} 件，天数不列。",
    "No unit answered {least} items in this range; days are not shown.",
)
BETWEEN = Text("", " ")
LEAST = 5  # a median of fewer items says nothing about a unit


def units_on_time(key: str = "units_on_time") -> Exhibit:
    """Units by number late."""

    def query(connection: Connection, view: View) -> dict[str, Any]:
        found = measured(connection, (ON_TIME,), view.context, by=("unit", "due_band"))
        return {"found": found, "labels": labels(connection, "unit", view.context)}

    return Exhibit(key, TIMELY, (ON_TIME,), query, _timely)


@dataclass(frozen=True)
class Unit:
    """A unit's settled items: how many, of them late, of those still unanswered."""

    code: str | None
    name: str
    n: int
    late: int
    open: int


def _timely(data: dict[str, Any], view: View) -> Picture:
    lang = view.lang
    units = by_unit(data["found"], data["labels"], view)
    n, late, open_late = (sum(getattr(unit, name) for unit in units) for name in ("n", "late", "open"))
    subtitle = BASE(lang, n=formats.number(n))
    rows = [(unit.name, 1 - unit.late / unit.n, unit.n, unit.late, unit.open) for unit in units]
    table = pd.DataFrame(rows, columns=[column(lang) for column in COLUMNS])
    if not n:
        return Picture(TIMELY(lang), subtitle, None, table, empty=NO_BASE(lang), alt=NO_BASE(lang))
    title = late_finding(units, view)
    body = BarList(_timely_bars(units, view), tuple(head(lang) for head in HEADS), full=1)
    foot = TIMELY_FOOT(lang, replied=late - open_late, open=open_late)
    return Picture(title, subtitle, body, table, foot=foot, alt=title)


def by_unit(found: Columns, known: Any, view: View) -> list[Unit]:
    """Units with settled items, most late first, then the larger base."""
    counts: dict[str | None, list[int]] = {}
    columns = ["unit", "due_band", f"{ON_TIME.key}.k", f"{ON_TIME.key}.n"]
    for unit, band, k, n in lines_of(found, columns):
        made = counts.setdefault(None if formats.is_missing(unit) else str(unit), [0, 0, 0])
        late = granted(n) - granted(k)
        made[0], made[1], made[2] = made[0] + granted(n), made[1] + late, made[2] + (late if band in LATE_BANDS else 0)
    units = [Unit(code, short_unit(named(known, code, view), view), *made) for code, made in counts.items() if made[0]]
    return sorted(units, key=lambda unit: (-unit.late, -unit.n, unit.code or ""))


def late_finding(units: Sequence[Unit], view: View) -> str:
    """Where the late items are; units are named only where they clearly hold at least half of them."""
    n, late = sum(unit.n for unit in units), sum(unit.late for unit in units)
    if late < 2:
        return (ONE_LATE if late else NONE_LATE)(view.lang, n=formats.number(n))
    having = [unit for unit in units if unit.late]
    first, second, third = ([unit.late for unit in having] + [0, 0])[:3]
    if first > second and 2 * first >= late:
        return IN_ONE(view.lang, late=late, top=first, one=having[0].name)
    if second > third and 2 * (first + second) >= late:
        return IN_TWO(view.lang, late=late, top=first + second, one=having[0].name, two=having[1].name)
    return AMONG(view.lang, late=late, m=len(having))


def _timely_bars(units: Sequence[Unit], view: View) -> tuple[Bar, ...]:
    shown = units if len(units) <= SHOWN else units[: SHOWN - 1]
    rest = units[len(shown) :]
    bars = [_timely_bar(unit.name, unit.n, unit.late, view, _unit_link(unit.code, ON_TIME.key, view)) for unit in shown]
    if rest:
        n, late = sum(unit.n for unit in rest), sum(unit.late for unit in rest)
        records = view.link("/records", metric=ON_TIME.key)
        bars.append(_timely_bar(OTHER_UNITS(view.lang, n=len(rest)), n, late, view, records))
    return tuple(bars)


def _timely_bar(name: str, n: int, late: int, view: View, href: str) -> Bar:
    small = n < view.context.rules.small_n
    rate = f"{formats.number(n - late)}/{formats.number(n)}" if small else formats.percent(1 - late / n)
    cells = (rate, formats.number(n), ITEMS(view.lang, n=formats.number(late)))
    return Bar(name, 1.0, cells, late=late / n, warn=2 if late else None, href=href)


def _unit_link(code: str | None, metric: str, view: View) -> str:
    return view.link(PATH, pick=("unit", code)) if code else view.link("/records", metric=metric)


def handling_days(key: str = "handling_days") -> Exhibit:
    """Median and P90 of the days to the first reply, by unit."""

    def query(connection: Connection, view: View) -> dict[str, Any]:
        both = (MEDIAN, NINE_IN_TEN)
        return {
            "units": measured(connection, both, view.context, by=("unit",)),
            "all": as_rows(measured(connection, both, view.context))[0],
            "labels": labels(connection, "unit", view.context),
        }

    return Exhibit(key, DAYS, (MEDIAN, NINE_IN_TEN), query, _days)


@dataclass(frozen=True)
class Pace:
    """A unit's days to the first reply: median, the days within which nine in ten lie, and of how many items."""

    code: str | None
    name: str
    median: float
    most: float
    n: int


def _days(data: dict[str, Any], view: View) -> Picture:
    lang = view.lang
    paces = paces_of(data["units"], data["labels"], view)
    enough = [pace for pace in paces if pace.n >= LEAST]
    shown = sorted(sorted(enough, key=lambda pace: -pace.n)[:SHOWN], key=lambda pace: -pace.median)
    rows = [(pace.name, pace.median, pace.most, pace.n) for pace in enough]
    table = pd.DataFrame(rows, columns=[column(lang) for column in DAYS_COLUMNS])
    subtitle = DAYS_BASE(lang, n=formats.number(sum(pace.n for pace in paces)))
    if not enough:
        sentence = TOO_FEW(lang, least=LEAST) if paces else NO_DAYS(lang)
        return Picture(DAYS(lang), subtitle, None, table, empty=sentence, alt=sentence)
    title = days_finding(data["all"], view) or DAYS(lang)
    body = BarList(tuple(_days_bar(pace, view) for pace in shown), tuple(head(lang) for head in DAYS_HEADS))
    return Picture(title, subtitle, body, table, foot=_days_foot(paces, enough, shown, view), alt=title)


def paces_of(units: Columns, known: Any, view: View) -> list[Pace]:
    """Units that answered anything, in the order of their codes."""
    columns = ["unit", MEDIAN.key, NINE_IN_TEN.key, f"{MEDIAN.key}.n"]
    made = []
    for unit, median, most, n in lines_of(units, columns):
        if not formats.is_missing(n) and n > 0:
            code = None if formats.is_missing(unit) else str(unit)
            made.append(Pace(code, short_unit(named(known, code, view), view), float(median), float(most), int(n)))
    return made


def days_finding(total: Any, view: View) -> str:
    """Half within so many days, nine in ten within so many; empty when too few were answered."""
    n = total[f"{MEDIAN.key}.n"]
    if formats.is_missing(n) or n < view.context.rules.small_n:
        return ""
    words = {"a": formats.number(total[MEDIAN.key]), "b": formats.number(total[NINE_IN_TEN.key])}
    return DAYS_FOUND(view.lang, **words)


def _days_bar(pace: Pace, view: View) -> Bar:
    cells = (formats.number(pace.median), formats.number(pace.most), formats.number(pace.n))
    return Bar(pace.name, pace.median, cells, mark=pace.most, href=_unit_link(pace.code, MEDIAN.key, view))


def _days_foot(paces: Sequence[Pace], enough: Sequence[Pace], shown: Sequence[Pace], view: View) -> str:
    few = [pace for pace in paces if pace.n < LEAST]
    sentences = [DAYS_FOOT(view.lang, m=len(shown))] if len(shown) < len(enough) else []
    if few:
        counted = formats.number(sum(pace.n for pace in few))
        sentences.append(FEW_UNITS(view.lang, m=len(few), least=LEAST, n=counted))
    return BETWEEN(view.lang).join(sentences)
