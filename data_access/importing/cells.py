"""From what somebody typed into a cell to the value the column holds, or the reason why it cannot be one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, String

from data_access.tables.codes import Codes
from data_access.text import Text

Reader = Callable[[Any], Any]

EXCEL_DAY_ZERO = datetime(1899, 12, 30)  # Excel takes 1900 for a leap year; from March 1900 on this is right
SERIALS = (20_000, 80_000)  # 1954 to 2119: what a day can be, as Excel counts days
YEARS = (1949, 2100)
REMEMBERED = 20_000  # different values of one column

_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?.*)?"
)
_PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_DOTS = re.compile(r"\s*[•・‧･∙⋅]\s*")
_YES_NO = {
    **dict.fromkeys(("是", "有", "√", "✓", "1", "true", "yes", "y"), True),
    **dict.fromkeys(("否", "无", "×", "✗", "0", "false", "no", "n"), False),
}
# What is written for a code besides the code itself and its words.
_OTHER_WORDS: dict[str, dict[str, str | None]] = {
    "proposal.kind": {"代表建议": "SUG", "代表议案": "BILL"},
    "proposal.phase": {"大会期间": "IN", "会中": "IN", "闭会": "OUT", "平时": "OUT"},
    "rating": {"未反馈": None, "未评价": None, "不满": "1", "较满意": "2"},
    "handler.role": {"协办": "CO", "单办": "SOLE"},
}

ADVICE_EMPTY = Text("请补填", "Fill it in")
ADVICE_DAY = Text("请写成 2025-03-01 这样的日期", "Write a date such as 2025-03-01")
ADVICE_NUMBER = Text("请只填数字，不带单位", "Write a number without its unit")


class Refused(ValueError):
    """A cell that cannot be a value of its column: which rule it breaks, in words, and what to do."""

    def __init__(self, rule: str, words: Text, advice: Text) -> None:
        super().__init__(words.en)
        self.rule, self.words, self.advice = rule, words, advice


@lru_cache(maxsize=1024)
def reader_of(column: Column[Any]) -> Reader:
    """What reads the cells of a column: gives the value, None for an empty cell.

    Dates may be typed as 2025-3-1, 2025/3/1, 2025.3.1, 2025年3月1日 or 20250301, or be days as Excel counts them;
    digits, letters and spaces may be full-width; codes may be typed as such or in words.

    Raises:
        Refused: (by the reader) The cell cannot be a value of the column.
    """
    codes, kind = column.info["codes"], column.type
    if codes is not None:
        return _codes(codes)
    if isinstance(kind, Date):
        return _day
    if isinstance(kind, DateTime):
        return _moment
    if isinstance(kind, Boolean):
        return _yes_no
    if isinstance(kind, Integer | Float):
        return _number(isinstance(kind, Integer), *(column.info[name] for name in ("at_least", "at_most", "advice")))
    return _words(kind.length if isinstance(kind, String) else None, is_key=_is_key(column))


def remembered(read: Reader) -> Reader:
    """The same reader, which works out a value typed again and again only once."""
    seen: dict[tuple[type, Any], Any] = {}

    def look_up(value: Any) -> Any:
        key = (value.__class__, value)  # 1 and True are equal, but not the same cell
        try:
            return seen[key]
        except KeyError:
            made = read(value)
            if len(seen) < REMEMBERED:
                seen[key] = made
            return made

    return look_up


def shown(value: Any) -> str:
    """A cell as its reader would recognise it, for a message."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _CONTROL.sub(" ", str(value)).strip()
    return text if len(text) <= 60 else text[:60] + "…"


def is_empty(value: Any) -> bool:
    """Whether nothing is in a cell: no value, or nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def plain(value: Any) -> str:
    """Digits, letters and spaces as on an English keyboard, no spaces around."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", str(value)).strip()


def _is_key(column: Column[Any]) -> bool:
    return column.primary_key or bool(column.foreign_keys)


def _words(length: int | None, *, is_key: bool) -> Reader:
    def read(value: Any) -> str | None:
        if is_key and isinstance(value, str) and value.isascii() and value.isalnum() and len(value) <= (length or 0):
            return value
        if is_empty(value):
            return None
        text = plain(value) if is_key or not isinstance(value, str) else value.strip(" \t\r\n\u3000\u00a0")
        text = _DOTS.sub("·", _CONTROL.sub(" ", text))
        if length is not None and len(text) > length:
            raise Refused(
                "too_long",
                Text(f"超过{length}个字", f"Longer than {length} characters"),
                Text(f"请缩短到{length}个字以内", f"Shorten it to {length} characters"),
            )
        return text

    return read


