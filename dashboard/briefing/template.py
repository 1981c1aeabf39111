"""Template: one sentence of the briefing as clauses with conditions on the facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import isnan

from dashboard.briefing.facts import Facts, Of, Slot, is_positive
from dashboard.exhibits.exhibit import View
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.text import Lang, Text

PLACE = re.compile(r"\{([^{}]+)\}")
SLOT = re.compile(r"([A-Z]+\d+[A-Za-z0-9.\-]*)(.*)")
NOTHING = Text("", "")
COMMA = Text("、", ", ")


@dataclass(frozen=True)
class Telling:
    """A view and its facts while sentences are written."""

    view: View
    facts: Facts
    words: dict[str, str] = field(default_factory=dict)

    @property
    def lang(self) -> Lang:
        return self.view.lang

    def value(self, slot: str, of: Of = "years") -> float:
        """A slot's number, for conditions; missing (NaN) where its base is empty."""
        return float(self.facts.value(Slot.of(slot), of))


Condition = Callable[[Telling], bool]


@dataclass(frozen=True)
class Clause:
    """Words with ``{P01件}`` places, told when ``when`` holds and every figure in them is on record.

    A place is a slot and the unit printed after its number; without a unit a share is printed as a percentage.
    ``{w}`` and the like are the words of ``Telling.words``. Words begin with the mark that parts them from the clause
    before. ``of`` says what its figures are of.
    """

    words: Text
    when: tuple[Condition, ...] = ()
    of: Of = "years"
    of_district: bool = False

    def slots(self) -> tuple[Slot, ...]:
        """Every figure it prints, in Chinese order."""
        found = (SLOT.fullmatch(place) for place in PLACE.findall(self.words.zh))
        return tuple(Slot.of(match[1]) for match in found if match)


@dataclass(frozen=True)
class Listed:
    """Clauses told in brackets, those that hold: （听取报告 3 项、执法检查 2 次）."""

    lead: Text
    clauses: tuple[Clause, ...]
    close: Text = NOTHING
    between: Text = COMMA


Part = Clause | Listed


@dataclass(frozen=True)
class Template:
    """One sentence: ``opening`` is told before its first clause, whichever that is.

    ``of_district``: told only while no township is chosen. ``nothing`` says why it is left out although there are
    records: the conditions of all its clauses failed.
    """

    key: str
    heading: Text
    opening: Text
    parts: tuple[Part, ...]
    nothing: Text
    of_district: bool = False

    def clauses(self) -> tuple[Clause, ...]:
        """Every clause, bracketed ones included."""
        return tuple(c for part in self.parts for c in (part.clauses if isinstance(part, Listed) else (part,)))


def all_metrics(templates: Iterable[Template], of: Of | None = None) -> tuple[Metric, ...]:
    """Every metric the templates print, once; with ``of`` those told of that alone."""
    clauses = (clause for template in templates for clause in template.clauses())
    slots = (slot for clause in clauses if of in (None, clause.of) for slot in _deep(clause.slots()))
    return tuple(dict.fromkeys(METRICS[slot.key] for slot in slots))


def _deep(slots: Iterable[Slot]) -> Iterator[Slot]:
    for slot in slots:
        yield slot
        if slot.minus is not None:
            yield slot.minus


def some(*slots: str, of: Of = "years") -> Condition:
    """Each of these is above zero."""
    return lambda told: all(is_positive(told.value(slot, of)) for slot in slots)


def many(key: str, of: Of = "years") -> Condition:
    """A share has a base that is not small."""
    return lambda told: told.value(f"{key}.n", of) >= told.view.context.rules.small_n


def none(slot: str) -> Condition:
    """This is zero."""
    return lambda told: told.value(slot) == 0


def unknown(slot: str) -> Condition:
    """This is not on record."""
    return lambda told: isnan(told.value(slot))


def full(key: str) -> Condition:
    """All of a share's base counts, and there is one."""
    return lambda told: told.value(f"{key}.n") > 0 and told.value(f"{key}.rest") == 0


def partial(key: str) -> Condition:
    """Some of a share's base counts, and some does not."""
    return lambda told: told.value(f"{key}.k") > 0 and told.value(f"{key}.rest") > 0


def is_now(told: Telling) -> bool:
    """Whether the last day asked for is the as-of day: only then is what is still open open on that day."""
    return told.view.context.stock_on == told.view.context.as_of


def was_then(told: Telling) -> bool:
    """Whether the last day asked for is past."""
    return not is_now(told)


def has_worked(told: Telling) -> bool:
    """Whether the term of the last day asked for had begun to work: one elected at a year's end has done nothing yet,
    and what deputies did in that year is not theirs."""
    return bool(told.facts.years) and told.facts.term_start <= told.facts.years[-1]
