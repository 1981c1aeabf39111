"""The layout of official papers (GB/T 9704) as Word styles: page, faces, sizes, lines, page numbers.

Chinese names of faces are set beside the Latin ones on every style and run, and the faces of the theme are removed:
where a theme names a face, Word takes that one. English files have the same page and their own faces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dashboard.exports.office import CHINESE, Face, clean
from data_access.text import Lang

TEXT_MM = 156.0  # between the margins
TEXT_HEIGHT_MM = 225.0
LINE = 28.0  # points; 22 lines a page
INDENT = 200  # hundredths of a character
THEME_FACES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
SONG, FANG, KAI, HEI, TITLE = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
ROMAN = "Times New Roman"


@dataclass(frozen=True)
class Look:
    """How one style looks: ``line`` in points is exact (None: as high as the words), ``indent`` of the first line."""

    face: Face
    size: float
    line: float | None
    bold: bool = False
    centred: bool = False
    indent: bool = False
    justified: bool = False
    before: float = 0
    after: float = 0


ZH = {
    "Normal": Look(Face(ROMAN, FANG), 16, LINE),
    "Title": Look(Face(ROMAN, TITLE), 22, 36, centred=True, after=6),
    "Subtitle": Look(Face(ROMAN, KAI), 14, LINE, centred=True, after=14),
    "Heading 1": Look(Face(ROMAN, HEI), 16, LINE, indent=True, before=6),
    "Heading 2": Look(Face(ROMAN, KAI), 16, LINE, before=6),
    "Body Text": Look(Face(ROMAN, FANG), 16, LINE, indent=True, justified=True),
    "Caption": Look(Face(ROMAN, SONG), 10.5, 16, after=4),
    "Picture": Look(Face(ROMAN, SONG), 10.5, None, centred=True, before=4, after=4),
    "Cell": Look(Face(ROMAN, SONG), 9, 12.5, before=2, after=2),
    "Small Cell": Look(Face(ROMAN, SONG), 8, 11, before=1.5, after=1.5),
    "Footer": Look(Face(SONG, SONG), 14, None),
}
ARIAL = Face("Arial", HEI)
ENGLISH = Face(ROMAN, SONG)
EN = {
    "Normal": Look(ENGLISH, 12, None),
    "Title": Look(ARIAL, 20, None, bold=True, centred=True, after=6),
    "Subtitle": Look(ENGLISH, 11, None, centred=True, after=14),
    "Heading 1": Look(ARIAL, 14, None, bold=True, before=14, after=6),
    "Heading 2": Look(ARIAL, 12, None, bold=True, before=10, after=4),
    "Body Text": Look(ENGLISH, 12, 18, after=6),
    "Caption": Look(ENGLISH, 9.5, None, after=4),
    "Picture": Look(ENGLISH, 9.5, None, centred=True, before=4, after=4),
    "Cell": Look(ENGLISH, 9, 12, before=2, after=2),
    "Small Cell": Look(ENGLISH, 8, 10.5, before=1.5, after=1.5),
    "Footer": Look(ENGLISH, 11, None),
}
LOOKS: dict[Lang, dict[str, Look]] = {"zh": ZH, "en": EN}


def blank(lang: Lang) -> WordDocument:
    """An empty document with page, styles and page numbers."""
    made = Document()
    _page(made)
    defaults = made.styles.element.find(qn("w:docDefaults"))
    for fonts in made.styles.element.iter(qn("w:rFonts")):
        _set_faces(fonts, LOOKS[lang]["Normal"].face)
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    for name, look in LOOKS[lang].items():
        known = name in made.styles
        style = made.styles[name] if known else made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _dress(style, look)
    _numbers(made, LOOKS[lang]["Footer"])
    for language in made.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    return made


def _page(made: WordDocument) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)  # the number stands 7 mm below the text
    section.header_distance = Mm(15)


def _dress(style: Any, look: Look) -> None:
    style.base_style = None
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = look.face.latin, Pt(look.size), look.bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    _set_faces(style.element.rPr.rFonts, look.face)
    for line in style.element.pPr.findall(qn("w:pBdr")) if style.element.pPr is not None else ():
        style.element.pPr.remove(line)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if look.line is not None:
        form.line_spacing, form.line_spacing_rule = Pt(look.line), WD_LINE_SPACING.EXACTLY
    form.alignment = (
        WD_ALIGN_PARAGRAPH.CENTER if look.centred else WD_ALIGN_PARAGRAPH.JUSTIFY if look.justified else None
    )
    form.widow_control = True
    if look.indent:
        form.first_line_indent = Pt(2 * look.size)  # for programs that do not know the next line's measure
        style.element.pPr.ind.set(qn("w:firstLineChars"), str(INDENT))


def _set_faces(fonts: Any, face: Face) -> None:
    for name in THEME_FACES:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name, words in (("ascii", face.latin), ("hAnsi", face.latin), ("eastAsia", face.chinese), ("cs", face.latin)):
        fonts.set(qn(f"w:{name}"), words)


def run(paragraph: Any, words: str, face: Face, *, bold: bool = False) -> Any:
    """Words in a face; those with Chinese letters tell Word that their quotation marks and dashes are Chinese too."""
    made = paragraph.add_run(clean(words))
    made.font.name = face.latin
    _set_faces(made._element.rPr.rFonts, face)
    if CHINESE.search(words):
        made._element.rPr.rFonts.set(qn("w:hint"), "eastAsia")
    if bold:
        made.bold = True
    return made


def _numbers(made: WordDocument, look: Look) -> None:
    """“— 1 —” one letter from the outer edge: right on odd pages, left on even ones."""
    made.settings.odd_and_even_pages_header_footer = True
    section = made.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = made.styles["Footer"]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
        indent = paragraph.paragraph_format
        setattr(indent, f"{side}_indent", Pt(look.size))
        run(paragraph, "— ", look.face)
        for mark in ("begin", "", "separate", "1", "end"):
            part = run(paragraph, mark if mark == "1" else "", look.face)._element
            if mark == "":
                part.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>'))
            elif mark != "1":
                part.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{mark}"/>'))
        run(paragraph, " —", look.face)
