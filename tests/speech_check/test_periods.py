"""Which years and which day a draft means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.fetch import Township
from dashboard.speech_check.periods import Clock, periods
from dashboard.speech_check.places import places

TODAY = date(2026, 11, 20)
CLOCK = Clock(TODAY, (2026, 2026), 2022)
MEANT = {
    "五年来": ((2022, 2026), TODAY), "5年来": ((2022, 2026), TODAY), "近三年": ((2024, 2026), TODAY),
    "过去两年": ((2025, 2026), TODAY), "2023年以来": ((2023, 2026), TODAY), "自2023年起": ((2023, 2026), TODAY),
    "二〇二三年": ((2023, 2023), TODAY), "2024年度": ((2024, 2024), TODAY), "去年": ((2025, 2025), TODAY),
    "今年以来": ((2026, 2026), TODAY), "前年": ((2024, 2024), TODAY), "本届以来": ((2022, 2026), TODAY),
    "2021年至2025年": ((2021, 2025), TODAY), "2021—2025年": ((2021, 2025), TODAY),
    "“十四五”期间": ((2021, 2025), TODAY),
    "今年1—9月": ((2026, 2026), date(2026, 9, 30)), "2024年上半年": ((2024, 2024), date(2024, 6, 30)),
    "1至10月": ((2026, 2026), date(2026, 10, 31)), "今年前三季度": ((2026, 2026), date(2026, 9, 30)),
    "截至目前": ((2026, 2026), TODAY), "截至2025年底": ((2025, 2025), date(2025, 12, 31)),
    "截至2026年6月30日": ((2026, 2026), date(2026, 6, 30)), "截至9月底": ((2026, 2026), date(2026, 9, 30)),
}  # fmt: skip
REFUSED = {
    "2035年": "晚于", "1949年": "早于", "3—9月": "不从年初", "2025年6月": "不从年初", "下半年": "不从年初",
    "上届": "起止", "截至12月底": "晚于",
}  # fmt: skip
OF_PERIODS = "0123456789〇二三五十近年来月日底前以至—今去本上下半届起截自季度个四"
TOWNS = (Township("990102101", "城东镇", "TOWN"), Township("990102102", "河西镇", "TOWN"))


@pytest.mark.parametrize(("words", "meant"), MEANT.items())
def test_a_period_is_understood(words: str, meant: tuple[tuple[int, int], date]) -> None:
    (said,) = periods(f"{words}，收到建议", CLOCK)
    assert said.span is not None
    assert (said.words, said.span.years, said.span.as_of) == (words, *meant)


@pytest.mark.parametrize(("words", "why"), REFUSED.items())
def test_a_period_the_board_cannot_answer_is_said(words: str, why: str) -> None:
    (said,) = periods(words, CLOCK)
    assert said.span is None
    assert said.fault is not None
    assert why in said.fault.zh


@pytest.mark.parametrize("text", ["比去年增加", "与2023年相比", "较上年提高", "同上年比"])
def test_what_something_is_compared_with_is_no_period(text: str) -> None:
    assert periods(text, CLOCK) == []


def test_so_many_years_are_the_page_s_when_it_shows_so_many() -> None:
    (said,) = periods("五年来", Clock(TODAY, (2021, 2025), 2022))
    assert said.span is not None
    assert said.span.years == (2021, 2025)


def test_a_township_is_a_place_and_a_venue_is_none() -> None:
    found = places("城东镇、河西镇共收到；全区收到；现场会在城东镇召开；赴河西镇举办", TOWNS, "区")
    assert [(one.words, one.codes) for one in found] == [
        ("城东镇、河西镇", ("990102101", "990102102")),
        ("全区", ()),
    ]


@pytest.mark.parametrize("text", ["送戏下乡，走进特色小镇", "各街道、各乡镇", "重点镇", "城乡、街道", "联系乡镇"])
def test_words_that_end_like_a_township_are_none(text: str) -> None:
    assert places(text, TOWNS, "区") == []


def test_what_is_said_of_a_wider_region_is_not_ours() -> None:
    found = places("全国平均答复率，全省首次，全市人大代表", TOWNS, "区")
    assert [(one.words, one.fault is not None) for one in found] == [("全国", True), ("全市", True)]
    assert [one.fault for one in places("全市共收到", TOWNS, "市")] == [None]


@given(st.text(alphabet=st.sampled_from(OF_PERIODS), max_size=30))
def test_any_text_is_read_without_complaint(text: str) -> None:
    periods(text, CLOCK)
