"""The stronger means of supervision (a zero is said in words), recording and review, livelihood projects."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, known_years, last_years
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exhibits.steps import Stage, Steps
from dashboard.formats import granted
from dashboard.sources import without_rows
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.tables.codes import SUPERVISION_KIND
from data_access.text import Text

ACTS = METRICS["S01"]
MEANS = ("SPI", "INQ", "INT", "INV", "APP", "FOL")
STRONG = ("SPI", "INT", "INV")
FILED, IN_TIME, REVIEWED, CORRECTED, UNFILED = (METRICS[key] for key in ("S13", "S13t", "S13r", "S13c", "S13u"))
PROJECTS, COMPLETED, ON_SCHEDULE, CONTENT = (METRICS[key] for key in ("S15", "S15c", "S15o", "S15s"))

MEANS_NAME = Text("询问、质询等监督方式", "Inquiries and other means")
MEANS_SUBTITLE = Text(
    "{a}–{b} 年，单位：次；属全区事项，不随乡镇和所点单位、形式变化",
    "{a}–{b}, times; the whole district, whatever is chosen",
)
USED = Text("{a}–{b} 年{words}", "{a}–{b}: {words}")
ONCE = Text("{name} {n} 次", "{name} {n}")
UNUSED = Text("，{names}未启动", "; {names} not used")
ONLY_UNUSED = Text("{a}–{b} 年{names}未启动", "{a}–{b}: {names} not used")
NEVER = Text("未启动", "not used")
MEANS_FOOT = Text(
    "依法可用而不必用，未启动不等于失职；质询须由法定人数的组成人员或代表提出。",
    "These may be used where there is cause and need not be; an interpellation takes a legal number of movers.",
)
MEANS_EMPTY = Text("{a}–{b} 年没有监督记录，换年份再看。", "No records of supervision for {a}–{b}; try other years.")
STAGE, NUMBER = Text("环节", "Stage"), Text("数量", "Number")
FORM, SUM = Text("方式", "Means"), Text("合计", "Total")

REVIEW_NAME = Text("规范性文件备案审查", "Recording and review")
REVIEW_SUBTITLE = Text("规范性文件，单位：件", "Normative documents")
REVIEW_TITLE = Text("报备文件 {n} 件，已审查 {r} 件", "{n} documents filed, {r} reviewed")
REVIEW_FIXED = Text("，督促纠正 {c} 件", ", {c} corrected")
REVIEW_LATE = Text("，{u} 件超期未报备", ", {u} not filed in time")
REVIEW_UNFILED = Text("{u} 件文件超期未报备", "{u} documents not filed in time")
REVIEW_FOOT = Text(
    "公布后三十日内报备；超期未报备的按期末当日计，不论哪年公布。",
    "To be filed within thirty days of publication; those not filed stand as on the last day, whatever their year.",
)
REVIEW_EMPTY = Text(
    "所选范围内没有报备文件，可放宽年份或乡镇再看。", "No documents filed in this range; widen years or townships."
)
UNFILED_LINE = Text("超期未报备 {u} 件", "{u} not filed in time")
FILED_WORD, TIMELY = Text("报备", "Filed"), Text("按期报备", "In time")
REVIEWED_WORD, CORRECTED_WORD = Text("已审查", "Reviewed"), Text("已纠正", "Corrected")
LATE_FILED = Text("逾期报备 {n} 件", "{n} filed late")

PROJECTS_NAME = Text("民生实事项目", "Livelihood projects")
PROJECTS_SUBTITLE = Text("代表票决的项目，单位：项", "Projects voted by the Congress")
PROJECTS_ALL = Text("民生实事 {n} 项已全部完成", "All {n} livelihood projects are completed")
PROJECTS_SOME = Text("民生实事 {n} 项，已完成 {k} 项", "{k} of {n} livelihood projects are completed")
PROJECTS_BEHIND = Text("，{b} 项未按期", ", {b} not on schedule")
PROJECTS_EMPTY = Text(
    "所选范围内没有民生实事项目记录；未开展票决的地方可不填。",
    "No livelihood projects in this range; places without this vote leave it empty.",
)
DECIDED, SCHEDULE, FINISHED = Text("票决", "Voted"), Text("按期推进", "On schedule"), Text("已完成", "Completed")
BALLOTS = Text("测评满意票 {share}", "Satisfied votes {share}")
NOT_VOTED = Text("尚未测评", "No vote yet")


def _means_query(connection: Connection, view: View) -> pd.DataFrame:
    asked = view.context.with_filters(townships=(), picks=())
    return measure(connection, (ACTS,), asked, by=("year", "kind"), years=last_years(view))


def compose_means(found: pd.DataFrame, view: View) -> Picture:
    """Means down, years across, a word where one was never used; ``found`` has a row a year and form."""
    lang = view.lang
    years = known_years(ACTS, ("kind",), view) or last_years(view)
    ends = {"a": years[0], "b": years[-1]}
    counts = {(int(row["year"]), str(row["kind"])): granted(row["S01"]) for row in as_rows(found)}
    table = _means_table(counts, years, view)
    subtitle = MEANS_SUBTITLE(lang, **ends)
    if not sum(counts.values()):
        sentence = MEANS_EMPTY(lang, **ends)
        return Picture(MEANS_NAME(lang), subtitle, None, table, empty=sentence, alt=sentence)
    heads = [Column(FORM(lang)), *(Column(str(year), "right") for year in years), Column(SUM(lang), "right")]
    lines = tuple(_means_line(kind, counts, years, view) for kind in MEANS)
    title = used(counts, years, view)
    return Picture(title, subtitle, Listing(tuple(heads), lines), table, foot=MEANS_FOOT(lang), alt=title)


def used(counts: dict[tuple[int, str], int], years: tuple[int, ...], view: View) -> str:
    """How often special inquiry, interpellation and investigation were used, and which of them never were."""
    lang, ends = view.lang, {"a": years[0], "b": years[-1]}
    sums = {kind: sum(counts.get((year, kind), 0) for year in years) for kind in STRONG}
    done = [ONCE(lang, name=_word(kind, view), n=n) for kind, n in sums.items() if n]
    idle = [_word(kind, view) for kind, n in sums.items() if not n]
    separator = "、" if lang == "zh" else ", "
    if not done:
        return ONLY_UNUSED(lang, names=separator.join(idle), **ends)
    unused = UNUSED(lang, names=separator.join(idle)) if idle else ""
    return USED(lang, words=separator.join(done), **ends) + unused


def _word(kind: str, view: View) -> str:
    return SUPERVISION_KIND.label(kind, view.lang)


def _means_line(kind: str, counts: dict[tuple[int, str], int], years: tuple[int, ...], view: View) -> Line:
    where: dict[str, Any] = {"metric": ACTS.key, "townships": (), "picks": (("kind", kind),)}
    numbers = [counts.get((year, kind), 0) for year in years]
    cells = [
        Cell(str(n), "" if n else "muted", view.link("/records", **where, years=(year, year)) if n else "")
        for year, n in zip(years, numbers, strict=True)
    ]
    total = sum(numbers)
    last = Cell(str(total)) if total else Cell(NEVER(view.lang), "quiet")
    href = view.link("/records", **where, years=(years[0], years[-1])) if total else ""
    return Line((Cell(_word(kind, view)), *cells, last), href)


def _means_table(counts: dict[tuple[int, str], int], years: tuple[int, ...], view: View) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {FORM(view.lang): [_word(kind, view) for kind in MEANS]}
    for year in years:
        columns[str(year)] = [counts.get((year, kind), 0) for kind in MEANS]
    columns[SUM(view.lang)] = [sum(counts.get((year, kind), 0) for year in years) for kind in MEANS]
    return pd.DataFrame(columns)


def _review_query(connection: Connection, view: View) -> Any:
    return measure(connection, (FILED, IN_TIME, REVIEWED, CORRECTED, UNFILED), view.context).iloc[0]


def compose_review(total: Any, view: View) -> Picture:
    """Filed, in time, reviewed, corrected; ``total`` is one row of figures."""
    lang = view.lang
    if formats.is_missing(total["S13"]):  # nobody filled the years in; what is not filed stands whatever the years
        words = without_rows(FILED, view)
        return Picture(REVIEW_NAME(lang), REVIEW_SUBTITLE(lang), None, pd.DataFrame(), empty=words, alt=words)
    n, timely, r, c, u = (granted(total[name]) for name in ("S13", "S13t.k", "S13r", "S13c", "S13u"))
    late = (LATE_FILED(lang, n=n - timely),) if n > timely else ()
    unfiled = UNFILED_LINE(lang, u=u) if u else ""
    stages = (
        _stage(FILED_WORD, n, n, FILED, view, warning=unfiled),
        _stage(TIMELY, timely, n, IN_TIME, view, lines=(_rate(timely, n, view), *late)),
        _stage(REVIEWED_WORD, r, n, REVIEWED, view),
        _stage(CORRECTED_WORD, c, n, CORRECTED, view),
    )
    table = _steps_table(stages, view)
    if not n and not u:
        sentence = REVIEW_EMPTY(lang)
        return Picture(REVIEW_NAME(lang), REVIEW_SUBTITLE(lang), None, table, empty=sentence, alt=sentence)
    title = (
        REVIEW_TITLE(lang, n=n, r=r) + (REVIEW_FIXED(lang, c=c) if c else "") + (REVIEW_LATE(lang, u=u) if u else "")
    )
    if not n:
        title = REVIEW_UNFILED(lang, u=u)
    return Picture(title, REVIEW_SUBTITLE(lang), Steps(stages), table, foot=REVIEW_FOOT(lang), alt=title)


def _projects_query(connection: Connection, view: View) -> Any:
    return measure(connection, (PROJECTS, COMPLETED, ON_SCHEDULE, CONTENT), view.context).iloc[0]


def compose_projects(total: Any, view: View) -> Picture:
    """Voted, on schedule, completed, and the votes on them; ``total`` is one row of figures."""
    lang = view.lang
    n, schedule, dated, k = (granted(total[name]) for name in ("S15", "S15o.k", "S15o.n", "S15c.k"))
    ballots = total["S15s.n"]
    voted = BALLOTS(lang, share=_rate(total["S15s.k"], ballots, view)) if ballots else NOT_VOTED(lang)
    stages = (
        _stage(DECIDED, n, n, PROJECTS, view),
        _stage(SCHEDULE, schedule, n, ON_SCHEDULE, view, lines=(_rate(schedule, dated, view),)),
        _stage(FINISHED, k, n, COMPLETED, view, lines=(voted,)),
    )
    table = _steps_table(stages, view)
    if not n:
        sentence = PROJECTS_EMPTY(lang)
        return Picture(PROJECTS_NAME(lang), PROJECTS_SUBTITLE(lang), None, table, empty=sentence, alt=sentence)
    title = (PROJECTS_ALL if k == n else PROJECTS_SOME)(lang, n=n, k=k)
    title += PROJECTS_BEHIND(lang, b=dated - schedule) if dated > schedule else ""
    return Picture(title, PROJECTS_SUBTITLE(lang), Steps(stages), table, foot=PROJECTS.definition(lang), alt=title)


def _rate(k: Any, n: Any, view: View) -> str:
    return formats.share_with_base(k, n, view.lang, small_n=view.context.rules.small_n)


def _stage(
    name: Text, value: int, of: int, metric: Metric, view: View, *, lines: tuple[str, ...] = (), warning: str = ""
) -> Stage:
    counting, figure = PROJECTS if metric in (PROJECTS, ON_SCHEDULE, COMPLETED) else FILED, formats.number(value)
    unit = formats.unit(counting.unit, figure, view.lang)
    href = view.link("/records", metric=metric.key)
    return Stage(name(view.lang), figure, unit, value / of if of else 0, lines, warning, href)


def _steps_table(stages: tuple[Stage, ...], view: View) -> pd.DataFrame:
    counts = [int(stage.value.replace(",", "")) for stage in stages]
    return pd.DataFrame({STAGE(view.lang): [stage.name for stage in stages], NUMBER(view.lang): counts})


MEANS_USED = Exhibit("means", MEANS_NAME, (ACTS,), _means_query, compose_means)
REVIEW = Exhibit("review", REVIEW_NAME, (FILED, IN_TIME, REVIEWED, CORRECTED, UNFILED), _review_query, compose_review)
LIVELIHOOD = Exhibit(
    "projects", PROJECTS_NAME, (PROJECTS, COMPLETED, ON_SCHEDULE, CONTENT), _projects_query, compose_projects
)
