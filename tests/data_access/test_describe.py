"""The contract is printed from the descriptions; its views run as printed and fit."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.describing.sql import DIALECTS, skeletons
from data_access.tables import TABLES


def test_the_views_run_as_printed_and_fit(tmp_path: Path) -> None:
    file = tmp_path / "views.sql"
    assert main(["describe", "--format", "sql", "--out", str(file)]) == 0
    with sqlite3.connect(tmp_path / "own.db") as connection:
        connection.executescript(file.read_text(encoding="utf-8"))
    connection.close()
    assert main(["check", "--database-url", f"sqlite:///{tmp_path}/own.db"]) == 0


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_column_stands_in_the_views_of_every_dialect(dialect: str) -> None:
    printed = skeletons(list(TABLES.values()), dialect)
    assert printed.count("CAST(NULL AS") == sum(len(table.columns) for table in TABLES.values()) + 1  # one in the head
    assert printed.count("CREATE VIEW ") == len(TABLES)


def test_the_dictionary_names_headers_codes_and_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "--table", "proposal_reply"]) == 0
    printed = capsys.readouterr().out
    assert "| `result_rating` | 结果评价 | 整数 |" in printed and "3 满意；2 基本满意；1 不满意" in printed
    assert "P11 " in printed and "## 议案建议" not in printed


def test_the_dictionary_is_data_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "--format", "json", "--table", "station"]) == 0
    (station,) = json.loads(capsys.readouterr().out)
    columns = {column["name"]: column for column in station["columns"]}
    assert list(columns) == [column.name for column in TABLES["station"].columns]
    assert columns["level"]["codes"]["ST"] and columns["level"]["required"]


def test_a_table_nobody_knows_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "--table", "提案"]) == 1
    assert "提案" in capsys.readouterr().err
