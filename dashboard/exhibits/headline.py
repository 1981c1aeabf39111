"""headline(): the row of large figures, each beside the year before and with a line of five years.

A year that still runs stands beside the same dates of others, a finished one beside whole years.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import is_unfinished
from dashboard.exhibits.numbers import Card, Numbers
from dashboard.sources import COMMA, SOURCE, brief, missing, source
from data_access.measure import Columns, measured
from data_access.metrics.metric import Metric, Window
from data_access.origins import origin
from data_access.text import Text

TITLE = Text("主要数字", "Headline figures")
SUBTITLE = Text(
    "与上年同期相比；小图为 {a}–{b} 年同期",
    "Compared with the same dates a year earlier; lines show {a}–{b} to the same date",
)
SUBTITLE_WHOLE = Text("与上年相比；小图为 {a}–{b} 年", "Compared with the year before; lines show {a}–{b}, whole years")
LEAD, LEAD_WHOLE = Text("较同期", "Same dates:"), Text("较上年", "Year before:")
LEAD_OF, LEAD_OF_WHOLE = Text("{year} 年较同期", "{year}:"), Text("{year} 年较上年", "{year}:")
BASE = Text("n={n}", "n={n}")
BASE_OF = Text("n={n}，{base}", "n={n}, {base}")
BEFORE, BEFORE_WHOLE = (
    Text("上年同期 {value}", "{value} a year earlier"),
    Text("上年 {value}", "{value} a year earlier"),
)
TREND = Text("{name}：{a} 至 {b} 年同期走势", "{name}: {a} to {b}, same dates")
TREND_WHOLE = Text("{name}：{a} 至 {b} 年走势", "{name}: {a} to {b}, whole years")
OF_THE_DISTRICT = Text("属全{word}，不分乡镇", "the whole district's")
COLUMNS = (
    Text("指标", "Metric"), Text("数值", "Value"), Text("单位", "Unit"), Text("基数 n", "Base n"),
)  # fmt: skip
CHANGE, CHANGE_WHOLE = Text("较上年同期", "Change from same dates"), Text("较上年", "Change from the year before")
SPAN = 5
Row = Mapping[str, Any]
UNKNOWN = re.compile(rf"(?<!\d){formats.MISSING}(?!\d)")


@dataclass(frozen=True)
class Figure:
    """One card: its metric, what its base is called (rates), a shorter name, and extra words under it.

    ``base`` is a noun for the denominator; ``note`` builds the last line from the row of measured totals, reading the
    figures of ``also``. ``yearly`` is false where a year earlier is no comparison (an election, a body set up).
    ``of_district`` marks what belongs to no township: under chosen townships it has no figure, not a zero.
    """

    metric: Metric
    base: Text | None = None
    name: Text | None = None
    note: Callable[[Any, View], str] | None = None
    also: tuple[Metric, ...] = ()
    path: str = "/records"
    yearly: bool = True
    of_district: bool = False


def headline(*figures: Figure | Metric, key: str = "headline", name: Text = TITLE) -> Exhibit:
    """The headline row of a page."""
    made = tuple(figure if isinstance(figure, Figure) else Figure(figure) for figure in figures)
    metrics = tuple(figure.metric for figure in made)
    asked = tuple(dict.fromkeys((*metrics, *(more for figure in made for more in figure.also))))

    def query(connection: Connection, view: View) -> tuple[Row, Columns]:
        last = view.context.filters.years[1]
        trend = measured(
            connection,
            asked,
            view.context,
            by=("year",),
            years=tuple(range(last - SPAN + 1, last + 1)),
            same_dates=is_unfinished(view, last),
        )
        first = view.context.filters.years[0]
        if first == last == view.context.as_of.year:
            return _row_of(trend, -1), trend  # the unfinished year as of today is the last point of the line
        return _row_of(measured(connection, asked, view.context), 0), trend

    def compose(data: tuple[Row, Columns], view: View) -> Picture:
        total, trend = data
        cards = tuple(_card(figure, total, trend, view) for figure in made)
        a, b = trend["year"][0], trend["year"][-1]
        table = partial(_table, made, total, cards, view)
        subtitle = SUBTITLE if is_unfinished(view, b) else SUBTITLE_WHOLE
        return Picture(name(view.lang), subtitle(view.lang, a=a, b=b), Numbers(cards), table)

    return Exhibit(key, name, metrics, query, compose, bare=True)


def _table(figures: Sequence[Figure], total: Row, cards: Sequence[Card], view: View) -> pd.DataFrame:
    change = CHANGE if is_unfinished(view, view.context.filters.years[1]) else CHANGE_WHOLE
    table = pd.DataFrame(
        [_row(figure, total, card, view) for figure, card in zip(figures, cards, strict=True)],
        columns=[column(view.lang) for column in (*COLUMNS, change)],
    )
    origins = [origin(view.context, figure.metric) for figure in figures]
    if not all(found.is_whole for found in origins):
        table[SOURCE(view.lang)] = [source(found, view.lang) for found in origins]
    return table


def _row_of(table: Columns, place: int) -> Row:
    """One row by column name; beside a broken number whole ones are broken too, as in a table's row."""
    row = {name: values[place] for name, values in table.items()}
    return {name: float(n) for name, n in row.items()} if any(isinstance(n, float) for n in row.values()) else row


