"""What the personnel page says: sentences that stay true on few, tied, missing and no figures, and name nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard.exhibits.exhibit import View
from dashboard.subjects import personnel, personnel_open
from dashboard.subjects import personnel_procedure as procedure
from dashboard.subjects.personnel_frame import election_years
from data_access.context import Context, Filters, Rules, Scope
from data_access.lists.listing import Listing
from data_access.text import Lang
from pages.personnel import PAGE

AS_OF = date(2026, 11, 20)
YEARS = range(2022, 2027)


def view(lang: Lang = "zh", years: tuple[int, int] = (2026, 2026), **filters: Any) -> View:
    context = Context(Scope(("990102",)), Filters(years, **filters), AS_OF, Rules(region_code="990102", small_n=10))
    return View(context, lang, "light", AS_OF)


def changes(*counts: int) -> pd.DataFrame:
    return pd.DataFrame({"year": list(YEARS), "A01": counts})


# By year


def test_the_first_year_of_a_term_stands_out_beside_other_full_years_only() -> None:
    whole = changes(145, 41, 57, 38, 29)
    assert personnel.peak(whole, whole, (2022,), view()) == "任免在换届的 2022 年最多，共 145 人次，其余整年 38–57 人次"


def test_a_term_whose_first_year_is_not_the_highest_says_the_change_instead() -> None:
    whole = changes(40, 41, 57, 38, 29)
    assert (
        personnel.peak(whole, changes(40, 41, 57, 33, 29), (2022,), view())
        == "2026 年任免 29 人次，较上年同期少 4 人次"
    )


def test_a_tie_with_another_year_is_no_peak() -> None:
    whole = changes(57, 41, 57, 38, 29)
    assert "最多" not in personnel.peak(whole, whole, (2022,), view())


def test_a_year_without_records_falls_back_to_the_plain_name() -> None:
    assert personnel.peak(changes(0, 0, 0, 0, 0), changes(0, 0, 0, 0, 0), (2022,), view()) == ""


def test_the_first_year_of_a_term_is_the_one_its_december_session_serves(sample: Engine) -> None:
    with sample.connect() as connection:
        assert election_years(connection, view()) == (2022,)


# By action


def actions(*rows: tuple[str, str, int]) -> str:
    return personnel.actions(pd.DataFrame(list(rows), columns=["code", "label", "now"]), view())


def test_actions_are_summed_by_direction_and_rare_ones_keep_their_statutory_verb() -> None:
    rows = (("APPT", "任命", 14), ("REMV", "免职", 11), ("DECIDE_A", "决定任命", 2), ("RESIGN", "接受辞职", 1))
    assert actions(*rows) == "任命 16 人次，免职 11 人次，接受辞职 1 人次"


def test_an_action_that_did_not_happen_is_not_mentioned() -> None:
    assert actions(("APPT", "任命", 14), ("REMV", "免职", 0), ("ACT", "决定代理", 0)) == "任命 14 人次"


# Procedure


def facts(exam: tuple[int, int], statement: tuple[int, int], oath: tuple[int, int], exempt: int = 0) -> procedure.Facts:
    total = {"A04.k": exam[0], "A04.n": exam[1], "A04p.k": exam[0], "A04p.n": exam[0]}
    total |= {"A06.k": statement[0], "A06.n": statement[1], "A05.k": oath[0], "A05.n": oath[1]}
    rows = [("PASS", "GAVE", "SC", "APPT", oath[1]), ("EXEMPT", "EXEMPT", "NA", "REMV", exempt)]
    return procedure.Facts(pd.Series(total), pd.DataFrame(rows, columns=["exam", "statement", "oath", "action", "A01"]))


def test_what_is_missing_is_said_with_its_year() -> None:
    title = procedure.compose_procedure(facts((14, 15), (5, 5), (13, 16)), view()).title
    assert title == "2026 年任职程序有缺：未考 1 人次、未宣誓 3 人次"


def test_a_complete_procedure_is_said_of_the_years_asked_for() -> None:
    picture = procedure.compose_procedure(facts((15, 15), (5, 5), (16, 16)), view(years=(2025, 2026)))
    assert picture.title == "2025–2026 年任前考试、供职发言、宪法宣誓均无缺项"


def test_exempt_persons_are_outside_the_base_and_few_make_no_percentage() -> None:
    picture = procedure.compose_procedure(facts((14, 15), (4, 5), (16, 16), exempt=3), view())
    exam, statement, _, _ = picture.body.stages  # type: ignore[union-attr]
    assert exam.lines == ("参考率 93.3%（n=15）", "参考者合格率 100.0%（n=14）", "另免考 3 人次")
    assert statement.lines[0] == "发言率 4/5"
    assert statement.warning == "未发言 1 人次"


def test_results_of_examinations_known_as_totals_alone_do_not_stand_beside_a_part() -> None:
    picked = view(picks=(("action", "APPT"),))
    exam, *_ = procedure.compose_procedure(facts((14, 15), (4, 5), (16, 16)), picked).body.stages  # type: ignore[union-attr]
    assert exam.lines[0] == "参考率 93.3%（n=15）"
    assert not any("合格率" in line for line in exam.lines)


def test_no_appointment_that_requires_anything_is_said() -> None:
    assert procedure.compose_procedure(facts((0, 0), (0, 0), (0, 0)), view()).body is None


# The open list


def step(number: str, decided: date, *, oath: bool = False, exam: bool = False, speech: bool = False) -> dict[str, Any]:
    return {
        "record": number, "post": f"职务{number}", "organ_class": "CRT", "decided_on": decided,
        "is_oath_open": oath, "is_exam_open": exam, "is_statement_open": speech,
    }  # fmt: skip


def opened(*rows: dict[str, Any], lang: Lang = "zh") -> Any:
    return personnel_open.compose(Listing(pd.DataFrame(list(rows)), {}, {}, "appointment", len(rows)), view(lang))


def test_oaths_and_examinations_come_first_and_one_appointment_is_one_line() -> None:
    picture = opened(
        step("A", date(2021, 1, 5), speech=True),
        step("B", date(2026, 10, 21), oath=True, exam=True),
    )
    assert picture.title == "2 项任职程序待补"
    assert picture.subtitle.startswith("未宣誓 1、未考试 1、未发言 1 人次")
    assert [(item.chip, item.title) for item in picture.body.items] == [("未宣誓", "职务B"), ("未发言", "职务A")]
    assert picture.body.items[0].note == "法院 · 2026-10-21 决定 · 已 30 天 · 另未考试"


def test_nothing_open_is_said_of_the_range_only() -> None:
    assert opened().empty == "截至 2026-11-20，所选范围内没有未考试、未发言或未宣誓的在任人员。"


# Townships


@pytest.mark.parametrize("exhibit", PAGE.exhibits(), ids=lambda exhibit: exhibit.key)
def test_a_township_without_appointments_says_why_and_offers_the_whole_district(exhibit: Any, sample: Engine) -> None:
    asked = view(townships=("990102101",))
    with sample.connect() as connection:
        picture = exhibit.compose(exhibit.query(connection, asked), asked)
    assert picture.body is None
    assert "不按乡镇（街道）区分" in picture.empty
    assert picture.more[0] == "看全区"
    assert "townships" not in picture.more[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_exhibit_names_a_person(sample: Engine, lang: Lang) -> None:
    asked = view(lang, years=(2022, 2026))
    with sample.connect() as connection:
        names = {row[0] for row in connection.exec_driver_sql("SELECT DISTINCT person FROM appointment")}
        shown = ""
        for exhibit in PAGE.exhibits():
            picture = exhibit.compose(exhibit.query(connection, asked), asked)
            shown += f"{picture.title}{picture.foot}{picture.body.html()}{picture.table.to_csv()}"
    assert [name for name in names if f">{name}<" in shown or f",{name}," in shown] == []


@pytest.mark.parametrize(
    ("year", "rule", "head", "column"),
    [(2026, "竖线为上年同期", "较同期", "上年同期"), (2025, "竖线为上年", "较上年", "上年")],
)
def test_a_finished_year_stands_beside_the_whole_year_before(
    sample: Engine, year: int, rule: str, head: str, column: str
) -> None:
    exhibit = PAGE.exhibit("actions")
    assert exhibit is not None
    with sample.connect() as connection:
        picture = exhibit.compose(exhibit.query(connection, view(years=(year, year))), view(years=(year, year)))
    assert picture.subtitle.endswith(rule)
    assert picture.body.heads[-1] == head  # type: ignore[union-attr]
    assert picture.table.columns[-1] == column
