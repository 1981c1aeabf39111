"""Damaged cells, headers and files: problems or a sentence, never half an import."""

from __future__ import annotations

import contextlib
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data_access.importing import bring_in, check, take_back
from data_access.importing.problems import FileProblem
from tests.data_access.importing.workbooks import (
    asked,
    database,
    everything,
    proposal_row,
    sheet,
    workbook,
)

DAMAGE = st.one_of(st.text(max_size=20), st.none(), st.floats(allow_nan=False, allow_infinity=False), st.booleans())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 14), DAMAGE), max_size=6))
def test_any_mix_of_damaged_cells_gives_problems_never_half_an_import(
    tmp_path: Path, damage: list[tuple[int, Any]]
) -> None:
    rows = [proposal_row(f"J{number}") for number in range(2, 5)]
    for number, (place, value) in enumerate(damage):
        rows[number % 3][place] = value
    fresh = tmp_path / "fresh.db"
    if not fresh.exists():
        database(fresh)
    shutil.copy(fresh, tmp_path / "district.db")
    url = f"sqlite:///{tmp_path / 'district.db'}"
    before = everything(url)
    outcome = bring_in(url, asked(workbook(tmp_path / "a.xlsx", sheet(*rows)), accept_warnings=True), who="张三")
    after = everything(url)
    if outcome.number:
        assert (
            outcome.plan.errors == 0 and len(after["proposal"]) - len(before["proposal"]) == outcome.plan.changes[0].new
        )
    else:
        assert after == before and (outcome.plan.errors or outcome.plan.is_empty)


HEADS = {
    "代表": ("编号", "姓名", "代表层级", "第几届", "所在乡镇", "性别", "任职起"),
    "单位机构": ("编号", "单位名称", "系统", "类别", "区划代码"),
    "履职活动": ("编号", "活动类型", "日期", "代表", "代表人次", "区划代码", "所属场次"),
}


ROWS_OF = {
    "代表": ["D9", "乐二", "COUNTY", 5, "霁川镇", "男", date(2021, 12, 28)],
    "单位机构": ["U9", "区住建局", "政府", "HDL", "霁川镇"],
    "履职活动": ["A9", "培训", date(2025, 3, 1), "D9", None, "霁川镇", None],
}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([("履职活动", 0, 3, "")])
@given(st.lists(st.tuples(st.sampled_from(list(HEADS)), st.integers(0, 1), st.integers(0, 6), DAMAGE), max_size=8))
def test_damaged_headers_and_cells_of_several_tables_give_problems_never_half_an_import(
    tmp_path: Path, damage: list[tuple[str, int, int, Any]]
) -> None:
    sheets = {name: [list(HEADS[name]), list(ROWS_OF[name])] for name in HEADS}
    for name, row, place, value in damage:
        line = sheets[name][row]
        line[place % len(line)] = value
    fresh = tmp_path / "fresh.db"
    if not fresh.exists():
        database(fresh)
    shutil.copy(fresh, tmp_path / "district.db")
    url = f"sqlite:///{tmp_path / 'district.db'}"
    before = everything(url)
    outcome = bring_in(url, asked(workbook(tmp_path / "a.xlsx", sheets), accept_warnings=True), who="张三")
    grown = {name: len(rows) - len(before[name]) for name, rows in everything(url).items()}
    if outcome.number:
        assert outcome.plan.errors == 0
        assert {change.table: change.new for change in outcome.plan.changes if change.new} == {
            name: count for name, count in grown.items() if count
        }
        take_back(url, who="张三")
    assert everything(url) == before


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_damaged_on_its_way_is_read_or_refused_in_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    whole = tmp_path / "whole.xlsx"
    if not whole.exists():
        workbook(whole, sheet(proposal_row("J2"), proposal_row("J3", "通水")))
        database(tmp_path / "district.db")
    content = bytearray(whole.read_bytes())
    place = st.integers(0, len(content) - 1)
    for at, value in data.draw(st.lists(st.tuples(place, st.integers(0, 255)), max_size=5)):
        content[at] = value
    cut = data.draw(st.one_of(st.just(len(content)), place))
    (tmp_path / "a.xlsx").write_bytes(content[:cut])
    with contextlib.suppress(FileProblem):
        check(f"sqlite:///{tmp_path / 'district.db'}", asked(tmp_path / "a.xlsx"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from(["utf-8", "gb18030"]))
def test_any_bytes_called_csv_are_read_or_refused_in_a_sentence(tmp_path: Path, content: bytes, encoding: str) -> None:
    if not (tmp_path / "district.db").exists():
        database(tmp_path / "district.db")
    (tmp_path / "议案建议.csv").write_bytes("编号,标题\n".encode(encoding) + content)
    with contextlib.suppress(FileProblem):
        check(f"sqlite:///{tmp_path / 'district.db'}", asked(tmp_path / "议案建议.csv", encoding=encoding))
