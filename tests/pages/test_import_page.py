"""The import page: closed without its settings and its code, then a file's whole way, and back."""

from __future__ import annotations

import logging
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import fetch, import_page
from dashboard.component import unpacked
from dashboard.importing.door import FREE_TRIES, Door
from dashboard.importing.work import FOLDER
from dashboard.settings import ROOT, settings
from data_access.importing import Asked, bring_in
from tests.data_access.importing.workbooks import PROPOSAL_TAIL, PROPOSALS, database, everything, proposal_row, workbook

APP = str(ROOT / "dashboard" / "app.py")
CODE = "云澜导入口令2026"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    url = database(tmp_path / "district.db")
    for name, value in {"DATABASE_URL": url, "IMPORT_DATABASE_URL": url, "IMPORT_CODE": CODE}.items():
        monkeypatch.setenv(name, value)
    # Boards of other tests, running at the same moment, have their files elsewhere.
    (tmp_path / "own").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "own"))
    monkeypatch.setattr(import_page, "door", lambda door=Door(): door)  # noqa: B008 - one door a test
    _renew()
    yield url
    _renew()


def _renew() -> None:
    settings.cache_clear()
    fetch.forget()


def opened() -> AppTest:
    test = AppTest.from_file(APP, default_timeout=60)
    test.switch_page("../pages/import.py")
    return test.run()


def said(test: AppTest) -> str:
    assert not test.exception, test.exception
    parts = [element.proto.bytes for element in test.get("bidi_component")]
    return "".join(unpacked(part)["html"] for part in parts if part)


def enter(test: AppTest, code: str = CODE, name: str = "李敏") -> AppTest:
    test.text_input(key="import_name").set_value(name)
    test.text_input(key="import_code").set_value(code)
    return test.button(key="import_in").click().run()


def ended(test: AppTest) -> AppTest:
    """The page once the work in hand is done."""
    work = test.session_state["import_work"]
    assert work.ended.wait(60)
    return test.run()


def checked(test: AppTest, path: Path, name: str = "") -> AppTest:
    test.file_uploader[0].set_value((name or path.name, path.read_bytes(), ""))
    return ended(test.button(key="import_check").click().run())


def book(path: Path, *rows: list[object]) -> Path:
    marked = [[*row, "13800000000"] for row in rows]
    return workbook(path, {"议案建议": [(*PROPOSALS, *PROPOSAL_TAIL, "手机号"), *marked]})


def folders() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob(f"{FOLDER}*"))


def test_without_the_setting_the_page_says_how_to_get_it_and_the_menu_has_no_entry(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("IMPORT_DATABASE_URL")
    _renew()
    html = said(opened())
    assert "IMPORT_DATABASE_URL" in html and "IMPORT_CODE" in html and "python -m data_access import" in html
    assert 'href="/import' not in html.partition("<nav")[2]


def test_two_addresses_of_different_databases_are_refused(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPORT_DATABASE_URL", database(tmp_path / "another.db"))
    _renew()
    page = opened()
    assert "不是同一个数据库" in said(page) and not page.text_input


def test_only_the_code_and_a_name_open_the_page_and_the_code_stays_nowhere(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page = opened()
    assert 'href="/import' in said(page)
    assert "口令不对" in said(enter(page, code="猜一个口令看看")) and not page.file_uploader
    assert "请填写姓名" in said(enter(page, name=" "))
    enter(page)
    assert page.file_uploader and CODE not in repr(page.session_state)
    assert CODE not in caplog.text and CODE not in str(page.query_params)


def test_after_wrong_codes_everybody_waits_twice_as_long_each_time() -> None:
    now = [0.0]
    door = Door(lambda: now[0])
    for _ in range(FREE_TRIES):
        assert door.refusal("错的", CODE) is not None
    assert "5 秒" in str(door.refusal(CODE, CODE))  # the right one waits as well
    now[0] = 5.1
    door.refusal("错的", CODE)
    assert "10 秒" in str(door.refusal(CODE, CODE))
    now[0] = 16
    assert door.refusal(CODE, CODE) is None
    assert door.refusal("错的", CODE) is not None and door.refusal(CODE, CODE) is None


def test_a_bad_file_is_explained_and_cannot_be_imported(url: str, tmp_path: Path) -> None:
    before = everything(url)
    page = checked(enter(opened()), book(tmp_path / "a.xlsx", proposal_row("J2", 类别="水利"), proposal_row("J3")))
    html = said(page)
    assert "错误 1 项，提醒 1 项" in html and "水利" in html and "不在可选值之内" in html
    assert page.button(key="import_do").disabled
    page.selectbox(key="import_degree_zh").set_value("warning").run()
    assert "水利" not in said(page) and "手机号" in said(page)
    assert everything(url) == before


def test_a_good_file_is_imported_shown_at_once_and_taken_back(url: str, tmp_path: Path) -> None:
    before, had = everything(url), folders()
    page = enter(opened())
    fetch.kept("probe", lambda connection: 1)
    checked(page, book(tmp_path / "a.xlsx", proposal_row("J2"), proposal_row("J1", "修大桥")))
    assert page.button(key="import_do").disabled  # the warning has not been accepted
    page.checkbox(key="import_accept").check().run()
    ended(page.button(key="import_do").click().run())
    assert "已导入，序号 1：新增 1 行，更新 1 行，删除 0 行" in said(page) and "李敏" in said(page)
    assert {row[0] for row in everything(url)["proposal"]} == {"J1", "J2"}
    assert fetch.look("probe") is None  # what was kept is dropped
    assert folders() <= had  # the file is gone
    page.button(key="import_undo").click().run()
    assert "将撤销第 1 次导入" in said(page) and everything(url) != before
    ended(page.button(key="import_undo_yes").click().run())
    assert "已撤销第 1 次导入" in said(page) and everything(url) == before


def test_a_file_that_cannot_be_read_is_refused_with_its_own_name(url: str, tmp_path: Path) -> None:
    bad = tmp_path / "x.xlsx"
    bad.write_bytes(b"nothing")
    assert "“名册.xlsx”不是可以读取的" in said(checked(enter(opened()), bad, "名册.xlsx"))


def test_an_import_while_another_is_under_way_is_refused_in_a_sentence(url: str, tmp_path: Path) -> None:
    page = checked(enter(opened()), book(tmp_path / "a.xlsx", proposal_row("J2")))
    page.checkbox(key="import_accept").check().run()
    held = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    ended(page.button(key="import_do").click().run())
    assert "另有一次导入正在进行" in said(page)
    held.close()
    page.checkbox(key="import_accept").check().run()
    ended(page.button(key="import_do").click().run())
    assert "已导入，序号 1" in said(page)


def test_what_changed_between_check_and_import_is_looked_at_again(url: str, tmp_path: Path) -> None:
    page = checked(enter(opened()), workbook(tmp_path / "a.xlsx", {"代表": [("编号", "姓名"), ("D3", "乐文")]}))
    other = workbook(tmp_path / "b.xlsx", {"代表": [("编号", "姓名"), ("D3", "乐文")]})
    bring_in(url, Asked(other), who="别人")
    ended(page.button(key="import_do").click().run())
    assert "没有需要改动的内容，没有导入" in said(page)
