"""Whether the declared coordinate system can be right: the same numbers read under each system, held against what is
known. The numbers are shown and a person chooses; nothing is ever put right by itself.

That points lie in their township is a weak sign (a wrong system still leaves nine in ten inside); the distance to a
place of the same name separates the systems cleanly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from data_access.coordinates import HYPOTHESES, LonLat, from_cgcs2000, misplaced, to_cgcs2000
from data_access.coverage import Frame
from data_access.importing.problems import Problem
from data_access.importing.stage import ROW, SHEET, Stage
from data_access.tables import codes
from data_access.text import Text

PLACED = ("village", "station")
KNOWN = ("region", "region_shape", "village")  # what is on record to compare with
FEWEST = 5  # places of a known name, or points in a township, below which nothing is said
FAR_M = 150.0  # a station stands some hundred metres from its village's office
LESS = 0.5  # of the distance, and
MORE_INSIDE = 0.03  # of the points, make another system the likelier one

READ_AS = Text("按{system}：{facts}", "as {system}: {facts}")
INSIDE = Text("{share} 在所填乡镇内", "{share} inside the township named")
NEAR = Text("距同名地点中位数 {metres} 米", "median {metres} m from the place of that name")
DOUBTED = Text("申报的坐标系 {system} 看来不对。{read}", "The declared system {system} looks wrong. {read}")
DOUBTED_ADVICE = Text(
    "请向提供单位核实坐标系，改正后再导入；系统不自动更改。确认无误可作为提醒接受",
    "Ask who supplied the file and declare the right system; nothing is changed by itself. Accept it if it is right",
)
AND = Text("，", ", ")
THEN = Text("；", "; ")


@dataclass(frozen=True)
class Reading:
    """The points read under one system: the share inside their township, the median distance in metres to the place
    of the same name; None where too few can be told."""

    system: str
    inside: float | None
    metres: float | None

    def words(self) -> Text:
        """The reading as part of a sentence."""
        facts = []
        if self.inside is not None:
            facts.append(INSIDE.filled(share=f"{self.inside:.0%}"))
        if self.metres is not None:
            facts.append(NEAR.filled(metres=f"{self.metres:,.0f}"))
        return READ_AS.filled(system=system_words(self.system), facts=_joined(AND, facts))


@dataclass(frozen=True)
class Diagnosis:
    """The three readings, and which system was declared."""

    declared: str
    readings: tuple[Reading, ...]

    @property
    def words(self) -> Text:
        """All readings side by side."""
        return _joined(THEN, [reading.words() for reading in self.readings])

    @property
    def is_doubted(self) -> bool:
        """Whether another system fits clearly better than the declared one."""
        own = next(one for one in self.readings if one.system == self.declared)
        near = [one.metres for one in self.readings if one.metres is not None]
        if own.metres is not None:
            return own.metres > FAR_M and min(near) < LESS * own.metres
        inside = [one.inside for one in self.readings if one.inside is not None]
        return own.inside is not None and max(inside) - own.inside >= MORE_INSIDE

    def problem(self, sheet: str) -> Problem:
        """The doubt as a warning about the whole sheet."""
        words = DOUBTED.filled(system=system_words(self.declared), read=self.words)
        return Problem(sheet, 0, "", "", "doubted_system", words, DOUBTED_ADVICE, is_error=False)


def system_words(system: str) -> Text:
    """A system as it is written."""
    return codes.COORD_SYSTEM.words[system]


def doubted(stage: Stage, name: str) -> Problem | None:
    """A warning where the system that the rows of a table declare looks wrong."""
    found = diagnosis(stage, name)
    sheet = stage.ask(f"SELECT min({SHEET}) FROM in_{name}")[0][0] if found else ""
    return found.problem(sheet) if found is not None and found.is_doubted else None


def diagnosis(stage: Stage, name: str) -> Diagnosis | None:
    """The places a file brought for a table, read under each system; None when nothing is known to compare with."""
    if name not in stage.brought or "src_system" not in stage.brought[name]:
        return None
    stage.take(KNOWN)
    rows = _rows(stage, name)
    declared = {row[2] for row in rows}
    if len(declared) != 1 or "FICTIONAL" in declared:
        return None
    pairs = np.array([row[:2] for row in rows], dtype=float)
    towns = _towns(stage, [row[3] for row in rows])
    known = _known(stage, name, [(town, *row[4:], row[:2]) for town, row in zip(towns, rows, strict=True)])
    shapes = township_shapes(stage)
    readings = tuple(
        Reading(system, _inside(here, towns, shapes), _metres(here, known))
        for system in HYPOTHESES
        for here in (to_cgcs2000(pairs, system),)
    )
    own = _one_of(declared.pop())
    return (
        Diagnosis(own, readings) if any(one.inside is not None or one.metres is not None for one in readings) else None
    )


def of_shapes(stage: Stage, sources: Mapping[str, BaseGeometry], declared: str) -> Diagnosis | None:
    """Township shapes as supplied, read under each system: which share of the villages on record lies in its own."""
    stage.take(KNOWN)
    rows = stage.ask("SELECT lon, lat, region_code FROM village WHERE lon IS NOT NULL AND src_system <> 'FICTIONAL'")
    rows = [row for row in rows if row[2] in sources]
    if declared == "FICTIONAL" or len(rows) < FEWEST:
        return None
    places, towns = np.array([row[:2] for row in rows], dtype=float), [row[2] for row in rows]
    if misplaced(places, "CGCS2000") is not None:
        return None
    readings = tuple(
        Reading(system, _inside(from_cgcs2000(places, system), towns, sources), None) for system in HYPOTHESES
    )
    return Diagnosis(_one_of(declared), readings)


def township_shapes(stage: Stage) -> dict[str, BaseGeometry]:
    """The real shapes of townships in the database, by code."""
    rows = stage.ask("SELECT region_code, geojson FROM region_shape WHERE coord_system <> 'FICTIONAL'")
    return {code: shapely.from_geojson(text, on_invalid="ignore") for code, text in rows}


def _rows(stage: Stage, name: str) -> list[tuple[float, float, str, str, str, str]]:
    """Longitude, latitude, system, township, name and key of every place that was converted."""
    brought = stage.brought[name]
    region = "region_code" if "region_code" in brought else "NULL"
    place = {"village": "name", "station": "village"}[name]
    place = place if place in brought else "NULL"
    key = {"village": "village_code", "station": "id"}[name]
    return stage.ask(
        f"SELECT src_lon, src_lat, src_system, {region}, {place}, {key} FROM in_{name} "
        f"WHERE lon IS NOT NULL AND src_lon IS NOT NULL AND src_system IS NOT NULL AND {ROW} > 0"
    )


def _towns(stage: Stage, named: Sequence[str]) -> list[str]:
    """Township codes of what was typed: a code, or a name only one region bears."""
    rows = stage.ask("SELECT region_code, name FROM region")
    codes_of: dict[str, list[str]] = {}
    for code, name in rows:
        codes_of.setdefault(code, []).append(code)
        codes_of.setdefault(name, []).append(code)
    return [found[0] if len(found := codes_of.get(name, [])) == 1 else "" for name in named]


def _known(
    stage: Stage, name: str, asked: Sequence[tuple[str, str, str, tuple[float, float]]]
) -> list[tuple[float, float] | None]:
    """Where places of those names are on record: the village of a station, or the village as surveyed before."""
    rows = stage.ask(
        "SELECT region_code, name, village_code, lon, lat, src_lon, src_lat FROM village "
        "WHERE lon IS NOT NULL AND (src_system IS NULL OR src_system <> 'FICTIONAL')"
    )
    by_name = {(row[0], row[1]): row[3:5] for row in rows}
    if name == "station":
        return [by_name.get((town, title)) for town, title, *_ in asked]
    # The same numbers under another system are no second survey.
    by_key = {row[2]: (row[3:5], row[5:7]) for row in rows}
    found = [(by_key.get(key), pair) for _, _, key, pair in asked]
    return [known[0] if known is not None and pair not in known else None for known, pair in found]


def _inside(places: LonLat, towns: Sequence[str], shapes: Mapping[str, BaseGeometry]) -> float | None:
    told = [(place, shapes[town]) for place, town in zip(places.tolist(), towns, strict=True) if shapes.get(town)]
    if len(told) < FEWEST:
        return None
    points = shapely.points([place for place, _ in told])
    return float(np.mean(shapely.intersects(np.array([shape for _, shape in told], dtype=object), points)))


def _metres(places: LonLat, known: Sequence[tuple[float, float] | None]) -> float | None:
    told = [(place, there) for place, there in zip(places.tolist(), known, strict=True) if there is not None]
    if len(told) < FEWEST:
        return None
    frame = Frame(*told[0][1])
    gaps = frame.metres(np.array([place for place, _ in told])) - frame.metres(np.array([there for _, there in told]))
    return float(np.median(np.hypot(gaps[:, 0], gaps[:, 1])))


def _one_of(system: str) -> str:
    return "CGCS2000" if system == "WGS84" else system


def _joined(sign: Text, parts: Sequence[Text]) -> Text:
    return Text(sign.zh.join(part.zh for part in parts), sign.en.join(part.en for part in parts))
