"""Words and tables made fit for a sheet of paper: column widths, long words, whole sentences."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd

from dashboard import tables
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from data_access.text import Lang, Text

WIDTH = 510.2  # points between the margins: 180 mm
GUTTER = 8.0  # right of every column but the last
LETTER, WIDE_LETTER = 4.9, 8.6  # points of a Latin and a Chinese letter in a table
WIDEST = 150.0  # of a column that is not wide
WIDE_LEAST = 140.0  # to which wide columns give way before any other does
SMALLEST = 0.75  # of the usual letters, where a table has too many columns for them
WORD = re.compile(r"[!-~]+")
LONG_WORD = re.compile(r"[!-~]{25,}")
LEFT_OUT = Text(
    "图片只列前 {shown} 行，其余 {left} 行见 PDF、XLSX 或 CSV 文件。",
    "The picture lists the first {shown} rows; the other {left} are in the PDF, XLSX and CSV files.",
)


def breakable(value: Any) -> Any:
    """The same data with places to break inside words too long for a line; addresses (``href``) are left alone."""
    if isinstance(value, str):
        return LONG_WORD.sub(lambda found: "\u200b".join(re.findall(".{1,20}", found[0])), value)
    if isinstance(value, dict):
        return {name: item if name == "href" else breakable(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [breakable(item) for item in value]
    return value


def table(body: dict[str, Any], lang: Lang, most: int | None, total: float = WIDTH) -> dict[str, Any]:
    """A table's data with the width of each column in points, together ``total``, and at most ``most`` lines.

    ``scale`` makes its letters smaller where the columns would have no room beside one wide enough to read.
    """
    columns, lines = body["columns"], body["lines"] if most is None else body["lines"][:most]
    left = len(body["lines"]) - len(lines)
    left_out = LEFT_OUT(lang, shown=len(lines), left=left) if left else ""
    scale = round(max(min(1.0, total / sum(_floors(columns, lines))), SMALLEST), 3)
    given = _rounded([width * scale for width in widths(columns, lines, total / scale)])
    return {**body, "lines": lines, "widths": given, "scale": scale, "left_out": left_out}


def widths(columns: list[dict[str, Any]], lines: list[dict[str, Any]], total: float = WIDTH) -> list[float]:
    """Points for each column, together ``total``.

    What is left over goes to wide columns. Where there is too little, they give way first, down to a width that can
    still be read, then the others, and no column becomes narrower than its longest word as long as the sheet allows it.
    """
    last = len(columns) - 1
    gaps = _gaps(columns)
    wanted = [_wanted(column, index, lines) + gaps[index] for index, column in enumerate(columns)]
    if last > 1 and all(column["align"] == "centre" for column in columns[1:]):
        head = wanted[0] + GUTTER  # on a slide letters are larger beside their column
        return _rounded([head, *[(total - head) / last] * last])  # a matrix: its columns are alike
    least = [min(_least(column, index, lines) + gaps[index], wanted[index]) for index, column in enumerate(columns)]
    readable = _floors(columns, lines)
    wide = [column["wide"] for column in columns]
    if sum(wanted) <= total:
        takes = wide if any(wide) else [True] * len(columns)
        return _rounded(_moved(wanted, [want * take for want, take in zip(wanted, takes, strict=True)], total))
    first = [
        max(need, WIDE_LEAST) if is_wide else want for want, need, is_wide in zip(wanted, least, wide, strict=True)
    ]
    for floor in (first, readable, least, [0.0] * len(columns)):
        slack = [max(want - low, 0) for want, low in zip(wanted, floor, strict=True)]
        wanted = _moved(wanted, slack, max(total, sum(wanted) - sum(slack)))
    return _rounded(wanted)


def _gaps(columns: list[dict[str, Any]]) -> list[float]:
    return [GUTTER] * (len(columns) - 1) + [0.0]


def _floors(columns: list[dict[str, Any]], lines: list[dict[str, Any]]) -> list[float]:
    """Below these widths words break where they should not, or a wide column shows a few letters a line."""
    made = []
    readable = WIDE_LEAST / max(sum(column["wide"] for column in columns), 1) ** 0.5  # several share the sheet
    for index, (column, gap) in enumerate(zip(columns, _gaps(columns), strict=True)):
        wanted = _wanted(column, index, lines)
        least = max(_least(column, index, lines), readable if column["wide"] else 0)
        made.append(min(wanted, least) + gap)
    return made


def _moved(given: list[float], by: list[float], total: float) -> list[float]:
    """The widths brought to ``total``, each moved in proportion to ``by``."""
    step = (total - sum(given)) / (sum(by) or 1)
    return [width + step * part for width, part in zip(given, by, strict=True)]


def _rounded(given: list[float]) -> list[float]:
    return [round(width, 1) for width in given]


def _wanted(column: dict[str, Any], index: int, lines: list[dict[str, Any]]) -> float:
    """The width in which nothing wraps; columns that are not wide never ask for more than WIDEST."""
    cells = [line["cells"][index] for line in lines]
    found = max([points(column["name"]), *(points(cell["text"]) + _chip(cell) for cell in cells)])
    return found if column["wide"] else min(found, WIDEST)


def _least(column: dict[str, Any], index: int, lines: list[dict[str, Any]]) -> float:
    """The width of the longest part that cannot wrap: a Latin word, a number, a chip, two Chinese letters."""
    cells = [line["cells"][index] for line in lines]
    parts = [
        word for words in (column["name"], *(c["text"] for c in cells if not _chip(c))) for word in WORD.findall(words)
    ]
    chips = [points(cell["text"]) + _chip(cell) for cell in cells if _chip(cell)]
    return min(max([points("宽度"), *(points(word) for word in parts), *chips]), WIDEST)


def _chip(cell: dict[str, Any]) -> float:
    return 9.0 if cell["tone"] in ("late", "soon", "quiet") else 0.0


def points(words: str) -> float:
    """How wide the words are in a table, in points; rather too much than too little."""
    return sum(WIDE_LETTER if unicodedata.east_asian_width(letter) in "WFA" else LETTER for letter in words) + 1


def letters(words: str) -> int:
    """How many half-width letters wide the words are."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in words)


def from_table(frame: pd.DataFrame) -> dict[str, Any]:
    """The figures behind a drawing as a table body, for an exhibit that has no drawing of its own."""
    columns, written = [], []
    for name, column in frame.items():
        is_number = pd.api.types.is_numeric_dtype(column)
        places = tables.decimals(column) if is_number else 0
        columns.append(Column(str(name), "right" if is_number else "left"))
        written.append([Cell(tables.written(str(name), value, decimals=places)) for value in column])
    return Listing(tuple(columns), tuple(Line(cells) for cells in zip(*written, strict=True))).paper()
