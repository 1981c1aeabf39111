"""Words: what is counted agrees with its number in English, and Chinese is left as it is."""

from __future__ import annotations

import pytest

from data_access.text import Text, counted


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("1 items", "1 item"),
        ("Of 11 problems 1 kinds", "Of 11 problems 1 kind"),
        ("down 1 papers", "down 1 paper"),
        ("1 appointments have a step open", "1 appointment has a step open"),
        ("1 follow-up reports are overdue", "1 follow-up report is overdue"),
        ("1 items due were answered", "1 item due was answered"),
        ("1 points of 2025 due are reported done", "1 point of 2025 due is reported done"),
        ("1 deputies, 1 duties, 1 classes, 1 vertices, 1 people", "1 deputy, 1 duty, 1 class, 1 vertex, 1 person"),
        ("the other 1 townships", "the other 1 township"),
        ("11 items, 2.1 times, 0/1 stations, 2021 papers", "11 items, 2.1 times, 0/1 stations, 2021 papers"),
        ("1 of 3 items", "1 of 3 items"),
        ("1 is open", "1 is open"),
    ],
)
def test_a_single_one_has_its_noun_and_verb_in_the_singular(words: str, told: str) -> None:
    assert counted(words) == told


def test_a_filled_text_counts_in_english_alone() -> None:
    late = Text("{n} 件超期，剩 {days} 天", "{n} items late, {days} days left")

    assert late("en", n=1, days=1) == "1 item late, 1 day left"
    assert late("en", n=3, days=1) == "3 items late, 1 day left"
    assert late("zh", n=1, days=1) == "1 件超期，剩 1 天"
