"""Every rule asked of the rows of a table, with its side of quality, its words and what to do about it.

The rules of columns and between them are those of the check (``data_access.check``); added here are the columns that
should be filled, records entered late, and records that stand there twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, Select, Table, and_, or_, true
from sqlalchemy.sql import visitors

from data_access.check import AHEAD_COLUMNS, Question, questions, unknown_code
from data_access.context import Rules
from data_access.quality.aspects import Aspect
from data_access.quality.expected import EXPECTED
from data_access.quality.register import NEEDS_NO_YEAR
from data_access.quality.twice import SAME, is_repeated
from data_access.rows.evidence import REGISTERS
from data_access.sql import day_of, days_between, on
from data_access.text import Text

# Rules of the check that say something is lacking, rather than that two things contradict each other.
LACKING = ("empty", "no_lead_deputy", "unknown_unit", "unknown_replier", "oath_without_day")
# Tables whose records are entered once, at the event; in others a later change says nothing of the entry.
ENTERED_ONCE = (
    "meeting", "resolution", "proposal_reply", "supervision_item", "normative_doc", "appraisal", "appointment",
    "deputy_activity", "party_support", "cadre_change",
)  # fmt: skip
# Shown nowhere beside a post: votes and results of examinations are told as totals only, keys may be identity numbers.
KEPT_BACK = ("person", "person_key", "person_or_unit", "v_for", "v_against", "v_abstain", "exam")

WORDS = {
    "empty": Text("“{header}”未填（必填）", "“{header}” is empty (required)"),
    "expected": Text("“{header}”未填", "“{header}” is not filled in"),
    "no_parent": Text("“{header}”所填在有关数据表中找不到", "What “{header}” refers to is not there"),
    "not_a_day": Text("“{header}”不是日期", "“{header}” is not a day"),
    "ahead": Text("“{header}”晚于数据日期", "“{header}” lies after the day of the data"),
    "unknown_code": Text("“{header}”的代码不在目录中", "“{header}” has an unknown code"),
}
ADVICE = {
    "empty": Text("补填", "Fill it in"),
    "expected": Text("补填；确无此项的在备注中说明", "Fill it in, or say in the note that there is none"),
    "no_parent": Text("核对编号，或先补有关数据表", "Correct the key, or fill the other table first"),
    "not_a_day": Text("改为 2025-03-01 这样的日期", "Write a day such as 2025-03-01"),
    "ahead": Text("核对年份和日期", "Check year and day"),
    "unknown_code": Text("改为目录中的代码", "Use a code of the list"),
}
CORRECT = Text("核对后改正", "See what is right and correct it")
KEEP = Text("核对；属实可保留", "Check it; keep it if it is true")
LATE = Text("登记晚于所载最后日期 {n} 天以上", "Entered more than {n} days after its last date")
LATE_ADVICE = Text(
    "事项发生后及时登记；系事后更正的可不处理", "Enter events promptly; nothing to do after a correction"
)
UNHELD = Text("计划日已过 {n} 天，没有开展日期", "Planned more than {n} days ago, without a day held")
UNHELD_ADVICE = Text("已开展的补填日期，未开展的调整计划", "Fill in the day held, or change the plan")
REPEATED = Text("与另一条记录的{headers}完全相同", "Agrees with another record in {headers}")
REPEATED_ADVICE = Text("核对；确系重复的删去一条", "Check; delete one if it is the same")


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule of one table: ``broken`` says which rows break it, ``asked`` of which it is asked (None: of all).

    ``key`` is unique on the board and fit for an address. ``columns`` are those whose values are shown. ``broken`` is
    missing where the database itself keeps the rule; with ``by_key`` it looks keys up in a list, which is to be found
    once. A warning (not ``is_error``) may be right after all.
    """

    table: str
    key: str
    aspect: Aspect
    words: Text
    advice: Text
    broken: ColumnElement[bool] | None
    asked: ColumnElement[bool] | None = None
    columns: tuple[str, ...] = ()
    is_error: bool = True
    by_key: bool = False


@dataclass(frozen=True)
class Asked:
    """What the rules of a database depend on: its columns, those it keeps filled itself, the day of its data, the local
    rules, how it speaks, and the day of its first import (``since``; None where nothing was imported)."""

    known: Mapping[str, Set[str]]
    filled: Mapping[str, Set[str]]
    as_of: date
    rules: Rules
    dialect: str
    since: date | None = None


def rules_of(table: Table, asked: Asked) -> tuple[Rule, ...]:
    """Every rule of a table that its columns can answer, in the order of its columns; then those between them."""
    return (*_of_check(table, asked), *_codes(table, asked), *_expected(table, asked), *_late(table, asked),
            *_repeated(table, asked))  # fmt: skip


def _of_check(table: Table, asked: Asked) -> Iterator[Rule]:
    for question in questions(table, asked.known, asked.as_of, dialect=asked.dialect):
        is_kept = question.rule == "empty" and question.column in asked.filled[table.name]
        of_row = _condition(table, question.broken)
        name = f"{question.rule}.{question.column}" if question.column else question.rule
        yield Rule(
            table.name,
            f"{table.name}.{name}",
            Aspect.COMPLETE if question.rule in LACKING else Aspect.CONSISTENT,
            _words(question.rule, table, question.column) if question.rule in WORDS else question.words,
            ADVICE.get(question.rule, CORRECT if question.is_error else KEEP),
            None if is_kept else of_row if of_row is not None else _by_key(table, question.broken),
            columns=(question.column,) if question.column else _read(table, question),
            is_error=question.is_error,
            by_key=of_row is None,
        )


