"""Leaves: the single drawings of a report, for files that set each of them by itself; every one is drawn once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.exhibits.exhibit import Picture
from dashboard.exhibits.plot import Plot, plots
from dashboard.exports import sheet
from dashboard.exports.report import Section


@dataclass(frozen=True, eq=False)
class Leaf:
    """One drawing: its plain data (see ``Body.paper``), the chart if it is one, its words for those who cannot see."""

    body: dict[str, Any]
    alt: str
    plot: Plot | None = None

    @property
    def kind(self) -> str:
        """What draws it: cards, table, plot and so on."""
        return str(self.body["kind"])

    @property
    def figures(self) -> tuple[Plot, ...]:
        """The charts a browser has to draw."""
        return (self.plot,) if self.plot else ()


def whole_body(picture: Picture) -> dict[str, Any] | None:
    """The plain data of a picture's drawing, or of its figures where it has none; None where nothing matches."""
    if picture.body is not None:
        return picture.body.paper()
    return None if picture.empty or picture.table.empty else sheet.from_table(picture.table)


def leaves(section: Section) -> tuple[Leaf, ...]:
    """The drawings of one exhibit from top to bottom."""
    body, picture = whole_body(section.picture), section.picture
    return () if body is None else tuple(_leaves(body, picture.alt or picture.title, iter(plots(picture.body))))


def _leaves(body: dict[str, Any], alt: str, charts: Iterator[Plot]) -> Iterator[Leaf]:
    if body["kind"] == "stack":
        for inner in body["bodies"]:
            yield from _leaves(inner, alt, charts)
    else:
        yield Leaf(body, alt, next(charts) if body["kind"] == "plot" else None)
