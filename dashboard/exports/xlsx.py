"""XLSX: a sheet an exhibit, then the passport and the definitions; no cell can become a formula or a link."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pandas as pd
import xlsxwriter

from dashboard import tables, theme
from dashboard.exports.office import address, clean
from dashboard.exports.report import Report, Section
from dashboard.exports.sheet import letters
from dashboard.exports.words import (
    DEFINITION_HEADS,
    DEFINITIONS,
    NOTHING,
    SENTENCE_HEADS,
    SENTENCES,
    SNAPSHOT,
    about,
    facts,
)
from data_access.text import Lang, Text

FONT = "Microsoft YaHei"
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "remove_timezone": True,
}
LONGEST_NAME = 31
NARROWEST, WIDEST = 8, 60
CHARTED_ROWS = range(2, 21)

TEXT_SHEET = Text("正文", "Text")
FIGURES_SHEET = Text("数字出处", "Figures")
FIGURE_HEADS = (Text("期间", "Period"), Text("记录", "Records"))
PASSPORT_SHEET = Text("说明", "About")
DEFINITIONS_SHEET = Text("口径", "Definitions")
PART = "{part}　{title}　{n}".format
YES = Text("是", "yes")
NO = Text("否", "no")

Formats = dict[str, Any]


def write(report: Report) -> bytes:
    """The workbook. Shares are numbers shown as percentages, dates are dates, missing cells are empty."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    passport = report.passport
    # Without a date of its own xlsxwriter takes the clock, and equal reports would not be equal files.
    book.set_properties(
        {
            "title": passport.title,
            "author": passport.maker,
            "subject": passport.filters,
            "keywords": passport.snapshot_id,
            "comments": passport.link,
            "created": passport.made_at.replace(tzinfo=None),
        }
    )
    book.set_custom_property("snapshot", passport.snapshot_id)
    book.set_custom_property("data_as_of", passport.data_as_of)
    formats = _formats(book)
    taken = {name(report.lang).lower() for name in (TEXT_SHEET, FIGURES_SHEET, PASSPORT_SHEET, DEFINITIONS_SHEET)}
    if report.sentences:
        _text(book, report, formats)
        _figures(book, report, formats)
    for section in report.sections:
        for name, part in _parts(section):
            _exhibit(book, sheet_name(name, taken), part, report, formats)
    _passport(book, report, formats)
    _definitions(book, report, formats)
    book.close()
    return target.getvalue()


def _parts(section: Section) -> Iterator[tuple[str, Section]]:
    """The exhibit; where it is to be split, then a sheet for each value of that column with its lines alone."""
    yield section.name, section
    picture, column = section.picture, section.picture.split
    if column and len(picture.table):
        for value, lines in picture.table.groupby(column, sort=False):
            part = replace(picture, figures=lines, title=PART(title=section.name, part=value, n=len(lines)))
            yield str(value), replace(section, picture=part)


def _text(book: Any, report: Report, formats: Formats) -> None:
    """The sentences of a briefing, one a row."""
    sheet = _sheet(book, TEXT_SHEET(report.lang), report.title, (6, 24, 110), formats)
    for row, one in enumerate(report.sentences, start=2):
        sheet.write_number(row, 0, row - 1, formats["wrap"])
        sheet.write_string(row, 1, one.heading, formats["wrap"])
        sheet.write_string(row, 2, one.text, formats["wrap"])
    _print(sheet, 0, report)


def _figures(book: Any, report: Report, formats: Formats) -> None:
    """Every number of the text, its sentence named in each row, so that rows can be sorted and filtered."""
    lang = report.lang
    sheet = _sheet(book, FIGURES_SHEET(lang), SENTENCES(lang), (24, 28, 14, 60, 32, 22, 60), formats)
    heads = [head(lang) for head in (*SENTENCE_HEADS, *FIGURE_HEADS)]
    rows = [
        (f"{n}  {one.heading or one.key}", f) for n, one in enumerate(report.sentences, start=1) for f in one.figures
    ]
    for index, head in enumerate(heads):
        sheet.write_string(2, index, head, formats["head"])
    for row, (name, f) in enumerate(rows, start=3):
        told = (name, f.metric, f.words, f.definition, f.source, f.period, address(report, f.link))
        for index, words in enumerate(told):
            sheet.write_string(row, index, words, formats["wrap"])
    if rows:
        sheet.autofilter(2, 0, 2 + len(rows), len(heads) - 1)
    sheet.freeze_panes(3, 1)
    _print(sheet, 2, report)


