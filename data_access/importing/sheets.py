"""From the sheets of a file to rows on the stage, with every cell that cannot be a value named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from sqlalchemy import Column, Table

from data_access.importing import headers
from data_access.importing.cells import Reader, Refused, reader_of, remembered, shown
from data_access.importing.files import FormulaError, Opened, Progress, Row, Sheet
from data_access.importing.problems import Problem, Problems
from data_access.importing.shared import BATCH
from data_access.importing.stage import Stage
from data_access.importing.stored import keys, stored
from data_access.tables import TABLES
from data_access.text import Text

SEARCHED_ROWS = 10  # the header is looked for among the first rows of a sheet
NOTE_MARKS = ("【说明】", "【示例】")  # rows of a template that explain, never data

READING = Text("正在读取“{sheet}”", "Reading “{sheet}”")
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
FORMULA = Text("公式出错，没有值", "The formula failed and has no value")
FORMULA_ADVICE = Text("请改正公式，或直接填写数值", "Correct the formula, or write the value")
NO_KEY = Text("缺少必填列", "A required column is missing")
NO_KEY_ADVICE = Text("请加上这一列", "Add the column")


def read(file: Opened, stage: Stage, *, table: str = "", tell: Progress | None = None) -> Problems:
    """Every row of a file onto the stage, and everything wrong with single cells.

    ``table`` names what a file of one sheet holds, where its name does not say so.
    """
    problems = Problems(tuple(sheet.name for sheet in file.sheets))
    for sheet in file.sheets:
        meant = TABLES.get(table) if table else headers.table_named(sheet.name)
        if meant is None:
            problems.extend(_unknown_sheet(sheet))
        else:
            _Reading(sheet, meant, stage, problems, tell).all()
    return problems


def _unknown_sheet(sheet: Sheet) -> Iterator[Problem]:
    if next(sheet.rows(), None) is None or sheet.name in ("说明", "代码", "乡镇代码"):
        return
    names = "、".join(table.info["title"].zh for table in TABLES.values())
    yield Problem(sheet.name, 0, "", "", "unknown_sheet", NO_TABLE, NO_TABLE_ADVICE.filled(names=names), is_error=False)


class _Reading:
    """One sheet on its way to the stage."""

    def __init__(
        self, sheet: Sheet, table: Table, stage: Stage, problems: Problems, tell: Progress | None = None
    ) -> None:
        self.sheet, self.table, self.stage, self.problems, self.tell = sheet, table, stage, problems, tell

    def all(self) -> None:
        rows = self.sheet.rows()
        ahead = list(islice(rows, SEARCHED_ROWS))
        if not ahead:
            return
        number, top = max(ahead, key=lambda row: headers.knows(self.table, row[1]))
        understood = headers.understood(self.table, top)
        if not understood.columns:
            self.problems.add(Problem(self.sheet.name, 0, "", "", "no_header", NO_HEADER, NO_HEADER_ADVICE))
            return
        self._headers(number, understood)
        columns = list(understood.columns.values())
        missing = [self.table.c[key] for key in keys(self.table) if self.table.c[key] not in columns]
        for column in missing:
            header = column.info["header"].zh
            self.problems.add(Problem(self.sheet.name, number, header, "", "no_key", NO_KEY, NO_KEY_ADVICE))
        if not missing:
            self.stage.bring(self.table, columns)
            below = ((at, row) for at, row in chain(ahead, rows) if at > number)
            self._rows(below, understood.columns, [str(cell) if cell is not None else "" for cell in top])

    def _headers(self, number: int, understood: headers.Headers) -> None:
        for found, rule, words, advice in (
            (understood.dropped, "personal", DROPPED, DROPPED_ADVICE),
            (understood.unknown, "unknown_column", UNKNOWN, UNKNOWN_ADVICE),
            (understood.twice, "column_twice", TWICE, TWICE_ADVICE),
        ):
            for header in found:
                self.problems.add(
                    Problem(self.sheet.name, number, shown(header), "", rule, words, advice, is_error=False)
                )

    def _rows(self, rows: Iterator[tuple[int, Row]], columns: Mapping[int, Column[Any]], top: list[str]) -> None:
        readers = [(place, _reader(column), column.info["required"], top[place]) for place, column in columns.items()]
        names = [column.name for column in columns.values()]
        last = self.sheet.row_count
        while part := list(islice(rows, BATCH)):
            self.stage.add(self.table, names, self._made(part, readers))
            if self.tell:
                self.tell(READING.filled(sheet=self.sheet.name), part[-1][0], last)

    def _made(
        self, part: Iterable[tuple[int, Row]], readers: list[tuple[int, Reader, bool, str]]
    ) -> Iterator[list[Any]]:
        """Rows as the stage holds them; a row with a bad cell as well, so that what refers to it is not blamed too."""
        name, widest = self.sheet.name, max(reader[0] for reader in readers)
        for number, row in part:
            if _explains(row):
                continue
            row += [None] * (widest + 1 - len(row))
            is_good, made = True, []
            for place, read, required, header in readers:
                cell, value = row[place], None
                if cell is not None and cell != "":
                    try:
                        value = read(cell)
                    except Refused as refused:
                        self._wrong(number, header, shown(cell), refused.rule, refused.words, refused.advice)
                        required = is_good = False  # it is not empty, whatever it is
                if value is None and required:
                    self._wrong(number, header, "", "empty", EMPTY, EMPTY_ADVICE)
                    is_good = False
                made.append(value)
            made += (number if is_good else -number, name)
            yield made

    def _wrong(self, number: int, header: str, value: str, rule: str, words: Text, advice: Text) -> None:
        self.problems.add(Problem(self.sheet.name, number, header, value, rule, words, advice))


def _reader(column: Column[Any]) -> Reader:
    """What makes a cell what the stage stores; keys of the rows themselves do not come twice."""
    read = reader_of(column)

    def kept(cell: Any) -> Any:
        if isinstance(cell, FormulaError):
            raise Refused("formula_error", FORMULA, FORMULA_ADVICE)
        return stored(read(cell))

    return kept if column.primary_key and len(column.table.primary_key) == 1 else remembered(kept)


def _explains(row: Row) -> bool:
    """Whether a row of a template explains and holds no data."""
    for cell in row:
        if isinstance(cell, str):
            if cell and not cell.isspace():
                return cell.lstrip().startswith(NOTE_MARKS)
        elif cell is not None:
            return False
    return False
