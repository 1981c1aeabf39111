"""The figures on bills and suggestions once more, by plain loops over whole tables: slow, simple, and no SQL.

What is written here knows nothing of ``rows`` and ``metrics``; it follows the definitions as a clerk would, item by
item. ``answer`` is compared with ``measure`` on the whole sample and on deliberately bad data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
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


def _reached(day: Any, cut: pd.Timestamp) -> bool:
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
            and _reached(self.row["assigned_on"], self.cut)
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
        rated = [r for r in self.replies if r[question] is not None and _reached(r["rated_on"], self.cut)]
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
            and _reached(reply["contacted_on"], reply["replied_on"])
            and reply["contact_way"] in ("FACE", "MEET")
        )

    @property
    def misdated(self) -> bool:
        row, last = self.row, self.rating("result_rating")
        early = row["assigned_on"] is not None and row["assigned_on"] < row["submitted_on"]
        rated = [r for r in self.replies if r["result_rating"] is not None and _reached(r["rated_on"], self.cut)]
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
        and not _reached(h["returned_on"], cut)
        and (h["assigned_on"] is None or h["assigned_on"] <= cut)
    ]
    known = [r for r in tables.replies.get(row["id"], []) if r["replied_on"] <= cut]
    returned = any(_reached(h["returned_on"], cut) for h in handlers)
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


def _satisfied(question: str, grades: tuple[int, ...], *, first: bool = False) -> tuple[Claim, Claim]:
    return (
        lambda item: item.grade(question, first=first) in grades,
        lambda item: item.grade(question, first=first) is not None,
    )


Claim = Callable[[Item], bool]

COUNTS: dict[str, Claim] = {
    "P01": lambda item: item.suggestion,
    "P02": lambda item: item.row["kind"] == "BILL" and item.row["status"] != "WITHDRAWN",
    "P02a": lambda item: (
        item.row["kind"] == "BILL" and item.row["status"] != "WITHDRAWN" and bool(item.row["is_accepted"])
    ),
    "P02b": lambda item: item.row["kind"] == "BILL_SUG" and item.row["status"] != "WITHDRAWN",
    "P03": lambda item: item.due,
    "P07e": lambda item: item.misdated,
    "P14": lambda item: item.rehandled,
    "P16": lambda item: item.suggestion and bool(item.row["is_key"]),
    "P18": lambda item: item.suggestion,
    "P22": lambda item: item.suggestion and item.row["place_code"] is not None,
}
STOCKS: dict[str, Claim] = {
    "P06": lambda item: item.overdue,
    "P06a": lambda item: item.soon,
    "P23": lambda item: item.due_this_month,
}
SHARES: dict[str, tuple[Claim, Claim]] = {
    "P04": (lambda item: item.replied, lambda item: item.due),
    "P04d": (lambda item: item.replied, lambda item: item.replied or item.overdue),
    "P05": (lambda item: item.on_time, lambda item: (item.replied or item.overdue) and item.in_order),
    "P08": (lambda item: item.class_now == "A", lambda item: item.due),
    "P09": (lambda item: item.class_now in ("A", "B"), lambda item: item.due),
    "P11": _satisfied("result_rating", (3,)),
    "P11f": _satisfied("result_rating", (3,), first=True),
    "P11t": _satisfied("attitude", (3,)),
    "P12": _satisfied("result_rating", (3, 2)),
    "P12f": _satisfied("result_rating", (3, 2), first=True),
    "P12t": _satisfied("attitude", (3, 2)),
    "P13": (lambda item: item.rating("result_rating") is not None, lambda item: item.replied),
    "P14a": (
        lambda item: item.grade("result_rating") in (2, 3),
        lambda item: item.rehandled and (item.rating("result_rating") or {"round_no": 0})["round_no"] > 1,
    ),
    "P15": (lambda item: item.contacted, lambda item: item.replied),
    "P16a": (lambda item: item.class_now == "A", lambda item: bool(item.row["is_key"]) and item.due),
    "P19": (lambda item: item.published, lambda item: item.replied and bool(item.row["is_public"])),
    "P20": (lambda item: item.was_returned, lambda item: item.due),
}
UNIT_COUNTS: dict[str, Claim] = {
    "P25.last": lambda item: (
        item.replied and item.in_order and 0 <= (item.deadline - item.first["replied_on"]).days <= 2
    ),
    "P25.rated": lambda item: _rated_at_once(item),
    "P25.n": lambda item: item.replied,
    "P25.r": lambda item: item.grade("result_rating") is not None,
}
UNIT_SHARES: dict[str, tuple[Claim, Claim]] = {"P04u": SHARES["P04"], "P05u": SHARES["P05"]}
MEDIANS = {"P07": (0.5, False), "P07p90": (0.9, False), "P07u": (0.5, True)}

Answer = dict[Any, dict[str, float]]


def answer(tables: Tables, asked: Asked) -> Answer:
    """Every figure by group (the empty key without ``by``); ``P04`` with ``P04.k`` and ``P04.n``, as in measure."""
    found: Answer = {}
    plain = list(items(tables, asked))
    by_unit = list(items(tables, asked, units=True))
    in_hand = [item for item in items(tables, asked, stock=True) if item.due and item.first is None]
    batches = _batches(tables)
    for keys, rows in ((COUNTS, plain), (STOCKS, in_hand)):
        for group, members in _grouped(rows, asked.by).items():
            for key, claim in keys.items():
                found.setdefault(group, {})[key] = sum(map(claim, members))
    for group, members in _grouped(by_unit, asked.by).items():
        cell = found.setdefault(group, {})
        for key, claim in UNIT_COUNTS.items():
            cell[key] = sum(map(claim, members))
        cell["P25.batch"] = sum(_alike(item.first) in batches for item in members if item.replied)
    for shares, rows in ((SHARES, plain), (UNIT_SHARES, by_unit)):
        for group, members in _grouped(rows, asked.by).items():
            for key, (counted, base) in shares.items():
                _share(found.setdefault(group, {}), key, [counted(m) for m in members if base(m)])
    for key, (quantile, is_unit) in MEDIANS.items():
        for group, members in _grouped(by_unit if is_unit else plain, asked.by).items():
            since = [(m, m.unit_given if is_unit else m.row["assigned_on"]) for m in members]
            days = [m.days(day) for m, day in since]
            _median(found.setdefault(group, {}), key, [d for d in days if d is not None], quantile)
    _promises(tables, asked, found)
    _tasks(tables, asked, found)
    return found


def _alike(reply: Row | None) -> tuple[Any, ...]:
    return () if reply is None else (reply["org_unit_id"], reply["replied_on"], reply["result_class"])


def _batches(tables: Tables) -> set[tuple[Any, ...]]:
    """Unit, day and class of first replies that came five or more at a time; not those without any of the three."""
    every = [_alike(r) for rows in tables.replies.values() for r in rows if r["round_no"] == 1]
    return {alike for alike, n in Counter(every).items() if n >= 5 and None not in alike}


def _rated_at_once(item: Item) -> bool:
    rated = item.rating("result_rating")
    return rated is not None and rated["rated_on"] == rated["replied_on"]


def _grouped(rows: list[Item], by: str) -> dict[Any, list[Item]]:
    made: dict[Any, list[Item]] = {}
    for item in rows:
        made.setdefault(_group(by, item.year, item.row, item.unit), []).append(item)
    return made


def _group(by: str, year: int, row: Row, unit: Any) -> Any:
    return {"": "", "year": year, "township": row["region_code"], "unit": unit, "category": row["category"]}[by]


def _share(cell: dict[str, float], key: str, counted: list[bool]) -> None:
    cell[f"{key}.k"], cell[f"{key}.n"] = sum(counted), len(counted)
    cell[key] = sum(counted) / len(counted) if counted else float("nan")


def _median(cell: dict[str, float], key: str, days: list[int], quantile: float) -> None:
    cell[f"{key}.n"] = len(days)
    cell[key] = float(np.quantile(days, quantile)) if days else float("nan")


def _ours(row: Row) -> bool:
    return row["kind"] != "BILL" and row["status"] not in ("WITHDRAWN", "MERGED") and row["competence"] == "OWN"


def _promises(tables: Tables, asked: Asked, found: Answer) -> None:
    groups: dict[Any, list[tuple[bool, bool, bool]]] = {}
    later: dict[Any, list[tuple[Any, Any, pd.Timestamp]]] = {}
    for year, _, cut_day in asked.periods(stock=False):
        cut = pd.Timestamp(cut_day)
        for row in tables.proposals:
            if not (asked.sees(row["region_code"]) and _ours(row)):
                continue
            for reply in tables.replies.get(row["id"], []):
                promised, kept_on = reply["promised_on"], reply["fulfilled_on"]
                if (
                    promised is None
                    or promised.year != year
                    or reply["result_class"] != "B"
                    or reply["replied_on"] > cut
                ):
                    continue
                unit = reply["org_unit_id"] if reply["org_unit_id"] in tables.systems else None
                kept_by_now = _reached(kept_on, cut)
                passed = promised < cut
                line = (passed, kept_by_now and kept_on <= promised, passed and not kept_by_now)
                groups.setdefault(_group(asked.by, year, row, unit), []).append(line)
                kept = kept_on if kept_by_now else None
                later.setdefault(_group(asked.by, year, row, unit), []).append((promised, kept, cut))
    for group, lines in groups.items():
        cell = found.setdefault(group, {})
        _share(cell, "P10", [kept for passed, kept, _ in lines if passed])
        cell["P10n"], cell["P10b"] = len(lines), sum(broken for *_, broken in lines)
        cell["P10l"] = sum(kept is not None and kept > promised for promised, kept, _ in later[group])
        for years in (1, 2, 3):
            days = [(promised + pd.DateOffset(years=years), kept, cut) for promised, kept, cut in later[group]]
            _share(cell, f"P10.y{years}", [kept is None or kept > day for day, kept, cut in days if day <= cut])


def _tasks(tables: Tables, asked: Asked, found: Answer) -> None:
    for year, _, cut_day in asked.periods(stock=False):
        cut = pd.Timestamp(cut_day)
        for row in tables.proposals:
            if row["handling_year"] != year or not (row["submitted_on"] <= cut and asked.sees(row["region_code"])):
                continue
            for handler in tables.handlers.get(row["id"], []):
                if _reached(handler["returned_on"], cut):
                    continue
                unit = handler["org_unit_id"] if handler["org_unit_id"] in tables.systems else None
                cell = found.setdefault(_group(asked.by, year, row, unit), {})
                key = "P21c" if handler["role"] == "CO" else "P21"
                cell[key] = cell.get(key, 0) + (_ours(row) and _reached(row["assigned_on"], cut))


def changes(tables: Tables, asked: Asked, since: pd.Timestamp) -> dict[str, int]:
    """What happened to items of any year after a day (P24)."""
    known = list(items(tables, asked, stock=True))
    last = [(item, item.rating("result_rating")) for item in known]
    return {
        "P24.new": sum(item.suggestion and item.row["submitted_on"] > since for item in known),
        "P24.answered": sum(item.replied and item.first["replied_on"] > since for item in known),
        "P24.late": sum(_just_late(item, since) for item in known),
        "P24.closed": sum(
            bool(rated) and rated["rated_on"] > since and rated["result_rating"] > 1 for _, rated in last
        ),
    }


def _just_late(item: Item, since: pd.Timestamp) -> bool:
    if not item.due or not since <= item.deadline < item.cut:
        return False
    return item.first is None or item.first["replied_on"] > item.deadline


def active_deputies(tables: Tables, years: tuple[int, int], last_day: date) -> tuple[int, int]:
    """District deputies serving on a day who led an item in the years, and all those serving (P17)."""
    day = pd.Timestamp(last_day)
    serving = [
        deputy["id"]
        for deputy in tables.deputies
        if deputy["level"] == "COUNTY"
        and deputy["start_on"] <= day
        and (deputy["end_on"] is None or deputy["end_on"] >= day)
    ]
    leading = {
        row["lead_deputy_id"]
        for row in tables.proposals
        if years[0] <= row["handling_year"] <= years[1] and row["submitted_on"] <= day and row["status"] != "WITHDRAWN"
    }
    return len(leading & set(serving)), len(serving)
