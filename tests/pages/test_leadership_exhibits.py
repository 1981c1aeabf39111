"""What the page on Party leadership says: sentences that stay true on few, tied, missing and no figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard.exhibits.exhibit import View
from dashboard.subjects import leadership, leadership_papers
from dashboard.subjects import leadership_work as work
from data_access.context import Context, Filters, Rules, Scope
from data_access.lists.listing import Listing
from data_access.text import Lang
from pages.leadership import PAGE

AS_OF = date(2026, 11, 20)


def view(lang: Lang = "zh", years: tuple[int, int] = (2026, 2026), **filters: Any) -> View:
    context = Context(Scope(("990102",)), Filters(years, **filters), AS_OF, Rules(region_code="990102"))
    return View(context, lang, "light", AS_OF)


def listed(*rows: dict[str, Any], kind: str = "leader_task") -> Listing:
    return Listing(pd.DataFrame(list(rows)), {}, {}, kind, len(rows))


# Hearings


def heard(*counts: int) -> str:
    years = range(2027 - len(counts), 2027)
    return leadership.heard(pd.DataFrame({"year": list(years), "B01": counts}), view())


def test_every_whole_year_with_a_hearing_is_said_with_the_fewest() -> None:
    assert heard(2, 3, 2, 4, 1) == "2022–2025 年每年听取人大工作汇报不少于 2 次"


def test_a_whole_year_without_a_hearing_is_named_the_unfinished_one_is_not() -> None:
    assert heard(2, 0, 2, 2, 0) == "2023 年没有听取人大工作汇报的记录"
    assert heard(0, 0, 0, 0, 0) == heard(2, 1) == ""


# Papers


def papers(n: int, dated: int, median: float, longest: float) -> pd.Series[Any]:
    return pd.Series({"B03": n, "B03d": median, "B03d.n": dated, "B03x": longest, "B03x.n": dated})


def test_papers_are_said_with_their_middle_and_longest_days() -> None:
    assert (
        leadership_papers.finding(papers(4, 4, 7.5, 14), view()) == "2026 年批转文件 4 件，用时中位 7.5 天，最长 14 天"
    )
    assert leadership_papers.finding(papers(1, 1, 6, 6), view()) == "2026 年批转文件 1 件，用时 6 天"


def test_without_days_of_submission_no_length_is_claimed() -> None:
    nan = float("nan")
    assert leadership_papers.finding(papers(2, 0, nan, nan), view(years=(2022, 2026))) == "2022–2026 年批转文件 2 件"
    assert leadership_papers.finding(papers(0, 0, nan, nan), view()) == "2026 年没有批转文件的记录"


def test_a_paper_without_a_day_of_submission_is_counted_and_not_drawn() -> None:
    rows = (
        {"record": "1", "title": "甲", "submitted_on": date(2026, 3, 1), "held_on": date(2026, 3, 7), "days": 6},
        {"record": "2", "title": "乙", "submitted_on": None, "held_on": date(2026, 4, 7), "days": None},
    )
    by_year = pd.DataFrame({"year": [2026], "B03": [2], "B03d": [6.0]})
    picture = leadership_papers.compose((listed(*rows, kind="party_support"), by_year, papers(2, 1, 6, 6)), view())
    assert len(picture.body.figure["data"][0]["x"]) == 1  # type: ignore[union-attr]
    assert picture.foot.endswith("1 件未填报送日期，不计用时。")


def test_papers_of_the_same_days_do_not_hide_one_another() -> None:
    assert leadership_papers._apart([(0, 6.0), (0, 6.0), (0, 6.0), (1, 6.0)]) == [0, 0.2, -0.2, 1]


# Timeline


def timeline(acts: Listing, held: list[tuple[int, str | None, int]], issued: int = 0, sites: int = 0) -> Any:
    frame = pd.DataFrame(held, columns=["year", "campaign", "B04.cam"])
    return leadership.compose((acts, frame, pd.DataFrame({"B04": [issued], "B04.site": [sites]})), view())


def test_documents_stand_in_the_year_and_order_of_their_days_campaigns_after_them() -> None:
    acts = listed(
        {"record": "2", "kind": "RULE", "title": "制定《乙办法》", "held_on": date(2025, 9, 1)},
        {"record": "1", "kind": "ISSUE", "title": "印发《甲意见》", "held_on": date(2025, 3, 1)},
        kind="party_support",
    )
    picture = timeline(acts, [(2025, "代表在行动", 17), (2024, None, 2)], issued=2)
    by_year = {stretch.name: [moment.title for moment in stretch.moments] for stretch in picture.body.stretches}
    assert by_year["2025"] == ["印发《甲意见》", "制定《乙办法》", "“代表在行动”主题活动"]
    assert by_year["2024"] == ["未填主题的活动"]
    assert by_year["2022"] == []
    assert picture.title == "2022–2026 年出台制度文件 2 件，主题活动 19 场"


def test_a_timeline_without_documents_says_so_and_an_empty_one_is_a_sentence() -> None:
    assert timeline(listed(), [(2025, "代表在行动", 17)]).title == "2022–2026 年没有出台制度文件的记录，主题活动 17 场"
    assert timeline(listed(), []).body is None


# Key work


def task(number: str, kind: str = "TASK", leader: str = "甲", **more: Any) -> dict[str, Any]:
    usual = {"record": number, "leader": leader, "duty": "副主任", "kind": kind, "title": f"事项{number}"}
    dates = {"start_on": date(2026, 1, 1), "due_on": date(2026, 12, 31), "status": "GOING", "progress_pct": 95}
    return usual | {"township_name": "某镇"} | dates | more


def who(*rows: dict[str, Any], **counts: int) -> Any:
    total = {"B06.leaders": 2, "B06.task": 0, "B06.project": 0, "B06.town": 0, "B06.special": 0}
    named = {f"B06.{name}": n for name, n in counts.items()}
    return work.compose_who((listed(*rows), pd.Series(total | named)), view())


def test_leaders_stand_by_post_and_number_and_kinds_are_never_added() -> None:
    rows = (task("1", leader="乙"), task("2", "TOWN", leader="丙", duty="主任"), task("3", leader="乙"))
    picture = who(*rows, task=2, town=1)
    assert [person.name for person in picture.body.people] == ["丙", "乙"]
    assert picture.title == "2 名班子成员联系重点任务 2 项，包联乡镇（街道）1 个"
    assert "不作排名" in picture.foot and "不计入监督" in picture.foot
    assert "3" not in picture.title


def test_projects_without_tasks_keep_their_verb() -> None:
    picture = who(task("1", "TOWN"), project=2, town=1)
    assert picture.title == "2 名班子成员联系重点项目 2 个，包联乡镇（街道）1 个"


def test_work_says_done_late_not_started_or_how_far() -> None:
    rows = (
        task("1", status="DONE"),
        task("2", due_on=date(2026, 6, 30)),
        task("3", status="NEW", progress_pct=0),
        task("4", progress_pct=None),
        task("5"),
    )
    (cells,) = who(*rows, task=5).body.people[0].cells
    assert [cell.words for cell in cells] == ["已完成", "已过期限", "未启动", "未填进度", "95%"]
    assert [cell.share for cell in cells] == [1.0, 0.95, 0.0, None, 0.95]


def progress(*rows: dict[str, Any], k: int = 0, n: int = 0) -> Any:
    return work.compose_progress((listed(*rows), pd.Series({"B06.done.k": k, "B06.done.n": n})), view())


def test_what_is_due_is_said_done_or_late_and_what_lags_behind() -> None:
    rows = (task("1", progress_pct=10), task("2", due_on=date(2026, 6, 30)), task("3", status="DONE"))
    picture = progress(*rows, k=1, n=2)
    assert picture.title == "到期 2 项，已完成 1 项，1 项逾期未完成；1 项进度慢于时间"
    assert [bar.name for bar in picture.body.bars] == ["事项2", "事项1", "事项3"]  # late, open, done
    assert picture.body.bars[0].late == pytest.approx(0.05)
    assert progress(task("4", due_on=date(2026, 5, 1)), k=0, n=1).title.startswith("到期 1 项均未完成")
    assert progress(task("3", status="DONE"), k=1, n=1).title == "到期 1 项，均已完成"
    assert progress(task("1")).title == "期末前没有到期的重点工作"


def test_progress_names_no_leader() -> None:
    assert "甲" not in progress(task("1")).body.html() + progress(task("1")).table.to_csv()


def test_townships_without_a_leader_are_named_while_they_are_few() -> None:
    towns = ["甲镇", "乙镇", "丙乡", "丁乡", "戊乡"]
    assert work.linked(towns, ["丙乡"], view()) == "4 个乡镇（街道）有班子成员包联，丙乡尚无"
    assert work.linked(towns, towns[1:], view()) == "1 个乡镇（街道）有班子成员包联，4 个尚无"
    assert work.linked(towns, [], view()) == "5 个乡镇（街道）都有班子成员包联"
    assert work.linked(["甲镇"], ["甲镇"], view()) == "甲镇尚无班子成员包联"


# Townships and clicks


def test_under_a_township_acts_of_the_district_offer_the_way_out_and_key_work_stays(sample: Engine) -> None:
    asked = view(townships=("990102101",))
    with sample.connect() as connection:
        drawn = {e.key: e.compose(e.query(connection, asked), asked) for e in PAGE.exhibits()}
    for key in ("headline", "papers", "years"):
        assert drawn[key].body is None and drawn[key].more == ("看全区", drawn[key].more[1])
        assert "townships" not in drawn[key].more[1]
    assert drawn["who"].title == "1 名班子成员包联乡镇（街道）1 个"
    assert drawn["links"].body is not None


def test_a_click_on_a_leader_leaves_that_leader_s_work(sample: Engine) -> None:
    with sample.connect() as connection:
        first = work.WHO.compose(work.WHO.query(connection, view()), view()).body.people[0]  # type: ignore[union-attr]
        asked = view(picks=(("leader", first.name),))
        picture = work.WHO.compose(work.WHO.query(connection, asked), asked)
    assert [person.name for person in picture.body.people] == [first.name]  # type: ignore[union-attr]
    assert picture.title.startswith("1 名班子成员")
