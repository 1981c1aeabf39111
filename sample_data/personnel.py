"""Appointments and removals: an election year, ordinary years, a reform, one batch of lay assessors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from sample_data.meetings import sc_key, sc_meetings, sessions
from sample_data.names import any_person
from sample_data.regions import COUNTY_QUOTA, NAMES, SC_QUOTA, STREETS
from sample_data.units import SYSTEM_OF
from sample_data.world import NEW_TERM, Row, World, days_after, weighted

# Appointments and removals by calendar year; 2022 fills the new government, courts and committees.
_NUMBERS = {2021: 29, 2022: 112, 2023: 31, 2024: 45, 2025: 29, 2026: 28}
_LATER = 30
_LAY_YEAR, _LAY_COUNT = 2023, 64
_ELECTION_COMMITTEES = {2021: 13, 2026: 13}
_MOVES = {"CRT": 34, "PRO": 20, "GOVD": 22, "SCW": 11, "SUP": 7, "STR": 5, "GOVL": 1}
_POSTS = {
    "CRT": ("审判员", "审判委员会委员", "民事审判庭庭长", "刑事审判庭副庭长", "立案庭庭长", "执行局局长", "副院长"),
    "PRO": ("检察员", "检察委员会委员", "副检察长"),
    "SUP": ("监察委员会委员", "监察委员会副主任"),
    "SCW": ("监察司法委副主任", "财经委副主任", "教科文卫委副主任", "农业农村委主任", "研究室主任", "代表服务中心主任"),
    "GOVL": ("副区长",),
}
_OWN_ORGAN_OATH = ("CRT", "PRO", "SUP", "LAY")
_ADDED = ("ELECT", "BYE", "DECIDE_A", "APPT")


@dataclass(frozen=True)
class _Step:
    """One decision about one person."""

    person: str
    key: str
    action: str
    organ: str
    post: str
    day: date
    meeting: str
    never_sworn: bool = False


def add_personnel(world: World) -> None:
    """Write the elections of the new term, the yearly appointments, and what is counted apart."""
    _add_elections(world)
    for year in world.years:
        chance = world.chance(f"personnel/{year}")
        days = sc_meetings(year)
        for number in range(_NUMBERS.get(year, _LATER)):
            # Most of the new government is appointed in the first two meetings of the term.
            early = year == 2022 and chance.random() < 0.62
            day = chance.choice(days[:2]) if early else chance.choice(days)
            _add_move(world, day, f"R{year}-{number:03d}")
        _add_apart(world, world.chance(f"personnel/apart/{year}"), year)


def _add_elections(world: World) -> None:
    chance = world.chance("elections")
    first = next((session for session in sessions(world) if session.term_no == NEW_TERM), None)
    if first is None or not world.knows(first.ended_on):
        return
    committee = [row for row in world.of("deputy") if row["sc_role"] and row["term_no"] == NEW_TERM]
    for row in committee:
        post = {"CHAIR": "区人大常委会主任", "VICE": "区人大常委会副主任", "MEMBER": "区人大常委会委员"}[row["sc_role"]]
        step = _Step(row["name"], f"R-{row['id']}", "ELECT", "SC", post, first.ended_on, first.key)
        _write(world, chance, step, f"REN-{first.key}-{row['id']}")
    offices = [("GOVL", "区长"), *[("GOVL", "副区长")] * 6, ("SUP", "区监委主任"), ("CRT", "区法院院长")]
    for number, (organ, post) in enumerate([*offices, ("PRO", "区检察院检察长")], start=1):
        step = _Step(any_person(chance), f"R-X{number:02d}", "ELECT", organ, post, first.ended_on, first.key)
        _write(world, chance, step, f"REN-{first.key}-X{number:02d}")


def _add_move(world: World, day: date, key: str) -> None:
    """One decision, or two when a person leaves one post for another."""
    # A generator for each person: whether another decision is known yet changes nothing here.
    chance = world.chance(f"personnel/{key}")
    organ = weighted(chance, _MOVES)
    person, meeting = any_person(chance), sc_key(day)
    if not world.knows(day):
        return
    verb_in, verb_out = ("DECIDE_A", "DECIDE_R") if organ in ("GOVD", "GOVL") else ("APPT", "REMV")
    drawn = chance.random()
    steps = []
    if drawn < 0.27:
        steps = [(verb_out, _post(chance, organ)), (verb_in, _post(chance, organ))]
    elif drawn < 0.72:
        steps = [(verb_in, _post(chance, organ))]
    elif drawn < 0.97:
        steps = [(verb_out, _post(chance, organ))]
    else:
        organ = "GOVL"
        steps = [("RESIGN", "副区长")] if drawn < 0.985 else [("ACT", "代理区长")]
    for number, (action, post) in enumerate(steps, start=1):
        # Old gaps were closed in the end; those of the last years are still open.
        never = chance.random() < 0.11 and day.year >= 2025
        _write(world, chance, _Step(person, key, action, organ, post, day, meeting, never), f"REN-{key}-{number}")


def _post(chance: Random, organ: str) -> str:
    if organ == "GOVD":
        unit = chance.choice([name for name, system in SYSTEM_OF.items() if system == "GOV" and name.endswith("局")])
        return unit + "局长"
    if organ == "STR":
        return f"{NAMES[chance.choice(STREETS)]}人大工委{chance.choice(('主任', '副主任'))}"
    return chance.choice(_POSTS[organ])


def _add_apart(world: World, chance: Random, year: int) -> None:
    groups = []
    if year == _LAY_YEAR:
        groups = [("LAY", "人民陪审员", n, sc_meetings(year)[3]) for n in range(_LAY_COUNT)]
    groups += [
        ("ELC", "区选举委员会" + ("主任" if n == 0 else "委员"), n, sc_meetings(year)[3])
        for n in range(_ELECTION_COMMITTEES.get(year, 0))
    ]
    for organ, post, number, day in groups:
        person = any_person(chance)
        key = f"R{year}-{organ}{number:02d}"
        if world.knows(day):
            step = _Step(person, key, "APPT", organ, post, day, sc_key(day))
            _write(world, chance, step, f"REN-{key}")


def _write(world: World, chance: Random, step: _Step, row_id: str) -> None:
    elected = step.action == "ELECT"
    members = COUNTY_QUOTA - 3 if elected else SC_QUOTA
    present = members - chance.randint(0, 9 if elected else 4)
    against = chance.choice((0, 0, 0, 0, 0, 1, 1, 2))
    abstain = chance.choice((0, 0, 0, 0, 1, 1, 2))
    world.add(
        "appointment", id=row_id, person=step.person, person_key=step.key, action=step.action,
        organ_class=step.organ, post=step.post, meeting_id=step.meeting, decided_on=step.day,
        v_for=present - against - abstain, v_against=against, v_abstain=abstain, members=members,
        **_procedure(world, chance, step),
    )  # fmt: skip


def _procedure(world: World, chance: Random, step: _Step) -> Row:
    exam = weighted(chance, {"PASS": 91, "EXEMPT": 7.2, "DUE": 1.3, "FAIL": 0.5})
    exam_on = days_after(step.day, -chance.randint(3, 12))
    statement = weighted(chance, {"GAVE": 97.5, "DUE": 2.5})
    waits = chance.choice((0, 0, 0, 0, 0, 3, 12, 38, 75))
    joins = step.action in _ADDED
    heads = step.organ in ("GOVD", "GOVL", "SCW", "STR", "SUP")
    oath, oath_on = _oath(world, step, waits)
    tested = joins and step.action != "ELECT" and step.organ not in ("LAY", "ELC")
    return {
        "exam": exam if tested else None,
        "exam_on": exam_on if tested and exam in ("PASS", "FAIL") else None,
        "statement": None if not tested else statement if heads else "EXEMPT",
        "oath": oath,
        "oath_on": oath_on,
    }


def _oath(world: World, step: _Step, waits: int) -> tuple[str, date | None]:
    if step.action not in _ADDED or step.organ == "ELC":
        return "NA", None
    if step.action == "ELECT":
        return "CONG", step.day
    own = step.organ in _OWN_ORGAN_OATH
    sworn = days_after(step.day, waits if own or waits > 30 else 0)
    if step.never_sworn or not world.knows(sworn):
        return "NO", None
    return ("OWN" if own else "SC"), sworn
