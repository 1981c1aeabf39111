"""Two computations that know nothing of each other agree: SQL through measure(), and plain loops over whole tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import isnan
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from data_access.measure import measure
from data_access.metrics import METRICS
from tests.conftest import UNTIL
from tests.data_access import oracle_proposals as oracle
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
)
from tests.data_access.oracle_items import Asked, Tables, read

COMPARED = [metric for key, metric in METRICS.items() if key.startswith("P") and not key.startswith(("P17", "P24"))]


def compare(connection: Connection, tables: Tables, asked: Asked) -> None:
    by = [asked.by] if asked.by else []
    seen = context(asked.as_of, (asked.years[0], asked.years[-1]), townships=asked.townships)
    measured = measure(connection, COMPARED, seen, by, same_dates=asked.same_dates)
    expected = oracle.answer(tables, asked)
    groups = measured[asked.by].tolist() if by else [""]
    assert set(groups) >= set(expected)
    for place, group in enumerate(groups):
        cell = expected.get(group, {})
        for name in measured.columns.drop(by):
            # What the loops never met has no entry: nothing counted, or no base.
            missing = float("nan") if name in METRICS and not _is_count(name) else 0
            assert _same(measured[name].iloc[place], cell.get(name, missing)), (group, name)


def _is_count(name: str) -> bool:
    return METRICS[name].kind.value in ("count", "sum", "distinct")


def _same(one: Any, other: Any) -> bool:
    return (isnan(one) and isnan(other)) or one == pytest.approx(other)


GROUPS = ("", "year", "township", "unit", "category")


@pytest.fixture(scope="module")
def sample_tables(sample: Engine) -> Tables:
    with sample.connect() as connection:
        return read(connection)


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("same_dates", [False, True], ids=["whole years", "same dates"])
def test_both_agree_on_the_whole_sample(sample: Engine, sample_tables: Tables, by: str, same_dates: bool) -> None:
    asked = Asked((2022, 2023, 2024, 2025, 2026), UNTIL, same_dates=same_dates, by=by)
    with sample.connect() as connection:
        compare(connection, sample_tables, asked)


def test_both_agree_on_one_year_of_two_townships(sample: Engine, sample_tables: Tables) -> None:
    with sample.connect() as connection:
        asked = Asked((2025,), date(2026, 3, 1), townships=("990102001", "990102102"), by="unit")
        compare(connection, sample_tables, asked)


def test_both_agree_on_deputies_who_led_an_item(sample: Engine, sample_tables: Tables) -> None:
    for years in ((2025, 2025), (2023, 2026)):
        last = min(date(years[1], 12, 31), UNTIL)
        with sample.connect() as connection:
            found = measure(connection, [METRICS["P17"]], context(UNTIL, years))
        assert (found["P17.k"][0], found["P17.n"][0]) == oracle.active_deputies(sample_tables, years, last)


@pytest.fixture(scope="module", params=range(4), ids=lambda seed: f"seed {seed}")
def careless_data(request: pytest.FixtureRequest) -> Iterator[tuple[Connection, Tables]]:
    """Dates in the wrong order or in the future, units missing, replies by nobody in charge, other districts."""
    connection = empty_database()
    careless(connection, Random(request.param))
    yield connection, read(connection)
    connection.close()


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("same_dates", [False, True], ids=["whole years", "same dates"])
def test_both_agree_on_careless_data(careless_data: tuple[Connection, Tables], same_dates: bool, by: str) -> None:
    asked = Asked((2023, 2024, 2025), date(2025, 4, 20), same_dates=same_dates, by=by)
    compare(*careless_data, asked)


def careless(connection: Connection, chance: Random) -> None:
    """Sixty items with everything that can be wrong about them."""
    for unit in ("U1", "U2", "U3"):
        add(connection, "org_unit", id=unit, name=unit, system=chance.choice(("GOV", "PTY")))
    for number in range(60):
        _careless_item(connection, chance, f"{number:02}")


def _careless_item(connection: Connection, chance: Random, id: str) -> None:
    submitted = date(2022, 12, 20) + timedelta(days=chance.randrange(900))
    assigned = chance.choice((None, *[submitted + timedelta(days=chance.randrange(-5, 40)) for _ in range(6)]))
    add_proposal(
        connection,
        id,
        kind=chance.choice(("SUG", "SUG", "SUG", "BILL", "BILL_SUG")),
        status=chance.choice(("HANDLING", "HANDLING", "REPLIED", "REHANDLING", "WITHDRAWN", "MERGED")),
        competence=chance.choice(("OWN", "OWN", "OWN", "UP")),
        category=chance.choice(("EDU", "AGR")),
        region_code=chance.choice((RIVER, HILL, MARKET, DISTRICT, OTHER_DISTRICT)),
        place_code=chance.choice((None, RIVER)),
        handling_year=submitted.year + (submitted.month == 12),
        submitted_on=submitted,
        assigned_on=assigned,
        due_on=chance.choice((None, None, None, submitted + timedelta(days=60))),
        extended=chance.random() < 0.2,
        is_accepted=chance.choice((None, True, False)),
        is_key=chance.random() < 0.2,
        is_public=chance.random() < 0.8,
    )
    start = assigned or submitted
    in_charge = False
    for unit, role in _careless_roles(chance):
        back = start + timedelta(days=chance.randrange(30)) if chance.random() < 0.15 else None
        given = chance.choice((None, start, start + timedelta(days=12)))
        add_handler(connection, id, unit, role, assigned_on=given, returned_on=back)
        in_charge |= role != "CO" and back is None and given is None
    # Where no unit is in charge nothing says which of several replies is the one.
    for unit in ("U1", "U2", "U3") if in_charge else ("U1",):
        _careless_replies(connection, chance, id, unit, start)


def _careless_roles(chance: Random) -> list[tuple[str | None, str]]:
    return chance.choice(
        (
            [("U1", "SOLE")],
            [("U2", "LEAD"), ("U1", "CO")],
            [("U1", "SPLIT"), ("U2", "SPLIT"), ("U3", "SPLIT")],
            [("U3", "SPLIT"), ("U2", "SPLIT")],
            [],
            [("UX", "SOLE")],
        )
    )


def _careless_replies(connection: Connection, chance: Random, id: str, unit: str, start: date) -> None:
    day = start + timedelta(days=chance.randrange(-10, 160))
    for round_no in range(1, 1 + chance.choice((0, 1, 1, 1, 2, 3))):
        rated_on = chance.choice((None, day + timedelta(days=chance.randrange(-3, 40))))
        klass = chance.choice(("A", "B", "B", "C", None))
        promised = day + timedelta(days=chance.randrange(300)) if klass == "B" or chance.random() < 0.1 else None
        kept = promised + timedelta(days=chance.randrange(-90, 60)) if promised and chance.random() < 0.6 else None
        add_reply(
            connection,
            id,
            day,
            unit,
            round_no,
            contacted_on=chance.choice((None, day, day + timedelta(days=3))),
            contact_way=chance.choice((None, "FACE", "PHONE")),
            result_class=klass,
            class_current=chance.choice((klass, "A", None)),
            promised_on=promised,
            fulfilled_on=kept,
            rated_on=rated_on,
            result_rating=chance.choice((None, 1, 2, 3)) if rated_on else None,
            attitude=chance.choice((None, 1, 3)) if rated_on else None,
            is_published=chance.random() < 0.5,
        )
        day += timedelta(days=chance.randrange(1, 90))
