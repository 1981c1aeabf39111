"""Pages drawn unseen after the start, so that the statements behind readers' first clicks are written already."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Sequence
from itertools import product

from dashboard.address import Asked
from dashboard.fetch import Township, frame, page, passing_picture, picture, survey, view_from
from dashboard.navigation import ENTRIES
from data_access.quality.behind import tables_behind

REST_SECONDS, LONG_REST_SECONDS = 0.05, 0.2  # between exhibits, the longer where townships are chosen


def rehearse(stop: threading.Event) -> None:
    """Draw every page in every view of ``rounds``, and keep what that made.

    Raises:
        RendaError: The database cannot answer; readers will be told by the pages themselves.
    """
    for _ in rounds(stop):
        # What is there now stays: a reader's page is not held up to look through it for rubbish, some 0.1 s each time.
        gc.collect()
        gc.freeze()


def rounds(stop: threading.Event) -> Iterator[None]:
    """Draw all pages for this year, for five and for the last, for all townships, for one and for those of each kind.

    Rests between exhibits: a reader who comes meanwhile goes first. Ends when told to stop.

    Yields: After each view of all pages.
    """
    survey()
    last = frame().data_on.year
    spans = (last, last), (last - 4, last), (last - 1, last - 1)  # what is past is compared with other dates
    for townships, years in product(_choices(frame().townships), spans):
        rest = LONG_REST_SECONDS if townships else REST_SECONDS
        asked = view_from(Asked(years, townships), mode="light", lang="zh")
        for entry in (entry for entry in ENTRIES if entry.listed):
            shown = page(entry.key)
            view = shown.adapt(asked, {})
            for exhibit in shown.exhibits():
                if townships:
                    passing_picture(exhibit, view)
                else:
                    picture(entry.key, exhibit, view)
                tables_behind(exhibit.metrics, view.context)
                if stop.wait(rest):
                    return
        yield


def _choices(townships: Sequence[Township]) -> dict[tuple[str, ...], None]:
    """Choices of townships that readers make first, by code: all, one, those of each kind."""
    kinds: dict[str, list[str]] = {}
    for town in townships:
        kinds.setdefault(town.kind, []).append(town.code)
    return dict.fromkeys([(), *((town.code,) for town in townships[:1]), *map(tuple, kinds.values())])
