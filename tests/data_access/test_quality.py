"""The quality of the data: each rule on a few rows, the shares worked out by hand, and that lists and counts agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, text

from data_access.context import Context, Rules
from data_access.metrics import METRICS
from data_access.quality.aspects import Aspect
from data_access.quality.behind import tables_behind
from data_access.quality.problems import problems
from data_access.quality.sums import Score, counts, score
from data_access.quality.survey import Survey, survey
from data_access.tables.imports import import_log
from tests.data_access.factories import DISTRICT, HILL, MARKET, OTHER_DISTRICT, RIVER, add, context, empty_database

TODAY = date(2024, 12, 31)


@pytest.fixture
def board() -> Iterator[Connection]:
    connection = empty_database()
    yield connection
    connection.close()


def view(years: tuple[int, int] = (2024, 2024), **filters: Any) -> Context:
    made = context(years=years, as_of=TODAY)
    return made.with_filters(**filters) if filters else made


def broken(found: Survey, asked: Context) -> dict[str, int]:
    """How many records break each rule that is broken."""
    made: dict[str, int] = {}
    for count in counts(found, asked):
        made[count.rule.key] = made.get(count.rule.key, 0) + count.broken
    return made


def add_suggestion(board: Connection, id: str, **values: Any) -> str:
    """A suggestion with everything that is asked of one."""
    whole = {
        "kind": "SUG", "phase": "OUT", "status": "HANDLING", "handling_year": 2024, "title": f"关于{id}的建议",
        "lead_deputy_id": "D1", "cosigner_count": 0, "place_code": RIVER, "submitted_on": date(2024, 1, 15),
        "assigned_on": date(2024, 2, 1), "is_key": False,
    }  # fmt: skip
    add(board, "proposal_handler", proposal_id=id, org_unit_id="U1", role="SOLE", assigned_on=date(2024, 2, 1))
    return add(board, "proposal", id=id, **(whole | values))


def add_frame(board: Connection) -> None:
    """The district, a town, a unit and a deputy to refer to."""
    add(board, "region", region_code=DISTRICT, name="云澜区", level="COUNTY")
    add(board, "region", region_code=RIVER, name="青河镇", level="TOWNSHIP", kind="TOWN", population=1)
    add(board, "org_unit", id="U1", name="区城管局", region_code=DISTRICT, kind="HDL")
    add(board, "deputy", id="D1", name="甲", constituency="一", ethnicity="汉", party="CPC", birth_year=1970,
        education="BA", occupation="WRK", is_grassroots=True, is_reelected=False)  # fmt: skip


def test_problems_are_one_for_each_rule_a_record_breaks(board: Connection) -> None:
    """The example of Q01: two suggestions without a place, one of them assigned before it was submitted, make 3."""
    add_suggestion(board, "A", place_code=None)
    add_suggestion(board, "B", place_code=None, assigned_on=date(2024, 1, 14))
    found = survey(board, view())
    of_proposals = {
        key: n for key, n in broken(found, view(picks=(("data_table", "proposal"),))).items() if "no_p" not in key
    }
    assert of_proposals == {"proposal.expected.place_code": 2, "proposal.assigned_before_submitted": 1}


def test_the_complete_share_counts_cells(board: Connection) -> None:
    """Two villages, each asked for three required columns, population, longitude and latitude: one of 12 empty."""
    whole = {"population": 10, "lon": 119.0, "lat": 30.0}
    add(board, "village", village_code="1", name="甲村", **whole)
    add(board, "village", village_code="2", name="乙村", **(whole | {"population": None}))
    assert score(survey(board, view()), view(), ["village"]).complete == (11, 12)


def test_a_column_asked_for_in_some_cases_counts_for_those_alone(board: Connection) -> None:
    add(board, "region", region_code=RIVER)
    add(board, "party_support", id="F", kind="FWD", submitted_on=None)
    add(board, "party_support", id="H", kind="HEAR", submitted_on=None)
    found = survey(board, view())
    (count,) = counts(found, view(picks=(("data_table", "party_support"),)))
    assert (count.rule.key, count.broken, count.asked) == ("party_support.expected.submitted_on", 1, 1)


@pytest.mark.parametrize(("entered", "late"), [("2024-03-31", 0), ("2024-04-01", 1)])
def test_what_is_entered_after_sixty_days_is_late(board: Connection, entered: str, late: int) -> None:
    """31 January and sixty days is 31 March of a leap year: 29 days of February and 31 of March."""
    day = datetime.fromisoformat(entered)
    add(board, "deputy_activity", kind="VIS", held_on=date(2024, 1, 31), headcount=1, updated_at=day)
    assert score(survey(board, view()), view(), ["deputy_activity"]).timely == (1 - late, 1)


def test_what_happened_before_the_first_import_is_not_late(board: Connection) -> None:
    done = {"file_name": "历史.xlsx", "sha256": "", "added": 2, "changed": 0, "unchanged": 0, "deleted": 0}
    for number, made, undone in ((1, datetime(2024, 1, 5), datetime(2024, 1, 5)), (2, datetime(2024, 6, 1), None)):
        values = {"id": number, "made_at": made, "who": "甲", "undone_at": undone, **done}
        board.execute(import_log.insert().values(values))
    for held_on, entered in ((date(2022, 3, 1), datetime(2024, 6, 1)), (date(2024, 6, 1), datetime(2024, 9, 1))):
        add(board, "deputy_activity", kind="VIS", held_on=held_on, headcount=1, updated_at=entered)
    always = view(years=(2022, 2024))
    assert score(survey(board, always), always, ["deputy_activity"]).timely == (0, 1)


def test_the_days_to_enter_are_the_offices_to_set(board: Connection) -> None:
    add(board, "deputy_activity", kind="VIS", held_on=date(2024, 1, 1), headcount=1, updated_at=datetime(2024, 1, 9))
    strict = replace(view(), rules=Rules(record_days=7))
    assert score(survey(board, strict), strict).timely == (0, 1)


def test_the_newest_day_of_a_record_decides_whether_it_was_entered_late(board: Connection) -> None:
    add_suggestion(board, "A")
    rated = {"rated_on": date(2024, 6, 1), "attitude": 3, "result_rating": 3, "updated_at": datetime(2024, 6, 2)}
    add(board, "proposal_reply", proposal_id="A", replied_on=date(2024, 3, 1), **rated)
    assert score(survey(board, view()), view(), ["proposal_reply"]).timely == (1, 1)


def test_a_record_looked_at_again_on_the_day_it_promised_is_not_late(board: Connection) -> None:
    add_suggestion(board, "A")
    promised = {"result_class": "B", "promised_on": date(2024, 9, 1), "updated_at": datetime(2024, 9, 2)}
    add(board, "proposal_reply", proposal_id="A", replied_on=date(2024, 3, 1), **promised)
    assert score(survey(board, view()), view(), ["proposal_reply"]).timely == (1, 1)


def test_a_record_with_two_contradictions_counts_once(board: Connection) -> None:
    """The example of Q04 with a second fault: one of three replies is early, and promises in class A besides."""
    add_suggestion(board, "A")
    for number, more in enumerate(({}, {}, {"replied_on": date(2024, 1, 1), "promised_on": date(2025, 1, 1)})):
        values: dict[str, Any] = {"replied_on": date(2024, 3, 1), "result_class": "A", "class_current": "A"}
        add(board, "proposal_reply", proposal_id="A", org_unit_id="U1", round_no=number + 1, **(values | more))
    add_frame(board)
    found = survey(board, view())
    asked = view(picks=(("data_table", "proposal_reply"), ("data_aspect", "consistent")))
    keys = {"proposal_reply.reply_before_assignment": 1, "proposal_reply.promise_without_b": 1}
    assert {key: n for key, n in broken(found, asked).items() if not key.endswith("unasked")} == keys
    assert score(found, view(), ["proposal_reply"]).consistent == (2, 3)


def test_a_day_after_that_of_the_data_is_found_under_every_year(board: Connection) -> None:
    add(board, "deputy_activity", kind="VIS", held_on=date(2042, 3, 1), headcount=1)
    add(board, "deputy_activity", kind="VIS", held_on=date(2024, 3, 1), headcount=1)
    found = survey(board, view())
    for years in ((2024, 2024), (2019, 2020)):
        assert broken(found, view(years)).get("deputy_activity.ahead.held_on") == 1


def test_an_unknown_code_is_found(board: Connection) -> None:
    board.execute(text("PRAGMA ignore_check_constraints=ON"))
    add(board, "station", level="XX", village="甲村", lon=1.0, lat=1.0)
    assert broken(survey(board, view()), view())["station.unknown_code.level"] == 1


def test_what_refers_to_nothing_is_found(board: Connection) -> None:
    add(board, "proposal_handler", proposal_id="nowhere", org_unit_id="U9", assigned_on=date(2024, 2, 1))
    found = broken(survey(board, view()), view())
    assert found["proposal_handler.no_parent.proposal_id"] == found["proposal_handler.no_parent.org_unit_id"] == 1


def test_of_records_that_agree_all_but_the_first_are_repeated(board: Connection) -> None:
    """The example of Q05: an activity entered three times makes 2; another deputy's, and one without deputy, none."""
    for id, deputy in (("1", "D1"), ("2", "D1"), ("3", "D1"), ("4", "D2"), ("5", None), ("6", None)):
        add(board, "deputy_activity", id=id, kind="VIS", held_on=date(2024, 3, 1), deputy_id=deputy, headcount=1)
    found = survey(board, view())
    assert score(found, view()).twice == 2
    asked = view(picks=(("data_aspect", "unique"),))
    assert [problem.key for problem in problems(board, found, asked).problems] == ["2", "3"]


