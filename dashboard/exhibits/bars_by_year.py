"""bars_by_year(): a count by year, stacked by one dimension; thin rules mark the same dates of earlier years."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.bars_by_year_figure import PHONE_HEIGHT, SAME, TOTAL, Chart, Layer, figure, height
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, is_unfinished, last_years, lines_of, named
from dashboard.exhibits.plot import Plot
from dashboard.theme import CATEGORICAL
from data_access.dimensions import labels
from data_access.measure import Columns, measure, measured
from data_access.metrics.metric import Metric
from data_access.text import Lang, Text

WHOLE = Text("{a}–{b} 年{n}，按{by}", "{n} in {a}–{b}, by {by}")
CUT = Text(
    "{a}–{b} 年{n}，按{by}；{b} 年至 {m} 月 {d} 日，横线为往年同期",
    "{n} in {a}–{b}, by {by}; {b} to {m}-{d}, rules mark the same dates of earlier years",
)
COUNTED = Text("{name} {n}", "{name}: {n}")
LEADING = Text("{a}–{b} 年以{first}最多，占 {share}", "{a}–{b}: {first} leads with {share}")
LEADING_TWO = Text("{a}–{b} 年以{first}、{second}为多，合占 {share}", "{a}–{b}: {first} and {second} make up {share}")
ONLY = Text("{a}–{b} 年{first}共 {n}", "{a}–{b}, {first}: {n} in all")
OTHERS = Text("其他 {n} 类", "{n} others")
YEAR = Text("年份", "Year")
EMPTY = Text("{a}–{b} 年没有{name}，可放宽年份或乡镇再看。", "No {name} in {a}–{b}; widen years or townships.")
LAST_SLOT = 9  # the palette's grey, always 其他
STANDS_OUT = 0.35  # from this share on one group makes the title alone

Finding = Callable[[pd.DataFrame, View], str]
Bands = Callable[[Connection, View], tuple[int, ...]]
Together = Mapping[Text, tuple[str, ...]]


@dataclass(frozen=True)
class Counted:
    """What was fetched: counts by year and group, words of the codes, years to shade; in an unfinished year also the
    totals to the same dates."""

    counts: Columns
    same: pd.DataFrame | None
    words: Mapping[Any, Text]
    shaded: tuple[int, ...] = ()


def bars_by_year(
    metric: Metric,
    by: str,
    *,
    key: str,
    name: Text,
    path: str,
    by_name: Text,
    most: int = 5,
    together: Together | None = None,
    finding: Finding | None = None,
    foot: Text | None = None,
    shaded: Bands | None = None,
    band_name: Text | None = None,
) -> Exhibit:
    """A count over the five years that end with the last one asked for (longer choices: all of them).

    The ``most`` largest groups have a colour each, the rest is folded into 其他. ``together`` puts codes into groups of
    its own names, until the reader picks some of them. ``shaded`` names years that stand on a grey band called
    ``band_name``, such as election years. ``finding`` gets one row a group, largest first: ``codes``, ``label``,
    ``total`` and a column a year.
    """

    def query(connection: Connection, view: View) -> Counted:
        years = last_years(view)
        return Counted(
            measured(connection, (metric,), view.context, by=("year", by), years=years),
            measure(connection, (metric,), view.context, by=("year",), years=years, same_dates=True)
            if is_unfinished(view, years[-1])
            else None,
            labels(connection, by, view.context),
            shaded(connection, view) if shaded else (),
        )

    def compose(data: Counted, view: View) -> Picture:
        lang, years = view.lang, last_years(view)
        apart = together is None or bool(view.context.filters.picked(by))
        groups = grouped(data, metric, by, view, {} if apart else together or {})
        table = _table(groups, data, metric, years, lang)
        if groups.empty:
            sentence = EMPTY(lang, name=metric.name(lang), a=years[0], b=years[-1])
            return Picture(name(lang), metric.name(lang), None, table, empty=sentence, alt=sentence)
        title = (finding(groups, view) if finding else leading(groups, metric, view)) or name(lang)
        chart = Chart(metric, by, path, years, view, _same(data, metric), data.shaded, band_name)
        layers = _layers(groups, years, view, most)
        wide, narrow = (figure(chart, layers, narrow=phone) for phone in (False, True))
        body = Plot(wide, height(layers), phone=narrow, phone_height=PHONE_HEIGHT)
        subtitle = _subtitle(groups, metric, by_name, years, view)
        return Picture(title, subtitle, body, table, foot=foot(lang) if foot else "", alt=title)

    return Exhibit(key, name, (metric,), query, compose)


def grouped(data: Counted, metric: Metric, by: str, view: View, together: Together) -> pd.DataFrame:
    """One row a group that occurs, largest first: ``codes``, ``label``, ``total`` and a column a year."""
    years = last_years(view)
    order = {code: place for place, code in enumerate(data.words)}
    homes = {code: (text(view.lang), codes) for text, codes in together.items() for code in codes}
    found: dict[tuple[str, tuple[str, ...]], dict[int, float]] = {}
    for year, code, value in lines_of(data.counts, ("year", by, metric.key)):
        if value:
            plain = "" if code is None or formats.is_missing(code) else str(code)
            home = homes.get(plain, (named(data.words, plain, view), (plain,)))
            counts = found.setdefault(home, {})
            counts[int(year)] = counts.get(int(year), 0.0) + float(value)
    ranked = sorted(found.items(), key=lambda item: (-sum(item[1].values()), order.get(item[0][1][0], len(order))))
    rows = [
        {"codes": codes, "label": label, "total": sum(counts.values())}
        | {year: counts.get(year, 0.0) for year in years}
        for (label, codes), counts in ranked
    ]
    return pd.DataFrame(rows, columns=["codes", "label", "total", *years])


def leading(groups: pd.DataFrame, metric: Metric, view: View) -> str:
    """Which one or two groups stand out; empty when too little was counted or they are tied with the next."""
    lang, total, years = view.lang, groups["total"].sum(), last_years(view)
    names = {"a": years[0], "b": years[-1], "first": groups["label"].iloc[0]}
    if len(groups) == 1:
        return ONLY(lang, **names, n=formats.amount(metric, total, lang))
    if len(groups) < 3 or total < view.context.rules.small_n:
        return ""
    first, second, third = groups["total"].iloc[:3]
    if first > second and first / total >= STANDS_OUT:
        return LEADING(lang, **names, share=formats.percent(first / total, 0))
    if second == third:
        return ""
    share = formats.percent((first + second) / total, 0)
    return LEADING_TWO(lang, **names, second=groups["label"].iloc[1], share=share)


def _subtitle(groups: pd.DataFrame, metric: Metric, by_name: Text, years: Sequence[int], view: View) -> str:
    as_of, lang = view.context.as_of, view.lang
    counted = COUNTED(lang, name=metric.name(lang), n=formats.amount(metric, groups["total"].sum(), lang))
    words = {"a": years[0], "b": years[-1], "m": as_of.month, "d": as_of.day, "by": by_name(lang), "n": counted}
    return (CUT if is_unfinished(view, years[-1]) else WHOLE)(lang, **words)


def _layers(groups: pd.DataFrame, years: Sequence[int], view: View, most: int) -> tuple[Layer, ...]:
    palette = CATEGORICAL[view.mode]
    kept = len(groups) if len(groups) <= most + 1 else most
    rows = as_rows(groups)
    layers = [
        Layer(row["codes"], row["label"], palette[LAST_SLOT if i >= most else i], tuple(row[year] for year in years))
        for i, row in enumerate(rows[:kept])
    ]
    if tail := rows[kept:]:
        counts = tuple(sum(row[year] for row in tail) for year in years)
        layers.append(Layer((), OTHERS(view.lang, n=len(tail)), palette[LAST_SLOT], counts))
    return tuple(layers)


def _table(groups: pd.DataFrame, data: Counted, metric: Metric, years: Sequence[int], lang: Lang) -> pd.DataFrame:
    columns: dict[str, Any] = {YEAR(lang): [str(year) for year in years]}
    columns |= {row["label"]: [int(row[year]) for year in years] for row in as_rows(groups)}
    columns[TOTAL(lang)] = [int(groups[year].sum()) for year in years]
    if data.same is not None:
        same = dict(zip(data.same["year"], data.same[metric.key], strict=True))
        columns[SAME(lang)] = [same.get(year) for year in years]
    return pd.DataFrame(columns)


def _same(data: Counted, metric: Metric) -> dict[int, float]:
    if data.same is None:
        return {}
    return dict(zip(data.same["year"].astype(int), data.same[metric.key].astype(float), strict=True))
