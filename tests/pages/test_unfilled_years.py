"""Years nobody filled in, and townships that a figure does not belong to: never a nought, never a claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dashboard import fetch
from dashboard.exhibits.exhibit import Picture
from dashboard.settings import settings


@pytest.fixture(autouse=True)
def board(monkeypatch: pytest.MonkeyPatch, sample_url: str) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", sample_url)
    settings.cache_clear()
    fetch.forget()
    yield
    settings.cache_clear()
    fetch.forget()


def picture(page: str, key: str, **parts: str) -> Picture:
    exhibit = fetch.page(page).exhibit(key)
    assert exhibit is not None
    return fetch.picture(page, exhibit, fetch.view_of(parts)[0])


SITES = ("places", "radii", "uncovered", "idle")


@pytest.mark.parametrize(
    ("page", "key", "years", "words"),
    [
        ("leadership", "links", "2018-2018", "2018 年未填报：没有记录，也没有汇总数。"),
        ("stations", "idle", "2018-2018", "2018 年未填报：没有记录，也没有汇总数。"),
        ("stations", "idle", "2019-2020", "2019–2020 年仅有汇总数，没有可供细分的记录。"),
        *(("stations", key, "2015-2015", "2015 年未填报：没有记录，也没有汇总数。") for key in SITES),
        ("proposals", "townships", "2019-2020", "2019–2020 年仅有汇总数，没有可供细分的记录。"),
        ("stations", "months", "2019-2020", "2019–2020 年仅有汇总数，没有可供细分的记录。"),
        ("supervision", "review", "2031-2031", "2031 年未填报：没有记录，也没有汇总数。"),
        ("overview", "map", "2015-2015", "2015 年未填报：没有记录，也没有汇总数。"),
        ("stations", "map", "2015-2015", "2015 年未填报：没有记录，也没有汇总数。"),
        ("proposals", "ageing", "2015-2015", "2015 年未填报：没有记录，也没有汇总数。"),
        ("proposals", "due_list", "2015-2015", "2015 年未填报：没有记录，也没有汇总数。"),
        ("proposals", "key_list", "2015-2015", "2015 年未填报：没有记录，也没有汇总数。"),
        ("supervision", "owed", "2015-2015", "2015 年未填报：没有记录，也没有汇总数。"),
        ("personnel", "open", "2015-2015", "2015 年未填报：没有记录，也没有汇总数。"),
        ("capacity", "years", "2018-2018", "2014–2018 年没有经费记录，可放宽年份再看。"),
    ],
)
def test_what_nobody_filled_in_is_not_said_to_be_none(page: str, key: str, years: str, words: str) -> None:
    made = picture(page, key, years=years)
    assert made.body is None
    assert made.empty == words


@pytest.mark.parametrize(("page", "key"), [("leadership", "links"), ("stations", "idle"), ("proposals", "townships")])
def test_years_with_records_are_drawn(page: str, key: str) -> None:
    assert picture(page, key, years="2026").body is not None


@pytest.mark.parametrize("page", ["overview", "proposals", "supervision"])
def test_a_card_says_nothing_of_parts_nobody_filled_in(page: str) -> None:
    body: Any = picture(page, "headline", years="2019-2020").body
    assert not [card.base for card in body.cards if "–" in card.base.replace("2019–2020", "")]


def test_what_belongs_to_the_district_is_no_nought_in_a_township() -> None:
    whole, town = picture("overview", "years"), picture("overview", "years", townships="101")
    assert "任免" in "".join(whole.table.columns)
    assert "任免" not in "".join(town.table.columns)
    assert town.foot.endswith("任免属全区，不分乡镇，未列。")


def test_what_to_ask_about_is_told_as_of_the_last_day_of_the_years_chosen() -> None:
    made: Any = picture("overview", "today", years="2025")
    (owed,) = [item for item in made.body.items if item.chip.startswith("欠反馈")]
    assert made.subtitle.startswith("截至 2025-12-31，")
    assert owed.note == "最早应于 2025-09-25 报送，已逾 97 天"


def test_no_coverage_is_told_of_sites_nobody_filled_in() -> None:
    cards: Any = picture("stations", "headline", years="2015").body.cards  # type: ignore[union-attr]
    assert {card.value for card in cards} == {"未填报"}


def test_all_that_is_late_or_due_soon_leads_to_the_list_of_all_of_it() -> None:
    made = picture("overview", "today", years="2026")
    due = picture("proposals", "due_list", years="2026")
    assert made.more == (f"全部 {len(due.table)} 件", "/proposals?years=2026&panel=due_list")
