"""funnelplot(): a rate by township against its own base, with the district's rate and the limits of chance."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits import comparison
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.funnel_figure import HEIGHT, PHONE_HEIGHT, Frame, Point, figure
from dashboard.exhibits.labels import lines_of, named
from dashboard.exhibits.limits import limits
from dashboard.exhibits.plot import Plot
from data_access.dimensions import DIMENSIONS, labels
from data_access.measure import measured
from data_access.metrics.metric import Metric
from data_access.text import Text

SUBTITLE = Text("全{word} {rate}；每点一个乡镇（街道）", "All: {rate}; one dot a township or subdistrict")
FROM = Text("{words}，纵轴 {low}–{high}", "{words}; axis {low} to {high}")
NONE_OUT = Text("各乡镇{name}的差异都在偶然波动范围内", "{name}: differences between townships are within chance")
LOW = Text(
    "各乡镇{name}多在偶然波动范围内，仅{names}偏低，宜核实", "{name}: mostly within chance; {names} low, worth checking"
)
HIGH = Text(
    "各乡镇{name}多在偶然波动范围内，仅{names}偏高，宜核实",
    "{name}: mostly within chance; {names} high, worth checking",
)
BOTH = Text(
    "{name}：{low}偏低、{high}偏高，超出偶然波动范围，宜核实",
    "{name}: {low} low and {high} high, beyond chance; worth checking",
)
MANY = Text(
    "{n} 个乡镇（街道）的{name}越过 95% 界限，宜核实", "{name}: {n} townships cross the 95% limits; worth checking"
)
FOOT = Text(
    "{m} 个点中平均约 {k} 个会偶然越过 95% 界限，现有 {out} 个；基数小的波动大。表格{order}。界限按二项分布计算。",
    "By chance alone about {k} of {m} dots would lie beyond the 95% limits; here: {out}. Small bases swing widely. "
    "Table: {order}. Limits are exact binomial.",
)
FOOT_FEW = Text(
    "{m} 个点中平均不到 1 个会偶然越过 95% 界限，现有 {out} 个；基数小的波动大。表格{order}。界限按二项分布计算。",
    "By chance alone fewer than 1 of {m} dots would lie beyond the 95% limits; here: {out}. Small bases swing widely. "
    "Table: {order}. Limits are exact binomial.",
)
TOO_FEW = Text(
    "有{base}的乡镇（街道）不足 {least} 个，无从比较；可放宽年份再看。",
    "Fewer than {least} townships have {base}; there is nothing to compare. Widen the years.",
)
LOW_LIMIT, HIGH_LIMIT = Text("95% 下限占比", "95% lower limit, share"), Text("95% 上限占比", "95% upper limit, share")
COUNTED = Text("计入", "Counted")
JOIN, BETWEEN = Text("、", ", "), Text("", " ")
LEAST = 3
NAMED = 3  # more townships than this are counted in the title, not named


def funnelplot(
    metric: Metric,
    *,
    base: Text,
    key: str,
    name: Text,
    path: str,
    by: str = "township",
    called: Text | None = None,
    axis_title: Text | None = None,
    foot: Text | None = None,
) -> Exhibit:
    """A share by township: always all of the reader's townships, for a comparison needs them; those asked for named.

    ``base`` is the noun of the denominator, such as 应办件数; ``axis_title`` says it at more length. ``called`` is the
    rate's name in sentences where the metric's own is too long.
    """

    def query(connection: Connection, view: View) -> dict[str, Any]:
        everywhere = view.context.with_filters(townships=())
        shares = measured(connection, (metric,), everywhere, by=(by,))
        return {"shares": shares, "labels": labels(connection, by, everywhere)}

    def compose(data: dict[str, Any], view: View) -> Picture:
        lang = view.lang
        made = points(data["shares"], data["labels"], metric, by, view)
        rate = (called or metric.chart or metric.name)(lang)
        table = partial(_table, made, rate, by, view)
        if len(made) < LEAST:
            sentence = TOO_FEW(lang, base=base(lang), least=LEAST)
            return Picture(name(lang), metric.name(lang), None, table, empty=sentence, alt=sentence)
        frame = Frame(
            tuple(made), sum(p.k for p in made) / sum(p.n for p in made), metric, axis_title or base, path, view
        )
        title = finding(made, rate, view) or name(lang)
        body = Plot(figure(frame, narrow=False), HEIGHT, phone=figure(frame, narrow=True), phone_height=PHONE_HEIGHT)
        words = chance(made, view) + (BETWEEN(lang) + foot(lang) if foot else "")
        return Picture(title, _subtitle(frame), body, table, foot=words, alt=title)

    return Exhibit(key, name, (metric,), query, compose)


def points(shares: pd.DataFrame, known: Any, metric: Metric, by: str, view: View) -> list[Point]:
    """Townships with a base, the largest first; rows without a township or out of the reader's scope are no points."""
    columns = [by, f"{metric.key}.k", f"{metric.key}.n"]
    found = [row for row in lines_of(shares, columns) if row[0] and row[0] in known and row[2]]
    total = sum(n for _, _, n in found)
    rate = float(sum(k for _, k, _ in found) / total) if total else 0.0
    made = []
    for code, k, n in found:
        line = limits(int(n), rate)
        state = _state(float(k / n), line)
        made.append(Point(code, named(known, code, view), float(k), float(n), line[1], line[2], state))
    return sorted(made, key=lambda point: (-point.n, point.code))


