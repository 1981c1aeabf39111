"""Funds of the Congress: budgeted and spent by kind, and by year with what a deputy's activities were given."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, is_unfinished, last_years
from dashboard.subjects.capacity import BUDGET, PATH, RATE, SPENT
from dashboard.subjects.whole_district import Matter
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.tables.codes import BUDGET_KIND
from data_access.text import Text

SERVING = METRICS["L15.serving.d"]
of_the_district = Matter(
    PATH,
    (BUDGET,),
    Text("经费由{word}级预算安排，不按乡镇（街道）区分。", "Funds are the district's and belong to no township."),
    Text(
        "经费由{word}级预算安排，不按乡镇（街道）区分，所选乡镇没有记录。",
        "Funds belong to no township; none in this choice.",
    ),
).wrap
ONE_YEAR, MANY_YEARS = Text("{a} 年", "{a}"), Text("{a}–{b} 年", "{a}–{b}")
KINDS_NAME = Text("经费按类别", "Funds by kind")
TITLE = Text(
    "{when}安排经费 {budget} 万元，支出 {spent} 万元", "{when}: {budget} budgeted, {spent} spent (10,000 yuan)"
)
SHARE = Text("，执行率 {share}", ", {share}")
SO_FAR = Text("，当年为截至数据日", ", this year so far")
KINDS_SUBTITLE = Text("万元；条为支出，竖线为预算安排", "10,000 yuan; bars: spent, rules: budgeted")
KINDS_FOOT = Text(
    "预算安排不等于支出；支出超过安排的标琥珀色；按预算年度，不计人员工资。",
    "A budget is not spending; spending over the budget is amber; by fiscal year, without salaries.",
)
YEARS_NAME = Text("各年经费", "Funds by year")
YEARS_TITLE = Text(
    "代表活动经费由 {a} 年人均 {x} 元到 {b} 年 {y} 元", "Activity funds per deputy: {x} yuan in {a}, {y} in {b}"
)
YEARS_SUBTITLE = Text(
    "万元；条为支出，竖线为安排；人均按期末在任{word}代表",
    "10,000 yuan; bars: spent, rules: budgeted; each: of district deputies at the year's end",
)
YEARS_FOOT = Text(
    "{b} 年未满，支出为截至数据日，不宜与全年比较。",
    "{b} is unfinished: spending so far is no measure for a whole year.",
)
YEARS_FOOT_FULL = Text("按预算年度；没有记录的年份不列。", "By fiscal year; years without records are left out.")
EMPTY = Text("{when}没有经费记录，可放宽年份再看。", "No funds on record for {when}; widen the years.")
HEADS = (Text("安排", "Budget"), Text("支出", "Spent"), Text("执行率", "Share"))
EACH = Text("人均（元）", "Yuan each")
KIND, YEAR = Text("类别", "Kind"), Text("年份", "Year")
YUAN = 10_000


def _when(years: tuple[int, int], view: View) -> str:
    a, b = years
    return (ONE_YEAR if a == b else MANY_YEARS)(view.lang, a=a, b=b)


def _kinds_query(connection: Connection, view: View) -> tuple[pd.DataFrame, Any]:
    asked = (BUDGET, SPENT, RATE)
    by_kind = measure(connection, asked, view.context, by=("budget_kind",))
    return by_kind, measure(connection, asked, view.context).iloc[0]


def compose_kinds(data: tuple[pd.DataFrame, Any], view: View) -> Picture:
    """Spent against budgeted for each kind, in the order of the budget; ``data`` holds figures by kind and in all."""
    by_kind, total = data
    lang, when = view.lang, _when(view.context.filters.years, view)
    order = list(BUDGET_KIND)
    rows = sorted(as_rows(by_kind), key=lambda row: order.index(row["budget_kind"]))
    lines = [
        (BUDGET_KIND.label(row["budget_kind"], lang), row[BUDGET.key], row[SPENT.key], row[RATE.key]) for row in rows
    ]
    table = pd.DataFrame(lines, columns=[KIND(lang), *(head(lang) for head in HEADS)])
    if not rows:
        sentence = EMPTY(lang, when=when)
        return Picture(KINDS_NAME(lang), KINDS_SUBTITLE(lang), None, table, empty=sentence, alt=sentence)
    title = finding(total, when, view)
    bars = tuple(_kind(row, view) for row in rows)
    heads = tuple(head(lang) for head in HEADS)
    return Picture(title, KINDS_SUBTITLE(lang), BarList(bars, heads), table, foot=KINDS_FOOT(lang), alt=title)


def finding(total: Any, when: str, view: View) -> str:
    """What was budgeted and spent in all, with the share where both are known, and that this year is not over."""
    lang = view.lang
    budget, spent = (formats.number(total[metric.key], 1) for metric in (BUDGET, SPENT))
    made = TITLE(lang, when=when, budget=budget, spent=spent)
    if not formats.is_missing(total[RATE.key]):
        made += SHARE(lang, share=formats.percent(total[RATE.key]))
    return made + (SO_FAR(lang) if is_unfinished(view, view.context.filters.years[1]) else "")


def _kind(row: Any, view: View) -> Bar:
    href = view.link("/records", metric=BUDGET.key, pick=("budget_kind", row["budget_kind"]))
    # What the kinds have in common the title says already, and a phone has no room for it.
    name = BUDGET_KIND.label(row["budget_kind"], view.lang).removesuffix("经费")
    return _bar(name, row, (), href)


def _bar(name: str, row: Any, more: tuple[str, ...], href: str) -> Bar:
    """Spending as a bar, amber where it goes over the budget, which is a rule."""
    spent, budget = float(row[SPENT.key]), float(row[BUDGET.key])
    cells = (formats.number(budget, 1), formats.number(spent, 1), formats.percent(row[RATE.key]), *more)
    over = max(spent - budget, 0.0) if budget else 0.0
    return Bar(name, spent, cells, late=over, mark=budget, warn=2 if over else None, href=href)


def _years_query(connection: Connection, view: View) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    years = last_years(view)
    by_year = measure(connection, (BUDGET, SPENT, RATE), view.context, by=("year",), years=years)
    by_kind = measure(connection, (BUDGET,), view.context, by=("year", "budget_kind"), years=years)
    serving = measure(connection, (SERVING,), view.context, by=("year",), years=years)
    return by_year, by_kind, serving


def compose_years(data: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], view: View) -> Picture:
    """Spent against budgeted year by year, and activity funds per district deputy."""
    by_year, by_kind, serving = data
    lang, years = view.lang, last_years(view)
    rows = [row for row in as_rows(by_year) if any(_is_known(row[metric.key]) for metric in (BUDGET, SPENT))]
    each = {int(row["year"]): per_deputy(int(row["year"]), by_kind, serving) for row in rows}
    lines = [(str(int(r["year"])), r[BUDGET.key], r[SPENT.key], r[RATE.key], each[int(r["year"])]) for r in rows]
    table = pd.DataFrame(lines, columns=[YEAR(lang), *(head(lang) for head in HEADS), EACH(lang)])
    subtitle = YEARS_SUBTITLE(lang, word=view.context.rules.region_word)
    if not rows:
        sentence = EMPTY(lang, when=_when((years[0], years[-1]), view))
        return Picture(YEARS_NAME(lang), subtitle, None, table, empty=sentence, alt=sentence)
    known = {year: value for year, value in each.items() if value is not None}
    title = YEARS_NAME(lang)
    if len(known) > 1:
        a, b = min(known), max(known)
        title = YEARS_TITLE(lang, a=a, b=b, x=formats.number(known[a]), y=formats.number(known[b]))
    bars = tuple(_year(row, each[int(row["year"])], view) for row in rows)
    heads = (*(head(lang) for head in HEADS), EACH(lang))
    last = int(rows[-1]["year"])
    foot = YEARS_FOOT(lang, b=last) if is_unfinished(view, last) else YEARS_FOOT_FULL(lang)
    return Picture(title, subtitle, BarList(bars, heads), table, foot=foot, alt=title)


def _is_known(value: Any) -> bool:
    return not formats.is_missing(value) and value != 0


def per_deputy(year: int, by_kind: pd.DataFrame, serving: pd.DataFrame) -> float | None:
    """Activity funds budgeted for a year, in yuan a district deputy serving at its end; missing without either."""
    funds = by_kind[(by_kind["year"] == year) & (by_kind["budget_kind"] == "ACTIVITY")][BUDGET.key].sum()
    deputies = serving[serving["year"] == year][SERVING.key].sum()
    return float(funds) * YUAN / float(deputies) if funds and deputies else None


def _year(row: Any, each: float | None, view: View) -> Bar:
    year = int(row["year"])
    href = view.link("/records", metric=BUDGET.key, years=(year, year))
    return _bar(str(year), row, (formats.number(each),), href)


KINDS = of_the_district(Exhibit("funds", KINDS_NAME, (BUDGET, SPENT, RATE), _kinds_query, compose_kinds))
YEARS = of_the_district(Exhibit("years", YEARS_NAME, (BUDGET, SPENT, RATE), _years_query, compose_years))
