"""Bills and suggestions: received, due, answered, on time, overdue, solved, promised; a worked example each."""

from __future__ import annotations

from datetime import date
from math import isnan

import pytest
from sqlalchemy import Connection

from data_access.context import Rules
from data_access.measure import measure
from data_access.metrics import METRICS
from tests.data_access.factories import (
    DISTRICT,
    add_handler,
    add_proposal,
    add_reply,
    context,
    figure,
)
from tests.data_access.proposals_made import APRIL, handled


def test_p01_a_suggestion_counts_once_however_many_sign_and_a_withdrawn_one_not_at_all(board: Connection) -> None:
    """Received: one alone, one with five co-signers, one bill turned into a suggestion, one merged: 4.

    The withdrawn one and the bill do not count.
    """
    add_proposal(board, "alone")
    add_proposal(board, "with five others", cosigner_count=5)
    add_proposal(board, "was a bill", kind="BILL_SUG")
    add_proposal(board, "merged", status="MERGED")
    add_proposal(board, "withdrawn", status="WITHDRAWN")
    add_proposal(board, "bill", kind="BILL")
    assert figure(board, "P01") == 4


def test_p01_a_december_session_serves_the_next_year(board: Connection) -> None:
    """Submitted on 28 December 2023 at the session that serves 2024: it counts for 2024, not 2023."""
    add_proposal(board, "at the session", handling_year=2024, submitted_on=date(2023, 12, 28))
    add_proposal(board, "in between", handling_year=2023, submitted_on=date(2023, 12, 1))
    by_year = measure(board, [METRICS["P01"]], context(years=(2023, 2024)), ["year"])
    assert by_year.to_dict("list") == {"year": [2023, 2024], "P01": [1, 1]}


def test_p02_bills_are_those_that_stayed_bills(board: Connection) -> None:
    """Three bills: one accepted by the presidium, one not yet decided, one turned into a suggestion.

    2 bills (P02), 1 of them accepted (P02a), 1 handled as a suggestion (P02b) and counted there (P01).
    """
    add_proposal(board, "accepted", kind="BILL", is_accepted=True)
    add_proposal(board, "undecided", kind="BILL", assigned_on=None)
    add_proposal(board, "converted", kind="BILL_SUG")
    found = {key: figure(board, key) for key in ("P02", "P02a", "P02b", "P01")}
    assert found == {"P02": 2, "P02a": 1, "P02b": 1, "P01": 1}


def test_p03_due_are_those_the_district_must_answer_itself(board: Connection) -> None:
    """Six received, 2 due: the others are for a higher level, outside any remit, merged, or not yet assigned.

    A bill goes its own way and is not among them.
    """
    add_proposal(board, "bill", kind="BILL")
    add_proposal(board, "ours")
    add_proposal(board, "ours too")
    add_proposal(board, "for the city", competence="UP")
    add_proposal(board, "for nobody", competence="OTHER")
    add_proposal(board, "merged", status="MERGED")
    add_proposal(board, "unassigned", assigned_on=None, status="PENDING")
    assert (figure(board, "P01"), figure(board, "P03")) == (6, 2)


def test_p04_reply_rate_is_replied_over_due(board: Connection) -> None:
    """Four due, three answered: 3 ÷ 4 = 75%."""
    for id in ("a", "b", "c"):
        handled(board, id, APRIL)
    handled(board, "d")
    assert (figure(board, "P04"), figure(board, "P04", part="k"), figure(board, "P04", part="n")) == (0.75, 3, 4)


def test_p04_a_rate_without_a_base_is_missing_not_zero(board: Connection) -> None:
    """Nothing was due, so there is no rate: neither 0% nor 100%."""
    add_proposal(board, "for the city", competence="UP")
    assert isnan(figure(board, "P04"))
    assert figure(board, "P04", part="n") == 0


def test_p04_separately_handled_items_are_answered_when_every_unit_has_answered(board: Connection) -> None:
    """Two units each owe a reply. On 1 June only one has given it: not answered. On 30 June both have: answered."""
    add_proposal(board, "split")
    add_handler(board, "split", "U1", "SPLIT")
    add_handler(board, "split", "U2", "SPLIT")
    add_reply(board, "split", date(2024, 4, 10), "U1")
    add_reply(board, "split", date(2024, 6, 20), "U2")
    assert figure(board, "P04", context(as_of=date(2024, 6, 1))) == 0.0
    assert figure(board, "P04", context(as_of=date(2024, 6, 30))) == 1.0


