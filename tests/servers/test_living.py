"""A server that restarts, is slow, or is written to: the board says so in a sentence and goes on by itself."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from data_access import engine as engines
from data_access.__main__ import main
from data_access.engine import reading, reading_engine, writing_once
from data_access.errors import DatabaseBusy, DatabaseMissing, DatabaseProblem
from data_access.importing import bring_in, take_back
from data_access.tables import TABLES
from tests.data_access.importing.test_import import asked
from tests.data_access.importing.workbooks import everything, proposal_row, sheet, small_district, workbook
from tests.servers.machines import KINDS, Server, own, program

README = Path(__file__).resolve().parents[2] / "README.md"
WRITES = (
    "INSERT INTO region (region_code, name, level) VALUES ('990199', '新', 'COUNTY')",
    "UPDATE region SET name = '改'",
    "DELETE FROM proposal",
    "DROP TABLE proposal",
    "CREATE TABLE extra (id INTEGER)",
)


@pytest.fixture
def filled(server: Server, worker_id: str) -> Iterator[str]:
    """Address of a small district's database on a server."""
    name = f"living_{worker_id}"
    url = server.create(name)
    assert main(["create", "--database-url", url]) == 0
    with writing_once(url) as connection:
        small_district(connection)
    yield url
    server.drop(name)


def townships(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(func.count()).select_from(TABLES["region"])).scalar_one())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", [signal.SIGKILL, None], ids=["killed", "stopped"])
def test_a_restarted_server_is_read_again_without_restarting_the_board(
    kind: str, how: signal.Signals | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if program(kind) is None:
        pytest.skip(f"{kind} is not installed.")
    monkeypatch.setattr(engines, "CONNECT_SECONDS", 2)
    with own(kind) as server:
        url = server.create("renda")
        assert main(["create", "--database-url", url]) == 0
        # These servers write late to be fast, and what is killed here must not have lost its rows.
        if kind == "mariadb":
            server.run("SET GLOBAL innodb_flush_log_at_trx_commit = 1")
        with writing_once(url) as connection:
            small_district(connection)
        if kind == "postgresql":
            server.run("CHECKPOINT")
        engine = reading_engine(url)
        assert townships(engine) == 3
        server.stop(how)
        for _ in range(2):
            with pytest.raises(DatabaseMissing) as missing:
                townships(engine)
            assert "连接不上数据库" in missing.value.say("zh")
        server.start()
        assert townships(engine) == 3
        engine.dispose()


def test_a_connection_cut_while_it_rests_is_made_anew_unseen(filled: str, server: Server) -> None:
    engine = reading_engine(filled)
    with reading(engine) as connection:
        mine = "pg_backend_pid()" if server.kind == "postgresql" else "connection_id()"
        number = connection.execute(text(f"SELECT {mine}")).scalar_one()
    server.run(f"SELECT pg_terminate_backend({number})" if server.kind == "postgresql" else f"KILL {number}")
    assert townships(engine) == 3
    engine.dispose()


def test_a_slow_statement_is_given_up_with_a_sentence(
    filled: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "STATEMENT_SECONDS", 1)
    engine = reading_engine(filled)
    # MariaDB's own SLEEP ends early and without a fault.
    slow = (
        "SELECT pg_sleep(30)"
        if server.kind == "postgresql"
        else "SELECT count(*) FROM seq_1_to_30000 a, seq_1_to_30000 b WHERE a.seq * b.seq % 7 = 3"
    )
    with pytest.raises(DatabaseBusy) as busy, reading(engine) as connection:
        connection.execute(text(slow))
    assert "响应过慢" in busy.value.say("zh")
    assert townships(engine) == 3
    engine.dispose()


def test_writes_through_the_reading_engine_are_refused_by_the_server(filled: str) -> None:
    before = everything(filled)
    engine = reading_engine(filled)
    for statement in WRITES:
        with pytest.raises(DatabaseProblem) as refused, reading(engine) as connection:
            connection.execute(text(statement))
            connection.commit()
        assert "只读取" in refused.value.say("zh"), statement
    engine.dispose()
    assert everything(filled) == before


def grants(kind: str) -> list[str]:
    """The statements of README for that kind of server, as an administrator would paste them."""
    block = re.search(rf"```sql\n-- {kind}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL | re.IGNORECASE)
    assert block is not None
    return [words.strip() for words in re.sub(r"--.*", "", block[1]).split(";") if words.strip()]


@pytest.fixture
def roles(server: Server) -> Iterator[dict[str, str]]:
    """A database made, filled and opened to both roles with README's own statements: their addresses."""
    url = server.create("renda")
    assert main(["create", "--database-url", url]) == 0
    with writing_once(url) as connection:
        small_district(connection)
    server.run(*grants(server.kind), database="renda")
    yield {name: server.url("renda", f"renda_{name}", "change-me") for name in ("reader", "importer")}
    server.drop("renda")
    host = "" if server.kind == "postgresql" else "@'%'"
    server.run(*(f"DROP {'ROLE' if not host else 'USER'} renda_{name}{host}" for name in ("reader", "importer")))


def test_the_roles_of_the_readme_read_and_import_and_nothing_else(roles: dict[str, str], tmp_path: Path) -> None:
    engine = reading_engine(roles["reader"])
    assert townships(engine) == 3
    engine.dispose()
    for statement in WRITES:
        for name in ("reader", "importer"):
            if name == "importer" and not statement.startswith(("DROP", "CREATE")):
                continue
            with pytest.raises(DatabaseProblem), writing_once(roles[name]) as connection:
                connection.execute(text(statement))
    path = workbook(tmp_path / "a.xlsx", sheet(proposal_row("J1", "修大桥"), proposal_row("J2")))
    with pytest.raises(DatabaseProblem):
        bring_in(roles["reader"], asked(path), who="张三")
    before = everything(roles["reader"])
    assert bring_in(roles["importer"], asked(path), who="张三").number == 1
    assert take_back(roles["importer"], who="张三") == (1, "a.xlsx")
    assert everything(roles["reader"]) == before
