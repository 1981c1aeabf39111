"""Which page needs which table and column, as recorded in ``needs.csv``; and what a gap in a database costs.

``needs.csv`` holds, exhibit by exhibit, what the statements looked at that it really sent while it was drawn on the
sample district. ``python -m dashboard needs`` writes it again, and a test says when it must be. Metrics need no such
list: their statements can be asked at once (``reads.needs``).
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.reads import lacks, needs

FILE = Path(__file__).with_suffix(".csv")
HEADS = ("page", "title", "exhibit", "name", "reads")
EVERY = "*"  # stands for what all pages need: the filters, the local rules


@dataclass(frozen=True)
class Use:
    """An exhibit of a page, by its names in Chinese, and the tables and ``table.column`` it looks at."""

    page: str
    title: str
    exhibit: str
    name: str
    reads: frozenset[str]


@lru_cache(maxsize=1)
def uses() -> tuple[Use, ...]:
    """Every exhibit, in the order of the menu and of the pages."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Use(row["page"], row["title"], row["exhibit"], row["name"], _read(row["reads"]))
            for row in csv.DictReader(file)
        )


def written(found: Iterable[Use]) -> str:
    """The uses as the text of ``needs.csv``."""
    lines = [HEADS, *((use.page, use.title, use.exhibit, use.name, _shown(use.reads)) for use in found)]
    return "".join(",".join(line) + "\n" for line in lines)


def _shown(reads: Collection[str]) -> str:
    parts = []
    for table in sorted(name for name in reads if "." not in name):
        columns = sorted(name.partition(".")[2] for name in reads if name.startswith(f"{table}."))
        parts.append(" ".join((f"{table}:", *columns)))
    return "; ".join(parts)


def _read(text: str) -> frozenset[str]:
    found: set[str] = set()
    for part in filter(None, text.split("; ")):
        table, *columns = part.split()
        table = table.removesuffix(":")
        found |= {table, *(f"{table}.{column}" for column in columns)}
    return frozenset(found)


@dataclass(frozen=True)
class Cost:
    """What the absence of some tables or columns costs: exhibits, and metrics."""

    exhibits: tuple[Use, ...]
    metrics: tuple[Metric, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """The titles of the pages concerned, each once."""
        return tuple(dict.fromkeys(use.title for use in self.exhibits))


def cost(absent: Collection[str]) -> Cost:
    """What it costs that a database lacks these tables and columns."""
    return Cost(
        tuple(use for use in uses() if use.reads.intersection(absent)),
        tuple(metric for metric in METRICS.values() if lacks(metric, absent)),
    )


@lru_cache(maxsize=1)
def wanted() -> frozenset[str]:
    """Every table and column that an exhibit or a metric looks at; the others are kept for the office itself."""
    return frozenset[str]().union(*(use.reads for use in uses()), *map(needs, METRICS.values()))