def _sheet(book: Any, name: str, title: str, widths: tuple[int, ...], formats: Formats) -> Any:
    """A sheet of words: its title, columns of these widths."""
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, title, formats["title"])
    return sheet


def sheet_name(name: str, taken: set[str]) -> str:
    """A sheet name that Excel accepts and that no other sheet has; it is added to ``taken``."""
    plain = _cut(re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", clean(name)).strip(" '"), LONGEST_NAME).strip(" '") or "1"
    made, number = plain, 1
    while made.lower() in taken:
        number += 1
        made = f"{_cut(plain, LONGEST_NAME - len(str(number)) - 1)} {number}"
    taken.add(made.lower())
    return made


def _cut(words: str, most: int) -> str:
    """As many letters as Excel counts for ``most``; rare ones count double."""
    return words.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore")


def _formats(book: Any) -> Formats:
    colour = theme.tokens("light")
    base = {"font_name": FONT, "font_size": 10.5, "valign": "vcenter"}
    kinds: dict[str, dict[str, Any]] = {
        "title": {"font_size": 14, "bold": True, "font_color": colour["ink"]},
        "note": {"font_size": 9, "font_color": colour["ink2"]},
        "name": {"font_size": 9, "font_color": colour["ink3"]},
        "head": {
            "bold": True,
            "bottom": 1,
            "bottom_color": colour["axis"],
            "bg_color": colour["band"],
            "text_wrap": True,
        },
        "text": {},
        "wrap": {"text_wrap": True, "valign": "top"},
        "whole": {"num_format": "#,##0"},
        "year": {"num_format": "0"},
        "broken": {"num_format": "#,##0.0"},
        "share": {"num_format": "0.0%"},
        "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    }
    return {name: book.add_format(base | changes) for name, changes in kinds.items()}


def _exhibit(book: Any, name: str, section: Section, report: Report, formats: Formats) -> None:
    """Title, what is shown, the passport; then the frozen head and the typed figures."""
    sheet, picture, table = book.add_worksheet(name), section.picture, section.picture.table
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, picture.title or section.name, formats["title"])
    sheet.set_row(0, 26)
    said = [words for words in (picture.subtitle, picture.foot, *about(section, report)) if words]
    for row, words in enumerate(said, start=1):
        sheet.write_string(row, 0, words, formats["note"])
    top = max(3, len(said) + 1)
    for fact, words in facts(report.passport, report.lang):
        sheet.write_string(top, 0, f"{fact}  {words}", formats["note"])
        top += 1
    top += 1
    kinds = [column_kind(str(column), table[column]) for column in table.columns]
    for index, column in enumerate(table.columns):
        sheet.write_string(top, index, str(column), formats["head"])
        sheet.set_column(index, index, _width(str(column), table[column], kinds[index]))
        _cells(sheet, top + 1, index, table[column], formats[kinds[index]], report.lang)
    if table.empty:
        sheet.write_string(top + 1, 0, picture.empty or NOTHING(report.lang), formats["note"])
    else:
        sheet.autofilter(top, 0, top + len(table), len(table.columns) - 1)
        _chart(book, sheet, name, top, table, kinds)
    sheet.freeze_panes(top + 1, 1)
    _print(sheet, top, report)


def column_kind(name: str, column: pd.Series) -> str:
    """How a column is written: text, date, share, year, whole or broken numbers."""
    if pd.api.types.is_bool_dtype(column):
        return "text"
    if pd.api.types.is_numeric_dtype(column):
        if tables.is_share(name):
            return "share"
        if re.search(r"(年|年份|年度|year)$", name, re.IGNORECASE):
            return "year"
        return "broken" if tables.decimals(column) else "whole"
    known = column.dropna()
    return "date" if len(known) and all(isinstance(value, date) for value in known) else "text"


def _cells(sheet: Any, row: int, index: int, column: pd.Series, style: Any, lang: Lang) -> None:
    """One column, each cell by the writer of its own type."""
    for offset, value in enumerate(column):
        write: Callable[..., Any]
        if pd.isna(value):
            write, value = sheet.write_blank, None
        elif isinstance(value, (date, datetime)):
            write = sheet.write_datetime
        elif isinstance(value, (bool,)) or pd.api.types.is_bool(value):
            write, value = sheet.write_string, (YES if value else NO)(lang)
        elif pd.api.types.is_number(value):
            write = sheet.write_number
        else:
            write, value = sheet.write_string, str(value)
        write(row + offset, index, value, style)


def _width(name: str, column: pd.Series, kind: str) -> float:
    if kind != "text":
        return max(NARROWEST + 3, letters(name) + 3)
    longest = max([letters(name), *(letters(str(value)) for value in column)])
    return min(max(longest + 3, NARROWEST), WIDEST)


def _chart(book: Any, sheet: Any, name: str, top: int, table: pd.DataFrame, kinds: list[str]) -> None:
    """A chart Excel can edit, where the figures are names with one number each."""
    if len(kinds) < 2 or kinds[0] not in ("text", "year") or kinds[1] not in ("whole", "broken", "share"):
        return
    if len(table) not in CHARTED_ROWS or table.iloc[:, 0].duplicated().any() or (len(kinds) > 2 and kinds[2] == "text"):
        return
    colour, upright = theme.tokens("light"), kinds[0] == "year"
    first, last = top + 1, top + len(table)
    chart = book.add_chart({"type": "column" if upright else "bar"})
    font = {"name": FONT, "size": 9, "color": colour["ink2"]}
    chart.add_series(
        {
            "name": [name, top, 1],
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 1, last, 1],
            "fill": {"color": colour["blue"]},
            "gap": 60,
            "data_labels": {"value": True, "font": font},
        }
    )
    chart.set_title({"name": str(table.columns[1]), "name_font": font | {"size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis(
        {"num_font": font, "line": {"color": colour["axis"]}, "major_gridlines": {"visible": False}}
        if upright
        else {"visible": False, "major_gridlines": {"visible": False}}
    )
    chart.set_y_axis(
        {"visible": False, "major_gridlines": {"visible": False}}
        if upright
        else {"num_font": font, "reverse": True, "line": {"color": colour["axis"]}}
    )
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 520, "height": 120 + 24 * len(table)})
    sheet.insert_chart(top, len(kinds) + 1, chart)


