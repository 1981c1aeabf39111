"""The numbers of a draft that count something: where they stand, what they say, in which measure word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from dashboard.speech_check.numerals import CHINESE, DIGITS, MYRIADS, NUMERAL, PLACES, plain, read

MEASURES = (
    "个百分点", "百分点", "万元", "亿元", "元", "人次", "件次", "场次", "人", "名", "位", "件", "条", "项", "次", "场",
    "篇", "份", "个", "家", "座", "处", "部", "站", "室", "点", "期", "批", "天", "票", "起", "例",
)  # fmt: skip
# Measure words that count the same thing.
SAME = {
    "名": "人", "位": "人", "份": "篇", "家": "个", "座": "个", "处": "个", "场次": "场", "个百分点": "百分点",
    "个站": "站", "个室": "室", "个点": "点",
}  # fmt: skip
PERCENT, BARE, BODIES = "%", "", "机构"
TENTHS = "一二三四五六七八九"


class Hedge(Enum):
    """How exactly a number is meant."""

    EXACT = "exact"
    ABOUT = "about"  # 约、左右
    NEARLY = "nearly"  # 近: a little less
    BELOW = "below"  # 不到、不足
    OVER = "over"  # 多、余: a little more
    BEYOND = "beyond"  # 超过
    AT_LEAST = "at_least"  # 以上
    AT_MOST = "at_most"  # 以下、以内
    RANGE = "range"  # 6-8、三到五、六七


@dataclass(frozen=True)
class Quantity:
    """A number in a draft, from ``start`` to ``end``, words of hedging and measure included.

    ``value`` is missing where the figure is masked or vague (几十件); percentages are 96.2 for 96.2%. ``step`` is what
    its last written digit is worth. ``unit`` is the measure word's plainest form (名 is 人), empty where none is
    written. ``is_chinese``: written in characters, as numbers that count nothing often are. ``top`` is the upper end
    of a range, whose lower end is ``value``.
    """

    start: int
    end: int
    words: str
    value: Decimal | None
    step: Decimal
    unit: str
    hedge: Hedge = Hedge.EXACT
    hedge_words: str = ""
    is_masked: bool = False
    is_chinese: bool = False
    parts: tuple[Decimal, ...] = ()  # 七委两室一中心
    top: Decimal | None = None


_BEFORE = {
    Hedge.ABOUT: "大约 约 大概 左右 上下",
    Hedge.NEARLY: "将近 接近 近",
    Hedge.BELOW: "不到 不足 少于 低于",
    Hedge.BEYOND: "超过 超 逾 突破 高于 多于",
    Hedge.AT_LEAST: "不少于 不低于 至少 上",
    Hedge.AT_MOST: "不超过 不多于 不高于 至多",
}
_AFTER = {
    Hedge.ABOUT: "左右 上下",
    Hedge.AT_LEAST: "以上 及以上",
    Hedge.AT_MOST: "以下 以内",
}
_HEDGES = {word: hedge for hedge, words in _BEFORE.items() for word in words.split()}
_LATE = {word: hedge for hedge, words in _AFTER.items() for word in words.split()}


def _any(words: object) -> str:
    return "|".join(sorted((re.escape(str(word)) for word in words), key=len, reverse=True))  # type: ignore[attr-defined]


# 17个站 counts stations; 17个站点 sites of every kind, and of 站长 there are as many again.
_UNIT = rf"个[站室](?![点长])|个点(?![位的])|{_any(MEASURES)}"
_HEDGED = rf"(?P<hedge>{_any(_HEDGES)})?\s{{0,2}}"
_LATER = rf"(?P<late>{_any(_LATE)})?"
_ODD = r"(?P<odd>[余多来])?"
_OF = rf"(?:[{CHINESE}]{{1,3}}|\d{{1,2}})"
_BODIES = rf"(?P<a>{_OF})个?委(?P<b>{_OF})个?室(?P<c>{_OF})个?中心"
_TO = r"\s{0,2}(?:[-—–~]{1,2}|[至到])\s{0,2}"
_SHAPES = [
    (_BODIES, "bodies"),
    # 由12到17个 tells what was and what is.
    (
        rf"(?<![由从]){_HEDGED}(?P<low>{NUMERAL})(?P<first>%|{_UNIT})?{_TO}"
        rf"(?P<high>{NUMERAL})\s{{0,2}}(?P<unit>%|{_UNIT}){_LATER}",
        "range",
    ),
    (
        rf"{_HEDGED}(?P<tens>[{TENTHS}]?十)?(?P<low>[{TENTHS}])(?P<high>[{TENTHS}])(?P<place>[十百千])?(?P<unit>{_UNIT})",
        "next",
    ),
    (rf"{_HEDGED}百分之?百(?!分)", "whole"),
    (rf"{_HEDGED}百分之(?P<number>{NUMERAL}){_ODD}{_LATER}", "percent"),
    (rf"{_HEDGED}(?P<number>{NUMERAL})\s{{0,2}}%{_LATER}", "percent"),
    (rf"{_HEDGED}(?P<number>[{TENTHS}])成(?P<odd>多)?(?:(?P<late>以上|左右)|(?=[，。；、的）\s]|$))", "tenths"),
    (rf"{_HEDGED}(?P<bottom>{NUMERAL})分之(?P<top>{NUMERAL}){_LATER}", "fraction"),
    (rf"{_HEDGED}(?P<vague>好?几[十百千]?|数[十百千]|上[百千]|成百上千|若干|多)(?:余|多)?(?P<unit>{_UNIT})", "vague"),
    (rf"{_HEDGED}(?P<number>{NUMERAL})\s{{0,2}}{_ODD}(?P<myriad>[万亿])?\s{{0,2}}(?P<unit>{_UNIT})?{_LATER}", "count"),
    (rf"(?P<mask>\*+|[×Xx]+(?=[{CHINESE[0]}件项次条篇人名个%]))(?P<unit>{_UNIT}|%)?(?![大民员才目例单所])", "masked"),
]
_WHERE = [(re.compile(shape), kind) for shape, kind in _SHAPES]
_START = re.compile(rf"[\d{CHINESE}*×Xx好几数上若成多]|{_any(_HEDGES)}")

_DATE_UNIT = re.compile(r"年|月|日|号|时|分(?!之)|世纪|周|届|级|岁|点[钟半整]|[—–\-至到~]\d+[年月日]")
_ORDINAL = re.compile(r"第\s{0,2}$|[〔\[（(【]\s{0,2}$|[A-Za-z.]$|\d[.\-/:]$")
_LIST_MARK = re.compile(r"[A-Za-z\-/:〕\]】.、．]")
# Words in which a character is no number.
_IDIOMS = re.compile(
    r"一定|一些|一致|统一|进一步|一系列|一流|一线|唯一|万一|一同|十分(?!之)|百姓|千方百计|一体|一旦|一律|一并|一贯|一向|一般|一样|"
    r"一直|一手|一把手|一方面|一切|一起|一道|逐一|一如既往|三农|两会|同一|单一|(?<!分)之一|一次性|万众|亿万|百年|四个一|五个三|"
    r"一心一意|始终如一|不一|专一|一经|一时|一度|一生|一票|一线|一线|百花|千家万户|一揽子|一站式|一件事|一个人"
)
_SLOGAN = re.compile(r"[“\"‘「][^”\"’」，。；]{1,12}[”\"’」]")
_ENDLESS = re.compile(rf"\d{{16,}}|[{CHINESE}]{{25,}}")
_TITLE = re.compile(r"《[^》\n]{1,80}》")
_DOCUMENT = re.compile(r"[〔\[【]\s{0,2}\d{4}\s{0,2}[〕\]】]\s{0,2}\d+\s{0,2}号?")
_PARTY = re.compile(rf"[{CHINESE}]{{1,4}}(?:大|届)(?:[{CHINESE}]{{1,3}}中全会|精神|报告|以来|召开|[，。、；和])")
_DATES = re.compile(
    rf"(?:\d{{2,4}}|[{''.join(DIGITS)}]{{4}})\s{{0,2}}(?:[—–\-~至到]\s{{0,2}}(?:\d{{4}}))?\s{{0,2}}年(?:度|底|初|末)?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}[—–\-~]\d{4}(?=年)|\d{1,2}\s{0,2}(?:[—–\-~至到]\s{0,2}\d{1,2})?\s{0,2}月(?:份|底|初|末|(?:\d{1,2}\s{0,2}日))?"
    rf"|\d{{1,2}}\s{{0,2}}[日号]|(?:近|过去|最近)?[{CHINESE}]{{1,6}}(?:年|月|日|季度|个月)|\d{{1,4}}\s{{0,2}}(?:季度|个月|时|点钟)"
)


def quantities(text: str) -> list[Quantity]:
    """Every number that may be a figure, in reading order.

    Dates, ordinals, numbers of documents and articles, names of congresses and sayings (四个一) are left alone.
    """
    narrow = plain(text)
    taken = _taken(narrow)
    return [replace(one, words=text[one.start : one.end]) for one in _found(narrow, taken)]


def _taken(text: str) -> bytearray:
    """Which characters belong to something that counts nothing."""
    taken = bytearray(len(text))
    for shape in (_ENDLESS, _TITLE, _DOCUMENT, _PARTY, _DATES, _IDIOMS):
        for match in shape.finditer(text):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _SLOGAN.finditer(text):
        inside = match[0][1:-1]
        if re.match(rf"[{CHINESE}]", inside) and not re.fullmatch(_BODIES, inside):
            taken[match.start() : match.end()] = b"\1" * len(match[0])
    return taken


def _found(text: str, taken: bytearray) -> Iterator[Quantity]:
    place = 0
    while start := _START.search(text, place):
        place = start.start()
        if taken[place]:
            place += 1
            continue
        tried = ((shape.match(text, place), kind) for shape, kind in _WHERE)
        found = ((m, k) for m, k in tried if m and not any(taken[m.start() : m.end()]) and _is_proper(m, k))
        match, kind = next(found, (None, ""))
        if match is None:
            place += 1
            continue
        made = _MAKERS[kind](match) if _counts(text, match) else None
        if made:
            yield made
        place = match.end()


def _is_proper(match: re.Match[str], kind: str) -> bool:
    """Whether what looks like a range goes upwards; 六七次 is one, 二八次 is not."""
    if kind == "next":
        low, high = DIGITS[match["low"]], DIGITS[match["high"]]
        return high == low + 1 or (low, high) == (3, 5)
    ends = _ends(match) if kind == "range" else None
    return kind != "range" or (ends is not None and ends[0] < ends[1])


def _ends(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """The ends of a range; in 1.2至1.5万 the 万 is of both."""
    low, high = read(match["low"]), read(match["high"])
    first, second = match["first"], match["unit"]
    if not low or not high or (first and SAME.get(first, first) != SAME.get(second, second)):
        return None
    is_shared = match["high"][-1] in MYRIADS and not set(match["low"]) & set(MYRIADS)
    return low.value * (MYRIADS[match["high"][-1]] if is_shared else 1), high.value


def _counts(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 3) : match.start()], text[match.end() : match.end() + 6]
    groups = match.groupdict()
    if _ORDINAL.search(before) and not groups.get("hedge"):
        return False
    is_bare = groups.get("unit") is None and "number" in groups and match[0][-1:] != "%"
    if is_bare and (_DATE_UNIT.match(after) or (_LIST_MARK.match(after) and not before)):
        return False
    # 四个一, 五个三
    return not (groups.get("unit") == "个" and re.match(rf"[{CHINESE}](?![{CHINESE}]*[万余多]?[件项次条人名])", after))


def _hedge(groups: dict[str, str | None]) -> tuple[Hedge, str]:
    if groups.get("odd") in ("余", "多"):
        return Hedge.OVER, str(groups["odd"])
    if groups.get("odd") == "来":
        return Hedge.ABOUT, "来"
    if late := groups.get("late"):
        return _LATE[late], late
    if early := groups.get("hedge"):
        return _HEDGES[early], early
    return Hedge.EXACT, ""


def _made(match: re.Match[str], value: Decimal | None, step: Decimal, unit: str, **more: object) -> Quantity:
    hedge, words = _hedge(match.groupdict())
    return Quantity(
        match.start(), match.end(), match[0], value, step, SAME.get(unit, unit), hedge, words, **more  # type: ignore[arg-type]
    )  # fmt: skip


def _bodies(match: re.Match[str]) -> Quantity | None:
    numbers = [read(match[name]) for name in "abc"]
    if not all(numbers):
        return None
    parts = tuple(number.value for number in numbers if number)
    return _made(match, sum(parts, Decimal(0)), Decimal(1), BODIES, parts=parts)


def _whole(match: re.Match[str]) -> Quantity:
    return _made(match, Decimal(100), Decimal(1), PERCENT)


def _percent(match: re.Match[str]) -> Quantity | None:
    number = read(match["number"])
    return _made(match, number.value, number.step, PERCENT) if number else None


def _tenths(match: re.Match[str]) -> Quantity:
    value = Decimal(DIGITS[match["number"]] * 10)
    return _made(match, value, Decimal(10), PERCENT)


def _fraction(match: re.Match[str]) -> Quantity | None:
    top, bottom = read(match["top"]), read(match["bottom"])
    if not top or not bottom or not bottom.value or top.value > bottom.value:
        return None
    return _made(match, 100 * top.value / bottom.value, Decimal(1), PERCENT)


def _vague(match: re.Match[str]) -> Quantity:
    return _made(match, None, Decimal(1), match["unit"])


def _masked(match: re.Match[str]) -> Quantity | None:
    return _made(match, None, Decimal(1), match["unit"], is_masked=True) if match["unit"] else None


def _range(match: re.Match[str]) -> Quantity | None:
    ends = _ends(match)
    return _between(match, *ends, words=match[0][match.start("low") - match.start() :]) if ends else None


def _next(match: re.Match[str]) -> Quantity:
    """六七次, 三四十件, 十六七个: one or the other."""
    tens = read(match["tens"]) if match["tens"] else None
    place = PLACES[match["place"]] if match["place"] else 1
    low, high = (Decimal(DIGITS[match[end]] * place) + (tens.value if tens else 0) for end in ("low", "high"))
    return _between(match, low, high, words=match[0])


def _between(match: re.Match[str], low: Decimal, high: Decimal, *, words: str) -> Quantity:
    factor, unit = _money(match["unit"])
    made = _made(match, low * factor, Decimal(1), unit, is_chinese=not match["low"][0].isdigit(), top=high * factor)
    return replace(made, hedge=Hedge.RANGE, hedge_words=words)


def _money(unit: str) -> tuple[Decimal, str]:
    """Money is counted in 万元: what a number in another unit of it is worth in that."""
    return {"元": (Decimal("0.0001"), "万元"), "亿元": (Decimal(10000), "万元")}.get(unit, (Decimal(1), unit))


def _count(match: re.Match[str]) -> Quantity | None:
    number = read(match["number"] + (match["myriad"] or ""))
    if number is None:
        return None
    factor, unit = _money(match["unit"] or BARE)
    value, step = number.value * factor, number.step * factor
    is_chinese = not match["number"][0].isdigit()
    if unit == BARE and is_chinese:
        return None
    return _made(match, value, step, unit, is_chinese=is_chinese)


_MAKERS = {
    "bodies": _bodies,
    "range": _range,
    "next": _next,
    "whole": _whole,
    "percent": _percent,
    "tenths": _tenths,
    "fraction": _fraction,
    "vague": _vague,
    "masked": _masked,
    "count": _count,
}
