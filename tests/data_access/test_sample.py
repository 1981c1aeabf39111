"""The sample district: reproducible, whole, like life, and consistent but for the mistakes it lists."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
import shapely
from shapely.geometry import Point, shape
from sqlalchemy import Engine

import sample_data
from data_access.check import check
from data_access.context import Rules
from data_access.engine import reading
from data_access.rules import read_rules
from data_access.tables import TABLES
from data_access.tables.codes import RESULT_CLASS
from sample_data.world import World, months_after

UNTIL = date(2026, 11, 20)
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return sample_data.district(until=UNTIL)


def _per_year(
    found: list[dict[str, Any]], column: str, keep: Callable[[dict[str, Any]], bool] = lambda _: True
) -> Counter[int]:
    return Counter(getattr(row[column], "year", row[column]) for row in found if row.get(column) and keep(row))


def _due(row: dict[str, Any]) -> date:
    return months_after(row["assigned_on"], 6 if row["extended"] else 3)


def test_the_same_day_and_seed_give_the_same_district(rows: Rows) -> None:
    assert sample_data.district(until=UNTIL) == rows


def test_another_seed_gives_another_district(rows: Rows) -> None:
    other = sample_data.district(until=UNTIL, seed=7)
    assert other["region_shape"] != rows["region_shape"]
    assert {row["id"] for row in other["station"]} == {row["id"] for row in rows["station"]}


def test_making_a_district_leaves_the_common_generator_alone() -> None:
    random.seed(1)
    before = random.getstate()
    sample_data.district(until=date(2021, 12, 31))
    assert random.getstate() == before


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_filled(rows: Rows, table: str) -> None:
    assert rows.get(table)


def test_a_later_day_only_adds_to_what_was_known(rows: Rows) -> None:
    earlier = sample_data.district(until=date(2024, 6, 30))
    told = {row["id"]: row for row in rows["proposal"]}
    # The last eight are kept late or nearly so on whatever day the story stops.
    settled = earlier["proposal"][:-8]
    assert len(settled) > 600
    for row in settled:
        now = told[row["id"]]
        same = ("title", "lead_deputy_id", "category", "submitted_on", "extended", "region_code")
        assert [row[name] for name in same] == [now[name] for name in same]


@pytest.mark.parametrize("until", [date(2021, 7, 1), date(2021, 12, 31), date(2023, 1, 11), date(2024, 2, 29), UNTIL])
def test_nothing_is_known_that_has_not_happened(until: date) -> None:
    ahead = ("due_on", "promised_on", "planned_on", "report_due_on", "followup_due_on")
    for table, found in sample_data.district(until=until).items():
        for row in found:
            days = {name: value for name, value in row.items() if isinstance(value, date) and name not in ahead}
            assert all(day <= until for day in days.values()), (table, row)


def test_a_day_before_the_story_is_refused() -> None:
    with pytest.raises(ValueError, match="2021-07-01"):
        sample_data.district(until=date(2021, 6, 30))


def test_only_the_listed_mistakes_break_a_rule(sample: Engine) -> None:
    with reading(sample) as connection:
        findings = check(connection, as_of=UNTIL)
    assert {finding.rule: finding.count for finding in findings} == sample_data.AWKWARD


def test_every_row_says_when_it_was_changed_and_never_later_than_known(sample: Engine) -> None:
    with reading(sample) as connection:
        for table in TABLES.values():
            moments = connection.execute(table.select().with_only_columns(table.c.updated_at)).scalars().all()
            assert all(isinstance(moment, datetime) and moment.date() <= UNTIL for moment in moments), table.name


def test_the_rules_are_all_there_and_usable(sample: Engine) -> None:
    with reading(sample) as connection:
        loaded = read_rules(connection)
    assert loaded.faults == ()
    assert loaded.rules.region_code == "990102" and loaded.rules.board_name == "云澜区人大工作通览"
    assert loaded.rules.fictional and loaded.rules.coverage_levels == ("ST",)
    assert dict(loaded.rules.class_names).keys() == set(RESULT_CLASS)
    assert set(Rules.__dataclass_fields__) <= _rule_keys(sample)


def _rule_keys(sample: Engine) -> set[str]:
    with reading(sample) as connection:
        return set(
            connection.execute(TABLES["rule_config"].select().with_only_columns(TABLES["rule_config"].c.key)).scalars()
        )


# The place


def test_townships_tile_the_district_without_gaps(rows: Rows) -> None:
    shapes = {row["region_code"]: shape(json.loads(row["geojson"])) for row in rows["region_shape"]}
    whole = shapes.pop("990102")
    assert len(shapes) == 17
    assert all(each.is_valid for each in shapes.values())
    assert shapely.coverage_is_valid(list(shapes.values()))
    assert whole.symmetric_difference(shapely.union_all(list(shapes.values()))).area < 1e-9
    assert 3_000 <= sum(row["vertices"] for row in rows["region_shape"] if row["region_code"] != "990102") <= 4_000


def test_shapes_turn_the_way_the_standard_says(rows: Rows) -> None:
    assert all(shape(json.loads(row["geojson"])).exterior.is_ccw for row in rows["region_shape"])


def test_shapes_are_described_as_they_are(rows: Rows) -> None:
    for row in rows["region_shape"]:
        drawn = shape(json.loads(row["geojson"]))
        assert row["geojson_len"] == len(row["geojson"])
        assert drawn.bounds == pytest.approx((row["bbox_w"], row["bbox_s"], row["bbox_e"], row["bbox_n"]))
        assert drawn.contains(Point(row["label_lon"], row["label_lat"]))


def test_streets_are_small_and_in_the_middle(rows: Rows) -> None:
    kinds = {row["region_code"]: row["kind"] for row in rows["region"] if row["level"] == "TOWNSHIP"}
    areas = {row["region_code"]: row["area_km2"] for row in rows["region_shape"]}
    streets = [areas[code] for code, kind in kinds.items() if kind == "STREET"]
    towns = [areas[code] for code, kind in kinds.items() if kind != "STREET"]
    assert Counter(kinds.values()) == {"TOWN": 10, "STREET": 6, "XIANG": 1}
    assert max(streets) < min(towns)


def test_villages_lie_in_their_township_and_add_up(rows: Rows) -> None:
    shapes = {row["region_code"]: shape(json.loads(row["geojson"])) for row in rows["region_shape"]}
    people: Counter[str] = Counter()
    for village in rows["village"]:
        assert shapes[village["region_code"]].contains(Point(village["lon"], village["lat"]))
        assert village["village_code"].startswith(village["region_code"]) and len(village["village_code"]) == 12
        people[village["region_code"]] += village["population"]
    assert len(rows["village"]) == 240
    assert len({village["name"] for village in rows["village"]}) == 240
    assert people == {row["region_code"]: row["population"] for row in rows["region"] if row["level"] == "TOWNSHIP"}
    assert sum(people.values()) == 420_000


def test_stations_lie_in_their_township_or_nowhere(rows: Rows) -> None:
    shapes = {row["region_code"]: shape(json.loads(row["geojson"])) for row in rows["region_shape"]}
    for station in rows["station"]:
        if station["lon"] is not None:
            assert shapes[station["region_code"]].contains(Point(station["lon"], station["lat"])), station["id"]


def test_stations_are_as_many_as_planned_and_some_are_missing(rows: Rows) -> None:
    in_use = [row for row in rows["station"] if row["closed_on"] is None]
    assert Counter(row["level"] for row in in_use) == {"ST": 17, "RM": 25, "PT": 6}
    assert len(in_use) < len(rows["station"])
    homes = {row["region_code"] for row in rows["region"] if row["level"] == "TOWNSHIP"}
    without = homes - {row["region_code"] for row in in_use if row["level"] == "ST"}
    levels = sorted({row["level"] for row in in_use if row["region_code"] == code} for code in without)
    assert sorted(map(sorted, levels)) == [[], ["PT"]]
    assert sum(row["level"] == "PT" and row["lon"] is None for row in in_use) == 2


def test_some_stations_are_never_open(rows: Rows) -> None:
    open_ones = {row.get("station_id") for row in rows["deputy_activity"] if row["kind"] == "STN"}
    never = [row["level"] for row in rows["station"] if row["closed_on"] is None and row["id"] not in open_ones]
    assert {"ST", "RM", "PT"} <= set(never) and len(never) < 12


# The people


def test_deputies_are_as_many_as_the_law_sets(rows: Rows) -> None:
    serving = [row for row in rows["deputy"] if row["end_on"] is None]
    count = Counter(row["level"] for row in serving)
    assert 214 <= count["COUNTY"] <= 224
    assert 660 <= count["TOWNSHIP"] <= 701
    assert sum(row["sc_role"] is not None for row in serving if row["level"] == "COUNTY") == 31
    assert {"NPC", "PROV", "CITY"} <= set(count)


def test_streets_elect_no_township_deputies(rows: Rows) -> None:
    streets = {row["region_code"] for row in rows["region"] if row.get("kind") == "STREET"}
    for table in ("deputy", "election", "term"):
        assert not any(row["level"] == "TOWNSHIP" and row["region_code"] in streets for row in rows[table])


def test_a_term_holds_the_days_of_its_deputies(rows: Rows) -> None:
    new = [row for row in rows["deputy"] if row["level"] in ("COUNTY", "TOWNSHIP") and row["term_no"] == 5]
    old = [row for row in rows["deputy"] if row["level"] in ("COUNTY", "TOWNSHIP") and row["term_no"] == 4]
    assert min(row["start_on"] for row in new) == date(2021, 12, 28)
    assert max(row["end_on"] for row in old) == date(2021, 12, 27)


def test_names_have_three_characters(rows: Rows) -> None:
    assert {len(row["name"]) for row in rows["deputy"]} == {3}


# The work


def test_suggestions_grow_from_160_to_215_a_year(rows: Rows) -> None:
    per_year = _per_year(rows["proposal"], "handling_year", lambda row: row["kind"] != "BILL")
    assert sorted(per_year) == list(range(2021, 2027))
    assert per_year[2021] == pytest.approx(160, abs=6) and per_year[2026] == pytest.approx(215, abs=10)
    assert all(per_year[year] <= per_year[year + 1] + 3 for year in range(2021, 2026))


def test_a_december_session_serves_the_next_year(rows: Rows) -> None:
    sessions = [row for row in rows["meeting"] if row["kind"] == "CONG"]
    assert {(row["held_on"].year, row["handling_year"]) for row in sessions if row["held_on"].month == 12} == {
        (2021, 2022),
        (2024, 2025),
    }
    by_id = {row["id"]: row for row in sessions}
    early = [row for row in rows["proposal"] if row["handling_year"] > row["submitted_on"].year]
    assert len(early) > 200
    assert all(by_id[row["meeting_id"]]["held_on"].month == 12 for row in early)


@pytest.mark.parametrize("until", [date(2023, 3, 8), date(2025, 8, 31), UNTIL])
def test_some_items_are_late_and_some_nearly_so_on_any_day(until: date) -> None:
    found = sample_data.district(until=until)
    replied = {row["proposal_id"] for row in found["proposal_reply"]}
    waiting = [row for row in found["proposal"] if row["assigned_on"] and row["id"] not in replied]
    left = [(_due(row) - until).days for row in waiting]
    assert 3 <= sum(days < 0 for days in left) <= 8
    assert sum(0 <= days <= 15 for days in left) >= 3


def test_every_fate_of_an_item_occurs(rows: Rows) -> None:
    found = rows["proposal"]
    assert {"HANDLING", "REPLIED", "CLOSED", "WITHDRAWN", "MERGED"} <= {row["status"] for row in found}
    assert {row["kind"] for row in found} == {"SUG", "BILL", "BILL_SUG"}
    assert {row["competence"] for row in found} == {"OWN", "UP", "OTHER"}
    assert any(row["extended"] for row in found)
    assert any(row["returned_on"] for row in rows["proposal_handler"])
    assert {row["role"] for row in rows["proposal_handler"]} == {"LEAD", "CO", "SPLIT", "SOLE"}
    assert any(row["round_no"] == 2 for row in rows["proposal_reply"])
    key = _per_year(found, "handling_year", lambda row: row["is_key"])
    assert all(5 <= count <= 12 for count in key.values())


def test_results_and_ratings_are_of_the_usual_size(rows: Rows) -> None:
    first = [row for row in rows["proposal_reply"] if row["round_no"] == 1]
    classes = Counter(row["result_class"] for row in first if row["result_class"] != "U")
    ratings = Counter(row["result_rating"] for row in first)
    rated = len(first) - ratings[None]
    assert 0.5 <= classes["A"] / classes.total() <= 0.7 and 0.25 <= classes["B"] / classes.total() <= 0.4
    assert 0.05 <= ratings[None] / len(first) <= 0.27
    assert 0 < ratings[1] / rated <= 0.03


def test_promises_are_kept_kept_late_broken_and_not_yet_due(rows: Rows) -> None:
    def fate(row: dict[str, Any]) -> str:
        promised, done = row["promised_on"], row["fulfilled_on"]
        if done:
            return "kept" if done <= promised else "late"
        return "broken" if promised < UNTIL else "open"

    fates = Counter(fate(row) for row in rows["proposal_reply"] if row["promised_on"])
    assert min(fates[name] for name in ("kept", "late", "broken", "open")) >= 15
    assert fates["kept"] > fates["late"] + fates["broken"]


def test_every_past_year_did_its_statutory_duties(rows: Rows) -> None:
    always = {"FINAL", "PLAN", "BUDGET", "AUDIT", "RECTIFY", "ASSETS", "DEBT", "ENV", "RECORD", "SUGGEST"}
    for year in range(2021, 2026):
        items = [row for row in rows["supervision_item"] if row["plan_year"] == year and row.get("legal_item")]
        assert always <= {row["legal_item"] for row in items}
        assert all(row.get("held_on") for row in items)
    still_open = {
        row["legal_item"] for row in rows["supervision_item"]
        if row["plan_year"] == 2026 and row.get("legal_item") and not row.get("held_on")
    }  # fmt: skip
    assert still_open == {"RECTIFY", "RECORD", "SUGGEST"}


def test_supervision_has_its_usual_size_and_owes_something(rows: Rows) -> None:
    per_year = _per_year(rows["supervision_item"], "held_on")
    assert all(35 <= count <= 50 for count in per_year.values())
    owed = [
        row for row in rows["supervision_item"]
        if row.get("followup_due_on") and row["followup_due_on"] < UNTIL and not row.get("followup_report_on")
    ]  # fmt: skip
    assert 1 <= len(owed) <= 8


def test_standing_committee_meets_at_least_every_two_months(rows: Rows) -> None:
    days = sorted(row["held_on"] for row in rows["meeting"] if row["kind"] == "SC")
    assert all((later - earlier).days <= 75 for earlier, later in pairwise(days))


def test_the_year_after_an_election_appoints_most(rows: Rows) -> None:
    ordinary = _per_year(
        rows["appointment"],
        "decided_on",
        lambda row: row["organ_class"] not in ("LAY", "ELC") and row["action"] != "ELECT",
    )
    assert ordinary[2022] > 2 * max(count for year, count in ordinary.items() if year != 2022)
    assert all(20 <= count <= 160 for count in ordinary.values())
    assert len({row["decided_on"] for row in rows["appointment"] if row["organ_class"] == "LAY"}) == 1


def test_some_oaths_are_open(rows: Rows) -> None:
    assert 1 <= sum(row["oath"] == "NO" for row in rows["appointment"]) <= 9


def test_activities_have_their_usual_size(rows: Rows) -> None:
    per_year = _per_year(rows["deputy_activity"], "held_on")
    assert all(4_000 <= count <= 8_000 for count in per_year.values())


def test_a_participants_row_repeats_nothing_of_its_event(rows: Rows) -> None:
    events = {row["id"]: row for row in rows["deputy_activity"] if not row.get("event_id")}
    attended: Counter[str] = Counter()
    for row in rows["deputy_activity"]:
        if row.get("event_id"):
            event = events[row["event_id"]]
            assert (row["kind"], row["held_on"], row["region_code"]) == (
                event["kind"],
                event["held_on"],
                event["region_code"],
            )
            assert row["deputy_id"] and not any(row.get(name) for name in ("headcount", "people_met", "opinions"))
            attended[row["event_id"]] += 1
    assert all(events[key]["headcount"] == count for key, count in attended.items())


def test_years_before_the_rows_are_known_as_totals_only(rows: Rows) -> None:
    periods = {row["period"] for row in rows["reported_figure"]}
    assert periods == {"2019", "2020", "T4"}
    assert {"P01", "P02", "S01", "A01", "D01"} <= {row["metric_id"] for row in rows["reported_figure"]}
    assert min(row["handling_year"] for row in rows["proposal"]) == 2021


def test_shares_of_the_past_have_a_base_that_holds_them(rows: Rows) -> None:
    assert all(row["value"] <= row["denominator"] for row in rows["reported_figure"] if row["denominator"])


def test_world_days_are_calendar_months() -> None:
    assert months_after(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert World(UNTIL, 1).known(date(2026, 11, 21)) is None
