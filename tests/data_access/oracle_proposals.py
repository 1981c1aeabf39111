"""The figures on bills and suggestions once more, by plain loops over whole tables: slow, simple, and no SQL.

What is written here knows nothing of ``rows`` and ``metrics``; it follows the definitions as a clerk would, item by
item. ``answer`` is compared with ``measure`` on the whole sample and on deliberately bad data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from tests.data_access.oracle_items import Asked, Item, Row, Tables, items, reached


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
                kept_by_now = reached(kept_on, cut)
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
                if reached(handler["returned_on"], cut):
                    continue
                unit = handler["org_unit_id"] if handler["org_unit_id"] in tables.systems else None
                cell = found.setdefault(_group(asked.by, year, row, unit), {})
                key = "P21c" if handler["role"] == "CO" else "P21"
                cell[key] = cell.get(key, 0) + (_ours(row) and reached(row["assigned_on"], cut))


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
