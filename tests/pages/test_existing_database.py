"""The worked example of the guide: a vendor's database read through views, with what it has and what it lacks."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from dashboard import fetch
from dashboard.lacking import notice
from dashboard.navigation import ENTRIES
from dashboard.settings import settings
from data_access.__main__ import main
from data_access.engine import reading_once
from data_access.tables import TABLES
from tests.existing_database import FIGURES, LACKING, RESTING, VIEWS, figures, on_sqlite, written
from tests.pages.test_pages import opened, words


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    made = on_sqlite(tmp_path / "vendor.db")
    monkeypatch.setenv("DATABASE_URL", made)
    settings.cache_clear()
    fetch.forget()
    yield made
    settings.cache_clear()
    fetch.forget()


def checked(capsys: pytest.CaptureFixture[str], url: str, *more: str) -> tuple[int, dict[str, object]]:
    code = main(["check", "--database-url", url, "--format", "json", *more])
    return code, json.loads(capsys.readouterr().out)


def test_what_the_vendor_has_fits_and_what_it_lacks_is_named(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = checked(capsys, url)
    assert code == 1
    assert [(found["table"], found["rule"]) for found in told["findings"]] == [(name, "no_table") for name in LACKING]
    assert {name: told["rows"][name]["all"] for name in VIEWS} == dict(
        zip(VIEWS, (5, 4, 7, 9, 15, 17, 12, 2), strict=True)
    )
    assert told["rows"]["proposal"]["years"] == {"2024": 3, "2025": 12} and told["data_on"] == "2025-11-10"
    assert checked(capsys, url, "--partial")[0] == 0


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("UPDATE jianyi SET fl = '水利' WHERE jybh = '2025-009'", ("proposal", "unknown_code", ["2025-009"])),
        ("UPDATE dbxx SET szxz = '青河' WHERE dbh = 'X12001'", ("deputy", "empty", ["X12001"])),
        ("UPDATE jianyi SET tcrq = '2025-2-20' WHERE jybh = '2025-004'", ("proposal", "not_a_day", ["2025-004"])),
        ("UPDATE jianyi SET zbdw = '999' WHERE jybh = '2025-006'", ("proposal_handler", "no_parent", ["2025-006-999"])),
    ],
)
def test_what_the_views_do_not_translate_is_listed(
    url: str, slip: str, said: tuple[str, str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as vendor:
        vendor.execute(slip)
    vendor.close()
    code, told = checked(capsys, url, "--partial")
    errors = [(f["table"], f["rule"], f["samples"]) for f in told["findings"] if f["level"] == "error"]
    assert code == 1 and said in errors


def test_the_figures_are_those_counted_by_hand(url: str) -> None:
    assert figures(url) == FIGURES


def test_pages_show_what_there_is_and_the_others_say_what_they_need(url: str) -> None:
    resting = []
    for entry in (entry for entry in ENTRIES if entry.listed):
        page = fetch.page(entry.key)
        said, is_whole = notice(page, page.adapt(fetch.view_of({"years": "2025"})[0], {}))
        resting += [entry.key] if is_whole else []
        assert not is_whole or re.match(r"本页需要数据表“.+”（\w+）", said)
    assert tuple(resting) == RESTING
    shown = words(opened("proposals", years="2025"))
    assert re.search(r'收到建议</h3><div class="n">10<', shown)
    assert re.search(r'按期答复率</h3><div class="n">75', shown)
    assert "“联络站点”（station）" in words(opened("stations", years="2025"))


def test_every_column_of_the_description_is_there_in_its_order(url: str) -> None:
    with reading_once(url) as connection:
        for name in VIEWS:
            found = connection.execute(text(f"SELECT * FROM {name}")).keys()
            assert list(found) == [column.name for column in TABLES[name].columns]


def test_stored_in_a_file_of_its_own_it_shows_the_same_and_is_renewed(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    stored = "sqlite:///board.db"
    assert main(["create", "--database-url", stored]) == 0
    for _ in range(2):
        with sqlite3.connect("board.db") as board:
            board.executescript(written("stored_sqlite.sql"))
        board.close()
    capsys.readouterr()
    assert checked(capsys, stored)[0] == 0
    assert figures(stored) == FIGURES
