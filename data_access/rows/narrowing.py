"""Making a statement smaller before it is sent: only the columns asked for, and no lookup that nobody asked for.

SQLite does not leave out an idle LEFT JOIN under an aggregate, and most figures need only one or two partners of a row.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Join, Select, literal, select
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, ClauseElement, ColumnClause


def narrowed(rows: Select[Any], columns: frozenset[str]) -> Select[Any]:
    """The same rows with these columns only.

    ``rows`` must be plain: one join in FROM, a WHERE, and neither GROUP BY nor DISTINCT. Outer joins to a whole key
    give one partner or none, so they can go when nothing looks at the partner.
    """
    # A constant stands in where only the rows are counted: a SELECT must select something.
    kept = [column for column in rows.selected_columns if column.key in columns] or [literal(1).label("one")]
    conditions = [] if rows.whereclause is None else [rows.whereclause]
    (source,) = rows.get_final_froms()
    return select(*kept).select_from(_needed(source, [*kept, *conditions])).where(*conditions)


def _needed(source: FromClause, asked: Iterable[ClauseElement]) -> FromClause:
    if not isinstance(source, Join) or source.onclause is None:
        return source
    tables = _tables(asked)
    if source.isouter and source.right not in tables and _is_lookup(source):
        return _needed(source.left, asked)
    left = _needed(source.left, [*asked, source.onclause])
    return left.join(source.right, source.onclause, isouter=source.isouter)


def _tables(elements: Iterable[ClauseElement]) -> set[FromClause]:
    """Every table some part of these elements looks at, inner lookups included."""
    return {
        part.table
        for element in elements
        for part in visitors.iterate(element)
        if isinstance(part, ColumnClause) and part.table is not None
    }


def _is_lookup(join: Join) -> bool:
    condition = join.onclause
    keys = list(join.right.primary_key)
    if not isinstance(condition, BinaryExpression) or condition.operator is not operators.eq or len(keys) != 1:
        return False
    sides: tuple[ColumnElement[Any], ...] = (condition.left, condition.right)
    return any(side is keys[0] for side in sides)
