"""How many suggestions will be overdue on a later day, from how fast each unit answered before.

The clock of an item is its days past the deadline (negative before it). Of all earlier items that were still unanswered
so many days before or after their deadline, some were answered on the next day and the others not: their share, day by
day, gives the chance that an item unanswered today is still unanswered later (Kaplan and Meier 1958, with items counted
from the day they were assigned). Items are taken to be answered independently of one another, so the number overdue
follows a Poisson-binomial distribution; its middle 80 % are the range. Nothing here asks a database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LEAST_CASES = 20  # answered items below which no pace is taken from them
LEAST_AT_RISK = 5  # a unit's items on one day of the clock below which the district's stand in for that day
TAIL = 0.1  # what lies below the range, and above it
MONTHS_TESTED = 24
NEVER = 10**7  # the day, as a number, of what has not happened

Days = NDArray[np.int64]
Chances = NDArray[np.float64]


@dataclass(frozen=True)
class Cases:
    """Items as columns of day numbers (``date.toordinal``); ``replied`` is ``NEVER`` where there is no reply yet.

    ``unit`` numbers the units from 0. Replies dated before the assignment must have been left out.
    """

    unit: Days
    assigned: Days
    due: Days
    replied: Days

    def answered_by(self, day: int) -> NDArray[np.bool_]:
        """Which items had been answered by the end of that day."""
        return self.replied <= day


@dataclass(frozen=True)
class Forecast:
    """What is expected of the items open at the end of ``day`` by the end of ``until``.

    ``items`` are places in the cases: assigned, unanswered, due on ``until`` or before; ``chance`` is that of being
    unanswered past the deadline on ``until``; ``cases`` how many answered items its pace rests on, ``is_own`` whether
    those are its own unit's.
    """

    day: int
    until: int
    items: Days
    chance: Chances
    cases: Days
    is_own: NDArray[np.bool_]


@dataclass(frozen=True)
class Trial:
    """One month forecast from what was known when it began, and what came."""

    until: date
    expected: float
    low: int
    high: int
    actual: int

    @property
    def is_inside(self) -> bool:
        """Whether what came lay inside the range."""
        return self.low <= self.actual <= self.high


def forecast(cases: Cases, day: int, until: int) -> Forecast | None:
    """The chances of every item that may be overdue on ``until``; None with fewer than 20 answered items in all.

    Only what was known at the end of ``day`` is used, but for deadlines extended and items handed on since. A unit with
    fewer than 20 answered items has the district's pace.
    """
    known = cases.assigned <= day
    answered = known & cases.answered_by(day)
    total = int(answered.sum())
    if total < LEAST_CASES:
        return None
    units = int(cases.unit.max()) + 1
    own = np.bincount(cases.unit[answered], minlength=units)
    items = np.flatnonzero(known & ~answered & (cases.due <= until))
    unit, due = cases.unit[items], cases.due[items]
    is_own = own[unit] >= LEAST_CASES
    chance = np.zeros(len(items))
    late = due < until  # on the deadline itself there is still time
    if late.any():
        staying, start = _staying(cases, known, day, int((until - due).max()), own >= LEAST_CASES)
        row, clock = np.where(is_own, unit, units)[late], due[late] + start
        chance[late] = np.exp(staying[row, until - clock] - staying[row, day - clock])
    return Forecast(day, until, items, chance, np.where(is_own, own[unit], total), is_own)


def _staying(
    cases: Cases, known: NDArray[np.bool_], day: int, furthest: int, has_own: NDArray[np.bool_]
) -> tuple[Chances, int]:
    """The logarithm of the share unanswered at the end of each day of the clock: a row a unit, the district's last.

    Also the clock's first day: column ``i`` is day ``start + i``, up to the day ``furthest`` at least.
    """
    unit, due = cases.unit[known], cases.due[known]
    entry, answer = cases.assigned[known] - due, np.minimum(cases.replied[known], day) - due
    happened = cases.replied[known] <= day
    start = int(min(entry.min(), answer.min())) - 1
    width = max(int(answer.max()), furthest) - start + 2
    rows = len(has_own)

    def by_day(of: Days, days: Days) -> Chances:
        counted = np.bincount(of * width + days - start, minlength=rows * width).reshape(rows, width)
        return np.vstack([counted, counted.sum(axis=0)]).astype(float)

    events = by_day(unit[happened], answer[happened])
    # On a day of the clock those count that have been assigned by then and have not left on an earlier day.
    left = by_day(unit, answer + 1)
    at_risk = np.cumsum(by_day(unit, entry) - left, axis=1)
    share = np.divide(events, at_risk, out=np.zeros_like(events), where=at_risk > 0)
    thin = (at_risk[:-1] < LEAST_AT_RISK) | ~has_own[:, None]
    share[:-1] = np.where(thin, share[-1], share[:-1])
    return np.cumsum(np.log1p(-np.minimum(share, 1 - 1e-12)), axis=1), start


def spread(chances: Chances) -> Chances:
    """How likely it is that 0, 1, 2 ... of independent events happen, given the chance of each."""
    made = np.ones(1)
    for chance in chances:
        made = np.append(made * (1 - chance), 0.0) + np.append(0.0, made * chance)
    return made


def span(chances: Chances) -> tuple[int, int]:
    """The middle 80 % of that number: with at most 10 % below the first and at most 10 % above the second."""
    upto = np.cumsum(spread(chances))
    low, high = (int(np.searchsorted(upto, share - 1e-9)) for share in (TAIL, 1 - TAIL))
    return low, min(high, len(chances))


def overdue(cases: Cases, day: int) -> int:
    """How many items were past their deadline and unanswered at the end of that day."""
    return int(((cases.assigned <= day) & (cases.due < day) & (cases.replied > day)).sum())


def backtest(cases: Cases, today: date, months: int = MONTHS_TESTED) -> tuple[Trial, ...]:
    """The last so many whole months before ``today``, each forecast from the end of the month before, oldest first.

    Months before whose end no open item fell due prove nothing and are left out, as are those with too few cases.
    """
    made = []
    ends = month_ends(today, months + 1)
    for before, until in pairwise(ends):
        found = forecast(cases, before.toordinal(), until.toordinal())
        if found is not None and (cases.due[found.items] < found.until).any():
            low, high = span(found.chance)
            came = overdue(cases, until.toordinal())
            made.append(Trial(until, float(found.chance.sum()), low, high, came))
    return tuple(made)


def month_end(day: date) -> date:
    """The last day of the month."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)


def month_ends(today: date, count: int) -> Sequence[date]:
    """The last days of the latest so many months that are over, oldest first."""
    made = [today if today == month_end(today) else today.replace(day=1) - timedelta(days=1)]
    while len(made) < count:
        made.append(made[-1].replace(day=1) - timedelta(days=1))
    return made[::-1]
