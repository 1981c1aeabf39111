"""PPTX: what was written is opened again, its embedded workbooks too."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.util import Inches

from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Body
from dashboard.exhibits.plot import Plot
from dashboard.exports import preflight, slides
from dashboard.exports.drawings import Drawings
from dashboard.exports.leaves import leaves
from dashboard.exports.native import Native, native
from dashboard.exports.report import Report
from dashboard.exports.slide_deck import SUBTITLE, TITLE, shortened
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
YEARS = [2024, 2025, 2026]
STACK = Plot(
    {
        "data": [
            {"type": "bar", "name": "法院", "x": YEARS, "y": [4, 0, 2], "marker": {"color": "#2F5D8A"}},
            {"type": "bar", "name": "监委", "x": YEARS, "y": [1, 5, None], "marker": {"color": "#8B2C31"}},
            {"type": "scatter", "name": "合计", "mode": "text", "x": YEARS, "y": [5, 5, 2], "text": ["5", "5", "2"]},
            {
                "type": "scatter", "name": "同期", "mode": "lines",
                "x": [2023.7, 2024.3, None, 2024.7, 2025.3, None], "y": [3, 3, None, 4, 4, None],
            },
            {"type": "scatter", "mode": "text", "x": [2026.4], "y": [1], "text": ["法院"]},
        ],
        "layout": {
            "barmode": "stack", "xaxis": {"tickvals": YEARS, "ticktext": ["2024", "2025<br>n=5", "<b>2026</b>"]},
        },
    }
)  # fmt: skip


def opened(report: Report) -> Any:
    return Presentation(io.BytesIO(slides.written(Drawings(report, tiny_svg))))


def shapes(deck: Any) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes]


def said(deck: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in shapes(deck) if shape.has_text_frame)


def charts(deck: Any) -> list[Any]:
    return [shape.chart for shape in shapes(deck) if shape.has_chart]


def drawn(body: Body, table: pd.DataFrame | None = None) -> Native | None:
    section = single(body, **({} if table is None else {"table": table})).sections[0]
    return native(leaves(section)[0], section.picture.table)


def test_a_page_has_a_title_slide_and_each_finding_as_a_title() -> None:
    deck = opened(whole())
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[0] == "议案建议"
    assert titles[1:] == [f"{key} 的结论" for key in BODIES] + ["没有超期件"]
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    assert "所选范围内没有超期件。" in said(deck)


def test_one_exhibit_is_one_slide() -> None:
    assert len(opened(single(BODIES["bars"])).slides) == 1


def test_the_text_has_its_numbers_in_bold_and_their_definitions_in_the_notes() -> None:
    slide = opened(briefing()).slides[1]
    assert slide.shapes.title.text == "代表建议、监督工作"
    runs = [run for shape in slide.shapes for part in shape.text_frame.paragraphs for run in part.runs if run.font.bold]
    assert [run.text for run in runs if re.search(r"\d", run.text)] == ["1,204件", "96.2%", "45件", "37次"]
    assert (
        "收到建议：1,204件（2021–2025年；交办的建议，按领衔代表计一次；建议台账）"
        in slide.notes_slide.notes_text_frame.text
    )
    assert all(sentence.text in said(opened(briefing())) for sentence in briefing().sentences)


def test_long_texts_take_more_slides_and_no_sentence_is_cut() -> None:
    sentences = tuple(replace(briefing().sentences[0], heading=f"第{n}项") for n in range(14))
    deck = opened(replace(briefing(), sentences=sentences, sections=()))
    assert len(deck.slides) > 3
    assert said(deck).count(sentences[0].text) == 14


def test_each_slide_says_its_view_and_leads_to_the_board() -> None:
    slide = opened(briefing()).slides[2]
    text = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "仅石塘镇 · 数据截至 2026-11-20 · 快照号 3F9A01CD" in text
    links = [
        r.hyperlink.address for s in slide.shapes if s.has_text_frame for p in s.text_frame.paragraphs for r in p.runs
    ]
    assert LINK in links
    notes = slide.notes_slide.notes_text_frame.text
    assert LINK in notes and "注：请在会上说明。" in notes and "范围：仅石塘镇" in notes


def test_a_stack_is_a_chart_whose_numbers_are_edited_in_place() -> None:
    (chart,) = charts(opened(single(STACK)))
    columns, over = chart.plots
    assert list(columns.categories) == ["2024", "2025 n=5", "2026"]
    assert [(one.name, one.values) for one in columns.series] == [("法院", (4.0, 0.0, 2.0)), ("监委", (1.0, 5.0, None))]
    assert [(one.name, one.values) for one in over.series] == [("合计", (5.0, 5.0, 2.0)), ("同期", (3.0, 4.0, None))]
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert [cell for cell in book.active[2]][1].value == 4
    axes = [[axis.get("val") for axis in plot._element.findall(qn("c:axId"))] for plot in chart.plots]
    assert axes[0] == axes[1]
    assert [entry.find(qn("c:idx")).get("val") for entry in chart.legend._element.findall(qn("c:legendEntry"))] == ["2"]


def test_shares_are_drawn_from_the_counts_behind_them() -> None:
    bars = [
        {"type": "bar", "name": name, "x": YEARS, "y": shares}
        for name, shares in (("A 类", [0.75, 0, 0.5]), ("B 类", [0.25, 0, 0.5]))
    ]
    shown = Plot({"data": bars, "layout": {"barmode": "stack"}})
    table = pd.DataFrame({"年份": ["2024", "2025", "2026"], "A 类": [3, 0, 1], "B 类": [1, 0, 1]})
    made = drawn(shown, table)
    assert made is not None and made.shares
    assert [one.values for one in made.series] == [(3.0, 0.0, 1.0), (1.0, 0.0, 1.0)]
    assert drawn(shown) is None  # the table does not know these parts


def test_lines_keep_where_their_axis_begins() -> None:
    lines = [{"type": "scatter", "mode": "lines+markers", "name": "满意率", "x": YEARS, "y": [88.0, None, 91.5]}]
    report = single(Plot({"data": lines, "layout": {"yaxis": {"range": [60, 100]}}}))
    (chart,) = charts(opened(report))
    assert chart.value_axis.minimum_scale == 60
    assert next(iter(chart.plots[0].series)).values == (88.0, None, 91.5)


def test_numbers_of_crossing_lines_change_sides() -> None:
    rates = {"满意率": [88.0, 90.0, 85.0], "反馈率": [74.0, 90.0, 93.0]}
    lines = [{"type": "scatter", "mode": "lines+markers", "name": n, "x": YEARS, "y": y} for n, y in rates.items()]
    (chart,) = charts(opened(single(Plot({"data": lines, "layout": {}}))))
    first, second = chart.plots[0].series
    below = [
        [label.get("val") for label in one._element.xpath(".//c:dLbl[c:dLblPos/@val='b']/c:idx")]
        for one in (first, second)
    ]
    assert first.data_labels.position == second.data_labels.position == XL_LABEL_POSITION.ABOVE
    assert below == [["2"], ["0", "1"]]


def test_a_ladder_keeps_its_unrated_part_and_its_rates() -> None:
    deck = opened(single(BODIES["ladder"]))
    (chart,) = charts(deck)
    assert [one.name for one in chart.plots[0].series] == ["满意", "基本满意", "不满意", "未反馈"]
    assert [one.values for one in chart.plots[0].series] == [(148.0,), (19.0,), (4.0,), (25.0,)]
    assert "首次：满意率 86.5%，反馈率 87.2%" in said(deck)


BARS = BarList((Bar("城建", 71, ("71",), mark=68), Bar("其他 3 类", 9, ("9",), mark=4)), ("件",))


def test_bars_are_called_what_the_table_calls_them() -> None:
    table = pd.DataFrame({"类别": ["城建", "农业"], "收到建议": [71, 5], "上年同期": [68, 2]})
    made = drawn(BARS, table)
    assert made is not None
    assert [(one.name, one.values) for one in made.series] == [("收到建议", (71.0, 9.0)), ("上年同期", (68.0, 4.0))]
    assert "浅色条" in made.note("zh")
    assert drawn(BARS) is None  # these numbers are not in the table


def test_a_rule_at_one_value_for_all_bars_is_left_out_and_said() -> None:
    bars = BarList((Bar("石塘镇", 0.75, ("75%",), mark=0.8), Bar("沙洲镇", 0.5, ("50%",), mark=0.8)), ("参选率",))
    table = pd.DataFrame({"乡镇": ["石塘镇", "沙洲镇"], "参选率": [0.75, 0.5]})
    deck = opened(single(bars, table=table))
    (chart,) = charts(deck)
    assert [(one.name, one.values) for one in chart.plots[0].series] == [("参选率", (0.75, 0.5))]
    assert next(iter(chart.plots[0].series)).data_labels.number_format == "0.0%"
    assert "可编辑图中未画竖线。" in said(deck)


@pytest.mark.parametrize(
    "body",
    [
        BODIES["plot"],  # a bar without a name
        BODIES["bars"],  # two colours in a bar
        Plot({"data": [{"type": "heatmap", "x": [1], "y": [1], "z": [[1]]}], "layout": {}}),
        Plot({"data": [{"type": "bar", "name": "a", "x": [1], "y": [1], "xaxis": "x2"}], "layout": {}}),
    ],
)
def test_what_no_office_chart_can_say_is_a_picture(body: Body) -> None:
    assert drawn(body) is None
    deck = opened(single(body))
    assert not charts(deck)
    assert len([shape for shape in shapes(deck) if shape.shape_type == 13]) == 1


def test_every_drawing_has_words_for_those_who_cannot_see_it() -> None:
    for shape in shapes(opened(whole())):
        if shape.has_chart or shape.has_table or shape.shape_type == 13:
            assert shape._element.xpath(".//p:cNvPr")[0].get("descr").endswith("的结论")


def test_a_title_of_two_lines_ends_above_its_subtitle() -> None:
    assert TITLE.top + TITLE.height < SUBTITLE.top
    assert TITLE.height > 2 * 22 * 1.32 / 72  # two lines of its letters, as high as those of its face


def test_the_foot_is_cut_by_how_wide_its_letters_are() -> None:
    assert shortened("字" * 150) == "字" * 150
    assert shortened("字" * 151) == "字" * 149 + "…"
    assert shortened("a" * 300) == "a" * 300


def test_nothing_leaves_its_slide() -> None:
    deck = opened(whole())
    for shape in shapes(deck):
        assert shape.left >= 0 and shape.top >= 0
        assert shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height


def test_long_tables_show_what_fits_and_say_what_is_left() -> None:
    deck = opened(single(rows(60)))
    table = next(shape.table for shape in shapes(deck) if shape.has_table)
    shown = len(table.rows) - 1
    assert 5 < shown < 15
    assert f"仅列前 {shown} 行，其余 {60 - shown} 行见表格文件。" in said(deck)


def test_every_run_has_a_chinese_face_in_charts_too() -> None:
    report = replace(briefing(), sections=(*briefing().sections, *single(STACK).sections))
    content = slides.written(Drawings(report, tiny_svg))
    package = zipfile.ZipFile(io.BytesIO(content))
    parts = [
        name for name in package.namelist() if re.match(r"ppt/(slides/slide|charts/chart|notesSlides/n)\w+\.xml", name)
    ]
    assert len([name for name in parts if "chart" in name]) == 2
    for name in parts:
        text = package.read(name).decode()
        for run in re.findall(r"<a:r>.*?</a:r>", text, re.DOTALL):
            assert "<a:ea " in run, run
            assert 'lang="zh-CN"' in run or not re.search("[\u4e00-\u9fff]", run.rpartition("<a:t>")[2]), run
        for words in re.findall(r"<a:defRPr.*?</a:defRPr>", text, re.DOTALL):
            assert "<a:ea " in words, words


def test_evil_names_are_no_formulas_and_damage_is_taken_out() -> None:
    named = [
        {"type": "bar", "name": word, "x": list(EVIL), "y": [1.0] * len(EVIL)} for word in (*EVIL, "http://x.example")
    ]
    chart = replace(single(Plot({"data": named, "layout": {"barmode": "stack"}})).sections[0], name="\x00=1")
    report = evil_briefing()
    report = replace(report, sections=(chart, *report.sections))
    content = slides.written(Drawings(report, tiny_svg))
    deck = Presentation(io.BytesIO(content))
    assert "<script>alert(1)</script>𠮷" in said(deck)
    package = zipfile.ZipFile(io.BytesIO(content))
    books = [package.read(name) for name in package.namelist() if name.endswith(".xlsx")]
    assert len(books) == 2  # of the bars and of the ladder
    for book in books:
        inner = zipfile.ZipFile(io.BytesIO(book))
        sheets = [inner.read(name).decode() for name in inner.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets and not any("<f>" in text or "<f " in text or "hyperlink" in text for text in sheets)
    assert not any(
        DAMAGE.search(package.read(n).decode()) for n in package.namelist() if n.startswith("ppt/slides/slide")
    )


def test_the_properties_are_the_passport() -> None:
    core = opened(briefing()).core_properties
    assert (core.title, core.author, core.identifier, core.language) == (
        "议案建议 · 按类别", "云澜区人大常委会", "3F9A01CD", "zh-CN",
    )  # fmt: skip


def test_english_slides_are_english() -> None:
    text = said(opened(replace(briefing(), lang="en")))
    assert "Data as of 2026-11-20" in text and "Open on the board" in text
