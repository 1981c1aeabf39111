"""What the supervision page says: sentences that stay true on few, tied, missing and no figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard import formats
from dashboard.address import decode
from dashboard.exhibits.bars_by_year import Counted, grouped, leading
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.listing import Listing as Table
from dashboard.exhibits.plot import plots
from dashboard.subjects import supervision, supervision_duties, supervision_followup, supervision_plan
from dashboard.subjects import supervision_results as results
from dashboard.subjects import supervision_tools as tools
from data_access.context import Context, Filters, Rules, Scope
from data_access.lists.listing import Listing
from data_access.metrics import METRICS
from data_access.text import Lang, Text
from pages.supervision import PAGE

AS_OF = date(2026, 11, 20)
FORMS = {"RPT": Text("听取报告", "Reports"), "LEI": Text("执法检查", "Inspections"), "STU": Text("调研", "Studies")}


def view(lang: Lang = "zh", years: tuple[int, int] = (2026, 2026), **filters: Any) -> View:
    context = Context(Scope(("990102",)), Filters(years, **filters), AS_OF, Rules(region_code="990102", small_n=10))
    return View(context, lang, "light", AS_OF)


def listing(*rows: dict[str, Any], kind: str = "supervision_item") -> Listing:
    return Listing(pd.DataFrame(list(rows)), {}, {}, kind, len(rows))


def duty(year: int, item: str, state: str, planned: date | None = None) -> dict[str, Any]:
    limit = date(year, 12, 31)
    return {"record": "S1", "year": year, "legal_item": item, "state": state, "planned_on": planned, "limit_on": limit}


def owed(number: str, due: date, unit: str | None = "区财政局") -> dict[str, Any]:
    return {"record": number, "title": f"事项{number}", "target_name": unit, "followup_due_on": due}


# The statutory matrix


def test_a_missed_duty_is_named_in_the_title() -> None:
    rows = listing(duty(2026, "DEBT", "MISSED"), duty(2026, "ENV", "OPEN"), duty(2026, "FINAL", "DONE"))
    assert supervision_duties.compose(rows, view()).title == "法定监督事项：2026 年债务逾期未办"


def test_open_duties_are_within_their_limits_and_earlier_gaps_are_not_forgotten() -> None:
    rows = listing(duty(2026, "ENV", "OPEN"), duty(2024, "DEBT", "MISSED"))
    title = supervision_duties.compose(rows, view()).title
    assert title == "法定监督事项：2026 年尚有 1 项待办，均在期限内，最近一项剩 41 天；此前各年有 1 项逾期未办"


def test_duties_done_after_their_limit_are_said_to_be_late() -> None:
    rows = listing(duty(2026, "ENV", "DONE"), duty(2026, "DEBT", "LATE"))
    assert supervision_duties.compose(rows, view()).title == "法定监督事项：2026 年 2 项均已完成，其中 1 项晚于期限"


def test_a_year_without_records_is_not_a_year_of_missed_duties() -> None:
    picture = supervision_duties.compose(listing(duty(2025, "ENV", "DONE")), view())
    assert isinstance(picture.body, Table)
    assert [line.cells[0].text for line in picture.body.lines] == ["2025"]
    assert picture.title == "法定年度监督事项"
    assert "2022、2023、2024、2026 年没有监督记录" in picture.foot


@pytest.mark.parametrize(
    ("planned", "words"),
    [
        (date(2026, 12, 18), "待 12 月"),
        (None, "待 12 月"),
        (date(2026, 9, 10), "待 12 月"),
        (date(2027, 1, 8), "待次年 1 月"),
    ],
)
def test_an_open_duty_waits_for_its_planned_month_or_once_that_is_past_for_its_limit(
    planned: date | None, words: str
) -> None:
    assert supervision_duties.in_words(duty(2026, "ENV", "OPEN", planned), view()) == words


def test_the_matrix_marks_done_open_missed_and_absent_apart() -> None:
    rows = listing(duty(2026, "FINAL", "DONE"), duty(2026, "PLAN", "OPEN"), duty(2026, "BUDGET", "MISSED"))
    body = supervision_duties.compose(rows, view()).body
    assert isinstance(body, Table)
    assert [cell.tone for cell in body.lines[0].cells[1:5]] == ["done", "quiet", "late", "muted"]


def test_the_matrix_is_of_the_whole_district_whatever_townships_are_chosen() -> None:
    rows = listing(duty(2026, "FINAL", "DONE"))
    body = supervision_duties.compose(rows, view(townships=("990102101",))).body
    assert isinstance(body, Table)
    assert "townships" not in body.lines[0].cells[0].href


# Follow-up owed


def test_overdue_comes_before_soon_and_both_are_counted() -> None:
    rows = listing(owed("A", date(2026, 11, 8)), owed("B", date(2026, 11, 20)), owed("C", date(2026, 12, 5)))
    picture = supervision_followup.compose(rows, view())
    assert picture.title == "1 项审议意见反馈已逾期，2 项 15 天内到期"
    items = picture.body.items  # type: ignore[union-attr]
    assert [(item.chip, item.tone) for item in items] == [
        ("超期 12 天", "late"), ("剩 0 天", "soon"), ("剩 15 天", "soon"),
    ]  # fmt: skip


def test_when_nothing_is_near_the_next_day_is_named() -> None:
    picture = supervision_followup.compose(listing(owed("A", date(2027, 1, 28), None)), view())
    assert picture.title == "没有逾期反馈，最近一项 2027-01-28 到期"
    assert "未填报单位" in picture.body.html()  # type: ignore[union-attr]


def test_no_follow_up_outstanding_is_said_of_the_range_only() -> None:
    assert supervision_followup.compose(listing(), view()).empty == "截至 2026-11-20，所选范围内没有待反馈的审议意见。"


# The plan


def months(*rows: tuple[int | None, int, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["month", "S11.n", "S11.k", "S11b", "S11u"])


def test_a_plan_behind_says_how_many_are_past_their_day() -> None:
    picture = supervision_plan.compose_plan(months((3, 6, 6, 0, 1), (9, 4, 3, 1, 0), (12, 2, 0, 0, 0)), view())
    assert picture.title == "2026 年计划 12 项，已开展 9 项，1 项已过计划日期"
    assert "完成率 75.0%（n=12）" in picture.subtitle
    assert picture.foot.startswith("另有计划外 1 项。")


def test_a_month_of_the_plan_leads_to_the_items_of_that_month() -> None:
    picture = supervision_plan.compose_plan(months((3, 6, 6, 0, 0), (None, 2, 0, 0, 0)), view())
    links = plots(picture.body)[0].figure["data"][0]["customdata"]
    assert links[2] == "/records?years=2026&month=3&metric=S11"
    assert links[-1] == "/records?years=2026&metric=S11"


def test_items_without_a_planned_day_are_not_said_to_be_ahead_of_it() -> None:
    picture = supervision_plan.compose_plan(months((3, 6, 6, 0, 0), (None, 2, 0, 0, 0)), view())
    assert picture.title == "2026 年计划 8 项，已开展 6 项"
    assert "完成率 6/8" in picture.subtitle


def test_a_finished_plan_and_no_plan_at_all() -> None:
    assert supervision_plan.compose_plan(months((3, 2, 2, 0, 0)), view()).title == "2026 年计划 2 项，已全部开展"
    assert supervision_plan.compose_plan(months(), view()).body is None


# Points raised, votes


def points(*rows: tuple[int, int, int, int]) -> pd.DataFrame:
    made = pd.DataFrame(list(rows), columns=["year", "S07", "S08.n", "S08.k"])
    return made.assign(**{"S08": made["S08.k"] / made["S08.n"].where(made["S08.n"] > 0), "S07d": 3})


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ((2026, 20, 12, 9), "2026 年到期意见 12 条，落实 9 条"),
        ((2026, 20, 12, 12), "2026 年到期意见 12 条，均已落实"),
        ((2026, 20, 0, 0), "2026 年提出意见 20 条，均未到期或无期限"),
        ((2026, 0, 0, 0), "意见建议及其落实"),
    ],
)
def test_what_became_of_the_points_of_the_last_year(row: tuple[int, int, int, int], title: str) -> None:
    assert results.compose_opinions(points((2025, 8, 8, 8), row), view()).title == title


def test_a_rate_of_few_points_is_a_count() -> None:
    assert "落实率 3/4" in results.compose_opinions(points((2026, 9, 4, 3)), view()).subtitle


def test_points_not_due_are_the_hatched_rest_and_the_parts_add_up() -> None:
    body = results.compose_opinions(points((2026, 20, 12, 9)), view()).body
    parts = body.rungs[0].parts  # type: ignore[union-attr]
    assert [(part.tone, part.count) for part in parts] == [("good", 9), ("fair", 3), ("none", 8)]


def votes(*rows: tuple[str | None, int, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["unit", "S10.k", "S10b.k", "S10d.k", "S10.n"]).assign(S10n=1)


UNITS = {"U1": Text("区民政局", "Civil affairs"), "U2": Text("区城管局", "City management")}


def test_units_with_less_than_half_satisfied_are_named_and_exactly_half_is_not() -> None:
    low = results.compose_votes((votes(("U1", 14, 14, 0, 28), ("U2", 13, 10, 5, 28)), UNITS), view())
    assert low.title == "2 项满意度测评，区城管局满意票不到半数"
    assert results.compose_votes((votes(("U1", 14, 14, 0, 28)), UNITS), view()).title.endswith("均达半数")


def test_units_beyond_the_bars_are_said_to_be_in_the_table() -> None:
    made = results.compose_votes((votes(*((f"U{n}", 20, 5, 1, 26) for n in range(10))), UNITS), view())
    assert made.foot.endswith("另有 1 个单位见表格。")


def test_a_unit_without_a_vote_is_left_out_and_none_at_all_is_said() -> None:
    assert results.compose_votes((votes(("U1", 0, 0, 0, 0)), UNITS), view()).body is None


# The stronger means


def acts(*rows: tuple[int, str, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["year", "kind", "S01"])


def test_a_means_never_used_is_said_in_words() -> None:
    picture = tools.compose_means(acts((2025, "SPI", 2), (2026, "RPT", 5)), view())
    assert picture.title == "2022–2026 年专题询问 2 次，质询、特定问题调查未启动"
    assert isinstance(picture.body, Table)
    assert picture.body.lines[2].cells[-1].text == "未启动"


def test_an_interpellation_is_never_passed_over() -> None:
    title = tools.compose_means(acts((2024, "INT", 1), (2026, "RPT", 5)), view()).title
    assert title == "2022–2026 年质询 1 次，专题询问、特定问题调查未启动"


def test_documents_not_filed_are_said_even_where_none_was_filed() -> None:
    row = pd.Series({"S13": 0, "S13t.k": 0, "S13r": 0, "S13c": 0, "S13u": 2})
    assert tools.compose_review(row, view()).title == "2 件文件超期未报备"


def test_projects_behind_schedule_are_said() -> None:
    row = pd.Series({"S15": 10, "S15o.k": 8, "S15o.n": 10, "S15c.k": 6, "S15s.k": 0, "S15s.n": 0})
    assert tools.compose_projects(row, view()).title == "民生实事 10 项，已完成 6 项，2 项未按期"


# Forms by year, units, fields


def counted(*rows: tuple[int, str | None, int]) -> Counted:
    counts = pd.DataFrame(list(rows), columns=["year", "kind", "S01"])
    same = pd.DataFrame({"year": range(2022, 2027), "S01": [1] * 5})
    return Counted(counts, same, FORMS)


def finding(*rows: tuple[int, str | None, int]) -> str:
    return leading(grouped(counted(*rows), METRICS["S01"], "kind", view(), {}), METRICS["S01"], view())


def test_one_form_leads_only_when_it_stands_out_and_ties_are_not_broken() -> None:
    assert finding((2026, "RPT", 8), (2025, "LEI", 3), (2024, "STU", 2)) == "2022–2026 年以听取报告最多，占 62%"
    assert finding((2026, "RPT", 5), (2025, "LEI", 5), (2024, "STU", 5)) == ""
    assert (
        finding((2026, "RPT", 4), (2025, "LEI", 4), (2024, "STU", 2))
        == "2022–2026 年以听取报告、执法检查为多，合占 80%"
    )
    assert finding((2026, "RPT", 2), (2025, "LEI", 1), (2024, "STU", 1)) == ""
    assert finding((2026, "RPT", 2)) == "2022–2026 年听取报告共 2 次"


def test_picked_forms_stand_apart_that_otherwise_share_a_group() -> None:
    rows = counted((2026, "INS", 3), (2026, "STU", 4))
    both = {Text("视察调研", "Tours"): ("INS", "STU")}
    together = grouped(rows, METRICS["S01"], "kind", view(), both)
    assert list(together["label"]) == ["视察调研"]
    drawn = supervision.BY_FORM.compose(rows, view(picks=(("kind", "INS"), ("kind", "STU"))))
    assert "视察调研" not in drawn.table.columns


def test_a_click_on_a_group_picks_every_form_in_it() -> None:
    drawn = supervision.BY_FORM.compose(counted((2026, "INS", 3), (2026, "STU", 4)), view())
    link = plots(drawn.body)[0].figure["data"][0]["customdata"][-1]
    asked = dict(part.split("=") for part in link.split("?")[1].split("&"))
    assert set(decode(asked, region="990102", townships=()).picks) == {("kind", "INS"), ("kind", "STU")}


def ranked(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["code", "label", "now"])


def test_the_unit_supervised_most_is_named_unless_tied_or_unrecorded() -> None:
    assert supervision.most_supervised(ranked(("U1", "甲", 8), ("U2", "乙", 4)), view()) == "甲受监督 8 次，为最多"
    assert supervision.most_supervised(ranked(("U1", "甲", 6), ("U2", "乙", 6), ("U3", "丙", 6)), view()) == ""
    assert supervision.most_supervised(ranked(("", "未填报", 8), ("U2", "乙", 4)), view()) == ""


def test_fields_take_a_share_only_of_enough_items() -> None:
    assert supervision.leading_fields(ranked(("A", "财政", 3), ("B", "农业", 2), ("C", "城建", 1)), view()) == ""
    few = ranked(("A", "财政", 6), ("B", "农业", 3), ("C", "城建", 1))
    assert supervision.leading_fields(few, view()) == "财政领域最多，占 60%"


# The page


def test_english_titles_carry_no_chinese() -> None:
    english = view("en")
    pictures = [
        supervision_duties.compose(listing(duty(2026, "DEBT", "MISSED")), english),
        supervision_followup.compose(listing(owed("A", date(2026, 11, 8))), english),
        supervision_plan.compose_plan(months((3, 12, 9, 1, 1)), english),
        results.compose_opinions(points((2026, 20, 12, 9)), english),
        tools.compose_means(acts((2025, "SPI", 2)), english),
    ]
    words = "".join(f"{p.title}{p.subtitle}{p.foot}" for p in pictures)
    assert not [letter for letter in words if "\u4e00" <= letter <= "\u9fff"]


def test_every_exhibit_of_the_page_has_its_own_key() -> None:
    keys = [exhibit.key for exhibit in PAGE.exhibits()]
    assert len(keys) == len(set(keys))


def test_the_change_in_a_column_leaves_its_unit_to_the_head_in_english_too() -> None:
    assert formats.change(METRICS["S01"], 3, 2, "en", bare=True) == "up 1"
    assert formats.change(METRICS["S01"], 3, 2, "en") == "up 1 time"
    assert formats.change(METRICS["S01"], 3, 2, "zh", bare=True) == "多 1"
