"""Cadres, elections of two terms, and funds."""

from __future__ import annotations

from datetime import date
from random import Random

from sample_data.deputies import seats_by_township
from sample_data.regions import POPULATION, RURAL, STREETS, township_quota
from sample_data.world import NEW_TERM, OLD_TERM, World, day_in

_ELECTION_DAYS = {OLD_TERM: date(2016, 11, 16), NEW_TERM: date(2021, 11, 18)}
_TURNOUT = {OLD_TERM: (0.83, 0.90), NEW_TERM: (0.80, 0.88)}
# Ten thousand yuan in the first year, growth a year, people per year where they are counted.
_FUNDS = {
    "MEETING": (118.0, 1.02),
    "ACTIVITY": (44.8, 1.05),
    "INSPECT": (26.0, 1.04),
    "TRAIN": (18.0, 1.06),
    "ALLOW": (53.8, 1.0),
    "STATION": (36.0, 1.12),
    "OTH": (22.0, 1.0),
}
_CHANGES = {"PROMOTE": 2, "TRANSFER": 1, "RANK": 4, "IN": 2, "OUT": 1, "RETIRE": 2}


def add_capacity(world: World) -> None:
    """Write elections, cadre changes and funds."""
    for term_no in (OLD_TERM, NEW_TERM):
        _add_elections(world, world.chance(f"election/{term_no}"), term_no)
    for year in world.years:
        chance = world.chance(f"capacity/{year}")
        _add_changes(world, chance, year)
        _add_funds(world, chance, year)


def _add_elections(world: World, chance: Random, term_no: int) -> None:
    if not world.knows(_ELECTION_DAYS[term_no]):
        return
    for code, seats in seats_by_township().items():
        _add_election(world, chance, term_no, "COUNTY", code, seats)
    # A subdistrict elects no township deputies: it has no row, not a zero.
    for code in RURAL:
        _add_election(world, chance, term_no, "TOWNSHIP", code, township_quota(code))


def _add_election(world: World, chance: Random, term_no: int, level: str, code: str, seats: int) -> None:
    elected = seats - (1 if chance.random() < 0.12 else 0)
    areas = max(2, round(seats / (2.1 if level == "COUNTY" else 2.4)))
    voters = round(POPULATION[code] * chance.uniform(0.76, 0.81))
    # People of the streets turn out a little less.
    share = chance.uniform(*_TURNOUT[term_no]) - (0.02 if code in STREETS else 0)
    world.add(
        "election", id=f"XJ-{term_no}-{level[0]}-{code[-3:]}", term_no=term_no, level=level, region_code=code,
        held_on=_ELECTION_DAYS[term_no], quota=seats, candidates=round(seats * 1.42), elected=elected,
        female=round(elected * chance.uniform(0.24, 0.36)), grassroots=round(elected * chance.uniform(0.46, 0.58)),
        party_member=round(elected * chance.uniform(0.58, 0.66)), constituencies=areas,
        one_round=areas - (1 if chance.random() < 0.2 else 0), voters=voters, voted=round(voters * share),
    )  # fmt: skip


def _add_changes(world: World, chance: Random, year: int) -> None:
    number = 0
    for kind, usual in _CHANGES.items():
        for _ in range(max(0, usual + chance.choice((-1, 0, 0, 1)))):
            number += 1
            unit, day = f"RD-{chance.randint(1, 10):02d}", day_in(chance, year, range(1, 13))
            # Some are promoted and ranked up in the same year: they share a key.
            key = f"GB{year}-{number:02d}" if chance.random() < 0.85 else f"GB{year}-01"
            if world.knows(day):
                world.add(
                    "cadre_change", id=f"BD-{year}-{number:02d}", person_key=key, unit=unit, kind=kind,
                    effective_on=day,
                )  # fmt: skip


def _add_funds(world: World, chance: Random, year: int) -> None:
    for kind, (start, growth) in _FUNDS.items():
        budget = round(start * growth ** (year - 2021), 1)
        spent = round(budget * chance.uniform(0.86, 1.03), 1)
        people = chance.randint(290, 420) if kind == "TRAIN" else None
        closed = world.knows(date(year, 12, 31))
        so_far = round(spent * (world.until.timetuple().tm_yday / 366), 1)
        world.add(
            "budget_item", id=f"JF-{year}-{kind}", fiscal_year=year, kind=kind, budget=budget,
            executed=spent if closed else so_far, people=people if closed else None,
        )  # fmt: skip
