"""Metrics of decisions and meetings, each worked out by hand on a few rows, then compared with plain pandas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from data_access.context import Context, Filters, Rules, Scope
from data_access.lists import facts, history
from data_access.lists.listing import records
from data_access.measure import measure
from data_access.metrics import METRICS, SUBJECTS
from tests.data_access import oracle_decisions as oracle
from tests.data_access.agreement import assert_agree
from tests.data_access.factories import DISTRICT, RIVER, add, context, empty_database, figure


@pytest.fixture
def db() -> Iterator[Connection]:
    with empty_database() as connection:
        yield connection


def resolve(connection: Connection, id: str, kind: str = "MAJOR", **values: Any) -> str:
    """A resolution the Standing Committee adopted in May 2024."""
    usual = {"title": f"决议{id}", "organ": "SC", "adopted_on": date(2024, 5, 10), "region_code": DISTRICT}
    return add(connection, "resolution", id=id, kind=kind, **(usual | values))


def meet(connection: Connection, *days: date, kind: str = "SC", **values: Any) -> None:
    """Meetings on these days."""
    usual = {"region_code": DISTRICT, "handling_year": 2024}
    for day in days:
        add(connection, "meeting", id=f"{kind}{day}", kind=kind, held_on=day, **(usual | values))


def test_resolutions_are_counted_by_the_day_they_were_adopted(db: Connection) -> None:
    resolve(db, "budget", "FIN")
    resolve(db, "plan", "PLAN")
    resolve(db, "debt", "DEBT")
    resolve(db, "water")
    resolve(db, "law", "LAW")
    resolve(db, "last year", adopted_on=date(2023, 12, 31))
    assert [figure(db, key) for key in ("D01", "D01.fin", "D01.major")] == [5, 3, 1]


def test_a_township_congress_s_resolution_is_not_the_district_s(db: Connection) -> None:
    resolve(db, "district")
    resolve(db, "township", region_code=RIVER, organ="CONG")
    assert figure(db, "D01") == 1
    assert figure(db, "D01", context(townships=(RIVER,))) == 0


def test_final_accounts_are_told_by_the_committee_s_approval(db: Connection) -> None:
    resolve(db, "1", "FIN", title="关于批准2023年区本级财政决算的决议")
    resolve(db, "2", "FIN", title="关于批准预算的决议")
    resolve(db, "3", "FIN", title="关于决算和预算的决议", organ="CONG")
    assert figure(db, "D01.acc") == 1


def test_a_report_is_on_time_until_its_day_and_owed_from_the_day_after(db: Connection) -> None:
    resolve(db, "on the day", report_due_on=date(2024, 11, 10), reported_on=date(2024, 11, 10))
    resolve(db, "a day late", report_due_on=date(2024, 11, 10), reported_on=date(2024, 11, 11))
    resolve(db, "never", report_due_on=date(2024, 11, 10))
    resolve(db, "no report asked for")
    resolve(db, "next year", report_due_on=date(2025, 11, 10))
    assert (figure(db, "D02", part="k"), figure(db, "D02", part="n")) == (1, 3)
    assert (figure(db, "D02a"), figure(db, "D02b")) == (1, 2)
    on_its_day = context(as_of=date(2024, 11, 10))
    assert (figure(db, "D02", on_its_day, "n"), figure(db, "D02a", on_its_day)) == (1, 0)


def test_same_dates_do_not_know_of_a_report_given_later(db: Connection) -> None:
    resolve(db, "1", report_due_on=date(2024, 6, 1), reported_on=date(2024, 9, 1))
    by_june = measure(db, [METRICS["D02a"]], context(), ("year",), same_dates=True)
    assert list(by_june["D02a"]) == [1]
    assert figure(db, "D02a") == 0


def test_what_is_owed_stays_until_reported_whatever_its_year(db: Connection) -> None:
    resolve(db, "old", adopted_on=date(2022, 3, 1), report_due_on=date(2023, 3, 1))
    assert figure(db, "D02a") == 1
    listing = records(db, METRICS["D02a"], context())
    assert list(listing.rows["title"]) == ["决议old"]
    assert listing.rows.loc[0, "days_late"] == (date(2024, 12, 31) - date(2023, 3, 1)).days


def test_only_standing_committee_meetings_count_as_such(db: Connection) -> None:
    meet(db, date(2024, 2, 20), date(2024, 4, 20))
    meet(db, date(2024, 3, 1), kind="CHM")
    meet(db, date(2024, 3, 2), kind="PLG")
    meet(db, date(2024, 1, 15), kind="CONG")
    meet(db, date(2024, 2, 1), kind="TWN", region_code=RIVER)
    assert [figure(db, key) for key in ("M01", "M02", "M01.cong", "M01.town")] == [2, 1, 1, 1]
    assert figure(db, "M01.town", context(townships=(RIVER,))) == 1
    assert figure(db, "M01", context(townships=(RIVER,))) == 0


def test_attendance_is_of_all_members_over_all_meetings(db: Connection) -> None:
    meet(db, date(2024, 2, 20), members=30, attended=27)
    meet(db, date(2024, 4, 20), members=30, attended=24)
    meet(db, date(2024, 6, 20), members=30)
    meet(db, date(2024, 7, 20), kind="CHM", members=6, attended=1)
    assert (figure(db, "M03", part="k"), figure(db, "M03", part="n")) == (51, 60)
    assert figure(db, "M03") == 0.85


def test_two_months_without_a_meeting_are_a_gap_and_one_is_none(db: Connection) -> None:
    # Every second month is as the law asks, whatever the day; March and April without one are not.
    meet(db, date(2023, 12, 1), date(2024, 2, 29), date(2024, 5, 1), date(2024, 7, 31), date(2024, 9, 1))
    meet(db, date(2024, 10, 8), date(2024, 12, 20))
    assert figure(db, "M01.gap") == 1
    assert list(records(db, METRICS["M01.gap"], context()).rows["month"]) == [4]


def test_three_empty_months_are_two_month_ends_without_a_meeting(db: Connection) -> None:
    meet(db, date(2024, 1, 10), date(2024, 5, 10), *(date(2024, month, 10) for month in (7, 9, 11)))
    assert figure(db, "M01.gap") == 2


def test_december_is_a_month_like_any_other(db: Connection) -> None:
    meet(db, *(date(2024, month, 10) for month in (1, 3, 5, 7, 9, 10)))
    assert list(records(db, METRICS["M01.gap"], context()).rows["month"]) == [12]


def test_a_month_that_has_not_ended_is_no_gap_yet(db: Connection) -> None:
    meet(db, date(2024, 1, 10))
    assert figure(db, "M01.gap", context(as_of=date(2024, 3, 30))) == 0
    assert figure(db, "M01.gap", context(as_of=date(2024, 3, 31))) == 0  # the day itself may still see one
    assert figure(db, "M01.gap", context(as_of=date(2024, 4, 1))) == 1


def test_years_without_any_meeting_on_record_are_no_gaps(db: Connection) -> None:
    meet(db, date(2024, 6, 10))
    assert figure(db, "M01.gap", context(years=(2020, 2023))) == 0
    assert figure(db, "M01.gap", context(as_of=date(2025, 12, 31), years=(2026, 2026))) == 0


def test_a_resolution_s_history_runs_from_adoption_to_the_report(db: Connection) -> None:
    meet(db, date(2024, 5, 10), term_no=5, session_no=18)
    resolve(db, "1", meeting_id="SC2024-05-10", report_due_on=date(2025, 5, 10), reported_on=date(2025, 5, 22))
    told = history(db, "resolution", "1", context())
    assert [event.zh for event in told["event"]] == ["表决通过", "应报告执行情况", "报告执行情况"]
    assert [detail.zh for detail in told["detail"]] == ["第5届常委会会议第18次", "", "逾期12天"]
    early = history(db, "resolution", "1", context(as_of=date(2025, 1, 1)))
    assert list(early["is_future"]) == [False, True]
    assert history(db, "resolution", "1", context(scope=("990103",))).empty
    assert facts(db, "resolution", "1", context()).rows.loc[0, "title"] == "决议1"


def test_a_meeting_s_history_names_what_it_adopted(db: Connection) -> None:
    meet(db, date(2024, 5, 10), members=30, attended=28, ended_on=date(2024, 5, 11))
    resolve(db, "1", meeting_id="SC2024-05-10", adopted_on=date(2024, 5, 11))
    told = history(db, "meeting", "SC2024-05-10", context())
    assert [event.zh for event in told["event"]] == ["举行", "出席", "通过决议决定", "闭会"]
    assert [detail.zh for detail in told["detail"]] == ["常委会会议", "应到30人，实到28人", "决议1", ""]
    assert history(db, "meeting", "SC2024-05-10", context(as_of=date(2024, 5, 1))).empty


SAMPLE = Context(Scope((DISTRICT,)), Filters((2021, 2026)), date(2026, 11, 20), Rules(region_code=DISTRICT))


@pytest.mark.parametrize("same_dates", [False, True])
def test_every_metric_agrees_with_pandas_by_year_on_the_sample(sample: Engine, same_dates: bool) -> None:
    frames = oracle.read(sample)
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["decisions"], SAMPLE, ("year",), same_dates=same_dates)
    assert_agree(answer, SAMPLE, oracle.FIGURES, frames, same_dates=same_dates)
    assert set(oracle.FIGURES) == {metric.key for metric in SUBJECTS["decisions"]}


def test_the_listing_behind_each_figure_is_as_long_as_the_figure_says(sample: Engine) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["decisions"], SAMPLE).iloc[0]
        for metric in SUBJECTS["decisions"]:
            if metric.key not in ("M03",):  # its base are members, its records are meetings
                expected = answer[f"{metric.key}.n" if metric.is_share else metric.key]
                assert records(connection, metric, SAMPLE).total == expected, metric.key
