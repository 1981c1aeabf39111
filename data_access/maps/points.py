"""Villages and stations of a map file onto the stage: each point a row as of a workbook, read by the same rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from data_access.coordinates import UnusableSystem, misplaced, named
from data_access.importing import diagnosis
from data_access.importing.cells import plain
from data_access.importing.files import Opened, Row, Sheet
from data_access.importing.headers import understood
from data_access.importing.located import PAIRS, located
from data_access.importing.problems import Problem
from data_access.importing.sheets import read
from data_access.importing.stage import Stage
from data_access.maps.files import SYSTEM_FIELDS, Feature, MapFile
from data_access.maps.naming import NAME_FIELDS, Fields
from data_access.maps.shapes import READ, Brought
from data_access.tables import TABLES
from data_access.text import Text

TABLE_OF = {"villages": "village", "stations": "station"}
PLACE = ("lon", "lat", "src_system")

NOT_A_POINT = Text("图形是 {kind}，应为 Point", "A {kind}, where a Point is meant")
POINT_ADVICE = Text("请在制图软件里改正后重新导出", "Correct it in the mapping program and export it anew")
UNUSED = Text("没有用到的属性：{names}", "Properties not used: {names}")
DROPPED = Text("含个人信息、未读取的属性：{names}", "Personal data, not read: {names}")
OTHER_SYSTEM = Text("要素声明的坐标系与文件或 --system 不同", "It declares another system than the file or --system")
OTHER_SYSTEM_ADVICE = Text("请核对后只留一个", "See which is right and leave one")


@dataclass(frozen=True)
class _Points:
    """The points as a sheet: a row of headers, then a row a feature, numbered as in the file."""

    headers: tuple[str, ...]
    lines: tuple[tuple[int, Row], ...]

    def row_count(self, name: str) -> int:
        return len(self.lines)

    def rows(self, name: str) -> Iterator[tuple[int, Row]]:
        yield 0, list(self.headers)
        yield from self.lines


def bring(stage: Stage, file: MapFile, system: str, kind: str) -> Brought:
    """Read the points of a file as rows of villages or stations, converted and held against what is known.

    ``system`` is that of the features that name none themselves; empty leaves those without a place.
    """
    table = TABLE_OF[kind]
    problems: list[Problem] = []
    names, remarks = _properties(file, table)
    lines = tuple((one.number, [*_cells(one, names), *_place(one, system, problems)]) for one in file.features)
    problems = [replace(problem, sheet=file.name) for problem in problems]
    source = _Points((*names, *PLACE), lines)
    problems += read(Opened(file.name, (Sheet(file.name, source),)), stage, table=table).listed()
    problems += located(stage)
    found = diagnosis.diagnosis(stage, table)
    if found is not None:
        remarks.append(READ.filled(words=found.words))
        problems += [found.problem(file.name)] if found.is_doubted else []
    return Brought(tuple(problems), tuple(remarks))


def called(problems: tuple[Problem, ...], file: MapFile) -> tuple[Problem, ...]:
    """The same problems, with the names of the features they are about."""
    names = {feature.number: Fields(name="").of(feature.properties)[1] for feature in file.features}
    return tuple(
        replace(problem, feature=problem.feature or names.get(problem.row, "") or "—")
        if problem.row and problem.sheet == file.name
        else problem
        for problem in problems
    )


def _properties(file: MapFile, table: str) -> tuple[list[str], list[Text]]:
    """The properties that name a column, and a word on the others; where the point is, only the geometry says."""
    names = list(dict.fromkeys(name for feature in file.features for name in feature.properties))
    found = understood(TABLES[table], names)
    taken = [place for place, column in found.columns.items() if column.name not in (*PAIRS, "src_system")]
    spare = [name for name in (*found.unknown, *found.twice) if name not in SYSTEM_FIELDS]
    remarks = [
        words.filled(names="、".join(those)[:300])
        for words, those in ((UNUSED, spare), (DROPPED, found.dropped))
        if those
    ]
    return [names[place] for place in taken], remarks


def _cells(feature: Feature, names: list[str]) -> list[Any]:
    return [_cell(feature.properties.get(name)) for name in names]


def _cell(value: Any) -> Any:
    """A property as a cell of a sheet: what is no text or number is none."""
    return value if isinstance(value, str | int | float | bool) else None


def _place(feature: Feature, system: str, problems: list[Problem]) -> tuple[float | None, float | None, str]:
    """Longitude, latitude and system of a point, in its own system; None where it has no geometry."""
    own = _system(feature, system, problems)
    if feature.geometry is None:
        return None, None, own
    pair = _pair(feature.geometry)
    if pair is None:
        kind = str(feature.geometry.get("type") if isinstance(feature.geometry, dict) else "—")[:40]
        _wrong(feature, "not_a_point", NOT_A_POINT.filled(kind=kind), POINT_ADVICE, problems)
        return None, None, own
    # Numbers that are no degrees are named for what they are, not as cells out of bounds.
    if abs(pair[0]) > 180 or abs(pair[1]) > 90:
        words = misplaced(np.array([pair]), own or "CGCS2000")
        if words is not None:
            _wrong(feature, "misplaced", words, POINT_ADVICE, problems)
        return None, None, own
    return (*pair, own)


def _system(feature: Feature, system: str, problems: list[Problem]) -> str:
    if not feature.system:
        return system
    try:
        own = named(feature.system)
    except UnusableSystem as refused:
        _wrong(feature, "unusable_system", refused.sentence, OTHER_SYSTEM_ADVICE, problems)
        return ""
    if system and {own, system} - {"CGCS2000", "WGS84"} and own != system:
        _wrong(feature, "other_system", OTHER_SYSTEM, OTHER_SYSTEM_ADVICE, problems)
    return own


def _pair(geometry: Any) -> tuple[float, float] | None:
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Point", "MultiPoint"):
        return None
    found = geometry.get("coordinates")
    if geometry["type"] == "MultiPoint":
        found = found[0] if isinstance(found, list | tuple) and len(found) == 1 else None
    if not isinstance(found, list | tuple) or not 2 <= len(found) <= 4:
        return None
    lon, lat = found[:2]
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in (lon, lat)):
        return None
    return (float(lon), float(lat)) if np.isfinite([lon, lat]).all() else None


def _wrong(feature: Feature, rule: str, words: Text, advice: Text, problems: list[Problem]) -> None:
    name = _name(feature.properties)
    problems.append(Problem("", feature.number, "", "", rule, words, advice, feature=name or "—"))


def _name(properties: Mapping[str, Any]) -> str:
    return next((plain(properties[name]) for name in NAME_FIELDS if isinstance(properties.get(name), str)), "")
