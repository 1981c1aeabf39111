"""A file into a database: what is wrong is named, what is right is written, nothing halfway."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import Font
from sqlalchemy import select

from data_access.engine import writing_engine
from data_access.errors import DatabaseBusy, DatabaseProblem, RendaError
from data_access.importing import Asked, Outcome, bring_in, check, files, marked, take_back
from data_access.importing.problems import FileProblem
from data_access.tables import TABLES
from data_access.tables.imports import import_log
from tests.data_access.importing.workbooks import (
    PROPOSAL_TAIL,
    PROPOSALS,
    database,
    everything,
    proposal_row,
    sheet,
    workbook,
)

AS_OF = date(2026, 6, 30)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return database(tmp_path / "district.db")


def asked(path: Path, **more: Any) -> Asked:
    return Asked(path, as_of=AS_OF, **more)


@contextmanager
def said(kind: type[RendaError], words: str) -> Iterator[None]:
    """Something is refused with a Chinese sentence that holds those words."""
    with pytest.raises(kind) as refused:
        yield
    assert words in refused.value.say("zh")


def rules(outcome: Outcome) -> list[str]:
    return [problem.rule for problem in outcome.plan.problems]


def test_a_right_file_is_written_once_and_a_second_time_changes_nothing(url: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet(proposal_row("J2"), proposal_row("J3", "通水")))
    first = bring_in(url, asked(path), who="张三")
    assert (first.number, first.plan.problems) == (1, ())
    rows = {row[0]: row for row in everything(url)["proposal"]}
    assert rows["J2"][2] == "修路" and rows["J3"][2] == "通水"
    after = everything(url)
    second = bring_in(url, asked(path), who="张三")
    assert second.number == 0 and second.plan.is_empty
    assert everything(url) == after


def test_a_newer_file_updates_by_key_and_says_what_it_does(url: str, tmp_path: Path) -> None:
    bring_in(url, asked(workbook(tmp_path / "a.xlsx", sheet(proposal_row("J2"), proposal_row("J3")))), who="张三")
    newer = workbook(tmp_path / "b.xlsx", sheet(proposal_row("J2"), proposal_row("J3", "通电"), proposal_row("J4")))
    outcome = bring_in(url, asked(newer), who="张三")
    change = outcome.plan.changes[0]
    assert (change.new, change.changed, change.same, change.gone) == (1, 1, 1, 1)  # J4, J3, J2; J1 only there
    assert {row[0]: row[2] for row in everything(url)["proposal"]} == {
        "J1": "修桥", "J2": "修路", "J3": "通电", "J4": "修路",
    }  # fmt: skip


def test_columns_the_file_does_not_have_keep_their_values(url: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"议案建议": [("编号", "标题"), ("J1", "修大桥")]})
    assert bring_in(url, asked(path), who="张三").number == 1
    (row,) = everything(url)["proposal"]
    assert row[2] == "修大桥" and date(2025, 1, 10) in row


def test_every_problem_is_named_at_once_with_its_place_and_nothing_is_written(url: str, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        sheet(
            proposal_row("J2", 提出日期="2025年2月30日"),
            proposal_row("J3", 类别="水利"),
            proposal_row("J4", 领衔代表="田一"),
            proposal_row("J5", 领衔代表="无此人"),
            proposal_row("J6", 标题=None),
            proposal_row("J7", 交办日期=date(2024, 12, 1)),
            proposal_row("J8"),
            proposal_row("J8"),
        ),
    )
    before = everything(url)
    outcome = bring_in(url, asked(path, accept_warnings=True), who="张三")
    found = {(problem.row, problem.column, problem.rule) for problem in outcome.plan.problems}
    assert found >= {
        (2, "提出日期", "no_such_day"),
        (3, "类别", "unknown_code"),
        (4, "领衔代表", "ambiguous"),
        (5, "领衔代表", "no_parent"),
        (6, "标题", "empty"),
        (7, "", "assigned_before_submitted"),
        (9, "", "key_twice"),
    }
    assert outcome.is_refused and everything(url) == before
    assert "D1、D2" in next(p.words.zh for p in outcome.plan.problems if p.rule == "ambiguous")


def test_problems_come_in_the_order_of_the_sheets(url: str, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {**sheet(proposal_row("J2", 类别="水利")), "代表": [("编号", "姓名", "性别"), ("D3", "乐正文", "不详")]},
    )
    assert [problem.sheet for problem in check(url, asked(path)).plan.problems] == ["议案建议", "代表"]


def test_whoever_imports_into_the_sample_is_told(url: str, tmp_path: Path) -> None:
    rules = [("编号", "区划代码", "规则", "取值"), ("G1", "云澜区", "fictional", "true")]
    path = workbook(tmp_path / "a.xlsx", {"本地规则": rules})
    assert bring_in(url, asked(path), who="甲").remarks == ()
    assert "虚构的示例数据库" in check(url, asked(path)).remarks[0].zh


def test_a_record_of_the_database_that_an_import_would_break_is_named(url: str, tmp_path: Path) -> None:
    handled = {"承办": [("编号", "议案建议编号", "承办单位", "区划代码", "承办方式"),
                        ("H1", "修桥", "区水利局", "霁川镇", "主办"),
                        ("H2", "J1", "区交通局", "霁川镇", "主办")]}  # fmt: skip
    assigned = {"议案建议": [("编号", "交办日期"), ("J1", date(2025, 2, 1))]}
    outcome = check(url, asked(workbook(tmp_path / "a.xlsx", assigned | handled)))
    assert [(p.sheet, p.row, p.rule) for p in outcome.plan.problems] == [("议案建议", 2, "handlers_unclear")]


def test_warnings_have_to_be_accepted(url: str, tmp_path: Path) -> None:
    rows = [(*PROPOSALS, *PROPOSAL_TAIL, "手机号"), [*proposal_row("J2"), "13800000000"]]
    path = workbook(tmp_path / "a.xlsx", {"议案建议": rows})
    refused = bring_in(url, asked(path), who="张三")
    assert refused.is_refused and rules(refused) == ["personal"]
    assert bring_in(url, asked(path, accept_warnings=True), who="张三").number == 1
    assert "13800000000" not in str(everything(url))


def test_rows_are_deleted_only_when_asked_and_children_hold_their_parents(url: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet(proposal_row("J2")))
    assert bring_in(url, asked(path, delete_missing=True), who="张三").number == 1
    assert [row[0] for row in everything(url)["proposal"]] == ["J2"]
    deputies = workbook(tmp_path / "b.xlsx", {"代表": [("编号", "姓名"), ("D1", "田一")]})
    outcome = bring_in(url, asked(deputies, delete_missing=True), who="张三")
    assert outcome.is_refused and "no_parent" in rules(outcome)


def test_the_log_says_who_when_which_file_and_undo_takes_it_back(url: str, tmp_path: Path) -> None:
    before = everything(url)
    path = workbook(tmp_path / "a.xlsx", sheet(proposal_row("J1", "修大桥"), proposal_row("J2")))
    bring_in(url, asked(path), who="张三")
    engine = writing_engine(url)
    with engine.connect() as connection:
        (line,) = connection.execute(select(import_log)).all()
    engine.dispose()
    assert (line.who, line.file_name, line.added, line.changed, len(line.sha256)) == ("张三", "a.xlsx", 1, 1, 64)
    assert everything(url) != before
    assert take_back(url, who="李四") == (1, "a.xlsx")
    assert everything(url) == before
    with said(DatabaseProblem, "没有可以撤销"):
        take_back(url, who="李四")


def test_undo_is_refused_when_a_record_was_changed_since(url: str, tmp_path: Path) -> None:
    bring_in(url, asked(workbook(tmp_path / "a.xlsx", sheet(proposal_row("J2")))), who="张三")
    with sqlite3.connect(url.removeprefix("sqlite:///")) as raw:
        raw.execute("UPDATE proposal SET title = '另改' WHERE id = 'J2'")
    raw.close()
    before = everything(url)
    with said(DatabaseProblem, "J2"):
        take_back(url, who="李四")
    assert everything(url) == before


def test_two_imports_at_once_one_is_refused_with_a_sentence(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data_access.importing.writing.WAIT_SECONDS", 0.1)
    held = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    with said(DatabaseBusy, "没有改动"):
        bring_in(url, asked(workbook(tmp_path / "a.xlsx", sheet(proposal_row("J2")))), who="张三")
    held.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from data_access import importing
from data_access.importing import writing
real = writing._Writing.add
def add(self, table):
    real(self, table)
    os.kill(os.getpid(), signal.SIGKILL)
writing._Writing.add = add
importing.bring_in(sys.argv[1], importing.Asked(Path(sys.argv[2])), who="x")
"""


