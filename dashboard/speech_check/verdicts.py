"""What is said of a draft: its numbers, the figures each was held against, and how that went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from dashboard.speech_check.quantities import Quantity
from data_access.text import Text


class Verdict(Enum):
    """What is said of a number."""

    AGREES = Text("相符", "agrees")
    DIFFERS = Text("不符", "differs")
    UNKNOWN = Text("无法核对", "cannot check")


@dataclass(frozen=True)
class Claim:
    """One figure a number was held against, in words ready to be read.

    ``right`` is the figure as the draft would write it, empty where there is none; ``link`` leads to its records,
    ``key`` is that of its metric.
    """

    name: Text
    period: Text
    place: Text
    right: Text
    verdict: Verdict
    why: tuple[Text, ...]
    link: str = ""
    key: str = ""


@dataclass(frozen=True)
class Finding:
    """A number of the draft with its verdict: the worst of its claims'."""

    quantity: Quantity
    claims: tuple[Claim, ...]

    @property
    def verdict(self) -> Verdict:
        """不符 before 无法核对 before 相符."""
        found = {claim.verdict for claim in self.claims}
        return next(verdict for verdict in (Verdict.DIFFERS, Verdict.UNKNOWN, Verdict.AGREES) if verdict in found)


@dataclass(frozen=True)
class Checked:
    """A draft and what was found in it, in reading order."""

    text: str
    findings: tuple[Finding, ...]

    def count(self, verdict: Verdict) -> int:
        """How many numbers have this verdict."""
        return sum(finding.verdict is verdict for finding in self.findings)
