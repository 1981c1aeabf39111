"""The shared database, row by row in the form the stage stores: read, added to, changed and deleted from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, bindparam, delete, insert, select, tuple_, update

from data_access.importing.stored import keys, loaded, stored

BATCH = 5000
MANY = 20_000  # rows from which on indexes are made anew
Rows = Iterable[Sequence[Any]]


class Shared:
    """A connection to the shared database. SQLite stores what the stage stores: its rows are passed on as they are."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.is_sqlite = connection.dialect.name == "sqlite"

    def rows(self, table: Table, columns: Sequence[Column[Any]]) -> Iterator[Rows]:
        """Every row of a table, in parts."""
        if self.is_sqlite:
            named = ", ".join(f'"{column.name}"' for column in columns)
            yield from self.connection.exec_driver_sql(f"SELECT {named} FROM {table.name}").partitions(BATCH)
            return
        asked = self.connection.execute(select(*columns), execution_options={"yield_per": BATCH})
        for part in asked.partitions():
            yield ([stored(value) for value in row] for row in part)

    def at(self, table: Table, wanted: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], list[Any]]:
        """The rows of those keys, some hundred at a time; what is not there is left out."""
        named = [table.c[name] for name in keys(table)]
        here = named[0].in_([key[0] for key in wanted]) if len(named) == 1 else tuple_(*named).in_(wanted)
        found: dict[tuple[str, ...], list[Any]] = {}
        for row in self.connection.execute(select(*named, *table.columns).where(here)):
            found[tuple(map(str, row[: len(named)]))] = [stored(value) for value in row[len(named) :]]
        return found

    def insert(self, table: Table, columns: Sequence[str], rows: Rows) -> None:
        """Add rows, each the values of those columns."""
        if self.is_sqlite:
            named = ", ".join(f'"{name}"' for name in columns)
            self._run(f"INSERT INTO {table.name} ({named}) VALUES ({', '.join('?' * len(columns))})", rows)
            return
        for part in self._loaded(table, columns, columns, rows):
            self.connection.execute(insert(table), part)

    @contextmanager
    def indexed_afterwards(self, table: Table, count: int) -> Iterator[None]:
        """Add many rows first and their indexes after: SQLite takes a third of the time. Others keep their indexes,
        which readers need meanwhile; a SQLite file that is written to is a copy nobody reads yet."""
        found: list[tuple[str, str]] = []
        if self.is_sqlite and count >= MANY:
            asked = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
            found = [(name, sql) for name, sql in self.connection.exec_driver_sql(asked, (table.name,))]
        for name, _ in found:
            self.connection.exec_driver_sql(f'DROP INDEX "{name}"')
        yield
        for _, sql in found:
            self.connection.exec_driver_sql(sql)

    def update(self, table: Table, columns: Sequence[str], rows: Rows) -> None:
        """Change rows, each the values of those columns and then its key."""
        named = keys(table)
        if self.is_sqlite:
            values = ", ".join(f'"{name}" = ?' for name in columns)
            here = " AND ".join(f'"{name}" = ?' for name in named)
            self._run(f"UPDATE {table.name} SET {values} WHERE {here}", rows)
            return
        places = [*(f"new_{name}" for name in columns), *(f"key_{name}" for name in named)]
        statement = (
            update(table)
            .where(and_(*(table.c[name] == bindparam(f"key_{name}") for name in named)))
            .values({name: bindparam(f"new_{name}") for name in columns})
        )
        for part in self._loaded(table, [*columns, *named], places, rows):
            self.connection.execute(statement, part)

    def delete(self, table: Table, rows: Rows) -> None:
        """Delete the rows of those keys, one after the other."""
        named = keys(table)
        if self.is_sqlite:
            here = " AND ".join(f'"{name}" = ?' for name in named)
            self._run(f"DELETE FROM {table.name} WHERE {here}", rows)
            return
        statement = delete(table).where(and_(*(table.c[name] == bindparam(f"key_{name}") for name in named)))
        for part in self._loaded(table, named, [f"key_{name}" for name in named], rows):
            self.connection.execute(statement, part)

    def _run(self, statement: str, rows: Rows) -> None:
        driver = self.connection.connection.driver_connection
        assert driver is not None
        driver.executemany(statement, rows)

    def _loaded(
        self, table: Table, columns: Sequence[str], places: Sequence[str], rows: Rows
    ) -> Iterator[list[dict[str, Any]]]:
        """Rows as Python has them, under the names of their places, in parts."""
        wanted = [(place, table.c[name]) for place, name in zip(places, columns, strict=True)]
        waiting = iter(rows)
        while part := list(islice(waiting, BATCH)):
            yield [
                {place: loaded(column, value) for (place, column), value in zip(wanted, row, strict=True)}
                for row in part
            ]
