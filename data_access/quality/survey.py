"""survey(): every rule asked of every row once, one statement a table; any view of it is then added up without asking.

The answer depends on what a reader may see and on the day of the data, on no filter: cells of year, region and office,
each with how many rows there are and how many break which rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Date,
    Select,
    and_,
    case,
    func,
    inspect,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.engine.reflection import ObjectKind

from data_access.context import Context, Filters, Scope
from data_access.quality.aspects import Aspect
from data_access.quality.imports import first_import
from data_access.quality.register import (
    FIRST_YEAR,
    Placed,
    bodies,
    office_of,
    placed,
    seen,
    year_shown,
)
from data_access.quality.rules import Asked, Rule, events_of, rules_of
from data_access.rows.evidence import DATED
from data_access.tables import TABLES
from data_access.tables.imports import import_log

Counts = NDArray[np.int64]
_PLACE = ("y", "r", "u")
_NO_FILTERS = Filters((FIRST_YEAR, FIRST_YEAR))


@dataclass(frozen=True)
class Cell:
    """Where some rows of a table stand: their year (``EVERY``: always), region and the office that can mend them."""

    year: int
    region: str
    office: str


@dataclass(frozen=True, eq=False)
class Surveyed:
    """One table: its rules, its cells, and for each cell a line of counts.

    ``broken`` and ``asked`` have a line a cell and a column a rule; ``rows`` and ``contradicted`` a figure a cell.
    ``newest_event`` is the last day on which something happened by the day of the data, ``newest_change`` that of the
    last change, ``documented`` how many rows name the document they are taken from, ``document`` one of those.
    """

    table: str
    rules: tuple[Rule, ...]
    cells: tuple[Cell, ...]
    rows: Counts
    contradicted: Counts
    broken: NDArray[np.int64]
    asked: NDArray[np.int64]
    newest_event: date | None = None
    newest_change: date | None = None
    documented: int = 0
    document: str = ""


@dataclass(frozen=True, eq=False)
class Survey:
    """Every table there is that has a region. ``absent`` are described tables that are not there, ``bodies`` the
    Congress's own body of each township, by its code."""

    as_of: date
    tables: Mapping[str, Surveyed]
    absent: tuple[str, ...] = ()
    bodies: Mapping[str, str] = field(default_factory=dict)
    asked: Asked | None = None

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Every rule by its key."""
        return {rule.key: rule for made in self.tables.values() for rule in made.rules}


def survey(connection: Connection, context: Context) -> Survey:
    """Ask every rule of every row the reader may see. ``context.as_of`` is the day of the data; filters are not used.

    Tables and columns that are not there are not asked of.
    """
    asked = _asked(connection, context)
    known = {name for name in asked.known if "region_code" in asked.known[name]}
    towns = _bodies(connection, context) if "org_unit" in known else {}
    tables = {
        name: _surveyed(connection, name, _Shape(asked, context.scope), towns) for name in TABLES if name in known
    }
    absent = tuple(name for name in TABLES if name not in asked.known)
    return Survey(context.as_of, tables, absent, towns, asked)


def _asked(connection: Connection, context: Context) -> Asked:
    """What tables and columns there are, and which the database keeps filled."""
    found = inspect(connection).get_multi_columns(kind=ObjectKind.ANY)
    columns: dict[str, Sequence[ReflectedColumn]] = {name: made for (_, name), made in found.items()}
    present = [name for name in TABLES if name in columns]
    return Asked(
        known={name: {column["name"] for column in columns[name]} & set(TABLES[name].c.keys()) for name in present},
        filled={name: {column["name"] for column in columns[name] if not column["nullable"]} for name in present},
        as_of=context.as_of,
        rules=context.rules,
        dialect=connection.dialect.name,
        since=first_import(connection) if import_log.name in columns else None,
    )


def _bodies(connection: Connection, context: Context) -> dict[str, str]:
    return {region: key for key, region, _ in connection.execute(bodies(context))}


class _Shape:
    """What decides how the statements of a survey are written; equal ones share them."""

    def __init__(self, asked: Asked, scope: Scope) -> None:
        self.asked, self.scope = asked, scope
        known = tuple((name, *sorted(columns)) for name, columns in sorted(asked.known.items()))
        filled = tuple((name, *sorted(columns)) for name, columns in sorted(asked.filled.items()))
        self.key = (known, filled, asked.as_of, asked.rules, asked.dialect, asked.since, scope)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shape) and other.key == self.key


@dataclass(frozen=True, eq=False)
class _Question:
    """The two statements of one table. ``rows`` gives year, region, unit, how many rows, how many are asked each of
    ``partly``, and the newest days and documents; ``broken`` the same places, the rows with a contradiction, and how
    many break each of ``counted``, for rows that break anything."""

    rules: tuple[Rule, ...]
    rows: Select[Any]
    partly: tuple[Rule, ...]
    broken: CompoundSelect[Any] | None
    counted: tuple[Rule, ...]


@lru_cache(maxsize=128)
def _question(name: str, shape: _Shape) -> _Question:
    asked = shape.asked
    at, rules = placed(name, asked.known, asked.dialect), rules_of(TABLES[name], asked)
    counted = tuple(rule for rule in rules if rule.broken is not None)
    partly = tuple(rule for rule in counted if rule.asked is not None)
    bases = [_many(rule.asked) for rule in partly if rule.asked is not None]
    rows = _grouped(at, shape, [func.count(), *bases, *_ages(name, asked)])
    return _Question(rules, rows, partly, _broken(at, shape, counted), counted)


def _broken(at: Placed, shape: _Shape, rules: Sequence[Rule]) -> CompoundSelect[Any] | None:
    """Rows with a contradiction and rows that break each rule: of those that look at the row in one pass, of each that
    looks keys up by itself, so that the list of keys is found once. A row is contradicted once."""
    at_once = [rule for rule in rules if not rule.by_key]
    parts = [part for part in (at_once, *([rule] for rule in rules if rule.by_key)) if part]
    told: list[ColumnElement[bool]] = []
    arms = []
    for part in parts:
        arms.append(_arm(at, shape, rules, part, told))
        told += [r.broken for r in part if _is_contradiction(r) and r.broken is not None]
    return union_all(*arms) if arms else None


def _arm(
    at: Placed, shape: _Shape, rules: Sequence[Rule], part: Sequence[Rule], told: Sequence[ColumnElement[bool]]
) -> Select[Any]:
    """The figures of ``part`` of the rules, 0 for the others; rows told of as contradicted before are not again."""
    flags = {rule.key: f"f{i}" for i, rule in enumerate(part)}
    marks = [_mark(r.broken, by_key=r.by_key).label(flags[r.key]) for r in part if r.broken is not None]
    before = (case((or_(*told), 1), else_=0) if told and any(map(_is_contradiction, part)) else literal(0)).label(
        "told"
    )
    # A list of keys stands in WHERE, where the index of keys serves it; all rows that remain are marked.
    wanted = [rule.broken for rule in part if rule.by_key and rule.broken is not None]
    rows = _rows(at, shape, [*marks, before]).where(*wanted).subquery("marked")
    zero: ColumnElement[int] = literal(0)
    errors = sum((rows.c[flags[r.key]] for r in part if _is_contradiction(r)), zero)
    contradicted = func.sum(case((and_(errors > 0, rows.c.told == 0), 1), else_=0))
    counts = [func.sum(rows.c[flags[r.key]]) if r.key in flags else literal(0) for r in rules]
    places = [rows.c[name] for name in _PLACE]
    values: list[ColumnElement[Any]] = [contradicted, *counts]
    counted = [value.label(f"v{i}") for i, value in enumerate(values)]
    any_mark = sum((rows.c[name] for name in flags.values()), zero) > 0
    return select(*places, *counted).where(any_mark).group_by(*places)


def _is_contradiction(rule: Rule) -> bool:
    return rule.aspect is Aspect.CONSISTENT and rule.is_error


def _mark(condition: ColumnElement[bool], *, by_key: bool) -> ColumnElement[int]:
    return literal(1) if by_key else case((condition, 1), else_=0)


def _grouped(at: Placed, shape: _Shape, values: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Figures by year, region and unit, of the rows the reader may see."""
    # By their labels: PostgreSQL does not take an expression with parameters for the same one selected.
    by: list[ColumnElement[Any]] = [literal_column(label) for label in _PLACE]
    return _rows(at, shape, [value.label(f"v{i}") for i, value in enumerate(values)]).group_by(*by)


