"""Totals that exist only on paper: rows where there are rows, the printed total where there are none, never both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import isnan
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import Connection

from data_access.context import Context, Rules, Scope
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Window
from data_access.origins import load, origin
from data_access.reported import Total, reported, years_of, years_of_terms
from data_access.rows.evidence import ALWAYS, DATED, PARTS, REGISTERS
from data_access.tables import TABLES
from tests.data_access.factories import (
    DISTRICT,
    HILL,
    MARKET,
    RIVER,
    add,
    add_proposal,
    add_reply,
    context,
    empty_database,
)

REPORT = "区四届人大四次会议常委会工作报告"


@pytest.fixture
def db() -> Iterator[Connection]:
    connection = empty_database()
    yield connection
    connection.close()


def printed(db: Connection, metric: str, period: str, value: float, base: float | None = None, **more: Any) -> None:
    usual = {"region_code": DISTRICT, "source_doc": REPORT, "unit": "件", "is_estimate": False}
    add(db, "reported_figure", metric_id=metric, period=period, value=value, denominator=base, **(usual | more))


def asked(db: Connection, years: tuple[int, int] = (2022, 2024), **more: Any) -> Context:
    made = context(years=years, **more)
    return replace(made, reported=load(db, made.scope))


def suggestion(db: Connection, id: str, year: int, **more: Any) -> None:
    day = {"submitted_on": date(year, 1, 15), "assigned_on": date(year, 2, 1)}
    add_proposal(db, id, handling_year=year, **(day | more))


def by_year(db: Connection, key: str, view: Context, **more: Any) -> list[Any]:
    found = measure(db, [METRICS[key]], view, ["year"], **more)[key]
    return [None if isnan(value) else value for value in found]


def total(db: Connection, key: str, view: Context) -> Any:
    return measure(db, [METRICS[key]], view)[key].iloc[0]


def test_a_clerk_can_follow_a_count_over_three_kinds_of_years(db: Connection) -> None:
    """2022: printed, 40 items. 2023: nobody filled it in. 2024: two items on record. Together 42, without 2023."""
    printed(db, "P01", "2022", 40)
    suggestion(db, "a", 2024)
    suggestion(db, "b", 2024)
    view = asked(db)
    assert by_year(db, "P01", view) == [40, None, 2]
    assert total(db, "P01", view) == 42
    made = origin(view, METRICS["P01"])
    assert (made.rows, made.paper_years, made.lacking) == ((2024,), (2022,), (2023,))
    assert made.documents == (REPORT,)
    assert not made.is_missing and not made.is_whole and not made.is_reported


def test_rows_win_over_a_printed_total_of_the_same_year(db: Connection) -> None:
    printed(db, "P01", "2024", 40)
    suggestion(db, "a", 2024)
    view = asked(db, (2024, 2024))
    assert total(db, "P01", view) == 1
    assert origin(view, METRICS["P01"]).is_whole


def test_a_year_with_rows_but_none_that_counts_is_a_true_nought(db: Connection) -> None:
    suggestion(db, "a", 2024)
    assert by_year(db, "P02", asked(db)) == [None, None, 0]


def test_a_year_nobody_filled_in_is_missing_and_never_nought(db: Connection) -> None:
    suggestion(db, "a", 2024)
    view = asked(db, (2022, 2023))
    for key in ("P01", "P04", "P07", "A08", "S07"):
        assert isnan(total(db, key, view)), key
        assert origin(view, METRICS[key]).is_missing, key


def test_a_printed_nought_is_a_nought(db: Connection) -> None:
    printed(db, "P02", "2023", 0)
    suggestion(db, "a", 2024)
    assert by_year(db, "P02", asked(db)) == [None, 0, 0]


def test_shares_are_made_anew_from_the_sums_of_both_parts(db: Connection) -> None:
    """2023: 90 of 100 answered (printed). 2024: 1 of 2. Together 91 of 102, not the mean of 90 % and 50 %."""
    printed(db, "P04", "2023", 90, 100)
    suggestion(db, "a", 2024)
    suggestion(db, "b", 2024)
    add_reply(db, "a", date(2024, 3, 1))
    answer = measure(db, [METRICS["P04"]], asked(db, (2023, 2024))).iloc[0]
    assert (answer["P04.k"], answer["P04.n"], answer["P04"]) == (91, 102, 91 / 102)


def test_a_share_without_its_base_cannot_be_used(db: Connection) -> None:
    printed(db, "P04", "2023", 96)
    assert isnan(total(db, "P04", asked(db, (2023, 2023))))


def test_distinct_persons_of_several_years_do_not_add_up(db: Connection) -> None:
    """20 persons in 2022 and 1 in 2024 may be 20 or 21: the total is of the rows, and says what it lacks."""
    printed(db, "A08", "2022", 20)
    printed(db, "A08", "2023", 30)
    add(db, "appointment", person_key="x", decided_on=date(2024, 5, 1), action="APPT", organ_class="SCW")
    view = asked(db)
    assert by_year(db, "A08", view) == [20, 30, 1]
    assert total(db, "A08", view) == 1
    assert origin(view, METRICS["A08"]).lacking == (2022, 2023)
    assert isnan(total(db, "A08", asked(db, (2022, 2023))))


def test_a_total_of_a_span_answers_for_exactly_that_span(db: Connection) -> None:
    printed(db, "A08", "2022-2023", 44)
    assert total(db, "A08", asked(db, (2022, 2023))) == 44
    assert isnan(total(db, "A08", asked(db, (2021, 2023))))
    assert isnan(total(db, "A08", asked(db, (2022, 2022))))


def test_rows_win_over_a_total_of_a_span_that_they_fill(db: Connection) -> None:
    printed(db, "P01", "2023-2024", 99)
    suggestion(db, "a", 2023)
    suggestion(db, "b", 2024)
    assert total(db, "P01", asked(db, (2023, 2024))) == 2


def test_a_total_of_a_term_answers_for_its_work_years(db: Connection) -> None:
    """The fourth term met first on 20 December 2016, the fifth on 28 December 2021: it worked in 2017 to 2021."""
    for number, day in ((4, date(2016, 12, 20)), (5, date(2021, 12, 28))):
        add(db, "term", term_no=number, level="COUNTY", region_code=DISTRICT, start_on=day)
    printed(db, "A08", "T4", 153)
    assert total(db, "A08", asked(db, (2017, 2021))) == 153
    assert isnan(total(db, "A08", asked(db, (2017, 2020))))


def test_a_share_over_the_term_takes_the_terms_total_in_its_last_year(db: Connection) -> None:
    for number, day in ((4, date(2016, 12, 20)), (5, date(2021, 12, 28))):
        add(db, "term", term_no=number, level="COUNTY", region_code=DISTRICT, start_on=day)
    printed(db, "S14a", "T4", 18, 24)
    assert by_year(db, "S14a", asked(db, (2019, 2021))) == [None, None, 0.75]


def test_results_of_an_election_hold_for_the_whole_term(db: Connection) -> None:
    for number, day in ((4, date(2016, 12, 20)), (5, date(2021, 12, 28))):
        add(db, "term", term_no=number, level="COUNTY", region_code=DISTRICT, start_on=day)
    printed(db, "E01.d", "T4", 221)
    assert by_year(db, "E01.d", asked(db, (2016, 2021))) == [None, 221, 221, 221, 221, 221]


def test_what_is_counted_since_a_day_needs_every_year_since(db: Connection) -> None:
    """Since 2023-01-01 two persons are on record, both of 2024; of 2023 nothing is known."""
    for key in ("x", "y"):
        add(db, "cadre_change", person_key=key, kind="PROMOTE", effective_on=date(2024, 5, 1), region_code=DISTRICT)
    view = asked(db, (2022, 2024), rules=Rules(region_code=DISTRICT, since_cadre=date(2023, 1, 1)))
    assert total(db, "B07", view) == 2
    assert (origin(view, METRICS["B07"]).rows, origin(view, METRICS["B07"]).lacking) == ((2024,), (2023,))
    assert isnan(total(db, "B07", replace(view, filters=replace(view.filters, years=(2022, 2023)))))


def test_a_clicked_filter_cannot_be_had_from_paper(db: Connection) -> None:
    printed(db, "P01", "2023", 40)
    suggestion(db, "a", 2024, category="EDU")
    view = asked(db, (2023, 2024), picks=(("category", "EDU"),))
    assert by_year(db, "P01", view) == [None, 1]
    assert by_year(db, "S01", replace(view, filters=replace(view.filters, picks=(("oath", "SC"),)))) == [None, None]


def test_groups_other_than_year_and_township_are_not_filled(db: Connection) -> None:
    printed(db, "P01", "2023", 40)
    suggestion(db, "a", 2024, category="EDU")
    view = asked(db, (2023, 2024))
    found = measure(db, [METRICS["P01"]], view, ["year", "category"])
    assert found.values.tolist() == [[2024, "EDU", 1]]  # 2023 has no categories, rather than none in this one
    assert measure(db, [METRICS["P01"]], view, ["category"])["P01"].tolist() == [1]
    assert origin(view, METRICS["P01"], by=("category",)).lacking == (2023,)


def test_part_of_a_year_cannot_be_had_from_paper(db: Connection) -> None:
    printed(db, "P01", "2023", 40)
    suggestion(db, "a", 2024)
    assert by_year(db, "P01", asked(db, (2023, 2024)), same_dates=True) == [None, 1]


def test_a_township_known_only_from_paper_stands_among_the_others(db: Connection) -> None:
    """River has two items on record, Hill a printed total of 3, Market neither: it sent in none. Together 5."""
    suggestion(db, "a", 2024, region_code=RIVER)
    suggestion(db, "b", 2024, region_code=RIVER)
    printed(db, "P01", "2024", 3, region_code=HILL)
    view = asked(db, (2024, 2024))
    found = measure(db, [METRICS["P01"]], view, ["township"])
    assert dict(zip(found["township"], found["P01"], strict=True)) == {RIVER: 2, HILL: 3}
    assert total(db, "P01", view) == 5
    assert origin(view, METRICS["P01"], township=HILL).is_reported
    assert origin(view, METRICS["P01"], township=RIVER).is_whole
    assert total(db, "P01", asked(db, (2024, 2024), townships=(HILL,))) == 3
    assert total(db, "P01", asked(db, (2024, 2024), townships=(MARKET,))) == 0
    assert total(db, "P01", asked(db, (2024, 2024), townships=(HILL, RIVER))) == 5


def test_a_township_with_rows_of_its_own_is_never_counted_from_paper_too(db: Connection) -> None:
    suggestion(db, "a", 2024, region_code=RIVER)
    printed(db, "P01", "2024", 9, region_code=RIVER)
    view = asked(db, (2024, 2024))
    assert total(db, "P01", view) == 1
    assert measure(db, [METRICS["P01"]], view, ["township"])["P01"].tolist() == [1]


def test_a_township_with_half_of_its_rows_is_not_counted_from_paper_too(db: Connection) -> None:
    """River: 1 of 1 deputy attended. Hill's deputy is on record, activity only on paper: 3 of 4. Together 4 of 5."""
    for id, code in (("r", RIVER), ("h", HILL)):
        add(db, "deputy", id=id, region_code=code, start_on=date(2022, 1, 5))
    add(db, "deputy_activity", id="x", kind="STN", held_on=date(2024, 3, 1), deputy_id="r", region_code=RIVER)
    printed(db, "L05", "2024", 3, 4, region_code=HILL)
    for view in (asked(db, (2024, 2024)), asked(db, (2024, 2024), townships=(HILL, RIVER))):
        for by in ((), ("year",)):
            found = measure(db, [METRICS["L05"]], view, by).iloc[-1]
            assert (found["L05.k"], found["L05.n"]) == (4, 5), by
    found = measure(db, [METRICS["L05"]], asked(db, (2024, 2024)), ["township"])
    assert dict(zip(found["township"], found["L05.n"], strict=True)) == {RIVER: 1, HILL: 4}


