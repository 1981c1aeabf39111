"""problems(): the records behind the counts, one line for each rule a record breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, and_, cast, func, or_, select, true

from data_access.context import Context
from data_access.quality.register import Placed, keeping, of_office, office_of, placed, shown
from data_access.quality.rules import KEPT_BACK, Rule
from data_access.quality.sums import OFFICE, counts
from data_access.quality.survey import Survey
from data_access.sql import containing
from data_access.tables import TABLES
from data_access.text import Text


@dataclass(frozen=True)
class Problem:
    """One record that breaks one rule.

    ``key`` is the record's own; ``names`` and ``values`` are (column, value) pairs: what it is recognised by, and what
    the rule looks at, without what may not be shown. ``history`` is (kind, key) of the record that tells of it.
    """

    rule: Rule
    key: str
    names: tuple[tuple[str, Any], ...]
    values: tuple[tuple[str, Any], ...]
    region: str
    office: str
    history: tuple[str, str] | None


@dataclass(frozen=True)
class Found:
    """A page of problems, and how many there are in all."""

    problems: tuple[Problem, ...]
    total: int


def problems(
    connection: Connection, survey: Survey, context: Context, *, search: str = "", limit: int = 50, offset: int = 0
) -> Found:
    """The problems of a view and what was clicked: errors before warnings, then by table, rule and key.

    Only rules known to be broken are asked. ``search`` looks for the words as typed in key and names.
    """
    made: list[Problem] = []
    total, skip = 0, offset
    for rule, count in _broken(survey, context):
        asked = _Asked(survey, context, rule, search)
        many = connection.execute(asked.how_many).scalar_one() if search else count
        if skip < many and len(made) < limit:
            page = connection.execute(asked.lines.limit(limit - len(made)).offset(skip))
            made += [asked.problem(line) for line in page]
        skip = max(skip - many, 0)
        total += many
    return Found(tuple(made), total)


def _broken(survey: Survey, context: Context) -> list[tuple[Rule, int]]:
    many: Counter[Rule] = Counter()
    for count in counts(survey, context):
        many[count.rule] += count.broken
    return sorted(many.items(), key=lambda pair: not pair[0].is_error)


class _Asked:
    """The lines of one rule under a view."""

    def __init__(self, survey: Survey, context: Context, rule: Rule, search: str) -> None:
        assert survey.asked is not None and rule.broken is not None
        self.rule, self.survey = rule, survey
        table, known = TABLES[rule.table], survey.asked.known
        at = placed(rule.table, known, survey.asked.dialect)
        self.keys = [column for column in table.primary_key if column.name in known[table.name]]
        made = keeping(table.name)
        self.names = [name for name in made.named_by if name in known[table.name]]
        self.values = [name for name in rule.columns if name in known[table.name] and name not in KEPT_BACK]
        self.records = [(kind, name) for kind, name in made.record if name in known[table.name]]
        columns = [*self.keys, at.region, at.unit, *(table.c[name] for name in (*self.names, *self.values)),
                   *(table.c[name] for _, name in self.records)]  # fmt: skip
        # Labelled: a column may stand there several times.
        named = [column.label(f"c{i}") for i, column in enumerate(columns)]
        where = and_(shown(table.name, at, context), rule.broken, self._office(at, context), self._found(search))
        self.lines: Select[Any] = select(*named).select_from(at.source).where(where).order_by(*self.keys)
        self.how_many = select(func.count()).select_from(at.source).where(where)

    def _office(self, at: Placed, context: Context) -> ColumnElement[bool]:
        offices = context.filters.picked(OFFICE)
        tests = (of_office(self.rule.table, at, office, self.survey.bodies) for office in offices)
        return or_(*tests) if offices else true()

    def _found(self, search: str) -> ColumnElement[bool]:
        table = TABLES[self.rule.table]
        columns = [*self.keys, *(table.c[name] for name in self.names)]
        return or_(*(containing(cast(column, String(300)), search) for column in columns)) if search else true()

    def problem(self, line: Sequence[Any]) -> Problem:
        """One line of the answer."""
        rest = list(line)
        key = "/".join(str(rest.pop(0)) for _ in self.keys)
        region, unit = str(rest.pop(0)), rest.pop(0)
        names = tuple((name, rest.pop(0)) for name in self.names)
        values = tuple((name, rest.pop(0)) for name in self.values)
        histories = [(kind, str(value)) for (kind, _), value in zip(self.records, rest, strict=True) if value]
        office = office_of(self.rule.table, region, unit, self.survey.bodies)
        return Problem(self.rule, key, names, values, region, office, histories[0] if histories else None)


def written(rule: Rule, column: str, value: Any) -> Text:
    """A value in words: codes by their names, days as days, nothing as a dash."""
    described = TABLES[rule.table].c[column]
    codes: Any = described.info["codes"]
    if value is None:
        return Text("（空）", "(empty)")
    if codes is not None and value in codes:
        words: Mapping[str, Text] = codes.words
        return words[str(value)]
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    shown_as = value.strftime("%Y-%m-%d") if isinstance(value, date | datetime) else str(value)
    return Text(shown_as, shown_as)
