"""What came of supervision: points raised and acted on, and satisfaction votes of the Standing Committee."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, last_years, named
from dashboard.exhibits.ladder import Ladder, Part, Rung
from dashboard.formats import granted
from data_access.dimensions import labels
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.text import Text

RAISED, DOCUMENTS, ACTED = METRICS["S07"], METRICS["S07d"], METRICS["S08"]
VOTES, SATISFIED, BASIC, DISSATISFIED = (METRICS[key] for key in ("S10n", "S10", "S10b", "S10d"))

OPINIONS_NAME = Text("意见建议及其落实", "Points raised and what became of them")
OPINIONS_SUBTITLE = Text("{a}–{b} 年，单位：条", "{a}–{b}, points")
RATE = Text("；{year} 年落实率 {share}", "; {share} acted on in {year}")
ALL_ACTED = Text("{year} 年到期意见 {n} 条，均已落实", "All {n} points of {year} due are reported done")
SOME_ACTED = Text(
    "{year} 年到期意见 {n} 条，落实 {k} 条",
    "{k} of {n} points of {year} due are reported done",
)
NONE_DUE = Text("{year} 年提出意见 {n} 条，均未到期或无期限", "{n} points raised in {year}, none due")
DONE, UNDER_WAY, NOT_DUE = Text("已落实", "Acted on"), Text("尚未落实", "Not yet"), Text("未到期或无期限", "Not due")
OPINIONS_FOOT = Text(
    "落实条数由被监督单位自报；斜线为尚未到期或未定期限的，不计入落实率。{docs}",
    "As reported by the units supervised; hatched points are not due or have no limit and stay out of the rate. {docs}",
)
IN_DOCUMENTS = Text("{year} 年印发审议意见 {n} 件。", "{n} opinion documents were issued in {year}.")
OPINIONS_EMPTY = Text(
    "{a}–{b} 年没有提出意见建议的记录，可放宽年份或乡镇再看。",
    "No points on record for {a}–{b}; widen years or townships.",
)
YEAR = Text("年份", "Year")

VOTES_NAME = Text("满意度测评", "Satisfaction votes")
VOTES_SUBTITLE = Text(
    "收回 {ballots} 票，按被监督单位；条长为满意票占比",
    "{ballots} ballots returned, by unit supervised; bars: share satisfied",
)
HALF = Text("{n} 项满意度测评，{units}满意票不到半数", "{n} votes: fewer than half satisfied for {units}")
OVER_HALF = Text("{n} 项满意度测评，各单位满意票均达半数", "{n} votes: at least half satisfied for every unit")
AND_MORE = Text("等 {n} 个单位", " and others, {n} units in all")
VOTES_FOOT = Text(
    "票为常委会组成人员所投，与代表对建议办理的评价无关；不满意票占比高的在前，同一单位多次测评合并计算。",
    "Ballots of committee members, not deputies' ratings; most dissatisfied first, votes on one unit together.",
)
VOTES_EMPTY = Text(
    "所选范围内没有组织满意度测评，可放宽年份或取消筛选再看。",
    "No satisfaction votes in this range; widen years or remove filters.",
)
HEADS = (Text("满意", "Yes"), Text("基本", "Mostly"), Text("不满", "No"), Text("收回", "Ballots"))
UNIT = Text("被监督单位", "Unit supervised")
LEFT_OUT = Text("另有 {n} 个单位见表格。", " {n} more units are in the table.")
TIMES = Text("测评（项）", "Votes held")
MOST = 9
NAMED = 2


def _opinions_query(connection: Connection, view: View) -> pd.DataFrame:
    return measure(connection, (RAISED, DOCUMENTS, ACTED), view.context, by=("year",), years=last_years(view))


def compose_opinions(years: pd.DataFrame, view: View) -> Picture:
    """One ladder a year in which points were raised: acted on, due and not yet, not due."""
    lang = view.lang
    parts = {int(row["year"]): _parts(row) for row in as_rows(years)}
    ends = {"a": min(parts), "b": max(parts)}
    table = _opinions_table(years, parts, view)
    rungs = tuple(Rung(str(year), _rung(counts, year, view)) for year, counts in parts.items() if sum(counts))
    subtitle = OPINIONS_SUBTITLE(lang, **ends)
    if not rungs:
        sentence = OPINIONS_EMPTY(lang, **ends)
        return Picture(OPINIONS_NAME(lang), subtitle, None, table, empty=sentence, alt=sentence)
    year = max(parts)
    done, rest, _ = parts[year]
    if done + rest:
        share = formats.share_with_base(done, done + rest, lang, small_n=view.context.rules.small_n)
        subtitle += RATE(lang, year=year, share=share)
    docs = int(years.loc[years["year"] == year, "S07d"].sum())
    foot = OPINIONS_FOOT(lang, docs=IN_DOCUMENTS(lang, year=year, n=docs) if docs else "").strip()
    title = became(parts[year], year, view) or OPINIONS_NAME(lang)
    return Picture(title, subtitle, Ladder(rungs), table, foot=foot, alt=title)


def became(counts: tuple[int, int, int], year: int, view: View) -> str:
    """What became of a year's points in one sentence; empty when none were raised."""
    done, rest, not_due = counts
    if done + rest and not rest:
        return ALL_ACTED(view.lang, year=year, n=done)
    if done + rest:
        return SOME_ACTED(view.lang, year=year, n=done + rest, k=done)
    return NONE_DUE(view.lang, year=year, n=not_due) if not_due else ""


