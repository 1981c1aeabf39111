"""Reported: the totals that exist only on paper, and the years whose rows are in the database.

Loaded once beside the local rules and carried by every context. ``origins.origin`` decides from it what a figure is
made of; ``measure`` fills figures accordingly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from itertools import pairwise
from types import MappingProxyType
from typing import Any

Codes = frozenset[str]
Years = tuple[int, ...]
_NOTHING: Mapping[Any, Any] = MappingProxyType({})
_PERIOD = re.compile(r"(?P<first>\d{4})(?:[-–—](?P<last>\d{4}))?", re.ASCII)
_TERM = re.compile(r"T(\d{1,2})", re.ASCII)
LONGEST = 30  # years; a longer span is a slip of the keyboard


@dataclass(frozen=True)
class Total:
    """One total printed in a report: ``value`` (for shares the numerator) of ``years``, and where it stands.

    ``is_term`` tells a total of a term (届) from one of the same years.
    """

    metric: str
    region: str
    years: Years
    value: float
    denominator: float | None
    source_doc: str
    is_estimate: bool = False
    is_term: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Reported:
    """What is known of years without rows, and of what the database lacks. Two of the same content are equal, and
    short in a cache key.

    ``kept`` says for each table in which years there are rows, and of which regions; ``totals`` the printed totals by
    metric, region and years; ``absent`` the tables, and ``table.column``, that the description has and the database
    lacks. Plain ``Reported()`` knows nothing: then rows are taken as they are, and a year without any is 0.
    """

    kept: Mapping[str, Mapping[int, Codes]] = field(default_factory=lambda: _NOTHING)
    totals: Mapping[tuple[str, str, Years], Total] = field(default_factory=lambda: _NOTHING)
    is_loaded: bool = False
    digest: str = ""
    absent: frozenset[str] = frozenset()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reported) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Reported({self.digest})"

    def without(self, table: str) -> Reported:
        """The same, had the database no such table."""
        return replace(self, absent=self.absent | {table}, digest=f"{self.digest}-{table}")

    def codes(self, table: str, year: int, *, since: bool = False) -> Codes:
        """The regions with rows of a table in a year, or with ``since`` in that year or any before."""
        return _codes_until(self, table, year) if since else self.kept.get(table, _NOTHING).get(year, frozenset())

    def first_day(self, table: str) -> date:
        """A day before which a table is known to have no dated row; the first of all days where nothing is known."""
        if not self.is_loaded:
            return date.min
        return date(min((year for year in self.kept.get(table, _NOTHING) if year > 0), default=date.max.year), 1, 1)

    @cached_property
    def metrics(self) -> frozenset[str]:
        """The metrics of which any total is printed."""
        return frozenset(metric for metric, _, _ in self.totals)

    def total(self, metric: str, region: str, years: Years) -> Total | None:
        """The printed total of a metric for exactly this region and these years."""
        return self.totals.get((metric, region, years))

    def below(self, metric: str, region: str, years: Years) -> tuple[Total, ...]:
        """The totals of exactly these years for regions inside another, the widest only where one holds another."""
        inside = sorted(
            (code for key, code, when in self.totals if (key, when) == (metric, years) and _is_inside(code, region)),
            key=lambda code: (len(code), code),
        )
        widest = [code for code in inside if not any(_is_inside(code, wider) for wider in inside)]
        return tuple(self.totals[metric, code, years] for code in widest)


@lru_cache(maxsize=2048)
def _codes_until(known: Reported, table: str, year: int) -> Codes:
    """The regions with rows of a table in a year or any before: every figure of what stands on a day asks it."""
    kept: Mapping[int, Codes] = known.kept.get(table, _NOTHING)
    return frozenset[str]().union(*(codes for when, codes in kept.items() if when <= year))


def _is_inside(code: str, region: str) -> bool:
    return code != region and code.startswith(region)


def reported(
    kept: Iterable[tuple[str, int, str]], totals: Iterable[Total], absent: frozenset[str] = frozenset()
) -> Reported:
    """What was found, put in order: rows as (table, year, region), the printed totals, and what the database lacks."""
    found: dict[str, dict[int, Codes]] = {}
    for table, year, code in kept:
        years = found.setdefault(table, {})
        years[year] = years.get(year, frozenset()) | {code}
    # A total of a span given in so many words is taken before that of a term of the same years.
    printed = {(t.metric, t.region, t.years): t for t in sorted(totals, key=lambda total: not total.is_term)}
    return Reported(found, printed, True, _digest(found, printed, absent), absent)


def _digest(
    kept: Mapping[str, Mapping[int, Codes]], totals: Mapping[tuple[str, str, Years], Total], absent: Codes
) -> str:
    rows = sorted((table, year, sorted(codes)) for table, years in kept.items() for year, codes in years.items())
    content = (rows, sorted(map(repr, totals.values())), sorted(absent))
    return sha256(repr(content).encode()).hexdigest()[:12]


def years_of(period: str, terms: Mapping[int, Years]) -> tuple[Years, bool]:
    """The years a written period means, and whether it is a term; none where it cannot be read.

    ``2019``, ``2019-2020``, or ``T4`` for the fourth term, whose years ``terms`` gives.
    """
    text = period.strip()
    if term := _TERM.fullmatch(text):
        return terms.get(int(term[1]), ()), True
    if not (span := _PERIOD.fullmatch(text)):
        return (), False
    first, last = int(span["first"]), int(span["last"] or span["first"])
    return (tuple(range(first, last + 1)) if first <= last < first + LONGEST else ()), False


def years_of_terms(starts: Mapping[int, date]) -> dict[int, Years]:
    """The work years of each term from the first days of the terms; none for the last, whose end is not known.

    A first session in December serves the year that follows.
    """
    ordered = sorted(starts.items(), key=lambda item: item[1])
    firsts = [(number, day.year + (day.month == 12)) for number, day in ordered]
    return {number: tuple(range(first, after)) for (number, first), (_, after) in pairwise(firsts)}