def test_what_is_kept_for_the_whole_district_is_not_counted_again_for_a_township(db: Connection) -> None:
    """Supervision is recorded under the district's own code: a township's total may be part of it."""
    add(db, "supervision_item", id="s", kind="RPT", region_code=DISTRICT, held_on=date(2024, 4, 1), plan_year=2024)
    printed(db, "S01", "2024", 2, region_code=HILL)
    assert total(db, "S01", asked(db, (2024, 2024))) == 1


def test_the_total_of_a_district_is_not_guessed_from_some_townships(db: Connection) -> None:
    printed(db, "P01", "2023", 3, region_code=HILL)
    view = asked(db, (2023, 2023))
    assert isnan(total(db, "P01", view))
    found = measure(db, [METRICS["P01"]], view, ["township"])
    assert found.values.tolist() == [[HILL, 3]]


def test_what_stood_on_a_day_is_known_after_the_first_row(db: Connection) -> None:
    """A station opened in May 2023 stands in 2024 too, though nothing was opened that year."""
    add(db, "station", id="s", level="ST", established_on=date(2023, 5, 1))
    printed(db, "L01.ST", "2022", 7)
    assert by_year(db, "L01.ST", asked(db, (2021, 2024))) == [None, 7, 1, 1]
    assert total(db, "L01.ST", asked(db, (2021, 2022))) == 7  # a stock is that of the last day, never a sum


