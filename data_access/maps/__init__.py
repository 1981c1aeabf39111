"""Maps of a district's own into the shared database: shapes of townships, villages and stations with their places.

The way is that of a workbook (``data_access.importing``): onto the stage, compared, checked, written in one
transaction, kept in the import log and undone by ``undo``. Only what is particular to maps is here: reading GeoJSON and
shapefiles (``files``), the declared coordinate system, shapes (``outlines``, ``tiling``, ``shapes``) and ``points``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from data_access.coordinates import TECHNICAL, UnusableSystem, named
from data_access.engine import reading_once
from data_access.importing import Outcome, digest
from data_access.importing.plan import Plan, planned
from data_access.importing.problems import FileProblem, Problems
from data_access.importing.stage import Stage, staged
from data_access.importing.writing import Origin, importing, write
from data_access.maps import points, shapes
from data_access.maps.files import Feature, MapFile, opened
from data_access.maps.shapes import About, Brought
from data_access.text import Text

__all__ = ["KINDS", "Asked", "bring_in", "check"]

KINDS = ("shapes", "villages", "stations")
NO_SYSTEM = Text(
    "“{name}”没有声明坐标系，不猜测也没有缺省值。请向提供单位问清，"
    "加上 --system CGCS2000、WGS84、GCJ02（高德、腾讯）或 BD09（百度）。",
    "“{name}” declares no coordinate system, and none is guessed. Ask who supplied it and say "
    "--system CGCS2000, WGS84, GCJ02 or BD09.",
)
SYSTEMS_DIFFER = Text(
    "“{name}”里声明的坐标系是 {own}，--system 却是 {said}。请核对后再导入。",
    "“{name}” declares {own}, but --system says {said}. See which is right.",
)
SAID = Text("--system：{words}。", "--system: {words}.")
NO_KIND = Text(
    "“{name}”里是点，看不出是村还是站点。请加上 --kind villages 或 --kind stations。",
    "“{name}” holds points; say --kind villages or --kind stations.",
)
OVERRULED = Text(
    "文件按格式写的是 {own}，以 --system 的 {said} 为准", "The format of the file says {own}; --system {said} is taken"
)


@dataclass(frozen=True)
class Asked:
    """What somebody wants of a map file: system and kind where it does not say, and what is said of its shapes."""

    path: Path
    system: str = ""
    kind: str = ""
    encoding: str = ""
    layer: str = ""
    about: About = field(default_factory=About)
    accept_warnings: bool = False
    as_of: date | None = None
    name: str = ""  # the file's own name, where the path is that of a copy


def check(url: str, asked: Asked) -> Outcome:
    """What an import of the map file would do, without the right to write.

    Raises:
        FileProblem: The file cannot be read, or its coordinate system is not declared or cannot be used.
        DatabaseProblem: The database cannot be read.
    """
    with reading_once(url) as connection:
        return _with_plan(connection, asked, lambda stage, plan: 0)


def bring_in(url: str, asked: Asked, *, who: str) -> Outcome:
    """Import the map file, wholly or not at all: not with errors in it, nor with warnings nobody accepted.

    Raises:
        FileProblem: As for ``check``.
        DatabaseProblem: The database cannot be written, or is being written by somebody else.
    """
    origin = Origin(asked.name or asked.path.name, digest(asked.path), who)
    with importing(url) as connection:

        def keep(stage: Stage, plan: Plan) -> int:
            if plan.errors or (plan.warnings and not asked.accept_warnings):
                return 0
            return write(connection, stage, plan, origin, now=datetime.now().replace(microsecond=0))

        return _with_plan(connection, asked, keep)


def _with_plan(connection: Connection, asked: Asked, keep: Callable[[Stage, Plan], int]) -> Outcome:
    file = opened(asked.path, encoding=asked.encoding, layer=asked.layer)
    file = replace(file, name=asked.name or file.name)
    kind = asked.kind or _kind(file)
    system, remarks = _system(file, asked.system, kind)
    with staged(connection) as stage:
        found = _brought(stage, file, system, kind, asked.about)
        problems = Problems()
        problems.extend(found.problems)
        plan = planned(stage, problems, as_of=asked.as_of or date.today())
        plan = replace(plan, problems=points.called(plan.problems, file))
        return Outcome(plan, (*remarks, *found.remarks), keep(stage, plan))


def _brought(stage: Stage, file: MapFile, system: str, kind: str, about: About) -> Brought:
    if kind == "shapes":
        return shapes.bring(stage, file, system, about)
    return points.bring(stage, file, system, kind)


def _kind(file: MapFile) -> str:
    """What a file is for, by what it draws; points do not tell."""
    kinds = {str(one.geometry.get("type")) for one in file.features if isinstance(one.geometry, dict)}
    if kinds and kinds <= {"Point", "MultiPoint"}:
        raise FileProblem(NO_KIND.filled(name=file.name))
    return "shapes"


def _system(file: MapFile, said: str, kind: str) -> tuple[str, tuple[Text, ...]]:
    """The system of the file: said on the command line, or declared in the file; never neither, never two.

    A format that can only write WGS-84 or CGCS2000 says so of every file, so 高德 and 百度 are believed before it.
    Points may each declare their own.
    """
    chosen = _named(said) if said else ""
    own = _common(file.features) if kind == "shapes" else ""
    for declared in filter(None, (own, file.declared)):
        if chosen and declared != chosen and not {declared, chosen} <= set(TECHNICAL):
            if declared == own or declared not in TECHNICAL or chosen == "FICTIONAL":
                raise FileProblem(SYSTEMS_DIFFER.filled(name=file.name, own=declared, said=chosen))
            return chosen, (OVERRULED.filled(own=declared, said=chosen),)
    system = chosen or own or file.declared
    if not system and (kind == "shapes" or not any(one.system for one in file.features)):
        raise FileProblem(NO_SYSTEM.filled(name=file.name))
    return system, ()


def _common(features: tuple[Feature, ...]) -> str:
    """The system that features declare, each in its properties; a file of shapes can have one only."""
    found = {_named(one.system) for one in features if one.system}
    if len(found) > 1 and not found <= set(TECHNICAL):
        raise FileProblem(SYSTEMS_DIFFER.filled(name="", own="、".join(sorted(found)), said="—"))
    return min(found, default="")


def _named(words: str) -> str:
    try:
        return named(words)
    except UnusableSystem as refused:
        raise FileProblem(SAID.filled(words=refused.sentence)) from refused
