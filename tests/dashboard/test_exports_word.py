"""DOCX: what was written is opened again."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dashboard.exhibits.exhibit import Body
from dashboard.exports import office, preflight, word
from dashboard.exports.drawings import Drawings
from dashboard.exports.report import Report
from dashboard.exports.word import DEFINITION_WIDTHS
from dashboard.exports.word_table import TWIPS, WIDTH
from dashboard.exports.words import numbered
from data_access.metrics import METRICS
from tests.dashboard.made_reports import (
    BODIES,
    DAMAGE,
    EVIL,
    LINK,
    briefing,
    evil_briefing,
    rows,
    single,
    tiny_svg,
    whole,
)

pytestmark = pytest.mark.skipif(not preflight.ready().fonts, reason="no Chinese font is installed")
CHINESE = re.compile("[\u4e00-\u9fff]")


def opened(report: Report) -> WordDocument:
    return Document(io.BytesIO(word.written(Drawings(report, tiny_svg))))


def said(document: WordDocument) -> str:
    return "\n".join(text.text or "" for text in document.element.body.iter(qn("w:t")))


def faces(document: WordDocument) -> list[tuple[str, Any]]:
    """Every run's words and its element of faces, in the text, its tables and its footers."""
    roots = [document.element.body, *(f._element for s in document.sections for f in (s.footer, s.even_page_footer))]
    made = []
    for run in (run for root in roots for run in root.iter(qn("w:r"))):
        properties = run.find(qn("w:rPr"))
        words = "".join(text.text or "" for text in run.iter(qn("w:t")))
        made.append((words, None if properties is None else properties.find(qn("w:rFonts"))))
    return made


def test_the_page_is_that_of_official_papers() -> None:
    document = opened(briefing())
    page = document.sections[0]
    sizes = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    assert [round(size.mm) for size in sizes if size] == [210, 297, 37, 35, 28, 26]
    body = document.styles["Body Text"]
    assert (body.font.size, body.paragraph_format.line_spacing) == (Pt(16), Pt(28))
    assert body.element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    named = {name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in word.ZH}
    assert [named[name] for name in ("Title", "Heading 1", "Heading 2", "Body Text")] == [
        "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312",
    ]  # fmt: skip


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    document = opened(briefing())
    page = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((page.footer, 2), (page.even_page_footer, 0)):
        paragraph = footer.paragraphs[0]
        assert (paragraph.text, paragraph.alignment) == ("— 1 —", side)
        assert [code.text for code in paragraph._p.iter(qn("w:instrText"))] == [" PAGE "]
        assert paragraph.style is not None and paragraph.style.font.size == Pt(14)


def test_every_run_and_style_names_a_chinese_face_and_no_theme() -> None:
    document = opened(briefing())
    assert all(fonts is not None and fonts.get(qn("w:eastAsia")) for words, fonts in faces(document) if words)
    quoted = next(fonts for words, fonts in faces(document) if "“重点督办”" in words)
    assert quoted is not None and quoted.get(qn("w:hint")) == "eastAsia"
    styles = document.styles.element
    for fonts in styles.iter(qn("w:rFonts")):
        assert fonts.get(qn("w:eastAsia"))
        assert not [name for name in fonts.attrib if "heme" in name]
    languages = [*styles.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))]
    assert [language.get(qn("w:eastAsia")) for language in languages] == ["zh-CN", "zh-CN"]


def test_the_text_is_under_its_headings_and_its_numbers_lead_to_their_records() -> None:
    document = opened(briefing())
    outline = [p.text for p in document.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    assert outline[:2] == ["一、代表建议", "二、监督工作"]
    assert outline[2:5] == ["正文数字的出处", "附图", "图 1　城建类最多，占四成"]
    sentences = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Body Text"]
    assert sentences == [sentence.text for sentence in briefing().sentences]
    links = list(document.element.body.iter(qn("w:hyperlink")))
    targets = [document.part.rels[link.get(qn("r:id"))].target_ref for link in links]
    assert targets[0] == "http://127.0.0.1:8501/records?metric=P01&years=2021-2025"
    assert len(targets) == 4 and targets[3] == LINK  # one figure has no records
    assert "按领衔代表计一次" in links[0].get(qn("w:tooltip"))
    assert not [mark for link in links for mark in link.iter(qn("w:u"), qn("w:color"))]  # not seen on paper


def test_every_number_is_in_the_table_with_its_definition_and_source() -> None:
    table = opened(briefing()).tables[0]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0] == ["句子", "指标", "数值", "口径", "来源"]
    assert [row[2] for row in cells[1:]] == ["1,204件", "96.2%", "45件", "37次"]
    assert [row[0] for row in cells[1:]] == ["1  代表建议"] * 3 + ["2  监督工作"]
    assert cells[1][3].endswith("按领衔代表计一次\n2021–2025年")
    assert cells[4][4] == "监督台账"


