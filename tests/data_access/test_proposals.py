"""Every metric on bills and suggestions, worked out by hand on a few visible rows.

Unless a test says otherwise: handling year 2024, assigned on 1 February 2024, looked at on 30 June 2025.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import isnan

import pytest
from sqlalchemy import Connection

from data_access.context import Rules
from data_access.measure import measure
from data_access.metrics import METRICS, clock
from tests.data_access.factories import (
    DISTRICT,
    HILL,
    RIVER,
    add,
    add_handler,
    add_proposal,
    add_reply,
    context,
    empty_database,
    figure,
)

APRIL = date(2024, 4, 10)


@pytest.fixture
def board() -> Iterator[Connection]:
    connection = empty_database()
    for number, name in (("U1", "区水利局"), ("U2", "区教育局"), ("U3", "区交通局")):
        add(connection, "org_unit", id=number, name=name, system="GOV")
    yield connection
    connection.close()


def handled(connection: Connection, id: str, replied_on: date | None = None, **reply: object) -> None:
    """An item with one sole handler, answered if a day is given."""
    add_proposal(connection, id)
    add_handler(connection, id)
    if replied_on is not None:
        add_reply(connection, id, replied_on, **reply)  # type: ignore[arg-type]


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


def test_p11_unrated_is_not_satisfied_and_p12_adds_the_mostly_satisfied(board: Connection) -> None:
    """Five answered: 满意, 满意, 基本满意, 不满意, and one not rated. Rated 4: satisfied 2 ÷ 4, with mostly 3 ÷ 4.

    Four of five said something: feedback 80% (P13).
    """
    for id, rating in (("a", 3), ("b", 3), ("c", 2), ("d", 1)):
        handled(board, id, APRIL, result_rating=rating, rated_on=date(2024, 4, 20))
    handled(board, "e", APRIL)
    assert (figure(board, "P11"), figure(board, "P12"), figure(board, "P13")) == (0.5, 0.75, 0.8)


def test_p11_first_and_final_ratings_are_kept_apart(board: Connection) -> None:
    """One 满意 at once; one 不满意 in April and 基本满意 after a second reply.

    Satisfied: first 1 ÷ 2, final 1 ÷ 2. With the mostly satisfied: first 1 ÷ 2, final 2 ÷ 2.
    """
    handled(board, "a", APRIL, result_rating=3, rated_on=date(2024, 4, 20))
    handled(board, "b", APRIL, result_rating=1, rated_on=date(2024, 4, 20))
    add_reply(board, "b", date(2024, 5, 10), round_no=2, result_rating=2, rated_on=date(2024, 5, 20))
    found = [figure(board, key) for key in ("P11f", "P12f", "P11", "P12")]
    assert found == [0.5, 0.5, 0.5, 1.0]


def test_p11_a_second_reply_not_yet_rated_leaves_the_first_rating_standing(board: Connection) -> None:
    """不满意 in April, answered again in May, silence since: still dissatisfied, not unrated."""
    handled(board, "a", APRIL, result_rating=1, rated_on=date(2024, 4, 20))
    add_reply(board, "a", date(2024, 5, 10), round_no=2)
    assert (figure(board, "P12"), figure(board, "P12", part="n")) == (0.0, 1)


def test_p11t_attitude_is_a_question_of_its_own(board: Connection) -> None:
    """Attitude 满意 and 基本满意, result 不满意 and unrated: attitude 1 ÷ 2 (with mostly 2 ÷ 2), result 0 ÷ 1."""
    handled(board, "a", APRIL, attitude=3, result_rating=1, rated_on=date(2024, 4, 20))
    handled(board, "b", APRIL, attitude=2, rated_on=date(2024, 4, 20))
    assert (figure(board, "P11t"), figure(board, "P12t"), figure(board, "P11")) == (0.5, 1.0, 0.0)
    assert (figure(board, "P11t", part="n"), figure(board, "P11", part="n"), figure(board, "P13")) == (2, 1, 0.5)


def test_p14_re_handled_items_and_how_many_were_content_then(board: Connection) -> None:
    """Three 不满意. Answered again: one 满意, one 不满意 again; the third is still in re-handling.

    Three re-handled; of the two rated again one is content: 50%.
    """
    for id in ("a", "b", "c"):
        handled(board, id, APRIL, result_rating=1, rated_on=date(2024, 4, 20))
    add_reply(board, "a", date(2024, 5, 10), round_no=2, result_rating=3, rated_on=date(2024, 5, 20))
    add_reply(board, "b", date(2024, 5, 10), round_no=2, result_rating=1, rated_on=date(2024, 5, 20))
    board.exec_driver_sql("UPDATE proposal SET status = 'REHANDLING' WHERE id = 'c'")
    assert (figure(board, "P14"), figure(board, "P14a"), figure(board, "P14a", part="n")) == (3, 0.5, 2)


def test_p15_contact_is_in_person_and_not_after_the_reply(board: Connection) -> None:
    """Met on the day of the reply: yes. A call, a visit after the reply, no contact: no. 1 ÷ 4 = 25%."""
    handled(board, "met", APRIL, contacted_on=APRIL, contact_way="FACE")
    handled(board, "called", APRIL, contacted_on=date(2024, 3, 1), contact_way="PHONE")
    handled(board, "visited after", APRIL, contacted_on=date(2024, 5, 1), contact_way="FACE")
    handled(board, "never", APRIL)
    assert figure(board, "P15") == 0.25


def test_p16_key_supervised_items_and_those_solved(board: Connection) -> None:
    """Two key items, one in class A: 2 items, 1 of 2 solved. The other class A item is not a key item."""
    handled(board, "key, solved", APRIL, result_class="A", class_current="A")
    handled(board, "key, open")
    handled(board, "ordinary", APRIL, result_class="A", class_current="A")
    board.exec_driver_sql("UPDATE proposal SET is_key = 1 WHERE id LIKE 'key%'")
    assert (figure(board, "P16"), figure(board, "P16a"), figure(board, "P16a", part="n")) == (2, 0.5, 2)


def test_p17_a_deputy_who_led_twice_is_one_deputy(board: Connection) -> None:
    """Four district deputies serve; one led two items, one led one in an earlier year, two none: 1 ÷ 4 = 25%.

    Township deputies and a district deputy whose seat ended are not in the base. Over 2023–2024 it is 2 ÷ 4.
    """
    for id in ("D1", "D2", "D3", "D4"):
        add(board, "deputy", id=id, level="COUNTY", start_on=date(2021, 12, 28))
    add(board, "deputy", id="T1", level="TOWNSHIP", start_on=date(2021, 12, 28))
    add(board, "deputy", id="D5", level="COUNTY", start_on=date(2021, 12, 28), end_on=date(2024, 3, 1))
    add_proposal(board, "a", lead_deputy_id="D1")
    add_proposal(board, "b", lead_deputy_id="D1")
    add_proposal(board, "c", lead_deputy_id="D2", handling_year=2023, submitted_on=date(2023, 1, 9))
    assert (figure(board, "P17"), figure(board, "P17", part="n")) == (0.25, 4)
    assert figure(board, "P17", context(years=(2023, 2024))) == 0.5


def test_p18_categories_add_up_to_all_received(board: Connection) -> None:
    """Two on education, one on farming, one bill: education 2, farming 1, together the 3 suggestions received."""
    add_proposal(board, "a", category="EDU")
    add_proposal(board, "b", category="EDU")
    add_proposal(board, "c", category="AGR")
    add_proposal(board, "d", category="AGR", kind="BILL")
    by_category = measure(board, [METRICS["P18"]], context(), ["category"])
    assert by_category.to_dict("list") == {"category": ["AGR", "EDU"], "P18": [1, 2]}


def test_p19_what_may_not_be_published_is_not_in_the_base(board: Connection) -> None:
    """Three answered, one of them secret; of the two that may be published one is: 50%."""
    handled(board, "published", APRIL, is_published=True)
    handled(board, "not yet", APRIL)
    handled(board, "secret", APRIL)
    board.exec_driver_sql("UPDATE proposal SET is_public = 0 WHERE id = 'secret'")
    assert figure(board, "P19") == 0.5


def test_p20_an_item_sent_back_counts_once_and_its_new_unit_answers(board: Connection) -> None:
    """Two due; one was sent back by two units before the third answered it: 1 ÷ 2 sent back, 1 ÷ 2 answered."""
    add_proposal(board, "a")
    add_handler(board, "a", "U1", returned_on=date(2024, 2, 5))
    add_handler(board, "a", "U2", returned_on=date(2024, 2, 12))
    add_handler(board, "a", "U3", assigned_on=date(2024, 2, 12))
    add_reply(board, "a", APRIL, "U3")
    handled(board, "b")
    assert (figure(board, "P20"), figure(board, "P04")) == (0.5, 0.5)
    by_unit = measure(board, [METRICS["P03"]], context(), ["unit"])
    assert by_unit.to_dict("list") == {"unit": ["U1", "U3"], "P03": [1, 1]}


def test_p21_lead_and_co_handling_are_counted_apart(board: Connection) -> None:
    """One item with a lead and a co-handler, one handled separately by two: lead tasks 3, co-handling 1; items 2."""
    add_proposal(board, "a")
    add_handler(board, "a", "U1", "LEAD")
    add_handler(board, "a", "U2", "CO")
    add_proposal(board, "b")
    add_handler(board, "b", "U1", "SPLIT")
    add_handler(board, "b", "U3", "SPLIT")
    assert (figure(board, "P21"), figure(board, "P21c"), figure(board, "P03")) == (3, 1, 2)


def test_p04u_each_unit_answers_for_itself(board: Connection) -> None:
    """U1 and U2 handle an item separately; only U1 has answered, 28 days after it was given the item.

    U1 1 ÷ 1, U2 0 ÷ 1 and late (P05u); U1 took 28 days (P07u). The item itself is not answered.
    """
    add_proposal(board, "a")
    add_handler(board, "a", "U1", "SPLIT", assigned_on=date(2024, 2, 5))
    add_handler(board, "a", "U2", "SPLIT")
    add_reply(board, "a", date(2024, 3, 4), "U1")
    by_unit = measure(board, [METRICS[key] for key in ("P04u", "P05u", "P07u")], context(), ["unit"])
    assert by_unit["unit"].tolist() == ["U1", "U2"]
    assert by_unit["P04u"].tolist() == [1.0, 0.0]
    assert by_unit["P05u"].tolist() == [1.0, 0.0]
    assert by_unit["P07u.n"].tolist() == [1, 0]
    assert by_unit["P07u"].iloc[0] == 28
    assert figure(board, "P04") == 0.0


def test_p22_the_place_concerned_is_not_where_the_deputy_lives(board: Connection) -> None:
    """Both led by deputies of one town; one is about it, one about the next town; a third names no place."""
    add_proposal(board, "a", region_code=RIVER, place_code=RIVER)
    add_proposal(board, "b", region_code=RIVER, place_code=HILL)
    add_proposal(board, "c", region_code=RIVER)
    by_place = measure(board, [METRICS["P22"]], context(), ["place"])
    assert by_place[by_place["P22"] > 0].to_dict("list") == {"place": [RIVER, HILL], "P22": [1, 1]}
    by_home = measure(board, [METRICS["P01"]], context(), ["township"])
    assert by_home.to_dict("list") == {"township": [RIVER], "P01": [3]}


def test_same_dates_show_each_year_as_it_was_known_then(board: Connection) -> None:
    """Looked at on 1 April 2025. Both years have one item, each answered on 10 April of its year.

    Whole years: 2024 is answered (1 ÷ 1), 2025 not yet. On the same dates neither was: 0 ÷ 1 in both.
    """
    for year in (2024, 2025):
        id = str(year)
        add_proposal(board, id, handling_year=year, submitted_on=date(year, 1, 9), assigned_on=date(year, 2, 1))
        add_handler(board, id)
        add_reply(board, id, date(year, 4, 10))
    asked = context(as_of=date(2025, 4, 1), years=(2024, 2025))
    whole = measure(board, [METRICS["P04"]], asked, ["year"])
    same = measure(board, [METRICS["P04"]], asked, ["year"], same_dates=True)
    assert whole["P04"].tolist() == [1.0, 0.0]
    assert same["P04"].tolist() == [0.0, 0.0]
    assert same["P04.n"].tolist() == [1, 1]


def test_every_metric_of_the_subject_has_an_example_here() -> None:
    with open(__file__, encoding="utf-8") as source:
        text = source.read()
    clock_too = {metric.key for metric in clock.METRICS}  # whose examples are in test_metrics_clock.py
    subject = [metric.key for metric in METRICS.values() if metric.key.startswith("P") and metric.key not in clock_too]
    assert [key for key in subject if f'"{key}"' not in text] == []
