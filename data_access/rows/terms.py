"""Terms (届): from which day a cumulative figure counts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from data_access.context import Context
from data_access.tables.regions import term


def term_start(connection: Connection, context: Context, on: date) -> date:
    """First day of the district congress's term that holds a day; 1 January where no term is recorded.

    Terms belong to the district, so a reader who may see one township alone is given the district's.
    Source: Deputies Law, article 2: a term runs from its first session to the first session of the next.
    """
    districts = {context.rules.region_code, *(prefix[:6] for prefix in context.scope.prefixes)}
    started = select(func.max(term.c.start_on)).where(
        term.c.region_code.in_(sorted(districts)), term.c.level == "COUNTY", term.c.start_on <= on
    )
    found: date | None = connection.execute(started).scalar()
    return found or date(on.year, 1, 1)
