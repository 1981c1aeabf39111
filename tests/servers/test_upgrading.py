"""The tables get from any version to any other with their rows, and where they arrive is what the description says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, select, text

from data_access.__main__ import main
from data_access.engine import writing_engine
from data_access.errors import DatabaseProblem
from data_access.migrations.__main__ import main as write_revision
from data_access.tables import TABLES, metadata
from data_access.upgrading import VERSION_TABLE, configured, head, upgrade, version, versions
from tests.data_access.importing.workbooks import everything, small_district
from tests.servers.machines import Server

FIRST = "0001"


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without a table, on each kind."""
    if request.param == "sqlite":
        sqlite3.connect(tmp_path / "renda.db").close()
        yield f"sqlite:///{tmp_path / 'renda.db'}"
        return
    server: Server = request.getfixturevalue("servers")[request.param]
    name = f"up_{request.node.name.split('[')[0][-30:]}_{request.getfixturevalue('worker_id')}"
    yield server.create(name)
    server.drop(name)


def migrated(url: str, to: str = "head") -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        command.upgrade(configured(connection), to)
    engine.dispose()


def made(url: str, *, filled: bool = True) -> None:
    """A database as ``create`` makes it."""
    assert main(["create", "--database-url", url]) == 0
    if filled:
        engine = writing_engine(url)
        with engine.begin() as connection:
            small_district(connection)
        engine.dispose()


def asked(url: str, question: Any) -> Any:
    engine = writing_engine(url)
    try:
        with engine.begin() as connection:
            return question(connection)
    finally:
        engine.dispose()


def without_version(url: str, *more: str) -> None:
    def drop(connection: Connection) -> None:
        for words in (f"DROP TABLE {VERSION_TABLE}", *more):
            connection.execute(text(words))

    asked(url, drop)


def described(connection: Connection) -> dict[str, Any]:
    """Everything a database says of its tables: columns with types and orders, keys, rules, indexes."""
    inspector = inspect(connection)
    said: dict[str, Any] = {}
    for table in sorted(set(inspector.get_table_names()) - {VERSION_TABLE}):
        columns, referring = inspector.get_columns(table), inspector.get_foreign_keys(table)
        kinds = [(c["name"], str(c["type"]), getattr(c["type"], "collation", None), c["nullable"]) for c in columns]
        said[table] = {
            "columns": sorted(kinds),
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "refers": sorted((str(k["name"]), k["constrained_columns"], k["referred_table"]) for k in referring),
            "rules": sorted((str(rule["name"]), rule["sqltext"]) for rule in inspector.get_check_constraints(table)),
            "indexes": sorted((str(i["name"]), i["column_names"], i["unique"]) for i in inspector.get_indexes(table)),
        }
    return said


def test_the_revisions_lead_to_what_the_description_says(empty_url: str) -> None:
    migrated(empty_url)
    assert asked(empty_url, lambda c: compare_metadata(MigrationContext.configure(c), metadata)) == []
    by_revisions = asked(empty_url, described)

    def anew(connection: Connection) -> dict[str, Any]:
        metadata.drop_all(connection)
        metadata.create_all(connection)
        return described(connection)

    assert asked(empty_url, anew) == by_revisions
    assert set(by_revisions) == set(metadata.tables)


def test_every_step_up_and_down_keeps_the_rows(empty_url: str) -> None:
    made(empty_url)
    before, tables = everything(empty_url), asked(empty_url, described)
    for one in (*reversed(versions()), *versions()):
        upgrade(empty_url, to=one, down=True)
        assert asked(empty_url, version) == one
    assert everything(empty_url) == before and asked(empty_url, described) == tables


def test_the_first_revision_can_be_taken_back(empty_url: str) -> None:
    made(empty_url)
    asked(empty_url, lambda c: command.downgrade(configured(c), "base"))
    assert set(asked(empty_url, lambda c: inspect(c).get_table_names())) <= {VERSION_TABLE}


