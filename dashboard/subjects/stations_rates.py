"""The rates a map can show by township: what they are, their fixed classes and how they are written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard import formats
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.labels import as_rows
from dashboard.subjects import stations_choice as choice
from dashboard.subjects.stations_reach import Reach, within
from data_access.coverage import Coverage
from data_access.text import Lang, Text

BELOW = Text("低于 {b}", "below {b}")
BETWEEN = Text("{a}–{b}", "{a}–{b}")
FROM = Text("{a} 及以上", "{a} or more")

COVERAGE_NAME = Text("{within}占比", "{within}, share")
PEOPLE_NAME = Text("每个联络站服务的常住人口（人）", "residents per liaison station")
EVENTS_NAME = Text("每万人进站活动（场）", "receptions per 10,000 residents")
EVENTS_YEARLY = Text("每万人年均进站活动（场）", "receptions per 10,000 residents and year")

Values = Callable[[Reach, Coverage, View], Mapping[str, float]]


@dataclass(frozen=True)
class Rate:
    """One rate by township code.

    ``breaks`` are the lower ends of the second to fourth class: fixed, so that two months can be compared.
    ``scale`` and ``unit`` turn a value into what is written: 0.43 into 43%.
    """

    words: Callable[[View], str]
    breaks: tuple[float, float, float]
    values: Values
    scale: float = 1.0
    unit: str = ""
    decimals: int = 0

    def name(self, view: View) -> str:
        """The rate's name, with radius and level where they matter."""
        return self.words(view)

    def step(self, value: float) -> int:
        """The class of a value, 0 to 3."""
        return bisect_right(self.breaks, value)

    def written(self, value: float, lang: Lang) -> str:
        """A value in full, for hovering."""
        return f"{formats.number(value * self.scale, max(self.decimals, 1 if self.unit == '%' else 0))}{self.unit}"

    def short(self, value: float) -> str:
        """A value as it stands on its area."""
        return f"{formats.number(value * self.scale, self.decimals)}{self.unit}"

    def classes(self, lang: Lang) -> tuple[str, ...]:
        """The words of the four classes, lowest first."""
        a, b, c = (formats.number(value * self.scale) for value in self.breaks)
        return (
            BELOW(lang, b=a + self.unit),
            BETWEEN(lang, a=a, b=b + self.unit),
            BETWEEN(lang, a=b, b=c + self.unit),
            FROM(lang, a=c + self.unit),
        )


def _coverage(found: Reach, covered: Coverage, view: View) -> Mapping[str, float]:
    """Share of each township's located villages within the radius."""
    return {code: near / known for code, (near, known) in sorted(covered.by_region.items())}


def _people(found: Reach, covered: Coverage, view: View) -> Mapping[str, float]:
    """Residents for each station of a township; none where there is no station."""
    towns = found.towns[(found.towns["stations"] > 0) & found.towns["population"].notna()]
    return {row["region_code"]: row["population"] / row["stations"] for row in as_rows(towns)}


def _events(found: Reach, covered: Coverage, view: View) -> Mapping[str, float]:
    """Receptions at the sites of the counted levels for every 10,000 residents, a year's mean over several years."""
    counted = found.sites[found.sites["level"].isin(view.context.rules.coverage_levels)]
    held = counted.groupby("region_code")["events"].sum()
    first, last = view.context.filters.years
    towns = as_rows(found.towns[found.towns["population"].fillna(0) > 0])
    return {
        row["region_code"]: 10_000 * float(held.get(row["region_code"], 0)) / row["population"] / (last - first + 1)
        for row in towns
    }


def _events_name(view: View) -> str:
    first, last = view.context.filters.years
    return (EVENTS_NAME if first == last else EVENTS_YEARLY)(view.lang)


RATES: dict[str, Rate] = {
    choice.COVERAGE: Rate(
        words=lambda view: COVERAGE_NAME(view.lang, within=within(view)),
        breaks=(0.25, 0.5, 0.75),
        values=_coverage,
        scale=100,
        unit="%",
    ),
    "people": Rate(lambda view: PEOPLE_NAME(view.lang), (10_000, 20_000, 30_000), _people),
    "events": Rate(_events_name, (2, 4, 6), _events, decimals=1),
}
