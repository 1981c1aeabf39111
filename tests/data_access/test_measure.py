"""What holds for every figure, whatever it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import Connection, Engine, func, select

from data_access.context import Context, Filters, Scope, periods
from data_access.dimensions import DIMENSIONS, labels
from data_access.errors import UnknownDimension
from data_access.lists import HISTORIES, records
from data_access.measure import measure, measured, quantile
from data_access.metrics import METRICS
from data_access.metrics.metric import Direction, Kind, Window
from data_access.origins import load
from data_access.rows import ROWS
from data_access.rows.base import bound, columns_of, room, shape
from tests.conftest import UNTIL
from tests.data_access.factories import (
    DISTRICT,
    HILL,
    MARKET,
    OTHER_DISTRICT,
    RIVER,
    add,
    add_handler,
    add_proposal,
    add_reply,
    context,
    empty_database,
    figure,
)

ALL = list(METRICS.values())
every_metric = pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.key)
every_source = pytest.mark.parametrize("source", ROWS.values(), ids=lambda source: source.name)


@pytest.fixture
def board() -> Iterator[Connection]:
    connection = empty_database()
    yield connection
    connection.close()


def test_without_a_grouping_there_is_exactly_one_row_even_of_nothing(board: Connection) -> None:
    answer = measure(board, ALL, context())
    assert len(answer) == 1
    for metric in ALL:
        value = answer[metric.key].iloc[0]
        is_rate = metric.kind in (Kind.SHARE, Kind.QUANTILE)
        assert isnan(value) if is_rate else value == 0, metric.key


def test_lists_and_table_hold_the_same_values_of_the_same_kind(sample: Engine) -> None:
    metrics = (METRICS["P01"], METRICS["P04"], METRICS["P07"])
    with sample.connect() as connection:
        reported = load(connection, Scope((DISTRICT,)))  # nobody filled in the first of these years
        asked = replace(context(years=(2012, 2026)), reported=reported)
        for by in ((), ("year",), ("unit",)):
            table, lists = measure(connection, metrics, asked, by), measured(connection, metrics, asked, by)
            read = {name: table[name].tolist() for name in table}
            assert repr(lists) == repr(read)  # 5 is not 5.0, and what is missing equals nothing


def test_every_year_asked_for_has_its_row(board: Connection) -> None:
    add_proposal(board, "a", handling_year=2023, submitted_on=date(2023, 1, 9))
    answer = measure(board, [METRICS["P01"], METRICS["P04"]], context(years=(2022, 2024)), ["year"])
    assert answer["year"].tolist() == [2022, 2023, 2024]
    assert answer["P01"].tolist() == [0, 1, 0]
    assert answer["P04"].isna().tolist() == [True, False, True]


def test_every_year_has_every_group_found(board: Connection) -> None:
    add_proposal(board, "a", category="EDU")
    add_proposal(board, "b", category="AGR", handling_year=2023, submitted_on=date(2023, 1, 9))
    answer = measure(board, [METRICS["P01"]], context(years=(2023, 2024)), ["category", "year"])
    assert answer.values.tolist() == [["AGR", 2023, 1], ["AGR", 2024, 0], ["EDU", 2023, 0], ["EDU", 2024, 1]]


def test_groups_are_sorted_and_what_is_not_recorded_comes_last(board: Connection) -> None:
    for id, place in (("a", None), ("b", HILL), ("c", RIVER)):
        add_proposal(board, id, place_code=place)
    answer = measure(board, [METRICS["P01"]], context(), ["place"])
    assert answer["place"].tolist() == [RIVER, HILL, None]


def test_metrics_of_different_rows_meet_in_one_table(board: Connection) -> None:
    """An item in hand and one answered: two due, one overdue, both of the same township."""
    for id in ("a", "b"):
        add_proposal(board, id)
        add_handler(board, id)
    add_reply(board, "a", date(2024, 3, 1))
    answer = measure(board, [METRICS[key] for key in ("P03", "P06", "P07")], context(), ["township"])
    assert answer.columns.tolist() == ["township", "P03", "P06", "P07", "P07.n"]
    assert answer.values.tolist() == [[RIVER, 2, 1, 29.0, 1]]


def test_a_dimension_the_rows_do_not_know_is_refused_in_words(board: Connection) -> None:
    with pytest.raises(UnknownDimension) as refused:
        measure(board, [METRICS["P01"]], context(), ["colour"])
    assert "colour" in refused.value.say("zh") and "category" in refused.value.say("zh")


def test_shares_of_groups_add_up_to_the_whole(board: Connection) -> None:
    """Two of three and none of one answered: the district's rate is 2 ÷ 4, not the average of the two rates."""
    for id, region in (("a", RIVER), ("b", RIVER), ("c", RIVER), ("d", HILL)):
        add_proposal(board, id, region_code=region)
        add_handler(board, id)
    for id in ("a", "b"):
        add_reply(board, id, date(2024, 3, 1))
    by_town = measure(board, [METRICS["P04"]], context(), ["township"])
    assert by_town["P04"].tolist() == [2 / 3, 0.0]
    assert figure(board, "P04") == by_town["P04.k"].sum() / by_town["P04.n"].sum() == 0.5


