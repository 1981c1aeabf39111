"""The station metrics a second time, in plain pandas over whole tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Engine

Frames = dict[str, pd.DataFrame]


def read(engine: Engine) -> Frames:
    """Whole tables with their dates as timestamps."""
    tables = {name: pd.read_sql_table(name, engine) for name in ("station", "deputy_activity", "deputy", "region")}
    for table in tables.values():
        for column in [name for name in table if str(name).endswith("_on")]:
            table[column] = pd.to_datetime(table[column])
    return tables


def standing(frames: Frames, end: date) -> pd.DataFrame:
    sites, day = frames["station"], pd.Timestamp(end)
    return sites[(sites["established_on"] <= day) & ~(sites["closed_on"] <= day)]


def serving(frames: Frames, end: date) -> pd.DataFrame:
    deputies, day = frames["deputy"], pd.Timestamp(end)
    return deputies[(deputies["start_on"] <= day) & ~(deputies["end_on"] < day)]


def townships(frames: Frames, end: date) -> pd.DataFrame:
    """Townships with how many stations, and villages served, stand in them."""
    regions = frames["region"].query("level == 'TOWNSHIP'").set_index("region_code")
    sites = standing(frames, end)
    stations = sites.query("level == 'ST'").groupby("region_code").size()
    served = sites.groupby("region_code")["served_villages"].sum()
    counts = regions.assign(stations=stations, served=served).fillna({"stations": 0, "served": 0})
    return counts.assign(served=counts[["served", "village_count"]].min(axis=1))


def receptions(frames: Frames, start: date, end: date) -> pd.DataFrame:
    rows = frames["deputy_activity"]
    inside = rows["held_on"].between(pd.Timestamp(start), pd.Timestamp(end))
    return rows[inside & (rows["kind"] == "STN") & rows["event_id"].isna()]


def funnel(frames: Frames, start: date, end: date) -> list[int]:
    """Sites in use; of these with deputies; of these with a reception; of these with an opinion resolved."""
    sites = standing(frames, end).set_index("id")
    hosted = serving(frames, end)["station_id"].value_counts()
    held = receptions(frames, start, end).groupby("station_id").agg(events=("id", "size"), resolved=("resolved", "sum"))
    table = sites.assign(deputies=hosted).join(held).fillna({"deputies": 0, "events": 0, "resolved": 0})
    assigned = table[table["deputies"] > 0]
    active = assigned[assigned["events"] > 0]
    return [len(table), len(assigned), len(active), int((active["resolved"] > 0).sum())]


def level(code: str) -> Callable[..., int]:
    return lambda frames, start, end, cut: int((standing(frames, end)["level"] == code).sum())


def with_station(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    table = townships(frames, end)
    return int((table["stations"] > 0).sum()), len(table)


def villages(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    table = townships(frames, end)
    return int(table["served"].sum()), int(table["village_count"].sum())


def assigned(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    deputies = serving(frames, end)
    return int(deputies["station_id"].isin(standing(frames, end)["id"]).sum()), len(deputies)


def attended(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    rows, deputies = frames["deputy_activity"], serving(frames, end)
    inside = rows["held_on"].between(pd.Timestamp(start), pd.Timestamp(end)) & (rows["kind"] == "STN")
    return int(deputies["id"].isin(rows.loc[inside, "deputy_id"]).sum()), len(deputies)


def per_station(frames: Frames, start: date, end: date, cut: date) -> float:
    stations = standing(frames, end).query("level == 'ST'")["id"]
    hosted = serving(frames, end)["station_id"].value_counts()
    return float(hosted.reindex(stations).fillna(0).median())


def people_per_station(frames: Frames, start: date, end: date, cut: date) -> float:
    table = townships(frames, end).query("stations > 0")
    return round(float((table["population"] / table["stations"]).median()), 6)


def summed(column: str) -> Callable[..., int]:
    return lambda frames, start, end, cut: int(receptions(frames, start, end)[column].sum())


def resolved(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    rows = receptions(frames, start, end)
    return int(rows["resolved"].sum()), int(rows["opinions"].sum())


FIGURES: dict[str, Callable[..., Any]] = {
    "L01.ST": level("ST"),
    "L01.RM": level("RM"),
    "L01.PT": level("PT"),
    "L01.u": lambda frames, start, end, cut: int(standing(frames, end)["lon"].isna().sum()),
    "L02": with_station,
    "L02a": lambda frames, start, end, cut: int((townships(frames, end)["stations"] == 0).sum()),
    "L03": villages,
    "L04": assigned,
    "L05": attended,
    "L06": lambda frames, start, end, cut: len(receptions(frames, start, end)),
    "L07": summed("people_met"),
    "L08": summed("opinions"),
    "L08a": resolved,
    "L08b": summed("to_proposal"),
    "L09": per_station,
    "L09p": people_per_station,
    "LF.exists": lambda frames, start, end, cut: funnel(frames, start, end)[0],
    "LF.assigned": lambda frames, start, end, cut: funnel(frames, start, end)[1],
    "LF.active": lambda frames, start, end, cut: funnel(frames, start, end)[2],
    "LF.effective": lambda frames, start, end, cut: funnel(frames, start, end)[3],
}
