"""Whether a number as written agrees with the figure: to the last digit written, or as far as 约, 近, 多 allow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dashboard.speech_check.quantities import PERCENT, Hedge, Quantity
from data_access.text import Text

ABOUT = Decimal("0.05")  # 约 allows a twentieth either way
NEARLY = Decimal("0.1")  # 近 allows to fall short by a tenth
ROUNDED = Decimal("0.05")  # 1.2万 is rounded, but never by more than this share
FAR = Decimal("1.2")  # 超过 is true of anything above; from here it says little

EXACTLY = Text("须与实际数相等", "must equal the figure")
TO_THE_DIGIT = Text("按稿中位数四舍五入后须相等", "must equal the figure rounded to the digits written")
WHOLE = Text("百分之百须一件不差，不得四舍五入", "100% must leave nothing out; rounding up does not count")
BETWEEN = Text(
    "“{words}”：实际数在{low}至{high}之间为相符", "“{words}”: agrees when the figure is from {low} to {high}"
)
WITHIN = Text(
    "“{words}”是一个范围：实际数在{low}至{high}之间（含两端）为相符",
    "“{words}” is a range: agrees when the figure is from {low} to {high}, both included",
)
ABOVE = Text("“{words}”：实际数大于{low}为相符", "“{words}”: agrees when the figure is above {low}")
FROM = Text("“{words}”：实际数不小于{low}为相符", "“{words}”: agrees when the figure is {low} or more")
UNDER = Text("“{words}”：实际数小于{low}为相符", "“{words}”: agrees when the figure is below {low}")
UP_TO = Text("“{words}”：实际数不大于{low}为相符", "“{words}”: agrees when the figure is {low} or less")
BETWEEN_OVER = Text(
    "“{words}”：实际数大于{low}、小于{high}为相符", "“{words}”: agrees when the figure is above {low} and below {high}"
)
MUCH_MORE = Text("实际数高出两成以上，可写得更准", "the figure is higher by more than a fifth; it could be put closer")


@dataclass(frozen=True)
class Compared:
    """Whether a number agrees, the rule it was held to, and a remark where agreement says little."""

    agrees: bool
    rule: Text
    remark: Text | None = None


def compare(quantity: Quantity, actual: Decimal, value: Decimal | None = None) -> Compared:
    """Hold a number as written against the figure, both in the unit of the draft (96.2 for 96.2%).

    ``value`` replaces the quantity's own (one part of 七委两室一中心). The quantity must say a value.
    """
    stated = quantity.value if value is None else value
    assert stated is not None
    low, high = _bounds(quantity.hedge, stated)
    if quantity.top is not None:
        return Compared(stated <= actual <= quantity.top, _said(WITHIN, quantity.hedge_words, stated, quantity.top))
    if quantity.hedge is Hedge.EXACT:
        return _exact(stated, quantity, actual)
    words = quantity.hedge_words
    if quantity.hedge is Hedge.ABOUT or quantity.hedge is Hedge.NEARLY:
        return Compared(low <= actual <= high, _said(BETWEEN, words, low, high))
    if quantity.hedge is Hedge.OVER:
        return Compared(low < actual < high, _said(BETWEEN_OVER, words, low, high))
    if quantity.hedge is Hedge.BELOW:
        return Compared(actual < stated, _said(UNDER, words, stated))
    if quantity.hedge is Hedge.AT_MOST:
        return Compared(actual <= stated, _said(UP_TO, words, stated))
    is_above = actual > stated if quantity.hedge is Hedge.BEYOND else actual >= stated
    remark = MUCH_MORE if is_above and quantity.unit != PERCENT and actual > stated * FAR else None
    return Compared(is_above, _said(ABOVE if quantity.hedge is Hedge.BEYOND else FROM, words, stated), remark)


def _exact(stated: Decimal, quantity: Quantity, actual: Decimal) -> Compared:
    if quantity.unit == PERCENT:
        if stated == 100:
            return Compared(actual == 100, WHOLE)
        return Compared(_rounded(actual, quantity.step) == stated, TO_THE_DIGIT)
    if quantity.step == 1 and actual == actual.to_integral_value():
        return Compared(actual == stated, EXACTLY)
    is_near = abs(actual - stated) <= max(ROUNDED * stated, Decimal(1))
    return Compared(_rounded(actual, quantity.step) == stated and is_near, TO_THE_DIGIT)


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _bounds(hedge: Hedge, stated: Decimal) -> tuple[Decimal, Decimal]:
    if hedge is Hedge.ABOUT:
        return stated * (1 - ABOUT), stated * (1 + ABOUT)
    if hedge is Hedge.NEARLY:
        return stated * (1 - NEARLY), stated
    # 120余 lies below 130, 200多 below 300.
    return stated, stated + Decimal(1).scaleb(stated.normalize().as_tuple().exponent if stated else 0)  # type: ignore[arg-type]


def _said(sentence: Text, words: str, low: Decimal, high: Decimal | None = None) -> Text:
    return sentence.filled(words=words, low=_plain(low), high=_plain(low if high is None else high))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():,f}"
