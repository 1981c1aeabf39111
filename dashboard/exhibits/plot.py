"""Charts drawn by plotly, carried as plain dicts so that they are built once, cached and sent as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.exhibits.movable_map import MovableMap

# Kinds in the small chart library that reach the screen; others would silently come out as lines.
DRAWABLE = frozenset({"bar", "scatter", "heatmap", "box", "histogram"})


@dataclass(frozen=True)
class Plot:
    """A plotly figure as ``{"data": [...], "layout": {...}}`` in the view's colours.

    A point whose ``customdata`` is an address (or a list that begins with one) is a link to it. ``phone`` replaces the
    figure on narrow screens.
    """

    figure: dict[str, Any]
    height: int = 300
    phone: dict[str, Any] | None = None
    phone_height: int | None = None

    def __post_init__(self) -> None:
        for figure in filter(None, (self.figure, self.phone)):
            wrong = {trace.get("type", "scatter") for trace in figure["data"]} - DRAWABLE
            if wrong:
                raise ValueError(f"The screen cannot draw {sorted(wrong)}; use one of {sorted(DRAWABLE)}.")

    def html(self) -> str:
        return f'<div class="plot" style="--h:{self.height}px;--ph:{self.phone_height or self.height}px"></div>'

    def paper(self) -> dict[str, Any]:
        return {"kind": "plot", "height": self.height}

    def sent(self) -> dict[str, Any]:
        """What the browser draws, with what it draws instead on a phone."""
        return self.figure | ({"phone": self.phone} if self.phone else {})


@dataclass(frozen=True)
class Stack:
    """Several bodies under one another in one card."""

    bodies: tuple[Any, ...]

    def html(self) -> str:
        return "".join(body.html() for body in self.bodies)

    def paper(self) -> dict[str, Any]:
        return {"kind": "stack", "bodies": [body.paper() for body in self.bodies]}


def plots(body: Any) -> tuple[Plot, ...]:
    """Every plotly chart in a body, in drawing order."""
    if isinstance(body, Plot):
        return (body,)
    if isinstance(body, Stack):
        return tuple(plot for inner in body.bodies for plot in plots(inner))
    return ()


def sent(body: Any) -> tuple[dict[str, Any], ...]:
    """What the browser makes of a body's charts, and of a map that moves, in drawing order."""
    if isinstance(body, Stack):
        return tuple(figure for inner in body.bodies for figure in sent(inner))
    return (body.sent(),) if isinstance(body, Plot | MovableMap) else ()
