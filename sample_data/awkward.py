"""Rows that are wrong on purpose: few, listed, and found by ``python -m data_access check``."""

from __future__ import annotations

from sample_data.world import World, days_after

# Sanity rule broken, and how many rows break it.
AWKWARD = {"reply_before_assignment": 3, "unknown_unit": 1, "oath_before_decision": 1}


def add_mistakes(world: World) -> None:
    """Spoil a handful of rows the way clerks do: mistyped dates, a unit that was not found."""
    chance = world.chance("mistakes")
    assigned = {row["id"]: row["assigned_on"] for row in world.of("proposal")}
    settled = [row for row in world.of("proposal_reply") if row["round_no"] == 1 and row["promised_on"] is None]
    for row in chance.sample(settled, AWKWARD["reply_before_assignment"]):
        day = days_after(assigned[row["proposal_id"]], -chance.randint(2, 6))
        row |= {"replied_on": day, "note": "日期疑误"}
    helpers = [row for row in world.of("proposal_handler") if row["role"] == "CO"]
    chance.choice(helpers).update(org_unit_id=None, note="单位名称未匹配")
    sworn = [row for row in world.of("appointment") if row["oath_on"] and row["organ_class"] == "CRT"]
    for row in chance.sample(sworn, min(len(sworn), AWKWARD["oath_before_decision"])):
        row |= {"oath_on": days_after(row["decided_on"], -1), "note": "宣誓日期疑误"}
