"""What is kept, for how long, and when it is dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
import pytest
from sqlalchemy import event

from dashboard import cards, fetch
from dashboard.exhibits.exhibit import Picture
from dashboard.exports.preflight import Readiness
from dashboard.settings import settings


@pytest.fixture
def statements(sample_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], int]]:
    """Draws an exhibit of the overview for a year and says how many statements that took."""
    monkeypatch.setenv("DATABASE_URL", sample_url)
    settings.cache_clear()
    fetch.forget()
    fetch.frame()
    sent: list[str] = []
    event.listen(fetch.engine(), "before_cursor_execute", lambda _, __, statement, *___: sent.append(statement))

    def drawn(key: str, year: str) -> int:
        sent.clear()
        page = fetch.page("overview")
        exhibit = page.exhibit(key)
        assert exhibit is not None
        fetch.picture("overview", exhibit, fetch.view_of({"years": year})[0])
        return len(sent)

    yield drawn
    settings.cache_clear()
    fetch.forget()


def test_a_year_shown_among_others_is_not_asked_again(statements: Callable[[str, str], int]) -> None:
    """The panels of 2025 show five years, and so do those of 2021 to 2025."""
    assert statements("years", "2025") > 0
    assert statements("years", "2025") == statements("years", "2021-2025") == 0


def test_an_import_drops_what_was_kept(statements: Callable[[str, str], int]) -> None:
    first = statements("years", "2025")
    fetch.renew()
    fetch.frame()
    assert statements("years", "2025") == first


def test_nothing_is_kept_where_the_setting_says_so(
    statements: Callable[[str, str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CACHE_SECONDS", "0")
    settings.cache_clear()
    fetch._parts.cache_clear()
    fetch._cache.cache_clear()
    first = statements("years", "2025")
    assert statements("years", "2021-2025") >= first > 0


def test_a_table_is_made_when_it_is_first_read_and_only_once() -> None:
    made: list[pd.DataFrame] = []

    def figures() -> pd.DataFrame:
        made.append(pd.DataFrame({"n": [1]}))
        return made[-1]

    picture = Picture("", "", None, figures)
    assert made == []
    assert picture.table is picture.table is made[0] and len(made) == 1


@pytest.mark.usefixtures("statements")
def test_a_card_is_drawn_without_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "ready", lambda: Readiness("chromium", True))
    page, (view, _) = fetch.page("proposals"), fetch.view_of({"years": "2025"})
    for key in ("topics", "ageing", "due_list", "solved_by_township"):
        exhibit = page.exhibit(key)
        assert exhibit is not None
        picture = fetch.picture(page.key, exhibit, view)
        cards.card(page, exhibit, picture, view, 12)
        assert "table" not in vars(picture), key
