"""Kinds of columns as revisions write them. A revision is a record of the past: add kinds here, never change one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.mysql import LONGTEXT
from sqlalchemy.types import TypeEngine

MARIADB: dict[str, Any] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_bin",
    "mariadb_engine": "InnoDB",
    "mariadb_charset": "utf8mb4",
    "mariadb_collate": "utf8mb4_bin",
}


def text(length: int) -> TypeEngine[Any]:
    """Text of a limited length, compared and sorted by code point."""
    made = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return made.with_variant(sa.String(length, collation="utf8mb4_bin"), "mysql", "mariadb")


def long() -> TypeEngine[Any]:
    """Text of any length."""
    made = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return made.with_variant(LONGTEXT(collation="utf8mb4_bin"), "mysql", "mariadb")
