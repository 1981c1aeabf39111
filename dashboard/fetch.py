"""The engine and the only cache: whatever a page, a file or a test shows was fetched here."""

from __future__ import annotations

import functools
import importlib
import logging
import threading
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from cachetools import TTLCache
from sqlalchemy import Connection, Engine

from dashboard.absence import of_metrics
from dashboard.address import Asked, decode
from dashboard.exhibits.exhibit import Exhibit, Page, Picture, View
from dashboard.formats import FigureMissing
from dashboard.settings import settings
from dashboard.sources import absence, explained, nothing
from dashboard.theme import Mode
from data_access.asking import asking_once
from data_access.context import Context, Filters, Rules, Scope
from data_access.engine import reading, reading_engine
from data_access.errors import RendaError
from data_access.lists import regions
from data_access.origins import gathering, load
from data_access.quality.sums import Score, scores
from data_access.quality.survey import Survey
from data_access.quality.survey import survey as take_survey
from data_access.reported import Reported
from data_access.rules import data_as_of, read_rules
from data_access.structure import absent, known_columns
from data_access.text import Lang, Text

REGIONS = {"region", "region.region_code", "region.name", "region.level", "region.kind"}
NO_REGIONS = Text(
    "数据库里没有数据表“行政区划”（region）或其中的字段，没有乡镇（街道）可选，按乡镇统计的图表不能显示；"
    "写法见 python -m data_access describe --table region。",
    "The database has no table of regions (region), or not all its columns: there are no townships to choose, and "
    "exhibits by township cannot be shown. See python -m data_access describe --table region.",
)
SHARED_SECONDS = 10
PARTS_SECONDS = 60  # for which views built upon one another are given what one of them was answered

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Township:
    """A township-level unit: 9-digit code, name, kind (TOWN, XIANG, STREET, ZONE)."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class Frame:
    """What every page needs before its first figure: local rules, the data's newest day, townships, current term, and
    the totals that exist only on paper."""

    rules: Rules
    data_on: date
    townships: tuple[Township, ...]
    term_start: int
    faults: tuple[Text, ...] = ()
    reported: Reported = field(default_factory=Reported)


@functools.cache
def engine() -> Engine:
    """The reading engine of this process."""
    return reading_engine(settings().database_url)


class _Cache:
    """Finished values by one key; each is made once however many readers ask at the same moment."""

    def __init__(self, size: int, seconds: float) -> None:
        self._kept: TTLCache[Hashable, Any] = TTLCache(size, seconds)
        self._making: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    def has(self, key: Hashable) -> bool:
        with self._guard:
            return key in self._kept

    def look(self, key: Hashable) -> Any:
        with self._guard:
            return self._kept.get(key)

    def keep(self, key: Hashable, value: Any) -> None:
        with self._guard:
            self._kept[key] = value

    def get(self, key: Hashable, make: Callable[[], Any], is_kept: Callable[[Any], bool] = lambda _: True) -> Any:
        with self._guard:
            if key in self._kept:
                return self._kept[key]
            lock = self._making.setdefault(key, threading.Lock())
        with lock:
            with self._guard:
                if key in self._kept:
                    return self._kept[key]
            try:
                value = make()
            finally:
                with self._guard:
                    self._making.pop(key, None)
            if is_kept(value):
                self.keep(key, value)
            return value


@functools.cache
def _cache() -> _Cache:
    return _Cache(2000, settings().cache_seconds)


@functools.cache
def _parts() -> _Cache:
    return _Cache(10_000, min(PARTS_SECONDS, settings().cache_seconds))


@functools.cache
def _answers() -> _Cache:
    return _Cache(64, min(SHARED_SECONDS, settings().cache_seconds))


def forget() -> None:
    """Drop the engine and everything kept, so that changed settings take effect."""
    engine.cache_clear()
    _cache.cache_clear()
    _parts.cache_clear()
    _answers.cache_clear()
    _surveys.cache_clear()


def forget_answers() -> None:
    """Drop what several exhibits ask alike, so that each asks for itself."""
    _answers.cache_clear()


def renew() -> None:
    """Drop every kept answer: the database holds other figures now."""
    _cache.cache_clear()
    _parts.cache_clear()
    _answers.cache_clear()


def kept(key: str, ask: Callable[[Connection], Any]) -> Any:
    """The answer to ``ask``, from the cache or the database. ``key`` must hold everything the answer depends on.

    Raises:
        DatabaseProblem: The database cannot answer; nothing is kept, so the next call asks again.
    """

    def make() -> Any:
        with reading(engine()) as connection, asking_once(_parts()):
            return ask(connection)

    return _cache().get(key, make)


def shared(connection: Connection, view: View, ask: Callable[[Connection, Context], T]) -> T:
    """The answer to a question that several exhibits of a page ask alike: asked once, kept while a page is drawn.

    ``ask`` must be a function of a module, and its answer must not be changed by anybody.
    """
    key = (connection.engine, ask, view.context)
    return _answers().get(key, lambda: ask(connection, view.context))  # type: ignore[no-any-return]


def once(key: str, make: Callable[[], T], is_kept: Callable[[T], bool] = lambda _: True) -> T:
    """What ``make`` makes of answers: made once however many ask at the same moment, kept where ``is_kept`` says so.

    ``key`` must hold everything it depends on.
    """
    return _cache().get(key, make, is_kept)  # type: ignore[no-any-return]


def look(key: str) -> Any:
    """What ``keep`` laid by under a key, or None."""
    return _cache().look(key)


def keep(key: str, value: Any) -> None:
    """Lay by what was made of answers. ``key`` must hold everything it depends on."""
    _cache().keep(key, value)


class _Surveys:
    """The newest survey of each scope. One that has grown old is still given while a new one is made beside."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._made: dict[Hashable, tuple[float, Survey]] = {}
        self._making: set[Hashable] = set()
        self._guard = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Survey]) -> Survey:
        with self._guard:
            at, found = self._made.get(key, (0.0, None))
            if found is None:
                found = self._keep(key, make())
            elif time.monotonic() - at > self._seconds and key not in self._making:
                self._making.add(key)
                threading.Thread(target=self._renew, args=(key, make), daemon=True, name="survey").start()
            return found

    def _keep(self, key: Hashable, found: Survey) -> Survey:
        self._made[key] = (time.monotonic(), found)
        return found

    def _renew(self, key: Hashable, make: Callable[[], Survey]) -> None:
        try:
            made = make()
            with self._guard:
                self._made.clear()  # of another day of the data, or of other rules
                self._keep(key, made)
        except RendaError as problem:
            log.warning("The quality of the data could not be surveyed anew: %s", problem)
        finally:
            with self._guard:
                self._making.discard(key)


