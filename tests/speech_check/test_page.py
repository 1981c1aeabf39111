"""The page: a draft pasted or loaded, its marks, what is said of bad ones, and that nothing of it stays."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import fetch
from dashboard.component import unpacked
from dashboard.settings import ROOT
from dashboard.speech_check import screen
from dashboard.speech_check.drafts import MOST_CHARACTERS
from tests.speech_check.conftest import Ask, Figure
from tests.speech_check.test_drafts import packed, word_file

APP = str(ROOT / "dashboard" / "app.py")
SECRET = "水磨坊桥"  # stands in no record of the sample
DRAFT = f"五年来，{SECRET}一带共收到建议7件。建成代表联络站{{stations}}个。召开座谈会***次，走访企业50家。"


@pytest.fixture
def page(board: None) -> Iterator[AppTest]:
    test = AppTest.from_file(APP, default_timeout=60)
    test.query_params["years"] = "2022-2026"
    test.switch_page("../pages/speech_check.py")
    yield test.run()


def said(test: AppTest) -> str:
    assert not test.exception, test.exception
    parts = [element.proto.bytes for element in test.get("bidi_component")]
    return "".join(unpacked(part)["html"] for part in parts if part)


def checked(test: AppTest, text: str) -> str:
    test.text_area(key="draft").set_value(text)
    return said(test.button(key="draft_check").click().run())


def test_a_pasted_draft_comes_back_marked(page: AppTest, figure: Figure) -> None:
    html = checked(page, DRAFT.format(stations=figure("L01.ST")))
    assert "共 4 个数字：相符 1，不符 1，无法核对 2。" in html
    marks = re.findall(r'class="mk (\w+)".*?<b>(.*?)</b><i>(.*?)</i>', html)
    assert [(tone, words) for tone, words, _ in marks] == [
        ("no", "7件"), ("yes", f"{figure('L01.ST')}个"), ("open", "***次"), ("open", "50家")
    ]  # fmt: skip
    assert marks[0][2] == f"1 不符，应为{figure('P01')}件"
    plain = re.sub(r"<i>.*?</i>|<[^>]*>", "", re.findall(r'class="draft" lang="zh">(.*?)</div>', html, re.DOTALL)[0])
    assert plain == DRAFT.format(stations=figure("L01.ST"))  # not a letter was changed
    assert "/records?years=2022-2026&amp;metric=P01" in html


def test_the_years_of_the_page_count_where_the_draft_names_none(page: AppTest, figure: Figure) -> None:
    assert "相符 1" in checked(page, f"收到建议{figure('P01')}件。")
    page.query_params["years"] = "2025"
    assert f"应为{figure('P01', years='2025')}件" in said(page.run())


def test_english_words_go_round_a_chinese_draft(page: AppTest) -> None:
    page.query_params["lang"] = "en"
    html = checked(page.run(), "五年来收到建议7件。")
    assert "1 number: 0 agree, 1 differ, 0 cannot be checked." in html
    assert "differs, should be" in html


def test_a_word_file_is_read_and_dropped(page: AppTest) -> None:
    page.file_uploader[0].set_value(("讲稿.docx", word_file(f"{SECRET}。五年来，收到建议7件。"), "application/docx"))
    html = said(page.button(key="draft_check").click().run())
    assert "不符，应为" in html
    assert page.file_uploader[0].value is None
    assert page.text_area(key="draft").value == f"{SECRET}。五年来，收到建议7件。"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.docm", packed(word__document_xml=b"<a/>", word__vbaProject_bin=b"x"), "宏"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(900), "旧版 DOC"),
        ("a.docx", word_file("建议7件")[:-90], "损坏"),
        ("a.png", b"\x89PNG" + bytes(90), "图片"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_is_dropped(page: AppTest, name: str, data: bytes, sentence: str) -> None:
    page.file_uploader[0].set_value((name, data, ""))
    html = said(page.button(key="draft_check").click().run())
    assert re.search(rf'class="notice c12" role="alert">[^<]*{sentence}', html)
    assert page.file_uploader[0].value is None
    assert 'class="mk' not in html


def test_a_draft_of_a_megabyte_gets_a_sentence_and_is_dropped(page: AppTest) -> None:
    html = checked(page, "收到建议7件。" * 150_000)
    assert f"最多核 {MOST_CHARACTERS:,} 字" in html
    assert not page.text_area(key="draft").value


def test_clearing_leaves_nothing(page: AppTest) -> None:
    checked(page, "收到建议7件。")
    html = said(page.button(key="draft_clear").click().run())
    assert 'class="mk' not in html
    assert not page.text_area(key="draft").value


def test_a_draft_without_numbers_is_said(page: AppTest) -> None:
    assert "没有找到统计数字" in checked(page, "进一步统一思想，坚持“四个一”机制。")


def test_a_draft_cannot_become_part_of_the_page(page: AppTest) -> None:
    html = checked(page, '<script>alert(1)</script>"><img src=x onerror=alert(1)>收到建议7件')
    assert "<script>" not in html
    assert "<img" not in html


def test_nothing_of_a_draft_stays_behind(page: AppTest, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        checked(page, DRAFT.format(stations=3))
    assert SECRET not in caplog.text
    assert SECRET not in repr(page.query_params)
    cache = fetch._cache()._kept
    assert cache
    assert [key for key, value in cache.items() if SECRET in f"{key}{value!r}"] == []


def test_the_findings_go_into_a_workbook_with_their_definitions(ask: Ask) -> None:
    made = ask("五年来收到建议7件，办理率和满意率均达百分百。走访企业50家。")
    view, _ = fetch.view_of({"years": "2022-2026"})
    name, data = screen.workbook(fetch.page("speech_check"), made, view, datetime(2026, 11, 20, 9))
    book = openpyxl.load_workbook(BytesIO(data))
    words = [[str(cell.value) for cell in row if cell.value] for sheet in book for row in sheet.iter_rows()]
    assert name.startswith("讲稿核数_逐数核对_2022–2026年") and name.endswith(".xlsx")
    assert any(row[:3] == ["1", "五年来收到建议7件", "不符"] for row in words)
    assert any(row[0] == "P12" for row in words if row)


def test_the_copied_text_says_what_the_table_says(ask: Ask) -> None:
    lines = screen.plain(ask("五年来收到建议7件。走访企业50家。"), "zh").splitlines()
    assert lines[0] == "共 2 个数字：相符 0，不符 1，无法核对 1。"
    assert lines[1].startswith("1. 五年来收到建议7件；不符，应为")
    assert lines[2].startswith("2. 走访企业50家；无法核对；")
