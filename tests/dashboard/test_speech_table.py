"""README's table of the speech: what it names is there, and each sentence prints what the table says it does."""

from __future__ import annotations

import re

import pytest

from dashboard.briefing.sentences import TEMPLATES
from dashboard.navigation import entry
from dashboard.settings import ROOT
from data_access.metrics import METRICS

LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "README.md")
    .read_text(encoding="utf-8")
    .partition("<!-- speech -->")[2]
    .partition("<!-- /speech -->")[0]
    .strip()
    .splitlines()[2:]
]
SENTENCES = {template.key: {slot.key for c in template.clauses() for slot in c.slots()} for template in TEMPLATES}


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_a_claim_has_its_metric_page_sentence_and_test(line: list[str]) -> None:
    _, metrics, page, sentence, tests = line
    keys = quoted(metrics)
    assert keys and set(keys) <= set(METRICS)
    assert entry(quoted(page)[0]) is not None
    if sentence != "—":
        assert set(keys) <= SENTENCES[sentence]
    texts = [(ROOT / "tests" / "data_access" / name).read_text(encoding="utf-8") for name in quoted(tests)]
    untested = [key for key in keys if not any(re.search(rf"[\"']{re.escape(key)}[\"'.]", text) for text in texts)]
    assert untested == []


def test_every_sentence_is_in_the_table() -> None:
    assert {line[3] for line in LINES} >= set(SENTENCES)
