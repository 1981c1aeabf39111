"""A view in words: for the head of a page, the passport of a file and its name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from dashboard import fetch, formats
from dashboard.exhibits.exhibit import Page, View
from dashboard.sources import PAPER_AMONG, brief
from data_access.dimensions import DIMENSIONS, labels
from data_access.measure import measure
from data_access.origins import origin
from data_access.text import Text

WHOLE = Text("全{word}", "the whole district")
ALL_UNITS = Text("全{word} {n} 个乡镇（街道）", "all {n} townships and subdistricts")
SOME_UNITS = Text("{names}等 {n} 个乡镇（街道）", "{names} and others, {n} townships and subdistricts")
ONE_YEAR = Text("{a} 年", "{a}")
MANY_YEARS = Text("{a}–{b} 年", "{a}–{b}")
SEPARATOR = Text("，", ", ")
LIST = Text("、", ", ")
RECORDS = Text("{name} {n} {unit}", "{name}: {n} {unit}")
SINCE = Text("变化自 {day} 起", "changes since {day}")
NO_RECORDS = Text("{name}未填报", "{name}: not reported")
NAMED = 4  # so many township names are written out before they are counted


@dataclass(frozen=True)
class Described:
    """A view in words. ``records`` is empty on pages without records of their own."""

    range: str
    data_as_of: str
    counting: str
    records: str


def years(view: View) -> str:
    """``2026 年`` or ``2022–2026 年``."""
    first, last = view.context.filters.years
    return (ONE_YEAR if first == last else MANY_YEARS)(view.lang, a=first, b=last)


def places(view: View) -> str:
    """The townships asked for, by name, or all of them by number."""
    towns = fetch.frame().townships
    asked = set(view.context.filters.townships)
    names = [town.name for town in towns if town.code in asked]
    if not towns:
        return WHOLE(view.lang, word=view.context.rules.region_word)
    if not names:
        return ALL_UNITS(view.lang, word=view.context.rules.region_word, n=len(towns))
    if len(names) <= NAMED:
        return LIST(view.lang).join(names)
    return SOME_UNITS(view.lang, names=LIST(view.lang).join(names[:NAMED]), n=len(names))


def picks(view: View) -> tuple[tuple[str, str, str, str], ...]:
    """Clicked filters as (dimension, code, dimension's name, code's name)."""
    made = []
    for dimension, code in view.context.filters.picks:
        ask = partial(labels, dimension=dimension, context=view.context)
        known = fetch.kept(f"labels|{dimension}|{view.context.key}", ask)
        name = known[code](view.lang) if code in known else code
        made.append((dimension, code, DIMENSIONS[dimension].name(view.lang), name))
    return tuple(made)


def range_words(view: View) -> str:
    """Years, places and clicked filters in one phrase."""
    since = view.context.filters.since
    after = [SINCE(view.lang, day=formats.day(since))] if since else []
    parts = [years(view), places(view), *after, *(f"{name}：{value}" for _, _, name, value in picks(view))]
    return SEPARATOR(view.lang).join(parts)


def records(page: Page, view: View) -> str:
    """How many records the page stands on, with their unit and name; empty when it counts none."""
    metric = page.records
    if metric is None:
        return ""
    counted = fetch.kept(
        f"records|{page.key}|{view.context.key}", lambda c: measure(c, [metric], view.context)[metric.key].iloc[0]
    )
    made, lang = origin(view.context, metric), view.lang
    if made.is_missing:
        return NO_RECORDS(lang, name=metric.name(lang))
    words = RECORDS(lang, n=formats.number(counted), unit=metric.unit(lang), name=metric.name(lang))
    return SEPARATOR(lang).join(filter(None, (words, brief(made, lang, PAPER_AMONG))))


def describe(page: Page, view: View) -> Described:
    """Everything the line above a page says, and every file repeats."""
    return Described(
        range=range_words(view),
        data_as_of=formats.day(view.context.as_of),
        counting=page.counting(view.lang),
        records=records(page, view),
    )
