"""Supervision row by row: follow-ups owed, the matrix of statutory items, and one item's whole history."""

from __future__ import annotations

from collections.abc import Iterator

from pandas import DataFrame
from sqlalchemy import Connection, RowMapping

from data_access import statements
from data_access.context import Context, periods
from data_access.lists.listing import Event, Listing, events_table, records
from data_access.metrics import METRICS
from data_access.rows import ROWS
from data_access.rows import history as facts
from data_access.rows.base import bound, room, shape
from data_access.rows.duties import IF_ANY, YEARLY
from data_access.tables import codes
from data_access.text import Text

# States of a statutory item in a year. NONE: a yearly item in a year nobody reported. NA: did not arise.
STATES = {
    "DONE": Text("已办", "Done"),
    "LATE": Text("超期办理", "Done late"),
    "OPEN": Text("待办", "To be done"),
    "MISSED": Text("逾期未办", "Missed"),
    "NA": Text("不适用", "Not applicable"),
    "NONE": Text("未填报", "Not reported"),
}


def statutory(connection: Connection, context: Context) -> DataFrame:
    """The yearly statutory items as a matrix: one row per year asked for and item, newest year first.

    Townships chosen do not narrow it: these are duties of the whole district.

    Returns: Columns ``year``, ``legal_item`` (code), ``state`` (key of ``STATES``), ``planned_on``, ``held_on``,
    ``limit_on`` (the last lawful day), ``record`` (id of the item), ``title``; the last five missing where nothing is
    on record. Items stand in the order of the law.
    """
    names = ("year", "legal_item", "state", "planned_on", "held_on", "limit_on", "id", "title")
    form = shape(context.with_filters(picks=()))
    statement = statements.lines(ROWS["statutory_duties"], names, (), form, room(len(context.years)))
    found = {
        (line["year"], line["legal_item"]): line
        for line in connection.execute(statement, bound(context, periods(context))).mappings()
    }
    known = {year for year, _ in found}
    cells = [
        _cell(year, item, found.get((year, item)), year in known)
        for year in sorted(context.years, reverse=True)
        for item in (*YEARLY, *IF_ANY)
    ]
    headers = ("year", "legal_item", "state", "planned_on", "held_on", "limit_on", "record", "title")
    return DataFrame({name: [cell[i] for cell in cells] for i, name in enumerate(headers)})


def _cell(year: int, item: str, line: RowMapping | None, is_known: bool) -> tuple[object, ...]:
    if line is None:
        absent = "NA" if item in IF_ANY and is_known else "NONE"
        return (year, item, absent, None, None, None, None, None)
    return (year, item, *(line[name] for name in ("state", "planned_on", "held_on", "limit_on", "id", "title")))


def owed(connection: Connection, context: Context, *, search: str = "", limit: int = 50, offset: int = 0) -> Listing:
    """Follow-up reports overdue on the last day, the longest first."""
    return records(connection, METRICS["S09a"], context, search=search, limit=limit, offset=offset)


def due_soon(
    connection: Connection, context: Context, *, search: str = "", limit: int = 50, offset: int = 0
) -> Listing:
    """Follow-up reports due within the days set by rule, the nearest first."""
    return records(connection, METRICS["S09b"], context, search=search, limit=limit, offset=offset)


def history(connection: Connection, record: str, context: Context) -> DataFrame:
    """One item: planned, held, opinions, follow-up due and received, vote; as known on the as-of day.

    Returns:
        Columns ``date``, ``event`` (Text), ``who``, ``detail`` (Text), ``is_future``; no rows for an item unknown or
        out of scope.
    """
    found = connection.execute(facts.supervision(context, record)).mappings().first()
    if found is None:
        return events_table([])
    steps = [*_before(found, context), *_after(found, context)]
    return events_table([step for step in steps if step.is_future or step.on is None or step.on <= context.as_of])


def document_history(connection: Connection, record: str, context: Context) -> DataFrame:
    """A normative document: published, filed, reviewed with its result; as ``history``."""
    found = connection.execute(facts.document(context, record)).mappings().first()
    if found is None:
        return events_table([])
    steps = [
        Event(found["published_on"], Text("公布", "Published"), found["issuer"]),
        Event(found["filed_on"], Text("报备", "Filed"), found["issuer"]),
        Event(found["reviewed_on"], Text("审查", "Reviewed"), "", _words(codes.DOC_RESULT, found["result"])),
    ]
    return events_table([step for step in steps if step.on is not None and step.on <= context.as_of])


def appraisal_history(connection: Connection, record: str, context: Context) -> DataFrame:
    """An appraisal: its kind, day and post; never the person's votes or grade; as ``history``."""
    found = connection.execute(facts.appraised(context, record)).mappings().first()
    if found is None or found["held_on"] > context.as_of:
        return events_table([])
    who = found["post"] or found["unit_name"] or ""
    return events_table([Event(found["held_on"], _words(codes.APPRAISAL_KIND, found["kind"]), who)])


def _before(item: RowMapping, context: Context) -> Iterator[Event]:
    lead, target = item["lead_name"] or "", item["target_name"] or ""
    if item["planned_on"] is not None:
        is_open = item["held_on"] is None or item["held_on"] > context.as_of
        is_ahead = is_open and item["planned_on"] >= context.as_of
        detail = Text(f"{item['plan_year']}年度计划", f"plan of {item['plan_year']}")
        yield Event(item["planned_on"], Text("计划安排", "Planned for"), lead, detail, is_ahead)
    if item["held_on"] is not None:
        yield Event(item["held_on"], Text("开展", "Held"), target, _words(codes.SUPERVISION_KIND, item["kind"]))
        if item["opinion_count"]:
            yield Event(item["held_on"], Text("提出意见", "Points raised"), target, _opinions(item))
    if item["ended_on"] is not None and item["ended_on"] != item["held_on"]:
        yield Event(item["ended_on"], Text("结束", "Ended"), target)


def _after(item: RowMapping, context: Context) -> Iterator[Event]:
    target = item["target_name"] or ""
    due, reported = item["followup_due_on"], item["followup_report_on"]
    is_open = reported is None or reported > context.as_of
    if due is not None and item["held_on"] is not None and item["held_on"] <= context.as_of:
        yield Event(due, Text("反馈期限", "Follow-up due"), target, is_future=is_open and due >= context.as_of)
    if not is_open:
        yield Event(reported, Text("反馈落实情况", "Followed up"), target, _done(item))
    if item["ballots"]:
        yield Event(reported or item["held_on"], Text("满意度测评", "Satisfaction vote"), detail=_vote(item))


def _opinions(item: RowMapping) -> Text:
    points, documents = item["opinion_count"], item["opinion_docs"] or 0
    return Text(f"审议意见{documents}件，{points}条", f"{documents} documents, {points} points")


def _done(item: RowMapping) -> Text:
    done, points = item["opinion_done"], item["opinion_count"]
    if done is None or not points:
        return Text("", "")
    return Text(f"已落实{done}条，共{points}条", f"{done} of {points} points acted on")


def _vote(item: RowMapping) -> Text:
    good, basic, bad = (item[name] or 0 for name in ("v_satisfied", "v_basic", "v_dissatisfied"))
    return Text(
        f"收回{item['ballots']}票：满意{good}，基本满意{basic}，不满意{bad}",
        f"{item['ballots']} ballots: {good} satisfied, {basic} mostly, {bad} dissatisfied",
    )


def _words(enumeration: codes.Codes, code: object) -> Text:
    if code is None:
        return Text("", "")
    return Text(enumeration.label(code, "zh"), enumeration.label(code, "en"))
