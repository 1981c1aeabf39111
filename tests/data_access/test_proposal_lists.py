"""The records behind figures on bills and suggestions, and one item's whole history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, Engine, select

from data_access.context import periods
from data_access.lists import HISTORIES, facts, history, records
from data_access.lists.facts import LINES
from data_access.lists.proposals import due_soon, key_items, overdue, promises
from data_access.metrics import METRICS
from data_access.rows import ROWS
from data_access.rows.base import bound
from data_access.text import Text
from tests.conftest import UNTIL
from tests.data_access.factories import (
    DISTRICT,
    HILL,
    OTHER_DISTRICT,
    add,
    add_handler,
    add_proposal,
    add_reply,
    context,
    empty_database,
)

MAY = context(as_of=date(2024, 5, 11))


@pytest.fixture
def board() -> Iterator[Connection]:
    connection = empty_database()
    add(connection, "deputy", id="D1", name="林知远", level="COUNTY")
    for number, name in (("U1", "区水利局"), ("U2", "区教育局")):
        add(connection, "org_unit", id=number, name=name, system="GOV")
    yield connection
    connection.close()


def test_overdue_items_come_longest_overdue_first_with_unit_and_next_step(board: Connection) -> None:
    """On 11 May 2024: due on 1 May (10 days late), on 1 April (40 days late), on 20 May (not late)."""
    for id, assigned in (("ten days", (2024, 2, 1)), ("forty days", (2024, 1, 1)), ("not late", (2024, 2, 20))):
        add_proposal(board, id, assigned_on=date(*assigned), submitted_on=date(2024, 1, 1))
        add_handler(board, id)
    listing = overdue(board, MAY)
    assert listing.total == 2
    assert listing.rows["record"].tolist() == ["forty days", "ten days"]
    assert listing.rows["days_left"].tolist() == [-40, -10]
    assert listing.rows["next_step"].tolist() == ["ESCALATE", "URGE"]
    assert listing.rows["unit_name"].tolist() == ["区水利局", "区水利局"]
    assert (listing.kind, listing.headers["title"]) == ("proposal", Text("标题", "Title"))
    assert due_soon(board, MAY).rows["record"].tolist() == ["not late"]


def test_what_is_answered_is_no_longer_in_hand(board: Connection) -> None:
    for id in ("answered", "open"):
        add_proposal(board, id)
        add_handler(board, id)
    add_reply(board, "answered", date(2024, 3, 1))
    rows = ROWS["proposals_open"].rows(MAY, periods(MAY))
    assert board.execute(select(rows.c.id), bound(MAY, periods(MAY))).scalars().all() == ["open"]


def test_key_items_and_promises_have_their_lists(board: Connection) -> None:
    add_proposal(board, "key", is_key=True)
    add_proposal(board, "other")
    add_handler(board, "other")
    add_reply(board, "other", date(2024, 3, 1), result_class="B", promised_on=date(2024, 10, 1))
    assert key_items(board, MAY).rows["record"].tolist() == ["key"]
    listing = promises(board, MAY)
    assert listing.rows[["record", "promise_state"]].values.tolist() == [["other", "WAITING"]]


def test_the_records_of_a_share_show_first_what_is_missing(board: Connection) -> None:
    for id in ("answered", "open"):
        add_proposal(board, id)
        add_handler(board, id)
    add_reply(board, "answered", date(2024, 3, 1))
    listing = records(board, METRICS["P04"], MAY)
    assert listing.rows[["record", "counted"]].values.tolist() == [["open", False], ["answered", True]]


def test_the_newest_come_first_and_picks_narrow_a_list_as_they_narrow_its_figure(board: Connection) -> None:
    for id, day, category in (("old", 10, "EDU"), ("new", 20, "EDU"), ("other", 15, "AGR")):
        add_proposal(board, id, submitted_on=date(2024, 1, day), category=category)
    assert records(board, METRICS["P01"], MAY).rows["record"].tolist() == ["new", "other", "old"]
    picked = context(as_of=MAY.as_of, picks=(("category", "EDU"),))
    listing = records(board, METRICS["P01"], picked)
    assert (listing.rows["record"].tolist(), listing.total) == (["new", "old"], 2)


def test_a_search_takes_the_words_as_typed_and_looks_in_titles_numbers_units_and_deputies(board: Connection) -> None:
    add_proposal(board, "2024-001", title="关于100%覆盖村级卫生室的建议", lead_deputy_id="D1")
    add_proposal(board, "2024-002", title="关于河道治理的建议")
    add_handler(board, "2024-002")
    for words, found in (
        ("卫生室", ["2024-001"]),
        ("100%", ["2024-001"]),
        ("%", ["2024-001"]),
        ("_", []),
        ("林知远", ["2024-001"]),
        ("水利局", ["2024-002"]),
        ("2024-002", ["2024-002"]),
        ("'; DROP TABLE proposal; --", []),
    ):
        listing = records(board, METRICS["P01"], MAY, search=words)
        assert (listing.rows["record"].tolist(), listing.total) == (found, len(found)), words


def test_pages_of_a_list_join_without_gap_or_repeat(board: Connection) -> None:
    for number in range(7):
        add_proposal(board, f"{number}")
    pages = [records(board, METRICS["P01"], MAY, limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [len(page.rows) for page in pages] == [3, 3, 1, 0]
    assert {page.total for page in pages} == {7}
    assert sorted(record for page in pages for record in page.rows["record"]) == [str(number) for number in range(7)]


def told(connection: Connection, id: str, as_of: date) -> list[tuple[date, str, str, bool]]:
    steps = history(connection, "proposal", id, context(as_of=as_of))
    return [(step.date, step.event.zh, step.who, step.is_future) for step in steps.itertuples()]  # type: ignore[attr-defined,misc]


def test_a_history_runs_from_submission_to_the_kept_promise(board: Connection) -> None:
    add_proposal(board, "a", lead_deputy_id="D1", cosigner_count=4)
    add_handler(board, "a", "U2", "LEAD", assigned_on=date(2024, 2, 1), returned_on=date(2024, 2, 6))
    add_handler(board, "a", "U1", "LEAD", assigned_on=date(2024, 2, 6))
    add_handler(board, "a", "U2", "CO", assigned_on=date(2024, 2, 6), opinion_on=date(2024, 3, 1))
    add_reply(
        board, "a", date(2024, 4, 10), contacted_on=date(2024, 4, 2), contact_way="FACE", result_class="B",
        result_rating=1, attitude=3, rated_on=date(2024, 4, 20),
    )  # fmt: skip
    add_reply(
        board, "a", date(2024, 5, 15), round_no=2, result_class="B", promised_on=date(2024, 12, 31),
        fulfilled_on=date(2024, 11, 20), result_rating=2, rated_on=date(2024, 5, 25),
    )  # fmt: skip
    assert told(board, "a", date(2025, 1, 1)) == [
        (date(2024, 1, 15), "提出", "林知远", False),
        (date(2024, 2, 1), "交办", "", False),
        (date(2024, 2, 1), "交承办单位", "区教育局", False),
        (date(2024, 2, 6), "退办", "区教育局", False),
        (date(2024, 2, 6), "交承办单位", "区水利局", False),
        (date(2024, 2, 6), "交承办单位", "区教育局", False),
        (date(2024, 3, 1), "会办意见", "区教育局", False),
        (date(2024, 4, 2), "与代表沟通", "区水利局", False),
        (date(2024, 4, 10), "答复", "区水利局", False),
        (date(2024, 4, 20), "评价", "", False),
        (date(2024, 5, 15), "二次办理答复", "区水利局", False),
        (date(2024, 5, 25), "再次评价", "", False),
        (date(2024, 11, 20), "承诺兑现", "区水利局", False),
    ]


def test_a_history_is_told_as_known_on_the_day_with_what_lies_ahead(board: Connection) -> None:
    """In March the reply is due on 1 May; in June it has come, and its promise for the end of the year lies ahead."""
    add_proposal(board, "a")
    add_handler(board, "a")
    add_reply(
        board, "a", date(2024, 4, 10), result_class="B", promised_on=date(2024, 12, 31), fulfilled_on=date(2025, 1, 5)
    )
    assert told(board, "a", date(2024, 3, 1))[-1] == (date(2024, 5, 1), "答复期限", "", True)
    assert told(board, "a", date(2024, 6, 1))[-2:] == [
        (date(2024, 4, 10), "答复", "区水利局", False),
        (date(2024, 12, 31), "承诺完成", "区水利局", True),
    ]
    assert told(board, "a", date(2025, 1, 5))[-1] == (date(2025, 1, 5), "承诺兑现", "区水利局", False)


def test_a_record_out_of_scope_has_neither_history_nor_facts(board: Connection) -> None:
    add_proposal(board, "elsewhere", region_code=OTHER_DISTRICT)
    add_proposal(board, "here")
    for id, scope, seen in (
        ("elsewhere", (DISTRICT,), 0),
        ("here", (), 0),
        ("here", (DISTRICT,), 1),
        ("none", (DISTRICT,), 0),
    ):
        asked = context(scope=scope)
        assert bool(len(history(board, "proposal", id, asked))) == bool(seen)
        assert facts(board, "proposal", id, asked).total == seen


def test_a_link_to_a_record_stays_good_whatever_is_filtered(board: Connection) -> None:
    add_proposal(board, "a", title="关于河道治理的建议")
    elsewhere = context(years=(2025, 2025), townships=(HILL,), picks=(("category", "ETH"),))
    found = facts(board, "proposal", "a", elsewhere)
    assert found.rows["title"].tolist() == ["关于河道治理的建议"]
    assert len(history(board, "proposal", "a", elsewhere)) > 0


def test_every_history_stands_beside_the_facts_of_its_record() -> None:
    assert set(HISTORIES) == set(LINES)


@pytest.mark.parametrize("kind", LINES)
def test_a_record_with_facts_has_a_history(sample: Engine, kind: str) -> None:
    asked = context(UNTIL, (2022, 2026))
    metrics = [metric for metric in METRICS.values() if metric.rows == LINES[kind]]
    with sample.connect() as connection:
        listing = next(found for metric in metrics if (found := records(connection, metric, asked, limit=1)).total)
        record = listing.rows["record"].iloc[0]
        assert listing.kind == kind
        assert facts(connection, kind, record, asked).rows["record"].tolist() == [record]
        assert len(history(connection, kind, record, asked)) > 0
