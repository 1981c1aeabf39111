"""CSV that Excel opens with its Chinese whole: the figures first, the passport below them."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pandas as pd

from dashboard.exports.report import Report
from dashboard.exports.words import facts
from dashboard.sources import SOURCE

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write(report: Report) -> bytes:
    """UTF-8 with a byte order mark: column heads, raw figures, an empty line, then where they come from if not from
    records alone, and the passport in two columns.

    Figures are as counted: shares between 0 and 1, dates as 2026-11-20, missing ones empty.
    """
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    for section in report.sections:
        table = section.picture.table
        out.writerow([safe(str(name)) for name in table.columns])
        out.writerows([safe(value) for value in row] for row in table.itertuples(index=False, name=None))
        out.writerow([])
        out.writerow([safe(section.name), safe(section.picture.title)])
        if section.picture.sources:
            out.writerow([SOURCE(report.lang), safe(section.picture.sources)])
    out.writerows([name, safe(words)] for name, words in facts(report.passport, report.lang))
    return text.getvalue().encode("utf-8-sig")


def safe(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; missing is empty, dates are ISO."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else value
