"""Party leadership and key work, each figure worked out by hand on a few rows, then compared with plain pandas."""

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
from tests.data_access import oracle_leadership as oracle
from tests.data_access.agreement import assert_agree
from tests.data_access.factories import DISTRICT, HILL, MARKET, RIVER, add, context, empty_database, figure

SAMPLE = Context(Scope((DISTRICT,)), Filters((2021, 2026)), date(2026, 11, 20), Rules(region_code=DISTRICT))


@pytest.fixture
def db() -> Iterator[Connection]:
    with empty_database() as connection:
        yield connection


def act(connection: Connection, kind: str, held_on: date = date(2024, 5, 10), **values: Any) -> str:
    """One act of the Party committee of the district."""
    return add(connection, "party_support", kind=kind, held_on=held_on, region_code=DISTRICT, **values)


def work(connection: Connection, id: str, kind: str = "TASK", leader: str = "甲", **values: Any) -> str:
    """Key work of the district, begun in 2022 and under way."""
    usual = {"title": id, "start_on": date(2022, 3, 1), "status": "GOING", "region_code": DISTRICT}
    return add(connection, "leader_task", id=id, kind=kind, leader=leader, **(usual | values))


def test_each_kind_of_support_is_counted_by_itself(db: Connection) -> None:
    for kind in (
        "HEAR",
        "HEAR",
        "VISIT",
        "TALK",
        "TALK",
        "SIT",
        "FWD",
        "ISSUE",
        "RULE",
        "RULE",
        "SITE",
        "CONF",
        "AWARD",
    ):
        act(db, kind)
    act(db, "HEAR", date(2023, 12, 31))
    keys = ("B01", "B02", "B02.visit", "B02.talk", "B03", "B04", "B04.site", "B05")
    assert [figure(db, key) for key in keys] == [2, 3, 1, 2, 1, 3, 1, 1]


def test_days_run_from_submission_to_forwarding(db: Connection) -> None:
    for days in (2, 4, 15):
        act(db, "FWD", date(2024, 5, 20), submitted_on=date(2024, 5, 20 - days))
    act(db, "FWD")  # submitted on a day nobody wrote down
    act(db, "ISSUE", date(2024, 5, 20), submitted_on=date(2024, 1, 1))
    assert (figure(db, "B03"), figure(db, "B03d"), figure(db, "B03d", part="n")) == (4, 4, 3)
    assert figure(db, "B03x") == 15


def test_a_campaign_counts_its_events_not_the_deputies_present(db: Connection) -> None:
    event = add(db, "deputy_activity", id="E", kind="CAM", held_on=date(2024, 5, 8), headcount=2, campaign="代表在行动")
    for number in (1, 2):
        deputy = add(db, "deputy", id=f"D{number}")
        add(db, "deputy_activity", kind="CAM", held_on=date(2024, 5, 8), event_id=event, deputy_id=deputy)
    add(db, "deputy_activity", kind="GRP", held_on=date(2024, 5, 8), headcount=5)
    assert figure(db, "B04.cam") == 1


def test_key_work_is_counted_by_kind_leaders_and_townships_once(db: Connection) -> None:
    work(db, "1")
    work(db, "2", "PROJECT")
    work(db, "3", "PROJECT", "乙")
    work(db, "4", "TOWN", "乙", region_code=RIVER)
    work(db, "5", "TOWN", "丙", region_code=RIVER)
    work(db, "6", "SPECIAL", "丙")
    work(db, "over", "TOWN", "丙", region_code=HILL, status="DONE")
    work(db, "7", "TASK", "丁", status="STOPPED")
    work(db, "8", "TASK", "丁", start_on=date(2025, 1, 1))  # not begun by the end of 2024
    keys = ("B06.leaders", "B06.task", "B06.project", "B06.town", "B06.special")
    assert [figure(db, key) for key in keys] == [3, 1, 2, 1, 1]


def test_work_done_before_the_period_is_no_longer_linked_what_is_late_still_is(db: Connection) -> None:
    work(db, "done in 2023", status="DONE", due_on=date(2023, 6, 30))
    work(db, "done in 2024", status="DONE", due_on=date(2024, 6, 30))
    work(db, "late since 2023", due_on=date(2023, 6, 30))
    work(db, "due next year", due_on=date(2025, 6, 30))
    work(db, "without a day")
    assert figure(db, "B06.task") == 4
    assert (figure(db, "B06.done", part="k"), figure(db, "B06.done", part="n")) == (1, 2)
    assert figure(db, "B06.task", context(years=(2023, 2024))) == 5