def test_two_empty_columns_agree(board: Connection) -> None:
    same = {"kind": "VIS", "held_on": date(2024, 3, 1), "deputy_id": "D1"}
    for id, station in (("1", "S1"), ("2", "S1"), ("3", None)):
        add(board, "deputy_activity", id=id, station_id=station, **same)
    assert score(survey(board, view()), view()).twice == 1


def test_registers_go_on_and_events_stay_in_their_year(board: Connection) -> None:
    add(board, "station", established_on=date(2020, 1, 1))
    add(board, "meeting", held_on=date(2020, 1, 1), handling_year=2020)
    found = survey(board, view())
    rows = {years: (score(found, view(years), ["station"]).rows, score(found, view(years), ["meeting"]).rows)
            for years in ((2019, 2019), (2020, 2020), (2024, 2024))}  # fmt: skip
    assert rows == {(2019, 2019): (0, 0), (2020, 2020): (1, 1), (2024, 2024): (1, 0)}


def test_each_record_is_the_office_s_that_can_mend_it(board: Connection) -> None:
    """A unit's, the body's of the township, the township's where it has none, or the body's that keeps the table."""
    add(board, "org_unit", id="HE", name="青河镇人大", region_code=RIVER, kind="TWP", system="PC")
    for region in (RIVER, HILL, DISTRICT):
        add(board, "station", id=region, region_code=region, level="PT")
    add(board, "proposal_handler", id="1", proposal_id="A", org_unit_id="U1")
    add(board, "proposal_handler", id="2", proposal_id="A", org_unit_id=None)
    found = survey(board, view())
    assert {cell.region: cell.office for cell in found.tables["station"].cells} == {
        RIVER: "HE",
        HILL: HILL,
        DISTRICT: "DEPUTIES",
    }
    assert sorted(cell.office for cell in found.tables["proposal_handler"].cells) == ["DEPUTIES", "U1"]
    for office, table, keys in (
        ("HE", "station", {RIVER}),
        (HILL, "station", {HILL}),
        ("U1", "proposal_handler", {"1"}),
    ):
        asked = view(picks=(("office", office), ("data_table", table)))
        assert {problem.key for problem in problems(board, found, asked).problems} == keys
        assert problems(board, found, asked).total == sum(count.broken for count in counts(found, asked))


