"""Seventeen townships, their shapes and villages, and the terms of their congresses."""

from __future__ import annotations

from datetime import date
from random import Random

import shapely
from shapely.geometry import Polygon

from data_access.maps.stored import described, label
from sample_data import shapes
from sample_data.names import village_names
from sample_data.world import (
    CITY,
    DISTRICT,
    DISTRICT_NAME,
    NEW_TERM,
    NEW_TERM_STARTS,
    OLD_TERM,
    OLD_TERM_STARTS,
    PROVINCE,
    World,
    days_after,
)

# Code, name, kind, population. Populations add up to 420,000.
TOWNSHIPS = (
    ("001", "望澜街道", "STREET", 23_200),
    ("002", "映河街道", "STREET", 18_600),
    ("003", "霁桥街道", "STREET", 17_100),
    ("004", "澜秀街道", "STREET", 15_700),
    ("005", "书砚街道", "STREET", 14_600),
    ("006", "南汀街道", "STREET", 13_300),
    ("101", "霁川镇", "TOWN", 39_800),
    ("102", "砚汀镇", "TOWN", 35_600),
    ("103", "栖禾镇", "TOWN", 32_700),
    ("104", "岚岫镇", "TOWN", 30_900),
    ("105", "柳渚镇", "TOWN", 29_400),
    ("106", "石漪镇", "TOWN", 28_300),
    ("107", "青霭镇", "TOWN", 27_000),
    ("108", "泊桥镇", "TOWN", 26_200),
    ("109", "禾岸镇", "TOWN", 24_100),
    ("110", "竹漪镇", "TOWN", 23_600),
    ("201", "月渚乡", "XIANG", 19_900),
)
CODES = tuple(DISTRICT + code for code, *_ in TOWNSHIPS)
NAMES = {DISTRICT + code: name for code, name, *_ in TOWNSHIPS}
STREETS = tuple(DISTRICT + code for code, _, kind, _ in TOWNSHIPS if kind == "STREET")
RURAL = tuple(code for code in CODES if code not in STREETS)
POPULATION = {DISTRICT + code: people for code, _, _, people in TOWNSHIPS}
POPULATION_YEAR = 2020
VILLAGES = 240
COUNTY_QUOTA = 224
SC_QUOTA = 31


def township_quota(code: str) -> int:
    """Seats of a township congress: 45 and one for each 1,500 people (Election Law, article 12)."""
    return 45 + POPULATION[code] // 1_500


def add_regions(world: World) -> dict[str, Polygon]:
    """Write regions, shapes, villages and terms; gives the outlines in metres by township code."""
    outlines = dict(zip(CODES, shapes.outlines(world.seed, len(STREETS), len(RURAL)), strict=True))
    chance = world.chance("villages")
    counts = _village_counts()
    names = village_names(chance, VILLAGES)
    _add_upper_regions(world)
    for code, name, kind, people in TOWNSHIPS:
        whole = DISTRICT + code
        lon, lat = _label(outlines[whole])
        world.add(
            "region", region_code=whole, name=name, level="TOWNSHIP", parent_code=DISTRICT, kind=kind,
            is_congress_unit=kind != "STREET", population=people, population_year=POPULATION_YEAR,
            village_count=counts[whole], lon=lon, lat=lat, crs="FICTIONAL",
        )  # fmt: skip
        own = [names.pop() for _ in range(counts[whole])]
        _add_villages(world, chance, whole, outlines[whole], own)
    for code, outline in [
        (DISTRICT, _whole(outlines)),
        *outlines.items(),
    ]:
        _add_shape(world, code, outline)
    _add_terms(world)
    return outlines


def _whole(outlines: dict[str, Polygon]) -> Polygon:
    # Townships tile the district: their union has an outline and no holes.
    union = shapely.unary_union(list(outlines.values()))
    return Polygon(shapely.get_coordinates(shapely.get_exterior_ring(union)))


def _add_upper_regions(world: World) -> None:
    lon, lat = shapes.lon_lat(0, 0)
    for code, name, level, parent in (
        (PROVINCE, "澜江省", "PROV", None),
        (CITY, "澜州市", "CITY", PROVINCE),
        (DISTRICT, DISTRICT_NAME, "COUNTY", CITY),
    ):
        ours = level == "COUNTY"
        world.add(
            "region", region_code=code, name=name, level=level, parent_code=parent, is_congress_unit=True,
            population=sum(POPULATION.values()) if ours else None, population_year=POPULATION_YEAR if ours else None,
            village_count=VILLAGES if ours else None, lon=lon if ours else None, lat=lat if ours else None,
            crs="FICTIONAL" if ours else None, note="虚构",
        )  # fmt: skip


def _village_counts() -> dict[str, int]:
    """Villages by township, 240 in all; communities of the streets are larger and fewer."""
    weight = {code: people / (2_200 if code in STREETS else 1_640) for code, people in POPULATION.items()}
    total = sum(weight.values())
    counts = {code: round(VILLAGES * share / total) for code, share in weight.items()}
    largest = max(counts, key=lambda code: (counts[code], code))
    counts[largest] += VILLAGES - sum(counts.values())
    return counts


def _add_villages(world: World, chance: Random, code: str, outline: Polygon, names: list[str]) -> None:
    street = code in STREETS
    places = shapes.places_within(chance, outline, len(names), 420 if street else 900)
    weights = [chance.lognormvariate(0, 0.45) for _ in names]
    people = [int(POPULATION[code] * weight / sum(weights)) for weight in weights]
    people[0] += POPULATION[code] - sum(people)
    for number, (name, (x, y), count) in enumerate(zip(names, places, people, strict=True), start=1):
        lon, lat = shapes.lon_lat(x, y)
        world.add(
            "village", village_code=f"{code}{(0 if street else 200) + number:03d}", region_code=code,
            name=name + ("社区" if street else "村"), population=count, population_year=POPULATION_YEAR,
            lon=lon, lat=lat, src_lon=lon, src_lat=lat, src_system="FICTIONAL",
        )  # fmt: skip


def _label(outline: Polygon) -> shapes.Place:
    return label(shapes.degrees(outline))


def _add_shape(world: World, code: str, outline: Polygon) -> None:
    world.add(
        "region_shape", region_code=code, **described(shapes.degrees(outline)), coord_system="FICTIONAL",
        src_system="FICTIONAL", source="示例数据生成", source_date=date(2021, 1, 1), is_fictional=True,
    )  # fmt: skip


def _add_terms(world: World) -> None:
    places: list[tuple[str, str, int, int | None]] = [(DISTRICT, "COUNTY", COUNTY_QUOTA, SC_QUOTA)]
    places += [(code, "TOWNSHIP", township_quota(code), None) for code in RURAL]
    for code, level, quota, sc_quota in places:
        old_end = days_after(NEW_TERM_STARTS, -1)
        for number, start, end in ((OLD_TERM, OLD_TERM_STARTS, old_end), (NEW_TERM, NEW_TERM_STARTS, None)):
            if world.knows(start):
                world.add(
                    "term", id=f"{code}-{number}", region_code=code, term_no=number, level=level, start_on=start,
                    end_on=world.known(end), quota=quota, sc_quota=sc_quota,
                )  # fmt: skip
