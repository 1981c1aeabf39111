"""A process in equal columns: number, a bar against the first stage, and what fell away."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import Any


@dataclass(frozen=True)
class Stage:
    """One stage. ``share`` is its part of the first stage, 0 to 1; ``warning`` is a line in amber."""

    name: str
    value: str
    unit: str
    share: float
    lines: tuple[str, ...] = ()
    warning: str = ""
    href: str = ""


@dataclass(frozen=True)
class Steps:
    """The stages of a process, first to last."""

    stages: tuple[Stage, ...]

    def html(self) -> str:
        return f'<div class="fun">{"".join(_stage(stage) for stage in self.stages)}</div>'

    def paper(self) -> dict[str, Any]:
        return {"kind": "steps", "stages": [asdict(stage) for stage in self.stages]}


def _stage(stage: Stage) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in stage.lines)
    warning = f"<p><b>{escape(stage.warning)}</b></p>" if stage.warning else ""
    return (
        f'<a href="{escape(stage.href)}"><h3>{escape(stage.name)}</h3><div class="n">{escape(stage.value)}'
        f"<small>{escape(stage.unit)}</small></div>"
        f'<div class="tr"><i style="width:{100 * min(max(stage.share, 0), 1):.1f}%"></i></div>{lines}{warning}</a>'
    )
