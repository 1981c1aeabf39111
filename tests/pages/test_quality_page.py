"""The page on the quality of the data and the badge beside figures agree, on the screen and in files."""

from __future__ import annotations

import io
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from dashboard import cards, fetch
from dashboard.badge import badge, mark, share, tipped
from dashboard.exhibits.exhibit import Picture, View
from dashboard.exports import collect, csv, xlsx
from dashboard.lacking import notice
from dashboard.settings import settings
from dashboard.subjects.quality_records import QualityView
from data_access.engine import reading
from data_access.metrics import METRICS
from data_access.quality.survey import Survey
from tests.pages.test_pages import opened, words

VIEW = {"years": "2022-2026"}
PAGE = "data_quality"


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def point(url: str) -> None:
        monkeypatch.setenv("DATABASE_URL", url)
        settings.cache_clear()
        fetch.forget()

    yield point
    settings.cache_clear()
    fetch.forget()


@pytest.fixture
def sample_board(board: Callable[[str], None], sample_url: str) -> None:
    board(sample_url)


@pytest.fixture
def changed(board: Callable[[str], None], sample_url: str, tmp_path: Path) -> Callable[..., None]:
    """Points the board at a copy of the sample on which statements were run."""

    def change(*statements: str) -> None:
        path = tmp_path / "changed.db"
        with sqlite3.connect(sample_url.removeprefix("sqlite:///")) as whole, sqlite3.connect(path) as copy:
            whole.backup(copy)
            for statement in statements:
                copy.execute(statement)
        copy.close()
        board(f"sqlite:///{path}")

    return change


def view_of(lang: str = "zh", **parts: str) -> View:
    made, faults = fetch.view_of({**VIEW, **parts, "lang": lang}, known=("q", "from"))
    assert not faults
    return fetch.page(PAGE).adapt(made, parts)


def picture(key: str, view: View) -> Picture:
    page = fetch.page(PAGE)
    exhibit = page.exhibit(key)
    assert exhibit is not None
    return fetch.picture(PAGE, exhibit, view)


def headline(view: View) -> dict[str, str]:
    return dict(picture("headline", view).table[["指标", "数值"]].itertuples(index=False, name=None))


@pytest.mark.usefixtures("sample_board")
@pytest.mark.parametrize(
    "parts", [{}, {"townships": "101"}, {"data_table": "proposal_reply"}, {"data_aspect": "unique"}]
)
def test_headline_tables_rules_offices_townships_and_records_add_up(parts: dict[str, str]) -> None:
    view = view_of(**parts)
    found = int(headline(view)["待核问题"])
    assert found > 0
    assert len(picture("problems", view).table) == found
    for key, column in (("rules", "条数"), ("townships", "问题"), ("offices", "问题")):
        assert int(picture(key, view).table[column].sum()) == found, key
    if "data_table" not in parts:
        assert int(picture("tables", view).table["问题"].sum()) == found


@pytest.mark.usefixtures("sample_board")
@pytest.mark.parametrize("key", ["P04", "L05", "A05", "S07"])
def test_the_badge_says_what_the_page_says_of_the_same_tables(key: str) -> None:
    view = view_of()
    made = badge([METRICS[key]], view)
    assert made is not None
    parts = dict(part.split("=") for part in made.link(view).partition("?")[2].split("&"))
    there = headline(view_of(**{name: text for name, text in parts.items() if name != "years"}))
    line = made.line("zh")
    for name, word in (("完整率", "完整"), ("及时率", "及时"), ("一致率", "一致")):
        assert f"{word} {there[name]}%" in line or there[name] == "–"
    assert f"重复 {there['疑似重复']}" in line and "更新至 2026-" in line


@pytest.mark.usefixtures("sample_board")
def test_a_card_bears_the_badge_quietly_and_a_headline_figure_in_its_tip() -> None:
    page, view = fetch.page("proposals"), view_of()
    exhibit = next(e for e in page.exhibits() if not e.bare)
    html = cards.card(page, exhibit, fetch.picture("proposals", exhibit, view), view, 12).html
    (word,) = re.findall(r'<a href="/data_quality[^"]*" title="数据质量：完整[^"]*">(质量 [\d.]+%)</a>', html)
    assert word in mark(exhibit.metrics, view)
    bare = next(e for e in page.exhibits() if e.bare)
    body: Any = tipped(fetch.picture("proposals", bare, view).body, view)
    assert all("数据质量：" in card.tip and "待核" not in card.base for card in body.cards)


