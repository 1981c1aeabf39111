"""Numbers as a draft writes them: exact, whatever way they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.speech_check.numerals import read
from tests.speech_check.numbers_in_chinese import chinese

WRITTEN = {
    "438": "438", "1,204": "1204", "１，２０４": "1204", "１７": "17", "96.2": "96.2", "1.2万": "12000", "3千": "3000",
    "一百二十三": "123", "十七": "17", "二十": "20", "两百五": "250", "两千三": "2300", "一百零三": "103",
    "一万零五": "10005", "一亿二千万": "120000000", "九十六点二": "96.2", "二〇二三": "2023", "零点五": "0.5",
}  # fmt: skip


@pytest.mark.parametrize(("written", "value"), WRITTEN.items())
def test_a_number_is_read_as_it_is_spoken(written: str, value: str) -> None:
    found = read(written)
    assert found is not None
    assert found.value == Decimal(value)


@pytest.mark.parametrize(("written", "step"), {"438": "1", "96.2": "0.1", "1.2万": "1000", "3万": "10000"}.items())
def test_the_last_written_digit_has_its_worth(written: str, step: str) -> None:
    found = read(written)
    assert found is not None
    assert found.step == Decimal(step)


@pytest.mark.parametrize("text", ["", "件", "一点", "点二", "1.2.3", "٣", "1" * 30, "一二件"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read(text) is None


@given(st.integers(0, 99_999_999))
def test_chinese_numerals_come_back_as_they_went(number: int) -> None:
    found = read(chinese(number))
    assert found is not None
    assert found.value == number


@given(st.integers(0, 10**9))
def test_thousands_separators_change_nothing(number: int) -> None:
    plain, parted = read(str(number)), read(f"{number:,}")
    assert plain is not None
    assert plain == parted


@given(st.text(max_size=40))
def test_any_text_is_read_without_complaint(text: str) -> None:
    read(text)
