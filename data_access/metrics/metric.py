"""Metric: one figure of the board, defined once: its words, its law and what it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from sqlalchemy import ColumnElement, FromClause

from data_access.text import Text

Condition = Callable[[FromClause], ColumnElement[bool]]
BY_DATE = Text("按发生日期", "by event date")


class Window(Enum):
    """How years apply to a metric (the speech mixes all four)."""

    FLOW = "flow"  # events in the chosen years, by handling year, event date or fiscal year
    STOCK = "stock"  # the state on the last chosen day
    TERM = "term"  # the term (届) that holds the last chosen year
    SINCE = "since"  # from a date set in rule_config
    CHANGE = "change"  # after a day the reader chose, up to the as-of day, whatever the years


class Kind(Enum):
    """What is made of the rows counted."""

    COUNT = "count"  # how many rows
    SUM = "sum"  # the sum of column ``of``
    DISTINCT = "distinct"  # how many different values of column ``of``
    SHARE = "share"  # counted within base, divided by base: rows, or sums of ``of`` over ``base_of``
    QUANTILE = "quantile"  # the ``quantile`` of column ``of``


class Direction(Enum):
    """Which way is better; most counts are neutral, because more is not always better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


@dataclass(frozen=True, eq=False)
class Metric:
    """A figure and everything needed to show, explain, compute and trace it.

    ``rows`` names the row source in ``data_access.rows`` (``ROWS[rows]``). ``counted`` says which of its rows count;
    ``base`` (shares only) which rows make the denominator. Both take the row source and give a condition, so the same
    words decide the figure, its groups and the list of records behind it. Values: counts and sums as numbers, shares
    0 to 1 (missing when the base is empty), quantiles in ``unit``.
    """

    key: str
    name: Text
    unit: Text
    definition: Text
    excludes: Text
    source: Text
    window: Window
    direction: Direction
    rows: str
    kind: Kind
    counted: Condition
    base: Condition | None = None
    of: str | None = None
    base_of: str | None = None
    quantile: float = 0.5
    decimals: int = 0
    chart: Text | None = None  # a shorter name where space is tight
    table: str = ""  # the main database table(s), joined by 、, the one counted first
    year_rule: Text = BY_DATE

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The main database tables: a year without rows in one of them is a year the figure cannot be counted for."""
        return tuple(name for name in self.table.split("、") if name)

    @property
    def is_share(self) -> bool:
        """Whether values are shares of 1, shown as percentages with their n."""
        return self.kind is Kind.SHARE
