"""Bills and suggestions as a clerk sees them: each item, its replies and its state on a day, from whole tables.

What is written here knows nothing of ``rows`` and ``metrics``; see ``oracle_proposals``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

Row = dict[str, Any]

DATES = (
    "submitted_on",
    "assigned_on",
    "due_on",
    "replied_on",
    "contacted_on",
    "promised_on",
    "fulfilled_on",
    "rated_on",
)

MORE_DATES = ("returned_on", "opinion_on", "start_on", "end_on")


@dataclass(frozen=True)
class Tables:
    """Whole tables, read once."""

    proposals: list[Row]
    handlers: dict[str, list[Row]]
    replies: dict[str, list[Row]]
    systems: dict[str, str]
    deputies: list[Row]


def read(connection: Connection) -> Tables:
    """Every row of the tables concerned."""
    return Tables(
        proposals=_rows(connection, "proposal"),
        handlers=_by_item(_rows(connection, "proposal_handler")),
        replies=_by_item(_rows(connection, "proposal_reply")),
        systems={row["id"]: row["system"] for row in _rows(connection, "org_unit")},
        deputies=_rows(connection, "deputy"),
    )


def _rows(connection: Connection, table: str) -> list[Row]:
    frame = pd.read_sql(text(f"SELECT * FROM {table}"), connection)
    for name in set(frame.columns) & {*DATES, *MORE_DATES}:
        frame[name] = pd.to_datetime(frame[name])
    return [
        {name: None if pd.isna(value) else value for name, value in row.items()} for row in frame.to_dict("records")
    ]


def _by_item(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["proposal_id"], []).append(row)
    return found


def reached(day: Any, cut: pd.Timestamp) -> bool:
    return day is not None and day <= cut


@dataclass(frozen=True)
class Item:
    """One item as known on a day, seen from one of its units (the slowest, unless units are counted)."""

    row: Row
    year: int
    cut: pd.Timestamp
    unit: str | None
    unit_given: Any
    replies: list[Row]  # the unit's, known by then
    rounds: int
    was_returned: bool

    @property
    def suggestion(self) -> bool:
        return self.row["kind"] in ("SUG", "BILL_SUG") and self.row["status"] != "WITHDRAWN"

    @property
    def due(self) -> bool:
        return (
            self.row["kind"] in ("SUG", "BILL_SUG")
            and self.row["status"] not in ("WITHDRAWN", "MERGED")
            and self.row["competence"] == "OWN"
            and reached(self.row["assigned_on"], self.cut)
        )

    @property
    def first(self) -> Row | None:
        return next((reply for reply in self.replies if reply["round_no"] == 1), None)

    @property
    def replied(self) -> bool:
        return self.due and self.first is not None

    @property
    def deadline(self) -> pd.Timestamp | None:
        if self.row["due_on"] is not None:
            return self.row["due_on"]
        months = 6 if self.row["extended"] else 3
        return self.row["assigned_on"] + pd.DateOffset(months=months) if self.row["assigned_on"] is not None else None

    @property
    def overdue(self) -> bool:
        return self.due and self.first is None and self.deadline < self.cut

    @property
    def soon(self) -> bool:
        return self.due and self.first is None and 0 <= (self.deadline - self.cut).days <= 15

    @property
    def due_this_month(self) -> bool:
        return self.due and self.first is None and self.deadline.to_period("M") <= self.cut.to_period("M")

    @property
    def in_order(self) -> bool:
        return (
            self.first is None or self.row["assigned_on"] is None or self.first["replied_on"] >= self.row["assigned_on"]
        )

    @property
    def on_time(self) -> bool:
        return self.replied and self.in_order and self.first["replied_on"] <= self.deadline

    @property
    def class_now(self) -> str | None:
        if not self.replies:
            return None
        last = max(self.replies, key=lambda reply: reply["round_no"])
        if last["fulfilled_on"] is not None and last["fulfilled_on"] > self.cut:
            return last["result_class"]
        return last["class_current"] or last["result_class"]

    @property
    def published(self) -> bool:
        return bool(self.replies) and bool(max(self.replies, key=lambda reply: reply["round_no"])["is_published"])

    def rating(self, question: str, *, first: bool = False) -> Row | None:
        """The reply whose rating counts: the last rated, or the first one if it is rated."""
        rated = [r for r in self.replies if r[question] is not None and reached(r["rated_on"], self.cut)]
        if first:
            rated = [reply for reply in rated if reply["round_no"] == 1]
        return max(rated, key=lambda reply: reply["round_no"]) if rated and self.due and self.first else None

    def grade(self, question: str, *, first: bool = False) -> int | None:
        found = self.rating(question, first=first)
        return int(found[question]) if found else None

    @property
    def contacted(self) -> bool:
        reply = self.first
        return (
            reply is not None
            and reached(reply["contacted_on"], reply["replied_on"])
            and reply["contact_way"] in ("FACE", "MEET")
        )

    @property
    def misdated(self) -> bool:
        row, last = self.row, self.rating("result_rating")
        early = row["assigned_on"] is not None and row["assigned_on"] < row["submitted_on"]
        rated = [r for r in self.replies if r["result_rating"] is not None and reached(r["rated_on"], self.cut)]
        last = max(rated, key=lambda reply: reply["round_no"]) if rated else None
        return row["status"] != "WITHDRAWN" and (
            early or not self.in_order or (last is not None and last["rated_on"] < last["replied_on"])
        )

    @property
    def rehandled(self) -> bool:
        return self.due and (self.rounds > 1 or self.row["status"] == "REHANDLING")

    def days(self, since: Any) -> int | None:
        if not self.replied or since is None or self.first["replied_on"] < since:
            return None
        return int((self.first["replied_on"] - since).days)


def items(tables: Tables, asked: Asked, *, units: bool = False, stock: bool = False) -> Iterator[Item]:
    """Items of the years asked for, each as known on its year's cut day; for a stock, all items on each last day."""
    for year, end, cut in asked.periods(stock=stock):
        day = pd.Timestamp(end if stock else cut)
        for row in tables.proposals:
            is_asked = stock or row["handling_year"] == year
            if is_asked and row["submitted_on"] <= day and asked.sees(row["region_code"]):
                yield from _seen_from(tables, row, year, day, units=units)