def _print(sheet: Any, top: int, report: Report) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    # An ampersand starts a code in a footer; two of them print one.
    words = f"{report.title}　{SNAPSHOT(report.lang)} {report.passport.snapshot_id}".replace("&", "&&")
    sheet.set_footer(f'&L&"{FONT}"&8{words}&R&8&P / &N')


def _passport(book: Any, report: Report, formats: Formats) -> None:
    sheet = _sheet(book, PASSPORT_SHEET(report.lang), report.passport.title, (22, 100), formats)
    found = [(section.name, section.picture.title) for section in report.sections]
    for row, (fact, words) in enumerate([*facts(report.passport, report.lang), *found], start=2):
        sheet.write_string(row, 0, fact, formats["name"])
        sheet.write_string(row, 1, words, formats["wrap"])
    _print(sheet, 0, report)


def _definitions(book: Any, report: Report, formats: Formats) -> None:
    lang = report.lang
    sheet = _sheet(book, DEFINITIONS_SHEET(lang), DEFINITIONS(lang), (8, 26, 60, 40, 40), formats)
    for index, head in enumerate(DEFINITION_HEADS):
        sheet.write_string(2, index, head(lang), formats["head"])
    for row, one in enumerate(report.passport.definitions, start=3):
        for index, words in enumerate((one.key, one.name, one.definition, one.excludes, one.source)):
            sheet.write_string(row, index, words, formats["wrap"])
    sheet.freeze_panes(3, 0)
    _print(sheet, 2, report)
