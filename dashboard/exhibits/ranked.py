"""ranked(): a metric by one dimension as bars in a list, last year's value as a thin rule; a row filters the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, is_unfinished, lines_of
from data_access.dimensions import DIMENSIONS, labels
from data_access.measure import exact, measured
from data_access.metrics.metric import Metric
from data_access.text import Text

SUBTITLE = Text("{name} {total}；竖线为上年同期", "{name} {total}; thin rules mark the same dates a year earlier")
SUBTITLE_WHOLE = Text("{name} {total}；竖线为上年", "{name} {total}; thin rules mark the year before")
SUBTITLE_PLAIN = Text("{name} {total}", "{name} {total}")
CHANGE, CHANGE_WHOLE = Text("较同期", "Change"), Text("较上年", "Change")
BEFORE, BEFORE_WHOLE = Text("上年同期", "Year earlier"), Text("上年", "Year before")
OTHERS = Text("其他 {n} 项", "{n} others")
LEADING = Text("{first}最多，占 {share}", "{first} leads with {share}")
LEADING_TWO = Text("{first}、{second}合占 {share}", "{first} and {second} make up {share}")
EMPTY = Text("所选范围内没有{name}，可放宽年份或乡镇再看。", "No {name} in this range; widen years or townships.")

Finding = Callable[[pd.DataFrame, View], str]
Row = dict[str, Any]


def ranked(
    metric: Metric,
    by: str,
    *,
    key: str,
    name: Text,
    path: str,
    most: int = 9,
    compare: bool = True,
    foot: Text | None = None,
    finding: Finding | None = None,
    in_order: bool = False,
    others: Text = OTHERS,
) -> Exhibit:
    """A count by a dimension, largest first and the tail folded into 其他 (or in code order with ``in_order``)."""

    def query(connection: Connection, view: View) -> dict[str, Any]:
        now = measured(connection, (metric,), view.context, by=(by,))
        last = view.context.filters.years[1]
        single = compare and view.context.filters.years[0] == last
        before = (
            measured(
                connection,
                (metric,),
                view.context,
                by=(by,),
                years=(last - 1,),
                same_dates=is_unfinished(view, last),
            )
            if single
            else None
        )
        return {"now": now, "before": before, "labels": labels(connection, by, view.context)}

    def compose(data: dict[str, Any], view: View) -> Picture:
        made = _joined(data, metric, by, view)
        lang = view.lang
        if made.empty or not made["now"].sum():
            sentence = EMPTY(lang, name=metric.name(lang))
            return Picture(
                name(lang), metric.name(lang), None, _table(made, metric, by, view), empty=sentence, alt=sentence
            )
        if not in_order:
            made = made.sort_values("now", ascending=False, kind="stable")
        title = (finding(made, view) if finding else _leading(made, view)) or name(lang)
        compared = "before" in made
        runs = is_unfinished(view, view.context.filters.years[1])
        subtitle = ((SUBTITLE if runs else SUBTITLE_WHOLE) if compared else SUBTITLE_PLAIN)(
            lang, name=metric.name(lang), total=formats.amount(metric, made["now"].sum(), lang)
        )
        bars = tuple(_bar(row, metric, by, view, path, compared) for row in _folded(as_rows(made), most, others, lang))
        heads = (metric.unit(lang), *(((CHANGE if runs else CHANGE_WHOLE)(lang),) if compared else ()))
        return Picture(
            title,
            subtitle,
            BarList(bars, heads),
            _table(made, metric, by, view),
            foot=foot(lang) if foot else "",
            alt=title,
        )

    return Exhibit(key, name, (metric,), query, compose)


def _joined(data: dict[str, Any], metric: Metric, by: str, view: View) -> pd.DataFrame:
    """Columns ``code``, ``label``, ``now`` and, when compared, ``before``; codes in their own order."""
    known, now = data["labels"], dict(lines_of(data["now"], (by, metric.key)))
    before = {} if data["before"] is None else dict(lines_of(data["before"], (by, metric.key)))
    order = {code: index for index, code in enumerate(known)}
    places = {code: order.get(code, len(order)) for code in now | before}
    codes = sorted(places, key=lambda code: (places[code], code is None, "" if code is None else code))
    columns = {"code": exact(codes), "now": [now.get(code, 0) for code in codes]}
    if data["before"] is not None:
        columns["before"] = [before.get(code, 0) for code in codes]
    return pd.DataFrame(columns | {"label": [_label(known, code, view) for code in codes]})


def _label(known: Any, code: Any, view: View) -> str:
    if code is None or formats.is_missing(code):
        return Text("未填报", "Not recorded")(view.lang)
    return known[code](view.lang) if code in known else str(code)


def _leading(made: pd.DataFrame, view: View) -> str:
    counts, names = made["now"].tolist(), made["label"].tolist()
    total = sum(counts)
    if len(counts) < 3 or total < view.context.rules.small_n:
        return ""
    if counts[0] / total >= 0.4:
        return LEADING(view.lang, first=names[0], share=formats.percent(counts[0] / total, 0))
    share = formats.percent((counts[0] + counts[1]) / total, 0)
    return LEADING_TWO(view.lang, first=names[0], second=names[1], share=share)


def _folded(rows: list[Row], most: int, others: Text, lang: Any) -> list[Row]:
    """The first rows as they are, the rest as one row without a code."""
    if len(rows) <= most:
        return rows
    tail = rows[most - 1 :]
    counts = {name: sum(row[name] for row in tail) for name in ("now", "before") if name in tail[0]}
    return [*rows[: most - 1], {"code": None, "label": others(lang, n=len(tail)), **counts}]


def _bar(row: Row, metric: Metric, by: str, view: View, path: str, compared: bool) -> Bar:
    now, before = row["now"], row["before"] if compared else None
    change = (formats.change(metric, now, before, view.lang, bare=True),) if compared else ()
    cells = (formats.number(now, metric.decimals), *change)
    target = view.link(path, pick=(by, row["code"])) if row["code"] else view.link("/records", metric=metric.key)
    return Bar(row["label"], float(now), cells, mark=None if before is None else float(before), href=target)


def _table(made: pd.DataFrame, metric: Metric, by: str, view: View) -> pd.DataFrame:
    lang = view.lang
    columns = {DIMENSIONS[by].name(lang): made["label"], metric.name(lang): made["now"]}
    if "before" in made:
        earlier = BEFORE if is_unfinished(view, view.context.filters.years[1]) else BEFORE_WHOLE
        columns[earlier(lang)] = made["before"]
    return pd.DataFrame(columns).reset_index(drop=True)
