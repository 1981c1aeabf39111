"""Report: what a reader takes away, whole and without a database; Format: as which kind of file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from dashboard.exhibits.exhibit import Picture
from dashboard.exhibits.plot import Plot, plots
from data_access.text import Lang, Text

BRIEFING = "briefing"  # the page whose files are written from sentences
LONGEST_STEM = 70  # Chinese letters take three bytes each, and a file name may have 255
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')  # Windows refuses these in a file name
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


@dataclass(frozen=True)
class Definition:
    """One metric in words, as its file quotes it."""

    key: str
    name: str
    definition: str
    excludes: str
    source: str


@dataclass(frozen=True)
class Passport:
    """Where a file comes from, printed on it and kept inside it.

    ``filters``, ``records`` and ``counting`` are words, as in the caption above the page; ``link`` reopens exactly this
    view; ``snapshot_id`` names the view and the day of its data, so equal views of equal data have equal numbers.
    """

    title: str
    filters: str
    records: str
    counting: str
    data_as_of: str
    made_at: datetime
    definitions: tuple[Definition, ...]
    link: str
    snapshot_id: str
    note: str = ""
    maker: str = ""
    quality: str = ""  # of the data behind the figures shown

    def plain(self) -> dict[str, Any]:
        """Everything as JSON data, for the metadata of a file."""
        return asdict(self) | {"made_at": self.made_at.isoformat(timespec="seconds")}


@dataclass(frozen=True)
class Section:
    """One exhibit with its drawing, in the light colours of paper."""

    key: str
    name: str
    picture: Picture
    filters: str = ""  # the view it was taken under, in words, where that is not the whole report's
    note: str = ""  # what the reader wrote under it

    @property
    def figures(self) -> tuple[Plot, ...]:
        """The charts that a browser has to draw, in drawing order."""
        return plots(self.picture.body)


@dataclass(frozen=True)
class Figure:
    """A number inside a sentence and everything a reader may ask of it.

    ``words`` is how it is printed, unit included ("1,204件", "96.2%"); ``metric`` its name, ``definition`` and
    ``source`` (table, or the paper a reported total comes from) those of the metric; ``period`` the window in words;
    ``link`` the address of the records behind it, empty where there are none.
    """

    words: str
    key: str
    metric: str
    definition: str
    period: str
    source: str
    link: str = ""


@dataclass(frozen=True)
class Sentence:
    """One sentence of the briefing: plain words and figures in reading order. ``heading`` names its subject."""

    key: str
    heading: str
    parts: tuple[str | Figure, ...]

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(part if isinstance(part, str) else part.words for part in self.parts)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its numbers, in reading order."""
        return tuple(part for part in self.parts if isinstance(part, Figure))


@dataclass(frozen=True)
class Report:
    """One exhibit, a whole page or the briefing, ready to be written.

    ``title`` is the page's; ``is_page`` tells a page from one exhibit; ``sentences`` is the text of a briefing, whose
    ``sections`` are then the exhibits put into it.
    """

    title: str
    lang: Lang
    passport: Passport
    sections: tuple[Section, ...]
    file_stem: str
    is_page: bool = False
    sentences: tuple[Sentence, ...] = ()


def all_charts(picture: Picture) -> int:
    """How many charts it holds."""
    return len(plots(picture.body))


def no_charts(_picture: Picture) -> int:
    """For files of words and numbers."""
    return 0


@dataclass(frozen=True)
class Format:
    """A kind of file. ``needs_pictures``: it draws, so it needs fonts, and a browser for the ``charts`` of an exhibit;
    ``whole_page``: it can hold every exhibit of a page; ``briefing_only``: it holds nothing but the briefing."""

    ext: str
    mime: str
    name: Text
    needs_pictures: bool
    whole_page: bool
    write: Callable[[Report], bytes]
    charts: Callable[[Picture], int] = all_charts
    briefing_only: bool = False

    def needs_browser(self, *pictures: Picture) -> bool:
        """Whether any of them has a chart that a browser has to draw."""
        return any(self.charts(picture) for picture in pictures)

    def is_offered(self, page: str, *, whole: bool) -> bool:
        """Whether a page, or one exhibit of it, can be had as this kind of file."""
        return (page == BRIEFING and whole) if self.briefing_only else (self.whole_page or not whole)


def snapshot_id(address: str, data_as_of: str) -> str:
    """Eight hexadecimal digits that stand for a view of the data of one day."""
    return sha256(f"{address}|{data_as_of}".encode()).hexdigest()[:8].upper()


def file_stem(*parts: str, gap: str = "") -> str:
    """A file name without its ending, from words: what a system forbids is dropped, empty parts are left out.

    ``gap`` replaces the spaces inside a part.
    """
    words = (re.sub(r"\s+", gap, FORBIDDEN.sub(" ", part).strip()) for part in parts)
    stem = "_".join(word for word in words if word)
    if len(stem) > LONGEST_STEM:
        stem = f"{stem[: LONGEST_STEM - len(parts[-1]) - 1]}_{parts[-1]}"  # the last part is the day, and stays
    stem = stem.strip(". ")
    return f"_{stem}" if RESERVED.match(stem) else stem or "export"
