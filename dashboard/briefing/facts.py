"""Facts: every value the sentences may need, asked once for a view, and what of it is not on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import View
from data_access.dimensions import labels
from data_access.lists import regions
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric, Window
from data_access.origins import Origin, gathering, origin
from data_access.rows import ROWS

REST = ".rest"


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

    ``whole`` are the totals of the years asked for, ``last`` those of the last of them alone; both hold the columns of
    ``measure``. ``origins`` say for each metric, and whether of the last year alone, what its figure is made of; a
    figure without one is made of rows. ``places`` are the names of the townships asked for; ``years`` are those asked
    for that have begun by the as-of day, empty when none has. ``term_start`` is the year in which the term of the last
    year asked for began to work, ``is_this_term`` whether that term is the as-of day's.
    """

    whole: Mapping[Any, Any]
    last: Mapping[Any, Any]
    origins: Mapping[tuple[str, bool], Origin]
    places: tuple[str, ...]
    years: tuple[int, ...]
    term_start: int
    is_this_term: bool = True

    def value(self, slot: Slot, *, of_last_year: bool = False) -> Any:
        """The number of a slot; missing (NaN) where its metric's is."""
        found = self.last if of_last_year else self.whole
        if slot.minus is not None:
            minus = self.value(slot.minus, of_last_year=of_last_year)
            return self.value(replace(slot, minus=None), of_last_year=of_last_year) - minus
        if slot.part == REST:
            return found[f"{slot.key}.n"] - found[f"{slot.key}.k"]
        return found[slot.key + slot.part]

    def origin(self, metric: Metric, *, of_last_year: bool = False) -> Origin:
        """What a metric's figure is made of."""
        return self.origins.get((metric.key, of_last_year), Origin(rows=self.years))

    def gaps(self, metric: Metric, *, of_last_year: bool = False) -> tuple[int, ...]:
        """The years, of those a figure is meant to add up, of which nothing is known; none for what is no sum."""
        if ROWS[metric.rows].window is Window.STOCK or metric.window is not Window.FLOW:
            return ()
        return self.origin(metric, of_last_year=of_last_year).lacking


def ask(connection: Connection, view: View, metrics: tuple[Metric, ...], yearly: tuple[Metric, ...]) -> Facts:
    """Everything the sentences need. ``yearly`` are the metrics whose last year is told by itself."""
    context = view.context
    years = tuple(year for year in context.years if year <= context.as_of.year)
    begun = years or context.years[:1]
    with gathering():  # each figure says itself where it comes from
        whole = measure(connection, metrics, context, years=begun).iloc[0].to_dict()
        last = whole if len(begun) == 1 else measure(connection, yearly, context, years=begun[-1:]).iloc[0].to_dict()
    names = labels(connection, "township", context)
    term_start = regions.term_start(connection, date(begun[-1], 12, 31))
    return Facts(
        whole=whole,
        last=last,
        origins={(metric.key, False): origin(context, metric, begun) for metric in metrics}
        | {(metric.key, True): origin(context, metric, begun[-1:]) for metric in yearly},
        places=tuple(names[code](view.lang) for code in context.filters.townships if code in names),
        years=years,
        term_start=term_start,
        is_this_term=term_start == regions.term_start(connection, context.as_of),
    )


def is_positive(value: Any) -> bool:
    """Whether there is a figure above zero."""
    return not formats.is_missing(value) and float(value) > 0
