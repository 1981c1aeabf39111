"""Whole numbers written in Chinese characters, by a way of its own, for round trips."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """``123`` as 一百二十三, up to 99,999,999."""
    if number >= 10_000:
        rest = number % 10_000
        joint = "零" if rest and rest < 1000 else ""
        return f"{chinese(number // 10_000)}万{joint}{chinese(rest) if rest else ''}"
    made, pending = "", False
    for worth, place in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // worth % 10
        if digit:
            made += ("零" if pending else "") + DIGITS[digit] + place
        pending = bool(made) and not digit
    return made or "零"
