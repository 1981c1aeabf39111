"""Exhibit, Picture, Page: the values between a question to the database and what a reader sees or takes away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

import pandas as pd
from sqlalchemy import Connection

from dashboard.address import href
from dashboard.theme import Mode
from data_access.context import Context
from data_access.metrics.metric import Metric
from data_access.text import Lang, Text


@dataclass(frozen=True)
class View:
    """What is looked at and how: the context, the language, light or dark."""

    context: Context
    lang: Lang = "zh"
    mode: Mode = "light"
    data_on: date | None = None  # the newest day of the data, which the board takes as as-of day by itself

    @property
    def key(self) -> str:
        """An unambiguous text of the whole value, for cache keys."""
        return f"{self.lang}|{self.mode}|{self.data_on}|{self.context.key}"

    def link(self, path: str, **changes: Any) -> str:
        """The address of a page under this view; ``changes`` are filters laid over it (see ``address.href``)."""
        return href(path, self.context, self.lang, plain_as_of=self.data_on, **changes)

    def record(self, kind: str, key: object) -> str:
        """The address of one record's history."""
        return self.link("/record", of=kind, id=key)


class Body(Protocol):
    """The drawing in a card: it can draw itself on the screen and describe itself for paper."""

    def html(self) -> str:
        """An HTML fragment; clickable marks are ``<a href>``."""
        ...

    def paper(self) -> dict[str, Any]:
        """Plain data with a ``kind``, drawn by ``exports/snapshot.typ``."""
        ...


@dataclass(frozen=True)
class Picture:
    """One exhibit, drawn for one view.

    ``title`` is the finding in one sentence; ``subtitle`` says what, unit and base; ``foot`` base, exclusions, how to
    read it. ``figures`` is the table of figures behind the drawing, or what makes it: only files and readers who ask
    for it need one.
    ``empty`` replaces the drawing by a sentence when nothing matches. ``sources`` says which years are printed totals
    and which are missing, where not all are counted from records; the foot ends with it. ``is_absent`` says that
    nothing can be shown because the database has no such table.
    """

    title: str
    subtitle: str
    body: Body | None
    figures: pd.DataFrame | Callable[[], pd.DataFrame]
    foot: str = ""
    alt: str = ""
    empty: str = ""
    sources: str = ""
    split: str = ""  # a column of the table by whose values a workbook has a sheet each besides
    is_absent: bool = False
    more: tuple[str, str] | None = None  # (label, href) of an extra link in the card's tool bar

    @cached_property
    def table(self) -> pd.DataFrame:
        """The figures behind the drawing with column names in the reader's language, raw values."""
        return self.figures() if callable(self.figures) else self.figures


@dataclass(frozen=True)
class Exhibit:
    """A question, its answer's drawing, and the metrics it shows.

    ``query`` fetches plain data for a view (one statement or fewer is the aim); ``compose`` turns it into a Picture
    without touching the database. ``key`` is short, stable and unique on its page: it names files and addresses.
    """

    key: str
    name: Text
    metrics: tuple[Metric, ...]
    query: Callable[[Connection, View], Any]
    compose: Callable[[Any, View], Picture]
    bare: bool = False  # drawn without a card around it (the headline row)


Row = Exhibit | tuple[Exhibit, ...]
SPANS = {1: (12,), 2: (5, 7), 3: (4, 4, 4)}  # of twelve columns, by how many exhibits stand in a row


def exhibits_of(row: Row) -> tuple[Exhibit, ...]:
    """The exhibits of a row, from left to right."""
    return row if isinstance(row, tuple) else (row,)


def as_it_is(view: View, parts: Mapping[str, str]) -> View:
    """The view of a page without address parts of its own."""
    return view


@dataclass(frozen=True)
class Page:
    """A page as a table of contents: its title, the words under it, its rows of exhibits.

    A row of two exhibits is laid 5 to 7 of twelve columns unless ``widths`` names the row's index.
    """

    key: str
    title: Text
    counting: Text  # how years apply on this page: the 口径 part of the caption
    rows: tuple[Row, ...]
    records: Metric | None = None  # what is counted as this page's records in the caption
    widths: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    adapt: Callable[[View, Mapping[str, str]], View] = (
        as_it_is  # takes the page's own parts of an address into the view
    )

    def exhibits(self) -> tuple[Exhibit, ...]:
        """Every exhibit in reading order."""
        return tuple(e for row in self.rows for e in exhibits_of(row))

    def spans(self, index: int) -> tuple[int, ...]:
        """How many of twelve columns each exhibit of a row takes."""
        return self.widths.get(index) or SPANS[len(exhibits_of(self.rows[index]))]

    def exhibit(self, key: str) -> Exhibit | None:
        """The exhibit of that key, if this page has it."""
        return next((e for e in self.exhibits() if e.key == key), None)
