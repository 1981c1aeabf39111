"""Satisfaction ladders: four parts in true widths, unrated ones always among them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import Any, Literal

Tone = Literal["good", "fair", "bad", "none"]
CLASSES: dict[Tone, str] = {"good": "g1", "fair": "g2", "bad": "g3", "none": "g4"}


@dataclass(frozen=True)
class Part:
    """One part of a ladder: its tone, its word and its count."""

    tone: Tone
    word: str
    count: int
    href: str = ""


@dataclass(frozen=True)
class Rung:
    """One bar: a name and its parts, in the order 满意, 基本满意, 不满意, 未反馈."""

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Ladder:
    """Bars above one another, with a small table of rates below (``heads`` and ``rates``, rows in the bars' order)."""

    rungs: tuple[Rung, ...]
    heads: tuple[str, ...] = ()
    rates: tuple[tuple[str, ...], ...] = ()

    def html(self) -> str:
        key = "".join(
            f'<span><i class="{CLASSES[part.tone]}"></i>{escape(part.word)}</span>' for part in self.rungs[0].parts
        )
        bars = "".join(_rung(rung) for rung in self.rungs)
        return f'<div class="lkey">{key}</div><div class="lad">{bars}</div>{self._rates()}'

    def _rates(self) -> str:
        if not self.heads:
            return ""
        head = "".join(f'<th class="r">{escape(word)}</th>' for word in self.heads)
        rows = "".join(
            f"<tr><td>{escape(rung.name)}</td>{''.join(f'<td class=r>{escape(cell)}</td>' for cell in row)}</tr>"
            for rung, row in zip(self.rungs, self.rates, strict=True)
        )
        return f'<table class="t"><tr><th></th>{head}</tr>{rows}</table>'

    def paper(self) -> dict[str, Any]:
        return {"kind": "ladder", **asdict(self)}


def _rung(rung: Rung) -> str:
    parts = "".join(
        f'<a class="{CLASSES[part.tone]}" style="flex:{part.count} 0 0" href="{escape(part.href)}"'
        f' title="{escape(rung.name)} {escape(part.word)} {part.count}"><em>{part.count}</em></a>'
        for part in rung.parts
        if part.count
    )
    bad = next((part for part in rung.parts if part.tone == "bad" and part.count), None)
    note = f"<small>{escape(bad.word)} {bad.count}</small>" if bad else ""
    return f'<div class="r"><span>{escape(rung.name)}</span><div class="bar">{parts}{note}</div></div>'
