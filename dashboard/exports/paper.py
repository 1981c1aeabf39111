"""PDF, PNG and SVG: one drawing of a report by Typst, from plain data and one template.

Typst is handed words as JSON, never as markup, reads no file but its fonts, and gives equal bytes for equal reports.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import typst

from dashboard import theme
from dashboard.exhibits.plot import Plot
from dashboard.exports import marks, preflight, sheet
from dashboard.exports.leaves import Leaf, whole_body
from dashboard.exports.office import address, clean
from dashboard.exports.report import Figure, Passport, Report, Section
from dashboard.exports.words import (
    AS_OF,
    COUNTING,
    DEFINITIONS,
    LINK,
    MADE,
    NOTHING,
    PAGES,
    PICTURE,
    PICTURES,
    QUALITY,
    RANGE,
    RECORDS,
    SENTENCE_HEADS,
    SENTENCES,
    SNAPSHOT,
    SOURCE,
    about,
    figure_rows,
    made_at,
    numbered,
    sentence,
)
from dashboard.exports.worker import worker
from data_access.errors import ExportProblem
from data_access.text import Lang, Text

log = logging.getLogger(__name__)

TEMPLATE = Path(__file__).with_name("snapshot.typ")
Draw = Callable[[dict[str, Any], int, int], str]
Kind = Literal["pdf", "png", "svg"]

# A chart 620 px wide is printed 156 mm wide in a document, 180 mm elsewhere: its smallest letters, 11 px, come out at
# 8 or 9 pt, and on a slide at 14 or more.
CHART_WIDTH = 620
SHEET_MM = 196
PNG_WIDTH = 2400
PIXELS_PER_INCH = PNG_WIDTH / (SHEET_MM / 25.4)
STILL_MM, STILL_WIDTH = 150, 1900
PAPER_WIDTH = 442.2  # points between the margins of a briefing: 156 mm
# A letter that no font has is printed as this mark, in use for it in Chinese and Japanese type setting.
UNKNOWN = "〓"
NO_GLYPH = re.compile(r'the text `"([^"\\]+)"` could not be displayed')
LONG_LIST = 14
LONGEST_LINE = 90  # letters of a link that stand on a line; a longer one may break anywhere
MOST_LINES = 200  # of a table in one picture; beyond, no viewer shows it well

NOT_DRAWN = Text(
    "无法排版这份文件，请把编号 EXP-05 告诉信息技术同事。（EXP-05）",
    "This file cannot be laid out. Please give code EXP-05 to your IT colleague. (EXP-05)",
)


def pdf(report: Report, *, draw: Draw | None = None) -> bytes:
    """Paged A4, PDF/A-2b, with the passport in print and in its properties.

    Raises:
        ExportProblem: A chart cannot be drawn (EXP-01, 03, 04, 05) or there is no Chinese font (EXP-02).
    """
    return _compiled(report, "pdf", draw)


def png(report: Report, *, draw: Draw | None = None) -> bytes:
    """One picture 2400 px wide and as high as it needs, with the passport in print and in an ``iTXt`` chunk.

    Raises:
        ExportProblem: As for ``pdf``.
    """
    return marks.png(_compiled(report, "png", draw), report.passport, PIXELS_PER_INCH)


def svg(report: Report, *, draw: Draw | None = None) -> bytes:
    """One drawing that needs no fonts and no other file, with title, description and passport inside.

    Raises:
        ExportProblem: As for ``pdf``.
    """
    return marks.svg(_compiled(report, "svg", draw), report)


def still(report: Report, leaf: Leaf, draw: Draw) -> bytes:
    """One drawing of the report without any words around it: a PNG for documents and slides.

    Raises:
        ExportProblem: As for ``pdf``.
    """
    family = preflight.fonts()[1]
    charts = (_drawn(plot, draw) for plot in leaf.figures)
    body = _body(leaf.body, leaf.alt, charts, partial(sheet.table, lang=report.lang, most=None))
    told = content(replace(report, sections=()), "png", family, draw) | {"still": body}
    return _typeset(told, "png", {"ppi": STILL_WIDTH / (STILL_MM / 25.4)})


def _compiled(report: Report, kind: Kind, draw: Draw | None) -> bytes:
    options: dict[str, dict[str, Any]] = {
        "pdf": {"pdf_standards": ["a-2b"], "timestamp": int(report.passport.made_at.timestamp())},
        "png": {"ppi": PIXELS_PER_INCH},
        "svg": {},
    }
    return _typeset(content(report, kind, preflight.fonts()[1], draw or worker().svg), kind, options[kind])


def _typeset(told: dict[str, Any], kind: Kind, options: dict[str, Any]) -> bytes:
    words = json.dumps(_cleaned(told), ensure_ascii=False)
    try:
        return _compile(words, kind, options)
    except typst.TypstError as fault:
        unknown = {letter for found in NO_GLYPH.findall(fault.diagnostic) for letter in found}
        if not unknown:
            log.error("The template cannot draw a report: %s", fault.diagnostic)
            raise ExportProblem("EXP-05", NOT_DRAWN) from fault
    # No font of this machine has these letters, and a file for the archive may not hold empty boxes.
    log.warning("Letters that no font has are printed as %s: %s", UNKNOWN, "".join(sorted(unknown)))
    return _compile(re.sub(f"[{re.escape(''.join(unknown))}]", UNKNOWN, words), kind, options)


def _cleaned(value: Any) -> Any:
    """The same data without characters that no file may hold."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _cleaned(item) for name, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, (list, tuple)) else value


