"""What the tests share: an environment without settings, and one filled sample district."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

import sample_data
from dashboard.settings import SETTINGS
from data_access.engine import reading_engine
from data_access.tables import metadata

UNTIL = date(2026, 11, 20)

# A developer's own settings must not decide what a test sees.
for _setting in SETTINGS:
    os.environ.pop(_setting.name, None)


@pytest.fixture(scope="session")
def sample_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of an SQLite file with the sample district up to 20 November 2026, filled once for all workers."""
    base = tmp_path_factory.getbasetemp()
    # Workers of pytest-xdist have neighbouring folders: what they share lies above them.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    path = shared / "sample.db"
    with (shared / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _fill(path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def sample(sample_url: str) -> Iterator[Engine]:
    """A read-only engine on the sample district."""
    engine = reading_engine(sample_url)
    yield engine
    engine.dispose()


def _fill(path: Path) -> None:
    unfinished = path.with_suffix(".new")
    engine = create_engine(f"sqlite:///{unfinished}")
    with engine.begin() as connection:
        metadata.create_all(connection)
        sample_data.fill(connection, until=UNTIL)
    engine.dispose()
    unfinished.rename(path)
