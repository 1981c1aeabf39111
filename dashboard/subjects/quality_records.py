"""The records that break a rule, with the office that can mend each: searched on the screen, whole in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.badge import PAGE
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.subjects.quality import ERROR, WARNING, Data, empty, named, query
from data_access.quality.aspects import PROBLEMS
from data_access.quality.problems import Found, Problem, problems, written
from data_access.tables import TABLES
from data_access.text import Lang, Text

ON_SCREEN, IN_FILES = 20, 5000
OWN_PARTS = ("q", "from")
EXPORT = f"/export{PAGE}"

NAME = Text("待核记录", "Records to settle")
TITLE = Text("待核记录 {n} 条", "{n} records to settle")
SUBTITLE = Text(
    "页面列第 {a}–{b} 条，XLSX 列全部；错误在前，提醒可能属实；点一行看该件始末",
    "{a}–{b} on the page, all in the XLSX; errors first, warnings may be true; a row opens its history",
)
FOOT = Text(
    "下载的 XLSX 按责任单位分表，可逐一发给有关单位；姓名、票数和考试结果不列出。",
    "The XLSX has a sheet an office, to be sent to each; names, votes and results of examinations are not shown.",
)
CUT = Text("文件最多列 {most} 条。", "Files list {most} at most.")
NOT_FOUND = Text("没有符合“{words}”的待核记录。", "No record to settle matches “{words}”.")
SEARCH, HINT = Text("搜索", "Search"), Text("按编号、标题、名称搜索", "Search number, title, name")
BEFORE, AFTER, ALL = Text("上一页", "Previous"), Text("下一页", "Next"), Text("全部", "All")
HEADS = (
    Text("数据表", "Table"), Text("编号", "No."), Text("名称", "Name"), Text("栏目", "Column"),
    Text("现值", "Value"), Text("问题", "Problem"), Text("建议", "Advice"), Text("责任单位", "Office"),
    Text("性质", "Kind"),
)  # fmt: skip
OFFICE_HEAD = HEADS[7]
SHOWN = (8, 0, 1, 2, 4, 5, 7)  # of those heads, on the screen
WIDE = (2, 5)
GAP = Text("、", ", ")


@dataclass(frozen=True)
class QualityView(View):
    """A view with the words searched for and where the list begins."""

    search: str = ""
    offset: int = 0

    @property
    def key(self) -> str:
        """As that of a view, with the search."""
        return f"{super().key}|{self.search}|{self.offset}"

    def link(self, path: str, **changes: Any) -> str:
        """As that of a view; files of this page and its own addresses keep the search, but begin the list anew."""
        if path == PAGE or path.startswith(EXPORT):
            changes = {"q": self.search} | changes
            changes = {name: value for name, value in changes.items() if name not in OWN_PARTS or value}
        return super().link(path, **changes)


def choose(view: View, parts: Mapping[str, str]) -> QualityView:
    """The view with the address's own parts."""
    begin = parts.get("from", "")
    offset = int(begin) if begin.isascii() and begin.isdigit() and len(begin) < 6 else 0
    return QualityView(view.context, view.lang, view.mode, view.data_on, parts.get("q", "")[:100].strip(), offset)


@dataclass(frozen=True)
class Searched:
    """A table under its search box, with links that turn the page."""

    listing: Listing
    form: str
    turns: str

    def html(self) -> str:
        return f"{self.form}{self.listing.html()}<p>{self.turns}</p>"

    def paper(self) -> dict[str, Any]:
        return self.listing.paper()


def _query(connection: Connection, view: View) -> tuple[Data, Found]:
    data = query(connection, view)
    search = view.search if isinstance(view, QualityView) else ""
    return data, problems(connection, data.survey, data.context, search=search, limit=IN_FILES)


