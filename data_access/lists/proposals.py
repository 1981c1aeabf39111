"""Lists of bills and suggestions that ask for attention, and one item's whole history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pandas import DataFrame
from sqlalchemy import Connection, RowMapping

from data_access.context import Context, Rules
from data_access.dimensions import basis_words
from data_access.lists.listing import Event, Listing, events_table, records
from data_access.metrics import METRICS
from data_access.rows import proposal_events
from data_access.tables import codes
from data_access.text import Text


def overdue(connection: Connection, context: Context, *, search: str = "", limit: int = 50, offset: int = 0) -> Listing:
    """Suggestions past their deadline and unanswered, the longest overdue first."""
    return records(connection, METRICS["P06"], context, search=search, limit=limit, offset=offset)


def due_soon(
    connection: Connection, context: Context, *, search: str = "", limit: int = 50, offset: int = 0
) -> Listing:
    """Suggestions due within the days set by rule, the nearest first."""
    return records(connection, METRICS["P06a"], context, search=search, limit=limit, offset=offset)


def key_items(
    connection: Connection, context: Context, *, search: str = "", limit: int = 50, offset: int = 0
) -> Listing:
    """Key-supervised suggestions, the newest first."""
    return records(connection, METRICS["P16"], context, search=search, limit=limit, offset=offset)


def promises(
    connection: Connection, context: Context, *, search: str = "", limit: int = 50, offset: int = 0
) -> Listing:
    """Promises falling due in the years asked for, in the order of their dates."""
    return records(connection, METRICS["P10n"], context, search=search, limit=limit, offset=offset)


def history(connection: Connection, record: str, context: Context) -> DataFrame:
    """One item from submission to the kept promise, as known on the as-of day.

    Returns:
        Columns ``date``, ``event`` (Text), ``who``, ``detail`` (Text), ``is_future``; deadline and promise are shown
        as future steps while their day has not come. No rows for an item unknown or out of scope.
    """
    found = connection.execute(proposal_events.item(context, record)).mappings().first()
    if found is None:
        return events_table([])
    handlers = connection.execute(proposal_events.handlers(context, record)).mappings().all()
    replies = connection.execute(proposal_events.replies(context, record)).mappings().all()
    steps = [*_submitted(found, context.rules), *(step for line in handlers for step in _handled(line))]
    steps += [step for line in replies for step in _answered(line)]
    known = [step for step in steps if step.on is None or step.on <= context.as_of]
    return events_table([*known, *_ahead(found, replies, context.as_of)])


def _submitted(found: RowMapping, rules: Rules) -> Iterator[Event]:
    signers = found["cosigner_count"] or 0
    detail = Text(f"联名{signers}人", f"{signers} co-signers") if signers else Text("", "")
    yield Event(found["submitted_on"], Text("提出", "Submitted"), found["deputy_name"] or "", detail)
    if found["assigned_on"] is not None:
        yield Event(found["assigned_on"], Text("交办", "Assigned"), detail=_deadline(found, rules))


def _deadline(found: RowMapping, rules: Rules) -> Text:
    day, basis = found["deadline"], basis_words(found["due_basis"], rules)
    if day is None:
        return Text("", "")
    return Text(f"应于{day.isoformat()}前答复（{basis.zh}）", f"reply due by {day.isoformat()} ({basis.en})")


def _handled(line: RowMapping) -> Iterator[Event]:
    who = line["unit_name"] or ""
    if line["assigned_on"] is not None:
        yield Event(
            line["assigned_on"], Text("交承办单位", "Given to the unit"), who, _words(codes.HANDLER_ROLE, line["role"])
        )
    if line["returned_on"] is not None:
        yield Event(line["returned_on"], Text("退办", "Sent back"), who)
    if line["opinion_on"] is not None:
        yield Event(line["opinion_on"], Text("会办意见", "Co-handler's opinion"), who)


def _answered(line: RowMapping) -> Iterator[Event]:
    who, again = line["unit_name"] or "", line["round_no"] > 1
    if line["contacted_on"] is not None:
        way = _words(codes.CONTACT_WAY, line["contact_way"])
        yield Event(line["contacted_on"], Text("与代表沟通", "Contact with the deputy"), who, way)
    event = Text("二次办理答复", "Reply after re-handling") if again else Text("答复", "Replied")
    yield Event(line["replied_on"], event, who, _words(codes.RESULT_CLASS, line["result_class"], line["result_class"]))
    if line["rated_on"] is not None:
        event = Text("再次评价", "Rated again") if again else Text("评价", "Rated")
        yield Event(line["rated_on"], event, detail=_rating(line))
    if line["fulfilled_on"] is not None:
        yield Event(line["fulfilled_on"], Text("承诺兑现", "Promise kept"), who)


def _ahead(found: RowMapping, replies: Any, today: date) -> Iterator[Event]:
    """Deadlines: of the reply while there is none, and of a promise not kept yet."""
    known = [line for line in replies if line["replied_on"] <= today]
    if found["deadline"] is not None and not known:
        yield Event(found["deadline"], Text("答复期限", "Reply due"), is_future=found["deadline"] >= today)
    for line in known:
        is_open = line["fulfilled_on"] is None or line["fulfilled_on"] > today
        if line["promised_on"] is not None and is_open:
            yield Event(
                line["promised_on"],
                Text("承诺完成", "Promised for"),
                line["unit_name"] or "",
                is_future=line["promised_on"] >= today,
            )


def _rating(line: RowMapping) -> Text:
    result = _words(codes.RATING, line["result_rating"])
    attitude = _words(codes.RATING, line["attitude"])
    return Text(
        f"结果：{result.zh or '未评价'}；态度：{attitude.zh or '未评价'}",
        f"result: {result.en or 'unrated'}; attitude: {attitude.en or 'unrated'}",
    )


def _words(enumeration: codes.Codes, code: Any, prefix: str | None = None) -> Text:
    if code is None:
        return Text("", "")
    words = Text(enumeration.label(code, "zh"), enumeration.label(code, "en"))
    return Text(f"{prefix}类：{words.zh}", f"class {prefix}: {words.en}") if prefix else words
