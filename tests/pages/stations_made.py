"""What the tests of the stations page share: a view, made townships, villages and sites."""

from __future__ import annotations

from datetime import date
from typing import Any

from dashboard.exhibits.exhibit import View
from data_access.context import Context, Filters, Rules, Scope
from data_access.text import Lang

AS_OF = date(2026, 11, 20)


RULES = Rules(region_code="990102", small_n=2)


KM = 0.009  # degrees of latitude in a kilometre, a little less


def view(lang: Lang = "zh", years: tuple[int, int] = (2026, 2026), rules: Rules = RULES, **filters: Any) -> View:
    return View(Context(Scope(("990102",)), Filters(years, **filters), AS_OF, rules), lang, "light", AS_OF)


def town(code: str, name: str, stations: int = 0, rooms: int = 0, points: int = 0) -> dict[str, Any]:
    gap = "NONE" if stations else "NO_STATION" if rooms + points else "NOTHING"
    return {
        "region_code": code, "name": name, "township_kind": "TOWN", "population": 20_000, "population_year": 2020,
        "village_count": 2, "stations": stations, "rooms": rooms, "points": points, "served_villages": 0, "gap": gap,
    }  # fmt: skip


def site(number: int, level: str, north_km: float | None, code: str = "990102101", **more: Any) -> dict[str, Any]:
    lat = None if north_km is None else 30 + north_km * KM
    made = {
        "id": f"S{number}", "name": f"站点{number}", "level": level, "region_code": code, "township_name": "甲镇",
        "village": "", "lon": None if lat is None else 110.0, "lat": lat, "established_on": date(2020, 1, 1),
        "served_villages": 1, "deputies": 5, "events": 3, "people_met": 30, "opinions": 4, "resolved": 2,
        "last_on": date(2026, 5, 1), "stage": "EFFECTIVE",
    }  # fmt: skip
    return made | more
