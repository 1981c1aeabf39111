"""What the tests of figures share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from tests.data_access.factories import add, empty_database


@pytest.fixture
def board() -> Iterator[Connection]:
    """An empty database with three units that handle suggestions."""
    connection = empty_database()
    for number, name in (("U1", "区水利局"), ("U2", "区教育局"), ("U3", "区交通局")):
        add(connection, "org_unit", id=number, name=name, system="GOV")
    yield connection
    connection.close()
