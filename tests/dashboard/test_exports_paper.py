"""PDF, PNG and SVG: what was written is read back."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard.exhibits.exhibit import Body
from dashboard.exports import FORMATS, paper, preflight
from dashboard.exports.marks import SVG
from tests.dashboard.made_reports import (
    BODIES,
    LINK,
    PASSPORT,
    briefing,
    evil_briefing,
    rows,
    single,
    tiny_svg,
    whole,
)

pytestmark = pytest.mark.skipif(not preflight.ready().fonts, reason="no Chinese font is installed")
RADICALS = re.compile("[\u2e80-\u2fdf\ufffe\ufffd]")


def pages(content: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return reader, re.sub(r"\s+", "", text.replace("\u200b", ""))


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_pdf_says_what_was_found_for_what_and_from_where(body: Body) -> None:
    _, text = pages(paper.pdf(single(body), draw=tiny_svg))
    for words in (
        "城建类最多，占四成",
        "单位：件，n=214",
        "类别按2024年版分类表。",
        "2022–2026年，石塘镇、沙洲镇",
        "214件建议",
    ):
        assert words in text
    for words in (
        "数据截至2026-11-20",
        "制作时间2026-11-2210:30",
        "3F9A01CD",
        LINK,
        "P06按期答复率",
        "的比例。未到期的件。依据：代表法。",
    ):
        assert words in text
    assert not RADICALS.search(text)


def test_a_whole_page_holds_every_exhibit_and_every_figure() -> None:
    reader, text = pages(paper.pdf(whole(), draw=tiny_svg))
    for words in (
        *(f"{key}的结论" for key in BODIES),
        "1,214",
        "不满意4",
        "86.1%",
        "第59号",
        "未答复10件",
        "没有超期件",
    ):
        assert words in text
    assert len(reader.pages) > 3
    assert f"第1页，共{len(reader.pages)}页" in text


def test_the_head_of_a_long_table_stands_on_each_of_its_pages() -> None:
    reader, _ = pages(paper.pdf(single(rows(60))))
    assert len(reader.pages) > 1
    assert all("法定期限" in page.extract_text() for page in reader.pages)


def test_the_properties_of_a_pdf_are_its_passport() -> None:
    reader, _ = pages(paper.pdf(single(BODIES["cards"])))
    told = reader.metadata
    assert told is not None
    assert (told.title, told.author) == ("议案建议 · 按类别", "云澜区人大常委会")
    assert told.creation_date == PASSPORT.made_at
    assert "3F9A01CD" in (told.keywords or "")
    assert "pdfaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()  # it is made to be archived


def test_equal_reports_are_equal_files() -> None:
    for write in (paper.pdf, paper.png, paper.svg):
        assert write(single(BODIES["ladder"])) == write(single(BODIES["ladder"]))


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_png_is_2400_wide_and_carries_its_passport(body: Body) -> None:
    image = Image.open(io.BytesIO(paper.png(single(body), draw=tiny_svg)))
    image.load()
    assert image.width == pytest.approx(2400, abs=1)
    assert json.loads(image.text["Passport"])["filters"] == "2022–2026 年，石塘镇、沙洲镇"
    assert image.text["Title"] == "议案建议 · 按类别"
    assert image.info["dpi"][0] == pytest.approx(paper.PIXELS_PER_INCH, abs=0.1)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_an_svg_stands_alone_and_carries_its_passport(body: Body) -> None:
    content = paper.svg(single(body), draw=tiny_svg)
    root = ElementTree.fromstring(content)
    assert root.findtext(f"{{{SVG}}}title") == "城建类最多，占四成"
    assert "2026-11-20" in (root.findtext(f"{{{SVG}}}desc") or "")
    assert json.loads(root.findtext(f"{{{SVG}}}metadata") or "")["link"] == LINK
    addresses = re.findall(r'(?:href|src)="((?!#)[^"]*)"', content.decode())
    assert addresses == []


def test_drawings_inside_an_svg_keep_their_own_names() -> None:
    body = BODIES["plot"]
    content = paper.svg(replace(whole(), sections=(*single(body).sections, *single(body).sections)), draw=tiny_svg)
    names = re.findall(r'id="(p\d+-c)"', content.decode())
    assert names == ["p1-c", "p2-c"]
    assert re.findall(r"url\(#(p\d+-c)\)", content.decode()) == names


def test_an_empty_picture_is_a_sentence_on_every_kind_of_paper() -> None:
    report = single(None, empty="所选范围内没有超期件。")
    assert "所选范围内没有超期件。" in pages(paper.pdf(report))[1]
    assert paper.png(report)[:4] == b"\x89PNG"


def test_without_a_drawing_the_figures_are_printed() -> None:
    _, text = pages(paper.pdf(single(None)))
    assert "城乡建设4692.5%2026-05-08" in text


def test_words_are_never_read_as_markup() -> None:
    _, text = pages(paper.pdf(single(BODIES["todo"], title='#read("x") *a* $b$ <c> = d', foot="\\ # @x [y] ``z``")))
    assert '#read("x")*a*$b$<c>=d' in text
    assert "\\#@x[y]``z``" in text


def test_a_picture_of_a_very_long_table_says_what_it_leaves_out() -> None:
    shown = paper.content(single(rows(250)), "png", "x", tiny_svg)["sections"][0]["body"]
    assert len(shown["lines"]) == 200
    assert "其余 50 行" in shown["left_out"]
    assert len(paper.content(single(rows(250)), "pdf", "x", tiny_svg)["sections"][0]["body"]["lines"]) == 250


def test_english_files_are_english() -> None:
    report = replace(single(BODIES["cards"]), lang="en")
    _, text = pages(paper.pdf(report))
    assert "Dataasof2026-11-20" in text
    assert "Page1of1" in text


def test_charts_are_drawn_once_each_as_wide_as_the_sheet() -> None:
    asked: list[tuple[int, int]] = []

    def draw(figure: dict[str, object], width: int, height: int) -> str:
        asked.append((width, height))
        return tiny_svg(figure, width, height)

    paper.pdf(whole(), draw=draw)
    assert asked == [(paper.CHART_WIDTH, 300), (paper.CHART_WIDTH, 200)]


def test_every_kind_of_file_is_listed_once() -> None:
    assert list(FORMATS) == ["png", "svg", "pdf", "docx", "pptx", "xlsx", "csv", "zip"]
    assert [form.ext for form in FORMATS.values() if form.whole_page] == ["pdf", "docx", "pptx", "xlsx", "zip"]


def test_a_briefing_is_an_official_paper_with_its_numbers_proved() -> None:
    reader, text = pages(paper.pdf(briefing(), draw=tiny_svg))
    for words in (
        "一、代表建议五年来共交办建议1,204件，满意率96.2%；“重点督办”45件。",
        "二、监督工作",
        "正文数字的出处",
        "句子指标数值口径来源",
        "1代表建议收到建议1,204件交办的建议，按领衔代表计一次2021–2025年建议台账",
        "图1城建类最多，占四成",
        "仅石塘镇·数据截至2026-11-20·快照号3F9A01CD",
        "注：请在会上说明。",
        "的比例。未到期的件。依据：代表法。",
    ):
        assert words in text
    assert not RADICALS.search(text)
    assert "pdfaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "—1—" in text and "—2—" in text
    targets = [str(a.get_object()["/A"]["/URI"]) for page in reader.pages for a in page.get("/Annots", ())]
    assert "http://127.0.0.1:8501/records?metric=P01&years=2021-2025" in targets


def test_a_long_link_stays_on_its_page() -> None:
    long = replace(whole(), passport=replace(PASSPORT, link=f"{LINK}&basket={'proposals.ladder~years.2025~~' * 20}"))
    shown = paper.content(long, "pdf", "", tiny_svg)["passport"]["shown"]
    assert max(len(part) for part in shown.split("\u200b")) <= 20
    assert shown.replace("\u200b", "") == long.passport.link


def test_a_briefing_of_evil_words_is_only_words() -> None:
    reader, text = pages(paper.pdf(evil_briefing(), draw=tiny_svg))
    assert "<script>alert(1)</script>𠮷" in text and "=HYPERLINK" in text
    assert not any("javascript" in str(a.get_object()) for page in reader.pages for a in page.get("/Annots", ()))


def test_a_letter_that_no_font_has_is_marked_and_the_file_is_made() -> None:
    reader, text = pages(paper.pdf(single(BODIES["cards"], title="\U000323af 镇 100%", foot="\x07响\ufffe铃")))
    assert "〓镇100%" in text and "响铃" in text
    assert "pdfaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
