"""A file into a database: what is wrong is named, what is right is written, nothing halfway."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from data_access.engine import writing_engine
from data_access.errors import DatabaseBusy, DatabaseProblem
from data_access.importing import bring_in, check, marked, take_back
from data_access.tables.imports import import_log
from tests.data_access.importing.workbooks import (
    PROPOSAL_TAIL,
    PROPOSALS,
    asked,
    everything,
    proposal_row,
    rules,
    said,
    sheet,
    workbook,
)


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


def test_what_the_database_would_refuse_is_named_with_its_row(url: str, tmp_path: Path) -> None:
    heads = ("编号", "议案建议编号", "答复单位", "区划代码", "第几次", "答复日期", "结果评价", "是否已公开")
    replies = {"答复评价": [heads, ("R1", "J1", "区水利局", "霁川镇", 1, date(2025, 3, 1), "满意", "是")]}
    activities = {"履职活动": [("编号", "活动类型", "日期", "代表", "代表人次", "区划代码"),
                               ("A1", "培训", date(2025, 3, 1), "D3", None, "霁川镇"),
                               ("A2", "培训", date(2025, 3, 1), None, None, "霁川镇")]}  # fmt: skip
    before = everything(url)
    outcome = bring_in(url, asked(workbook(tmp_path / "a.xlsx", replies | activities)), who="张三")
    assert {("答复评价", 2, "rated_without_day"), ("履职活动", 3, "activity_of_nobody")} == {
        (p.sheet, p.row, p.rule) for p in outcome.plan.problems if p.is_error
    }
    assert everything(url) == before


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
