"""Station metrics, each worked out by hand on a few rows, then compared with plain pandas on the sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from data_access.context import Context, Filters, Rules, Scope
from data_access.lists import history
from data_access.lists import stations as lists
from data_access.lists.listing import records
from data_access.measure import measure
from data_access.metrics import METRICS, SUBJECTS
from tests.data_access import oracle_stations as oracle
from tests.data_access.agreement import assert_agree
from tests.data_access.factories import DISTRICT, HILL, MARKET, RIVER, add, context, empty_database, figure

FUNNEL = ("LF.exists", "LF.assigned", "LF.active", "LF.effective")


@pytest.fixture
def db() -> Iterator[Connection]:
    with empty_database() as connection:
        add(connection, "region", region_code=RIVER, name="河镇", level="TOWNSHIP", population=9000, village_count=10)
        add(connection, "region", region_code=HILL, name="山镇", level="TOWNSHIP", population=5000, village_count=6)
        add(
            connection, "region", region_code=MARKET, name="市街道", level="TOWNSHIP", population=30000, village_count=4
        )
        yield connection


def site(connection: Connection, id: str, level: str = "ST", region: str = RIVER, **values: Any) -> str:
    """A station that has been open since 2020."""
    usual = {"name": id, "established_on": date(2020, 3, 1)}
    return add(connection, "station", id=id, level=level, region_code=region, **(usual | values))


def deputy(connection: Connection, id: str, station: str | None = None, **values: Any) -> str:
    """A deputy serving since 2021."""
    usual = {"name": id, "level": "COUNTY", "start_on": date(2021, 12, 20)}
    return add(connection, "deputy", id=id, station_id=station, **(usual | values))


def reception(connection: Connection, id: str, station: str, **values: Any) -> str:
    """An event of May 2024 at a station."""
    usual = {"kind": "STN", "held_on": date(2024, 5, 10), "headcount": 3}
    return add(connection, "deputy_activity", id=id, station_id=station, **(usual | values))


def test_stations_rooms_and_points_are_three_numbers(db: Connection) -> None:
    for id, level in [("a", "ST"), ("b", "ST"), ("c", "RM"), ("d", "PT"), ("e", "PT"), ("f", "PT")]:
        site(db, id, level)
    assert [figure(db, key) for key in ("L01.ST", "L01.RM", "L01.PT")] == [2, 1, 3]
    assert "L01" not in METRICS


def test_a_site_counts_from_the_day_it_opens_and_no_longer_on_the_day_it_closes(db: Connection) -> None:
    site(db, "opens on the last day", established_on=date(2024, 12, 31))
    site(db, "opens a day later", established_on=date(2025, 1, 1))
    site(db, "closes on the last day", closed_on=date(2024, 12, 31))
    site(db, "closes a day later", closed_on=date(2025, 1, 1))
    assert figure(db, "L01.ST") == 2


def test_a_stock_over_several_years_is_that_of_the_last_day_never_a_sum(db: Connection) -> None:
    site(db, "old")
    site(db, "new", established_on=date(2023, 5, 1))
    asked = context(years=(2022, 2024))
    assert figure(db, "L01.ST", asked) == 2
    assert list(measure(db, [METRICS["L01.ST"]], asked, ("year",))["L01.ST"]) == [1, 2, 2]


def test_sites_without_coordinates_are_counted(db: Connection) -> None:
    site(db, "located", lon=110.0, lat=33.0)
    site(db, "unlocated", "PT")
    assert figure(db, "L01.u") == 1


def test_a_township_with_rooms_and_points_only_has_no_station(db: Connection) -> None:
    site(db, "a", region=RIVER)
    site(db, "b", "RM", HILL)
    site(db, "c", "PT", HILL)
    site(db, "closed", region=MARKET, closed_on=date(2023, 1, 1))
    assert (figure(db, "L02", part="k"), figure(db, "L02", part="n"), figure(db, "L02a")) == (1, 3, 2)
    table = lists.townships(db, context()).set_index("region_code")
    assert table["gap"].to_dict() == {MARKET: "NOTHING", RIVER: "NONE", HILL: "NO_STATION"}
    assert figure(db, "L02", context(townships=(RIVER, HILL)), part="n") == 2


def test_villages_served_never_exceed_a_township_s_own(db: Connection) -> None:
    site(db, "a", served_villages=7)
    site(db, "b", "RM", served_villages=5)  # twelve claimed, ten there are
    site(db, "c", "RM", HILL, served_villages=2)
    site(db, "d", "PT", MARKET, served_villages=None)
    assert (figure(db, "L03", part="k"), figure(db, "L03", part="n")) == (12, 20)


def test_deputies_of_a_closed_site_are_not_assigned(db: Connection) -> None:
    site(db, "open")
    site(db, "closed", closed_on=date(2024, 6, 1))
    deputy(db, "1", "open")
    deputy(db, "2", "closed")
    deputy(db, "3")
    deputy(db, "4", "open", level="TOWNSHIP")
    deputy(db, "left", "open", end_on=date(2024, 12, 30))
    deputy(db, "last day", "open", end_on=date(2024, 12, 31))
    assert (figure(db, "L04", part="k"), figure(db, "L04", part="n")) == (3, 5)
    by_level = measure(db, [METRICS["L04"]], context(), ("level",)).set_index("level")
    assert by_level["L04.n"].to_dict() == {"COUNTY": 4, "TOWNSHIP": 1}


def test_attended_asks_for_a_record_of_the_deputy_in_the_period(db: Connection) -> None:
    site(db, "a")
    for id in ("came", "came last year", "never came", "visited voters"):
        deputy(db, id, "a")
    event = reception(db, "event", "a")
    reception(db, "1", "a", event_id=event, deputy_id="came", headcount=None)
    reception(db, "2", "a", deputy_id="came last year", held_on=date(2023, 12, 31))
    reception(db, "3", "a", deputy_id="visited voters", kind="VIS")
    assert (figure(db, "L05", part="k"), figure(db, "L05", part="n")) == (1, 4)
    assert figure(db, "L05", context(years=(2023, 2024)), part="k") == 2


def test_events_are_counted_once_however_many_deputies_came(db: Connection) -> None:
    site(db, "a")
    deputy(db, "1", "a")
    event = reception(db, "event", "a", people_met=12, opinions=4, resolved=3, to_proposal=1)
    reception(db, "attendance", "a", event_id=event, deputy_id="1", headcount=None)
    reception(db, "another", "a", people_met=8, opinions=None)
    reception(db, "training", "a", kind="TRN", people_met=50)
    assert [figure(db, key) for key in ("L06", "L07", "L08", "L08b")] == [2, 20, 4, 1]
    assert figure(db, "L08a") == 0.75


def test_opinions_resolved_are_a_share_of_nothing_when_none_was_collected(db: Connection) -> None:
    site(db, "a")
    reception(db, "event", "a", opinions=0, resolved=0)
    assert figure(db, "L08a") != figure(db, "L08a")


def test_deputies_per_station_is_a_median_that_counts_empty_stations(db: Connection) -> None:
    for id in ("three", "one", "empty"):
        site(db, id)
    site(db, "room", "RM")
    for number, home in enumerate(["three", "three", "three", "one", "room", "room"]):
        deputy(db, str(number), home)
    assert (figure(db, "L09"), figure(db, "L09", part="n")) == (1, 3)


def test_people_per_station_leave_out_townships_without_one(db: Connection) -> None:
    site(db, "a", region=RIVER)
    site(db, "b", region=RIVER)
    site(db, "c", region=HILL)
    site(db, "d", "RM", MARKET)
    # 9,000 ÷ 2 = 4,500 and 5,000 ÷ 1 = 5,000; the median of two lies between.
    assert (figure(db, "L09p"), figure(db, "L09p", part="n")) == (4750, 2)


def test_each_stage_of_a_site_asks_for_the_stages_before(db: Connection) -> None:
    for id in ("empty", "idle", "active", "effective", "events without deputies"):
        site(db, id)
    for id in ("idle", "active"):
        deputy(db, id, id)
    deputy(db, "on the last day as deputy", "effective", end_on=date(2024, 12, 31))
    reception(db, "1", "active", opinions=3, resolved=0)
    reception(db, "2", "effective", opinions=3, resolved=1)
    reception(db, "3", "events without deputies", opinions=3, resolved=3)
    reception(db, "4", "idle", held_on=date(2023, 12, 31))
    assert [figure(db, key) for key in FUNNEL] == [5, 3, 2, 1]
    stages = lists.sites(db, context()).set_index("id")["stage"]
    assert stages.to_dict() == {
        "empty": "EXISTS",
        "events without deputies": "EXISTS",
        "idle": "ASSIGNED",
        "active": "ACTIVE",
        "effective": "EFFECTIVE",
    }
    by_stage = measure(db, [METRICS["LF.exists"]], context(), ("site_stage",)).set_index("site_stage")["LF.exists"]
    assert by_stage.to_dict() == {"ACTIVE": 1, "ASSIGNED": 1, "EFFECTIVE": 1, "EXISTS": 2}


def test_sites_tell_what_happened_in_the_period_and_those_in_scope_ignore_townships(db: Connection) -> None:
    site(db, "a", region=RIVER)
    site(db, "b", region=HILL)
    deputy(db, "1", "a")
    reception(db, "1", "a", people_met=5, opinions=2, resolved=1)
    asked = context(townships=(RIVER,))
    table = lists.sites(db, asked)
    assert list(table["id"]) == ["a"]
    assert table.loc[0, ["deputies", "events", "people_met", "opinions", "resolved"]].tolist() == [1, 1, 5, 2, 1]
    assert list(lists.sites_in_scope(db, asked)["id"]) == ["a", "b"]


def test_the_sites_least_used_stand_first(db: Connection) -> None:
    for id in ("busy", "idle"):
        site(db, id)
    reception(db, "1", "busy")
    assert list(lists.idle(db, context()).rows["record"]) == ["idle", "busy"]


def test_the_history_of_a_site_runs_from_its_opening_year_by_year(db: Connection) -> None:
    site(db, "a", closed_on=date(2025, 5, 1))
    deputy(db, "1", "a")
    reception(db, "1", "a", held_on=date(2023, 5, 1), people_met=5, opinions=2, resolved=2)
    reception(db, "2", "a", held_on=date(2023, 9, 1), people_met=7, opinions=1, resolved=0, to_proposal=1)
    reception(db, "3", "a")
    told = history(db, "station", "a", context())
    assert [event.zh for event in told["event"]] == ["建成启用", "2023年活动", "2024年活动", "撤销"]
    assert told["detail"].iloc[1].zh == "进站活动2场，接待群众12人次，收集意见3条、办结2条，转代表建议1件"
    assert told["detail"].iloc[0].zh == "联络站，现编入代表1人"
    assert len(history(db, "station", "a", context(as_of=date(2024, 1, 1)))) == 2
    assert history(db, "station", "a", context(scope=(HILL,))).empty


def test_nothing_on_record_gives_counts_of_zero_and_missing_shares(db: Connection) -> None:
    answer = measure(db, SUBJECTS["stations"], context()).iloc[0]
    assert answer["L02"] == 0  # three townships, no station
    assert [answer[key] for key in ("L01.ST", "L06", "L07", "LF.exists")] == [0, 0, 0, 0]
    assert answer[["L04", "L05", "L08a", "L09", "L09p"]].isna().all()


@pytest.fixture(scope="module")
def frames(sample: Engine) -> oracle.Frames:
    return oracle.read(sample)


SAMPLE = Context(Scope((DISTRICT,)), Filters((2021, 2026)), date(2026, 11, 20), Rules(region_code=DISTRICT))


@pytest.mark.parametrize("same_dates", [False, True])
def test_every_metric_agrees_with_pandas_by_year_on_the_sample(
    sample: Engine, frames: oracle.Frames, same_dates: bool
) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["stations"], SAMPLE, ("year",), same_dates=same_dates)
    assert_agree(answer, SAMPLE, oracle.FIGURES, frames, same_dates=same_dates)
    assert set(oracle.FIGURES) == {metric.key for metric in SUBJECTS["stations"]}


def test_figures_by_township_agree_with_pandas_on_the_sample(sample: Engine, frames: oracle.Frames) -> None:
    start, end = date(2021, 1, 1), date(2026, 11, 20)
    with sample.connect() as connection:
        keys = ("L01.ST", "L01.RM", "L01.PT")
        sites = measure(connection, [METRICS[key] for key in keys], SAMPLE, ("township",)).set_index("township")
        events = measure(connection, [METRICS["L06"], METRICS["L07"]], SAMPLE, ("township",)).set_index("township")
        assigned = measure(connection, [METRICS["L04"]], SAMPLE, ("township",)).set_index("township")
    counted = oracle.standing(frames, end).groupby(["region_code", "level"]).size().unstack(fill_value=0)
    for code in ("ST", "RM", "PT"):
        assert sites[f"L01.{code}"].to_dict() == counted[code].to_dict()
    held = oracle.receptions(frames, start, end).groupby("region_code").agg(n=("id", "size"), met=("people_met", "sum"))
    assert events["L06"].to_dict() == held["n"].to_dict()
    assert events["L07"].to_dict() == held["met"].to_dict()
    assert assigned["L04.n"].to_dict() == oracle.serving(frames, end)["region_code"].value_counts().to_dict()


def test_the_funnel_by_level_adds_up_to_the_sites_in_use(sample: Engine) -> None:
    with sample.connect() as connection:
        table = measure(connection, [METRICS[key] for key in FUNNEL], SAMPLE, ("station_level",))
        answer = measure(connection, SUBJECTS["stations"], SAMPLE).iloc[0]
    assert (table[list(FUNNEL)].diff(axis=1).iloc[:, 1:] <= 0).all(axis=None)
    by_level = table.set_index("station_level")["LF.exists"]
    assert [by_level[code] for code in ("ST", "RM", "PT")] == [answer[f"L01.{code}"] for code in ("ST", "RM", "PT")]


def test_the_listing_behind_each_figure_is_as_long_as_the_figure_says(sample: Engine) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["stations"], SAMPLE).iloc[0]
        for key in ("L01.ST", "L01.RM", "L01.PT", "L02a", "L06", *FUNNEL):
            assert records(connection, METRICS[key], SAMPLE).total == answer[key], key
        for key in ("L02", "L04", "L05"):
            assert records(connection, METRICS[key], SAMPLE).total == answer[f"{key}.n"], key