def _rows(at: Placed, shape: _Shape, values: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Year, region, unit and more of the rows the reader may see."""
    places: tuple[ColumnElement[Any], ...] = (at.year, at.region, at.unit)
    groups = [place.label(label) for place, label in zip(places, _PLACE, strict=True)]
    # All rows are read anyway: SQLite would look each up by the index of regions.
    region = at.region.concat("") if shape.asked.dialect == "sqlite" else at.region
    may_see = seen(Context(shape.scope, _NO_FILTERS, shape.asked.as_of), region)
    return select(*groups, *values).select_from(at.source).where(may_see)


def _ages(name: str, asked: Asked) -> list[ColumnElement[Any]]:
    """The last day of an event by the day of the data, of a change, and how many rows name which document."""
    table, known = TABLES[name], asked.known[name]
    named = (*DATED.get(name, ()), *events_of(table)[:1])
    days = [table.c[column] for column in named if column in known and isinstance(table.c[column].type, Date)]
    newest = func.max(case((days[0] <= asked.as_of, days[0]))) if days else null()
    changed = func.max(table.c.updated_at) if "updated_at" in known else null()
    document = table.c.source_doc if "source_doc" in known else null()
    return [newest, changed, func.count(document), func.max(document)]


def _many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _surveyed(connection: Connection, name: str, shape: _Shape, towns: Mapping[str, str]) -> Surveyed:
    """One table: what was counted, brought into lines of equal places."""
    asked, newest = _question(name, shape), shape.asked.as_of.year + 1
    lines = connection.execute(asked.rows).fetchall()
    wrong = connection.execute(asked.broken).fetchall() if asked.broken is not None else []
    places = {tuple(line[: len(_PLACE)]): i for i, line in enumerate(lines)}
    cells = tuple(Cell(year_shown(int(y), newest), r, office_of(name, r, u, towns)) for y, r, u, *_ in lines)
    rows = np.array([line[len(_PLACE)] for line in lines], dtype=np.int64)
    broken = np.zeros((len(lines), len(asked.rules)), dtype=np.int64)
    base = np.repeat(rows[:, None], len(asked.rules), axis=1)
    contradicted = np.zeros(len(lines), dtype=np.int64)
    columns = {rule.key: place for place, rule in enumerate(asked.rules)}
    of_broken = [columns[rule.key] for rule in asked.counted]
    for line in wrong:
        place = places[tuple(line[: len(_PLACE)])]
        contradicted[place] += int(line[len(_PLACE)])
        broken[place, of_broken] += np.array(line[len(_PLACE) + 1 :], dtype=np.int64)
    if lines:
        for rule, counts in zip(asked.partly, list(zip(*lines, strict=True))[len(_PLACE) + 1 : -4], strict=True):
            base[:, columns[rule.key]] = counts
    events, changes = ([day for line in lines if (day := _day(line[place])) is not None] for place in (-4, -3))
    return Surveyed(
        name, asked.rules, cells, rows, contradicted, broken, base,
        newest_event=max(events, default=None),
        newest_change=max(changes, default=None),
        documented=sum(int(line[-2]) for line in lines),
        document=max((line[-1] for line in lines if line[-1]), default=""),
    )  # fmt: skip


def _day(value: Any) -> date | None:
    """A day of whatever the database gives back; what is none of them is left out."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return value if isinstance(value, date) else None
