"""A small district for the tests of maps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data_access.importing.workbooks import database


@pytest.fixture
def url(tmp_path: Path) -> str:
    return database(tmp_path / "district.db")
