"""The personnel metrics a second time, in plain pandas over the whole table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Engine

CONGRESS = ["ELECT", "BYE", "RECALL"]
APART = ["LAY", "ELC"]
INTO_OFFICE = ["ELECT", "BYE", "DECIDE_A", "APPT"]
OUT_OF_OFFICE = ["DECIDE_R", "REMV", "RESIGN", "DISM", "RECALL"]


def read(engine: Engine) -> pd.DataFrame:
    """The appointments with their dates as timestamps."""
    table = pd.read_sql_table("appointment", engine)
    for column in ("decided_on", "exam_on", "oath_on"):
        table[column] = pd.to_datetime(table[column])
    return table


def decided(table: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    return table[table["decided_on"].between(pd.Timestamp(start), pd.Timestamp(end))]


def counted(table: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    rows = decided(table, start, end)
    return rows[~rows["action"].isin(CONGRESS) & ~rows["organ_class"].isin(APART)]


def changes(table: pd.DataFrame, start: date, end: date, cut: date) -> int:
    return len(counted(table, start, end))


TERM_STARTS = (date(2016, 12, 20), date(2021, 12, 28))  # of the sample


def of_the_term(table: pd.DataFrame, start: date, end: date, cut: date) -> int:
    return len(counted(table, max(day for day in TERM_STARTS if day <= end), end))


def persons(table: pd.DataFrame, start: date, end: date, cut: date) -> int:
    return int(counted(table, start, end)["person_key"].nunique())


def apart(column: str, codes: list[str]) -> Callable[..., int]:
    return lambda table, start, end, cut: int(decided(table, start, end)[column].isin(codes).sum())


def _known(rows: pd.DataFrame, day: str, cut: date) -> Any:
    return rows[day].isna() | (rows[day] <= pd.Timestamp(cut))


def _examined(rows: pd.DataFrame, cut: date) -> Any:
    return rows["exam"].isin(["PASS", "FAIL"]) & _known(rows, "exam_on", cut)


def _must_swear(rows: pd.DataFrame) -> Any:
    return rows["action"].isin(INTO_OFFICE) & (rows["oath"] != "NA") & ~rows["organ_class"].isin(APART)


def _sworn(rows: pd.DataFrame, cut: date) -> Any:
    return _must_swear(rows) & rows["oath"].isin(["SC", "OWN", "CONG"]) & _known(rows, "oath_on", cut)


def exam(table: pd.DataFrame, start: date, end: date, cut: date) -> tuple[int, int]:
    rows = decided(table, start, end)
    return int(_examined(rows, cut).sum()), int(rows["exam"].isin(["DUE", "PASS", "FAIL"]).sum())


def passed(table: pd.DataFrame, start: date, end: date, cut: date) -> tuple[int, int]:
    rows = decided(table, start, end)
    sat = _examined(rows, cut)
    return int((sat & (rows["exam"] == "PASS")).sum()), int(sat.sum())


def oath(table: pd.DataFrame, start: date, end: date, cut: date) -> tuple[int, int]:
    rows = decided(table, start, end)
    return int(_sworn(rows, cut).sum()), int(_must_swear(rows).sum())


def statement(table: pd.DataFrame, start: date, end: date, cut: date) -> tuple[int, int]:
    given = decided(table, start, end)["statement"]
    return int((given == "GAVE").sum()), int(given.isin(["GAVE", "DUE"]).sum())


def approval(table: pd.DataFrame, start: date, end: date, cut: date) -> tuple[int, int]:
    rows = counted(table, start, end)
    rows = rows[rows["v_for"].notna() & (rows["members"] > 0)]
    return int(rows["v_for"].sum()), int(rows["members"].sum())


def outstanding(what: str) -> Callable[..., int]:
    """Steps open on the last day, for those who have not left the post since."""

    def count(table: pd.DataFrame, start: date, end: date, cut: date) -> int:
        rows = decided(table, date(1900, 1, 1), end)
        placed = rows[rows["action"].isin([*INTO_OFFICE, "ACT", "PUSH"])]
        still = placed[~_left(rows, placed)]
        open_steps = {
            "exam": still["exam"].isin(["DUE", "PASS", "FAIL"]) & ~_examined(still, end),
            "oath": _must_swear(still) & ~_sworn(still, end),
            "statement": still["statement"] == "DUE",
        }
        return int(open_steps[what].sum())

    return count


def _left(rows: pd.DataFrame, placed: pd.DataFrame) -> Any:
    """Whether each placed person left the same post on the day or later."""
    leaving = rows[rows["action"].isin(OUT_OF_OFFICE)].groupby(["person_key", "post"])["decided_on"].max()
    last = leaving.reindex(pd.MultiIndex.from_frame(placed[["person_key", "post"]])).to_numpy()
    return pd.Series(last, placed.index) >= placed["decided_on"]


FIGURES: dict[str, Callable[..., Any]] = {
    "A01": changes,
    "A01.term": of_the_term,
    "A01.elect": apart("action", CONGRESS),
    "A01.lay": apart("organ_class", ["LAY"]),
    "A01.elc": apart("organ_class", ["ELC"]),
    "A02": changes,
    "A03": changes,
    "A08": persons,
    "A04": exam,
    "A04p": passed,
    "A05": oath,
    "A06": statement,
    "A07": approval,
    "A04a": outstanding("exam"),
    "A05a": outstanding("oath"),
    "A06a": outstanding("statement"),
}
