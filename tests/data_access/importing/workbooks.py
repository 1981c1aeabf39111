"""Workbooks and databases made for the tests of the import."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import Connection, create_engine, select
from sqlalchemy.pool import StaticPool

from data_access.engine import writing_engine
from data_access.errors import RendaError
from data_access.importing import Asked, Outcome
from data_access.tables import TABLES, metadata
from tests.data_access.factories import DISTRICT, HILL, RIVER, add

AS_OF = date(2026, 6, 30)
Rows = Sequence[Sequence[Any]]
PROPOSALS = ("编号", "类型", "标题", "提出时段", "工作年度", "类别", "区划代码", "提出日期", "交办日期")
PROPOSAL_TAIL = ("延长办理", "事权", "重点督办", "可公开", "状态", "领衔代表")


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """An XLSX file with those sheets, each a list of rows."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(str(path), options)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(number, place, value)
    book.close()
    return path


def database(path: Path) -> str:
    """A small district: two townships, two units, two deputies of one name and one of another, one suggestion."""
    path.write_bytes(_small_database())
    return f"sqlite:///{path}"


@cache
def _small_database() -> bytes:
    """The file ``database`` writes."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(engine)
    with engine.begin() as connection:
        small_district(connection)
        made: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        made.commit()
        return made.serialize()


def small_district(connection: Connection) -> None:
    """The rows of ``database``."""
    add(connection, "region", region_code=DISTRICT, name="云澜区", level="COUNTY")
    add(connection, "region", region_code=RIVER, name="霁川镇", level="TOWNSHIP", kind="TOWN", parent_code=DISTRICT)
    add(connection, "region", region_code=HILL, name="云岭乡", level="TOWNSHIP", kind="XIANG", parent_code=DISTRICT)
    for key, name in (("U1", "区水利局"), ("U2", "区交通局")):
        add(connection, "org_unit", id=key, name=name, system="GOV", kind="HDL", region_code=DISTRICT)
    for key, name in (("D1", "田一"), ("D2", "田一"), ("D3", "乐正文")):
        add(connection, "deputy", id=key, name=name, start_on=date(2021, 12, 28), term_no=5, level="COUNTY")
    add(
        connection,
        "proposal",
        id="J1",
        title="修桥",
        handling_year=2025,
        submitted_on=date(2025, 1, 10),
        lead_deputy_id="D3",
    )


def proposal_row(key: str, title: str = "修路", **changes: Any) -> list[Any]:
    """One row under the headers ``PROPOSALS + PROPOSAL_TAIL``; ``changes`` by header."""
    row = dict.fromkeys(PROPOSALS + PROPOSAL_TAIL)
    row |= {"编号": key, "类型": "建议、批评和意见", "标题": title, "提出时段": "会议期间", "工作年度": 2025}
    row |= {"类别": "农业农村", "区划代码": "霁川镇", "提出日期": date(2025, 1, 12), "延长办理": "否", "事权": "OWN"}
    row |= {"重点督办": "否", "可公开": "是", "状态": "PENDING", "领衔代表": "乐正文"}
    return list((row | changes).values())


def sheet(*rows: list[Any]) -> dict[str, Rows]:
    """The sheet of suggestions with those rows."""
    return {"议案建议": [PROPOSALS + PROPOSAL_TAIL, *rows]}


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to compare before and after."""
    engine = writing_engine(url)
    with engine.connect() as connection:
        made = {
            name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for name, table in TABLES.items()
        }
    engine.dispose()
    return made


def asked(path: Path, **more: Any) -> Asked:
    return Asked(path, as_of=AS_OF, **more)


@contextmanager
def said(kind: type[RendaError], words: str) -> Iterator[None]:
    """Something is refused with a Chinese sentence that holds those words."""
    with pytest.raises(kind) as refused:
        yield
    assert words in refused.value.say("zh")


def rules(outcome: Outcome) -> list[str]:
    return [problem.rule for problem in outcome.plan.problems]