@functools.cache
def _surveys() -> _Surveys:
    return _Surveys(max(SHARED_SECONDS, settings().cache_seconds))


def survey() -> Survey:
    """What is missing, late, contradictory or twice in the database, as of the day of its data; no filter changes it.

    It takes as long as a page and every card asks for it: an answer older than the cache keeps others is given once
    more while a new one is made.

    Raises:
        DatabaseProblem: The database cannot answer.
    """
    made = frame()
    seen = scope(made.rules)

    def make() -> Survey:
        with reading(engine()) as connection:
            return take_survey(connection, Context(seen, plain_filters(made), made.data_on, made.rules))

    return _surveys().get((seen, made.data_on, made.rules), make)


def quality(context: Context) -> Mapping[str, Score]:
    """The quality of each table under the years and townships of a context, whatever else was clicked."""
    found = survey()

    def make() -> Mapping[str, Score]:
        return scores(found, replace(context.with_filters(picks=(), since=None), as_of=found.as_of))

    key = ("quality", found, context.filters.years, context.filters.townships)
    return _cache().get(key, make)  # type: ignore[no-any-return]


def frame() -> Frame:
    """What every page needs before its first figure."""
    return kept("frame", _frame)  # type: ignore[no-any-return]


def _frame(connection: Connection) -> Frame:
    gaps = absent(known_columns(connection))
    loaded = read_rules(connection, absent=gaps)
    no_regions = REGIONS.intersection(gaps)
    rules = loaded.rules if loaded.rules.region_code or no_regions else _of_only_district(connection, loaded.rules)
    towns = [] if no_regions else regions.townships(connection, scope(rules))
    newest = data_as_of(connection) or date.today()
    return Frame(
        rules=rules,
        data_on=min(newest, date.today()),
        townships=tuple(Township(*row) for row in towns),
        term_start=regions.term_start(connection, newest, absent=gaps),
        faults=(*loaded.faults, *([NO_REGIONS] if no_regions else [])),
        reported=load(connection, scope(rules)),
    )


