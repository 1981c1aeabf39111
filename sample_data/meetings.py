"""The calendar of meetings, and what they resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from sample_data.regions import COUNTY_QUOTA, RURAL, SC_QUOTA, township_quota
from sample_data.world import (
    DISTRICT,
    FIRST_YEAR,
    NEW_TERM,
    OLD_TERM,
    World,
    days_after,
    months_after,
    term_on,
    working_day,
)


@dataclass(frozen=True)
class Session:
    """A session of the district Congress and the work year it serves."""

    term_no: int
    number: int
    held_on: date
    ended_on: date
    serves: int

    @property
    def key(self) -> str:
        """The number of its meeting."""
        return f"HY-RDH-{self.term_no}-{self.number}"

    @property
    def name(self) -> str:
        """How documents cite it."""
        return f"区{'一二三四五六'[self.term_no - 1]}届人大{'一二三四五六七八九十'[self.number - 1]}次会议"


# Two sessions fall in December and serve the year after.
_FIXED = (
    Session(OLD_TERM, 5, date(2021, 1, 12), date(2021, 1, 15), 2021),
    Session(NEW_TERM, 1, date(2021, 12, 28), date(2021, 12, 31), 2022),
    Session(NEW_TERM, 2, date(2023, 1, 10), date(2023, 1, 13), 2023),
    Session(NEW_TERM, 3, date(2024, 1, 16), date(2024, 1, 19), 2024),
    Session(NEW_TERM, 4, date(2024, 12, 25), date(2024, 12, 27), 2025),
    Session(NEW_TERM, 5, date(2026, 1, 13), date(2026, 1, 16), 2026),
)
# Month and day, in odd and in even years: at least one in any two months (Organic Law, article 51).
_SC_DAYS = (
    ((2, 24), (4, 27), (6, 25), (7, 29), (8, 27), (10, 28), (12, 18)),
    ((1, 24), (3, 22), (4, 27), (6, 25), (7, 29), (8, 27), (10, 28), (12, 18)),
)
_OLD_TERM_SC, _FIRST_SC_OF_2021 = 38, 33


def sessions(world: World) -> list[Session]:
    """Every session begun by the last day known, oldest first."""
    later = [
        Session(NEW_TERM, year - 2021, date(year, 1, 12), date(year, 1, 15), year)
        for year in range(2027, world.until.year + 1)
    ]
    return [session for session in (*_FIXED, *later) if world.knows(session.held_on)]


def sc_meetings(year: int) -> list[date]:
    """Days of the Standing Committee's meetings in a year: at least one in two months."""
    return [working_day(date(year, month, day)) for month, day in _SC_DAYS[1 - year % 2]]


def sc_key(day: date) -> str:
    """The number of the Standing Committee meeting that began on a day."""
    return f"HY-CWH-{day:%Y%m%d}"


def next_sc(day: date) -> date:
    """The first Standing Committee meeting on or after a day."""
    return next(held for year in (day.year, day.year + 1) for held in sc_meetings(year) if held >= day)


def add_meetings(world: World) -> None:
    """Write meetings of every kind, and the resolutions of those that make them."""
    for session in sessions(world):
        chance = world.chance(session.key)
        _meeting(
            world, session.key, "CONG", session.held_on, session.ended_on, session.serves, session.number,
            COUNTY_QUOTA - chance.randint(1, 6), chance.uniform(0.93, 0.985),
        )  # fmt: skip
    for year in world.years:
        chance = world.chance(f"meetings/{year}")
        _add_sc_meetings(world, chance, year)
        _add_office_meetings(world, chance, year)
        _add_township_sessions(world, chance, year)
    _add_resolutions(world)


def _meeting(
    world: World, key: str, kind: str, held_on: date, ended_on: date, serves: int, number: int | None, members: int,
    share: float, region: str = DISTRICT,
) -> None:  # fmt: skip
    if world.knows(held_on):
        world.add(
            "meeting", id=key, kind=kind, region_code=region, term_no=term_on(held_on), session_no=number,
            held_on=held_on, ended_on=world.known(ended_on), handling_year=serves, members=members,
            attended=round(members * share),
        )  # fmt: skip


def _add_sc_meetings(world: World, chance: Random, year: int) -> None:
    for held in sc_meetings(year):
        before = sum(len(sc_meetings(earlier)) for earlier in range(FIRST_YEAR, held.year))
        number = before + sc_meetings(year).index(held) + _FIRST_SC_OF_2021
        if term_on(held) == NEW_TERM:
            number -= _OLD_TERM_SC + 1
        ends = days_after(held, 1 if chance.random() < 0.3 else 0)
        members = SC_QUOTA - (1 if held.month > 9 and year % 2 else 0)
        _meeting(world, sc_key(held), "SC", held, ends, year, number, members, chance.uniform(0.84, 1.0))


