"""Text: one wording in the two languages of the board, kept side by side."""

from __future__ import annotations

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """A whole sentence or a noun in Chinese and English.

    Call it with a language to get the words; ``{name}`` places are filled from keywords.
    """

    zh: str
    en: str

    def __call__(self, lang: Lang, **values: object) -> str:
        words = self.zh if lang == "zh" else self.en
        return words.format(**values) if values else words

    def filled(self, **values: object) -> Text:
        """The same sentence with its places filled, still in both languages; texts go in in the same language."""
        zh = {name: value.zh if isinstance(value, Text) else value for name, value in values.items()}
        en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
        return Text(self("zh", **zh), self("en", **en))
