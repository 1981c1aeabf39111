"""Supervision of six years: the plan, what was held, the opinions and what became of them."""

from __future__ import annotations

from datetime import date
from random import Random

from sample_data.meetings import next_sc, sc_key
from sample_data.names import any_person
from sample_data.regions import CODES, RURAL, SC_QUOTA
from sample_data.supervision_topics import CHOSEN, DUTIES, FIVE_YEAR, FIVE_YEAR_IN
from sample_data.units import COMMITTEE_OF, DEPUTIES_COMMITTEE, ID_OF, SYSTEM_OF
from sample_data.world import Row, World, day_in, days_after, months_after, term_on, weighted

_HEARD_BY_SC = ("RPT", "PLAN", "BUD", "AUD", "SOA", "DEBT", "ENV", "REC", "LEI", "SPI", "APP")
_IN_PLACES = ("LEI", "INS", "STU")
_ON_TIME = (0.78, 0.82, 0.84, 0.88, 0.86, 0.85)
_DEPARTMENTS = (
    "区发改局",
    "区教体局",
    "区住建局",
    "区交通运输局",
    "区水务局",
    "区农业农村局",
    "区文旅局",
    "区卫健局",
    "区应急局",
    "区审计局",
    "区市场监管局",
    "区民政局",
)


def add_supervision(world: World) -> None:
    """Write supervision items, normative documents and appraisals."""
    for year in world.years:
        chance = world.chance(f"supervision/{year}")
        _add_duties(world, chance, year)
        for kind in CHOSEN:
            _add_chosen(world, chance, year, kind)
        _add_unplanned(world, chance, year)
        _add_documents(world, world.chance(f"documents/{year}"), year)
        _add_appraisals(world, world.chance(f"appraisals/{year}"), year)


def _add_duties(world: World, chance: Random, year: int) -> None:
    duties = DUTIES + ((FIVE_YEAR,) if year in FIVE_YEAR_IN else ())
    for number, duty in enumerate(duties, start=1):
        planned = next_sc(date(year, duty.month, 1))
        row = _item(year, f"FD{number:02d}", duty.kind, duty.title.format(year=year, last=year - 1), planned)
        row |= {"legal_item": duty.item, **_target(duty.unit, duty.topic)}
        if duty.item == "SUGGEST":
            row["lead_unit"] = DEPUTIES_COMMITTEE
        _hold(world, chance, row, planned)


def _add_chosen(world: World, chance: Random, year: int, kind: str) -> None:
    wanted, matters = CHOSEN[kind]
    wanted += chance.choice((-1, 0, 0, 1)) if wanted > 2 else 0
    # Matters take turns, so that a year repeats none and a term covers all.
    start = (year - 2021) * wanted
    for number in range(wanted):
        unit, topic, words = matters[(start + number) % len(matters)]
        planned = day_in(chance, year, (3, 4, 5, 6, 7, 8, 9, 10, 11))
        if kind == "LIV":
            planned = date(year, 12, 12) if number else date(year, 7, 10)
        if kind in _HEARD_BY_SC:
            planned = next_sc(planned)
        row = _item(year, f"{kind}{number + 1:02d}", kind, words, planned) | _target(unit, topic)
        if kind in _IN_PLACES:
            row |= {"is_joint": chance.random() < 0.15, "place_code": _place(chance)}
        if kind == "STU" and number == 3 and year in (2022, 2024):
            _drop(world, row)
        else:
            _hold(world, chance, row, planned)


def _add_unplanned(world: World, chance: Random, year: int) -> None:
    for number in range(1, chance.randint(3, 6) + 1):
        kind = chance.choice(("STU", "INS", "FOL"))
        unit, topic, words = chance.choice(CHOSEN[kind][1])
        held = day_in(chance, year, (2, 4, 5, 6, 8, 9, 11))
        row = _item(year, f"LS{number:02d}", kind, words + "（临时）", held) | _target(unit, topic)
        row |= {"in_plan": False, "planned_on": None, "place_code": _place(chance)}
        if world.knows(held):
            _hold(world, chance, row, held)


def _place(chance: Random) -> str | None:
    return chance.choice(CODES) if chance.random() < 0.62 else None


def _item(year: int, tail: str, kind: str, title: str, planned: date) -> Row:
    return {
        "id": f"JD-{year}-{tail}", "kind": kind, "title": title, "plan_year": year, "in_plan": True,
        "planned_on": planned, "is_joint": False, "source_doc": f"区人大常委会{year}年监督工作计划",
    }  # fmt: skip


def _target(unit: str, topic: str) -> Row:
    return {
        "lead_unit": COMMITTEE_OF[topic], "target_unit": ID_OF[unit], "target_system": SYSTEM_OF[unit], "topic": topic
    }  # fmt: skip


def _drop(world: World, row: Row) -> None:
    if world.knows(date(row["plan_year"], 1, 1)):
        world.add("supervision_item", **row, note="经主任会议研究，调整出年度计划")


def _hold(world: World, chance: Random, row: Row, day: date) -> None:
    """Write an item with what came of it, or only its plan when its day has not come."""
    outcome = _outcome(world, chance, row, day)
    if world.knows(day):
        row |= outcome
    world.add("supervision_item", **row)


