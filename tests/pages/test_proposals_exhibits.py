"""What the exhibits of bills and suggestions say: findings that hold on every filter, bases beside rates, links."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import comb
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from dashboard.exhibits.beside import Tag, beside
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.funnelplot import funnelplot
from dashboard.exhibits.heat import heat
from dashboard.exhibits.labels import spread
from dashboard.exhibits.limits import limits
from dashboard.exhibits.plot import plots
from dashboard.exhibits.stacked import stacked
from dashboard.subjects.proposals_again import rehandled
from dashboard.subjects.proposals_due import ageing, axis_finding, due_list, list_finding
from dashboard.subjects.proposals_outcomes import classes, key_list
from dashboard.subjects.proposals_places import townships
from dashboard.subjects.proposals_process import process
from dashboard.subjects.proposals_promises import AFTER, promises
from dashboard.subjects.proposals_results import attitude, ladder, ladder_finding
from dashboard.subjects.proposals_units import Unit, handling_days, late_finding, units_on_time
from data_access.context import Context, Filters, Rules, Scope
from data_access.metrics import METRICS
from data_access.text import Lang, Text

TODAY = date(2026, 11, 20)
RULES = Rules(region_code="990102", region_name="云澜区", region_word="区", small_n=10)
TOWNS = {
    "": Text("未填报", "Not recorded"),
    "990102": Text("云澜区", "云澜区"),
    "990102001": Text("清河街道", "清河街道"),
    "990102101": Text("石塘镇", "石塘镇"),
    "990102201": Text("云台乡", "云台乡"),
}
CLASSES = {code: Text(f"{code}意", f"{code} means") for code in "ABCDU"}


def view(lang: Lang = "zh", *, years: tuple[int, int] = (2026, 2026), towns: tuple[str, ...] = ()) -> View:
    return View(Context(Scope(("990102",)), Filters(years, towns), TODAY, RULES), lang, "light", TODAY)


def composed(exhibit: Exhibit, data: Any, **asked: Any) -> Picture:
    return exhibit.compose(data, view(**asked))


def html(picture: Picture) -> str:
    assert picture.body is not None
    return picture.body.html()


# --- process ---------------------------------------------------------------------------------------------------------


def items(n: int, *, replied: int = 0, rated: int = 0, solved: int = 0, overdue: int = 0, **of: Any) -> dict[str, Any]:
    """A group of received suggestions, due ones unless their competence or status says otherwise."""
    kept = {"phase": "IN", "competence": "OWN", "status": "HANDLING", "class_now": None} | of
    is_due = kept["competence"] == "OWN" and kept["status"] not in ("MERGED", "PENDING")
    counts = {"P01": n, "P02b": 0, "P03": n if is_due else 0, "P04.k": replied, "P13.k": rated, "P08.k": solved}
    return kept | counts | {"P04d.k": replied, "P04d.n": replied + overdue}


def test_the_process_says_how_far_items_came_and_what_fell_away() -> None:
    groups = pd.DataFrame(
        [
            items(12, replied=12, rated=10, solved=12, class_now="A"),
            items(6, replied=6, rated=4, class_now="B", phase="OUT"),
            items(2, overdue=1),
            items(3, competence="UP"),
            items(1, status="MERGED"),
            items(1, status="PENDING"),
        ]
    )
    picture = composed(process(), {"groups": groups, "change": [20.0, 25.0]})
    assert picture.title == "20 件应办建议已答复 18 件，其中 12 件已解决；4 件代表尚未评价"
    for words in ("会议期间 19，闭会期间 6", "较上年同期多 5 件", "未进入办理 5 件：", "超出职权 3，并案 1，待交办 1"):
        assert words in html(picture)
    for words in (
        "答复率 90.0%（n=20）",
        "未答复 2 件，其中超期 1 件",
        "反馈率 77.8%（n=18）",
        "解决率 60.0%（n=20）",
        "另 B 6 件",
    ):
        assert words in html(picture)
    assert picture.table["件数"].to_list() == [25, 20, 18, 14, 12]


def test_a_process_of_few_items_shows_counts_for_percentages() -> None:
    picture = composed(process(), {"groups": pd.DataFrame([items(3, replied=2, rated=2, solved=1)]), "change": None})
    assert "答复率 2/3" in html(picture)
    assert "%（" not in html(picture)
    assert picture.title.endswith("其中 1 件已解决")


def test_a_process_without_items_says_what_to_widen() -> None:
    picture = composed(process(), {"groups": pd.DataFrame([items(0)]).iloc[:0], "change": None})
    assert (picture.body, picture.title) == (None, "办理过程")
    assert "放宽年份或乡镇" in picture.empty


def test_a_process_of_items_not_yet_due_says_so() -> None:
    groups = pd.DataFrame([items(4, status="PENDING")])
    assert composed(process(), {"groups": groups, "change": None}).title == "收到 4 件，尚无应办件"


# --- what is owed ----------------------------------------------------------------------------------------------------


def owed(id: str, days: int, unit: str | None = "云澜区水务局", step: str = "WAIT") -> dict[str, Any]:
    assigned, due = date(2026, 8, 20), date.fromordinal(TODAY.toordinal() + days)
    words = {"record": id, "id": id, "title": f"关于{id}的建议", "township": "990102101", "unit_name": unit}
    return words | {"assigned_on": assigned, "due_on": due, "days_left": days, "next_step": step, "due_basis": "PLAIN"}


def open_items(*rows: dict[str, Any]) -> dict[str, Any]:
    steps = {code: Text(code, code) for code in ("ASSIGN", "ESCALATE", "URGE", "REMIND", "WAIT")}
    columns = list(owed("x", 0))
    return {"rows": pd.DataFrame(list(rows), columns=columns), "township": TOWNS, "next_step": steps, "due_basis": {}}


def test_the_axis_says_what_is_overdue_and_what_is_due_by_when() -> None:
    data = open_items(owed("a", -33), owed("b", 0), owed("c", 15), owed("d", 16))
    picture = composed(ageing(), data)
    assert picture.title == "4 件未答复：1 件已超期，2 件须在 12 月 5 日以前答复"
    [plot] = plots(picture.body)
    dots = plot.figure["data"][0]
    assert dots["x"] == [-33, 0, 15, 16]
    assert dots["customdata"][0] == "/record?years=2026&of=proposal&id=a"
    heads = [note["text"] for note in plot.figure["layout"]["annotations"][:3]]
    assert heads == ["<b>已超期 1 件</b>", "15 天内到期 2 件", "15 天以上 1 件"]


def test_units_lose_the_name_of_the_district_in_front() -> None:
    picture = composed(due_list(), open_items(owed("a", -1, "云澜区水务局"), owed("b", 2, "石塘镇政府")))
    assert picture.table["主办单位"].to_list() == ["水务局", "石塘镇政府"]


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.sampled_from(("zh", "en")))
def test_the_axis_names_its_numbers_whatever_they_are(late: int, soon: int, later: int, lang: Lang) -> None:
    if late + soon + later:
        sentence = axis_finding(late, soon, later, view(lang))
        assert sentence.startswith(f"{late + soon + later} ")
        assert "{" not in sentence
        is_late = "已超期" in sentence if lang == "zh" else "overdue" in sentence.replace("none overdue", "")
        assert is_late == bool(late)


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_the_list_counts_what_it_holds(late: int, soon: int, units: int) -> None:
    if late + soon:
        sentence = list_finding(late, soon, units, view())
        assert (f"超期 {late} 件" in sentence) or not late
        assert (f"{units} 个单位" in sentence) == bool(units)


def test_the_list_is_in_the_order_of_urgency_with_chip_unit_and_next_step() -> None:
    data = open_items(
        owed("a", -31, step="URGE"), owed("b", -1, None, "ASSIGN"), owed("c", 0), owed("d", 15), owed("e", 16)
    )
    picture = composed(due_list(), data)
    assert picture.table["状态"].to_list() == ["超期 31 天", "超期 1 天", "今天到期", "剩 15 天"]
    assert picture.table["下一步"].to_list() == ["URGE", "ASSIGN", "WAIT", "WAIT"]
    assert '<i class="chip">超期 31 天</i>' in html(picture)
    assert '<i class="chip w">今天到期</i>' in html(picture)


def test_a_long_list_shows_ten_and_leads_to_all() -> None:
    picture = composed(due_list(), open_items(*(owed(f"a{n}", -n) for n in range(12, 0, -1))))
    assert html(picture).count("<tr data-href") == 10
    assert "全部超期 12 件、临期 0 件" in html(picture)
    assert "metric=P06&quot;" not in html(picture) and "metric=P06" in html(picture)


def test_nothing_owed_is_said_in_words() -> None:
    assert composed(ageing(), open_items()).empty == "所选范围内没有在办未复的建议。"
    assert "2026-11-20" in composed(due_list(), open_items(owed("a", 40))).empty


# --- units -----------------------------------------------------------------------------------------------------------

UNITS = {code: Text(f"{code}局", f"{code}局") for code in "甲乙丙丁"}


def settled(unit: str, k: int, n: int, band: str | None = None) -> dict[str, Any]:
    return {"unit": unit, "due_band": band, "P05u": k / n, "P05u.k": k, "P05u.n": n}


def test_units_with_most_late_come_first_and_small_bases_show_counts() -> None:
    found = pd.DataFrame(
        [settled("甲", 20, 20), settled("乙", 10, 12), settled("乙", 0, 1, "JUST"), settled("丙", 3, 4)]
    )
    picture = composed(units_on_time(), {"found": found, "labels": UNITS})
    assert picture.title == "4 件逾期中有 3 件在乙局"
    assert picture.table["单位"].to_list() == ["乙局", "丙局", "甲局"]
    assert picture.table["其中超期未复"].to_list() == [1, 0, 0]
    assert ">76.9%<" in html(picture) and ">3/4<" in html(picture) and ">75.0%<" not in html(picture)
    assert "含逾期答复 3 件、超期未复 1 件" in picture.foot
    assert "unit=%E4%B9%99" in html(picture)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_units_named_in_a_finding_hold_at_least_half_and_no_other_holds_as_many(late: list[int]) -> None:
    late = sorted(late, reverse=True)
    names = [f"单位{n}" for n in range(len(late))]
    units = [Unit(name, name, 10, count, 0) for name, count in zip(names, late, strict=True)]
    sentence = late_finding(units, view())
    named = [n for n, name in enumerate(names) if name in sentence]
    assert named == list(range(len(named)))
    if named:
        assert 2 * sum(late[n] for n in named) >= sum(late)
        assert len(late) == len(named) or late[len(named)] < late[named[-1]]
    elif sum(late) > 1:
        assert f"{sum(late)} 件逾期，分布在 {sum(n > 0 for n in late)} 个单位" == sentence


def days_of(*rows: tuple[str, float, float, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unit", "P07u", "P07p90", "P07u.n"])


def test_days_of_units_with_fewer_than_five_items_are_left_out_and_counted() -> None:
    data = {
        "units": days_of(("甲", 60, 80, 5), ("乙", 70, 90, 12), ("丙", 10, 10, 4)),
        "all": pd.Series({"P07u": 64.0, "P07p90": 83.0, "P07u.n": 21}),
        "labels": UNITS,
    }
    picture = composed(handling_days(), data)
    assert picture.title == "半数件 64 天内答复，九成 83 天内"
    assert "丙局" not in html(picture)
    assert picture.foot == "另有 1 个单位不足 5 件（共 4 件），不列。"
    assert html(picture).index("乙局") < html(picture).index("甲局")


def test_days_of_few_items_are_not_shown_at_all() -> None:
    total = pd.Series({"P07u": 10.0, "P07p90": 10.0, "P07u.n": 4})
    picture = composed(handling_days(), {"units": days_of(("丙", 10, 10, 4)), "all": total, "labels": UNITS})
    assert (picture.body, picture.empty) == (None, "所选范围内各单位答复都不足 5 件，天数不列。")


# --- ratings ---------------------------------------------------------------------------------------------------------


def rated(*rows: tuple[int | None, int | None, int], first: str = "first_result", final: str = "final_result") -> Any:
    return pd.DataFrame(rows, columns=[first, final, "P04.k"])


def shares(*rows: tuple[int, float | None, int]) -> pd.DataFrame:
    """Years with one share and its base for each metric of the lines."""
    made = pd.DataFrame(rows, columns=["year", "share", "n"])
    keys = ("P11f", "P11", "P13")
    return made[["year"]].assign(**{k: made["share"] for k in keys}, **{f"{k}.n": made["n"] for k in keys})


def test_a_ladder_always_has_four_parts_and_names_those_not_rated() -> None:
    groups = rated((3, 3, 10), (2, 2, 3), (1, 3, 2), (1, 1, 1), (None, None, 4))
    picture = composed(ladder(), {"groups": groups, "years": shares((2025, 0.8, 20), (2026, 0.9, 20))})
    assert picture.title == "不满意由 3 件降为 1 件，另 4 件未反馈"
    assert picture.table.to_numpy().tolist() == [["首次", 10, 3, 3, 4], ["最终", 12, 3, 1, 4]]
    for word in ("满意", "基本满意", "不满意", "未反馈"):
        assert f"</i>{word}</span>" in html(picture)
    assert "62.5%" in html(picture) and "80.0%" in html(picture)  # 10 of 16 rated at first; 16 of 20 answered
    assert len(plots(picture.body)) == 1


def test_a_ladder_of_few_items_shows_counts_and_no_line() -> None:
    picture = composed(ladder(), {"groups": rated((3, 3, 4), (None, None, 1)), "years": shares((2026, 0.8, 5))})
    assert "4/4" in html(picture) and "4/5" in html(picture) and "%" not in html(picture)
    assert plots(picture.body) == ()


def test_nobody_answering_is_not_satisfaction() -> None:
    groups = rated((None, None, 7), first="first_attitude", final="final_attitude")
    assert composed(attitude(), {"groups": groups, "years": None}).title == "7 件已答复，代表均未反馈"


@given(*(st.integers(0, 5) for _ in range(3)), st.sampled_from(("zh", "en")))
def test_a_ladder_never_claims_contentment_without_those_who_did_not_say(
    bad_first: int, bad_final: int, unrated: int, lang: Lang
) -> None:
    first = {"3": 5, "2": 0, "1": bad_first, "": unrated}
    final = {"3": 5 + bad_first - min(bad_first, bad_final), "2": 0, "1": bad_final, "": unrated}
    sentence = ladder_finding(first, final, view(lang))
    assert "100" not in sentence
    assert (f"{unrated} 件未反馈" in sentence or f"{unrated} not rated" in sentence) == bool(unrated)
    if lang == "zh" and "降为" in sentence:
        assert bad_final < bad_first


def test_rehandling_counts_from_the_first_rating_to_the_last() -> None:
    rows = [(2026, 1, 3, 2, 2), (2026, 1, 1, 1, 1), (2026, 2, 2, 1, 1), (2026, 1, 1, 1, 0), (2024, 1, 2, 3, 3)]
    groups = pd.DataFrame(rows, columns=["year", "first_result", "final_result", "P14", "P14a.n"])
    picture = composed(rehandled(), groups)
    assert picture.title == "二次办理 5 件，已再次评价的 4 件中 3 件转为满意或基本满意"
    for words in ("首次不满意 4 件", "首次其他评价或未反馈 1 件", "待再次评价 1 件", "仍不满意 1 件", "转满意率 3/4"):
        assert words in html(picture)
    assert picture.table.iloc[-1].to_list() == ["2026", 5, 4, 2, 1, 1, 1]
    assert picture.table.iloc[2].to_list() == ["2024", 3, 3, 0, 3, 0, 0]


def test_years_without_rehandling_say_so_and_keep_the_others() -> None:
    columns = ["year", "first_result", "final_result", "P14", "P14a.n"]
    earlier = pd.DataFrame([(2024, 1, 2, 3, 3)], columns=columns)
    assert composed(rehandled(), earlier).title == "所选年份没有二次办理的建议"
    assert composed(rehandled(), earlier.iloc[:0]).empty == "这几年没有二次办理的建议。"


# --- outcomes --------------------------------------------------------------------------------------------------------


def by_year(column: str, key: str, *rows: tuple[int, str | None, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", column, key])


def test_classes_by_year_hold_what_is_not_answered_and_hedge_the_unfinished_year() -> None:
    rows = [(2024, "A", 9), (2024, "B", 3), (2025, "A", 12), (2026, "A", 6), (2026, "B", 2), (2026, None, 4)]
    picture = composed(classes(), {"counts": by_year("class_now", "P03", *rows), "labels": CLASSES})
    assert picture.title == "2026 年尚未满年，A 类占 50.0%（n=12）；此前各年 75.0%–100.0%"
    assert picture.table["未答复"].to_list() == [0, 0, 0, 0, 4]
    traces = plots(picture.body)[0].figure["data"]
    assert [trace["y"][-1] for trace in traces] == [6 / 12, 2 / 12, 4 / 12]
    assert "pattern" in traces[-1]["marker"]


def test_classes_of_few_items_have_no_share_in_their_title() -> None:
    picture = composed(classes(), {"counts": by_year("class_now", "P03", (2026, "A", 9)), "labels": CLASSES})
    assert picture.title == "办理结果分类"


STATES = {code: Text(code, code) for code in ("KEPT", "LATE", "BROKEN", "WAITING")}


def test_the_promise_ledger_counts_kept_late_open_and_overdue() -> None:
    rows = [(2026, "KEPT", 5), (2026, "LATE", 2), (2026, "BROKEN", 1), (2026, "WAITING", 3), (2027, "WAITING", 9)]
    rows += [(2025, "KEPT", 18), (2025, "LATE", 4), (2025, "BROKEN", 2)]
    counts = by_year("promise_state", "P10n", *rows)
    counts = counts.assign(**{f"{key}.{part}": 0 for key in AFTER for part in ("k", "n")})
    for year, state, k, n in (
        (2025, "KEPT", 0, 17),
        (2025, "LATE", 3, 3),
        (2026, "BROKEN", 1, 1),
        (2026, "KEPT", 0, 3),
    ):
        counts.loc[(counts["year"] == year) & (counts["promise_state"] == state), ["P10.y1.k", "P10.y1.n"]] = [k, n]
    data = {"counts": counts, "labels": STATES}
    picture = composed(promises(), data)
    assert picture.title == "2026 年到期的 8 件承诺中按期兑现 5 件；1 件逾期未兑现"
    assert picture.table["应兑现年度"].to_list() == ["2025", "2026", "2027"]  # years without promises have no line
    assert picture.table["承诺"].to_list() == [24, 11, 9]
    assert picture.table["未兑现"].to_list() == [2, 1, 0]
    assert picture.table["满 1 年未兑现 n"].to_list() == [20, 4, 0]
    words = html(picture)
    assert "15.0%（n=20）" in words and ">1/4<" in words and "–" in words
    assert "metric=P10.y1" in words and "metric=P10.y2" not in words  # nothing stands behind a dash
    assert len(plots(picture.body)) == 1


def test_a_district_without_a_ledger_of_promises_is_told_so() -> None:
    empty = {"counts": by_year("promise_state", "P10n"), "labels": STATES}
    assert "未建台账" in composed(promises(), empty).empty


def test_key_items_not_solved_come_first_with_leader_and_stage() -> None:
    def row(id: str, stage: str, class_now: str | None, replied: date | None) -> dict[str, Any]:
        words = {"record": id, "id": id, "title": id, "stage": stage, "class_now": class_now, "replied_on": replied}
        return words | {
            "key_leader": "主任",
            "unit_name": "水务局",
            "township": "990102101",
            "days_left": None,
            "final_result": 3,
        }

    rows = pd.DataFrame(
        [row("a", "RATED", "A", TODAY), row("b", "RATED", "B", TODAY), row("c", "HANDLING", None, None)]
    )
    stages = {"RATED": Text("已评价", "Rated"), "HANDLING": Text("办理中", "In handling")}
    data = {"rows": rows, "towns": TOWNS, "stages": stages, "ratings": {"3": Text("满意", "Satisfied")}}
    picture = composed(key_list(), data)
    assert picture.title == "重点督办 3 件，1 件已解决，1 件尚未答复"
    assert picture.table["编号"].to_list() == ["c", "b", "a"]
    assert picture.table["督办领导"].to_list() == ["主任"] * 3
    assert picture.table["现类别"].to_list() == ["–", "B 类", "A 类"]
    assert "%" not in picture.title + picture.subtitle


# --- places ----------------------------------------------------------------------------------------------------------


def places(led: list[tuple[str, int, int]], about: list[tuple[str, int]]) -> dict[str, Any]:
    people = [
        ("990102001", "清河街道", 50_000, 2020),
        ("990102101", "石塘镇", 20_000, 2020),
        ("990102201", "云台乡", None, None),
    ]
    return {
        "led": pd.DataFrame(led, columns=["township", "P01", "P17.n"]),
        "about": pd.DataFrame(about, columns=["place", "P22"]),
        "people": pd.DataFrame(people, columns=["record", "name", "population", "population_year"]),
        "labels": TOWNS,
    }


def test_townships_stand_in_code_order_per_deputy_and_per_ten_thousand() -> None:
    data = places([("990102101", 12, 8), ("990102001", 5, 10), ("990102201", 0, 4)], [("990102101", 3), ("990102", 7)])
    picture = composed(townships(), data)
    assert picture.title == "每名区代表平均领衔 0.77 件；云台乡没有代表领衔"
    assert picture.table["乡镇（街道）"].to_list() == ["清河街道", "石塘镇", "云台乡"]
    assert picture.table["涉及件数"].to_list() == [0, 3, 0]
    assert picture.table["每万人件数"].to_list()[:2] == [1.0, 6.0]
    assert pd.isna(picture.table["每万人件数"].iloc[2])
    assert "townships=101" in html(picture)


def test_few_items_make_no_mean_of_deputies() -> None:
    picture = composed(townships(), places([("990102101", 2, 8)], []))
    assert picture.title == "各乡镇（街道）建议"


SOLVED = funnelplot(
    METRICS["P08"], base=Text("应办件数", "items due"), key="f", name=Text("解决率", "Solved"), path="/p"
)


def solved(*rows: tuple[str, int, int]) -> dict[str, Any]:
    made = pd.DataFrame(rows, columns=["township", "P08.k", "P08.n"])
    return {"shares": made, "labels": TOWNS}


def test_a_township_beyond_the_limits_is_named_and_to_be_checked() -> None:
    picture = composed(SOLVED, solved(("990102001", 82, 100), ("990102101", 85, 100), ("990102201", 15, 30)))
    assert picture.title.endswith("仅云台乡偏低，宜核实")
    assert picture.table["n"].to_list() == [100, 100, 30]
    assert "不到 1 个会偶然越过 95% 界限，现有 1 个" in picture.foot
    points = plots(picture.body)[0].figure["data"][-1]
    assert points["customdata"][-1] == "/p?years=2026&townships=201"


def test_differences_within_chance_are_called_so() -> None:
    picture = composed(SOLVED, solved(("990102001", 9, 10), ("990102101", 8, 10), ("990102201", 3, 3)))
    assert "都在偶然波动范围内" in picture.title


def test_the_district_itself_and_missing_townships_are_no_points() -> None:
    rows = (("990102001", 9, 10), ("990102101", 8, 10), ("990103101", 1, 50), ("", 0, 50))
    assert "不足 3 个" in composed(SOLVED, solved(*rows)).empty


def test_the_township_asked_for_is_named_among_all() -> None:
    codes = [f"99010210{n}" for n in range(1, 9)]
    data = solved(*((code, 9, 12) for code in codes)) | {"labels": {code: Text(code, code) for code in codes}}
    for asked in ("990102105", "990102106"):
        [plot] = plots(composed(SOLVED, data, towns=(asked,)).body)
        assert asked in [note["text"] for note in plot.figure["layout"]["annotations"]]


@given(st.integers(1, 60), st.integers(1, 19))
def test_a_count_is_beyond_a_limit_exactly_when_its_tail_is_that_unlikely(n: int, twentieths: int) -> None:
    share = Fraction(twentieths, 20)
    chances = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    lowest, low, high, highest = limits(n, float(share))
    assert 0 <= lowest <= low <= high <= highest <= 1
    for k in range(n + 1):
        below, above = sum(chances[: k + 1]), sum(chances[k:])
        if abs(below - Fraction(1, 40)) > 1e-9:
            assert (k / n < low - 1e-9) == (below < Fraction(1, 40))
        if abs(above - Fraction(1, 40)) > 1e-9:
            assert (k / n > high + 1e-9) == (above < Fraction(1, 40))


def test_a_rate_that_cannot_vary_has_no_funnel() -> None:
    assert limits(5, 0.0) == (0.0,) * 4
    assert limits(5, 1.0) == (1.0,) * 4


# --- generic drawings ------------------------------------------------------------------------------------------------

TOPICS = {code: Text(code, code) for code in ("FIN", "AGR", "URB")}


def test_parts_of_a_whole_fold_their_tail_and_lead_to_the_page() -> None:
    rows = [(2026, "FIN", 6), (2026, "AGR", 3), (2026, "URB", 2), (2026, None, 1)]
    exhibit = stacked(METRICS["P01"], "category", key="k", name=Text("类", "T"), path="/proposals", most=2)
    picture = composed(exhibit, {"counts": by_year("category", "P01", *rows), "labels": TOPICS})
    assert picture.title == "2026 年FIN占 50%（n=12）"
    assert list(picture.table.columns) == ["年份", "FIN", "其他", "未填报", "合计"]
    traces = plots(picture.body)[0].figure["data"]
    assert traces[0]["customdata"][-1] == "/proposals?years=2026&category=FIN"
    assert traces[1]["customdata"][-1] == "/records?years=2026&metric=P01"


def test_tied_parts_lead_nothing() -> None:
    rows = [(2026, "FIN", 6), (2026, "AGR", 6)]
    exhibit = stacked(METRICS["P01"], "category", key="k", name=Text("类", "T"), path="/proposals")
    assert composed(exhibit, {"counts": by_year("category", "P01", *rows), "labels": TOPICS}).title == "类"


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            [(2025, "URB", 8), (2025, "FIN", 4), (2025, "AGR", 1), (2026, "URB", 9), (2026, "FIN", 5)],
            "2025–2026 年URB始终最多",
        ),
        (
            [(2025, "URB", 8), (2025, "FIN", 4), (2025, "AGR", 1), (2026, "URB", 2), (2026, "FIN", 8)],
            "最多的一类由 2025 年的URB变为 2026 年的FIN",
        ),
        ([(2025, "URB", 6), (2025, "FIN", 6), (2025, "AGR", 1), (2026, "URB", 9), (2026, "FIN", 5)], "类"),
        ([(2025, "URB", 3), (2025, "FIN", 1), (2025, "AGR", 1), (2026, "URB", 9), (2026, "FIN", 5)], "类"),
    ],
)
def test_categories_by_year_name_a_leader_only_where_there_is_one(rows: list[Any], title: str) -> None:
    exhibit = heat(METRICS["P01"], "category", key="k", name=Text("类", "T"), path="/proposals")
    picture = composed(exhibit, {"counts": by_year("category", "P01", *rows), "labels": TOPICS})
    assert picture.title == title
    assert picture.table["类别"].to_list() == ["FIN", "AGR", "URB", "合计"]


@given(st.lists(st.floats(0, 1), max_size=8))
def test_labels_moved_apart_keep_their_order_and_stay_inside(places: list[float]) -> None:
    moved = spread(places, 0.1)
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in moved)
    pairs = sorted(zip(places, moved, strict=True))
    assert all(b[1] - a[1] >= -1e-9 for a, b in pairwise(pairs) if a[0] < b[0])


def test_words_owed_are_placed_even_where_there_is_no_room() -> None:
    crowd = [(50.0, 50.0), (52.0, 50.0)]
    tags = [Tag(50, 50, ("很长的乡镇名称",), must=True), Tag(52, 50, ("另一个很长的名称",))]
    sides = beside(tags, crowd, wide=60, high=60)
    assert sides[0] is not None
    assert sides[1] is None


# --- the whole page --------------------------------------------------------------------------------------------------

FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"years": (2022, 2026)},
    {"years": (2021, 2021)},
    {"years": (2030, 2030)},
    {"townships": ("990102201",)},
    {"picks": (("category", "ETH"),)},
    {"picks": (("category", "none"),)},
)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_exhibit_speaks_on_every_filter(sample: Engine, filters: dict[str, Any], lang: Lang) -> None:
    from pages.proposals import PAGE

    asked = Filters(**({"years": (2026, 2026)} | filters))
    made = View(Context(Scope(("990102",)), asked, TODAY, RULES), lang, "dark", TODAY)
    charts = 0
    with sample.connect() as connection:
        for exhibit in PAGE.exhibits():
            picture = exhibit.compose(exhibit.query(connection, made), made)
            words = " ".join((picture.title, picture.subtitle, picture.foot, picture.empty))
            assert picture.title and not re.search(r"\bNone\b(?! of)|\bnan\b|[{}]", words)
            assert (picture.body is None) == bool(picture.empty)
            assert 'href=""' not in (picture.body.html() if picture.body else "")
            charts += len(plots(picture.body))
    assert charts <= 7
