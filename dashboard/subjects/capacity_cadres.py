"""Cadres of the Congress promoted, transferred or promoted in grade since the day set by local rule, year by year."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, is_unfinished
from dashboard.exhibits.plot import Plot
from dashboard.formats import granted
from dashboard.subjects.capacity import NOT_BEGUN, PROMOTED, RANKED, since
from dashboard.subjects.whole_district import Matter
from dashboard.theme import CATEGORICAL, axis, layout, tokens, value_axis
from data_access.measure import measure
from data_access.text import Text

of_the_district = Matter(
    "/capacity",
    (PROMOTED, RANKED),
    Text("干部变动不按乡镇（街道）区分。", "Changes of cadres belong to no township."),
    Text(
        "干部变动不按乡镇（街道）区分，所选乡镇没有记录。",
        "Changes of cadres belong to no township; none in this choice.",
    ),
).wrap
NAME = Text("人大机关干部提拔交流和职级晋升", "Cadres promoted, transferred, promoted in grade")
TITLE = Text("{since}，提拔交流 {a} 人，职级晋升 {b} 人", "{a} promoted or transferred, {b} promoted in grade, {since}")
SUBTITLE = Text("各年人数，单位：人；两项分列，不相加", "Persons by year; the two are never added")
FOOT = Text(
    "同一人两项都有的，两项各计一人；几年都有变动的，各年各计一人，合计只计一人。与常委会任免无关。",
    "A person in both counts once in each; one with changes in several years counts in each year, once in all. "
    "Unrelated to appointments by the Standing Committee.",
)
EMPTY = Text("{since}没有提拔交流和职级晋升的记录。", "No promotions or transfers on record, {since}.")
YEAR = Text("年份", "Year")
HEIGHT = 270


def _query(connection: Connection, view: View) -> tuple[pd.DataFrame, Any]:
    asked = (PROMOTED, RANKED)
    by_year = measure(connection, asked, view.context, by=("change_year",))
    return by_year, measure(connection, asked, view.context).iloc[0]


def compose(data: tuple[pd.DataFrame, Any], view: View) -> Picture:
    """Two bars a year from ``change_year``, ``B07`` and ``B08``, and both in all."""
    by_year, total = data
    lang = view.lang
    day, a, b = view.context.rules.since_cadre, granted(total[PROMOTED.key]), granted(total[RANKED.key])
    table = by_year.rename(
        columns={"change_year": YEAR(lang), PROMOTED.key: PROMOTED.name(lang), RANKED.key: RANKED.name(lang)}
    ).astype({YEAR(lang): str})
    if not a and not b:
        not_begun = day is not None and day > view.context.stock_on
        sentence = NOT_BEGUN(lang, day=formats.day(day)) if not_begun else EMPTY(lang, since=since(view))
        return Picture(NAME(lang), SUBTITLE(lang), None, table, empty=sentence, alt=sentence)
    title = TITLE(lang, since=since(view), a=a, b=b)
    body = Plot(_figure(by_year, view), HEIGHT)
    return Picture(title, SUBTITLE(lang), body, table, foot=FOOT(lang), alt=title)


def _figure(by_year: pd.DataFrame, view: View) -> dict[str, Any]:
    lang, colour = view.lang, tokens(view.mode)
    found = {int(row["change_year"]): row for row in as_rows(by_year)}
    years = list(range(min(found), max(found) + 1))
    palette = CATEGORICAL[view.mode]
    data = []
    for place, metric in enumerate((PROMOTED, RANKED)):
        counts = [granted(found[year][metric.key]) if year in found else 0 for year in years]
        name = metric.name(lang)
        data.append(
            {
                "type": "bar",
                "name": name,
                "x": years,
                "y": counts,
                "marker": {"color": palette[2 * place]},
                "text": [str(n) for n in counts],
                "textposition": "outside",
                "textfont": {"size": 12, "color": colour["ink"]},
                "cliponaxis": False,
                "hoverinfo": "text",
                "hovertext": [
                    f"{y}  {name}<br><b>{formats.amount(metric, n, lang)}</b>"
                    for y, n in zip(years, counts, strict=True)
                ],
                "customdata": [
                    view.link("/records", metric=metric.key, pick=("change_year", str(year))) for year in years
                ],
            }
        )
    words = [f"<b style='color:{colour['ink']}'>{y}</b>" if is_unfinished(view, y) else str(y) for y in years]
    top = max(granted(by_year[metric.key].max()) for metric in (PROMOTED, RANKED))
    made = layout(
        view.mode,
        barmode="group",
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 12}},
        margin={"l": 4, "r": 4, "t": 34, "b": 4},
        xaxis=axis(view.mode, tickvals=years, ticktext=words),
        yaxis=value_axis(view.mode, range=[0, 1.16 * top], showticklabels=False, showgrid=False),
    )
    return {"data": data, "layout": made}


CADRES = of_the_district(Exhibit("cadres", NAME, (PROMOTED, RANKED), _query, compose))
