"""Into the shared database: all or nothing, one import at a time, each written down so that it can be undone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, make_url, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from data_access.engine import analyse, place_of, translate, writing_engine
from data_access.errors import DatabaseBusy, DatabaseProblem
from data_access.importing.files import Progress
from data_access.importing.plan import Plan
from data_access.importing.shared import BATCH, Shared
from data_access.importing.stage import ROW, STATE, Stage
from data_access.importing.stored import keys, same_key, stored
from data_access.tables import KEPT_BY_US, TABLES, metadata
from data_access.tables.imports import import_change, import_log
from data_access.text import Text

WAIT_SECONDS = 5
LOCK = 7_242_025  # any number, the same for every import

WRITING = Text("正在写入", "Writing")
BUSY = Text(
    "另有一次导入正在进行，或数据库 {place} 正被其他程序写入。请稍候再试，本次没有改动任何数据。",
    "Another import is under way, or another program is writing to {place}. Try again in a moment; "
    "nothing was changed.",
)
REFUSED = Text(
    "数据库 {place} 拒绝了这次写入（{why}），没有改动任何数据。请运行 python -m data_access check 核对。",
    "The database {place} refused the change ({why}); nothing was changed. Run python -m data_access check.",
)
NO_FILE = Text(
    "找不到数据库文件 {place}。请先运行 python -m data_access create 建表。",
    "The database file {place} is not there. Run python -m data_access create first.",
)


@dataclass(frozen=True)
class Origin:
    """Where rows come from: the file's name and digest, and who imports them."""

    file_name: str
    sha256: str
    who: str