def test_p04_a_co_handlers_paper_is_not_a_reply(board: Connection) -> None:
    """The co-handler gave its opinion; the lead unit, which owes the reply, has not answered."""
    add_proposal(board, "a")
    add_handler(board, "a", "U1", "LEAD")
    add_handler(board, "a", "U2", "CO", opinion_on=date(2024, 2, 20))
    add_reply(board, "a", APRIL, "U2")
    assert figure(board, "P04") == 0.0


def test_p04d_what_is_not_yet_due_does_not_lower_the_rate(board: Connection) -> None:
    """Looked at on 15 May 2024: one answered, one past its 1 May deadline, one (extended) not due before August.

    Of the two that are answered or past their day, one is answered: 50%. Over all due items it would be 33%.
    """
    handled(board, "answered", APRIL)
    handled(board, "late")
    add_proposal(board, "extended", extended=True)
    may = context(as_of=date(2024, 5, 15))
    assert (figure(board, "P04d", may), figure(board, "P04", may)) == (0.5, 1 / 3)


def test_p05_a_reply_on_the_deadline_is_on_time(board: Connection) -> None:
    """Assigned on 1 February, due on 1 May: answered on 1 May is on time, on 2 May it is late."""
    handled(board, "on the day", date(2024, 5, 1))
    handled(board, "a day late", date(2024, 5, 2))
    assert figure(board, "P05") == 0.5


def test_p05_three_months_are_calendar_months_not_ninety_days(board: Connection) -> None:
    """1 July to 1 October is three months but 92 days: on time, though more than 90 days."""
    add_proposal(board, "a", assigned_on=date(2024, 7, 1))
    add_handler(board, "a")
    add_reply(board, "a", date(2024, 10, 1))
    assert (figure(board, "P05"), figure(board, "P07")) == (1.0, 92)


@pytest.mark.parametrize(("year", "last_day"), [(2023, 28), (2024, 29)])
def test_p05_a_deadline_is_clamped_to_the_end_of_a_short_month(board: Connection, year: int, last_day: int) -> None:
    """30 November and three months: there is no 30 February, so the last day of February is the deadline."""
    for id, day in (("on the day", date(year, 2, last_day)), ("a day late", date(year, 3, 1))):
        add_proposal(board, id, submitted_on=date(year - 1, 11, 1), assigned_on=date(year - 1, 11, 30))
        add_handler(board, id)
        add_reply(board, id, day)
    assert figure(board, "P05") == 0.5


def test_p05_an_extended_item_has_six_months_and_the_offices_own_date_goes_before(board: Connection) -> None:
    """All three answered on 1 August: in time for the extended one (1 August) and for the one with its own date."""
    day = date(2024, 8, 1)
    for id, values in (("usual", {}), ("extended", {"extended": True}), ("own date", {"due_on": day})):
        add_proposal(board, id, **values)
        add_handler(board, id)
        add_reply(board, id, day)
    assert figure(board, "P05", part="k") == 2


def test_p05_months_follow_the_local_rule(board: Connection) -> None:
    """Where the local rule says two months, a reply after ten weeks is late."""
    handled(board, "a", date(2024, 4, 10))
    local = context(rules=Rules(region_code=DISTRICT, reply_months=2))
    assert (figure(board, "P05"), figure(board, "P05", local)) == (1.0, 0.0)


def test_p05_a_second_reply_does_not_make_the_first_one_late(board: Connection) -> None:
    """Answered in time, found wanting, answered again in July: re-handling has its own clock."""
    handled(board, "a", APRIL, result_rating=1, rated_on=date(2024, 4, 20))
    add_reply(board, "a", date(2024, 7, 1), round_no=2)
    assert figure(board, "P05") == 1.0


def test_p06_overdue_begins_the_day_after_the_deadline(board: Connection) -> None:
    """Due on 1 May and unanswered: on 1 May nothing is overdue, on 2 May it is."""
    handled(board, "a")
    on_the_day = context(as_of=date(2024, 5, 1))
    day_after = context(as_of=date(2024, 5, 2))
    assert (figure(board, "P06", on_the_day), figure(board, "P06", day_after)) == (0, 1)


def test_p06_overdue_items_of_earlier_years_are_still_to_be_chased(board: Connection) -> None:
    """An item of 2023 that nobody has answered is overdue today, though only 2025 is asked for."""
    add_proposal(board, "old", handling_year=2023, submitted_on=date(2023, 1, 9), assigned_on=date(2023, 2, 1))
    assert figure(board, "P06", context(years=(2025, 2025))) == 1


