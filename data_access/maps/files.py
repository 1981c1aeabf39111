"""Map files, opened safely: GeoJSON and zipped shapefiles, their features and the coordinate system they declare."""

from __future__ import annotations

import io
import logging
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import orjson
import shapefile

from data_access.coordinates import UnusableSystem, named
from data_access.importing.files import BOMB, NO_FILE, TOO_LARGE
from data_access.importing.problems import FileProblem
from data_access.text import Text

LARGEST_FILE = 64 * 2**20  # a million vertices in plain text
LARGEST_INSIDE = 256 * 2**20
LARGEST_RATIO = 100  # coordinates hardly ever shrink to a tenth
MOST_MEMBERS = 2000
ENCODINGS = {"utf8": "utf-8", "65001": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030"}
ENCODINGS |= {"936": "gb18030", "cp936": "gb18030", "ansi936": "gb18030"}
SYSTEM_FIELDS = ("coord_system", "坐标系")
PARTS = (".shp", ".shx", ".dbf")

KIND = Text(
    "“{name}”不是 GeoJSON（.geojson、.json）或打包的 Shapefile（.zip）。KML 可用 QGIS 或 ogr2ogr 另存为 GeoJSON。",
    "“{name}” is neither GeoJSON (.geojson, .json) nor a zipped shapefile (.zip). QGIS or ogr2ogr save KML as GeoJSON.",
)
NOT_UTF8 = Text("“{name}”不是 UTF-8 编码；GeoJSON 只能用 UTF-8。", "“{name}” is not UTF-8, as GeoJSON must be.")
NOT_JSON = Text("“{name}”不是可读的 JSON：{why}。", "“{name}” is no readable JSON: {why}.")
NOT_FEATURES = Text(
    "“{name}”不是 GeoJSON 的 FeatureCollection。请从制图软件另存为 GeoJSON 要素集合。",
    "“{name}” is not a FeatureCollection. Save it as such from the mapping program.",
)
EMPTY = Text("“{name}”里没有要素。", "“{name}” holds no feature.")
NOT_A_ZIP = Text("“{name}”不是可读的 ZIP 文件：{why}。", "“{name}” is no readable ZIP file: {why}.")
LOCKED = Text("“{name}”有解压密码，请去掉密码后再导入。", "“{name}” needs a password; remove it first.")
NO_SHP = Text("“{name}”里没有 .shp 文件。", "“{name}” holds no .shp file.")
SEVERAL = Text(
    "“{name}”里有几个图层：{layers}。请用 --layer 指定一个。",
    "“{name}” holds several layers: {layers}. Name one with --layer.",
)
NO_LAYER = Text("“{name}”里没有图层“{layer}”，有的是：{layers}。", "“{name}” has no layer “{layer}”; it has: {layers}.")
PART_MISSING = Text(
    "图层“{layer}”缺少{parts}文件。Shapefile 的 .shp、.shx、.dbf 要放在一起打包。",
    "The layer “{layer}” lacks {parts}. Pack .shp, .shx and .dbf together.",
)
NO_ENCODING = Text(
    "图层“{layer}”的属性表没有声明文字编码（没有 .cpg 文件）。请加上 --encoding gbk 或 utf-8，不会自动猜测。",
    "The attributes of “{layer}” declare no encoding (no .cpg file). Say --encoding gbk or --encoding utf-8.",
)
BAD_ENCODING = Text(
    "不支持文字编码“{encoding}”。可选：utf-8、gbk、gb18030。",
    "The encoding “{encoding}” is not supported. Choose utf-8, gbk or gb18030.",
)
NOT_ENCODED = Text(
    "图层“{layer}”的属性不是 {encoding} 编码，请核对 .cpg 文件或 --encoding。",
    "The attributes of “{layer}” are not {encoding}; see the .cpg file or --encoding.",
)
DAMAGED = Text(
    "图层“{layer}”已损坏，读不下去（{why}）。请重新导出。",
    "The layer “{layer}” is damaged ({why}). Export it anew.",
)
DECLARED_BADLY = Text("文件声明的{words}。", "As the file declares: {words}.")

# What it doubts of rings and headers, the checks of shapes name in Chinese.
logging.getLogger("shapefile").setLevel(logging.CRITICAL)

# What pyshp and the readers below it raise on damaged files.
_DAMAGE = (
    *(shapefile.ShapefileException, shapefile.dbfFileException, shapefile.GeoJSON_Error, struct.error),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, MemoryError, OSError, EOFError),
)


