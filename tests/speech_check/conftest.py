"""A board on the sample district, and what a draft gets from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dashboard import fetch
from dashboard.settings import settings
from dashboard.speech_check.checking import check
from dashboard.speech_check.verdicts import Checked
from data_access.engine import reading
from data_access.measure import measure
from data_access.metrics import METRICS

Ask = Callable[..., Checked]
Figure = Callable[..., Any]


@pytest.fixture(scope="module")
def board(sample_url: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", sample_url)
        settings.cache_clear()
        fetch.forget()
        yield
    settings.cache_clear()
    fetch.forget()


@pytest.fixture(scope="module")
def ask(board: None) -> Ask:
    """A draft's verdicts, under a view given as address parts."""

    def asked(text: str, **parts: str) -> Checked:
        view, faults = fetch.view_of({"years": "2022-2026", **parts})
        assert not faults
        with reading(fetch.engine()) as connection:
            return check(connection, text, view, fetch.frame())

    return asked


@pytest.fixture(scope="session")
def known() -> dict[tuple[Any, ...], Any]:
    """Figures asked for before: the sample does not change."""
    return {}


@pytest.fixture(scope="module")
def figure(board: None, known: dict[tuple[Any, ...], Any]) -> Figure:
    """A column of ``measure()`` for a metric: ``figure("P04", "P04.k", years="2025")``."""

    def asked(key: str, column: str = "", **parts: str) -> Any:
        name = (key, column, *sorted(parts.items()))
        if name not in known:
            known[name] = measured(key, column, **parts)
        return known[name]

    def measured(key: str, column: str, **parts: str) -> Any:
        view, faults = fetch.view_of({"years": "2022-2026", **parts})
        assert not faults
        with reading(fetch.engine()) as connection:
            return measure(connection, [METRICS[key]], view.context).iloc[0][column or key]

    return asked
