"""The metrics of Party leadership a second time, in plain pandas over whole tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Engine

Tables = dict[str, pd.DataFrame]


def read(engine: Engine) -> Tables:
    """The tables with their dates as timestamps."""
    made = {}
    for name in ("party_support", "leader_task", "deputy_activity", "region"):
        table = pd.read_sql_table(name, engine)
        for column in [c for c in table if c.endswith("_on")]:
            table[column] = pd.to_datetime(table[column])
        made[name] = table
    return made


def acts(tables: Tables, start: date, end: date, *kinds: str) -> pd.DataFrame:
    rows = tables["party_support"]
    return rows[rows["held_on"].between(pd.Timestamp(start), pd.Timestamp(end)) & rows["kind"].isin(kinds)]


def count(*kinds: str) -> Callable[..., int]:
    return lambda tables, start, end, cut: len(acts(tables, start, end, *kinds))


def days(tables: Tables, start: date, end: date) -> pd.Series:
    rows = acts(tables, start, end, "FWD")
    return (rows["held_on"] - rows["submitted_on"]).dt.days.dropna()


def median(tables: Tables, start: date, end: date, cut: date) -> float | None:
    found = days(tables, start, end)
    return round(float(found.median()), 6) if len(found) else None


def longest(tables: Tables, start: date, end: date, cut: date) -> float | None:
    found = days(tables, start, end)
    return float(found.max()) if len(found) else None


def campaigns(tables: Tables, start: date, end: date, cut: date) -> int:
    rows = tables["deputy_activity"]
    held = rows["held_on"].between(pd.Timestamp(start), pd.Timestamp(end))
    return int((held & (rows["kind"] == "CAM") & rows["event_id"].isna()).sum())


def tasks(tables: Tables, start: date, end: date) -> pd.DataFrame:
    rows = tables["leader_task"]
    is_past = (rows["due_on"] < pd.Timestamp(start)) | (rows["due_on"].isna() & (rows["kind"] == "TOWN"))
    over = (rows["status"] == "DONE") & is_past
    return rows[(rows["start_on"] <= pd.Timestamp(end)) & (rows["status"] != "STOPPED") & ~over]


def task(kind: str, column: str = "id") -> Callable[..., int]:
    def number(tables: Tables, start: date, end: date, cut: date) -> int:
        rows = tasks(tables, start, end)
        return int(rows[rows["kind"].eq(kind)][column].nunique())

    return number


def leaders(tables: Tables, start: date, end: date, cut: date) -> int:
    return int(tasks(tables, start, end)["leader"].nunique())


def done(tables: Tables, start: date, end: date, cut: date) -> tuple[int, int]:
    rows = tasks(tables, start, end)
    due = rows[(rows["due_on"] <= pd.Timestamp(end)) & (rows["kind"] != "TOWN")]
    return int((due["status"] == "DONE").sum()), len(due)


def linked(tables: Tables, start: date, end: date, cut: date) -> tuple[int, int]:
    rows = tables["leader_task"]
    rows = rows[
        rows["kind"].eq("TOWN") & (rows["start_on"] <= pd.Timestamp(end)) & rows["status"].isin(["NEW", "GOING"])
    ]
    towns = tables["region"].query("level == 'TOWNSHIP'")["region_code"]
    return int(towns.isin(rows["region_code"]).sum()), len(towns)


FIGURES: dict[str, Callable[..., Any]] = {
    "B01": count("HEAR"),
    "B02": count("VISIT", "TALK"),
    "B02.visit": count("VISIT"),
    "B02.talk": count("TALK"),
    "B03": count("FWD"),
    "B03d": median,
    "B03x": longest,
    "B04": count("ISSUE", "RULE"),
    "B04.site": count("SITE"),
    "B04.cam": campaigns,
    "B05": count("SIT"),
    "B06.leaders": leaders,
    "B06.task": task("TASK"),
    "B06.project": task("PROJECT"),
    "B06.town": task("TOWN", "region_code"),
    "B06.special": task("SPECIAL"),
    "B06.done": done,
    "B06.linked": linked,
}
