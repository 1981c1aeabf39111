"""The invented district while it is being made: its calendar, its chances and the rows written so far."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]

DISTRICT = "990102"
DISTRICT_NAME = "云澜区"
CITY = "9901"
PROVINCE = "99"

FIRST_YEAR = 2021
OLD_TERM, NEW_TERM = 4, 5
OLD_TERM_STARTS = date(2016, 12, 20)
NEW_TERM_STARTS = date(2021, 12, 28)


@dataclass(frozen=True)
class World:
    """What every subject needs: the last day known, the seed, and the rows by table.

    Each subject, and most records, draw from a generator of their own: a later day only lets more of the same story
    be seen. Activities alone are told anew for another last day.
    """

    until: date
    seed: int
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def chance(self, subject: str) -> Random:
        """A generator of its own for a subject, so that one subject's changes leave the others alone."""
        return Random(f"{self.seed}/{subject}")

    def add(self, table: str, **values: Any) -> Row:
        """Write one row down."""
        values.setdefault("region_code", DISTRICT)
        self.rows.setdefault(table, []).append(values)
        return values

    def of(self, table: str) -> list[Row]:
        """The rows of a table written so far."""
        return self.rows.get(table, [])

    def knows(self, day: date | None) -> bool:
        """Whether a day has come."""
        return day is not None and day <= self.until

    def known(self, day: date | None) -> date | None:
        """The day if it has come, else None."""
        return day if self.knows(day) else None

    @property
    def years(self) -> range:
        """The calendar years that have rows."""
        return range(FIRST_YEAR, self.until.year + 1)


def months_after(day: date, months: int) -> date:
    """The same day some calendar months on, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_after(day: date, days: int) -> date:
    """A number of days on."""
    return day + timedelta(days=days)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return days_after(day, (7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def day_in(chance: Random, year: int, months: Sequence[int]) -> date:
    """Some working day in one of the months of a year."""
    return working_day(date(year, chance.choice(months), chance.randint(1, 25)))


def weighted(chance: Random, weights: Mapping[str, float]) -> str:
    """One of the keys, drawn by its weight."""
    return chance.choices(list(weights), list(weights.values()))[0]


def term_on(day: date) -> int:
    """The district term a day falls in."""
    return NEW_TERM if day >= NEW_TERM_STARTS else OLD_TERM
