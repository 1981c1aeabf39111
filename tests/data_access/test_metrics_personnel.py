"""Personnel metrics, each worked out by hand on a few rows, then compared with plain pandas on the sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine

from data_access.context import Context, Filters, Rules, Scope
from data_access.lists import history
from data_access.lists import personnel as lists
from data_access.lists.listing import records
from data_access.measure import measure
from data_access.metrics import METRICS, SUBJECTS
from data_access.rows import ROWS
from tests.data_access import oracle_personnel as oracle
from tests.data_access.agreement import assert_agree
from tests.data_access.factories import DISTRICT, add, context, empty_database, figure

PROCEDURE = ("A04", "A04p", "A04a", "A05", "A05a", "A06", "A06a", "A07")


@pytest.fixture
def db() -> Iterator[Connection]:
    with empty_database() as connection:
        yield connection


def move(connection: Connection, id: str, action: str = "APPT", organ: str = "CRT", **values: Any) -> str:
    """One decision of May 2024 on a person of its own."""
    usual = {"person": f"姓名{id}", "person_key": id, "post": "某职务", "decided_on": date(2024, 5, 10), "oath": "NA"}
    placed = {"action": action, "organ_class": organ, "region_code": DISTRICT}
    return add(connection, "appointment", id=id, **(usual | placed | values))


def test_one_person_moved_is_two_person_times_and_one_person(db: Connection) -> None:
    move(db, "out", "DECIDE_R", "GOVD", person_key="甲")
    move(db, "in", "DECIDE_A", "GOVD", person_key="甲")
    move(db, "judge", person_key="乙")
    move(db, "last year", person_key="甲", decided_on=date(2023, 12, 31))
    assert (figure(db, "A01"), figure(db, "A08")) == (3, 2)


def test_elections_lay_assessors_and_election_committees_are_counted_apart(db: Connection) -> None:
    move(db, "1", "ELECT", "SC")
    move(db, "2", "BYE", "GOVL")
    move(db, "3", "APPT", "LAY")
    move(db, "4", "APPT", "LAY")
    move(db, "5", "APPT", "ELC")
    move(db, "6", "RESIGN", "GOVL")
    assert [figure(db, key) for key in ("A01", "A01.elect", "A01.lay", "A01.elc", "A08")] == [1, 2, 2, 1, 1]


def test_by_action_and_by_organ_add_up_to_all(db: Connection) -> None:
    move(db, "1", "APPT", "CRT")
    move(db, "2", "REMV", "CRT")
    move(db, "3", "DECIDE_A", "GOVD")
    by_action = measure(db, [METRICS["A02"]], context(), ("action",))
    assert by_action.set_index("action")["A02"].to_dict() == {"APPT": 1, "DECIDE_A": 1, "REMV": 1}
    by_organ = measure(db, [METRICS["A03"]], context(), ("organ",))
    assert by_organ.set_index("organ")["A03"].to_dict() == {"CRT": 2, "GOVD": 1}


def test_the_exempt_leave_the_base_of_the_examination(db: Connection) -> None:
    for number, exam in enumerate(["PASS", "PASS", "FAIL", "DUE", "EXEMPT", None]):
        move(db, str(number), exam=exam)
    assert (figure(db, "A04", part="k"), figure(db, "A04", part="n")) == (3, 4)
    assert (figure(db, "A04p", part="k"), figure(db, "A04p", part="n")) == (2, 3)


def test_the_oath_is_asked_of_the_appointed_not_of_the_removed_acting_or_exempt(db: Connection) -> None:
    move(db, "before the committee", "DECIDE_A", "GOVD", oath="SC", oath_on=date(2024, 5, 10))
    move(db, "in the own organ", oath="OWN", oath_on=date(2024, 6, 1))
    move(db, "at the Congress", "ELECT", "GOVL", oath="CONG")
    move(db, "not yet", oath="NO")
    move(db, "removed", "REMV", oath="NO")
    move(db, "acting", "ACT", "GOVL", oath="NO")
    move(db, "not required", oath="NA")
    move(db, "lay assessor", "APPT", "LAY", oath="NO")
    assert (figure(db, "A05", part="k"), figure(db, "A05", part="n")) == (3, 4)
    assert figure(db, "A05") == 0.75


def test_same_dates_do_not_know_of_an_oath_sworn_later(db: Connection) -> None:
    move(db, "1", oath="OWN", oath_on=date(2024, 7, 1))
    by_june = measure(db, [METRICS["A05"], METRICS["A05a"]], context(), ("year",), same_dates=True).iloc[0]
    assert (by_june["A05.k"], by_june["A05.n"], by_june["A05a"]) == (0, 1, 1)
    today = measure(db, [METRICS["A05"], METRICS["A05a"]], context(), ("year",)).iloc[0]
    assert (today["A05.k"], today["A05.n"], today["A05a"]) == (1, 1, 0)


def test_statements_are_a_share_of_those_required_to_speak(db: Connection) -> None:
    for number, statement in enumerate(["GAVE", "GAVE", "GAVE", "DUE", "EXEMPT", None]):
        move(db, str(number), statement=statement)
    assert (figure(db, "A06", part="k"), figure(db, "A06", part="n")) == (3, 4)


def test_approval_is_of_all_members_not_of_those_present(db: Connection) -> None:
    move(db, "1", v_for=28, v_against=1, v_abstain=0, members=31)
    move(db, "2", v_for=31, v_against=0, v_abstain=0, members=31)
    move(db, "no votes on record")
    move(db, "election", "ELECT", "GOVL", v_for=200, members=221)
    assert (figure(db, "A07", part="k"), figure(db, "A07", part="n")) == (59, 62)


def test_what_is_open_ends_when_the_person_leaves_the_post(db: Connection) -> None:
    move(db, "waiting", oath="NO", exam="DUE", statement="DUE", decided_on=date(2023, 3, 1))
    move(db, "gone", oath="NO", person_key="甲", decided_on=date(2023, 3, 1))
    move(db, "removal", "REMV", person_key="甲", decided_on=date(2024, 3, 1))
    move(db, "in another post", "REMV", person_key="waiting", post="别的职务")
    assert [figure(db, key) for key in ("A04a", "A05a", "A06a")] == [1, 1, 1]
    before = context(years=(2023, 2023))
    assert figure(db, "A05a", before) == 2
    table = lists.open_procedures(db, context())
    assert list(table["record"]) == ["waiting"]
    assert table.loc[0, ["is_exam_open", "is_statement_open", "is_oath_open"]].all()
    assert table.loc[0, "days_since"] == (date(2024, 12, 31) - date(2023, 3, 1)).days
    assert list(lists.unsworn(db, context()).rows["record"]) == ["waiting"]


@pytest.mark.parametrize("key", PROCEDURE)
def test_no_name_stands_beside_a_procedure_a_vote_or_an_examination(db: Connection, key: str) -> None:
    move(db, "1", oath="NO", exam="FAIL", statement="DUE", v_for=20, v_against=9, members=31)
    listing = records(db, METRICS[key], context())
    assert not {"person", "person_key", "v_for", "v_against", "exam", "members"} & set(listing.rows)
    assert "姓名1" not in listing.rows.to_string()


@pytest.mark.parametrize("pick", [("exam", "FAIL"), ("exam", "TAKEN"), ("statement", "DUE"), ("oath", "NO")])
def test_no_pick_lays_a_person_s_procedure_open(db: Connection, pick: tuple[str, str]) -> None:
    move(db, "1", oath="NO", exam="FAIL", statement="DUE")
    listing = records(db, METRICS["A01"], context(picks=(pick,)))
    assert listing.rows["person"].dropna().empty
    # Whether someone failed cannot even be asked.
    assert listing.total == (pick != ("exam", "FAIL"))


def test_results_of_examinations_and_votes_lead_to_no_record() -> None:
    for key in ("A04p", "A07"):
        source = ROWS[METRICS[key].rows]
        assert source.record == ""
        assert [shown.column for shown in source.listing] == ["year", "organ_class"]


def test_the_appointment_list_names_persons_and_posts_as_published(db: Connection) -> None:
    move(db, "1")
    assert records(db, METRICS["A01"], context()).rows.loc[0, "person"] == "姓名1"


def test_the_spread_of_approval_is_withheld_for_few_decisions(db: Connection) -> None:
    for number in range(4):
        move(db, str(number), v_for=31, members=31)
    assert lists.approval(db, context())["decisions"].isna().all()
    move(db, "fifth", v_for=24, members=31)  # 77.4 %
    spread = lists.approval(db, context())
    assert list(spread["decisions"]) == [1, 0, 0, 0, 4]
    assert spread["band"].iloc[4].zh == "全票"


def test_bands_of_approval_begin_with_their_lower_bound(db: Connection) -> None:
    for number, votes in enumerate([79, 80, 89, 90, 94, 95, 99, 100, 100, 100]):
        move(db, str(number), v_for=votes, members=100)
    assert list(lists.approval(db, context())["decisions"]) == [1, 2, 2, 2, 3]


def test_a_december_session_marks_the_next_year_as_an_election_year_too(db: Connection) -> None:
    add(db, "term", level="COUNTY", region_code=DISTRICT, start_on=date(2021, 12, 20))
    add(db, "term", level="COUNTY", region_code=DISTRICT, start_on=date(2016, 3, 1), term_no=2)
    assert lists.election_years(db, context(years=(2016, 2025))) == (2016, 2021, 2022)


def test_an_appointment_s_history_runs_from_the_examination_to_the_oath(db: Connection) -> None:
    done = {
        "exam": "PASS",
        "exam_on": date(2024, 5, 1),
        "statement": "GAVE",
        "oath": "OWN",
        "oath_on": date(2024, 6, 1),
    }
    move(db, "1", **done)
    told = history(db, "appointment", "1", context())
    assert [event.zh for event in told["event"]] == ["任前法律考试", "供职发言", "表决通过", "宪法宣誓"]
    assert "姓名1" not in told.to_string() and "PASS" not in told.to_string()
    move(db, "2", exam="DUE", statement="DUE", oath="NO")
    waiting = history(db, "appointment", "2", context())
    assert [event.zh for event in waiting["event"]] == ["表决通过", "任前法律考试待补", "供职发言待补", "宪法宣誓待补"]
    assert history(db, "appointment", "1", context(scope=("990103",))).empty


def test_an_oath_sworn_later_is_still_to_come_on_an_earlier_day(db: Connection) -> None:
    move(db, "1", oath="OWN", oath_on=date(2024, 6, 1))
    early = history(db, "appointment", "1", context(as_of=date(2024, 5, 20)))
    assert [event.zh for event in early["event"]] == ["表决通过", "宪法宣誓待补"]
    assert list(early["is_future"]) == [False, True]


@pytest.fixture(scope="module")
def table(sample: Engine) -> pd.DataFrame:
    return oracle.read(sample)


SAMPLE = Context(Scope((DISTRICT,)), Filters((2021, 2026)), date(2026, 11, 20), Rules(region_code=DISTRICT))


@pytest.mark.parametrize("same_dates", [False, True])
def test_every_metric_agrees_with_pandas_by_year_on_the_sample(
    sample: Engine, table: pd.DataFrame, same_dates: bool
) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["personnel"], SAMPLE, ("year",), same_dates=same_dates)
    assert_agree(answer, SAMPLE, oracle.FIGURES, table, same_dates=same_dates)
    assert set(oracle.FIGURES) == {metric.key for metric in SUBJECTS["personnel"]}


def test_changes_by_year_action_and_organ_agree_with_pandas_on_the_sample(sample: Engine, table: pd.DataFrame) -> None:
    rows = oracle.counted(table, date(2021, 1, 1), date(2026, 11, 20))
    with sample.connect() as connection:
        for dimension, column in (("action", "action"), ("organ", "organ_class")):
            answer = measure(connection, [METRICS["A01"]], SAMPLE, (dimension,)).set_index(dimension)["A01"]
            # Rows of the other counts keep their group, with nothing in it.
            assert answer[answer > 0].to_dict() == rows[column].value_counts().to_dict()


def test_the_listing_behind_each_figure_is_as_long_as_the_figure_says(sample: Engine) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["personnel"], SAMPLE).iloc[0]
        for key in ("A01", "A01.elect", "A01.lay", "A04a", "A05a", "A06a"):
            assert records(connection, METRICS[key], SAMPLE).total == answer[key], key
        for key in ("A04", "A05", "A06"):
            assert records(connection, METRICS[key], SAMPLE).total == answer[f"{key}.n"], key
