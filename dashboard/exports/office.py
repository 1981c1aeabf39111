"""What Word files and slides have in common: words they accept, faces, sizes of pictures, properties."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from dashboard.exports.report import Passport, Report
from data_access.text import Lang

# XML has no place for these; Word and PowerPoint call a file with one of them damaged.
UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CHINESE = re.compile("[\u2010-\u2027\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
FORMULA = re.compile("^({?)=")
LINK = re.compile("((ftp|http)s?://|mailto:|(in|ex)ternal:)", re.IGNORECASE)
LONGEST_LINK = 2000  # Word and PowerPoint refuse longer addresses
LANGUAGES: dict[Lang, str] = {"zh": "zh-CN", "en": "en-US"}


@dataclass(frozen=True)
class Face:
    """A type face by its two names: for Latin letters and digits, and for Chinese."""

    latin: str
    chinese: str


def clean(words: str) -> str:
    """The words without characters that no office file may hold."""
    return UNWRITABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def plain(words: str) -> str:
    """The words in one line, for a name in a chart: neither formula nor link in the workbook behind it."""
    line = FORMULA.sub("\\1＝", " ".join(clean(words).split()))
    return f" {line}" if LINK.match(line) else line


def address(report: Report, link: str) -> str:
    """A link as a whole address on the board the report comes from; empty when it is none a file may hold."""
    home = urlsplit(report.passport.link)
    whole = f"{home.scheme}://{home.netloc}{link}" if link.startswith("/") and home.netloc else link
    return whole if whole.startswith(("http://", "https://")) and len(whole) <= LONGEST_LINK else ""


def ratio(png: bytes) -> float:
    """Height over width of a PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return float(height / width)


def properties(core: Any, passport: Passport, lang: Lang) -> None:
    """The passport as the core properties of a file, each cut to the 255 characters they may have."""
    told = {
        "title": passport.title,
        "author": passport.maker,
        "last_modified_by": passport.maker,
        "subject": passport.filters,
        "keywords": f"{passport.snapshot_id} {passport.data_as_of}",
        "comments": passport.link,
        "category": passport.note,
        "identifier": passport.snapshot_id,
        "language": LANGUAGES[lang],
        "version": passport.data_as_of,
    }
    for name, words in told.items():
        setattr(core, name, clean(words)[:255])
    core.created = core.modified = passport.made_at.astimezone(UTC).replace(tzinfo=None)
    core.revision = 1