def _state(rate: float, line: Sequence[float]) -> int:
    lowest, low, high, highest = line
    hair = 1e-9
    if rate < low - hair:
        return -2 if rate < lowest - hair else -1
    if rate > high + hair:
        return 2 if rate > highest + hair else 1
    return 0


def _subtitle(frame: Frame) -> str:
    view, small = frame.view, frame.view.context.rules.small_n
    k, n = (sum(getattr(point, name) for point in frame.points) for name in ("k", "n"))
    rate = formats.share_with_base(k, n, view.lang, small_n=small)
    words = SUBTITLE(view.lang, word=view.context.rules.region_word, rate=rate)
    low, high = frame.ends
    if low == 0 and high == 1:
        return words
    return FROM(view.lang, words=words, low=formats.percent(low, 0), high=formats.percent(high, 0))


def finding(made: Sequence[Point], name: str, view: View) -> str:
    """What of the rate called ``name`` lies beyond chance, in one sentence; it never says better or worse."""
    if sum(point.n for point in made) < view.context.rules.small_n:
        return ""
    lang = view.lang
    low, high = ([point.name for point in made if point.state * sign > 0] for sign in (-1, 1))
    if not low and not high:
        return NONE_OUT(lang, name=name)
    if len(low) + len(high) > NAMED:
        return MANY(lang, name=name, n=len(low) + len(high))
    join = JOIN(lang)
    if low and high:
        return BOTH(lang, name=name, low=join.join(low), high=join.join(high))
    return (LOW if low else HIGH)(lang, name=name, names=join.join(low or high))


def chance(made: Sequence[Point], view: View) -> str:
    """How many points would cross the 95 % limits by chance alone, and how many do."""
    expected = 0.05 * len(made)
    words = FOOT if expected >= 0.75 else FOOT_FEW
    out, order = sum(point.state != 0 for point in made), comparison.order_words(view)
    order = order if view.lang == "zh" else order[0].lower() + order[1:]
    return words(view.lang, m=len(made), k=max(round(expected), 1), out=out, order=order)


def _table(made: Sequence[Point], rate: str, by: str, view: View) -> pd.DataFrame:
    """In the townships' own order, by the rate only where the office ranks."""
    lang = view.lang
    names = (DIMENSIONS[by].name(lang), rate, COUNTED(lang), "n", LOW_LIMIT(lang), HIGH_LIMIT(lang))
    ordered = comparison.in_order(sorted(made, key=lambda point: point.code), lambda point: point.rate, view)
    return pd.DataFrame([(p.name, p.rate, p.k, p.n, p.low, p.high) for p in ordered], columns=names)
