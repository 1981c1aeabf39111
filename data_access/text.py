"""Text: one wording in the two languages of the board, kept side by side."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]

# What the board counts: after a single one the English noun, and the verb right behind it, stand in the singular.
NOUNS = (
    "appointments|ballots|bodies|campaigns|changes|charts|classes|days|deputies|documents|dots|duties|errors|"
    "events|exhibits|figures|imports|items|kinds|leaders|letters|meetings|members|month-ends|months|numbers|"
    "oaths|offices|opinions|others|papers|parts|people|person-times|persons|points|posts|problems|projects|"
    "promises|receptions|records|reports|residents|resolutions|rooms|rows|seats|seconds|sentences|sites|"
    "stations|subdistricts|suggestions|tables|talks|tasks|times|townships|units|vertices|villages|visits|votes|"
    "warnings|years"
)
SINGULAR = {"people": "person", "vertices": "vertex", "classes": "class"}
VERBS = {"are": "is", "were": "was", "have": "has"}
ONE = re.compile(
    r"(?<![\w.,/–-])(1 (?:(?!(?:of|to|in|and|or|at|by|on|is|was|with)\b)[a-z'-]+ )?)"
    rf"({NOUNS})\b((?: due| of \d{{4}})*)(?: ({'|'.join(VERBS)})\b)?"
)


def counted(words: str) -> str:
    """The words with what a single 1 counts in the singular: ``1 item has``; Chinese words stay as they are."""
    return ONE.sub(_single, words) if "1 " in words else words


def _single(found: re.Match[str]) -> str:
    before, noun, between, verb = found.groups()
    one = SINGULAR.get(noun) or (f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s"))
    return f"{before}{one}{between}{f' {VERBS[verb]}' if verb else ''}"


class Text(NamedTuple):
    """A whole sentence or a noun in Chinese and English.

    Call it with a language to get the words; ``{name}`` places are filled from keywords.
    """

    zh: str
    en: str

    def __call__(self, lang: Lang, **values: object) -> str:
        words = self.zh if lang == "zh" else self.en
        if not values:
            return words
        filled = words.format(**values)
        return counted(filled) if lang == "en" else filled

    def filled(self, **values: object) -> Text:
        """The same sentence with its places filled, still in both languages; texts go in in the same language."""
        zh = {name: value.zh if isinstance(value, Text) else value for name, value in values.items()}
        en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
        return Text(self("zh", **zh), self("en", **en))
