"""Capacity at a glance: deputies elected, turnout, cadres since the stated day, funds; elections place by place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.comparison import in_order, order_words
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.headline import Figure, headline
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.numbers import Card, Numbers
from dashboard.formats import granted
from data_access.dimensions import labels
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric, Window
from data_access.text import Text

PATH = "/capacity"
DISTRICT, TOWNSHIPS, TURNOUT, AT_ONCE = (METRICS[key] for key in ("E01.d", "E01.t", "E02", "E03"))
PROMOTED, RANKED = METRICS["B07"], METRICS["B08"]
BUDGET, SPENT, RATE = METRICS["B13"], METRICS["B13.spent"], METRICS["B13.rate"]

LOCAL_DEPUTIES = Text("{word}代表", "District deputies")
VOTERS = Text("登记选民", "registered")
ROUND = Text("一次选举成功选区 {k}/{n}", "one round in {k} of {n}")
NO_CONGRESS = Text("街道不设人代会，没有此项", "subdistricts have no congress")
TOWN_TURNOUT = Text("参选率 {share}", "turnout {share}")
LATEST = Text("最近一次换届选举", "the latest general election")
UNADDED = Text("同一人可兼有，两项不相加", "the two are not added")
SINCE = Text("{day} 以来", "since {day}")
IN_YEARS = Text("所选年份", "in the years chosen")
NOT_BEGUN = Text("起算日期 {day} 在所选年份之后", "counted from {day}, after these years")
SPENT_WORDS = Text("支出 {n} 万元", "{n} spent")

NAME = Text("换届选举", "General elections")
TITLE = Text("第{term}届换届选举产生{word}代表 {d} 名", "Term {term}: {d} district deputies elected")
TITLE_PLAIN = Text("换届选举产生{word}代表 {d} 名", "{d} district deputies elected")
AND_TOWNSHIPS = Text("、乡镇代表 {t} 名", ", {t} township deputies")
AND_TURNOUT = Text("，参选率 {share}", ", turnout {share}")
SUBTITLE = Text(
    "最近一次换届选举；条为{word}代表选举的参选率，竖线为合计；{order}",
    "The latest general election; bars: turnout for district deputies, rules: all of them; {order}",
)
FOOT = Text(
    "街道不设人民代表大会，没有乡镇代表，记“—”，不是零；一次成功为一次投票选足名额的选区；不计补选。",
    "Subdistricts have no congress and so no township deputies (“—”, not zero); one round: constituencies filled at "
    "the first vote; by-elections are not counted.",
)
EMPTY = Text("截至期末没有换届选举的记录，可换年份或乡镇再看。", "No general election on record by the last day.")
HEADS = (
    Text("{word}代表", "District"),
    Text("乡镇代表", "Township"),
    Text("参选率", "Turnout"),
    Text("一次成功", "One round"),
)
COLUMNS = (
    Text("乡镇（街道）", "Township"), Text("当选{word}代表", "District deputies"),
    Text("当选乡镇代表", "Township deputies"), Text("参选率", "Turnout"), Text("登记选民", "Registered voters"),
    Text("一次成功选区", "One round"), Text("选区", "Constituencies"),
)  # fmt: skip
NONE = "—"
CONGRESSES = ("TOWN", "XIANG")


def _round(total: Any, view: View) -> str:
    n = granted(total[f"{AT_ONCE.key}.n"])
    return ROUND(view.lang, k=granted(total[f"{AT_ONCE.key}.k"]), n=n) if n else ""


def since(view: View) -> str:
    """From when cadres are counted, in words; a day after the years asked for leaves nothing to count."""
    day = view.context.rules.since_cadre
    if day is None:
        return IN_YEARS(view.lang)
    return (SINCE if day <= view.context.stock_on else NOT_BEGUN)(view.lang, day=formats.day(day))


def _since(total: Any, view: View) -> str:
    return since(view)


def _spent(total: Any, view: View) -> str:
    words = SPENT_WORDS(view.lang, n=formats.number(total[SPENT.key], 1))
    return f"{words} · {formats.percent(total[RATE.key])}" if total[BUDGET.key] else words


def elections() -> Exhibit:
    """District and township deputies, turnout and first rounds by township, in code order unless the office ranks."""
    return Exhibit("elections", NAME, (DISTRICT, TOWNSHIPS, TURNOUT, AT_ONCE), _query, compose)


def _query(connection: Connection, view: View) -> dict[str, Any]:
    asked = (DISTRICT, TOWNSHIPS, TURNOUT, AT_ONCE)
    return {
        "places": measure(connection, asked, view.context, by=("township", "township_kind")),
        "terms": measure(connection, asked, view.context, by=("term",)),
        "total": measure(connection, asked, view.context).iloc[0],
        "names": {code: words(view.lang) for code, words in labels(connection, "township", view.context).items()},
    }


def compose(data: Mapping[str, Any], view: View) -> Picture:
    """Bars of turnout with deputies of both levels; ``data`` holds figures by place, by term and in all."""
    lang, total, word = view.lang, data["total"], view.context.rules.region_word
    rows = in_order(as_rows(data["places"].sort_values("township")), lambda row: row[TURNOUT.key], view)
    table, subtitle = _table(rows, data["names"], view), SUBTITLE(lang, word=word, order=order_words(view))
    if not rows:
        return Picture(NAME(lang), subtitle, None, table, empty=EMPTY(lang), alt=EMPTY(lang))
    title = finding(total, data["terms"], view)
    share = total[TURNOUT.key]
    mark = None if formats.is_missing(share) else float(share)
    bars = tuple(_bar(row, data["names"], mark, view) for row in rows)
    heads = tuple(head(lang, word=word) for head in HEADS)
    return Picture(title, subtitle, BarList(bars, heads, full=1.0), table, foot=FOOT(lang), alt=title)


def finding(total: Any, terms: pd.DataFrame, view: View) -> str:
    """What the election brought: deputies of each level there is, and the turnout; the term where it is one."""
    lang, word = view.lang, view.context.rules.region_word
    known = [int(term) for term in terms["term"]]
    words = {"d": formats.number(total[DISTRICT.key]), "word": word}
    made = TITLE(lang, term=known[0], **words) if len(known) == 1 else TITLE_PLAIN(lang, **words)
    if total[TOWNSHIPS.key]:
        made += AND_TOWNSHIPS(lang, t=formats.number(total[TOWNSHIPS.key]))
    share = total[TURNOUT.key]
    return made if formats.is_missing(share) else made + AND_TURNOUT(lang, share=formats.percent(share))


def _bar(row: Any, names: Mapping[str, str], mark: float | None, view: View) -> Bar:
    code, share = str(row["township"]), row[TURNOUT.key]
    asked = view.context.filters.townships
    rounds = granted(row[f"{AT_ONCE.key}.n"])
    cells = (
        formats.number(row[DISTRICT.key]),
        formats.number(row[TOWNSHIPS.key]) if row["township_kind"] in CONGRESSES else NONE,
        formats.percent(share),
        f"{granted(row[f'{AT_ONCE.key}.k'])}/{rounds}" if rounds else formats.MISSING,
    )
    value = None if formats.is_missing(share) else float(share)
    href = view.link(PATH, townships=() if asked == (code,) else (code,))
    return Bar(names.get(code, code), value, cells, mark=mark, href=href)


def _table(rows: list[Any], names: Mapping[str, str], view: View) -> pd.DataFrame:
    lines = [
        (
            names.get(str(row["township"]), row["township"]),
            granted(row[DISTRICT.key]),
            granted(row[TOWNSHIPS.key]) if row["township_kind"] in CONGRESSES else None,
            row[TURNOUT.key],
            granted(row[f"{TURNOUT.key}.n"]),
            granted(row[f"{AT_ONCE.key}.k"]),
            granted(row[f"{AT_ONCE.key}.n"]),
        )
        for row in rows
    ]
    return pd.DataFrame(lines, columns=[column(view.lang, word=view.context.rules.region_word) for column in COLUMNS])


def figures() -> Exhibit:
    """The headline row; where nothing was elected, budgeted or yet counted there is no figure, not a zero."""
    base = headline(
        Figure(DISTRICT, note=_round, also=(AT_ONCE,), yearly=False),
        Figure(TOWNSHIPS, note=_township_turnout, also=(DISTRICT, METRICS["E02.t"]), yearly=False),
        Figure(TURNOUT, base=VOTERS, yearly=False),
        Figure(PROMOTED, note=_since, yearly=False, of_district=True),
        Figure(RANKED, note=_since, yearly=False, of_district=True),
        Figure(BUDGET, note=_spent, also=(SPENT, RATE), of_district=True),
    )

    def compose(data: Any, view: View) -> Picture:
        picture, total = base.compose(data, view), data[0]
        assert isinstance(picture.body, Numbers)
        cards = [_timed(c, m, total, view) for c, m in zip(picture.body.cards, base.metrics, strict=True)]
        table = picture.table.copy()
        table.iloc[[i for i, card in enumerate(cards) if card.value == formats.MISSING], 1] = None
        return replace(picture, body=Numbers(tuple(cards)), figures=table)

    return replace(base, compose=compose)


def _timed(card: Card, metric: Metric, total: Any, view: View) -> Card:
    """The card with how years apply to it in its last line, as the figures of this page differ in that."""
    lang, word = view.lang, view.context.rules.region_word
    nothing = replace(card, value=formats.MISSING, change_lead="", change="", trend=())
    if metric.window is Window.TERM:
        name = LOCAL_DEPUTIES(lang, word=word) if metric is DISTRICT else card.name
        made = replace(card, name=name, change_lead=card.base, base=LATEST(lang))
        return made if total[metric.key] else replace(made, value=formats.MISSING)
    if card.value == formats.MISSING:
        return card
    if metric is BUDGET:
        return card if total[metric.key] else replace(nothing, base="")
    day = view.context.rules.since_cadre
    is_ahead = day is not None and day > view.context.stock_on
    return replace(nothing, base=card.base) if is_ahead else replace(card, change_lead=UNADDED(lang))


def _township_turnout(total: Any, view: View) -> str:
    share = total["E02.t"]
    if not total[TOWNSHIPS.key]:
        return NO_CONGRESS(view.lang) if total[DISTRICT.key] else ""
    return "" if formats.is_missing(share) else TOWN_TURNOUT(view.lang, share=formats.percent(share))


HEADLINE = figures()
ELECTIONS = elections()
