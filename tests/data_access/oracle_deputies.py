"""The metrics of deputies a second time, in plain pandas over whole tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Engine

Frames = dict[str, pd.DataFrame]
LEVELS = {"": ["COUNTY", "TOWNSHIP"], ".d": ["COUNTY"], ".t": ["TOWNSHIP"]}


def read(engine: Engine) -> Frames:
    """Whole tables with their dates as timestamps."""
    tables = {name: pd.read_sql_table(name, engine) for name in ("deputy", "deputy_activity", "term")}
    for table in tables.values():
        for column in [name for name in table if str(name).endswith("_on")]:
            table[column] = pd.to_datetime(table[column])
    return tables


def serving(frames: Frames, end: date, *levels: str) -> pd.DataFrame:
    rows, day = frames["deputy"], pd.Timestamp(end)
    rows = rows[(rows["start_on"] <= day) & ~(rows["end_on"] < day)]
    return rows[rows["level"].isin(levels)] if levels else rows


def term_began(frames: Frames, end: date) -> date:
    terms = frames["term"].query("level == 'COUNTY'")["start_on"]
    return terms[terms <= pd.Timestamp(end)].max().date()  # type: ignore[no-any-return]


def activities(frames: Frames, start: date, end: date, *kinds: str) -> pd.DataFrame:
    rows = frames["deputy_activity"]
    rows = rows[rows["held_on"].between(pd.Timestamp(start), pd.Timestamp(end))]
    return rows[rows["kind"].isin(kinds)] if kinds else rows


def among(who: pd.DataFrame, rows: pd.DataFrame) -> tuple[int, int]:
    return int(who["id"].isin(rows["deputy_id"]).sum()), len(who)


def reported(suffix: str) -> Callable[..., tuple[int, int]]:
    return lambda frames, start, end, cut: among(
        serving(frames, end, *LEVELS[suffix]), activities(frames, term_began(frames, end), end, "RPT")
    )


def took_part(kind: str) -> Callable[..., tuple[int, int]]:
    return lambda frames, start, end, cut: among(
        serving(frames, end, *LEVELS[""]), activities(frames, start, end, kind)
    )


def ratings(frames: Frames, end: date) -> pd.Series[Any]:
    return activities(frames, term_began(frames, end), end, "RPT")["rating"]


def satisfied(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    given = ratings(frames, end)
    return int((given == 3).sum()), int(given.notna().sum())


def rated(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    given = ratings(frames, end)
    return int(given.notna().sum()), len(given)


def with_list(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    now = serving(frames, end)
    members = now[(now["level"] == "COUNTY") & now["sc_role"].notna()]
    return int(members["id"].isin(now["contact_member"]).sum()), len(members)


def contacted(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    now = serving(frames, end, "COUNTY")
    return among(now[now["contact_member"].notna()], activities(frames, start, end, "CON"))


def events(frames: Frames, start: date, end: date, *kinds: str) -> pd.DataFrame:
    rows = activities(frames, start, end, *kinds)
    return rows[rows["event_id"].isna()]


def person_times(frames: Frames, start: date, end: date, cut: date) -> int:
    return int(events(frames, start, end, "TRN")["headcount"].fillna(1).sum())


def whole_events(*kinds: str) -> Callable[..., int]:
    return lambda frames, start, end, cut: int(events(frames, start, end, *kinds)["deputy_id"].isna().sum())


def share(column: str, suffix: str, counted: Callable[[pd.Series[Any], int], pd.Series[bool]]) -> Callable[..., Any]:
    level = "TOWNSHIP" if suffix else "COUNTY"

    def count(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
        told = serving(frames, end, level)[column].dropna()
        return int(counted(told, end.year).sum()), len(told)

    return count


def one_of(*codes: str) -> Callable[[pd.Series[Any], int], pd.Series[bool]]:
    return lambda told, year: told.isin(codes)


ATTRIBUTES: dict[str, tuple[str, Callable[[pd.Series[Any], int], pd.Series[bool]]]] = {
    "female": ("gender", one_of("F")),
    "ethnic": ("ethnicity", lambda told, year: told != "汉族"),
    "cpc": ("party", one_of("CPC")),
    "nonparty": ("party", one_of("DEM", "NON", "MAS")),
    "grassroots": ("is_grassroots", lambda told, year: told.astype(bool)),
    "wrk": ("occupation", one_of("WRK")),
    "frm": ("occupation", one_of("FRM", "MIG")),
    "tec": ("occupation", one_of("TEC")),
    "cad": ("occupation", one_of("CAD")),
    "vil": ("occupation", one_of("VIL")),
    "ent": ("occupation", one_of("ENT")),
    "edu": ("education", one_of("PG", "BA", "JC")),
    "young": ("birth_year", lambda told, year: year - told < 45),
    "reelected": ("is_reelected", lambda told, year: told.astype(bool)),
}


def seats(frames: Frames, end: date, suffix: str) -> pd.DataFrame:
    """Congresses in their term on the day, with their seats and how many serve."""
    rows, day = frames["term"], pd.Timestamp(end)
    sits = rows[(rows["start_on"] <= day) & ~(rows["end_on"] < day) & rows["level"].isin(LEVELS[suffix])]
    now = serving(frames, end)
    counts = [
        int(((now["level"] == level) & (now["term_no"] == term) & now["region_code"].str.startswith(code)).sum())
        for level, term, code in zip(sits["level"], sits["term_no"], sits["region_code"], strict=True)
    ]
    return sits.assign(serving=counts)


def vacant(suffix: str) -> Callable[..., int]:
    def count(frames: Frames, start: date, end: date, cut: date) -> int:
        rows = seats(frames, end, suffix)
        return int((rows["quota"] - rows["serving"]).clip(lower=0).sum())

    return count


def quota(suffix: str) -> Callable[..., int]:
    return lambda frames, start, end, cut: int(seats(frames, end, suffix)["quota"].sum())


def in_office(suffix: str) -> Callable[..., int]:
    return lambda frames, start, end, cut: len(serving(frames, end, *LEVELS[suffix]))


def active(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    return among(serving(frames, end, *LEVELS[""]), activities(frames, start, end))


TOGETHER = ("STN", "TRN", "INS", "STU", "LEI", "GRP", "CAM")
FIGURES: dict[str, Callable[..., Any]] = {
    **{f"L10{suffix}": reported(suffix) for suffix in LEVELS},
    "L10.times": lambda frames, start, end, cut: len(activities(frames, start, end, "RPT")),
    "L11": satisfied,
    "L11.r": rated,
    "L12.sc": with_list,
    "L12.dep": took_part("VIS"),
    "L12.con": contacted,
    "L13": person_times,
    "L13.sessions": whole_events("TRN"),
    "L13.share": took_part("TRN"),
    **{
        f"L14.{code}{suffix}": share(column, suffix, counted)
        for suffix in ("", ".t")
        for code, (column, counted) in ATTRIBUTES.items()
    },
    **{f"L15{suffix}": vacant(suffix) for suffix in LEVELS},
    **{f"L15.quota{suffix}": quota(suffix) for suffix in LEVELS},
    **{f"L15.serving{suffix}": in_office(suffix) for suffix in LEVELS},
    "L15.all": lambda frames, start, end, cut: len(serving(frames, end)),
    "L16": active,
    "L16.band": in_office(""),
    "L16.events": whole_events(*TOGETHER),
}
