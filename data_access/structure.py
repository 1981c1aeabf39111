"""What a database has of the description: tables or views alike, and their columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from sqlalchemy import Connection, Inspector, inspect, select, text
from sqlalchemy.exc import DBAPIError

from data_access.tables import TABLES

Known = Mapping[str, Set[str]]


def present_tables(connection: Connection) -> frozenset[str]:
    """Every table and view, whatever kind: a view counts as the table whose name it has."""
    inspector: Inspector = inspect(connection)
    found = {*inspector.get_table_names(), *inspector.get_view_names()}
    if connection.dialect.name == "postgresql":
        found |= {*inspector.get_materialized_view_names()}
    return frozenset(found)


def known_columns(connection: Connection) -> dict[str, frozenset[str]]:
    """The described tables there are, each with the columns it really has, asked with the right to read alone.

    A view that fails (of a table since dropped, say) is none.
    """
    known = {}
    for name in sorted(present_tables(connection) & TABLES.keys()):
        try:
            # A failed statement would end PostgreSQL's transaction; only a part of it is given up.
            with connection.begin_nested():
                rows = connection.execute(select(text("*")).select_from(TABLES[name]).limit(0))
                known[name] = frozenset(rows.keys())
        except DBAPIError as error:
            if error.connection_invalidated:
                raise
    return known


def absent(known: Known) -> frozenset[str]:
    """What the description has and a database lacks: tables by name, and ``table.column`` of the others."""
    return frozenset(_absent(known))


def _absent(known: Known) -> Iterable[str]:
    for name, table in TABLES.items():
        if name not in known:
            yield name
        else:
            yield from (f"{name}.{column.name}" for column in table.columns if column.name not in known[name])
