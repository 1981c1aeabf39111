"""A map drawn as SVG from our own shapes: the same drawing on the screen, in a picture and on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Drawing:
    """What makes an SVG with CSS variables for colours (``svg``) and the same with light colours written out
    (``printed``), each only when it is asked for, and the key below it (``legend`` for the screen as HTML;
    ``legend_words`` for paper)."""

    svg: Callable[[], str]
    printed: Callable[[], str]
    legend: str = ""
    legend_words: str = ""

    def html(self) -> str:
        return f'<div class="map">{self.svg()}</div><div class="legend">{self.legend}</div>'

    def paper(self) -> dict[str, Any]:
        return {"kind": "svg", "svg": self.printed(), "legend": self.legend_words}
