"""Cards that come before Streamlit: shown at once, never twice, and never instead of what Streamlit sends."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.benchmarks.server import Board
from tests.browser.conftest import Gate, rest

pytestmark = pytest.mark.browser
YEAR = ".stMain .cap b, .ahead .cap b"
# Marks what stands now, so that it is known again; and where it stands.
MARK = "() => document.querySelectorAll('main .card, main .plot').forEach((e) => (e.marked = true))"
UNMARKED = "() => [...document.querySelectorAll('main .card, main .plot')].filter((e) => !e.marked).length"
PLACES = """() => [...document.querySelectorAll('main :is(h1, .cap, .card, .card *)')].map((e) => {
  const { x, y, width, height } = e.getBoundingClientRect();
  return [e.tagName, x, y, width, height].join(' ');
})"""
PAINTED = "() => [...document.querySelectorAll('main .plot')].map((e) => e.dataset.painted)"
# Places whose cards differ from their HTML drawn anew; what is drawn in them and which are open aside.
AS_NEW = """() => [...document.querySelectorAll('.rows')].filter((root) => {
  const [now, anew] = [root.cloneNode(true), Object.assign(document.createElement('div'), { innerHTML: root.html })];
  for (const one of [now, anew]) {
    one.querySelectorAll('.plot').forEach((box) => box.replaceWith('plot'));
    one.querySelectorAll('details').forEach((box) => (box.open = false));
  }
  now.normalize();
  anew.normalize();
  return now.childNodes.length !== anew.childNodes.length
    || [...now.childNodes].some((node, index) => !node.isEqualNode(anew.childNodes[index]));
}).map((root) => root.closest('[class*=st-key-]').className)"""
ZOOM = "() => document.querySelector('.deck').map.getViewports()[0].zoom"


def painted(page: Page) -> list[str]:
    """When the charts in sight were drawn."""
    page.wait_for_function(
        "() => [...document.querySelectorAll('main .plot')].every((e) =>"
        " e.getBoundingClientRect().top > innerHeight || e.dataset.painted > 0)"
    )
    found: list[str] = page.evaluate(PAINTED)
    return found


def follow(page: Page, address: str) -> None:
    """Click on a link as they stand in cards; what comes ahead of its page is there then."""
    with page.expect_response(re.compile("/board/")):
        page.evaluate(
            """(href) => {
              const link = Object.assign(document.createElement('a'), { href });
              document.querySelector('.st-key-menu .rows').append(link);
              link.click();
              link.remove();
            }""",
            address,
        )


@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (760, 900)], ids=["office", "phone", "tablet"])
def test_a_page_is_there_before_streamlit_and_nothing_moves_when_it_comes(
    browser: Browser, board: Board, size: tuple[int, int]
) -> None:
    made = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    gate = Gate(made, board, is_open=False)
    page = gate.goto("/proposals?years=2025")
    expect(page.locator("h1")).to_have_text("议案建议")
    assert page.locator("nav").count() == 0
    drawn = painted(page)
    page.evaluate(MARK)
    page.locator(".ahead").evaluate("e => e.scrollTo(0, 300)")
    places = page.evaluate(PLACES)
    gate.open()
    page.wait_for_selector("nav", state="attached")
    assert page.evaluate(UNMARKED) == 0
    assert page.evaluate(PLACES) == places
    assert page.evaluate(PAINTED)[: len(drawn)][0] == drawn[0]
    assert page.locator("h1").count() == 1
    made.close()


def test_dark_cards_come_ahead_dark_and_english_ones_english(browser: Browser, board: Board) -> None:
    made = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    gate = Gate(made, board, is_open=False)
    page = gate.goto("/overview?years=2025&lang=en")
    expect(page.locator("h1")).to_have_text("Overview")
    assert page.evaluate("document.documentElement.lang") == "en"
    colour = "() => getComputedStyle(document.querySelector('main .card')).backgroundColor"
    assert page.evaluate(colour) == "rgb(28, 31, 36)"
    page.evaluate(MARK)
    gate.open()
    assert page.evaluate(colour) == "rgb(28, 31, 36)"
    assert page.evaluate(UNMARKED) == 0
    made.close()


def test_a_link_works_while_streamlit_is_not_there(context: BrowserContext, board: Board) -> None:
    page = Gate(context, board, is_open=False).goto("/proposals?years=2025")
    page.locator(".ahead .k").first.click()
    page.wait_for_url(re.compile("/records"))


def test_what_has_the_focus_keeps_it_when_streamlit_comes(context: BrowserContext, board: Board) -> None:
    gate = Gate(context, board, is_open=False)
    page = gate.goto("/proposals?years=2025")
    page.locator(".ahead .k").nth(2).focus()
    gate.open()
    assert page.evaluate("document.activeElement === document.querySelectorAll('.stMain .k')[2]")


def test_a_click_is_answered_before_streamlit_and_not_drawn_again_by_it(gate: Gate) -> None:
    page = gate.goto("/proposals?years=2025")
    gate.shut()
    follow(page, "/proposals?years=2024")
    expect(page.locator(YEAR).first).to_contain_text("2024 年")
    drawn = painted(page)
    page.evaluate(MARK)
    gate.open()
    page.wait_for_url(re.compile("years=2024"))
    assert page.evaluate(UNMARKED) == 0
    assert page.evaluate(PAINTED) == drawn
    expect(page.locator(YEAR).first).to_contain_text("2024 年")


def test_a_choice_in_the_sidebar_is_marked_and_answered_before_streamlit(gate: Gate) -> None:
    page = gate.goto("/proposals?years=2025")
    gate.shut()
    page.locator("[data-part=years]").select_option("2024")
    expect(page.locator(YEAR).first).to_contain_text("2024 年")
    expect(page.locator(".st-key-menu nav a", has_text="监督")).to_have_attribute("href", "/supervision?years=2024")
    drawn = painted(page)
    page.evaluate(MARK)
    gate.open()
    page.wait_for_url(re.compile("years=2024"))
    assert page.evaluate(UNMARKED) == 0
    assert page.evaluate(PAINTED) == drawn
    expect(page.locator("[data-part=years]")).to_have_value("2024")


def test_where_no_cards_come_ahead_the_sidebar_does(gate: Gate) -> None:
    page = gate.goto("/records?metric=P01&years=2025")
    gate.shut()
    page.locator("[data-part=years]").select_option("2024")
    expect(page.locator(".st-key-menu nav a", has_text="监督")).to_have_attribute("href", "/supervision?years=2024")
    gate.open()
    page.wait_for_url(re.compile("metric=P01.*years=2024|years=2024.*metric=P01"))
    expect(page.locator(".card").first).to_contain_text("2024")


def test_another_page_is_shown_before_streamlit_has_left_the_last(gate: Gate) -> None:
    page = gate.goto("/proposals?years=2025")
    gate.shut()
    page.locator(".st-key-menu a", has_text="监督").click()
    expect(page.locator(".ahead h1")).to_have_text("监督")
    page.locator(".ahead").evaluate("(e) => e.querySelectorAll('.card').forEach((card) => (card.marked = true))")
    gate.open()
    page.wait_for_url(re.compile("/supervision"))
    assert page.locator("h1").all_inner_texts() == ["监督"]
    assert page.evaluate("() => [...document.querySelectorAll('main .card')].every((e) => e.marked)")
    gate.shut()
    page.locator(".st-key-menu a", has_text="议案建议").click()
    expect(page.locator(".ahead h1")).to_have_text("议案建议")
    page.locator(".ahead .k").first.click()  # to a page that is not drawn ahead
    expect(page.locator(".ahead")).to_have_count(0)
    gate.open()
    page.wait_for_url(re.compile("/records"))
    assert page.locator(".stMain h1").all_inner_texts() == ["收到建议"]


def test_of_quick_clicks_the_last_stays(gate: Gate) -> None:
    page = gate.goto("/proposals?years=2025")
    gate.shut()
    page.evaluate(
        """() => ['2024', '2023', '2022'].forEach((year) => {
          const link = Object.assign(document.createElement('a'), { href: `/proposals?years=${year}` });
          document.querySelector('.st-key-menu .rows').append(link);
          link.click();
        })"""
    )
    expect(page.locator(YEAR).first).to_contain_text("2022 年")
    gate.open()
    page.wait_for_url(re.compile("years=2022"))
    rest(page)
    expect(page.locator(YEAR).first).to_contain_text("2022 年")
    gate.shut()
    follow(page, "/supervision?years=2022")
    expect(page.locator(".ahead h1")).to_have_text("监督")
    follow(page, "/proposals?years=2021")
    gate.open()
    page.wait_for_url(re.compile("/proposals.*years=2021"))
    rest(page)
    assert page.locator("h1").all_inner_texts() == ["议案建议"]
    expect(page.locator(YEAR).first).to_contain_text("2021 年")


@pytest.mark.parametrize("gap", [0, 15, 40, 90])
def test_quick_clicks_end_where_the_last_led_and_the_way_back_passes_them_all(gate: Gate, gap: int) -> None:
    page = gate.goto("/proposals?years=2025")
    page.evaluate(
        """async (gap) => {
          for (const href of ['/decisions?years=2024', '/supervision?years=2023']) {
            const link = Object.assign(document.createElement('a'), { href });
            document.querySelector('.st-key-menu .rows').append(link);
            link.click();
            await new Promise((done) => setTimeout(done, gap));
          }
        }""",
        gap,
    )
    for title, year in (("监督", "2023 年"), ("决议决定与会议", "2024 年"), ("议案建议", "2025 年")):
        expect(page.locator(".stMain h1")).to_have_text(title)
        expect(page.locator(YEAR).first).to_contain_text(year)
        rest(page)
        assert page.evaluate("() => [...document.querySelectorAll('.rows')].every((e) => e.sent && !e.early)")
        page.go_back()


def test_what_is_put_into_the_basket_during_a_page_change_is_in_it(gate: Gate) -> None:
    page = gate.goto("/proposals?years=2025")
    gate.shut()
    page.locator(".st-key-menu a", has_text="监督").click()
    expect(page.locator(".ahead h1")).to_have_text("监督")
    page.locator(".ahead .dl .menu a[href*=keep]").first.dispatch_event("click")
    gate.open()
    expect(page.locator(".stMain h1")).to_have_text("监督")
    expect(page.locator(".acts")).to_contain_text("简报篮 1")


@pytest.mark.parametrize("key", ["overview", "proposals", "stations", "deputies", "briefing", "data_quality"])
def test_what_was_altered_is_what_would_be_drawn_anew(gate: Gate, key: str) -> None:
    page = gate.goto(f"/{key}?years=2026")
    for query in ("years=2023", "years=2019-2020&townships=101&lang=en", "years=2026&km=1"):
        follow(page, f"/{key}?{query}")
        page.wait_for_function("(query) => location.search.includes(query)", arg=query)
        rest(page)
        page.wait_for_function("() => document.querySelector('.stApp').dataset.testScriptState === 'notRunning'")
        assert page.evaluate(AS_NEW) == []
    assert page.evaluate("() => [...document.querySelectorAll('.plot')].filter((box) => !box.figure)") == []


def test_what_is_being_typed_stays_when_the_page_changes(gate: Gate) -> None:
    page = gate.goto("/data_quality?years=2025")
    field = page.locator(".find input").first
    field.fill("转出")
    follow(page, "/data_quality?years=2024")
    page.wait_for_url(re.compile("years=2024"))
    rest(page)
    expect(field).to_be_focused()
    expect(field).to_have_value("转出")


def test_back_and_forward_are_answered_before_streamlit(gate: Gate) -> None:
    page = gate.goto("/proposals?years=2025")
    follow(page, "/proposals?years=2024")
    page.wait_for_url(re.compile("years=2024"))
    rest(page)
    gate.shut()
    page.go_back()
    expect(page.locator(YEAR).first).to_contain_text("2025 年")
    gate.open()
    expect(page.locator(YEAR).first).to_contain_text("2025 年")
    gate.shut()
    page.go_forward()
    expect(page.locator(YEAR).first).to_contain_text("2024 年")
    gate.open()
    assert "years=2024" in page.url
    expect(page.locator(YEAR).first).to_contain_text("2024 年")


def test_what_is_in_the_basket_is_marked_ahead_too(gate: Gate) -> None:
    page = gate.goto("/proposals?years=2025")
    ladder = page.locator("[data-card=ladder] .dl .menu a").first
    ladder.dispatch_event("click")
    expect(ladder).to_have_text("已在简报篮")
    rest(page)
    follow(page, "/proposals?years=2024")
    expect(ladder).to_have_text("加入简报")
    page.wait_for_url(re.compile("years=2024"))
    rest(page)
    gate.shut()
    follow(page, "/proposals?years=2025")
    expect(ladder).to_have_text("已在简报篮")
    expect(page.locator(".acts")).to_contain_text("简报篮 1")
    page.evaluate(MARK)
    gate.open()
    assert page.evaluate(UNMARKED) == 0


@pytest.mark.parametrize("body", ["", "[not json", '[["head", 9]]\nnot gzip'], ids=["nothing", "words", "broken"])
def test_the_page_is_right_when_what_comes_ahead_is_not(gate: Gate, body: str) -> None:
    def spoil(route: Route) -> None:
        route.fulfill(status=200 if body else 404, content_type="application/octet-stream", body=body)

    gate.page.route(re.compile("/board/"), spoil)
    page = gate.goto("/proposals?years=2025")
    expect(page.locator(YEAR).first).to_contain_text("2025 年")
    follow(page, "/supervision?years=2024")
    page.wait_for_url(re.compile("/supervision"))
    rest(page)
    assert page.locator("h1").all_inner_texts() == ["监督"]


def test_a_click_does_not_wait_for_what_does_not_come(gate: Gate) -> None:
    page = gate.goto("/proposals?years=2025")
    page.route(re.compile("/board/"), lambda _: None)
    page.locator(".st-key-menu a", has_text="监督").click()
    page.wait_for_url(re.compile("/supervision"))
    rest(page)
    expect(page.locator(".stMain h1")).to_have_text("监督")


def test_streamlit_has_the_last_word_when_other_cards_came_ahead(gate: Gate) -> None:
    page = gate.goto("/proposals?years=2025")
    stale = page.request.get(f"{gate.board.url}/board/light/proposals?years=2021").body()
    page.route(re.compile("/board/"), lambda route: route.fulfill(content_type="application/octet-stream", body=stale))
    gate.shut()
    follow(page, "/proposals?years=2024")
    expect(page.locator(YEAR).first).to_contain_text("2021 年")
    gate.open()
    expect(page.locator(YEAR).first).to_contain_text("2024 年")
    gate.shut()
    follow(page, "/proposals?years=2024")  # where Streamlit's answer is the same as its last
    expect(page.locator(YEAR).first).to_contain_text("2021 年")
    gate.open()
    expect(page.locator(YEAR).first).to_contain_text("2024 年", timeout=8_000)


def test_a_map_comes_ahead_and_stays_where_the_reader_has_moved_it(gate: Gate) -> None:
    page = gate.goto("/stations?years=2025")
    began = page.evaluate(ZOOM)
    page.locator("[data-map=in]").click()
    page.wait_for_function(f"(before) => ({ZOOM})() > before + 0.9", arg=began)
    moved = page.evaluate(ZOOM)
    gate.shut()
    follow(page, "/stations?years=2024")
    expect(page.locator(YEAR).first).to_contain_text("2024 年")
    assert page.evaluate(ZOOM) == moved
    page.evaluate("() => document.querySelector('.deck canvas').marked = true")
    gate.open()
    page.wait_for_url(re.compile("2024"))
    rest(page)
    assert page.evaluate("() => document.querySelector('.deck canvas').marked")
    page.locator("[data-map=reset]").click()
    page.wait_for_function(f"(before) => Math.abs(({ZOOM})() - before) < 0.01", arg=began)
    follow(page, "/overview?years=2024")
    page.wait_for_url(re.compile("/overview"))
    rest(page)
    gate.shut()
    follow(page, "/stations?years=2024")
    expect(page.locator(".ahead h1")).to_have_text("联络站点")
    expect(page.locator(".ahead .deck canvas").first).to_be_visible()
    gate.open()
    expect(page.locator(".stMain .deck canvas").first).to_be_visible()
    assert page.locator("h1").all_inner_texts() == ["联络站点"]
