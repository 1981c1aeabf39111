"""A survey added up for one view: its years and townships, and what was clicked; nothing is asked of the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from data_access.context import Context
from data_access.quality.aspects import Aspect
from data_access.quality.register import EVERY, years_shown
from data_access.quality.rules import Rule
from data_access.quality.survey import Cell, Survey, Surveyed

TABLE, RULE, ASPECT, OFFICE = "data_table", "data_rule", "data_aspect", "office"  # dimensions that can be clicked


@dataclass(frozen=True)
class Count:
    """How many records of one cell break one rule: ``broken`` of the ``asked``."""

    rule: Rule
    cell: Cell
    broken: int
    asked: int


@dataclass(frozen=True)
class Score:
    """The quality of some tables in figures: pairs are (in order, asked).

    ``complete`` counts cells, ``timely`` and ``consistent`` records. ``problems`` is how many lines the list of them
    has. ``newest`` is the last day on which something happened in any of the tables.
    """

    rows: int = 0
    complete: tuple[int, int] = (0, 0)
    timely: tuple[int, int] = (0, 0)
    consistent: tuple[int, int] = (0, 0)
    twice: int = 0
    problems: int = 0
    newest: date | None = None

    @property
    def worst(self) -> float | None:
        """The lowest of the shares, which stands for all in one word; duplicates count as rows out of order. Missing
        where nothing was asked."""
        unique = (self.rows - self.twice, self.rows)
        pairs = (self.complete, self.timely, self.consistent, unique)
        return min((k / n for k, n in pairs if n), default=None)


def score(survey: Survey, context: Context, tables: Iterable[str] | None = None) -> Score:
    """The quality of tables, all of them where none are named, under a view and an office clicked."""
    made = [survey.tables[name] for name in (survey.tables if tables is None else tables) if name in survey.tables]
    return added(_score(table, lines(table, context)) for table in made)


def scores(survey: Survey, context: Context) -> dict[str, Score]:
    """The quality of each table under a view."""
    return {name: _score(made, lines(made, context)) for name, made in survey.tables.items()}


def added(parts: Iterable[Score]) -> Score:
    """Scores of different tables together."""
    each = list(parts)
    return Score(
        rows=sum(one.rows for one in each),
        complete=_pair(one.complete for one in each),
        timely=_pair(one.timely for one in each),
        consistent=_pair(one.consistent for one in each),
        twice=sum(one.twice for one in each),
        problems=sum(one.problems for one in each),
        newest=max((one.newest for one in each if one.newest is not None), default=None),
    )


def _pair(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    each = list(pairs)
    return sum(k for k, _ in each), sum(n for _, n in each)


def _score(made: Surveyed, wanted: NDArray[np.bool_]) -> Score:
    broken, asked = made.broken[wanted].sum(axis=0).tolist(), made.asked[wanted].sum(axis=0).tolist()
    rows = int(made.rows[wanted].sum())

    def of(aspect: Aspect) -> tuple[int, int]:
        places = [place for place, rule in enumerate(made.rules) if rule.aspect is aspect]
        return sum(broken[place] for place in places), sum(asked[place] for place in places)

    empty, cells = of(Aspect.COMPLETE)
    late, dated = of(Aspect.TIMELY)
    return Score(
        rows,
        (cells - empty, cells),
        (dated - late, dated),
        (rows - int(made.contradicted[wanted].sum()), rows),
        of(Aspect.UNIQUE)[0],
        sum(broken),
        made.newest_event,
    )


def counts(survey: Survey, context: Context, *, but: str = "") -> Iterator[Count]:
    """Every rule and cell with something broken under a view and what was clicked, in the order of tables and rules.

    ``but`` names a dimension whose clicks are left out: a list of offices shows all of them, not the clicked one alone.
    """
    for made in survey.tables.values():
        wanted = lines(made, context, but=but)
        for place, line in np.argwhere(((made.broken > 0) & wanted[:, None]).T):
            rule = made.rules[place]
            if is_clicked(rule, context, but=but):
                yield Count(rule, made.cells[line], int(made.broken[line, place]), int(made.asked[line, place]))


def is_clicked(rule: Rule, context: Context, *, but: str = "") -> bool:
    """Whether a rule is among those clicked; every one is where nothing was."""
    own = {TABLE: rule.table, RULE: rule.key, ASPECT: rule.aspect.value}
    asked = ((code, context.filters.picked(name)) for name, code in own.items() if name != but)
    return all(code in codes for code, codes in asked if codes)


def lines(made: Surveyed, context: Context, *, but: str = "") -> NDArray[np.bool_]:
    """Which cells of a table are those of a view: its years and townships, and the offices clicked."""
    first, last = years_shown(made.table, context)
    offices = context.filters.picked(OFFICE) if but != OFFICE else ()
    return _lines(made, first, last, context.filters.townships, offices)


# Every exhibit of a page asks for the same ones; an entry weighs a kilobyte.
@lru_cache(maxsize=512)
def _lines(
    made: Surveyed, first: int, last: int, towns: tuple[str, ...], offices: tuple[str, ...]
) -> NDArray[np.bool_]:
    return np.array(
        [
            (cell.year == EVERY or first <= cell.year <= last)
            and (not towns or cell.region.startswith(towns))
            and (not offices or cell.office in offices)
            for cell in made.cells
        ],
        dtype=bool,
    )
