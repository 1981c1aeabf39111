"""The briefing in a real browser: what is put into the basket, ordered, noted, reopened and taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Route, expect

from tests.browser.conftest import Reader, Watched

pytestmark = pytest.mark.browser
NOTED = "<script>alert(1)</script> 请核 50%～60%"


def test_the_basket_goes_from_the_pages_through_the_link_into_the_file(reader: Reader, tmp_path: Path) -> None:
    page = reader("/proposals?years=2022-2026")
    for key in ("ladder", "process"):
        page.locator(f"[data-card={key}] .dl summary").click()
        page.locator(f"[data-card={key}] .menu >> text=加入简报").click()
        page.locator(f"[data-card={key}] .menu >> text=已在简报篮").wait_for(state="attached")
    page.locator(".acts >> text=简报篮 2").click()
    page.locator(".bk.item").nth(1).wait_for()
    assert page.locator(".st-key-menu").get_by_text("五年来简报（2）").count() == 1

    note = page.locator(".bk.item input").nth(1)
    note.fill("<script>alert(1)</script> 请核 50%~60%")
    page.locator(".bk.item button").nth(1).click()
    expect(page.locator(".bk.item input").nth(1)).to_have_value(NOTED)
    page.locator(".bk.item").nth(1).get_by_text("上移").click()
    page.locator(".bk.item b").nth(0).filter(has_text="办理过程").wait_for()
    assert page.locator(".bk.item input").nth(0).input_value() == NOTED

    again = reader(page.url[page.url.index("/briefing") :])
    assert again.locator(".bk.item b").all_inner_texts() == page.locator(".bk.item b").all_inner_texts()

    again.locator(".bk.item").nth(1).get_by_text("移出").click()
    expect(again.locator(".bk.item")).to_have_count(1)
    with again.expect_download(timeout=120_000) as taken:
        again.locator(".take a[href*='briefing.docx']").click()
        assert "正在生成 DOCX" in again.locator(".wait").inner_text()
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    assert file.name.startswith("五年来简报_2022–2026年_全区_")
    said = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    assert "五年来，共收到代表" in said and "<script>alert(1)</script> 请核" in said
    again.locator(".wait >> text=DOCX 已生成。").wait_for()


def test_a_number_tells_what_it_is_and_opens_its_records(reader: Reader) -> None:
    page = reader("/briefing?years=2025")
    figure = page.locator(".fig[href*='metric=P01']")
    assert not figure.locator(".tip").is_visible()
    figure.focus()
    assert "议案建议表" in figure.locator(".tip").inner_text()
    figure.click()
    page.wait_for_url("**/records?**metric=P01")


def test_a_file_that_cannot_be_made_says_so_on_the_page(reader: Reader, watched: Watched) -> None:
    page = reader("/briefing?years=2025")
    sorry = "<main><h1>文件没有生成</h1><p>当前导出人数较多（EXP-04）</p></main>"
    page.route("**/export/briefing.pdf?**", lambda route: route.fulfill(status=503, body=sorry))
    page.locator(".take a[href*='briefing.pdf']").click()
    page.locator(".wait >> text=当前导出人数较多（EXP-04）").wait_for()
    assert all("503" in words for words in watched.errors)
    watched.errors.clear()


def test_while_a_file_is_made_its_charts_are_counted(reader: Reader) -> None:
    page = reader("/briefing?years=2025")
    page.route("**/export/progress/**", lambda route: route.fulfill(json={"stage": "draw", "done": 3, "of": 8}))
    held: list[Route] = []
    page.route("**/export/briefing.pdf?**", lambda route: held.append(route))
    page.locator(".take a[href*='briefing.pdf']").click()
    page.locator(".wait >> text=· 已画 3/8 张图").wait_for()
    assert len(held[0].request.headers["x-progress"]) >= 8
    held[0].continue_()
    page.locator(".wait >> text=PDF 已生成。").wait_for(timeout=60_000)
