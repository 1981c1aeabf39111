"""A map drawn as SVG from our own shapes: the same drawing on the screen, in a picture and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Drawing:
    """An SVG with CSS variables for colours (``svg``), the same with light colours written out (``printed``), and the
    key below it (``legend`` for the screen as HTML; ``legend_words`` for paper)."""

    svg: str
    printed: str
    legend: str = ""
    legend_words: str = ""

    def html(self) -> str:
        return f'<div class="map">{self.svg}</div><div class="legend">{self.legend}</div>'

    def paper(self) -> dict[str, Any]:
        return {"kind": "svg", "svg": self.printed, "legend": self.legend_words}
