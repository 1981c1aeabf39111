"""Deputies of two terms and all five levels, with the Standing Committee among them."""

from __future__ import annotations

from datetime import date
from random import Random

from sample_data.names import person
from sample_data.regions import CODES, COUNTY_QUOTA, NAMES, POPULATION, RURAL, SC_QUOTA, township_quota
from sample_data.world import (
    NEW_TERM,
    NEW_TERM_STARTS,
    OLD_TERM,
    OLD_TERM_STARTS,
    Row,
    World,
    days_after,
    weighted,
    working_day,
)

# Stations in use, by township.
_Homes = dict[str, list[Row]]
_OCCUPATION = {
    "COUNTY": {"WRK": 17, "FRM": 16, "MIG": 2, "TEC": 17, "CAD": 22, "VIL": 14, "ENT": 10, "MIL": 1, "OTH": 1},
    "TOWNSHIP": {"WRK": 8, "FRM": 42, "MIG": 4, "TEC": 9, "CAD": 9, "VIL": 22, "ENT": 4, "OTH": 2},
}
_PARTY = {"CPC": 62, "DEM": 4, "NON": 5, "MAS": 29}
_EDUCATION = {
    "COUNTY": {"PG": 8, "BA": 46, "JC": 27, "SEC": 19},
    "TOWNSHIP": {"PG": 1, "BA": 17, "JC": 30, "SEC": 52},
}
_ETHNICITY = {"汉族": 93, "苗族": 2, "土家族": 2, "回族": 1.5, "侗族": 1.5}
_GRASSROOTS = ("WRK", "FRM", "MIG", "TEC")
_LEAVING = {"MOVED": 52, "RESIGN": 30, "DEATH": 11, "ABSENT": 4, "RECALL": 1, "OTH": 2}
_WOMEN = {OLD_TERM: 0.27, NEW_TERM: 0.31}
_TERM_STARTS = {OLD_TERM: OLD_TERM_STARTS, NEW_TERM: NEW_TERM_STARTS}
# Deputies of the upper congresses who live in the district: level, term, how many.
_UPPER = (
    ("NPC", 13, 14, 1, date(2018, 3, 5), date(2023, 3, 5)),
    ("PROV", 13, 14, 4, date(2018, 1, 24), date(2023, 1, 12)),
    ("CITY", 5, 6, 19, date(2017, 1, 10), date(2022, 1, 6)),
)


def add_deputies(world: World) -> None:
    """Write the deputies: the Standing Committee first, because others refer to its members."""
    homes = _station_homes(world)
    terms = [term for term in (OLD_TERM, NEW_TERM) if world.knows(_TERM_STARTS[term])]
    before: list[Row] = []
    for term_no in terms:
        before = _add_district_term(world, homes, term_no, before)
    for code in RURAL:
        before = []
        for term_no in terms:
            before = _add_township_term(world, homes, code, term_no, before)
    _add_upper(world, homes)


def seats_by_township() -> dict[str, int]:
    """District seats by township: shared by population, the largest remainders first."""
    whole = sum(POPULATION.values())
    exact = {code: COUNTY_QUOTA * people / whole for code, people in POPULATION.items()}
    seats = {code: int(share) for code, share in exact.items()}
    for code in sorted(exact, key=lambda code: seats[code] - exact[code])[: COUNTY_QUOTA - sum(seats.values())]:
        seats[code] += 1
    return seats


def _station_homes(world: World) -> _Homes:
    homes: _Homes = {}
    for station in world.of("station"):
        if station["closed_on"] is None and station["level"] != "PT":
            homes.setdefault(station["region_code"], []).append(station)
    return homes


def _add_district_term(world: World, homes: _Homes, term_no: int, before: list[Row]) -> list[Row]:
    made = []
    # Members of the Standing Committee first, spread over the townships.
    seats = sorted((seat, code) for code, count in seats_by_township().items() for seat in range(count))
    for number, (_, code) in enumerate(seats, start=1):
        row = _deputy(world, homes, f"D{term_no}-{number:03d}", "COUNTY", term_no, code, before)
        made.append(row | _committee_part(world, row, number, term_no))
    for row in made:
        _write(world, row, term_no)
    _add_by_elections(world, homes, made, term_no)
    return made


def _committee_part(world: World, row: Row, number: int, term_no: int) -> Row:
    """The role of the first 31; for all others, the member who keeps contact."""
    chance = world.chance(f"contact/{row['id']}")
    member = f"D{term_no}-{chance.randint(1, SC_QUOTA):03d}"
    if number > SC_QUOTA:
        return {"contact_member": member if chance.random() < 0.94 else None}
    role = "CHAIR" if number == 1 else "VICE" if number <= 6 else "MEMBER"
    party = "CPC" if number <= 5 else row["party"]
    return {"sc_role": role, "end_on": None, "end_reason": None, "party": party, "education": "BA"}


