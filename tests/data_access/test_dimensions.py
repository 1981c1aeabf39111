"""Words for codes: every code has its words, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from data_access.context import Rules
from data_access.dimensions import DIMENSIONS, NOT_RECORDED, labels
from data_access.errors import UnknownDimension
from data_access.text import Text
from tests.data_access.factories import DISTRICT, HILL, OTHER_DISTRICT, RIVER, add, context, empty_database


@pytest.fixture
def board() -> Iterator[Connection]:
    connection = empty_database()
    for code, name in ((DISTRICT, "云澜区"), (HILL, "栖山镇"), (RIVER, "青河镇"), (OTHER_DISTRICT, "别处镇")):
        add(connection, "region", region_code=code, name=name)
    yield connection
    connection.close()


def test_enumerations_keep_their_order_and_end_with_what_is_not_recorded(board: Connection) -> None:
    words = labels(board, "final_result", context())
    assert list(words) == ["3", "2", "1", ""]
    assert (words["3"], words[""]) == (Text("满意", "Satisfied"), NOT_RECORDED)


def test_regions_come_in_code_order_and_only_those_a_reader_may_see(board: Connection) -> None:
    assert list(labels(board, "township", context())) == [DISTRICT, RIVER, HILL, ""]
    # A township's reader is told the name of the district it lies in, and of no neighbour.
    assert list(labels(board, "place", context(scope=(RIVER,)))) == [DISTRICT, RIVER, ""]
    assert list(labels(board, "township", context(scope=()))) == [""]


def test_result_classes_bear_their_local_names(board: Connection) -> None:
    local = context(rules=Rules(class_names=(("A", "采纳"), ("B", "正在解决或列入计划"))))
    words = labels(board, "class_now", local)
    assert words["A"] == Text("采纳", "采纳")
    assert words["B"].en == "Being solved or planned"
    assert words["C"].zh == "受条件限制暂难解决"
    assert labels(board, "role", local)["LEAD"].zh == "主办"


def test_numbers_need_no_words(board: Connection) -> None:
    assert labels(board, "days", context()) == {}


def test_an_unknown_dimension_is_refused_in_words(board: Connection) -> None:
    with pytest.raises(UnknownDimension, match="colour"):
        labels(board, "colour", context())


def test_every_dimension_has_a_name_in_both_languages_and_can_be_labelled(board: Connection) -> None:
    for key, dimension in DIMENSIONS.items():
        assert dimension.key == key and dimension.name.zh and dimension.name.en
        assert all(words.zh and words.en for words in labels(board, key, context()).values())
