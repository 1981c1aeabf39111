"""Local rules and the age of the data."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, literal, select, union_all

from data_access.tables import TABLES
from data_access.tables.local import rule_config


def rule_rows() -> Select[Any]:
    """Every local rule: key, value and the region it is for, wider regions first."""
    return select(rule_config.c.key, rule_config.c.value, rule_config.c.region_code).order_by(
        func.length(rule_config.c.region_code), rule_config.c.key
    )


def newest_updates(present: Collection[str]) -> CompoundSelect[Any]:
    """The newest change of each table among those ``present``, missing for tables never filled."""
    return union_all(
        *(
            select(literal(name).label("name"), func.max(table.c.updated_at).label("newest"))
            for name, table in TABLES.items()
            if "updated_at" in table.c and name in present
        )
    )
