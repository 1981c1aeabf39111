"""What is exported and imported again is the same, row by row."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from data_access.__main__ import main
from data_access.importing import Asked, bring_in, check
from data_access.importing.export import LEFT_OUT
from data_access.tables import TABLES, metadata
from tests.conftest import UNTIL


def rows(url: str, name: str) -> list[tuple[object, ...]]:
    columns = [column for column in TABLES[name].columns if column.name != "updated_at"]
    engine = create_engine(url)
    with engine.connect() as connection:
        asked = select(*columns).order_by(*TABLES[name].primary_key)
        made = [tuple(row) for row in connection.execute(asked)]
    engine.dispose()
    return made


@pytest.fixture
def mended(sample_url: str, tmp_path: Path) -> str:
    """The sample without the few records that are wrong on purpose, which no import would take."""
    path = tmp_path / "mended.db"
    shutil.copy(sample_url.removeprefix("sqlite:///"), path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(
            "UPDATE proposal_handler SET org_unit_id = (SELECT min(id) FROM org_unit) WHERE org_unit_id IS NULL"
        )
        raw.execute(
            """UPDATE proposal_reply SET replied_on = p.assigned_on FROM proposal p
               WHERE p.id = proposal_id AND replied_on < p.assigned_on"""
        )
    return f"sqlite:///{path}"


def test_the_whole_sample_exported_and_imported_into_an_empty_database_is_the_same(mended: str, tmp_path: Path) -> None:
    path = tmp_path / "全部数据.xlsx"
    assert main(["export", "--out", str(path), "--database-url", mended]) == 0
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    engine = create_engine(url)
    metadata.create_all(engine)
    engine.dispose()
    outcome = bring_in(url, Asked(path, as_of=UNTIL, accept_warnings=True), who="张三")
    assert [problem.say("zh") for problem in outcome.plan.problems if problem.is_error] == []
    assert outcome.number == 1
    for name in TABLES:
        if name not in LEFT_OUT:
            assert rows(url, name) == rows(mended, name), name
    assert sum(len(rows(url, name)) for name in TABLES) > 30_000
    again = check(mended, Asked(path, as_of=UNTIL))
    assert again.plan.is_empty and again.plan.errors == 0
