"""What an import would do, and why it may not: names resolved, rows compared, rules asked, all on the stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Column, Table, UniqueConstraint
from sqlalchemy.sql import visitors

from data_access.check import Question, questions
from data_access.importing.cells import shown
from data_access.importing.problems import Problem
from data_access.importing.stage import ROW, SHEET, STATE, Stage, keys, same_key
from data_access.tables import TABLES
from data_access.text import Text

_READ_WITH = ("empty", "no_parent", "not_a_day")
LISTED = 2000  # problems of one kind in one table that are named one by one

TWICE = Text("编号与第{row}行相同", "Has the same key as row {row}")
TWICE_ADVICE = Text("同一编号只能有一行", "A key may stand in one row only")
NO_PARENT = Text("在“{parent}”中找不到", "Not found in “{parent}”")
NO_PARENT_ADVICE = Text("请核对编号或名称，或先导入“{parent}”", "Correct the key or name, or import “{parent}” first")
AMBIGUOUS = Text("“{parent}”中有{n}个同名：{keys}", "“{parent}” has {n} of that name: {keys}")
AMBIGUOUS_ADVICE = Text("请改填编号", "Write the key instead")
NO_COLUMN = Text("有{n}行是新增的，缺少必填列", "{n} rows are new and lack this required column")
NO_COLUMN_ADVICE = Text("请加上这一列", "Add the column")
NOT_UNIQUE = Text("{columns}与另一行相同", "Another row has the same {columns}")
NOT_UNIQUE_ADVICE = Text("请核对后改正或删去一行", "Correct one of the rows or leave it out")
RULE_ADVICE = Text("请核对后改正", "See what is right and correct it")
WARNING_ADVICE = Text("如属实可保留", "Keep it if it is true")
IN_DATABASE = Text("数据库中的{title}", "{title} in the database")
MORE = Text("另有{n}处同样的问题", "{n} more of the same kind")


@dataclass(frozen=True)
class Change:
    """What an import does to one table, in rows; ``gone`` are rows of the table that the file does not have."""

    table: str
    new: int
    changed: int
    same: int
    gone: int


@dataclass(frozen=True)
class Plan:
    """What an import would do, and everything wrong with it; ``deleted`` are the keys of rows to go, by table."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    deleted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """Problems that stop it."""
        return sum(problem.is_error for problem in self.problems)

    @property
    def warnings(self) -> int:
        """Problems that have to be accepted."""
        return len(self.problems) - self.errors

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not self.deleted and not any(change.new or change.changed for change in self.changes)


def planned(stage: Stage, found: list[Problem], *, as_of: date, delete_missing: bool = False) -> Plan:
    """Compare what a file brought with what is there, merge it on the stage and ask every rule of the result.

    ``found`` are the problems of single cells. Afterwards the tables of the stage hold what the database would.
    """
    problems = list(found)
    tables = [TABLES[name] for name in TABLES if name in stage.brought]
    for table in tables:
        problems += _named(stage, table)
    for table in tables:
        problems += _repeated(stage, table)
        _compared(stage, table)
        problems += _missing_columns(stage, table)
    changes = tuple(_change(stage, table) for table in tables)
    deleted = {table.name: gone for table in tables if (gone := _gone_keys(stage, table))} if delete_missing else {}
    asked = list(_asked(stage, as_of, delete_missing=delete_missing))
    before = {id(question): _broken(stage, question) for _, question in asked}
    for table in tables:
        _merged(stage, table, delete_missing=delete_missing)
    for table, question in asked:
        problems += _breaking(stage, table, question, before[id(question)])
    for table in tables:
        problems += _not_unique(stage, table)
    return Plan(changes, tuple(_limited(problems)), deleted)


def _named(stage: Stage, table: Table) -> Iterator[Problem]:
    """Turn names into keys; what names nothing, or several things, is a problem of its rows."""
    for column in (table.c[name] for name in stage.brought[table.name]):
        for key in column.foreign_keys:
            yield from _resolved(stage, column, key.column)


def _resolved(stage: Stage, column: Column[object], parent: Column[object]) -> Iterator[Problem]:
    child, place, title = column.table.name, column.name, parent.table.info["title"]
    there = [parent.table.name, *([f"in_{parent.table.name}"] if parent.table.name in stage.brought else [])]
    known = " UNION ALL ".join(f'SELECT "{parent.name}" FROM {name}' for name in there)
    unknown = f"""SELECT DISTINCT "{place}" FROM in_{child} WHERE "{place}" IS NOT NULL
                  AND "{place}" NOT IN (SELECT * FROM ({known}) WHERE "{parent.name}" IS NOT NULL)"""
    for (typed,) in stage.ask(unknown):
        found = _keys_named(stage, parent, there, typed)
        if len(found) == 1:
            stage.raw.execute(f'UPDATE in_{child} SET "{place}" = ? WHERE "{place}" = ?', (found[0], typed))
            continue
        if found:
            words = AMBIGUOUS.filled(parent=title.zh, n=len(found), keys="、".join(found[:5]))
            rule, advice = "ambiguous", AMBIGUOUS_ADVICE
        else:
            words, rule = Text(NO_PARENT("zh", parent=title.zh), NO_PARENT("en", parent=title.en)), "no_parent"
            advice = Text(NO_PARENT_ADVICE("zh", parent=title.zh), NO_PARENT_ADVICE("en", parent=title.en))
        rows = stage.ask(f'SELECT {ROW}, {SHEET} FROM in_{child} WHERE "{place}" = ?', (typed,))
        stage.raw.execute(f'UPDATE in_{child} SET {ROW} = -abs({ROW}) WHERE "{place}" = ?', (typed,))
        for row, sheet in rows:
            yield Problem(sheet, abs(row), column.info["header"].zh, shown(typed), rule, words, advice)


def _keys_named(stage: Stage, parent: Column[object], there: list[str], name: str) -> list[str]:
    """The keys of what bears a name, there or in the file."""
    label = next((label for label in ("name", "title") if label in parent.table.c), None)
    if label is None:
        return []
    tables = [one for one in there if not one.startswith("in_") or label in stage.brought[parent.table.name]]
    found = " UNION ".join(f'SELECT "{parent.name}" FROM {one} WHERE "{label}" = :name' for one in tables)
    return sorted(str(key) for (key,) in stage.raw.execute(found, {"name": name}) if key is not None)


def _repeated(stage: Stage, table: Table) -> Iterator[Problem]:
    """Rows whose key stands in the file twice; the first stays."""
    named = ", ".join(f'"{name}"' for name in keys(table))
    rows = stage.ask(
        f"""SELECT abs({ROW}), {SHEET}, first FROM (SELECT rowid AS id, {ROW}, {SHEET},
              min(abs({ROW})) OVER (PARTITION BY {named}) AS first,
              row_number() OVER (PARTITION BY {named} ORDER BY rowid) AS place FROM in_{table.name}
              WHERE "{keys(table)[0]}" IS NOT NULL) WHERE place > 1"""
    )
    stage.raw.execute(
        f"""UPDATE in_{table.name} SET {ROW} = -abs({ROW}) WHERE rowid IN (SELECT id FROM (SELECT rowid AS id,
              row_number() OVER (PARTITION BY {named} ORDER BY rowid) AS place FROM in_{table.name}) WHERE place > 1)"""
    )
    for row, sheet, first in rows:
        yield Problem(sheet, row, "", "", "key_twice", TWICE.filled(row=first), TWICE_ADVICE)


def _compared(stage: Stage, table: Table) -> None:
    """Mark each row as new, changed or the same. When a record was last changed does not make it another record."""
    name, same = table.name, same_key(table, "m", f"in_{table.name}")
    named = ", ".join(f'"{key}"' for key in keys(table))
    stage.raw.execute(f"CREATE INDEX ix_in_{name} ON in_{name} ({named})")
    stage.raw.execute(
        f"""UPDATE in_{name} SET {STATE} = 'new'
            WHERE {ROW} > 0 AND NOT EXISTS (SELECT 1 FROM {name} m WHERE {same})"""
    )
    others = [c for c in stage.brought[name] if c not in keys(table) and c != "updated_at"]
    differs = " OR ".join(f'm."{c}" IS NOT in_{name}."{c}"' for c in others) or "0"
    stage.raw.execute(
        f"""UPDATE in_{name} SET {STATE} = 'changed' WHERE {ROW} > 0 AND {STATE} IS NULL
            AND EXISTS (SELECT 1 FROM {name} m WHERE {same} AND ({differs}))"""
    )
    stage.raw.execute(f"UPDATE in_{name} SET {STATE} = 'same' WHERE {ROW} > 0 AND {STATE} IS NULL")


def _change(stage: Stage, table: Table) -> Change:
    counts = dict(stage.ask(f"SELECT {STATE}, count(*) FROM in_{table.name} WHERE {ROW} > 0 GROUP BY 1"))
    gone = stage.ask(f"SELECT count(*) FROM {table.name} m WHERE {_gone(table)}")[0][0]
    return Change(table.name, counts.get("new", 0), counts.get("changed", 0), counts.get("same", 0), gone)


def _gone(table: Table) -> str:
    return f"NOT EXISTS (SELECT 1 FROM in_{table.name} i WHERE {same_key(table, 'i', 'm')})"


def _gone_keys(stage: Stage, table: Table) -> tuple[str, ...]:
    named = " || ' ' || ".join(f'"{name}"' for name in keys(table))
    return tuple(
        str(key) for (key,) in stage.ask(f"SELECT {named} FROM {table.name} m WHERE {_gone(table)} ORDER BY 1")
    )


def _missing_columns(stage: Stage, table: Table) -> Iterator[Problem]:
    new = stage.ask(f"SELECT count(*), min({SHEET}) FROM in_{table.name} WHERE {STATE} = 'new'")[0]
    for column in table.columns:
        if new[0] and column.info["required"] and column.name not in stage.brought[table.name]:
            words = NO_COLUMN.filled(n=new[0])
            yield Problem(new[1], 1, column.info["header"].zh, "", "no_column", words, NO_COLUMN_ADVICE)


def _merged(stage: Stage, table: Table, *, delete_missing: bool) -> None:
    """Make the stage's table what the database's will be; ``was_`` keeps what its rows were."""
    name, brought = table.name, stage.brought[table.name]
    changed = f"{same_key(table, 'i', name)} AND i.{STATE} = 'changed'"
    kept = f"SELECT {name}.* FROM {name} WHERE EXISTS (SELECT 1 FROM in_{name} i WHERE {changed})"
    gone = f" UNION ALL SELECT m.* FROM {name} m WHERE {_gone(table)}" if delete_missing else ""
    stage.raw.execute(f"CREATE TABLE was_{name} AS {kept}{gone}")
    if delete_missing:
        stage.raw.execute(f"DELETE FROM {name} AS m WHERE {_gone(table)}")
    others = [column for column in brought if column not in keys(table)]
    if others:
        values = ", ".join(f'"{column}" = i."{column}"' for column in others)
        stage.raw.execute(f"UPDATE {name} SET {values} FROM in_{name} i WHERE {changed}")
    named = ", ".join(f'"{column}"' for column in brought)
    stage.raw.execute(f"INSERT INTO {name} ({named}) SELECT {named} FROM in_{name} WHERE {STATE} = 'new'")


def _asked(stage: Stage, as_of: date, *, delete_missing: bool) -> Iterator[tuple[Table, Question]]:
    """Every rule that what was brought can break."""
    known = {table.name: set(table.columns.keys()) for table in TABLES.values()}
    for table in TABLES.values():
        for question in questions(table, known, as_of, dialect="sqlite"):
            # Cells were read with these rules already; only what is deleted can leave others without a parent.
            read_already = table.name in stage.brought and question.rule in _READ_WITH
            read_already = read_already and not (delete_missing and question.rule == "no_parent")
            if _tables_of(question) & set(stage.brought) and not read_already:
                yield table, question


def _tables_of(question: Question) -> set[str]:
    read = (element for element in visitors.iterate(question.broken) if isinstance(element, Column))
    tables = (getattr(column.table, "element", column.table) for column in read)  # an alias stands for its table
    return {table.name for table in tables if isinstance(table, Table)}


def _broken(stage: Stage, question: Question) -> set[str]:
    with stage.engine.connect() as connection:
        return {str(key) for key in connection.execute(question.broken).scalars()}


def _breaking(stage: Stage, table: Table, question: Question, before: set[str]) -> Iterator[Problem]:
    """Rows of the file that break a rule, and records of the database that break it because of them."""
    broken = _broken(stage, question)
    if not broken:
        return
    rows = _rows_of(stage, table, question.column)
    advice = RULE_ADVICE if question.is_error else WARNING_ADVICE
    header = table.c[question.column].info["header"].zh if question.column else ""
    title = table.info["title"]
    for key in sorted(broken):
        if key in rows:
            row, sheet, state, value = rows[key]
            if state != "same":  # as it stands in the database already
                yield Problem(sheet, row, header, value, question.rule, question.words, advice, question.is_error)
        elif key not in before:
            place = IN_DATABASE("zh", title=title.zh)
            yield Problem(place, 0, "", key, question.rule, question.words, advice, question.is_error)


def _rows_of(stage: Stage, table: Table, column: str) -> dict[str, tuple[int, str, str, str]]:
    if table.name not in stage.brought:
        return {}
    value = f'"{column}"' if column in stage.brought[table.name] else "NULL"
    rows = stage.ask(
        f'SELECT "{keys(table)[0]}", {ROW}, {SHEET}, {STATE}, {value} FROM in_{table.name} WHERE {ROW} > 0'
    )
    return {str(key): (row, sheet, state, "" if cell is None else shown(cell)) for key, row, sheet, state, cell in rows}


def _not_unique(stage: Stage, table: Table) -> Iterator[Problem]:
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


def _limited(problems: list[Problem]) -> Iterator[Problem]:
    """In the order of the file; of one kind in one sheet only so many one by one, the rest as a number."""
    seen: dict[tuple[str, str, str], int] = {}
    last: dict[tuple[str, str, str], Problem] = {}
    for problem in sorted(problems, key=lambda problem: (problem.sheet, problem.row)):
        kind = (problem.sheet, problem.column, problem.rule)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= LISTED:
            yield problem
        else:
            last[kind] = problem
    for kind, problem in last.items():
        more = MORE.filled(n=seen[kind] - LISTED)
        yield Problem(problem.sheet, 0, problem.column, "", problem.rule, more, problem.advice, problem.is_error)
