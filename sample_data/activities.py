"""What deputies do between sessions: events, and who took part in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import cycle, islice
from random import Random

from sample_data.meetings import sc_meetings, sessions
from sample_data.regions import CODES, NAMES
from sample_data.world import DISTRICT, Row, World, days_after, weighted, working_day

_RECEPTIONS = {"ST": 12, "RM": 7, "PT": 4}
_CAMPAIGNS = {
    2021: "乡村振兴，代表在行动",
    2022: "乡村振兴，代表在行动",
    2023: "高质量发展，代表在行动",
    2024: "高质量发展，代表在行动",
    2025: "助企惠民，代表在行动",
    2026: "平安消防，代表在行动",
}
# How much livelier the stations become: share of receptions really held.
_LIVELY = (0.62, 0.70, 0.78, 0.85, 0.90, 0.93)


class _Log:
    """Writes events and attendances of one year, and gives them numbers."""

    def __init__(self, world: World, chance: Random, year: int) -> None:
        self.world, self.chance, self.year, self.number = world, chance, year, 0
        self.deputies = [row for row in world.of("deputy") if row["start_on"].year <= year]

    def serving(self, day: date, *levels: str) -> list[Row]:
        """Deputies in office on a day."""
        return [
            row
            for row in self.deputies
            if row["level"] in levels and row["start_on"] <= day and (row["end_on"] is None or row["end_on"] >= day)
        ]

    def write(self, kind: str, day: date, region: str, **more: object) -> str:
        """Write one row, if its day has come; gives its number."""
        self.number += 1
        key = f"HD{self.year}-{self.number:05d}"
        if self.world.knows(day):
            self.world.add("deputy_activity", id=key, kind=kind, held_on=day, region_code=region, **more)
        return key

    def event(self, kind: str, day: date, region: str, present: Sequence[Row], **more: object) -> None:
        """Write an event and one row for each deputy present."""
        key = self.write(kind, day, region, headcount=len(present), **more)
        shared = {name: more[name] for name in ("station_id", "campaign") if name in more}
        for row in present:
            self.write(kind, day, region, deputy_id=row["id"], event_id=key, **shared)

    def day(self, month: int) -> date:
        """Some working day of a month."""
        return working_day(date(self.year, month, self.chance.randint(1, 25)))


def add_activities(world: World, alive: dict[str, bool]) -> None:
    """Write six years of activities; ``alive`` says which stations are ever open."""
    for year in world.years:
        log = _Log(world, world.chance(f"activities/{year}"), year)
        _add_receptions(log, alive)
        _add_reports(log)
        _add_visits(log)
        _add_trainings(log)
        _add_joint_work(log)
        _add_congress(log)
        _add_groups_and_campaigns(log)


def _add_receptions(log: _Log, alive: dict[str, bool]) -> None:
    year_share = _LIVELY[min(log.year - 2021, len(_LIVELY) - 1)]
    serving = log.serving(_middle(log.year), "COUNTY", "TOWNSHIP", "CITY", "PROV")
    for station in log.world.of("station"):
        assigned = [row for row in serving if row["station_id"] == station["id"]]
        if station["level"] == "PT":
            near = [row for row in serving if row["region_code"] == station["region_code"]]
            assigned = log.chance.sample(near, min(6, len(near)))
        # About a fifth never come.
        faithful = [row for row in assigned if log.chance.random() < 0.8]
        turns = cycle(faithful)
        for number in range(_RECEPTIONS[station["level"]]):
            month = 1 + number * 12 // _RECEPTIONS[station["level"]]
            day, held = log.day(month), log.chance.random() < year_share
            closed = station["closed_on"]
            stands = station["established_on"] <= day and (closed is None or day <= closed)
            if alive[station["id"]] and stands and held and faithful:
                _add_reception(log, station, day, list(islice(turns, min(len(faithful), log.chance.randint(7, 16)))))


def _add_reception(log: _Log, station: Row, day: date, present: list[Row]) -> None:
    people = int(log.chance.triangular(3, 26, 10))
    opinions = min(people, log.chance.randint(1, 6))
    settled = days_after(day, 60) <= log.world.until
    resolved = sum(log.chance.random() < 0.83 for _ in range(opinions))
    made = log.chance.random() < 0.09
    log.event(
        "STN", day, station["region_code"], present, station_id=station["id"], people_met=people, opinions=opinions,
        resolved=resolved if settled else resolved // 2, to_proposal=int(made),
    )  # fmt: skip


def _add_reports(log: _Log) -> None:
    day = log.day(11) if log.year % 2 else log.day(10)
    serving = log.serving(_middle(log.year), "COUNTY", "TOWNSHIP")
    for row in serving:
        drawn, met = log.chance.random(), log.chance.randint(18, 60)
        grade: int | None = int(weighted(log.chance, {"3": 91, "2": 8.5, "1": 0.5}))
        # Some meetings hand out no forms.
        if log.world.chance(f"rating/{log.year}/{row['id']}").random() < 0.13:
            grade = None
        when = working_day(days_after(day, log.chance.randint(-40, 30)))
        if drawn < (0.21 if row["level"] == "COUNTY" else 0.18):
            log.write("RPT", when, row["region_code"], deputy_id=row["id"], people_met=met, rating=grade)


def _add_visits(log: _Log) -> None:
    for row in log.serving(_middle(log.year), "COUNTY", "TOWNSHIP"):
        visits = log.chance.choice((0, 1, 2, 2, 3, 4) if row["level"] == "COUNTY" else (0, 1, 1, 2, 2))
        for _ in range(visits):
            day, met = log.day(log.chance.randint(1, 12)), log.chance.randint(2, 6)
            log.write("VIS", day, row["region_code"], deputy_id=row["id"], people_met=met, opinions=met // 3)
        contacts = log.chance.choice((0, 1, 1, 2, 2))
        for _ in range(contacts if row["contact_member"] else 0):
            day = log.day(log.chance.randint(1, 12))
            log.write("CON", day, row["region_code"], deputy_id=row["id"], opinions=log.chance.randint(0, 2))


def _add_trainings(log: _Log) -> None:
    for month, level, share in ((4, "COUNTY", 0.62), (6, "TOWNSHIP", 0.16), (9, "COUNTY", 0.5)):
        day = log.day(month)
        pool = log.serving(day, level)
        present = log.chance.sample(pool, int(len(pool) * share))
        log.event("TRN", day, DISTRICT, present)


def _add_joint_work(log: _Log) -> None:
    for kind, events in (("INS", 4), ("STU", 4), ("LEI", 3)):
        for _ in range(events):
            day, code = log.day(log.chance.randint(3, 11)), log.chance.choice(CODES)
            log.event(kind, day, code, log.chance.sample(log.serving(day, "COUNTY"), log.chance.randint(6, 12)))


def _add_congress(log: _Log) -> None:
    for session in sessions(log.world):
        if session.held_on.year == log.year:
            pool = log.serving(session.held_on, "COUNTY")
            present = log.chance.sample(pool, int(len(pool) * log.chance.uniform(0.93, 0.98)))
            log.event("ATT", session.held_on, DISTRICT, present)
    for day in sc_meetings(log.year):
        pool = [row for row in log.serving(day, "COUNTY") if not row["sc_role"]]
        log.event("OBS", day, DISTRICT, log.chance.sample(pool, log.chance.randint(6, 10)))


def _add_groups_and_campaigns(log: _Log) -> None:
    words = _CAMPAIGNS.get(log.year, "代表在行动")
    for code in CODES:
        for month in (3, 6, 10):
            day = log.day(month)
            near = [row for row in log.serving(day, "COUNTY", "TOWNSHIP") if row["region_code"] == code]
            if log.chance.random() < 0.72:
                log.event("GRP", day, code, log.chance.sample(near, min(len(near), log.chance.randint(5, 10))))
        day = log.day(log.chance.choice((5, 7, 8)))
        near = [row for row in log.serving(day, "COUNTY", "TOWNSHIP") if row["region_code"] == code]
        present = log.chance.sample(near, min(len(near), log.chance.randint(8, 18)))
        log.event("CAM", day, code, present, campaign=words, people_met=len(present) * 4, note=NAMES[code] + "分会场")


def _middle(year: int) -> date:
    return date(year, 6, 30)
