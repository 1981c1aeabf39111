"""The years of a view as a speech names them: 五年来, 本届以来, 2023年以来, 2021—2025年."""

from __future__ import annotations

from datetime import date

from data_access.text import Lang, Text

FIVE = 5
FIVE_YEARS = Text("五年来", "Over the past five years")
THIS_TERM = Text("本届以来", "Since this term began")
SINCE_YEAR = Text("{a}年以来", "Since the start of {a}")
ONE_YEAR = Text("{a}年", "In {a}")
SPAN = Text("{a}—{b}年", "In {a}–{b}")
DAY = Text("{day.year}年{day.month}月{day.day}日", "{day:%-d %B %Y}")


def window(years: tuple[int, int], as_of: date, term_start: int, lang: Lang) -> str:
    """The words for a span of years, both included.

    Only a span that reaches the as-of day's year is told from today (五年来, 本届以来, 2023年以来); an earlier one is
    named by its years. ``term_start`` is the year in which the term of the as-of day began to work.
    """
    first, last = years
    if last < as_of.year:
        return (ONE_YEAR if first == last else SPAN)(lang, a=first, b=last)
    if as_of.year - first + 1 == FIVE:
        return FIVE_YEARS(lang)
    if first == term_start and first < as_of.year:
        return THIS_TERM(lang)
    return SINCE_YEAR(lang, a=first)


def day_words(day: date, lang: Lang) -> str:
    """``2026年11月20日``."""
    return DAY(lang, day=day)


def runs(years: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Years, ascending, as unbroken runs: 2017, 2018, 2021 are (2017, 2018) and (2021, 2021)."""
    made: list[tuple[int, int]] = []
    for year in years:
        if made and made[-1][1] == year - 1:
            made[-1] = (made[-1][0], year)
        else:
            made.append((year, year))
    return tuple(made)


def listed(years: tuple[int, ...], lang: Lang) -> str:
    """Years in words: ``2017–2019、2022``."""
    words = (f"{a}" if a == b else f"{a}–{b}" for a, b in runs(years))
    return ("、" if lang == "zh" else ", ").join(words)
