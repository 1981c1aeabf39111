"""Figures that the exhibits of a page ask for side by side, answered by one statement whose counts are added up.

What makes a statement slow is to find each row's unit and replies; to count one more thing of it costs next to nothing.
Only counts and sums, and shares of them, may stand here: distinct values and quantiles do not add up. What is asked by
year is kept by year, so that a span of years asks only for those that nobody has asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from data_access.context import Period
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.rows.base import RowSource

Group = tuple[Any, ...]


@dataclass(frozen=True)
class Together:
    """Metrics over the same rows and of one window, and the dimensions by which one or other exhibit asks for them.

    ``simple`` names those metrics and dimensions that a statement of their own answers sooner, ``whole`` the metrics
    that nobody asks for in years as they were known on the same day of each.
    """

    metrics: tuple[Metric, ...]
    by: tuple[str, ...]
    simple: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()

    def wider(self, question: Question, by: Collection[str]) -> tuple[tuple[Metric, ...], tuple[str, ...]] | None:
        """What to ask instead: all the metrics, by all the dimensions; None where the question stands for itself."""
        asked = {metric.key for metric in question.metrics}
        is_known = asked <= {metric.key for metric in self.metrics} and {*by} <= {*self.by}
        if not is_known or {*asked, *by} <= self.simple:
            return None
        if len({period.cut for period in question.periods}) == 1:
            return self.metrics, self.by
        if {*by} - {"year"} or asked & self.whole:
            return None
        return tuple(metric for metric in self.metrics if metric.key not in self.whole), ("year",)


class Question(Protocol):
    """What of a question decides whether others are asked along."""

    @property
    def source(self) -> RowSource: ...

    @property
    def periods(self) -> tuple[Period, ...]: ...

    @property
    def metrics(self) -> tuple[Metric, ...]: ...


def _metrics(*keys: str) -> tuple[Metric, ...]:
    return tuple(METRICS[key] for key in keys)


TOGETHER: dict[str, tuple[Together, ...]] = {
    "proposals": (
        Together(
            _metrics("P01", "P02b", "P03", "P04", "P04d", "P05", "P08", "P11", "P11f", "P13", "P14", "P14a"),
            (
                *("year", "phase", "competence", "status", "class_now"),
                *("first_result", "final_result", "first_attitude", "final_attitude"),
            ),
            simple=frozenset(("P01", "P02b", "P03", "year", "phase", "competence", "status")),
            whole=frozenset(("P02b", "P03", "P14", "P14a")),
        ),
        Together(_metrics("P08"), ("year", "township")),
    ),
    "proposal_units": (
        Together(
            _metrics("P05u", "P25.last", "P25.batch", "P25.rated", "P25.n", "P25.r"), ("year", "unit", "due_band")
        ),
    ),
    "deputies": (
        Together(_metrics("L15.serving.d", "L15.serving.t", "L15.all", "L04", "L05"), ("township", "level")),
        Together(_metrics("L10.d", "L10.t"), ("township",)),
    ),
    "seats": (Together(_metrics("L15.quota.d", "L15.quota.t", "L15.d", "L15.t"), ("township",)),),
}
# By which quantiles are asked for: how often values occur adds up as well.
SPREADS = {"proposal_units": ("year", "unit")}


def wider(question: Question, by: Collection[str]) -> tuple[tuple[Metric, ...], tuple[str, ...]] | None:
    """The metrics and dimensions to ask for instead of those of a question; None where it stands for itself."""
    known = (together.wider(question, by) for together in TOGETHER.get(question.source.name, ()))
    return next((found for found in known if found is not None), None)


def added_up(lines: Iterable[Sequence[Any]], wanted: Sequence[int], counts: Sequence[int]) -> dict[Group, list[Any]]:
    """Lines of groups and counts as one line a group of fewer dimensions.

    ``wanted`` are the places of these dimensions in a line, in any order, ``counts`` those of what is added up.
    """
    made: dict[Group, list[Any]] = {}
    for line in lines:
        group = tuple([line[place] for place in wanted])
        own = made.get(group)
        if own is None:
            made[group] = [line[place] for place in counts]
        else:
            for index, place in enumerate(counts):
                own[index] += line[place]
    return made
