"""The cards that are sent before Streamlit's run: they are what the run then sends, or there are none."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard import ahead, fetch
from dashboard.component import unpacked
from dashboard.navigation import ENTRIES, Entry
from dashboard.settings import ROOT, settings

APP = str(ROOT / "dashboard" / "app.py")
DRAWN = [entry for entry in ENTRIES if entry.key not in ahead.NOT_AHEAD]
BASKET = "proposals.ladder~years.2025"


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Points the board at a database; afterwards it forgets it again."""

    def point(url: str) -> None:
        monkeypatch.setenv("DATABASE_URL", url)
        settings.cache_clear()
        fetch.forget()

    yield point
    settings.cache_clear()
    fetch.forget()


def early(path: str, basket: str = "", **query: str) -> dict[str, bytes] | None:
    """What the browser gets ahead, by component; None where there is nothing."""
    client = TestClient(Starlette(routes=ahead.routes))
    answer = client.get(f"/board/{path}", params=query, headers={ahead.HELD: basket})
    assert answer.headers["cache-control"] == "no-store"
    if answer.status_code == 204:
        return None
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/octet-stream"
    line, _, rest = answer.content.partition(b"\n")
    found = {}
    for name, length in json.loads(line):
        found[name], rest = rest[:length], rest[length:]
    assert rest == b""
    return found


def run(key: str, basket: str = "", **query: str) -> dict[str, bytes]:
    """What Streamlit's run sends, by component."""
    test = AppTest.from_file(APP, default_timeout=60)
    for name, value in query.items():
        test.query_params[name] = value
    if basket:
        test.session_state["basket"] = ahead.basket.read(basket)[0]
    test.switch_page(next(entry.file for entry in ENTRIES if entry.key == key))
    test.run()
    assert not test.exception
    sent = {part.proto.id.rpartition("-")[2]: part.proto.bytes for part in test.get("bidi_component")}
    return {name: data for name, data in sent.items() if data}


@pytest.mark.parametrize("entry", DRAWN, ids=lambda entry: entry.key)
def test_what_comes_ahead_is_what_the_run_sends(board: Callable[[str], None], sample_url: str, entry: Entry) -> None:
    board(sample_url)
    query = {"years": "2022-2024", "townships": "101_102", "lang": "en"}
    first = early(f"light/{entry.key}", **query)
    fetch.renew()  # or the run would send the very bytes that were kept
    assert first == run(entry.key, **query)


def test_an_address_that_says_nothing_gives_the_plain_view(board: Callable[[str], None], sample_url: str) -> None:
    board(sample_url)
    assert early("light/overview") == run("overview")


def test_filters_and_what_is_said_of_an_address_come_ahead_too(board: Callable[[str], None], sample_url: str) -> None:
    board(sample_url)
    query = {
        "years": "2025",
        "category": "AGR",
        "as_of": "2999-01-01",
        "panel": "ladder",
        "colour": "red",
        "since": "x",
    }
    assert early("light/proposals", **query) == run("proposals", **query)


def test_the_basket_of_the_reader_shows_in_its_own_cards_alone(board: Callable[[str], None], sample_url: str) -> None:
    board(sample_url)
    marked = early("light/proposals", BASKET, years="2025")
    plain = early("light/proposals", years="2025")
    assert marked == run("proposals", BASKET, years="2025")
    assert plain == run("proposals", years="2025")
    assert marked != plain


def test_a_briefing_with_a_basket_is_left_to_the_run(board: Callable[[str], None], sample_url: str) -> None:
    board(sample_url)
    assert list(early("light/briefing", BASKET) or ()) == ["menu"]
    assert list(early("light/briefing") or ()) == ["menu", "head", "take", "rows_briefing", "basket_head"]


def test_dark_cards_are_others(board: Callable[[str], None], sample_url: str) -> None:
    board(sample_url)
    light, dark = (early(f"{mode}/personnel", years="2025") for mode in ("light", "dark"))
    assert light is not None and dark is not None
    assert light["head"] == dark["head"]
    assert light["rows_personnel"] != dark["rows_personnel"]


def test_the_region_that_may_be_seen_holds_ahead_too(
    board: Callable[[str], None], sample_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board(sample_url)
    whole = early("light/proposals", years="2025")
    town = fetch.frame().townships[0]
    monkeypatch.setenv("REGION", town.code)
    board(sample_url)
    part = early("light/proposals", years="2025")
    assert part == run("proposals", years="2025")
    assert part != whole


@pytest.mark.parametrize("key", sorted(ahead.NOT_AHEAD))
def test_of_any_other_page_the_sidebar_alone_comes_ahead(
    board: Callable[[str], None], sample_url: str, key: str
) -> None:
    board(sample_url)
    query = {"years": "2023", "q": "<b>", "lang": "en"}
    first = early(f"light/{key}", BASKET, **query)
    fetch.renew()
    assert first == {"menu": run(key, BASKET, **query)["menu"]}


@pytest.mark.parametrize("path", ["light/none", "blue/overview"])
def test_nothing_comes_ahead_of_what_is_no_page(board: Callable[[str], None], sample_url: str, path: str) -> None:
    board(sample_url)
    assert early(path) is None


def test_a_basket_in_the_address_is_left_to_the_run(board: Callable[[str], None], sample_url: str) -> None:
    board(sample_url)
    assert ahead.parts("briefing", {"basket": BASKET}, "light", ()) == []


def test_an_exhibit_on_its_way_to_the_basket_is_marked_ahead_as_by_the_run(
    board: Callable[[str], None], sample_url: str
) -> None:
    board(sample_url)
    marked = early("light/proposals", keep="ladder", years="2025")
    assert marked == early("light/proposals", "proposals.ladder~years.2025", years="2025")
    assert marked == run("proposals", keep="ladder", years="2025")
    assert marked != early("light/proposals", years="2025")


def test_a_missing_database_is_left_to_the_run(board: Callable[[str], None], tmp_path: Path) -> None:
    board(f"sqlite:///{tmp_path}/nowhere.db")
    assert early("light/overview") is None


def test_a_page_of_which_a_card_fails_is_left_to_the_run_and_not_kept(
    board: Callable[[str], None], sample_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board(sample_url)
    with monkeypatch.context() as broken:
        broken.setattr(fetch, "picture", lambda *_: 1 / 0)
        assert list(early("light/personnel", years="2025") or ()) == ["menu"]
    assert list(early("light/personnel", years="2025") or ()) != ["menu"]


def test_a_page_with_nothing_to_show_is_left_to_the_run(
    board: Callable[[str], None], sample_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "cut.db"
    with sqlite3.connect(sample_url.removeprefix("sqlite:///")) as full, sqlite3.connect(path) as cut:
        full.backup(cut)
        cut.execute("drop table appointment")
        cut.execute("delete from reported_figure")
    board(f"sqlite:///{path}")
    assert list(early("light/personnel") or ()) == ["menu"]


def test_cards_come_packed_as_the_component_reads_them(board: Callable[[str], None], sample_url: str) -> None:
    board(sample_url)
    found = early("light/overview", years="2025", lang="en")
    assert found is not None
    assert unpacked(found["head"])["lang"] == "en"
    assert "Overview" in unpacked(found["head"])["html"]