def _card(figure: Figure, total: Row, trend: Columns, view: View) -> Card:
    metric, lang = figure.metric, view.lang
    values_by_year, years = trend[metric.key], trend["year"]
    before, now = values_by_year[-2:]
    is_compared = figure.yearly and metric.window is not Window.SINCE and not _is_of_few(metric, trend, view)
    change = formats.change(metric, now, before, lang) if is_compared else ""
    found = origin(view.context, metric)
    value, unit = (missing(found, lang), "") if found.is_missing else _value(metric, total, view)
    base = "" if found.is_missing else _base(figure, total, before, view)
    values = tuple(None if formats.is_missing(v) else float(v) for v in values_by_year)
    name = (figure.name or metric.chart or metric.name)(lang)
    one_year = view.context.filters.years[0] == view.context.filters.years[1]
    runs = is_unfinished(view, years[-1])
    lead, lead_of, trend_words = (LEAD, LEAD_OF, TREND) if runs else (LEAD_WHOLE, LEAD_OF_WHOLE, TREND_WHOLE)
    made = Card(
        name=name,
        value=value,
        unit=unit,
        change_lead=(lead(lang) if one_year else lead_of(lang, year=years[-1])) if change else "",
        change=change,
        base=COMMA(lang).join(filter(None, (base, brief(found, lang)))),
        trend=values if figure.yearly else (),
        trend_alt=trend_words(lang, name=name, a=years[0], b=years[-1]),
        metric=metric.key,
        href=view.link(figure.path, **({"metric": metric.key} if figure.path == "/records" else {})),
    )
    if figure.of_district and view.context.filters.townships and not total[metric.key]:
        base = OF_THE_DISTRICT(lang, word=view.context.rules.region_word)
        return replace(made, value=formats.MISSING, change_lead="", change="", base=base, trend=())
    return made


def _is_of_few(metric: Metric, trend: Columns, view: View) -> bool:
    """Whether a share of so few, this year or last, is no rate, so that points between the two say nothing."""
    small = view.context.rules.small_n
    return metric.is_share and any(n < small for n in trend[f"{metric.key}.n"][-2:])


def _value(metric: Metric, total: Row, view: View) -> tuple[str, str]:
    """The large figure and its unit; a share of few is shown as a count of them, never as a percentage."""
    value = total[metric.key]
    if not metric.is_share:
        figure = formats.number(value, metric.decimals)
        return figure, formats.unit(metric.unit, figure, view.lang)
    if formats.is_missing(value):
        return formats.MISSING, "%"
    k, n = total[f"{metric.key}.k"], total[f"{metric.key}.n"]
    if n < view.context.rules.small_n:
        return f"{formats.number(k)}/{formats.number(n)}", ""
    return formats.number(100 * value, 1), "%"


def _base(figure: Figure, total: Row, before: Any, view: View) -> str:
    if figure.note is not None:
        words = figure.note(total, view)
        return "" if UNKNOWN.search(words) else words  # what nobody filled in is told by the figure itself
    metric, lang = figure.metric, view.lang
    if metric.is_share:
        n = formats.number(total[f"{metric.key}.n"])
        return BASE_OF(lang, n=n, base=figure.base(lang)) if figure.base else BASE(lang, n=n)
    earlier = BEFORE if is_unfinished(view, view.context.filters.years[1]) else BEFORE_WHOLE
    return "" if formats.is_missing(before) else earlier(lang, value=formats.amount(metric, before, lang))


def _row(figure: Figure, total: Row, card: Card, view: View) -> list[Any]:
    metric = figure.metric
    base = total.get(f"{metric.key}.n")
    value = total[metric.key]
    is_missing = formats.is_missing(value) or card.value == formats.MISSING
    shown = None if is_missing else float(100 * value if metric.is_share else value)
    return [card.name, shown, card.unit, base, card.change]