def test_a_township_is_linked_while_its_link_stands(db: Connection) -> None:
    for code, kind in ((RIVER, "TOWN"), (HILL, "TOWN"), (MARKET, "STREET")):
        add(db, "region", region_code=code, name=code, level="TOWNSHIP", kind=kind)
    work(db, "1", "TOWN", "甲", region_code=RIVER)
    work(db, "2", "TOWN", "乙", region_code=RIVER)
    work(db, "3", "TOWN", "乙", region_code=HILL, status="DONE")
    work(db, "4", "PROJECT", "乙", region_code=MARKET)
    assert (figure(db, "B06.linked", part="k"), figure(db, "B06.linked", part="n")) == (1, 3)
    found = records(db, METRICS["B06.linked"], context()).rows
    assert dict(zip(found["record"], found["leaders"], strict=True)) == {MARKET: 0, HILL: 0, RIVER: 2}
    assert figure(db, "B06.linked", context(townships=(HILL,)), "n") == 1


def test_an_act_is_told_from_submission_to_forwarding(db: Connection) -> None:
    act(db, "FWD", date(2024, 5, 20), id="a", title="批转某方案", submitted_on=date(2024, 5, 12))
    told = history(db, "party_support", "a", context())
    assert [event.zh for event in told["event"]] == ["人大报送", "批转人大文件"]
    assert told["detail"].iloc[0].zh == "8天后办理"
    assert history(db, "party_support", "a", context(as_of=date(2024, 5, 19))).empty
    assert history(db, "party_support", "a", context(scope=("990103",))).empty


def test_key_work_is_told_with_its_plan_and_present_state(db: Connection) -> None:
    work(db, "a", due_on=date(2026, 1, 1), progress_pct=40)
    told = history(db, "leader_task", "a", context())
    assert [event.zh for event in told["event"]] == ["开始联系", "计划完成", "目前推进中"]
    assert told["is_future"].to_list() == [False, True, False]
    assert told["detail"].iloc[-1].zh == "进度40%"
    assert facts(db, "leader_task", "a", context()).rows["progress_pct"].to_list() == [40]


@pytest.mark.parametrize("same_dates", [False, True])
def test_every_metric_agrees_with_pandas_by_year_on_the_sample(sample: Engine, same_dates: bool) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["leadership"], SAMPLE, ("year",), same_dates=same_dates)
    assert_agree(answer, SAMPLE, oracle.FIGURES, oracle.read(sample), same_dates=same_dates)
    assert set(oracle.FIGURES) == {metric.key for metric in SUBJECTS["leadership"]}


def test_the_listing_behind_each_figure_is_as_long_as_the_figure_says(sample: Engine) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["leadership"], SAMPLE).iloc[0]
        for key in ("B01", "B02", "B03", "B04", "B04.site", "B04.cam", "B05", "B06.task", "B06.project", "B06.special"):
            assert records(connection, METRICS[key], SAMPLE).total == answer[key], key
        for key in ("B03d", "B06.done", "B06.linked"):
            assert records(connection, METRICS[key], SAMPLE).total == answer[f"{key}.n"], key


def test_the_sample_names_the_rules_of_the_congress_and_its_campaigns(sample: Engine) -> None:
    with sample.connect() as connection:
        issued = " ".join(records(connection, METRICS["B04"], SAMPLE).rows["title"])
        held = set(records(connection, METRICS["B04.cam"], SAMPLE, limit=500).rows["campaign"])
        sites = records(connection, METRICS["B04.site"], SAMPLE).rows
    for words in (
        "国有资产管理情况",
        "述职评议办法",
        "代表向选民述职暂行办法",
        "街道工作委员会工作暂行办法",
        "联系重点工作办法",
    ):
        assert words in issued
    assert {"乡村振兴，代表在行动", "高质量发展，代表在行动"} <= held
    assert [day.year for day in sites["held_on"]] == [2023]
