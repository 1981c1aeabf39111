"""What is said of years known only from paper, and of those nobody filled in: on screen and in files alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from dashboard import caption, fetch
from dashboard.exhibits import panels
from dashboard.exhibits.exhibit import Picture, View
from dashboard.exhibits.record_list import record_list
from dashboard.exports import collect, csv, native
from dashboard.settings import settings
from dashboard.sources import brief, mark, sentence, source, spans
from data_access.metrics import METRICS
from data_access.origins import Origin
from data_access.reported import Total

REPORT = "区四届人大四次会议常委会工作报告"
PRINTED = Total("P01", "990102", (2019,), 142, None, REPORT)
MIXED = Origin(rows=(2021, 2022), paper=(PRINTED,), lacking=(2018, 2020))


@pytest.fixture(scope="module")
def drawn(sample_url: str) -> Iterator[Callable[..., tuple[View, Picture]]]:
    def draw(page: str, exhibit: str, years: str, **parts: str) -> tuple[View, Picture]:
        made = fetch.page(page)
        found = made.exhibit(exhibit)
        assert found is not None
        view = fetch.view_of({"years": years, **parts})[0]
        return view, fetch.picture(page, found, view)

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", sample_url)
        settings.cache_clear()
        fetch.forget()
        yield draw
    settings.cache_clear()
    fetch.forget()


def test_years_are_told_in_runs() -> None:
    assert spans((2018, 2020, 2019, 2022)) == "2018–2020、2022"


def test_a_mixed_figure_names_its_printed_and_its_missing_years() -> None:
    assert brief(MIXED, "zh") == "含 2019 年汇总填报，缺 2018、2020 年数据"
    assert sentence(MIXED, "zh") == f"其中 2019 年为汇总填报（《{REPORT}》）；缺 2018、2020 年数据"
    assert sentence(replace(MIXED, undivided=(2020,)), "zh") == (
        f"其中 2019 年为汇总填报（《{REPORT}》）；2020 年仅有汇总数，未计入；缺 2018 年数据"
    )
    assert source(MIXED, "zh") == "记录和汇总填报"


def test_a_tool_tip_names_the_report_or_that_nobody_filled_it_in() -> None:
    assert mark(Origin(paper=(PRINTED,)), "zh") == f"汇总填报，据《{REPORT}》"
    assert mark(Origin(lacking=(2018,)), "zh") == "未填报"
    assert mark(Origin(rows=(2021,)), "zh") == ""


def test_the_caption_says_what_the_records_are_made_of(drawn: Callable[..., tuple[View, Picture]]) -> None:
    view, _ = drawn("overview", "years", "2018-2026")
    assert caption.records(fetch.page("overview"), view) == (
        "收到建议 1,402 件，其中 2019–2020 年为汇总填报，缺 2018 年数据"
    )
    view, _ = drawn("overview", "years", "2018")
    assert caption.records(fetch.page("overview"), view) == "收到建议未填报"


def test_printed_years_are_hatched_and_missing_ones_are_gaps_with_a_word(
    drawn: Callable[..., tuple[View, Picture]],
) -> None:
    _, picture = drawn("overview", "years", "2018-2026")
    figure = picture.body.figure  # type: ignore[union-attr]
    bars = figure["data"][0]
    assert bars["y"][:3] == [None, 142, 149]
    assert bars["marker"]["pattern"]["shape"][:4] == ["", "/", "/", ""]
    assert "据《区四届人大四次会议常委会工作报告》" in bars["hovertext"][1]
    assert "未填报" in bars["hovertext"][0]
    assert any(note["text"] == "未填报" and note["x"] == 2018 for note in figure["layout"]["annotations"])


def test_a_stack_shows_the_printed_total_undivided(drawn: Callable[..., tuple[View, Picture]]) -> None:
    _, picture = drawn("supervision", "forms", "2018-2026")
    undivided = next(bar for bar in picture.body.figure["data"] if bar.get("name") == "汇总填报")  # type: ignore[union-attr]
    assert undivided["y"][:4] == [0, 33, 31, 0]
    assert "2019–2020 年仅有汇总数，未计入；缺 2018 年数据" in picture.foot


def test_where_everything_is_recorded_nothing_is_said(drawn: Callable[..., tuple[View, Picture]]) -> None:
    _, picture = drawn("overview", "years", "2022-2026")
    assert picture.sources == "" and "来源" not in picture.table
    assert "pattern" not in picture.body.figure["data"][0]["marker"]  # type: ignore[union-attr]


def test_a_year_without_anything_is_said_to_be_unfilled(drawn: Callable[..., tuple[View, Picture]]) -> None:
    _, picture = drawn("supervision", "review", "2018")
    assert picture.body is None
    assert picture.empty == "2018 年未填报：没有记录，也没有汇总数。"


def test_files_say_the_same_as_the_screen(drawn: Callable[..., tuple[View, Picture]]) -> None:
    view, picture = drawn("overview", "years", "2018-2026")
    page = fetch.page("overview")
    exhibit = page.exhibit("years")
    assert exhibit is not None
    written = csv.write(collect.report(page, view, exhibit=exhibit)).decode("utf-8-sig")
    lines = written.splitlines()
    assert picture.sources and picture.sources in written
    assert lines[0].endswith("来源")
    assert lines[1].startswith("2018,,") and lines[1].endswith("未填报")
    assert lines[2].startswith("2019,142") and lines[2].endswith("汇总填报，据《区四届人大四次会议常委会工作报告》")
    assert lines[4].endswith("记录")
    assert view.context.as_of == date(2026, 11, 20)


def test_years_without_rows_are_no_noughts_in_tables_of_forms(drawn: Callable[..., tuple[View, Picture]]) -> None:
    _, means = drawn("supervision", "means", "2018-2026")
    assert means.title.startswith("2021–2026 年") and "2020" not in means.table
    _, topics = drawn("proposals", "topics", "2018-2026")
    assert topics.table["2020"].isna().all() and topics.table["2021"].notna().all()


def test_years_that_cannot_be_divided_have_a_word_instead_of_a_count(
    drawn: Callable[..., tuple[View, Picture]],
) -> None:
    _, picture = drawn("proposals", "classes", "2018-2026")
    figure = picture.body.figure  # type: ignore[union-attr]
    below = [words.split("<br>")[-1] for words in figure["layout"]["xaxis"]["ticktext"]]
    assert below[:3] == ["未填报", "仅有汇总数", "仅有汇总数"] and below[-1].startswith("n=")
    counts = picture.table.iloc[:, 1:-1]  # between the year and the source
    assert counts.iloc[:3].isna().all(axis=None) and counts.iloc[3:].notna().all(axis=None)


def test_under_a_clicked_filter_a_printed_year_is_told_from_one_nobody_filled_in(
    drawn: Callable[..., tuple[View, Picture]],
) -> None:
    """2018 is unknown; of 2019 and 2020 the totals are printed, but not of studies alone."""
    _, picture = drawn("supervision", "forms", "2018-2026", kind="STU")
    words = {note["x"]: note["text"] for note in picture.body.figure["layout"]["annotations"] if "x" in note}  # type: ignore[union-attr]
    assert {year: words[year] for year in (2018, 2019, 2020)} == {
        2018: "未填报", 2019: "仅有汇总数", 2020: "仅有汇总数"
    }  # fmt: skip
    _, cards = drawn("proposals", "headline", "2019-2020", category="EDU")
    assert cards.body.cards[0].value == "仅有汇总数"  # type: ignore[union-attr]


def test_what_to_ask_about_today_counts_only_replies_that_can_be_listed(
    drawn: Callable[..., tuple[View, Picture]],
) -> None:
    """In 2019 and 2020 64 replies were not rated, as printed; nobody can say which."""
    _, all_years = drawn("overview", "today", "2019-2026")
    _, own_rows = drawn("overview", "today", "2021-2026")
    unrated = [next(i.chip for i in p.body.items if "待评价" in i.chip) for p in (all_years, own_rows)]  # type: ignore[union-attr]
    assert unrated[0] == unrated[1]
    view, printed = drawn("overview", "today", "2019-2020")
    assert "待评价" not in str(printed.table)
    listed = fetch.picture("records", record_list(METRICS["P13"]), view)
    assert listed.empty.startswith(
        "汇总填报 197，基数 261（2019–2020 年，据《区四届人大四次会议常委会工作报告》等 2 份）"
    )


def test_a_list_names_the_printed_totals_beside_its_records(drawn: Callable[..., tuple[View, Picture]]) -> None:
    view, _ = drawn("overview", "years", "2018-2021")
    listed = fetch.picture("records", record_list(METRICS["P01"]), view)
    assert listed.subtitle == "共 156 条记录"
    assert listed.sources == (f"另有汇总填报 291 件（2019–2020 年，据《{REPORT}》等 2 份），无逐条记录；缺 2018 年数据")
    assert listed.foot.endswith(listed.sources)


def test_an_office_chart_has_no_nought_for_a_year_without_a_figure(drawn: Callable[..., tuple[View, Picture]]) -> None:
    _, picture = drawn("deputies", "events", "2018-2026")
    chart = native.of_plot(picture.body, picture.table)  # type: ignore[arg-type]
    assert chart is not None and chart.totals is not None
    assert chart.names[:4] == ("2018 未填报", "2019 未填报", "2020 未填报", "2021")
    assert [one.values[:3] for one in (chart.totals, *chart.series)] == [(None,) * 3] * (len(chart.series) + 1)
    assert chart.totals.values[3] == 218


@pytest.mark.parametrize(
    ("words", "largest", "kept"),
    [
        (["", "142", "149", "204", "189", "209"], 3, ["", "142", "", "204", "", "209"]),
        (["5", "6", "7", "9", "8"], 3, ["5", "", "", "", "8"]),
        (["7", "9", "5", "6"], 1, ["", "9", "", "6"]),
    ],
)
def test_of_words_without_room_the_first_the_largest_and_the_last_stay(
    words: list[str], largest: int, kept: list[str]
) -> None:
    assert panels._apart(words, largest) == kept
