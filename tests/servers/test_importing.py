"""The import keeps its promises on servers too: whole or not at all, one at a time, undone when asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, inspect, select, text

from data_access.engine import writing_engine, writing_once
from data_access.errors import DatabaseBusy
from data_access.importing import bring_in, take_back
from data_access.importing.writing import importing
from data_access.tables import KEPT_BY_US, TABLES, metadata
from data_access.upgrading import stamp_if_whole
from tests.data_access.factories import RIVER, add
from tests.data_access.importing import test_import as ordinary
from tests.data_access.importing.test_import import asked, said
from tests.data_access.importing.workbooks import (
    everything,
    proposal_row,
    sheet,
    small_district,
    workbook,
)
from tests.servers.machines import Server

# Everything said of an import that a server may answer otherwise than a file: the same tests, on another database.
test_written_once = ordinary.test_a_right_file_is_written_once_and_a_second_time_changes_nothing
test_updated_by_key = ordinary.test_a_newer_file_updates_by_key_and_says_what_it_does
test_other_columns_stay = ordinary.test_columns_the_file_does_not_have_keep_their_values
test_every_problem_at_once = ordinary.test_every_problem_is_named_at_once_with_its_place_and_nothing_is_written
test_broken_records = ordinary.test_a_record_of_the_database_that_an_import_would_break_is_named
test_warnings = ordinary.test_warnings_have_to_be_accepted
test_deletions = ordinary.test_rows_are_deleted_only_when_asked_and_children_hold_their_parents
test_log_and_undo = ordinary.test_the_log_says_who_when_which_file_and_undo_takes_it_back
test_killed_halfway = ordinary.test_an_import_killed_halfway_leaves_the_database_as_it_was


@pytest.fixture(scope="module")
def emptied(server: Server, worker_id: str) -> Iterator[str]:
    """Address of a database with every table, one for all tests of this module."""
    name = f"imports_{worker_id}"
    url = server.create(name)
    with writing_once(url) as connection:
        metadata.create_all(connection)
        stamp_if_whole(connection)
    yield url
    server.drop(name)


@pytest.fixture
def url(emptied: str) -> str:
    """The same database with the rows of the small district alone."""
    with writing_once(emptied) as connection:
        _empty(connection)
        small_district(connection)
    return emptied


def _empty(connection: Connection) -> None:
    for table in (*KEPT_BY_US[::-1], *reversed(TABLES.values())):
        to_itself = [c for c in table.columns if any(key.column.table is table for key in c.foreign_keys)]
        if to_itself:
            connection.execute(table.update().values({c.name: None for c in to_itself}))
        connection.execute(delete(table))


def test_undo_is_refused_when_a_record_was_changed_since(url: str, tmp_path: Path) -> None:
    bring_in(url, asked(workbook(tmp_path / "a.xlsx", sheet(proposal_row("J2")))), who="张三")
    with writing_once(url) as connection:
        connection.execute(text("UPDATE proposal SET title = '另改' WHERE id = 'J2'"))
    before = everything(url)
    with said(ordinary.DatabaseProblem, "J2"):
        take_back(url, who="李四")
    assert everything(url) == before


def test_characters_of_four_bytes_case_and_long_shapes_come_back_as_they_were(url: str, tmp_path: Path) -> None:
    shape = '{"type":"Polygon","coordinates":[[' + ",".join(f"[{110 + n / 1e5},30.1]" for n in range(1600)) + "]]}"
    rows = [proposal_row("K1", "修𠮷桥 😀"), proposal_row("k1", "另一件")]
    assert bring_in(url, asked(workbook(tmp_path / "a.xlsx", sheet(*rows))), who="张三").number == 1
    titles = {row[0]: row[2] for row in everything(url)["proposal"]}
    assert (titles["K1"], titles["k1"]) == ("修𠮷桥 😀", "另一件")
    with writing_once(url) as connection:
        add(connection, "region_shape", region_code=RIVER, geojson=shape * 3)
    assert len(shape * 3) > 65_535
    with writing_once(url) as connection:
        assert connection.execute(select(TABLES["region_shape"].c.geojson)).scalar_one() == shape * 3


def test_two_imports_at_once_one_is_refused_with_a_sentence(url: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet(proposal_row("J2")))
    before = everything(url)
    with importing(url), said(DatabaseBusy, "没有改动"):
        bring_in(url, asked(path), who="张三")
    assert everything(url) == before
    assert bring_in(url, asked(path), who="张三").number == 1


def test_two_databases_of_one_server_do_not_wait_for_each_other(url: str, server: Server, worker_id: str) -> None:
    name = f"neighbour_{worker_id}"
    with ExitStack() as after:
        neighbour = server.create(name)
        after.callback(server.drop, name)
        with importing(url), importing(neighbour) as connection:
            assert inspect(connection).get_table_names() == []


HOLDS = """
import sys, time
from data_access.importing.writing import importing
with importing(sys.argv[1]):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_goes_with_a_process_that_is_killed(url: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet(proposal_row("J2")))
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, url], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": "."}
    )
    with holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with said(DatabaseBusy, "没有改动"):
            bring_in(url, asked(path), who="张三")
        holder.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while True:
        try:
            assert bring_in(url, asked(path), who="张三").number == 1
            break
        except DatabaseBusy:
            # The server learns of the death from the closed connection.
            assert time.monotonic() < until
            time.sleep(0.1)


def test_the_tables_the_import_keeps_are_made_where_they_are_missing(url: str, tmp_path: Path) -> None:
    with writing_once(url) as connection:
        metadata.drop_all(connection, tables=list(KEPT_BY_US))
    bring_in(url, asked(workbook(tmp_path / "a.xlsx", sheet(proposal_row("J2")))), who="张三")
    engine = writing_engine(url)
    assert {table.name for table in KEPT_BY_US} <= set(inspect(engine).get_table_names())
    engine.dispose()