def test_table_heads_are_repeated_and_rows_never_split() -> None:
    document = opened(single(rows(60)))
    table = document.tables[0]
    assert len(table.rows) == 61
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert sum(column.width or 0 for column in table.columns) == pytest.approx(Mm(156), rel=0.01)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_drawing_is_a_picture_with_words_or_a_table(body: Body) -> None:
    document = opened(single(body))
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    tables = len(document.tables) - 1  # the definitions
    assert (told == ["城建类最多，占四成"] * len(told)) and len(told) + tables >= 1
    assert all(shape.width <= Mm(156) + 1 and shape.height <= Mm(180) + 1 for shape in document.inline_shapes)


def test_a_page_holds_every_exhibit_and_the_passport() -> None:
    document = opened(whole())
    text = said(document)
    for words in (
        "cards 的结论",
        "第59号",
        "所选范围内没有超期件。",
        "3F9A01CD",
        "按期答复率",
        "2022–2026 年，石塘镇、沙洲镇",
    ):
        assert words in text
    assert "十、没有超期件" in text


def test_a_table_of_many_bars_stays_readable() -> None:
    bars = BODIES["bars"]
    document = opened(single(replace(bars, bars=bars.bars * 40)))  # type: ignore[type-var,attr-defined]
    assert not document.inline_shapes and len(document.tables[0].rows) == 41


def test_the_longest_key_of_a_metric_stands_on_one_line() -> None:
    twips = DEFINITION_WIDTHS[0] / sum(DEFINITION_WIDTHS) * WIDTH * TWIPS - 2 * 60
    longest = max(len(key) for key in METRICS)
    assert longest * 0.5 * 9 * TWIPS <= twips


def test_an_exhibit_of_the_briefing_says_its_view_and_the_readers_note() -> None:
    text = said(opened(briefing()))
    assert "仅石塘镇 · 数据截至 2026-11-20 · 快照号 3F9A01CD" in text
    assert "注：请在会上说明。" in text


def test_the_properties_are_the_passport() -> None:
    core = opened(briefing()).core_properties
    assert (core.title, core.author, core.identifier) == ("议案建议 · 按类别", "云澜区人大常委会", "3F9A01CD")
    assert (core.language, core.created.isoformat()) == ("zh-CN", "2026-11-22T02:30:00+00:00")
    assert "townships=101_102" in core.comments


def test_english_files_have_english_faces_and_words() -> None:
    document = opened(replace(briefing(), lang="en"))
    assert [cell.text for cell in document.tables[0].rows[0].cells][:3] == ["Sentence", "Figure", "Value"]
    assert document.styles["Title"].font.name == "Arial"
    assert "Figure 1　城建类最多" in said(document)


def test_evil_words_are_only_words() -> None:
    content = word.written(Drawings(evil_briefing(), tiny_svg))
    text = said(Document(io.BytesIO(content)))
    for words in (*EVIL, "<script>alert(1)</script>", "𠮷"):
        assert words.strip() in text
    for name, part in ((name, zipfile.ZipFile(io.BytesIO(content)).read(name)) for name in ("word/document.xml",)):
        assert not DAMAGE.search(part.decode()), name


def test_words_lose_only_what_no_file_may_hold() -> None:
    assert office.clean("a\x00\x0b\ud800\ufffe甲𠮷\r\n\t乙") == "a甲𠮷\n\t乙"


def test_headings_count_in_chinese() -> None:
    assert [numbered(n, "", "zh") for n in (1, 10, 11, 14, 20, 21)] == [
        "一、",
        "十、",
        "十一、",
        "十四、",
        "二十、",
        "二十一、",
    ]
    assert numbered(3, "Bills", "en") == "3. Bills"
