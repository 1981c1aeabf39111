"""The briefing on full, partial and empty data: every number found again where it leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import create_engine, event

from dashboard import briefing, fetch, formats
from dashboard.briefing.facts import Facts, Slot
from dashboard.briefing.sentences import TEMPLATES
from dashboard.briefing.text import METRICS as PRINTED
from dashboard.exhibits.record_list import record_list
from dashboard.exports.report import Figure
from dashboard.settings import settings
from data_access import lists
from data_access.engine import reading
from data_access.measure import measure
from data_access.metrics.metric import Kind
from data_access.origins import origin
from data_access.tables import metadata

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


YEARS_SEEN = ("2019-2020", "2022-2026")


Board = Callable[[str], None]


@pytest.fixture(scope="module")
def board() -> Iterator[Board]:
    """Points the board at a database, which it knows until it is pointed at another."""

    def point(url: str) -> None:
        if settings().database_url != url:
            environment.setenv("DATABASE_URL", url)
            settings.cache_clear()
            fetch.forget()

    with pytest.MonkeyPatch.context() as environment:
        yield point
    settings.cache_clear()
    fetch.forget()


@pytest.fixture
def empty(tmp_path: Path) -> str:
    path = tmp_path / "empty.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    return f"sqlite:///{path}"


# On the sample, one township, one year and an empty database

VIEWS: tuple[dict[str, str], ...] = (
    {"years": "2022-2026"},
    {"years": "2021-2025"},
    {"years": "2026"},
    {"years": "2023"},
    {"years": "2022-2026", "townships": "101"},
    {"years": "2024-2026", "townships": "101_001", "as_of": "2025-06-30"},
    # Years of which only totals are printed, with rows of other years, of nothing else, and of one township.
    {"years": "2018-2026"},
    {"years": "2019-2020"},
    {"years": "2020-2021", "townships": "101"},
)


def printed_value(figure: Figure) -> float:
    """The number that a figure's words begin with, shares as shares of 1."""
    if figure.words[0] in "一两三四五六七八九":
        return "零一两三四五六七八九".index(figure.words[0])
    match = re.match(r"([\d,]+(?:\.\d+)?)(?:(/)(\d+)|(%))?", figure.words)
    assert match, figure.words
    value = float(match[1].replace(",", ""))
    return value / float(match[3]) if match[2] else value / 100 if match[4] else value


@pytest.mark.parametrize("asked", VIEWS, ids=lambda asked: "-".join(asked.values()))
def test_every_number_is_that_of_the_records_it_leads_to(board: Board, sample_url: str, asked: dict[str, str]) -> None:
    board(sample_url)
    made = briefing.told(fetch.view_of(asked)[0])
    figures = [figure for sentence in made.sentences for figure in sentence.figures]
    assert len(figures) > 15
    with reading(fetch.engine()) as connection:
        for figure in figures:
            parts = dict(parse_qsl(urlsplit(figure.link).query))
            slot = Slot.of(figure.key)
            assert parts["metric"] == slot.key
            linked, faults = fetch.view_of(parts, known=("metric",))
            assert not faults
            metrics = tuple({slot.metric, *((slot.minus.metric,) if slot.minus else ())})
            found = measure(connection, metrics, linked.context).iloc[0]
            value = Facts({"years": found}, {}, (), (2026,), 2022).value(slot)
            close = 0.5 if slot.metric.kind is Kind.QUANTILE else 0.0006  # medians are printed whole, as on the cards
            assert printed_value(figure) == pytest.approx(float(value), abs=close), figure
            printed = origin(linked.context, slot.metric)
            if slot.metric.kind is Kind.COUNT:
                listed_there = lists.records(connection, slot.metric, linked.context, limit=1).total
                assert listed_there + printed.value == value, figure
            if slot.part == ".k" and slot.minus is None and slot.metric.of is None:
                rows = lists.records(connection, slot.metric, linked.context, limit=5000).rows
                assert rows["counted"].sum() + printed.value == value, figure
            if printed.paper:  # the list says what it cannot list
                told = fetch.picture("records", record_list(slot.metric), linked)
                assert re.search(f"汇总填报 {formats.number(printed.value)}.*无逐条记录", told.foot + told.empty), (
                    figure
                )


