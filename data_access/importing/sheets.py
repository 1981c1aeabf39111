"""From the sheets of a file to rows on the stage, with every cell that cannot be a value named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any

from sqlalchemy import Column, Table

from data_access.importing import headers
from data_access.importing.cells import Reader, Refused, is_empty, reader_of, shown
from data_access.importing.files import Opened, Row, Sheet
from data_access.importing.problems import Problem
from data_access.importing.stage import BATCH, Stage, keys, stored
from data_access.tables import TABLES
from data_access.text import Text

Progress = Callable[[str, int], None]
SEARCHED_ROWS = 10  # the header is looked for among the first rows of a sheet
NOTE_MARKS = ("【说明】", "【示例】")  # rows of a template that explain, never data

NO_TABLE = Text("看不出这张工作表是什么内容，没有读取", "What this sheet holds cannot be told; it was not read")
NO_TABLE_ADVICE = Text("请把工作表名改为：{names}", "Rename the sheet to one of: {names}")
NO_HEADER = Text("没有找到表头行，没有读取", "No header row was found; it was not read")
NO_HEADER_ADVICE = Text("请按模板填写表头", "Use the headers of the template")
DROPPED = Text("含个人信息，未读取、未保存", "Personal data: neither read nor kept")
DROPPED_ADVICE = Text("请从文件中删去这一列", "Delete the column from the file")
UNKNOWN = Text("不认识的列，没有读取", "An unknown column, not read")
UNKNOWN_ADVICE = Text("如需导入，请改用模板中的列名", "Use a header of the template if it is to be imported")
TWICE = Text("与前面的一列重复，没有读取", "Names the same as a column before it; not read")
TWICE_ADVICE = Text("请只留一列", "Keep one of them")
EMPTY = Text("必填项为空", "A required cell is empty")
EMPTY_ADVICE = Text("请补填", "Fill it in")
NO_KEY = Text("缺少必填列", "A required column is missing")
NO_KEY_ADVICE = Text("请加上这一列", "Add the column")


def read(file: Opened, stage: Stage, *, table: str = "", tell: Progress | None = None) -> list[Problem]:
    """Every row of a file onto the stage, and everything wrong with single cells.

    ``table`` names what a file of one sheet holds, where its name does not say so.
    """
    problems: list[Problem] = []
    for sheet in file.sheets:
        meant = TABLES.get(table) if table else headers.table_named(sheet.name)
        if meant is None:
            problems += _unknown_sheet(sheet)
        else:
            problems += _Reading(sheet, meant, stage, tell).all()
    return problems


def _unknown_sheet(sheet: Sheet) -> Iterator[Problem]:
    if next(sheet.rows(), None) is None or sheet.name in ("说明", "代码", "乡镇代码"):
        return
    names = "、".join(table.info["title"].zh for table in TABLES.values())
    yield Problem(sheet.name, 0, "", "", "unknown_sheet", NO_TABLE, NO_TABLE_ADVICE.filled(names=names), is_error=False)


class _Reading:
    """One sheet on its way to the stage."""

    def __init__(self, sheet: Sheet, table: Table, stage: Stage, tell: Progress | None) -> None:
        self.sheet, self.table, self.stage, self.tell = sheet, table, stage, tell
        self.problems: list[Problem] = []

    def all(self) -> list[Problem]:
        rows = self.sheet.rows()
        ahead = list(islice(rows, SEARCHED_ROWS))
        if not ahead:
            return []
        number, top = max(ahead, key=lambda row: headers.knows(self.table, row[1]))
        understood = headers.understood(self.table, top)
        if not understood.columns:
            return [Problem(self.sheet.name, 0, "", "", "no_header", NO_HEADER, NO_HEADER_ADVICE)]
        self._headers(number, understood)
        columns = list(understood.columns.values())
        missing = [self.table.c[key] for key in keys(self.table) if self.table.c[key] not in columns]
        for column in missing:
            self.problems.append(
                Problem(self.sheet.name, number, column.info["header"].zh, "", "no_key", NO_KEY, NO_KEY_ADVICE)
            )
        if not missing:
            self.stage.bring(self.table, columns)
            below = ((at, row) for at, row in chain(ahead, rows) if at > number)
            self._rows(below, understood.columns, [str(cell) if cell is not None else "" for cell in top])
        return self.problems

    def _headers(self, number: int, understood: headers.Headers) -> None:
        for found, rule, words, advice in (
            (understood.dropped, "personal", DROPPED, DROPPED_ADVICE),
            (understood.unknown, "unknown_column", UNKNOWN, UNKNOWN_ADVICE),
            (understood.twice, "column_twice", TWICE, TWICE_ADVICE),
        ):
            for header in found:
                self.problems.append(
                    Problem(self.sheet.name, number, shown(header), "", rule, words, advice, is_error=False)
                )

    def _rows(self, rows: Iterator[tuple[int, Row]], columns: Any, top: list[str]) -> None:
        readers = [
            (place, column, reader_of(column), column.info["required"], top[place]) for place, column in columns.items()
        ]
        names = [column.name for column in columns.values()]
        count = 0
        while part := list(islice(rows, BATCH)):
            made = (self._row(number, row, readers) for number, row in part)
            self.stage.add(self.table, names, [values for values in made if values is not None])
            count += len(part)
            if self.tell:
                self.tell(self.sheet.name, count)

    def _row(
        self, number: int, row: Row, readers: list[tuple[int, Column[Any], Reader, bool, str]]
    ) -> list[Any] | None:
        first = next((cell for cell in row if not is_empty(cell)), None)
        if isinstance(first, str) and first.lstrip().startswith(NOTE_MARKS):
            return None
        made: list[Any] = []
        is_good = True
        for place, _, reader, required, header in readers:
            cell = row[place] if place < len(row) else None
            try:
                value = reader(cell)
            except Refused as refused:
                self._wrong(number, header, shown(cell), refused.rule, refused.words, refused.advice)
                is_good, value = False, None
            else:
                if value is None and required:
                    self._wrong(number, header, "", "empty", EMPTY, EMPTY_ADVICE)
                    is_good = False
            made.append(stored(value))
        # A row with a bad cell is kept on the stage as well, so that what refers to it is not blamed too.
        return [*made, number if is_good else -number, self.sheet.name]

    def _wrong(self, number: int, header: str, value: str, rule: str, words: Text, advice: Text) -> None:
        self.problems.append(Problem(self.sheet.name, number, header, value, rule, words, advice))
