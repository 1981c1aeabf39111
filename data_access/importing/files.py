"""Workbooks and CSV files, opened safely: their sheets and rows, nothing else of them."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from data_access.importing import inside
from data_access.importing.problems import FileProblem
from data_access.text import Text

LARGEST_FILE = 100 * 2**20
LARGEST_INSIDE = 1500 * 2**20  # a workbook of 200,000 rows unpacks to some 150 MB
LARGEST_RATIO = 200
LARGEST_GRID = 25_000_000  # cells of a sheet up to its last one; each takes some 40 bytes while it is read
ENCODINGS = ("utf-8", "gb18030")
Row = list[Any]
Progress = Callable[[Text, int, int], None]
"""Told what is being done, how much of it is done and how much there is; 0 where that is not known."""
LOOKING = Text("正在检查文件", "Looking through the file")

TOO_LARGE = Text(
    "文件有{size}MB，超过{limit}MB，没有打开。请分成几个文件导入。",
    "The file has {size} MB, more than {limit} MB, and was not opened. Import it in parts.",
)
BOMB = Text(
    "文件解压后过大（{size}MB），可能已损坏或被做过手脚，没有打开。请用表格软件另存后再试。",
    "Unpacked, the file is too large ({size} MB); it may be damaged or tampered with and was not opened. "
    "Save it anew from a spreadsheet program.",
)
NOT_A_WORKBOOK = Text(
    "“{name}”不是可以读取的 XLSX 工作簿。旧的 XLS、WPS 的 ET 文件请另存为 XLSX。",
    "“{name}” is not a readable XLSX workbook. Save XLS or ET files as XLSX first.",
)
OLD = Text(
    "“{name}”是旧格式的 XLS（或 WPS 的 ET）文件，请在表格软件中另存为 XLSX 后再导入。",
    "“{name}” is a workbook of the old kind (XLS or ET); save it as XLSX first.",
)
LOCKED = Text("“{name}”有打开密码，请去掉密码后再导入。", "“{name}” needs a password to open; remove it first.")
TOO_WIDE = Text(
    "工作表“{sheet}”在{n}万个单元格的范围内有内容，多半是很远的角上误填了一格，没有打开。"
    "请删去表格以外的内容（按 Ctrl+End 可看到最后一格），或另存为 CSV。",
    "The sheet “{sheet}” reaches over {n}0,000 cells, most likely because of one stray cell far out; it was not "
    "opened. Delete what lies outside the table (Ctrl+End shows the last cell), or save it as CSV.",
)
EMPTY = Text("“{name}”是空文件，里面什么也没有。", "“{name}” is an empty file.")
NO_FILE = Text("找不到文件“{name}”。", "There is no file “{name}”.")
KIND = Text("“{name}”不是 XLSX 或 CSV 文件。", "“{name}” is neither an XLSX nor a CSV file.")
NOT_UTF8 = Text(
    "“{name}”不是 UTF-8 编码（第{row}行附近）。如果是 Excel 另存的 CSV，请加上 --encoding gb18030，或改用 XLSX。",
    "“{name}” is not UTF-8 (near line {row}). "
    "If a spreadsheet wrote it in GB18030, say --encoding gb18030, or use XLSX.",
)
NOT_GB = Text("“{name}”不是 GB18030 编码。", "“{name}” is not encoded in GB18030.")
BAD_CSV = Text("“{name}”第{row}行不是可读的 CSV：{why}。", "“{name}” is no readable CSV at line {row}: {why}.")
MACROS = Text("含宏，宏没有运行，只读取了单元格的值", "It holds macros; they were not run, only values were read")
LINKS = Text(
    "含外部链接，没有更新，只读取了上次保存的值", "It links to other files; only the values last saved were read"
)
HIDDEN = Text("有隐藏的工作表“{sheets}”，也一并读取", "It has hidden sheets (“{sheets}”), which were read too")


@dataclass(frozen=True)
class Sheet:
    """A sheet by name; ``rows`` reads it from the top, each row with its number as a spreadsheet counts it."""

    name: str
    source: _Source

    @property
    def row_count(self) -> int:
        """The number of its last row, as far as that is known before all were read; else 0."""
        return self.source.row_count(self.name)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Every row that holds something, with its number from 1."""
        return self.source.rows(self.name)


@dataclass(frozen=True)
class Opened:
    """A file that can be read: its sheets, and what somebody should know of it."""

    name: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[Text, ...] = ()


class _Source(Protocol):
    def rows(self, name: str) -> Iterator[tuple[int, Row]]: ...

    def row_count(self, name: str) -> int: ...


