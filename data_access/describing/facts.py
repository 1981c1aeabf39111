"""What is said of a table and its columns, whatever the form."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, String, Table
from sqlalchemy import Text as LongText
from sqlalchemy.types import TypeEngine

from data_access.needs import Cost, cost
from data_access.tables import TABLES

KINDS = {
    "text": "文本",
    "long": "长文本",
    "integer": "整数",
    "number": "数值",
    "truth": "是/否",
    "day": "日期",
    "moment": "时间",
}


def kind(type_: TypeEngine[object]) -> str:
    """The kind of a column's values, a key of ``KINDS``."""
    for found, name in (
        (LongText, "long"), (String, "text"), (Boolean, "truth"), (Integer, "integer"), (Float, "number"),
        (DateTime, "moment"), (Date, "day"),
    ):  # fmt: skip
        if isinstance(type_, found):
            return name
    raise TypeError(f"No kind for {type_}.")


def shown_kind(column: Column[object]) -> str:
    """The kind in Chinese, with the longest length of texts."""
    length = getattr(column.type, "length", None)
    return KINDS[kind(column.type)] + (f"（至多 {length} 字）" if length else "")


def codes(column: Column[object]) -> str:
    """``SUG 建议；BILL 议案``, or nothing."""
    found = column.info["codes"]
    return "；".join(f"{code} {words.zh}" for code, words in found.words.items()) if found is not None else ""


def refers(column: Column[object]) -> str:
    """The column it refers to, or nothing."""
    return "、".join(f"{key.column.table.name}.{key.column.name}" for key in column.foreign_keys)


def rule(column: Column[object]) -> str:
    """The rule of a column in words, with the bounds of a number."""
    words, low, high = column.info["rule"], column.info["at_least"], column.info["at_most"]
    bounds = [f"不小于 {low}"] if low is not None else []
    bounds += [f"不大于 {high}"] if high is not None else []
    return "，".join(([words.zh] if words else []) + bounds)


def pages(found: Cost) -> str:
    """The pages concerned, each with how many of its exhibits: ``议案建议 3``."""
    return "、".join(f"{title} {sum(use.title == title for use in found.exhibits)}" for title in found.pages)


def of_column(column: Column[object]) -> Cost:
    """What a missing column would cost."""
    return cost({f"{column.table.name}.{column.name}"})


def chosen(names: Iterable[str]) -> list[Table]:
    """The tables of these names, all without any."""
    wanted = set(names)
    return [table for name, table in TABLES.items() if not wanted or name in wanted]
