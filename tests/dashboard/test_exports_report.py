"""What a file is called and how its view is numbered."""

from __future__ import annotations

import pytest

from dashboard.exports.report import file_stem, snapshot_id
from dashboard.exports.sheet import SMALLEST, WIDE_LEAST, WIDTH, breakable, table, widths


@pytest.mark.parametrize(
    ("parts", "stem"),
    [
        (("议案建议", "按类别", "2026 年", "全区", "截至2026-11-20"), "议案建议_按类别_2026年_全区_截至2026-11-20"),
        (("议案建议", "", "2022–2026 年"), "议案建议_2022–2026年"),
        (('a<b>c:d"e/f\\g|h?i*j\nk', "截至"), "abcdefghijk_截至"),
        (("con", ), "_con"),
        (("NUL.txt", ), "_NUL.txt"),
        (("..", "."), "_"),
        (("", " "), "export"),
    ],
)  # fmt: skip
def test_a_file_name_is_one_that_every_system_takes(parts: tuple[str, ...], stem: str) -> None:
    assert file_stem(*parts) == stem


def test_a_long_file_name_keeps_its_date() -> None:
    stem = file_stem("长" * 200, "截至2026-11-20")
    assert len(stem) == 70
    assert stem.endswith("长_截至2026-11-20")


def test_equal_views_of_equal_data_have_equal_numbers() -> None:
    assert snapshot_id("/proposals?years=2026", "2026-11-20") == snapshot_id("/proposals?years=2026", "2026-11-20")
    assert snapshot_id("/proposals?years=2026", "2026-11-20") != snapshot_id("/proposals?years=2025", "2026-11-20")
    assert snapshot_id("/proposals?years=2026", "2026-11-20") != snapshot_id("/proposals?years=2026", "2026-11-21")


def test_long_words_can_break_and_addresses_stay_whole() -> None:
    assert breakable({"a": ["x" * 30, "词"], "href": "x" * 30}) == {
        "a": ["x" * 20 + "\u200b" + "x" * 10, "词"],
        "href": "x" * 30,
    }


@pytest.mark.parametrize("longest", [2, 40, 400])
@pytest.mark.parametrize("count", [1, 5, 13])
@pytest.mark.parametrize("align", ["left", "centre"])
def test_columns_fill_the_sheet_and_none_is_lost(longest: int, count: int, align: str) -> None:
    columns = [{"name": "名称", "align": align if n else "left", "wide": n == 2} for n in range(count)]
    lines = [{"cells": [{"text": "字" * (longest if n == 2 else 4), "tone": "late"} for n in range(count)]}]
    given = widths(columns, lines)
    assert sum(given) == pytest.approx(WIDTH, abs=1)
    assert min(given) > 20


def test_a_wide_column_stays_readable_among_many_and_smaller_letters_make_room() -> None:
    names = ["Stage", "No.", "标题", "Lead", "Unit", "Township", "Answered", "Class", "Rating"]
    texts = [
        "Not rated",
        "JY2026-009",
        "关于" * 12,
        "易友坤",
        "区农业农村局",
        "栖禾镇",
        "2026-05-20",
        "Class A",
        "Dissatisfied",
    ]
    columns = [{"name": name, "align": "left", "wide": name == "标题"} for name in names]
    lines = [{"cells": [{"text": text, "tone": "quiet" if n == 0 else ""} for n, text in enumerate(texts)]}]
    made = table({"columns": columns, "lines": lines}, "en", None, 442)
    assert sum(made["widths"]) == pytest.approx(442, abs=1)
    assert SMALLEST <= made["scale"] < 1
    assert made["widths"][2] / made["scale"] >= WIDE_LEAST - 1
    assert table({"columns": columns[:4], "lines": [{"cells": lines[0]["cells"][:4]}]}, "en", None)["scale"] == 1
