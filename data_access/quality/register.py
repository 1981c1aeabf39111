"""Whose a record is, in which year and township it stands, and which record's history tells of it; by table.

Nothing here is a rule: it only says where a broken one is shown and which office can mend it.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)

from data_access.context import Context
from data_access.rows.evidence import ALWAYS, DATED, PARTS, REGISTERS
from data_access.sql import region_prefix, year_of
from data_access.tables import TABLES
from data_access.tables.codes import Codes
from data_access.tables.meetings import org_unit
from data_access.tables.proposals import proposal
from data_access.text import Text

FIRST_YEAR = 1979  # local congresses have standing committees since then
EVERY = 0  # the year of what stands in every year
TOWNSHIP = 9  # digits of a township's code
NEEDS_NO_YEAR = (*ALWAYS, "rule_config", "reported_figure")

# Which body of the Congress keeps a table, where its rows name nobody; rule_config.data_offices gives local names.
ROLES = Codes(
    "office_role",
    {
        "OFFICE": Text("人大常委会办公室", "Office of the Standing Committee"),
        "DEPUTIES": Text("代表工委", "Committee for deputies' work"),
        "PERSONNEL": Text("选任工委", "Committee for elections and appointments"),
        "LAW": Text("法制（监察司法）工委", "Legal affairs committee"),
        "FINANCE": Text("财经工委", "Finance committee"),
    },
)


@dataclass(frozen=True)
class Keeping:
    """Who keeps a table's records and what is shown of one.

    ``role`` is a code of ``ROLES``; ``unit`` the column naming a unit that keeps a record instead; with
    ``by_township`` the township's own body keeps it. ``record`` are (kind of history, column of its key), the first
    whose key is there; ``named_by`` the columns a record is recognised by beside its key.
    """

    role: str
    named_by: tuple[str, ...] = ()
    unit: str = ""
    by_township: bool = False
    record: tuple[tuple[str, str], ...] = ()


def _own(kind: str) -> tuple[tuple[str, str], ...]:
    return ((kind, "id"),)


_PROPOSAL = (("proposal", "proposal_id"),)
# Names of appointees and persons appraised stay out: a name, an open procedure and a vote are never shown together.
KEEPING: dict[str, Keeping] = {
    "region": Keeping("OFFICE", ("name",)),
    "region_shape": Keeping("OFFICE"),
    "village": Keeping("OFFICE", ("name",), by_township=True),
    "term": Keeping("OFFICE", ("level", "term_no")),
    "meeting": Keeping("OFFICE", ("kind", "held_on"), record=_own("meeting")),
    "org_unit": Keeping("OFFICE", ("name",), record=_own("congress_body")),
    "station": Keeping("DEPUTIES", ("name",), by_township=True, record=_own("station")),
    "deputy": Keeping("DEPUTIES", ("name", "constituency"), record=_own("deputy")),
    "resolution": Keeping("OFFICE", ("title",), record=_own("resolution")),
    "proposal": Keeping("DEPUTIES", ("title",), record=_own("proposal")),
    "proposal_cosigner": Keeping("DEPUTIES", ("deputy_id",), record=_PROPOSAL),
    "proposal_handler": Keeping("DEPUTIES", ("proposal_id", "role"), unit="org_unit_id", record=_PROPOSAL),
    "proposal_reply": Keeping("DEPUTIES", ("proposal_id", "replied_on"), unit="org_unit_id", record=_PROPOSAL),
    "supervision_item": Keeping("OFFICE", ("title",), unit="lead_unit", record=_own("supervision_item")),
    "normative_doc": Keeping("LAW", ("title",), record=_own("normative_doc")),
    "appraisal": Keeping("PERSONNEL", ("post",), record=_own("appraisal")),
    "appointment": Keeping("PERSONNEL", ("post",), record=_own("appointment")),
    "deputy_activity": Keeping("DEPUTIES", ("kind", "held_on"), by_township=True,
                               record=(("deputy", "deputy_id"), ("station", "station_id"))),
    "party_support": Keeping("OFFICE", ("title",), record=_own("party_support")),
    "leader_task": Keeping("OFFICE", ("title",), record=_own("leader_task")),
    "cadre_change": Keeping("OFFICE", ("kind", "effective_on")),
    "election": Keeping("PERSONNEL", ("level", "term_no"), record=_own("election")),
    "budget_item": Keeping("FINANCE", ("kind", "fiscal_year")),
    "rule_config": Keeping("OFFICE", ("key",)),
    "reported_figure": Keeping("OFFICE", ("metric_id", "period")),
}  # fmt: skip
_PLAIN = Keeping("OFFICE")


def keeping(name: str) -> Keeping:
    """Who keeps a table; the office, where nothing is said."""
    return KEEPING.get(name, _PLAIN)


@dataclass(frozen=True, eq=False)
class Placed:
    """A table's rows where they can be asked: FROM, and the year, region and unit of each as expressions.

    ``year`` is as recorded; ``EVERY`` where there is none.
    """

    source: FromClause
    year: ColumnElement[int]
    region: ColumnElement[str]
    unit: ColumnElement[str]


def placed(name: str, known: Mapping[str, Set[str]], dialect: str) -> Placed:
    """The rows of a table that has a region; ``known`` are the columns of each table there is."""
    table = TABLES[name]
    dated, source, holder = DATED.get(name, ()), table, table
    if name in PARTS and "handling_year" in known.get("proposal", ()) and "proposal_id" in known[name]:
        dated, holder = DATED["proposal"], proposal
        source = table.outerjoin(proposal, proposal.c.id == table.c.proposal_id)  # type: ignore[assignment]
    years = [_year(holder.c[column], dialect) for column in dated if column in known[holder.name]]
    unit = keeping(name).unit
    return Placed(
        source,
        func.coalesce(*years, EVERY) if years else literal(EVERY, Integer()),
        table.c.region_code,
        table.c[unit] if unit in known[name] else literal(""),
    )


def _year(column: ColumnElement[Any], dialect: str) -> ColumnElement[int]:
    if isinstance(column.type, Integer):
        return column
    # SQLite keeps days as text: cutting the year off takes a third of the time of reading the day.
    return cast(func.substr(column, 1, 4) if dialect == "sqlite" else year_of(column), Integer)


def year_shown(year: int, newest: int) -> int:
    """The year under which a row is shown. One before 1979 or after ``newest`` is none: a mistyped year must not hide
    the row."""
    return year if FIRST_YEAR <= year <= newest else EVERY


def seen(context: Context, region: ColumnElement[Any]) -> ColumnElement[bool]:
    """Rows a reader may see: an empty scope sees nothing."""
    return region_prefix(region, context.scope.prefixes)


def years_shown(name: str, context: Context) -> tuple[int, int]:
    """First and last year of a table's rows under a view; ``EVERY`` is shown besides.

    Registers list what stands, so their rows go on after their first year. Of a year not over yet the next one's plans
    and handling belong to it.
    """
    first, last = context.filters.years
    reach = last + 1 if last >= context.as_of.year else last
    return (FIRST_YEAR if name in REGISTERS else first, reach)


def shown(name: str, at: Placed, context: Context) -> ColumnElement[bool]:
    """Rows under a view: its scope, townships and years."""
    first, last = years_shown(name, context)
    towns = context.filters.townships
    return and_(
        seen(context, at.region),
        or_(at.year.between(first, last), not_(at.year.between(FIRST_YEAR, context.as_of.year + 1))),
        region_prefix(at.region, towns) if towns else true(),
    )


def bodies(context: Context) -> Select[Any]:
    """Number, region and name of the Congress's body in each township or subdistrict."""
    return select(org_unit.c.id, org_unit.c.region_code, org_unit.c.name).where(
        org_unit.c.kind.in_(("STR", "TWP")), org_unit.c.closed_on.is_(None), seen(context, org_unit.c.region_code)
    )


def office_of(name: str, region: str, unit: str | None, towns: Mapping[str, str]) -> str:
    """The code of the office that can mend a record: a unit, a township's body (or its code), or a role."""
    made = keeping(name)
    if unit:
        return unit
    if made.by_township and len(region) == TOWNSHIP:
        return towns.get(region, region)
    return made.role


def of_office(name: str, at: Placed, office: str, towns: Mapping[str, str]) -> ColumnElement[bool]:
    """The same as a condition: rows of a table that the office can mend."""
    made = keeping(name)
    nobody = or_(at.unit.is_(None), at.unit == "") if made.unit else true()
    tests: list[ColumnElement[bool]] = [at.unit == office] if made.unit else []
    if made.by_township:
        own = [code for code, body in towns.items() if body == office] or [office]
        tests.append(and_(nobody, at.region.in_(own), func.length(at.region) == TOWNSHIP))
        nobody = and_(nobody, func.length(at.region) != TOWNSHIP)
    if made.role == office:
        tests.append(nobody)
    return or_(*tests) if tests else false()