def test_tables_made_by_create_have_the_programs_version(empty_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    made(empty_url)
    assert asked(empty_url, version) == head()
    capsys.readouterr()
    assert main(["upgrade", "--database-url", empty_url]) == 0
    assert f"已是版本 {head()}" in capsys.readouterr().out


def test_tables_made_before_versions_were_kept_are_recognised(empty_url: str) -> None:
    made(empty_url)
    before = everything(empty_url)
    without_version(empty_url)
    assert upgrade(empty_url) == (None, head())
    assert asked(empty_url, version) == head() and everything(empty_url) == before


def test_tables_of_no_version_are_refused_and_left_alone(empty_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    made(empty_url)
    without_version(empty_url, "ALTER TABLE proposal DROP COLUMN title")
    assert main(["upgrade", "--database-url", empty_url]) == 1
    said = capsys.readouterr().err
    assert "proposal.title" in said and "check" in said
    assert asked(empty_url, version) is None


def test_an_empty_database_is_told_to_be_created_first(empty_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["upgrade", "--database-url", empty_url]) == 1
    assert "create" in capsys.readouterr().err


@pytest.mark.parametrize(("found", "words"), [("0000", "比本程序"), ("9999", "比本程序")])
def test_a_version_this_program_does_not_know_is_left_alone(
    tmp_path: Path, found: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'renda.db'}"
    made(url)
    asked(url, lambda c: c.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '{found}'")))
    for asked_for in ("upgrade", "create"):
        assert main([asked_for, "--database-url", url]) == 1
        assert words in capsys.readouterr().err
    assert main(["check", "--database-url", url]) == 1
    assert "【错误】数据表的版本" in capsys.readouterr().out


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A revision after the last, as somebody would write it who adds a column and makes another one longer."""
    folder = tmp_path / "migrations"
    _copy_migrations(folder)
    (folder / "versions" / "9000_next.py").write_text(NEXT.replace("HEAD", head()))
    monkeypatch.setattr("data_access.upgrading.FOLDER", folder)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


NEXT = '''"""Next."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9000", "HEAD"
def upgrade():
    with op.batch_alter_table("region") as table:
        table.add_column(sa.Column("extra", sa.Integer()))
        table.alter_column("name", existing_type=sa.String(120), type_=sa.String(200), existing_nullable=False)
def downgrade():
    with op.batch_alter_table("region") as table:
        table.drop_column("extra")
        table.alter_column("name", existing_type=sa.String(200), type_=sa.String(120), existing_nullable=False)
'''


def _copy_migrations(folder: Path) -> None:
    from shutil import copytree, ignore_patterns

    from data_access.upgrading import FOLDER

    copytree(FOLDER, folder, ignore=ignore_patterns("__pycache__"))


def _forget() -> None:
    from data_access import upgrading

    for kept in (upgrading.versions, upgrading._scripts, upgrading._columns_of):
        kept.cache_clear()


def test_a_later_revision_goes_up_and_down_with_data_and_is_asked_for(
    empty_url: str, second: None, capsys: pytest.CaptureFixture[str]
) -> None:
    before_it = versions()[-2]
    migrated(empty_url, before_it)
    engine = writing_engine(empty_url)
    with engine.begin() as connection:
        small_district(connection)
    engine.dispose()
    rows = everything(empty_url)
    assert main(["check", "--database-url", empty_url]) == 1
    assert "python -m data_access upgrade" in capsys.readouterr().out
    assert main(["upgrade", "--database-url", empty_url]) == 0
    assert f"版本 {before_it}，现为版本 9000" in capsys.readouterr().out
    assert everything(empty_url) == rows
    assert "extra" in asked(empty_url, lambda c: {column["name"] for column in inspect(c).get_columns("region")})
    with pytest.raises(DatabaseProblem) as refused:
        upgrade(empty_url, to=before_it)
    assert "--down" in refused.value.say("zh")
    upgrade(empty_url, to=before_it, down=True)
    assert everything(empty_url) == rows and asked(empty_url, version) == before_it


def test_a_revision_that_fails_leaves_a_file_as_it_was(second: None, tmp_path: Path) -> None:
    from data_access.upgrading import FOLDER

    path = FOLDER / "versions" / "9000_next.py"
    path.write_text(
        path.read_text().replace("def downgrade", '    op.execute("SELECT no_such_column FROM region")\ndef downgrade')
    )
    url = f"sqlite:///{tmp_path / 'renda.db'}"
    sqlite3.connect(tmp_path / "renda.db").close()
    migrated(url, versions()[-2])
    before = (tmp_path / "renda.db").read_bytes()
    with pytest.raises(DatabaseProblem):
        upgrade(url)
    assert (tmp_path / "renda.db").read_bytes() == before


def test_the_next_revision_is_written_from_the_description(second: None) -> None:
    from data_access.upgrading import FOLDER

    (FOLDER / "versions" / "9000_next.py").unlink()
    (FOLDER / "versions" / "0001_first.py").write_text(
        (FOLDER / "versions" / "0001_first.py")
        .read_text()
        .replace('        sa.Column("population_year", sa.Integer()),\n', "")
    )
    _forget()
    write_revision("Know the year of the population")
    made_now = [path for path in (FOLDER / "versions").glob("*.py") if "population" in path.name]
    assert len(made_now) == 1 and "population_year" in made_now[0].read_text()


def test_a_name_of_no_version_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem) as refused:
        upgrade(f"sqlite:///{tmp_path / 'renda.db'}", to="0815")
    assert FIRST in refused.value.say("zh")


def test_every_table_of_the_description_is_in_the_first_revision_or_a_later_one() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        command.upgrade(configured(connection), "head")
        assert set(TABLES) < set(inspect(connection).get_table_names())
        assert connection.execute(select(TABLES["region"])).all() == []
    engine.dispose()
