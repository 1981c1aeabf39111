"""The metrics of decisions and meetings a second time, in plain pandas over whole tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Engine

Frames = dict[str, pd.DataFrame]


def read(engine: Engine) -> Frames:
    """Whole tables with their dates as timestamps."""
    tables = {name: pd.read_sql_table(name, engine) for name in ("resolution", "meeting")}
    for table in tables.values():
        for column in [name for name in table if str(name).endswith("_on")]:
            table[column] = pd.to_datetime(table[column])
    return tables


def adopted(frames: Frames, start: date, end: date) -> pd.DataFrame:
    rows = frames["resolution"]
    return rows[rows["adopted_on"].between(pd.Timestamp(start), pd.Timestamp(end))]


def held(frames: Frames, kind: str, start: date, end: date) -> pd.DataFrame:
    rows = frames["meeting"]
    return rows[rows["held_on"].between(pd.Timestamp(start), pd.Timestamp(end)) & (rows["kind"] == kind)]


def of_kinds(*kinds: str) -> Callable[..., int]:
    return lambda frames, start, end, cut: int(adopted(frames, start, end)["kind"].isin(kinds).sum())


def accounts(frames: Frames, start: date, end: date, cut: date) -> int:
    rows = adopted(frames, start, end)
    return int((rows["title"].str.contains("决算") & (rows["organ"] == "SC")).sum())


def on_time(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    rows = frames["resolution"]
    rows = rows[rows["report_due_on"].between(pd.Timestamp(start), pd.Timestamp(end))]
    told = rows["reported_on"].where(rows["reported_on"] <= pd.Timestamp(cut))
    due = told.notna() | (rows["report_due_on"] < pd.Timestamp(cut))
    return int((told <= rows["report_due_on"]).sum()), int(due.sum())


def unreported(frames: Frames, end: date) -> pd.DataFrame:
    rows, day = frames["resolution"], pd.Timestamp(end)
    rows = rows[rows["report_due_on"].notna() & (rows["adopted_on"] <= day)]
    return rows[~(rows["reported_on"] <= day)]


def overdue(frames: Frames, start: date, end: date, cut: date) -> int:
    return int((unreported(frames, end)["report_due_on"] < pd.Timestamp(end)).sum())


def meetings(kind: str) -> Callable[..., int]:
    return lambda frames, start, end, cut: len(held(frames, kind, start, end))


def attendance(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    rows = held(frames, "SC", start, end)
    return int(rows["attended"].sum()), int(rows["members"].sum())


def gaps(frames: Frames, start: date, end: date, cut: date) -> int:
    """Ended months that, with the month before, saw no committee meeting, though one was held within a year."""
    days = frames["meeting"].query("kind == 'SC'")["held_on"].dt.to_period("M")
    met = set(days)
    found = 0
    for month in pd.period_range(start, end, freq="M"):
        is_over = month.end_time.date() < cut
        before = {month - step for step in range(1, 13)}
        found += is_over and not {month, month - 1} & met and bool(before & met)
    return found


FIGURES: dict[str, Callable[..., Any]] = {
    "D01": lambda frames, start, end, cut: len(adopted(frames, start, end)),
    "D01.fin": of_kinds("FIN", "PLAN", "DEBT"),
    "D01.major": of_kinds("MAJOR"),
    "D01.acc": accounts,
    "D02": on_time,
    "D02a": overdue,
    "D02b": lambda frames, start, end, cut: len(unreported(frames, end)),
    "M01": meetings("SC"),
    "M01.gap": gaps,
    "M01.cong": meetings("CONG"),
    "M01.town": meetings("TWN"),
    "M02": meetings("CHM"),
    "M03": attendance,
}