def test_an_import_killed_halfway_leaves_the_database_as_it_was(url: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet(proposal_row("J2")))
    before = everything(url)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, url, str(path)], check=False, env=os.environ | {"PYTHONPATH": "."}
    )
    assert done.returncode == -signal.SIGKILL
    assert everything(url) == before
    assert bring_in(url, asked(path), who="张三").number == 1


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


def test_progress_is_told_from_the_first_look_to_the_last_rule(url: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet(*[proposal_row(f"J{number}") for number in range(2, 9000)]))
    told: list[tuple[str, int, int]] = []
    check(url, asked(path), tell=lambda what, done, count: told.append((what.zh, done, count)))
    assert list(dict.fromkeys(what for what, _, _ in told)) == [
        "正在检查文件",
        "正在读取“议案建议”",
        "正在比对",
        "正在核对规则",
    ]
    looked = [done / count for what, done, count in told if what == "正在检查文件"]
    assert 0 < looked[0] < 1 and looked == sorted(looked) and looked[-1] == 1


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


def test_a_name_with_brackets_of_either_width_finds_its_record(url: str, tmp_path: Path) -> None:
    units = {
        "单位机构": [
            ("编号", "单位名称", "系统", "类别", "区划代码"),
            ("U9", "区住建局（城管局）", "政府", "HDL", "霁川镇"),
        ]
    }
    handled = {"承办": [("编号", "议案建议编号", "承办单位", "区划代码", "承办方式"),
                        ("H1", "J1", "区住建局(城管局)", "霁川镇", "主办"),
                        ("H2", "J1", "区住建局（城管局）", "霁川镇", "会办")]}  # fmt: skip
    outcome = check(url, asked(workbook(tmp_path / "a.xlsx", units | handled)))
    assert "no_parent" not in rules(outcome)


