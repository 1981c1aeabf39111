"""The briefing: the numbers part of the speech, written from metrics for any years and townships."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dashboard import caption, fetch
from dashboard.briefing.basket import Basket, Shown, shown, take
from dashboard.briefing.facts import Facts
from dashboard.briefing.text import TEXT, asked
from dashboard.briefing.written import Briefing, briefing
from dashboard.exhibits.exhibit import View
from dashboard.exports import progress
from dashboard.exports.collect import passport, picture, stem
from dashboard.exports.report import BRIEFING, Report, Section


def told(view: View) -> Briefing:
    """The sentences under a view, and what is left out of them.

    Raises:
        RendaError: The database cannot answer.
    """
    facts: Facts = fetch.kept(f"briefing|{view.key}", lambda connection: asked(connection, view))
    return briefing(facts, view)


def report(view: View, basket: Basket = (), *, now: datetime | None = None) -> Report:
    """The briefing ready to be written: its sentences, the basket's exhibits under their own views, its passport.

    Raises:
        RendaError: The database cannot answer.
    """
    view = replace(take(view, {}), mode="light", basket=basket)
    page = fetch.page(BRIEFING)
    items = shown(basket, view.lang, "light")
    exhibits = (TEXT, *(one.exhibit for one in items))
    progress.begin("read", len(items))
    return Report(
        title=page.title(view.lang),
        lang=view.lang,
        passport=passport(page, exhibits, view, is_page=True, now=now or datetime.now()),
        sections=tuple(_section(one) for one in items),
        file_stem=stem(page, None, view),
        is_page=True,
        sentences=told(view).sentences,
    )


def _section(one: Shown) -> Section:
    lang = one.view.lang
    return Section(
        key=one.item.name,
        name=f"{one.page.title(lang)} · {one.exhibit.name(lang)}",
        picture=picture(one.page, one.exhibit, one.view, is_page=True),
        filters=caption.range_words(one.view),
        note=one.item.note,
    )
