"""The import log, read: who imported which file, when, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, inspect, select

from data_access.tables.imports import import_log

SHOWN = 50


def imports(connection: Connection) -> Sequence[Row[Any]]:
    """The latest imports, the last first, as rows of ``import_log``; empty where nothing was ever imported."""
    if not inspect(connection).has_table(import_log.name):
        return []
    return connection.execute(select(import_log).order_by(import_log.c.id.desc()).limit(SHOWN)).all()
