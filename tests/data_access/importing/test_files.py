"""Files as clerks have them: encodings, headers, formulas, macros, and what is no workbook at all."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.styles import Font

from data_access.importing import bring_in, check, files
from data_access.importing.problems import FileProblem
from data_access.tables import TABLES
from tests.data_access.importing.workbooks import (
    asked,
    everything,
    said,
    workbook,
)


def test_csv_in_declared_encodings_never_guessed(url: str, tmp_path: Path) -> None:
    words = "编号,标题\nJ1,修𠮷桥\n"
    for name, data in (("议案建议.csv", words.encode()), ("议案建议2.csv", b"\xef\xbb\xbf" + words.encode())):
        (tmp_path / name).write_bytes(data)
        assert check(url, asked(tmp_path / name, table="proposal")).plan.changes[0].changed == 1
    chinese = tmp_path / "议案建议3.csv"
    chinese.write_bytes(words.encode("gb18030"))
    with said(FileProblem, "gb18030"):
        check(url, asked(chinese))
    assert check(url, asked(chinese, encoding="gb18030")).plan.changes[0].changed == 1


def test_headers_in_any_order_under_other_names_below_a_title(url: str, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", {"代表建议、议案建议表": [("云澜区2025年建议",), ("案由", "建议编号"), ("修大桥", "J1")]}
    )
    outcome = check(url, asked(path))
    assert outcome.plan.changes[0].changed == 1 and outcome.plan.problems == ()


def test_a_formula_counts_as_the_value_last_saved(url: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook(path, {"议案建议": [("编号", "联名人数"), ("J1", None)]})
    book = load_workbook(path)
    book["议案建议"]["B2"] = "=1+1"
    book.save(path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = (
        parts[name]
        .replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
        .replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    )
    assert b"<v>2</v>" in parts[name]
    with zipfile.ZipFile(path, "w") as packed:
        for part, data in parts.items():
            packed.writestr(part, data)
    bring_in(url, asked(path), who="张三")
    (row,) = everything(url)["proposal"]
    assert row[list(TABLES["proposal"].columns.keys()).index("cosigner_count")] == 2


def test_a_formula_that_failed_is_named_and_its_cell_is_not_taken_for_empty(url: str, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    made = book.add_worksheet("议案建议")
    made.write_row(2, 1, ("编号", "标题", "联名人数"))  # below two empty rows, beside an empty column
    made.write_row(3, 1, ("J1", "修大桥"))
    made.write_formula("D4", "=1/0", None, "#DIV/0!")
    book.close()
    outcome = check(url, asked(tmp_path / "a.xlsx"))
    assert [(p.row, p.column, p.rule) for p in outcome.plan.problems] == [(4, "联名人数", "formula_error")]


def test_one_stray_cell_far_out_is_named_before_anybody_makes_room_for_all_cells_up_to_it(
    url: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    book = load_workbook(workbook(path, {"议案建议": [("编号", "标题"), ("J1", "修大桥")]}))
    book["议案建议"]["XFD1048576"] = "x"
    book.save(path)
    with said(FileProblem, "议案建议"):
        check(url, asked(path))
    book["议案建议"]["XFD1048576"] = None
    book["议案建议"]["XFD1048576"].font = Font(bold=True)  # a format alone is no content
    book.save(path)
    assert check(url, asked(path)).plan.changes[0].changed == 1


def test_a_part_larger_than_the_file_says_is_refused(url: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"议案建议": [("编号", "标题"), ("J1", "修大桥")]})
    data = bytearray(path.read_bytes())
    place = data.rfind(b"xl/worksheets/sheet1.xml") - 46  # its entry in the directory at the end
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = (9).to_bytes(4, "little")
    path.write_bytes(data)
    with said(FileProblem, "不是可以读取的"):
        check(url, asked(path))


def test_macros_links_and_hidden_sheets_are_named(url: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"议案建议": [("编号", "标题"), ("J1", "修大桥")], "届次": [("编号",)]})
    book = load_workbook(path)
    book["届次"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsm")
    with zipfile.ZipFile(tmp_path / "a.xlsm", "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"x")
        packed.writestr("xl/externalLinks/externalLink1.xml", b"<x/>")
    said = "".join(remark.zh for remark in check(url, asked(tmp_path / "a.xlsm")).remarks)
    assert "宏" in said and "外部链接" in said and "隐藏的工作表“届次”" in said


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "是空文件"),
        ("a.xlsx", b"not a workbook", "不是可以读取的"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.xlsx", OLE + "Workbook".encode("utf-16-le"), "另存为 XLSX"),
        ("a.xls", OLE, "另存为 XLSX"),
        ("a.txt", b"x", "不是 XLSX"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_a_sentence(
    url: str, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with said(FileProblem, words):
        check(url, asked(tmp_path / name))


def test_large_files_and_zip_bombs_are_refused_before_they_are_opened(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 2**20))
    monkeypatch.setattr(files, "CalamineWorkbook", None)  # whoever opens it fails
    with said(FileProblem, "解压后过大"):
        check(url, asked(bomb))
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(300 * 2**20)
    with said(FileProblem, "300MB"):
        check(url, asked(large))