def test_nobody_is_told_of_another_region(board: Connection) -> None:
    add(board, "station", id="theirs", region_code=OTHER_DISTRICT)
    add(board, "station", id="ours", region_code=MARKET)
    found = survey(board, view())
    assert {problem.key for problem in problems(board, found, view(), limit=99).problems} == {"ours"}
    nothing = replace(view(), scope=context(scope=()).scope)
    assert score(survey(board, nothing), nothing) == Score()


def test_a_search_narrows_the_list_and_its_count(board: Connection) -> None:
    for name in ("青河站", "栖山站", "100%站"):
        add(board, "station", name=name, village="村", lon=1.0, lat=1.0, host="甲", head=None, served_villages=1)
    found = survey(board, view())
    asked = view(picks=(("data_rule", "station.expected.head"),))
    assert problems(board, found, asked).total == 3
    for words, total in (("青河", 1), ("站", 3), ("%", 1), ("没有", 0)):
        assert problems(board, found, asked, search=words).total == total
        assert len(problems(board, found, asked, search=words).problems) == total


def test_pages_of_the_list_join_without_gap_or_overlap(board: Connection) -> None:
    for number in range(5):
        add(board, "station", id=f"S{number}", village=None, lon=1.0, lat=1.0)
    found, whole = survey(board, view()), problems(board, survey(board, view()), view(), limit=99)
    pieces = [problems(board, found, view(), limit=4, offset=begin) for begin in range(0, whole.total, 4)]
    joined = [(p.rule.key, p.key) for piece in pieces for p in piece.problems]
    assert joined == [(p.rule.key, p.key) for p in whole.problems] and len(joined) == whole.total > 8


