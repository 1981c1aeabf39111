"""Papers of the Congress on the Party committee's table: how many days each took from submission to forwarding."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, is_unfinished, last_years
from dashboard.exhibits.plot import Plot
from dashboard.formats import granted
from dashboard.sources import UNFILLED
from dashboard.subjects.leadership import FORWARDED, LONGEST, MEDIAN, days, of_the_district
from dashboard.theme import axis, layout, tokens, value_axis
from data_access import lists
from data_access.measure import measure
from data_access.text import Text

NAME = Text("批转用时", "Days to forward papers")
TITLE = Text("{when}批转文件 {n} 件", "{n} papers forwarded in {when}")
TOOK = Text("，用时中位 {median} 天，最长 {longest} 天", ", median {median} days, longest {longest}")
TOOK_ONE = Text("，用时 {median} 天", ", after {median} days")
NONE = Text("{when}没有批转文件的记录", "No papers on record as forwarded in {when}")
ONE_YEAR, MANY_YEARS = Text("{a} 年", "{a}"), Text("{a}–{b} 年", "{a}–{b}")
SUBTITLE = Text(
    "报送到批转的天数，每点一件，竖线为当年中位数",
    "Days from submission to forwarding, a dot a paper; rules are the years' medians",
)
FOOT = Text(
    "已报送、尚未批转的没有批转日期，不在其中。", "Papers submitted and not yet forwarded have no day and are not here."
)
UNDATED = Text("{n} 件未填报送日期，不计用时。", "{n} papers have no day of submission and no length.")
EMPTY = Text("{a}–{b} 年没有批转文件的记录，可放宽年份再看。", "No papers on record for {a}–{b}; widen the years.")
NO_LENGTH = Text("{a}–{b} 年批转的文件都没有填报送日期，算不出用时。", "No paper of {a}–{b} has a day of submission.")
COLUMNS = (
    Text("年度", "Year"), Text("文件", "Paper"), Text("报送日期", "Submitted"), Text("批转日期", "Forwarded"),
    Text("天数", "Days"),
)  # fmt: skip
MIDDLE = Text("中位 {n}", "median {n}")
COUNT = Text("{n} 件", "n={n}")
AXIS = Text("天", "days")
ROW, TOP, STEP = 40, 46, 0.2


def _query(connection: Connection, view: View) -> tuple[lists.Listing, pd.DataFrame, Any]:
    years, asked = last_years(view), (FORWARDED, MEDIAN, LONGEST)
    papers = lists.records(connection, FORWARDED, view.context.with_filters(years=(years[0], years[-1])), limit=1000)
    by_year = measure(connection, asked, view.context, by=("year",), years=years)
    return papers, by_year, measure(connection, asked, view.context).iloc[0]


def compose(data: tuple[lists.Listing, pd.DataFrame, Any], view: View) -> Picture:
    """Dots by year from papers (``record``, ``title``, ``submitted_on``, ``held_on``, ``days``), medians, totals."""
    papers, by_year, total = data
    lang, years = view.lang, last_years(view)
    ends = {"a": years[0], "b": years[-1]}
    table, subtitle, title = _table(papers.rows, view), SUBTITLE(lang), finding(total, view)
    known = papers.rows.dropna(subset=["days"]) if papers.total else papers.rows
    if known.empty:
        sentence = (NO_LENGTH if papers.total else EMPTY)(lang, **ends)
        return Picture(NAME(lang), subtitle, None, table, empty=sentence, alt=sentence)
    undated = papers.total - len(known)
    foot = FOOT(lang) + (("" if lang == "zh" else " ") + UNDATED(lang, n=undated) if undated else "")
    height = TOP + ROW * len(years)
    body = Plot(_figure(known, by_year, papers.kind, view), height)
    return Picture(title, subtitle, body, table, foot=foot, alt=title)


def finding(total: Any, view: View) -> str:
    """How many papers in the years asked for, their median and longest; one paper has no median."""
    a, b = view.context.filters.years
    when = (ONE_YEAR if a == b else MANY_YEARS)(view.lang, a=a, b=b)
    n, dated = granted(total[FORWARDED.key]), granted(total[f"{MEDIAN.key}.n"])
    if not n:
        return NONE(view.lang, when=when)
    words = TITLE(view.lang, when=when, n=n)
    if not dated:
        return words
    took = TOOK if dated > 1 else TOOK_ONE
    return words + took(view.lang, median=days(total[MEDIAN.key]), longest=days(total[LONGEST.key]))


def _figure(known: pd.DataFrame, by_year: pd.DataFrame, kind: str, view: View) -> dict[str, Any]:
    colour, lang, years = tokens(view.mode), view.lang, list(last_years(view))
    place = {year: row for row, year in enumerate(reversed(years))}
    rows = as_rows(known)
    on = [row["held_on"].year for row in rows]
    fills = [colour["red"] if is_unfinished(view, year) else colour["blue"] for year in on]
    hover = [f"{row['title']}<br>{formats.day(row['held_on'])}  <b>{int(row['days'])} {AXIS(lang)}</b>" for row in rows]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [float(row["days"]) for row in rows],
        "y": _apart([(place[year], float(row["days"])) for year, row in zip(on, rows, strict=True)]),
        "customdata": [view.record(kind, row["record"]) for row in rows],
        "hovertext": hover,
        "hoverinfo": "text",
        "marker": {"color": fills, "size": 11, "opacity": 0.82, "line": {"color": colour["card"], "width": 1}},
    }
    middles = [(place[int(y)], float(m)) for y, m in by_year[["year", MEDIAN.key]].itertuples(index=False) if m == m]
    rules = [
        {"type": "line", "x0": m, "x1": m, "y0": y - 0.34, "y1": y + 0.34, "line": {"color": colour["ink"], "width": 2}}
        for y, m in middles
    ]
    counts = {
        int(year): UNFILLED(lang) if formats.is_missing(n) else COUNT(lang, n=formats.number(n))
        for year, n in zip(by_year["year"], by_year[FORWARDED.key], strict=True)
    }
    ink = colour["ink"]
    words = [f"<b style='color:{ink}'>{year}</b>" if year == years[-1] else str(year) for year in reversed(years)]
    lines = [f"{word}  {counts.get(year, COUNT(lang, n=0))}" for word, year in zip(words, reversed(years), strict=True)]
    beside = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 4, "showarrow": False}
    notes = [
        {**beside, "y": y, "text": MIDDLE(lang, n=days(m)), "font": {"size": 12, "color": colour["ink2"]}}
        for y, m in middles
    ]
    most = max(float(row["days"]) for row in rows)
    made = layout(
        view.mode,
        margin={"l": 4, "r": 62 if lang == "zh" else 76, "t": 4, "b": 22},
        shapes=rules,
        annotations=notes,
        xaxis=value_axis(
            view.mode, range=[0, most * 1.06], ticksuffix=f" {AXIS(lang)}", nticks=4
        ),
        yaxis=axis(
            view.mode, tickvals=list(range(len(years))), ticktext=lines, showline=False,
            range=[len(years) - 0.45, -0.55],
        ),
    )  # fmt: skip
    return {"data": [dots], "layout": made}


def _apart(dots: list[tuple[int, float]]) -> list[float]:
    """Rows of dots, those that fall on one another moved apart."""
    seen: dict[tuple[int, float], int] = {}
    made = []
    for dot in dots:
        number = seen[dot] = seen.get(dot, 0) + 1
        made.append(dot[0] + STEP * (number // 2) * (-1 if number % 2 else 1))
    return made


def _table(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    lines = [
        (row["held_on"].year, row["title"], row["submitted_on"], row["held_on"], row["days"]) for row in as_rows(rows)
    ]
    return pd.DataFrame(lines, columns=[column(view.lang) for column in COLUMNS])


PAPERS = of_the_district(Exhibit("papers", NAME, (FORWARDED, MEDIAN, LONGEST), _query, compose))
