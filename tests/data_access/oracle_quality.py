"""The quality of the data a second time, in plain pandas over whole tables, without a statement or a rule of ours.

What must be filled, what refers to what, and which codes there are is read from the description of the tables; what
should be filled and what names a duplicate is written down here again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from data_access.tables import TABLES

Frames = Mapping[str, pd.DataFrame]
AHEAD = {"due_on", "promised_on", "planned_on", "report_due_on", "followup_due_on"}
DEPENDENT: dict[tuple[str, str], Callable[[pd.DataFrame], pd.Series[bool]]] = {
    ("station", "lon"): lambda rows: rows["id"].notna(),
    ("station", "head"): lambda rows: rows["id"].notna(),
    ("proposal", "place_code"): lambda rows: rows["id"].notna(),
    ("proposal", "assigned_on"): lambda rows: rows["status"].isin(["HANDLING", "REPLIED", "REHANDLING"]),
    ("proposal", "key_leader"): lambda rows: rows["is_key"] == 1,
    ("proposal_reply", "promised_on"): lambda rows: rows["result_class"] == "B",
    ("proposal_reply", "result_rating"): lambda rows: rows["rated_on"].notna(),
    ("supervision_item", "opinion_count"): lambda rows: rows["held_on"].notna(),
    ("appointment", "exam_on"): lambda rows: rows["exam"].isin(["PASS", "FAIL"]),
    ("deputy_activity", "station_id"): lambda rows: rows["kind"] == "STN",
    ("deputy_activity", "people_met"): lambda rows: (rows["kind"] == "STN") & rows["event_id"].isna(),
    ("deputy", "party"): lambda rows: rows["id"].notna(),
}
TWICE = {
    "deputy_activity": ["region_code", "kind", "held_on", "deputy_id", "event_id", "station_id"],
    "station": ["region_code", "level", "name"],
    "proposal": ["region_code", "handling_year", "title", "lead_deputy_id"],
    "appointment": ["region_code", "person_key", "action", "post", "decided_on"],
    "normative_doc": ["region_code", "title", "issuer", "published_on"],
}
LATE = {
    "proposal_reply": ["replied_on", "contacted_on", "promised_on", "fulfilled_on", "rated_on"],
    "deputy_activity": ["held_on"],
    "appointment": ["decided_on", "exam_on", "oath_on"],
    "resolution": ["adopted_on", "report_due_on", "reported_on"],
    "meeting": ["held_on", "ended_on"],
}


def frames(read: Callable[[str], pd.DataFrame]) -> Frames:
    """Every table as it is."""
    return {name: read(name) for name in TABLES}


def findings(tables: Frames, as_of: date) -> dict[str, int]:
    """How many records break each rule told of here, by the rule's key; those nobody breaks are left out."""
    made: dict[str, int] = {}
    for name, table in TABLES.items():
        rows = tables[name]
        for column in table.columns:
            values, key = rows[column.name], f"{name}.{{}}.{column.name}"
            if column.info["required"]:
                made[key.format("empty")] = int(values.isna().sum())
            if column.info["codes"] is not None:
                known = {int(code) if column.info["codes"].numeric else code for code in column.info["codes"]}
                made[key.format("unknown_code")] = int((values.notna() & ~values.isin(known)).sum())
            for refers in column.foreign_keys:
                parents = tables[refers.column.table.name][refers.column.name]
                made[key.format("no_parent")] = int((values.notna() & ~values.isin(parents)).sum())
            if str(column.type) == "DATE" and column.name not in AHEAD and name != "term":
                made[key.format("ahead")] = int((pd.to_datetime(values) > pd.Timestamp(as_of)).sum())
    for (name, column), is_asked in DEPENDENT.items():
        rows = tables[name]
        made[f"{name}.expected.{column}"] = int((is_asked(rows) & rows[column].isna()).sum())
    for name, columns in TWICE.items():
        whole = tables[name].dropna(subset=columns[:4] if name == "deputy_activity" else columns)
        made[f"{name}.twice"] = int(whole.duplicated(columns).sum())
    for name, columns in LATE.items():
        rows = tables[name]
        newest = rows[columns].apply(pd.to_datetime).max(axis=1)
        made[f"{name}.late"] = int(((pd.to_datetime(rows["updated_at"]).dt.normalize() - newest).dt.days > 60).sum())
    replies = tables["proposal_reply"].merge(tables["proposal"], left_on="proposal_id", right_on="id")
    made["proposal_reply.reply_before_assignment"] = int((replies["replied_on"] < replies["assigned_on"]).sum())
    oaths = tables["appointment"]
    made["appointment.oath_before_decision"] = int((oaths["oath_on"] < oaths["decided_on"]).sum())
    made["proposal_handler.unknown_unit"] = int(tables["proposal_handler"]["org_unit_id"].isna().sum())
    return {key: count for key, count in made.items() if count}
