"""The filters of the sidebar in a real browser: by mouse, by keyboard, on a phone, and quicker than any answer."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Gate, Reader, rest

pytestmark = pytest.mark.browser
RANGE = ".stMain .cap b"


def query(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def town(page: Page, name: str) -> Locator:
    """The box of a township or a kind of them."""
    return page.locator(".towns label", has_text=name).locator("input")


def led(page: Page, part: str) -> None:
    """Waits until the address holds a part and the board has come to rest."""
    page.wait_for_url(re.compile(f"[?&]{part}(&|$)"))
    rest(page)


def test_years_are_chosen_by_name_and_kept_on_the_way_back(reader: Reader) -> None:
    page = reader("/proposals?years=2025")
    years = page.get_by_label("年份")
    expect(years).to_have_value("2025")
    years.select_option(label="近五年 2022–2026")
    led(page, "years=2022-2026")
    expect(page.locator(RANGE).first).to_contain_text("2022–2026 年")
    page.go_back()
    led(page, "years=2025")
    expect(years).to_have_value("2025")
    page.go_forward()
    led(page, "years=2022-2026")
    expect(years).to_have_value("2022-2026")


def test_any_range_of_years_is_put_the_right_way_round(reader: Reader) -> None:
    page = reader("/proposals?years=2025")
    first, last = (page.get_by_role("combobox", name=name, exact=True) for name in ("起", "止"))
    years = page.get_by_role("combobox", name="年份", exact=True)
    expect(first).to_be_hidden()
    years.select_option("")
    first.select_option("2023")
    led(page, "years=2023-2025")
    last.select_option("2021")
    led(page, "years=2021-2023")
    expect(first).to_have_value("2021")
    expect(years).to_have_value("")
    expect(page.locator(RANGE).first).to_contain_text("2021–2023 年")


def test_the_page_s_own_parts_of_the_address_stay(reader: Reader) -> None:
    page = reader("/data_quality?q=P01&years=2025")
    page.get_by_label("年份").select_option("2024")
    led(page, "years=2024")
    assert query(page) == {"q": "P01", "years": "2024"}


def test_townships_are_searched_checked_and_taken_out_again(reader: Reader) -> None:
    page = reader("/proposals?years=2025")
    summary = page.locator(".towns summary")
    summary.click()
    search = page.get_by_placeholder("按名称查找")
    expect(search).to_be_focused()
    name = page.locator(".towns label:not(.kind)").nth(2).inner_text()
    page.keyboard.type(name)
    expect(page.locator(".towns label:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    led(page, "townships=103")
    expect(page.locator(".towns")).to_have_attribute("open", "")
    expect(search).to_have_value(name)
    expect(search).to_be_focused()
    expect(page.locator(".towns label:visible")).to_have_count(1)
    expect(page.locator(RANGE).first).to_contain_text(name)
    page.keyboard.press("Escape")
    page.locator(".chips").get_by_label(f"移除 {name}").click()
    page.wait_for_url(lambda url: "townships" not in url)
    expect(summary).to_have_text("全部 17 个")


def test_a_search_that_finds_nothing_says_so_in_both_languages(reader: Reader) -> None:
    page = reader("/proposals")
    page.locator(".towns summary").click()
    page.get_by_placeholder("按名称查找").fill("zzz")
    expect(page.locator(".towns [role=status]")).to_have_text("没有匹配的乡镇（街道）")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="English").click()
    led(page, "lang=en")
    page.locator(".towns summary").click()
    expect(page.locator(".towns label:visible").first).to_have_text("All towns")
    page.get_by_placeholder("Search by name").fill("zzz")
    expect(page.locator(".towns [role=status]")).to_have_text("No township of that name")


def test_the_panel_closes_on_escape_outside_and_when_the_focus_leaves_it(reader: Reader) -> None:
    page = reader("/proposals")
    panel, summary = page.locator(".towns"), page.locator(".towns summary")
    summary.click()
    page.keyboard.press("Escape")
    expect(panel).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel).to_have_attribute("open", "")
    page.locator("h1").click()
    expect(panel).not_to_have_attribute("open", "")
    summary.click()
    page.get_by_placeholder("按名称查找").press("Shift+Tab")
    expect(panel).to_have_attribute("open", "")
    page.keyboard.press("Shift+Tab")
    expect(panel).not_to_have_attribute("open", "")


def test_a_kind_is_chosen_at_once_and_half_chosen_when_one_is_taken_out(reader: Reader) -> None:
    page = reader("/proposals?years=2025")
    page.locator(".towns summary").click()
    town(page, "全部街道").check()
    page.wait_for_url(re.compile("townships="))
    rest(page)
    codes = query(page)["townships"].split("_")
    assert len(codes) == 6
    expect(page.locator(".chips")).to_have_text("全部街道×")
    one = page.locator(f".towns label:not(.kind) [data-codes='{codes[0]}']")
    scrolled = page.locator(".towns .list").evaluate("e => e.scrollTop")
    one.focus()
    page.keyboard.press("Space")
    led(page, "townships=" + "_".join(codes[1:]))
    assert town(page, "全部街道").evaluate("e => e.indeterminate")
    expect(one).to_be_focused()
    assert page.locator(".towns .list").evaluate("e => e.scrollTop") == scrolled


@pytest.mark.parametrize("is_ahead", [True, False], ids=["ahead", "streamlit alone"])
def test_quick_clicks_add_up_whatever_has_been_answered(gate: Gate, is_ahead: bool) -> None:
    page = gate.goto("/proposals?years=2025")
    if not is_ahead:
        page.route(re.compile("/board/"), lambda route: route.fulfill(status=404))
    gate.shut()
    page.locator(".towns summary").click()
    page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll('.towns label:not(.kind) input')];
          [0, 1, 2, 3, 1].forEach((index) => boxes[index].click());
          const years = document.querySelector('[data-part=years]');
          years.value = '2024';
          years.dispatchEvent(new Event('change', { bubbles: true }));
          [...document.querySelectorAll('nav a')].find((a) => a.textContent === '监督').click();
        }"""
    )
    page.wait_for_timeout(300)
    gate.open()
    page.wait_for_url(re.compile("/supervision"))
    rest(page)
    assert query(page) == {"years": "2024", "townships": "101_103_104"}
    expect(page.locator(".stMain h1")).to_have_text("监督")
    expect(page.locator(RANGE).first).to_contain_text("2024 年")
    checked = page.locator(".towns label:not(.kind) input:checked")
    assert [box.get_attribute("data-codes") for box in checked.all()] == ["101", "103", "104"]


