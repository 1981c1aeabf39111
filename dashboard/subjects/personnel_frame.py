"""What every personnel exhibit shares: election years, and what is said where a township filter leaves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import last_years
from data_access.lists import regions
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.text import Text

PATH = "/personnel"
ELECTION = Text("换届", "new term")
NOT_BY_TOWNSHIP = Text(
    "人事任免由{word}人大及其常委会决定，不按乡镇（街道）区分，所选乡镇没有对应记录。请点右上“看全{word}”，或在左侧取消乡镇筛选。",
    "Appointments are decided for the whole district and belong to no township, so this choice has none. Follow “Whole "
    "district” at the top right, or clear the townships on the left.",
)
NOT_HERE = Text(
    "任免不按乡镇（街道）区分，所选乡镇没有记录。", "Appointments belong to no township; none in this choice."
)
WHOLE_DISTRICT = Text("看全{word}", "Whole district")
ANY = (METRICS["A01"], METRICS["A01.elect"], METRICS["A01.lay"], METRICS["A01.elc"])


def election_years(connection: Connection, view: View) -> tuple[int, ...]:
    """Years shown in which a new term began to work; none where terms are not on record."""
    # The middle of the next year lies in the term that began in this one; where no term is known it answers itself.
    return tuple(y for y in last_years(view) if regions.term_start(connection, date(y + 1, 6, 30)) == y)


def of_the_district(exhibit: Exhibit) -> Exhibit:
    """The exhibit, which says why it is empty and offers the whole district where townships leave it without rows."""

    def query(connection: Connection, view: View) -> Any:
        if not view.context.filters.townships or _has_rows(connection, view):
            return exhibit.query(connection, view)
        return None

    def compose(data: Any, view: View) -> Picture:
        return exhibit.compose(data, view) if data is not None else nothing_here(exhibit, view)

    return replace(exhibit, query=query, compose=compose)


def _has_rows(connection: Connection, view: View) -> bool:
    found = measure(connection, ANY, view.context, years=last_years(view)).iloc[0]
    return any(int(found[metric.key]) for metric in ANY)


def nothing_here(exhibit: Exhibit, view: View) -> Picture:
    """The empty picture of an exhibit under townships that have no appointments of their own."""
    lang, word = view.lang, view.context.rules.region_word
    sentence = (NOT_BY_TOWNSHIP if exhibit.bare else NOT_HERE)(lang, word=word)
    way_out = (WHOLE_DISTRICT(lang, word=word), view.link(PATH, townships=()))
    return Picture(
        exhibit.name(lang),
        "",
        None,
        pd.DataFrame(columns=[exhibit.name(lang)]),
        empty=sentence,
        alt=sentence,
        more=way_out,
    )
