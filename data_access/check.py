"""Does a database fit the description? What is missing, of the wrong type, unknown or contradictory, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    UniqueConstraint,
    cast,
    func,
    inspect,
    not_,
    or_,
    select,
)
from sqlalchemy.exc import DBAPIError, NoSuchTableError
from sqlalchemy.types import TypeEngine

from data_access.reads import read_by
from data_access.structure import absent, known_columns
from data_access.tables import TABLES
from data_access.tables.sanity import SANITY, key_of
from data_access.text import Lang, Text

SAMPLES = 3
# Dates that may lie ahead; every other day has happened or is mistyped.
AHEAD_COLUMNS = ("due_on", "promised_on", "planned_on", "report_due_on", "followup_due_on")
_MAY_END_LATER = ("term",)

NO_TABLE = Text("缺少数据表", "The table is missing")
NO_COLUMN = Text("缺少字段“{header}”（{name}）", "The column “{header}” ({name}) is missing")
WRONG_TYPE = Text(
    "字段“{header}”（{name}）类型为{found}，应为{wanted}",
    "The column “{header}” ({name}) holds {found} but should hold {wanted}",
)
UNKNOWN_CODE = Text(
    "字段“{header}”（{name}）有未知代码“{code}”", "The column “{header}” ({name}) has the unknown code “{code}”"
)
EMPTY = Text("必填字段“{header}”（{name}）为空", "The required column “{header}” ({name}) is empty")
NO_PARENT = Text(
    "字段“{header}”（{name}）指向不存在的{parent}",
    "The column “{header}” ({name}) points to {parent} that do not exist",
)
AHEAD = Text("字段“{header}”（{name}）的日期晚于{day}", "The column “{header}” ({name}) has days after {day}")
TWICE = Text("多条记录的{names}相同，关联时会重复计数", "Records share their {names}, and would be counted twice")
OUT_OF_BOUNDS = Text("字段“{header}”（{name}）超出范围", "The column “{header}” ({name}) is out of bounds")
NOT_A_DAY = Text(
    "字段“{header}”（{name}）不是日期（应为2024-01-31）",
    "Column “{header}” ({name}) is not a date such as 2024-01-31",
)
_KINDS = {
    "text": Text("文本", "text"), "number": Text("数值", "numbers"), "date": Text("日期", "dates"),
    "moment": Text("时间", "moments"), "": Text("其他类型", "another type"), "truth": Text("布尔值", "true or false"),
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit: where, what, how many records, and the keys of a few of them.

    ``rule`` is the key of a sanity rule, or the name of a general check; ``count`` is 0 where tables or columns
    themselves are wrong. A warning may be right after all. ``column`` names the column at fault, where it is one.
    """

    table: str
    rule: str
    words: Text
    count: int = 0
    samples: tuple[str, ...] = ()
    is_error: bool = True
    column: str = ""

    def say(self, lang: Lang) -> str:
        """The finding as one line."""
        table = TABLES[self.table].info["title"](lang)
        many = Text("：{n}条，例如 {keys}", ": {n} records, such as {keys}")
        tail = many(lang, n=self.count, keys="、".join(self.samples)) if self.count else ""
        mark = Text("【错误】", "[error] ") if self.is_error else Text("【提醒】", "[warning] ")
        name = f"{table}（{self.table}）" if lang == "zh" else f"{table} ({self.table}) "
        return f"{mark(lang)}{name}{self.words(lang)}{tail}"


def check(connection: Connection, *, as_of: date) -> tuple[Finding, ...]:
    """Everything in a database that does not fit the description, in the order of the tables.

    Args:
        connection: To a database that can be read; tables and columns it lacks are findings, not failures.
        as_of: Days after it have not happened yet.
    """
    known, findings = _structure(connection)
    for table in TABLES.values():
        if table.name in known:
            findings += _contents(connection, table, known, as_of)
    return tuple(sorted(findings, key=lambda finding: list(TABLES).index(finding.table)))


