"""The dictionary of the shared database, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Column, Table

from data_access.describing import facts
from data_access.needs import cost

INTRODUCTION = """# 数据字典

每张数据表可以是表，也可以是同名的**视图**。“必填”的列必须有值；其余的列没有数据时整列写 NULL，
用到它的数字就少这一部分，别的不受影响。“用到它的页面”后的数字是图表张数；列为空的，没有页面和指标用到，可以不建。代码列只能填所列代码。
"""


def dictionary(tables: Sequence[Table]) -> str:
    """Every table with its columns, who needs it, and what may be left out."""
    return "\n".join([INTRODUCTION, *(_table(table) for table in tables)])


def _table(table: Table) -> str:
    found = cost({table.name})
    needed = [column.name for column in table.columns if column.info["required"]]
    lines = [
        f"## {table.info['title'].zh} `{table.name}`",
        "",
        f"- 用到它的页面：{facts.pages(found) or '无'}",
        f"- 用到它的指标：{'、'.join(f'{m.key} {m.name.zh}' for m in found.metrics) or '无'}",
        f"- 必填：{'、'.join(f'`{name}`' for name in needed)}",
        "",
        "| 列 | 中文表头 | 类型 | 必填 | 说明 | 规则 | 代码 | 指向 | 用到它的页面 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_column(column) for column in table.columns), ""])


def _column(column: Column[object]) -> str:
    must = "主键" if column.primary_key else "是" if column.info["required"] else ""
    cells = (
        f"`{column.name}`", column.info["header"].zh, facts.shown_kind(column), must, column.info["meaning"].zh,
        facts.rule(column), facts.codes(column), facts.refers(column), facts.pages(facts.of_column(column)),
    )  # fmt: skip
    return f"| {' | '.join(cell.replace('|', '、') for cell in cells)} |"


def as_json(tables: Sequence[Table]) -> str:
    """The same for a program: a list of tables with their columns."""
    made = [
        {"table": table.name, "title": table.info["title"].zh, "metrics": [m.key for m in cost({table.name}).metrics],
         "columns": [_plain(column) for column in table.columns]}
        for table in tables
    ]  # fmt: skip
    return json.dumps(made, ensure_ascii=False, indent=2)


def _plain(column: Column[object]) -> dict[str, object]:
    found = column.info["codes"]
    return {
        "name": column.name,
        "header": column.info["header"].zh,
        "kind": facts.kind(column.type),
        "length": getattr(column.type, "length", None),
        "key": column.primary_key,
        "required": column.info["required"],
        "meaning": column.info["meaning"].zh,
        "rule": facts.rule(column) or None,
        "codes": {code: words.zh for code, words in found.words.items()} if found is not None else None,
        "refers_to": facts.refers(column) or None,
        "metrics": [metric.key for metric in facts.of_column(column).metrics],
    }
