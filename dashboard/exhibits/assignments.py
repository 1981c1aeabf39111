"""Who is linked to what: a row a person, a column a kind of work, in each cell the work with how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from dashboard.exhibits.listing import Tone


@dataclass(frozen=True)
class Work:
    """One piece of work: its name, its progress in words and (0 to 1) as a bar; no bar without a ``share``."""

    name: str
    words: str = ""
    share: float | None = None
    tone: Tone = ""
    href: str = ""


@dataclass(frozen=True)
class Person:
    """A row: the name, a note under it such as the post, and the work of each column."""

    name: str
    note: str
    cells: tuple[tuple[Work, ...], ...]
    href: str = ""


@dataclass(frozen=True)
class Assignments:
    """A table of people and their work. ``heads`` are (words, href) of the columns, the first one that of the people;
    ``none`` stands in an empty cell."""

    heads: tuple[tuple[str, str], ...]
    people: tuple[Person, ...]
    none: str = "–"

    def html(self) -> str:
        head = "".join(f"<th>{_linked(escape(words), href)}</th>" for words, href in self.heads)
        rows = "".join(self._row(person) for person in self.people)
        return f'<div class="scroll"><table class="t list who"><thead><tr>{head}</tr></thead>{rows}</table></div>'

    def _row(self, person: Person) -> str:
        name = _linked(f'{escape(person.name)}<span class="m">{escape(person.note)}</span>', person.href)
        cells = "".join(f"<td>{self._cell(cell)}</td>" for cell in person.cells)
        return f"<tr><td>{name}</td>{cells}</tr>"

    def _cell(self, cell: tuple[Work, ...]) -> str:
        return "".join(_work(work) for work in cell) or f'<i class="na">{escape(self.none)}</i>'

    def paper(self) -> dict[str, Any]:
        columns = [{"name": words, "align": "left", "wide": place > 0} for place, (words, _) in enumerate(self.heads)]
        lines = [{"cells": [_plain(text) for text in self._texts(person)], "href": ""} for person in self.people]
        return {"kind": "table", "columns": columns, "lines": lines}

    def _texts(self, person: Person) -> list[str]:
        name = f"{person.name} {person.note}".strip()
        return [name, *(" · ".join(f"{w.name} {w.words}".strip() for w in cell) or self.none for cell in person.cells)]


def _plain(text: str) -> dict[str, str]:
    return {"text": text, "tone": "", "href": ""}


def _linked(inner: str, href: str) -> str:
    return f'<a href="{escape(href)}">{inner}</a>' if href else inner


def _work(work: Work) -> str:
    tone = {"late": ' class="am"', "done": ' class="ok"', "muted": ' class="na"'}.get(work.tone, "")
    words = f"<em{tone}>{escape(work.words)}</em>" if work.words else ""
    bar = f'<u><i style="width:{100 * work.share:.0f}%"></i></u>' if work.share is not None else ""
    kind = "wk" if work.words or bar else "wk in"
    return f'<a class="{kind}" href="{escape(work.href)}"><span>{escape(work.name)}</span>{words}{bar}</a>'