@pytest.mark.parametrize("asked", VIEWS, ids=lambda asked: "-".join(asked.values()))
def test_the_headline_cards_of_the_pages_say_the_same(board: Board, sample_url: str, asked: dict[str, str]) -> None:
    board(sample_url)
    shown = fetch.view_of(asked)[0]
    text = {f.key: f for sentence in briefing.told(shown).sentences for f in sentence.figures}
    compared = 0
    for key in ("proposals", "supervision", "personnel"):
        page = fetch.page(key)
        exhibit = page.exhibits()[0]
        body = fetch.picture(key, exhibit, shown).body
        if body is None:  # the district's matters, with a township chosen
            continue
        cards = body.paper()["cards"]
        for metric, card in zip(exhibit.metrics, cards, strict=True):
            if metric.key in text:
                words = text[metric.key].words
                assert re.match(r"[\d,./]+", words)[0].removesuffix(".0") == card["value"].removesuffix(".0")
                compared += 1
    assert compared >= 3


def test_an_empty_database_tells_nothing_and_says_why(board: Board, empty: str) -> None:
    board(empty)
    made = briefing.told(fetch.view_of({"years": "2022-2026"})[0])
    assert [sentence.text for sentence in made.sentences] == []
    assert {one.key for one in made.omitted} == {template.key for template in TEMPLATES}


def test_years_that_have_not_begun_are_said_to_lie_ahead(board: Board, sample_url: str) -> None:
    board(sample_url)
    made = briefing.told(fetch.view_of({"years": "2030"})[0])
    assert made.sentences == ()
    assert {one.reason for one in made.omitted} == {"所选年份晚于数据日期"}


def test_english_leaves_no_chinese(board: Board, sample_url: str) -> None:
    board(sample_url)
    made = briefing.told(fetch.view_of({"years": "2022-2026", "lang": "en"})[0])
    words = [s.text for s in made.sentences] + [
        f"{f.metric} {f.definition} {f.source}" for s in made.sentences for f in s.figures
    ]
    assert [line for line in (*words, *(one.reason for one in made.omitted)) if CHINESE.search(line)] == []
    assert [s.text for s in made.sentences if not s.text[0].isupper()] == []


def test_the_report_holds_the_text_and_reopens_the_view(board: Board, sample_url: str) -> None:
    board(sample_url)
    made = briefing.report(fetch.view_of({"years": "2021-2025", "category": "FIN"})[0])
    assert made.title == "五年来简报"
    assert "/briefing?years=2021-2025&as_of=2026-11-20" in made.passport.link
    assert "category" not in made.passport.link
    assert made.sentences[0].text.startswith("2021—2025年，")
    assert {d.key for d in made.passport.definitions} >= {Slot.of(f.key).key for s in made.sentences for f in s.figures}


def test_a_briefing_asks_few_statements(board: Board, sample_url: str) -> None:
    board(sample_url)
    shown = fetch.view_of({"years": "2022-2026"})[0]
    fetch.renew()
    asked: list[str] = []

    def note(*sent: Any) -> None:
        asked.append(sent[2])

    event.listen(fetch.engine(), "before_cursor_execute", note)
    briefing.told(shown)
    event.remove(fetch.engine(), "before_cursor_execute", note)
    sources = {metric.rows for metric in PRINTED}
    assert 0 < len(asked) <= 3 * len(sources) + 10


def test_the_composition_before_leads_to_the_deputies_of_that_day(board: Board, sample_url: str) -> None:
    board(sample_url)
    made = briefing.told(fetch.view_of({"years": "2022-2026"})[0])
    sentence = next(s for s in made.sentences if s.key == "11")
    *_, now, _, before, _ = sentence.figures
    assert now.link == "/records?years=2022-2026&metric=L14.female"
    assert before.link == "/records?years=2021&as_of=2021-12-27&metric=L14.female"
    assert (before.key, before.period) == ("L14.female", "截至 2021-12-27")


def test_deputies_elected_at_a_years_end_are_not_told_to_have_done_nothing(board: Board, sample_url: str) -> None:
    """The fifth term began on 28 December 2021: who stayed away in 2021 were not its deputies."""
    board(sample_url)
    made = briefing.told(fetch.view_of({"years": "2020-2021"})[0])
    text = {sentence.key: sentence.text for sentence in made.sentences}
    assert text["9"].endswith("编入率67.7%。") and "0名" not in text["10"] and "占0%" not in text["10"]
    reason = "2021年末刚换届，新一届代表尚未履职，其履职情况不写"
    assert [one.key for one in made.omitted if one.reason == reason] == ["9", "10"]


def test_what_stood_on_a_day_long_past_is_dated(board: Board, sample_url: str) -> None:
    board(sample_url)
    then, now = ({s.key: s.text for s in briefing.told(fetch.view_of({"years": y})[0]).sentences} for y in YEARS_SEEN)
    assert then["13"].startswith("截至2020年12月31日，形成“七委两室一中心”")
    assert "2020年末常委会组成人员建立联系名单" in then["10"]
    assert now["13"].startswith("形成“七委两室一中心”") and "；常委会组成人员建立联系名单" in now["10"]
