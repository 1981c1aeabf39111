"""Facts: every value the sentences may need, asked once for a view, and what of it is not on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import View
from data_access.context import Context
from data_access.dimensions import labels
from data_access.lists import regions
from data_access.lists.deputies import term_before
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric, Window
from data_access.origins import Origin, gathering, origin
from data_access.rows import ROWS

REST = ".rest"
# What a figure is of: the years asked for together, the last of them alone, the last day of the term before.
Of = Literal["years", "last_year", "term_before"]


@dataclass(frozen=True)
class Slot:
    """One number a template asks for.

    ``key`` is a metric's; ``part`` is empty for its value, ``.k`` or ``.n`` for the numerator or base of a share,
    ``.rest`` for what of the base was not counted; ``minus`` is a slot taken away from it.
    """

    key: str
    part: str = ""
    minus: Slot | None = None

    @classmethod
    def of(cls, words: str) -> Slot:
        """The slot of ``P04.k``, ``P13.rest`` or ``P12.k-P11.k``."""
        one, _, other = words.partition("-")
        name, part = next(((one[: -len(p)], p) for p in (".k", ".n", REST) if one.endswith(p)), (one, ""))
        return cls(name, part, cls.of(other) if other else None)

    @property
    def metric(self) -> Metric:
        """The metric it is of."""
        return METRICS[self.key]

    @property
    def name(self) -> str:
        """As it is written in a template."""
        return f"{self.key}{self.part}" + (f"-{self.minus.name}" if self.minus else "")


@dataclass(frozen=True)
class Facts:
    """Measured values and what surrounds them.

    ``values`` are the columns of ``measure`` by what they are of; ``origins`` say what a metric's figure is made of,
    and one without is made of rows. ``places`` are the names of the townships asked for; ``years`` are those asked for
    that have begun by the as-of day, empty when none has. ``term_start`` is the year in which the term of the last
    year asked for began to work, ``is_this_term`` whether that term is the as-of day's; ``before`` asks as of the last
    day of the term before.
    """

    values: Mapping[Of, Mapping[Any, Any]]
    origins: Mapping[tuple[str, Of], Origin]
    places: tuple[str, ...]
    years: tuple[int, ...]
    term_start: int
    is_this_term: bool = True
    before: Context | None = None

    def value(self, slot: Slot, of: Of = "years") -> Any:
        """The number of a slot; missing (NaN) where its metric's is."""
        found = self.values[of]
        if slot.minus is not None:
            return self.value(replace(slot, minus=None), of) - self.value(slot.minus, of)
        if slot.part == REST:
            return found[f"{slot.key}.n"] - found[f"{slot.key}.k"]
        return found[slot.key + slot.part]

    def origin(self, metric: Metric, of: Of = "years") -> Origin:
        """What a metric's figure is made of."""
        return self.origins.get((metric.key, of), Origin(rows=self.years))

    def gaps(self, metric: Metric, of: Of = "years") -> tuple[int, ...]:
        """The years, of those a figure is meant to add up, of which nothing is known; none for what is no sum."""
        if ROWS[metric.rows].window is Window.STOCK or metric.window is not Window.FLOW:
            return ()
        return self.origin(metric, of).lacking


def ask(connection: Connection, view: View, metrics: Mapping[Of, tuple[Metric, ...]]) -> Facts:
    """Everything the sentences need."""
    context = view.context
    years = tuple(year for year in context.years if year <= context.as_of.year)
    begun = years or context.years[:1]
    before = term_before(connection, context)
    asked: dict[Of, tuple[Context, tuple[int, ...]]] = {
        "years": (context, begun),
        "last_year": (context, begun[-1:]),
        "term_before": (before, before.years),
    }
    with gathering():  # each figure says itself where it comes from
        values = {
            of: measure(connection, metrics[of], under, years=over).iloc[0].to_dict()
            for of, (under, over) in asked.items()
        }
    names = labels(connection, "township", context)
    gaps = context.reported.absent
    term_start = regions.term_start(connection, date(begun[-1], 12, 31), absent=gaps)
    return Facts(
        values=values,
        origins={
            (metric.key, of): origin(under, metric, over)
            for of, (under, over) in asked.items()
            for metric in metrics[of]
        },
        places=tuple(names[code](view.lang) for code in context.filters.townships if code in names),
        years=years,
        term_start=term_start,
        is_this_term=term_start == regions.term_start(connection, context.as_of, absent=gaps),
        before=before,
    )


def is_positive(value: Any) -> bool:
    """Whether there is a figure above zero."""
    return not formats.is_missing(value) and float(value) > 0
