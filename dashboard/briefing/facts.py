"""Facts: every value the sentences may need, asked once for a view, and what of it is not on record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import View
from data_access.context import Context
from data_access.dimensions import labels
from data_access.lists import regions
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.conditions import claims
from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.rows import ROWS
from data_access.text import Text

NOTHING = Text("", "")
REST = ".rest"
# Sources that hold a part of another's records: a year without any of them may simply have had none, so whether
# anything is on record is asked of the other.
STANDS_ON = {
    "appointment_procedure": "appointments",
    "campaigns": "receptions",
    "followups_open": "supervision_items",
    "promises": "proposals",
    "proposals_open": "proposals",
    "resolution_reports": "resolutions",
    "resolutions_open": "resolutions",
    "statutory_duties": "supervision_items",
}

# How many rows of a source there are at all: a year without any is a year without records, whatever a metric says.
_rows = partial(
    Metric, name=NOTHING, unit=NOTHING, definition=NOTHING, excludes=NOTHING, source=NOTHING, kind=Kind.COUNT,
    direction=Direction.NEUTRAL, counted=claims(),
)  # fmt: skip


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
    ``measure``. ``places`` are the names of the townships asked for; ``years`` are those asked for that have begun by
    the as-of day, empty when none has. ``missing`` names, for each row source, the years ``looked_at`` in which it
    holds no row at all (a source of a stock: all of them or none); they reach back to where figures of the term and
    those since a set date begin. ``term_start`` is the year in which the term of the last year asked for began to
    work, ``is_this_term`` whether that term is the as-of day's.
    """

    whole: Mapping[Any, Any]
    last: Mapping[Any, Any]
    missing: Mapping[str, tuple[int, ...]]
    places: tuple[str, ...]
    years: tuple[int, ...]
    looked_at: tuple[int, ...]
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

    def gaps(self, metric: Metric, *, of_last_year: bool = False) -> tuple[int, ...]:
        """The years, of those a figure is meant to add up, without any record; none for what is no sum over years."""
        if ROWS[metric.rows].window is Window.STOCK or metric.window is not Window.FLOW:
            return ()
        meant = self.years[-1:] if of_last_year else self.years
        gone = self.missing[STANDS_ON.get(metric.rows, metric.rows)]
        return tuple(year for year in meant if year in gone)

    def is_known(self, source: str, window: Window = Window.FLOW, *, of_last_year: bool = False) -> bool:
        """Whether a row source has anything on record within the years from which a figure could come."""
        meant = self.looked_at if window in (Window.TERM, Window.SINCE) else self.years
        gone = self.missing[STANDS_ON.get(source, source)]
        return any(year not in gone for year in (meant[-1:] if of_last_year else meant))


def ask(
    connection: Connection, view: View, metrics: tuple[Metric, ...], yearly: tuple[Metric, ...], needs: tuple[str, ...]
) -> Facts:
    """Everything the sentences need.

    ``yearly`` are the metrics whose last year is told by itself; ``needs`` further row sources to look for.
    """
    context = view.context
    years = tuple(year for year in context.years if year <= context.as_of.year)
    begun = years or context.years[:1]
    whole = measure(connection, metrics, context, years=begun).iloc[0].to_dict()
    last = whole if len(begun) == 1 else measure(connection, yearly, context, years=begun[-1:]).iloc[0].to_dict()
    names = labels(connection, "township", context)
    sources = {STANDS_ON.get(source, source) for source in (*needs, *(metric.rows for metric in metrics))}
    term_start = regions.term_start(connection, date(begun[-1], 12, 31))
    since = context.rules.since_cadre
    earliest = min(begun[0], term_start, since.year if since else begun[0])
    looked_at = tuple(range(earliest, begun[-1] + 1))
    return Facts(
        whole=whole,
        last=last,
        missing=missing_years(connection, view.context, sources, looked_at),
        places=tuple(names[code](view.lang) for code in context.filters.townships if code in names),
        years=years,
        looked_at=looked_at,
        term_start=term_start,
        is_this_term=term_start == regions.term_start(connection, context.as_of),
    )


def missing_years(
    connection: Connection, context: Context, sources: Collection[str], years: tuple[int, ...]
) -> dict[str, tuple[int, ...]]:
    """For each row source the years in which the whole district has no row of it; a stock has all of them or none."""
    asked = [_rows(key=name, rows=name, window=ROWS[name].window) for name in sorted(sources)]
    district = context.with_filters(townships=(), picks=())
    found = measure(connection, asked, district, by=("year",), years=years)
    made = {}
    for metric in asked:
        empty = tuple(int(y) for y, n in zip(found["year"], found[metric.key], strict=True) if not n)
        is_stock = metric.window is Window.STOCK
        made[metric.key] = (years if years[-1] in empty else ()) if is_stock else empty
    return made


def is_positive(value: Any) -> bool:
    """Whether there is a figure above zero."""
    return not formats.is_missing(value) and float(value) > 0