def _add_by_elections(world: World, homes: _Homes, seats: list[Row], term_no: int) -> None:
    for number, row in enumerate(seats, start=COUNTY_QUOTA + 1):
        if row["end_on"] is None:
            continue
        chance = world.chance(f"by-election/{row['id']}")
        start = working_day(days_after(row["end_on"], chance.randint(120, 500)))
        if chance.random() < 0.55 and start < _term_end(term_no) and world.knows(start):
            filled = _deputy(world, homes, f"D{term_no}-{number:03d}", "COUNTY", term_no, row["region_code"], [])
            filled |= {"start_on": start, "end_on": None, "end_reason": None, "note": "补选"}
            _write(world, filled, term_no)


def _add_township_term(world: World, homes: _Homes, code: str, term_no: int, before: list[Row]) -> list[Row]:
    keys = [f"X{term_no}-{code[-3:]}-{number:02d}" for number in range(1, township_quota(code) + 1)]
    made = [_deputy(world, homes, key, "TOWNSHIP", term_no, code, before) for key in keys]
    for row in made:
        _write(world, row, term_no)
    return made


def _add_upper(world: World, homes: _Homes) -> None:
    for level, old_no, new_no, count, old_start, new_start in _UPPER:
        for term_no, start, end in ((old_no, old_start, days_after(new_start, -1)), (new_no, new_start, None)):
            for number in range(1, count + 1):
                key = f"{level}{term_no}-{number:02d}"
                code = world.chance(f"home/{key}").choice(CODES)
                row = _deputy(world, homes, key, "COUNTY", OLD_TERM, code, [])
                row |= {"level": level, "term_no": term_no, "start_on": start, "end_on": world.known(end)}
                row |= {"end_reason": "TERM" if row["end_on"] else None}
                row |= {"constituency": "区人民代表大会" if level == "CITY" else "上级人民代表大会"}
                if world.knows(start):
                    world.add("deputy", **row)


def _term_end(term_no: int) -> date:
    return days_after(NEW_TERM_STARTS, -1) if term_no == OLD_TERM else date.max


def _write(world: World, row: Row, term_no: int) -> None:
    left = world.known(row["end_on"])
    # Everyone still serving leaves with the term.
    if left is None and world.knows(_term_end(term_no)):
        row |= {"end_on": _term_end(term_no), "end_reason": "TERM"}
    elif left is None:
        row |= {"end_on": None, "end_reason": None}
    world.add("deputy", **row)


def _deputy(world: World, homes: _Homes, key: str, level: str, term_no: int, code: str, before: list[Row]) -> Row:
    chance = world.chance(f"deputy/{key}")
    gender = "F" if chance.random() < _WOMEN[term_no] else "M"
    occupation = weighted(chance, _OCCUPATION[level])
    start = _TERM_STARTS[term_no]
    leaves = chance.random() < (0.07 if term_no == OLD_TERM else 0.05)
    row: Row = {
        "id": key,
        "name": person(chance, gender),
        "level": level,
        "term_no": term_no,
        "region_code": code,
        "constituency": f"{NAMES[code]}第{chance.randint(1, 12)}选区",
        "gender": gender,
        "ethnicity": weighted(chance, _ETHNICITY),
        "party": weighted(chance, _PARTY),
        "birth_year": start.year - chance.choice((28, 33, 37, 41, 44, 46, 48, 50, 52, 54, 56, 58)),
        "education": weighted(chance, _EDUCATION[level]),
        "occupation": occupation,
        "is_grassroots": occupation in _GRASSROOTS,
        "is_reelected": term_no == OLD_TERM and world.chance(f"again/{key}").random() < 0.34,
        "sc_role": None,
        "contact_member": None,
        "start_on": start,
        "end_on": days_after(start, chance.randint(200, 1_700)) if leaves else None,
        "end_reason": weighted(chance, _LEAVING) if leaves else None,
        "station_id": _station(chance, homes.get(code, []), term_no, level),
    }
    return _reelected(chance, row, before)


def _station(chance: Random, near: list[Row], term_no: int, level: str) -> str | None:
    open_then = [row for row in near if term_no == NEW_TERM or row["established_on"] < NEW_TERM_STARTS]
    assigned = chance.random() < (0.97 if level == "COUNTY" else 0.91)
    pick = chance.random()
    if not assigned or not open_then:
        return None
    stations = [row for row in open_then if row["level"] == "ST"]
    rooms = [row for row in open_then if row["level"] == "RM"]
    choice = rooms if rooms and pick < 0.25 else stations or rooms
    return str(choice[int(pick * 997) % len(choice)]["id"])


_SAME_PERSON = ("name", "gender", "ethnicity", "birth_year", "education", "occupation", "is_grassroots", "party")


def _reelected(chance: Random, row: Row, before: list[Row]) -> Row:
    """About a third are the same persons as in the term before, from the same township."""
    again = chance.random() < 0.36
    index = int(row["id"].rsplit("-", 1)[-1]) - 1
    if again and index < len(before) and before[index]["region_code"] == row["region_code"]:
        row |= {name: before[index][name] for name in _SAME_PERSON}
        row["is_reelected"] = True
    return row