def _structure(connection: Connection) -> tuple[dict[str, set[str]], list[Finding]]:
    """The columns of each described table that can be asked, and what is wrong with the others."""
    dialect, findings = connection.dialect.name, []
    known: dict[str, set[str]] = {}
    there = known_columns(connection)
    for table in TABLES.values():
        if table.name not in there:
            findings.append(Finding(table.name, "no_table", NO_TABLE))
            continue
        types = _types(connection, table.name)
        known[table.name] = set(there[table.name])
        for column in table.columns:
            if column.name not in there[table.name]:
                findings.append(Finding(table.name, "no_column", _words(NO_COLUMN, column), column=column.name))
            elif fault := _wrong_type(column, types.get(column.name), dialect):
                findings.append(fault)
                # A server refuses to compare what is not alike; SQLite does not care.
                known[table.name] -= set() if dialect == "sqlite" else {column.name}
    return known, findings


def _types(connection: Connection, name: str) -> dict[str, TypeEngine[Any]]:
    """The types of a table's columns; none where the right to look at a view is not given, and none of an SQLite view,
    which guesses the types of its expressions."""
    if connection.dialect.name == "sqlite" and name in inspect(connection).get_view_names():
        return {}
    try:
        with connection.begin_nested():
            return {column["name"]: column["type"] for column in inspect(connection).get_columns(name)}
    except (DBAPIError, NoSuchTableError):
        return {}


def _wrong_type(column: Column[Any], found: TypeEngine[Any] | None, dialect: str) -> Finding | None:
    if found is None:
        return None
    kind, wanted = _kind(found), _kind(column.type)
    # SQLite keeps days and moments as text, and what a spreadsheet made may say so; a view's column may have no type.
    is_fit = kind == wanted or (dialect == "sqlite" and kind in ("", "text") and wanted in ("date", "moment"))
    if dialect == "postgresql" and wanted == "number" and kind == "number":
        is_fit = isinstance(found, Boolean) == isinstance(column.type, Boolean)
        kind, wanted = (_truth(found), _truth(column.type)) if not is_fit else (kind, wanted)
    if is_fit or (dialect == "sqlite" and kind == ""):
        return None
    words = _words(WRONG_TYPE, column, found=_KINDS[kind], wanted=_KINDS[wanted])
    return Finding(column.table.name, "wrong_type", words, column=column.name)


def _truth(kind: TypeEngine[Any]) -> str:
    return "truth" if isinstance(kind, Boolean) else "number"


def _kind(kind: TypeEngine[Any]) -> str:
    try:
        python = kind.python_type
    except NotImplementedError:
        return ""
    if issubclass(python, datetime):
        return "moment"
    if issubclass(python, date):
        return "date"
    return "text" if issubclass(python, str) else "number" if python is not bytes else ""


@dataclass(frozen=True)
class Question:
    """One thing asked of the rows of a table: ``broken`` selects the key of each record that breaks the rule.

    ``column`` names the column at fault, where it is one.
    """

    rule: str
    words: Text
    broken: Select[Any]
    is_error: bool = True
    column: str = ""


def questions(table: Table, known: Mapping[str, Set[str]], as_of: date, *, dialect: str) -> Iterator[Question]:
    """Everything asked of the rows of one table but its codes, which need looking up first.

    ``known`` are the columns that each table really has; what they cannot answer is not asked.
    """
    for column in table.columns:
        if column.name in known[table.name]:
            yield from _of_column(column, known, as_of, dialect)
    for sanity in SANITY:
        if sanity.table == table.name and _answerable(sanity.broken, known):
            yield Question(sanity.key, sanity.words, sanity.broken, sanity.is_error)


def _contents(connection: Connection, table: Table, known: dict[str, set[str]], as_of: date) -> Iterator[Finding]:
    if key_of(table).name not in known[table.name]:
        return
    for column in table.columns:
        if column.name in known[table.name]:
            yield from _unknown_codes(connection, column)
    dialect = connection.dialect.name
    for asked in (*constraints(table, known), *questions(table, known, as_of, dialect=dialect)):
        yield from _counted(connection, table.name, asked.rule, asked.words, asked.broken, asked.is_error)


