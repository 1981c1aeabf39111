"""The guide's worked example on PostgreSQL and MariaDB: what SQLite shows, by a role that sees the views alone."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from dashboard import fetch
from dashboard.exhibits.exhibit import Picture
from dashboard.navigation import ENTRIES
from dashboard.settings import settings
from data_access.__main__ import main
from data_access.engine import reading_once, writing_once
from data_access.errors import DatabaseProblem, RendaError
from tests.existing_database import FIGURES, figures, on_server, on_sqlite, run
from tests.servers.machines import KINDS, Server
from tests.servers.test_equal import difference, rounded

Drawn = dict[tuple[str, str], Picture | str]


@pytest.fixture(scope="session")
def urls(servers: dict[str, Server], shared_folder: Path) -> dict[str, str]:
    """The vendor's database read through views on each kind of database, made once for all workers."""
    made = {}
    for kind, server in servers.items():
        done = shared_folder / f"{kind}.{server.port}.existing"
        with (shared_folder / f"{kind}.existing.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                done.write_text(on_server(server))
        made[kind] = done.read_text()
    return made


@pytest.fixture
def draw(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Drawn]]:
    """Every exhibit of every page of a database, or the sentence that stands in its place."""

    def all_of(url: str) -> Drawn:
        monkeypatch.setenv("DATABASE_URL", url)
        settings.cache_clear()
        fetch.forget()
        made: Drawn = {}
        for page in (fetch.page(entry.key) for entry in ENTRIES if entry.listed):
            view = page.adapt(fetch.view_of({"years": "2025"})[0], {})
            for exhibit in page.exhibits():
                try:
                    made[page.key, exhibit.key] = fetch.picture(page.key, exhibit, view)
                except RendaError as problem:
                    made[page.key, exhibit.key] = problem.say("zh")
        fetch.engine().dispose()
        return made

    yield all_of
    settings.cache_clear()
    fetch.forget()


@pytest.mark.parametrize("kind", KINDS)
def test_the_figures_are_those_counted_by_hand(urls: dict[str, str], kind: str) -> None:
    assert figures(urls[kind]) == FIGURES


@pytest.mark.parametrize("kind", KINDS)
def test_the_check_says_the_same(
    urls: dict[str, str], kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for url in (on_sqlite(tmp_path / "vendor.db"), urls[kind]):
        assert main(["check", "--database-url", url]) == 1
        said.append(capsys.readouterr().out)
        assert main(["check", "--database-url", url, "--partial"]) == 0
        said[-1] += capsys.readouterr().out
    assert said[0] == said[1]


def test_every_exhibit_is_the_same(urls: dict[str, str], tmp_path: Path, draw: Callable[[str], Drawn]) -> None:
    expected = draw(on_sqlite(tmp_path / "vendor.db"))
    differing = []
    for kind in KINDS:
        found = draw(urls[kind])
        assert found.keys() == expected.keys()
        differing += [f"{name} on {kind}" for name, one in expected.items() if not alike(one, found[name])]
    assert differing == []


def alike(one: Picture | str, other: Picture | str) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    bodies = [rounded(picture.body.paper()) if picture.body is not None else None for picture in (one, other)]
    said = [(p.title, p.subtitle, p.foot, p.alt, p.empty, p.is_absent) for p in (one, other)]
    return not (difference(one.table, other.table) or difference(said[0], said[1]) or difference(bodies[0], bodies[1]))


@pytest.mark.parametrize("kind", KINDS)
def test_the_role_of_the_guide_sees_the_views_alone_and_writes_nothing(urls: dict[str, str], kind: str) -> None:
    vendor = {"postgresql": "public", "mariadb": "dbjy"}[kind]
    with reading_once(urls[kind]) as connection:
        assert connection.execute(text("SELECT count(*) FROM deputy")).scalar_one() == 9
    for statement in (f"SELECT sjhm FROM {vendor}.dbxx", "DELETE FROM dzb_xzqh", "CREATE TABLE extra (id INTEGER)"):
        with pytest.raises(DatabaseProblem), writing_once(urls[kind]) as connection:
            connection.execute(text(statement))


@pytest.mark.parametrize("kind", KINDS)
def test_stored_as_tables_it_shows_the_same_and_is_renewed(
    urls: dict[str, str], servers: dict[str, Server], kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = {
        "postgresql": f"{urls[kind]}?options=-csearch_path%3Drenda",
        "mariadb": urls[kind].replace("renda_views", "renda_stored"),
    }[kind]
    renewing = {"postgresql": "refresh_postgresql.sql", "mariadb": "stored_mariadb.sql"}[kind]
    run(servers[kind], f"stored_{kind}.sql", renewing)
    assert figures(stored) == FIGURES
    assert main(["check", "--database-url", stored, "--partial"]) == 0
    assert main(["check", "--database-url", urls[kind], "--partial"]) == 0
    told = [said.split("各表行数")[1] for said in capsys.readouterr().out.split("【提醒】区划图形")[1:]]
    assert told[0] == told[1]
