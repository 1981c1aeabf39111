"""The briefing's own exhibits: the text, the figures in it one by one, and what is not in it and why."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from dashboard import fetch
from dashboard.briefing.facts import Facts, Of, ask
from dashboard.briefing.prose import Prose
from dashboard.briefing.sentences import TEMPLATES
from dashboard.briefing.template import all_metrics
from dashboard.briefing.written import briefing
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exports.report import Sentence
from data_access.metrics.metric import Metric
from data_access.text import Text

METRICS = all_metrics(TEMPLATES)
ASKED: dict[Of, tuple[Metric, ...]] = {
    "years": METRICS,
    "last_year": all_metrics(TEMPLATES, "last_year"),
    "term_before": all_metrics(TEMPLATES, "term_before"),
}

TEXT_NAME = Text("简报正文", "The text")
TEXT_TITLE = Text("{n} 句话、{m} 个数字，按当前范围生成", "{n} sentences with {m} figures, written for this range")
TEXT_SUBTITLE = Text(
    "数字可点开到逐条记录；没有数据的句子不写，原因列在下方",
    "Every figure leads to its records; what is not on record is left out, and why is listed below",
)
TEXT_EMPTY = Text(
    "所选范围内没有可以写进简报的数据，原因列在下方。",
    "Nothing in this range can be told; the reasons are listed below.",
)
FIGURES_NAME = Text("逐数核对", "Figure by figure")
FIGURES_TITLE = Text("{m} 个数字逐一可核", "Each of {m} figures can be checked")
FIGURES_SUBTITLE = Text("句子、指标、数值、时段、口径、来源", "Sentence, metric, value, period, definition, source")
FIGURES_EMPTY = Text("正文中没有数字。", "There are no figures in the text.")
OMITTED_NAME = Text("未写入的内容", "What is left out")
OMITTED_TITLE = Text("{n} 项内容未写入", "{n} parts are left out")
OMITTED_SUBTITLE = Text("不猜、不以零代替", "Nothing is guessed, and nothing missing is told as zero")
OMITTED_EMPTY = Text("十四句话全部写入。", "All fourteen sentences are told.")
COLUMNS = (
    Text("句子", "Sentence"), Text("指标", "Metric"), Text("数值", "Value"), Text("时段", "Period"),
    Text("口径", "Definition"), Text("来源", "Source"),
)  # fmt: skip
REASON_COLUMNS = (Text("句子", "Sentence"), Text("原因", "Reason"))


def asked(connection: Connection, view: View) -> Facts:
    """The facts of all sentences, asked once for the three exhibits of a view."""
    key = f"facts|{view.lang}|{view.context.key}"
    facts: Facts | None = fetch.look(key)
    if facts is None:
        facts = ask(connection, view, ASKED)
        fetch.keep(key, facts)
    return facts


def _compose_text(facts: Facts, view: View) -> Picture:
    made = briefing(facts, view)
    table = _figures_table(made.sentences, view)
    if not made.sentences:
        return Picture(TEXT_NAME(view.lang), "", None, table, empty=TEXT_EMPTY(view.lang), alt=TEXT_EMPTY(view.lang))
    title = TEXT_TITLE(view.lang, n=len(made.sentences), m=sum(len(one.figures) for one in made.sentences))
    return Picture(title, TEXT_SUBTITLE(view.lang), Prose(made.sentences, view.lang), table, alt=title)


def _figures_table(sentences: tuple[Sentence, ...], view: View) -> pd.DataFrame:
    rows = [
        (one.heading, figure.metric, figure.words, figure.period, figure.definition, figure.source)
        for one in sentences
        for figure in one.figures
    ]
    return pd.DataFrame(rows, columns=[column(view.lang) for column in COLUMNS])


def _compose_figures(facts: Facts, view: View) -> Picture:
    sentences, lang = briefing(facts, view).sentences, view.lang
    table = _figures_table(sentences, view)
    if table.empty:
        return Picture(FIGURES_NAME(lang), "", None, table, empty=FIGURES_EMPTY(lang), alt=FIGURES_EMPTY(lang))
    lines = []
    for one in sentences:
        for index, figure in enumerate(one.figures):
            cells = (figure.metric, figure.words, figure.period, figure.definition, figure.source)
            heading = Cell("" if index else one.heading)
            lines.append(Line((heading, *(Cell(words) for words in cells)), figure.link))
    head = [column(lang) for column in COLUMNS]
    columns = (
        Column(head[0]), Column(head[1]), Column(head[2], "right"), Column(head[3]), Column(head[4], wide=True),
        Column(head[5], wide=True),
    )  # fmt: skip
    title = FIGURES_TITLE(lang, m=len(lines))
    return Picture(title, FIGURES_SUBTITLE(lang), Listing(columns, tuple(lines)), table, alt=title)


def _compose_omitted(facts: Facts, view: View) -> Picture:
    omitted, lang = briefing(facts, view).omitted, view.lang
    columns = [column(lang) for column in REASON_COLUMNS]
    table = pd.DataFrame([(one.heading, one.reason) for one in omitted], columns=columns)
    if not omitted:
        return Picture(OMITTED_NAME(lang), "", None, table, empty=OMITTED_EMPTY(lang), alt=OMITTED_EMPTY(lang))
    lines = tuple(Line((Cell(one.heading), Cell(one.reason))) for one in omitted)
    body = Listing((Column(columns[0]), Column(columns[1], wide=True)), lines)
    title = OMITTED_TITLE(lang, n=len(omitted))
    return Picture(title, OMITTED_SUBTITLE(lang), body, table, alt=title)


TEXT = Exhibit("text", TEXT_NAME, METRICS, asked, _compose_text)
FIGURES = Exhibit("figures", FIGURES_NAME, METRICS, asked, _compose_figures)
OMITTED = Exhibit("omitted", OMITTED_NAME, METRICS, asked, _compose_omitted)
