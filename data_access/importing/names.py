"""What was typed for a record of another table: its key, or its name, which is turned into the key."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Table

from data_access.importing.cells import shown
from data_access.importing.problems import Problem
from data_access.importing.stage import ROW, SHEET, Stage
from data_access.text import Text

NO_PARENT = Text("在“{parent}”中找不到", "Not found in “{parent}”")
NO_PARENT_ADVICE = Text("请核对编号或名称，或先导入“{parent}”", "Correct the key or name, or import “{parent}” first")
AMBIGUOUS = Text("“{parent}”中有{n}个同名：{keys}", "“{parent}” has {n} of that name: {keys}")
AMBIGUOUS_ADVICE = Text("请改填编号", "Write the key instead")
_LABELS = ("name", "title")


def resolved(stage: Stage, table: Table) -> Iterator[Problem]:
    """Turn names into keys; what names nothing, or several things, is a problem of its rows."""
    for column in (table.c[name] for name in stage.brought[table.name]):
        for key in column.foreign_keys:
            stage.raw.execute("CREATE TEMP TABLE typed (word TEXT PRIMARY KEY, key TEXT, many INTEGER, keys TEXT)")
            _look_up(stage, column, key.column)
            yield from _unknown(stage, column, key.column)
            stage.raw.execute("DROP TABLE typed")


def _look_up(stage: Stage, column: Column[object], parent: Column[object]) -> None:
    """List what is no key, find what bears that name, and put the key in its place where there is one."""
    child, place, key = f"in_{column.table.name}", column.name, parent.name
    brought = stage.brought.get(parent.table.name, ())
    there = [parent.table.name, *([f"in_{parent.table.name}"] if brought else [])]
    is_key = " OR ".join(f'EXISTS (SELECT 1 FROM {one} p WHERE p."{key}" = word)' for one in there)
    # A key that the file brings is looked for again and again.
    if brought:
        stage.raw.execute(f'CREATE INDEX IF NOT EXISTS "ix_key_{parent.table.name}" ON {there[1]} ("{key}")')
    stage.raw.execute(
        f"""INSERT INTO typed (word) SELECT word FROM (SELECT DISTINCT "{place}" AS word FROM {child}
              WHERE "{place}" IS NOT NULL) WHERE NOT ({is_key})"""
    )
    label = next((label for label in _LABELS if label in parent.table.c), None)
    if label is None or not stage.ask("SELECT 1 FROM typed LIMIT 1"):
        return
    named = [one for one in there if not one.startswith("in_") or label in brought]
    all_named = " UNION ".join(f'SELECT plain("{label}") AS word, "{key}" AS key FROM {one}' for one in named)
    stage.raw.execute(
        f"""UPDATE typed SET key = f.key, many = f.many, keys = f.keys FROM (
              SELECT word, min(key) AS key, count(*) AS many, group_concat(key, '、') AS keys FROM (
                SELECT * FROM ({all_named}) WHERE key IS NOT NULL ORDER BY key) GROUP BY word) f
            WHERE f.word = typed.word"""
    )
    stage.raw.execute(
        f'UPDATE {child} SET "{place}" = typed.key FROM typed WHERE typed.word = {child}."{place}" AND typed.many = 1'
    )


def _unknown(stage: Stage, column: Column[object], parent: Column[object]) -> Iterator[Problem]:
    child, place, title = f"in_{column.table.name}", column.name, parent.table.info["title"]
    rows = stage.raw.execute(
        f"""SELECT abs({ROW}), {SHEET}, word, many, keys FROM {child} JOIN typed ON word = "{place}"
            WHERE many IS NOT 1 ORDER BY {child}.rowid"""
    )
    words = Text(NO_PARENT("zh", parent=title.zh), NO_PARENT("en", parent=title.en))
    advice = Text(NO_PARENT_ADVICE("zh", parent=title.zh), NO_PARENT_ADVICE("en", parent=title.en))
    for row, sheet, word, many, keys in rows:
        rule, said, what_to_do = "no_parent", words, advice
        if many:
            few = "、".join(keys.split("、")[:5])
            said = Text(*(AMBIGUOUS(lang, parent=title(lang), n=many, keys=few) for lang in ("zh", "en")))
            rule, what_to_do = "ambiguous", AMBIGUOUS_ADVICE
        yield Problem(sheet, row, column.info["header"].zh, shown(word), rule, said, what_to_do)
    stage.raw.execute(
        f"""UPDATE {child} SET {ROW} = -abs({ROW}) WHERE "{place}" IN (SELECT word FROM typed WHERE many IS NOT 1)"""
    )
