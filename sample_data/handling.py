"""What happens to an item after it is handed out: units, replies, promises, ratings and second rounds."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from sample_data.titles import Matter
from sample_data.units import ID_OF, TOWN_UNIT
from sample_data.world import FIRST_YEAR, Row, World, days_after, months_after, weighted, working_day

if TYPE_CHECKING:
    from sample_data.proposals import Draft

# Some units are slower than others, every year; a leader looks for exactly this.
_PACE = {
    "区住建局": 1.1,
    "区自然资源分局": 1.12,
    "区水务局": 1.06,
    "区司法局": 0.7,
    "区政务数据局": 0.6,
    "区文旅局": 0.85,
}
# A unit that answered nearly everything on the last day, and one whose answers were rated at once: both to be checked.
_ON_THE_LAST_DAY = ("区城管局", 2026)
_RATED_AT_ONCE = ("区教体局", 2026)
_LATE_SHARE = (0.065, 0.055, 0.04, 0.035, 0.025, 0.025)
_RATED_SHARE = (0.74, 0.79, 0.85, 0.89, 0.92, 0.91)
_CLASS_A = (0.53, 0.55, 0.58, 0.60, 0.63, 0.64)
_CONTACTED = (0.80, 0.84, 0.88, 0.91, 0.93, 0.94)
_PUBLISHED = (0.45, 0.52, 0.60, 0.68, 0.74, 0.78)


def add_handling(world: World, row: Row, matter: Matter, draft: Draft) -> None:
    """Write the handlers and replies of one item and set its status as of the last day known."""
    chance = world.chance(f"handling/{row['id']}")
    units = _handlers(world, chance, row, matter)
    row["status"] = "HANDLING"
    if draft.open_until_the_end:
        return
    states = [_rounds(world, chance, row, unit, _replied_on(chance, row, matter)) for unit in units]
    if None not in states:
        # Several units reply apart: the item stands where the slowest of them does.
        row["status"] = next(state for state in ("REHANDLING", "REPLIED", "CLOSED") if state in states)


def _by_year(values: tuple[float, ...], row: Row) -> float:
    return values[min(int(row["handling_year"]) - FIRST_YEAR, len(values) - 1)]


def _handlers(world: World, chance: Random, row: Row, matter: Matter) -> list[str]:
    """Write who handles it; gives the units that must reply."""
    lead = ID_OF[matter.lead]
    town = TOWN_UNIT.get(row["place_code"])
    # Small local matters go to the township itself.
    if town and chance.random() < 0.07:
        lead = town
    helpers = [ID_OF[name] for name in matter.helpers if ID_OF[name] != lead]
    if town and town != lead and chance.random() < 0.2:
        helpers.append(town)
    pattern = weighted(chance, {"SOLE": 46, "LEAD": 48, "SPLIT": 6})
    if not helpers:
        pattern = "SOLE"
    returned = chance.random() < 0.045
    number = 0
    if returned:
        number += 1
        back = days_after(row["assigned_on"], chance.randint(2, 9))
        wrong = ID_OF["区发改局"] if lead != ID_OF["区发改局"] else ID_OF["区财政局"]
        _handler(world, row, number, wrong, "SOLE" if pattern == "SOLE" else "LEAD", row["assigned_on"], back, None)
    since = days_after(row["assigned_on"], chance.randint(5, 12)) if returned else row["assigned_on"]
    split = pattern == "SPLIT"
    _handler(world, row, number + 1, lead, pattern, since, None, None)
    for place, helper in enumerate(helpers if pattern != "SOLE" else [], start=number + 2):
        opinion = days_after(since, chance.randint(12, 50))
        _handler(world, row, place, helper, "SPLIT" if split else "CO", since, None, None if split else opinion)
    return [lead, *helpers] if split else [lead]


def _handler(
    world: World, row: Row, number: int, unit: str, role: str, since: date, returned: date | None, opinion: date | None
) -> None:
    if world.knows(since):
        world.add(
            "proposal_handler", id=f"{row['id']}-B{number}", proposal_id=row["id"], org_unit_id=unit,
            region_code=row["region_code"], role=role, assigned_on=since, returned_on=world.known(returned),
            opinion_on=world.known(opinion),
        )  # fmt: skip


def _replied_on(chance: Random, row: Row, matter: Matter) -> date:
    """The day of the first reply: mostly within the period, at some units more slowly than at others."""
    limit = (months_after(row["assigned_on"], 6 if row["extended"] else 3) - row["assigned_on"]).days
    late = chance.random() < _by_year(_LATE_SHARE, row)
    late_by = int(chance.triangular(3, 58, 10))
    days = int(chance.triangular(limit * 0.2, limit * 1.02, limit * 0.8) * _PACE.get(matter.lead, 1.0))
    if (matter.lead, row["handling_year"]) == _ON_THE_LAST_DAY:
        days = limit
    day = days_after(row["assigned_on"], limit + late_by if late else min(days, limit))
    # Offices reply on working days, if need be on the Friday before.
    return days_after(day, -max(0, day.weekday() - 4))


def _rounds(world: World, chance: Random, row: Row, unit: str, replied: date) -> str | None:
    """Write a unit's replies as far as they have come; gives the state they leave, None while there is none."""
    rated = chance.random() < _by_year(_RATED_SHARE, row)
    grade = int(weighted(chance, {"3": 87.5, "2": 10.3, "1": 2.2})) if rated else None
    first = _reply(chance, row, unit, 1, replied, grade)
    again, after = chance.random() < 0.9, chance.randint(14, 34)
    better = int(weighted(chance, {"3": 58, "2": 34, "1": 8}))
    if not world.knows(replied):
        return None
    last = world.add("proposal_reply", **_seen(world, first))
    if last["result_rating"] == 1 and again:
        second = _reply(chance, row, unit, 2, working_day(days_after(first["rated_on"], after)), better)
        if not world.knows(second["replied_on"]):
            return "REHANDLING"
        last = world.add("proposal_reply", **_seen(world, second))
    return "CLOSED" if last["rated_on"] else "REPLIED"