def test_p06_each_years_stock_is_what_stood_on_its_last_day(board: Connection) -> None:
    """Due in May 2024, answered in March 2025: overdue at the end of 2024, not at the end of 2025."""
    handled(board, "a", date(2025, 3, 1))
    by_year = measure(board, [METRICS["P06"]], context(years=(2023, 2025)), ["year"])
    assert by_year["P06"].tolist() == [0, 1, 0]


def test_p06a_due_soon_includes_the_deadline_day_and_fifteen_days_before(board: Connection) -> None:
    """Due on 1 May: soon from 16 April to 1 May; not on 15 April, and overdue rather than soon on 2 May."""
    handled(board, "a")
    days = (date(2024, 4, 15), date(2024, 4, 16), date(2024, 5, 1), date(2024, 5, 2))
    assert [figure(board, "P06a", context(as_of=day)) for day in days] == [0, 1, 1, 0]


def test_p07_days_are_the_median_and_nine_in_ten(board: Connection) -> None:
    """Answered after 10, 20, 30, 40 and 100 days: the middle one is 30; nine in ten lie below 40 + 0.6 × 60 = 76."""
    for id, day in (("a", 11), ("b", 21)):
        handled(board, id, date(2024, 2, day))
    handled(board, "c", date(2024, 3, 2))
    handled(board, "d", date(2024, 3, 12))
    handled(board, "e", date(2024, 5, 11))
    assert (figure(board, "P07"), figure(board, "P07", part="n")) == (30, 5)
    assert figure(board, "P07p90") == pytest.approx(76)


def test_p07_a_reply_dated_before_its_assignment_is_counted_and_never_averaged_in(board: Connection) -> None:
    """One answered after 10 days, one "answered" in January before it was assigned: the median is 10, 1 in doubt.

    It stays answered, but says nothing about being on time.
    """
    handled(board, "good", date(2024, 2, 11))
    handled(board, "bad", date(2024, 1, 20))
    assert (figure(board, "P07"), figure(board, "P07", part="n"), figure(board, "P07e")) == (10, 1, 1)
    assert (figure(board, "P04"), figure(board, "P05", part="n")) == (1.0, 1)


def test_p07_a_reply_dated_in_the_future_is_not_known_yet(board: Connection) -> None:
    """A reply dated 2030 does not count as an answer today; the item is overdue."""
    handled(board, "a", date(2030, 1, 1))
    assert (figure(board, "P04"), figure(board, "P06", context(years=(2025, 2025)))) == (0.0, 1)


def test_p08_solved_is_class_a_and_p09_adds_class_b(board: Connection) -> None:
    """Four due: A, B, C and one unanswered. Solved 1 ÷ 4 = 25%; solved or planned 2 ÷ 4 = 50%."""
    for id in "ABC":
        handled(board, id, APRIL, result_class=id, class_current=id)
    handled(board, "unanswered")
    assert (figure(board, "P08"), figure(board, "P09")) == (0.25, 0.5)


def test_p08_an_item_becomes_solved_on_the_day_its_promise_is_kept(board: Connection) -> None:
    """Class B in April, kept on 20 November 2024, class A since: not solved at mid-year, solved at the end of it."""
    kept = {"promised_on": date(2024, 12, 31), "fulfilled_on": date(2024, 11, 20)}
    handled(board, "a", APRIL, result_class="B", class_current="A", **kept)
    assert figure(board, "P08", context(as_of=date(2024, 6, 30))) == 0.0
    assert figure(board, "P08", context(as_of=date(2024, 12, 31))) == 1.0


def test_p10_a_promise_is_kept_when_fulfilled_by_its_day(board: Connection) -> None:
    """Promised for 30 September 2024: kept on that day, kept in October, and not kept: 1 of 3 kept, 1 still open.

    The one promised for the end of 2025 is a promise of another year.
    """
    day = date(2024, 9, 30)
    for id, kept_on in (("kept", day), ("late", date(2024, 10, 8)), ("open", None)):
        handled(board, id, APRIL, result_class="B", promised_on=day, fulfilled_on=kept_on)
    handled(board, "next year", APRIL, result_class="B", promised_on=date(2025, 12, 31))
    assert (figure(board, "P10"), figure(board, "P10", part="n")) == (1 / 3, 3)
    assert (figure(board, "P10b"), figure(board, "P10n")) == (1, 3)


def test_p10_on_the_promised_day_itself_there_is_still_time(board: Connection) -> None:
    """Promised for 30 September, open: on that day nothing has passed (no rate); on 1 October it is broken."""
    handled(board, "a", APRIL, result_class="B", promised_on=date(2024, 9, 30))
    assert isnan(figure(board, "P10", context(as_of=date(2024, 9, 30))))
    assert figure(board, "P10", context(as_of=date(2024, 10, 1))) == 0.0