def test_votes_names_and_identity_numbers_are_never_shown(board: Connection) -> None:
    secret = {"person": "张三", "person_key": "110101199001011234", "v_for": 20, "v_against": 20, "members": 30}
    add(board, "appointment", id="A", post="局长", decided_on=date(2024, 3, 1), exam="PASS", **secret)
    found = survey(board, view())
    told = problems(board, found, view(picks=(("data_table", "appointment"),)), limit=99).problems
    assert {"appointment.votes_over_members", "appointment.identity_number"} <= {problem.rule.key for problem in told}
    shown = {str(value) for problem in told for _, value in (*problem.names, *problem.values)}
    assert not shown & {"张三", "110101199001011234", "20", "PASS"}


def test_a_database_without_some_tables_and_columns_is_surveyed_as_far_as_it_goes(board: Connection) -> None:
    add(board, "station", village=None)
    board.execute(text("DROP TABLE proposal"))
    board.execute(text("ALTER TABLE station DROP COLUMN head"))
    found = survey(board, view())
    assert found.absent == ("proposal",)
    assert "station.expected.village" in broken(found, view()) and "station.expected.head" not in found.rules


def test_the_survey_does_not_depend_on_filters(board: Connection) -> None:
    add(board, "station", village=None)
    one, other = survey(board, view()), survey(board, view((2001, 2002), townships=(HILL,)))
    assert [made.broken.sum() for made in one.tables.values()] == [made.broken.sum() for made in other.tables.values()]


def test_the_tables_behind_a_figure_are_those_of_its_statement() -> None:
    assert tables_behind([METRICS["P01"]], view()) == ("proposal",)
    assert "proposal_reply" in tables_behind([METRICS["P04"]], view())
    assert [key for key, metric in METRICS.items() if not tables_behind([metric], view())] == []


def test_every_rule_has_words_advice_and_a_key_of_its_own_that_fits_an_address(board: Connection) -> None:
    rules = [rule for made in survey(board, view()).tables.values() for rule in made.rules]
    assert len({rule.key for rule in rules}) == len(rules) > 300
    assert all(all(rule.words) and all(rule.advice) and len(rule.key) <= 60 for rule in rules)
    assert {rule.aspect for rule in rules} == set(Aspect)