def test_activity_of_the_year_needs_rows_of_the_year(db: Connection) -> None:
    """Deputies are on record since 2022, what they did since 2024: 2023 is unknown, not a year of idle deputies."""
    add(db, "deputy", id="d", start_on=date(2022, 1, 5))
    add(db, "deputy_activity", id="x", kind="STN", held_on=date(2024, 3, 1), deputy_id="d")
    assert by_year(db, "L05", asked(db)) == [None, None, 1]


def test_before_the_first_day_on_record_nothing_is_looked_for(db: Connection) -> None:
    """One record, of the last day of 2024: none before that year, and nothing is left out from then on."""
    add(db, "deputy", id="d", start_on=date(2022, 1, 5))
    assert asked(db).reported.first_day("deputy_activity") == date(9999, 1, 1)
    add(db, "deputy_activity", id="x", kind="STN", held_on=date(2024, 12, 31), deputy_id="d")
    assert asked(db).reported.first_day("deputy_activity") == date(2024, 1, 1)
    assert context().reported.first_day("deputy_activity") == date.min  # nothing is known
    with_all = measure(db, [METRICS["L05"]], context(years=(2022, 2024)), ["year"])["L05.n"]
    assert with_all.tolist() == measure(db, [METRICS["L05"]], asked(db), ["year"])["L05.n"].fillna(0).tolist()


