"""Deputies row by row: the term before to compare with, and one deputy's duty on record, without ratings or counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from pandas import DataFrame
from sqlalchemy import Connection, RowMapping

from data_access.context import Context
from data_access.lists.listing import Event, events_table
from data_access.reads import read_by
from data_access.rows import history as facts
from data_access.rows.terms import started, term_start, term_starts
from data_access.tables import codes
from data_access.text import Text

STEPS = {"RPT": Text("向选民述职", "Reported to voters"), "TRN": Text("参加培训", "Trained")}


def term_before(connection: Connection, context: Context) -> Context:
    """The same question as of the last day of the term before the one that holds the last day asked for.

    Where the database has no terms, nothing is known of the deputies of the one before.
    """
    if read_by(started(())) & context.reported.absent:
        return replace(context, reported=context.reported.without("deputy"))
    last = term_start(term_starts(connection, context), context.stock_on) - timedelta(days=1)
    return replace(context.with_filters(years=(last.year, last.year)), as_of=last)


def history(connection: Connection, record: str, context: Context) -> DataFrame:
    """A deputy's seat and the days of reports to voters and training; as known on the as-of day.

    Source: Deputies Law, art. 58: basic information and the performance of duty are published.

    Returns:
        Columns ``date``, ``event`` (Text), ``who`` (constituency), ``detail`` (Text), ``is_future``; no rows for a
        deputy unknown or out of scope.
    """
    found = connection.execute(facts.serves(context, record)).mappings().first()
    if found is None:
        return events_table([])
    days = connection.execute(facts.duty_days(context, record)).all()
    steps = [*_seat(found), *(Event(day, STEPS[kind]) for kind, day in days)]
    return events_table([step for step in steps if step.on <= context.as_of])


def _seat(row: RowMapping) -> Iterator[Event]:
    level, again = codes.CONGRESS_LEVEL, row["is_reelected"]
    detail = Text(
        f"第{row['term_no']}届{level.label(row['level'], 'zh')}代表{'，连任' if again else ''}",
        f"{level.label(row['level'], 'en')}, term {row['term_no']}{', re-elected' if again else ''}",
    )
    yield Event(row["start_on"], Text("任职", "Took the seat"), row["constituency"] or "", detail)
    if row["end_on"] is not None:
        reason = row["end_reason"]
        words = Text(codes.END_REASON.label(reason, "zh"), codes.END_REASON.label(reason, "en"))
        yield Event(row["end_on"], Text("代表资格终止", "Seat ended"), detail=words if reason else Text("", ""))
