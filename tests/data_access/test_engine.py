"""The board reads and never writes, and says in words what keeps it from reading."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from data_access.engine import place_of, reading, reading_engine, translate, writing_engine
from data_access.errors import DatabaseBusy, DatabaseMissing, DatabaseProblem, TableMissing
from data_access.tables import metadata
from data_access.tables.regions import region


def _make(path: Path, name: str) -> None:
    engine = writing_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(region), {"region_code": "990102", "name": name, "level": "COUNTY"})
    engine.dispose()


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "renda.db"
    _make(path, "云澜区")
    return path


def _name(engine: Engine) -> str:
    with reading(engine) as connection:
        return str(connection.execute(select(region.c.name)).scalar_one())


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO region (region_code, name, level) VALUES ('990103', '新区', 'COUNTY')",
        "UPDATE region SET name = '改名'",
        "DELETE FROM region",
        "DROP TABLE proposal",
        "CREATE TABLE extra (id INTEGER)",
        "PRAGMA user_version = 7",
    ],
)
def test_a_write_through_the_reading_engine_is_refused(plain: Path, statement: str) -> None:
    engine = reading_engine(f"sqlite:///{plain}")
    before = plain.read_bytes()
    with pytest.raises(DatabaseProblem, match="only reads"), reading(engine) as connection:
        connection.execute(text(statement))
        connection.commit()
    engine.dispose()
    assert plain.read_bytes() == before


def test_turning_the_guard_off_does_not_open_the_file_for_writing(plain: Path) -> None:
    engine = reading_engine(f"sqlite:///{plain}")
    with pytest.raises(DatabaseProblem, match="only reads"), reading(engine) as connection:
        connection.execute(text("PRAGMA query_only=OFF"))
        connection.execute(text("DELETE FROM region"))
    engine.dispose()


def test_the_reading_engine_reads(plain: Path) -> None:
    engine = reading_engine(f"sqlite:///{plain}")
    assert _name(engine) == "云澜区"
    engine.dispose()


def test_a_missing_file_is_named_with_the_setting_and_heals(tmp_path: Path) -> None:
    path = tmp_path / "renda.db"
    engine = reading_engine(f"sqlite:///{path}")
    with pytest.raises(DatabaseMissing) as raised:
        _name(engine)
    assert "DATABASE_URL" in raised.value.say("zh") and "renda.db" in raised.value.say("zh")
    assert "DATABASE_URL" in raised.value.say("en")
    assert not path.exists()
    _make(path, "云澜区")
    assert _name(engine) == "云澜区"
    engine.dispose()


def test_a_file_replaced_by_another_is_read_anew(plain: Path) -> None:
    engine = reading_engine(f"sqlite:///{plain}")
    assert _name(engine) == "云澜区"
    other = plain.with_name("other.db")
    _make(other, "霁川区")
    other.replace(plain)
    assert _name(engine) == "霁川区"
    engine.dispose()


def test_a_file_that_disappears_is_missing_and_not_remembered(plain: Path) -> None:
    engine = reading_engine(f"sqlite:///{plain}")
    assert _name(engine) == "云澜区"
    plain.unlink()
    with pytest.raises(DatabaseMissing):
        _name(engine)
    engine.dispose()


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "renda.db"
    path.write_text("not a database " * 200)
    engine = reading_engine(f"sqlite:///{path}")
    with pytest.raises(DatabaseProblem) as raised:
        _name(engine)
    engine.dispose()
    assert "不是可读的数据库" in raised.value.say("zh")


def test_a_missing_table_is_named_by_its_title(plain: Path) -> None:
    with sqlite3.connect(plain) as connection:
        connection.execute("DROP TABLE proposal_reply")
    connection.close()
    engine = reading_engine(f"sqlite:///{plain}")
    with pytest.raises(TableMissing) as raised, reading(engine) as reader:
        reader.execute(select(metadata.tables["proposal_reply"]))
    engine.dispose()
    assert "“答复评价”（proposal_reply）" in raised.value.say("zh")
    assert "Replies and ratings" in raised.value.say("en")


def test_a_missing_column_is_named(plain: Path) -> None:
    with sqlite3.connect(plain) as connection:
        connection.execute("ALTER TABLE region DROP COLUMN note")
    connection.close()
    engine = reading_engine(f"sqlite:///{plain}")
    with pytest.raises(TableMissing, match=r"region\.note"), reading(engine) as reader:
        reader.execute(select(region.c.note))
    engine.dispose()


def test_a_locked_database_is_busy_and_not_broken(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_access.engine.CONNECT_SECONDS", 0.05)
    engine = reading_engine(f"sqlite:///{plain}")
    writer = sqlite3.connect(plain, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseBusy) as raised:
        _name(engine)
    writer.execute("ROLLBACK")
    writer.close()
    assert "稍候再试" in raised.value.say("zh")
    assert _name(engine) == "云澜区"
    engine.dispose()


def test_a_path_with_spaces_marks_and_chinese_is_read(tmp_path: Path) -> None:
    path = tmp_path / "本区 数据%20#1.db"
    _make(path, "云澜区")
    engine = reading_engine(f"sqlite:///{path}")
    assert _name(engine) == "云澜区"
    engine.dispose()


@pytest.mark.parametrize("url", ["", "renda.db", "oracle://host/x", "nonsense://x", "mssql://host/x", "://"])
def test_an_address_that_is_none_names_the_setting(url: str) -> None:
    with pytest.raises(DatabaseMissing) as raised:
        reading_engine(url)
    assert "DATABASE_URL" in raised.value.say("zh")


def test_an_unreachable_server_is_named_without_user_and_password() -> None:
    engine = reading_engine("postgresql://clerk:geheim@127.0.0.1:1/renda?sslpassword=geheim2")
    with pytest.raises(DatabaseMissing) as raised:
        _name(engine)
    engine.dispose()
    for lang in ("zh", "en"):
        said = raised.value.say(lang)
        assert "127.0.0.1:1/renda" in said and "DATABASE_URL" in said
        assert "geheim" not in said and "clerk" not in said


def test_a_short_address_finds_the_installed_driver() -> None:
    assert reading_engine("postgres://a@b/c").driver == "psycopg"
    assert reading_engine("mysql://a@b/c").driver == "pymysql"
    assert reading_engine("mariadb://a@b/c").driver == "pymysql"


class _MariaDBError(Exception):
    """MariaDB's driver gives its number, and SQLSTATE beside it."""

    def __init__(self, number: int, words: str, sqlstate: str) -> None:
        super().__init__(number, words)
        self.sqlstate = sqlstate


