"""Bills and suggestions as rows: one per item, one per item and answering unit, one per item still in hand.

Everything is seen as known on ``years.cut_on``. An item belongs to its handling year, so that a session in December
counts for the year it serves.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Select, and_, case, func, or_, select, tuple_

from data_access.context import Context, Rules
from data_access.metrics.metric import Window
from data_access.rows.base import RowSource, Shown, header, within
from data_access.rows.handling import Handled, handled, is_surely_answered
from data_access.sql import ONE, add_months, claim, days_between, month_of, one_of, region_prefix, year_of
from data_access.tables.deputies import deputy
from data_access.tables.meetings import org_unit
from data_access.tables.proposals import proposal, proposal_reply
from data_access.text import Text

IN_PERSON = ("FACE", "MEET")  # a call or a message counts only where the local rule says so
LAST_DAYS = 3  # of the reply period, the deadline itself among them
GONE = ("WITHDRAWN", "MERGED")  # a merged item is answered with the item it was merged into


def _proposals(context: Context, years: CTE) -> Select[Any]:
    rows = handled(years, _of_the_year(context, years), slowest=True)
    return _described(rows, context.rules, proposal.c.assigned_on)


def _proposal_units(context: Context, years: CTE) -> Select[Any]:
    rows = handled(years, _of_the_year(context, years), slowest=False)
    described = _described(rows, context.rules, func.coalesce(rows.unit.c.assigned_on, proposal.c.assigned_on))
    return described.add_columns(claim(and_(is_due(years), _is_in_a_batch(rows.first, context))).label("is_batch"))


def _is_in_a_batch(first: FromClause, context: Context) -> ColumnElement[bool]:
    """Whether the unit gave at least ``check_n`` first replies of that class on that day, whatever the townships."""
    other = proposal_reply.alias("same_day")
    alike = (other.c.org_unit_id, other.c.replied_on, other.c.result_class)
    batches = (
        select(*alike)
        .where(other.c.round_no == 1, region_prefix(other.c.region_code, context.scope.prefixes))
        .group_by(*alike)
        .having(func.count() >= context.rules.check_n)
    )
    return tuple_(first.c.org_unit_id, first.c.replied_on, first.c.result_class).in_(batches)


def _proposals_open(context: Context, years: CTE) -> Select[Any]:
    """Suggestions assigned and not answered by each period's last day, of whatever handling year."""
    in_hand = and_(is_due(years), proposal.c.submitted_on <= years.c.cut_on, ~is_surely_answered(years))
    rows = handled(years, and_(in_hand, within(context, proposal.c.region_code)), slowest=True)
    return _described(rows, context.rules, proposal.c.assigned_on).where(rows.first.c.id.is_(None))


def _proposals_changed(context: Context, years: CTE) -> Select[Any]:
    """Items, of whatever handling year, to which anything happened after ``start_on``: new, answered, late, rated."""
    known = and_(proposal.c.submitted_on <= years.c.cut_on, within(context, proposal.c.region_code))
    deadline = due_on(context.rules)
    fell_due = and_(deadline >= years.c.start_on, deadline < years.c.cut_on)
    # Any reply given or rated since, by whichever unit: without one the item's own replies need not be looked for.
    news = proposal_reply.alias("news")
    is_news = or_(news.c.replied_on > years.c.start_on, news.c.rated_on > years.c.start_on)
    has_news = select(ONE).select_from(news).where(news.c.proposal_id == proposal.c.id, is_news).exists()
    may_count = or_(fell_due, proposal.c.submitted_on > years.c.start_on, has_news)
    rows = handled(years, and_(known, may_count), slowest=True)
    happened = [
        day > years.c.start_on for day in (proposal.c.submitted_on, rows.first.c.replied_on, rows.rated.c.rated_on)
    ]
    return _described(rows, context.rules, proposal.c.assigned_on).where(or_(fell_due, *happened))


