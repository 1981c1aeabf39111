"""The rules of the description, asked of the stage: rows of a file that break them, and records because of it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date

from sqlalchemy import Column, Table, UniqueConstraint
from sqlalchemy.sql import visitors

from data_access.check import Question, questions
from data_access.importing.cells import shown
from data_access.importing.problems import Problem
from data_access.importing.stage import ROW, SHEET, STATE, Stage
from data_access.importing.stored import keys, same_key
from data_access.tables import TABLES
from data_access.text import Text

NOT_UNIQUE = Text("{columns}与另一行相同", "Another row has the same {columns}")
NOT_UNIQUE_ADVICE = Text("请核对后改正或删去一行", "Correct one of the rows or leave it out")
RULE_ADVICE = Text("请核对后改正", "See what is right and correct it")
WARNING_ADVICE = Text("如属实可保留", "Keep it if it is true")
IN_DATABASE = Text("数据库中的{title}", "{title} in the database")
_READ_WITH = ("empty", "no_parent", "not_a_day")


def asked(stage: Stage, as_of: date, *, delete_missing: bool) -> list[tuple[Table, Question]]:
    """Every rule that what was brought can break."""
    known = {table.name: set(table.columns.keys()) for table in TABLES.values()}
    every = [(table, one) for table in TABLES.values() for one in questions(table, known, as_of, dialect="sqlite")]
    # Cells were read with some rules already; only what is deleted can leave others without a parent.
    read_already = {"empty", "no_parent", "not_a_day"} - ({"no_parent"} if delete_missing else set())
    brought = set(stage.brought)
    return [(table, one) for table, one in every if one.rule not in read_already and tables_of(one) & brought]


def tables_of(question: Question) -> set[str]:
    """The tables a rule reads."""
    read = (element for element in visitors.iterate(question.broken) if isinstance(element, Column))
    tables = (getattr(column.table, "element", column.table) for column in read)  # an alias stands for its table
    return {table.name for table in tables if isinstance(table, Table)}


def broken(stage: Stage, question: Question) -> set[str]:
    """The keys of the records that break a rule."""
    with stage.engine.connect() as connection:
        return {str(key) for key in connection.execute(question.broken).scalars()}


def breaking(stage: Stage, table: Table, question: Question, before: Set[str]) -> Iterator[Problem]:
    """Rows of the file that break a rule, and records of the database that break it because of them."""
    found = broken(stage, question)
    if not found:
        return
    in_file = _rows_of(stage, table, question.column, found)
    advice = RULE_ADVICE if question.is_error else WARNING_ADVICE
    header = table.c[question.column].info["header"].zh if question.column else ""
    rule, words, is_error = question.rule, question.words, question.is_error
    for key, row, sheet, state, value in in_file:
        found.discard(key)
        if state != "same":  # as it stands in the database already
            yield Problem(sheet, row, header, value, rule, words, advice, is_error)
    place = IN_DATABASE("zh", title=table.info["title"].zh)
    for key in sorted(found - before):
        yield Problem(place, 0, "", key, rule, words, advice, is_error)


def _rows_of(stage: Stage, table: Table, column: str, found: Set[str]) -> Iterator[tuple[str, int, str, str, str]]:
    """The rows of the file among those records: key, row, sheet, state, and the cell at fault."""
    if table.name not in stage.brought:
        return
    stage.raw.execute("CREATE TEMP TABLE found (key TEXT PRIMARY KEY)")
    stage.raw.executemany("INSERT INTO found VALUES (?)", ((key,) for key in found))
    value = f'"{column}"' if column in stage.brought[table.name] else "NULL"
    rows = stage.raw.execute(
        f"""SELECT key, {ROW}, {SHEET}, {STATE}, {value} FROM in_{table.name}
            JOIN found ON key = "{keys(table)[0]}" WHERE {ROW} > 0"""
    )
    for key, row, sheet, state, cell in rows:
        yield key, row, sheet, state, "" if cell is None else shown(cell)
    stage.raw.execute("DROP TABLE found")


def not_unique(stage: Stage, table: Table) -> Iterator[Problem]:
    """Rows that share with another what only one may have."""
    for constraint in table.constraints:
        if not isinstance(constraint, UniqueConstraint):
            continue
        names = [column.name for column in constraint.columns]
        same = " AND ".join(f'm."{name}" = o."{name}"' for name in names)
        rows = stage.ask(
            f"""SELECT DISTINCT i.{ROW}, i.{SHEET} FROM in_{table.name} i
                JOIN {table.name} m ON {same_key(table, "i", "m")}
                JOIN {table.name} o ON {same} AND NOT ({same_key(table, "m", "o")})
                WHERE i.{STATE} IN ('new', 'changed')"""
        )
        words = Text(
            NOT_UNIQUE("zh", columns="、".join(table.c[name].info["header"].zh for name in names)),
            NOT_UNIQUE("en", columns=", ".join(table.c[name].info["header"].en for name in names)),
        )
        for row, sheet in rows:
            yield Problem(sheet, row, "", "", "not_unique", words, NOT_UNIQUE_ADVICE)