@contextmanager
def importing(url: str) -> Iterator[Connection]:
    """A connection for one import: what it writes is kept when the block ends, and nothing of it when it fails.

    A SQLite file is written beside its place and moved there in the end, so that readers see the old database or the
    new one, and an import that is killed leaves no trace; servers do it in one transaction.

    Raises:
        DatabaseBusy: Another import is under way, or somebody else is writing.
        DatabaseProblem: The database is missing, cannot be written or refuses a row.
    """
    parsed = make_url(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            with _file(Path(parsed.database or "")) as connection:
                yield connection
        else:
            with _server(url) as connection:
                yield connection
    except (IntegrityError, sqlite3.IntegrityError) as error:
        why = str(getattr(error, "orig", error)).splitlines()[0]
        raise DatabaseProblem(REFUSED.filled(place=place_of(parsed), why=why)) from error
    except SQLAlchemyError as error:
        raise translate(error, parsed) from error
    except sqlite3.OperationalError as error:
        raise DatabaseBusy(BUSY.filled(place=place_of(parsed))) from error


@contextmanager
def _file(path: Path) -> Iterator[Connection]:
    if not path.is_file():
        raise DatabaseProblem(NO_FILE.filled(place=path.name))
    unfinished = path.with_name(f"{path.name}.importing")
    # As long as this is open nobody else can write, and the copy cannot miss anything.
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as held:
        # A write-ahead log would outlive the file it belongs to.
        held.execute("PRAGMA journal_mode=DELETE")
        held.execute("BEGIN IMMEDIATE")
        try:
            unfinished.unlink(missing_ok=True)
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
                source.backup(copy)
            engine = writing_engine(f"sqlite:///{unfinished}")
            try:
                with engine.begin() as connection:
                    # A copy that is given up when anything fails needs no journal of its own.
                    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536"):
                        connection.exec_driver_sql(f"PRAGMA {pragma}")
                    yield connection
            finally:
                engine.dispose()
            with unfinished.open("rb") as written:
                os.fsync(written.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)


@contextmanager
def _server(url: str) -> Iterator[Connection]:
    engine = writing_engine(url)
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                lock, unlock = func.pg_try_advisory_lock(LOCK), func.pg_advisory_unlock(LOCK)
            else:  # MariaDB's locks are those of the whole server, PostgreSQL's of the database
                name = func.concat(f"{LOCK} ", func.database())
                lock, unlock = func.get_lock(name, 0), func.release_lock(name)
            if not connection.execute(select(lock)).scalar():
                raise DatabaseBusy(BUSY.filled(place=place_of(url)))
            connection.commit()
            try:
                with connection.begin():
                    yield connection
                    analyse(connection)
            finally:
                # It would go with the session too, but a server takes its time to end one.
                if not connection.invalidated:
                    connection.execute(select(unlock))
                    connection.commit()
    finally:
        engine.dispose()


def write(
    connection: Connection,
    stage: Stage,
    plan: Plan,
    origin: Origin,
    *,
    now: datetime,
    tell: Progress | None = None,
) -> int:
    """Write what was planned and put it down in the log; gives the number of the import.

    The plan must have no errors. Nothing is written, and 0 given, when nothing would change.
    """
    if plan.is_empty:
        return 0
    metadata.create_all(connection, tables=list(KEPT_BY_US))
    number = _logged(connection, plan, origin, now)
    writing = _Writing(Shared(connection), stage, number, now, tell, _rows_of(plan))
    tables = [TABLES[name] for name in TABLES if name in stage.brought]
    for table in tables:
        writing.add(table)
        writing.change(table)
    for table in reversed([table for table in tables if table.name in plan.deleted]):
        writing.delete(table)
    return number


def _rows_of(plan: Plan) -> int:
    return sum(change.new + change.changed for change in plan.changes) + sum(map(len, plan.deleted.values()))


def _logged(connection: Connection, plan: Plan, origin: Origin, now: datetime) -> int:
    number = (connection.execute(select(func.max(import_log.c.id))).scalar() or 0) + 1
    changes = plan.changes
    connection.execute(
        insert(import_log).values(
            id=number,
            made_at=now,
            who=origin.who,
            file_name=origin.file_name[:300],
            sha256=origin.sha256,
            added=sum(change.new for change in changes),
            changed=sum(change.changed for change in changes),
            unchanged=sum(change.same for change in changes),
            deleted=sum(map(len, plan.deleted.values())),
        )
    )
    return number


class _Writing:
    """Rows on their way from the stage into the shared database, and into the log's list of records."""

    def __init__(
        self, shared: Shared, stage: Stage, number: int, now: datetime, tell: Progress | None, count: int
    ) -> None:
        self.shared, self.stage, self.number, self.now = shared, stage, number, stored(now)
        self.tell, self.count, self.done, self.noted = tell, count, 0, 0

    def add(self, table: Table) -> None:
        """Add the new rows, none before a row of the same table it refers to."""
        places = self._chosen(table, table.name, f"i.{STATE} = 'new'")
        names = table.columns.keys()
        with self.shared.indexed_afterwards(table, places):
            for depth in self._depths(table, "chosen"):
                rows = self._ask(f"SELECT {_named(names)} FROM chosen WHERE depth_ = {depth} ORDER BY place_")
                self.shared.insert(table, names, self._told(rows))
        self._note(table, f"NULL, digest({_named(names)}) FROM chosen ORDER BY depth_, place_", places)

    def change(self, table: Table) -> None:
        """Change the rows that are not as they were."""
        others = [column.name for column in table.columns if column.name not in keys(table)]
        places = self._chosen(table, table.name, f"i.{STATE} = 'changed'")
        if not places or not others:
            return
        rows = self._ask(f"SELECT {_named([*others, *keys(table)])} FROM chosen ORDER BY place_")
        self.shared.update(table, others, self._told(rows))
        names = table.columns.keys()
        before = f"kept({', '.join(f'w.{_quoted(name)}' for name in names)})"
        after = f"digest({', '.join(f'c.{_quoted(name)}' for name in names)})"
        same = same_key(table, "c", "w")
        self._note(table, f"{before}, {after} FROM chosen c JOIN was_{table.name} w ON {same} ORDER BY place_", places)

    def delete(self, table: Table) -> None:
        """Delete the rows the file does not have, none before a row of the same table that refers to it."""
        names = table.columns.keys()
        self._ask("DROP TABLE IF EXISTS chosen")
        self._ask(
            f"""CREATE TEMP TABLE chosen AS SELECT w.*, w.rowid AS place_, NULL AS depth_ FROM was_{table.name} w
                WHERE NOT EXISTS (SELECT 1 FROM in_{table.name} i WHERE {same_key(table, "i", "w")})"""
        )
        for depth in reversed(self._depths(table, "chosen")):
            rows = self._ask(f"SELECT {_named(keys(table))} FROM chosen WHERE depth_ = {depth} ORDER BY place_")
            self.shared.delete(table, self._told(rows))
        self._note(table, f"kept({_named(names)}), NULL FROM chosen ORDER BY depth_ DESC, place_", 1)

    def _chosen(self, table: Table, source: str, condition: str) -> int:
        """The rows as they will be, changed now unless the file says when; gives how many."""
        self._ask("DROP TABLE IF EXISTS chosen")
        self._ask(
            f"""CREATE TEMP TABLE chosen AS SELECT m.*, i.rowid AS place_, NULL AS depth_
                FROM in_{table.name} i JOIN {source} m ON {same_key(table, "i", "m")}
                WHERE {condition} AND i.{ROW} > 0"""
        )
        if "updated_at" in table.columns:
            says_when = " WHERE updated_at IS NULL" if "updated_at" in self.stage.brought[table.name] else ""
            self.stage.raw.execute(f"UPDATE chosen SET updated_at = ?{says_when}", (self.now,))
        return int(self.stage.ask("SELECT count(*) FROM chosen")[0][0])

    def _depths(self, table: Table, name: str) -> range:
        """Say of each row how many rows stand above it in its own table; gives the depths there are."""
        up = [c.name for c in table.columns if any(key.column.table is table for key in c.foreign_keys)]
        if not up:
            self._ask(f"UPDATE {name} SET depth_ = 0")
            return range(1)
        key = keys(table)[0]
        self._ask(f"CREATE UNIQUE INDEX ix_chosen ON {name} ({_quoted(key)})")
        depth = 0
        while True:
            waits = " OR ".join(
                f"""EXISTS (SELECT 1 FROM {name} p WHERE p.{_quoted(key)} = {name}.{_quoted(column)}
                    AND p.rowid <> {name}.rowid AND (p.depth_ IS NULL OR p.depth_ >= {depth}))"""
                for column in up
            )
            if not self._ask(f"UPDATE {name} SET depth_ = {depth} WHERE depth_ IS NULL AND NOT ({waits})").rowcount:
                break
            depth += 1
        # Rows that refer to each other in a circle go as they are; the database has the last word.
        self._ask(f"UPDATE {name} SET depth_ = {depth} WHERE depth_ IS NULL")
        return range(depth + 1)

    def _note(self, table: Table, before_and_after: str, places: int) -> None:
        """Put the rows down in the log: key, what was before, and what they are now."""
        if not places:
            return
        alias = "c." if "chosen c" in before_and_after else ""
        key = f"kept({', '.join(alias + _quoted(name) for name in keys(table))})"
        rows = self._ask(f"SELECT {key}, {before_and_after}")
        self.shared.insert(import_change, _NOTED, self._numbered(table, rows))

    def _numbered(self, table: Table, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for row in rows:
            self.noted += 1
            yield (self.noted, self.number, table.name, *row)

    def _told(self, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for row in rows:
            self.done += 1
            if self.tell and (self.done % BATCH == 0 or self.done == self.count):
                self.tell(WRITING, self.done, self.count)
            yield row

    def _ask(self, statement: str) -> sqlite3.Cursor:
        return self.stage.raw.execute(statement)


_NOTED = ("id", "log_id", "table_name", "record", "before", "after")


def _quoted(name: str) -> str:
    return f'"{name}"'


def _named(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))
