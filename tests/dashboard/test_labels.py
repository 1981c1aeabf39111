"""Words beside marks, and the rows they are read from."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.exhibits.labels import as_rows


def test_rows_of_a_table_are_those_pandas_gives_and_hold_plain_values() -> None:
    table = pd.DataFrame({"name": ["河镇", None], "n": [3, 5], "share": [0.5, float("nan")], 2024: [date.min, None]})
    made = as_rows(table)
    assert repr(made) == repr(table.to_dict("records"))
    assert [type(value) for value in made[0].values()] == [str, int, float, date]


def test_a_table_without_rows_has_none() -> None:
    assert as_rows(pd.DataFrame({"name": []})) == []
