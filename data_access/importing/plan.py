"""What an import would do, and why it may not: names resolved, rows compared, rules asked, all on the stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Table

from data_access.check import Question
from data_access.importing import asking, names
from data_access.importing.files import Progress
from data_access.importing.problems import Problem, Problems
from data_access.importing.stage import ROW, SHEET, STATE, Stage
from data_access.importing.stored import keys, same_key
from data_access.tables import TABLES
from data_access.text import Text

Rule = tuple[Table, Question]
COMPARING = Text("正在比对", "Comparing")
CHECKING = Text("正在核对规则", "Checking the rules")

TWICE = Text("编号与第{row}行相同", "Has the same key as row {row}")
TWICE_ADVICE = Text("同一编号只能有一行", "A key may stand in one row only")
NO_COLUMN = Text("有{n}行是新增的，缺少必填列", "{n} rows are new and lack this required column")
NO_COLUMN_ADVICE = Text("请加上这一列", "Add the column")


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
        return sum(problem.count for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> int:
        """Problems that have to be accepted."""
        return sum(problem.count for problem in self.problems if not problem.is_error)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not self.deleted and not any(change.new or change.changed for change in self.changes)


def planned(
    stage: Stage, found: Problems, *, as_of: date, delete_missing: bool = False, tell: Progress | None = None
) -> Plan:
    """Compare what a file brought with what is there, merge it on the stage and ask every rule of the result.

    ``found`` are the problems of single cells. Afterwards the tables of the stage hold what the database would.
    """
    tables = [TABLES[name] for name in TABLES if name in stage.brought]
    rules = asking.asked(stage, as_of, delete_missing=delete_missing)
    steps = _Steps(tell, 3 * len(tables) + 2 * len(rules) + 1)
    stage.take(_needed(tables, rules))
    steps.done(COMPARING)
    for table in tables:
        found.extend(names.resolved(stage, table))
        steps.done(COMPARING)
    for table in tables:
        found.extend(_repeated(stage, table))
        _compared(stage, table)
        found.extend(_missing_columns(stage, table))
        steps.done(COMPARING)
    changes = tuple(_change(stage, table) for table in tables)
    deleted = {table.name: gone for table in tables if (gone := _gone_keys(stage, table))} if delete_missing else {}
    before = [asking.broken(stage, question) for _, question in steps.each(rules, CHECKING)]
    for table in tables:
        _merged(stage, table, delete_missing=delete_missing)
        found.extend(asking.not_unique(stage, table))
        steps.done(CHECKING)
    for (table, question), were_broken in zip(steps.each(rules, CHECKING), before, strict=True):
        found.extend(asking.breaking(stage, table, question, were_broken))
    return Plan(changes, found.listed(), deleted)


def _needed(tables: list[Table], rules: list[Rule]) -> set[str]:
    """The shared tables to be read: those brought, what they refer to, and what rules look at."""
    parents = {key.column.table.name for table in tables for key in table.foreign_keys}
    return {table.name for table in tables} | parents | {name for _, rule in rules for name in asking.tables_of(rule)}


class _Steps:
    """How far the work on the stage is, in steps."""

    def __init__(self, tell: Progress | None, count: int) -> None:
        self.tell, self.count, self.made = tell, count, 0

    def done(self, what: Text) -> None:
        self.made += 1
        if self.tell:
            self.tell(what, self.made, self.count)

    def each(self, rules: Iterable[Rule], what: Text) -> Iterator[Rule]:
        for rule in rules:
            yield rule
            self.done(what)


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
    stage.raw.execute(f"CREATE INDEX ix_was_{name} ON was_{name} ({', '.join(keys(table))})")
    if delete_missing:
        stage.raw.execute(f"DELETE FROM {name} AS m WHERE {_gone(table)}")
    others = [column for column in brought if column not in keys(table)]
    if others:
        values = ", ".join(f'"{column}" = i."{column}"' for column in others)
        stage.raw.execute(f"UPDATE {name} SET {values} FROM in_{name} i WHERE {changed}")
    named = ", ".join(f'"{column}"' for column in brought)
    stage.raw.execute(f"INSERT INTO {name} ({named}) SELECT {named} FROM in_{name} WHERE {STATE} = 'new'")
