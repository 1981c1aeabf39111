"""What the clock brings: how a deadline was counted, and what the month's end will bring, with its range and test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard.address import decode
from dashboard.exhibits.exhibit import Picture, View
from dashboard.exhibits.plot import plots
from dashboard.subjects.proposals_changes import Found as Changed
from dashboard.subjects.proposals_changes import changes
from dashboard.subjects.proposals_checks import checks
from dashboard.subjects.proposals_due import due_list
from dashboard.subjects.proposals_forecast import Found, forecast, trial_words
from data_access import lists
from data_access.context import Context, Filters, Rules, Scope
from data_access.dimensions import labels
from data_access.forecast import NEVER, Cases, Trial
from data_access.lists.pace import Pace
from data_access.metrics import METRICS
from data_access.text import Lang, Text
from tests.data_access.factories import add_proposal, context, empty_database

TODAY = date(2026, 11, 20)
RULES = Rules(region_code="990102", region_name="云澜区", region_word="区")


def view(lang: Lang = "zh", *, day: date = TODAY, years: tuple[int, int] = (2026, 2026), **filters: Any) -> View:
    return View(Context(Scope(("990102",)), Filters(years, **filters), day, RULES), lang, "light", day)


def said(picture: Picture) -> str:
    assert picture.body is not None
    return picture.body.html()


# How the day was counted


def test_every_deadline_says_how_it_was_counted() -> None:
    with empty_database() as connection:
        add_proposal(connection, "plain", assigned_on=date(2025, 4, 10))
        add_proposal(connection, "longer", assigned_on=date(2025, 1, 10), extended=True)
        add_proposal(connection, "own", assigned_on=date(2025, 1, 10), due_on=date(2025, 7, 1))
        asked = View(context(years=(2025, 2025)), "zh", "light")
        exhibit = due_list()
        picture = exhibit.compose(exhibit.query(connection, asked), asked)
        counted = dict(zip(picture.table["编号"], picture.table["期限计算"], strict=True))
        assert counted == {"plain": "按 3 个月", "longer": "延长至 6 个月", "own": "办公室另定"}
        ruled = replace(context(), rules=Rules(reply_months=2, extended_months=4))
        words = labels(connection, "due_basis", ruled)
        assert (words["PLAIN"]("zh"), words["EXTENDED"]("en")) == ("按 2 个月", "extended to 4 months")


# The forecast


def item(id: str, days_left: int) -> dict[str, Any]:
    due = date.fromordinal(TODAY.toordinal() + days_left)
    words = {"record": id, "id": id, "title": f"关于{id}的建议", "unit_name": "云澜区水务局"}
    return words | {"due_on": due, "days_left": days_left}


def found(*rows: dict[str, Any], late: int = 6, in_time: int = 14, years: int = 0) -> Found:
    """Open items of one unit that answered so many of its earlier items five days early and so many ten days late."""
    due = TODAY.toordinal() - 150
    past = [(due - 90, due, due - 5)] * in_time + [(due - 90, due, due + 10)] * late
    now = [(row["due_on"].toordinal() - 90, row["due_on"].toordinal(), NEVER) for row in rows]
    columns = np.array(past + now, dtype=np.int64).reshape(-1, 3).T
    cases = Cases(np.zeros(len(past) + len(now), dtype=np.int64), *columns)
    ids = (*(f"past{i}" for i in range(len(past))), *(row["id"] for row in rows))
    return Found(pd.DataFrame(rows, columns=list(item("x", 0))), Pace(ids, cases))


def test_the_month_s_end_is_told_with_a_range_and_the_items_likeliest_first() -> None:
    """Three of ten earlier items were still unanswered from five days before the deadline: 6 of 20, so 0.3 each.

    Of four such items 1.2 are expected; none in 24 %, one in 41 %, two in 26 %, three or four in 8 %.
    """
    data = found(*(item(f"甲{i}", 6) for i in range(4)))
    picture = forecast().compose(data, view())
    assert picture.title == "预计到 11 月 30 日超期未复 1 件（0–2 件）"
    assert "4 件在办件期限在月底及以前，其中 0 件已超期" in picture.subtitle
    assert picture.table["月底仍未答复的可能"].to_list() == [0.3] * 4
    assert "约 30%" in said(picture) and "本单位 20 件" in said(picture)
    assert "of=proposal&amp;id=%E7%94%B20" in said(picture)


def test_items_already_overdue_count_by_their_own_chance() -> None:
    picture = forecast().compose(found(item("迟", -5), item("早", 6)), view())
    # All six that came late took ten days, so one five days late today is answered before it is fifteen days late. It
    # was itself unanswered five days before its deadline: of 21 such items 14 were answered then, 7 were not.
    assert picture.table["编号"].to_list() == ["早", "迟"]
    assert picture.table["月底仍未答复的可能"].to_list() == [0.333, 0.0]
    assert "其中 1 件已超期" in picture.subtitle and "已超期 · 约 0%" in said(picture)


def test_a_forecast_says_how_well_earlier_months_were_guessed() -> None:
    months = (
        Trial(date(2026, 9, 30), 1.5, 0, 3, 2),
        Trial(date(2026, 10, 31), 0.5, 0, 1, 3),
    )  # missed by 0.5 and 2.5
    assert "近 24 个月中有件到期的 2 个月，从月初推算平均误差 1.5 件，1 个月落在区间内" in trial_words(months, view())
    picture = forecast().compose(found(item("甲", 6)), view())
    assert picture.foot.endswith("尚无可供回测的月份。")
    assert "已答复不足 20 件的单位用全区的" in picture.foot


def test_fewer_than_twenty_answered_items_make_no_forecast_but_a_sentence() -> None:
    picture = forecast().compose(found(item("甲", 6), late=5), view())
    assert picture.body is None
    assert picture.empty == "近六年已答复的件不足 20 件，不作推算；期限在月底及以前的在办件有 1 件。"


def test_nothing_due_the_month_s_last_day_and_past_years_each_have_their_sentence() -> None:
    assert "没有期限在 11 月 30 日及以前的在办件" in forecast().compose(found(), view()).empty
    last = view(day=date(2026, 11, 30))
    assert "今天是月末，超期未复 0 件" in forecast().compose(found(item("甲", 3)), last).empty
    assert "只从数据截至日 2026-11-20 起作出" in forecast().compose(None, view(years=(2024, 2024))).empty


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("filters", [{}, {"townships": ("990102101",)}, {"picks": (("category", "AGR"),)}])
def test_the_sample_is_forecast_on_every_filter(sample: Engine, lang: Lang, filters: dict[str, Any]) -> None:
    asked, exhibit = view(lang, **filters), forecast()
    with sample.connect() as connection:
        picture = exhibit.compose(exhibit.query(connection, asked), asked)
        from_then = exhibit.query(connection, view(lang, years=(2024, 2024)))
    assert from_then is None
    assert (picture.body is None) == bool(picture.empty)
    if picture.body is not None and not filters:
        wide = plots(picture.body)[0].figure
        shown, dots = wide["data"]
        assert len(shown["x"]) == len(dots["x"]) + 1  # every month tested has its dot, this month none
        assert "24" in picture.foot


# Changes since a day


def change(id: str, **days: date) -> dict[str, Any]:
    """An item that changed: the claims of the days given hold."""
    claims = {"is_new": "submitted_on", "is_just_answered": "replied_on", "is_just_late": "due_on"}
    claims |= {"is_just_closed": "rated_on"}
    return {"id": id, "title": f"关于{id}的建议"} | {
        name: value for claim, day in claims.items() for name, value in ((claim, day in days), (day, days.get(day)))
    }


MEETING = date(2026, 10, 28)
EVENTS = (
    change("甲", submitted_on=date(2026, 11, 2), replied_on=date(2026, 11, 18)),
    change("乙", submitted_on=date(2026, 11, 5)),
    change("丙", due_on=date(2026, 11, 11)),
    change("丁", submitted_on=date(2026, 11, 9)),
)


def since(*rows: dict[str, Any], day: date = MEETING) -> Changed:
    columns = list(change("x"))
    return Changed(day, pd.DataFrame(list(rows), columns=columns), (MEETING, date(2026, 8, 27)))


def test_changes_since_the_last_meeting_name_the_latest_and_lead_to_their_lists() -> None:
    picture = changes().compose(since(*EVENTS), view())
    assert picture.title == "10 月 28 日以来：新收 3 件，答复 1 件，转为超期 1 件，办结 0 件"
    assert picture.subtitle.startswith("自 2026-10-28 常委会会议次日至 2026-11-20")
    words = said(picture)
    assert "丁 关于丁的建议；乙 关于乙的建议" in words  # the two latest of three
    assert "/records?years=2026&amp;since=2026-10-28&amp;metric=P24.new" in words
    assert "metric=P24.closed" not in words  # nothing stands behind a zero
    assert picture.table["件数"].to_list() == [3, 1, 1, 0]


def test_other_days_are_the_month_s_start_and_earlier_meetings() -> None:
    words = said(changes().compose(since(*EVENTS), view()))
    assert "since=2026-11-01" in words and "since=2026-08-27" in words
    chosen = changes().compose(since(*EVENTS, day=date(2025, 12, 31)), view())
    assert chosen.title.startswith("2025 年 12 月 31 日以来")
    assert chosen.subtitle.startswith("自 2025-12-31 次日至")
    assert "since=2026-10-28" in said(chosen)


def test_no_change_is_said_and_other_days_are_offered() -> None:
    picture = changes().compose(since(), view())
    assert picture.title == "10 月 28 日以来没有变化"
    assert "可换一个较早的日子再看" in picture.foot and "since=2026-08-27" in said(picture)
    bare = changes().compose(Changed(MEETING, since().rows, ()), view(day=date(2026, 12, 1)))
    assert bare.body is None and bare.empty


def test_the_day_stands_in_the_address_and_is_checked_there() -> None:
    asked = decode({"years": "2026", "since": "2026-10-01"}, region="990102", townships=())
    assert (asked.since, asked.faults) == (date(2026, 10, 1), ())
    assert decode({"since": "gestern"}, region="990102", townships=()).faults
    link = view().link("/proposals", since=date(2026, 10, 1))
    assert "since=2026-10-01" in link
    assert "since=2026-10-01" in view(since=date(2026, 10, 1)).link("/records", metric="P24.new")


# What to check


def bunched(*rows: tuple[str, int, int, int, int, int]) -> dict[str, Any]:
    """Units with items answered in the last days, alike and rated at once, and with all answered and all rated."""
    columns = ["unit", "P25.last", "P25.batch", "P25.rated", "P25.n", "P25.r"]
    units = {"U1": Text("云澜区水务局", "Water"), "U2": Text("云澜区城管局", "City")}
    return {"found": pd.DataFrame(list(rows), columns=columns), "units": units}


def test_a_unit_is_listed_from_five_items_and_thirty_per_cent_on() -> None:
    """Of 20 answered items 6 are 30 %, of 21 they are less; 4 of 4 are too few."""
    picture = checks().compose(bunched(("U1", 6, 5, 4, 20, 4), ("U2", 6, 0, 5, 21, 5)), view())
    assert picture.title == "请核实：2 个单位的答复或评价较为集中"
    assert picture.table[["请核实", "承办单位", "件数", "基数"]].to_numpy().tolist() == [
        ["期限最后三天答复", "水务局", 6, 20],
        ["答复当日评价", "城管局", 5, 5],
    ]
    assert "metric=P25.last" in said(picture) and "unit=U1" in said(picture)
    assert "5 件且占 30% 以上才列出；只是核对线索，不是结论，不涉及个人" in picture.subtitle


def test_nothing_to_check_is_said_with_the_limits() -> None:
    for data in (bunched(), bunched(("U1", 4, 4, 4, 4, 4), ("", 9, 9, 9, 9, 9))):
        picture = checks().compose(data, view())
        assert picture.title == "没有需要核实的集中答复或即答即评"
        assert "5 件且占 30% 以上" in picture.empty


def test_the_office_sets_the_limits() -> None:
    strict = View(replace(view().context, rules=replace(RULES, check_n=4, check_share=100)), "zh", "light", TODAY)
    picture = checks().compose(bunched(("U1", 4, 0, 3, 4, 3)), strict)
    assert picture.table["件数"].to_list() == [4]


def test_the_sample_has_a_unit_to_check_and_the_list_behind_it_is_as_long(sample: Engine) -> None:
    exhibit = checks()
    with sample.connect() as connection:
        picture = exhibit.compose(exhibit.query(connection, view()), view())
        [row] = [row for row in picture.table.to_dict("records") if row["请核实"] == "期限最后三天答复"]
        unit = next(code for code, name in labels(connection, "unit", view().context).items() if "城管" in name.zh)
        behind = lists.records(connection, METRICS["P25.last"], view(picks=(("unit", unit),)).context)
    assert "城管局" in row["承办单位"] and behind.total == row["件数"] >= 5