@pytest.mark.parametrize(
    ("scope", "townships", "counted"),
    [
        ((DISTRICT,), (), 4),
        ((DISTRICT,), (RIVER,), 2),
        ((DISTRICT,), (RIVER, MARKET), 3),
        ((DISTRICT,), (OTHER_DISTRICT,), 0),
        ((RIVER,), (), 2),
        ((RIVER,), (MARKET,), 0),
        (("9901",), (), 5),
        ((), (), 0),
        ((), (RIVER,), 0),
    ],
)
def test_a_reader_sees_what_is_in_scope_and_asked_for(
    board: Connection, scope: tuple[str, ...], townships: tuple[str, ...], counted: int
) -> None:
    places = {"a": RIVER, "b": RIVER, "c": MARKET, "of the district": DISTRICT, "other": OTHER_DISTRICT}
    for id, region in places.items():
        add_proposal(board, id, region_code=region)
    asked = Context(Scope(scope), Filters((2024, 2024), townships), date(2025, 6, 30))
    assert figure(board, "P01", asked) == counted


@every_metric
def test_a_reader_without_scope_sees_no_row_of_any_metric(sample: Engine, metric: object) -> None:
    nobody = Context(Scope(()), Filters((2022, 2026)), UNTIL)
    with sample.connect() as connection:
        answer = measure(connection, [metric], nobody)  # type: ignore[list-item]
        listing = records(connection, metric, nobody)  # type: ignore[arg-type]
    counts = [name for name in answer.columns if name.endswith((".k", ".n")) or answer[name].dtype.kind == "i"]
    assert answer[counts].to_numpy().sum() == 0
    assert (listing.total, len(listing.rows)) == (0, 0)


def test_picks_narrow_the_rows_that_know_the_dimension(board: Connection) -> None:
    for id, category in (("a", "EDU"), ("b", "EDU"), ("c", "AGR"), ("d", "LAW")):
        add_proposal(board, id, category=category)
    for picks, counted in (
        ((("category", "EDU"),), 2),
        ((("category", "EDU"), ("category", "AGR")), 3),
        ((("category", "EDU"), ("phase", "OUT")), 0),
        ((("venue", "SC"),), 4),  # proposals have no venue: the pick is for other rows
        ((("category", "'; DROP TABLE proposal"),), 0),
        ((("month", "1"),), 4),
        ((("month", "one"),), 0),
        ((("unit", ""),), 4),  # the bar of what is not recorded was clicked
    ):
        assert figure(board, "P01", context(picks=picks)) == counted, picks


def test_a_yes_or_no_can_be_picked(board: Connection) -> None:
    """Of three items one is a key item: yes 1, no 2, not recorded 0; anything else selects nothing."""
    for id, is_key in (("a", True), ("b", False), ("c", False)):
        add_proposal(board, id, is_key=is_key)
    source = replace(ROWS["proposals"], dimensions={"key": "is_key"})
    found = []
    for code in ("True", "False", "", "perhaps"):
        asked = context(picks=(("key", code),))
        rows = source.rows(asked, periods(asked))
        statement = select(func.count()).select_from(rows).where(source.picked(rows, asked))
        found.append(board.execute(statement, bound(asked, periods(asked))).scalar())
    assert found == [1, 2, 0, 0]


