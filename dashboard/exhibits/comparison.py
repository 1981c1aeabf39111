"""How townships stand beside one another: in the order of their codes, by value only where the office says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pandas as pd

from dashboard import formats
from dashboard.exhibits.exhibit import View
from data_access.text import Text

BY_CODE = Text("按区划代码排列，不作排名", "in code order, no ranking")
BY_VALUE = Text("按数值由高到低排列", "Highest first")

Row = TypeVar("Row")


def in_order(rows: Iterable[Row], value: Callable[[Row], float | None], view: View) -> list[Row]:
    """Rows as they come (in the order of codes), or the highest value first where ``rules.ranking`` is on.

    Rows without a value come last; of equal ones the first stays first.
    """
    found = list(rows)
    if not view.context.rules.ranking:
        return found

    def place(row: Row) -> tuple[bool, float]:
        known = value(row)
        return (True, 0.0) if known is None or formats.is_missing(known) else (False, -known)

    return sorted(found, key=place)


def frame_in_order(found: pd.DataFrame, values: pd.Series[Any], view: View) -> pd.DataFrame:
    """The same for a table; ``values`` has one value a row."""
    known = values.to_list()
    return found.iloc[in_order(range(len(found)), lambda place: known[place], view)]


def order_words(view: View) -> str:
    """The order, for a subtitle."""
    return (BY_VALUE if view.context.rules.ranking else BY_CODE)(view.lang)
