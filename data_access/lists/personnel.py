"""Personnel row by row: procedures still open, election years, the spread of approval, one appointment's history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pandas import DataFrame, Series, cut
from sqlalchemy import Connection, RowMapping, select

from data_access.context import Context, periods
from data_access.lists.listing import Event, Listing, events_table, records, table
from data_access.measure import periods_for
from data_access.metrics import METRICS
from data_access.rows import ROWS
from data_access.rows import history as facts
from data_access.rows.base import bound
from data_access.rows.personnel import PUT_IN_OFFICE, SWORN
from data_access.tables import codes
from data_access.text import Text

# Lower bounds of the bands of approval, in per cent of all members, and the words for each band.
BANDS = (0, 80, 90, 95, 100)
BAND_WORDS = (
    Text("不足80%", "Under 80 %"),
    Text("80%至90%以下", "80 % to under 90 %"),
    Text("90%至95%以下", "90 % to under 95 %"),
    Text("95%至100%以下", "95 % to under 100 %"),
    Text("全票", "All members"),
)


def unsworn(connection: Connection, context: Context, *, search: str = "", limit: int = 50, offset: int = 0) -> Listing:
    """Posts whose holder still has to swear the oath, the longest waiting first; no names."""
    return records(connection, METRICS["A05a"], context, search=search, limit=limit, offset=offset)


def open_procedures(connection: Connection, context: Context) -> DataFrame:
    """Posts held with the examination, the statement or the oath outstanding on the last day; no names.

    Returns: Columns ``record``, ``post``, ``organ_class`` (code), ``decided_on``, ``is_exam_open``,
    ``is_statement_open``, ``is_oath_open``, ``days_since`` (the decision, to the last day); the oldest first.
    """
    metric = METRICS["A05a"]
    source = ROWS[metric.rows]
    over = periods_for(connection, metric, context, by_year=False)
    names = ("post", "organ_class", "decided_on", "is_exam_open", "is_statement_open", "is_oath_open", "days_since")
    found = table(connection, source, ("id", *names), context, over, order=("decided_on", "id"))
    return found.rename(columns={"id": "record"})


def election_years(connection: Connection, context: Context) -> tuple[int, ...]:
    """Years asked for in which a term of the district congress began or its government was appointed.

    Such years are not to be compared with ordinary ones. A term that begins in December marks the next year too.
    Source: Organic Law of Local Congresses, art. 71: a new government's heads are appointed within two months.
    """
    starts = connection.execute(facts.term_starts(context)).scalars().all()
    marked = {day.year for day in starts} | {day.year + (day.month + 2 > 12) for day in starts}
    return tuple(year for year in context.years if year in marked)


def approval(connection: Connection, context: Context) -> DataFrame:
    """How many decisions passed with which share of all members, over the years asked for.

    Nothing about any one decision: below ``rules.small_n`` decisions the counts are missing.

    Returns: Columns ``band`` (Text), ``decisions`` (count or missing); the bands of ``BANDS`` in order.
    """
    source = ROWS["appointment_totals"]
    rows = source.rows(context, periods(context))
    wanted = METRICS["A07"].counted(rows)
    votes_cast = select(rows.c.v_for, rows.c.members).where(wanted, source.picked(rows, context))
    lines = connection.execute(votes_cast, bound(context, periods(context)))
    shares = Series([100 * votes / members for votes, members in lines], dtype=float)
    counts = cut(shares, [*BANDS, 101], right=False).value_counts(sort=False).tolist()
    is_small = len(shares) < context.rules.small_n
    return DataFrame({"band": list(BAND_WORDS), "decisions": [None] * len(BANDS) if is_small else counts})


def history(connection: Connection, record: str, context: Context) -> DataFrame:
    """One appointment: examination, statement, decision, oath, end; without votes, results or the name.

    Returns:
        Columns ``date``, ``event`` (Text), ``who`` (the post), ``detail`` (Text), ``is_future``; steps outstanding on
        the as-of day stand last, undated. No rows for a record unknown or out of scope.
    """
    found = connection.execute(facts.appointed(context, record)).mappings().first()
    if found is None or found["decided_on"] > context.as_of:
        return events_table([])
    return events_table([*_steps(found, context.as_of), *_outstanding(found, context.as_of)])


def _steps(row: RowMapping, today: date) -> Iterator[Event]:
    post, day = row["post"], row["decided_on"]
    if _is_examined(row, today):
        yield Event(row["exam_on"] or day, Text("任前法律考试", "Law examination"), post, Text("已参加", "taken"))
    if row["exam"] == "EXEMPT":
        yield Event(day, Text("任前法律考试", "Law examination"), post, Text("免考", "exempt"))
    if row["statement"] == "GAVE":
        yield Event(day, Text("供职发言", "Statement"), post)
    yield Event(day, Text("表决通过", "Decided"), post, _words(codes.ACTION, row["action"]))
    if _is_sworn(row, today):
        yield Event(row["oath_on"] or day, Text("宪法宣誓", "Oath"), post, _words(codes.OATH, row["oath"]))
    if _has_left(row, today):
        yield Event(row["left_on"], Text("离任", "Left the post"), post)


def _outstanding(row: RowMapping, today: date) -> Iterator[Event]:
    """Steps still to come; none once the person has left."""
    if _has_left(row, today):
        return
    if row["exam"] in ("DUE", "PASS", "FAIL") and not _is_examined(row, today):
        yield Event(None, Text("任前法律考试待补", "Examination outstanding"), row["post"], is_future=True)
    if row["statement"] == "DUE":
        yield Event(None, Text("供职发言待补", "Statement outstanding"), row["post"], is_future=True)
    if row["oath"] != "NA" and row["action"] in PUT_IN_OFFICE and not _is_sworn(row, today):
        yield Event(None, Text("宪法宣誓待补", "Oath outstanding"), row["post"], is_future=True)


def _is_examined(row: RowMapping, today: date) -> bool:
    return row["exam"] in ("PASS", "FAIL") and (row["exam_on"] is None or row["exam_on"] <= today)


def _is_sworn(row: RowMapping, today: date) -> bool:
    return row["oath"] in SWORN and (row["oath_on"] is None or row["oath_on"] <= today)


def _has_left(row: RowMapping, today: date) -> bool:
    return row["left_on"] is not None and row["left_on"] <= today


def _words(enumeration: codes.Codes, code: object) -> Text:
    return Text(enumeration.label(code, "zh"), enumeration.label(code, "en"))
