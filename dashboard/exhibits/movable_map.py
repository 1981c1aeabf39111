"""The movable map: the same sheet as the drawn one, by deck.gl without any ground; drawn where that cannot be shown."""

from __future__ import annotations

from dataclasses import dataclass, fields
from html import escape
from typing import Any

from dashboard.deck_gl import ADDRESS
from dashboard.exhibits.drawn_map import DrawnMap
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.map_layers import HEIGHT, deck
from data_access.text import Text

IN, OUT, RESET = Text("放大", "Zoom in"), Text("缩小", "Zoom out"), Text("复位", "Reset map")
TO_DRAWING = Text("地图空白？切换到简图", "Map blank? Show the plain drawing")
TO_DECK = Text("切换到可移动的地图", "Show the movable map")
HINT = Text(
    "拖动可移动；点乡镇按它筛选，点站点看记录。",
    "Drag to move it; a township filters the page, a site opens its record.",
)
# What lies on the map under the pointer; the page's colours hold in it as everywhere.
TIP = {
    "text": "{hover}",
    "style": {
        "backgroundColor": "var(--tip)",
        "color": "var(--ink)",
        "border": "1px solid var(--axis)",
        "borderRadius": "6px",
        "whiteSpace": "pre-line",
        "fontSize": "13px",
        "lineHeight": "1.5",
        "padding": "6px 10px",
        "maxWidth": "320px",
    },
}


@dataclass(frozen=True, kw_only=True)
class MovableMap(DrawnMap):
    """A drawn map that the browser shows as a movable one if it can.

    ``controls`` stand above it as HTML; ``said`` is what has to be said of the movable one alone.
    """

    view: View
    controls: str = ""
    said: str = ""

    def html(self) -> str:
        lang = self.view.lang
        moving = {"in": IN, "out": OUT, "reset": RESET, "drawing": TO_DRAWING}
        ways = "".join(
            f'<button class="{"moving" if way in moving else "still"}" data-map="{way}">{escape(words(lang))}</button>'
            for way, words in (moving | {"deck": TO_DECK}).items()
        )
        return (
            f'{self.controls}<div class="plot deck" style="--h:{HEIGHT}px"></div>'
            f'<div class="legend">{self.legend}</div>'
            f'<p class="ways"><span class="moving">{escape(self.said)}</span>{ways}</p>'
        )

    def sent(self) -> dict[str, Any]:
        """What the browser makes the map of: for deck.gl, and as a drawing."""
        return {"deck": deck(self, self.view), "tip": TIP, "script": ADDRESS, "drawing": self.svg()}


def movable(drawn: DrawnMap, view: View, *, controls: str, notices: tuple[str, ...] = ()) -> MovableMap:
    """A drawn map as a movable one; ``notices`` are said of the movable one alone."""
    own = {field.name: getattr(drawn, field.name) for field in fields(drawn)}
    said = ("" if view.lang == "zh" else " ").join((HINT(view.lang), *notices))
    return MovableMap(**own, view=view, controls=controls, said=said)
