"""A timeline: one column a year, in it what happened, each a link; on paper a list with year and day in front."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any


@dataclass(frozen=True)
class Moment:
    """Something that happened: its day as written, what it was, a note such as its kind. ``strong`` stands out."""

    day: str
    title: str
    note: str
    href: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Stretch:
    """One year and its moments in the order of their days; ``empty`` is said of a year without any."""

    name: str
    moments: tuple[Moment, ...]
    empty: str = ""


@dataclass(frozen=True)
class Timeline:
    """Years from left to right; on a phone one below the other."""

    stretches: tuple[Stretch, ...]

    def html(self) -> str:
        return f'<div class="tl">{"".join(_stretch(stretch) for stretch in self.stretches)}</div>'

    def paper(self) -> dict[str, Any]:
        items = [
            {
                "chip": "-".join(part for part in (stretch.name, moment.day) if part),
                "tone": "quiet",
                "title": moment.title,
                "note": moment.note,
            }
            for stretch in self.stretches
            for moment in stretch.moments
        ]
        return {"kind": "todo", "items": [item | {"href": ""} for item in items]}


def _stretch(stretch: Stretch) -> str:
    lines = "".join(_moment(moment) for moment in stretch.moments)
    body = f"<ul>{lines}</ul>" if lines else f'<p class="na">{escape(stretch.empty)}</p>'
    return f"<section><h3>{escape(stretch.name)}</h3>{body}</section>"


def _moment(moment: Moment) -> str:
    note = " · ".join(part for part in (moment.day, moment.note) if part)
    words = f"<b>{escape(moment.title)}</b>" if moment.strong else escape(moment.title)
    return f'<li><a href="{escape(moment.href)}">{words}<span class="m">{escape(note)}</span></a></li>'
