"""Making a statement smaller before it is sent: only the columns asked for, and no lookup that nobody asked for.

SQLite does not leave out an idle LEFT JOIN under an aggregate, and most figures need only one or two partners of a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Join, Select, Subquery, literal, select
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList, ClauseElement, ColumnClause


class Plain:
    """Rows that can be narrowed: one join in FROM, a WHERE, and neither GROUP BY nor DISTINCT.

    What each part of them looks at is found out once, however often they are narrowed.
    """

    def __init__(self, rows: Select[Any]) -> None:
        self.columns = {str(column.key): column for column in rows.selected_columns}
        self.where = [] if rows.whereclause is None else [rows.whereclause]
        (self.source,) = rows.get_final_froms()
        self._looked_at: dict[ClauseElement, frozenset[FromClause]] = {}

    def narrowed(self, names: frozenset[str]) -> Select[Any]:
        """The same rows with these columns only.

        Outer joins that give one partner or none can go when nothing looks at the partner.
        """
        # A constant stands in where only the rows are counted: a SELECT must select something.
        kept = [column for name, column in self.columns.items() if name in names] or [literal(1).label("one")]
        return select(*kept).select_from(self._needed(self.source, [*kept, *self.where])).where(*self.where)

    def _needed(self, source: FromClause, asked: Sequence[ClauseElement]) -> FromClause:
        if not isinstance(source, Join) or source.onclause is None:
            return source
        is_asked = any(source.right in self._tables(element) for element in asked)
        if source.isouter and not is_asked and _is_lookup(source):
            return self._needed(source.left, asked)
        left = self._needed(source.left, [*asked, source.onclause])
        return left.join(source.right, source.onclause, isouter=source.isouter)

    def _tables(self, element: ClauseElement) -> frozenset[FromClause]:
        """Every table some part of an element looks at, inner lookups included."""
        if element not in self._looked_at:
            parts = (part for part in visitors.iterate(element) if isinstance(part, ColumnClause))
            self._looked_at[element] = frozenset(part.table for part in parts if part.table is not None)
        return self._looked_at[element]


def _is_lookup(join: Join) -> bool:
    """Whether a row has one partner or none: a table's by its whole key, one value of a list of different ones, or the
    group of its keys."""
    keys, conditions = _keys(join.right), _parts(join.onclause)
    return bool(keys) and all(any(_equates(part, key) for part in conditions) for key in keys)


def _keys(partner: FromClause) -> Sequence[ColumnElement[Any] | None]:
    """The columns that together are different in every row of a partner."""
    if isinstance(partner, Subquery) and isinstance(partner.element, Select):
        return [partner.corresponding_column(column) for column in partner.element._group_by_clauses]  # type: ignore[arg-type]
    return list(partner.c if isinstance(partner, CTE) else partner.primary_key)


def _parts(condition: ClauseElement | None) -> Sequence[ClauseElement]:
    if isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        return list(condition.clauses)
    return [] if condition is None else [condition]


def _equates(condition: ClauseElement, column: ColumnElement[Any] | None) -> bool:
    if not isinstance(condition, BinaryExpression) or condition.operator is not operators.eq:
        return False
    sides: tuple[ColumnElement[Any], ...] = (condition.left, condition.right)
    return any(side is column for side in sides)