def test_events_and_who_attended_them_come_in_whatever_order_and_go_again(url: str, tmp_path: Path) -> None:
    head = ("编号", "活动类型", "日期", "所属场次", "代表", "代表人次", "区划代码")
    day = date(2025, 3, 1)
    rows = [("A2", "进站接待", day, "A1", "D3", None, "霁川镇"), ("A1", "进站接待", day, None, None, 2, "霁川镇")]
    before = everything(url)
    path = workbook(tmp_path / "a.xlsx", {"履职活动": [head, *rows]})
    assert bring_in(url, asked(path), who="张三").number == 1
    gone = workbook(tmp_path / "b.xlsx", {"履职活动": [head, ("A3", "培训", day, None, None, 1, "霁川镇")]})
    assert bring_in(url, asked(gone, delete_missing=True), who="张三").number == 2
    assert [row[0] for row in everything(url)["deputy_activity"]] == ["A3"]
    take_back(url, who="张三")
    assert [row[0] for row in everything(url)["deputy_activity"]] == ["A1", "A2"]
    take_back(url, who="张三")
    assert everything(url) == before


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


def test_the_marked_copy_has_every_problem_where_it_is(url: str, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", sheet(proposal_row("J2", 类别="水利"), proposal_row("J3", 标题="=1+1", 领衔代表="无此人"))
    )
    outcome = check(url, asked(path))
    marked.write(path, outcome.plan.problems, tmp_path / "m.xlsx")
    book = load_workbook(tmp_path / "m.xlsx")
    assert [row[1] for row in book["问题清单"].iter_rows(min_row=2, values_only=True)] == [2, 3]
    cell = book["议案建议"].cell(2, PROPOSALS.index("类别") + 1)
    assert cell.comment is not None and "不在可选值" in cell.comment.text and cell.fill.fgColor.rgb == "00F6D9A8"
    assert book["议案建议"]["C3"].value == "=1+1" and book["议案建议"]["C3"].data_type == "s"


