"""PostgreSQL and MariaDB give every figure, list, history and drawing that SQLite gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import Connection, Engine, select

from dashboard import fetch
from dashboard.navigation import ENTRIES
from dashboard.settings import settings
from data_access import lists
from data_access.check import check
from data_access.context import Context, Filters, Rules, Scope, periods
from data_access.engine import reading, reading_engine
from data_access.lists import facts, history, records
from data_access.lists.changes import changed
from data_access.lists.facts import LINES
from data_access.lists.pace import pace
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.rows import ROWS
from data_access.rows.base import bound
from data_access.rules import read_rules
from tests.servers.machines import KINDS

AS_OF = date(2026, 11, 20)
HISTORIES_ASKED = 8  # of each kind, from both ends of the table
CONTEXTS = {
    "one year": Filters((2026, 2026)),
    "five years": Filters((2022, 2026)),
    "a township": Filters((2024, 2026), ("990102101",)),
    "two townships": Filters((2025, 2025), ("990102102", "990102001")),
    "clicked": Filters((2023, 2026), picks=(("category", "AGR"), ("category", "FIN"), ("kind", "SUG"))),
    "since a day": Filters((2026, 2026), since=date(2026, 9, 1)),
}
PAGES = [entry.key for entry in ENTRIES if entry.listed]
# One year and several, the district and a township; the other ways to filter are asked of every metric.
VIEWS = ({"years": "2022-2026"}, {"townships": "101", "years": "2025"})
Asked = Callable[[Connection], Any]


@pytest.fixture(scope="session")
def engines(sample_urls: dict[str, str]) -> Iterator[dict[str, Engine]]:
    """A reading engine on the sample of each kind of database."""
    made = {kind: reading_engine(url) for kind, url in sample_urls.items()}
    yield made
    for engine in made.values():
        engine.dispose()


def contexts(name: str) -> Context:
    rules = Rules(region_code="990102", since_cadre=date(2023, 1, 1))
    return Context(Scope(("990102",)), CONTEXTS[name], AS_OF, rules)


def same_everywhere(engines: dict[str, Engine], questions: Iterable[tuple[str, Asked]]) -> None:
    """Asks each kind of database the same and requires the same answers; names every question that differs."""
    differing = []
    for name, ask in questions:
        answers = {}
        for kind, engine in engines.items():
            with reading(engine) as connection:
                answers[kind] = ask(connection)
        for kind in KINDS:
            if fault := difference(answers["sqlite"], answers[kind]):
                differing.append(f"{name} on {kind}: {fault}")
    assert differing == []


def difference(expected: Any, found: Any) -> str:
    """What is different between two answers; empty when nothing is."""
    try:
        if isinstance(expected, pd.DataFrame):
            assert_frame_equal(plain(expected), plain(found), check_dtype=False, rtol=1e-12, atol=0)
        else:
            assert expected == found
    except AssertionError as error:
        return str(error)[:600]
    return ""


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """The same cells whatever type pandas found for their column; True is not 1."""
    return table.astype(object).where(table.notna(), None)


def rounded(value: Any) -> Any:
    """The same with numbers to twelve digits: fractions add up to another last digit in another order of rows."""
    if isinstance(value, float):
        return float(f"{value:.12g}")
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, (list, tuple)) else value


def groups() -> dict[str, list[Metric]]:
    made: dict[str, list[Metric]] = {}
    for metric in METRICS.values():
        made.setdefault(metric.rows, []).append(metric)
    return made


# By every dimension once, three at a time, and each three with a part of the metrics: what a metric counts is written
# without regard to what it is grouped by. Under the other contexts the ways to filter are what may differ.
@pytest.mark.parametrize(
    ("name", "same_dates", "dimensions"),
    [
        ("five years", False, None),
        ("five years", True, ("year",)),
        ("one year", False, ("township",)),
        ("one year", True, ("year",)),
        ("a township", False, ("township",)),
        ("two townships", True, ("year",)),
        ("clicked", False, ("unit",)),
        ("since a day", False, ()),
    ],
)
def test_every_metric(
    engines: dict[str, Engine], name: str, same_dates: bool, dimensions: tuple[str, ...] | None
) -> None:
    context = contexts(name)

    def questions() -> Iterator[tuple[str, Asked]]:
        for rows, metrics in groups().items():
            yield f"{rows}", partial(_measured, metrics, context, (), same_dates)
            if dimensions is None or "year" in dimensions:
                yield f"{rows} by year", partial(_measured, metrics, context, ("year",), same_dates)
            others = [name for name in ROWS[rows].dimensions if name != "year"]
            chosen = [name for name in others if dimensions is None or name in dimensions]
            threes = [chosen[first : first + 3] for first in range(0, len(chosen), 3)]
            for place, names in enumerate(threes):
                dealt = metrics[place :: len(threes)] or metrics[:1]
                yield f"{rows} by year, {names}", partial(_measured, dealt, context, ("year", *names), same_dates)

    same_everywhere(engines, questions())


def _measured(
    metrics: list[Metric], context: Context, by: tuple[str, ...], same_dates: bool, connection: Connection
) -> pd.DataFrame:
    return measure(connection, metrics, context, by, same_dates=same_dates)


@pytest.mark.parametrize("name", ["five years", "clicked"])
def test_every_list_in_its_order(engines: dict[str, Engine], name: str) -> None:
    context = contexts(name)

    def listed(metric: Metric, **more: Any) -> Asked:
        def ask(connection: Connection) -> pd.DataFrame:
            found = records(connection, metric, context, **more)
            return found.rows.assign(total=found.total)

        return ask

    def questions() -> Iterator[tuple[str, Asked]]:
        for metrics in groups().values():
            for place, metric in enumerate(metrics):
                # How they are filtered, searched and cut is a matter of the rows, whichever of their metrics asks.
                if place < 2 or name == "five years":
                    yield f"{metric.key}", listed(metric, limit=300)
                if place < 2:
                    yield f"{metric.key} searched", listed(metric, search="建", limit=100)
                    yield f"{metric.key} further on", listed(metric, limit=40, offset=20)

    same_everywhere(engines, questions())


@pytest.mark.parametrize("kind", lists.HISTORIES)
def test_every_kind_of_history(engines: dict[str, Engine], kind: str) -> None:
    source = ROWS[LINES[kind]]
    key = source.record_id
    context = contexts("five years")
    over = periods(context)
    with reading(engines["sqlite"]) as connection:
        numbers = select(source.rows(context, over).c[key]).distinct()
        ids = sorted(str(one) for one in connection.execute(numbers, bound(context, over)).scalars() if one)
    asked = [*ids[: HISTORIES_ASKED // 2], *ids[-HISTORIES_ASKED // 2 :]]
    assert asked

    def questions() -> Iterator[tuple[str, Asked]]:
        for one in asked:
            yield f"history of {kind} {one}", lambda c, one=one: history(c, kind, one, context)
            yield f"facts of {kind} {one}", lambda c, one=one: facts(c, kind, one, context).rows

    same_everywhere(engines, questions())


def test_the_rules_the_changes_and_the_pace(engines: dict[str, Engine]) -> None:
    def cases(connection: Connection) -> pd.DataFrame:
        found = pace(connection, contexts("one year"))
        of = found.cases
        columns = {"unit": of.unit, "assigned": of.assigned, "due": of.due, "replied": of.replied}
        return pd.DataFrame({"id": found.ids, **columns}).drop(columns="unit").sort_values("id", ignore_index=True)

    same_everywhere(
        engines,
        [
            ("rules", lambda c: repr(read_rules(c))),
            ("changes", lambda c: changed(c, contexts("one year"))[1]),
            ("changes since a day", lambda c: changed(c, contexts("since a day"))[1]),
            ("pace", cases),
            ("check", lambda c: [finding.say("zh") for finding in check(c, as_of=AS_OF)]),
            ("check of an early day", lambda c: [f.say("zh") for f in check(c, as_of=date(2023, 5, 1))]),
        ],
    )


@pytest.fixture
def drawn(sample_urls: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], list[Any]]]:
    """Everything that stands on a page, by kind of database."""

    def draw(kind: str, page: str) -> list[Any]:
        monkeypatch.setenv("DATABASE_URL", sample_urls[kind])
        settings.cache_clear()
        fetch.forget()
        made = []
        for parts in VIEWS:
            shown = fetch.page(page)
            view = shown.adapt(fetch.view_of(parts)[0], parts)
            made += [(parts, e.key, fetch.picture(page, e, view)) for e in shown.exhibits()]
        fetch.engine().dispose()
        return made

    yield draw
    settings.cache_clear()
    fetch.forget()


@pytest.mark.parametrize("page", PAGES)
def test_every_exhibit_of_every_page(drawn: Callable[[str, str], list[Any]], page: str) -> None:
    expected = drawn("sqlite", page)
    differing = []
    for kind in KINDS:
        for (parts, key, one), (_, _, other) in zip(expected, drawn(kind, page), strict=True):
            said = [(p.title, p.subtitle, p.foot, p.alt, p.empty, p.sources, p.more) for p in (one, other)]
            fault = difference(one.table, other.table) or difference(said[0], said[1])
            # What is drawn as well, down to the tool tips.
            if not fault and one.body is not None:
                fault = difference(rounded(one.body.paper()), rounded(other.body.paper()))
            if fault:
                differing.append(f"{page}.{key} {parts} on {kind}: {fault}")
    assert differing == []
