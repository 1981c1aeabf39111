"""The yearly duties as one line and with the days left: true in November, at the end of December and in January."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from dashboard.exhibits.exhibit import View
from dashboard.exhibits.plot import Stack
from dashboard.subjects import supervision_duties, supervision_limits
from dashboard.subjects.overview import today
from data_access.context import Context, Filters, Rules, Scope
from data_access.lists.listing import Listing
from data_access.text import Lang

NOVEMBER = date(2026, 11, 20)


def view(as_of: date = NOVEMBER, year: int | None = None, lang: Lang = "zh", **filters: Any) -> View:
    asked = Filters((year or as_of.year,) * 2, **filters)
    return View(Context(Scope(("990102",)), asked, as_of, Rules(region_code="990102")), lang, "light", as_of)


def duty(year: int, item: str, state: str, limit: date | None = None, record: str | None = "S1") -> dict[str, Any]:
    limit = limit or date(year, 12, 31)
    known = {"record": record, "title": f"事项{item}" if record else None, "planned_on": None}
    return {"year": year, "legal_item": item, "state": state, "limit_on": limit} | known


def listing(*rows: dict[str, Any]) -> Listing:
    return Listing(pd.DataFrame(list(rows)), {}, {}, "supervision_item", len(rows))


DONE_OF_2026 = tuple(duty(2026, item, "DONE") for item in ("FINAL", "PLAN", "BUDGET", "AUDIT", "ASSETS", "DEBT", "ENV"))
RECTIFY = duty(2026, "RECTIFY", "OPEN", date(2027, 2, 27))


def test_what_is_open_is_counted_and_named_with_its_last_day() -> None:
    found = listing(*DONE_OF_2026, duty(2026, "RECORD", "OPEN"), RECTIFY, duty(2026, "SUGGEST", "OPEN"))
    item = supervision_limits.line(found, view())
    assert item is not None
    assert item.title == "2026 年法定监督项目 10 项，已办 7 项，尚有 3 项"
    assert item.note == "备案审查、建议办理（限 2026-12-31）；审计整改（限 2027-02-27）"
    assert (item.chip, item.tone) == ("剩 41 天", "quiet")


def test_in_the_last_days_of_december_the_line_is_urgent_and_on_the_last_day_still_in_time() -> None:
    found = listing(*DONE_OF_2026, duty(2026, "RECORD", "OPEN"))
    soon, last = (supervision_limits.line(found, view(date(2026, 12, day))) for day in (20, 31))
    assert soon is not None and (soon.chip, soon.tone) == ("剩 11 天", "soon")
    assert last is not None and last.chip == "剩 0 天"


def test_in_january_what_the_old_year_left_bears_its_year() -> None:
    found = listing(*DONE_OF_2026, RECTIFY)
    item = supervision_limits.line(found, view(date(2027, 1, 10)))
    assert item is not None
    assert (item.chip, item.title) == ("待安排", "2027 年法定监督项目尚无计划和记录")
    assert item.note == "2026 年审计整改（限 2027-02-27）"
    planned = listing(*DONE_OF_2026, RECTIFY, duty(2027, "ENV", "OPEN"), duty(2027, "DEBT", "DONE"))
    item = supervision_limits.line(planned, view(date(2027, 1, 10)))
    assert item is not None and item.title == "2027 年法定监督项目 2 项，已办 1 项，尚有 1 项"
    assert item.note == "2026 年审计整改（限 2027-02-27）；环境状况（限 2027-12-31）"
    assert item.chip == "剩 48 天"


def test_a_new_year_with_nothing_left_says_what_the_law_expects() -> None:
    item = supervision_limits.line(listing(*DONE_OF_2026), view(date(2027, 1, 10)))
    assert item is not None and item.note.startswith("依法每年听取 10 项")


def test_this_year_done_with_something_left_of_the_last_is_both() -> None:
    item = supervision_limits.line(listing(duty(2026, "ENV", "DONE"), duty(2025, "DEBT", "MISSED")), view())
    assert item is not None
    assert (item.title, item.note) == ("2026 年法定监督项目 1 项已全部办理", "2025 年政府债务（限 2025-12-31）")
    assert (item.chip, item.tone) == ("逾期 324 天", "late")


def test_nothing_open_or_nothing_known_makes_no_line() -> None:
    assert supervision_limits.line(listing(*DONE_OF_2026), view()) is None
    assert supervision_limits.line(listing(), view()) is None
    assert supervision_limits.line(listing(duty(2022, "ENV", "DONE")), view(year=2023)) is None


def test_the_list_says_how_each_last_day_is_counted() -> None:
    rows = [duty(2026, "DEBT", "OPEN", record=None), RECTIFY]
    below = supervision_limits.still_open(rows, "supervision_item", view())
    assert below is not None
    assert [[cell.text for cell in line.cells] for line in below.lines] == [
        ["剩 41 天", "政府债务", "–", "–", "2026-12-31", "每年一次，监督法第二十二条至第二十五条"],
        ["剩 99 天", "审计整改", "事项RECTIFY", "–", "2027-02-27", "听取审计报告后六个月内，监督法第二十七条"],
    ]
    assert below.lines[0].href == "" and "supervision_item" in below.lines[1].href


def test_the_matrix_in_january_names_what_the_old_year_left() -> None:
    title = supervision_duties.compose(listing(*DONE_OF_2026, RECTIFY), view(date(2027, 1, 10))).title
    assert title == "法定监督事项：2027 年尚无记录；上年审计整改尚待办理，剩 48 天"
    done = listing(*DONE_OF_2026, duty(2025, "RECTIFY", "OPEN", date(2026, 11, 30)))
    assert supervision_duties.compose(done, view()).title == (
        "法定监督事项：2026 年 7 项均已完成；上年审计整改尚待办理，剩 10 天"
    )


def test_the_overview_and_the_supervision_page_tell_the_same_of_the_sample(sample: Engine) -> None:
    for as_of in (NOVEMBER, date(2026, 12, 31), date(2027, 1, 2)):
        asked = view(as_of, townships=("990102101",))
        with sample.connect() as connection:
            made = today()
            lines = [
                item for item in made.compose(made.query(connection, asked), asked).body.items if "法定" in item.title
            ]
            page = supervision_duties.STATUTORY
            picture = page.compose(page.query(connection, asked), asked)
        assert len(lines) == 1
        assert isinstance(picture.body, Stack)
        below = picture.body.bodies[1]
        assert all(line.cells[1].text in lines[0].note for line in below.lines)
        if as_of == NOVEMBER:
            assert lines[0].title == "2026 年法定监督项目 11 项，已办 8 项，尚有 3 项"
