"""Numbers as they are written in a Chinese draft, read as exact values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

NAMES = ("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")
DIGITS = {character: value for value, names in enumerate(NAMES) for character in names}
PLACES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
CHINESE = "".join(DIGITS) + "".join(PLACES) + "".join(MYRIADS)
LONGEST = 24  # characters; nothing a draft counts is written longer

ARABIC = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?(?!\d)|\d{1,15}(?:\.\d{1,6})?"
NUMERAL = rf"(?:(?:{ARABIC})[十百千万亿]{{0,3}}|[{CHINESE}]{{1,{LONGEST}}}(?:点[{''.join(DIGITS)}]{{1,6}})?)"


@dataclass(frozen=True)
class Numeral:
    """A value and ``step``, what one of its last written digit is worth: 1 for 438, 0.1 for 96.2, 1000 for 1.2万."""

    value: Decimal
    step: Decimal


def read(text: str) -> Numeral | None:
    """``1,204``, ``1.2万``, ``一百二十三``, ``二〇二三``, ``九十六点二`` or ``两千三``; None where it is none.

    Digits may be full-width. Source: everyday written Chinese; 两千三 is 2,300, 一百零三 is 103.
    """
    text = plain(text)
    if not text or len(text) > LONGEST:
        return None
    if text[0].isdecimal():
        return _arabic(text)
    whole, dot, rest = text.partition("点")
    value = _chinese(whole)
    if value is None or (dot and (not rest or not all(character in DIGITS for character in rest))):
        return None
    fraction = "".join(str(DIGITS[character]) for character in rest)
    step = Decimal(1).scaleb(-len(fraction)) if fraction else _myriad(whole)
    return Numeral(value + (Decimal(int(fraction)) * step if fraction else 0), step)


def plain(text: str) -> str:
    """The same text, as long as before, with full-width digits, signs and percent made half-width."""
    narrow = text.translate(_NARROW)
    # A full-width comma parts thousands only among full-width digits; elsewhere it ends a clause.
    return re.sub(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))", ",", text).translate(_NARROW) if "，" in text else narrow


_NARROW = {
    ord(wide): ord(narrow) for wide, narrow in zip("０１２３４５６７８９％．＊－～", "0123456789%.*-~", strict=True)
}


def _arabic(text: str) -> Numeral | None:
    match = re.fullmatch(rf"({ARABIC})([十百千万亿]*)", text, re.ASCII)
    if not match:
        return None
    digits = match[1].replace(",", "")
    factor = 1
    for character in match[2]:
        factor *= PLACES.get(character, 0) or MYRIADS[character]
    step = Decimal(1).scaleb(-len(digits.partition(".")[2])) * (_myriad(match[2]) if match[2] else 1)
    if factor != _myriad(match[2]):  # 3千, 12百万: the small places say no more than the digits do
        step = max(step, Decimal(1))
    return Numeral(Decimal(digits) * factor, step)


def _myriad(text: str) -> Decimal:
    """What the 万 or 亿 a numeral ends in is worth; 1 where it ends in none."""
    ending = re.search(r"[万亿]+$", text)
    worth = 1
    for character in ending[0] if ending else "":
        worth *= MYRIADS[character]
    return Decimal(worth)


def _chinese(text: str) -> Decimal | None:
    if not text or any(character not in CHINESE for character in text):
        return None
    if all(character in DIGITS for character in text):
        return Decimal("".join(str(DIGITS[character]) for character in text))
    total = section = digit = 0
    last = 10  # what a digit would be worth that stands without a place of its own
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
            last = last if digit else 10
        elif character in PLACES:
            section += (digit or (1 if not section or character == "十" else 0)) * PLACES[character]
            last, digit = PLACES[character], 0
        else:
            worth, whole = MYRIADS[character], section + digit
            # 一亿二千万: the 万 is of what follows the 亿; 一万亿: the 亿 is of everything before it.
            total = total + whole * worth if total > worth else (total + whole or 1) * worth
            last, section, digit = worth, 0, 0
    return Decimal(total + section + digit * max(last // 10, 1))
