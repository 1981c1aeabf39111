"""How a table of measure() is compared with figures computed a second time in plain pandas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from data_access.context import Context, Period, periods

# A figure computed by hand: from the tables, for a year's first and last day and the day it is known on.
Figure = Callable[[Any, date, date, date], Any]


def assert_agree(
    answer: pd.DataFrame, context: Context, figures: Mapping[str, Figure], tables: Any, *, same_dates: bool
) -> None:
    """Every figure of every year; shares as (counted, base), the rest as numbers."""
    rows = answer.set_index("year")
    for period in periods(context, same_dates=same_dates):
        for key, figure in figures.items():
            expected = figure(tables, period.start, period.end, period.cut)
            assert found(rows, period, key) == expected, (key, period.year)


def found(rows: pd.DataFrame, period: Period, key: str) -> Any:
    """A share as (counted, base); a median rounded; missing as None."""
    if f"{key}.k" in rows:
        return (int(rows.loc[period.year, f"{key}.k"]), int(rows.loc[period.year, f"{key}.n"]))  # type: ignore[arg-type]
    value = rows.loc[period.year, key]
    return None if pd.isna(value) else round(float(value), 6)  # type: ignore[arg-type]
