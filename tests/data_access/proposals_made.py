"""What the tests of suggestions share."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from tests.data_access.factories import (
    add_handler,
    add_proposal,
    add_reply,
)

APRIL = date(2024, 4, 10)


def handled(connection: Connection, id: str, replied_on: date | None = None, **reply: object) -> None:
    """An item with one sole handler, answered if a day is given."""
    add_proposal(connection, id)
    add_handler(connection, id)
    if replied_on is not None:
        add_reply(connection, id, replied_on, **reply)  # type: ignore[arg-type]
