"""What deputies owe their voters: reports to voters by township over the term, and the two sides of double contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.comparison import in_order, order_words
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.plot import Plot
from dashboard.exhibits.steps import Stage, Steps
from dashboard.formats import granted
from dashboard.theme import axis, layout, tokens
from data_access.lists import regions
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.text import Text

REPORTED, IN_TOWNS = METRICS["L10.d"], METRICS["L10.t"]
CONTENT, RATED = METRICS["L11"], METRICS["L11.r"]
LISTED, VISITED, CONTACTED = METRICS["L12.sc"], METRICS["L12.dep"], METRICS["L12.con"]
LEVELS = ((Text("{word}代表", "District"), REPORTED), (Text("乡镇代表", "Township"), IN_TOWNS))

REPORTS = Text("代表向选民述职", "Reports to voters")
DONE = Text("本届{words}", "Reported in this term: {words}")
LEVEL_DONE = Text("{level}已述职 {k} 人（在任 {n} 人）", "{k} of {n} {level} deputies")
ALL_DONE = Text("{level} {n} 人全部述职", "all {n} {level} deputies")
REPORTS_SUBTITLE = Text("本届累计，已述职/在任；{order}", "Over the term, reported of those serving; {order}")
RATINGS = Text(
    "述职有评价的占 {rated}，其中评价满意的占 {content}。", "{rated} were rated, {content} of these satisfied."
)
NO_RATINGS = Text("述职没有评价记录。", "No ratings on record.")
REPORTS_FOOT = Text(
    "按人计，一人述职几次只算一人；从本届首次会议起累计到期末。街道没有乡镇代表，记“—”。",
    "Persons, each once, from the term's first session to the last day. Subdistricts have no township deputies.",
)
REPORTS_EMPTY = Text(
    "所选范围内没有县、乡两级在任代表，或本届至期末没有任何履职登记。",
    "No district or township deputies serve in this range, or nothing is on record for the term so far.",
)
HOVER = Text("{name}  {level}<br><b>{k}/{n}</b>", "{name}, {level}<br><b>{k}/{n}</b>")
TOWNSHIP = Text("乡镇（街道）", "Township")
TOLD, SERVING = Text("{level}已述职", "{level}: reported"), Text("{level}在任", "{level}: serving")
PANEL = Text("{level}  {k}/{n}", "{level}  {k}/{n}")
NONE = "—"
ROW, PHONE_ROW = 32, 24

CONTACT = Text("“双联系”", "Double contact")
ALL_LISTED = Text("常委会组成人员 {n} 人都有联系名单", "All {n} committee members have a contact list")
SOME_LISTED = Text("常委会组成人员 {n} 人中 {k} 人有联系名单", "{k} of {n} committee members have a contact list")
HAVE_VISITED = Text("有联系选民记录的代表占 {share}", "visits to voters are on record for {share} of deputies")
CONTACT_SUBTITLE = Text(
    "名单为期末当日，联系记录为所选年份内", "Lists as on the last day, contacts within the years chosen"
)
CONTACT_FOOT = Text(
    "有名单不等于已联系；没有记录不等于没有联系。进站接待另计，不在联系选民之内。",
    "A list is not yet a contact, and no record does not mean none. Receptions at stations are counted apart.",
)
CONTACT_EMPTY = Text(
    "所选范围内没有常委会组成人员和代表的联系记录。", "No committee members or deputies on record in this range."
)
STAGES = (
    (LISTED, Text("组成人员有联系名单", "Members with a list"), Text("没有名单 {n} 人", "{n} without a list")),
    (CONTACTED, Text("组成人员联系到的代表", "Contacted by members"), Text("没有记录 {n} 人", "{n} without a record")),
    (VISITED, Text("联系选民的代表", "Visited voters"), Text("没有记录 {n} 人", "{n} without a record")),
)
PERSONS = Text("人", "persons")
STAGE, COUNT, BASE = Text("环节", "Side"), Text("人数", "Persons"), Text("基数 n", "Base n")


@dataclass(frozen=True)
class Progress:
    """Townships as (code, name), reported and serving by metric and township, one row of totals."""

    places: Sequence[tuple[str, str]]
    by_place: Mapping[str, Any]
    total: Any

    def of(self, code: str, metric: Metric) -> tuple[int, int]:
        """Reported and serving in a township."""
        row = self.by_place.get(code)
        return (granted(row[f"{metric.key}.k"]), granted(row[f"{metric.key}.n"])) if row is not None else (0, 0)

    def whole(self, metric: Metric) -> tuple[int, int]:
        """Reported and serving everywhere asked for."""
        return granted(self.total[f"{metric.key}.k"]), granted(self.total[f"{metric.key}.n"])


def _reports_query(connection: Connection, view: View) -> Progress:
    context, asked = view.context, view.context.filters.townships
    found = measure(connection, (REPORTED, IN_TOWNS), context, ("township",))
    total = measure(connection, (REPORTED, IN_TOWNS, CONTENT, RATED), context).iloc[0]
    places = [place[:2] for place in regions.townships(connection, context.scope) if not asked or place[0] in asked]
    return Progress(places, {str(row["township"]): row for row in as_rows(found)}, total)


def compose_reports(found: Progress, view: View) -> Picture:
    """A row a township, a panel a level: how many reported of those serving."""
    lang = view.lang
    table = _reports_table(found, view)
    levels = [(name, metric) for name, metric in LEVELS if found.whole(metric)[1]]
    if not levels:
        return Picture(REPORTS(lang), "", None, table, empty=REPORTS_EMPTY(lang), alt=REPORTS_EMPTY(lang))
    places = in_order(found.places, lambda place: _share(found, place[0], levels[0][1]), view)
    title = reports_title(found, view)
    drawn = [_progress(found, places, levels, view, narrow=narrow) for narrow in (False, True)]
    gap = "" if lang == "zh" else " "
    foot = gap.join((REPORTS_FOOT(lang), ratings(found.total, view)))
    subtitle = REPORTS_SUBTITLE(lang, order=order_words(view))
    body = Plot(drawn[0], 40 + ROW * len(places), phone=drawn[1], phone_height=40 + PHONE_ROW * len(places))
    return Picture(title, subtitle, body, table, foot=foot, alt=title)


def reports_title(found: Progress, view: View) -> str:
    """How many of which level reported, in counts; that all did where it is so."""
    lang, words = view.lang, []
    for name, metric in LEVELS:
        k, n = found.whole(metric)
        level = name(lang, word=view.context.rules.region_word)
        level = level if lang == "zh" else level.lower()
        if n:
            words.append(
                (ALL_DONE if k == n else LEVEL_DONE)(lang, level=level, k=formats.number(k), n=formats.number(n))
            )
    return DONE(lang, words=("，" if lang == "zh" else ", ").join(words))


def ratings(total: Any, view: View) -> str:
    """How many reports were rated, and how many of these satisfied: the second never without the first."""
    lang, small_n = view.lang, view.context.rules.small_n
    k, n, reports = total[f"{CONTENT.key}.k"], total[f"{CONTENT.key}.n"], total[f"{RATED.key}.n"]
    if not n:
        return NO_RATINGS(lang)
    rated = formats.share_with_base(n, reports, lang, small_n=small_n)
    return RATINGS(lang, rated=rated, content=formats.share_with_base(k, n, lang, small_n=small_n))


def _share(found: Progress, code: str, metric: Metric) -> float | None:
    k, n = found.of(code, metric)
    return k / n if n else None


def _progress(
    found: Progress,
    places: Sequence[tuple[str, str]],
    levels: Sequence[tuple[Text, Metric]],
    view: View,
    *,
    narrow: bool,
) -> dict[str, Any]:
    colour, size = tokens(view.mode), 11 if narrow else 12
    width = 1 / len(levels)
    made = layout(view.mode, barmode="overlay", bargap=0.3, margin={"l": 4, "r": 4, "t": 26, "b": 4}, annotations=[])
    data: list[dict[str, Any]] = []
    for index, (name, metric) in enumerate(levels):
        suffix = str(index + 1) if index else ""
        left = index * width + (0.04 if index else 0)
        made[f"xaxis{suffix}"] = axis(
            view.mode, domain=[left, (index + 1) * width], anchor="y", range=[0, 1.28], showline=False,
            showticklabels=False,
        )  # fmt: skip
        k, n = found.whole(metric)
        level = name(view.lang, word=view.context.rules.region_word)
        head = PANEL(view.lang, level=level, k=formats.number(k), n=formats.number(n))
        made["annotations"].append(
            {
                "xref": "paper", "yref": "paper", "x": left, "y": 1, "xanchor": "left", "yanchor": "bottom",
                "yshift": 2, "showarrow": False, "text": f"<b>{head}</b>",
                "font": {"size": size, "color": colour["ink"]},
            }
        )  # fmt: skip
        data += _bars(found, places, metric, level, view, suffix, size)
    made["yaxis"] = axis(
        view.mode, tickvals=list(range(len(places))), ticktext=[name for _, name in places], showline=False,
        tickfont={"size": size, "color": colour["ink"]}, range=[len(places) - 0.4, -0.6],
    )  # fmt: skip
    return {"data": data, "layout": made}


def _bars(
    found: Progress, places: Sequence[tuple[str, str]], metric: Metric, level: str, view: View, suffix: str, size: int
) -> list[dict[str, Any]]:
    """The whole in pale, the part that reported over it, the counts beside; a dash where nobody serves."""
    colour = tokens(view.mode)
    counts = [found.of(code, metric) for code, _ in places]
    links = [view.link("/records", metric=metric.key, townships=(code,)) for code, _ in places]
    words = [f"{k}/{n}" if n else NONE for k, n in counts]
    hover = [
        HOVER(view.lang, name=name, level=level, k=k, n=n) for (_, name), (k, n) in zip(places, counts, strict=True)
    ]
    shared = {
        "type": "bar", "orientation": "h", "xaxis": f"x{suffix}", "yaxis": "y", "y": list(range(len(places))),
        "customdata": links, "hovertext": hover, "hoverinfo": "text",
    }  # fmt: skip
    return [
        {
            **shared, "x": [1 if n else 0 for _, n in counts], "marker": {"color": colour["rest"]}, "text": words,
            "textposition": "outside", "textfont": {"size": size, "color": colour["ink"]}, "cliponaxis": False,
            "constraintext": "none",
        },
        {**shared, "x": [k / n if n else 0 for k, n in counts], "marker": {"color": colour["blue"]}},
    ]  # fmt: skip


def _reports_table(found: Progress, view: View) -> pd.DataFrame:
    columns: dict[str, Any] = {TOWNSHIP(view.lang): [name for _, name in found.places]}
    for name, metric in LEVELS:
        level = name(view.lang, word=view.context.rules.region_word)
        counts = [found.of(code, metric) for code, _ in found.places]
        columns[TOLD(view.lang, level=level)] = [k if n else None for k, n in counts]
        columns[SERVING(view.lang, level=level)] = [n or None for _, n in counts]
    return pd.DataFrame(columns)


def _contact_query(connection: Connection, view: View) -> Any:
    return measure(connection, (LISTED, CONTACTED, VISITED), view.context).iloc[0]


def compose_contact(total: Any, view: View) -> Picture:
    """Members with a list, deputies they reached, deputies who visited voters: each a part of its own base."""
    lang, small_n = view.lang, view.context.rules.small_n
    found = {metric.key: (total[f"{metric.key}.k"], total[f"{metric.key}.n"]) for metric, _, _ in STAGES}
    counts = {key: (0, 0) if formats.is_missing(n) else (int(k), int(n)) for key, (k, n) in found.items()}
    table = pd.DataFrame(
        [(name(lang), *found[metric.key]) for metric, name, _ in STAGES],
        columns=[STAGE(lang), COUNT(lang), BASE(lang)],
    )
    if not any(n for _, n in counts.values()):
        return Picture(CONTACT(lang), "", None, table, empty=CONTACT_EMPTY(lang), alt=CONTACT_EMPTY(lang))
    stages = tuple(
        Stage(
            name(lang),
            formats.number(k),
            formats.unit(PERSONS, formats.number(k), lang),
            k / n,
            (formats.share_with_base(k, n, lang, small_n=small_n),),
            lacking(lang, n=formats.number(n - k)) if n > k else "",
            view.link("/records", metric=metric.key),
        )
        for metric, name, lacking in STAGES
        for k, n in (counts[metric.key],)
        if n
    )
    title = contact_title(counts, view) or CONTACT(lang)
    return Picture(title, CONTACT_SUBTITLE(lang), Steps(stages), table, foot=CONTACT_FOOT(lang), alt=title)


def contact_title(counts: Mapping[str, tuple[int, int]], view: View) -> str:
    """Members with a list, then deputies with a visit on record; empty where neither is known."""
    lang, small_n = view.lang, view.context.rules.small_n
    k, n = counts[LISTED.key]
    visited, serving = counts[VISITED.key]
    share = formats.share_with_base(visited, serving, lang, small_n=small_n)
    first = (ALL_LISTED if k == n else SOME_LISTED)(lang, k=k, n=n) if n else ""
    second = HAVE_VISITED(lang, share=share) if serving else ""
    return ("；" if lang == "zh" else "; ").join(filter(None, (first, second)))


BY_TOWNSHIP = Exhibit("reports", REPORTS, (REPORTED, IN_TOWNS, CONTENT, RATED), _reports_query, compose_reports)
DOUBLE_CONTACT = Exhibit("contact", CONTACT, (LISTED, CONTACTED, VISITED), _contact_query, compose_contact)
