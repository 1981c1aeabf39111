"""The deck: wide slides with a title, a line under it, a foot with the view, notes; every word in both faces."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches, Pt

from dashboard import theme
from dashboard.exports import office
from dashboard.exports.office import Face
from dashboard.exports.report import Report
from dashboard.exports.sheet import letters
from dashboard.exports.slide_chart import ink, set_face
from dashboard.exports.words import AS_OF, OPEN
from data_access.text import Lang

FACES: dict[Lang, Face] = {"zh": Face("微软雅黑", "微软雅黑"), "en": Face("Arial", "微软雅黑")}
WIDTH, HEIGHT = 13.333, 7.5  # inches
BODY, SMALL = 12, 10.5  # points
TITLE_ONLY = 5  # the layout of python-pptx's own template
LONGEST_FOOT = 300  # half-width letters: two lines


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """The same in the measure of the file."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


TITLE = Box(0.6, 0.3, 12.1, 0.85)
SUBTITLE = Box(0.6, 1.25, 12.1, 0.4)
AREA = Box(0.6, 1.75, 12.1, 4.55)
SAID = Box(0.6, 6.35, 12.1, 0.5)
VIEW = Box(0.6, 6.95, 11.2, 0.3)
NUMBER = Box(12.0, 6.95, 0.7, 0.3)


@dataclass(frozen=True)
class Piece:
    """Words in one look; ``link`` is a whole address."""

    words: str
    bold: bool = False
    colour: str = "ink"
    link: str = ""


def lines_of(words: str, inches: float, size: float) -> int:
    """How many lines words take, Chinese letters as wide as high."""
    room = max(inches * 72 / size * 2, 2)
    return sum(max(1, math.ceil(letters(line) / room)) for line in (words or " ").split("\n"))


def shortened(words: str) -> str:
    """What two lines at the foot of a slide hold."""
    if letters(words) <= LONGEST_FOOT:
        return words
    end = len(words)
    while letters(words[:end]) > LONGEST_FOOT - 2:
        end -= 1
    return f"{words[:end]}…"


def fill(paragraph: Any, pieces: Sequence[Piece], size: float, face: Face) -> None:
    """Write pieces into a paragraph, each with its Latin and its Chinese face."""
    for piece in pieces:
        run = paragraph.add_run()
        run.text = office.clean(piece.words)
        run.font.size, run.font.bold = Pt(size), piece.bold
        is_chinese = office.CHINESE.search(piece.words)
        run.font.language_id = MSO_LANGUAGE_ID.SIMPLIFIED_CHINESE if is_chinese else MSO_LANGUAGE_ID.ENGLISH_US
        run.font.color.rgb = ink(theme.LIGHT[piece.colour])
        set_face(run.font, face)
        if piece.link:
            run.hyperlink.address = piece.link


