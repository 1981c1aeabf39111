"""Coordinates in a workbook: in the system of their row, converted once, never twice, never without a system."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import create_engine, select, update

from data_access.coordinates import from_cgcs2000
from data_access.importing import Asked, Outcome, bring_in
from data_access.tables import TABLES
from data_access.tables.stations import station
from tests.data_access.importing.workbooks import database, everything, workbook

HEADERS = ("编号", "名称", "级别", "区划代码", "建成日期", "经度", "纬度", "坐标系")
GCJ = tuple(from_cgcs2000(np.array([(110.05, 30.05)]), "GCJ02")[0].round(6).tolist())


@pytest.fixture
def url(tmp_path: Path) -> str:
    return database(tmp_path / "district.db")


def brought(url: str, path: Path, *rows: tuple[Any, ...], headers: tuple[str, ...] = HEADERS, **more: Any) -> Outcome:
    return bring_in(url, Asked(workbook(path, {"联络站点": [headers, *rows]}), **more), who="张三")


def row(key: str, *place: Any) -> tuple[Any, ...]:
    return (key, f"站{key}", "联络站", "霁川镇", date(2020, 3, 1), *place)


def placed(url: str, key: str) -> tuple[Any, ...]:
    engine = create_engine(url)
    c = TABLES["station"].c
    with engine.connect() as connection:
        asked = select(c.lon, c.lat, c.src_lon, c.src_lat, c.src_system).where(c.id == key)
        found = tuple(connection.execute(asked).one())
    engine.dispose()
    return found


def rules(outcome: Outcome) -> list[tuple[int, str, bool]]:
    return [(problem.row, problem.rule, problem.is_error) for problem in outcome.plan.problems]


def test_each_row_is_in_its_own_system(url: str, tmp_path: Path) -> None:
    outcome = brought(url, tmp_path / "a.xlsx", row("S1", *GCJ, "GCJ-02"), row("S2", 110.05, 30.05, "CGCS2000"))
    assert outcome.number == 1, outcome.plan.problems
    assert placed(url, "S1") == (pytest.approx(110.05, abs=2e-6), pytest.approx(30.05, abs=2e-6), *GCJ, "GCJ02")
    assert placed(url, "S2") == (110.05, 30.05, 110.05, 30.05, "CGCS2000")


def test_a_row_without_a_system_is_kept_without_a_place(url: str, tmp_path: Path) -> None:
    rows = (row("S1", 110.05, 30.05, None), row("S2", None, None, None))
    assert rules(brought(url, tmp_path / "a.xlsx", *rows)) == [(2, "station_without_system", False)]
    assert brought(url, tmp_path / "a.xlsx", *rows, accept_warnings=True).number == 1
    assert placed(url, "S1") == (None, None, 110.05, 30.05, None)
    assert placed(url, "S2") == (None, None, None, None, None)
    # The system alone, once known, places it.
    outcome = brought(url, tmp_path / "b.xlsx", ("S1", "CGCS2000"), headers=("编号", "坐标系"))
    assert outcome.number == 2 and placed(url, "S1") == (110.05, 30.05, 110.05, 30.05, "CGCS2000")


def test_a_place_is_never_converted_twice(url: str, tmp_path: Path) -> None:
    brought(url, tmp_path / "a.xlsx", row("S1", *GCJ, "GCJ-02"))
    after, (lon, lat, src_lon, src_lat, system) = everything(url), placed(url, "S1")
    whole = (*HEADERS, "原始经度", "原始纬度")
    for again in ((lon, lat, system), (lon, lat, None), (src_lon, src_lat, "GCJ-02"), (src_lon, src_lat, None)):
        assert brought(url, tmp_path / "b.xlsx", row("S1", *again)).plan.is_empty, again
    assert brought(url, tmp_path / "c.xlsx", row("S1", lon, lat, system, src_lon, src_lat), headers=whole).plan.is_empty
    assert everything(url) == after
    # All five columns of an exported row give the same place in an empty database too.
    other = database(tmp_path / "other.db")
    brought(other, tmp_path / "d.xlsx", row("S1", lon, lat, system, src_lon, src_lat), headers=whole)
    assert placed(other, "S1") == (lon, lat, src_lon, src_lat, system)


def test_a_pair_that_contradicts_its_original_is_refused(url: str, tmp_path: Path) -> None:
    whole = (*HEADERS, "原始经度", "原始纬度")
    outcome = brought(url, tmp_path / "a.xlsx", row("S1", 110.06, 30.05, "GCJ02", *GCJ), headers=whole)
    assert rules(outcome) == [(2, "unlike_original", True)]


def test_places_that_cannot_be_are_named_and_nothing_is_written(url: str, tmp_path: Path) -> None:
    before = everything(url)
    outcome = brought(
        url,
        tmp_path / "a.xlsx",
        row("S1", 110.05, None, "CGCS2000"),
        row("S2", 2.0, 48.0, "CGCS2000"),
        row("S3", 30.05, 110.05, "CGCS2000"),
        row("S4", 36_500_000, 3_300_000, "CGCS2000"),
        accept_warnings=True,
    )
    assert [(at, rule) for at, rule, _ in rules(outcome)] == [
        (2, "half_a_place"),
        (3, "misplaced"),
        (4, "out_of_bounds"),
        (5, "out_of_bounds"),
        (5, "out_of_bounds"),
    ]
    advice = next(problem.advice.zh for problem in outcome.plan.problems if problem.row == 4)
    assert advice == "请填经纬度（度）：可能是经纬度颠倒，或是投影坐标（米）"
    assert everything(url) == before


def test_places_from_before_systems_were_asked_stay_while_nobody_changes_them(url: str, tmp_path: Path) -> None:
    brought(url, tmp_path / "a.xlsx", row("S1", 110.05, 30.05, "CGCS2000"))
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(update(station).values(src_lon=None, src_lat=None, src_system=None))
    engine.dispose()
    assert brought(url, tmp_path / "b.xlsx", row("S1", 110.05, 30.05, None)).plan.is_empty
    assert brought(url, tmp_path / "c.xlsx", ("S1", "新名"), headers=("编号", "名称")).number == 2
    assert placed(url, "S1") == (110.05, 30.05, None, None, None)
    assert rules(brought(url, tmp_path / "d.xlsx", row("S1", 110.06, 30.05, None))) == [
        (2, "station_without_system", False)
    ]
