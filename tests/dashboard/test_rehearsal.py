"""Pages drawn unseen after the start."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from dashboard import fetch, rehearsal
from dashboard.address import Asked
from dashboard.navigation import ENTRIES
from dashboard.settings import settings

# The list of problems asks only for those there are.
PAGES = [fetch.page(entry.key) for entry in ENTRIES if entry.listed and entry.key != "data_quality"]


@pytest.fixture(autouse=True)
def unhurried(sample_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The sample, nothing kept of it, and no rests."""
    monkeypatch.setenv("DATABASE_URL", sample_url)
    monkeypatch.setattr(rehearsal, "REST_SECONDS", 0)
    monkeypatch.setattr(rehearsal, "LONG_REST_SECONDS", 0)
    settings.cache_clear()
    fetch.forget()
    yield
    settings.cache_clear()
    fetch.forget()


def test_no_choice_of_years_and_townships_needs_another_statement_written() -> None:
    assert len(list(rehearsal.rounds(threading.Event()))) > 3
    towns = [town.code for town in fetch.frame().townships if town.kind == "TOWN"]
    written = fetch.engine()._compiled_cache
    known = set(written)
    for chosen in ([], towns[3:4], towns[4:7], towns):
        for years in ((2022, 2022), (2021, 2024)):
            view = fetch.view_from(Asked(years, tuple(chosen)), mode="light", lang="zh")
            for page in PAGES:
                for exhibit in page.exhibits():
                    fetch.picture(page.key, exhibit, page.adapt(view, {}))
    assert not set(written) - known


def test_a_rehearsal_ends_when_it_is_told_to() -> None:
    stop = threading.Event()
    stop.set()
    assert list(rehearsal.rounds(stop)) == []
