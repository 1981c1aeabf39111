"""The template is the description of the tables as a workbook, and what is filled into it can be imported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import sample_data
from data_access.__main__ import main
from data_access.importing import Asked, check, template
from data_access.rules import READERS
from data_access.tables import TABLES
from tests.data_access.importing.workbooks import database, everything

EXAMPLES = {name: rows[-1] for name, rows in sample_data.district(until=date(2021, 12, 31)).items() if rows}


@pytest.mark.parametrize("kind", list(template.KINDS))
def test_every_column_is_there_and_the_untouched_template_brings_nothing(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    template.write(path, kind=kind, examples=EXAMPLES, places=[("990102101", "霁川镇")])
    book = load_workbook(path)
    for name in template.KINDS[kind]:
        sheet = book[TABLES[name].info["title"].zh]
        headers = [str(cell.value).removesuffix("*") for cell in sheet[1]]
        written_by_import = ("updated_at", "src_lon", "src_lat", "src_geojson")
        assert headers == [c.info["header"].zh for c in TABLES[name].columns if c.name not in written_by_import]
        assert str(sheet["A2"].value).startswith("【说明】") and str(sheet["A3"].value).startswith("【示例】")
    outcome = check(database(tmp_path / "district.db"), Asked(path))
    assert outcome.plan.problems == () and outcome.plan.is_empty


def test_codes_have_drop_downs_in_words_and_days_are_days(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    template.write(path, kind="main")
    book = load_workbook(path)
    sheet = book["议案建议"]
    place = next(cell.column_letter for cell in sheet[1] if cell.value == "类别*")
    (rule,) = (v for v in sheet.data_validations.dataValidation if f"{place}4" in str(v.sqref))
    _, cells = rule.formula1.split("!")
    words = [row[0].value for row in book["代码"][cells.replace("$", "")]]
    assert rule.type == "list" and words[:2] == ["财政经济", "农业农村"]
    heads = [str(cell.value) for cell in book["代码"][1]]
    assert "会议：会议类型" in heads and "议案建议：类别\n监督事项：领域" in heads


def test_the_explanation_lists_every_local_rule(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    assert main(["template", "--out", str(path), "--kind", "main"]) == 0
    listed = {row[0]: row[1:] for row in load_workbook(path)["说明"].iter_rows(values_only=True)}
    assert set(READERS) - {"fictional"} <= set(listed)
    assert listed["reply_months"] == ("3", "代表法第五十一条：交办之日起三个月内答复")


def test_examples_are_the_fullest_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"id": "T1", "term_no": 5, "quota": 58}, {"id": "T2", "term_no": None, "quota": None}]
    monkeypatch.setattr(sample_data, "district", lambda until: {"term": rows, "rule_config": []})
    path = tmp_path / "模板.xlsx"
    assert main(["template", "--out", str(path), "--kind", "main"]) == 0
    assert load_workbook(path)["届次"]["A3"].value == "【示例】T1"


def test_totals_alone_can_be_imported_into_an_empty_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    path = tmp_path / "模板.xlsx"
    assert main(["create", "--database-url", url]) == 0
    assert main(["template", "--out", str(path), "--kind", "reported", "--database-url", url]) == 0
    book = load_workbook(path)
    for name, row in {
        "行政区划": ("990102", "云澜区", "县级"),
        "汇总填报": ("F1", "A01", "云澜区", "2019", 88, None, "人次", "2019年工作报告", "否"),
    }.items():
        for place, value in enumerate(row, 1):
            book[name].cell(4, place).value = value
    book.save(path)
    assert main(["import", str(path), "--database-url", url]) == 0
    rows = everything(url)
    assert len(rows["region"]) == len(rows["reported_figure"]) == 1


def test_a_filled_template_is_imported_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = database(tmp_path / "district.db")
    path = tmp_path / "模板.xlsx"
    assert main(["template", "--out", str(path), "--kind", "reported", "--database-url", url]) == 0
    book = load_workbook(path)
    sheet = book["汇总填报"]
    for place, value in enumerate(("F1", "P01", "云澜区", "2019", 88, None, "件", "2019年工作报告", "否"), 1):
        sheet.cell(4, place).value = value
    book.save(path)
    assert main(["check", str(path), "--database-url", url]) == 0
    assert main(["import", str(path), "--database-url", url, "--who", "张三"]) == 0
    assert "新增 1" in capsys.readouterr().out
    assert main(["import", str(path), "--database-url", url]) == 0
    assert "没有需要改动" in capsys.readouterr().out
    assert main(["undo", "--database-url", url]) == 0
    assert main(["undo", "--database-url", url]) == 1
    assert main(["import", str(tmp_path / "没有.xlsx"), "--database-url", url]) == 1
    assert "找不到文件" in capsys.readouterr().err