def _compose(asked: tuple[Data, Found], view: View) -> Picture:
    data, found = asked
    lang, search = view.lang, view.search if isinstance(view, QualityView) else ""
    if not found.problems:
        made = empty(NAME, "", data, view)
        if not search:
            return made
        words = NOT_FOUND(lang, words=search)
        back = (ALL(lang), view.link(PAGE, q=""))
        return replace(made, empty=words, alt=words, more=back)
    offset = min(view.offset, found.total - 1) if isinstance(view, QualityView) else 0
    shown = found.problems[offset : offset + ON_SCREEN]
    lines = [_line(problem, data, lang) for problem in found.problems]
    columns = tuple(Column(HEADS[place](lang), wide=place in WIDE) for place in SHOWN)
    drawn = tuple(_drawn(problem, line, view) for problem, line in zip(shown, lines[offset:], strict=False))
    body = Searched(Listing(columns, drawn), _form(search, view), _turns(offset, found.total, view))
    title = TITLE(lang, n=formats.number(found.total))
    subtitle = SUBTITLE(lang, a=offset + 1, b=offset + len(shown))
    cut = CUT(lang, most=formats.number(IN_FILES)) if found.total > IN_FILES else ""
    foot = ("" if lang == "zh" else " ").join(filter(None, (FOOT(lang), cut)))
    frame = pd.DataFrame(lines, columns=[head(lang) for head in HEADS])
    return Picture(title, subtitle, body, frame, foot, alt=title, split=OFFICE_HEAD(lang))


def _line(problem: Problem, data: Data, lang: Lang) -> tuple[str, ...]:
    """One problem in words, in the order of ``HEADS``."""
    rule = problem.rule
    table = TABLES[rule.table]
    names = [(data.named(column, value) or written(rule, column, value))(lang) for column, value in problem.names]
    headers = GAP(lang).join(table.c[name].info["header"](lang) for name in rule.columns)
    values = GAP(lang).join(_values(problem, lang))
    return (
        table.info["title"](lang), problem.key, " ".join(names), headers, values, rule.words(lang), rule.advice(lang),
        named(data.offices, problem.office, lang), (ERROR if rule.is_error else WARNING)(lang),
    )  # fmt: skip


def _values(problem: Problem, lang: Lang) -> list[str]:
    """What the record says in the columns of the rule; of several, each with its header and those filled alone."""
    rule, columns = problem.rule, TABLES[problem.rule.table].c
    told = [(column, value) for column, value in problem.values if value is not None]
    if len(problem.values) == 1 or not told:
        return [written(rule, column, value)(lang) for column, value in problem.values[:1]]
    return [f"{columns[column].info['header'](lang)} {written(rule, column, value)(lang)}" for column, value in told]


def _drawn(problem: Problem, line: tuple[str, ...], view: View) -> Line:
    cells = [Cell(line[place]) for place in SHOWN]
    cells[0] = Cell(line[8], "soon" if problem.rule.is_error else "quiet")
    return Line(tuple(cells), view.record(*problem.history) if problem.history else "")


def _form(search: str, view: View) -> str:
    action, hint = escape(view.link(PAGE, q="")), escape(HINT(view.lang))
    back = f'<a class="more" href="{action}">{ALL(view.lang)}</a>' if search else ""
    return (
        f'<form action="{action}" class="find" role="search"><input name="q" maxlength="100" value="{escape(search)}"'
        f' placeholder="{hint}" aria-label="{hint}"><button>{SEARCH(view.lang)}</button>{back}</form>'
    )


def _turns(offset: int, total: int, view: View) -> str:
    turns = [(BEFORE, max(offset - ON_SCREEN, 0))] if offset else []
    turns += [(AFTER, offset + ON_SCREEN)] if offset + ON_SCREEN < min(total, IN_FILES) else []
    links = (
        f'<a class="more" href="{escape(view.link(PAGE, **{"from": str(to) if to else ""}))}">{word(view.lang)}</a>'
        for word, to in turns
    )
    return "　".join(links)


RECORDS = Exhibit("problems", NAME, (PROBLEMS,), _query, _compose)
