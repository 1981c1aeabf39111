"""Liaison stations, rooms and points: unevenly spread, some closed, some never open, some not located."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from shapely.geometry import Polygon

from sample_data import shapes
from sample_data.names import any_person
from sample_data.regions import CODES, NAMES, STREETS
from sample_data.world import Row, World, working_day

# Two townships have no 站: one nothing at all, one a single 点.
NOTHING_AT_ALL, POINT_ONLY = CODES[14], CODES[16]
_TWO_STATIONS = (CODES[0], CODES[6])
_YEARS = (2018, 2019, 2019, 2020, 2020, 2021, 2021, 2022, 2022, 2023, 2023, 2024, 2025)
_POINT_HOSTS = (
    "澜绣制衣有限公司",
    "霁川茶叶专业合作社",
    "云澜经济开发区企业服务中心",
    "青禾种植家庭农场",
    "书砚街文化活动中心",
    "泊桥物流园",
)


@dataclass(frozen=True)
class Plan:
    """What stands where, before it is written down."""

    level: str
    code: str
    alive: bool = True
    located: bool = True
    closed_on: date | None = None


def add_stations(world: World, outlines: dict[str, Polygon]) -> dict[str, bool]:
    """Write the stations; gives, by station number, whether it is ever open."""
    chance = world.chance("stations")
    villages: dict[str, list[Row]] = {}
    for village in world.of("village"):
        villages.setdefault(village["region_code"], []).append(village)
    alive = {}
    for number, plan in enumerate(_plans(chance), start=1):
        row = _row(chance, number, plan, villages[plan.code], outlines[plan.code])
        if world.knows(row["established_on"]):
            row["closed_on"] = world.known(row["closed_on"])
            world.add("station", **row)
            alive[row["id"]] = plan.alive
    return alive


def _plans(chance: Random) -> list[Plan]:
    with_station = [code for code in CODES if code not in (NOTHING_AT_ALL, POINT_ONLY)]
    stations = [Plan("ST", code, alive=code != CODES[13]) for code in with_station]
    stations += [Plan("ST", code) for code in _TWO_STATIONS]
    homes = chance.choices(with_station, [3 if code in STREETS else 2 for code in with_station], k=25)
    rooms = [Plan("RM", code, alive=n not in (4, 11, 19), located=n != 16) for n, code in enumerate(homes)]
    homes = [POINT_ONLY, *chance.sample(with_station, 5)]
    points = [Plan("PT", code, alive=n != 3, located=n not in (2, 4)) for n, code in enumerate(homes)]
    closed = [
        Plan("ST", with_station[2], closed_on=date(2023, 4, 28)),
        Plan("RM", with_station[8], closed_on=date(2024, 9, 30)),
        Plan("PT", with_station[5], closed_on=date(2025, 6, 27)),
    ]
    return [*stations, *rooms, *points, *closed]


def _row(chance: Random, number: int, plan: Plan, villages: list[Row], outline: Polygon) -> Row:
    village = chance.choice(villages[:3] if plan.level == "ST" else villages)
    year = chance.choice(_YEARS[:7]) if plan.level == "ST" or plan.closed_on else chance.choice(_YEARS)
    # A few hundred metres from the village's office, but not over the border.
    place = shapes.place_near(chance, outline, (village["lon"], village["lat"]), 300)
    lon, lat = place if plan.located else (None, None)
    town = NAMES[plan.code]
    return {
        "id": f"LLZ-{number:02d}",
        "name": _name(plan.level, town, village["name"], number),
        "level": plan.level,
        "region_code": plan.code,
        "village": village["name"],
        "address": f"{town}{village['name']}党群服务中心" if plan.level != "PT" else f"{town}{village['name']}",
        "lon": lon,
        "lat": lat,
        "src_system": "FICTIONAL" if plan.located else None,
        "src_lon": lon,
        "src_lat": lat,
        "established_on": working_day(date(year, chance.randint(1, 12), chance.randint(1, 25))),
        "closed_on": plan.closed_on,
        "host": _host(plan.level, town, village["name"], number),
        "head": any_person(chance),
        "served_villages": {"ST": max(3, len(villages) // 2), "RM": chance.randint(1, 4), "PT": 1}[plan.level],
    }


def _name(level: str, town: str, village: str, number: int) -> str:
    if level == "ST":
        return f"{town}人大代表联络站" if number <= 15 else f"{town}{village}人大代表联络站"
    if level == "RM":
        return f"{village}人大代表联络室"
    return f"{_POINT_HOSTS[number % len(_POINT_HOSTS)]}代表联络点"


def _host(level: str, town: str, village: str, number: int) -> str:
    if level == "PT":
        return _POINT_HOSTS[number % len(_POINT_HOSTS)]
    return f"{town}人大" if level == "ST" and "街道" not in town else f"{village}党群服务中心"
