"""What time brings to light, by hand: items due this month, promises years after their day, changes since a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine

from data_access.context import Rules
from data_access.lists.changes import CLAIMS, changed
from data_access.measure import measure
from data_access.metrics import METRICS
from tests.conftest import UNTIL
from tests.data_access import oracle_proposals as oracle
from tests.data_access.factories import (
    DISTRICT,
    HILL,
    OTHER_DISTRICT,
    RIVER,
    add,
    add_handler,
    add_proposal,
    add_reply,
    context,
    empty_database,
    figure,
)
from tests.data_access.oracle_items import Asked, read


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


MEETING = date(2025, 4, 27)


def counts(db: Connection, as_of: date, since: date | None = None, **filters: object) -> list[int]:
    seen = context(as_of=as_of, years=(2019, 2019), since=since, **filters)
    return [figure(db, f"P24.{name}", seen) for name in ("new", "answered", "late", "closed")]


def test_changes_are_those_after_the_day_whatever_the_year_asked_for(db: Connection) -> None:
    """Since 27 April, up to 30 June 2025.

    "new": submitted on the 28th. "old": submitted on the 27th itself, answered on 2 May, a day late, and rated content
    on the 9th. "again": answered long ago, rated dissatisfied in May. "late": due on 26 June, not answered. "was late":
    due on the 26th of April, so already late on the 27th.
    """
    add(db, "meeting", kind="SC", region_code=DISTRICT, held_on=MEETING)
    add(db, "meeting", kind="SC", region_code=DISTRICT, held_on=date(2025, 2, 24))
    add(db, "meeting", kind="CHM", region_code=DISTRICT, held_on=date(2025, 6, 20))
    add_proposal(db, "new", submitted_on=date(2025, 4, 28), assigned_on=date(2025, 5, 9))
    add_proposal(db, "old", submitted_on=MEETING, assigned_on=date(2025, 2, 1))
    add_handler(db, "old")
    add_reply(db, "old", date(2025, 5, 2), result_rating=3, rated_on=date(2025, 5, 9))
    add_proposal(db, "again")
    add_handler(db, "again")
    add_reply(db, "again", date(2024, 4, 2), result_rating=1, rated_on=date(2025, 5, 3))
    add_proposal(db, "late", assigned_on=date(2025, 3, 26))
    add_proposal(db, "was late", assigned_on=date(2025, 1, 26))
    assert counts(db, date(2025, 6, 30)) == [1, 1, 2, 1]
    assert counts(db, date(2025, 6, 30), since=MEETING) == [1, 1, 2, 1]
    assert counts(db, date(2025, 6, 26)) == [1, 1, 1, 1]  # on the deadline itself there is still time
    assert counts(db, date(2025, 6, 30), since=date(2025, 4, 25)) == [2, 1, 3, 1]
    assert counts(db, date(2025, 6, 30), since=date(2025, 5, 9)) == [0, 0, 1, 0]
    assert counts(db, date(2025, 6, 30), townships=(HILL,)) == [0, 0, 0, 0]


def test_without_a_meeting_changes_are_those_of_thirty_days(db: Connection) -> None:
    add_proposal(db, "a", submitted_on=date(2025, 5, 31))
    add_proposal(db, "b", submitted_on=date(2025, 6, 1))
    assert counts(db, date(2025, 6, 30))[0] == 1
    assert changed(db, context())[0] == date(2025, 5, 31)
    assert changed(db, context(since=date(2031, 1, 1)))[0] == date(2025, 5, 31)  # a day to come is none


@pytest.mark.parametrize("since", [None, date(2026, 10, 1), date(2025, 12, 31), date(2022, 1, 1)])
@pytest.mark.parametrize("townships", [(), ("990102101", "990102002")])
def test_both_ways_to_count_the_sample_s_changes_agree(
    sample: Engine, since: date | None, townships: tuple[str, ...]
) -> None:
    """The figures, the list behind the exhibit, and plain loops over whole tables."""
    with sample.connect() as connection:
        seen = context(UNTIL, (2026, 2026), townships=townships, since=since)
        measured = measure(connection, [METRICS[key] for key in CLAIMS], seen).iloc[0]
        day, rows = changed(connection, seen)
        tables = read(connection)
    listed = {key: int(rows[claim].sum()) for key, (claim, _) in CLAIMS.items()}
    asked = Asked((UNTIL.year,), UNTIL, townships=townships)
    expected = oracle.changes(tables, asked, pd.Timestamp(day))
    assert listed == expected == {key: int(measured[key]) for key in CLAIMS}
    assert since is None or day == since


def test_answers_of_the_last_three_days_and_ratings_of_the_same_day_are_counted_by_unit(db: Connection) -> None:
    """Assigned on 1 February, due on 1 May 2024: the 29th of April is in the last three days, the 28th is not."""
    for number, (replied, rated) in enumerate(
        (
            (date(2024, 5, 1), date(2024, 5, 1)),
            (date(2024, 4, 29), date(2024, 5, 3)),
            (date(2024, 4, 28), date(2024, 4, 28)),
            (date(2024, 5, 2), None),  # a day late
            (date(2024, 1, 20), None),  # before it was assigned: an error
        )
    ):
        add_proposal(db, f"{number}")
        add_handler(db, f"{number}")
        add_reply(db, f"{number}", replied, rated_on=rated, result_rating=3 if rated else None)
    counted = [figure(db, f"P25.{name}") for name in ("last", "rated", "n", "r")]
    assert counted == [2, 2, 5, 3]


def test_replies_alike_on_one_day_count_from_the_number_of_the_local_rule_on(db: Connection) -> None:
    """Five replies of class A by U1 on 3 April; of four more one is of class B, one by U2, one of the 4th, one a second
    round. Another district's reply by U1 of that day and class does not make them more."""
    day = date(2024, 4, 3)
    for number in range(5):
        add_proposal(db, f"{number}", region_code=HILL if number else RIVER)
        add_handler(db, f"{number}")
        add_reply(db, f"{number}", day, result_class="A")
    for name, unit, on, result, round_no in (
        ("b", "U1", day, "B", 1), ("other", "U2", day, "A", 1), ("later", "U1", date(2024, 4, 4), "A", 1),
    ):  # fmt: skip
        add_proposal(db, name)
        add_handler(db, name, unit)
        add_reply(db, name, on, unit, round_no, result_class=result)
    add_reply(db, "later", day, "U1", 2, result_class="A")
    add_proposal(db, "elsewhere", region_code=OTHER_DISTRICT)
    add_reply(db, "elsewhere", day, result_class="A", region_code=OTHER_DISTRICT)
    assert figure(db, "P25.batch") == 5
    assert figure(db, "P25.batch", context(townships=(RIVER,))) == 1  # one of the five is this township's
    assert figure(db, "P25.batch", context(rules=Rules(region_code=DISTRICT, check_n=6))) == 0
