"""The rules of matching as one table, ``lexicon.csv``: which words and measure words mean which figure.

A row: 指标 (a metric, a column of one such as ``P04.k``, or a sum or difference of these; empty where the words name
something the board does not count), 关键词, 量词, 须有 (one of these must stand in the sentence), 不得有 (none may),
易混 (figures often meant or taken instead), 说明 and its English. Lists are parted by spaces; 〔区〕 stands for 区, 县,
市 and 旗; 〔站〕 for the measure word 站 itself.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data_access.metrics import METRICS
from data_access.text import Text

TABLE = Path(__file__).parent / "lexicon.csv"
REGION_WORDS = "区县市旗"


@dataclass(frozen=True)
class Row:
    """One line of the table. ``figure`` is a sum of signed terms, empty for what the board does not count."""

    figure: str
    words: tuple[str, ...]
    units: tuple[str, ...]
    needs: tuple[str, ...]
    never: tuple[str, ...]
    confusable: tuple[str, ...]
    note: Text

    def fits(self, unit: str, sentence: str) -> bool:
        """Whether a number in this measure word, in this sentence, may be meant."""
        return (
            unit in self.units
            and (not self.needs or any(word in sentence for word in self.needs))
            and not any(word in sentence for word in self.never)
        )


@cache
def rows() -> tuple[Row, ...]:
    """The whole table, in its order."""
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        return tuple(_row(line) for line in csv.DictReader(file))


@cache
def by_word() -> dict[str, tuple[Row, ...]]:
    """The rows of each keyword."""
    made: dict[str, list[Row]] = {}
    for row in rows():
        for word in row.words:
            made.setdefault(word, []).append(row)
    return {word: tuple(found) for word, found in made.items()}


@cache
def keywords() -> re.Pattern[str]:
    """Any keyword, the longest that stands at a place: 基本满意 is not 满意."""
    words = (word for word in by_word() if not word.startswith("〔"))
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))))


def terms(figure: str) -> tuple[tuple[int, str], ...]:
    """A figure as signed columns of ``measure()``: ``P12.k-P11.k`` is (1, P12.k) and (-1, P11.k)."""
    found = re.findall(r"([+-]?)([\w.]+)", figure)
    return tuple((-1 if sign == "-" else 1, name) for sign, name in found)


def metric_key(column: str) -> str | None:
    """The metric that a column of ``measure()`` belongs to; None where there is none."""
    key = column if column in METRICS else re.sub(r"\.[kn]$", "", column)
    return key if key in METRICS else None


def _row(line: dict[str, str]) -> Row:
    def listed(name: str) -> tuple[str, ...]:
        return tuple(word for word in line[name].split() if word)

    spread = [word.replace("〔区〕", region) for word in listed("关键词") for region in REGION_WORDS]
    return Row(
        figure=line["指标"].strip(),
        words=tuple(dict.fromkeys(spread)),
        units=listed("量词"),
        needs=listed("须有"),
        never=listed("不得有"),
        confusable=listed("易混"),
        note=Text(line["说明"].strip(), line["English"].strip()),
    )
