"""Capacity, each figure worked out by hand on a few rows, then compared with plain pandas on the sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from data_access.context import Context, Filters, Rules, Scope
from data_access.lists import facts, history
from data_access.lists.capacity import framework
from data_access.lists.listing import records
from data_access.measure import measure
from data_access.metrics import METRICS, SUBJECTS
from tests.data_access import oracle_capacity as oracle
from tests.data_access.agreement import assert_agree
from tests.data_access.factories import DISTRICT, HILL, MARKET, RIVER, add, context, empty_database, figure

SINCE = Rules(region_code=DISTRICT, since_cadre=date(2023, 1, 1))
SAMPLE = Context(Scope((DISTRICT,)), Filters((2021, 2026)), date(2026, 11, 20), SINCE)


@pytest.fixture
def db() -> Iterator[Connection]:
    with empty_database() as connection:
        yield connection


def vote(connection: Connection, code: str = RIVER, level: str = "COUNTY", **values: Any) -> str:
    """The election of November 2021 in one place: 20 elected, 800 of 1,000 voted, 9 of 10 constituencies at once."""
    usual = {"term_no": 5, "held_on": date(2021, 11, 18), "elected": 20, "voters": 1000, "voted": 800}
    rounds = {"constituencies": 10, "one_round": 9}
    return add(connection, "election", region_code=code, level=level, **(usual | rounds | values))


def change(connection: Connection, kind: str, person: str, effective_on: date = date(2024, 5, 1)) -> None:
    add(connection, "cadre_change", kind=kind, person_key=person, effective_on=effective_on, region_code=DISTRICT)


def body(connection: Connection, kind: str, region: str = DISTRICT, **values: Any) -> str:
    usual = {"system": "PC", "kind": kind, "region_code": region, "posts": 4, "staff": 3}
    return add(connection, "org_unit", **(usual | values))


def test_deputies_of_each_level_come_from_the_latest_general_election(db: Connection) -> None:
    vote(db)
    vote(db, HILL, elected=15)
    vote(db, RIVER, "TOWNSHIP", elected=60)
    vote(db, RIVER, term_no=4, held_on=date(2016, 11, 16), elected=99)
    vote(db, RIVER, term_no=6, held_on=date(2026, 11, 12), elected=77)  # after the last day asked for
    assert (figure(db, "E01.d"), figure(db, "E01.t")) == (35, 60)
    assert figure(db, "E01.d", context(as_of=date(2020, 6, 30), years=(2020, 2020))) == 99


def test_turnout_and_first_rounds_keep_the_two_levels_apart(db: Connection) -> None:
    vote(db)
    vote(db, HILL, voters=500, voted=450, constituencies=5, one_round=5)
    vote(db, RIVER, "TOWNSHIP", voters=900, voted=900, constituencies=30, one_round=30)
    vote(db, MARKET, voters=None, voted=None, constituencies=None, one_round=None)  # nobody wrote it down
    assert (figure(db, "E02", part="k"), figure(db, "E02", part="n")) == (1250, 1500)
    assert (figure(db, "E03", part="k"), figure(db, "E03", part="n")) == (14, 15)
    assert (figure(db, "E02.t"), figure(db, "E03.t", part="n")) == (1, 30)


def test_cadres_are_counted_since_the_day_of_the_local_rule(db: Connection) -> None:
    change(db, "PROMOTE", "甲", date(2022, 12, 31))  # the day before
    change(db, "PROMOTE", "乙", date(2023, 1, 1))
    change(db, "TRANSFER", "乙")  # the same person again
    change(db, "TRANSFER", "丙")
    change(db, "RANK", "乙")  # one person may be in both figures
    change(db, "RETIRE", "丁")
    asked = context(rules=SINCE)
    assert (figure(db, "B07", asked), figure(db, "B08", asked)) == (2, 1)
    assert figure(db, "B07", context(rules=SINCE, years=(2021, 2023))) == 1
    by_year = measure(db, [METRICS["B07"]], context(rules=SINCE, years=(2022, 2024)), ["year"])
    assert by_year["B07"].to_list() == [0, 1, 2]  # so far at the end of each year
    assert records(db, METRICS["B07"], asked).total == 3


def test_without_such_a_rule_cadres_are_those_of_the_years_asked_for(db: Connection) -> None:
    change(db, "PROMOTE", "甲", date(2022, 6, 1))
    change(db, "PROMOTE", "乙", date(2024, 6, 1))
    assert figure(db, "B07") == 1
    assert figure(db, "B07", context(years=(2022, 2024))) == 2


def test_bodies_are_those_that_stand_on_the_day(db: Connection) -> None:
    body(db, "COM", posts=5)
    body(db, "COM", set_up_on=date(2025, 1, 1))
    body(db, "OFF", closed_on=date(2024, 6, 30))
    body(db, "OFF", staff=None)
    body(db, "CEN")
    body(db, "STR", MARKET)
    body(db, "HDL", system="GOV")
    keys = ("B12", "B12.committee", "B12.office", "B12.centre", "B09", "B09.posts")
    assert [figure(db, key) for key in keys] == [3, 1, 1, 1, 6, 13]


def test_bodies_are_named_as_they_are_spoken_of() -> None:
    assert framework(7, 2, 1).zh == "七委两室一中心"
    assert framework(12, 1, 0) == ("十二委一室", "12 committees, 1 office")
    assert framework(20, 0, 2).zh == "二十委两中心"
    assert framework(0, 0, 0) == ("", "")


def test_streets_have_committees_and_townships_vice_chairs(db: Connection) -> None:
    other = "990102002"
    for code, kind in ((RIVER, "TOWN"), (HILL, "XIANG"), ("990102103", "TOWN"), (MARKET, "STREET"), (other, "STREET")):
        add(db, "region", region_code=code, name=code, level="TOWNSHIP", kind=kind)
    body(db, "STR", MARKET, vice_chair=False)
    body(db, "TWP", RIVER, vice_chair=True)
    body(db, "TWP", HILL, vice_chair=False)
    body(db, "TWP", "990102103", vice_chair=None)  # not on record: in neither part
    assert (figure(db, "B10", part="k"), figure(db, "B10", part="n")) == (1, 2)
    assert (figure(db, "B11", part="k"), figure(db, "B11", part="n")) == (1, 2)
    found = records(db, METRICS["B11"], context()).rows
    assert dict(zip(found["record"], found["post_state"], strict=True)) == {HILL: "UNFILLED", RIVER: "FILLED"}


def test_funds_follow_the_fiscal_year_and_budget_is_not_spending(db: Connection) -> None:
    for kind, budget, spent in (("MEETING", 100.0, 90.5), ("TRAIN", 20.5, None), ("OTH", None, 3.0)):
        add(db, "budget_item", fiscal_year=2024, kind=kind, budget=budget, executed=spent, region_code=DISTRICT)
    add(db, "budget_item", fiscal_year=2023, kind="MEETING", budget=80.0, executed=80.0, region_code=DISTRICT)
    assert (figure(db, "B13"), figure(db, "B13.spent")) == (120.5, 93.5)
    assert (figure(db, "B13.rate", part="k"), figure(db, "B13.rate", part="n")) == (90.5, 100)


def test_an_election_and_a_body_are_told_as_records(db: Connection) -> None:
    vote(db, id="E", candidates=28, quota=21)
    told = history(db, "election", "E", context())
    assert [words.zh for words in told["detail"]] == [
        "28人（名额21）",
        "800人（登记选民1000）",
        "第5届县级人大代表20名",
    ]
    assert history(db, "election", "E", context(as_of=date(2021, 11, 17))).empty
    body(db, "COM", id="B", name="财经委", set_up_on=date(2016, 12, 23))
    assert [event.zh for event in history(db, "congress_body", "B", context())["event"]] == ["设立", "目前人员"]
    assert facts(db, "congress_body", "B", context()).rows["staff"].to_list() == [3]
    assert history(db, "congress_body", "B", context(scope=("990103",))).empty


@pytest.mark.parametrize("same_dates", [False, True])
def test_every_metric_agrees_with_pandas_by_year_on_the_sample(sample: Engine, same_dates: bool) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["capacity"], SAMPLE, ("year",), same_dates=same_dates)
    assert_agree(answer, SAMPLE, oracle.FIGURES, oracle.read(sample), same_dates=same_dates)
    assert set(oracle.FIGURES) == {metric.key for metric in SUBJECTS["capacity"]}


def test_the_listing_behind_each_figure_is_as_long_as_the_figure_says(sample: Engine) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["capacity"], SAMPLE).iloc[0]
        for key in ("B12", "B12.committee", "B12.office", "B12.centre"):
            assert records(connection, METRICS[key], SAMPLE).total == answer[key], key
        for key in ("B10", "B11"):
            assert records(connection, METRICS[key], SAMPLE).total == answer[f"{key}.n"], key
        for key in ("B07", "B08"):
            assert records(connection, METRICS[key], SAMPLE).rows["person_key"].nunique() == answer[key], key
