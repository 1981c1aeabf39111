"""A database without records: nothing can be checked, and nothing is called wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from dashboard import fetch
from dashboard.settings import settings
from dashboard.speech_check.checking import check
from dashboard.speech_check.verdicts import Verdict
from data_access.engine import reading
from data_access.tables import metadata
from tests.speech_check.own_speech import NAMES, filled


def test_nothing_is_wrong_where_nothing_is_on_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/empty.db"
    engine = create_engine(url)
    metadata.create_all(engine)
    engine.dispose()
    monkeypatch.setenv("DATABASE_URL", url)
    settings.cache_clear()
    fetch.forget()
    view, _ = fetch.view_of({})
    with reading(fetch.engine()) as connection:
        checked = check(connection, filled(lambda *_: 5), view, fetch.frame())
    settings.cache_clear()
    fetch.forget()
    assert len(checked.findings) == len(NAMES)
    assert checked.count(Verdict.UNKNOWN) == len(NAMES)
