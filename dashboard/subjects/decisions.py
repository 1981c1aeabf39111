"""Resolutions and decisions: the large figures, how many of which kind, their full titles, reports still owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import caption, formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.headline import Figure, headline
from dashboard.exhibits.heat import heat
from dashboard.exhibits.labels import as_rows, is_unfinished, last_years
from dashboard.exhibits.listing import Cell, Column, Line, Listing, Tone
from dashboard.exhibits.todo import Item, Todo
from dashboard.formats import granted
from dashboard.subjects.supervision_followup import LATE_CHIP, LEFT_CHIP
from dashboard.subjects.whole_district import Matter
from data_access import lists
from data_access.dimensions import REPORT_STATE
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.tables.codes import RESOLUTION_KIND, RESOLUTION_ORGAN
from data_access.text import Text

PATH = "/decisions"
ADOPTED, FINANCIAL, MAJOR, ACCOUNTS = (METRICS[key] for key in ("D01", "D01.fin", "D01.major", "D01.acc"))
ON_TIME, OVERDUE, TO_COME = METRICS["D02"], METRICS["D02a"], METRICS["D02b"]
MEETINGS, GAPS, CHAIRS, ATTENDED, SESSIONS = (METRICS[key] for key in ("M01", "M01.gap", "M02", "M03", "M01.cong"))

of_the_district = Matter(
    path=PATH,
    counts=(ADOPTED, TO_COME, MEETINGS, CHAIRS, SESSIONS),
    why=Text(
        "决议决定和常委会会议、主任会议属全{word}事项，不按乡镇（街道）区分；所选乡镇只有本乡镇人代会会议，见页末。",
        "Resolutions and committee meetings are the whole district's and belong to no township; a township has only "
        "the sessions of its own congress, at the foot of the page.",
    ),
    short=Text("属全{word}事项，不按乡镇（街道）区分。", "A matter of the whole district, which no township has."),
).wrap

ALL_MAJOR = Text("其中重大事项 {n} 项", "{n} on major matters")
NO_GAP = Text("每两个月至少一次", "at least every two months")
SOME_GAPS = Text("有 {n} 个月底满两月未开", "{n} month-ends after two without")
OWED = Text("到期未报告 {n} 项", "{n} overdue")

KINDS = Text("各年决议决定", "Resolutions by year")
KINDS_TITLE = Text(
    "{a}–{b} 年作出决议决定 {n} 项，批准预决算及计划调整 {fin} 项、重大事项 {major} 项",
    "{n} resolutions in {a}–{b}: {fin} on budgets and plans, {major} on major matters",
)
KIND_TITLE = Text("{a}–{b} 年作出决议决定 {n} 项，都是“{kind}”", "{n} resolutions in {a}–{b}, all of them: {kind}")
ONE_ACCOUNT = Text("{a}–{b} 年每年都批准了决算。", "Final accounts were approved in every year of {a}–{b}.")
NO_ACCOUNT = Text(
    "{years} 年没有批准决算的记录（依法每年一项），请核实。",
    "No approval of final accounts on record for {years}, where the law asks for one a year: please check.",
)
BY_DAY = Text("按通过日期计。", "By the day of adoption.")
TWO_SESSIONS = Text(
    "{two} 年有两次人代会，{none}项数随之多少。", "Two sessions of the Congress fell in {two}{none}: counts follow."
)
NO_SESSION = Text("{none} 年没有，", ", none in {none}")
NO_APPOINTMENTS = Text("人事任免不计入。", "Appointments are not among them.")

TITLES = Text("决议决定全文标题", "Full titles")
TITLES_TITLE = Text("{years}决议决定 {n} 项：{words}", "{years}: {n} resolutions, {words}")
TITLES_SUBTITLE = Text(
    "按通过日期，近的在前；报告情况截至 {day}", "By the day of adoption, the latest first; reports as known on {day}"
)
TITLES_EMPTY = Text("{years}没有决议决定记录，可放宽年份再看。", "No resolutions in {years}; widen the years.")
EVERY = Text("全部 {n} 项", "All {n}")
BY_ORGAN = Text("{organ} {n} 项", "{n} by {organ}")
HEADS = (
    Text("通过日期", "Adopted"),
    Text("标题", "Title"),
    Text("类型", "Kind"),
    Text("作出机关", "By"),
    Text("执行情况报告", "Report"),
)
ORGANS = {"CONG": Text("人代会", "Congress"), "SC": Text("常委会", "Committee")}
STATES: Mapping[str, Tone] = {"OWED": "late", "AHEAD": "quiet", "NONE": "muted"}
SHORT_STATE = {"NONE": Text("–", "–"), "ON_TIME": Text("按期", "on time"), "LATE": Text("逾期", "late")}
SHOWN = 12

REPORTS = Text("决议执行情况报告", "Reports on resolutions")
ARE_OVERDUE = Text("{n} 项决议执行情况到期未报告", "Reports overdue: {n}")
AND_COMING = Text("，{n} 项未到期", "; still to come: {n}")
ONLY_COMING = Text("没有到期未报告，最近一项 {day} 到期", "None overdue, the next is due {day}")
REPORTED_BY = Text("{years}应报告 {n} 项，按期报告 {k} 项", "{years}: {n} reports due, {k} on time")
NOT_KNOWN = Text("{years}未填报", "nothing was reported for {years}")
NONE_DUE = Text("{years}没有应报告的决议决定", "no report fell due in {years}")
REPORTS_EMPTY = Text(
    "截至 {day} 没有待报告执行情况的决议决定；{told}。", "On {day} no report on a resolution is outstanding; {told}."
)
REPORTS_FOOT = Text(
    "只列载明报告期限的；期限由决议决定或议事规则确定，法律未规定天数。不论哪年作出，都列到报告为止。",
    "Only resolutions that set a time limit; the law sets none. Listed until reported, whatever their year.",
)
NOTE = Text("{day} 通过 · 应于 {due} 报告", "adopted {day} · report due {due}")
ALL_OWED = Text("到期未报告 {n} 项", "Overdue: {n}")
COLUMNS = (
    Text("状态", "Status"),
    Text("决议决定", "Resolution"),
    Text("通过日期", "Adopted"),
    Text("应报告日期", "Due on"),
)
MOST = 6


def _major(total: Any, view: View) -> str:
    n = total["D01.major"]
    return "" if formats.is_missing(n) else ALL_MAJOR(view.lang, n=formats.number(n))


def _gaps(total: Any, view: View) -> str:
    if formats.is_missing(total["M01.gap"]):
        return ""
    n = granted(total["M01.gap"])
    return SOME_GAPS(view.lang, n=n) if n else NO_GAP(view.lang) if total["M01"] else formats.MISSING


def _kinds() -> Exhibit:
    """Kinds down, years across; whether final accounts were approved each year stands below."""
    plain = heat(ADOPTED, "resolution_kind", key="kinds", name=KINDS, path=PATH, also=(FINANCIAL, MAJOR, ACCOUNTS))

    def query(connection: Connection, view: View) -> tuple[Any, pd.DataFrame]:
        asked = (ADOPTED, FINANCIAL, MAJOR, ACCOUNTS, SESSIONS)
        return plain.query(connection, view), measure(
            connection, asked, view.context, ("year",), years=last_years(view)
        )

    def compose(data: tuple[Any, pd.DataFrame], view: View) -> Picture:
        drawn, totals = data
        picture = plain.compose(drawn, view)
        if picture.body is None:
            return picture
        title = kinds_title(totals, view)
        return replace(picture, title=title, alt=title, foot=kinds_foot(totals, view))

    return replace(plain, query=query, compose=compose)


def kinds_title(totals: pd.DataFrame, view: View) -> str:
    """How many resolutions, how many on budgets and plans, how many on major matters; of one kind, how many of it."""
    known = totals.dropna(subset=[FINANCIAL.key])
    n, fin, major = (formats.number(known[metric.key].sum()) for metric in (ADOPTED, FINANCIAL, MAJOR))
    years = {"a": int(known["year"].min()), "b": int(known["year"].max())}
    if kinds := view.context.filters.picked("resolution_kind"):
        words = "、".join(RESOLUTION_KIND.label(kind, view.lang) for kind in kinds)
        return KIND_TITLE(view.lang, **years, n=n, kind=words)
    return KINDS_TITLE(view.lang, **years, n=n, fin=fin, major=major)


def kinds_foot(totals: pd.DataFrame, view: View) -> str:
    """Years without approved final accounts (an unfinished year may still come), and years of two sessions or none."""
    lang, comma = view.lang, "、" if view.lang == "zh" else ", "
    parts = [] if view.context.filters.picked("resolution_kind") else [_accounts(totals, view, comma)]
    known = totals[(totals[ADOPTED.key] > 0) | (totals[SESSIONS.key] > 0)]
    two = [str(int(year)) for year in known.loc[known[SESSIONS.key] > 1, "year"]]
    none = [
        str(int(year)) for year in known.loc[known[SESSIONS.key] == 0, "year"] if not is_unfinished(view, int(year))
    ]
    if two:
        absent = NO_SESSION(lang, none=comma.join(none)) if none else ""
        parts.append(TWO_SESSIONS(lang, two=comma.join(two), none=absent))
    return ("" if lang == "zh" else " ").join([BY_DAY(lang), *filter(None, parts), NO_APPOINTMENTS(lang)])


def _accounts(totals: pd.DataFrame, view: View, comma: str) -> str:
    known = [
        (int(year), int(n))
        for year, n, whole in zip(totals["year"], totals[ACCOUNTS.key], totals[ADOPTED.key], strict=True)
        if not formats.is_missing(n) and whole and (n or not is_unfinished(view, int(year)))
    ]
    if not known:
        return ""
    missing = [str(year) for year, n in known if not n]
    if missing:
        return NO_ACCOUNT(view.lang, years=comma.join(missing))
    return ONE_ACCOUNT(view.lang, a=known[0][0], b=known[-1][0])


def _titles_query(connection: Connection, view: View) -> lists.Listing:
    return lists.records(connection, ADOPTED, view.context, limit=500)


def compose_titles(found: lists.Listing, view: View) -> Picture:
    """Every resolution with its whole title; ``found`` has the columns of ``resolutions``, the latest first."""
    lang, rows = view.lang, as_rows(found.rows)
    years = caption.years(view)
    table = _titles_table(rows, view)
    if not rows:
        sentence = TITLES_EMPTY(lang, years=years)
        return Picture(TITLES(lang), "", None, table, empty=sentence, alt=sentence)
    organs = [
        BY_ORGAN(lang, organ=name(lang) if lang == "zh" else name(lang).lower(), n=n)
        for code, name in ORGANS.items()
        if (n := sum(row["organ"] == code for row in rows))
    ]
    title = TITLES_TITLE(lang, years=years, n=found.total, words=("、" if lang == "zh" else ", ").join(organs))
    heads = tuple(Column(head(lang), wide=place == 1) for place, head in enumerate(HEADS))
    lines = tuple(_titled(row, found.kind, view) for row in rows[:SHOWN])
    more = (EVERY(lang, n=found.total), view.link("/records", metric=ADOPTED.key)) if found.total > SHOWN else None
    known = TITLES_SUBTITLE(lang, day=formats.day(view.context.as_of))
    return Picture(title, known, Listing(heads, lines, more), table, alt=title)


def _titled(row: Mapping[Any, Any], kind: str, view: View) -> Line:
    state = str(row["report_state"])
    cells = (
        Cell(formats.day(row["adopted_on"])),
        Cell(str(row["title"])),
        Cell(RESOLUTION_KIND.label(row["kind"], view.lang)),
        Cell(ORGANS[str(row["organ"])](view.lang)),
        Cell((SHORT_STATE.get(state) or REPORT_STATE.words[state])(view.lang), STATES.get(state, "")),
    )
    return Line(cells, view.record(kind, row["record"]))


def _titles_table(rows: Sequence[Mapping[Any, Any]], view: View) -> pd.DataFrame:
    lang = view.lang
    lines = [
        (
            row["adopted_on"],
            row["title"],
            RESOLUTION_KIND.label(row["kind"], lang),
            RESOLUTION_ORGAN.label(row["organ"], lang),
            REPORT_STATE.label(row["report_state"], lang),
        )
        for row in rows
    ]
    return pd.DataFrame(lines, columns=[head(lang) for head in HEADS])


@dataclass(frozen=True)
class Reports:
    """Resolutions whose report is still to come, and how many of those due in the years asked for came in time."""

    open: lists.Listing
    due: float
    on_time: float


def _reports_query(connection: Connection, view: View) -> Reports:
    total = measure(connection, (ON_TIME,), view.context).iloc[0]
    waiting = lists.records(connection, TO_COME, view.context, limit=200)
    return Reports(waiting, total["D02.n"], total["D02.k"])


def compose_reports(found: Reports, view: View) -> Picture:
    """Reports overdue first, then those to come, in the order they fall due."""
    lang, day = view.lang, view.context.stock_on
    rows = as_rows(found.open.rows)
    years = caption.years(view)
    told_by = NOT_KNOWN if formats.is_missing(found.due) else REPORTED_BY if found.due else NONE_DUE
    told = told_by(lang, years=years, n=formats.number(found.due), k=formats.number(found.on_time))
    left = [(row["report_due_on"] - day).days for row in rows]
    chips = [(LATE_CHIP if n < 0 else LEFT_CHIP)(lang, n=abs(n)) for n in left]
    table = pd.DataFrame(
        [(chip, r["title"], r["adopted_on"], r["report_due_on"]) for chip, r in zip(chips, rows, strict=True)],
        columns=[column(lang) for column in COLUMNS],
    )
    if not rows:
        sentence = REPORTS_EMPTY(lang, day=formats.day(day), told=told)
        return Picture(REPORTS(lang), "", None, table, empty=sentence, alt=sentence)
    late = sum(n < 0 for n in left)
    title = ARE_OVERDUE(lang, n=late) if late else ONLY_COMING(lang, day=formats.day(rows[0]["report_due_on"]))
    title += AND_COMING(lang, n=len(rows) - late) if late and len(rows) > late else ""
    items = tuple(
        Item(
            chip,
            "late" if n < 0 else "soon" if n <= view.context.rules.soon_days else "quiet",
            str(row["title"]),
            NOTE(lang, day=formats.day(row["adopted_on"]), due=formats.day(row["report_due_on"])),
            view.record(found.open.kind, row["record"]),
        )
        for chip, n, row in zip(chips[:MOST], left, rows, strict=False)
    )
    more = (ALL_OWED(lang, n=late), view.link("/records", metric=OVERDUE.key)) if late else None
    return Picture(title, told, Todo(items), table, foot=REPORTS_FOOT(lang), alt=title, more=more)


HEADLINE = of_the_district(
    headline(
        Figure(ADOPTED, name=Text("决议决定", "Resolutions"), note=_major, also=(MAJOR,)),
        Figure(FINANCIAL, name=Text("预决算及计划", "Budgets and plans")),
        Figure(ON_TIME, base=Text("应报告事项", "reports due"), name=Text("按期报告率", "Reported on time")),
        Figure(MEETINGS, name=Text("常委会会议", "Committee met"), note=_gaps, also=(GAPS,)),
        Figure(CHAIRS, name=Text("主任会议", "Chairpersons met")),
        Figure(ATTENDED, base=Text("应到人次", "members"), name=Text("常委会出席率", "Attendance")),
    )
)
BY_KIND = of_the_district(_kinds())
FULL_TITLES = of_the_district(Exhibit("titles", TITLES, (ADOPTED,), _titles_query, compose_titles))
REPORTED = of_the_district(Exhibit("reports", REPORTS, (ON_TIME, OVERDUE, TO_COME), _reports_query, compose_reports))