def test_a_click_builds_on_a_way_back(gate: Gate) -> None:
    page = gate.goto("/proposals?years=2025&townships=101")
    page.get_by_label("年份").select_option("2024")
    led(page, "years=2024")
    gate.shut()
    page.go_back()
    page.evaluate("() => document.querySelectorAll('.towns label:not(.kind) input')[1].click()")
    page.wait_for_timeout(300)
    gate.open()
    page.wait_for_url(re.compile("townships=101_102"))
    assert query(page)["years"] == "2025"


def test_a_day_is_taken_when_it_can_be_one(reader: Reader) -> None:
    page = reader("/proposals?years=2025")
    day = page.get_by_label("截至日期")
    expect(day).to_have_value("2026-11-20")
    day.fill("2025年6月30日")
    day.press("Enter")
    led(page, "as_of=2025-06-30")
    expect(page.locator(".cap")).to_contain_text("数据截至 2025-06-30")
    expect(day).to_have_value("2025-06-30")
    for wrong in ("2027-01-01", "2025-02-30", "昨天"):
        day.fill(wrong)
        page.locator("h1").click()
        expect(page.locator(".filters small")).to_have_text("可选 1979-01-01 至 2026-11-20。")
        expect(day).to_have_value("2025-06-30")
    day.fill("")
    page.locator("h1").click()
    expect(day).to_have_value("2025-06-30")
    expect(page.locator(".filters small")).to_have_text("")
    assert query(page)["as_of"] == "2025-06-30"
    page.locator(".day [type=date]").fill("2024-12-31")  # as the browser's calendar does
    led(page, "as_of=2024-12-31")
    expect(day).to_have_value("2024-12-31")
    day.fill("20261120")
    day.press("Enter")
    page.wait_for_url(lambda url: "as_of" not in url)


def test_the_language_changes_everything_and_keeps_the_view(reader: Reader) -> None:
    page = reader("/supervision?years=2024&townships=101")
    page.get_by_role("link", name="English").click()
    led(page, "lang=en")
    expect(page.locator("h1").first).to_have_text("Supervision")
    assert query(page) == {"years": "2024", "townships": "101", "lang": "en"}
    sidebar = page.locator("[data-testid=stSidebar]").inner_text()
    assert "Years" in sidebar and "年份" not in sidebar
    page.get_by_role("link", name="Reset").click()
    page.wait_for_url(lambda url: "townships" not in url)
    assert query(page) == {"years": "2026", "lang": "en"}
    page.get_by_role("link", name="中文").click()
    page.wait_for_url(lambda url: "lang" not in url)
    rest(page)
    expect(page.locator("h1").first).to_have_text("监督")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_on_a_phone_the_sidebar_stays_while_filters_are_chosen(reader: Reader, mode: str) -> None:
    page = reader("/proposals?years=2025", width=390, height=844, mode=mode)
    page.locator("[data-testid=stExpandSidebarButton]").click()
    sidebar = page.locator("[data-testid=stSidebar]")
    expect(sidebar).to_have_attribute("data-collapsed", "false")
    page.locator(".towns summary").click()
    town(page, "全部街道").check()
    page.wait_for_url(re.compile("townships="))
    page.keyboard.press("Escape")
    page.get_by_label("年份").select_option("2024")
    led(page, "years=2024")
    expect(sidebar).to_have_attribute("data-collapsed", "false")
    page.locator(".towns summary").click()
    for touched in page.locator(".filters :is(select,summary,input:not([type=checkbox]),.towns label,a,button)").all():
        box = touched.bounding_box()
        assert box is None or (box["height"] >= 32 and box["x"] >= 0 and box["x"] + box["width"] <= 240), touched
    page.keyboard.press("Escape")
    page.locator("nav a", has_text="监督").click()
    page.wait_for_url(re.compile("/supervision"))
    expect(sidebar).to_have_attribute("data-collapsed", "true")
