"""How far suggestions came, what is owed and at which units: findings, order, hedges."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exhibits.plot import plots
from dashboard.subjects.proposals_due import ageing, axis_finding, due_list, list_finding
from dashboard.subjects.proposals_process import process
from dashboard.subjects.proposals_units import Unit, handling_days, late_finding, units_on_time
from data_access.text import Lang, Text
from tests.pages.proposals_made import TODAY, TOWNS, composed, html, view

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
    return {"rows": list(rows), "township": TOWNS, "next_step": steps, "due_basis": {}}


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
