"""Tables on a slide: as many rows as it has room for, in the rules of the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard import theme
from dashboard.exports.office import Face
from dashboard.exports.slide_deck import Box, Piece, fill, lines_of

SIZES = (14, 12)  # points; the larger one where all rows have room
MARGINS = 0.13  # inches above and below the lines of a cell
SIDES = {"right": PP_ALIGN.RIGHT, "centre": PP_ALIGN.CENTER}
TONES = {"late": "amber", "soon": "amber", "done": "blue", "muted": "ink3", "quiet": "ink2"}
Cells = Sequence[tuple[str, str]]  # words and tone


def layout(rows: Sequence[Cells], widths: Sequence[float], box: Box) -> tuple[int, float]:
    """How many rows are shown, and in letters of how many points."""
    fitting = [(_rows_that_fit(rows, widths, box, size), size) for size in SIZES]
    return next(((count, size) for count, size in fitting if count == len(rows)), fitting[-1])


def _rows_that_fit(rows: Sequence[Cells], widths: Sequence[float], box: Box, size: float) -> int:
    """How many rows stand below one head row in the height of the box, long words folded."""
    used, inches = _line(size) + MARGINS, _inches(widths, box)
    for count, row in enumerate(rows):
        used += _height(row, inches, size)
        if used > box.height:
            return max(count, 1)
    return len(rows)


def _inches(widths: Sequence[float], box: Box) -> list[float]:
    return [box.width * width / sum(widths) for width in widths]


def _line(size: float) -> float:
    return size * 1.25 / 72


def _height(row: Cells, inches: Sequence[float], size: float) -> float:
    lines = max(lines_of(words, wide - 0.16, size) for (words, _), wide in zip(row, inches, strict=True))
    return MARGINS + lines * _line(size)


def grid(
    slide: Any,
    box: Box,
    heads: Sequence[str],
    rows: Sequence[Cells],
    widths: Sequence[float],
    sides: Sequence[str],
    size: float,
    face: Face,
    alt: str,
) -> None:
    """A table of real cells; ``widths`` in any measure; without ``heads`` it begins with its first row."""
    lines: list[Cells] = [*([[(head, "quiet") for head in heads]] if heads else []), *rows]
    inches = _inches(widths, box)
    heights = [_height(cells, inches, size) for cells in lines]
    left, top, width, _ = box.emu
    frame = slide.shapes.add_table(len(lines), len(widths), left, top, width, Inches(sum(heights)))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    made = frame.table
    style = made._tbl.tblPr
    style.set("bandRow", "0")
    style.find(qn("a:tableStyleId")).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
    made.first_row = bool(heads)
    for column, wide in zip(made.columns, inches, strict=True):
        column.width = Inches(wide)
    for place, (row, cells) in enumerate(zip(made.rows, lines, strict=True)):
        row.height = Inches(heights[place])
        is_head = bool(heads) and place == 0
        for index, (cell, (words, tone)) in enumerate(zip(row.cells, cells, strict=True)):
            _cell(cell, words, TONES.get(tone, "ink"), is_head, size, face)
            cell.text_frame.paragraphs[0].alignment = SIDES.get(sides[index] if sides else "")


def _cell(cell: Any, words: str, colour: str, is_head: bool, size: float, face: Face) -> None:
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    fill(cell.text_frame.paragraphs[0], [Piece(words, bold=is_head, colour=colour)], size, face)
    edge = theme.LIGHT["axis" if is_head else "grid"].lstrip("#")
    line = (
        f'<a:lnB {nsdecls("a")} w="{Pt(1 if is_head else 0.5)}"><a:solidFill><a:srgbClr val="{edge}"/></a:solidFill>'
        "</a:lnB>"
    )
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))
