"""Whole speeches: every figure of ours right, and each of them once wrong."""

from __future__ import annotations

import re

import pytest

from dashboard.settings import ROOT
from dashboard.speech_check.verdicts import Checked, Verdict
from tests.speech_check.conftest import Ask, Figure
from tests.speech_check.own_speech import NAMES, SPEECH, filled

SHARED = ROOT.parent / "shared" / "speech.txt"
# The figures its stars stand for, in its order.
MASKED = ("P01", "P02", "D01", "S01", "S06", "S07", "A01", "E01.d", "E01.t", "B07", "B08")
PRINTED = ("百分百", "17个", "25个", "6个", "1名", "七委两室一中心")


def told(checked: Checked) -> list[str]:
    """What is not in order, in words."""
    findings = [finding for finding in checked.findings if finding.verdict is not Verdict.AGREES]
    return [
        f"{finding.quantity.words} {claim.name.zh} {claim.right.zh} {'；'.join(why.zh for why in claim.why)}"
        for finding in findings
        for claim in finding.claims
    ]


def test_a_speech_filled_from_the_database_agrees_throughout(ask: Ask, figure: Figure) -> None:
    checked = ask(filled(figure))
    assert told(checked) == []
    assert checked.count(Verdict.AGREES) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_one_wrong_figure_is_the_one_that_differs(ask: Ask, figure: Figure, name: str) -> None:
    checked = ask(filled(figure, wrong=name))
    differing = [place for place, finding in enumerate(checked.findings) if finding.verdict is Verdict.DIFFERS]
    order = re.findall(r"\{(\w+)\}", SPEECH)
    assert [order[place] for place in differing] == [name], told(checked)
    assert checked.count(Verdict.AGREES) == len(NAMES) - 1


def test_an_empty_draft_has_no_numbers(ask: Ask) -> None:
    assert ask("").findings == ()


@pytest.mark.skipif(not SHARED.is_file(), reason="no speech.txt in the folder shared beside the project")
def test_the_speech_beside_the_project_with_its_stars_filled_agrees(ask: Ask, figure: Figure) -> None:
    """Stars before a measure word are figures; those that stand for a place stay as they are."""
    values = iter([f"{int(figure(key)):,}" for key in MASKED])
    filled = re.sub(r"\*+(?=[件项次篇条人名])", lambda _: next(values), SHARED.read_text(encoding="utf-8"))
    assert next(values, None) is None
    checked = ask(filled)
    # What it prints in full is of another district.
    own = [finding for finding in checked.findings if finding.quantity.words not in PRINTED]
    assert len(own) == len(MASKED)
    assert told(Checked(filled, tuple(own))) == []
