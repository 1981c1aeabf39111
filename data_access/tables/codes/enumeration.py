"""Codes: an enumeration of the database, its codes in order, with their words.

The codes are stored; the words are shown. CHECK constraints, filters, labels, Excel drop-downs and exports all
read them from here. What a place may call differently (result classes) is renamed in ``rule_config``, never here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.text import Lang, Text

UNSTATED = Text("未填报", "Not recorded")


@dataclass(frozen=True)
class Codes:
    """An enumeration: its name and the words of each code, in the order they are shown."""

    name: str
    words: dict[str, Text]
    numeric: bool = False

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __contains__(self, code: object) -> bool:
        return str(code) in self.words

    def label(self, code: object, lang: Lang = "zh") -> str:
        """The words of a code; a code not in the enumeration stands for itself, so that it stays visible."""
        if code is None:
            return UNSTATED(lang)
        words = self.words.get(str(code))
        return words(lang) if words else str(code)

    def sql_list(self) -> str:
        """The codes as the inside of an SQL ``IN ( )``."""
        return ", ".join(code if self.numeric else f"'{code}'" for code in self.words)


def enumeration(name: str, *rows: tuple[str, str, str], numeric: bool = False) -> Codes:
    """An enumeration from rows of code, Chinese and English."""
    return Codes(name, {code: Text(zh, en) for code, zh, en in rows}, numeric)