def _seen_from(tables: Tables, row: Row, year: int, cut: pd.Timestamp, *, units: bool) -> list[Item]:
    handlers = tables.handlers.get(row["id"], [])
    answering = [
        h
        for h in handlers
        if h["role"] in ("LEAD", "SOLE", "SPLIT")
        and not reached(h["returned_on"], cut)
        and (h["assigned_on"] is None or h["assigned_on"] <= cut)
    ]
    known = [r for r in tables.replies.get(row["id"], []) if r["replied_on"] <= cut]
    returned = any(reached(h["returned_on"], cut) for h in handlers)
    helpers = {h["org_unit_id"] for h in handlers if h["role"] == "CO"} - {None}
    rounds = max((r["round_no"] for r in known if r["org_unit_id"] not in helpers), default=0)
    seen = []
    for handler in answering or ([] if units else [None]):
        unit = handler["org_unit_id"] if handler else None
        own = [r for r in known if unit is None or r["org_unit_id"] in (unit, None)]
        given = (handler and handler["assigned_on"]) or row["assigned_on"]
        seen.append(Item(row, year, cut, unit, given, own, rounds, returned))
    return seen if units else [min(seen, key=_slowest)]


def _slowest(item: Item) -> tuple[bool, float, str]:
    first = item.first
    return (first is not None, -first["replied_on"].value if first else 0.0, item.unit or "")


@dataclass(frozen=True)
class Asked:
    """The question: years, townships, the as-of day, whole years or the same dates."""

    years: tuple[int, ...]
    as_of: date
    townships: tuple[str, ...] = ()
    same_dates: bool = False
    by: str = ""

    def sees(self, region: str) -> bool:
        return region.startswith("990102") and (not self.townships or region.startswith(self.townships))

    def periods(self, *, stock: bool) -> list[tuple[int, date, date]]:
        found = []
        for year in self.years:
            whole = min(date(year, 12, 31), self.as_of)
            same = min(date(year, self.as_of.month, min(self.as_of.day, 28)), self.as_of)
            end = same if self.same_dates else whole
            found.append((year, end, end if self.same_dates else self.as_of))
        return found[-1:] if stock and self.by != "year" else found
