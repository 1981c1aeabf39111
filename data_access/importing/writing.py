"""Into the shared database: all or nothing, one import at a time, each written down so that it can be undone."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, func, insert, inspect, make_url, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from data_access.engine import place_of, translate, writing_engine
from data_access.errors import DatabaseBusy, DatabaseProblem
from data_access.importing.plan import Plan
from data_access.importing.stage import BATCH, ROW, STATE, Stage, keys, loaded, same_key
from data_access.tables import KEPT_BY_US, TABLES, metadata
from data_access.tables.imports import import_change, import_log
from data_access.text import Text

WAIT_SECONDS = 5
LOCK = 7_242_025  # any number, the same for every import

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
NOTHING_TO_UNDO = Text("没有可以撤销的导入。", "There is no import to undo.")
CHANGED_SINCE = Text(
    "“{title}”的记录 {key} 在那次导入之后又改过，不能撤销。没有改动任何数据。",
    "The record {key} of “{title}” was changed after that import, so it cannot be undone. Nothing was changed.",
)
STILL_USED = Text(
    "那次导入新增的记录已被其他记录引用，不能撤销。没有改动任何数据。",
    "Records added by that import are referred to by others, so it cannot be undone. Nothing was changed.",
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
    except IntegrityError as error:
        why = str(error.orig).splitlines()[0]
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
            is_mine = (
                select(func.pg_try_advisory_lock(LOCK))
                if engine.dialect.name == "postgresql"
                else select(func.get_lock(str(LOCK), 0))
            )
            if not connection.execute(is_mine).scalar():
                raise DatabaseBusy(BUSY.filled(place=place_of(url)))
            connection.commit()
            with connection.begin():
                yield connection
            # The lock goes with the session; the pool is closed below.
    finally:
        engine.dispose()


def write(connection: Connection, stage: Stage, plan: Plan, origin: Origin, *, now: datetime) -> int:
    """Write what was planned and put it down in the log; gives the number of the import.

    The plan must have no errors. Nothing is written, and 0 given, when nothing would change.
    """
    if plan.is_empty:
        return 0
    metadata.create_all(connection, tables=list(KEPT_BY_US))
    number = _logged(connection, plan, origin, now)
    record = _Record(connection, number)
    tables = [TABLES[name] for name in TABLES if name in stage.brought]
    for table in tables:
        _add(connection, stage, table, record, now)
        _change(connection, stage, table, record, now)
    for table in reversed([table for table in tables if table.name in plan.deleted]):
        _delete(connection, stage, table, record)
    record.flush()
    return number


def undo(connection: Connection, *, who: str, now: datetime) -> tuple[int, str]:
    """Take the last import back: what it added goes, what it changed or deleted is as before.

    Returns:
        Its number and the name of its file.

    Raises:
        DatabaseProblem: There is none, or its records were changed or referred to since.
    """
    last = None
    if inspect(connection).has_table(import_log.name):
        asked = select(import_log).where(import_log.c.undone_at.is_(None)).order_by(import_log.c.id.desc()).limit(1)
        last = connection.execute(asked).one_or_none()
    if last is None:
        raise DatabaseProblem(NOTHING_TO_UNDO)
    # Backwards, so that children go before what they refer to, and come back after it.
    changes = connection.execute(
        select(import_change).where(import_change.c.log_id == last.id).order_by(import_change.c.id.desc())
    ).all()
    try:
        for change in changes:
            _taken_back(connection, TABLES[change.table_name], change)
    except IntegrityError as error:
        raise DatabaseProblem(STILL_USED) from error
    connection.execute(update(import_log).where(import_log.c.id == last.id).values(undone_at=now, undone_by=who))
    return last.id, last.file_name


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


class _Record:
    """The log's list of records, written in parts."""

    def __init__(self, connection: Connection, log_id: int) -> None:
        self.connection, self.log_id = connection, log_id
        self.count = 0
        self.waiting: list[dict[str, Any]] = []

    def note(self, table: Table, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
        self.count += 1
        key = json.dumps([str((before or after or {})[name]) for name in keys(table)], ensure_ascii=False)
        self.waiting.append(
            {
                "id": self.count,
                "log_id": self.log_id,
                "table_name": table.name,
                "record": key,
                "before": _plain(before) if before is not None else None,
                "after": _digest(after) if after is not None else None,
            }
        )
        if len(self.waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        if self.waiting:
            self.connection.execute(insert(import_change), self.waiting)
        self.waiting = []


def _add(connection: Connection, stage: Stage, table: Table, record: _Record, now: datetime) -> None:
    rows = _staged(stage, table, "new", now)
    for part in _parents_first(table, rows):
        connection.execute(insert(table), part)
        for row in part:
            record.note(table, None, row)


def _change(connection: Connection, stage: Stage, table: Table, record: _Record, now: datetime) -> None:
    before = {_key(table, row): row for row in _rows(stage, table, f"SELECT * FROM was_{table.name}")}
    named = {f"key_{name}": name for name in keys(table)}
    others = [column.name for column in table.columns if column.name not in keys(table)]
    if not others:
        return
    statement = (
        update(table)
        .where(and_(*(table.c[name] == bindparam(place) for place, name in named.items())))
        .values({name: bindparam(f"new_{name}") for name in others})
    )
    for part in _parts(_staged(stage, table, "changed", now)):
        values = [
            {place: row[name] for place, name in named.items()} | {f"new_{name}": row[name] for name in others}
            for row in part
        ]
        connection.execute(statement, values)
        for row in part:
            record.note(table, before[_key(table, row)], row)


def _delete(connection: Connection, stage: Stage, table: Table, record: _Record) -> None:
    gone = f"""SELECT w.* FROM was_{table.name} w
               WHERE NOT EXISTS (SELECT 1 FROM in_{table.name} i WHERE {same_key(table, "i", "w")})"""
    statement = delete(table).where(and_(*(table.c[name] == bindparam(f"key_{name}") for name in keys(table))))
    for part in _parts(_rows(stage, table, gone)):
        connection.execute(statement, [{f"key_{name}": row[name] for name in keys(table)} for row in part])
        for row in part:
            record.note(table, row, None)


def _staged(stage: Stage, table: Table, state: str, now: datetime) -> Iterator[dict[str, Any]]:
    """Rows as they will be, changed now unless the file says when."""
    statement = f"""SELECT m.* FROM {table.name} m JOIN in_{table.name} i ON {same_key(table, "i", "m")}
                    WHERE i.{STATE} = '{state}' AND i.{ROW} > 0 ORDER BY i.rowid"""
    says_when = "updated_at" in stage.brought[table.name]
    for row in _rows(stage, table, statement):
        if "updated_at" in table.c and not (says_when and row["updated_at"] is not None):
            row["updated_at"] = now
        yield row


def _rows(stage: Stage, table: Table, statement: str) -> Iterator[dict[str, Any]]:
    names = table.columns.keys()
    for row in stage.raw.execute(statement):
        yield {name: loaded(table.c[name], value) for name, value in zip(names, row, strict=True)}


def _parts(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == BATCH:
            yield part
            part = []
    if part:
        yield part


def _parents_first(table: Table, rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows in parts, none before a row of the same table it refers to."""
    to_self = [c.name for c in table.columns if any(key.column.table is table for key in c.foreign_keys)]
    waiting: list[dict[str, Any]] = []

    def alone() -> Iterator[dict[str, Any]]:
        for row in rows:
            if any(row[name] is not None for name in to_self):
                waiting.append(row)
            else:
                yield row

    yield from _parts(alone())
    key = keys(table)[0]
    while waiting:
        still = {row[key] for row in waiting}
        ready = [row for row in waiting if not any(row[name] in still and row[name] != row[key] for name in to_self)]
        # Rows that refer to each other in a circle go as they are; the database has the last word.
        yield from _parts(ready or waiting)
        done = {row[key] for row in ready or waiting}
        waiting = [row for row in waiting if row[key] not in done]


def _taken_back(connection: Connection, table: Table, change: Any) -> None:
    key = dict(zip(keys(table), json.loads(change.record), strict=True))
    here = and_(*(table.c[name] == loaded(table.c[name], value) for name, value in key.items()))
    now = connection.execute(select(table).where(here)).mappings().one_or_none()
    if (_digest(dict(now)) if now is not None else None) != change.after:
        shown = "、".join(key.values())
        title = table.info["title"]
        raise DatabaseProblem(
            Text(CHANGED_SINCE("zh", title=title.zh, key=shown), CHANGED_SINCE("en", title=title.en, key=shown))
        )
    before = _unplain(table, change.before) if change.before is not None else None
    if before is None:
        connection.execute(delete(table).where(here))
    elif now is None:
        connection.execute(insert(table).values(before))
    else:
        connection.execute(update(table).where(here).values(before))


def _key(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in keys(table))


def _plain(row: Mapping[str, Any]) -> str:
    """A record as text that every database gives back alike."""
    values = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _unplain(table: Table, words: str) -> dict[str, Any]:
    return {name: loaded(table.c[name], value) for name, value in json.loads(words).items()}


def _digest(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(_plain(row).encode()).hexdigest()[:32]