def test_a_reader_of_one_township_sees_no_total_of_the_district(db: Connection) -> None:
    printed(db, "P01", "2023", 40)
    printed(db, "P01", "2023", 3, region_code=HILL)
    assert load(db, Scope((HILL,))).totals.keys() == {("P01", HILL, (2023,))}
    assert total(db, "P01", asked(db, (2023, 2023), scope=(HILL,))) == 3
    assert isnan(total(db, "P01", asked(db, (2023, 2023), scope=(RIVER,))))
    assert load(db, Scope()).totals == {}


def test_without_anything_loaded_rows_are_taken_as_they_are(db: Connection) -> None:
    assert total(db, "P01", context()) == 0


def test_an_empty_database_knows_nothing(db: Connection) -> None:
    counted = [metric for metric in METRICS.values() if metric.window is not Window.CHANGE]
    answer = measure(db, counted, asked(db)).iloc[0]
    assert [metric.key for metric in counted if not isnan(answer[metric.key])] == []


@pytest.mark.parametrize(
    ("written", "years"),
    [("2019", (2019,)), (" 2019-2020 ", (2019, 2020)), ("2019–2020", (2019, 2020)), ("T4", (2017, 2018)), ("T5", ()),
     ("2020-2019", ()), ("2000-2050", ()), ("去年", ()), ("", ())],
)  # fmt: skip
def test_periods_as_they_are_written(written: str, years: tuple[int, ...]) -> None:
    assert years_of(written, {4: (2017, 2018)})[0] == years


