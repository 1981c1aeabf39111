"""How a checked file, its changes and the import log are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from dashboard.exhibits.listing import Cell, Column, Line, Listing
from data_access.importing import Outcome
from data_access.importing.problems import ERROR, WARNING, Problem
from data_access.tables import TABLES
from data_access.text import Lang, Text

PAGE_ROWS = 200
DELETED_SHOWN = 200

CHANGES = Text("这份文件会改动什么", "What this file would change")
NO_CHANGES = Text("没有需要改动的内容：文件与数据库一致。", "Nothing would change: file and database agree.")
NO_TABLES = Text("文件里没有可以导入的表。", "The file holds no table that can be imported.")
PROBLEMS = Text("问题", "Problems")
COUNTED = Text("错误 {errors} 项，提醒 {warnings} 项", "{errors} errors, {warnings} warnings")
NO_PROBLEMS = Text("没有发现问题", "No problems were found")
ERRORS_STOP = Text(
    "有错误时不能导入：请在文件中改正后重新上传；提醒属实的可以保留。",
    "Errors stop an import: correct them in the file and load it again. Warnings may be right after all.",
)
SOME = Text("显示前 {shown} 项，共 {n} 项", "the first {shown} of {n} are shown")
DELETED = Text("将从数据库中删除的“{table}”", "“{table}” to be deleted from the database")
AND_MORE = Text("等 {n} 行", " and more, {n} rows")
REMARKS = Text("文件说明", "About the file")
LOG = Text("导入记录", "Import log")
LOG_NOTE = Text("最近的在前", "the latest first")
NO_LOG = Text("还没有导入过文件。", "No file has been imported yet.")
KEPT, UNDONE = Text("有效", "In force"), Text("已撤销（{who}，{at}）", "Undone ({who}, {at})")
CHANGE_HEADS = (
    Text("数据表", "Table"), Text("新增", "New"), Text("更新", "Changed"), Text("未变", "Unchanged"),
    Text("库中另有", "Only in the database"),
)  # fmt: skip
PROBLEM_HEADS = (
    Text("程度", "Degree"), Text("工作表", "Sheet"), Text("行", "Row"), Text("列", "Column"),
    Text("填的是", "Value"), Text("问题", "Rule"), Text("怎么办", "Advice"),
)  # fmt: skip
LOG_HEADS = (
    Text("序号", "No."), Text("时间", "When"), Text("导入人", "Who"), Text("文件", "File"), Text("新增", "New"),
    Text("更新", "Changed"), Text("未变", "Unchanged"), Text("删除", "Deleted"), Text("状态", "State"),
)  # fmt: skip


def changes(outcome: Outcome, name: str, lang: Lang) -> str:
    """The summary of changes, what is to be deleted, and what to know of the file."""
    plan = outcome.plan
    lines = tuple(
        Line(
            (
                Cell(title(change.table, lang)),
                *(Cell(f"{n:,}") for n in (change.new, change.changed, change.same, change.gone)),
            )
        )
        for change in plan.changes
    )
    columns = (Column(CHANGE_HEADS[0](lang)), *(Column(head(lang), "right") for head in CHANGE_HEADS[1:]))
    table = Listing(columns, lines).html() if lines else f'<p class="empty">{NO_TABLES(lang)}</p>'
    nothing = f'<p class="foot">{NO_CHANGES(lang)}</p>' if lines and plan.is_empty else ""
    deleted = "".join(_deleted(name, rows, lang) for name, rows in plan.deleted.items())
    said = "".join(f"<li>{escape(remark(lang))}</li>" for remark in outcome.remarks)
    remarks = f'<p class="foot">{REMARKS(lang)}</p><ul class="foot">{said}</ul>' if said else ""
    return card(CHANGES(lang), name, table + nothing + deleted + remarks)


def problems(outcome: Outcome, chosen: Sequence[Problem], lang: Lang) -> str:
    """The problems somebody chose to see."""
    plan = outcome.plan
    if not plan.problems:
        return card(NO_PROBLEMS(lang), "", "")
    wide = PROBLEM_HEADS[4:]
    columns = tuple(Column(head(lang), wide=head in wide) for head in PROBLEM_HEADS)
    table = Listing(columns, tuple(_line(problem, lang) for problem in chosen[:PAGE_ROWS])).html()
    some = f'<p class="foot">{SOME(lang, shown=PAGE_ROWS, n=len(chosen))}</p>' if len(chosen) > PAGE_ROWS else ""
    heading = f"{PROBLEMS(lang)}{'：' if lang == 'zh' else ': '}" + COUNTED(
        lang, errors=f"{plan.errors:,}", warnings=f"{plan.warnings:,}"
    )
    body = f'<div class="probs">{table}</div>{some}'
    return card(heading, ERRORS_STOP(lang) if plan.errors else "", body)


def log(rows: Iterable[Any], lang: Lang) -> str:
    """The import log."""
    lines = tuple(
        Line(
            (
                Cell(str(row.id)),
                Cell(f"{row.made_at:%Y-%m-%d %H:%M}"),
                Cell(row.who),
                Cell(row.file_name),
                *(Cell(f"{n:,}") for n in (row.added, row.changed, row.unchanged, row.deleted)),
                Cell(KEPT(lang))
                if row.undone_at is None
                else Cell(UNDONE(lang, who=row.undone_by, at=f"{row.undone_at:%Y-%m-%d %H:%M}"), "muted"),
            )
        )
        for row in rows
    )
    if not lines:
        return card(LOG(lang), "", f'<p class="empty">{NO_LOG(lang)}</p>')
    columns = tuple(
        Column(head(lang), "right" if head in LOG_HEADS[4:8] else "left", wide=head is LOG_HEADS[3])
        for head in LOG_HEADS
    )
    return card(LOG(lang), LOG_NOTE(lang), Listing(columns, lines).html())


def card(heading: str, note: str, body: str) -> str:
    """A card of full width."""
    under = f"<p>{escape(note)}</p>" if note else ""
    return (
        f'<section class="card c12"><div class="ch"><div><h2>{escape(heading)}</h2>{under}</div></div>{body}</section>'
    )


def notice(sentence: str) -> str:
    """A sentence that must be seen."""
    return f'<p class="notice c12" role="alert">{escape(sentence)}</p>'


def title(table: str, lang: Lang) -> str:
    """A table's name as a reader knows it."""
    words: Text = TABLES[table].info["title"]
    return words(lang)


def _line(problem: Problem, lang: Lang) -> Line:
    degree = Cell(ERROR(lang), "late") if problem.is_error else Cell(WARNING(lang), "quiet")
    row = str(problem.row) if problem.row else ""
    words, advice = problem.words(lang), problem.advice(lang)
    cells = (degree, *map(Cell, (problem.sheet, row, problem.column, problem.value, words, advice)))
    return Line(cells)


def _deleted(name: str, rows: Sequence[str], lang: Lang) -> str:
    keys = ("、" if lang == "zh" else ", ").join(rows[:DELETED_SHOWN])
    more = AND_MORE(lang, n=f"{len(rows):,}") if len(rows) > DELETED_SHOWN else ""
    return f'<p class="foot"><b>{escape(DELETED(lang, table=title(name, lang)))}</b> {escape(keys + more)}</p>'
