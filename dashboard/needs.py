"""``python -m dashboard needs``: draws every page and records what its statements look at, for ``needs.csv``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.sql.visitors import ExternallyTraversible

from dashboard import fetch
from dashboard.exhibits.exhibit import Exhibit, Page, View
from dashboard.navigation import ENTRIES
from data_access.engine import reading
from data_access.lists import regions
from data_access.needs import EVERY, Use, written
from data_access.reads import read_by
from data_access.rules import read_rules

FRAME = ("每一页", "筛选和本地规则")
LOOKS_AT_ALL = ("data_quality",)  # tells what there is; no gap takes it away


def recorded() -> tuple[Use, ...]:
    """Every exhibit with what it looks at in the database of the settings, which should be a full one."""
    entries = [entry for entry in ENTRIES if entry.listed and entry.key not in LOOKS_AT_ALL]
    pages = [found for entry in entries if (found := _page(entry.key)) is not None]
    with reading(fetch.engine()) as connection:
        made = [Use(EVERY, FRAME[0], EVERY, FRAME[1], _reads(connection, _frame))]
        made += [_use(connection, page, exhibit) for page in pages for exhibit in page.exhibits()]
    return tuple(use for use in made if use.reads)


def _page(key: str) -> Page | None:
    try:
        return fetch.page(key)
    except KeyError:  # a page without exhibits
        return None


def _use(connection: Connection, page: Page, exhibit: Exhibit) -> Use:
    def ask(connection: Connection) -> None:
        for view in _views(page):
            exhibit.query(connection, view)

    fetch.forget_answers()  # an answer shared with another exhibit is needed by both
    return Use(page.key, page.title.zh, exhibit.key, exhibit.name.zh, _reads(connection, ask))


def _views(page: Page) -> list[View]:
    """This year, five years, and one township."""
    made, last = fetch.frame(), fetch.frame().data_on.year
    town = {"townships": made.townships[0].code} if made.townships else {}
    asked = ({"years": str(last)}, {"years": f"{last - 4}-{last}"}, {"years": str(last)} | town)
    return [page.adapt(fetch.view_of(parts)[0], {}) for parts in asked]


def _frame(connection: Connection) -> None:
    rules = read_rules(connection).rules
    regions.townships(connection, fetch.scope(rules))
    regions.term_start(connection, fetch.frame().data_on)


def _reads(connection: Connection, ask: Callable[[Connection], Any]) -> frozenset[str]:
    with _listening(connection) as statements:
        ask(connection)
    return frozenset[str]().union(*map(read_by, statements))


@contextmanager
def _listening(connection: Connection) -> Iterator[list[ExternallyTraversible]]:
    """The statements sent inside the block."""
    sent: list[ExternallyTraversible] = []

    def note(_: Connection, statement: Any, *__: Any) -> None:
        sent.append(statement)

    event.listen(connection, "before_execute", note)
    try:
        yield sent
    finally:
        event.remove(connection, "before_execute", note)


def print_needs() -> None:
    """Print ``needs.csv``."""
    print(written(recorded()), end="")