def _parts(row: Any) -> tuple[int, int, int]:
    # Of a year that only a printed total is known of nobody can say what became of its points.
    if formats.is_missing(row["S08.n"]):
        return 0, 0, 0
    raised, due, done = granted(row["S07"]), granted(row["S08.n"]), granted(row["S08.k"])
    return done, max(due - done, 0), max(raised - due, 0)


def _rung(counts: tuple[int, int, int], year: int, view: View) -> tuple[Part, ...]:
    due = view.link("/records", metric=ACTED.key, years=(year, year))
    all_raised = view.link("/records", metric=RAISED.key, years=(year, year))
    done, rest, not_due = counts
    return (
        Part("good", DONE(view.lang), done, due),
        Part("fair", UNDER_WAY(view.lang), rest, due),
        Part("none", NOT_DUE(view.lang), not_due, all_raised),
    )


def _opinions_table(years: pd.DataFrame, parts: dict[int, tuple[int, int, int]], view: View) -> pd.DataFrame:
    lang = view.lang
    found = list(zip(years["S08.n"], parts.values(), strict=True))
    return pd.DataFrame(
        {
            YEAR(lang): [str(year) for year in parts],
            RAISED.name(lang): years["S07"].to_list(),
            **{
                name(lang): [None if formats.is_missing(n) else counts[i] for n, counts in found]
                for i, name in enumerate((DONE, UNDER_WAY, NOT_DUE))
            },
            ACTED.name(lang): years["S08"].to_list(),
            DOCUMENTS.name(lang): years["S07d"].to_list(),
        }
    )


def _votes_query(connection: Connection, view: View) -> tuple[pd.DataFrame, dict[str, Text]]:
    found = measure(connection, (VOTES, SATISFIED, BASIC, DISSATISFIED), view.context, by=("unit",))
    return found, labels(connection, "unit", view.context)


def compose_votes(data: tuple[pd.DataFrame, dict[str, Text]], view: View) -> Picture:
    """Ballots by unit supervised; ``data`` holds a row a unit and the units' names."""
    found, known = data
    lang = view.lang
    made = found[found["S10.n"] > 0].assign(label=lambda rows: [named(known, unit, view) for unit in rows["unit"]])
    made = made.assign(bad=made["S10d.k"] / made["S10.n"]).sort_values(["bad", "label"], ascending=[False, True])
    table = _votes_table(made, view)
    if made.empty:
        sentence = VOTES_EMPTY(lang)
        return Picture(VOTES_NAME(lang), "", None, table, empty=sentence, alt=sentence)
    ballots = int(made["S10.n"].sum())
    title = lowest(made, view)
    bars = tuple(_bar(row, view) for row in as_rows(made.head(MOST)))
    body = BarList(bars, tuple(head(lang) for head in HEADS), full=1)
    subtitle = VOTES_SUBTITLE(lang, ballots=formats.number(ballots))
    rest = LEFT_OUT(lang, n=len(made) - MOST) if len(made) > MOST else ""
    return Picture(title, subtitle, body, table, foot=VOTES_FOOT(lang) + rest, alt=title)


def lowest(made: pd.DataFrame, view: View) -> str:
    """Which units got fewer than half of the ballots as satisfied ones; otherwise that none did."""
    lang, n = view.lang, int(made["S10n"].sum())
    low = sorted(made.loc[2 * made["S10.k"] < made["S10.n"], "label"])
    if not low:
        return OVER_HALF(lang, n=n)
    names = ("、" if lang == "zh" else ", ").join(low[:NAMED]) + (
        AND_MORE(lang, n=len(low)) if len(low) > NAMED else ""
    )
    return HALF(lang, n=n, units=names)


def _bar(row: Any, view: View) -> Bar:
    bad = granted(row["S10d.k"])
    cells = tuple(formats.number(row[name]) for name in ("S10.k", "S10b.k", "S10d.k", "S10.n"))
    unit = row["unit"]
    to_unit = {} if formats.is_missing(unit) else {"pick": ("unit", str(unit))}
    href = view.link("/records", metric=VOTES.key, **to_unit)
    return Bar(row["label"], float(row["S10.k"] / row["S10.n"]), cells, warn=2 if bad else None, href=href)


def _votes_table(made: pd.DataFrame, view: View) -> pd.DataFrame:
    names = ("S10.k", "S10b.k", "S10d.k", "S10.n")
    columns: dict[str, Any] = {UNIT(view.lang): made["label"].to_list(), TIMES(view.lang): made["S10n"].to_list()}
    columns |= {head(view.lang): made[name].to_list() for head, name in zip(HEADS, names, strict=True)}
    return pd.DataFrame(columns)


OPINIONS = Exhibit("opinions", OPINIONS_NAME, (RAISED, DOCUMENTS, ACTED), _opinions_query, compose_opinions)
SATISFACTION = Exhibit("votes", VOTES_NAME, (SATISFIED, BASIC, DISSATISFIED, VOTES), _votes_query, compose_votes)
