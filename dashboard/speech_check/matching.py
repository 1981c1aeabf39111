"""Which figure a number claims to be, by the words beside it; nothing here knows what the figures are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from dashboard.speech_check.lexicon import Row, by_word, keywords
from dashboard.speech_check.quantities import BARE, BODIES, PERCENT, Quantity, quantities
from data_access.text import Text

NO_WORD = Text("附近没有板上指标的用语", "no figure of the board is named beside it")
NO_UNIT = Text("板上的“{word}”不以“{unit}”计", "the board does not count “{word}” in “{unit}”")
NO_SENSE = Text("“{word}”在这一句里指什么不能确定", "what “{word}” means in this sentence is not certain")
FORMER = Text("“{words}”后面是以前的数", "“{words}” leads to a former number")
SUBSET = Text(
    "“{words}”只是其中一部分，本页不按此细分核对", "“{words}” is only a part; this page does not check such parts"
)
PLANNED = Text("“{words}”是计划或目标，不是已有的数", "“{words}” speaks of a plan, not of what is")
EACH = Text("“{words}”是平均数或标准，不是总数", "“{words}” is an average or a norm, not a total")
TOGETHER = Text("“{words}”合在一起说了一个数，请分列", "“{words}” share one number; please give each its own")
SINCE_WHEN = Text("未写明与哪一年相比", "it does not say which year it is compared with")

LEVELS = {"站": "〔站〕", "室": "〔室〕", "点": "〔点〕"}
SMALL = 10  # up to here Chinese characters often count nothing: 三件大事


class Change(Enum):
    """Whether a number is a figure itself or how much one changed against the year before."""

    NONE = "none"
    BY = "by"  # 增加12件, 提高2.1个百分点
    GROWTH = "growth"  # 增长8%


@dataclass(frozen=True)
class Reading:
    """One figure a number claims: the words that say so and the rows of the lexicon that fit.

    Several rows mean that the words can be understood in more than one way.
    """

    words: str
    rows: tuple[Row, ...]
    is_inherited: bool = False


@dataclass(frozen=True)
class Match:
    """A number with the figures it claims; without any, ``reason`` says why. ``sentence`` is where it stands."""

    quantity: Quantity
    readings: tuple[Reading, ...]
    sentence: tuple[int, int]
    reason: Text | None = None
    change: Change = Change.NONE
    is_fall: bool = False


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    words: str


# Nobody says a thousand letters in one breath; a longer run is a table or a list, and is taken in pieces.
_OURS = re.compile("联络|代表|进站")
_SENTENCE = re.compile(r"[^。！？!?；;\n]{1,1000}")
_CLAUSE_END = re.compile(r"[，,：:（）()]")
_JOINT = re.compile(r"[、和与及]|以及")
_ALL_OF_THEM = re.compile(r"[均都皆各]|双双|分别")
_BESIDE = re.compile(r"[达共为是约近有计了至到超逾：:“”\"的以并已全部总数\s]{0,6}|(?:合|总|累)计(?:为|达)?")
_NEXT = re.compile(r"[的“\"（(\s]{0,2}")
_PLAN = re.compile(r"计划|拟|力争|目标|预计|争取|将(?!近)|下一步|要求|不低于|确保")
_FORMER = re.compile(r"[由从]$|原有$|原来的?$")
_EACH = re.compile(r"每(?!次会议)[一两半个\d]*[年月季周件名人站个位]|人均|年均|平均每|站均|分别不")
_PART_BEFORE = re.compile(r"\w{1,6}(?:类|方面的?|领域的?)$|(?:闭会|会议|大会)期间[^，。；]{0,6}$|代表团提出的?$")
_PART_AFTER = re.compile(r"^(?:中|里)?[，,]?(?:其中)?[^，。；、\d]{0,4}(?:涉及|属于|有关|关于|针对)")
_CHANGED = re.compile(r"(?P<up>增加|增长|提高|上升|提升|多)|(?P<down>减少|下降|降低|少)")
_CHANGE_ENDS = re.compile(rf"(?:{_CHANGED.pattern})(?:了|到)?\s*$")
_YEAR_BEFORE = re.compile(r"同比|[比较与][^，。；]{0,3}(?:上一?年度?|去年|上年同期|上一年)|较上年|比上年")
# What may stand between an earlier word and a number that speaks of it still.
_FILLER = re.compile(
    r"(?:其中|现|已|共|全部|总计|合计|累计|总共|占|收到|开展|提出|达到?|约|近|有|为|了|并|也|又|均|以来|来|五年|本届|[增升降提扩]?[到至]|"
    r"[比较](?:去年|上一?年度?)(?:同期)?|增加|增长|提高|上升|减少|下降|降低|同比|个|[、：:“”\s])*"
)
_ENDS = re.compile(r"[，。；、）)！？\n]|占|$")


def matches(text: str, aside: Sequence[tuple[int, int]] = ()) -> list[Match]:
    """Every number of a draft that claims to be a figure, or that no figure was found for, in reading order.

    ``aside``: where periods and places are named, which may stand between a number and an earlier word for it.
    """
    found = quantities(text)
    starts, sides = [quantity.start for quantity in found], sorted(aside)
    made: list[Match] = []
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        numbers = found[bisect_left(starts, start) : bisect_left(starts, end)]
        if numbers:
            beside = sides[bisect_left(sides, (start, 0)) : bisect_left(sides, (end, 0))]
            made += _Sentence(text, start, end, numbers, beside).matches()
    return made


class _Sentence:
    """The keywords and numbers of one sentence, and which belong together."""

    def __init__(
        self, text: str, start: int, end: int, numbers: list[Quantity], aside: Sequence[tuple[int, int]]
    ) -> None:
        self.text, self.start, self.end, self.numbers, self.aside = text, start, end, numbers, aside
        self.words = text[start:end]
        self.ends = [mark.start() for mark in _CLAUSE_END.finditer(text, start, end)]
        self.hits = [_Hit(m.start(), m.end(), m[0]) for m in keywords().finditer(text, start, end)]

    def matches(self) -> Iterator[Match]:
        respectively = self._respectively()
        for index, quantity in enumerate(self.numbers):
            quantity = self._with_unit(index, quantity)
            match = respectively.get(index) or self._match(index, quantity)
            if match:
                yield match

    def _with_unit(self, index: int, quantity: Quantity) -> Quantity:
        """A bare number in a row (17、25和6个) is counted in the measure word at the row's end."""
        if quantity.unit != BARE:
            return quantity
        for before, after in zip(self.numbers[index:], self.numbers[index + 1 :], strict=False):
            if not _JOINT.fullmatch(self.text[before.end : after.start]):
                break
            if after.unit != BARE:
                return replace(quantity, unit=after.unit)
        return quantity

    def _match(self, index: int, quantity: Quantity) -> Match | None:
        made = Match(quantity, (), (self.start, self.end))
        if quantity.unit == BARE and not self.hits:
            return None
        if quantity.unit == BODIES:
            return replace(made, readings=(Reading(quantity.words, by_word()["七委两室一中心"]),))
        if quantity.unit in LEVELS:
            return self._level(made)
        change = self._change(quantity)
        readings, seen = self._readings(index, quantity, change)
        if not readings:
            return self._unmatched(made, seen)
        together = len(readings) > 1 and not _ALL_OF_THEM.search(self.text[readings[-1][0].end : quantity.start])
        figures = {row.figure for _, reading in readings for row in reading.rows}
        if together and len(figures) > 1:
            words = self.text[readings[0][0].start : readings[-1][0].end]
            return replace(made, reason=TOGETHER.filled(words=words))
        reason = self._guard(quantity, readings[-1][0], change)
        if reason is None and change is not Change.NONE and not _YEAR_BEFORE.search(self.words):
            reason = SINCE_WHEN
        if norm := next((row for row in readings[-1][1].rows if not row.figure), None):
            reason = reason or norm.note
            if quantity.is_chinese and quantity.value is not None and quantity.value <= SMALL:
                return None
        found = tuple(reading for _, reading in readings) if reason is None else ()
        is_fall = change is not Change.NONE and bool(self._changed(quantity)["down"])
        return replace(made, readings=found, reason=reason, change=change, is_fall=is_fall)

    def _level(self, made: Match) -> Match | None:
        """17站25室6点, 17个站: the measure word is the noun."""
        others = {quantity.unit for quantity in self.numbers} & set(LEVELS)
        unit = made.quantity.unit
        if len(others) < 2 and not _OURS.search(self.words):
            # 9点 is a time of day, 3个站 may be of a bus.
            return replace(made, reason=NO_WORD) if "个" in made.quantity.words else None
        return replace(made, readings=(Reading(unit, by_word()[LEVELS[unit]]),))

    def _unmatched(self, made: Match, seen: _Hit | None) -> Match | None:
        """No figure: said, unless the number hardly counts anything."""
        quantity = made.quantity
        if quantity.unit == BARE:
            return None
        is_small = quantity.is_chinese and quantity.value is not None and quantity.value <= SMALL
        if is_small or (quantity.value is None and not quantity.is_masked and not seen):
            return None
        if seen:
            is_counted_so = any(quantity.unit in row.units for row in by_word()[seen.words])
            reason = NO_SENSE if is_counted_so else NO_UNIT
            return replace(made, reason=reason.filled(word=seen.words, unit=quantity.unit))
        return replace(made, reason=NO_WORD)

    def _readings(
        self, index: int, quantity: Quantity, change: Change
    ) -> tuple[list[tuple[_Hit, Reading]], _Hit | None]:
        """The words that name what is counted, the nearest first tried; and a near word that does not fit."""
        before, after = self._own_clause(index)
        seen: _Hit | None = None
        right = [hit for hit in after if not self._is_bound(hit, index)]
        next_to = [hit for hit in right[:1] if _NEXT.fullmatch(self.text[quantity.end : hit.start])]
        for hit in (*next_to, *reversed(before), *right):
            if fitting := self._fitting(hit, quantity, change):
                return self._joined(hit, fitting, quantity, change), None
            seen = seen or (hit if any(row.figure for row in by_word()[hit.words]) else None)
        start = self._clause_start(quantity.start)
        for hit in reversed([hit for hit in self.hits if hit.end <= quantity.start]):
            fitting = self._fitting(hit, quantity, change)
            if fitting and not before and self._speaks_on(start, quantity):
                return [(hit, Reading(hit.words, fitting, is_inherited=True))], None
        return [], seen

    def _speaks_on(self, start: int, quantity: Quantity) -> bool:
        """Whether nothing but period, place and small words stands beside a number in its clause."""
        start = max([start, *(other.end for other in self.numbers if other.end <= quantity.start)])
        left = "".join(
            character
            for place, character in enumerate(self.text[start : quantity.start], start)
            if not any(first <= place < last for first, last in self.aside)
        )
        return bool(_FILLER.fullmatch(left) and _ENDS.match(self.text, quantity.end))

    def _own_clause(self, index: int) -> tuple[list[_Hit], list[_Hit]]:
        """Keywords before a number in its clause, back to the number before; and after it, up to the next."""
        quantity = self.numbers[index]
        start = max([self._clause_start(quantity.start), *(q.end for q in self.numbers[max(index - 1, 0) : index])])
        ending = bisect_left(self.ends, quantity.end)
        end = self.ends[ending] if ending < len(self.ends) else self.end
        end = min([end, *(q.start for q in self.numbers[index + 1 : index + 2])])
        before = [hit for hit in self.hits if start <= hit.start and hit.end <= quantity.start]
        after = [hit for hit in self.hits if quantity.end <= hit.start < end]
        return before, after

    def _clause_start(self, place: int) -> int:
        before = bisect_left(self.ends, place)
        return self.ends[before - 1] + 1 if before else self.start

    def _is_bound(self, hit: _Hit, index: int) -> bool:
        """Whether a keyword stands right before the next number and so belongs to it."""
        following = self.numbers[index + 1 : index + 2]
        return any(_BESIDE.fullmatch(self.text[hit.end : q.start]) for q in following if hit.end <= q.start)

    def _fitting(self, hit: _Hit, quantity: Quantity, change: Change) -> tuple[Row, ...]:
        fits = self._fits(quantity, change)
        rows = tuple(row for row in by_word()[hit.words] if fits(row))
        if change is Change.GROWTH:  # 建议件数增长8%
            rows = tuple(row for row in rows if self.text.startswith(row.units, hit.end)) or rows
        # A row whose own conditions are met says more than one without any.
        return tuple(row for row in rows if row.needs) or rows

    def _fits(self, quantity: Quantity, change: Change) -> Callable[[Row], bool]:
        if change is Change.GROWTH:
            return lambda row: PERCENT not in row.units and row.fits(row.units[0], self.words)
        if quantity.unit == BARE:
            return lambda row: bool(row.figure) and row.fits(row.units[0], self.words)
        unit = PERCENT if quantity.unit == "百分点" else quantity.unit
        return lambda row: row.fits(unit, self.words)

    def _joined(
        self, hit: _Hit, fitting: tuple[Row, ...], quantity: Quantity, change: Change
    ) -> list[tuple[_Hit, Reading]]:
        """A keyword with those joined to it before: 办理率和满意率均达百分百."""
        made = [(hit, Reading(hit.words, fitting))]
        for other in reversed([other for other in self.hits if other.end <= hit.start < quantity.start]):
            joined = self._fitting(other, quantity, change)
            if not joined or not _JOINT.fullmatch(self.text[other.end : made[0][0].start]):
                break
            made.insert(0, (other, Reading(other.words, joined)))
        return made

    def _respectively(self) -> dict[int, Match]:
        """答复率、满意率分别为98%、96%: as many keywords before the word as numbers after it, in order."""
        found: dict[int, Match] = {}
        for said in re.finditer("分别", self.words):
            place = self.start + said.end()
            row: list[int] = []
            for index in (i for i, quantity in enumerate(self.numbers) if quantity.start >= place):
                if row and not _JOINT.fullmatch(self.text[self.numbers[row[-1]].end : self.numbers[index].start]):
                    break
                row.append(index)
            hits = self._chain(place - len("分别"))
            if len(row) != len(hits) or len(row) < 2:
                continue
            for hit, index in zip(hits, row, strict=True):
                quantity = self._with_unit(index, self.numbers[index])
                if rows := self._fitting(hit, quantity, Change.NONE):
                    found[index] = Match(quantity, (Reading(hit.words, rows),), (self.start, self.end))
        return found

    def _chain(self, place: int) -> list[_Hit]:
        """Keywords joined to each other right before a place."""
        made: list[_Hit] = []
        for hit in reversed([hit for hit in self.hits if hit.end <= place]):
            if made and not _JOINT.fullmatch(self.text[hit.end : made[0].start]):
                break
            made.insert(0, hit)
        return made

    def _changed(self, quantity: Quantity) -> dict[str, str | None]:
        start = self._clause_start(quantity.start)
        found = _CHANGE_ENDS.search(self.text[start : quantity.start])
        return found.groupdict() if found and "到" not in found[0] else {}

    def _change(self, quantity: Quantity) -> Change:
        if not self._changed(quantity):
            return Change.NONE
        return Change.GROWTH if quantity.unit == PERCENT else Change.BY

    def _guard(self, quantity: Quantity, hit: _Hit, change: Change) -> Text | None:
        """Why a number beside the right words is still not that figure: a plan, an average, a part of it."""
        start = self._clause_start(min(quantity.start, hit.start))
        before = self.text[start : quantity.start]
        for word in self.hits:  # 计划 inside 批准预决算及计划调整 plans nothing
            if start <= word.start and word.end <= quantity.start:
                before = before.replace(word.words, "·" * len(word.words))
        if change is Change.NONE and (plan := _PLAN.search(before)):
            return PLANNED.filled(words=plan[0])
        if former := _FORMER.search(before):
            return FORMER.filled(words=former[0])
        if each := _EACH.search(before):
            return EACH.filled(words=each[0])
        head, between = self.text[start : hit.start], self.text[hit.end : quantity.start]
        if part := _PART_BEFORE.search(head) or _PART_AFTER.match(between):
            return SUBSET.filled(words=part[0])
        return None
