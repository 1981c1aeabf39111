"""The metrics of capacity a second time, in plain pandas over whole tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Engine

Tables = dict[str, pd.DataFrame]
SINCE = date(2023, 1, 1)


def read(engine: Engine) -> Tables:
    """The tables with their dates as timestamps."""
    made = {}
    for name in ("election", "cadre_change", "org_unit", "budget_item", "region"):
        table = pd.read_sql_table(name, engine)
        for column in [c for c in table if c.endswith("_on")]:
            table[column] = pd.to_datetime(table[column])
        made[name] = table
    return made


def latest(tables: Tables, end: date, level: str) -> pd.DataFrame:
    rows = tables["election"]
    rows = rows[(rows["held_on"] <= pd.Timestamp(end)) & (rows["level"] == level)]
    return rows.sort_values("term_no").groupby("region_code").tail(1)


def elected(level: str) -> Callable[..., int]:
    return lambda tables, start, end, cut: int(latest(tables, end, level)["elected"].sum())


def share(part: str, whole: str, level: str) -> Callable[..., tuple[int, int]]:
    def found(tables: Tables, start: date, end: date, cut: date) -> tuple[int, int]:
        rows = latest(tables, end, level).dropna(subset=[part, whole])
        return int(rows[part].sum()), int(rows[whole].sum())

    return found


def persons(*kinds: str) -> Callable[..., int]:
    """Since the day set by the sample's local rule, whatever year is asked for."""

    def number(tables: Tables, start: date, end: date, cut: date) -> int:
        rows = tables["cadre_change"]
        within = rows["effective_on"].between(pd.Timestamp(SINCE), pd.Timestamp(end))
        return int(rows[within & rows["kind"].isin(kinds)]["person_key"].nunique())

    return number


def bodies(tables: Tables, end: date, *kinds: str) -> pd.DataFrame:
    rows, day = tables["org_unit"], pd.Timestamp(end)
    stands = (rows["set_up_on"].isna() | (rows["set_up_on"] <= day)) & (
        rows["closed_on"].isna() | (rows["closed_on"] > day)
    )
    return rows[stands & (rows["system"] == "PC") & rows["kind"].isin(kinds)]


def total(column: str) -> Callable[..., int]:
    return lambda tables, start, end, cut: int(bodies(tables, end, "COM", "OFF", "CEN")[column].sum())


def number(*kinds: str) -> Callable[..., int]:
    return lambda tables, start, end, cut: len(bodies(tables, end, *kinds))


def towns(tables: Tables, *kinds: str) -> pd.Series:
    rows = tables["region"]
    return rows[(rows["level"] == "TOWNSHIP") & rows["kind"].isin(kinds)]["region_code"]


def committees(tables: Tables, start: date, end: date, cut: date) -> tuple[int, int]:
    streets = towns(tables, "STREET")
    return int(streets.isin(bodies(tables, end, "STR")["region_code"]).sum()), len(streets)


def vice_chairs(tables: Tables, start: date, end: date, cut: date) -> tuple[int, int]:
    rows = bodies(tables, end, "TWP").dropna(subset=["vice_chair"])
    rows = rows[rows["region_code"].isin(towns(tables, "TOWN", "XIANG"))]
    return int(rows["vice_chair"].astype(bool).sum()), len(rows)


def money(column: str) -> Callable[..., float]:
    def amount(tables: Tables, start: date, end: date, cut: date) -> float:
        rows = tables["budget_item"]
        return round(float(rows[rows["fiscal_year"] == start.year][column].sum()), 6)

    return amount


def rate(tables: Tables, start: date, end: date, cut: date) -> tuple[int, int]:
    rows = tables["budget_item"]
    rows = rows[(rows["fiscal_year"] == start.year)].dropna(subset=["budget", "executed"])
    return int(rows["executed"].sum()), int(rows["budget"].sum())


FIGURES: dict[str, Callable[..., Any]] = {
    "E01.d": elected("COUNTY"),
    "E01.t": elected("TOWNSHIP"),
    "E02": share("voted", "voters", "COUNTY"),
    "E02.t": share("voted", "voters", "TOWNSHIP"),
    "E03": share("one_round", "constituencies", "COUNTY"),
    "E03.t": share("one_round", "constituencies", "TOWNSHIP"),
    "B07": persons("PROMOTE", "TRANSFER"),
    "B08": persons("RANK"),
    "B09": total("staff"),
    "B09.posts": total("posts"),
    "B10": committees,
    "B11": vice_chairs,
    "B12": number("COM", "OFF", "CEN"),
    "B12.committee": number("COM"),
    "B12.office": number("OFF"),
    "B12.centre": number("CEN"),
    "B13": money("budget"),
    "B13.spent": money("executed"),
    "B13.rate": rate,
}
