"""The basket: what goes into an address comes back out of it, and what does not belong there is dropped and said."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from openpyxl import load_workbook
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import briefing, fetch
from dashboard.briefing import basket
from dashboard.briefing.basket import LONGEST_NOTE, MOST, BriefingView, Item, read, take, write
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exports.routes import routes
from dashboard.navigation import ENTRIES
from dashboard.settings import settings
from tests.dashboard.made_reports import BODIES, picture

EXHIBITS = [
    (entry.key, exhibit.key)
    for entry in ENTRIES
    if entry.listed and entry.key != "briefing"
    for exhibit in fetch.page(entry.key).exhibits()
]
PARTS = st.lists(
    st.sampled_from(
        [("years", "2021-2025"), ("years", "2026"), ("townships", "101_102"), ("as_of", "2025-06-30"),
         ("category", "FIN"), ("category", "AGR"), ("unit", "U1"), ("grade", "3")]
    ),
    unique=True,
    max_size=4,
)  # fmt: skip
NOTES = st.text(max_size=200)
ITEMS = st.lists(
    st.builds(
        lambda where, parts, note: Item(*where, tuple(sorted(parts)), basket.tidy(note)),
        st.sampled_from(EXHIBITS),
        PARTS,
        NOTES,
    ),
    max_size=5,
    unique=True,
).map(tuple)


@pytest.fixture(scope="module")
def board(sample_url: str) -> Iterator[None]:
    """A board on the sample."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", sample_url)
        settings.cache_clear()
        fetch.forget()
        yield
    settings.cache_clear()
    fetch.forget()


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every part of a view is understood: no database is asked which townships there are."""
    monkeypatch.setattr(fetch, "view_of", lambda parts, **_: (None, ()))


@tries(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(ITEMS)
def test_a_basket_comes_back_from_its_address(known: None, made: tuple[Item, ...]) -> None:
    address = f"/briefing?basket={quote(write(made), safe='_-.~')}"
    assert read(dict(parse_qsl(urlsplit(address).query))["basket"]) == (made, ())


@tries(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.text(alphabet=st.sampled_from("proposals.ladder~years2021-<>&\"'%/é文"), max_size=200))
def test_nothing_written_by_hand_breaks_the_reader(known: None, text: str) -> None:
    found, faults = read(text)
    assert all(basket.exhibit_of(item.page, item.exhibit) for item in found)
    assert bool(found) or bool(faults) or text in ("", basket.EMPTY)


def test_what_is_not_there_is_dropped_and_said(board: None) -> None:
    text = "proposals.ladder~years.2021-2025~~nowhere.x~~proposals.none~~stations.map~years.9~colour.1~~briefing.text"
    found, faults = read(text)
    assert [item.name for item in found] == ["proposals.ladder", "stations.map"]
    assert found[1].parts == ()
    assert [fault.zh for fault in faults] == [
        "简报篮中有 3 项无法识别，已略去。",
        "简报篮“stations.map”的部分筛选无法识别，已略去。",
    ]


def test_a_basket_holds_so_many_and_no_more(known: None) -> None:
    every = tuple(Item(page, exhibit, (("years", str(2000 + n)),)) for n in range(3) for page, exhibit in EXHIBITS)
    made: tuple[Item, ...] = ()
    for item in every:
        made = basket.put(made, item)
    assert len(made) == MOST
    found, faults = read(write(every[: MOST + 5]))
    assert len(found) == MOST
    assert [fault.zh for fault in faults] == ["简报篮最多 20 项，其余未收入。"]


def test_an_exhibit_is_put_in_once_for_each_view() -> None:
    one = basket.item_at("proposals", "ladder", "/proposals?years=2026&lang=en&category=FIN~AGR")
    assert one.parts == (("category", "AGR"), ("category", "FIN"), ("years", "2026"))
    other = basket.item_at("proposals", "ladder", "/proposals?years=2025")
    made = basket.put(basket.put(basket.put((), one), other), one)
    assert made == (one, other)
    assert basket.holds(basket.noted(made, 0, "备注"), one)


def test_items_are_moved_taken_out_and_noted() -> None:
    a, b, c = (Item("proposals", key) for key in ("a", "b", "c"))
    assert basket.moved((a, b, c), 2, -1) == (a, c, b)
    assert basket.moved((a, b, c), 0, -1) == (a, b, c)
    assert basket.moved((a, b, c), 2, 1) == (a, b, c)
    assert basket.without((a, b, c), 1) == (a, c)
    assert basket.noted((a, b), 1, " 请\n核 ")[1].note == "请 核"


def test_an_address_puts_an_exhibit_in_and_notes_an_item(known: None) -> None:
    ladder = Item("proposals", "ladder", (("years", "2025"),))
    parts = {"years": "2025", "lang": "en", "keep": "ladder"}
    assert basket.changed((), "proposals", parts) == ((ladder,), ())
    assert basket.changed((ladder,), "proposals", parts) == ((ladder,), ())
    full = tuple(replace(ladder, parts=(("years", str(2000 + n)),)) for n in range(MOST))
    held, said = basket.changed(full, "proposals", parts)
    assert held == full and [words.zh for words in said] == ["简报篮已满 20 项，先移出一项再加入。"]
    assert basket.changed((ladder,), "briefing", {"note": "0", "words": "请核"})[0] == (replace(ladder, note="请核"),)
    for bad in ({"keep": "none"}, {"note": "1", "words": "x"}, {"note": "-1"}, {"words": "x"}, {}):
        assert basket.changed((ladder,), "proposals", bad) == ((ladder,), ())


@given(NOTES)
def test_a_note_is_one_short_line_of_words(text: str) -> None:
    made = basket.tidy(text)
    assert len(made) <= LONGEST_NOTE and made.isprintable() and "~" not in made
    assert basket.tidy(made) == made


def test_each_exhibit_is_drawn_under_its_own_view(board: None) -> None:
    text = "proposals.ladder~years.2021-2025~townships.101~category.AGR~category.FIN~~stations.map~km.5~sites.ST_RM"
    ladder, places = basket.shown(read(text)[0], "en", "dark")
    assert ladder.view.context.filters.years == (2021, 2025)
    assert ladder.view.context.filters.townships == ("990102101",)
    assert ladder.view.context.filters.picked("category") == ("AGR", "FIN")
    assert (ladder.view.lang, ladder.view.mode) == ("en", "dark")
    assert places.view.context.rules.coverage_km == 5


def test_addresses_of_the_briefing_carry_the_basket_and_others_do_not(board: None) -> None:
    view = take(fetch.view_of({"years": "2026", "category": "FIN"})[0], {"basket": "proposals.ladder~years.2025"})
    assert view.link("/briefing") == "/briefing?years=2026&basket=proposals.ladder~years.2025"
    assert view.link("/export/briefing.docx").endswith("basket=proposals.ladder~years.2025")
    assert "basket" not in view.link("/records", metric="P01")
    assert "basket" not in view.link("/briefing", panel="text")  # on a card, which is kept for other readers too
    assert view.link("/briefing", basket=basket.EMPTY).endswith("basket=none")
    assert read("none") == ((), ())


def test_the_report_holds_every_exhibit_of_the_basket_with_its_view_and_note(board: None) -> None:
    items = read("proposals.ladder~years.2021-2025~note.请核~~supervision.follow_up~years.2026")[0]
    made = briefing.report(fetch.view_of({"years": "2022-2026"})[0], items)
    assert [section.key for section in made.sections] == [item.name for item in items]
    assert made.sections[0].note == "请核"
    assert made.sections[0].filters.startswith("2021–2025 年")
    assert {metric.key for metric in fetch.page("proposals").exhibit("ladder").metrics} <= {  # type: ignore[union-attr]
        definition.key for definition in made.passport.definitions
    }
    again = dict(parse_qsl(urlsplit(made.passport.link).query))
    assert read(again["basket"])[0] == items
    assert again["as_of"] == date(2026, 11, 20).isoformat()


def test_the_file_of_the_briefing_holds_text_and_basket(board: None) -> None:
    with TestClient(Starlette(routes=routes)) as client:
        got = client.get("/export/briefing.xlsx?years=2022-2026&basket=proposals.ladder~years.2025~note.请核")
    assert got.status_code == 200
    said = " ".join(
        str(cell)
        for sheet in load_workbook(io.BytesIO(got.content))
        for row in sheet.values
        for cell in row
        if cell is not None
    )
    assert "五年来" in said and "不满意" in said


def test_an_exhibit_that_cannot_be_shown_leaves_its_sentence(board: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from data_access.errors import RendaError
    from data_access.text import Text

    def fails(page: str, exhibit: Exhibit, view: BriefingView) -> object:
        if exhibit.key == "ladder":
            raise RendaError(Text("这张图缺一列。", "A column is missing."))
        return picture(BODIES["bars"])

    monkeypatch.setattr(fetch, "picture", fails)
    made = briefing.report(fetch.view_of({"years": "2026"})[0], read("proposals.ladder~~proposals.process")[0])
    assert [section.picture.empty for section in made.sections] == ["这张图缺一列。", ""]
