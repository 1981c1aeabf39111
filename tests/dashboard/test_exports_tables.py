"""XLSX and CSV: typed figures, the passport beside them, and no cell that computes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
import pandas as pd
import pytest

from dashboard.exports import csv as comma
from dashboard.exports import xlsx
from dashboard.exports.report import Section
from tests.dashboard.made_reports import EVIL, LINK, briefing, evil_briefing, picture, single, whole


def test_figures_in_a_workbook_are_numbers_dates_and_shares() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(single())))
    sheet = book["按类别"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = rows.index(["类别", "件数", "按期率", "交办日"])
    assert rows[head + 1 : head + 4] == [
        ["城乡建设", 46, 0.925, datetime(2026, 5, 8)],
        ["农业农村", 1238, 0.5, datetime(2026, 6, 1)],
        ["其他", 0, None, None],
    ]
    formats = [sheet.cell(head + 2, column).number_format for column in range(1, 5)]
    assert formats == ["General", "#,##0", "0.0%", "yyyy-mm-dd"]
    assert sheet.freeze_panes == f"B{head + 2}"
    assert sheet.auto_filter.ref == f"A{head + 1}:D{head + 4}"
    assert rows[0][0] == "城建类最多，占四成"


def test_a_workbook_tells_where_it_comes_from_and_what_its_figures_mean() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(whole())))
    told = {row[0].value: row[1].value for row in book["说明"].iter_rows(min_row=3)}
    assert told["范围"] == "2022–2026 年，石塘镇、沙洲镇"
    assert told["链接"] == LINK
    assert [cell.value for cell in book["口径"][4]] == [
        "P06", "按期答复率", "法定期限内答复的件数占已到期件数的比例", "未到期的件", "代表法",
    ]  # fmt: skip
    assert len(book.sheetnames) == len(whole().sections) + 2
    assert (book.properties.title, book.properties.creator) == ("议案建议 · 按类别", "云澜区人大常委会")
    assert "没有超期件" in str(book["无"]["A1"].value)


def test_a_briefing_is_a_sheet_of_text_and_a_sheet_of_its_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(briefing())))
    assert book.sheetnames == ["正文", "数字出处", "按年", "按类别", "说明", "口径"]
    text = [[cell.value for cell in row] for row in book["正文"].iter_rows(min_row=3)]
    assert text == [[n, one.heading, one.text] for n, one in enumerate(briefing().sentences, start=1)]
    rows = [[cell.value for cell in row] for row in book["数字出处"].iter_rows(min_row=3)]
    assert rows[0] == ["句子", "指标", "数值", "口径", "来源", "期间", "记录"]
    link = "http://127.0.0.1:8501/records?metric=P01&years=2021-2025"
    assert rows[1] == [
        "1  代表建议",
        "收到建议",
        "1,204件",
        "交办的建议，按领衔代表计一次",
        "建议台账",
        "2021–2025年",
        link,
    ]
    assert [row[6] for row in rows[1:]] == [link, link, "", link]
    assert book["数字出处"].auto_filter.ref == "A3:G7"
    told = [cell.value for cell in book["按年"]["A"]]
    assert "仅石塘镇 · 数据截至 2026-11-20 · 快照号 3F9A01CD" in told and "注：请在会上说明。" in told


def test_every_sheet_is_printed_on_a_page_s_width() -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(xlsx.write(briefing()))).worksheets:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert (sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (0, "landscape"), sheet.title


def test_no_words_of_a_briefing_become_a_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx.write(evil_briefing()))) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 8 and not any(re.search(r"<f[ >]|<hyperlink", sheet) for sheet in sheets)


def test_no_words_become_a_formula_or_a_link_in_a_workbook() -> None:
    table = pd.DataFrame({"=1+1": list(EVIL), "件数": range(len(EVIL))})
    report = single(table=table, title="=1+1", subtitle="=2+2", foot="=3+3")
    report = replace(report, passport=replace(report.passport, filters='=HYPERLINK("http://x.example")', note="=4"))
    with zipfile.ZipFile(io.BytesIO(xlsx.write(report))) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3
    assert [re.findall(r"<f[ >]|<hyperlink", sheet) for sheet in sheets] == [[], [], []]


def test_names_with_one_number_each_come_with_a_chart() -> None:
    def charts(table: pd.DataFrame) -> int:
        with zipfile.ZipFile(io.BytesIO(xlsx.write(single(table=table)))) as parts:
            return sum(name.startswith("xl/charts/chart") for name in parts.namelist())

    assert charts(pd.DataFrame({"类别": ["城建", "教育"], "件数": [46, 31]})) == 1
    assert charts(pd.DataFrame({"类别": ["城建"], "件数": [46]})) == 0
    assert charts(pd.DataFrame({"编号": ["1", "1"], "标题": ["a", "b"]})) == 0


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("件数", [1, 2], "whole"),
        ("天数", [1.5, 2.0], "broken"),
        ("答复率", [0.9, 1.0], "share"),
        ("占比", [0.9, None], "share"),
        ("On-time share", [0.9, 1.0], "share"),
        ("年份", [2025, 2026], "year"),
        ("答复率", ["92.5%", "–"], "text"),
        ("已超期", [True, False], "text"),
        ("交办日", [datetime(2026, 5, 8), None], "date"),
        ("空", [None, None], "text"),
    ],
)
def test_a_column_is_written_as_what_it_is(name: str, values: list[object], kind: str) -> None:
    assert xlsx.column_kind(name, pd.Series(values)) == kind


def test_sheet_names_are_allowed_short_and_different() -> None:
    taken = {"口径"}
    made = [xlsx.sheet_name(name, taken) for name in ("a/b:c*[d]?", "口径", "长" * 40, "长" * 40, "", "'")]
    assert made == ["a b c d", "口径 2", "长" * 31, "长" * 29 + " 2", "1", "1 2"]


def test_two_exhibits_of_one_name_have_two_sheets() -> None:
    section = Section("a", "按类别", picture(None))
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(replace(single(), sections=(section, section)))))
    assert book.sheetnames[:2] == ["按类别", "按类别 2"]


def test_csv_opens_in_excel_with_figures_first_and_the_passport_last() -> None:
    content = comma.write(single())
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[:5] == [
        ["类别", "件数", "按期率", "交办日"],
        ["城乡建设", "46", "0.925", "2026-05-08"],
        ["农业农村", "1238", "0.5", "2026-06-01"],
        ["其他", "0", "", ""],
        [],
    ]
    assert ["链接", LINK] in rows
    assert ["按类别", "城建类最多，占四成"] in rows


def test_no_words_become_a_formula_in_csv() -> None:
    content = comma.write(single(table=pd.DataFrame({"=a": list(EVIL), "差": [-1] * len(EVIL)})))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert all(cell[:1] not in tuple("=+-@\t\r") for row in rows for cell in row[:1] if cell)
    assert rows[1][1] == "-1"  # a number is no formula