def _outcome(world: World, chance: Random, row: Row, day: date) -> Row:
    kind = row["kind"]
    before_sc = kind in _HEARD_BY_SC
    venue = "SC" if before_sc else weighted(chance, {"CHM": 70, "WRITTEN": 30})
    if kind == "RPT" and chance.random() < 0.12 and not row.get("legal_item"):
        venue = chance.choice(("CHM", "WRITTEN"))
    opinions = chance.randint(*((3, 6) if venue == "SC" else (0, 4) if kind == "INS" else (1, 7)))
    made: Row = {
        "held_on": day,
        "ended_on": world.known(days_after(day, chance.choice((0, 0, 1, 2)) if kind in _IN_PLACES else 0)),
        "meeting_id": sc_key(day) if venue == "SC" else None,
        "venue": venue,
        "report_count": 1 if kind in ("LEI", "STU", "INV") else chance.choice((0, 1)) if kind in ("INS", "FOL") else 0,
        "opinion_docs": 1 if venue == "SC" and opinions else 0,
        "opinion_count": opinions,
    }
    return made | _followup(world, chance, made, day) | _vote(chance, row, venue)


def _followup(world: World, chance: Random, made: Row, day: date) -> Row:
    due = months_after(day, 3)
    fate = chance.random()
    on_time = _ON_TIME[min(day.year - 2021, len(_ON_TIME) - 1)]
    early, late, silent = chance.randint(0, 25), chance.randint(4, 50), chance.random() < 0.6
    days = -early if fate < on_time else late
    # Some of the late ones are never answered at all; the older ones were settled in the end.
    owed = fate >= on_time and silent and day.year >= 2025
    told = None if owed else world.known(days_after(due, days))
    done = round(made["opinion_count"] * chance.choice((0.5, 0.67, 0.75, 1, 1, 1)))
    if made["opinion_docs"] == 0:
        return {"opinion_done": done if world.knows(days_after(day, 100)) else 0}
    return {"followup_due_on": due, "followup_report_on": told, "opinion_done": done if told else 0}


def _vote(chance: Random, row: Row, venue: str) -> Row:
    kind = "SUGGEST" if row.get("legal_item") == "SUGGEST" else "FOLLOW" if row["kind"] == "AUD" else "REPORT"
    held = chance.random() < 0.34 or kind == "SUGGEST" or row["kind"] == "APP"
    ballots = chance.randint(26, SC_QUOTA)
    basic = min(ballots // 2, int(chance.triangular(0, 10, 3)))
    bad = chance.choice((0, 0, 0, 0, 1, 2))
    if venue != "SC" or not held:
        return {}
    return {
        "vote_kind": kind, "ballots": ballots, "v_satisfied": ballots - basic - bad, "v_basic": basic,
        "v_dissatisfied": bad,
    }  # fmt: skip


_DOCUMENTS = (
    "国有土地上房屋征收补偿办法",
    "城市停车管理办法",
    "农村宅基地审批管理办法",
    "养老服务设施管理办法",
    "烟花爆竹禁限放通告",
    "河道采砂管理办法",
    "政府投资项目管理办法",
    "餐厨垃圾管理办法",
    "公共租赁住房管理办法",
    "农村公路养护管理办法",
    "行政规范性文件清理结果",
    "人才引进若干规定",
)


def _add_documents(world: World, chance: Random, year: int) -> None:
    for number in range(1, chance.randint(8, 13) + 1):
        published = day_in(chance, year, range(1, 13))
        filed = days_after(published, chance.choice((5, 9, 14, 18, 22, 26, 29, 41)))
        reviewed = days_after(filed, chance.randint(12, 58))
        result = weighted(chance, {"PASSED": 90, "CORRECTED": 8, "REPEALED": 2})
        issuer = "区人民政府" if chance.random() < 0.8 else chance.choice(("区政府办", "区人大代表大会主席团"))
        region = chance.choice(RURAL) if issuer.endswith("主席团") else None
        if world.knows(published):
            world.add(
                "normative_doc", id=f"BA-{year}-{number:02d}", title=f"云澜区{_DOCUMENTS[(year + number) % 12]}",
                issuer="区人民政府" if region else issuer, published_on=published, filed_on=world.known(filed),
                reviewed_on=world.known(reviewed), result=result if world.knows(reviewed) else "PENDING",
            )  # fmt: skip


def _add_appraisals(world: World, chance: Random, year: int) -> None:
    held = next_sc(date(year, 10, 1))
    for number in range(1, chance.randint(6, 9) + 1):
        unit = _DEPARTMENTS[(number + (year - 2021) * 7) % len(_DEPARTMENTS)]
        ballots = chance.randint(26, SC_QUOTA)
        second = chance.randint(0, 7)
        third = chance.choice((0, 0, 0, 1, 2))
        person = any_person(chance)
        if world.knows(held):
            grade = "SAT" if second + third <= ballots // 3 else "BASIC"
            world.add(
                "appraisal", id=f"PY-{year}-{number:02d}", kind="POST", person_or_unit=person, org_unit_id=ID_OF[unit],
                post=unit + "局长", held_on=held, ballots=ballots, v_1=ballots - second - third, v_2=second, v_3=third,
                scheme="SAT", grade=grade, note=f"第{term_on(held)}届",
            )  # fmt: skip
