"""How numbers are written: counts, shares, changes, days, dates; missing is a dash, never a zero."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from data_access.metrics.metric import Kind, Metric
from data_access.text import Lang, Text, counted

MISSING = "–"
MORE = Text("多", "up")
FEWER = Text("少", "down")
HIGHER = Text("高", "up")
LOWER = Text("低", "down")
SAME = Text("持平", "unchanged")
POINTS = Text("个百分点", "pp")


class FigureMissing(Exception):
    """A drawing takes a figure for granted that is missing."""


def is_missing(value: Any) -> bool:
    """Whether there is no figure: None or NaN."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def granted(value: Any) -> int:
    """A figure that a drawing takes for granted, as a whole number.

    Raises:
        FigureMissing: There is none. Where the database has no table for it, the card says so instead.
    """
    if is_missing(value):
        raise FigureMissing
    return int(value)


def number(value: Any, decimals: int = 0) -> str:
    """``1,234`` or ``12.5``; a dash when missing."""
    return MISSING if is_missing(value) else f"{float(value):,.{decimals}f}"


def percent(value: Any, decimals: int = 1) -> str:
    """A share of 1 as ``92.4%``; a dash when missing."""
    return MISSING if is_missing(value) else f"{float(value) * 100:.{decimals}f}%"


def amount(metric: Metric, value: Any, lang: Lang) -> str:
    """A metric's value with its unit: ``214 件``, ``92.4%``."""
    if metric.is_share or is_missing(value):
        return percent(value)
    return counted(f"{number(value, metric.decimals)} {metric.unit(lang)}").strip()


def unit(words: Text, figure: str, lang: Lang) -> str:
    """The unit that stands apart from its figure: ``items``, ``item`` beside a single 1."""
    return counted(f"{figure} {words(lang)}").partition(" ")[2]


def change(metric: Metric, now: Any, before: Any, lang: Lang, *, bare: bool = False) -> str:
    """The change in words: ``多 16 件``, ``高 2.0 个百分点``; empty when either figure is missing.

    ``bare`` leaves out the unit of a number (``多 16``), where it stands over a column.
    """
    if is_missing(now) or is_missing(before):
        return ""
    if metric.is_share:
        points = round(100 * (float(now) - float(before)), 1)
        return _in_words(points, 1, POINTS(lang), HIGHER, LOWER, lang)
    up, down = (HIGHER, LOWER) if metric.kind is Kind.QUANTILE else (MORE, FEWER)
    unit = "" if bare else metric.unit(lang)
    return _in_words(float(now) - float(before), metric.decimals, unit, up, down, lang)


def _in_words(step: float, decimals: int, unit: str, up: Text, down: Text, lang: Lang) -> str:
    if round(step, decimals) == 0:
        return SAME(lang)
    return counted(f"{(up if step > 0 else down)(lang)} {number(abs(step), decimals)} {unit}").strip()


def share_with_base(k: Any, n: Any, lang: Lang, *, small_n: int = 5) -> str:
    """``92.4%（n=199）``; below ``small_n`` the count ``3/7`` instead of a percentage."""
    if is_missing(n) or not float(n):
        return MISSING
    if float(n) < small_n:
        return f"{number(k)}/{number(n)}"
    return (
        f"{percent(float(k) / float(n))}（n={number(n)}）"
        if lang == "zh"
        else f"{percent(float(k) / float(n))} (n={number(n)})"
    )


def day(value: date | None) -> str:
    """``2026-11-20``; a dash when missing."""
    return value.isoformat() if isinstance(value, date) else MISSING


def short_day(value: date | None) -> str:
    """``11-20``, for lists within a year."""
    return value.strftime("%m-%d") if isinstance(value, date) else MISSING