def _of_the_year(context: Context, years: CTE) -> ColumnElement[bool]:
    """Items of each handling year that had been submitted by its cut day."""
    return and_(
        proposal.c.handling_year == years.c.year,
        proposal.c.submitted_on <= years.c.cut_on,
        within(context, proposal.c.region_code),
    )


def is_ours() -> ColumnElement[bool]:
    """Suggestions the district has to answer itself, apart from whether they are assigned yet."""
    return and_(proposal.c.kind != "BILL", proposal.c.status.not_in(GONE), proposal.c.competence == "OWN")


def is_due(years: FromClause) -> ColumnElement[bool]:
    """应办: within the district's powers, neither withdrawn nor merged, and assigned by then."""
    return and_(is_ours(), proposal.c.assigned_on <= years.c.cut_on)


def due_on(rules: Rules) -> ColumnElement[Any]:
    """The day by which a reply is due: the office's own date, else so many calendar months after assignment.

    Source: Deputies Law, article 51: three months from assignment, six where wide-ranging or difficult.
    """
    months = case((proposal.c.extended, rules.extended_months), else_=rules.reply_months)
    return func.coalesce(proposal.c.due_on, add_months(proposal.c.assigned_on, months))


def due_basis(extended: ColumnElement[bool], own_day: ColumnElement[Any]) -> ColumnElement[Any]:
    """How that day was counted: set by the office, extended, or the ordinary months."""
    return case((own_day.is_not(None), "OFFICE"), (extended, "EXTENDED"), else_="PLAIN")


def _described(rows: Handled, rules: Rules, clock: ColumnElement[Any]) -> Select[Any]:
    """The columns every source of items offers; ``clock`` is the day from which days of handling count."""
    columns = _facts(rows, rules) | _claims(rows, rules) | _times(rows, rules, clock)
    return select(*(column.label(name) for name, column in columns.items())).select_from(rows.joined)


PLAIN = (
    *("id", "title", "kind", "phase", "category", "status", "competence", "cosigner_count", "is_key", "key_leader"),
    *("key_unit", "is_public", "submitted_on", "assigned_on"),
)


def _facts(rows: Handled, rules: Rules) -> dict[str, ColumnElement[Any]]:
    first, last, cut = rows.first.c, rows.last.c, rows.years.c.cut_on
    plain: dict[str, ColumnElement[Any]] = {name: proposal.c[name] for name in PLAIN}
    return plain | {
        "year": rows.years.c.year,
        "township": proposal.c.region_code,
        "place": proposal.c.place_code,
        "deputy": proposal.c.lead_deputy_id,
        "deputy_name": deputy.c.name,
        "due_on": due_on(rules),
        "due_basis": case((proposal.c.assigned_on.is_not(None), due_basis(proposal.c.extended, proposal.c.due_on))),
        "unit": rows.unit.c.org_unit_id,
        "unit_name": org_unit.c.name,
        "system": org_unit.c.system,
        "role": rows.unit.c.role,
        "replied_on": first.replied_on,
        "class_reply": first.result_class,
        "class_now": _class_now(rows),
        "promised_on": last.promised_on,
        "fulfilled_on": case((last.fulfilled_on <= cut, last.fulfilled_on)),
        "rounds": rows.rounds,
        "rated_on": rows.rated.c.rated_on,
        "rated_round": rows.rated.c.round_no,
        "first_result": case((first.rated_on <= cut, first.result_rating)),
        "final_result": rows.rated.c.result_rating,
        "first_attitude": case((first.rated_on <= cut, first.attitude)),
        "final_attitude": rows.attitude,
    }


def _class_now(rows: Handled) -> ColumnElement[Any]:
    # A class that changed when the promise was kept was not yet changed before that day.
    last = rows.last.c
    kept_later = last.fulfilled_on > rows.years.c.cut_on
    return case((kept_later, last.result_class), else_=func.coalesce(last.class_current, last.result_class))


