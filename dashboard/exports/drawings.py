"""The drawings of one report: each chart and each picture is made at its first use and kept for the other files."""

from __future__ import annotations

from typing import Any

from dashboard.exports import paper
from dashboard.exports.leaves import Leaf, leaves
from dashboard.exports.report import Report, Section
from dashboard.exports.worker import worker


class Drawings:
    """Draws for the files of one report. ``sections`` are its exhibits, each with its single drawings."""

    def __init__(self, report: Report, draw: paper.Draw | None = None) -> None:
        self.report = report
        self.sections: tuple[tuple[Section, tuple[Leaf, ...]], ...] = tuple(
            (section, leaves(section)) for section in report.sections
        )
        self._draw = draw or worker().svg
        self._charts: dict[tuple[int, int, int], str] = {}
        self._stills: dict[Leaf, bytes] = {}

    def svg(self, figure: dict[str, Any], width: int, height: int) -> str:
        """A chart as SVG.

        Raises:
            ExportProblem: As for ``RenderWorker.svg``.
        """
        key = (id(figure), width, height)  # the report holds its figures, so no other takes over the number
        if key not in self._charts:
            self._charts[key] = self._draw(figure, width, height)
        return self._charts[key]

    def png(self, leaf: Leaf) -> bytes:
        """A drawing as a picture.

        Raises:
            ExportProblem: As for ``paper.still``.
        """
        if leaf not in self._stills:
            self._stills[leaf] = paper.still(self.report, leaf, self.svg)
        return self._stills[leaf]
