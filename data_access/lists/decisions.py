"""Resolutions and meetings row by row: one resolution's whole history, one meeting and what it adopted."""

from __future__ import annotations

from collections.abc import Iterator

from pandas import DataFrame
from sqlalchemy import Connection, RowMapping

from data_access.context import Context
from data_access.lists.listing import Event, events_table
from data_access.rows import history as facts
from data_access.tables import codes
from data_access.text import Text


def history(connection: Connection, record: str, context: Context) -> DataFrame:
    """One resolution: adopted, its report due and given; as known on the as-of day.

    Returns:
        Columns ``date``, ``event`` (Text), ``who`` (the organ), ``detail`` (Text), ``is_future``; no rows for a
        resolution unknown, out of scope or not yet adopted.
    """
    found = connection.execute(facts.resolved(context, record)).mappings().first()
    if found is None or found["adopted_on"] > context.as_of:
        return events_table([])
    return events_table(list(_steps(found, context)))


def _steps(row: RowMapping, context: Context) -> Iterator[Event]:
    due, reported = row["report_due_on"], row["reported_on"]
    is_reported = reported is not None and reported <= context.as_of
    yield Event(row["adopted_on"], Text("表决通过", "Adopted"), "", _meeting(row["meeting_kind"], row))
    if due is not None:
        yield Event(due, Text("应报告执行情况", "Report due"), is_future=not is_reported and due >= context.as_of)
    if is_reported:
        late = (reported - due).days if due is not None else 0
        detail = Text(f"逾期{late}天", f"{late} days late") if late > 0 else Text("", "")
        yield Event(reported, Text("报告执行情况", "Execution reported"), detail=detail)


def meeting_history(connection: Connection, record: str, context: Context) -> DataFrame:
    """One meeting: held, what it adopted, ended; as ``history``."""
    found = connection.execute(facts.met(context, record)).mappings().first()
    if found is None or found["held_on"] > context.as_of:
        return events_table([])
    adopted = connection.execute(facts.adopted_at(context, record)).all()
    name = _meeting(found["kind"], found)
    steps = [Event(found["held_on"], Text("举行", "Held"), detail=name), _present(found)]
    steps += [Event(day, Text("通过决议决定", "Adopted"), detail=Text(title, title)) for title, day in adopted]
    if found["ended_on"] is not None and found["ended_on"] != found["held_on"]:
        steps.append(Event(found["ended_on"], Text("闭会", "Closed")))
    return events_table([step for step in steps if step is not None and step.on <= context.as_of])


def _meeting(kind: str | None, row: RowMapping) -> Text:
    """What a meeting is called: its term, kind and number, as far as they are on record."""
    if kind is None:
        return Text("", "")
    term, number = row["term_no"], row["session_no"]
    zh = f"{f'第{term}届' if term else ''}{codes.MEETING_KIND.label(kind, 'zh')}{f'第{number}次' if number else ''}"
    en = f"{codes.MEETING_KIND.label(kind, 'en')}{f' no. {number}' if number else ''}{f', term {term}' if term else ''}"
    return Text(zh, en)


def _present(row: RowMapping) -> Event | None:
    members, attended = row["members"], row["attended"]
    if members is None or attended is None:
        return None
    detail = Text(f"应到{members}人，实到{attended}人", f"{attended} of {members} members")
    return Event(row["held_on"], Text("出席", "Attendance"), detail=detail)
