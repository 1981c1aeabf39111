"""Metrics of deputies, each worked out by hand on a few rows, then compared with plain pandas on the sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine

from data_access.context import Context, Filters, Rules, Scope
from data_access.lists import facts, history
from data_access.lists.listing import records
from data_access.measure import measure
from data_access.metrics import METRICS, SUBJECTS
from data_access.rows import ROWS
from tests.data_access import oracle_deputies as oracle
from tests.data_access.agreement import assert_agree
from tests.data_access.factories import DISTRICT, HILL, MARKET, RIVER, add, context, empty_database, figure

TERM = date(2021, 12, 28)


@pytest.fixture
def db() -> Iterator[Connection]:
    with empty_database() as connection:
        add(connection, "term", level="COUNTY", region_code=DISTRICT, term_no=5, start_on=TERM, quota=5)
        add(connection, "term", level="TOWNSHIP", region_code=RIVER, term_no=5, start_on=TERM, quota=3)
        add(connection, "term", level="TOWNSHIP", region_code=HILL, term_no=5, start_on=TERM)
        yield connection


def deputy(connection: Connection, id: str, level: str = "COUNTY", **values: Any) -> str:
    """A deputy of the fifth term."""
    usual = {"name": f"姓名{id}", "term_no": 5, "start_on": TERM, "gender": "M"}
    return add(connection, "deputy", id=id, level=level, **(usual | values))


def act(connection: Connection, kind: str, who: str | None, **values: Any) -> str:
    """A deputy's activity of May 2024, or a whole event of three deputies."""
    taken = {"deputy_id": who} if who else {"headcount": 3}
    return add(connection, "deputy_activity", kind=kind, **({"held_on": date(2024, 5, 10)} | taken | values))


def parts(db: Connection, key: str, asked: Context | None = None) -> tuple[int, int]:
    return figure(db, key, asked, "k"), figure(db, key, asked, "n")


# Seats


def test_vacant_seats_are_the_quota_less_those_serving(db: Connection) -> None:
    for number in range(3):
        deputy(db, f"district {number}", region_code=MARKET)
    deputy(db, "resigned", end_on=date(2024, 3, 1), end_reason="RESIGN")
    deputy(db, "of the city", "CITY")
    deputy(db, "township 1", "TOWNSHIP")
    deputy(db, "township 2", "TOWNSHIP")
    deputy(db, "where no quota is known", "TOWNSHIP", region_code=HILL)
    assert [figure(db, f"L15{of}") for of in ("", ".d", ".t")] == [3, 2, 1]
    assert [figure(db, f"L15.quota{of}") for of in ("", ".d", ".t")] == [8, 5, 3]
    assert [figure(db, f"L15.serving{of}") for of in ("", ".d", ".t")] == [6, 3, 3]
    assert figure(db, "L15.all") == 7


def test_more_deputies_than_seats_hide_no_vacancy_elsewhere(db: Connection) -> None:
    for number in range(4):
        deputy(db, f"too many {number}", "TOWNSHIP")
    assert (figure(db, "L15.t"), figure(db, "L15.d")) == (0, 5)


def test_a_stock_over_several_years_is_that_of_the_last_day(db: Connection) -> None:
    deputy(db, "all along")
    deputy(db, "left in 2023", end_on=date(2023, 6, 30))
    assert figure(db, "L15.serving", context(years=(2022, 2024))) == 1
    by_year = measure(db, [METRICS["L15.d"]], context(years=(2022, 2024)), ("year",))
    assert list(by_year["L15.d"]) == [3, 4, 4]


def test_seats_of_the_district_belong_to_no_township(db: Connection) -> None:
    deputy(db, "district")
    asked = context(townships=(RIVER,))
    assert (figure(db, "L15.quota.d", asked), figure(db, "L15.quota.t", asked)) == (0, 3)
    assert figure(db, "L15.serving.d", asked) == 1


# Reports to voters


