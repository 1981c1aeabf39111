"""PPTX: a finding a slide, with charts that can be edited in place where an office chart can say all of the drawing."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.exports import office, sheet, slide_chart
from dashboard.exports.drawings import Drawings
from dashboard.exports.leaves import Leaf
from dashboard.exports.native import native
from dashboard.exports.report import Figure, Report, Section, Sentence
from dashboard.exports.slide_deck import AREA, BODY, FACES, Box, Deck, Piece, lines_of
from dashboard.exports.slide_table import grid, layout
from dashboard.exports.words import AS_OF, FACT, LEFT_OUT, NOTHING, PROOF, REMARK, SNAPSHOT, facts
from data_access.text import Lang

TEXT_SIZE, TEXT_LINE = 18, 28  # points of the letters and of a line
TEXT_AREA = Box(AREA.left, 1.5, AREA.width, 5.2)
LEAST_PLOT = 2.6  # inches a chart needs beside another drawing
HEADING_GAP = 1  # lines between two subjects


def write(report: Report) -> bytes:
    """The slides: a title, the text with its numbers in bold, then each exhibit under its finding.

    Raises:
        ExportProblem: A drawing cannot be made; see ``paper.still``.
    """
    return written(Drawings(report))


def written(drawings: Drawings) -> bytes:
    """The slides of a report of which some drawings may be made already; see ``write``."""
    report = drawings.report
    deck = Deck(report)
    if report.is_page or report.sentences:
        deck.opening()
    for sentences in _shares_of(report.sentences):
        _text(deck, sentences, report)
    for section, leaves in drawings.sections:
        _exhibit(deck, section, leaves, drawings)
    target = io.BytesIO()
    deck.file.save(target)
    return target.getvalue()


def _shares_of(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The text in shares of one slide each, no sentence cut."""
    room, used = int(TEXT_AREA.height * 72 / TEXT_LINE), 0
    share: list[Sentence] = []
    for sentence in sentences:
        is_new = not share or share[-1].heading != sentence.heading
        need = lines_of(sentence.text, TEXT_AREA.width, TEXT_SIZE) + (1 + HEADING_GAP if is_new else 0)
        if share and used + need > room:
            yield share
            share, used = [], 0
        share.append(sentence)
        used += need
    if share:
        yield share


def _text(deck: Deck, sentences: Sequence[Sentence], report: Report) -> None:
    headings = list(dict.fromkeys(sentence.heading for sentence in sentences if sentence.heading))
    title = ("、" if report.lang == "zh" else ", ").join(headings) or report.title
    slide = deck.slide(title, "")
    pieces: list[list[Piece]] = []
    for number, sentence in enumerate(sentences):
        if len(headings) > 1 and (number == 0 or sentences[number - 1].heading != sentence.heading):
            pieces += [[Piece("")]] if number else []
            pieces.append([Piece(sentence.heading, bold=True, colour="red")])
        pieces.append(
            [
                Piece(part.words, bold=True, colour="blue") if isinstance(part, Figure) else Piece(part)
                for part in sentence.parts
            ]
        )
    deck.words(slide, TEXT_AREA, pieces, TEXT_SIZE, line=TEXT_LINE, shrink=True)
    told = [
        PROOF(report.lang, metric=f.metric, value=f.words, period=f.period, definition=f.definition, source=f.source)
        for sentence in sentences
        for f in sentence.figures
    ]
    deck.foot(slide, _view(report, report.passport.filters))
    deck.notes(slide, [*(sentence.text for sentence in sentences), *told, *_facts(report)])


def _exhibit(deck: Deck, section: Section, leaves: tuple[Leaf, ...], drawings: Drawings) -> None:
    """One slide, or one for each drawing where they have no room together."""
    report, picture = drawings.report, section.picture
    for group in _groups(leaves) or [()]:
        slide = deck.slide(picture.title or section.name, picture.subtitle)
        notes = [picture.foot]
        if not group:
            words = picture.empty or NOTHING(report.lang)
            deck.words(slide, AREA, [[Piece(words)]], TEXT_SIZE)
        for leaf, box in zip(group, _boxes(group), strict=True):
            notes.append(_leaf(deck, slide, leaf, box, section, drawings))
        remark = REMARK(report.lang, words=section.note) if section.note else ""
        view = section.filters or report.passport.filters
        said = [words for words in (*notes, remark) if words]
        deck.foot(slide, _view(report, view), said)
        deck.notes(slide, [picture.title, picture.subtitle, *said, *_facts(report, view)])


