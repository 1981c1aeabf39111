"""A view per table, to be filled in: it runs as printed and is empty until it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, Table, make_url

from data_access.describing import facts

DIALECTS = ("sqlite", "postgresql", "mariadb", "mysql")
_SERVER = {"text": "CHAR({n})", "long": "CHAR", "integer": "SIGNED", "number": "DOUBLE", "truth": "SIGNED",
           "day": "DATE", "moment": "DATETIME"}  # fmt: skip
TYPES = {
    # A DATE of SQLite is a number: days are kept as text such as 2025-03-01.
    "sqlite": {"text": "TEXT", "long": "TEXT", "integer": "INTEGER", "number": "REAL", "truth": "INTEGER",
               "day": "TEXT", "moment": "TEXT"},
    "postgresql": {"text": "VARCHAR({n})", "long": "TEXT", "integer": "INTEGER", "number": "DOUBLE PRECISION",
                   "truth": "BOOLEAN", "day": "DATE", "moment": "TIMESTAMP"},
    "mariadb": _SERVER,
    "mysql": _SERVER,
}  # fmt: skip
_DRIVERS = {
    "sqlite": "sqlite://",
    "postgresql": "postgresql+psycopg://",
    "mariadb": "mariadb+pymysql://",
    "mysql": "mysql+pymysql://",
}
_WORDS = {name: make_url(url).get_dialect()() for name, url in _DRIVERS.items()}
# An example of a local name that must be quoted; names of Chinese characters alone need no quotes.
QUOTED = {"sqlite": '"{}"', "postgresql": '"{}"', "mariadb": "`{}`", "mysql": "`{}`"}
_CAST = "CAST(REPLACE(REPLACE(a.{c}, '/', '-'), '.', '-') AS DATE)"
DAYS = {
    "sqlite": "substr(a.{c}, 1, 4) || '-' || substr('0' || substr(a.{c}, 6, instr(substr(a.{c}, 6), '/') - 1), -2) "
    "|| '-' || substr('0' || substr(a.{c}, 6 + instr(substr(a.{c}, 6), '/')), -2)",
    "postgresql": "to_date(a.{c}, 'YYYY/MM/DD')",
    "mariadb": _CAST,
    "mysql": _CAST,
}
HEAD = """-- 共享数据库的视图骨架（{dialect}）。每个视图就是一张数据表：照列名、类型、代码把本地的表翻译过来。
-- 原样可以运行，得到的视图都是空的。逐个填写：
--   1. 把 FROM (SELECT 1 AS x) AS a WHERE 1 = 0 换成 FROM 本地表 AS a，需要时加 JOIN
--   2. 把 CAST(NULL AS …) 换成 a.本地列；没有的列保留不动，表示“没有这项数据”
--   3. 代码列用 CASE 把本地的说法译成代码；末尾写 ELSE a.本地列，没译到的说法核对时会按名列出
-- 常用写法：
--   日期存成 2025/3/1 这样的文本：{day}
--   是、否：{truth}
--   列名里有空格、括号或字母开头的数字时要加引号：a.{quoted}
--   按单位名称找编号：JOIN org_unit u ON u.name = a.单位名称，再写 u.id
-- 填好后运行 python -m data_access check 核对。改了再运行一遍即可：先删去旧视图，再建新的。
"""


def skeletons(tables: Sequence[Table], dialect: str) -> str:
    """``CREATE VIEW`` for every table in the words of a database; parents come before children."""
    truth = "CASE a.是否延期 WHEN '是' THEN {} WHEN '否' THEN {} END".format(
        *(("TRUE", "FALSE") if dialect == "postgresql" else ("1", "0"))
    )
    quoted = QUOTED[dialect].format("交办日期（人大）")
    head = HEAD.format(dialect=dialect, day=DAYS[dialect].format(c="提出日期"), truth=truth, quoted=quoted)
    # A view may look at another, and PostgreSQL drops none that others look at: children go first.
    drops = [f"DROP VIEW IF EXISTS {table.name};" for table in reversed(tables)]
    return "\n".join([head, *drops, "", *(_view(table, dialect) for table in tables)])


def _view(table: Table, dialect: str) -> str:
    columns = list(table.columns)
    body = []
    for column in columns:
        comma = "" if column is columns[-1] else ","
        body += [
            f"  -- {_comment(column)}",
            f"  CAST(NULL AS {type_of(column, dialect)}) AS {name_of(column, dialect)}{comma}",
        ]
        body += [f"  -- 例：{example}" for example in _examples(column)]
    head = [f"-- {table.info['title'].zh} {table.name}", f"CREATE VIEW {table.name} AS"]
    return "\n".join([*head, "SELECT", *body, "FROM (SELECT 1 AS x) AS a WHERE 1 = 0;", ""])


def name_of(column: Column[object], dialect: str) -> str:
    """Its name, in quotes where it is a word of the dialect's own (``key``)."""
    return str(_WORDS[dialect].identifier_preparer.quote(column.name))


def type_of(column: Column[object], dialect: str) -> str:
    """The type to cast to, as the dialect calls it."""
    return TYPES[dialect][facts.kind(column.type)].format(n=getattr(column.type, "length", None))


def _comment(column: Column[object]) -> str:
    info = column.info
    must = "主键" if column.primary_key else "必填" if info["required"] else ""
    parts = (facts.rule(column), f"指向 {facts.refers(column)}" if facts.refers(column) else "", facts.codes(column))
    marks = f"（{must}）" if must else ""
    return f"{info['header'].zh}{marks}：" + "。".join(filter(None, (info["meaning"].zh, *parts)))


def _examples(column: Column[object]) -> list[str]:
    found = column.info["codes"]
    if found is None:
        return []
    sign = "" if found.numeric else "'"
    cases = " ".join(f"WHEN '{words.zh}' THEN {sign}{code}{sign}" for code, words in list(found.words.items())[:3])
    return [f"CASE a.{column.info['header'].zh} {cases} … END AS {column.name}"]
