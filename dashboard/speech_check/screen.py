"""How a checked draft is shown: the marked text, a sentence, the table of findings; and the same as a workbook."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

import pandas as pd

from dashboard.exhibits.exhibit import Exhibit, Page, Picture, View
from dashboard.exhibits.listing import Cell, Column, Line, Listing, Tone
from dashboard.exports import FORMATS
from dashboard.exports.collect import passport, stem
from dashboard.exports.report import Report, Section
from dashboard.speech_check.quantities import Quantity
from dashboard.speech_check.verdicts import Checked, Claim, Finding, Verdict
from data_access.metrics import METRICS
from data_access.text import Lang, Text

SUMMARY = Text(
    "共 {n} 个数字：相符 {yes}，不符 {no}，无法核对 {open}。",
    "{n} numbers: {yes} agree, {no} differ, {open} cannot be checked.",
)
NONE_FOUND = Text("稿中没有找到统计数字。", "No figures were found in the draft.")
SHOULD_BE = Text("应为{right}", "should be {right}")
OFFERED = Text("可填{right}", "could be {right}")
MARKED = Text("稿子", "The draft")
MARKED_NOTE = Text(
    "每个数字后写着结论，点开看记录；原文一字未改",
    "each number is followed by its verdict and leads to its records; nothing was rewritten",
)
FINDINGS = Text("逐数核对", "Number by number")
ORDER = Text("先列不符，再列无法核对，其余按原文先后", "those that differ first, then those that cannot be checked")
COPY, COPIED = Text("复制结果", "Copy the findings"), Text("已复制", "Copied")
PRINT = Text("打印", "Print")
FILE = Text("下载 XLSX", "Download XLSX")
GAP, END = Text("；", "; "), Text("。", ".")
HEADS = (
    Text("序号", "No."), Text("原文", "In the draft"), Text("结论", "Verdict"), Text("应为", "Should be"),
    Text("指标", "Figure"), Text("期间", "Period"), Text("地域", "Place"), Text("依据", "Why"),
)  # fmt: skip
CLASSES = {Verdict.AGREES: "yes", Verdict.DIFFERS: "no", Verdict.UNKNOWN: "open"}
TONES: dict[Verdict, Tone] = {Verdict.AGREES: "done", Verdict.DIFFERS: "late", Verdict.UNKNOWN: "quiet"}
URGENCY = (Verdict.DIFFERS, Verdict.UNKNOWN, Verdict.AGREES)
BEFORE = 16  # letters of the draft shown before a number


def results(page: Page, checked: Checked, view: View) -> str:
    """Summary with its actions, the marked draft, the findings."""
    lang = view.lang
    if not checked.findings:
        return f'<section class="card c12"><p class="empty">{NONE_FOUND(lang)}</p></section>'
    draft = (
        f'<section class="card c12"><div class="ch"><div><h2>{escape(summary(checked, lang))}</h2>'
        f"<p>{MARKED_NOTE(lang)}</p></div>{_actions(page, checked, view)}</div>"
        f'<div class="draft" lang="zh">{"".join(_marked(checked, lang))}</div></section>'
    )
    heading = f'<div class="ch"><div><h2>{FINDINGS(lang)}</h2><p>{ORDER(lang)}</p></div></div>'
    table = f'<section class="card c12 found">{heading}{_table(checked, lang).html()}</section>'
    return draft + table


def summary(checked: Checked, lang: Lang) -> str:
    """How many numbers agree, differ and cannot be checked."""
    counts = {name: checked.count(verdict) for verdict, name in CLASSES.items()}
    return SUMMARY(lang, n=len(checked.findings), **counts)


def plain(checked: Checked, lang: Lang) -> str:
    """The findings as lines of text, to be pasted."""
    lines = [summary(checked, lang)]
    for number, finding, claim in _in_order(checked):
        parts = (f"{number}. {_excerpt(checked.text, finding.quantity)}", verdict_words(finding, (claim,), lang))
        lines.append(GAP(lang).join((*parts, _why(claim, lang))))
    return "\n".join(lines)


def verdict_words(finding: Finding, claims: Sequence[Claim], lang: Lang) -> str:
    """相符, 不符，应为438件, or 无法核对; a blank figure comes with what could stand there."""
    words = claims[0].verdict.value(lang)
    comma, joint = ("，", "、") if lang == "zh" else (", ", ", ")
    right = joint.join(claim.right(lang) for claim in claims if claim.right(lang))
    if claims[0].verdict is Verdict.DIFFERS and right:
        return f"{words}{comma}{SHOULD_BE(lang, right=right)}"
    if finding.quantity.value is None and right:
        return f"{words}{comma}{OFFERED(lang, right=right)}"
    return words


def workbook(page: Page, checked: Checked, view: View, now: datetime) -> tuple[str, bytes]:
    """The findings with the definitions of their figures, as (file name, XLSX)."""
    keys = dict.fromkeys(claim.key for _, _, claim in _in_order(checked) if claim.key)
    exhibit = Exhibit(
        "findings", FINDINGS, tuple(METRICS[key] for key in keys), lambda c, v: None, lambda d, v: picture
    )
    picture = Picture(summary(checked, view.lang), ORDER(view.lang), None, frame(checked, view.lang))
    report = Report(
        title=page.title(view.lang),
        lang=view.lang,
        passport=passport(page, (exhibit,), view, is_page=False, now=now),
        sections=(Section(exhibit.key, FINDINGS(view.lang), picture),),
        file_stem=stem(page, exhibit, view),
    )
    return f"{report.file_stem}.xlsx", FORMATS["xlsx"].write(report)


def frame(checked: Checked, lang: Lang) -> pd.DataFrame:
    """The findings as a table, one row for each figure a number was held against."""
    rows = [
        (
            str(number),
            _excerpt(checked.text, finding.quantity),
            claim.verdict.value(lang),
            claim.right(lang) or None,
            *(part(lang) for part in (claim.name, claim.period, claim.place)),
            _why(claim, lang),
        )
        for number, finding, claim in _in_order(checked)
    ]
    return pd.DataFrame(rows, columns=[head(lang) for head in HEADS])


def _actions(page: Page, checked: Checked, view: View) -> str:
    lang = view.lang
    name, data = workbook(page, checked, view, datetime.now())
    # The workbook travels inside the page, so that no copy of it waits on the server.
    address = f"data:{FORMATS['xlsx'].mime};base64,{b64encode(data).decode()}"
    return (
        f'<div class="tools"><a href="#" data-copy="{COPIED(lang)}" data-words="{escape(plain(checked, lang))}">'
        f'{COPY(lang)}</a><a href="#" data-print>{PRINT(lang)}</a>'
        f'<a href="{address}" download="{escape(name)}" target="_blank">{FILE(lang)}</a></div>'
    )


def _marked(checked: Checked, lang: Lang) -> Iterator[str]:
    """The draft as it stands, every number marked with a word."""
    place, text = 0, checked.text
    for number, finding in enumerate(checked.findings, 1):
        quantity = finding.quantity
        yield escape(text[place : quantity.start])
        worst = [claim for claim in finding.claims if claim.verdict is finding.verdict]
        words = f"{number} {verdict_words(finding, worst, lang)}"
        link = f' href="{escape(worst[0].link)}"' if worst[0].link else ""
        why = " ".join(_why(claim, lang) for claim in worst)
        yield (
            f'<a class="mk {CLASSES[finding.verdict]}"{link} title="{escape(why)}">'
            f"<b>{escape(quantity.words)}</b><i>{escape(words)}</i></a>"
        )
        place = quantity.end
    yield escape(text[place:])


def _table(checked: Checked, lang: Lang) -> Listing:
    wide = {HEADS[1], HEADS[3], HEADS[4], HEADS[5], HEADS[6], HEADS[7]}
    columns = tuple(Column(head(lang), wide=head in wide) for head in HEADS)
    lines = []
    for number, finding, claim in _in_order(checked):
        cells = (
            Cell(str(number)),
            Cell(_excerpt(checked.text, finding.quantity)),
            Cell(claim.verdict.value(lang), TONES[claim.verdict]),
            Cell(claim.right(lang)),
            Cell(claim.name(lang)),
            Cell(claim.period(lang)),
            Cell(claim.place(lang)),
            Cell(_why(claim, lang)),
        )
        lines.append(Line(cells, claim.link))
    return Listing(columns, tuple(lines))


def _in_order(checked: Checked) -> list[tuple[int, Finding, Claim]]:
    """Claims with the number of their finding, the most urgent first."""
    made = [(n, finding, claim) for n, finding in enumerate(checked.findings, 1) for claim in finding.claims]
    return sorted(made, key=lambda one: URGENCY.index(one[2].verdict))


def _excerpt(text: str, quantity: Quantity) -> str:
    """A number with the words before it, from the head of its clause."""
    start = max(text.rfind(sign, 0, quantity.start) for sign in "。！？；\n，、") + 1
    start = max(start, quantity.start - BEFORE)
    return text[start : quantity.end].strip(' “"')


def _why(claim: Claim, lang: Lang) -> str:
    return GAP(lang).join(why(lang) for why in claim.why if why(lang)) + END(lang)
