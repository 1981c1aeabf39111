"""The stage: a scratch SQLite database that holds what the shared database has, and beside it what a file brings.

Names are resolved, rows compared and rules asked here, so that a file can be checked without the right to write and
an import holds the shared database only for as long as its changes take.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, create_engine, inspect
from sqlalchemy.pool import StaticPool

from data_access.importing.cells import plain
from data_access.importing.shared import Shared
from data_access.importing.stored import digest, kept, keys
from data_access.tables import TABLES

FOLDER = "renda-import-"
ROW, SHEET, STATE = "row_", "sheet_", "state_"  # what the stage adds to a row of a file

# Tables whose rows are looked up by what they refer to; only their references need an index here.
_LOOKED_UP = ("proposal_handler", "proposal_reply")


class Stage:
    """What is there (tables by their own names) and what a file brings (the same names after ``in_``)."""

    def __init__(self, folder: Path, source: Connection) -> None:
        self.source = source
        self.raw = sqlite3.connect(folder / "stage.db", isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536", "ignore_check_constraints=ON"):
            self.raw.execute(f"PRAGMA {pragma}")
        self.raw.create_function("plain", 1, plain, deterministic=True)
        self.raw.create_function("digest", -1, digest, deterministic=True)
        self.raw.create_function("kept", -1, kept, deterministic=True)
        self.engine: Engine = create_engine("sqlite://", creator=lambda: self.raw, poolclass=StaticPool)
        self.brought: dict[str, tuple[str, ...]] = {}
        self.taken: set[str] = set()
        for table in TABLES.values():
            self._create(table)

    def _create(self, table: Table) -> None:
        """A table without its constraints: what breaks them is to be named, not refused."""
        made = ", ".join(f'"{column.name}" {_kind(column)}' for column in table.columns)
        named = ", ".join(f'"{name}"' for name in keys(table))
        self.raw.execute(f"CREATE TABLE {table.name} ({made}, PRIMARY KEY ({named}))")

    def take(self, names: Iterable[str]) -> None:
        """Copy those tables of the shared database; tables and columns it lacks stay empty."""
        shared, inspector = Shared(self.source), inspect(self.source)
        present = set(inspector.get_table_names()) | set(inspector.get_view_names())
        for name in sorted((set(names) & present) - self.taken):
            table = TABLES[name]
            found = {column["name"] for column in inspector.get_columns(name)}
            columns = [column for column in table.columns if column.name in found]
            for part in shared.rows(table, columns):
                self._insert(name, [column.name for column in columns], part)
            self._index(table)
            self.taken.add(name)

    def _index(self, table: Table) -> None:
        """What rules look up from other tables: children of a record."""
        for column in table.columns:
            if table.name in _LOOKED_UP and column.foreign_keys:
                self.raw.execute(f'CREATE INDEX "ix_{table.name}_{column.name}" ON {table.name} ("{column.name}")')

    def bring(self, table: Table, columns: Sequence[Column[Any]]) -> None:
        """Make room for the rows of a file: the columns it fills, the row each came from and what becomes of it."""
        if table.name in self.brought:
            for column in columns:
                if column.name not in self.brought[table.name]:
                    self.raw.execute(f'ALTER TABLE in_{table.name} ADD COLUMN "{column.name}" {_kind(column)}')
            self.brought[table.name] = tuple(dict.fromkeys((*self.brought[table.name], *(c.name for c in columns))))
            return
        self.brought[table.name] = tuple(column.name for column in columns)
        made = ", ".join(f'"{column.name}" {_kind(column)}' for column in columns)
        self.raw.execute(f"CREATE TABLE in_{table.name} ({made}, {ROW} INTEGER, {SHEET} TEXT, {STATE} TEXT)")

    def add(self, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows of a file; each is the values of ``names``, its number and its sheet."""
        self._insert(f"in_{table.name}", [*names, ROW, SHEET], rows)

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The answer to a statement of SQLite."""
        return self.raw.execute(statement, values).fetchall()

    def _insert(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        places = ", ".join("?" * len(columns))
        named = ", ".join(f'"{column}"' for column in columns)
        self.raw.execute("BEGIN")
        self.raw.executemany(f"INSERT INTO {name} ({named}) VALUES ({places})", rows)
        self.raw.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()
        self.raw.close()


@contextmanager
def staged(connection: Connection) -> Iterator[Stage]:
    """A stage beside a shared database; it is gone afterwards."""
    with TemporaryDirectory(prefix=FOLDER) as folder:
        stage = Stage(Path(folder), connection)
        try:
            yield stage
        finally:
            stage.close()


def _kind(column: Column[Any]) -> str:
    """What makes SQLite compare a value of a file with one of the database as equals."""
    kind = column.type.python_type
    return {int: "INTEGER", bool: "INTEGER", float: "REAL"}.get(kind, "TEXT")
