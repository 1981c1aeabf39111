"""The table of matching rules: it says nothing twice in two ways, and misses no figure of the briefing."""

from __future__ import annotations

import pytest

from dashboard.speech_check.lexicon import by_word, keywords, metric_key, rows, terms
from dashboard.speech_check.matching import LEVELS
from dashboard.speech_check.quantities import BODIES, MEASURES, PERCENT, SAME
from dashboard.speech_check.values import first_metric

# The figures of the fourteen sentences of a briefing, and the columns they print.
BRIEFING = (
    "B01", "B02", "B03", "B04", "P01", "P02", "P03", "P04", "P04.k", "P05", "P08", "P08.k", "P11", "P11.k", "P12",
    "P13", "P13.k", "P14", "D01", "D01.fin", "D01.major", "S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08.k",
    "S14", "S14a", "B06.leaders", "B06.task", "B06.project", "B06.town", "A01", "A08", "A04", "A05.k", "L01.ST",
    "L01.RM", "L01.PT", "L02", "L04", "L04.k", "L05", "L06", "L07", "L08", "L08a", "L10", "L10.k", "L12.sc",
    "L12.dep", "E01.d", "E01.t", "E02", "B07", "B08", "B10", "B11", "B13", "L13", "P06", "S09a", "L02a",
)  # fmt: skip
UNITS = {SAME.get(unit, unit) for unit in MEASURES} | {PERCENT, BODIES}


def test_every_figure_of_the_table_is_one_of_the_board() -> None:
    named = {name for row in rows() for figure in (row.figure, *row.confusable) for _, name in terms(figure)}
    assert [name for name in named if metric_key(name) is None] == []


def test_every_measure_word_of_the_table_is_one_a_number_can_have() -> None:
    assert {unit for row in rows() for unit in row.units} - UNITS == set()


@pytest.mark.parametrize("figure", BRIEFING)
def test_every_figure_of_the_briefing_has_its_words(figure: str) -> None:
    assert [row for row in rows() if figure in {name for _, name in terms(row.figure)} and row.words]


def test_the_longest_keyword_at_a_place_is_taken() -> None:
    found = [match[0] for match in keywords().finditer("满意和基本满意率、基本满意、不满意、意见建议、按期答复率")]
    assert found == ["满意和基本满意率", "基本满意", "不满意", "意见建议", "按期答复率"]


def test_every_level_of_sites_has_a_row_for_its_own_measure_word() -> None:
    assert [[row.figure for row in by_word()[word]] for word in LEVELS.values()] == [["L01.ST"], ["L01.RM"], ["L01.PT"]]


def test_a_row_without_a_figure_says_why_in_both_languages() -> None:
    assert [row.words for row in rows() if not row.figure and not (row.note.zh and row.note.en)] == []
    assert [row.words for row in rows() if bool(row.note.zh) != bool(row.note.en)] == []


def test_shares_are_asked_in_percent_and_counts_in_measure_words() -> None:
    for row in rows():
        metric = first_metric(row.figure)
        if metric and row.figure == metric.key:
            assert metric.is_share == (PERCENT in row.units), row
