"""Bills and suggestions of six years, from the sessions and between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from sample_data.handling import add_handling
from sample_data.meetings import Session, sessions
from sample_data.regions import CODES, NAMES, RURAL, STREETS
from sample_data.titles import BILLS, FIELD_SHARES, MATTERS, UPWARD, Matter
from sample_data.units import COMMITTEE_OF, ID_OF
from sample_data.world import DISTRICT, FIRST_YEAR, Row, World, days_after, months_after, weighted, working_day

# By work year: suggestions in session, between sessions, bills.
_NUMBERS = {
    2021: (128, 30, 1),
    2022: (146, 31, 2),
    2023: (142, 38, 1),
    2024: (148, 43, 1),
    2025: (159, 46, 2),
    2026: (163, 54, 1),
}
_LATER = (165, 55, 1)
_LEADERS = ("CHAIR", "VICE")
_NOTES = {"MERGED": "与同类建议并案办理", "WITHDRAWN": "代表书面申请撤回"}
# Days to the end of the reply period, and days past it, of items that are open when the story stops.
_DUE_SOON = (2, 5, 9, 13)
_OVERDUE = (4, 11, 19, 33)


@dataclass(frozen=True)
class Draft:
    """A suggestion when it is handed in."""

    year: int
    number: int
    submitted_on: date
    assigned_on: date
    session: Session | None = None
    bill: tuple[str, str, str] | None = None
    open_until_the_end: bool = False

    @property
    def key(self) -> str:
        """The number of the item."""
        return f"YA{self.year}-{self.number:02d}" if self.bill else f"JY{self.year}-{self.number:03d}"


class _Authors:
    """Who leads suggestions: a few deputies often, many never."""

    def __init__(self, world: World) -> None:
        deputies = [row for row in world.of("deputy") if row["level"] == "COUNTY"]
        self._weighted = [(row, world.chance(f"author/{row['id']}").lognormvariate(0, 0.9)) for row in deputies]

    def pick(self, chance: Random, day: date) -> Row:
        """A deputy serving on a day."""
        serving = [(row, weight) for row, weight in self._weighted if _serves(row, day)]
        return chance.choices([row for row, _ in serving], [weight for _, weight in serving])[0]

    def leader(self, chance: Random, day: date) -> str:
        """The chair or a vice-chair of the Standing Committee on a day."""
        return str(
            chance.choice(
                [row["name"] for row, _ in self._weighted if row["sc_role"] in _LEADERS and _serves(row, day)]
            )
        )

    def cosigners(self, chance: Random, lead: Row, day: date, wanted: int) -> list[Row]:
        """Other deputies serving on that day, from the lead's township first."""
        others = [row for row, _ in self._weighted if row is not lead and _serves(row, day)]
        near = [row for row in others if row["region_code"] == lead["region_code"]]
        far = [row for row in others if row["region_code"] != lead["region_code"]]
        own = chance.sample(near, min(wanted, len(near)))
        return own + chance.sample(far, wanted - len(own))


def _serves(row: Row, day: date) -> bool:
    return bool(row["start_on"] <= day and (row["end_on"] is None or row["end_on"] >= day))


def add_proposals(world: World) -> None:
    """Write every item with its handlers, replies and ratings."""
    authors = _Authors(world)
    villages = _villages(world)
    for session in sessions(world):
        chance = world.chance(f"proposals/{session.serves}")
        used: set[str] = set()
        for draft in _drafts(chance, world, session):
            _add(world, authors, villages, draft, used)
    for draft in _open_drafts(world):
        _add(world, authors, villages, draft, set())


def _villages(world: World) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for village in world.of("village"):
        found.setdefault(village["region_code"], []).append(village["name"])
    return found


def _drafts(chance: Random, world: World, session: Session) -> list[Draft]:
    in_session, between, bills = _NUMBERS.get(session.serves, _LATER)
    handed_out = working_day(days_after(session.ended_on, 27))
    made = []
    for number in range(1, in_session + 1):
        submitted = days_after(session.held_on, chance.randint(0, (session.ended_on - session.held_on).days))
        assigned = handed_out if chance.random() < 0.86 else working_day(days_after(handed_out, chance.randint(2, 16)))
        made.append(Draft(session.serves, number, submitted, assigned, session))
    days = sorted(chance.randint(20, 345) for _ in range(between))
    for number, day in enumerate(days, start=in_session + 1):
        submitted = working_day(days_after(date(session.serves, 1, 1), day))
        assigned = working_day(days_after(submitted, chance.randint(3, 14)))
        made.append(Draft(session.serves, number, submitted, assigned))
    start = session.serves - FIRST_YEAR
    for number in range(1, bills + 1):
        words = BILLS[(start + number * 3) % len(BILLS)]
        made.append(Draft(session.serves, number, session.held_on, handed_out, session, words))
    return [draft for draft in made if world.knows(draft.submitted_on)]


def _open_drafts(world: World) -> list[Draft]:
    """Items that are late or nearly so on the last day known, whatever day that is."""
    made = []
    for place, to_due in enumerate((*(-late for late in _OVERDUE), *_DUE_SOON), start=1):
        assigned = months_after(days_after(world.until, to_due), -3)
        submitted = days_after(assigned, -9)
        number = sum(_NUMBERS.get(submitted.year, _LATER)[:2]) + place
        made.append(Draft(submitted.year, number, submitted, assigned, open_until_the_end=True))
    return made


