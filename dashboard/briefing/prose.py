"""The text of the briefing on the screen: every number a link to its records, its definition beside it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from dashboard.exports.report import Figure, Sentence
from data_access.text import Lang, Text

COPY_TEXT = Text("复制全文", "Copy the text")
COPIED = Text("已复制", "Copied")
TIP = Text("{metric}：{definition}。{period}；{source}。", "{metric}: {definition}. {period}; {source}.")
STOP = Text("。", ".")


@dataclass(frozen=True)
class Prose:
    """Sentences as paragraphs, each after its subject in bold."""

    sentences: tuple[Sentence, ...]
    lang: Lang

    def html(self) -> str:
        lines = "".join(f"<p><b>{_heading(one, self.lang)}</b>{self._inner(one)}</p>" for one in self.sentences)
        copy = (
            f'<p class="copy"><a href="#" data-copy="{COPIED(self.lang)}" data-words="{escape(plain(self))}">'
            f"{COPY_TEXT(self.lang)}</a></p>"
        )
        return f'<div class="prose">{lines}{copy}</div>'

    def _inner(self, sentence: Sentence) -> str:
        return "".join(escape(part) if isinstance(part, str) else self._figure(part) for part in sentence.parts)

    def _figure(self, figure: Figure) -> str:
        tip = TIP(
            self.lang, metric=figure.metric, definition=figure.definition, period=figure.period, source=figure.source
        )
        inner = f'{escape(figure.words)}<span class="tip" role="tooltip">{escape(tip)}</span>'
        if not figure.link:
            return f'<span class="fig" tabindex="0">{inner}</span>'
        return f'<a class="fig" href="{escape(figure.link)}">{inner}</a>'

    def paper(self) -> dict[str, Any]:
        lines = [{"chip": s.heading, "tone": "quiet", "title": s.text, "note": "", "href": ""} for s in self.sentences]
        return {"kind": "todo", "items": lines}


def _heading(sentence: Sentence, lang: Lang) -> str:
    return f"{escape(sentence.heading)}{STOP(lang)}{' ' if lang == 'en' else ''}"


def plain(prose: Prose) -> str:
    """The text as it goes into a speech: one line a sentence, without headings."""
    return "\n".join(sentence.text for sentence in prose.sentences)
