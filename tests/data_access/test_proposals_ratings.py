"""Suggestions: ratings, second rounds, contact, key items, who made them, units and places; a worked example each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from data_access.measure import measure
from data_access.metrics import METRICS, clock
from tests.data_access.factories import (
    HILL,
    RIVER,
    add,
    add_handler,
    add_proposal,
    add_reply,
    context,
    figure,
)
from tests.data_access.proposals_made import APRIL, handled


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
    text = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_proposals*.py"))
    clock_too = {metric.key for metric in clock.METRICS}  # whose examples are in test_metrics_clock.py
    subject = [metric.key for metric in METRICS.values() if metric.key.startswith("P") and metric.key not in clock_too]
    assert [key for key in subject if f'"{key}"' not in text] == []
