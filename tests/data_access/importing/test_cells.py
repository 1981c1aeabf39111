"""What people type, and what is made of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importing.cells import Refused, reader_of
from data_access.tables import TABLES

SUBMITTED = TABLES["proposal"].c.submitted_on
ALL_COLUMNS = [column for table in TABLES.values() for column in table.columns]
CELLS = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@pytest.mark.parametrize(
    "typed",
    [
        *("2025/3/1", "2025.3.1", "2025-03-01", "2025年3月1日", "２０２５－３－１", "20250301", " 2025 年 3 月 1 日 "),
        *(45717, 45717.0, "45717", 20250301, date(2025, 3, 1), datetime(2025, 3, 1, 9, 30), "2025-03-01 09:30:00"),
    ],
)
def test_one_day_in_every_way_it_is_written(typed: Any) -> None:
    assert reader_of(SUBMITTED)(typed) == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("2025-02-30", "no_such_day"),
        ("2025年3月", "no_day"),
        ("三月一日", "not_a_date"),
        ("0025-03-01", "unlikely_year"),
        (True, "not_a_date"),
        (7, "not_a_date"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(typed: Any, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        reader_of(SUBMITTED)(typed)
    assert refused.value.rule == rule


@pytest.mark.parametrize(
    ("table", "column", "typed", "value"),
    [
        ("proposal", "kind", "代表建议", "SUG"),
        ("proposal", "phase", "大会期间", "IN"),
        ("proposal", "category", "ＡＧＲ", "AGR"),
        ("proposal_reply", "result_rating", "未反馈", None),
        ("proposal_reply", "result_rating", "基本满意", 2),
        ("proposal_reply", "result_class", "Ａ类", "A"),
        ("proposal", "is_key", "√", True),
        ("proposal", "is_key", "否", False),
        ("proposal", "cosigner_count", "１，２００", 1200),
        ("proposal", "title", "　修通“东西”大道\u00a0", "修通“东西”大道"),
        ("proposal", "id", 1001.0, "1001"),
        ("region", "region_code", 990102101.0, "990102101"),
        ("deputy", "name", "阿卜杜拉 • 买买提", "阿卜杜拉·买买提"),
        ("deputy", "name", "𠮷田", "𠮷田"),
        ("station", "lon", "113.25", 113.25),
    ],
)
def test_cells_become_values_of_their_columns(table: str, column: str, typed: Any, value: Any) -> None:
    assert reader_of(TABLES[table].c[column])(typed) == value


@pytest.mark.parametrize(
    ("table", "column", "typed", "rule"),
    [
        ("proposal", "category", "水利", "unknown_code"),
        ("proposal", "cosigner_count", "12件", "not_a_number"),
        ("proposal", "cosigner_count", 1.5, "not_whole"),
        ("proposal", "cosigner_count", -1, "out_of_bounds"),
        ("proposal", "is_key", "也许", "not_yes_no"),
        ("proposal", "title", "长" * 301, "too_long"),
        ("station", "lon", 213, "out_of_bounds"),
    ],
)
def test_cells_that_cannot_be_values_say_why(table: str, column: str, typed: Any, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        reader_of(TABLES[table].c[column])(typed)
    assert refused.value.rule == rule
    assert refused.value.words.zh and refused.value.words.en and refused.value.advice.zh and refused.value.advice.en


@given(st.sampled_from(ALL_COLUMNS), CELLS)
def test_any_cell_gives_a_value_of_the_column_or_a_reason(column: Any, cell: Any) -> None:
    try:
        value = reader_of(column)(cell)
    except Refused:
        return
    assert value is None or isinstance(value, column.type.python_type | int)


@given(st.dates(date(1954, 10, 3), date(2099, 12, 31)))
def test_a_day_is_the_same_day_in_every_form(day: date) -> None:
    read = reader_of(SUBMITTED)
    serial = (day - date(1899, 12, 30)).days
    forms = (f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", serial, float(serial), f"{day:%Y%m%d}")
    assert {read(form) for form in forms} == {day}
