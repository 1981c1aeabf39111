"""How far a rate or a count may lie from the common one by chance alone: exact binomial and Poisson limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import exp, lgamma, log, log1p

TAILS = (0.001, 0.025)  # what lies below the lower limits of 99.8 % and of 95 %


# Drawings ask for the same limits several times: a funnel is drawn wide and narrow, a bar is marked and told of.
@lru_cache(maxsize=4096)
def limits(n: int, share: float) -> tuple[float, ...]:
    """Limits of the rate of ``n`` items, each of which counts with probability ``share``: 99.8 % lower, 95 % lower,
    95 % upper, 99.8 % upper.

    Interpolated between whole counts, so that the limits run smoothly; a count is beyond a limit exactly when its tail
    is no likelier than the limit says. With a common rate of 0 or 1 nothing varies and all four are that rate.

    Source: D. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005),
    appendix A.1.1; the upper limits are the lower ones of the items not counted.
    """
    if n <= 0 or share <= 0 or share >= 1:
        return (share,) * (2 * len(TAILS))
    lowest, low = _lower(n, share)
    rest_lowest, rest_low = _lower(n, 1 - share)
    return lowest, low, 1 - rest_low, 1 - rest_lowest


def _lower(n: int, share: float) -> Iterator[float]:
    counted = _cumulative(n, share)
    count, below, upto = 0, 0.0, 0.0
    for level in TAILS:
        while upto < level and count <= n:
            below, upto = upto, next(counted)
            count += 1
        part = (upto - level) / (upto - below) if upto > below else 0.0
        yield max((count - 1 - part) / n, 0.0)


def _cumulative(n: int, share: float) -> Iterator[float]:
    """The chance of at most 0, 1, 2 ... counted items of ``n``."""
    total = 0.0
    for count in range(n + 1):
        ways = lgamma(n + 1) - lgamma(count + 1) - lgamma(n - count + 1)
        total += exp(ways + count * log(share) + (n - count) * log1p(-share))
        yield min(total, 1.0)
    # Rounding may leave the sum a hair under 1.
    while True:
        yield 1.0


@lru_cache(maxsize=4096)
def count_limits(expected: float) -> tuple[float, float]:
    """The 95 % limits of a count of which so many are expected: 2.5 % of counts lie below, 2.5 % above.

    Interpolated as ``limits`` are. Nothing expected leaves no room: both limits are 0.

    Source: the same, appendix A.1.2 (Poisson).
    """
    if expected <= 0:
        return 0.0, 0.0
    level = TAILS[-1]
    count, below, upto = 0, 0.0, exp(-expected)
    while upto < level:
        count, below, upto = count + 1, upto, upto + _poisson(count + 1, expected)
    low = max(count - (upto - level) / (upto - below), 0.0)
    while 1 - upto >= level:
        count, below, upto = count + 1, upto, upto + _poisson(count + 1, expected)
    # The last count whose upper tail, itself included, is still as likely as the limit says is ``count``.
    rest, beyond = 1 - below, 1 - upto
    return low, count + (rest - level) / (rest - beyond)


def _poisson(count: int, expected: float) -> float:
    return exp(count * log(expected) - expected - lgamma(count + 1))


def sizes(largest: int, points: int = 60) -> Sequence[int]:
    """Up to so many whole numbers from 1 to ``largest``, close together where limits bend most."""
    if largest <= points:
        return range(1, largest + 1)
    steps = {round(1 + (largest - 1) * (i / (points - 1)) ** 2) for i in range(points)}
    return sorted(steps)
