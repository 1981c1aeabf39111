"""Shapes of townships from a map file onto the stage: checked one by one, then side by side, then made simpler.

The order is that of what depends on what: a geometry that is none has no coordinates, one whose coordinates are wrong
has no area, one without a township has no neighbours. Everything wrong is named at once all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import shapely

from data_access.importing import diagnosis
from data_access.importing.problems import Problem
from data_access.importing.stage import Stage
from data_access.importing.stored import stored
from data_access.maps import tiling
from data_access.maps.files import MapFile
from data_access.maps.naming import Fields, Region, Unnamed, region_of, regions
from data_access.maps.outlines import (
    MENDED_SHARE,
    MOST_VERTICES,
    Outline,
    Unusable,
    area_km2,
    converted,
    outline,
    vertices,
)
from data_access.maps.stored import described, geojson
from data_access.tables.regions import region_shape
from data_access.text import Text

AREA_DIFFERS = 0.01  # of the official figure

SHAPE_ADVICE = Text("请在制图软件里改正后重新导出", "Correct it in the mapping program and export it anew")
LOOK_ADVICE = Text("请核对；确认可用可作为提醒接受", "Have a look; accept it if it will do")
TWICE = Text("与第{first}个要素是同一个乡镇（{name}）", "Draws the same township as feature {first} ({name})")
TWICE_ADVICE = Text(
    "每个乡镇只能有一个图形；几块地请合并为 MultiPolygon", "One shape a township; merge parts into a MultiPolygon"
)
NO_SHAPE = Text(
    "文件和数据库里都没有这些乡镇（街道）的图形：{names}", "Neither the file nor the database has shapes of: {names}"
)
NO_SHAPE_ADVICE = Text("地图上会缺这几块；请补齐，或确认后接受", "The map will lack them; add them, or accept it")
KEPT = Text(
    "文件里没有的 {n} 个乡镇（街道）沿用数据库里的图形：{names}",
    "{n} townships are not in the file and keep their shapes: {names}",
)
TOO_MANY = Text("共 {n} 个顶点，超过 {limit} 个", "{n} vertices in all, more than {limit}")
TOO_MANY_ADVICE = Text(
    "请加上 --simplify，同意先把所有边界一起化简到 {budget} 个顶点以内再导入（原图形照存）",
    "Say --simplify to have all borders simplified together to {budget} vertices; the shapes as given are kept",
)
AREA = Text("各乡镇（街道）合计 {area} 平方公里", "All townships measure {area} km²")
AREA_BESIDE = Text(
    "各乡镇（街道）合计 {area} 平方公里，公布面积 {official} 平方公里，相差 {share}",
    "All townships measure {area} km², the official figure is {official} km²; they differ by {share}",
)
AREA_ADVICE = Text("请核对坐标系、图形是否齐全和公布面积", "See whether system, shapes and official figure are right")
SIMPLE = Text(
    "{before} 个顶点，在预算 {budget} 之内，没有化简", "{before} vertices, within the budget of {budget}; none left out"
)
SIMPLER = Text(
    "所有边界一起化简：{before} 个顶点减到 {after} 个，容差 {metres} 米；面积变化：{changes}",
    "All borders simplified together: {before} vertices to {after}, tolerance {metres} m; areas changed: {changes}",
)
READ = Text("坐标系核对——{words}", "The system as read: {words}")
FILE = Text("文件 {name}", "file {name}")


@dataclass(frozen=True)
class About:
    """What is said of all shapes of a file on the command line."""

    fields: Fields = field(default_factory=Fields)
    source: str = ""
    source_date: date | None = None
    approval_no: str = ""
    area: float | None = None
    simplify: bool = False


@dataclass(frozen=True)
class Brought:
    """What a file brought onto the stage: problems, and what is worth knowing though nothing is wrong."""

    problems: tuple[Problem, ...]
    remarks: tuple[Text, ...] = ()


def bring(stage: Stage, file: MapFile, system: str, about: About) -> Brought:
    """Check the shapes of a file and put them on the stage where nothing is wrong with them."""
    stage.take(diagnosis.KNOWN)
    known = regions(stage)
    problems: list[Problem] = []
    outlines = list(_outlines(file, system, about.fields, known, problems))
    if not any(problem.is_error for problem in problems):
        return _side_by_side(stage, file, system, about, known, outlines, problems)
    return Brought(tuple(problems))


def _outlines(
    file: MapFile, system: str, fields: Fields, known: Mapping[str, Region], problems: list[Problem]
) -> Iterator[Outline]:
    """The shapes that can be used, each with its region; what is wrong goes to ``problems``."""
    first: dict[str, int] = {}
    for feature in file.features:
        code, name = fields.of(feature.properties)
        label = name or code
        made = region = None
        try:
            made = outline(feature, label, system)
        except Unusable as wrong:
            problems.append(_problem(file, feature.number, label, wrong.rule, wrong.words, SHAPE_ADVICE))
        try:
            region = region_of(feature.properties, fields, known)
        except Unnamed as wrong:
            problems.append(_problem(file, feature.number, label, wrong.rule, wrong.words, wrong.advice))
        if region is not None and first.setdefault(region.code, feature.number) != feature.number:
            words = TWICE.filled(first=first[region.code], name=region.name)
            problems.append(_problem(file, feature.number, label, "shape_twice", words, TWICE_ADVICE))
        elif made is not None and region is not None:
            if made.mended is not None and made.mended_share > MENDED_SHARE:
                is_error = False
                problems.append(_problem(file, feature.number, label, "mended", made.mended, LOOK_ADVICE, is_error))
            yield made.of(region.code, region.name, region.level)


def _problem(
    file: MapFile, number: int, name: str, rule: str, words: Text, advice: Text, is_error: bool = True
) -> Problem:
    return Problem(file.name, number, "", "", rule, words, advice, is_error, feature=name or "—")


def _side_by_side(
    stage: Stage,
    file: MapFile,
    system: str,
    about: About,
    known: Mapping[str, Region],
    outlines: list[Outline],
    problems: list[Problem],
) -> Brought:
    remarks = [made.mended for made in outlines if made.mended is not None and made.mended_share <= MENDED_SHARE]
    kept, absent = _others(stage, system, known, outlines, len(file.features))
    if kept:
        remarks.append(KEPT.filled(n=len(kept), names="、".join(one.name for one in kept)))
    if absent:
        words = NO_SHAPE.filled(names="、".join(absent))
        problems.append(Problem(file.name, 0, "", "", "no_shape", words, NO_SHAPE_ADVICE, is_error=False))
    everything = [*outlines, *kept]
    towns = [one for one in everything if one.level == "TOWNSHIP"]
    for seam in (*tiling.seams(towns), *(() if absent or not towns else tiling.holes(towns))):
        advice = SHAPE_ADVICE if seam.is_error else LOOK_ADVICE
        problems.append(_problem(file, seam.of.number, seam.of.name, seam.rule, seam.words, advice, seam.is_error))
    sources = {one.code: one.source for one in towns if one.number <= len(file.features)}
    read = diagnosis.of_shapes(stage, sources, system)
    if read is not None:
        remarks.append(READ.filled(words=read.words))
        problems += [read.problem(file.name)] if read.is_doubted else []
    if towns:
        _measured(file, towns, about, problems, remarks)
    count = vertices([one.shape for one in everything])
    if count > MOST_VERTICES and not about.simplify:
        words = TOO_MANY.filled(n=f"{count:,}", limit=f"{MOST_VERTICES:,}")
        advice = TOO_MANY_ADVICE.filled(budget=f"{tiling.BUDGET:,}")
        problems.append(Problem(file.name, 0, "", "", "too_many_vertices", words, advice))
    elif not any(problem.is_error for problem in problems):
        remarks.append(_put(stage, file, about, everything))
    return Brought(tuple(problems), tuple(remarks))


def _others(
    stage: Stage, system: str, known: Mapping[str, Region], outlines: Sequence[Outline], last: int
) -> tuple[list[Outline], list[str]]:
    """Townships of the same counties that the file does not draw: those with a shape on record, and the names of
    those without."""
    drawn = {one.code for one in outlines}
    counties = {known[one.code].parent if one.level == "TOWNSHIP" else one.code for one in outlines}
    missing = [
        one for one in known.values() if one.level == "TOWNSHIP" and one.parent in counties and one.code not in drawn
    ]
    asked = (
        "SELECT region_code, coalesce(src_geojson, geojson), src_geojson IS NOT NULL, src_system, coord_system "
        "FROM region_shape"
    )
    rows = {row[0]: row[1:] for row in stage.ask(asked)}
    kept = []
    for number, region in enumerate((one for one in missing if one.code in rows), last + 1):
        text, is_original, src_system, coord_system = rows[region.code]
        source = shapely.from_geojson(text)
        own = (src_system or coord_system) if is_original else coord_system
        if (own == "FICTIONAL") == (system == "FICTIONAL"):
            shape = shapely.make_valid(converted(source, own), method="structure", keep_collapsed=False)
            kept.append(Outline(number, region.name, source, own, shape, code=region.code, level=region.level))
    there = {one.code for one in kept}
    return kept, [one.name for one in missing if one.code not in there]


def _measured(
    file: MapFile, towns: Sequence[Outline], about: About, problems: list[Problem], remarks: list[Text]
) -> None:
    total = tiling.total_km2(towns)
    if about.area is None:
        remarks.append(AREA.filled(area=f"{total:,.2f}"))
        return
    share = abs(total - about.area) / about.area
    words = AREA_BESIDE.filled(area=f"{total:,.2f}", official=f"{about.area:,.2f}", share=f"{share:.2%}")
    if share > AREA_DIFFERS:
        problems.append(Problem(file.name, 0, "", "", "area_differs", words, AREA_ADVICE, is_error=False))
    else:
        remarks.append(words)


def _put(stage: Stage, file: MapFile, about: About, outlines: Sequence[Outline]) -> Text:
    """Every shape as a row of the stage, all simplified together; gives what was left out."""
    simple = tiling.simplified([one.shape for one in outlines])
    rows = [_row(stage, file, about, one, shape) for one, shape in zip(outlines, simple.shapes, strict=True)]
    names = list(rows[0])
    stage.bring(region_shape, [region_shape.c[name] for name in names])
    stage.add(
        region_shape,
        names,
        [
            [*(stored(value) for value in row.values()), one.number, file.name]
            for row, one in zip(rows, outlines, strict=True)
        ],
    )
    facts = {"before": f"{simple.before:,}", "after": f"{simple.after:,}", "budget": f"{tiling.BUDGET:,}"}
    if not simple.tolerance:
        return SIMPLE.filled(**facts)
    changes = "、".join(
        f"{one.name} {area_km2(shape) / area_km2(one.shape) - 1:+.4%}"
        for one, shape in zip(outlines, simple.shapes, strict=True)
    )
    return SIMPLER.filled(**facts, metres=simple.tolerance, changes=changes)


def _row(stage: Stage, file: MapFile, about: About, one: Outline, shape: Any) -> dict[str, Any]:
    """A row of ``region_shape``; a shape kept from before keeps what was said of it."""
    asked = "SELECT source, source_date, approval_no FROM region_shape WHERE region_code = ?"
    before = next(iter(stage.ask(asked, (one.code,))), (None, None, None))
    is_kept = one.number > len(file.features)
    source = before[0] if is_kept or (before[0] and not about.source) else about.source or FILE("zh", name=file.name)
    row = {"region_code": one.code, **described(shape)}
    row["coord_system"] = "FICTIONAL" if one.system == "FICTIONAL" else "CGCS2000"
    row["src_system"] = one.system
    original = geojson(shapely.orient_polygons(one.source, exterior_cw=False))
    row["src_geojson"] = None if original == row["geojson"] else original
    row["source"] = source[:300]
    row["is_fictional"] = one.system == "FICTIONAL"
    row["source_date"] = before[1] if is_kept or about.source_date is None else about.source_date
    row["approval_no"] = before[2] if is_kept or not about.approval_no else about.approval_no[:120]
    return row
