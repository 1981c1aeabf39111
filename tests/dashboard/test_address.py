"""The address of a view: it says everything, gives it back, and believes nothing it is told."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import Asked, decode, encode, href
from data_access.context import Context, Filters, Rules, Scope

REGION = "990102"
TOWNS = tuple(f"{REGION}{n}" for n in ("001", "002", "101", "102", "201"))
TODAY = date(2026, 11, 20)


def context(years: tuple[int, int] = (2026, 2026), **changes: object) -> Context:
    filters = Filters(years, **changes)  # type: ignore[arg-type]
    return Context(Scope((REGION,)), filters, TODAY, Rules(region_code=REGION))


def read(address: str) -> Asked:
    return decode(dict(parse_qsl(urlsplit(address).query)), region=REGION, townships=TOWNS)


def test_an_address_is_short_and_readable() -> None:
    view = context((2021, 2025), townships=(TOWNS[2], TOWNS[3]), picks=(("category", "FIN"),))
    assert href("/proposals", view, "zh", plain_as_of=TODAY) == (
        "/proposals?years=2021-2025&townships=101_102&category=FIN"
    )


def test_the_plain_as_of_day_is_left_out_and_any_other_is_said() -> None:
    assert "as_of" not in encode(context(), "zh", plain_as_of=TODAY)
    assert encode(context(), "en", plain_as_of=date(2026, 11, 21)) == {
        "years": "2026",
        "as_of": "2026-11-20",
        "lang": "en",
    }


@given(
    first=st.integers(1990, 2026),
    more=st.integers(0, 20),
    towns=st.sets(st.sampled_from(TOWNS)),
    codes=st.sets(st.sampled_from(["FIN", "AGR", "BILL_SUG"])),
    lang=st.sampled_from(["zh", "en"]),
)
def test_every_view_comes_back_from_its_address(
    first: int, more: int, towns: set[str], codes: set[str], lang: str
) -> None:
    picks = tuple(("category", code) for code in codes)
    view = context((first, min(first + more, 2099)), townships=tuple(towns), picks=picks)
    asked = read(href("/x", view, lang))  # type: ignore[arg-type]
    assert asked.faults == ()
    assert (asked.years, asked.as_of) == (view.filters.years, TODAY)
    assert Filters((1, 1), asked.townships, asked.picks) == Filters((1, 1), view.filters.townships, view.filters.picks)
    assert (asked.lang or "zh") == lang


@pytest.mark.parametrize(
    "part",
    [
        "years=9-1", "years=2026-2021", "years=abc", "years=1026", "years=" + "2" * 10_000, "townships=999",
        "townships=101_zzz", "as_of=2026-02-30", "as_of=yesterday", "lang=fr", "category=%3Cscript%3E",
        "colour=red", "years=٢٠٢٦",
    ],
)  # fmt: skip
def test_a_bad_part_is_dropped_and_named(part: str) -> None:
    asked = read(f"/x?{part}")
    name = part.split("=")[0]
    assert asked == Asked(faults=asked.faults)
    assert len(asked.faults) == 1
    assert name in asked.faults[0].zh and name in asked.faults[0].en


def test_script_in_a_name_is_shown_as_harmless_text() -> None:
    asked = decode({"<script>alert(1)</script>": "1"}, region=REGION, townships=TOWNS)
    assert "<" not in asked.faults[0].zh


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=60), max_size=6))
def test_no_address_ever_raises(parts: dict[str, str]) -> None:
    asked = decode(parts, region=REGION, townships=TOWNS)
    assert set(asked.townships) <= set(TOWNS)


def test_one_more_pick_is_added_to_those_there_are() -> None:
    view = context(picks=(("category", "FIN"),))
    assert read(href("/x", view, "zh", pick=("unit", "U1"))).picks == (("category", "FIN"), ("unit", "U1"))
