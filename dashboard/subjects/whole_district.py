"""Exhibits on matters of the whole district: what they say where a township filter leaves them without rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import last_years
from data_access.measure import measure
from data_access.metrics.metric import Metric
from data_access.text import Text

WHOLE_DISTRICT = Text("看全{word}", "Whole district")


@dataclass(frozen=True)
class Matter:
    """What is no township's: its page, the counts that tell whether a choice has any, why there are none.

    ``why`` is the page's first sentence, ``short`` that of its further cards; both may name the region ``{word}``.
    """

    path: str
    counts: tuple[Metric, ...]
    why: Text
    short: Text

    def wrap(self, exhibit: Exhibit) -> Exhibit:
        """The exhibit, which says why it is empty and offers the whole district where townships leave it no rows."""

        def query(connection: Connection, view: View) -> Any:
            if not view.context.filters.townships or self._has_rows(connection, view):
                return exhibit.query(connection, view)
            return None

        def compose(data: Any, view: View) -> Picture:
            return exhibit.compose(data, view) if data is not None else self.nothing_here(exhibit, view)

        return replace(exhibit, query=query, compose=compose)

    def nothing_here(self, exhibit: Exhibit, view: View) -> Picture:
        """The empty picture of an exhibit under townships that have no rows of their own."""
        lang, word = view.lang, view.context.rules.region_word
        sentence = (self.why if exhibit.bare else self.short)(lang, word=word)
        way_out = (WHOLE_DISTRICT(lang, word=word), view.link(self.path, townships=()))
        return Picture(
            exhibit.name(lang),
            "",
            None,
            pd.DataFrame(columns=[exhibit.name(lang)]),
            empty=sentence,
            alt=sentence,
            more=way_out,
        )

    def _has_rows(self, connection: Connection, view: View) -> bool:
        found = measure(connection, self.counts, view.context, years=last_years(view)).iloc[0]
        return any(found[metric.key] > 0 for metric in self.counts)