def test_stocks_without_a_year_are_those_of_the_last_day(board: Connection) -> None:
    """Overdue at the end of 2024, answered in 2025: asked for 2023 to 2024 it is overdue, to 2025 it is not."""
    add_proposal(board, "a")
    add_handler(board, "a")
    add_reply(board, "a", date(2025, 2, 1))
    assert figure(board, "P06", context(years=(2023, 2024))) == 1
    assert figure(board, "P06", context(years=(2023, 2025))) == 0


def test_years_given_replace_those_asked_for(board: Connection) -> None:
    add_proposal(board, "a", handling_year=2023, submitted_on=date(2023, 1, 9))
    assert figure(board, "P01") == 0
    assert figure(board, "P01", years=(2023,)) == 1


def test_room_for_more_years_and_townships_counts_nothing_twice(board: Connection) -> None:
    """Statements are written for 1 or 8 of them; one item in 2023 is one item however many are asked for."""
    add_proposal(board, "a", handling_year=2023, submitted_on=date(2023, 1, 9))
    for years in ((2023, 2023), (2022, 2024), (2016, 2023), (2015, 2024)):
        for towns in ((), (RIVER,), (HILL, RIVER), (HILL, MARKET, RIVER)):
            asked = context(years=years, townships=towns)
            assert figure(board, "P01", asked) == 1, (years, towns)
            by_year = measure(board, [METRICS["P01"]], asked, ["year"])
            assert by_year["P01"].sum() == 1 and len(by_year) == len(asked.years)


def test_another_value_sends_the_same_statement() -> None:
    """What a reader changes most often is a parameter: writing a statement takes ten times as long as answering it."""
    plain = context(years=(2024, 2025), townships=(RIVER, HILL), picks=(("category", "EDU"),))
    others = (
        context(years=(2020, 2026), townships=(RIVER, HILL), picks=(("category", "EDU"),)),
        context(years=(2024, 2025), townships=(RIVER, HILL, MARKET), picks=(("category", "EDU"),)),
        context(years=(2024, 2025), townships=(RIVER, HILL), picks=(("category", "AGR"), ("category", "FIN"))),
        replace(plain, rules=replace(plain.rules, coverage_km=5.0, coverage_levels=("ST", "RM"))),
    )
    for other in others:
        assert shape(other) == shape(plain) and room(len(other.years)) == room(len(plain.years)) == 8
        assert bound(other, periods(other)).keys() == bound(plain, periods(plain)).keys()
    assert shape(plain) != shape(context(picks=(("category", "EDU"), ("category", ""))))


def test_the_same_dates_of_a_leap_day_exist_in_every_year(board: Connection) -> None:
    for year in (2023, 2024):
        add_proposal(board, str(year), handling_year=year, submitted_on=date(year, 2, 28))
    asked = context(as_of=date(2024, 2, 29), years=(2023, 2024))
    assert measure(board, [METRICS["P01"]], asked, ["year"], same_dates=True)["P01"].tolist() == [1, 1]


@given(some.lists(some.integers(0, 400), min_size=1, max_size=60), some.sampled_from((0.0, 0.1, 0.5, 0.9, 1.0)))
def test_a_quantile_from_counts_is_that_of_the_values(values: list[int], share: float) -> None:
    counts = {float(value): values.count(value) for value in values}
    assert quantile(counts, share) == pytest.approx(np.quantile(values, share))


@every_metric
def test_a_figure_is_as_long_as_the_list_behind_it(sample: Engine, metric: object) -> None:
    """Counts equal their listing's length; a share's listing is its base, those not counted first."""
    asked = context(UNTIL, (2024, 2026))
    with sample.connect() as connection:
        listing = records(connection, metric, asked, limit=5000)  # type: ignore[arg-type]
        counted = records(connection, metric, asked, limit=1).total  # type: ignore[arg-type]
        answer = measure(connection, [metric], asked)  # type: ignore[list-item]
    key, kind = metric.key, metric.kind  # type: ignore[attr-defined]
    assert len(listing.rows) == listing.total == counted
    assert set(listing.headers) == set(listing.rows.columns) - {"record", "counted"}
    if kind is Kind.COUNT:
        assert answer[key].iloc[0] == listing.total
    if kind is Kind.SHARE and metric.of is None and metric.base_of is None:  # type: ignore[attr-defined]
        assert answer[f"{key}.n"].iloc[0] == listing.total
        assert answer[f"{key}.k"].iloc[0] == listing.rows["counted"].sum()
        assert listing.rows["counted"].tolist() == sorted(listing.rows["counted"])