class Deck:
    """A presentation being written, slide by slide."""

    def __init__(self, report: Report) -> None:
        self.report, self.lang, self.face = report, report.lang, FACES[report.lang]
        self.file = Presentation()
        wider = WIDTH / 10  # the template is made for narrow slides
        self.file.slide_width, self.file.slide_height = Inches(WIDTH), Inches(HEIGHT)
        master = self.file.slide_master
        for shape in (*master.shapes, *(shape for layout in master.slide_layouts for shape in layout.shapes)):
            if shape.width is not None:
                shape.left, shape.width = Emu(int(shape.left * wider)), Emu(int(shape.width * wider))
        office.properties(self.file.core_properties, report.passport, report.lang)

    def opening(self) -> None:
        """The first slide: what, where, until when, by whom."""
        passport = self.report.passport
        slide = self._blank(Box(1.2, 2.3, 10.9, 1.4), self.report.title, 36)
        self._bar(slide, Box(0.85, 2.4, 0.09, 1.2))
        words = (passport.filters, f"{AS_OF(self.lang)} {passport.data_as_of}", passport.maker, passport.note)
        lines = [[Piece(line, colour="ink2")] for line in words if line]
        self.words(slide, Box(1.2, 3.85, 10.9, 2.2), lines, 18, line=30)
        self.foot(slide, "")
        self.notes(slide, [passport.title, *words, passport.link])

    def slide(self, title: str, subtitle: str) -> Any:
        """A slide whose title is the finding."""
        room = 0.92 * TITLE.width  # digits are wider than half a Chinese letter
        sizes = ((26, 1), (22, 2))
        size = next((size for size, most in sizes if lines_of(title, room, size) <= most), 16)
        made = self._blank(TITLE, title, size)
        self._bar(made, Box(0.36, 0.42, 0.07, 0.6))
        if subtitle:
            self.words(made, SUBTITLE, [[Piece(subtitle, colour="ink2")]], 14, shrink=True)
        return made

    def _blank(self, box: Box, title: str, size: float) -> Any:
        slide = self.file.slides.add_slide(self.file.slide_layouts[TITLE_ONLY])
        holder = slide.shapes.title
        holder.left, holder.top, holder.width, holder.height = (Emu(part) for part in box.emu)
        frame = holder.text_frame
        frame.word_wrap, frame.vertical_anchor, frame.auto_size = True, MSO_ANCHOR.MIDDLE, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        fill(frame.paragraphs[0], [Piece(" ".join(title.split()), bold=True)], size, self.face)
        return slide

    def _bar(self, slide: Any, box: Box) -> None:
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
        shape.fill.solid()
        shape.fill.fore_color.rgb = ink(theme.LIGHT["red"])
        shape.line.fill.background()
        shape.shadow.inherit = False

    def words(
        self,
        slide: Any,
        box: Box,
        paragraphs: Sequence[Sequence[Piece]],
        size: float,
        *,
        line: float | None = None,
        shrink: bool = False,
    ) -> Any:
        """A box of words, ``line`` points from line to line; ``shrink`` lets PowerPoint make long ones smaller."""
        frame = slide.shapes.add_textbox(*box.emu).text_frame
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE if shrink else MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for number, pieces in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            if line:
                paragraph.line_spacing = Pt(line)
            fill(paragraph, pieces, size, self.face)
        return frame

    def picture(self, slide: Any, png: bytes, box: Box, alt: str) -> None:
        """A picture as large as the box allows, in its middle."""
        ratio = office.ratio(png)
        width = min(box.width, box.height / ratio)
        left, top = box.left + (box.width - width) / 2, box.top + (box.height - width * ratio) / 2
        made = slide.shapes.add_picture(io.BytesIO(png), Inches(left), Inches(top), width=Inches(width))
        made._element.nvPicPr.cNvPr.set("descr", alt)

    def foot(self, slide: Any, view: str, said: Sequence[str] = ()) -> None:
        """How to read the slide, the view it shows with a link to it, the number of the slide."""
        if words := " ".join(" ".join(part.split()) for part in said):
            self.words(slide, SAID, [[Piece(shortened(words), colour="ink2")]], SMALL)
        link = office.address(self.report, self.report.passport.link)
        pieces = [Piece(f"{view}　" if view else "", colour="ink3")]
        self.words(slide, VIEW, [[*pieces, *([Piece(OPEN(self.lang), link=link)] if link else [])]], SMALL)
        self._number(slide)

    def _number(self, slide: Any) -> None:
        frame = self.words(slide, NUMBER, [[]], SMALL)
        frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
        number = len(self.file.slides)
        field = (
            f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
            f'<a:rPr sz="{int(SMALL * 100)}"><a:solidFill><a:srgbClr val="{theme.LIGHT["ink3"].lstrip("#")}"/>'
            f'</a:solidFill><a:latin typeface="{self.face.latin}"/><a:ea typeface="{self.face.chinese}"/></a:rPr>'
            f"<a:t>{number}</a:t></a:fld>"
        )
        frame.paragraphs[0]._p.append(parse_xml(field))

    def notes(self, slide: Any, lines: Sequence[str]) -> None:
        """What the speaker may be asked: how it is counted, the view, the link in full."""
        frame = slide.notes_slide.notes_text_frame
        for number, line in enumerate(line for line in lines if line):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            fill(paragraph, [Piece(line)], BODY, self.face)
