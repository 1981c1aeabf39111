"""Words beside marks: names of codes and years, which ink is readable on a fill, labels that stay apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from textwrap import wrap
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.exhibits.exhibit import View
from dashboard.theme import Mode, tokens
from data_access.measure import Columns
from data_access.metrics.metric import Metric
from data_access.origins import origin
from data_access.text import Text

UNRECORDED = Text("未填报", "Not recorded")
SPAN = 5


def last_years(view: View) -> tuple[int, ...]:
    """The five years that end with the last one asked for; all of them when more are asked for."""
    first, last = view.context.filters.years
    return tuple(range(min(first, last - SPAN + 1), last + 1))


def known_years(metric: Metric, by: Sequence[str], view: View) -> tuple[int, ...]:
    """Those of the last five years (or all asked for) that have rows to divide by further dimensions."""
    asked = ((year, origin(view.context, metric, (year,), by=("year", *by))) for year in last_years(view))
    return tuple(year for year, found in asked if not found.is_missing)


def is_unfinished(view: View, year: int) -> bool:
    """Whether a year still runs on the as-of day."""
    return year == view.context.as_of.year


def as_rows(table: pd.DataFrame | Columns) -> list[dict[Any, Any]]:
    """A table's rows by column name, as pandas' own ``to_dict("records")`` gives them, in a fraction of its time."""
    names: list[Any] = list(table)
    return [dict(zip(names, line, strict=True)) for line in lines_of(table, names)]


def lines_of(table: pd.DataFrame | Columns, names: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """A table's rows as the values of some columns, as pandas' own ``itertuples`` gives them, in a fraction of its
    time."""
    columns = (table[name] for name in names)
    return zip(*(column if isinstance(column, list) else column.tolist() for column in columns), strict=True)


def named(known: Any, code: Any, view: View, missing: Text = UNRECORDED) -> str:
    """The words of a code; ``missing`` where nothing is recorded, the code itself where it is unknown."""
    if code is None or formats.is_missing(code) or code == "":
        return missing(view.lang)
    return str(known[str(code)](view.lang)) if str(code) in known else str(code)


@lru_cache(maxsize=256)
def on_fill(fill: str, mode: Mode) -> str:
    """The ink that reads better on a fill: dark or light.

    Source: relative luminance and contrast of WCAG 2.2.
    """
    dark, light = ("#1F2328", "#FFFFFF") if mode == "light" else ("#10151B", "#E9EAEC")
    return dark if _contrast(fill, dark) >= _contrast(fill, light) else light


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def folded(words: str, most: float) -> str:
    """Words broken into lines of about ``most`` letters at their spaces, as a chart writes them."""
    return "<br>".join(wrap(words, int(most), break_long_words=False)) or words


def spread(places: Sequence[float], gap: float, *, low: float = 0.0, high: float = 1.0) -> list[float]:
    """Places moved as little as need be so that neighbours are ``gap`` apart, kept between ``low`` and ``high``.

    The order is kept. When they cannot all fit they are laid out evenly.
    """
    if not places:
        return []
    order = sorted(range(len(places)), key=lambda i: places[i])
    gap = min(gap, (high - low) / max(len(places) - 1, 1))
    made: list[float] = []
    for rank, index in enumerate(order):
        room = high - gap * (len(order) - 1 - rank)
        floor = made[-1] + gap if made else low
        made.append(min(max(places[index], floor), room))
    moved = [0.0] * len(places)
    for rank, index in enumerate(order):
        moved[index] = made[rank]
    return moved


def year_ticks(view: View, years: Sequence[int], second: Sequence[str] = ()) -> dict[str, Any]:
    """Axis labels of years, the last one asked for bold; ``second`` is a line under each, such as its n."""
    ink, asked = tokens(view.mode)["ink"], view.context.filters.years[1]
    words = [f'<b style="color:{ink}">{year}</b>' if year == asked else f"{year}" for year in years]
    lines = [f"{word}<br>{more}" for word, more in zip(words, second, strict=True)] if second else words
    return {"tickvals": list(years), "ticktext": lines, "tickfont": {"size": 12, "color": tokens(view.mode)["ink2"]}}
