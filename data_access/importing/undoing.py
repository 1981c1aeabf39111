"""The last import taken back: what it added goes, what it changed or deleted is as before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Table, func, inspect, select, update
from sqlalchemy.exc import IntegrityError

from data_access.errors import DatabaseProblem
from data_access.importing.shared import Shared
from data_access.importing.stored import digest, keys
from data_access.tables import TABLES
from data_access.tables.imports import import_change, import_log
from data_access.text import Text

PART = 500  # records looked up at a time

NOTHING_TO_UNDO = Text("没有可以撤销的导入。", "There is no import to undo.")
CHANGED_SINCE = Text(
    "“{title}”的记录 {key} 在那次导入之后又改过，不能撤销。没有改动任何数据。",
    "The record {key} of “{title}” was changed after that import, so it cannot be undone. Nothing was changed.",
)
STILL_USED = Text(
    "那次导入新增的记录已被其他记录引用，不能撤销。没有改动任何数据。",
    "Records added by that import are referred to by others, so it cannot be undone. Nothing was changed.",
)


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
    shared = Shared(connection)
    try:
        for part in _changes(connection, last.id):
            for (name, is_new, is_gone), changes in groupby(part, _kind):
                _taken_back(shared, TABLES[name], list(changes), is_new=is_new, is_gone=is_gone)
    except (IntegrityError, sqlite3.IntegrityError) as error:
        raise DatabaseProblem(STILL_USED) from error
    connection.execute(update(import_log).where(import_log.c.id == last.id).values(undone_at=now, undone_by=who))
    return last.id, last.file_name


def _changes(connection: Connection, number: int) -> Iterator[Sequence[Row[Any]]]:
    """What an import did, backwards, so that children go before what they refer to, and come back after it."""
    mine = import_change.c.log_id == number
    top = connection.execute(select(func.max(import_change.c.id)).where(mine)).scalar() or 0
    asked = select(import_change).where(mine).order_by(import_change.c.id.desc())
    for last in range(top, 0, -PART):  # numbers begin at 1, without gaps
        yield connection.execute(asked.where(import_change.c.id.between(last - PART + 1, last))).all()


def _kind(change: Row[Any]) -> tuple[str, bool, bool]:
    return change.table_name, change.before is None, change.after is None


def _taken_back(shared: Shared, table: Table, changes: list[Row[Any]], *, is_new: bool, is_gone: bool) -> None:
    records = [tuple(map(str, json.loads(change.record))) for change in changes]
    here = shared.at(table, records)
    for record, change in zip(records, changes, strict=True):
        row = here.get(record)
        if (digest(*row) if row is not None else None) != change.after:
            shown, title = "、".join(record), table.info["title"]
            raise DatabaseProblem(Text(*(CHANGED_SINCE(lang, title=title(lang), key=shown) for lang in ("zh", "en"))))
    names = table.columns.keys()
    if is_new:
        shared.delete(table, records)
        return
    before = [dict(zip(names, json.loads(change.before), strict=True)) for change in changes]
    if is_gone:
        shared.insert(table, names, [list(row.values()) for row in before])
        return
    others = [name for name in names if name not in keys(table)]
    rows = [[row[name] for name in (*others, *keys(table))] for row in before]
    shared.update(table, others, rows)