def _groups(leaves: Sequence[Leaf]) -> list[tuple[Leaf, ...]]:
    """Drawings that share a slide: two at most, and only where both can be read."""
    if len(leaves) == 2 and sum(_height(leaf) for leaf in leaves) <= 1.35 * AREA.height:
        return [tuple(leaves)]
    return [(leaf,) for leaf in leaves]


def _height(leaf: Leaf) -> float:
    """The inches a drawing would like to have over the whole width; rather too many than too few."""
    body = leaf.body
    if leaf.plot is not None:
        return max(LEAST_PLOT, AREA.width * leaf.plot.height / 1000)
    counts = {"ladder": 0.75, "bars": 0.3, "table": 0.4, "todo": 0.6}
    if leaf.kind in counts:
        return 0.8 + counts[leaf.kind] * len(
            body[{"ladder": "rungs", "table": "lines", "todo": "items"}.get(leaf.kind, leaf.kind)]
        )
    return {"cards": 2.6, "steps": 1.8}.get(leaf.kind, AREA.height)


def _boxes(group: Sequence[Leaf]) -> list[Box]:
    """Places under one another, in proportion to what each would like to have."""
    total = sum(_height(leaf) for leaf in group)
    made, top = [], AREA.top
    for leaf in group:
        height = AREA.height * _height(leaf) / total - (0.1 if len(group) > 1 else 0)
        made.append(Box(AREA.left, top, AREA.width, height))
        top += height + 0.1
    return made


def _leaf(deck: Deck, slide: Any, leaf: Leaf, box: Box, section: Section, drawings: Drawings) -> str:
    """Put one drawing into its place; what it has no room for is returned in words."""
    lang, alt = drawings.report.lang, office.clean(leaf.alt)
    if leaf.kind == "table":
        body = leaf.body
        widths = sheet.widths(body["columns"], body["lines"], box.width * 72 * 8.5 / BODY)
        cells = [[(cell["text"], cell["tone"]) for cell in line["cells"]] for line in body["lines"]]
        heads = [column["name"] for column in body["columns"]]
        sides = [column["align"] for column in body["columns"]]
        shown, size = layout(cells, widths, box)
        grid(slide, box, heads, cells[:shown], widths, sides, size, FACES[lang], alt)
        return _left_out(lang, shown, len(cells))
    if leaf.kind == "todo":
        items = [[(one["chip"], one["tone"]), (f"{one['title']}　{one['note']}", "")] for one in leaf.body["items"]]
        shown, size = layout(items, (1, 5), box)
        grid(slide, box, (), items[:shown], (1, 5), (), size, FACES[lang], alt)
        return _left_out(lang, shown, len(items))
    found = native(leaf, section.picture.table)
    if found is not None:
        slide_chart.add(slide, found, box.emu, FACES[lang], alt)
        return found.note(lang)
    deck.picture(slide, drawings.png(leaf), box, alt)
    return ""


def _left_out(lang: Lang, shown: int, whole: int) -> str:
    return LEFT_OUT(lang, shown=shown, left=whole - shown) if shown < whole else ""


def _view(report: Report, filters: str) -> str:
    passport = report.passport
    parts = (filters, f"{AS_OF(report.lang)} {passport.data_as_of}", f"{SNAPSHOT(report.lang)} {passport.snapshot_id}")
    return " · ".join(filter(None, parts))


def _facts(report: Report, view: str = "") -> list[str]:
    told = [(name, words) for name, words in facts(report.passport, report.lang)]
    return [
        FACT(report.lang, name=name, words=words) for name, words in ([(told[0][0], view), *told[1:]] if view else told)
    ]