def _claims(rows: Handled, rules: Rules) -> dict[str, ColumnElement[Any]]:
    is_kept = proposal.c.status != "WITHDRAWN"
    is_bill = and_(proposal.c.kind == "BILL", is_kept)
    first, deadline, cut = rows.first.c, due_on(rules), rows.years.c.cut_on
    due = is_due(rows.years)
    replied = and_(due, first.id.is_not(None))
    overdue = and_(due, first.id.is_(None), deadline < cut)
    settled = and_(due, or_(first.id.is_not(None), deadline < cut))
    in_order = or_(first.id.is_(None), first.replied_on >= proposal.c.assigned_on)
    met = and_(first.contacted_on <= first.replied_on, one_of(first.contact_way, IN_PERSON))
    conditions = {
        "is_suggestion": and_(proposal.c.kind != "BILL", is_kept),
        "is_bill": is_bill,
        "is_accepted": and_(is_bill, proposal.c.is_accepted),
        "is_converted": and_(proposal.c.kind == "BILL_SUG", is_kept),
        "is_due": due,
        "is_replied": replied,
        "is_settled": settled,
        "is_timed": and_(settled, in_order),
        "is_on_time": and_(replied, in_order, first.replied_on <= deadline),
        "is_overdue": overdue,
        "is_due_this_month": and_(due, first.id.is_(None), _months(deadline) <= _months(cut)),
        "is_soon": and_(due, first.id.is_(None), days_between(cut, deadline).between(0, rules.soon_days)),
        "is_rated": and_(replied, rows.rated.c.id.is_not(None)),
        "is_rehandled": and_(due, or_(proposal.c.status == "REHANDLING", rows.rounds > 1)),
        "is_contacted": met,
        "is_published": rows.last.c.is_published,
        "is_returned": rows.was_returned,
        "is_misdated": and_(is_kept, _is_misdated(rows)),
        "is_last_days": and_(replied, in_order, days_between(first.replied_on, deadline).between(0, LAST_DAYS - 1)),
        "is_rated_at_once": and_(replied, rows.rated.c.rated_on == rows.rated.c.replied_on),
        "is_new": and_(proposal.c.kind != "BILL", is_kept, proposal.c.submitted_on > rows.years.c.start_on),
        "is_just_answered": and_(replied, first.replied_on > rows.years.c.start_on),
        "is_just_late": and_(due, deadline >= rows.years.c.start_on, deadline < cut, _missed(first, deadline)),
        "is_just_closed": and_(replied, rows.rated.c.rated_on > rows.years.c.start_on, rows.rated.c.result_rating > 1),
    }
    return {name: claim(condition) for name, condition in conditions.items()}


