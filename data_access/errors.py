"""What can go wrong, as one hierarchy; every message says what was wrong and what to do.

RendaError                 shown to a reader as its sentence, never as a stack trace
├── UnknownDimension       a name in ``by`` is not a column of those rows
├── DatabaseProblem        the shared database cannot answer
│   ├── DatabaseMissing    the file or server named by DATABASE_URL is not there
│   ├── DatabaseBusy       locked or too slow; worth trying again
│   └── TableMissing       a table or column of the description is absent
└── ExportProblem          a picture or file cannot be made (codes EXP-01 … EXP-05)
"""

from __future__ import annotations

from data_access.text import Lang, Text


class RendaError(Exception):
    """Base class: carries its sentence in both languages."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence

    def say(self, lang: Lang) -> str:
        """The sentence a reader sees."""
        return self.sentence(lang)


class UnknownDimension(RendaError):
    """A name in ``by`` is not a column of those rows."""


class DatabaseProblem(RendaError):
    """The shared database cannot answer."""


class DatabaseMissing(DatabaseProblem):
    """The file or server named by DATABASE_URL is not there."""


class DatabaseBusy(DatabaseProblem):
    """Locked or too slow; worth trying again."""


class TableMissing(DatabaseProblem):
    """A table or column of the description is absent."""


class ExportProblem(RendaError):
    """A picture or file cannot be made."""

    def __init__(self, code: str, sentence: Text) -> None:
        super().__init__(sentence)
        self.code = code
