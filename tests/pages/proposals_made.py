"""What the tests of the exhibits on suggestions share: a view, composed pictures, made rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from dashboard.exhibits.exhibit import Exhibit, Picture, View
from data_access.context import Context, Filters, Rules, Scope
from data_access.text import Lang, Text

TODAY = date(2026, 11, 20)


RULES = Rules(region_code="990102", region_name="云澜区", region_word="区", small_n=10)


TOWNS = {
    "": Text("未填报", "Not recorded"),
    "990102": Text("云澜区", "云澜区"),
    "990102001": Text("清河街道", "清河街道"),
    "990102101": Text("石塘镇", "石塘镇"),
    "990102201": Text("云台乡", "云台乡"),
}


def view(lang: Lang = "zh", *, years: tuple[int, int] = (2026, 2026), towns: tuple[str, ...] = ()) -> View:
    return View(Context(Scope(("990102",)), Filters(years, towns), TODAY, RULES), lang, "light", TODAY)


def composed(exhibit: Exhibit, data: Any, **asked: Any) -> Picture:
    return exhibit.compose(data, view(**asked))


def html(picture: Picture) -> str:
    assert picture.body is not None
    return picture.body.html()


# --- ratings ---------------------------------------------------------------------------------------------------------


def rated(*rows: tuple[int | None, int | None, int], first: str = "first_result", final: str = "final_result") -> Any:
    return pd.DataFrame(rows, columns=[first, final, "P04.k"])


# --- outcomes --------------------------------------------------------------------------------------------------------


def by_year(column: str, key: str, *rows: tuple[int, str | None, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", column, key])


def solved(*rows: tuple[str, int, int]) -> dict[str, Any]:
    made = pd.DataFrame(rows, columns=["township", "P08.k", "P08.n"])
    return {"shares": made, "labels": TOWNS}