def test_reporting_counts_persons_over_the_whole_term(db: Connection) -> None:
    for number in range(3):
        deputy(db, f"d{number}")
    deputy(db, "t0", "TOWNSHIP")
    deputy(db, "npc", "NPC")
    act(db, "RPT", "d0", held_on=date(2022, 11, 1))
    act(db, "RPT", "d0")
    act(db, "RPT", "t0")
    act(db, "RPT", "d1", held_on=date(2021, 11, 1))  # in the term before
    act(db, "RPT", "d2", held_on=date(2025, 1, 5))  # after the year asked for
    assert (parts(db, "L10"), parts(db, "L10.d"), parts(db, "L10.t")) == ((2, 4), (1, 3), (1, 1))
    by_year = measure(db, [METRICS["L10.d"]], context(years=(2022, 2025)), ("year",))
    assert list(by_year["L10.d.k"]) == [1, 1, 1, 2]
    assert figure(db, "L10.times") == 2


def test_satisfaction_is_of_the_rated_and_their_share_is_told(db: Connection) -> None:
    deputy(db, "d")
    for rating in (3, 3, 3, 2, None):
        act(db, "RPT", "d", rating=rating)
    assert (parts(db, "L11"), parts(db, "L11.r")) == ((3, 4), (4, 5))


def test_no_name_stands_beside_a_rating_or_a_band(db: Connection) -> None:
    deputy(db, "d")
    act(db, "RPT", "d", rating=1)
    for key in ("L11", "L11.r", "L10.times", "L16", "L16.band"):
        listing = records(db, METRICS[key], context())
        assert listing.total == 1 and listing.kind == ""
        assert "姓名" not in listing.rows.drop(columns="record").to_string()
        assert not {"rating", "name", "constituency"} & set(listing.rows)
    assert "activity_band" not in ROWS["deputies"].dimensions


# Contact, training, activity


def test_double_contact_has_two_sides(db: Connection) -> None:
    deputy(db, "chair", sc_role="CHAIR")
    deputy(db, "member", sc_role="MEMBER")
    deputy(db, "kept", contact_member="chair")
    deputy(db, "kept too", contact_member="chair")
    deputy(db, "gone", contact_member="member", end_on=date(2023, 1, 1))
    assert parts(db, "L12.sc") == (1, 2)
    act(db, "CON", "kept")
    act(db, "CON", "member")  # has no contact member of its own
    act(db, "VIS", "kept too")
    act(db, "VIS", "kept too")
    act(db, "VIS", "chair", held_on=date(2023, 12, 31))
    assert parts(db, "L12.con") == (1, 2)
    assert parts(db, "L12.dep") == (1, 4)


def test_training_counts_classes_person_times_and_persons(db: Connection) -> None:
    deputy(db, "a")
    deputy(db, "b", "TOWNSHIP")
    first, second = act(db, "TRN", None, headcount=2), act(db, "TRN", None, headcount=1)
    act(db, "TRN", "a", event_id=first)
    act(db, "TRN", "b", event_id=first)
    act(db, "TRN", "a", event_id=second)
    act(db, "TRN", "a")  # went to a class elsewhere by himself
    assert (figure(db, "L13"), figure(db, "L13.sessions")) == (4, 2)
    assert parts(db, "L13.share") == (2, 2)


def test_events_are_held_together_and_not_sessions_or_single_records(db: Connection) -> None:
    deputy(db, "a")
    event = act(db, "GRP", None)
    act(db, "GRP", "a", event_id=event)
    act(db, "CAM", None)
    act(db, "ATT", None)
    act(db, "OBS", None)
    act(db, "VIS", "a")
    assert figure(db, "L16.events") == 2
    by_kind = measure(db, [METRICS["L16.events"]], context(), ("activity_kind",))
    assert by_kind.set_index("activity_kind")["L16.events"].to_dict() == {"CAM": 1, "GRP": 1}


def test_bands_are_none_up_to_three_and_more(db: Connection) -> None:
    for id, count in (("zero", 0), ("one", 1), ("three", 3), ("four", 4)):
        deputy(db, id, "TOWNSHIP")
        for _ in range(count):
            act(db, "VIS", id)
        act(db, "VIS", id, held_on=date(2023, 5, 1))  # another year's record counts there
    deputy(db, "of the province", "PROV")
    bands = measure(db, [METRICS["L16.band"]], context(), ("activity_band",)).set_index("activity_band")["L16.band"]
    assert bands[bands > 0].to_dict() == {"NONE": 1, "SOME": 2, "MANY": 1}
    assert parts(db, "L16") == (3, 4)