@pytest.mark.parametrize(
    ("page", "parts", "keys"),
    [
        ("records", {"metric": "A01"}, ["A01"]),
        ("record", {"of": "proposal"}, ["P01", "P04", "P13"]),
        ("record", {"of": "meeting"}, ["M01"]),
    ],
)
def test_the_pages_of_records_bear_the_badge_of_their_tables(
    sample_board: None, page: str, parts: dict[str, str], keys: list[str]
) -> None:
    with reading(fetch.engine()) as connection:
        first = connection.execute(text(f"SELECT min(id) FROM {parts.get('of', 'appointment')}")).scalar_one()
    html = words(opened(page, **({**parts, "id": first} if "of" in parts else parts), **VIEW))
    made = badge([METRICS[key] for key in keys], view_of())
    assert made is not None
    assert re.findall(r'title="数据质量：([^"]*)"', html) == [made.tip("zh").removeprefix("数据质量：")]
    assert f">{made.word('zh')}</a>" in html and 'class="dots"' in html


def test_below_the_office_s_floor_the_badge_says_so_in_amber(changed: Callable[..., None]) -> None:
    """Three of 932 replies contradict their assignment, no resolution anything: a floor of 100 asks for the former."""
    changed("update rule_config set value = '100' where key = 'quality_floor'")
    view = view_of()
    assert 'class="am"' in mark([METRICS["P04"]], view) and "质量 99% 待核" in mark([METRICS["P04"]], view)
    assert 'class="am"' not in mark([METRICS["D01"]], view)


@pytest.mark.usefixtures("sample_board")
def test_what_has_no_records_has_no_badge() -> None:
    assert badge([METRICS["P01"]], view_of(years="1990")) is None
    assert badge([], view_of()) is None
    assert mark([METRICS["P01"]], view_of(years="1990")) == ""


@pytest.mark.usefixtures("sample_board")
def test_findings_round_as_everybody_does_and_count_no_noughts() -> None:
    made = {key: picture(key, view_of(years="2026")) for key in ("tables", "rules", "townships")}
    problems = made["tables"].table["问题"]
    assert made["tables"].title.endswith(f"占 {problems.max() / problems.sum():.0%}")
    assert "““" not in made["rules"].title
    assert made["townships"].title == "9 个乡镇（街道）有待核问题 12 条"


def test_a_share_is_cut_off_and_never_rounded_to_a_hundred() -> None:
    assert (share(0.9996), share(1.0), share(0.9996, 0), share(0.58, 0)) == ("99.9%", "100.0%", "99%", "58%")


@pytest.mark.usefixtures("sample_board")
def test_every_file_carries_the_badge_in_its_passport() -> None:
    page, view = fetch.page("proposals"), view_of()
    report = collect.report(page, view, exhibit=page.exhibits()[1])
    made = badge(page.exhibits()[1].metrics, view)
    assert made is not None and report.passport.quality == made.line("zh")
    assert f"数据质量,{made.line('zh')}" in csv.write(report).decode("utf-8-sig")
    book = load_workbook(io.BytesIO(xlsx.write(report)))
    assert made.line("zh") in [cell.value for row in book["说明"].iter_rows() for cell in row]
    assert report.passport.plain()["quality"] == made.line("zh")


@pytest.mark.usefixtures("sample_board")
def test_the_workbook_has_a_sheet_an_office_that_together_hold_every_record() -> None:
    page, view = fetch.page(PAGE), view_of()
    book = load_workbook(io.BytesIO(xlsx.write(collect.report(page, view, exhibit=page.exhibit("problems")))))
    whole, *offices = (name for name in book.sheetnames if name not in ("说明", "口径"))

    def lines(name: str) -> list[tuple[Any, ...]]:
        rows = list(book[name].iter_rows(values_only=True))
        top = next(place for place, row in enumerate(rows) if row[0] == "数据表")
        assert rows[top][:8] == ("数据表", "编号", "名称", "栏目", "现值", "问题", "建议", "责任单位")
        return rows[top + 1 :]

    assert whole == "待核记录" and len(lines(whole)) == int(headline(view)["待核问题"])
    assert sorted(map(str, lines(whole))) == sorted(str(line) for name in offices for line in lines(name))
    for name in offices:
        assert len({line[7] for line in lines(name)}) == 1


