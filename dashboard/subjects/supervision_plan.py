"""The yearly supervision plan month by month: held, past its planned day, to come."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.bars_by_year_figure import key
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, is_unfinished
from dashboard.exhibits.plot import Plot
from dashboard.formats import granted
from dashboard.theme import axis, layout, tokens, value_axis
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.text import Lang, Text

PLAN, BEHIND, UNPLANNED = METRICS["S11"], METRICS["S11b"], METRICS["S11u"]

PLAN_NAME = Text("年度监督计划进度", "Progress of the yearly plan")
PLAN_DONE = Text("{year} 年计划 {n} 项，已全部开展", "All {n} planned items of {year} were held")
PLAN_PART = Text("{year} 年计划 {n} 项，已开展 {k} 项", "{k} of {n} planned items of {year} were held")
PLAN_BEHIND = Text("，{n} 项已过计划日期", ", {n} are past their planned day")
PLAN_AHEAD = Text("，其余均未到计划日期", ", the rest are not yet due")
PLAN_SUBTITLE = Text("按计划月份，单位：项", "By planned month, items")
RATE = Text("；完成率 {share}", "; progress {share}")
EXTRA = Text("另有计划外 {n} 项。", "{n} unplanned items were held besides.")
ADJUST = Text(
    "计划可依法适当调整；民生实事项目另列。", "A plan may lawfully be adjusted; livelihood projects stand apart."
)
PLAN_EMPTY = Text(
    "{year} 年没有年度监督计划记录，换年份或取消筛选再看。", "No yearly plan on record for {year} in this view."
)
HELD, LATE, AHEAD = Text("已开展", "Held"), Text("已过计划日期", "Past its day"), Text("未到计划日期", "To come")
MONTH = Text("月份", "Month")
UNDATED = Text("未定", "Undated")
MONTH_WORD = Text("{m}月", "{m}")
HEIGHT = 270
UNSET = 13  # the place after December


def _plan_query(connection: Connection, view: View) -> pd.DataFrame:
    year = view.context.filters.years[1]
    return measure(connection, (PLAN, BEHIND, UNPLANNED), view.context, by=("month",), years=(year,))


def compose_plan(months: pd.DataFrame, view: View) -> Picture:
    """Held, past its day and to come, by planned month of the last year asked for.

    ``months`` has a row a month (missing where no day was set): ``S11.k``, ``S11.n``, ``S11b``, and ``S11u`` by the
    month in which it was held.
    """
    lang, year = view.lang, view.context.filters.years[1]
    n, k, late = (int(months[name].sum()) for name in ("S11.n", "S11.k", "S11b"))
    table, extra = _plan_table(months, lang), int(months["S11u"].sum())
    foot = (EXTRA(lang, n=extra) if extra else "") + ("" if lang == "zh" or not extra else " ") + ADJUST(lang)
    if not n:
        sentence = PLAN_EMPTY(lang, year=year)
        return Picture(PLAN_NAME(lang), PLAN_SUBTITLE(lang), None, table, empty=sentence, alt=sentence)
    undated = sum(ahead for month, (_, _, ahead) in _by_month(months).items() if month == UNSET)
    title = (PLAN_DONE if k == n else PLAN_PART)(lang, year=year, n=n, k=k)
    if late:
        title += PLAN_BEHIND(lang, n=late)
    elif k < n and not undated:
        title += PLAN_AHEAD(lang)
    share = formats.share_with_base(k, n, lang, small_n=view.context.rules.small_n)
    wide, phone = (_plan_figure(months, view, year, narrow=narrow) for narrow in (False, True))
    body = Plot(wide, HEIGHT, phone=phone)
    return Picture(title, PLAN_SUBTITLE(lang) + RATE(lang, share=share), body, table, foot=foot, alt=title)


def _by_month(months: pd.DataFrame) -> dict[int, tuple[int, int, int]]:
    """Month (``UNSET`` where none was set) to held, past its day, to come."""
    made = {}
    for row in as_rows(months):
        month = UNSET if formats.is_missing(row["month"]) else int(row["month"])
        n, k, late = granted(row["S11.n"]), granted(row["S11.k"]), granted(row["S11b"])
        if n:
            made[month] = (k, late, n - k - late)
    return made


def _records(metric: Metric, month: int, year: int, view: View) -> str:
    of_month: dict[str, Any] = {"pick": ("month", month)} if month < UNSET else {}
    return view.link("/records", metric=metric.key, years=(year, year), **of_month)


def _plan_figure(months: pd.DataFrame, view: View, year: int, *, narrow: bool) -> dict[str, Any]:
    colour, lang, found = tokens(view.mode), view.lang, _by_month(months)
    shown = list(range(1, UNSET + 1 if UNSET in found else UNSET))
    ticks = [(str(m) if narrow else MONTH_WORD(lang, m=m)) if m < UNSET else UNDATED(lang) for m in shown]
    if is_unfinished(view, year):
        now = view.context.as_of.month
        ticks[now - 1] = f'<b style="color:{colour["ink"]}">{ticks[now - 1]}</b>'
    unset: dict[str, Any] = {"color": colour["card"], "line": {"color": colour["axis"], "width": 1}}
    looks = (
        (HELD, 0, PLAN, {"color": colour["blue"]}),
        (LATE, 1, BEHIND, {"color": colour["amberfill"]}),
        (AHEAD, 2, PLAN, unset | {"pattern": {"shape": "/", "fgcolor": colour["hatch"], "size": 6, "solidity": 0.16}}),
    )
    traces: list[dict[str, Any]] = [
        {
            "type": "bar", "name": name(lang), "x": shown, "y": [found.get(m, (0, 0, 0))[place] for m in shown],
            "marker": marker, "width": 0.62, "hoverinfo": "text",
            "hovertext": [f"{ticks[m - 1]}  {name(lang)}<br><b>{found.get(m, (0, 0, 0))[place]}</b>" for m in shown],
            "customdata": [_records(metric, month, year, view) for month in shown],
        }
        for name, place, metric, marker in looks
        if any(part[place] for part in found.values())
    ]  # fmt: skip
    totals = [sum(found.get(m, (0, 0, 0))) for m in shown]
    traces.append(
        {
            "type": "scatter", "mode": "text", "x": shown, "y": totals, "text": [str(t) if t else "" for t in totals],
            "textposition": "top center", "textfont": {"size": 12, "color": colour["ink"]}, "hoverinfo": "skip",
            "cliponaxis": False, "showlegend": False,
        }
    )  # fmt: skip
    made = layout(
        view.mode,
        barmode="stack",
        showlegend=True,
        legend=key(below=False),
        margin={"l": 4, "r": 4, "t": 8, "b": 4},
        xaxis=axis(view.mode, tickvals=shown, ticktext=ticks, range=[0.5, shown[-1] + 0.5]),
        yaxis=value_axis(view.mode, range=[0, 1.16 * max(totals)], showticklabels=False, showgrid=False),
    )
    return {"data": traces, "layout": made}


def _plan_table(months: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    found = _by_month(months)
    lines = [(MONTH_WORD(lang, m=m) if m < UNSET else UNDATED(lang), *found[m]) for m in sorted(found)]
    return pd.DataFrame(lines, columns=[MONTH(lang), HELD(lang), LATE(lang), AHEAD(lang)])


PROGRESS = Exhibit("plan", PLAN_NAME, (PLAN, BEHIND, UNPLANNED), _plan_query, compose_plan)
