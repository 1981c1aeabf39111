"""The log of imports, where the database keeps one."""

from __future__ import annotations

from datetime import date

from pandas import DataFrame
from sqlalchemy import Connection, func, inspect, select

from data_access.context import Context
from data_access.tables.imports import import_log

COUNTY = 6  # digits of a district's code: imports are the district's, no township's
COLUMNS = ("made_at", "who", "file_name", "added", "changed", "unchanged", "deleted", "undone_at")


def first_import(connection: Connection) -> date | None:
    """The day of the first import that stands; None where there is none. The database has the log."""
    first = connection.execute(select(func.min(import_log.c.made_at)).where(import_log.c.undone_at.is_(None))).scalar()
    return first.date() if first is not None else None


def imports(connection: Connection, context: Context, *, limit: int = 50) -> DataFrame | None:
    """The last imports, the newest first: columns ``COLUMNS``; ``None`` where the database keeps no log, or the reader
    may not see the whole district."""
    present = inspect(connection).has_table(import_log.name)
    if not present or not any(len(prefix) <= COUNTY for prefix in context.scope.prefixes):
        return None
    columns = [import_log.c[name] for name in COLUMNS]
    lines = connection.execute(select(*columns).order_by(import_log.c.id.desc()).limit(limit)).fetchall()
    return DataFrame([tuple(line) for line in lines], columns=list(COLUMNS))