def constraints(table: Table, known: Mapping[str, Set[str]]) -> Iterator[Question]:
    """What the constraints of our own tables would refuse; a view has none."""
    key = select(key_of(table)).select_from(table)
    unique = [
        tuple(table.primary_key),
        *(tuple(c.columns) for c in table.constraints if isinstance(c, UniqueConstraint)),
    ]
    for columns in sorted(unique, key=lambda columns: [column.name for column in columns]):
        if all(column.name in known[table.name] for column in columns):
            again = table.alias("again")
            same = [again.c[column.name] == column for column in columns]
            twice = select(func.count()).select_from(again).where(*same).scalar_subquery() > 1
            names = Text(
                "、".join(c.info["header"].zh for c in columns), ", ".join(c.info["header"].en for c in columns)
            )
            yield Question("twice", _twice(names), key.where(twice))
    for column in table.columns:
        low, high = column.info["at_least"], column.info["at_most"]
        tests = [*([column < low] if low is not None else []), *([column > high] if high is not None else [])]
        if tests and column.name in known[table.name]:
            yield Question("out_of_bounds", _words(OUT_OF_BOUNDS, column), key.where(or_(*tests)), column=column.name)


def _twice(names: Text) -> Text:
    return Text(TWICE("zh", names=names.zh), TWICE("en", names=names.en))


def _unknown_codes(connection: Connection, column: Column[Any]) -> Iterator[Finding]:
    codes = column.info["codes"]
    if codes is None:
        return
    value = _written(column)
    for (code,) in connection.execute(select(value).where(unknown_code(column)).distinct().order_by(value)):
        words = _words(UNKNOWN_CODE, column, code=Text(code, code))
        yield from _counted(
            connection, column.table.name, "unknown_code", words, _keys(column).where(value == code), True
        )


def unknown_code(column: Column[Any]) -> ColumnElement[bool]:
    """Whether a coded column holds what is none of its codes."""
    return _written(column).not_in(list(column.info["codes"]))


def _written(column: Column[Any]) -> ColumnElement[str]:
    """As text: a column of numbers may hold anything in SQLite."""
    return cast(column, String(300))


def _of_column(column: Column[Any], known: Mapping[str, Set[str]], as_of: date, dialect: str) -> Iterator[Question]:
    """What is asked of one column: whether it is filled, refers to something, and holds days that can have been."""

    def asked(rule: str, words: Text, *broken: ColumnElement[bool]) -> Question:
        return Question(rule, words, _keys(column).where(*broken), column=column.name)

    if column.info["required"]:
        yield asked("empty", _words(EMPTY, column), column.is_(None))
    for key in column.foreign_keys:
        parent = key.column.table.alias("parent")
        if key.column.name in known.get(key.column.table.name, ()):
            found = select(parent.c[key.column.name]).where(parent.c[key.column.name] == column).exists()
            words = _words(NO_PARENT, column, parent=key.column.table.info["title"])
            yield asked("no_parent", words, column.is_not(None), not_(found))
    if _kind(column.type) != "date":
        return
    if dialect == "sqlite":
        shape = cast(column, String(300)).bool_op("GLOB")("[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]")
        yield asked("not_a_day", _words(NOT_A_DAY, column), column.is_not(None), not_(shape))
    if column.name not in AHEAD_COLUMNS and column.table.name not in _MAY_END_LATER:
        yield asked("ahead", _words(AHEAD, column, day=Text(as_of.isoformat(), as_of.isoformat())), column > as_of)


def _keys(column: Column[Any]) -> Select[Any]:
    return select(key_of(column.table)).select_from(column.table)


def _answerable(statement: Select[Any], known: Mapping[str, Set[str]]) -> bool:
    """Whether every column a statement reads is there."""
    return not read_by(statement) & absent(known)


def _counted(
    connection: Connection, table: str, rule: str, words: Text, broken: Select[Any], is_error: bool
) -> Iterator[Finding]:
    rows = broken.subquery()
    key: ColumnElement[Any] = next(iter(rows.c))
    count = connection.execute(select(func.count()).select_from(rows)).scalar_one()
    if count:
        samples = connection.execute(select(key).distinct().order_by(key).limit(SAMPLES)).scalars()
        yield Finding(table, rule, words, count, tuple(map(str, samples)), is_error)


def _words(sentence: Text, column: Column[Any], **more: Text) -> Text:
    header = column.info["header"]
    zh = {name: value.zh for name, value in more.items()}
    en = {name: value.en for name, value in more.items()}
    return Text(
        sentence("zh", header=header.zh, name=column.name, **zh),
        sentence("en", header=header.en, name=column.name, **en),
    )
