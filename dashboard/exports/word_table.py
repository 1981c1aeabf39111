"""Tables of a Word file, written as XML at once: cell by cell python-docx takes seconds for a long one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dashboard import theme
from dashboard.exports.office import CHINESE, Face, clean
from dashboard.exports.word_style import TEXT_MM

TWIPS = 20  # a point
WIDTH = TEXT_MM / 25.4 * 72  # points
SIDES = {"left": "left", "right": "right", "centre": "center"}


@dataclass(frozen=True)
class Slot:
    """One cell: its words, lines apart by a line feed; ``colour`` is a token of the theme; ``bold`` only the first
    line; ``merge`` begins or continues one cell over several rows."""

    words: str
    colour: str = ""
    bold: bool = False
    merge: Literal["", "restart", "continue"] = ""


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[Slot]],
    widths: Sequence[float],
    face: Face,
    *,
    style: str,
    sides: Sequence[str] = (),
) -> Any:
    """A table as wide as the text: its head stands on every page, no row is split, rules as in official papers.

    ``widths`` are in any measure; ``sides`` align the columns.
    """
    total = sum(widths) or 1
    twips = [round(width / total * WIDTH * TWIPS) for width in widths]
    kept = [SIDES[side] for side in sides] or ["left"] * len(twips)
    lines = [
        _row([_cell(slot, width, side, face, style) for slot, width, side in zip(row, twips, kept, strict=True)], False)
        for row in rows
    ]
    if any(heads):
        head = [
            _cell(Slot(words, bold=True), width, side, face, style)
            for words, width, side in zip(heads, twips, kept, strict=True)
        ]
        lines.insert(0, _row(head, True))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'{_borders()}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        f'<w:right w:w="60" w:type="dxa"/></w:tblCellMar><w:tblLook w:firstRow="1" w:noHBand="1" w:noVBand="1"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _borders() -> str:
    line = theme.LIGHT["axis"].lstrip("#")
    edge = '<w:{0} w:val="single" w:sz="{1}" w:space="0" w:color="{2}"/>'
    rules = (("top", 8, "000000"), ("bottom", 8, "000000"), ("insideH", 4, line))
    return f"<w:tblBorders>{''.join(edge.format(*rule) for rule in rules)}</w:tblBorders>"


def _row(cells: Sequence[str], is_head: bool) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(slot: Slot, width: int, side: str, face: Face, style: str) -> str:
    merge = f'<w:vMerge w:val="{slot.merge}"/>' if slot.merge else ""
    lines = clean(slot.words).split("\n")
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/><w:jc w:val="{side}"/></w:pPr>'
        f"{_run(line, face, slot.colour, slot.bold and index == 0)}</w:p>"
        for index, line in enumerate(lines)
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="top"/></w:tcPr>{paragraphs}</w:tc>'
    )


def _run(words: str, face: Face, colour: str, bold: bool) -> str:
    if not words:
        return ""
    hint = ' w:hint="eastAsia"' if CHINESE.search(words) else ""
    ink = f'<w:color w:val="{theme.LIGHT[colour].lstrip("#")}"/>' if colour else ""
    return (
        f'<w:r><w:rPr><w:rFonts{hint} w:ascii="{face.latin}" w:hAnsi="{face.latin}" w:eastAsia="{face.chinese}" '
        f'w:cs="{face.latin}"/>{"<w:b/>" if bold else ""}{ink}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
    )
