"""What is kept for a moment is what would have been answered."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pandas.testing import assert_frame_equal
from sqlalchemy import Connection, Engine, event

from data_access.asking import asking_once, each_once, once
from data_access.context import Context
from data_access.lists.changes import changed
from data_access.lists.pace import pace
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Kind, Metric
from data_access.reported import Reported
from data_access.rows import ROWS
from data_access.together import TOGETHER
from tests.conftest import UNTIL
from tests.data_access.factories import HILL, MARKET, RIVER, add_proposal, context

ALL = tuple(METRICS.values())
TOWNS = (RIVER, HILL, MARKET)


class Memory(dict[Hashable, Any]):
    """Keeps everything, for good."""

    def look(self, key: Hashable) -> Any:
        return self.get(key)

    def keep(self, key: Hashable, value: Any) -> None:
        self[key] = value


@pytest.fixture(scope="module")
def memory() -> Memory:
    """One for all examples, so that each meets what the others left."""
    return Memory()


@contextmanager
def counting(connection: Connection) -> Iterator[list[Any]]:
    """The parameters of the statements sent inside the block."""
    sent: list[Any] = []

    def note(_: Any, __: Any, ___: Any, parameters: Any, *____: Any) -> None:
        sent.append(parameters)

    event.listen(connection, "before_cursor_execute", note)
    yield sent
    event.remove(connection, "before_cursor_execute", note)


@some.composite
def views(draw: Any) -> Context:
    """Some years up to a day, of some townships, after some clicks, under one or other rule."""
    first = draw(some.integers(2025, 2026))
    asked = context(
        draw(some.sampled_from([UNTIL, date(2026, 3, 31)])),
        (first, draw(some.integers(first, 2026))),
        townships=draw(some.sampled_from([(), TOWNS[:1], TOWNS[1:2], TOWNS[1:]])),
        picks=draw(some.sampled_from([(), (("category", "EDU"),), (("category", "AGR"),)])),
    )
    return replace(asked, rules=replace(asked.rules, soon_days=draw(some.sampled_from([15, 40]))))


@some.composite
def questions(draw: Any) -> tuple[Any, tuple[str, ...], bool, list[Context]]:
    """A metric, dimensions in any order, whole years or the same dates, and the views that ask one after another."""
    metric = draw(some.sampled_from(ALL))
    known = sorted(set(ROWS[metric.rows].dimensions) - {"year"})
    by = draw(some.permutations(("year", draw(some.sampled_from(known))))) if known else ["year"]
    asked = draw(some.sampled_from([(), ("year",), tuple(by)]))
    return metric, asked, draw(some.booleans()), draw(some.lists(views(), min_size=6, max_size=10))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=questions())
def test_a_figure_made_of_kept_answers_is_the_same(sample: Engine, memory: Memory, asked: Any) -> None:
    metric, by, same_dates, each = asked
    with sample.connect() as connection:
        for view in each:
            plain = measure(connection, [metric], view, by, same_dates=same_dates)
            with asking_once(memory):
                assert_frame_equal(measure(connection, [metric], view, by, same_dates=same_dates), plain)


@some.composite
def parts_of_what_is_asked_together(draw: Any) -> tuple[tuple[Metric, ...], tuple[str, ...], bool, list[Context]]:
    """Some of the metrics that are asked together by some of their dimensions, and the views that ask."""
    whole = draw(some.sampled_from([together for each in TOGETHER.values() for together in each]))
    metrics = draw(some.lists(some.sampled_from(whole.metrics), min_size=1, unique=True))
    by = draw(some.lists(some.sampled_from(whole.by), max_size=3, unique=True))
    return tuple(metrics), tuple(by), draw(some.booleans()), draw(some.lists(views(), min_size=2, max_size=4))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=parts_of_what_is_asked_together())
def test_a_figure_added_up_is_the_same(sample: Engine, memory: Memory, asked: Any) -> None:
    metrics, by, same_dates, each = asked
    with sample.connect() as connection:
        for view in each:
            plain = measure(connection, metrics, view, by, same_dates=same_dates)
            with asking_once(memory):
                assert_frame_equal(measure(connection, metrics, view, by, same_dates=same_dates), plain)


@pytest.mark.parametrize("by", [(), ("unit",)])
def test_a_quantile_of_added_counts_is_the_same(sample: Engine, memory: Memory, by: tuple[str, ...]) -> None:
    metrics = (METRICS["P07u"], METRICS["P07p90"])
    with sample.connect() as connection:
        plain = measure(connection, metrics, context(UNTIL, (2022, 2026)), by)
        with asking_once(memory):
            assert_frame_equal(measure(connection, metrics, context(UNTIL, (2022, 2026)), by), plain)
    assert plain["P07u.n"].sum() > 100


def test_only_what_adds_up_is_asked_together() -> None:
    for name, each in TOGETHER.items():
        for together in each:
            assert {metric.rows for metric in together.metrics} == {name}
            assert len({metric.window for metric in together.metrics}) == 1
            assert not {metric.kind for metric in together.metrics} & {Kind.DISTINCT, Kind.QUANTILE}


def test_what_several_exhibits_ask_is_sent_once(board: Connection) -> None:
    add_proposal(board, "a", handling_year=2023, submitted_on=date(2023, 1, 9))
    view = context(years=(2022, 2023))
    with asking_once(Memory()), counting(board) as sent:
        received = measure(board, [METRICS["P01"], METRICS["P04"]], view)["P01"].tolist()
        by_year = measure(board, [METRICS["P03"]], view, ["class_now", "year"])
        answered = measure(board, [METRICS["P04"]], view, ["final_result"])
    assert len(sent) == 1
    assert received == [1] and by_year["P03"].tolist() == [0, 1] and answered["P04.n"].tolist() == [1]


def test_what_a_database_lacks_is_not_asked_along(board: Connection) -> None:
    add_proposal(board, "a", handling_year=2023, submitted_on=date(2023, 1, 9))
    board.exec_driver_sql("ALTER TABLE proposal_reply RENAME COLUMN attitude TO manner")
    view = replace(context(years=(2023, 2023)), reported=Reported(absent=frozenset({"proposal_reply.attitude"})))
    with asking_once(Memory()):
        assert measure(board, [METRICS["P03"]], view, ["class_now"])["P03"].tolist() == [1]


def test_only_the_years_nobody_asked_for_are_sent(board: Connection) -> None:
    add_proposal(board, "a", handling_year=2023, submitted_on=date(2023, 1, 9))
    with asking_once(Memory()), counting(board) as sent:
        first = measure(board, [METRICS["P01"]], context(years=(2021, 2024)), ["year"])
        second = measure(board, [METRICS["P01"]], context(years=(2022, 2025)), ["year"])
        assert measure(board, [METRICS["P01"]], context(years=(2021, 2025)), ["year"])["P01"].sum() == 1
    assert first["P01"].tolist() == [0, 0, 1, 0] and second["P01"].tolist() == [0, 1, 0, 0]
    assert len(sent) == 2
    assert {2021, 2022, 2023, 2024} <= {*sent[0]} and {*sent[1]} & {2022, 2023, 2024, 2025} == {2025}


@pytest.mark.parametrize(("key", "by"), [("P05u", "unit"), ("P07u", "unit"), ("P08", "township")])
def test_a_span_is_added_up_from_years_asked_for_before(sample: Engine, key: str, by: str) -> None:
    span = context(UNTIL, (2023, 2025))
    with sample.connect() as connection:
        plain = measure(connection, [METRICS[key]], span, [by])
        with asking_once(Memory()), counting(connection) as sent:
            for year in (2023, 2024, 2025):
                measure(connection, [METRICS[key]], context(UNTIL, (year, year)), [by])
            assert_frame_equal(measure(connection, [METRICS[key]], span, [by]), plain)
    assert len(sent) == 3


def test_another_township_or_click_is_another_question(board: Connection) -> None:
    add_proposal(board, "a", region_code=RIVER, category="EDU")
    views = [
        context(townships=(RIVER,)),
        context(townships=(HILL,)),
        context(picks=(("category", "EDU"),)),
        context(picks=(("category", "AGR"),)),
    ]
    with asking_once(Memory()):
        found = [measure(board, [METRICS["P01"]], view, ["year"])["P01"].tolist() for view in views]
    assert found == [[1], [0], [1], [0]]


def test_nothing_is_kept_outside() -> None:
    asked: list[int] = []
    for _ in range(2):
        assert once("a", lambda: len(asked)) == len(asked)
        asked.append(1)
    with asking_once(Memory()):
        assert once("a", lambda: 7) == once("a", lambda: 8) == 7
        assert each_once(["a", "b"], lambda keys: {key: len(keys) for key in keys}) == {"a": 7, "b": 1}
    assert once("a", lambda: 9) == 9


@pytest.mark.parametrize("ask", [changed, pace])
def test_what_no_years_decide_is_asked_once_for_all_of_them(sample: Engine, ask: Callable[..., Any]) -> None:
    other = context(UNTIL, (2020, 2024), townships=(RIVER,))
    with sample.connect() as connection:
        plain = ask(connection, other)
        with asking_once(Memory()):
            ask(connection, context(UNTIL, (2026, 2026), townships=(RIVER,)))
            with counting(connection) as sent:
                found = ask(connection, other)
    assert sent == []
    assert str(found) == str(plain)
