"""Ratings, second rounds, classes, promises and key suggestions: findings and hedges."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exhibits.plot import plots
from dashboard.subjects.proposals_again import rehandled
from dashboard.subjects.proposals_outcomes import classes, classes_finding, key_list
from dashboard.subjects.proposals_promises import AFTER, promises, promises_finding
from dashboard.subjects.proposals_results import attitude, ladder, ladder_finding
from data_access.text import Lang, Text
from tests.pages.proposals_made import TODAY, TOWNS, by_year, composed, html, rated, view

CLASSES = {code: Text(f"{code}意", f"{code} means") for code in "ABCDU"}


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
    assert composed(attitude(), {"groups": groups, "years": None}).title == "办理态度：7 件已答复，代表均未反馈"


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
    kept = pd.DataFrame({"year": [2026], "KEPT": [3], "LATE": [0]})
    assert promises_finding(kept, view()) == "2026 年到期的 3 件承诺均按期兑现"
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


def test_a_year_nobody_filled_in_is_not_found_to_be_another() -> None:
    wide = pd.DataFrame({"year": [2024, 2025, 2026], "A": [60.0, 70.0, float("nan")], "n": [100, 100, float("nan")]})
    assert "2025" in classes_finding(wide.iloc[:2], view())
    assert classes_finding(wide, view()) == ""
