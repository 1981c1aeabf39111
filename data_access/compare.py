"""A database compared with the description, for people and for scripts: findings, what they cost, rows by year."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, func, select

from data_access.check import Finding, check
from data_access.needs import Cost, cost
from data_access.reads import read_by
from data_access.rows.evidence import REGISTERS, rows_by_year
from data_access.rules import data_as_of
from data_access.structure import absent, known_columns
from data_access.tables import TABLES
from data_access.text import Text
from data_access.upgrading import warning

SHOWN = 8  # metrics named of all that are lost


@dataclass(frozen=True)
class Comparison:
    """What was found: ``version`` says where the tables' version is not the program's; ``lost`` says for each missing
    table or column what it costs; ``rows`` and ``years`` count the rows of each table there is, in all and by year
    where they are dated."""

    version: Text | None

    findings: tuple[Finding, ...]
    lost: Mapping[str, Cost]
    rows: Mapping[str, int]
    years: Mapping[str, Mapping[int, int]]
    data_on: date | None

    @property
    def errors(self) -> int:
        """How many findings cannot be right, a wrong version among them."""
        return sum(finding.is_error for finding in self.findings) + (self.version is not None)

    @property
    def warnings(self) -> int:
        """How many findings deserve a look."""
        return sum(not finding.is_error for finding in self.findings)


def compare(connection: Connection, *, as_of: date, partial: bool = False) -> Comparison:
    """Compare a database, whose tables may be views, with the description.

    Whole tables may be lacking in a ``partial`` one: they are told, with their price, and are no errors.
    """
    known = known_columns(connection)
    gaps = absent(known)
    rows = {
        name: connection.scalar(select(func.count()).select_from(TABLES[name])) or 0 for name in TABLES if name in known
    }
    years = {
        name: {int(year): n for year, n in connection.execute(statement) if year}
        for name in rows
        if (statement := rows_by_year(name)) is not None and not read_by(statement) & gaps
    }
    lost = {name: cost({name}) for name in sorted(gaps, key=_place)}
    return Comparison(
        version=warning(connection),
        findings=tuple(_weighed(finding, lost, partial) for finding in check(connection, as_of=as_of)),
        lost=lost,
        rows=rows,
        years=years,
        data_on=data_as_of(connection),
    )


def _weighed(finding: Finding, lost: Mapping[str, Cost], partial: bool) -> Finding:
    """A column that nothing looks at may be lacking, and a table of a partial database."""
    if finding.rule == "no_table":
        return replace(finding, is_error=not partial)
    if finding.rule != "no_column" or TABLES[finding.table].c[finding.column].info["required"]:
        return finding
    gone = lost[f"{finding.table}.{finding.column}"]
    return replace(finding, is_error=bool(gone.exhibits or gone.metrics))


def _place(name: str) -> tuple[int, str]:
    return (list(TABLES).index(name.partition(".")[0]), name)


def in_words(found: Comparison) -> str:
    """The comparison for a reader, in Chinese."""
    lines = [f"【错误】{found.version.zh}"] if found.version else []
    for finding in found.findings:
        lines.append(finding.say("zh"))
        lines += _price(
            found.lost.get(f"{finding.table}.{finding.column}" if finding.column else finding.table), finding
        )
    lines += ["", *_by_year(found)] if found.rows else []
    day = f"数据截至 {found.data_on}。" if found.data_on else "各表都没有更新时间，数据截至日按查看当天。"
    lines.append(f"共核对 {len(TABLES)} 张数据表：错误 {found.errors} 项，提醒 {found.warnings} 项。{day}")
    return "\n".join(lines)


def _price(lost: Cost | None, finding: Finding) -> list[str]:
    if lost is None or finding.rule not in ("no_table", "no_column"):
        return []
    if not lost.exhibits and not lost.metrics:
        return ["    没有页面和指标用到它。"]
    pages = "、".join(f"{title} {sum(use.title == title for use in lost.exhibits)} 张" for title in lost.pages)
    names = "、".join(metric.name.zh for metric in lost.metrics[:SHOWN])
    more = f"等 {len(lost.metrics)} 项" if len(lost.metrics) > SHOWN else ""
    return [f"    影响的图表：{pages or '无'}", f"    影响的指标：{names or '无'}{more}"]


def _by_year(found: Comparison) -> list[str]:
    lines = ["各表行数（按年）："]
    for name, count in found.rows.items():
        years = found.years.get(name, {})
        words = "，".join(f"{year} 年 {n}" for year, n in sorted(years.items()))
        gaps = (
            [str(y) for y in range(min(years), max(years)) if y not in years] if years and name not in REGISTERS else []
        )
        lacking = f"（缺 {'、'.join(gaps)} 年）" if gaps else ""
        lines.append(
            f"  {TABLES[name].info['title'].zh}（{name}）共 {count} 行{'：' + words if words else ''}{lacking}"
        )
    return lines


def as_json(found: Comparison) -> str:
    """The comparison for a script: one object, keys in English, words in Chinese."""
    made = {
        "fits": not found.errors,
        "errors": found.errors,
        "warnings": found.warnings,
        "version": found.version.zh if found.version else None,
        "data_on": found.data_on.isoformat() if found.data_on else None,
        "findings": [
            {
                "table": finding.table,
                "column": finding.column or None,
                "rule": finding.rule,
                "level": "error" if finding.is_error else "warning",
                "words": finding.words.zh,
                "count": finding.count,
                "samples": list(finding.samples),
            }
            for finding in found.findings
        ],
        "costs": {
            name: {
                "exhibits": [f"{use.page}.{use.exhibit}" for use in lost.exhibits],
                "metrics": [metric.key for metric in lost.metrics],
            }
            for name, lost in found.lost.items()
        },
        "rows": {
            name: {"all": n, "years": dict(sorted(found.years.get(name, {}).items()))} for name, n in found.rows.items()
        },
    }
    return json.dumps(made, ensure_ascii=False, indent=2)
