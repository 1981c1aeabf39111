"""The values every query takes: who may see what, what was asked for, and as of which day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

from data_access.reported import Reported


@dataclass(frozen=True)
class Scope:
    """Regions a reader may see, as prefixes of region codes; empty means nothing at all.

    ``("990102",)`` is a whole district, ``("990102101",)`` one of its townships, ``("9901",)`` a city.
    """

    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filters:
    """What the reader asked for.

    ``years`` is the first and last year, both included. ``townships`` are 9-digit region codes; empty means all.
    ``picks`` are clicked marks as (dimension, code) pairs, sorted, such as ``("category", "FIN")``. ``since`` is the
    day after which changes count; missing means the last meeting of the Standing Committee.
    """

    years: tuple[int, int]
    townships: tuple[str, ...] = ()
    picks: tuple[tuple[str, str], ...] = ()
    since: date | None = None

    def __post_init__(self) -> None:
        if self.years[0] > self.years[1]:
            raise ValueError(f"First year {self.years[0]} lies after last year {self.years[1]}.")
        object.__setattr__(self, "townships", tuple(sorted(set(self.townships))))
        object.__setattr__(self, "picks", tuple(sorted(set(self.picks))))

    def picked(self, dimension: str) -> tuple[str, ...]:
        """Codes clicked in one dimension; empty when it is not filtered."""
        return tuple(code for name, code in self.picks if name == dimension)


@dataclass(frozen=True)
class Rules:
    """Local rules from ``rule_config``; the defaults are those of the Deputies Law where it names a number.

    Months are calendar months. ``region_code`` is the district's 6-digit code; ``region_word`` is 区, 县, 市 or 旗.
    Groups of fewer than ``small_n`` show counts, not rates. With ``ranking`` townships stand by value instead of code.
    A unit's answers are held up for checking from ``check_n`` items and ``check_share`` per cent on.
    Data of which less than ``quality_floor`` per cent is in order bear a word; an event is to be entered within
    ``record_days``, a table fed all the time to have an event of the last ``stale_days``. ``data_offices`` are local
    names of the bodies that keep the data, by role.
    ``yardsticks`` names the published figures shown beside our own (keys of ``data_access.yardsticks``).
    """

    region_code: str = ""
    region_name: str = ""
    region_word: str = "区"
    board_name: str = ""
    reply_months: int = 3
    extended_months: int = 6
    rehandle_months: int = 1
    rating_days: int = 30
    followup_months: int = 3
    soon_days: int = 15
    small_n: int = 5
    ranking: bool = False
    yardsticks: tuple[str, ...] = ()
    check_n: int = 5
    check_share: int = 30
    coverage_km: float = 3.0
    coverage_levels: tuple[str, ...] = ("ST",)
    class_names: tuple[tuple[str, str], ...] = ()
    quality_floor: int = 90
    record_days: int = 60
    stale_days: int = 90
    data_offices: tuple[tuple[str, str], ...] = ()
    since_cadre: date | None = None  # from when changes of cadres are counted; the years asked for where none is set
    fictional: bool = False


@dataclass(frozen=True)
class Context:
    """Scope, filters, as-of day, local rules and printed totals: enters every query, cache key, caption and export."""

    scope: Scope
    filters: Filters
    as_of: date
    rules: Rules = field(default_factory=Rules)
    reported: Reported = field(default_factory=Reported)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Whatever is kept is looked for by context, and half a hundred fields are slow to go through each time.
        return hash((self.scope, self.filters, self.as_of, self.rules, self.reported))

    @cached_property
    def key(self) -> str:
        """An unambiguous text of the whole value, for cache keys."""
        return repr(self)

    @cached_property
    def of_any_years(self) -> Context:
        """The same without its years and as-of day. Equal ones are one object, which a cache finds without comparing
        half a hundred fields."""
        filters = Filters((1, 1), self.filters.townships, self.filters.picks)
        return _the_one(replace(self, filters=filters, as_of=date.min))

    @property
    def years(self) -> tuple[int, ...]:
        """Every year asked for, ascending."""
        first, last = self.filters.years
        return tuple(range(first, last + 1))

    @property
    def stock_on(self) -> date:
        """The day a stock is counted on: the last day asked for, or the as-of day if that comes first."""
        return min(self.as_of, date(self.filters.years[1], 12, 31))

    def with_filters(self, **changes: object) -> Context:
        """The same context with some filters changed."""
        return replace(self, filters=replace(self.filters, **changes))  # type: ignore[arg-type]


@lru_cache(maxsize=256)
def _the_one(context: Context) -> Context:
    return context


@dataclass(frozen=True)
class Period:
    """One year's window: events from ``start`` to ``end``, known as of ``cut``."""

    year: int
    start: date
    end: date
    cut: date


def same_day(day: date, year: int) -> date:
    """The same month and day in another year; 29 February becomes the 28th where it must."""
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def periods(context: Context, *, years: tuple[int, ...] | None = None, same_dates: bool = False) -> tuple[Period, ...]:
    """One period a year.

    With ``same_dates`` each year ends on the as-of day's month and day, and is seen as it was known then:
    the fair comparison of an unfinished year. Otherwise every year is whole and seen as known on the as-of day.
    """
    made = []
    for year in years if years is not None else context.years:
        end = same_day(context.as_of, year) if same_dates else date(year, 12, 31)
        end = min(end, context.as_of)
        made.append(Period(year, date(year, 1, 1), end, end if same_dates else context.as_of))
    return tuple(made)
