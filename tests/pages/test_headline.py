"""The row of large figures: what has no figure is no zero, and a lead stands only before a change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.exhibits.exhibit import View
from dashboard.exhibits.headline import Figure, headline
from data_access.context import Context, Filters, Rules, Scope
from data_access.metrics import METRICS

SINCE = Rules(region_code="990102", since_cadre=date(2023, 1, 1))


def shown(
    sample: Engine, *figures: Figure, townships: tuple[str, ...] = (), years: tuple[int, int] = (2026, 2026)
) -> tuple[list[Any], Any]:
    context = Context(Scope(("990102",)), Filters(years, townships), date(2026, 11, 20), SINCE)
    view, exhibit = View(context, "zh", "light", date(2026, 11, 20)), headline(*figures)
    with sample.connect() as connection:
        picture = exhibit.compose(exhibit.query(connection, view), view)
    return list(picture.body.cards), picture.table  # type: ignore[union-attr]


@pytest.mark.parametrize("townships", [(), ("990102101",)])
def test_what_belongs_to_the_district_has_no_figure_under_a_township(sample: Engine, townships: Any) -> None:
    (card,), table = shown(sample, Figure(METRICS["B01"], of_district=True), townships=townships)
    if townships:
        assert (card.value, card.base, card.trend, card.change) == ("–", "属全区，不分乡镇", (), "")
        assert table["数值"].isna().all()
    else:
        assert (card.value, card.change_lead, card.change) == ("2", "较同期", "持平")


def test_what_is_not_compared_has_neither_a_lead_nor_a_change(sample: Engine) -> None:
    (elected, promoted), _ = shown(sample, Figure(METRICS["E01.d"], yearly=False), Figure(METRICS["B07"]))
    assert (elected.change_lead, elected.change, elected.trend) == ("", "", ())
    assert (promoted.change_lead, promoted.change) == ("", "")


def test_shares_of_few_are_not_compared_in_points(sample: Engine) -> None:
    """Two reports back fell due in 2026 and one or none a year before: 1/2 is no rate to be 50 points lower."""
    (few, many), _ = shown(sample, Figure(METRICS["D02"]), Figure(METRICS["P04"]))
    assert (few.value, few.change_lead, few.change) == ("1/2", "", "")
    assert many.change.endswith("百分点")


@pytest.mark.parametrize(("first", "lead"), [(2025, "较上年"), (2024, "2025 年较上年")])
def test_a_finished_year_stands_beside_the_whole_year_before(sample: Engine, first: int, lead: str) -> None:
    """2025's 3,952 people received less 2024's are what the card says, not the difference up to 20 November."""
    received = Figure(METRICS["L07"])
    (earlier,), (later,) = (shown(sample, received, years=(year, year))[0] for year in (2024, 2025))
    now, before = (int(card.value.replace(",", "")) for card in (later, earlier))
    (card,), table = shown(sample, received, years=(first, 2025))
    assert (card.change_lead, card.change) == (lead, f"多 {now - before:,} 人次")
    assert card.base == f"上年 {before:,} 人次"
    assert card.trend[-2:] == (before, now)
    assert "较上年" in table.columns and "较上年同期" not in table.columns
