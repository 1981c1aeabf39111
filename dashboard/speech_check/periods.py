"""Which years a draft speaks of: 五年来, 2023年以来, 近三年, 去年, 本届以来, 截至…, 今年1—9月."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from dashboard.speech_check.numerals import CHINESE, plain, read
from data_access.text import Text

LONGEST = 30
EARLIEST = 1979  # local congresses have standing committees since then

LATER = Text("“{words}”晚于数据截至日期{day}", "“{words}” lies after the data, which is as of {day}")
EARLY = Text("“{words}”早于板上的数据", "“{words}” lies before the data of the board")
PART = Text(
    "“{words}”不从年初算起，板上的数按年度，或自年初截至某日",
    "“{words}” does not begin with a year; the board counts whole years, or from 1 January to a day",
)
LAST_TERM = Text("“{words}”的起止，请在页面年份中选定后再核", "choose the years of “{words}” in the sidebar first")


@dataclass(frozen=True)
class Clock:
    """What words such as 今年 and 五年来 are measured from."""

    as_of: date
    years: tuple[int, int]  # chosen on the page
    term_start: int


@dataclass(frozen=True)
class Span:
    """Years, both included, as known on a day."""

    years: tuple[int, int]
    as_of: date


@dataclass(frozen=True)
class Said:
    """Words of a draft about time: the span meant, or why none can be asked for."""

    start: int
    end: int
    words: str
    span: Span | None
    fault: Text | None = None


def periods(text: str, clock: Clock) -> list[Said]:
    """Every mention of a period, in reading order; of two at one place the longer."""
    narrow, found = plain(text), []
    for shape, meant in _SHAPES:
        found += [(match, meant) for match in shape.finditer(narrow)]
    found.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    return list(_apart(found, clock))


def default(clock: Clock) -> Span:
    """The years chosen on the page, for a draft that names none."""
    return Span(clock.years, clock.as_of)


_Meaning = Callable[[re.Match[str], Clock], "Span | Text"]


def _apart(found: list[tuple[re.Match[str], _Meaning]], clock: Clock) -> Iterator[Said]:
    end = 0
    for match, meant in found:
        if match.start() < end:
            continue
        end, words = match.end(), match[0].strip("，,")
        made = meant(match, clock)
        made = made if isinstance(made, Text) else _within(made, clock)
        if isinstance(made, Text):
            yield Said(match.start(), end, words, None, _filled(made, words, clock))
        else:
            yield Said(match.start(), end, words, made)


def _filled(sentence: Text, words: str, clock: Clock) -> Text:
    return sentence.filled(words=words, day=clock.as_of)


def _within(span: Span, clock: Clock) -> Span | Text:
    if span.years[1] > clock.as_of.year or span.as_of > clock.as_of or span.years[0] > span.years[1]:
        return LATER
    is_too_long = span.years[1] - span.years[0] >= LONGEST  # an address names no more years
    return EARLY if span.years[0] < EARLIEST or is_too_long else span


_DIGIT = "〇零一二三四五六七八九"
_YEAR = rf"(?P<y>\d{{4}}|[{_DIGIT}]{{4}})年"
_THIS = r"(?:今年|本年度?|年内)"
_LAST = r"(?:去年|上一?年度?)"
_NAMED = rf"(?:{_YEAR}(?:度)?|(?P<this>{_THIS})|(?P<last>{_LAST}))"
_TO = r"\s*[—–\-~至到]+\s*"
_APART = r"(?<![比较与同每])"
_COUNT = rf"(?P<n>\d{{1,2}}|[{CHINESE}]{{1,3}})"
_ORDINAL_PLANS = "一二三四五六七八九"


def _number(text: str) -> int:
    found = read(text)
    return int(found.value) if found else 0


def _named(match: re.Match[str], clock: Clock) -> int:
    parts = match.groupdict()
    if parts.get("y"):
        return _number(parts["y"])
    return clock.as_of.year - 1 if parts.get("last") else clock.as_of.year


def _one(match: re.Match[str], clock: Clock) -> Span:
    year = _named(match, clock)
    return Span((year, year), clock.as_of)


def _before_last(match: re.Match[str], clock: Clock) -> Span:
    return Span((clock.as_of.year - 2, clock.as_of.year - 2), clock.as_of)


def _since(match: re.Match[str], clock: Clock) -> Span:
    return Span((_number(match["y"]), clock.as_of.year), clock.as_of)


def _range(match: re.Match[str], clock: Clock) -> Span:
    return Span((_number(match["a"]), _number(match["b"])), clock.as_of)


def _several(match: re.Match[str], clock: Clock) -> Span | Text:
    count = _number(match["n"])
    first, last = clock.years
    if not 1 <= count <= LONGEST:
        return EARLY
    return Span(clock.years if last - first + 1 == count else (last - count + 1, last), clock.as_of)


def _term(match: re.Match[str], clock: Clock) -> Span:
    return Span((min(clock.term_start, clock.as_of.year), clock.as_of.year), clock.as_of)


def _plan(match: re.Match[str], clock: Clock) -> Span:
    """十四五 is 2021 to 2025; the years before and after it follow in fives."""
    first = 2021 + 5 * (_ORDINAL_PLANS.index(match["plan"]) + 1 - 4)
    return Span((first, min(first + 4, max(clock.as_of.year, first))), clock.as_of)


def _part(match: re.Match[str], clock: Clock) -> Span | Text:
    """A part of a year that begins in January."""
    year, parts = _named(match, clock), match.groupdict()
    if parts.get("from") and _number(str(parts["from"])) != 1:
        return PART
    quarter = {"上半年": 6, "前三季度": 9, "一季度": 3, "第一季度": 3, "前两季度": 6, "前二季度": 6}
    month = quarter.get(str(parts.get("words"))) or _number(str(parts.get("to") or parts.get("first")))
    return _until(year, month, 0, clock) if 1 <= month <= 12 else PART


def _until(year: int, month: int, day: int, clock: Clock) -> Span | Text:
    last = monthrange(year, month)[1] if 1 <= month <= 12 and EARLIEST <= year <= 9999 else 0
    if not last or day > last:
        return PART
    return Span((year, year), date(year, month, day or last))


def _up_to(match: re.Match[str], clock: Clock) -> Span | Text:
    """截至某日: the chosen years up to that day."""
    parts = match.groupdict()
    if not parts.get("m") and not parts.get("y") and not parts.get("this") and not parts.get("last"):
        return default(clock)
    year = _named(match, clock)
    month = _number(parts["m"]) if parts.get("m") else 12
    made = _until(year, month, _number(parts["d"]) if parts.get("d") else 0, clock)
    if isinstance(made, Span):
        day = (
            clock.as_of if made.as_of > clock.as_of and year == clock.as_of.year and not parts.get("m") else made.as_of
        )
        return Span((min(clock.years[0], year), year), day)
    return made


def _refused(sentence: Text) -> _Meaning:
    return lambda match, clock: sentence


_SHAPES: tuple[tuple[re.Pattern[str], _Meaning], ...] = tuple(
    (re.compile(_APART + shape), meant)
    for shape, meant in (
        (rf"(?P<a>\d{{4}}|[{_DIGIT}]{{4}})年?{_TO}(?P<b>\d{{4}}|[{_DIGIT}]{{4}})年(?:度|间|期间)?", _range),
        (rf"(?:自|从)?{_YEAR}(?:度)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:以来|起|至今|开始|来)", _since),
        (
            rf"截[至止](?:到|至)?(?:目前|今(?!年)|现在|(?:{_NAMED})?(?:底|末|(?P<m>\d{{1,2}})月(?:底|末|份|(?P<d>\d{{1,2}})[日号])?))",
            _up_to,
        ),
        (rf"(?:{_NAMED})?(?P<from>\d{{1,2}})月?{_TO}(?P<to>\d{{1,2}})月(?:份)?", _part),
        (rf"{_NAMED}前(?P<first>\d{{1,2}}|[{CHINESE}]{{1,2}})个月", _part),
        (rf"(?:{_NAMED})?(?P<words>上半年|前三季度|第?一季度|前[两二]季度)", _part),
        (rf"(?:{_NAMED})?(?:下半年|第?[二三四]季度)", _refused(PART)),
        (rf"{_YEAR}\d{{1,2}}月(?:\d{{1,2}}[日号])?", _refused(PART)),
        (rf"{_YEAR}(?:度)?", _one),
        (rf"{_COUNT}年(?:以?来|间|任期)", _several),
        (rf"(?:近|过去|最近|这|前){_COUNT}年(?:以?来|间|中|里)?", _several),
        (rf"(?P<this>{_THIS})(?:以?来)?", _one),
        (rf"(?P<last>{_LAST})", _one),
        (r"前年", _before_last),
        (r"(?:上一?届(?:以来|任期|期间)?)", _refused(LAST_TERM)),
        (r"(?:本届(?:以来|任期以?来?|期间|内)?|换届以来|任期以来|届内|任期内)", _term),
        (rf"[“\"]?十(?P<plan>[{_ORDINAL_PLANS}])五[”\"]?(?:以来|期间|时期|规划|五年)", _plan),
    )
)