def _add(world: World, authors: _Authors, villages: dict[str, list[str]], draft: Draft, used: set[str]) -> None:
    """Write one item, its signers and its handling."""
    # A generator for each item: whether another one is known yet changes nothing here.
    chance = Random(f"{world.seed}/{draft.key}")
    lead = authors.pick(chance, draft.submitted_on)
    competence, fate = _lot(chance, draft)
    matter, title, place = _subject(chance, draft, competence, lead["region_code"], villages, used)
    signers = authors.cosigners(chance, lead, draft.submitted_on, _signer_count(chance, draft))
    handed_out = competence != "OTHER" and not fate and world.knows(draft.assigned_on)
    row = world.add(
        "proposal",
        id=draft.key,
        title=title,
        lead_deputy_id=lead["id"],
        cosigner_count=len(signers),
        category=matter.category,
        region_code=lead["region_code"],
        place_code=place,
        submitted_on=draft.submitted_on,
        assigned_on=draft.assigned_on if handed_out else None,
        extended=chance.random() < 0.06 and not draft.open_until_the_end,
        competence=competence,
        is_public=chance.random() < 0.94,
        note=_NOTES.get(fate),
        status=fate or ("CLOSED" if competence == "OTHER" else "PENDING"),
        **_origin(draft),
    )
    row |= _supervised(chance, authors, draft, row, matter)
    for signer in signers:
        world.add("proposal_cosigner", proposal_id=row["id"], deputy_id=signer["id"], region_code=signer["region_code"])
    if handed_out:
        add_handling(world, row, matter, draft)


def _lot(chance: Random, draft: Draft) -> tuple[str, str]:
    """Whose powers an item falls under, and whether it is merged or withdrawn."""
    competence = weighted(chance, {"OWN": 88, "UP": 8.5, "OTHER": 3.5})
    fate = weighted(chance, {"": 95, "MERGED": 3, "WITHDRAWN": 2})
    return ("OWN", "") if draft.bill or draft.open_until_the_end else (competence, fate)


def _origin(draft: Draft) -> Row:
    """What kind of item it is and where it was made; every other year's first bill is put on the agenda."""
    accepted = draft.bill is not None and draft.year % 2 == 0 and draft.number == 1
    session = draft.session
    return {
        "kind": "SUG" if not draft.bill else "BILL" if accepted else "BILL_SUG",
        "is_accepted": accepted if draft.bill else None,
        "handling_year": draft.year,
        "phase": "IN" if session else "OUT",
        "meeting_id": session.key if session else None,
        "source_doc": f"{session.name}代表议案建议汇编" if session else f"{draft.year}年闭会期间代表建议台账",
    }


def _subject(
    chance: Random, draft: Draft, competence: str, home: str, villages: dict[str, list[str]], used: set[str]
) -> tuple[Matter, str, str]:
    """What an item asks for, its title and the place it concerns."""
    if draft.bill:
        category, unit, title = draft.bill
        return Matter(category, unit, ("区财政局",), title), title, DISTRICT
    return _matter(chance, draft, competence, _place(chance, home), villages, used)


def _place(chance: Random, home: str) -> str:
    drawn = chance.random()
    return home if drawn < 0.62 else chance.choice(CODES) if drawn < 0.8 else DISTRICT


def _matter(
    chance: Random, draft: Draft, competence: str, place: str, villages: dict[str, list[str]], used: set[str]
) -> tuple[Matter, str, str]:
    shares = {field: start + move * (draft.year - FIRST_YEAR) for field, (start, move) in FIELD_SHARES.items()}
    while True:
        field = weighted(chance, shares)
        pool = UPWARD if competence == "UP" else [matter for matter in MATTERS if matter.category == field]
        matter = chance.choice(pool)
        local = "{" in matter.title
        where = chance.choice(CODES) if local and place == DISTRICT else place if local else DISTRICT
        if field == "AGR" and where in STREETS:
            where = chance.choice(RURAL)
        named = {"town": NAMES.get(where, ""), "village": chance.choice(villages.get(where, [""]))}
        title = matter.title.format(**named)
        # Two deputies may ask for the same thing in the same year, but rarely word for word.
        if title not in used or chance.random() < 0.04:
            used.add(title)
            return matter, title, where


def _signer_count(chance: Random, draft: Draft) -> int:
    if draft.bill:
        return chance.randint(9, 16)
    return chance.choice((0, 0, 0, 0, 1, 1, 2, 2, 3, 5, 8))


def _supervised(chance: Random, authors: _Authors, draft: Draft, row: Row, matter: Matter) -> Row:
    # About one in eighteen of those made in session: five to ten a year.
    key = draft.session is not None and draft.number % 18 == 5
    leader = authors.leader(chance, row["submitted_on"])
    if not key or row["competence"] != "OWN" or row["assigned_on"] is None or draft.bill:
        return {"is_key": False, "key_leader": None, "key_unit": None}
    return {"is_key": True, "key_leader": leader, "key_unit": COMMITTEE_OF[matter.category]}


assert all(matter.lead in ID_OF for matter in (*MATTERS, *UPWARD)), "A matter names a unit that does not exist."