def test_work_years_of_terms() -> None:
    assert years_of_terms({5: date(2021, 12, 28), 4: date(2016, 12, 20), 3: date(2012, 1, 9)}) == {
        3: (2012, 2013, 2014, 2015, 2016),
        4: (2017, 2018, 2019, 2020, 2021),
    }


def test_every_metric_names_tables_whose_years_are_known() -> None:
    known = {*DATED, *PARTS, *ALWAYS}
    assert [(m.key, m.table) for m in METRICS.values() if not m.tables or not known.issuperset(m.tables)] == []
    assert known <= set(TABLES) and set(REGISTERS) <= set(DATED)


def test_equal_content_is_equal_and_short_in_a_cache_key() -> None:
    one = Total("P01", DISTRICT, (2019,), 40, None, REPORT)
    kept = [("proposal", 2021, RIVER), ("proposal", 2021, HILL)]
    assert reported(kept, [one]) == reported(reversed(kept), [one])
    assert reported(kept, [one]) != reported(kept, [replace(one, value=41)])
    assert len(repr(reported(kept, [one]))) < 40


def test_contexts_that_differ_by_their_years_alone_share_one_without() -> None:
    one, other = context(years=(2021, 2021)), context(years=(2022, 2024))
    assert one.of_any_years is other.of_any_years
    assert one.of_any_years is not one.with_filters(picks=(("category", "FIN"),)).of_any_years


CELLS = some.dictionaries(
    some.integers(2018, 2024),
    some.tuples(some.integers(0, 3), some.one_of(some.none(), some.tuples(some.integers(0, 50), some.integers(1, 50)))),
    max_size=7,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=CELLS)
def test_the_whole_is_the_sum_of_its_known_years_whatever_they_are_made_of(
    db: Connection, cells: dict[int, tuple[int, tuple[int, int] | None]]
) -> None:
    """Every year has some rows or none and a printed total or none; the rules are worked out again by hand here."""
    for table in ("proposal", "reported_figure"):
        db.execute(TABLES[table].delete())
    expected: dict[int, int] = {}
    for year, (rows, paper) in cells.items():
        for number in range(rows):
            suggestion(db, f"{year}-{number}", year)
        if paper:
            printed(db, "P01", str(year), paper[0])
            printed(db, "P04", str(year), min(paper), paper[1])
        if rows or paper:
            expected[year] = rows or (paper or (0, 0))[0]
    view = asked(db, (2018, 2024))
    years = range(2018, 2025)
    assert by_year(db, "P01", view) == [expected.get(year) for year in years]
    whole, made = total(db, "P01", view), origin(view, METRICS["P01"])
    assert isnan(whole) if not expected else whole == sum(expected.values())
    assert sorted((*made.rows, *made.paper_years, *made.lacking)) == list(years)  # each year once: never both
    assert set(made.rows) == {year for year, (rows, _) in cells.items() if rows}
    shares = measure(db, [METRICS["P04"]], view, ["year"])
    answer = measure(db, [METRICS["P04"]], view).iloc[0]
    if expected:
        assert (answer["P04.k"], answer["P04.n"]) == (shares["P04.k"].sum(), shares["P04.n"].sum())
