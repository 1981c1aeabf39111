"""``python -m data_access describe``: prints the contract, or writes it to a file."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from data_access.describing import facts, markdown, sql
from data_access.errors import DatabaseProblem
from data_access.tables import TABLES
from data_access.text import Text

NO_SUCH_TABLE = Text("没有“{name}”这张表。可选：{names}。", "There is no table “{name}”. Choose one of: {names}.")
NOT_WRITTEN = Text(
    "不能写入“{name}”：没有这个目录或没有权限。", "“{name}” cannot be written: no such folder, or no right to."
)


def add_to(commands: Any) -> None:
    """Add ``describe`` to the command line."""
    words = "打印数据字典，或各数据库的视图骨架"
    made = commands.add_parser("describe", help=words, description=words)
    made.set_defaults(command=describe, database_url="")
    made.add_argument(
        "--format", choices=("markdown", "sql", "json"), default="markdown", help="缺省为 Markdown 数据字典"
    )
    made.add_argument("--dialect", choices=sql.DIALECTS, default="sqlite", help="SQL 用于哪种数据库，缺省为 sqlite")
    made.add_argument("--table", action="append", default=[], metavar="表名", help="只要这张表，可多次给出")
    made.add_argument("--out", type=Path, metavar="文件", help="写入文件，缺省为打印")


def describe(asked: argparse.Namespace) -> int:
    """Print the contract in the form asked for."""
    for name in asked.table:
        if name not in TABLES:
            raise DatabaseProblem(NO_SUCH_TABLE.filled(name=name, names="、".join(TABLES)))
    tables = facts.chosen(asked.table)
    if asked.format == "sql":
        words = sql.skeletons(tables, asked.dialect)
    else:
        words = markdown.as_json(tables) if asked.format == "json" else markdown.dictionary(tables)
    if asked.out is None:
        _show(words)
        return 0
    try:
        asked.out.write_text(words + "\n", encoding="utf-8")
    except OSError as error:
        raise DatabaseProblem(NOT_WRITTEN.filled(name=asked.out)) from error
    print(f"已写入 {asked.out}：{len(tables)} 张数据表。")
    return 0


def _show(words: str) -> None:
    try:
        print(words, flush=True)
    except BrokenPipeError:
        # Whoever reads it has seen enough (head, less); nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
