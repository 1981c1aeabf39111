"""A leader's way through the board in a real browser: look, filter, click, follow, share, go back."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.navigation import ENTRIES, Entry
from tests.benchmarks.browser import ARGUMENTS, CHROMIUM
from tests.benchmarks.server import Board
from tests.browser.conftest import Reader, rest

pytestmark = pytest.mark.browser
PAGES = [entry for entry in ENTRIES if entry.listed]
SCREENS = [(1440, 900), (390, 844), (1920, 1080)]  # office, phone, wall
# Charts are as large as their places, which the window may just have changed.
FILLED = """() => [...document.querySelectorAll('.plot[data-painted]')].every((box) => {
  const drawn = box.querySelector('.main-svg, canvas');
  if (!drawn) return true; // a drawing is as large as it needs
  const { clientWidth, clientHeight } = drawn;
  return Math.hypot(clientWidth - box.clientWidth, clientHeight - box.clientHeight) < 2;
})"""


def query(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def path(page: Page) -> str:
    return urlsplit(page.url).path


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_every_page_opens_and_fits_every_screen(reader: Reader, entry: Entry) -> None:
    # Each third of the pages is opened on another kind of screen, then held to the other two.
    turn = PAGES.index(entry) % 3
    (width, height), *others = SCREENS[turn:] + SCREENS[:turn]
    page = reader(entry.path, width=width, height=height)
    expect(page.locator("h1").first).to_have_text(entry.title.zh)
    assert page.locator(".empty", has_text="无法显示").count() == 0
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.wait_for_function(FILLED)
    assert sideways(page) <= 0, (width, height)
    for width, height in others:
        page.set_viewport_size({"width": width, "height": height})
        rest(page)
        page.wait_for_function(FILLED)
        assert sideways(page) <= 0, (width, height)


def test_no_record_is_not_counted_from_nought_to_nought(reader: Reader) -> None:
    assert reader("/records?metric=L06&years=2015").locator(".ch p").inner_text() == "共 0 条"
    assert reader("/records?metric=L06&years=2015&lang=en").locator(".empty").inner_text() == "No data for 2015."


def test_the_map_s_choices_wrap_on_an_english_phone(reader: Reader) -> None:
    page = reader("/stations?lang=en", width=390, height=844)
    page.locator(".choices").first.scroll_into_view_if_needed()
    assert sideways(page) <= 0


def test_the_chief_button_of_a_form_can_be_read_in_the_dark(reader: Reader) -> None:
    page = reader("/speech_check", mode="dark")
    colours = "(e) => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    button = page.locator("[data-testid^=stBaseButton-primary]").first
    text, ground = button.evaluate(colours)
    assert (text, ground) == ("rgb(28, 31, 36)", "rgb(232, 119, 108)")  # 5.7 to 1; white had 2.9
    button.hover()
    page.wait_for_timeout(600)
    pointed_at = button.evaluate(colours)[1]
    assert pointed_at.startswith("color(srgb 0.9")  # paler, not the darker red that dark words are lost on


def sideways(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return int(
        page.evaluate("document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth")
    )


@pytest.mark.parametrize("address", ["/overview?years=2015&lang=en", "/supervision?lang=en"])
def test_english_words_stay_within_their_cards_on_a_phone(reader: Reader, address: str) -> None:
    page = reader(address, width=390, height=844)
    beyond = "(cards) => cards.filter((card) => card.scrollWidth > card.clientWidth + 1).map((card) => card.innerText)"
    assert page.locator(".rows .card").evaluate_all(beyond) == []


def test_a_step_still_to_come_stands_in_its_place_in_the_history(reader: Reader) -> None:
    page = reader("/record?of=supervision_item&id=JD-2026-FD09")
    coming = page.locator(".past li", has_text="2026-12-18")
    assert coming.evaluate("(step) => [getComputedStyle(step).position, step.offsetHeight < 200]") == ["static", True]


def test_the_years_of_a_single_row_stand_within_their_drawing(reader: Reader) -> None:
    page = reader("/proposals?category=AGR")
    plot = page.locator("[data-card=topics] .plot")
    plot.scroll_into_view_if_needed()
    rest(page)
    year, drawn = plot.locator("text", has_text="2024").bounding_box(), plot.bounding_box()
    assert year and drawn and year["y"] + year["height"] <= drawn["y"] + drawn["height"]


def test_headings_of_the_statutory_duties_do_not_touch(reader: Reader) -> None:
    page = reader("/overview?lang=en", width=390, height=844)
    beyond = "(heads) => heads.filter((head) => head.scrollWidth > head.clientWidth).map((head) => head.innerText)"
    assert page.locator("[data-card=duties] th").evaluate_all(beyond) == []


def test_the_root_is_the_overview(reader: Reader) -> None:
    expect(reader("/").locator("h1").first).to_have_text("总览")


def test_nothing_of_streamlit_is_in_sight(reader: Reader) -> None:
    page = reader("/overview")
    for name in ("stMainMenu", "stAppDeployButton", "stStatusWidget"):
        assert page.locator(f"[data-testid={name}]:visible").count() == 0
    # Where a style of Streamlit and one of ours say as much, ours comes later.
    expect(page.locator("[data-testid=stSidebarUserContent]")).to_have_css("padding", "8px 16px 24px")


def test_a_bar_filters_the_page_and_the_chip_takes_it_back(reader: Reader) -> None:
    page = reader("/proposals?years=2025")
    bar = page.locator("[data-card=categories] .bars a").first
    name = bar.locator("span").first.inner_text()
    bar.locator("span").first.click()
    page.wait_for_url(re.compile("category="))
    rest(page)
    expect(page.locator(".picks .pick")).to_contain_text(name)
    page.locator(".picks .pick").click()
    page.wait_for_url(lambda url: "category=" not in url)


def test_a_card_leads_to_its_records_and_a_record_to_its_history(reader: Reader) -> None:
    page = reader("/proposals?years=2025")
    number = page.locator(".k .n").first.inner_text()
    page.locator(".k").first.click()
    page.wait_for_url(re.compile("/records"))
    rest(page)
    total = re.search(r"共 ([\d,]+) 条", page.locator(".card").first.inner_text())
    assert total is not None and number.startswith(total[1])
    page.locator("tr[data-href]").first.click()
    page.wait_for_url(re.compile("/record[?]"))
    rest(page)
    steps = page.locator(".past li b").all_inner_texts()
    assert steps[0] == "提出" and "交办" in steps


def test_records_are_searched(reader: Reader) -> None:
    page = reader("/records?metric=P01&years=2025")
    page.locator("input[name=q]").fill("养老")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q="))
    found = page.locator("tr[data-href]")
    expect(found.filter(has_not_text="养老")).to_have_count(0)
    expect(found.first).to_be_visible()


def test_a_township_on_the_map_filters_the_page(reader: Reader) -> None:
    page = reader("/overview")
    area = page.locator(".map svg a").first
    area.dispatch_event("click")
    page.wait_for_url(re.compile("townships="))
    rest(page)
    code = query(page)["townships"]
    assert re.fullmatch(r"\d{3}", code)


def test_an_unknown_page_is_answered_in_chinese(browser: Browser, board: Board) -> None:
    page = browser.new_page()
    answer = page.goto(board.url + "/nowhere")
    assert answer is not None and answer.status == 404
    expect(page.locator("h1")).to_have_text("没有这个页面")
    page.locator("a").click()
    expect(page.locator("h1").first).to_have_text("总览", timeout=20_000)
    page.close()


def test_without_webgl_the_map_is_drawn(browser: Browser, board: Board) -> None:
    flat = browser.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, "--disable-3d-apis"])
    page = flat.new_page(viewport={"width": 1440, "height": 900})
    page.goto(board.url + "/stations")
    expect(page.locator(".map svg").first).to_be_visible(timeout=30_000)
    assert page.locator("canvas").count() == 0
    flat.close()


def test_without_its_library_the_map_is_drawn(browser: Browser, board: Board) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.route("**/app/static/deck.js*", lambda route: route.abort())
    page.goto(board.url + "/stations")
    expect(page.locator(".deck .map svg")).to_be_visible()
    page.close()


def test_the_movable_map_is_clicked_and_changed_for_the_drawing(reader: Reader) -> None:
    page = reader("/stations?years=2025")
    page.locator("[data-map=drawing]").click()
    expect(page.locator(".deck .map svg")).to_be_visible()
    assert page.locator(".deck canvas").count() == 0
    page.locator(".choices a", has_text="5 公里").click()
    page.wait_for_url(re.compile("km=5"))
    rest(page)
    expect(page.locator(".deck .map svg")).to_be_visible()
    page.locator("[data-map=deck]").click()
    page.wait_for_selector(".deck[data-shows=deck]")
    township = {"x": 300, "y": 200}
    page.locator(".deck canvas").first.hover(position=township)  # type: ignore[arg-type]
    expect(page.locator(".deck-tooltip")).to_contain_text("村（社区）占比")
    page.locator(".deck canvas").first.click(position=township)  # type: ignore[arg-type]
    page.wait_for_url(re.compile(r"townships=\d{3}"))
    assert query(page)["km"] == "5"


def test_a_view_survives_a_change_of_page_a_copy_and_a_reload(reader: Reader, board: Board) -> None:
    page = reader("/proposals?years=2022-2024&townships=101_102&lang=en")
    caption = page.locator(".cap b").first.inner_text()
    page.locator(".st-key-menu a", has_text="Supervision").click()
    page.wait_for_url(re.compile("/supervision"))
    rest(page)
    assert page.locator(".cap b").first.inner_text() == caption
    elsewhere = reader(page.url.removeprefix(board.url))
    assert elsewhere.locator(".cap b").first.inner_text() == caption
    elsewhere.reload()
    elsewhere.wait_for_selector(".rows .card")
    rest(elsewhere)
    assert elsewhere.locator(".cap b").first.inner_text() == caption


def test_back_and_forward_go_through_the_same_views(reader: Reader) -> None:
    page = reader("/proposals?years=2025")
    page.locator(".k").first.click()
    page.wait_for_url(re.compile("/records"))
    rest(page)
    page.locator("tr[data-href]").first.click()
    page.wait_for_url(re.compile("/record[?]"))
    rest(page)
    seen = page.url
    page.go_back()
    page.wait_for_url(re.compile("/records"))
    rest(page)
    expect(page.locator("h1").first).to_have_text("收到建议")
    page.go_back()
    page.wait_for_url(re.compile("/proposals"))
    rest(page)
    expect(page.locator("h1").first).to_have_text("议案建议")
    page.go_forward()
    rest(page)
    page.go_forward()
    page.wait_for_url(seen)


def test_the_table_behind_a_chart_is_one_click_away(reader: Reader) -> None:
    page = reader("/overview")
    page.locator("[data-card=years] .tb").get_by_text("表格", exact=True).click()
    expect(page.locator("[role=dialog] table")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[role=dialog]")).to_have_count(0)
    page.wait_for_url(lambda url: "panel" not in url)


def test_the_way_back_closes_a_table(reader: Reader) -> None:
    page = reader("/overview?years=2025")
    page.locator("[data-card=years] .tb").get_by_text("表格", exact=True).click()
    expect(page.locator("[role=dialog] table")).to_be_visible()
    page.go_back()
    expect(page.locator("[role=dialog]")).to_have_count(0)
    assert (path(page), query(page)) == ("/overview", {"years": "2025"})


def test_a_closed_table_is_no_step_on_the_way_back(reader: Reader) -> None:
    page = reader("/proposals?years=2025")
    page.locator("nav a[href^='/overview']").click()
    page.wait_for_url(re.compile("/overview"))
    rest(page)
    page.locator("[data-card=years] .tb").get_by_text("表格", exact=True).click()
    expect(page.locator("[role=dialog] table")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "panel" not in url)
    rest(page)
    expect(page.locator("[role=dialog]")).to_have_count(0)
    page.go_back()
    page.wait_for_url(re.compile("/proposals"))


def test_the_phone_s_bar_names_the_board_in_the_reader_s_language(reader: Reader) -> None:
    name = "getComputedStyle(document.querySelector('[data-testid=stHeader]'), '::after').content"
    page = reader("/overview?lang=en", width=390, height=844)
    assert page.evaluate(name) == '"Renda Overview"'
    assert reader("/overview", width=390, height=844).evaluate(name) == '"人大工作通览"'


def test_a_definition_is_one_click_away(reader: Reader) -> None:
    page = reader("/overview")
    page.locator("[data-card=years] .tb a", has_text="口径").click()
    page.wait_for_url(re.compile("/definitions"))
    rest(page)
    assert page.locator(".def").count() == 4


def test_bad_parts_of_an_address_are_answered_with_the_board(reader: Reader) -> None:
    page = reader("/proposals?years=9-1&townships=" + "9" * 3000 + "&x=%3Cscript%3Ealert(1)%3C/script%3E")
    assert page.locator(".notice").count() == 3
    expect(page.locator("h1").first).to_have_text("议案建议")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_stand_out_from_their_ground(reader: Reader, mode: str) -> None:
    page = reader("/overview", mode=mode)
    ground, ink = page.evaluate(
        """() => { const card = getComputedStyle(document.querySelector('.card'));
        return [card.backgroundColor, getComputedStyle(document.querySelector('.card h2')).color]; }"""
    )
    assert abs(_light(ground) - _light(ink)) > 0.6


def _light(colour: str) -> float:
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3]) / 765