def _codes(table: Table, asked: Asked) -> Iterator[Rule]:
    for column in table.columns:
        if column.info["codes"] is not None and column.name in asked.known[table.name]:
            broken = and_(column.is_not(None), unknown_code(column))
            yield _column_rule("unknown_code", Aspect.CONSISTENT, table, column.name, broken)


def _expected(table: Table, asked: Asked) -> Iterator[Rule]:
    known = asked.known[table.name]
    for name, case in EXPECTED.get(table.name, ()):
        wanted = case(table) if case is not None else None
        if name not in known or (wanted is not None and not _columns(wanted) <= known):
            continue
        empty = table.c[name].is_(None)
        broken = empty if wanted is None else and_(wanted, empty)
        yield _column_rule("expected", Aspect.COMPLETE, table, name, broken, asked=wanted, is_error=False)


def _late(table: Table, asked: Asked) -> Iterator[Rule]:
    known, days = asked.known[table.name], asked.rules.record_days
    if table.name in ENTERED_ONCE and "updated_at" in known:
        # Deadlines too: a record is looked at again on the day it names.
        events = [c for c in table.columns if isinstance(c.type, Date) and c.name in known]
        entered = day_of(table.c.updated_at)
        has_day = or_(*(event.is_not(None) for event in events))
        long_ago = [or_(event.is_(None), days_between(event, entered) > days) for event in events]
        # What happened before the first import could not be entered in time.
        could_be = or_(*(event >= asked.since for event in events)) if asked.since else true()
        wanted = and_(table.c.updated_at.is_not(None), has_day, could_be)
        yield Rule(
            table.name, f"{table.name}.late", Aspect.TIMELY, LATE.filled(n=days), LATE_ADVICE, and_(wanted, *long_ago),
            wanted, (*(event.name for event in events), "updated_at"), is_error=False,
        )  # fmt: skip
    if table.name == "supervision_item" and {"planned_on", "held_on"} <= known:
        passed = days_between(table.c.planned_on, on(asked.as_of)) > days
        planned = and_(table.c.planned_on.is_not(None), table.c.held_on.is_(None))
        yield Rule(
            table.name, f"{table.name}.not_held", Aspect.TIMELY, UNHELD.filled(n=days), UNHELD_ADVICE,
            and_(planned, passed), planned, ("planned_on", "held_on"), is_error=False,
        )  # fmt: skip


def _repeated(table: Table, asked: Asked) -> Iterator[Rule]:
    broken = is_repeated(table, asked.known[table.name])
    if broken is None:
        return
    names = [name for name in SAME[table.name][0] if name != "region_code"]
    zh = "、".join(table.c[name].info["header"].zh for name in names)
    en = ", ".join(table.c[name].info["header"].en for name in names)
    words = Text(REPEATED("zh", headers=zh), REPEATED("en", headers=en))
    yield Rule(
        table.name, f"{table.name}.twice", Aspect.UNIQUE, words, REPEATED_ADVICE, broken, columns=tuple(names),
        is_error=False, by_key=True,
    )  # fmt: skip


def events_of(table: Table) -> tuple[str, ...]:
    """The columns of a table that hold days on which something happened; none for what has no dates of its own."""
    if table.name in NEEDS_NO_YEAR:
        return ()
    return tuple(
        column.name for column in table.columns if isinstance(column.type, Date) and column.name not in AHEAD_COLUMNS
    )


def is_fed(name: str) -> bool:
    """Whether new rows of a table are to be expected all the time: not of registers, nor of what has no days."""
    return name not in REGISTERS and name not in NEEDS_NO_YEAR


def _column_rule(
    rule: str,
    aspect: Aspect,
    table: Table,
    column: str,
    broken: ColumnElement[bool],
    *,
    asked: ColumnElement[bool] | None = None,
    is_error: bool = True,
) -> Rule:
    key, words = f"{table.name}.{rule}.{column}", _words(rule, table, column)
    return Rule(table.name, key, aspect, words, ADVICE[rule], broken, asked, (column,), is_error)


def _words(rule: str, table: Table, column: str) -> Text:
    header = table.c[column].info["header"]
    return Text(WORDS[rule]("zh", header=header.zh), WORDS[rule]("en", header=header.en))


def _condition(table: Table, broken: Select[Any]) -> ColumnElement[bool] | None:
    """What the check selects by, where that looks at the row alone; ``None`` where it joins others to it."""
    return broken.whereclause if list(broken.get_final_froms()) == [table] else None


def _by_key(table: Table, broken: Select[Any]) -> ColumnElement[bool]:
    """Rows whose key the check selects."""
    key: ColumnElement[Any] = next(iter(table.primary_key))
    return key.in_(broken.correlate(None))


def _read(table: Table, question: Question) -> tuple[str, ...]:
    """The columns of the table itself that a rule between columns looks at, in their order."""
    where = question.broken.whereclause
    read = set() if where is None else _columns(where, table)
    key = next(iter(table.primary_key)).name
    return tuple(column.name for column in table.columns if column.name in read and column.name != key)


def _columns(condition: ColumnElement[bool], table: Table | None = None) -> set[str]:
    found = (part for part in visitors.iterate(condition) if isinstance(part, Column))
    return {str(part.name) for part in found if table is None or part.table is table}
