"""What the tests share: an environment without settings, and one filled sample district."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine

import sample_data
from dashboard import fetch
from dashboard.settings import SETTINGS
from data_access.engine import analyse, reading_engine, writing_engine
from data_access.tables import metadata
from tests.servers.machines import KINDS, PACKAGES, Server, program, shared

UNTIL = date(2026, 11, 20)

# No test is timed: a busy machine must not make one fail.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")

# A developer's own settings must not decide what a test sees.
for _setting in SETTINGS:
    os.environ.pop(_setting.name, None)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a test run share."""
    base = tmp_path_factory.getbasetemp()
    # Workers of pytest-xdist have neighbouring folders: what they share lies above them.
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def sample_url(shared_folder: Path) -> Iterator[str]:
    """Address of an SQLite file with the sample district up to 20 November 2026, filled once for all workers."""
    path = shared_folder / "sample.db"
    with (shared_folder / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            unfinished = path.with_suffix(".new")
            _fill(f"sqlite:///{unfinished}")
            unfinished.rename(path)
    with _engines_kept(url := f"sqlite:///{path}"):
        yield url


@pytest.fixture(scope="session")
def sample(sample_url: str) -> Iterator[Engine]:
    """A read-only engine on the sample district."""
    engine = reading_engine(sample_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def servers(shared_folder: Path) -> Iterator[dict[str, Server]]:
    """A PostgreSQL and a MariaDB server, started once for all workers and ended after the last test."""
    lacking = [PACKAGES[kind] for kind in KINDS if program(kind) is None]
    if lacking:
        pytest.skip(f"No server to be tried: apt-get install {' '.join(lacking)}")
    with ExitStack() as held:
        yield {kind: held.enter_context(shared(kind, shared_folder)) for kind in KINDS}


@pytest.fixture(scope="session", params=KINDS)
def server(request: pytest.FixtureRequest, servers: dict[str, Server]) -> Server:
    """One of the servers after the other."""
    return servers[request.param]


@pytest.fixture(scope="session")
def sample_urls(sample_url: str, servers: dict[str, Server], shared_folder: Path) -> Iterator[dict[str, str]]:
    """The same sample on SQLite and on both servers, each filled once for all workers."""
    for kind, server in servers.items():
        with (shared_folder / f"{kind}.sample.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (done := shared_folder / f"{kind}.{server.port}.sample").exists():
                _fill(server.create("sample"))
                done.touch()
    there = {kind: server.url("sample") for kind, server in servers.items()}
    with _engines_kept(*there.values()):
        yield {"sqlite": sample_url, **there}


@contextmanager
def _engines_kept(*urls: str) -> Iterator[None]:
    """A board that forgets its engine on one of these databases gets it again, with the statements written before.

    Nobody may change them.
    """
    made, engines = fetch.reading_engine, {url: reading_engine(url) for url in urls}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetch, "reading_engine", lambda url: engines.get(url) or made(url))
        yield
    for engine in engines.values():
        engine.dispose()


def _fill(url: str) -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        metadata.create_all(connection)
        sample_data.fill(connection, until=UNTIL)
        analyse(connection)
    engine.dispose()