def _add_office_meetings(world: World, chance: Random, year: int) -> None:
    for number in range(1, chance.randint(15, 18) + 1):
        held = working_day(days_after(date(year, 1, 5), number * 20 + chance.randint(0, 5)))
        _meeting(world, f"HY-ZR-{year}{number:02d}", "CHM", held, held, year, number, 6, chance.choice((1, 1, 1, 0.84)))
    for number in range(1, 13):
        held = working_day(date(year, number, chance.randint(3, 22)))
        _meeting(world, f"HY-DZ-{year}{number:02d}", "PLG", held, held, year, number, 7, chance.choice((1, 1, 0.86)))


def _add_township_sessions(world: World, chance: Random, year: int) -> None:
    for code in RURAL:
        for half, month in ((1, 2), (2, 8)):
            # The old township congresses held no second session in the election year.
            if (year, half) == (2021, 2):
                continue
            held = working_day(date(year, month, chance.randint(3, 25)))
            key = f"HY-XZ-{code[-3:]}-{year}{half}"
            present = chance.uniform(0.88, 0.99)
            _meeting(world, key, "TWN", held, held, year, None, township_quota(code) - 2, present, code)


_SESSION_RESOLUTIONS = (
    ("关于区人民政府工作报告的决议", "OTH"),
    ("关于{year}年国民经济和社会发展计划的决议", "PLAN"),
    ("关于{year}年财政预算的决议", "FIN"),
    ("关于区人大常委会工作报告的决议", "OTH"),
    ("关于区人民法院工作报告的决议", "OTH"),
    ("关于区人民检察院工作报告的决议", "OTH"),
)
# Reports on this one never came.
_FORGOTTEN = "关于开展森林防灭火能力提升的决定"
# Month of the meeting, title, kind, months until a report is due.
_YEARLY = (
    (7, "关于批准{last}年区本级财政决算的决议", "FIN", None),
    (10, "关于批准{year}年区本级预算调整方案的决议", "DEBT", None),
)
_SINGLE = {
    2021: (
        (6, "关于开展第八个五年法治宣传教育的决议", "LAW", 24),
        (8, "关于区和乡镇人民代表大会换届选举有关事项的决定", "ELEC", None),
        (8, "关于区第五届人民代表大会代表名额分配的决定", "ELEC", None),
    ),
    2022: (
        (6, "关于加强城市饮用水水源保护的决定", "MAJOR", 12),
        (10, "关于批准老旧小区改造三年计划的决议", "MAJOR", 12),
    ),
    2023: (
        (4, "关于推进全域乡村清洁行动的决定", "MAJOR", 12),
        (7, "关于批准“十四五”规划纲要中期调整方案的决议", "PLAN", None),
    ),
    2024: (
        (4, "关于加强检察机关法律监督工作的决定", "LAW", 18),
        (8, "关于批准新增地方政府债务限额的决议", "DEBT", None),
    ),
    2025: (
        (6, "关于开展森林防灭火能力提升的决定", "MAJOR", 12),
        (8, "关于同意调整城区学校布局规划的决议", "MAJOR", 12),
    ),
    2026: (
        (6, "关于开展第九个五年法治宣传教育的决议", "LAW", 24),
        (8, "关于区和乡镇人民代表大会换届选举有关事项的决定", "ELEC", None),
    ),
}


def _add_resolutions(world: World) -> None:
    chance = world.chance("resolutions")
    for session in sessions(world):
        for number, (title, kind) in enumerate(_SESSION_RESOLUTIONS, start=1):
            if world.knows(session.ended_on):
                words = title.format(year=session.serves)
                key = f"JJ-{session.serves}-D{number}"
                _resolution(world, key, words, kind, "CONG", session.key, session.ended_on, None, None)
    for year in world.years:
        for number, (month, title, kind, months) in enumerate((*_YEARLY, *_SINGLE.get(year, ())), start=1):
            held = next_sc(date(year, month, 1))
            late = chance.choice((-20, -8, 0, 12))
            if world.knows(held):
                words = title.format(year=year, last=year - 1)
                due = months_after(held, months) if months else None
                told = world.known(days_after(due, late)) if due and title != _FORGOTTEN else None
                _resolution(world, f"JJ-{year}-C{number}", words, kind, "SC", sc_key(held), held, due, told)


def _resolution(
    world: World, key: str, title: str, kind: str, organ: str, meeting: str, day: date, due: date | None,
    told: date | None,
) -> None:  # fmt: skip
    world.add(
        "resolution", id=key, title=title, kind=kind, organ=organ, meeting_id=meeting, adopted_on=day,
        report_due_on=due, reported_on=told,
    )  # fmt: skip