@dataclass(frozen=True)
class Feature:
    """One feature: its place in the file from 1, its geometry as GeoJSON has it, and its properties."""

    number: int
    geometry: Any
    properties: Mapping[str, Any]

    @property
    def system(self) -> str:
        """The coordinate system its own properties name, as written; empty when none."""
        return next((str(self.properties[name]) for name in SYSTEM_FIELDS if self.properties.get(name)), "")


@dataclass(frozen=True)
class MapFile:
    """A map file: its features, and the system it declares by the means of its format (``crs`` member, ``.prj``),
    or for all features by a member ``coord_system``; empty where it says nothing."""

    name: str
    features: tuple[Feature, ...]
    declared: str = ""


def opened(path: Path, *, encoding: str = "", layer: str = "") -> MapFile:
    """The features of a map file.

    ``encoding`` is that of a shapefile's attributes where it has no ``.cpg``; ``layer`` names one of several.

    Raises:
        FileProblem: The file is missing, too large, damaged, of another kind, or declares a system nobody can use.
    """
    if not path.is_file():
        raise FileProblem(NO_FILE.filled(name=path.name))
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise FileProblem(TOO_LARGE.filled(size=f"{size / 2**20:.0f}", limit=str(LARGEST_FILE // 2**20)))
    if encoding and _folded(encoding) not in ENCODINGS:
        raise FileProblem(BAD_ENCODING.filled(encoding=encoding))
    kind = path.suffix.lower()
    if kind in (".geojson", ".json"):
        made = _geojson(path)
    elif kind == ".zip":
        made = _zipped(path, encoding, layer)
    else:
        raise FileProblem(KIND.filled(name=path.name))
    if not made.features:
        raise FileProblem(EMPTY.filled(name=path.name))
    return made


def _geojson(path: Path) -> MapFile:
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        raw.decode("utf-8")
        found = orjson.loads(raw)
    except UnicodeDecodeError as error:
        raise FileProblem(NOT_UTF8.filled(name=path.name)) from error
    except orjson.JSONDecodeError as error:
        why = Text(f"第{error.lineno}行第{error.colno}列", f"line {error.lineno}, column {error.colno}")
        raise FileProblem(NOT_JSON.filled(name=path.name, why=why)) from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise FileProblem(NOT_FEATURES.filled(name=path.name))
    return MapFile(path.name, tuple(map(_feature, range(1, len(features) + 1), features)), _crs(found))


def _feature(number: int, found: Any) -> Feature:
    """A feature, whatever is in its place: what is no feature has neither geometry nor properties."""
    if not isinstance(found, dict):
        return Feature(number, None, {})
    properties = found.get("properties")
    return Feature(number, found.get("geometry"), properties if isinstance(properties, dict) else {})


def _crs(found: Mapping[str, Any]) -> str:
    """The system of the whole file: a member ``coord_system``, or the old ``crs`` member."""
    for name in SYSTEM_FIELDS:
        if found.get(name):
            return _usable(str(found[name]))
    crs = found.get("crs")
    if not isinstance(crs, dict):
        return ""
    properties = crs.get("properties")
    words = properties.get("name") or properties.get("code") if isinstance(properties, dict) else None
    return _usable(str(words)) if words else ""


def _usable(words: str) -> str:
    try:
        return named(words)
    except UnusableSystem as refused:
        raise FileProblem(DECLARED_BADLY.filled(words=refused.sentence)) from refused


def _zipped(path: Path, encoding: str, layer: str) -> MapFile:
    try:
        with zipfile.ZipFile(path) as packed:
            _harmless(path, packed)
            return _shapefile(path, packed, encoding, layer)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise FileProblem(NOT_A_ZIP.filled(name=path.name, why=str(error)[:80])) from error


def _harmless(path: Path, packed: zipfile.ZipFile) -> None:
    """Refuse what would fill the memory when unpacked, before any of it is; nothing is written to a disk."""
    members = packed.infolist()
    inside = sum(member.file_size for member in members)
    packed_size = max(sum(member.compress_size for member in members), 1)
    if inside > LARGEST_INSIDE or len(members) > MOST_MEMBERS or inside / packed_size > LARGEST_RATIO:
        raise FileProblem(BOMB.filled(size=f"{inside / 2**20:.0f}"))
    if any(member.flag_bits & 1 for member in members):
        raise FileProblem(LOCKED.filled(name=path.name))


def _shapefile(path: Path, packed: zipfile.ZipFile, encoding: str, layer: str) -> MapFile:
    stem, members = _layer(path, packed, layer)
    title = PurePosixPath(stem).name
    missing = [part for part in PARTS if part not in members]
    if missing:
        raise FileProblem(PART_MISSING.filled(layer=title, parts="、".join(missing)))
    parts = {part: _member(packed, members[part]) for part in PARTS}
    prj = _member(packed, members[".prj"]).decode("utf-8", "replace") if ".prj" in members else ""
    cpg = _member(packed, members[".cpg"]).decode("ascii", "replace") if ".cpg" in members else ""
    used = _encoding(title, parts[".dbf"], encoding or cpg)
    return MapFile(path.name, _records(title, parts, used), _usable(prj) if prj.strip() else "")


def _layer(path: Path, packed: zipfile.ZipFile, layer: str) -> tuple[str, dict[str, zipfile.ZipInfo]]:
    """The one layer meant, wherever it lies in the archive: its name and its files by suffix."""
    found: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for member in packed.infolist():
        place = PurePosixPath(_name(member))
        if member.is_dir() or "__MACOSX" in place.parts or place.name.startswith("."):
            continue
        found.setdefault(str(place.with_suffix("")).casefold(), {})[place.suffix.lower()] = member
    layers = {PurePosixPath(_name(members[".shp"])).stem: stem for stem, members in found.items() if ".shp" in members}
    listed = "、".join(sorted(layers))
    if not layers:
        raise FileProblem(NO_SHP.filled(name=path.name))
    if layer and layer not in layers:
        raise FileProblem(NO_LAYER.filled(name=path.name, layer=layer, layers=listed))
    if not layer and len(layers) > 1:
        raise FileProblem(SEVERAL.filled(name=path.name, layers=listed))
    name = layer or next(iter(layers))
    return name, found[layers[name]]


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; Windows packs Chinese names in GBK without saying so, which zipfile reads as cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _member(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """One file of the archive, never more of it than its header says."""
    with packed.open(member) as file:
        return file.read(member.file_size)


def _encoding(layer: str, dbf: bytes, said: str) -> str:
    """The encoding of the attributes: as declared, or none needed."""
    declared = ENCODINGS.get(_folded(said)) if said.strip() else None
    if said.strip() and declared is None:
        raise FileProblem(BAD_ENCODING.filled(encoding=said.strip()[:40]))
    if declared is None and not dbf[32:].isascii():
        raise FileProblem(NO_ENCODING.filled(layer=layer))
    return declared or "ascii"


def _folded(encoding: str) -> str:
    return re.sub(r"[^0-9a-z]", "", encoding.casefold())


def _records(layer: str, parts: Mapping[str, bytes], encoding: str) -> tuple[Feature, ...]:
    files = {part.lstrip("."): io.BytesIO(content) for part, content in parts.items()}
    try:
        with warnings.catch_warnings(action="ignore"), shapefile.Reader(**files, encoding=encoding) as reader:
            return tuple(_read(reader))
    except _DAMAGE as error:
        if isinstance(error, UnicodeError) or "decode" in str(error):
            raise FileProblem(NOT_ENCODED.filled(layer=layer, encoding=encoding)) from error
        why = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
        raise FileProblem(DAMAGED.filled(layer=layer, why=why)) from error


def _read(reader: Any) -> Iterator[Feature]:
    for number, found in enumerate(reader.iterShapeRecords(), 1):
        geometry = None if found.shape.shapeType == shapefile.NULL else found.shape.__geo_interface__
        yield Feature(number, geometry, found.record.as_dict())
