"""Headline cards: name, large number, change against the same dates, base, and a line of five years."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import Any


@dataclass(frozen=True)
class Card:
    """One headline figure. ``trend`` holds same-date values of the last years, oldest first, ``None`` where unknown."""

    name: str
    value: str
    unit: str
    change_lead: str = ""  # "较同期"; without a change a line of its own
    change: str = ""  # "多 16 件"
    base: str = ""  # "n=199，已到期件"
    trend: tuple[float | None, ...] = ()
    trend_alt: str = ""
    href: str = ""
    metric: str = ""  # the key of what is counted, for the quality of its data
    tip: str = ""


@dataclass(frozen=True)
class Numbers:
    """A row of headline cards."""

    cards: tuple[Card, ...]

    def html(self) -> str:
        return "".join(_card(card) for card in self.cards)

    def paper(self) -> dict[str, Any]:
        return {"kind": "cards", "cards": [asdict(card) for card in self.cards]}


def _card(card: Card) -> str:
    change = escape(card.change_lead) + (f" <b>{escape(card.change)}</b>" if card.change else "")
    value = f"{escape(card.value)}<small>{escape(card.unit)}</small>"
    tip = f' title="{escape(card.tip)}"' if card.tip else ""
    return (
        f'<a class="card k" href="{escape(card.href)}"{tip}><h3>{escape(card.name)}</h3><div class="n">{value}</div>'
        f'<div class="d">{change or "&nbsp;"}</div><div class="b">{escape(card.base) or "&nbsp;"}</div>'
        f"{sparkline(card)}</a>"
    )


def sparkline(card: Card) -> str:
    """A 150 x 30 line of the card's years; the last point is the house red. Nothing when fewer than two are known."""
    known = [(index, value) for index, value in enumerate(card.trend) if value is not None]
    if len(known) < 2:
        return '<div class="sp"></div>'
    low, high = min(v for _, v in known), max(v for _, v in known)
    wide = max(len(card.trend) - 1, 1)
    spot = [(4 + 142 * i / wide, 24 - 18 * ((v - low) / (high - low) if high > low else 0.5)) for i, v in known]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spot)
    x, y = spot[-1]
    even = 'vector-effect="non-scaling-stroke"'  # the same width however wide the card is
    return (
        '<svg class="sp" viewBox="0 0 150 30" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(card.trend_alt)}">'
        f'<polyline points="{line}" fill="none" stroke="var(--blue)" stroke-width="1.5" opacity=".75" {even}/>'
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="var(--red)" stroke-width="6"'
        f' stroke-linecap="round" {even}/></svg>'
    )