def test_a_period_with_nothing_on_record_is_missing_and_not_zero(db: Connection) -> None:
    deputy(db, "a", contact_member="a", sc_role="MEMBER")
    act(db, "GRP", None, held_on=date(2025, 3, 1))
    for key in ("L10", "L10.d", "L12.dep", "L12.con", "L13.share", "L16"):
        assert figure(db, key, part="n") == 0, key
        assert pd.isna(figure(db, key)), key
        assert figure(db, key, context(years=(2025, 2025)), "n") == 1, key
    assert (figure(db, "L16.band"), figure(db, "L15.serving"), figure(db, "L12.sc", part="n")) == (0, 1, 1)


# Composition


def test_attributes_overlap_and_blanks_leave_the_base(db: Connection) -> None:
    deputy(db, "1", gender="F", occupation="FRM", is_grassroots=True, party="CPC", birth_year=1990, ethnicity="苗族")
    deputy(db, "2", occupation="MIG", is_grassroots=True, party="NON", birth_year=1980, ethnicity="汉族")
    deputy(db, "3", occupation="CAD", party="DEM", education="PG", is_grassroots=False)
    deputy(db, "4")
    deputy(db, "township", "TOWNSHIP", gender="F")
    shares = {code: parts(db, f"L14.{code}") for code in ("female", "frm", "cad", "grassroots", "cpc", "nonparty")}
    assert shares == {
        "female": (1, 4), "frm": (2, 3), "cad": (1, 3), "grassroots": (2, 3), "cpc": (1, 3), "nonparty": (2, 3)
    }  # fmt: skip
    assert [parts(db, f"L14.{code}") for code in ("ethnic", "young", "edu", "wrk")] == [(1, 2), (2, 2), (1, 1), (0, 3)]
    assert parts(db, "L14.female.t") == (1, 1)


def test_forty_five_is_told_by_the_year_of_birth(db: Connection) -> None:
    deputy(db, "44", birth_year=1980)
    deputy(db, "45", birth_year=1979)
    assert parts(db, "L14.young") == (1, 2)


def test_a_deputy_s_history_tells_duty_and_no_rating(db: Connection) -> None:
    deputy(db, "d", is_reelected=True, end_on=date(2025, 2, 1), end_reason="MOVED")
    act(db, "RPT", "d", rating=1)
    act(db, "TRN", "d", held_on=date(2024, 4, 1))
    act(db, "VIS", "d")
    told = history(db, "deputy", "d", context())
    assert [event.zh for event in told["event"]] == ["任职", "参加培训", "向选民述职", "代表资格终止"]
    assert [detail.zh for detail in told["detail"]] == ["第5届县级代表，连任", "", "", "迁出或调离"]
    assert len(history(db, "deputy", "d", context(as_of=date(2024, 4, 30)))) == 2
    assert history(db, "deputy", "d", context(scope=("990103",))).empty
    now = facts(db, "deputy", "d", context(as_of=date(2024, 4, 30)))
    assert now.rows.loc[0, "name"] == "姓名d"


SAMPLE = Context(Scope((DISTRICT,)), Filters((2021, 2026)), date(2026, 11, 20), Rules(region_code=DISTRICT))


@pytest.mark.parametrize("same_dates", [False, True])
def test_every_metric_agrees_with_pandas_by_year_on_the_sample(sample: Engine, same_dates: bool) -> None:
    frames = oracle.read(sample)
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["deputies"], SAMPLE, ("year",), same_dates=same_dates)
    assert_agree(answer, SAMPLE, oracle.FIGURES, frames, same_dates=same_dates)
    assert set(oracle.FIGURES) == {metric.key for metric in SUBJECTS["deputies"]}


def test_the_listing_behind_each_figure_is_as_long_as_the_figure_says(sample: Engine) -> None:
    with sample.connect() as connection:
        answer = measure(connection, SUBJECTS["deputies"], SAMPLE).iloc[0]
        for key in (
            "L10",
            "L10.t",
            "L10.times",
            "L11",
            "L12.sc",
            "L12.dep",
            "L13.share",
            "L14.female",
            "L14.grassroots",
            "L16",
            "L16.band",
        ):
            metric = METRICS[key]
            assert records(connection, metric, SAMPLE).total == answer[f"{key}.n" if metric.is_share else key], key


def test_no_key_is_mistaken_for_the_part_of_a_share() -> None:
    parts_of_shares = {f"{metric.key}.{part}" for metric in METRICS.values() for part in "kn"}
    assert parts_of_shares & set(METRICS) == set()
