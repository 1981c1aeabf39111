"""The records behind a figure as a table: searched and turned page by page on the screen, whole in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.sources import STOP, beyond_rows
from data_access import lists
from data_access.dimensions import labels
from data_access.metrics.metric import Metric
from data_access.origins import origin
from data_access.statements import COUNTED as COUNTED_COLUMN
from data_access.text import Lang, Text

ON_SCREEN, IN_FILES = 50, 5000
COUNTED = Text("是否计入", "Counted")
YES, NO = Text("计入", "yes"), Text("未计入", "no")
TRUE, FALSE = Text("是", "yes"), Text("否", "no")
SUBTITLE = Text("共 {total} 条记录", "{total} records")
SHARE_SUBTITLE = Text("分母共 {total} 条，未计入分子的在前", "{total} in the base, those not counted first")
EMPTY = Text(
    "所选范围内没有“{name}”的记录，可放宽年份或乡镇再看。",
    "No records of “{name}” in this range; widen years or townships.",
)
WIDE = ("title", "name", "post", "topic", "meaning", "note")


@dataclass(frozen=True)
class Found:
    """One page of records with the words of their codes."""

    listing: lists.Listing
    words: Mapping[str, Mapping[Any, Text]]


def find(connection: Connection, metric: Metric, view: View, *, search: str = "", limit: int, offset: int = 0) -> Found:
    """Records behind a metric under a view, and the words for the codes in them."""
    return worded(
        connection, lists.records(connection, metric, view.context, search=search, limit=limit, offset=offset), view
    )


def worded(connection: Connection, listing: lists.Listing, view: View) -> Found:
    """A listing and the words for the codes in it."""
    words = {column: labels(connection, name, view.context) for column, name in listing.dimensions.items()}
    return Found(listing, words)


def record_list(metric: Metric) -> Exhibit:
    """The exhibit of a metric's records: the first of them on the screen, all of them in a file."""

    def query(connection: Connection, view: View) -> Found:
        return find(connection, metric, view, limit=IN_FILES)

    def compose(found: Found, view: View) -> Picture:
        subtitle = (SHARE_SUBTITLE if metric.is_share else SUBTITLE)(
            view.lang, total=formats.number(found.listing.total)
        )
        beyond = beyond_rows(metric, origin(view.context, metric), view.lang)
        if found.listing.rows.empty:
            sentence = beyond + STOP(view.lang) if beyond else EMPTY(view.lang, name=metric.name(view.lang))
            return Picture(
                metric.name(view.lang), subtitle, None, table(found, view.lang), empty=sentence, alt=sentence
            )
        return Picture(
            title=metric.name(view.lang),
            subtitle=subtitle,
            body=body(found, view, most=ON_SCREEN),
            figures=table(found, view.lang),
            foot=STOP(view.lang).join(filter(None, (metric.definition(view.lang), beyond))),
            sources=beyond,
        )

    return Exhibit(metric.key, metric.name, (metric,), query, compose)


def body(found: Found, view: View, *, most: int) -> Listing:
    """The records as a drawn table, each line a link to its record's history."""
    listing, lang = found.listing, view.lang
    columns = [Column(header(lang), wide=name in WIDE) for name, header in listing.headers.items()]
    has_mark = COUNTED_COLUMN in listing.rows
    if has_mark:
        columns.insert(0, Column(COUNTED(lang)))
    lines = []
    for row in as_rows(listing.rows.head(most)):
        cells = [Cell(written(found, name, row[name], lang)) for name in listing.headers]
        if has_mark:
            counted = bool(row[COUNTED_COLUMN])
            cells.insert(0, Cell((YES if counted else NO)(lang), "quiet" if counted else "soon"))
        href = view.record(listing.kind, row["record"]) if listing.kind else ""
        lines.append(Line(tuple(cells), href))
    return Listing(tuple(columns), tuple(lines))


def table(found: Found, lang: Lang) -> pd.DataFrame:
    """The same records with words for codes; dates stay dates and numbers numbers."""
    listing = found.listing
    columns: dict[str, Any] = {}
    if COUNTED_COLUMN in listing.rows:
        marks = listing.rows[COUNTED_COLUMN].to_list()
        columns[COUNTED(lang)] = [(YES if mark else NO)(lang) for mark in marks]
    for name, header in listing.headers.items():
        columns[header(lang)] = [plain(found, name, value, lang) for value in listing.rows[name].to_list()]
    return pd.DataFrame(columns)


def plain(found: Found, column: str, value: Any, lang: Lang) -> Any:
    """A value as it goes into a file: words for codes and truths, everything else as it is."""
    if value is None or formats.is_missing(value):
        return None
    if column in found.words:
        known = found.words[column].get(str(value))
        return known(lang) if known else str(value)
    return (TRUE if value else FALSE)(lang) if isinstance(value, bool) else value


def written(found: Found, column: str, value: Any, lang: Lang) -> str:
    """A value as it is read on the screen."""
    made = plain(found, column, value, lang)
    if made is None:
        return formats.MISSING
    if isinstance(made, date):
        return formats.day(made)
    return formats.number(made, 0 if float(made).is_integer() else 1) if isinstance(made, int | float) else str(made)