def _reply(chance: Random, row: Row, unit: str, round_no: int, replied: date, rating: int | None) -> Row:
    """A reply with all that ever comes of it."""
    contacted = chance.random() < _by_year(_CONTACTED, row)
    before = chance.randint(-2, 25)
    way = weighted(chance, {"FACE": 48, "MEET": 17, "PHONE": 29, "NET": 6})
    result, promised, fulfilled = _result(chance, row, replied)
    rated_after = chance.choice((2, 4, 6, 7, 9, 12, 15, 19, 24, 31, 44))
    if (unit, row["handling_year"]) == (ID_OF[_RATED_AT_ONCE[0]], _RATED_AT_ONCE[1]):
        rated_after = 0
    # Deputies are kinder to the manner of handling than to its result.
    attitude = 3 if rating is not None and chance.random() < 0.55 else rating
    published = chance.random() < _by_year(_PUBLISHED, row)
    return {
        "id": f"{row['id']}-F{round_no}-{unit[-3:].strip('-')}",
        "proposal_id": row["id"],
        "org_unit_id": unit,
        "region_code": row["region_code"],
        "round_no": round_no,
        "replied_on": replied,
        "contacted_on": days_after(replied, -before) if contacted else None,
        "contact_way": way if contacted else None,
        "result_class": result,
        "promised_on": promised,
        "fulfilled_on": fulfilled,
        "class_current": "A" if fulfilled else result,
        "attitude": attitude,
        "result_rating": rating,
        "rated_on": days_after(replied, rated_after) if rating is not None else None,
        "is_published": published and bool(row["is_public"]),
    }


def _seen(world: World, reply: Row) -> Row:
    """The same reply as far as it is known: what comes later is not there yet."""
    seen = reply | {name: world.known(reply[name]) for name in ("contacted_on", "fulfilled_on", "rated_on")}
    if seen["rated_on"] is None:
        seen |= {"attitude": None, "result_rating": None}
    if seen["fulfilled_on"] is None:
        seen |= {"class_current": reply["result_class"]}
    return seen | ({} if seen["contacted_on"] else {"contact_way": None})


def _result(chance: Random, row: Row, replied: date) -> tuple[str, date | None, date | None]:
    """The class of a reply; for class B also the day promised and the day it was done (None: never)."""
    solved = _by_year(_CLASS_A, row)
    result = weighted(chance, {"A": solved, "B": 0.92 - solved, "C": 0.055, "D": 0.025})
    months = chance.choice((4, 6, 6, 9, 12, 12, 18))
    outcome = weighted(chance, {"kept": 64, "late": 20, "broken": 16})
    early, late = chance.randint(0, 60), chance.randint(10, 170)
    if row["competence"] == "UP" or result != "B":
        return "U" if row["competence"] == "UP" else result, None, None
    # Promises are made for the end of a month.
    promised = days_after(months_after(replied.replace(day=1), months + 1), -1)
    if outcome == "broken":
        return result, promised, None
    return result, promised, max(replied, days_after(promised, -early if outcome == "kept" else late))