def _missed(first: Any, deadline: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(first.id.is_(None), first.replied_on > deadline)


def _months(day: ColumnElement[Any]) -> ColumnElement[Any]:
    return 12 * year_of(day) + month_of(day)


def _is_misdated(rows: Handled) -> ColumnElement[bool]:
    return or_(
        proposal.c.assigned_on < proposal.c.submitted_on,
        rows.first.c.replied_on < proposal.c.assigned_on,
        rows.rated.c.rated_on < rows.rated.c.replied_on,
    )


def _times(rows: Handled, rules: Rules, clock: ColumnElement[Any]) -> dict[str, ColumnElement[Any]]:
    """Days and months; a reply dated before its assignment has no length, and is never averaged in."""
    replied_on, deadline = rows.first.c.replied_on, due_on(rules)
    is_open = and_(is_due(rows.years), rows.first.c.id.is_(None))
    left = days_between(rows.years.c.cut_on, deadline)
    return {
        "days": case((replied_on >= clock, days_between(clock, replied_on))),
        "days_left": case((is_open, left)),
        "due_band": case((is_open, _band(left, rules))),
        "next_step": case((is_open, _next_step(rows, left, rules))),
        "stage": _stage(rows),
        "month": month_of(proposal.c.submitted_on),
        "due_month": month_of(deadline),
        "replied_month": month_of(replied_on),
    }


def _band(left: ColumnElement[Any], rules: Rules) -> ColumnElement[Any]:
    return case(
        (left < -30, "LATE"),
        (left < 0, "JUST"),
        (left <= rules.soon_days, "SOON"),
        (left <= 30, "MONTH"),
        else_="LATER",
    )


def _next_step(rows: Handled, left: ColumnElement[Any], rules: Rules) -> ColumnElement[Any]:
    return case(
        (rows.unit.c.org_unit_id.is_(None), "ASSIGN"),
        (left < -30, "ESCALATE"),
        (left < 0, "URGE"),
        (left <= rules.soon_days, "REMIND"),
        else_="WAIT",
    )


def _stage(rows: Handled) -> ColumnElement[Any]:
    return case(
        (proposal.c.assigned_on.is_(None), "NEW"),
        (rows.first.c.id.is_(None), "HANDLING"),
        (rows.rated.c.id.is_(None), "REPLIED"),
        (rows.rated.c.result_rating == 1, "AGAIN"),
        else_="RATED",
    )


DIMENSIONS = {
    name: name
    for name in (
        *("year", "month", "due_month", "replied_month", "township", "place", "category", "phase", "status"),
        *("unit", "system", "role", "deputy", "class_reply", "class_now", "first_result", "final_result"),
        *(
            "first_attitude",
            "final_attitude",
            "stage",
            "due_band",
            "due_basis",
            "days",
            "days_left",
            "competence",
            "key_leader",
            "next_step",
        ),
    )
} | {"proposal_kind": "kind"}

LISTING = (
    Shown("id", header(proposal.c.id), searched=True),
    Shown("title", header(proposal.c.title), searched=True),
    Shown("category", header(proposal.c.category)),
    Shown("township", Text("乡镇（街道）", "Township")),
    Shown("deputy_name", header(proposal.c.lead_deputy_id), searched=True),
    Shown("unit_name", Text("承办单位", "Handling unit"), searched=True),
    Shown("submitted_on", header(proposal.c.submitted_on)),
    Shown("assigned_on", header(proposal.c.assigned_on)),
    Shown("due_on", header(proposal.c.due_on)),
    Shown("due_basis", Text("期限计算", "How the deadline was counted")),
    Shown("replied_on", header(proposal_reply.c.replied_on)),
    Shown("days", Text("办理天数", "Days taken")),
    Shown("days_left", Text("剩余天数", "Days left")),
    Shown("class_now", header(proposal_reply.c.class_current)),
    Shown("final_result", header(proposal_reply.c.result_rating)),
    Shown("key_leader", header(proposal.c.key_leader)),
    Shown("stage", Text("进展", "Stage")),
)

IN_HAND = (
    *(shown for shown in LISTING if shown.column not in ("replied_on", "days", "class_now", "final_result", "stage")),
    Shown("next_step", Text("下一步", "Next step")),
)

TITLE = Text("议案建议", "bills and suggestions")

SOURCES = (
    RowSource(
        "proposals",
        Window.FLOW,
        _proposals,
        DIMENSIONS,
        LISTING,
        order=("-submitted_on", "id"),
        record="proposal",
        title=TITLE,
        is_plain=True,
        is_intricate=True,
    ),
    RowSource(
        "proposals_changed",
        Window.FLOW,
        _proposals_changed,
        DIMENSIONS,
        LISTING,
        order=("-submitted_on", "id"),
        record="proposal",
        title=TITLE,
        is_plain=True,
    ),
    RowSource(
        "proposal_units",
        Window.FLOW,
        _proposal_units,
        DIMENSIONS,
        LISTING,
        order=("unit", "due_on", "id"),
        record="proposal",
        title=Text("承办件", "items by handling unit"),
        is_plain=True,
        is_intricate=True,
    ),
    RowSource(
        "proposals_open",
        Window.STOCK,
        _proposals_open,
        DIMENSIONS,
        IN_HAND,
        order=("due_on", "id"),
        record="proposal",
        title=Text("在办建议", "suggestions in hand"),
        is_plain=True,
    ),
)
