"""The clerk's way in a real browser: a template taken, filled, marked, mended, imported, and seen on the board."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page

from tests.benchmarks.server import Board, running
from tests.browser.conftest import Watched
from tests.data_access.importing.workbooks import database

pytestmark = pytest.mark.browser

CODE = "云澜导入口令2026"
ROW = {
    "编号": "J2",
    "类型": "建议、批评和意见",
    "标题": "关于加宽云岭路的建议",
    "提出时段": "会议期间",
    "工作年度": "２０２５",
    "类别": "水利",
    "区划代码": "霁川镇",
    "提出日期": "2025年1月12日",
    "延长办理": "否",
    "事权": "本级事权",
    "重点督办": "否",
    "可公开": "是",
    "状态": "待交办",
    "领衔代表": "乐正文",
}


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    url = database(tmp_path / "district.db")
    with running(url, IMPORT_DATABASE_URL=url, IMPORT_CODE=CODE) as made:
        yield made


@pytest.fixture
def page(browser: Browser, board: Board, watched: Watched) -> Iterator[Page]:
    """The import page, entered; afterwards nothing may have left the machine."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(60_000)
    watched.watch(page)
    page.goto(f"{board.url}/import")
    page.get_by_label("姓名").fill("李敏")
    page.get_by_label("导入口令", exact=True).fill(CODE)
    button(page, "进入").click()
    yield page
    context.close()
    assert watched.outside == watched.errors == []


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def taken(page: Page, name: str, folder: Path) -> Path:
    """The file behind a button, under the name it is offered with."""
    with page.expect_download() as download:
        button(page, name).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def fill(path: Path, **changes: str) -> None:
    """Write a suggestion into the first free row of the template, under its headers."""
    book = load_workbook(path)
    sheet = book["议案建议"]
    for cell in sheet[1]:
        sheet.cell(4, cell.column).value = (ROW | changes).get(str(cell.value).removesuffix("*"))
    book.save(path)


def check(page: Page, path: Path, words: str = "这份文件会改动什么") -> None:
    """Hand a file over and have it checked; the button moves while a file comes, and a click then misses it."""
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.locator("input[type=file]").set_input_files(path)
    page.get_by_text(path.name, exact=True).wait_for()
    page.wait_for_timeout(500)
    button(page, "核对文件").click()
    page.get_by_text(words).wait_for()


def suggestions(page: Page, board: Board) -> int:
    """How many suggestions of 2025 the board shows."""
    other = page.context.new_page()
    other.goto(f"{board.url}/proposals?years=2025")
    card = other.locator(".k", has_text="收到建议").first
    card.wait_for(timeout=60_000)
    words = card.locator(".n").inner_text()
    other.close()
    return int(words.removesuffix("件").strip())


def test_a_template_is_taken_filled_marked_mended_imported_and_seen(page: Page, board: Board, tmp_path: Path) -> None:
    before = suggestions(page, board)
    path = taken(page, "四个主要主题", tmp_path)
    assert path.name == "模板-四个主要主题.xlsx"
    fill(path)
    check(page, path)
    page.get_by_text("问题：错误 1 项，提醒 0 项").wait_for()
    assert button(page, "确认导入").is_disabled()

    marked = load_workbook(taken(page, "下载标出问题的副本", tmp_path))
    listed = [cell.value for cell in marked["问题清单"][2]]
    assert listed[:4] == ["议案建议", 4, "类别*", "水利"] and "不在可选值之内" in str(listed[5])
    (cell,) = (cell for cell in marked["议案建议"][4] if cell.value == "水利")
    assert "不在可选值之内" in cell.comment.text

    button(page, "放弃这份文件").click()
    fill(path, 类别="农业农村")
    check(page, path)
    page.get_by_text("没有发现问题").wait_for()
    button(page, "确认导入").click()
    page.get_by_text("已导入，序号 1：新增 1 行，更新 0 行，删除 0 行").wait_for()
    assert suggestions(page, board) == before + 1
    assert load_workbook(path)["议案建议"]["A3"].value.startswith("【示例】")  # and did not come along


def test_what_cannot_be_taken_is_refused_in_chinese(page: Page, tmp_path: Path) -> None:
    old, large = tmp_path / "旧表.xls", tmp_path / "很大.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    with large.open("wb") as file:
        file.truncate(120 * 2**20)
    check(page, old, "“旧表.xls”是旧格式的 XLS")
    page.locator("input[type=file]").set_input_files(large)
    page.locator("[aria-invalid=true]").first.wait_for(state="attached")
    box = page.get_by_test_id("stFileUploader")
    words = box.evaluate("box => getComputedStyle(box, '::after').content")
    assert "文件超过 100 MB，没有读取" in words
    page.get_by_text("很大.xlsx").hover()
    page.get_by_role("tooltip").get_by_text("文件不能超过 100 MB").wait_for()
    assert page.get_by_role("alert").get_by_text("文件不能超过 100 MB").count() == 1
