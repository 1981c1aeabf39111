"""The whole database as a workbook of the template's shape: to be corrected in a spreadsheet and imported again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Float, Table, inspect, select

from data_access.importing.problems import FileProblem
from data_access.tables import TABLES
from data_access.text import Text

MOST_ROWS = 1_048_575  # below the header, of a sheet
LEFT_OUT = ("region_shape",)  # outlines are longer than a cell can hold; export-map writes them
_NOT_THE_CLERKS = ("updated_at",)
_OPTIONS = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
TOO_MANY = Text(
    "“{title}”超过{n}行，一张工作表放不下，没有导出。", "“{title}” has more than {n} rows, too many for a sheet."
)


def write(connection: Connection, out: Path) -> dict[str, int]:
    """Write every table the database has but outlines; gives how many rows of each.

    Keys stand as they are, codes in words, so that the file imported again changes nothing.

    Raises:
        FileProblem: A table has more rows than a sheet.
        OSError: The file cannot be written.
    """
    inspector = inspect(connection)
    present = set(inspector.get_table_names()) | set(inspector.get_view_names())
    counts: dict[str, int] = {}
    with xlsxwriter.Workbook(str(out), _OPTIONS) as book:
        head = book.add_format({"bold": True, "bg_color": "#efe9e1"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for table in (table for name, table in TABLES.items() if name in present and name not in LEFT_OUT):
            found = {column["name"] for column in inspector.get_columns(table.name)} - set(_NOT_THE_CLERKS)
            columns = [column for column in table.columns if column.name in found]
            sheet = book.add_worksheet(table.info["title"].zh)
            sheet.freeze_panes(1, 1)
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column.info["header"].zh + ("*" if column.info["required"] else ""), head)
            counts[table.name] = _rows(connection, table, columns, sheet, day)
    return counts


def _rows(connection: Connection, table: Table, columns: list[Column[Any]], sheet: Any, day: Any) -> int:
    words = [_writer(column) for column in columns]
    asked = select(*columns).order_by(*table.primary_key)
    count = 0
    for row in connection.execution_options(yield_per=5000).execute(asked):
        count += 1
        if count > MOST_ROWS:
            title = table.info["title"]
            raise FileProblem(Text(*(TOO_MANY(lang, title=title(lang), n=MOST_ROWS) for lang in ("zh", "en"))))
        for place, value in enumerate(row):
            if value is None:
                continue
            cell = words[place](value)
            if isinstance(cell, date):
                sheet.write_datetime(count, place, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(count, place, cell)
            else:
                sheet.write_number(count, place, cell)
    return count


def _writer(column: Column[Any]) -> Callable[[Any], Any]:
    """What a value of a column is in a cell."""
    codes = column.info["codes"]
    if codes is not None:
        return lambda value: str(codes.words[str(value)].zh) if str(value) in codes.words else str(value)
    if isinstance(column.type, Boolean):
        return lambda value: "是" if value else "否"
    if isinstance(column.type, DateTime):
        return lambda value: value.strftime("%Y-%m-%d %H:%M:%S") if isinstance(value, datetime) else str(value)
    if isinstance(column.type, Float):
        # A cell keeps sixteen digits; what needs one more is written as text and read as the number again.
        return lambda value: value if float(f"{value:.16G}") == value else repr(float(value))
    return lambda value: value if isinstance(value, date | int) or not isinstance(column.type, Date) else str(value)
