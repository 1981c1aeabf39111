"""The supervision metrics a second time, in plain pandas over whole tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Engine

Frames = dict[str, pd.DataFrame]
HEARD = ["RPT", "PLAN", "BUD", "AUD", "SOA", "DEBT", "ENV", "REC", "SPI", "INQ", "INT"]
LUMPED = [*HEARD, "LEI", "INV", "INS", "STU", "APP", "FOL"]
YEARLY = ["FINAL", "PLAN", "BUDGET", "AUDIT", "RECTIFY", "ASSETS", "DEBT", "ENV", "RECORD", "SUGGEST"]


def read(engine: Engine) -> Frames:
    """Whole tables with their dates as timestamps."""
    names = ("supervision_item", "normative_doc", "appraisal", "appointment", "term")
    return {name: dated(pd.read_sql_table(name, engine)) for name in names}


def dated(table: pd.DataFrame) -> pd.DataFrame:
    for column in [name for name in table if name.endswith("_on")]:
        table[column] = pd.to_datetime(table[column])
    return table


def stamp(day: date) -> pd.Timestamp:
    return pd.Timestamp(day)


def held(frames: Frames, start: date, end: date) -> pd.DataFrame:
    items = frames["supervision_item"]
    return items[items["held_on"].between(stamp(start), stamp(end))]


def activities(frames: Frames, start: date, end: date) -> pd.DataFrame:
    items = held(frames, start, end)
    return items[items["kind"].isin(LUMPED)]


def forms(*kinds: str) -> Callable[..., int]:
    return lambda frames, start, end, cut: int(held(frames, start, end)["kind"].isin(kinds).sum())


def heard(frames: Frames, start: date, end: date, cut: date) -> int:
    items = held(frames, start, end)
    return len(items.query("kind == 'RPT' and venue == 'SC'"))


def questioned(frames: Frames, start: date, end: date, cut: date) -> int:
    return int(held(frames, start, end).query("kind == 'SPI'")["target_unit"].nunique())


def summed(column: str) -> Callable[..., int]:
    return lambda frames, start, end, cut: int(activities(frames, start, end)[column].sum())


def _is_due(items: pd.DataFrame, cut: date) -> pd.Series[bool]:
    answered = items["followup_report_on"] <= stamp(cut)
    return items["followup_due_on"].notna() & ((items["followup_due_on"] < stamp(cut)) | answered)


def acted_on(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    items = activities(frames, start, end)
    due = items[_is_due(items, cut)]
    return int(due["opinion_done"].sum()), int(due["opinion_count"].sum())


def on_time(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    items = frames["supervision_item"]
    due = items[items["followup_due_on"].between(stamp(start), stamp(end)) & _is_due(items, cut)]
    punctual = (due["followup_report_on"] <= due["followup_due_on"]) & (due["followup_report_on"] <= stamp(cut))
    return int(punctual.sum()), len(due)


def _unanswered(frames: Frames, end: date) -> pd.DataFrame:
    items = frames["supervision_item"]
    asked = (items["held_on"] <= stamp(end)) & items["followup_due_on"].notna()
    return items[asked & ~(items["followup_report_on"] <= stamp(end))]


def owed(frames: Frames, start: date, end: date, cut: date) -> int:
    return int((_unanswered(frames, end)["followup_due_on"] < stamp(end)).sum())


def soon(frames: Frames, start: date, end: date, cut: date) -> int:
    left = (_unanswered(frames, end)["followup_due_on"] - stamp(end)).dt.days
    return int(left.between(0, 15).sum())


def votes(column: str) -> Callable[..., tuple[int, int]]:
    def share(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
        items = held(frames, start, end)
        return int(items[column].sum()), int(items["ballots"].sum())

    return share


def voted(frames: Frames, start: date, end: date, cut: date) -> int:
    return int((held(frames, start, end)["ballots"] > 0).sum())


def _plan(frames: Frames, year: int) -> pd.DataFrame:
    items = frames["supervision_item"]
    return items[(items["plan_year"] == year) & items["in_plan"].astype(bool) & items["kind"].isin(LUMPED)]


def progress(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    items = _plan(frames, start.year)
    return int((items["held_on"] <= stamp(cut)).sum()), len(items)


def behind(frames: Frames, start: date, end: date, cut: date) -> int:
    items = _plan(frames, start.year)
    return int(((items["planned_on"] < stamp(cut)) & ~(items["held_on"] <= stamp(cut))).sum())


def unplanned(frames: Frames, start: date, end: date, cut: date) -> int:
    return int((~activities(frames, start, end)["in_plan"].astype(bool)).sum())


def duties(frames: Frames, start: date, end: date, cut: date) -> pd.DataFrame:
    """One row a duty: the day it was done (as known) and its limit."""
    year = start.year
    items = frames["supervision_item"]
    mine = items[(items["plan_year"] == year) & items["legal_item"].notna()]
    done = mine[mine["held_on"] <= stamp(cut)].groupby("legal_item")["held_on"].min()
    asked = [*YEARLY, *(item for item in ("ADJUST", "FIVEYEAR") if item in set(mine["legal_item"]))]
    september, december = pd.Timestamp(year, 9, 30), pd.Timestamp(year, 12, 31)
    limits = {item: december for item in asked}
    limits |= {item: september for item in ("FINAL", "PLAN", "BUDGET", "AUDIT")}
    limits["RECTIFY"] = done.get("AUDIT", september) + pd.DateOffset(months=6)
    return pd.DataFrame({"done": done.reindex(asked), "limit": pd.Series(limits).reindex(asked)})


def statutory(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    table = duties(frames, start, end, cut)
    return int(table["done"].notna().sum()), len(table)


def missed(frames: Frames, start: date, end: date, cut: date) -> int:
    table = duties(frames, start, end, cut)
    return int((table["done"].isna() & (table["limit"] < stamp(cut))).sum())


def late(frames: Frames, start: date, end: date, cut: date) -> int:
    table = duties(frames, start, end, cut)
    return int((table["done"] > table["limit"]).sum())


def filed(frames: Frames, start: date, end: date) -> pd.DataFrame:
    docs = frames["normative_doc"]
    return docs[docs["filed_on"].between(stamp(start), stamp(end))]


def filed_on_time(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    docs = filed(frames, start, end)
    return int(((docs["filed_on"] - docs["published_on"]).dt.days <= 30).sum()), len(docs)


def reviewed(frames: Frames, start: date, end: date, cut: date) -> int:
    return int((filed(frames, start, end)["reviewed_on"] <= stamp(cut)).sum())


def corrected(frames: Frames, start: date, end: date, cut: date) -> int:
    docs = filed(frames, start, end)
    return int(((docs["reviewed_on"] <= stamp(cut)) & docs["result"].isin(["CORRECTED", "REPEALED"])).sum())


def unfiled(frames: Frames, start: date, end: date, cut: date) -> int:
    docs = frames["normative_doc"]
    waiting = docs[~(docs["filed_on"] <= stamp(end))]
    return int(((stamp(end) - waiting["published_on"]).dt.days > 30).sum())


def appraised(*kinds: str) -> Callable[..., int]:
    def persons(frames: Frames, start: date, end: date, cut: date) -> int:
        table = frames["appraisal"]
        inside = table[table["held_on"].between(stamp(start), stamp(end)) & table["kind"].isin(kinds)]
        return int(inside["person_or_unit"].nunique())

    return persons


def covered(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    """Heads appointed since the term began and still in office, one post after another."""
    terms = frames["term"].query("level == 'COUNTY'")["start_on"]
    begun = terms[terms <= stamp(end)].max()
    moves = frames["appointment"]
    moves = moves[moves["decided_on"].between(begun, stamp(end))]
    heads = moves[(moves["organ_class"] == "GOVD") & moves["action"].isin(["DECIDE_A", "APPT"])]
    serving = {row["person_key"]: _is_appraised(frames, row, end) for _, row in heads.iterrows() if _serves(moves, row)}
    return sum(serving.values()), len(serving)


def _serves(moves: pd.DataFrame, head: Any) -> bool:
    later = moves[(moves["post"] == head["post"]) & (moves["decided_on"] >= head["decided_on"])]
    same = later["person_key"] == head["person_key"]
    left = later[same & later["action"].isin(["DECIDE_R", "REMV", "RESIGN", "DISM", "RECALL"])]
    after = later[~same & later["action"].isin(["DECIDE_A", "APPT"]) & (later["decided_on"] > head["decided_on"])]
    return left.empty and after.empty


def _is_appraised(frames: Frames, head: Any, end: date) -> bool:
    seen = frames["appraisal"]
    seen = seen[seen["kind"].isin(["POST", "DUTY"]) & seen["held_on"].between(head["decided_on"], stamp(end))]
    return bool(((seen["person_or_unit"] == head["person"]) | (seen["post"] == head["post"])).any())


def projects(frames: Frames, start: date) -> pd.DataFrame:
    items = frames["supervision_item"]
    return items[(items["plan_year"] == start.year) & (items["kind"] == "LIV")]


def completed(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    table = projects(frames, start)
    return int((table["ended_on"] <= stamp(cut)).sum()), len(table)


def on_schedule(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    table = projects(frames, start)
    table = table[table["planned_on"].notna()]
    ended = table["ended_on"] <= stamp(cut)
    good = (ended & (table["ended_on"] <= table["planned_on"])) | (~ended & (table["planned_on"] >= stamp(cut)))
    return int(good.sum()), len(table)


def satisfied(frames: Frames, start: date, end: date, cut: date) -> tuple[int, int]:
    table = projects(frames, start)
    table = table[table["ballots"] > 0]
    return int(table["v_satisfied"].sum()), int(table["ballots"].sum())


FIGURES: dict[str, Callable[..., Any]] = {
    "S01": lambda frames, start, end, cut: len(activities(frames, start, end)),
    "S02": heard,
    "S03": forms("LEI"),
    "S04": forms("SPI"),
    "S04u": questioned,
    "S05": forms("INS", "STU"),
    "S05.INS": forms("INS"),
    "S05.STU": forms("STU"),
    "S06": summed("report_count"),
    "S07": summed("opinion_count"),
    "S07d": summed("opinion_docs"),
    "S08": acted_on,
    "S09": on_time,
    "S09a": owed,
    "S09b": soon,
    "S10": votes("v_satisfied"),
    "S10b": votes("v_basic"),
    "S10d": votes("v_dissatisfied"),
    "S10n": voted,
    "S11": progress,
    "S11b": behind,
    "S11u": unplanned,
    "S12": statutory,
    "S12a": missed,
    "S12b": late,
    "S13": lambda frames, start, end, cut: len(filed(frames, start, end)),
    "S13t": filed_on_time,
    "S13r": reviewed,
    "S13c": corrected,
    "S13u": unfiled,
    "S14": appraised("POST", "DUTY"),
    "S14u": appraised("WORK"),
    "S14a": covered,
    "S15": lambda frames, start, end, cut: len(projects(frames, start)),
    "S15c": completed,
    "S15o": on_schedule,
    "S15s": satisfied,
}