def _compile(words: str, kind: Kind, options: dict[str, Any]) -> bytes:
    made = typst.compile(
        TEMPLATE.read_bytes(),
        format=kind,
        sys_inputs={"report": words},
        font_paths=preflight.fonts()[0],
        ignore_system_fonts=True,  # they are among them, looked up once
        **options,
    )
    return bytes(made)


def content(report: Report, kind: Kind, family: str, draw: Draw) -> dict[str, Any]:
    """Everything the template needs, as JSON data; charts are drawn here, one after another."""
    passport, lang = report.passport, report.lang
    return {
        "lang": lang,
        "family": family,
        "colours": theme.tokens("light"),
        "sheet": kind != "pdf",
        "still": None,
        "text": _text(report),
        "subtitle": [passport.maker, f"{passport.filters}　{AS_OF(lang)} {passport.data_as_of}"],
        "sources": {
            "heads": [head(lang) for head in SENTENCE_HEADS],
            "rows": sheet.breakable(figure_rows(report.sentences)),
        },
        "is_page": report.is_page,
        "title": report.title if report.sentences else passport.title,
        "author": passport.maker,
        "description": passport.filters,
        "keywords": [passport.snapshot_id, passport.data_as_of, passport.link, *(d.name for d in passport.definitions)],
        "made": _moment(passport.made_at.astimezone(UTC)),  # Typst knows no time zones
        "brand": " · ".join(filter(None, (passport.maker, "" if report.is_page else passport.title))),
        "caption": _caption(passport, lang),
        "footer": " · ".join(
            filter(None, (passport.maker, passport.title, f"{AS_OF(lang)} {passport.data_as_of}", passport.snapshot_id))
        ),
        "page_words": PAGES(lang),
        "words": {
            "link": LINK(lang),
            "definitions": DEFINITIONS(lang),
            "sources": SENTENCES(lang),
            "pictures": PICTURES(lang),
        },
        "passport": _passport(passport, lang),
        "sections": [_section(n, one, report, kind, draw) for n, one in enumerate(report.sections, start=1)],
    }


def _text(report: Report) -> list[dict[str, Any]]:
    """The sentences under their subjects; a number with records is a link, and looks like its neighbours."""
    made: list[dict[str, Any]] = []
    for number, (heading, group) in enumerate(groupby(report.sentences, lambda one: one.heading), start=1):
        told = [[_part(part, report) for part in one.parts] for one in group]
        made.append({"heading": numbered(number, heading, report.lang) if heading else "", "sentences": told})
    return made