@pytest.mark.usefixtures("sample_board")
def test_the_list_says_how_much_of_it_the_page_holds() -> None:
    assert picture("problems", view_of()).subtitle.startswith("页面列第 1–20 条，XLSX 列全部；")


@pytest.mark.usefixtures("sample_board")
def test_a_search_stays_in_the_address_of_the_page_and_its_files_alone() -> None:
    view = view_of(q="JY2024-032", **{"from": "20"})
    assert isinstance(view, QualityView) and view.offset == 20
    assert "q=JY2024-032" in view.link("/data_quality") and "q=JY2024-032" in view.link("/export/data_quality.xlsx")
    assert "q=" not in view.link("/proposals") and "from=" not in view.link("/data_quality")
    assert set(picture("problems", view).table["编号"]) == {"JY2024-032-F1-11"}
    nothing = picture("problems", view_of(q="<script>"))
    assert nothing.body is None and "<script>" in nothing.empty


@pytest.mark.usefixtures("sample_board")
def test_a_record_leads_to_its_history() -> None:
    html = picture("problems", view_of(data_rule="proposal_reply.reply_before_assignment")).body.html()  # type: ignore[union-attr]
    assert html.count('data-href="/record?') == 3 and "of=proposal&amp;id=JY2024-032" in html


def test_a_year_without_rows_and_a_table_long_without_news_are_marked(changed: Callable[..., None]) -> None:
    changed(
        "delete from resolution where adopted_on like '2024%'", "delete from appraisal where held_on > '2026-06-01'"
    )
    view = view_of()
    gaps = picture("gaps", view).table.set_index("数据表")
    assert (gaps.loc["决议决定", "2024"], picture("gaps", view).title) == (0, "2 张数据表有缺年")
    assert picture("sources", view).title.startswith("述职评议已 90 天以上没有新事项")


def test_the_log_of_imports_is_shown_and_its_absence_said(changed: Callable[..., None]) -> None:
    made = "'2026-11-19 10:00:00.000000', '王', 'a.xlsx', 'x', 5, 2, 1, 0, null, null"
    changed(f"insert into import_log values (1, {made})")
    assert picture("imports", view_of()).title == "最近一次导入：2026-11-19 10:00，新增 5 行，更新 2 行"
    changed("drop table import_change", "drop table import_log")
    assert "没有导入记录表" in picture("imports", view_of()).empty


def test_a_database_that_lacks_a_table_is_checked_as_far_as_it_goes(changed: Callable[..., None]) -> None:
    changed("drop table appraisal", "alter table station drop column head")
    view = view_of()
    assert notice(fetch.page(PAGE), view) == ("", False)
    assert int(headline(view)["待核问题"]) > 0 and "述职评议" in picture("sources", view).foot


def test_an_old_survey_is_given_once_more_while_a_new_one_is_made() -> None:
    made, gate = [], threading.Event()

    def make() -> Survey:
        if made:
            gate.wait(5)
        made.append(Survey(as_of=fetch.date.today(), tables={}))
        return made[-1]

    held = fetch._Surveys(seconds=0)
    first = held.get("key", make)
    assert held.get("key", make) is first and len(made) == 1
    gate.set()
    renewing = [thread for thread in threading.enumerate() if thread.name == "survey"]
    for thread in renewing:
        thread.join(5)
    assert renewing and held.get("key", make) is made[1]


@pytest.mark.usefixtures("sample_board")
def test_the_page_holds_for_the_day_of_the_data_whatever_day_is_looked_at() -> None:
    assert headline(view_of(as_of="2024-06-30"))["待核问题"] == headline(view_of())["待核问题"]
    assert replace(view_of(), mode="dark").key != view_of().key