def _of_only_district(connection: Connection, rules: Rules) -> Rules:
    """The rules with the one district on record as theirs, where none is named and there is one."""
    found = regions.only_district(connection)
    return replace(rules, region_code=found[0], region_name=rules.region_name or found[1]) if found else rules


def scope(rules: Rules) -> Scope:
    """What the reader may see: REGION if it is set, else the district of ``rule_config``."""
    region = settings().region or rules.region_code
    return Scope((region,) if region else ())


def plain_filters(made: Frame) -> Filters:
    """The filters of somebody who asked for nothing: the year of the newest data."""
    return Filters((made.data_on.year, made.data_on.year))


def view_of(
    parts: Mapping[str, str], *, mode: Mode = "light", lang: Lang = "zh", known: tuple[str, ...] = ()
) -> tuple[View, tuple[Text, ...]]:
    """The view an address asks for, and sentences about what in it was dropped."""
    made = frame()
    asked = decode(parts, region=made.rules.region_code, townships=[town.code for town in made.townships], known=known)
    return view_from(asked, mode=mode, lang=asked.lang or lang), asked.faults


def view_from(asked: Asked, *, mode: Mode, lang: Lang) -> View:
    """The view of what was asked for, plain where nothing was."""
    made = frame()
    filters = Filters(asked.years or plain_filters(made).years, asked.townships, asked.picks, asked.since)
    context = Context(scope(made.rules), filters, asked.as_of or made.data_on, made.rules, made.reported)
    return View(context, lang, mode, made.data_on)


def page(key: str) -> Page:
    """The page of that key, without showing it.

    Raises:
        KeyError: There is no such page, or it has no exhibits to take away.
    """
    from dashboard.navigation import ENTRIES  # the table of pages needs this module for its titles

    if key not in {entry.key for entry in ENTRIES}:
        raise KeyError(key)
    found = getattr(importlib.import_module(f"pages.{key}"), "PAGE", None)
    if not isinstance(found, Page):
        raise KeyError(key)
    return found


def picture(page_key: str, exhibit: Exhibit, view: View) -> Picture:
    """One exhibit drawn for one view, and kept.

    Raises:
        RendaError: The database cannot answer, or the exhibit's own sentence.
    """
    return kept(picture_key(page_key, exhibit, view), lambda connection: _drawn(connection, exhibit, view))  # type: ignore[no-any-return]


def passing_picture(exhibit: Exhibit, view: View) -> Picture:
    """As ``picture``, but nothing is kept of it."""
    with reading(engine()) as connection, asking_once(_Cache(1000, PARTS_SECONDS)):
        return _drawn(connection, exhibit, view)


def _drawn(connection: Connection, exhibit: Exhibit, view: View) -> Picture:
    with gathering() as uses:
        try:
            data = exhibit.query(connection, view)
            return nothing(exhibit, view, uses) or explained(exhibit.compose(data, view), uses, view)
        except FigureMissing:
            # The database may have no table for it; anything else is a fault of the drawing.
            if not (names := of_metrics((use.metric for use in uses), view)):
                raise
            return absence(exhibit, names, view.lang)


def picture_key(page_key: str, exhibit: Exhibit, view: View) -> str:
    """The cache key of a drawn exhibit: page, exhibit and the whole view."""
    return f"picture|{page_key}|{exhibit.key}|{view.key}"


def is_kept(key: str) -> bool:
    """Whether an answer is ready without asking the database."""
    return _cache().has(key)
