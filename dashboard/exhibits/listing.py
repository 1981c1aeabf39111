"""Tables of records and small matrices: a status chip or a name first, every row a link, the order stated."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import Any, Literal

Align = Literal["left", "right", "centre"]
Tone = Literal["", "late", "soon", "quiet", "done", "muted"]
CHIPS: dict[str, str] = {"late": "chip", "soon": "chip w", "quiet": "chip q"}
WORDS: dict[str, str] = {"done": "ok", "muted": "na"}


@dataclass(frozen=True)
class Cell:
    """Words in a cell. ``late``, ``soon`` and ``quiet`` draw a chip, ``done`` a blue mark, ``muted`` grey."""

    text: str
    tone: Tone = ""
    href: str = ""


@dataclass(frozen=True)
class Line:
    """One row of cells; ``href`` opens its record."""

    cells: tuple[Cell, ...]
    href: str = ""


@dataclass(frozen=True)
class Column:
    """A column's head and alignment; ``wide`` columns may wrap, others never do."""

    name: str
    align: Align = "left"
    wide: bool = False


@dataclass(frozen=True)
class Listing:
    """A table. ``more`` is a (label, href) under it, such as 全部 36 件."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    more: tuple[str, str] | None = None

    def html(self) -> str:
        head = "".join(f'<th class="{_class(column)}">{escape(column.name)}</th>' for column in self.columns)
        body = "".join(self._line(line) for line in self.lines)
        more = f'<a class="more" href="{escape(self.more[1])}">{escape(self.more[0])}</a>' if self.more else ""
        table = f'<table class="t list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        return f'<div class="scroll">{table}</div>{more}'

    def _line(self, line: Line) -> str:
        cells = "".join(
            f'<td class="{_class(column)}">{_cell(cell, line.href if index == 0 else "")}</td>'
            for index, (column, cell) in enumerate(zip(self.columns, line.cells, strict=True))
        )
        return f'<tr data-href="{escape(line.href)}">{cells}</tr>' if line.href else f"<tr>{cells}</tr>"

    def paper(self) -> dict[str, Any]:
        return {"kind": "table", "columns": [asdict(c) for c in self.columns], "lines": [asdict(x) for x in self.lines]}


def _class(column: Column) -> str:
    return {"left": "", "right": "r", "centre": "c"}[column.align] + (" w" if column.wide else "")


def _cell(cell: Cell, row_href: str) -> str:
    words = escape(cell.text)
    if cell.tone in CHIPS:
        words = f'<i class="{CHIPS[cell.tone]}">{words}</i>'
    elif cell.tone in WORDS:
        words = f'<i class="{WORDS[cell.tone]}">{words}</i>'
    target = cell.href or row_href
    return f'<a href="{escape(target)}">{words}</a>' if target else words
