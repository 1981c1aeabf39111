"""The quality of the data behind a figure in one quiet word, and in one line for a tool tip or a file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from dashboard import fetch, formats
from dashboard.exhibits.exhibit import Body, View
from dashboard.exhibits.numbers import Numbers
from data_access.errors import DatabaseProblem
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.quality.behind import tables_behind
from data_access.quality.sums import TABLE, Score, added
from data_access.tables import TABLES
from data_access.text import Lang, Text

PAGE = "/data_quality"
NAME = Text("数据质量", "Data quality")
WORD = Text("质量 {share}", "Quality {share}")
LOW = Text("质量 {share} 待核", "Quality {share}, to check")
COMPLETE = Text("完整 {share}", "complete {share}")
TIMELY = Text("及时 {share}", "timely {share}")
CONSISTENT = Text("一致 {share}", "consistent {share}")
TWICE = Text("重复 {n}", "duplicates {n}")
NEWEST = Text("更新至 {day}", "up to {day}")
TIP = Text("数据质量：{words}。涉及{tables}", "Data quality: {words}. From {tables}")
LIST = Text("、", ", ")


@dataclass(frozen=True)
class Badge:
    """What a figure's tables are like under a view. ``is_low``: less in order than the office's floor asks for."""

    tables: tuple[str, ...]
    score: Score
    is_low: bool

    def word(self, lang: Lang) -> str:
        """The lowest of its shares, with a word where that is below the floor."""
        return (LOW if self.is_low else WORD)(lang, share=share(self.score.worst, 0))

    def line(self, lang: Lang) -> str:
        """All four sides and the newest day: ``完整 98.2% · 及时 97.1% · 一致 99.7% · 重复 0 · 更新至 2026-11-18``."""
        made = self.score
        sides = ((COMPLETE, made.complete), (TIMELY, made.timely), (CONSISTENT, made.consistent))
        parts = [words(lang, share=share(k / n)) for words, (k, n) in sides if n]
        parts.append(TWICE(lang, n=formats.number(made.twice)))
        return " · ".join([*parts, *([NEWEST(lang, day=formats.day(made.newest))] if made.newest else [])])

    def tip(self, lang: Lang) -> str:
        """The line and the tables it speaks of."""
        return TIP(
            lang, words=self.line(lang), tables=LIST(lang).join(TABLES[n].info["title"](lang) for n in self.tables)
        )

    def link(self, view: View) -> str:
        """The page on data quality, with these tables picked."""
        return view.link(PAGE, picks=tuple((TABLE, name) for name in self.tables))


def share(value: float | None, decimals: int = 1) -> str:
    """A share cut off rather than rounded: 99.96 % is not 100 %."""
    if value is None:
        return formats.MISSING
    step = 10**decimals
    return f"{math.floor(round(100 * value * step, 6)) / step:.{decimals}f}%"


def badge(metrics: Sequence[Metric], view: View) -> Badge | None:
    """The badge of figures under a view's years and townships; ``None`` where no record stands behind them.

    The figures themselves must not fail for it: where the survey cannot be made, they stand without.
    """
    try:
        found = fetch.quality(view.context)
    except DatabaseProblem:
        return None
    tables = tuple(name for name in tables_behind(metrics, view.context) if name in found and found[name].rows)
    made = added(found[name] for name in tables)
    if made.worst is None:
        return None
    return Badge(tables, made, 100 * made.worst < view.context.rules.quality_floor)


def mark(metrics: Sequence[Metric], view: View) -> str:
    """The badge as a link in a card's tool bar; nothing where there is none."""
    made = badge(metrics, view)
    if made is None:
        return ""
    low = ' class="am"' if made.is_low else ""
    lang = view.lang
    return f'<a href="{escape(made.link(view))}"{low} title="{escape(made.tip(lang))}">{escape(made.word(lang))}</a>'


def tipped(body: Body | None, view: View) -> Body | None:
    """Headline figures with their badges as tool tips; with its word under a figure whose data is below the floor."""
    if not isinstance(body, Numbers):
        return body
    cards = []
    for card in body.cards:
        made = badge([METRICS[card.metric]], view) if card.metric in METRICS else None
        if made is not None:
            low = (made.word(view.lang),) if made.is_low else ()
            card = replace(card, tip=made.tip(view.lang), base=" · ".join(filter(None, (card.base, *low))))
        cards.append(card)
    return Numbers(tuple(cards))