def _part(part: str | Figure, report: Report) -> dict[str, str]:
    if isinstance(part, str):
        return {"words": part, "link": ""}
    return {"words": part.words, "link": address(report, part.link)}


def _moment(day: datetime) -> dict[str, int]:
    return {name: getattr(day, name) for name in ("year", "month", "day", "hour", "minute", "second")}


def _caption(passport: Passport, lang: Lang) -> str:
    parts = ((RANGE, passport.filters), (AS_OF, passport.data_as_of), (COUNTING, passport.counting))
    return "　|　".join(f"{name(lang)} {words}" for name, words in parts if words)


def _passport(passport: Passport, lang: Lang) -> dict[str, Any]:
    """The passport in lines of (name, words) pairs; lines of one pair may wrap."""
    lines = [
        [(RANGE(lang), passport.filters)],
        [(RECORDS(lang), passport.records)],
        [(AS_OF(lang), passport.data_as_of), (MADE(lang), made_at(passport)), (SNAPSHOT(lang), passport.snapshot_id)],
        [(QUALITY(lang), passport.quality)],
        [(COUNTING(lang), passport.counting)],
    ]
    return {
        "note": passport.note,
        "facts": [line for line in lines if line[0][1]],
        "link": passport.link,
        "shown": passport.link if len(passport.link) <= LONGEST_LINE else sheet.breakable(passport.link),
        "definitions": _definitions(passport, lang),
    }


def _definitions(passport: Passport, lang: Lang) -> list[dict[str, str]]:
    made = []
    for one in passport.definitions:
        parts = [
            sentence(one.definition, lang),
            sentence(one.excludes, lang) if one.excludes else "",
            sentence(SOURCE(lang, words=one.source), lang) if one.source else "",
        ]
        made.append({"name": f"{one.key} {one.name}", "words": ("" if lang == "zh" else " ").join(filter(None, parts))})
    return made


def _section(number: int, section: Section, report: Report, kind: Kind, draw: Draw) -> dict[str, Any]:
    picture, body, lang = section.picture, whole_body(section.picture), report.lang
    charts = (_drawn(plot, draw) for plot in section.figures)
    wide = PAPER_WIDTH if report.sentences else sheet.WIDTH
    fit = partial(sheet.table, lang=lang, most=MOST_LINES if kind != "pdf" else None, total=wide)
    title = f"{PICTURE(lang, n=number)}　{picture.title or section.name}" if report.sentences else picture.title
    return {
        "title": sheet.breakable(title),
        "subtitle": sheet.breakable(picture.subtitle),
        "foot": sheet.breakable(picture.foot),
        "more": sheet.breakable(about(section, report)),
        "empty": sheet.breakable(picture.empty) or NOTHING(lang),
        "body": None if body is None else _body(body, picture.alt or picture.title, charts, fit),
        "breaks": body is not None and _is_long(body),
    }


def _is_long(body: dict[str, Any]) -> bool:
    """Whether it may go on over the next page; what is short or drawn is kept on one."""
    count = {"table": "lines", "todo": "items", "bars": "bars"}.get(body["kind"])
    return body["kind"] == "stack" or (count is not None and len(body[count]) > LONG_LIST)


def _drawn(plot: Plot, draw: Draw) -> dict[str, Any]:
    return {"svg": draw(plot.figure, CHART_WIDTH, plot.height), "ratio": plot.height / CHART_WIDTH}


def _body(
    body: dict[str, Any], alt: str, charts: Iterator[dict[str, Any]], fit: Callable[[dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    """The data with its charts drawn and its tables given widths by ``fit``."""
    kind = body["kind"]
    if kind == "stack":
        return {"kind": kind, "bodies": [_body(inner, alt, charts, fit) for inner in body["bodies"]]}
    if kind == "plot":
        return {"kind": kind, "alt": alt, **next(charts)}
    if kind == "svg":
        return {**body, "alt": alt, "ratio": marks.ratio(body["svg"])}
    words: dict[str, Any] = sheet.breakable(body)
    return fit(words) if kind == "table" else words
