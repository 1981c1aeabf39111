"""ranked(): a metric by one dimension as bars in a list, last year's value as a thin rule; a row filters the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from data_access.dimensions import DIMENSIONS, labels
from data_access.measure import measure
from data_access.metrics.metric import Metric
from data_access.text import Text

SUBTITLE = Text("{name} {total}；竖线为上年同期", "{name} {total}; thin rules mark the same dates a year earlier")
SUBTITLE_PLAIN = Text("{name} {total}", "{name} {total}")
CHANGE = Text("较同期", "Change")
BEFORE = Text("上年同期", "Year earlier")
OTHERS = Text("其他 {n} 项", "{n} others")
LEADING = Text("{first}最多，占 {share}", "{first} leads with {share}")
LEADING_TWO = Text("{first}、{second}合占 {share}", "{first} and {second} make up {share}")
EMPTY = Text("所选范围内没有{name}，可放宽年份或乡镇再看。", "No {name} in this range; widen years or townships.")

Finding = Callable[[pd.DataFrame, View], str]


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
) -> Exhibit:
    """A count by a dimension, largest first and the tail folded into 其他 (or in code order with ``in_order``)."""

    def query(connection: Connection, view: View) -> dict[str, Any]:
        now = measure(connection, (metric,), view.context, by=(by,))
        last = view.context.filters.years[1]
        single = compare and view.context.filters.years[0] == last
        before = (
            measure(
                connection,
                (metric,),
                view.context,
                by=(by,),
                years=(last - 1,),
                same_dates=last == view.context.as_of.year,
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
        subtitle = (SUBTITLE if compared else SUBTITLE_PLAIN)(
            lang, name=metric.name(lang), total=formats.amount(metric, made["now"].sum(), lang)
        )
        bars = tuple(_bar(row, metric, by, view, path, compared) for row in _folded(made, most, lang).itertuples())
        heads = (metric.unit(lang), *((CHANGE(lang),) if compared else ()))
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
    known = data["labels"]
    made = data["now"].rename(columns={by: "code", metric.key: "now"})[["code", "now"]]
    if data["before"] is not None:
        before = data["before"].rename(columns={by: "code", metric.key: "before"})[["code", "before"]]
        made = made.merge(before, on="code", how="outer").fillna({"now": 0, "before": 0})
    order = {code: index for index, code in enumerate(known)}
    labelled: pd.DataFrame = made.assign(
        label=[_label(known, code, view) for code in made["code"]],
        place=[order.get(code, len(order)) for code in made["code"]],
    ).sort_values("place", kind="stable")
    return labelled


def _label(known: Any, code: Any, view: View) -> str:
    if code is None or formats.is_missing(code):
        return Text("未填报", "Not recorded")(view.lang)
    return known[code](view.lang) if code in known else str(code)


def _leading(made: pd.DataFrame, view: View) -> str:
    total = made["now"].sum()
    top = made.iloc[:2]
    if len(made) < 3 or total < view.context.rules.small_n:
        return ""
    if top["now"].iloc[0] / total >= 0.4:
        return LEADING(view.lang, first=top["label"].iloc[0], share=formats.percent(top["now"].iloc[0] / total, 0))
    return LEADING_TWO(
        view.lang,
        first=top["label"].iloc[0],
        second=top["label"].iloc[1],
        share=formats.percent(top["now"].sum() / total, 0),
    )


def _folded(made: pd.DataFrame, most: int, lang: Any) -> pd.DataFrame:
    """The first rows as they are, the rest as one row without a code."""
    if len(made) <= most:
        return made
    tail = made.iloc[most - 1 :]
    rest: dict[str, Any] = {"code": None, "label": OTHERS(lang, n=len(tail)), "now": tail["now"].sum(), "place": 0}
    if "before" in made:
        rest["before"] = tail["before"].sum()
    return pd.concat([made.iloc[: most - 1], pd.DataFrame([rest])], ignore_index=True)


def _bar(row: Any, metric: Metric, by: str, view: View, path: str, compared: bool) -> Bar:
    change = (formats.change(metric, row.now, row.before, view.lang, bare=True),) if compared else ()
    cells = (formats.number(row.now, metric.decimals), *change)
    target = view.link(path, pick=(by, row.code)) if row.code else view.link("/records", metric=metric.key)
    return Bar(row.label, float(row.now), cells, mark=float(row.before) if compared else None, href=target)


def _table(made: pd.DataFrame, metric: Metric, by: str, view: View) -> pd.DataFrame:
    lang = view.lang
    columns = {DIMENSIONS[by].name(lang): made["label"], metric.name(lang): made["now"]}
    if "before" in made:
        columns[BEFORE(lang)] = made["before"]
    return pd.DataFrame(columns).reset_index(drop=True)
