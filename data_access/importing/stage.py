"""The stage: a scratch SQLite database that holds what the shared database has, and beside it what a file brings.

Names are resolved, rows compared and rules asked here, so that a file can be checked without the right to write and
an import holds the shared database only for as long as its changes take.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Column, Connection, DateTime, Engine, Table, create_engine, inspect, select
from sqlalchemy.pool import StaticPool

from data_access.tables import TABLES

BATCH = 5000
ROW, SHEET, STATE = "row_", "sheet_", "state_"  # what the stage adds to a row of a file


class Stage:
    """What is there (tables by their own names) and what a file brings (the same names after ``in_``)."""

    def __init__(self, folder: Path) -> None:
        self.raw = sqlite3.connect(folder / "stage.db", isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536", "ignore_check_constraints=ON"):
            self.raw.execute(f"PRAGMA {pragma}")
        self.engine: Engine = create_engine("sqlite://", creator=lambda: self.raw, poolclass=StaticPool)
        self.brought: dict[str, tuple[str, ...]] = {}
        for table in TABLES.values():
            self._create(table)

    def _create(self, table: Table) -> None:
        """A table without its constraints: what breaks them is to be named, not refused. Its indexes are real."""
        made = ", ".join(f'"{column.name}" {_kind(column)}' for column in table.columns)
        named = ", ".join(f'"{name}"' for name in keys(table))
        self.raw.execute(f"CREATE TABLE {table.name} ({made}, PRIMARY KEY ({named}))")
        for index in table.indexes:
            index.create(self.engine)

    def take(self, connection: Connection) -> None:
        """Copy what the shared database has; tables and columns it lacks stay empty."""
        inspector = inspect(connection)
        present = set(inspector.get_table_names()) | set(inspector.get_view_names())
        for table in (table for table in TABLES.values() if table.name in present):
            found = {column["name"] for column in inspector.get_columns(table.name)}
            columns = [column for column in table.columns if column.name in found]
            rows = connection.execution_options(yield_per=BATCH).execute(select(*columns))
            for part in rows.partitions():
                self._insert(table.name, [c.name for c in columns], ([stored(v) for v in row] for row in part))

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
    """A stage with what the shared database has; it is gone afterwards."""
    with TemporaryDirectory(prefix="renda-import-") as folder:
        stage = Stage(Path(folder))
        try:
            stage.take(connection)
            yield stage
        finally:
            stage.close()


def stored(value: Any) -> Any:
    """A value as SQLite stores it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def loaded(column: Column[Any], value: Any) -> Any:
    """A value of the stage as Python has it: the other way round."""
    if value is None:
        return None
    kind = column.type.python_type
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    return kind(value)


def keys(table: Table) -> tuple[str, ...]:
    """The columns that name a row of a table."""
    return tuple(column.name for column in table.primary_key)


def same_key(table: Table, left: str, right: str) -> str:
    """The condition that two rows have the same key."""
    return " AND ".join(f'{left}."{name}" = {right}."{name}"' for name in keys(table))


def _kind(column: Column[Any]) -> str:
    """What makes SQLite compare a value of a file with one of the database as equals."""
    kind = column.type.python_type
    return {int: "INTEGER", bool: "INTEGER", float: "REAL"}.get(kind, "TEXT")
