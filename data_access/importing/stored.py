"""Values as the stage stores them, and what names and identifies a record."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Table

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def digest(*values: Any) -> str:
    """A short name of what a record holds, from its values as stored."""
    return hashlib.sha256(_ENCODE(values).encode()).hexdigest()[:32]


def kept(*values: Any) -> str:
    """Values as text that every database gives back alike."""
    return _ENCODE(values)


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
    if kind is str:
        return value
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
