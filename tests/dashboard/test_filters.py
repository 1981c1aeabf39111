"""The filters as HTML: what can be chosen, what is, and the address that each choice changes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from dashboard import filters
from dashboard.address import decode
from dashboard.exhibits.exhibit import View
from dashboard.fetch import Frame, Township
from dashboard.navigation import ENTRIES, Entry, entry
from data_access.context import Context, Filters, Rules, Scope
from data_access.text import Lang

RULES = Rules(region_code="330100", region_name="云澜区")
TOWNS = (
    Township("330100101", "霁川镇", "TOWN"),
    Township("330100102", "砚汀镇", "TOWN"),
    Township("330100201", "<云台>乡", "XIANG"),
    Township("330100301", "望云街道", "STREET"),
    Township("330100302", "北桥街道", "STREET"),
    Township("330100401", "霁川林场", "FARM"),
)
MADE = Frame(RULES, date(2026, 11, 20), TOWNS, 2022)
PROPOSALS = next(made for made in ENTRIES if made.key == "proposals")


def view(
    *towns: str, years: tuple[int, int] = (2026, 2026), day: date = MADE.data_on, lang: Lang = "zh", **more: object
) -> View:
    chosen = Filters(years, tuple(f"330100{town}" for town in towns), **more)  # type: ignore[arg-type]
    return View(Context(Scope(("330100",)), chosen, day, RULES), lang, data_on=MADE.data_on)


def shown(seen: View, here: Entry = PROPOSALS, made: Frame = MADE, **own: str) -> str:
    return filters.html(made, here, seen, own)


def options(html: str, part: str) -> list[tuple[str, str]]:
    listed = re.search(rf'<select data-{part}">(.*?)</select>', html)
    assert listed is not None
    return re.findall(r'value="([^"]*)"[^>]*>([^<]*)<', listed[1])


def chosen(html: str) -> list[str]:
    return re.findall(r'<option value="([^"]*)" selected>', html)


def boxes(html: str) -> dict[str, str]:
    """What is said of each box to be checked, by its words."""
    return {unescape(words): state for state, words in re.findall(r'<input type="checkbox"([^>]*)>([^<]*)<', html)}


def chips(html: str) -> list[str]:
    return [unescape(words) for words in re.findall(r'<button[^>]*aria-label="移除 ([^"]*)"', html)]


def link(html: str, kind: str) -> str:
    found = re.search(rf"<a [^>]*{kind}[^>]*>", html)
    assert found is not None
    address = re.search(r'href="([^"]*)"', found[0])
    assert address is not None
    return unescape(address[1])


def test_spans_with_a_name_and_single_years_are_offered() -> None:
    offered = options(shown(view()), 'part="years')
    assert offered[:4] == [
        ("2026", "本年 2026"),
        ("2022-2026", "近五年 2022–2026"),
        ("2022-2026", "本届 2022–2026"),
        ("2025", "2025 年"),
    ]
    assert [value for value, _ in offered[3:]] == ["2025", "2024", "2023", "2022", "2021", "2020", ""]


def test_a_year_that_has_a_name_leaves_the_two_lists_hidden() -> None:
    html = shown(view(years=(2024, 2024)))
    assert chosen(html)[0] == "2024"
    assert '<div class="range" hidden>' in html


def test_any_other_span_is_in_two_lists() -> None:
    html = shown(view(years=(2021, 2024)))
    assert chosen(html) == ["", "2021", "2024"]
    assert '<div class="range">' in html


@pytest.mark.parametrize("years", [(2021, 2024), (1979, 1985), (2026, 2026), (2040, 2041)])
def test_every_pair_of_years_in_the_two_lists_can_stand_in_an_address(years: tuple[int, int]) -> None:
    html = shown(view(years=years))
    for end, other in (("from", years[1]), ("to", years[0])):
        offered = [int(value) for value, _ in options(html, f'end="{end}')]
        assert set(years) <= set(offered)
        for year in offered:
            pair = sorted((year, other))
            assert decode({"years": f"{pair[0]}-{pair[1]}"}, region="", townships=()).faults == ()


def test_townships_stand_by_kind_and_none_is_checked_when_all_are_meant() -> None:
    html = shown(view())
    assert list(boxes(html)) == [
        "全部镇", "霁川镇", "砚汀镇", "全部乡", "<云台>乡", "全部街道", "望云街道", "北桥街道", "霁川林场",
    ]  # fmt: skip
    assert "checked" not in html and chips(html) == []
    assert "全部 6 个</summary>" in html


def test_a_kind_is_checked_when_all_of_it_is_and_half_checked_when_some_is() -> None:
    found = boxes(shown(view("101", "301", "302", "401")))
    assert [words for words, state in found.items() if "checked" in state] == [
        "霁川镇", "全部街道", "望云街道", "北桥街道", "霁川林场",
    ]  # fmt: skip
    assert [words for words, state in found.items() if "data-some" in state] == ["全部镇"]
    assert 'data-codes="301_302"' in found["全部街道"]


def test_chosen_townships_can_be_taken_out_one_by_one_and_a_whole_kind_at_once() -> None:
    html = shown(view("101", "201", "301", "302", "401"))
    assert chips(html) == ["全部街道", "霁川镇", "<云台>乡", "霁川林场"]
    assert "已选 5 个</summary>" in html


def test_of_many_chosen_townships_the_first_are_named_and_all_are_counted() -> None:
    towns = tuple(Township(f"330100{n}", f"{n}镇", "TOWN") for n in range(101, 112))
    html = shown(view(*(str(n) for n in range(101, 111))), made=replace(MADE, townships=towns))
    assert len(chips(html)) == filters.MOST_CHIPS
    assert "等 10 个" in html


def test_a_board_without_townships_says_so() -> None:
    assert "全部 0 个</summary>" in shown(view(), made=replace(MADE, townships=()))


def test_the_day_has_its_bounds_and_the_day_the_board_takes_by_itself() -> None:
    html = shown(view(day=date(2025, 6, 30)))
    assert 'value="2025-06-30" data-plain="2026-11-20"' in html
    assert 'type="date" value="2025-06-30" min="1979-01-01" max="2026-11-20"' in html
    assert 'data-bad="可选 1979-01-01 至 2026-11-20。"' in html


def test_a_choice_starts_from_the_whole_view_and_the_page_s_own_parts() -> None:
    stations = entry("stations")
    assert stations is not None
    seen = view("101", years=(2021, 2024), day=date(2025, 6, 30), lang="en", picks=(("category", "AGR"),))
    html = shown(seen, stations, km='2"<')
    here = re.search(r'data-here="([^"]*)"', html)
    assert here is not None
    assert unescape(here[1]) == (
        "/stations?years=2021-2024&townships=101&as_of=2025-06-30&lang=en&category=AGR&km=2%22%3C"
    )
    assert 'data-own="basket from id km layer list metric metrics of q sites"' in html


def test_the_other_language_keeps_the_view_and_reset_keeps_the_language() -> None:
    seen = view("101", years=(2021, 2024), day=date(2025, 6, 30), lang="en", since=date(2026, 1, 1))
    html = shown(seen, km="2")
    assert link(html, 'lang="zh-CN"') == (
        "/proposals?years=2021-2024&townships=101&as_of=2025-06-30&since=2026-01-01&km=2"
    )
    assert 'hreflang="en" aria-current="true"' in html
    assert link(html, 'class="reset"') == "/proposals?years=2026&lang=en&km=2"


def test_an_english_reader_finds_no_chinese_but_names() -> None:
    html = re.sub(
        r"霁川镇|砚汀镇|&lt;云台&gt;乡|望云街道|北桥街道|霁川林场|中文|语言", "", shown(view("101", lang="en"))
    )
    assert re.findall(r"[\u4e00-\u9fff]+", html) == []
