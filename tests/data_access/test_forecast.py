"""The forecast of overdue items by hand: a unit's past, the chance of one item, the range of several, the back-test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from data_access.forecast import (
    NEVER,
    Cases,
    backtest,
    forecast,
    month_end,
    month_ends,
    overdue,
    span,
    spread,
)
from data_access.lists.pace import pace
from tests.data_access.factories import HILL, add_handler, add_proposal, add_reply, context, empty_database

TODAY = date(2026, 11, 20).toordinal()
MONTH_END = date(2026, 11, 30).toordinal()


def cases(*lines: tuple[int, int, int, int]) -> Cases:
    """One item a line: unit, assigned, due, replied."""
    return Cases(*(np.array(column, dtype=np.int64) for column in zip(*lines, strict=True)))


def answered(unit: int, days_late: int, count: int = 1, due: int = TODAY - 200) -> list[tuple[int, int, int, int]]:
    """Past items of a unit, each answered so many days after its deadline (before it when negative)."""
    return [(unit, due - 90, due, due + days_late)] * count


def open_item(unit: int, days_left: int) -> tuple[int, int, int, int]:
    return unit, TODAY + days_left - 90, TODAY + days_left, NEVER


def test_the_chance_of_an_item_is_the_share_of_earlier_ones_that_were_late_from_there() -> None:
    """Unit 0 answered 30 items: 10 twenty days early, 14 two days early, 6 ten days late.

    An item due in 5 days: 20 of those 30 were still unanswered so near to their deadline, and at the month's end, which
    is 5 days past this one's, 6 of the 20 were. The chance is 6/20 = 30 %.
    """
    past = [*answered(0, -20, 10), *answered(0, -2, 14), *answered(0, 10, 6)]
    found = forecast(cases(*past, open_item(0, 5)), TODAY, MONTH_END)
    assert found is not None
    assert found.chance == pytest.approx([0.3])
    assert (found.cases.tolist(), found.is_own.tolist()) == ([30], [True])


def test_an_item_already_late_is_measured_against_those_that_were_as_late() -> None:
    """Of 30 items 8 came 3 days late and 6 came 20 days late: of 6 still open after 5 days all were open after 15."""
    past = [*answered(0, -2, 16), *answered(0, 3, 8), *answered(0, 20, 6)]
    found = forecast(cases(*past, open_item(0, -5)), TODAY, MONTH_END)
    assert found is not None and found.chance == pytest.approx([1.0])


def test_on_the_deadline_itself_there_is_still_time() -> None:
    found = forecast(cases(*answered(0, 10, 30), open_item(0, 10), open_item(0, 9)), TODAY, MONTH_END)
    assert found is not None
    assert found.chance == pytest.approx([0.0, 1.0])  # due on the 30th; due on the 29th, all earlier ones ten days late


def test_items_due_after_the_day_are_not_among_them() -> None:
    found = forecast(cases(*answered(0, 10, 30), open_item(0, 11)), TODAY, MONTH_END)
    assert found is not None and len(found.items) == 0 and span(found.chance) == (0, 0)


def test_a_unit_with_fewer_than_twenty_items_has_the_district_s_pace() -> None:
    """Unit 1 answered 19 items, all late; with unit 0's 21 on time the district's share is 19/40."""
    lines = [*answered(0, -1, 21), *answered(1, 15, 19), open_item(1, 5)]
    found = forecast(cases(*lines), TODAY, MONTH_END)
    assert found is not None
    assert found.chance == pytest.approx([19 / 40])
    assert (found.cases.tolist(), found.is_own.tolist()) == ([40], [False])
    twenty = forecast(cases(*lines, *answered(1, 15)), TODAY, MONTH_END)
    assert twenty is not None and twenty.chance == pytest.approx([1.0]) and twenty.is_own.tolist() == [True]


def test_where_few_of_a_unit_were_left_the_district_stands_in_for_the_day() -> None:
    """Unit 0 had 4 of 24 left on the deadline, too few to go by; the district had 44 left, of which 22 came in time."""
    past = [*answered(0, -3, 20), *answered(0, 15, 4), *answered(1, 1, 22), *answered(1, 15, 18)]
    found = forecast(cases(*past, open_item(0, 0)), TODAY, MONTH_END)
    assert found is not None and found.chance == pytest.approx([22 / 44])


def test_no_forecast_of_fewer_than_twenty_answered_items() -> None:
    assert forecast(cases(*answered(0, 5, 19), open_item(0, 2)), TODAY, MONTH_END) is None
    assert forecast(cases(*answered(0, 5, 20), open_item(0, 2)), TODAY, MONTH_END) is not None
    assert forecast(Cases(*[np.array([], dtype=np.int64)] * 4), TODAY, MONTH_END) is None


def test_items_still_open_count_for_the_days_they_waited() -> None:
    """Ten items wait, none of them late yet: they were at risk up to today, and are neither late nor in time."""
    past = [*answered(0, -5, 15), *answered(0, 5, 15)]
    waiting = [open_item(0, 60)] * 10
    alone = forecast(cases(*past, open_item(0, 2)), TODAY, MONTH_END)
    among = forecast(cases(*past, *waiting, open_item(0, 2)), TODAY, MONTH_END)
    assert alone is not None and among is not None
    assert alone.chance == pytest.approx([0.0]) and among.chance == pytest.approx([0.0])  # all came by the fifth day


def test_only_what_was_known_on_the_day_is_used() -> None:
    past = [*answered(0, -2, 20), *answered(0, 20, 10)]
    later = [*answered(0, 30, 200, due=TODAY + 5), (0, TODAY + 1, TODAY + 91, TODAY + 40)]
    before = forecast(cases(*past, open_item(0, 3)), TODAY, MONTH_END)
    after = forecast(cases(*past, open_item(0, 3), *later), TODAY, MONTH_END)
    assert before is not None and after is not None
    assert after.chance[0] == pytest.approx(before.chance[0])
    assert len(after.items) == 201  # those answered later were open then


# The range


def test_two_items_with_even_chances_are_none_one_or_both() -> None:
    assert spread(np.array([0.5, 0.5])) == pytest.approx([0.25, 0.5, 0.25])
    assert span(np.array([0.5, 0.5])) == (0, 2)  # each end is likelier than 10 %
    assert span(np.array([1.0, 1.0, 0.05])) == (2, 2)
    assert span(np.array([])) == (0, 0)


@given(st.lists(st.floats(0, 1), max_size=8))
def test_the_spread_is_that_of_all_ways_the_items_may_come_out(chances: list[float]) -> None:
    expected = np.zeros(len(chances) + 1)
    for ways in product((0, 1), repeat=len(chances)):
        expected[sum(ways)] += np.prod([c if way else 1 - c for c, way in zip(chances, ways, strict=True)])
    assert spread(np.array(chances)) == pytest.approx(expected)
    low, high = span(np.array(chances))
    assert 0 <= low <= high <= len(chances)
    assert expected[:low].sum() <= 0.1 + 1e-6 and expected[high + 1 :].sum() <= 0.1 + 1e-6


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_chances_are_chances_and_grow_with_the_time_that_is_left_to_be_late(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = 120
    assigned = TODAY - chance.integers(1, 500, size)
    due = assigned + chance.choice([90, 180], size)
    replied = np.where(chance.random(size) < 0.8, assigned + chance.integers(0, 260, size), NEVER)
    made = Cases(chance.integers(0, 4, size), assigned, due, replied)
    found = forecast(made, TODAY, MONTH_END)
    assert found is not None
    assert ((found.chance >= 0) & (found.chance <= 1 + 1e-9)).all()
    late = made.due[found.items] < TODAY
    sooner = forecast(made, TODAY, TODAY + 1)
    assert sooner is not None
    known = dict(zip(sooner.items.tolist(), sooner.chance.tolist(), strict=True))
    for item, later in zip(found.items[late].tolist(), found.chance[late].tolist(), strict=True):
        assert later <= known[item] + 1e-9  # an item late today is likelier answered the longer one waits


# The back-test


def test_the_back_test_compares_each_month_with_what_came() -> None:
    """Twenty-four items answered on the day before the deadline, then one of October that came ten days late.

    From the end of September that one was expected with the chance 0 (none had ever been late), but it was overdue.
    """
    old = answered(0, -1, 24, due=date(2026, 3, 10).toordinal())
    late = (0, date(2026, 7, 25).toordinal(), date(2026, 10, 25).toordinal(), date(2026, 11, 4).toordinal())
    assert overdue(cases(*old, late), date(2026, 10, 31).toordinal()) == 1
    (missed,) = backtest(cases(*old, late), date(2026, 11, 20))
    assert (missed.low, missed.high, missed.actual, missed.is_inside) == (0, 0, 1, False)
    half = [*old[:12], *answered(0, 8, 12, due=date(2026, 3, 10).toordinal())]
    (trial,) = backtest(cases(*half, late), date(2026, 11, 20))
    assert (trial.until, trial.actual) == (date(2026, 10, 31), 1)
    assert trial.expected == pytest.approx(0.5)
    assert (trial.low, trial.high, trial.is_inside) == (0, 1, True)
    assert not replace(trial, actual=2).is_inside


def test_months_end_where_the_calendar_says() -> None:
    assert [month_end(date(2024, 2, 3)), month_end(date(2026, 12, 31))] == [date(2024, 2, 29), date(2026, 12, 31)]
    assert month_ends(date(2026, 3, 30), 3) == [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)]
    assert month_ends(date(2026, 2, 28), 2) == [date(2026, 1, 31), date(2026, 2, 28)]


# From the database


@pytest.fixture
def db() -> Iterator[Connection]:
    connection = empty_database()
    yield connection
    connection.close()


def test_the_cases_are_the_district_s_items_with_their_slowest_unit(db: Connection) -> None:
    add_proposal(db, "one")  # assigned on 1 February 2024, due on 1 May
    add_handler(db, "one", "U1")
    add_reply(db, "one", date(2024, 4, 2), "U1")
    add_proposal(db, "two", extended=True, region_code=HILL)
    add_handler(db, "two", "U1", "SPLIT")
    add_handler(db, "two", "U2", "SPLIT")
    add_reply(db, "two", date(2024, 3, 1), "U1")
    add_proposal(db, "open", assigned_on=date(2025, 5, 31))
    add_proposal(db, "old", assigned_on=date(2018, 1, 5))  # more than six years back
    add_proposal(db, "wrong")
    add_handler(db, "wrong", "U1")
    add_reply(db, "wrong", date(2024, 1, 20), "U1")  # answered before it was assigned
    add_proposal(db, "up", competence="UP")
    found = pace(db, context())
    made = dict(zip(found.ids, zip(*(column.tolist() for column in _columns(found.cases)), strict=True), strict=True))
    assert set(made) == {"one", "two", "open"}
    first = date(2024, 2, 1).toordinal()
    assert made["one"][1:] == (first, date(2024, 5, 1).toordinal(), date(2024, 4, 2).toordinal())
    assert made["two"][1:] == (first, date(2024, 8, 1).toordinal(), NEVER)  # the second unit still owes its reply
    assert made["open"][2] == date(2025, 8, 31).toordinal()
    assert len({line[0] for line in made.values()}) == 3  # U1, U2 and no unit at all


def test_townships_and_picks_do_not_change_the_pace_but_the_day_does(db: Connection) -> None:
    add_proposal(db, "one")
    add_handler(db, "one", "U1")
    add_reply(db, "one", date(2024, 4, 2), "U1")
    assert pace(db, context(townships=(HILL,), picks=(("unit", "U9"),))).ids == ("one",)
    assert pace(db, context(as_of=date(2024, 3, 1))).cases.replied.tolist() == [NEVER]
    assert pace(db, context(scope=())).ids == ()


def _columns(found: Cases) -> tuple[np.ndarray, ...]:
    return found.unit, found.assigned, found.due, found.replied


def test_five_years_of_a_large_district_are_forecast_at_once() -> None:
    """Not a measurement: a plain loop over 4,000 items and 24 months would take seconds."""
    chance = np.random.default_rng(1)
    assigned = TODAY - chance.integers(0, 1800, 4000)
    replied = assigned + chance.integers(20, 110, 4000)
    made = Cases(chance.integers(0, 60, 4000), assigned, assigned + 91, np.where(replied > TODAY, NEVER, replied))
    assert len(backtest(made, date.fromordinal(TODAY))) == 24
    assert date.fromordinal(TODAY) - timedelta(days=1) < date.fromordinal(MONTH_END)