@contextmanager
def opened(path: Path, *, encoding: str = "utf-8", tell: Progress | None = None) -> Iterator[Opened]:
    """The file, ready to be read row by row.

    ``encoding`` is that of a CSV file; it is never guessed. Formulas are read as the values last saved.

    Raises:
        FileProblem: The file is missing, empty, too large, locked, damaged or of another kind.
    """
    if not path.is_file():
        raise FileProblem(NO_FILE.filled(name=path.name))
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise FileProblem(TOO_LARGE.filled(size=f"{size / 2**20:.0f}", limit=str(LARGEST_FILE // 2**20)))
    if not size:
        raise FileProblem(EMPTY.filled(name=path.name))
    if path.suffix.lower() == ".csv":
        yield Opened(path.name, (Sheet(path.stem, _Csv(path, encoding)),))
    elif path.suffix.lower() in (".xls", ".et"):
        raise FileProblem(OLD.filled(name=path.name))
    elif path.suffix.lower() in (".xlsx", ".xlsm"):
        with _workbook(path, tell) as made:
            yield made
    else:
        raise FileProblem(KIND.filled(name=path.name))


class FormulaError:
    """What stands in a cell whose formula went wrong."""

    def __str__(self) -> str:
        return "#错误"


@contextmanager
def _workbook(path: Path, tell: Progress | None) -> Iterator[Opened]:
    remarks, errors = _inspected(path, tell)
    try:
        book = CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise FileProblem(LOCKED.filled(name=path.name)) from None
    except (CalamineError, OSError, ValueError):
        raise FileProblem(NOT_A_WORKBOOK.filled(name=path.name)) from None
    with book:
        sheets = [made for made in book.sheets_metadata if made.typ == SheetTypeEnum.WorkSheet]
        if hidden := [made.name for made in sheets if made.visible != SheetVisibleEnum.Visible]:
            remarks += (HIDDEN.filled(sheets="、".join(hidden)),)
        source = _Workbook(path.name, book, errors)
        yield Opened(path.name, tuple(Sheet(made.name, source) for made in sheets), remarks)


def _inspected(path: Path, tell: Progress | None) -> tuple[tuple[Text, ...], dict[str, set[tuple[int, int]]]]:
    """What a workbook holds beside its sheets, and the cells of formulas gone wrong, seen without opening it.

    Raises:
        FileProblem: It is no ZIP file, locked, would unpack to far more than a workbook can be, or reaches too far.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            infos = packed.infolist()
            _refuse_bombs(infos)
            sheets, titles = inside.scanned(packed, _counting(packed, tell)), inside.titles(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise FileProblem(_no_workbook(path).filled(name=path.name)) from None
    named = {part: title for title, part in titles.items()}
    for part, sheet in sheets.items():
        if sheet.cells > LARGEST_GRID:
            raise FileProblem(TOO_WIDE.filled(sheet=named.get(part, part), n=sheet.cells // 10_000))
    names = [info.filename for info in infos]
    macros = (MACROS,) if any(name.endswith("vbaProject.bin") for name in names) else ()
    links = (LINKS,) if any(name.startswith("xl/externalLinks/") for name in names) else ()
    return macros + links, {named[part]: sheet.errors for part, sheet in sheets.items() if part in named}


def _counting(packed: zipfile.ZipFile, tell: Progress | None) -> Callable[[int], None]:
    done, size = 0, sum(info.file_size for info in inside.sheets(packed))

    def more(read: int) -> None:
        nonlocal done
        done += read
        if tell:
            tell(LOOKING, done, size)

    return more


def _refuse_bombs(infos: list[zipfile.ZipInfo]) -> None:
    size = sum(info.file_size for info in infos)
    worst = max((info.file_size / max(info.compress_size, 1) for info in infos if info.file_size > 2**20), default=0)
    if size > LARGEST_INSIDE or (worst > LARGEST_RATIO and size > 50 * 2**20):
        raise FileProblem(BOMB.filled(size=f"{size / 2**20:.0f}"))


def _no_workbook(path: Path) -> Text:
    """The sentence of a file that is no XLSX: an OLE file is an old XLS, or a workbook with a password."""
    with path.open("rb") as file:
        head = file.read(4 * 2**20)
    if not head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return NOT_A_WORKBOOK
    return LOCKED if "EncryptedPackage".encode("utf-16-le") in head else OLD


@dataclass(frozen=True)
class _Workbook:
    file: str
    book: CalamineWorkbook
    errors: dict[str, set[tuple[int, int]]]
    last: dict[str, int] = field(default_factory=dict)

    def rows(self, name: str) -> Iterator[tuple[int, Row]]:
        try:
            sheet = self.book.get_sheet_by_name(name)
            self.last[name] = (sheet.end or (0, 0))[0] + 1
            wrong: dict[int, list[int]] = {}
            first = (sheet.start or (0, 0))[1]
            for at, column in self.errors.get(name, ()):
                wrong.setdefault(at + 1, []).append(column - first)
            for number, row in enumerate(sheet.iter_rows(), 1):  # empty rows above the first come along
                for column in wrong.get(number, ()):
                    if 0 <= column < len(row):
                        row[column] = FormulaError()  # type: ignore[call-overload]  # no type of a spreadsheet's own
                if row.count("") < len(row):
                    yield number, row
        except (CalamineError, OSError, ValueError):
            raise FileProblem(NOT_A_WORKBOOK.filled(name=self.file)) from None

    def row_count(self, name: str) -> int:
        return self.last.get(name, 0)


@dataclass(frozen=True)
class _Csv:
    path: Path
    encoding: str

    def row_count(self, name: str) -> int:
        """Lines of the file: a little more than its rows, where cells hold line breaks."""
        with self.path.open("rb") as file:
            return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))

    def rows(self, name: str) -> Iterator[tuple[int, Row]]:
        codec = "utf-8-sig" if self.encoding == "utf-8" else self.encoding
        line = 0
        try:
            with self.path.open(encoding=codec, newline="") as file:
                reader = csv.reader(_without_nul(file), strict=False)
                for row in reader:
                    line += 1
                    if any(map(str.strip, row)):
                        yield line, row
        except UnicodeDecodeError:
            sentence = NOT_UTF8 if self.encoding == "utf-8" else NOT_GB
            raise FileProblem(sentence.filled(name=self.path.name, row=str(line + 1))) from None
        except csv.Error as why:
            raise FileProblem(BAD_CSV.filled(name=self.path.name, row=str(line + 1), why=str(why))) from None


def _without_nul(lines: io.TextIOBase) -> Iterator[str]:
    return (line.replace("\x00", "") for line in lines)
