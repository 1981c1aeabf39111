"""What the page of decisions and meetings says: sentences that stay true on few, missing and no figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard.exhibits.exhibit import View
from dashboard.subjects import decisions, meetings
from dashboard.subjects.meetings import Months, Towns
from data_access.context import Context, Filters, Rules, Scope
from data_access.lists.listing import Listing
from data_access.text import Lang
from pages.decisions import PAGE

AS_OF = date(2026, 11, 20)
EVERY_OTHER = {(year, month): 1 for year in range(2022, 2027) for month in range(2, 13, 2)}


def view(lang: Lang = "zh", years: tuple[int, int] = (2026, 2026), as_of: date = AS_OF, **filters: Any) -> View:
    context = Context(Scope(("990102",)), Filters(years, **filters), as_of, Rules(region_code="990102"))
    return View(context, lang, "light", as_of)


# The calendar


def calendar(held: Mapping[tuple[int, int], int], *gaps: tuple[int, int]) -> Months:
    return Months(held, frozenset(gaps))


def test_a_calendar_without_gaps_says_so_of_the_years_on_record() -> None:
    title = meetings.calendar_title(calendar(EVERY_OTHER), view())
    assert title == "2022–2026 年常委会会议每两个月至少举行一次，没有间断"
    late = {key: n for key, n in EVERY_OTHER.items() if key[0] > 2023}
    assert meetings.calendar_title(calendar(late), view()).startswith("2024–2026 年")


def test_gaps_are_named_by_their_months_also_over_a_new_year() -> None:
    assert meetings.calendar_title(calendar(EVERY_OTHER, (2024, 4)), view()) == (
        "常委会会议有间断：2024 年 3–4 月没有举行"
    )
    longer = calendar(EVERY_OTHER, (2024, 4), (2024, 5), (2026, 1))
    assert meetings.calendar_title(longer, view()) == (
        "常委会会议有间断：2024 年 3–5 月、2025 年 12 月至 2026 年 1 月没有举行"
    )
    assert "Mar to May 2024" in meetings.calendar_title(longer, view("en"))


def test_a_year_without_records_among_others_is_not_called_kept() -> None:
    holed = {key: n for key, n in EVERY_OTHER.items() if key[0] != 2024}
    picture = meetings.compose_calendar(calendar(holed), view())
    assert picture.title == "常委会会议日历"
    assert picture.foot.endswith("2024 年没有会议记录。")
    assert picture.table["1月"].fillna("").tolist() == ["0", "0", "", "0", "0"]


def test_months_to_come_are_blank_and_a_gap_bears_its_word() -> None:
    held = {(2026, 2): 1, (2026, 6): 2}
    picture = meetings.compose_calendar(calendar(held, (2026, 4)), view())
    last = picture.table.iloc[-1].fillna("").tolist()
    assert last == ["2026", "0", "1", "0", "缺", "0", "2", "0", "0", "0", "0", "", "", 3]
    words = [note["text"] for note in picture.body.figure["layout"]["annotations"]]  # type: ignore[union-attr]
    assert words == ["1", "缺", "2"]


def test_no_meeting_at_all_is_said() -> None:
    assert meetings.compose_calendar(calendar({}), view()).empty == ("2022–2026 年没有常委会会议记录，换年份再看。")


# Meetings by year


def year(**values: float) -> pd.Series[Any]:
    return pd.Series({"year": 2026, "M01": 0, "M02": 0, "M03.k": 0, "M03.n": 0} | values)


def test_the_last_year_s_meetings_come_with_attendance_where_it_is_on_record() -> None:
    known = year(M01=7, M02=16, **{"M03.k": 201, "M03.n": 217})
    assert meetings.years_title(known, view()) == "2026 年常委会会议 7 次、主任会议 16 次，出席率 92.6%（n=217）"
    assert meetings.years_title(year(M01=7, M02=16), view()) == "2026 年常委会会议 7 次、主任会议 16 次"
    assert meetings.years_title(year(), view()) == ""


# Township congresses

PLACES = (("990102001", "市街道", "STREET"), ("990102101", "河镇", "TOWN"), ("990102102", "山镇", "TOWN"))


def towns(**counts: tuple[int, ...]) -> Towns:
    codes = {"river": "990102101", "hill": "990102102"}
    held = {
        (codes[name], year): n
        for name, row in counts.items()
        for year, n in zip(range(2022, 2027), row, strict=True)
        if n
    }
    return Towns(PLACES, held)


def test_a_subdistrict_has_no_congress_and_is_not_listed() -> None:
    found = towns(river=(2, 2, 2, 2, 1), hill=(2, 2, 2, 2, 0))
    picture = meetings.compose_towns(found, view())
    assert picture.table["乡镇"].tolist() == ["河镇", "山镇"]
    assert picture.title == "2022–2025 年各乡镇人代会每年都不少于两次"


def test_fewer_than_two_are_named_for_finished_years_only() -> None:
    found = towns(river=(2, 1, 2, 2, 1), hill=(2, 0, 2, 1, 0))
    assert meetings.towns_title(found, view()) == "2023 年全部 2 个乡镇、2025 年山镇人代会不足两次"


def test_years_nobody_recorded_are_no_missed_sessions() -> None:
    found = towns(river=(0, 0, 0, 2, 2), hill=(0, 0, 0, 2, 2))
    assert meetings.towns_title(found, view()) == "2025 年各乡镇人代会都不少于两次"
    assert meetings.towns_title(towns(river=(0, 0, 0, 0, 1)), view()) == ""
    assert pd.isna(meetings.compose_towns(found, view()).table["2022"]).all()


# Resolutions


def totals(*rows: tuple[int, int, int, int, int]) -> pd.DataFrame:
    """Rows of resolutions, on budgets, on major matters, final accounts, sessions; from 2022 on."""
    columns = ["D01", "D01.fin", "D01.major", "D01.acc", "M01.cong"]
    return pd.DataFrame(rows, columns=columns).assign(year=range(2022, 2022 + len(rows)))


def test_the_kinds_add_up_over_the_years_shown() -> None:
    made = totals((4, 2, 2, 1, 0), (10, 5, 1, 1, 1), (16, 7, 0, 1, 2), (4, 2, 2, 1, 0), (10, 4, 0, 1, 1))
    assert decisions.kinds_title(made, view()) == (
        "2022–2026 年作出决议决定 44 项，批准预决算及计划调整 20 项、重大事项 5 项"
    )
    assert decisions.kinds_foot(made, view()) == (
        "按通过日期计。2022–2026 年每年都批准了决算。"
        "2024 年有两次人代会，2022、2025 年没有，项数随之多少。人事任免不计入。"
    )


def test_of_one_kind_nothing_is_said_of_the_others() -> None:
    made = totals((4, 0, 0, 0, 0), (10, 0, 0, 0, 1), (16, 0, 0, 0, 2), (4, 0, 0, 0, 0), (10, 0, 0, 0, 1))
    title = decisions.kinds_title(made, view(picks=(("resolution_kind", "LAW"),)))
    assert title == "2022–2026 年作出决议决定 44 项，都是“法治建设”"


def test_a_year_without_final_accounts_is_named_unless_it_is_unfinished() -> None:
    made = totals((4, 2, 2, 1, 1), (10, 5, 1, 0, 1), (0, 0, 0, 0, 0), (4, 2, 2, 1, 1), (3, 1, 0, 0, 1))
    assert decisions.kinds_foot(made, view()) == (
        "按通过日期计。2023 年没有批准决算的记录（依法每年一项），请核实。人事任免不计入。"
    )


def test_a_picked_kind_says_nothing_of_final_accounts() -> None:
    made = totals(*[(1, 0, 1, 0, 1)] * 5)
    assert "决算" not in decisions.kinds_foot(made, view(picks=(("resolution_kind", "MAJOR"),)))


def resolved(*rows: dict[str, Any]) -> Listing:
    usual = {"kind": "MAJOR", "organ": "SC", "adopted_on": date(2026, 5, 8), "report_state": "NONE"}
    made = [usual | {"record": str(i), "title": f"决议{i}"} | row for i, row in enumerate(rows)]
    return Listing(pd.DataFrame(made), {}, {}, "resolution", len(made))


def test_titles_stand_whole_with_organ_and_report() -> None:
    found = resolved({"title": "关于某事的决定"}, {"organ": "CONG", "report_state": "OWED"})
    picture = decisions.compose_titles(found, view())
    assert picture.subtitle.endswith("报告情况截至 2026-11-20")
    assert picture.title == "2026 年决议决定 2 项：人代会 1 项、常委会 1 项"
    assert [cell.text for cell in picture.body.lines[0].cells] == [  # type: ignore[union-attr]
        "2026-05-08", "关于某事的决定", "重大事项", "常委会", "–"
    ]  # fmt: skip
    assert picture.body.lines[1].cells[-1].tone == "late"  # type: ignore[union-attr]
    assert decisions.compose_titles(resolved(), view()).empty == "2026 年没有决议决定记录，可放宽年份再看。"


def reports(*due: date, of: int = 0, on_time: int = 0) -> Any:
    rows = [{"adopted_on": date(2024, 5, 1), "report_due_on": day} for day in due]
    return decisions.compose_reports(decisions.Reports(resolved(*rows), of, on_time), view())


def test_overdue_reports_come_first_and_are_counted_apart() -> None:
    picture = reports(date(2026, 11, 19), date(2026, 11, 20), date(2027, 3, 1), of=3, on_time=2)
    assert picture.title == "1 项决议执行情况到期未报告，2 项未到期"
    assert picture.subtitle == "2026 年应报告 3 项，按期报告 2 项"
    assert [(item.chip, item.tone) for item in picture.body.items] == [
        ("超期 1 天", "late"),
        ("剩 0 天", "soon"),
        ("剩 101 天", "quiet"),
    ]
    assert picture.more[0] == "到期未报告 1 项"


def test_nothing_overdue_names_the_next_and_nothing_at_all_is_said() -> None:
    assert reports(date(2027, 3, 1)).title == "没有到期未报告，最近一项 2027-03-01 到期"
    assert reports().empty == ("截至 2026-11-20 没有待报告执行情况的决议决定；2026 年没有应报告的决议决定。")


# Townships


@pytest.mark.parametrize("exhibit", PAGE.exhibits(), ids=lambda exhibit: exhibit.key)
def test_a_township_has_only_its_own_congress_s_sessions(exhibit: Any, sample: Engine) -> None:
    asked = view(townships=("990102101",))
    with sample.connect() as connection:
        picture = exhibit.compose(exhibit.query(connection, asked), asked)
    if exhibit.key == "towns":
        assert picture.table.shape[0] == 1
        return
    assert picture.body is None and "属全区事项" in picture.empty
    assert picture.more[0] == "看全区" and "townships" not in picture.more[1]


def test_a_subdistrict_alone_is_told_that_it_has_no_congress(sample: Engine) -> None:
    asked = view(townships=("990102001",))
    with sample.connect() as connection:
        picture = meetings.TOWNSHIP_SESSIONS.compose(meetings.TOWNSHIP_SESSIONS.query(connection, asked), asked)
    assert picture.empty == "所选范围内没有乡镇人代会会议记录；街道不设人代会。"