def _codes(codes: Codes) -> Reader:
    known: dict[str, str | int | None] = {}
    for code, words in codes.words.items():
        value: str | int = int(code) if codes.numeric else code
        known |= {_folded(name): value for name in (code, words.zh, words.en, f"{code} {words.zh}", f"{code}类")}
    for name, meant in _OTHER_WORDS.get(codes.name, {}).items():
        known.setdefault(_folded(name), int(meant) if meant and codes.numeric else meant)
    listed = [words.zh for words in codes.words.values()]
    names = "、".join(listed[:8]) + ("等" if len(listed) > 8 else "")

    def read(value: Any) -> str | int | None:
        if is_empty(value):
            return None
        try:
            return known[_folded(value)]
        except KeyError:
            raise Refused(
                "unknown_code",
                Text("不在可选值之内", "Not one of the values allowed"),
                Text(f"可选：{names}", f"Choose one of: {names}"),
            ) from None

    return read


def _folded(value: Any) -> str:
    return re.sub(r"[\s()（）]", "", plain(value)).casefold()


def _yes_no(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if is_empty(value):
        return None
    try:
        return _YES_NO[plain(value).casefold()]
    except KeyError:
        raise Refused(
            "not_yes_no", Text("不是“是”或“否”", "Neither yes nor no"), Text("请填“是”或“否”", "Write yes or no")
        ) from None


def _number(is_whole: bool, at_least: float | None, at_most: float | None, advice: Text | None) -> Reader:
    bounds_advice = advice or Text("请核对后改正", "See what is right and correct it")

    def read(value: Any) -> int | float | None:
        if is_empty(value):
            return None
        if isinstance(value, bool | date | time | timedelta):
            raise Refused("not_a_number", Text("不是数字", "Not a number"), ADVICE_NUMBER)
        if isinstance(value, int | float):
            number = float(value)
        else:
            text = plain(value)
            if not _NUMBER.fullmatch(text) or len(text) > 30:
                raise Refused("not_a_number", Text("不是数字", "Not a number"), ADVICE_NUMBER)
            number = float(text.replace(",", ""))
        if number != number or abs(number) > 1e15:
            raise Refused("not_a_number", Text("不是可用的数字", "Not a usable number"), ADVICE_NUMBER)
        if is_whole and not number.is_integer():
            raise Refused("not_whole", Text("应为整数", "Must be a whole number"), ADVICE_NUMBER)
        if (at_least is not None and number < at_least) or (at_most is not None and number > at_most):
            raise Refused("out_of_bounds", _bounds(at_least, at_most), bounds_advice)
        return int(number) if is_whole else number

    return read


def _bounds(at_least: float | None, at_most: float | None) -> Text:
    if at_most is None:
        return Text(f"不得小于{at_least:g}", f"Must not be less than {at_least:g}")
    if at_least is None:
        return Text(f"不得大于{at_most:g}", f"Must not be more than {at_most:g}")
    return Text(f"应在{at_least:g}至{at_most:g}之间", f"Must lie between {at_least:g} and {at_most:g}")


def _day(value: Any) -> date | None:
    made = _moment(value)
    return made.date() if made is not None else None


def _moment(value: Any) -> datetime | None:
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        made: datetime | None = value
    elif isinstance(value, date):
        made = datetime(value.year, value.month, value.day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        made = _of_number(float(value))
    else:
        made = _of_text(plain(value))
    if made is None:
        raise Refused("not_a_date", Text("不是日期", "Not a date"), ADVICE_DAY)
    if not YEARS[0] <= made.year <= YEARS[1]:
        raise Refused("unlikely_year", Text(f"年份{made.year}不合理", f"The year {made.year} cannot be"), ADVICE_DAY)
    return made.replace(microsecond=0, tzinfo=None)


def _of_number(number: float) -> datetime | None:
    if SERIALS[0] <= number <= SERIALS[1]:
        return EXCEL_DAY_ZERO + timedelta(days=number)
    is_typed = number.is_integer() and 1e7 <= number < 1e8  # 20250301
    return _of_text(str(int(number))) if is_typed else None


def _of_text(text: str) -> datetime | None:
    if _MONTH.fullmatch(text):
        raise Refused("no_day", Text("只有年月，缺少日", "A month without its day"), ADVICE_DAY)
    found = _DAY.fullmatch(text) or _PLAIN_DAY.fullmatch(text)
    if found is None:
        return _of_number(float(text)) if re.fullmatch(r"\d{5}(\.\d+)?", text) else None
    parts = [int(part) for part in found.groups() if part is not None]
    try:
        return datetime(*parts)  # type: ignore[arg-type]  # three to six whole numbers
    except ValueError:
        raise Refused("no_such_day", Text("没有这一天", "There is no such day"), ADVICE_DAY) from None
