"""DOCX: the briefing, a page or one exhibit as an official paper that Word and WPS can go on writing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from dashboard.exports import office, sheet
from dashboard.exports.drawings import Drawings
from dashboard.exports.leaves import Leaf
from dashboard.exports.report import Figure, Report, Section
from dashboard.exports.word_style import LOOKS, TEXT_HEIGHT_MM, TEXT_MM, ZH, blank, run
from dashboard.exports.word_table import WIDTH, Slot, table
from dashboard.exports.words import (
    AS_OF,
    COUNTING,
    DEFINITION_HEADS,
    DEFINITIONS,
    NOTHING,
    OPEN,
    PICTURE,
    PICTURES,
    SENTENCE_HEADS,
    SENTENCES,
    about,
    facts,
    figure_rows,
    numbered,
)

HIGHEST_MM = 0.8 * TEXT_HEIGHT_MM
LONGEST_TIP = 250  # Word calls a file with a longer one damaged
MANY_COLUMNS = 7
# The width of the text in points of the 8.5 that ``sheet.widths`` reckons with.
TABLE_POINTS = {style: WIDTH * 8.5 / ZH[style].size for style in ("Cell", "Small Cell")}
MOST_BARS = 24  # more do not fit a page and become a table
TONES = {"late": "amber", "soon": "amber", "done": "blue", "muted": "ink3", "quiet": "ink2"}
SENTENCE_WIDTHS = (25, 26, 20, 55, 30)
DEFINITION_WIDTHS = (28, 28, 65, 35)  # the longest key on one line
LONGEST_SHOWN = 90  # letters of a link: a longer one nobody types, so words stand for it


def write(report: Report) -> bytes:
    """The document: text with its numbers as links, their table, the exhibits, the definitions, the passport.

    Raises:
        ExportProblem: A drawing cannot be made; see ``paper.still``.
    """
    return written(Drawings(report))


def written(drawings: Drawings) -> bytes:
    """The document of a report of which some drawings may be made already; see ``write``."""
    paper = _Paper(drawings)
    paper.head()
    paper.sentences()
    paper.exhibits()
    paper.definitions()
    paper.passport()
    target = io.BytesIO()
    paper.document.save(target)
    return target.getvalue()


class _Paper:
    """A document being written from top to bottom."""

    def __init__(self, drawings: Drawings) -> None:
        report = drawings.report
        self.report, self.drawings, self.lang = report, drawings, report.lang
        self.looks = LOOKS[report.lang]
        self.document: WordDocument = blank(report.lang)
        office.properties(self.document.core_properties, report.passport, report.lang)

    def add(self, words: str, style: str, *, keep: bool = False) -> Any:
        """A paragraph in a style; ``keep`` holds it on the page of the next one."""
        made = self.document.add_paragraph(style=style)
        if words:
            run(made, words, self.looks[style].face)
        made.paragraph_format.keep_with_next = keep or None
        return made

    def place(self, made: Any) -> None:
        """A table where the text has come to, and an end to it, so that the next one does not grow onto it."""
        self.document.element.body.insert_element_before(made, "w:sectPr")

    def head(self) -> None:
        passport, lang = self.report.passport, self.lang
        self.add(self.report.title if self.report.sentences else passport.title, "Title")
        view = (passport.filters, f"{AS_OF(lang)} {passport.data_as_of}")
        lines = (passport.maker, ("　" if lang == "zh" else " · ").join(filter(None, view)))
        self.add("\n".join(filter(None, lines)), "Subtitle")

    def sentences(self) -> None:
        """The text by subject, and on a page of its own the table of its numbers."""
        if not self.report.sentences:
            return
        for number, (heading, group) in enumerate(groupby(self.report.sentences, lambda one: one.heading), start=1):
            if heading:
                self.add(numbered(number, heading, self.lang), "Heading 1", keep=True)
            for sentence in group:
                paragraph = self.document.add_paragraph(style="Body Text")
                for part in sentence.parts:
                    if isinstance(part, Figure):
                        self.figure(paragraph, part)
                    else:
                        run(paragraph, part, self.looks["Body Text"].face)
        self.heading(SENTENCES(self.lang), new_page=True)
        heads = [head(self.lang) for head in SENTENCE_HEADS]
        self.place(table(heads, self.figure_rows(), SENTENCE_WIDTHS, self.looks["Cell"].face, style="Cell"))

    def figure(self, paragraph: Any, figure: Figure) -> None:
        """A number that leads to its records: black and without a line under it, for it will be read on paper."""
        made = run(paragraph, figure.words, self.looks["Body Text"].face)
        if link := office.address(self.report, figure.link):
            self.hyperlink(paragraph, made, link, tip=f"{figure.metric} {figure.definition}")

    def hyperlink(self, paragraph: Any, made: Any, link: str, *, tip: str = "") -> None:
        """Let words lead to an address; ``tip`` is shown where they are pointed at."""
        holder = OxmlElement("w:hyperlink")
        holder.set(qn("r:id"), paragraph.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        if tip:
            holder.set(qn("w:tooltip"), " ".join(office.clean(tip).split())[:LONGEST_TIP])
        paragraph._p.append(holder)
        holder.append(made._element)

    def figure_rows(self) -> list[list[Slot]]:
        """句子—指标—数值—口径—来源; one cell for the sentence beside all of its numbers."""
        return [
            [
                Slot(name, merge="restart" if name else "continue"),
                Slot(metric),
                Slot(value, bold=True),
                *map(Slot, rest),
            ]
            for name, metric, value, *rest in figure_rows(self.report.sentences)
        ]

    def heading(self, words: str, *, new_page: bool = False) -> None:
        """The heading of what follows the text, from the margin; a new page begins with it where asked."""
        made = self.add(words, "Heading 1", keep=True)
        made.paragraph_format.page_break_before = new_page or None
        made.paragraph_format.first_line_indent = 0
        made._p.pPr.ind.set(qn("w:firstLineChars"), "0")

    def exhibits(self) -> None:
        is_briefing, several = bool(self.report.sentences), len(self.drawings.sections) > 1
        if is_briefing and self.drawings.sections:
            self.heading(PICTURES(self.lang), new_page=True)
        for number, (section, leaves) in enumerate(self.drawings.sections, start=1):
            title = section.picture.title or section.name
            if is_briefing:
                self.add(f"{PICTURE(self.lang, n=number)}　{title}", "Heading 2", keep=True)
            else:
                self.add(numbered(number, title, self.lang) if several else title, "Heading 1", keep=True)
            self.exhibit(section, leaves)

    def exhibit(self, section: Section, leaves: Sequence[Leaf]) -> None:
        """What is drawn, the drawings, how to read them, the view they were taken under, the reader's note."""
        picture = section.picture
        if picture.subtitle:
            self.add(picture.subtitle, "Caption", keep=True)
        if not leaves:
            self.add(picture.empty or NOTHING(self.lang), "Caption")
        for leaf in leaves:
            self.leaf(leaf)
        for words in (picture.foot, *about(section, self.report)):
            if words:
                self.add(words, "Caption")

    def leaf(self, leaf: Leaf) -> None:
        """Tables stay tables, so that they can be read and edited; everything else is a picture."""
        small = self.looks["Small Cell"].face
        if leaf.kind == "table":
            columns, lines = leaf.body["columns"], leaf.body["lines"]
            rows = [[Slot(cell["text"], TONES.get(cell["tone"], "")) for cell in line["cells"]] for line in lines]
            style = "Small Cell" if len(columns) > MANY_COLUMNS else "Cell"
            made = table(
                [column["name"] for column in columns],
                rows,
                sheet.widths(columns, lines, TABLE_POINTS[style]),
                small,
                style=style,
                sides=[column["align"] for column in columns],
            )
        elif leaf.kind == "todo":
            items = leaf.body["items"]
            rows = [
                [Slot(one["chip"], TONES.get(one["tone"], "")), Slot(f"{one['title']}\n{one['note']}", bold=True)]
                for one in items
            ]
            made = table(("", ""), rows, (30, 126), small, style="Cell")
        elif leaf.kind == "bars" and len(leaf.body["bars"]) > MOST_BARS:
            heads, bars = leaf.body["heads"], leaf.body["bars"]
            rows = [[Slot(bar["name"]), *(Slot(cell) for cell in bar["cells"])] for bar in bars]
            widths = (60, *[96 / len(heads)] * len(heads))
            made = table(("", *heads), rows, widths, small, style="Cell", sides=("left", *["right"] * len(heads)))
        else:
            self.picture(leaf)
            return
        self.place(made)
        self.add("", "Caption")

    def picture(self, leaf: Leaf) -> None:
        png = self.drawings.png(leaf)
        wide = min(TEXT_MM, HIGHEST_MM / office.ratio(png))
        paragraph = self.add("", "Picture")
        shape = run(paragraph, "", self.looks["Picture"].face).add_picture(io.BytesIO(png), width=Mm(wide))
        told = shape._inline.docPr
        told.set("descr", office.clean(leaf.alt))
        told.set("title", office.clean(leaf.alt))

    def definitions(self) -> None:
        """The metrics of the exhibits as a table."""
        known = self.report.passport.definitions
        if not known:
            return
        self.heading(DEFINITIONS(self.lang))
        rows = [
            [Slot(d.key), Slot(d.name), Slot("\n".join(filter(None, (d.definition, d.excludes)))), Slot(d.source)]
            for d in known
        ]
        key, name, *_, source = DEFINITION_HEADS
        heads = [head(self.lang) for head in (key, name, COUNTING, source)]
        self.place(table(heads, rows, DEFINITION_WIDTHS, self.looks["Cell"].face, style="Cell"))

    def passport(self) -> None:
        """Where the file comes from, in small letters at its end."""
        self.add("", "Caption")
        link = office.address(self.report, self.report.passport.link)
        for name, words in facts(self.report.passport, self.lang):
            if words != self.report.passport.link:
                self.add(f"{name}  {words}", "Caption")
                continue
            paragraph, face = self.add(f"{name}  ", "Caption"), self.looks["Caption"].face
            made = run(paragraph, words if len(words) <= LONGEST_SHOWN else OPEN(self.lang), face)
            if link:
                self.hyperlink(paragraph, made, link)
