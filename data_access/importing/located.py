"""Places of a file on the stage: converted to CGCS2000 once, the pair they were given in kept beside it.

What is typed under longitude and latitude is in the system of its row. Without a system a row is kept, but placed
nowhere; a pair that stands in the database as it is typed stays as it is, so that an exported file changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import Table

from data_access.coordinates import misplaced, to_cgcs2000
from data_access.importing.problems import Problem
from data_access.importing.stage import ROW, SHEET, Stage
from data_access.importing.stored import keys
from data_access.tables import TABLES
from data_access.text import Text

PAIRS = ("lon", "lat", "src_lon", "src_lat")
COLUMNS = (*PAIRS, "src_system")
SAME = 2e-6  # degrees: converted pairs are kept to six decimals

HALF = Text("经度、纬度只填了一个", "Only one of longitude and latitude")
HALF_ADVICE = Text("请补填另一个，或都留空", "Fill in the other one, or leave both empty")
UNLIKE = Text("经纬度与原始经纬度换算的结果不同", "The coordinates are not what the original pair converts to")
UNLIKE_ADVICE = Text("请只改原始经度、原始纬度，或删去这两列", "Change the original pair only, or leave it out")
PLACE_ADVICE = Text("请核对坐标和坐标系后改正", "See what is right, of coordinates and system, and correct it")

Pair = tuple[float | None, float | None]


@dataclass(frozen=True)
class _Given:
    """What a row of a file says of its place."""

    row: int
    sheet: str
    typed: Pair
    original: Pair
    system: str

    @property
    def pair(self) -> Pair:
        """The pair to convert: the original one where it is there."""
        return self.original if self.original != (None, None) else self.typed


@dataclass(frozen=True)
class _Place:
    """What is written of it: the place in CGCS2000, the pair as given, and its system."""

    here: Pair = (None, None)
    given: Pair = (None, None)
    system: str | None = None


def located(stage: Stage) -> Iterator[Problem]:
    """Convert every place a file brought; what cannot be one is a problem of its row."""
    for name in stage.brought:
        table = TABLES[name]
        if "src_lon" in table.c and set(COLUMNS) & set(stage.brought[name]):
            stage.take([name])
            has_pairs = bool(set(PAIRS) & set(stage.brought[name]))
            stage.bring(table, [table.c[column] for column in COLUMNS])
            yield from _converted(stage, table, has_pairs=has_pairs)


def _converted(stage: Stage, table: Table, *, has_pairs: bool) -> Iterator[Problem]:
    key = keys(table)[0]
    known = {row[0]: row[1:] for row in stage.ask(f'SELECT "{key}", {", ".join(COLUMNS)} FROM {table.name}')}
    asked = f'SELECT rowid, "{key}", {", ".join(COLUMNS)}, {ROW}, {SHEET} FROM in_{table.name}'
    made = []
    for rowid, code, lon, lat, src_lon, src_lat, system, row, sheet in stage.ask(asked):
        given = _Given(abs(row), sheet, (lon, lat), (src_lon, src_lat), system or "")
        if not has_pairs and code in known:
            # A file may bring nothing but the system that was missing.
            given = replace(given, original=known[code][2:4] if known[code][2] is not None else known[code][:2])
        place, problem = _unchanged(given, known.get(code)), None
        if place is None:
            place, problem = _placed(given)
        # A row with a cell that could not be read has been named for it already.
        if problem is not None and row > 0:
            yield problem
        made.append((*place.here, *place.given, place.system, row if problem is None else -abs(row), rowid))
    filled = ", ".join(f'"{column}" = ?' for column in COLUMNS)
    stage.raw.executemany(f"UPDATE in_{table.name} SET {filled}, {ROW} = ? WHERE rowid = ?", made)


def _unchanged(given: _Given, known: tuple[float, float, float, float, str] | None) -> _Place | None:
    """The place the database has, where a row repeats it: as it stands there, or as it was given, or its old pair."""
    if known is None or given.pair == (None, None):
        return None
    here, before, system = (known[0], known[1]), (known[2], known[3]), known[4]
    if given.system not in ("", system or ""):
        return None
    is_same = given.typed in (here, before) if given.original == (None, None) else given.original == before
    is_same = is_same and given.typed in (here, before, (None, None))
    return _Place(here, before, system) if is_same else None


def _placed(given: _Given) -> tuple[_Place, Problem | None]:
    lon, lat = given.pair
    if lon is None and lat is None:
        return _Place(system=given.system or None), None
    if lon is None or lat is None:
        return _Place(), _problem(given, "half_a_place", HALF, HALF_ADVICE)
    if not given.system:
        return _Place(given=(lon, lat)), None  # the rule on places without a system names it, here and ever after
    if wrong := misplaced(np.array([(lon, lat)]), given.system):
        return _Place(), _problem(given, "misplaced", wrong, PLACE_ADVICE)
    east, north = to_cgcs2000(np.array([(lon, lat)]), given.system)[0].tolist()
    if given.pair != given.typed and not _is_near(given.typed, (east, north)):
        return _Place(), _problem(given, "unlike_original", UNLIKE, UNLIKE_ADVICE)
    return _Place((east, north), (lon, lat), given.system), None


def _is_near(typed: Pair, place: tuple[float, float]) -> bool:
    return all(one is None or abs(one - other) <= SAME for one, other in zip(typed, place, strict=True))


def _problem(given: _Given, rule: str, words: Text, advice: Text) -> Problem:
    lon, lat = given.pair
    value = f"{'' if lon is None else f'{lon:.10g}'}，{'' if lat is None else f'{lat:.10g}'}"
    header = TABLES["station"].c.lon.info["header"].zh
    return Problem(given.sheet, given.row, header, value, rule, words, advice)
