"""What stands inside a workbook, seen by reading its sheets' text once without opening it: how far each sheet reaches,
and which cells hold the error of a formula. Whoever opens a sheet makes room for every cell up to the last one."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.etree import ElementTree

PART = 1 << 20
LARGEST_INDEX = 5 * 2**20
MOST_ERRORS = 100_000
# Cells far out, in a column of two letters or a row of six digits, that hold something; cells of formulas gone wrong.
_FAR = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{2,3}\d+|[A-Z]\d{6,7})[\"'](?:[^>]*[^/>])?>"
    rb"(?!\s*(?:</|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></))"
)
_LETTERS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_ERROR = re.compile(rb"<(?:\w+:)?c\s(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]+)(\d+)[\"']")
_NAMES = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Inside:
    """How many cells a sheet spans at most, and its cells with errors as (row, column), both from 0."""

    cells: int = 0
    errors: set[tuple[int, int]] = field(default_factory=set)


def scanned(packed: zipfile.ZipFile, more: Callable[[int], None]) -> dict[str, Inside]:
    """Every sheet of a workbook by the name of its part; reading them to their ends also proves their stated sizes.

    ``more`` is told of each piece how many bytes it has.

    Raises:
        zipfile.BadZipFile: A part is not what the file says of it.
    """
    return {info.filename: _scanned(packed, info.filename, more) for info in sheets(packed)}


def sheets(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The parts that are sheets."""
    return [info for info in packed.infolist() if "worksheets/" in info.filename and info.filename.endswith(".xml")]


def titles(packed: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by the sheet's title; empty where the workbook's index cannot be read."""
    try:
        book, links = (_index(packed, name) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError, ValueError):
        return {}
    parts = {link.get("Id"): str(link.get("Target")) for link in links}
    made = {}
    for sheet in book.iter():
        target = parts.get(sheet.get(_NAMES)) if sheet.tag.endswith("}sheet") else None
        if target:
            made[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return {title: str(PurePosixPath(part)) for title, part in made.items()}


def _index(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if packed.getinfo(name).file_size > LARGEST_INDEX:
        raise ValueError(name)
    return ElementTree.fromstring(packed.read(name))


def _scanned(packed: zipfile.ZipFile, name: str, more: Callable[[int], None]) -> Inside:
    rows, columns, made = 99_999, 26, Inside()
    for text in _texts(packed, name):
        more(len(text))
        found = _FAR.findall(text)
        rows = max((rows, *map(int, {place.lstrip(_LETTERS) for place in found})))
        columns = max((columns, *map(_number, {place.rstrip(_DIGITS) for place in found})))
        for column, row in _ERROR.findall(text):
            if len(made.errors) < MOST_ERRORS:
                made.errors.add((int(row) - 1, _number(column) - 1))
    made.cells = rows * columns
    return made


def _texts(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The text of a part in pieces, none of which ends within a cell."""
    rest = b""
    with packed.open(name) as file:
        while part := file.read(PART):
            whole = rest + part
            cut = whole.rfind(b"<", 0, max(whole.rfind(b" r="), 0))
            rest = whole[cut:] if cut >= 0 and len(whole) - cut < PART else b""
            yield whole[: len(whole) - len(rest)]
    yield rest


def _number(letters: bytes) -> int:
    made = 0
    for letter in letters:
        made = made * 26 + letter - 64
    return made
