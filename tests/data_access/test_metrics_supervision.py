"""Supervision metrics, each worked out by hand on a few rows, then compared with plain pandas on the sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from data_access.context import Context, Filters, Rules, Scope
from data_access.lists import facts, history
from data_access.lists import supervision as lists
from data_access.lists.listing import records
from data_access.measure import measure
from data_access.metrics import METRICS, SUBJECTS
from tests.data_access import oracle_supervision as oracle
from tests.data_access.agreement import assert_agree
from tests.data_access.factories import DISTRICT, HILL, RIVER, add, context, empty_database, figure


@pytest.fixture
def db() -> Iterator[Connection]:
    with empty_database() as connection:
        yield connection


def item(connection: Connection, id: str, held_on: date | None = date(2024, 5, 10), **values: Any) -> str:
    """A special report of 2024, in the plan, heard by the Standing Committee."""
    usual = {"kind": "RPT", "venue": "SC", "plan_year": 2024, "in_plan": True, "region_code": DISTRICT}
    return add(connection, "supervision_item", id=id, held_on=held_on, **(usual | values))


def test_activities_are_the_listed_forms_actually_held(db: Connection) -> None:
    item(db, "report")
    item(db, "tour", kind="INS")
    item(db, "livelihood project", kind="LIV")
    item(db, "planned only", held_on=None)
    item(db, "held next year", held_on=date(2025, 1, 1))
    assert figure(db, "S01") == 2
    assert figure(db, "S01", context(years=(2024, 2025))) == 3


def test_the_definition_of_activities_prints_every_form_it_lumps() -> None:
    assert "执法检查" in METRICS["S01"].definition.zh
    assert "质询" in METRICS["S01"].definition.zh
    assert "民生实事监督" not in METRICS["S01"].definition.zh


def test_only_reports_heard_by_the_standing_committee_are_special_reports_heard(db: Connection) -> None:
    item(db, "heard")
    item(db, "at the chairpersons' meeting", venue="CHM")
    item(db, "in writing", venue="WRITTEN")
    item(db, "audit", kind="AUD")
    assert figure(db, "S02") == 1


def test_forms_are_counted_apart(db: Connection) -> None:
    for number, kind in enumerate(["LEI", "SPI", "INS", "STU", "STU"]):
        item(db, str(number), kind=kind)
    keys = ("S03", "S04", "S05", "S05.INS", "S05.STU")
    assert [figure(db, key) for key in keys] == [1, 1, 3, 1, 2]


def test_a_body_questioned_twice_counts_once(db: Connection) -> None:
    add(db, "org_unit", id="water", name="水务局", region_code=DISTRICT)
    add(db, "org_unit", id="schools", name="教体局", region_code=DISTRICT)
    item(db, "1", kind="SPI", target_unit="water")
    item(db, "2", kind="SPI", target_unit="water")
    item(db, "3", kind="SPI", target_unit="schools")
    item(db, "4", kind="SPI", target_unit=None)
    assert (figure(db, "S04"), figure(db, "S04u")) == (4, 2)


def test_reports_points_and_documents_have_their_own_sums(db: Connection) -> None:
    item(db, "study", kind="STU", report_count=2, opinion_count=5)
    item(db, "report", opinion_docs=1, opinion_count=4)
    item(db, "tour without anything", kind="INS")
    assert (figure(db, "S06"), figure(db, "S07"), figure(db, "S07d")) == (2, 9, 1)


def test_points_acted_on_are_taken_from_items_whose_follow_up_is_due(db: Connection) -> None:
    item(db, "due", opinion_count=6, opinion_done=3, followup_due_on=date(2024, 8, 10))
    item(db, "due, silent", opinion_count=2, opinion_done=None, followup_due_on=date(2024, 8, 10))
    item(db, "answered early", opinion_count=2, opinion_done=2, **early())
    item(db, "not due yet", opinion_count=9, opinion_done=0, followup_due_on=date(2025, 7, 10))
    item(db, "no time limit", opinion_count=9, opinion_done=9)
    assert (figure(db, "S08", part="k"), figure(db, "S08", part="n")) == (5, 10)
    assert figure(db, "S08") == 0.5


def early() -> dict[str, date]:
    return {"followup_due_on": date(2025, 9, 1), "followup_report_on": date(2025, 6, 1)}


def test_follow_up_on_the_last_day_is_on_time_and_the_day_after_is_late(db: Connection) -> None:
    due = {"followup_due_on": date(2024, 8, 10)}
    item(db, "on the day", followup_report_on=date(2024, 8, 10), **due)
    item(db, "a day late", followup_report_on=date(2024, 8, 11), **due)
    item(db, "never", **due)
    item(db, "falls due in another year", followup_due_on=date(2025, 3, 1))
    assert (figure(db, "S09", part="k"), figure(db, "S09", part="n")) == (1, 3)


def test_follow_up_due_today_is_not_owed_yet(db: Connection) -> None:
    item(db, "due today", followup_due_on=date(2025, 6, 30))
    item(db, "due yesterday", followup_due_on=date(2025, 6, 29))
    item(db, "due in sixteen days", followup_due_on=date(2025, 7, 16))
    item(db, "answered", followup_due_on=date(2025, 6, 1), followup_report_on=date(2025, 6, 20))
    today = context(years=(2024, 2025))
    assert (figure(db, "S09a", today), figure(db, "S09b", today)) == (1, 1)
    assert list(lists.owed(db, today).rows["record"]) == ["due yesterday"]
    assert list(lists.due_soon(db, today).rows["record"]) == ["due today"]


def test_same_dates_see_a_follow_up_as_it_was_known_then(db: Connection) -> None:
    item(db, "1", followup_due_on=date(2024, 6, 1), followup_report_on=date(2024, 6, 1))
    item(db, "2", followup_due_on=date(2024, 6, 1), followup_report_on=date(2024, 9, 1))
    item(db, "3", followup_due_on=date(2024, 8, 1), followup_report_on=date(2024, 7, 1))
    by_june = measure(db, [METRICS["S09"], METRICS["S09a"]], context(), ("year",), same_dates=True).iloc[0]
    assert (by_june["S09.k"], by_june["S09.n"], by_june["S09a"]) == (1, 2, 1)
    later = measure(db, [METRICS["S09"], METRICS["S09a"]], context(), ("year",)).iloc[0]
    assert (later["S09.k"], later["S09.n"], later["S09a"]) == (2, 3, 0)


def test_votes_are_shares_of_all_ballots_returned(db: Connection) -> None:
    item(db, "1", ballots=30, v_satisfied=24, v_basic=5, v_dissatisfied=1)
    item(db, "2", ballots=10, v_satisfied=6, v_basic=2, v_dissatisfied=1)  # one ballot left blank
    item(db, "no vote")
    assert figure(db, "S10") == pytest.approx(30 / 40)
    assert figure(db, "S10b") == pytest.approx(7 / 40)
    assert figure(db, "S10d") == pytest.approx(2 / 40)
    assert figure(db, "S10n") == 2


def test_plan_progress_counts_planned_items_held_by_the_cut(db: Connection) -> None:
    item(db, "held", planned_on=date(2024, 5, 1))
    item(db, "behind", held_on=None, planned_on=date(2024, 9, 1))
    item(db, "held the year after", held_on=date(2025, 2, 1), planned_on=date(2024, 12, 1))
    item(db, "unplanned", in_plan=False)
    item(db, "project", kind="LIV")
    assert (figure(db, "S11", part="k"), figure(db, "S11", part="n")) == (2, 3)
    assert (figure(db, "S11b"), figure(db, "S11u")) == (1, 1)
    by_june = measure(db, [METRICS["S11"]], context(), ("year",), same_dates=True).iloc[0]
    assert (by_june["S11.k"], by_june["S11.n"]) == (1, 3)


def duty(db: Connection, legal_item: str, held_on: date | None, **values: Any) -> str:
    return item(db, legal_item, held_on=held_on, legal_item=legal_item, **values)


def test_the_statutory_matrix_tells_done_late_missed_open_and_not_applicable(db: Connection) -> None:
    duty(db, "FINAL", date(2024, 9, 30))  # the last lawful day
    duty(db, "PLAN", date(2024, 10, 1))  # a day too late
    duty(db, "AUDIT", date(2024, 8, 30))
    duty(db, "RECTIFY", date(2025, 3, 1), planned_on=date(2025, 2, 20))  # six months end on 28 February
    duty(db, "ADJUST", None, planned_on=date(2024, 11, 1))
    states = lists.statutory(db, context()).set_index("legal_item")["state"]
    assert states.to_dict() == {
        "FINAL": "DONE",
        "PLAN": "LATE",
        "BUDGET": "MISSED",
        "AUDIT": "DONE",
        "RECTIFY": "LATE",
        "ASSETS": "MISSED",
        "DEBT": "MISSED",
        "ENV": "MISSED",
        "RECORD": "MISSED",
        "SUGGEST": "MISSED",
        "ADJUST": "MISSED",
        "FIVEYEAR": "NA",
    }
    # Ten yearly duties and the adjustment that arose: four done, seven missed.
    assert (figure(db, "S12", part="k"), figure(db, "S12", part="n")) == (4, 11)
    assert (figure(db, "S12a"), figure(db, "S12b")) == (7, 2)


def test_a_statutory_item_is_open_until_its_limit_has_passed(db: Connection) -> None:
    duty(db, "AUDIT", date(2025, 6, 20), plan_year=2025)
    asked = context(years=(2025, 2025))
    matrix = lists.statutory(db, asked).set_index("legal_item")
    assert matrix.loc["FINAL", "state"] == "OPEN"
    assert matrix.loc["FINAL", "limit_on"] == date(2025, 9, 30)
    assert matrix.loc["RECTIFY", "limit_on"] == date(2025, 12, 20)
    assert matrix.loc["DEBT", "limit_on"] == date(2025, 12, 31)
    assert figure(db, "S12a", asked) == 0


def test_without_the_audit_report_its_rectification_counts_from_the_end_of_september(db: Connection) -> None:
    item(db, "anything")
    matrix = lists.statutory(db, context()).set_index("legal_item")
    assert (matrix.loc["RECTIFY", "limit_on"], matrix.loc["RECTIFY", "state"]) == (date(2025, 3, 30), "MISSED")


def test_a_year_nobody_reported_is_not_a_year_in_which_every_duty_was_missed(db: Connection) -> None:
    item(db, "2024")
    matrix = lists.statutory(db, context(years=(2023, 2024)))
    assert set(matrix.loc[matrix["year"] == 2023, "state"]) == {"NONE"}
    assert figure(db, "S12", context(years=(2023, 2024)), part="n") == 10
    assert figure(db, "S12a", context(years=(2023, 2023))) == 0


def test_the_duties_are_the_district_s_whatever_townships_are_chosen_and_never_a_township_s(db: Connection) -> None:
    duty(db, "ENV", date(2024, 4, 1))
    item(db, "the township's own", region_code=RIVER)
    assert figure(db, "S12", context(townships=(RIVER,)), part="k") == 1
    assert figure(db, "S12", context(scope=(RIVER,)), part="n") == 0


def test_documents_filed_on_the_thirtieth_day_are_on_time(db: Connection) -> None:
    def filed(id: str, filed_on: date | None, **values: Any) -> None:
        published = {"published_on": date(2024, 3, 1), "filed_on": filed_on}
        add(db, "normative_doc", id=id, **(published | {"result": None} | values))

    filed("on the day", date(2024, 3, 31), reviewed_on=date(2024, 4, 20), result="PASSED")
    filed("late", date(2024, 4, 1), reviewed_on=date(2024, 5, 20), result="CORRECTED")
    filed("under review", date(2024, 3, 2), result="PENDING")
    filed("never", None)
    filed("fresh", None, published_on=date(2025, 6, 20))
    assert [figure(db, key) for key in ("S13", "S13r", "S13c")] == [3, 2, 1]
    assert figure(db, "S13t") == pytest.approx(2 / 3)
    assert figure(db, "S13u", context(years=(2025, 2025))) == 1


def test_persons_and_units_appraised_are_each_counted_once(db: Connection) -> None:
    def appraised(who: str, kind: str, held_on: date = date(2024, 10, 10)) -> None:
        add(db, "appraisal", person_or_unit=who, kind=kind, held_on=held_on)

    appraised("甲", "POST")
    appraised("甲", "DUTY")
    appraised("乙", "POST")
    appraised("水务局", "WORK")
    appraised("丙", "POST", date(2023, 10, 10))
    assert (figure(db, "S14"), figure(db, "S14u")) == (2, 1)


def test_coverage_of_appraisals_is_of_heads_in_office_and_cumulative_in_the_term(db: Connection) -> None:
    add(db, "term", level="COUNTY", region_code=DISTRICT, start_on=date(2021, 12, 20))

    def head(key: str, post: str, decided_on: date = date(2022, 2, 1), **values: Any) -> None:
        usual = {"action": "DECIDE_A", "organ_class": "GOVD", "region_code": DISTRICT, "oath": "SC"}
        add(db, "appointment", person=key, person_key=key, post=post, decided_on=decided_on, **(usual | values))

    head("appraised by name", "财政局局长")
    head("appraised by post", "水务局局长")
    head("not yet", "民政局局长")
    head("left", "教体局局长")
    head("left", "教体局局长", date(2023, 5, 1), action="DECIDE_R")
    head("replaced", "审计局局长")
    head("successor", "审计局局长", date(2023, 5, 1))
    head("judge", "审判员", organ_class="CRT", action="APPT")
    add(db, "appraisal", kind="POST", person_or_unit="appraised by name", held_on=date(2022, 10, 10))
    add(db, "appraisal", kind="POST", person_or_unit="某", post="水务局局长", held_on=date(2023, 10, 10))
    add(db, "appraisal", kind="POST", person_or_unit="某", post="审计局局长", held_on=date(2022, 10, 10))
    # In office: by name, by post, not yet, successor; the post of 审计局 was appraised before the successor came.
    assert (figure(db, "S14a", part="k"), figure(db, "S14a", part="n")) == (2, 4)


def test_livelihood_projects_are_counted_by_plan_year(db: Connection) -> None:
    due = {"kind": "LIV", "planned_on": date(2024, 12, 1)}
    item(db, "done", ended_on=date(2024, 11, 1), ballots=20, v_satisfied=15, **due)
    item(db, "done late", ended_on=date(2025, 1, 5), **due)
    item(db, "unfinished", **due)
    item(db, "unfinished, still in time", **(due | {"planned_on": date(2025, 12, 1)}))
    assert (figure(db, "S15"), figure(db, "S15c"), figure(db, "S15o"), figure(db, "S15s")) == (4, 0.5, 0.5, 0.75)


def test_with_townships_chosen_only_what_was_held_there_counts(db: Connection) -> None:
    for code in (RIVER, HILL):
        add(db, "region", region_code=code, level="TOWNSHIP", name=code)
    item(db, "in the town", kind="INS", place_code=RIVER)
    item(db, "in another", kind="INS", place_code=HILL)
    item(db, "whole district")
    assert figure(db, "S01", context(townships=(RIVER,))) == 1
    assert figure(db, "S01", context(scope=(RIVER,))) == 1


def test_nothing_on_record_gives_counts_of_zero_and_shares_of_nothing(db: Connection) -> None:
    answer = measure(db, SUBJECTS["supervision"], context()).iloc[0]
    for metric in SUBJECTS["supervision"]:
        assert answer[metric.key] != answer[metric.key] if metric.is_share else answer[metric.key] == 0, metric.key


def test_an_item_planned_and_not_yet_held_says_what_it_is(db: Connection) -> None:
    item(db, "ahead", held_on=None, planned_on=date(2024, 12, 1), title="某项报告")
    (known,) = facts(db, "supervision_item", "ahead", context()).rows.to_dict("records")
    assert (known["title"], known["planned_on"]) == ("某项报告", date(2024, 12, 1))
    assert facts(db, "supervision_item", "nothing", context()).total == 0


def test_the_history_of_an_item_runs_from_the_plan_to_the_vote(db: Connection) -> None:
    add(db, "org_unit", id="water", name="水务局", region_code=DISTRICT)
    item(
        db,
        "1",
        planned_on=date(2024, 5, 1),
        target_unit="water",
        opinion_docs=1,
        opinion_count=4,
        opinion_done=3,
        followup_due_on=date(2024, 8, 10),
        followup_report_on=date(2024, 8, 20),
        ballots=30,
        v_satisfied=20,
        v_basic=8,
        v_dissatisfied=2,
    )
    told = history(db, "supervision_item", "1", context())
    assert [event.zh for event in told["event"]] == [
        "计划安排",
        "开展",
        "提出意见",
        "反馈期限",
        "反馈落实情况",
        "满意度测评",
    ]
    assert told["detail"].iloc[4].zh == "已落实3条，共4条"
    assert not told["is_future"].any()
    early = history(db, "supervision_item", "1", context(as_of=date(2024, 6, 1)))
    assert [event.zh for event in early["event"]] == ["计划安排", "开展", "提出意见", "反馈期限"]
    assert list(early["is_future"]) == [False, False, False, True]
    assert history(db, "supervision_item", "1", context(scope=("990103",))).empty


def test_a_document_s_history_runs_from_publication_to_the_review(db: Connection) -> None:
    dates = {"published_on": date(2024, 3, 1), "filed_on": date(2024, 3, 20), "reviewed_on": date(2024, 5, 1)}
    add(db, "normative_doc", id="1", issuer="区政府", result="CORRECTED", **dates)
    told = history(db, "normative_doc", "1", context())
    assert [event.zh for event in told["event"]] == ["公布", "报备", "审查"]
    assert told["detail"].iloc[2].zh == "已督促纠正"
    assert len(history(db, "normative_doc", "1", context(as_of=date(2024, 4, 1)))) == 2


def test_an_appraisal_s_history_tells_the_post_and_no_result(db: Connection) -> None:
    votes = {"ballots": 30, "v_1": 20, "v_2": 9, "v_3": 1, "grade": "BASIC"}
    add(
        db,
        "appraisal",
        id="1",
        kind="POST",
        person_or_unit="某人",
        post="水务局局长",
        held_on=date(2024, 5, 1),
        **votes,
    )
    told = history(db, "appraisal", "1", context())
    assert list(told["who"]) == ["水务局局长"]
    assert "某人" not in told.to_string() and "基本满意" not in told.to_string()


@pytest.mark.parametrize("metric", SUBJECTS["supervision"], ids=lambda metric: metric.key)
def test_no_listing_shows_a_person_s_votes_or_grade(db: Connection, metric: Any) -> None:
    shown = set(records(db, metric, context()).rows)
    assert not {"person_or_unit", "v_1", "v_2", "v_3", "v_4", "grade", "person"} & shown


@pytest.fixture(scope="module")
def frames(sample: Engine) -> oracle.Frames:
    return oracle.read(sample)


SAMPLE = Context(Scope((DISTRICT,)), Filters((2021, 2026)), date(2026, 11, 20), Rules(region_code=DISTRICT))


@pytest.mark.parametrize("same_dates", [False, True])
def test_every_metric_agrees_with_pandas_by_year_on_the_sample(
    sample: Engine, frames: oracle.Frames, same_dates: bool
) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["supervision"], SAMPLE, ("year",), same_dates=same_dates)
    assert_agree(answer, SAMPLE, oracle.FIGURES, frames, same_dates=same_dates)
    assert set(oracle.FIGURES) == {metric.key for metric in SUBJECTS["supervision"]}


def test_activities_by_township_agree_with_pandas_on_the_sample(sample: Engine, frames: oracle.Frames) -> None:
    with sample.connect() as connection:
        answer = measure(connection, [METRICS["S01"], METRICS["S07"]], SAMPLE, ("township",))
    held = oracle.activities(frames, date(2021, 1, 1), date(2026, 11, 20))
    held = held.assign(place_code=held["place_code"].fillna("whole district"))
    by_place = held.groupby("place_code").agg(S01=("id", "size"), S07=("opinion_count", "sum"))
    found = answer.assign(township=answer["township"].fillna("whole district")).set_index("township")
    assert found["S01"].to_dict() == by_place["S01"].to_dict()
    assert found["S07"].to_dict() == by_place["S07"].to_dict()


def test_the_listing_behind_each_figure_is_as_long_as_the_figure_says(sample: Engine) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["supervision"], SAMPLE).iloc[0]
        for key in ("S01", "S02", "S03", "S05", "S09a", "S11b", "S12a", "S13", "S15"):
            assert records(connection, METRICS[key], SAMPLE).total == answer[key], key
        for key in ("S09", "S11", "S12", "S13t", "S14a", "S15c"):
            assert records(connection, METRICS[key], SAMPLE).total == answer[f"{key}.n"], key
