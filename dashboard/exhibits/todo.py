"""What to chase: a chip with the urgency, a title, a note; each line a link."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from dashboard.exhibits.listing import CHIPS, Tone


@dataclass(frozen=True)
class Item:
    """One thing to ask about today. ``tone`` is late, soon or quiet."""

    chip: str
    tone: Tone
    title: str
    note: str
    href: str = ""


@dataclass(frozen=True)
class Todo:
    """Items in the order of urgency."""

    items: tuple[Item, ...]

    def html(self) -> str:
        return f'<ul class="todo">{"".join(_item(item) for item in self.items)}</ul>'

    def paper(self) -> dict[str, Any]:
        return {"kind": "todo", "items": [asdict(item) for item in self.items]}


def _item(item: Item) -> str:
    chip = f'<i class="{CHIPS.get(item.tone, "chip q")}">{escape(item.chip)}</i>'
    return (
        f'<li><a href="{escape(item.href)}"><span>{chip}</span>'
        f'<div><b>{escape(item.title)}</b><span class="m">{escape(item.note)}</span></div></a></li>'
    )
