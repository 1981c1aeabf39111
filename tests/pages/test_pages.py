"""Every page, in both languages, on a full, an empty and a missing database: it says something and never an error."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from streamlit.testing.v1 import AppTest

from dashboard import fetch, sidebar
from dashboard.component import unpacked
from dashboard.navigation import ENTRIES
from dashboard.settings import ROOT, settings
from data_access.tables import metadata

APP = str(ROOT / "dashboard" / "app.py")
KEYS = [entry.key for entry in ENTRIES]
PARTS = {"records": {"metric": "P06"}, "record": {"of": "proposal", "id": "JY2026-001"}}
ENGLISH_LEFT = re.compile(r">[^<]*\b(the|of|and|with)\b[^<]*<")


@pytest.fixture(scope="module")
def board() -> Iterator[Callable[[str], None]]:
    """Points the board at a database, which it knows until it is pointed at another."""

    def point(url: str) -> None:
        if settings().database_url != url:
            environment.setenv("DATABASE_URL", url)
            settings.cache_clear()
            fetch.forget()

    with pytest.MonkeyPatch.context() as environment:
        yield point
    settings.cache_clear()
    fetch.forget()


@pytest.fixture(scope="module")
def empty_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a database with every table and no row."""
    url = f"sqlite:///{tmp_path_factory.mktemp('empty') / 'empty.db'}"
    engine = create_engine(url)
    metadata.create_all(engine)
    engine.dispose()
    return url


def opened(key: str, **parts: str) -> AppTest:
    test = AppTest.from_file(APP, default_timeout=60)
    for name, value in {**PARTS.get(key, {}), **parts}.items():
        test.query_params[name] = value
    test.switch_page(next(entry.file for entry in ENTRIES if entry.key == key))
    return test.run()


def words(test: AppTest) -> str:
    """Everything the page's rows say, as HTML."""
    rows = [unpacked(element.proto.bytes)["html"] for element in test.get("bidi_component") if element.proto.bytes]
    bodies = [str(element.proto.body) for element in test.get("html")]
    return "".join(rows) + "".join(body for body in bodies if not body.startswith("<style"))


def stands(test: AppTest) -> str:
    assert not test.exception, test.exception
    said = words(test)
    assert "编号" not in re.findall(r'class="empty">[^<]*', said), said
    return said


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("view", [{}, {"townships": "101"}, {"years": "2023"}, {"years": "2021-2025"}])
def test_every_page_stands_under_every_view(
    board: Callable[[str], None], sample_url: str, key: str, lang: str, view: dict[str, str]
) -> None:
    board(sample_url)
    said = stands(opened(key, lang=lang, **view))
    assert "无法显示" not in said and "cannot be shown" not in said
    assert len(said) > 400


@pytest.mark.parametrize("key", KEYS)
def test_a_chinese_page_leaves_no_english_sentence(board: Callable[[str], None], sample_url: str, key: str) -> None:
    board(sample_url)
    assert ENGLISH_LEFT.findall(words(opened(key))) == []


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_database_is_said_in_words(board: Callable[[str], None], empty_url: str, key: str, lang: str) -> None:
    board(empty_url)
    said = stands(opened(key, lang=lang))
    assert "无法显示" not in said and "cannot be shown" not in said
    assert not re.search(r"\bnan\b", said, re.IGNORECASE)


@pytest.mark.parametrize("key", KEYS)
def test_a_missing_database_names_the_setting(board: Callable[[str], None], tmp_path: Path, key: str) -> None:
    board(f"sqlite:///{tmp_path}/nowhere.db")
    test = opened(key)
    assert not test.exception
    assert "DATABASE_URL" in words(test)


def test_pages_are_made_once_and_marked_in_each_run_s_own(
    board: Callable[[str], None], sample_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board(sample_url)
    stands(opened("overview"))
    monkeypatch.setattr(sidebar.st, "Page", None)
    stands(opened("definitions"))
    ours, theirs = sidebar.pages(), sidebar.pages()
    ours[0]._can_be_called = True
    assert not theirs[0]._can_be_called


def test_a_bad_address_is_said_and_the_page_stands(board: Callable[[str], None], sample_url: str) -> None:
    board(sample_url)
    said = stands(opened("proposals", years="9-1", townships="zzz", colour="<script>"))
    assert said.count('class="notice"') == 3
    assert "<script>" not in said


def test_the_view_in_the_address_is_the_view_on_the_page(board: Callable[[str], None], sample_url: str) -> None:
    board(sample_url)
    said = stands(opened("proposals", years="2022-2024", townships="101_102", category="AGR", as_of="2025-03-01"))
    assert "2022–2024 年" in said and "2025-03-01" in said and "农业农村" in said


def test_a_page_without_a_table_loses_only_what_needs_it(
    board: Callable[[str], None], sample_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "cut.db"
    with sqlite3.connect(sample_url.removeprefix("sqlite:///")) as full, sqlite3.connect(path) as cut:
        full.backup(cut)
        cut.execute("drop table appointment")
    board(f"sqlite:///{path}")
    said = stands(opened("overview"))
    assert "appointment" in said
    assert "法定监督" in said and "满意" in said
