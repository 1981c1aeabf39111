"""A copy of somebody's file in which every problem is marked where it is, and listed on a sheet in front."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from data_access.importing import headers
from data_access.importing.files import opened
from data_access.importing.problems import ERROR, WARNING, Problem

LIST = "问题清单"
LARGEST_MARKED = 10 * 2**20  # beyond it only the list is written: a marked copy would take minutes
_HEADS = ("工作表", "行", "列", "填的是", "程度", "问题", "怎么办")
_WIDTHS = (16, 8, 16, 22, 8, 44, 44)
_FILLS = {True: PatternFill("solid", fgColor="F6D9A8"), False: PatternFill("solid", fgColor="FBF1DC")}
_HEAD = PatternFill("solid", fgColor="EFE9E1")
_FONT = Font(name="微软雅黑", size=10)


def write(path: Path, problems: Iterable[Problem], out: Path, *, encoding: str = "utf-8") -> None:
    """Write the marked copy of the file at ``path`` to ``out``, an XLSX workbook.

    The file's own sheets stay as they are, with amber cells and comments; formulas stay formulas, macros do not come
    along. Of a very large file only the list of problems is written.

    Raises:
        FileProblem: The file cannot be read.
        OSError: The copy cannot be written.
    """
    listed = list(problems)
    book = _book(path, encoding)
    _list(book, listed)
    for sheet in book.worksheets[1:]:
        _mark(sheet, [problem for problem in listed if problem.sheet == sheet.title and problem.row])
    book.active = 0
    book.save(out)


def _book(path: Path, encoding: str) -> Workbook:
    if path.stat().st_size > LARGEST_MARKED:
        return _empty()
    with opened(path, encoding=encoding) as file:
        if path.suffix.lower() != ".csv":
            return load_workbook(path)
        book = _empty()
        for sheet in file.sheets:
            made = book.create_sheet(sheet.name[:31])
            for number, row in sheet.rows():
                for place, value in enumerate(row, 1):
                    cell = made.cell(number, place)
                    cell.value, cell.data_type = value, "s"
        return book


def _empty() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def _list(book: Workbook, problems: list[Problem]) -> None:
    sheet = book.create_sheet(LIST if LIST not in book.sheetnames else f"{LIST}（新）", 0)
    sheet.append(_HEADS)
    for place, width in enumerate(_WIDTHS):
        cell = sheet.cell(1, place + 1)
        cell.font, cell.fill = Font(name="微软雅黑", size=10, bold=True), _HEAD
        sheet.column_dimensions[cell.column_letter].width = width
    for row, problem in enumerate(problems, 2):
        degree = ERROR if problem.is_error else WARNING
        values = (
            problem.sheet,
            problem.row or "",
            problem.column,
            problem.value,
            degree.zh,
            problem.words.zh,
            problem.advice.zh,
        )
        for place, value in enumerate(values, 1):
            cell = sheet.cell(row, place)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # what begins with = is no formula here
            cell.font, cell.alignment = _FONT, Alignment(wrap_text=True, vertical="top")
            cell.fill = _FILLS[problem.is_error] if place == 5 else PatternFill()
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    sheet.auto_filter.ref = f"A1:G{len(problems) + 1}"


def _mark(sheet: Worksheet, problems: list[Problem]) -> None:
    places = _places(sheet)
    by_cell: dict[tuple[int, int], list[Problem]] = {}
    for problem in problems:
        by_cell.setdefault((problem.row, places.get(headers.fold(problem.column), 1)), []).append(problem)
    for (row, place), here in by_cell.items():
        cell: Any = sheet.cell(row, place)
        cell.fill = _FILLS[any(problem.is_error for problem in here)]
        words = "\n".join(f"{problem.words.zh}。{problem.advice.zh}" for problem in here)
        cell.comment = Comment(words, "核对", width=320, height=40 + 30 * len(here))


def _places(sheet: Worksheet) -> dict[str, int]:
    """The column of each header, by the header as it stands and by the name it is understood as."""
    table = headers.table_named(sheet.title)
    rows = list(sheet.iter_rows(min_row=1, max_row=10, values_only=True))
    if table is None or not rows:
        return {}
    top = max(rows, key=lambda row: headers.knows(table, row))
    made = {headers.fold(str(cell)): place for place, cell in enumerate(top, 1) if cell is not None}
    understood = headers.understood(table, top).columns
    return made | {headers.fold(column.info["header"].zh): place + 1 for place, column in understood.items()}
