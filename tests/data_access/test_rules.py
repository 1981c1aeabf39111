"""Local rules: what is recorded applies, what cannot be used is named and replaced by its default."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import Connection, Engine

from data_access.context import Rules
from data_access.rules import data_as_of, load_rules, read_rules
from tests.data_access.factories import DISTRICT, add, add_proposal, empty_database


@pytest.fixture
def board() -> Iterator[Connection]:
    connection = empty_database()
    yield connection
    connection.close()


def rule(connection: Connection, key: str, value: str, region: str = DISTRICT) -> None:
    add(connection, "rule_config", key=key, value=value, region_code=region)


def test_an_empty_database_has_the_defaults_and_no_faults(board: Connection) -> None:
    loaded = read_rules(board)
    assert (loaded.rules, loaded.faults) == (Rules(), ())
    assert (loaded.rules.reply_months, loaded.rules.extended_months) == (3, 6)


def test_recorded_rules_apply(board: Connection) -> None:
    rule(board, "region_word", "县")
    rule(board, "rehandle_months", "2")
    rule(board, "coverage_km", "2.5")
    rule(board, "coverage_levels", "ST，RM")
    rule(board, "class_names", '{"A": "采纳", "C": "留作参考"}')
    rule(board, "fictional", "是")
    rule(board, "since_cadre", "2023-01-01")
    rule(board, "ranking", "是")
    rule(board, "yardsticks", "npc2019，npc2021")
    rules = load_rules(board)
    assert (rules.region_word, rules.rehandle_months, rules.coverage_km) == ("县", 2, 2.5)
    assert rules.coverage_levels == ("ST", "RM")
    assert rules.class_names == (("A", "采纳"), ("C", "留作参考"))
    assert rules.fictional
    assert rules.since_cadre == date(2023, 1, 1)
    assert rules.ranking
    assert rules.yardsticks == ("npc2019", "npc2021")
    rule(board, "yardsticks", "否", region=f"{DISTRICT}001")
    assert load_rules(board).yardsticks == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("reply_months", "three"),
        ("reply_months", "0"),
        ("reply_months", "3.5"),
        ("reply_months", "-3"),
        ("reply_months", "３"),
        ("reply_months", "9" * 5000),
        ("coverage_km", "nan"),
        ("coverage_km", "far"),
        ("coverage_levels", "ST,XX"),
        ("region_word", "省"),
        ("ranking", "也许"),
        ("yardsticks", "npc1954"),
        ("yardsticks", "，"),
        ("region_code", "99010'"),
        ("class_names", "{"),
        ("class_names", '["A"]'),
        ("class_names", '{"Z": "unknown"}'),
        ("class_names", '{"A": 1}'),
        ("fictional", "maybe"),
        ("since_cadre", "2023年"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_its_default_taken(board: Connection, key: str, value: str) -> None:
    rule(board, key, value)
    loaded = read_rules(board)
    assert loaded.rules == Rules()
    (fault,) = loaded.faults
    assert key in fault.zh and key in fault.en
    assert value[:40] in fault("zh") and len(fault.en) < 300


def test_one_bad_rule_leaves_the_others_standing(board: Connection) -> None:
    rule(board, "reply_months", "soon")
    rule(board, "soon_days", "20")
    loaded = read_rules(board)
    assert (loaded.rules.reply_months, loaded.rules.soon_days, len(loaded.faults)) == (3, 20, 1)


def test_the_narrower_region_wins(board: Connection) -> None:
    rule(board, "rating_days", "15", region=DISTRICT)
    rule(board, "rating_days", "20", region="99")
    assert load_rules(board).rating_days == 15


@pytest.mark.parametrize(("slip", "meant"), [("reply_month", "reply_months"), ("Stale_Days", "stale_days")])
def test_a_misspelt_rule_is_named_with_the_one_it_is_taken_for(board: Connection, slip: str, meant: str) -> None:
    rule(board, slip, "4")
    loaded = read_rules(board)
    assert loaded.rules == Rules()
    (fault,) = loaded.faults
    assert all(name in words for name in (slip, meant) for words in (fault.zh, fault.en))


def test_rules_of_other_parts_are_left_alone(board: Connection) -> None:
    rule(board, "another_part", "2023-01-01")
    assert read_rules(board).faults == ()


def test_data_are_as_new_as_the_newest_change_in_any_table(board: Connection) -> None:
    assert data_as_of(board) is None
    add_proposal(board, "a", updated_at=datetime(2024, 3, 1, 9, 30))
    add(board, "rule_config", key="soon_days", value="15", updated_at=datetime(2024, 5, 6, 23, 59))
    assert data_as_of(board) == date(2024, 5, 6)


def test_the_sample_district_has_rules_without_faults(sample: Engine) -> None:
    with sample.connect() as connection:
        loaded = read_rules(connection)
    assert loaded.faults == ()
    assert loaded.rules.region_code == DISTRICT
