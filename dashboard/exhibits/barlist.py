"""Bars in a list: a name, a bar, a few columns of figures; labels never collide and every row is a link."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from dashboard import formats


@dataclass(frozen=True)
class Bar:
    """One row. ``value`` and ``late`` are lengths (``late`` is the amber end of the bar); ``mark`` is a thin rule,
    such as last year's value; ``cells`` are figures as written, ``warn`` the index of the cell in amber. A length that
    is not known (None or NaN) has no bar."""

    name: str
    value: float | None
    cells: tuple[str, ...]
    late: float = 0
    mark: float | None = None
    warn: int | None = None
    href: str = ""

    def __post_init__(self) -> None:
        for name, unknown in (("value", None), ("late", 0), ("mark", None)):
            if formats.is_missing(getattr(self, name)):
                object.__setattr__(self, name, unknown)


@dataclass(frozen=True)
class BarList:
    """Rows under column heads; ``full`` is the length of a whole bar (default: the longest)."""

    bars: tuple[Bar, ...]
    heads: tuple[str, ...]
    full: float | None = None

    def html(self) -> str:
        full = self.full or max([max(bar.value or 0, bar.mark or 0) for bar in self.bars] + [1e-9])
        heads = "".join(f'<span class="hd">{escape(word)}</span>' for word in self.heads)
        style = f"grid-template-columns:auto minmax(40px,1fr) {'auto ' * len(self.heads)}"
        rows = "".join(_bar(bar, full) for bar in self.bars)
        return f'<div class="bars" style="{style}"><span class="hd"></span><span class="hd"></span>{heads}{rows}</div>'

    def paper(self) -> dict[str, Any]:
        full = self.full or max([max(bar.value or 0, bar.mark or 0) for bar in self.bars] + [1e-9])
        return {"kind": "bars", "heads": self.heads, "full": full, "bars": [asdict(bar) for bar in self.bars]}


def _bar(bar: Bar, full: float) -> str:
    good = 100 * max((bar.value or 0) - bar.late, 0) / full
    late = 100 * bar.late / full
    mark = f'<u style="left:{100 * bar.mark / full:.1f}%"></u>' if bar.mark is not None else ""
    cells = "".join(
        f'<span class="x{" am" if index == bar.warn else ""}">{escape(cell)}</span>'
        for index, cell in enumerate(bar.cells)
    )
    drawn = f'<i style="width:{good:.1f}%"></i><s style="left:{good:.1f}%;width:{late:.1f}%"></s>{mark}'
    name = escape(bar.name)
    return f'<a href="{escape(bar.href)}"><span>{name}</span><span class="t2">{drawn}</span>{cells}</a>'
