"""What time brings to light, by hand: items due this month, promises open years after their day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection

from tests.data_access.factories import add_handler, add_proposal, add_reply, context, empty_database, figure


@pytest.fixture
def db() -> Iterator[Connection]:
    connection = empty_database()
    yield connection
    connection.close()


def test_items_due_this_month_are_those_unanswered_with_a_deadline_up_to_its_last_day(db: Connection) -> None:
    """On 10 June: one late since May, one due on the 30th, one due on 1 July, one answered, one of a higher level."""
    add_proposal(db, "late", assigned_on=date(2025, 2, 20))
    add_proposal(db, "last day", assigned_on=date(2025, 3, 30))
    add_proposal(db, "july", assigned_on=date(2025, 4, 1))
    add_proposal(db, "answered", assigned_on=date(2025, 3, 12))
    add_handler(db, "answered")
    add_reply(db, "answered", date(2025, 6, 9))
    add_proposal(db, "up", assigned_on=date(2025, 3, 12), competence="UP")
    assert figure(db, "P23", context(as_of=date(2025, 6, 10), years=(2025, 2025))) == 2
    assert figure(db, "P23", context(as_of=date(2025, 7, 1), years=(2025, 2025))) == 3
    assert figure(db, "P23", context(as_of=date(2025, 6, 8), years=(2025, 2025))) == 3  # the answer was not there yet


def promise(db: Connection, id: str, promised: date, fulfilled: date | None, result: str = "B") -> None:
    add_proposal(db, id, handling_year=promised.year - 1, submitted_on=date(2020, 1, 1))
    add_handler(db, id)
    add_reply(db, id, date(2020, 6, 1), result_class=result, promised_on=promised, fulfilled_on=fulfilled)


def test_promises_are_followed_for_three_years_after_their_day(db: Connection) -> None:
    """Five promises for 30 June 2022, seen on 30 June 2025, the day on which three years are full.

    One kept on the day, one a month late, one after a year and a half, one on the last day of the second year, one
    never. After one year three were open, after two years one (the fourth was kept on the very day), after three one.
    """
    day = date(2022, 6, 30)
    kept = (day, date(2022, 7, 30), date(2023, 12, 31), date(2024, 6, 30), None)
    for number, fulfilled in enumerate(kept):
        promise(db, f"{number}", day, fulfilled)
    promise(db, "noted", day, None, result="D")  # no promise
    seen = context(as_of=date(2025, 6, 30), years=(2022, 2022))
    assert figure(db, "P10n", seen) == 5
    assert (figure(db, "P10", seen, "k"), figure(db, "P10l", seen), figure(db, "P10b", seen)) == (1, 3, 1)
    shares = [(figure(db, f"P10.y{n}", seen, "k"), figure(db, f"P10.y{n}", seen, "n")) for n in (1, 2, 3)]
    assert shares == [(3, 5), (1, 5), (1, 5)]
    day_before = context(as_of=date(2025, 6, 29), years=(2022, 2022))
    assert figure(db, "P10.y3", day_before, "n") == 0


def test_a_promise_of_last_winter_has_no_second_year_yet(db: Connection) -> None:
    promise(db, "a", date(2023, 12, 31), None)
    promise(db, "b", date(2024, 12, 31), None)
    seen = context(as_of=date(2025, 6, 30), years=(2023, 2024))
    assert [figure(db, f"P10.y{n}", seen, "n") for n in (1, 2, 3)] == [1, 0, 0]
    assert figure(db, "P10.y1", seen) == 1
    assert figure(db, "P10l", seen) == 0 and figure(db, "P10b", seen) == 2
