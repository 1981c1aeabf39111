"""The district the tests import into."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data_access.importing.workbooks import database


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a small district of its own."""
    return database(tmp_path / "district.db")
