"""The briefing: the numbers part of the speech, written from metrics for any years and townships."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dashboard import fetch
from dashboard.briefing.facts import Facts
from dashboard.briefing.text import TEXT, asked, without_picks
from dashboard.briefing.written import Briefing, briefing
from dashboard.exhibits.exhibit import View
from dashboard.exports.collect import passport, stem
from dashboard.exports.report import Report


def told(view: View) -> Briefing:
    """The sentences under a view, and what is left out of them.

    Raises:
        RendaError: The database cannot answer.
    """
    facts: Facts = fetch.kept(f"briefing|{view.key}", lambda connection: asked(connection, view))
    return briefing(facts, view)


def report(view: View, *, now: datetime | None = None) -> Report:
    """The briefing ready to be written: its sentences, and its passport.

    Raises:
        RendaError: The database cannot answer.
    """
    view = without_picks(replace(view, mode="light"), {})
    page = fetch.page("briefing")
    return Report(
        title=page.title(view.lang),
        lang=view.lang,
        passport=passport(page, (TEXT,), view, is_page=True, now=now or datetime.now()),
        sections=(),
        file_stem=stem(page, None, view),
        is_page=True,
        sentences=told(view).sentences,
    )
