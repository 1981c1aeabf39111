"""Making a statement smaller before it is sent: only the columns asked for, and no lookup that nobody asked for.

SQLite does not leave out an idle LEFT JOIN under an aggregate, and most figures need only one or two partners of a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Join, Select, literal, select
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, ClauseElement, ColumnClause


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
    """Whether a row has one partner or none: a table's by its whole key, or one value of a list of different ones."""
    condition = join.onclause
    keys = list(join.right.c if isinstance(join.right, CTE) else join.right.primary_key)
    if not isinstance(condition, BinaryExpression) or condition.operator is not operators.eq or len(keys) != 1:
        return False
    sides: tuple[ColumnElement[Any], ...] = (condition.left, condition.right)
    return any(side is keys[0] for side in sides)