class _PostgresError(Exception):
    def __init__(self, words: str, sqlstate: str | None) -> None:
        super().__init__(words)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("original", "expected", "said"),
    [
        (_PostgresError('relation "proposal" does not exist', "42P01"), TableMissing, "“议案建议”（proposal）"),
        (_PostgresError("column proposal.title does not exist", "42703"), TableMissing, "proposal.title"),
        (_PostgresError("canceling statement due to statement timeout", "57014"), DatabaseBusy, "稍候再试"),
        (_PostgresError("cannot execute INSERT in a read-only transaction", "25006"), DatabaseProblem, "只读取"),
        (_PostgresError('password authentication failed for user "clerk"', "28P01"), DatabaseMissing, "不接受"),
        (_PostgresError("connection refused", None), DatabaseMissing, "连接不上"),
        (_MariaDBError(1146, "Table 'renda.proposal' doesn't exist", "42S02"), TableMissing, "“议案建议”（proposal）"),
        (Exception(1054, "Unknown column 'proposal.title' in 'field list'"), TableMissing, "proposal.title"),
        (Exception(1969, "Query execution was interrupted"), DatabaseBusy, "稍候再试"),
        (Exception(1792, "Cannot execute statement in a READ ONLY transaction"), DatabaseProblem, "只读取"),
        (Exception(2003, "Can't connect to MySQL server on 'db'"), DatabaseMissing, "连接不上"),
    ],
)
def test_every_servers_faults_get_the_same_sentences(
    original: Exception, expected: type[DatabaseProblem], said: str
) -> None:
    kind = ProgrammingError if expected is TableMissing else OperationalError
    problem = translate(kind("SELECT 1", {}, original), "postgresql://clerk:geheim@db.example/renda")
    assert type(problem) is expected
    assert said in problem.say("zh")
    assert "clerk" not in problem.say("zh") + problem.say("en")


def test_no_free_connection_is_busy() -> None:
    assert isinstance(translate(PoolTimeout("QueuePool limit"), "sqlite:///x.db"), DatabaseBusy)


def test_a_place_is_shown_without_secrets() -> None:
    assert (
        place_of("postgresql://clerk:geheim@db.example:5433/renda?password=x") == "postgresql://db.example:5433/renda"
    )
    assert place_of("sqlite:////data/renda.db") == "/data/renda.db"


def test_a_file_inside_the_project_is_shown_by_its_short_path() -> None:
    assert place_of(f"sqlite:///{Path.cwd()}/var/renda.db") == "var/renda.db"


def test_the_writing_engine_keeps_references_whole(plain: Path) -> None:
    engine = writing_engine(f"sqlite:///{plain}")
    with pytest.raises(Exception, match="FOREIGN KEY"), engine.begin() as connection:
        connection.execute(insert(region), {"region_code": "9", "name": "x", "level": "TOWNSHIP", "parent_code": "8"})
    engine.dispose()
