"""The figures behind a drawing as a plain table: numbers to the right, shares as percentages, missing as a dash."""

from __future__ import annotations

import re
from datetime import date
from html import escape
from typing import Any

import pandas as pd
from pandas.api.types import is_float_dtype, is_numeric_dtype

from dashboard import formats

SHARE = re.compile(r"(率|占比|share|rate)$", re.IGNORECASE)


def is_share(name: str) -> bool:
    """Whether a column of this name holds shares of 1."""
    return SHARE.search(name) is not None


def written(name: str, value: Any, *, decimals: int = 0) -> str:
    """One cell in words."""
    if value is None or value is pd.NaT or formats.is_missing(value):
        return formats.MISSING
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bool | str):
        return str(value)
    return formats.percent(value) if is_share(name) else formats.number(value, decimals)


def decimals(column: pd.Series[Any]) -> int:
    """One decimal where a column has broken numbers, none where it has whole ones."""
    known = column.dropna()
    return 1 if is_float_dtype(column) and not (known == known.round()).all() else 0


def html(table: pd.DataFrame) -> str:
    """The whole table as HTML."""
    right = [is_numeric_dtype(table[name]) for name in table.columns]
    head = "".join(
        f'<th class="{"r" if r else ""}">{escape(str(n))}</th>' for n, r in zip(table.columns, right, strict=True)
    )
    places = [
        decimals(table[name]) if r and not is_share(name) else 0 for name, r in zip(table.columns, right, strict=True)
    ]
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td class="{"r" if r else ""}">{escape(written(name, value, decimals=d))}</td>'
            for name, value, r, d in zip(table.columns, line, right, places, strict=True)
        )
        + "</tr>"
        for line in table.itertuples(index=False)
    )
    return f'<div class="scroll"><table class="t"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
