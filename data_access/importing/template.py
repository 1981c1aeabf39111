"""The workbook a clerk fills in: a sheet a table, made from the description of the columns and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, Table

from data_access.importing.cells import shown
from data_access.tables import TABLES
from data_access.tables.codes import Codes
from data_access.text import Text

# Tables of each kind of template, with those they refer to: what is filled in can be imported into an empty database.
KINDS: dict[str, tuple[str, ...]] = {
    "all": tuple(TABLES),
    "main": (
        *("region", "term", "meeting", "org_unit", "station", "deputy"),
        *("proposal", "proposal_handler", "proposal_reply", "supervision_item", "appointment", "deputy_activity"),
        "rule_config",
    ),
    "reported": ("region", "reported_figure"),
}
GUIDE, CODES, PLACES = "说明", "代码", "乡镇代码"
ROWS = 5000  # rows of a sheet that have drop-downs and formats
LINE = 24  # Chinese characters in a line of the explanation
FIRST_ROW = 3  # below header, explanation and example
_WRITTEN_BY_US = ("updated_at", "src_lon", "src_lat", "src_geojson")
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_STEPS = (
    "每张工作表填一类数据，从第4行起填写；第2行是说明，第3行是示例，导入时都不读取，可以保留。",
    "带 * 的列必填。列的先后可以调整，不需要的列可以删去；不要改列名。",
    "日期写成 2025-03-01；有下拉框的列从下拉框中选；编号由本单位自编，同一张表中不能重复。",
    "引用别的表的列（承办单位、代表、乡镇等），填编号或名称都可以；有同名的请填编号。",
    "没有的数据请留空，不要填 0。不要填写手机号、身份证号等个人信息。",
    "填好后在看板的“数据导入”页上传、核对、确认；也可用命令：python -m data_access check 文件名，"
    "没有问题再 python -m data_access import 文件名。",
    "同一份文件可以反复导入：编号相同的行更新，新编号的行新增，文件里没有的行保留。",
)


def write(
    out: Path,
    *,
    kind: str = "all",
    places: Sequence[tuple[str, str]] = (),
    examples: Mapping[str, Mapping[str, Any]] | None = None,
    metrics: Sequence[tuple[str, str, str]] = (),
    rules: Sequence[tuple[str, str, str]] = (),
) -> None:
    """Write the template: sheets of the tables of ``kind``, an explanation, the codes and the townships.

    ``places`` are codes and names of townships, ``examples`` one record by table, ``metrics`` key, name and unit of
    what can be reported as a total, ``rules`` key, value and reason of the local rules an example district has.

    Raises:
        KeyError: There is no such kind.
        OSError: The file cannot be written.
    """
    tables = [TABLES[name] for name in KINDS[kind]]
    book = xlsxwriter.Workbook(str(out), _OPTIONS)
    try:
        pen = _Pen(book)
        _guide(book, pen, tables, metrics, rules)
        sheets = [(table, book.add_worksheet(table.info["title"].zh)) for table in tables]
        where = _code_sheet(book, pen, tables)
        _place_sheet(book, pen, places)
        for table, sheet in sheets:
            _sheet(sheet, pen, table, where, (examples or {}).get(table.name, {}))
    finally:
        book.close()


class _Pen:
    """The formats of the workbook."""

    def __init__(self, book: Any) -> None:
        font = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter"}
        grey = {
            "font_color": "#6b6b6b",
            "bg_color": "#f6f4f1",
            "text_wrap": True,
            "border": 1,
            "border_color": "#d9d4cd",
        }
        self.title = book.add_format({**font, "bold": True, "font_size": 14, "font_color": "#a6192e"})
        self.head = book.add_format(
            {**font, "bold": True, "bg_color": "#efe9e1", "border": 1, "border_color": "#d9d4cd"}
        )
        self.heads = book.add_format(
            {**font, "bold": True, "bg_color": "#efe9e1", "border": 1, "border_color": "#d9d4cd", "text_wrap": True}
        )
        self.must = book.add_format(
            {**font, "bold": True, "bg_color": "#f3dfdb", "border": 1, "border_color": "#d9d4cd"}
        )
        self.note = book.add_format({**font, **grey})
        self.example = book.add_format({**font, **grey, "italic": True, "num_format": "@"})
        self.words = book.add_format({**font, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({**font, "num_format": "@"})
        self.day = book.add_format({**font, "num_format": "yyyy-mm-dd"})
        self.number = book.add_format({**font, "num_format": "General"})


def _guide(
    book: Any,
    pen: _Pen,
    tables: list[Table],
    metrics: Sequence[tuple[str, str, str]],
    rules: Sequence[tuple[str, str, str]],
) -> None:
    sheet = book.add_worksheet(GUIDE)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 2, 46)
    sheet.write_string(0, 0, "填写说明", pen.title)
    row = 2
    for number, words in enumerate(_STEPS, 1):
        sheet.write_string(row, 0, f"{number}.", pen.words)
        sheet.merge_range(row, 1, row, 2, words, pen.words)
        sheet.set_row(row, 32)
        row += 1
    row = _list(
        sheet, pen, row + 1, ("工作表", "内容", "必填列"), ((_title(t), _columns(t), _musts(t)) for t in tables)
    )
    names = {table.name for table in tables}
    if "rule_config" in names and rules:
        row = _list(sheet, pen, row + 1, ("本地规则", "示例区的取值", "示例区的依据或说明"), rules)
    if "reported_figure" in names and metrics:
        _list(sheet, pen, row + 1, ("指标编号", "指标", "单位"), metrics)


def _list(sheet: Any, pen: _Pen, row: int, heads: tuple[str, str, str], lines: Iterable[Sequence[str]]) -> int:
    for place, head in enumerate(heads):
        sheet.write_string(row, place, head, pen.head)
    for line in lines:
        row += 1
        sheet.set_row(row, 16 * max(ceil(len(words) / LINE) for words in line))
        for place, words in enumerate(line):
            sheet.write_string(row, place, words, pen.words)
    return row + 1


def _title(table: Table) -> str:
    return str(table.info["title"].zh)


def _columns(table: Table) -> str:
    return "、".join(column.info["header"].zh for column in _shown(table))


def _musts(table: Table) -> str:
    return "、".join(column.info["header"].zh for column in _shown(table) if column.info["required"])


def _shown(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.name not in _WRITTEN_BY_US]


def _code_sheet(book: Any, pen: _Pen, tables: Iterable[Table]) -> dict[str, str]:
    """Every enumeration under the columns it is for; gives the range of each, for drop-downs."""
    sheet = book.add_worksheet(CODES)
    uses: dict[str, tuple[Codes, list[str]]] = {}
    for table in tables:
        for column in _shown(table):
            if (codes := column.info["codes"]) is not None:
                uses.setdefault(codes.name, (codes, []))[1].append(f"{_title(table)}：{column.info['header'].zh}")
    where: dict[str, str] = {}
    for place, (codes, columns) in enumerate(uses.values()):
        sheet.write_string(0, place, "\n".join(columns), pen.heads)
        words = [text.zh for text in codes.words.values()]
        for row, word in enumerate(words, 1):
            sheet.write_string(row, place, word, pen.text)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        where[codes.name] = f"={CODES}!${letter}$2:${letter}${len(words) + 1}"
        sheet.set_column(place, place, 24)
    return where


def _place_sheet(book: Any, pen: _Pen, places: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(PLACES)
    sheet.set_column(0, 1, 18)
    sheet.write_row(0, 0, ["区划代码", "名称"], pen.head)
    for row, (code, name) in enumerate(places, 1):
        sheet.write_string(row, 0, code, pen.text)
        sheet.write_string(row, 1, name, pen.text)


def _sheet(sheet: Any, pen: _Pen, table: Table, where: Mapping[str, str], example: Mapping[str, Any]) -> None:
    last = FIRST_ROW + ROWS
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.set_row(1, 48)
    sheet.set_row(2, 32)
    for place, column in enumerate(_shown(table)):
        header, required = column.info["header"].zh, column.info["required"]
        sheet.write_string(0, place, header + ("*" if required else ""), pen.must if required else pen.head)
        mark = ("【说明】", "【示例】") if place == 0 else ("", "")
        sheet.write_string(1, place, mark[0] + _meaning(column), pen.note)
        sheet.write_string(2, place, mark[1] + _example(column, example.get(column.name)), pen.example)
        sheet.set_column(place, place, max(12, min(28, len(header) * 2 + 4)), _format(pen, column))
        if rule := _validation(column, where):
            title = {"error_title": header, "error_message": "请从下拉框中选择，或见第2行说明。", "ignore_blank": True}
            sheet.data_validation(FIRST_ROW, place, last, place, rule | title)


def _validation(column: Column[Any], where: Mapping[str, str]) -> dict[str, Any]:
    """The drop-down or the warning of a column; a typed name is as good as a key, so keys have neither."""
    if column.info["codes"] is not None:
        return {"validate": "list", "source": where[column.info["codes"].name]}
    if isinstance(column.type, Boolean):
        return {"validate": "list", "source": ["是", "否"]}
    if isinstance(column.type, Date):
        return {"validate": "date", "criteria": ">=", "value": date(1949, 10, 1), "error_type": "warning"}
    return {}


def _meaning(column: Column[Any]) -> str:
    rule: Text | None = column.info["rule"]
    parent = next((key.column.table.info["title"].zh for key in column.foreign_keys), "")
    words = [column.info["meaning"].zh, f"填“{parent}”的编号或名称" if parent else "", rule.zh if rule else ""]
    return "；".join(word for word in words if word)


def _example(column: Column[Any], value: Any) -> str:
    if value is None:
        return ""
    if column.info["codes"] is not None:
        return str(column.info["codes"].label(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else shown(value)


def _format(pen: _Pen, column: Column[Any]) -> Any:
    if isinstance(column.type, Date | DateTime):
        return pen.day
    return pen.number if isinstance(column.type, Integer | Float) else pen.text
