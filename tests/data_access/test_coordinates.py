"""Coordinate systems: named or refused, never guessed; converted by the published formulas."""

from __future__ import annotations

import numpy as np
import pytest

from data_access.coordinates import UnusableSystem, from_cgcs2000, misplaced, named, to_cgcs2000
from data_access.coverage import Frame

PRJ_CGCS = (
    'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137,298.25]]]'
)
PRJ_GAUSS = 'PROJCS["CGCS2000_3_Degree_GK_CM_108E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000"]]'
PRJ_BEIJING = 'PROJCS["Beijing_1954_3_Degree_GK_Zone_36",GEOGCS["GCS_Beijing_1954"]]'


def metres(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How far points lie from others."""
    frame = Frame(*one[0])
    return np.asarray(np.hypot(*(frame.metres(one) - frame.metres(other)).T))


@pytest.mark.parametrize(
    ("words", "system"),
    [
        ("CGCS2000", "CGCS2000"),
        ("cgcs 2000", "CGCS2000"),
        ("urn:ogc:def:crs:EPSG::4490", "CGCS2000"),
        ("EPSG:4490", "CGCS2000"),
        (PRJ_CGCS, "CGCS2000"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "WGS84"),
        ("EPSG:4326", "WGS84"),
        ("WGS-84", "WGS84"),
        ("GCJ-02", "GCJ02"),
        ("高德", "GCJ02"),
        ("BD-09", "BD09"),
        ("虚构坐标", "FICTIONAL"),
    ],
)
def test_a_system_is_known_by_its_names(words: str, system: str) -> None:
    assert named(words) == system


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (PRJ_BEIJING, "请由测绘部门转换为 CGCS2000 后再导入"),
        ("EPSG:4610", "请由测绘部门转换为 CGCS2000 后再导入"),
        ("西安80", "请由测绘部门转换为 CGCS2000 后再导入"),
        ("Beijing 1954", "请由测绘部门转换为 CGCS2000 后再导入"),
        (PRJ_GAUSS, "投影坐标"),
        ("EPSG:4545", "投影坐标"),
        ("EPSG:3857", "投影坐标"),
        ("地方坐标系", "不认识坐标系"),
        ("", "不认识坐标系"),
    ],
)
def test_what_cannot_be_converted_is_refused_with_its_reason(words: str, why: str) -> None:
    with pytest.raises(UnusableSystem) as refused:
        named(words)
    assert why in refused.value.sentence.zh


def test_the_published_example_of_gcj02_is_met() -> None:
    """The documentation of 高德 gives 116.481499, 39.990475 as 116.487586, 39.991754."""
    assert from_cgcs2000(np.array([(116.481499, 39.990475)]), "GCJ02").round(6).tolist() == [[116.487586, 39.991754]]
    assert to_cgcs2000(np.array([(116.487586, 39.991754)]), "GCJ02").tolist() == [
        pytest.approx([116.481499, 39.990475], abs=2e-6)
    ]


def test_the_published_pairs_of_bd09_are_met() -> None:
    """What the converters in public use print for 116.404, 39.915, in either system."""
    place = np.array([(116.404, 39.915)])
    assert from_cgcs2000(place, "GCJ02").tolist() == [pytest.approx([116.41024449916938, 39.91640428150164], abs=1e-9)]
    bd = np.array([(116.41662724378733, 39.922699552216216)])
    assert from_cgcs2000(place, "BD09").tolist() == [pytest.approx(bd[0].tolist(), abs=1e-9)]
    assert to_cgcs2000(bd, "BD09").tolist() == [[116.404, 39.915]]


@pytest.mark.parametrize(("system", "off"), [("GCJ02", (30, 700)), ("BD09", (700, 1_500))])
def test_there_and_back_leads_to_the_same_place(system: str, off: tuple[float, float]) -> None:
    chance = np.random.default_rng(7)
    places = np.column_stack([chance.uniform(97, 122.5, 300), chance.uniform(23, 45, 300)]).round(6)
    moved = from_cgcs2000(places, system)
    for place, there, back in zip(places, moved, to_cgcs2000(moved, system), strict=True):
        assert metres(place[None], back[None])[0] < 0.1
        assert off[0] < metres(place[None], there[None])[0] < off[1]


def test_degrees_of_cgcs2000_and_wgs84_stay_to_the_last_digit() -> None:
    place = np.array([(110.123456789, 30.5)])
    for system in ("CGCS2000", "WGS84", "FICTIONAL"):
        assert to_cgcs2000(place, system).tolist() == place.tolist()


@pytest.mark.parametrize(
    ("place", "system", "why"),
    [
        ((110.0, 30.0), "CGCS2000", None),
        ((73.0, 53.6), "CGCS2000", None),
        ((37_412_345.0, 3_345_678.0), "CGCS2000", "投影坐标"),
        ((30.0, 110.0), "GCJ02", "疑似经纬度颠倒"),
        ((2.35, 48.85), "WGS84", "不在东经73至135.1度"),
        ((2.35, 48.85), "FICTIONAL", None),
        ((2.35, 148.85), "FICTIONAL", "疑似经纬度颠倒"),
        ((500_000.0, 3.0), "FICTIONAL", "投影坐标"),
    ],
)
def test_numbers_that_cannot_be_degrees_are_named(place: tuple[float, float], system: str, why: str | None) -> None:
    found = misplaced(np.array([(110.0, 30.0), place]), system)
    assert found is None if why is None else (found is not None and why in found.zh)
