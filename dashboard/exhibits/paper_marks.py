"""Marks of printed totals and of missing years in a chart: hatching, a word in the gap, a line in the tool tip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.exhibits.exhibit import View
from dashboard.sources import mark, missing
from dashboard.theme import tokens
from data_access.origins import Origin


def hatched(fills: Sequence[str], is_paper: Sequence[bool], view: View) -> dict[str, Any]:
    """A marker of bars in their colours, those that hold printed totals hatched in theirs on the card."""
    card = tokens(view.mode)["card"]
    shapes = ["/" if paper else "" for paper in is_paper]
    pattern = {
        "shape": shapes,
        "fgcolor": list(fills),
        "bgcolor": card,
        "size": 5,
        "solidity": 0.38,
        "fillmode": "replace",
    }
    lines = {"color": list(fills), "width": [1 if paper else 0 for paper in is_paper]}
    plain = {"color": list(fills)}
    return plain | {"pattern": pattern, "line": lines} if any(is_paper) else plain


def gaps(
    origins: Iterable[Origin], years: Iterable[Any], view: View, suffix: str = "", word: str = ""
) -> list[dict[str, Any]]:
    """The word for what is missing, upright in the place of each year without a figure, as annotations of a panel."""
    fixed = {"xref": f"x{suffix}", "yref": f"y{suffix} domain", "y": 0.02, "yanchor": "bottom", "showarrow": False}
    look = {"textangle": -90, "font": {"size": 11, "color": tokens(view.mode)["ink3"]}}
    return [
        {**fixed, **look, "x": int(year), "text": word or missing(found, view.lang)}
        for found, year in zip(origins, years, strict=True)
        if found.is_missing
    ]


def told(found: Origin, view: View) -> str:
    """What a tool tip adds: the report a printed total stands in, or that nobody filled the year in."""
    words = mark(found, view.lang)
    return f"<br>{words}" if words else ""
