"""Coordinate systems: which one is declared, whether numbers can be degrees of it, and the way to CGCS2000.

CGCS2000 and WGS-84 differ by less than a station survey notices and count as one. GCJ-02 (maps of 高德 and 腾讯) lies
some 500 m off, BD-09 (百度) 1.1 km. Which one a file uses is never guessed: it is declared, or the file is refused.

Source: the formulas of prcoords 1.0.2, whose inverses iterate to below 0.02 m; tests hold published points.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import prcoords

from data_access.text import Text

LonLat = npt.NDArray[np.float64]  # shape (n, 2)
WEST, SOUTH, EAST, NORTH = 73.0, 3.8, 135.1, 53.6  # China with its seas to Zengmu Shoal
DECIMALS = 6  # of converted degrees: 0.11 m
SYSTEMS = ("CGCS2000", "WGS84", "GCJ02", "BD09", "FICTIONAL")
TECHNICAL = ("CGCS2000", "WGS84")  # systems that formats can name by themselves
HYPOTHESES = ("CGCS2000", "GCJ02", "BD09")

OLD_DATUM = Text(
    "坐标系“{name}”是北京54或西安80，不能用公式换算。请由测绘部门转换为 CGCS2000 后再导入",
    "The system “{name}” is Beijing 1954 or Xi'an 1980, which no formula converts. "
    "Have the surveying office convert it to CGCS2000 first",
)
PROJECTED = Text(
    "坐标系“{name}”是投影坐标（米），不是经纬度。请先转换为 CGCS2000 经纬度再导入",
    "The system “{name}” is projected (metres), not degrees. Convert it to CGCS2000 longitude and latitude first",
)
UNKNOWN = Text(
    "不认识坐标系“{name}”。可选：CGCS2000、WGS84、GCJ02（高德、腾讯）、BD09（百度）",
    "The system “{name}” is unknown. Choose CGCS2000, WGS84, GCJ02 or BD09",
)
METRES = Text("坐标（{lon}，{lat}）超出经纬度范围，应是投影坐标（米）", "({lon}, {lat}) cannot be degrees but metres")
SWAPPED = Text("坐标（{lon}，{lat}）疑似经纬度颠倒", "({lon}, {lat}) looks like latitude before longitude")
OUTSIDE = Text(
    "坐标（{lon}，{lat}）不在东经73至135.1度、北纬3.8至53.6度之内",
    "({lon}, {lat}) is not within 73 to 135.1 degrees east and 3.8 to 53.6 degrees north",
)

_NAMES = {
    "CGCS2000": ("cgcs2000", "chinageodeticcoordinatesystem2000", "国家2000", "2000国家大地坐标系", "天地图"),
    "WGS84": ("wgs84", "wgs1984", "crs84", "gps"),
    "GCJ02": ("gcj02", "火星坐标", "高德", "腾讯"),
    "BD09": ("bd09", "bd09ll", "百度"),
    "FICTIONAL": ("fictional", "虚构"),
}
_OLD = re.compile(r"beijing(19)?54|xian(19)?80|北京(19)?54|西安(19)?80|krasov|bj54|xa80")
_IN_METRES = re.compile(r"projc(s|rs)|gausskruger|gausskrüger|mercator|utmzone|高斯")
_EPSG = re.compile(r"epsg[^0-9]{0,3}(?:[0-9.]*:)?:?([0-9]{4,6})", re.IGNORECASE)
_BY_EPSG = {4490: "CGCS2000", 4479: "CGCS2000", 4326: "WGS84", 4979: "WGS84"}
_OLD_EPSG = {4214, 4610, *range(2327, 2443), *range(21413, 21464)}
_FORWARD: dict[str, Callable[[tuple[float, float]], tuple[float, float]]] = {
    "GCJ02": prcoords.wgs_gcj,
    "BD09": prcoords.wgs_bd,
}
_BACK: dict[str, Callable[[tuple[float, float]], tuple[float, float]]] = {
    "GCJ02": prcoords.gcj_wgs_bored,
    "BD09": prcoords.bd_wgs_bored,
}


class UnusableSystem(ValueError):
    """A declared system that cannot be used; ``sentence`` says why and what to do."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence


def named(words: str) -> str:
    """The system somebody names: as such, by an EPSG number, or as the text of a .prj file.

    Raises:
        UnusableSystem: It is an old datum, projected, or unknown.
    """
    name = words.strip()
    folded = re.sub(r"[^0-9a-zü\u4e00-\u9fff]", "", name.casefold())
    number = _EPSG.search(name)
    shown = name if len(name) <= 60 else name[:60] + "…"
    if _OLD.search(folded) or (number and int(number[1]) in _OLD_EPSG):
        raise UnusableSystem(OLD_DATUM.filled(name=shown))
    if _IN_METRES.search(folded):
        raise UnusableSystem(PROJECTED.filled(name=shown))
    if number and int(number[1]) in _BY_EPSG:
        return _BY_EPSG[int(number[1])]
    found = [system for system, names in _NAMES.items() if any(one in folded for one in names)]
    if len(found) == 1:
        return found[0]
    raise UnusableSystem((PROJECTED if number else UNKNOWN).filled(name=shown))


def misplaced(lonlat: LonLat, system: str) -> Text | None:
    """Why numbers cannot be degrees of a system, by the first of them that cannot; None when all can."""
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    for words, wrong in (
        (METRES, (np.abs(lon) > 180) | (np.abs(lat) > 180)),
        (SWAPPED, ~_in_box(lon, lat) & _in_box(lat, lon) if system != "FICTIONAL" else np.abs(lat) > 85),
        (OUTSIDE, ~_in_box(lon, lat) if system != "FICTIONAL" else np.zeros(len(lon), dtype=bool)),
    ):
        if wrong.any():
            at = int(wrong.argmax())
            return words.filled(lon=f"{lon[at]:g}", lat=f"{lat[at]:g}")
    return None


def to_cgcs2000(lonlat: LonLat, system: str) -> LonLat:
    """Points of a system in CGCS2000, to six decimals where they had to be converted; shape (n, 2) in and out."""
    return _each(lonlat, _BACK[system]).round(DECIMALS) if system in _BACK else np.asarray(lonlat, dtype=float)


def from_cgcs2000(lonlat: LonLat, system: str) -> LonLat:
    """The other way round: where a map of that system would show points."""
    return _each(lonlat, _FORWARD[system]) if system in _FORWARD else np.asarray(lonlat, dtype=float)


def _in_box(lon: LonLat, lat: LonLat) -> npt.NDArray[np.bool_]:
    return np.asarray((lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH))


def _each(lonlat: LonLat, moved: Callable[[tuple[float, float]], tuple[float, float]]) -> LonLat:
    """Every point moved; neighbours share most of theirs, so each place is worked out once."""
    places, which = np.unique(np.asarray(lonlat, dtype=float).reshape(-1, 2), axis=0, return_inverse=True)
    made = [moved((lat, lon)) for lon, lat in places.tolist()]  # prcoords takes latitude first
    return np.array([(lon, lat) for lat, lon in made], dtype=float).reshape(-1, 2)[which.reshape(-1)]