@every_metric
def test_a_metric_says_everything_a_reader_needs(metric: object) -> None:
    for words in (metric.name, metric.unit, metric.definition, metric.excludes, metric.source, metric.year_rule):  # type: ignore[attr-defined]
        assert words.zh and words.en
        assert "提案" not in words.zh  # that is the other assembly's word
    assert metric.table  # type: ignore[attr-defined]
    assert (metric.base is not None) or metric.kind is not Kind.SHARE  # type: ignore[attr-defined]
    assert (metric.of is not None) == (
        metric.kind in (Kind.SUM, Kind.DISTINCT, Kind.QUANTILE)
    ) or metric.kind is Kind.SHARE  # type: ignore[attr-defined]


@every_metric
def test_a_metric_asks_only_for_columns_its_rows_have(metric: object) -> None:
    source = ROWS[metric.rows]  # type: ignore[attr-defined]
    assert columns_of(metric) <= set(source.rows(context(), periods(context())).c.keys())  # type: ignore[arg-type]


@every_source
def test_every_dimension_has_words_and_every_record_a_history(source: object) -> None:
    assert set(source.dimensions) <= set(DIMENSIONS)  # type: ignore[attr-defined]
    assert source.record in ("", *HISTORIES)  # type: ignore[attr-defined]


@every_source
def test_every_code_of_the_sample_has_its_words(sample: Engine, source: object) -> None:
    """No group of any figure shows a bare code."""
    metric = next((m for m in ALL if m.rows == source.name), None)  # type: ignore[attr-defined]
    asked = context(UNTIL, (2024, 2026))
    with sample.connect() as connection:
        for name in source.dimensions if metric else ():  # type: ignore[attr-defined]
            words = labels(connection, name, asked)
            found = measure(connection, [metric], asked, [name])[name] if words else []  # type: ignore[list-item]
            assert {str(code) for code in found if code is not None} <= set(words), name


def test_more_is_not_called_better_where_it_is_not() -> None:
    counts = [metric for metric in ALL if metric.kind in (Kind.COUNT, Kind.SUM) and metric.window is Window.FLOW]
    assert [m.key for m in counts if m.direction is Direction.HIGHER] == []


def test_conditions_decide_alike_in_narrow_and_whole_rows(sample: Engine) -> None:
    """Leaving out idle lookups changes no figure."""
    asked = context(UNTIL, (2023, 2026))
    plain = [metric for metric in ALL if ROWS[metric.rows].is_plain]
    assert plain
    with sample.connect() as connection:
        narrow = measure(connection, plain, asked, ["year"])
        for source in {ROWS[metric.rows] for metric in plain}:
            ROWS[source.name] = replace(source, is_plain=False)
        try:
            whole = measure(connection, plain, asked, ["year"])
        finally:
            for name, source in list(ROWS.items()):
                ROWS[name] = replace(source, is_plain=True) if any(m.rows == name for m in plain) else source
    assert narrow.equals(whole)


def test_an_added_row_changes_the_next_answer(board: Connection) -> None:
    """What is kept between two questions is the wording of the statement, never its answer."""
    assert figure(board, "P01") == 0
    add_proposal(board, "a")
    assert figure(board, "P01") == 1


def test_the_deputies_who_serve_are_those_of_the_day(board: Connection) -> None:
    add(board, "deputy", id="D1", level="COUNTY", start_on=date(2021, 12, 28), end_on=date(2024, 12, 31))
    add(board, "deputy", id="D2", level="COUNTY", start_on=date(2025, 1, 1))
    by_year = measure(board, [METRICS["P17"]], context(years=(2024, 2025)), ["year"])
    assert by_year["P17.n"].tolist() == [1, 1]