DAMAGE = st.one_of(st.text(max_size=20), st.none(), st.floats(allow_nan=False, allow_infinity=False), st.booleans())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 14), DAMAGE), max_size=6))
def test_any_mix_of_damaged_cells_gives_problems_never_half_an_import(
    tmp_path: Path, damage: list[tuple[int, Any]]
) -> None:
    rows = [proposal_row(f"J{number}") for number in range(2, 5)]
    for number, (place, value) in enumerate(damage):
        rows[number % 3][place] = value
    fresh = tmp_path / "fresh.db"
    if not fresh.exists():
        database(fresh)
    shutil.copy(fresh, tmp_path / "district.db")
    url = f"sqlite:///{tmp_path / 'district.db'}"
    before = everything(url)
    outcome = bring_in(url, asked(workbook(tmp_path / "a.xlsx", sheet(*rows)), accept_warnings=True), who="张三")
    after = everything(url)
    if outcome.number:
        assert (
            outcome.plan.errors == 0 and len(after["proposal"]) - len(before["proposal"]) == outcome.plan.changes[0].new
        )
    else:
        assert after == before and (outcome.plan.errors or outcome.plan.is_empty)


HEADS = {
    "代表": ("编号", "姓名", "代表层级", "第几届", "所在乡镇", "性别", "任职起"),
    "单位机构": ("编号", "单位名称", "系统", "类别", "区划代码"),
    "履职活动": ("编号", "活动类型", "日期", "代表", "代表人次", "区划代码", "所属场次"),
}
ROWS_OF = {
    "代表": ["D9", "乐二", "COUNTY", 5, "霁川镇", "男", date(2021, 12, 28)],
    "单位机构": ["U9", "区住建局", "政府", "HDL", "霁川镇"],
    "履职活动": ["A9", "培训", date(2025, 3, 1), "D9", None, "霁川镇", None],
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(list(HEADS)), st.integers(0, 1), st.integers(0, 6), DAMAGE), max_size=8))
def test_damaged_headers_and_cells_of_several_tables_give_problems_never_half_an_import(
    tmp_path: Path, damage: list[tuple[str, int, int, Any]]
) -> None:
    sheets = {name: [list(HEADS[name]), list(ROWS_OF[name])] for name in HEADS}
    for name, row, place, value in damage:
        line = sheets[name][row]
        line[place % len(line)] = value
    fresh = tmp_path / "fresh.db"
    if not fresh.exists():
        database(fresh)
    shutil.copy(fresh, tmp_path / "district.db")
    url = f"sqlite:///{tmp_path / 'district.db'}"
    before = everything(url)
    outcome = bring_in(url, asked(workbook(tmp_path / "a.xlsx", sheets), accept_warnings=True), who="张三")
    grown = {name: len(rows) - len(before[name]) for name, rows in everything(url).items()}
    if outcome.number:
        assert outcome.plan.errors == 0
        assert {change.table: change.new for change in outcome.plan.changes if change.new} == {
            name: count for name, count in grown.items() if count
        }
        take_back(url, who="张三")
    assert everything(url) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_damaged_on_its_way_is_read_or_refused_in_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    whole = tmp_path / "whole.xlsx"
    if not whole.exists():
        workbook(whole, sheet(proposal_row("J2"), proposal_row("J3", "通水")))
        database(tmp_path / "district.db")
    content = bytearray(whole.read_bytes())
    place = st.integers(0, len(content) - 1)
    for at, value in data.draw(st.lists(st.tuples(place, st.integers(0, 255)), max_size=5)):
        content[at] = value
    cut = data.draw(st.one_of(st.just(len(content)), place))
    (tmp_path / "a.xlsx").write_bytes(content[:cut])
    with contextlib.suppress(FileProblem):
        check(f"sqlite:///{tmp_path / 'district.db'}", asked(tmp_path / "a.xlsx"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from(["utf-8", "gb18030"]))
def test_any_bytes_called_csv_are_read_or_refused_in_a_sentence(tmp_path: Path, content: bytes, encoding: str) -> None:
    if not (tmp_path / "district.db").exists():
        database(tmp_path / "district.db")
    (tmp_path / "议案建议.csv").write_bytes("编号,标题\n".encode(encoding) + content)
    with contextlib.suppress(FileProblem):
        check(f"sqlite:///{tmp_path / 'district.db'}", asked(tmp_path / "议案建议.csv", encoding=encoding))
