"""Villages and stations of map files: placed once, dropped nowhere, doubted when another system fits better."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import create_engine, insert, select

from data_access.coordinates import from_cgcs2000
from data_access.importing import Outcome
from data_access.importing.problems import FileProblem
from data_access.maps import Asked, bring_in, check
from data_access.tables import TABLES
from tests.data_access.factories import HILL, RIVER
from tests.data_access.importing.workbooks import everything
from tests.data_access.maps.made_maps import EAST, feature, geojson, hill, point, river


def brought(url: str, path: Path, kind: str, system: str = "", **more: Any) -> Outcome:
    return bring_in(url, Asked(path, system=system, kind=kind, **more), who="张三")


def said(outcome: Outcome) -> str:
    return "\n".join(problem.say("zh") for problem in outcome.plan.problems)


def rows(url: str, table: str) -> dict[str, Any]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(select(TABLES[table])).mappings()
        made = {next(iter(row.values())): dict(row) for row in found}
    engine.dispose()
    return made


def village(number: int, lon: float, lat: float, town: str = RIVER, **more: Any) -> dict[str, Any]:
    return point(
        lon, lat, **{"village_code": f"{town}{number:03d}", "名称": f"村{number}", "乡镇": town, "人口": 900, **more}
    )


def station(key: str, lon: float, lat: float, **more: Any) -> dict[str, Any]:
    usual = {"编号": key, "name": f"站{key}", "级别": "联络站", "乡镇": "霁川镇", "建成日期": "2020-03-01"}
    return point(lon, lat, **(usual | more))


def seen_as(system: str, places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where a map of that system shows places."""
    return [(lon, lat) for lon, lat in from_cgcs2000(np.array(places), system).tolist()]


# Twelve places in the western township, 0.02 degrees apart: some two kilometres.
PLACES = [(110.01 + 0.02 * (n % 4), 30.02 + 0.02 * (n // 4)) for n in range(12)]


def with_villages(url: str, places: list[tuple[float, float]] = PLACES) -> None:
    """The shapes of both townships, and villages surveyed rightly."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for number, (lon, lat) in enumerate(places):
            values = {"village_code": f"{RIVER}{number:03d}", "name": f"村{number}", "region_code": RIVER}
            connection.execute(insert(TABLES["village"]).values(**values, lon=lon, lat=lat, src_system="CGCS2000"))
    engine.dispose()


def test_a_place_is_converted_once_and_kept_as_given(url: str, tmp_path: Path) -> None:
    (given,) = seen_as("BD09", [(110.05, 30.05)])
    outcome = brought(url, geojson(tmp_path / "a.geojson", [village(1, *given)]), "villages", "BD09")
    assert outcome.number == 1, said(outcome)
    row = rows(url, "village")[RIVER + "001"]
    assert (row["lon"], row["lat"]) == (pytest.approx(110.05, abs=1.1e-6), pytest.approx(30.05, abs=1.1e-6))
    assert (row["src_lon"], row["src_lat"], row["src_system"]) == (*given, "BD09")
    assert (row["name"], row["population"], row["region_code"]) == ("村1", 900, RIVER)


def test_the_same_points_twice_change_nothing(url: str, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [station("S1", *given) for given in seen_as("GCJ02", [(110.05, 30.05)])])
    assert brought(url, path, "stations", "GCJ02").number == 1
    after = everything(url)
    assert brought(url, path, "stations", "GCJ02").plan.is_empty and everything(url) == after


def test_points_may_declare_their_system_one_by_one(url: str, tmp_path: Path) -> None:
    features = [station("S1", 110.05, 30.05, coord_system="CGCS2000"), station("S2", 110.06, 30.06)]
    path = geojson(tmp_path / "a.geojson", features)
    outcome = brought(url, path, "stations")
    assert outcome.number == 0
    assert said(outcome) == (
        "【提醒】a.geojson第2个要素（站S2）：有经纬度而缺坐标系，没有定位；"
        "请填 CGCS2000、WGS-84、GCJ-02（高德、腾讯）或 BD-09（百度）。如属实可保留"
    )
    assert brought(url, path, "stations", accept_warnings=True).number == 1
    kept = rows(url, "station")["S2"]
    assert (kept["lon"], kept["lat"], kept["src_lon"], kept["src_lat"]) == (None, None, 110.06, 30.06)
    assert kept["src_system"] is None
    # The system that was missing can follow.
    later = geojson(tmp_path / "b.geojson", [station("S2", 110.06, 30.06, coord_system="CGCS2000")])
    assert brought(url, later, "stations").number == 2
    assert rows(url, "station")["S2"]["lon"] == 110.06


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ((30.05, 110.05), "疑似经纬度颠倒"),
        ((500_000.0, 3_300_000.0), "应是投影坐标（米）"),
        ((2.0, 48.0), "不在东经73至135.1度"),
    ],
)
def test_a_place_that_cannot_be_is_named(url: str, tmp_path: Path, place: tuple[float, float], words: str) -> None:
    before = everything(url)
    features = [station("S1", 110.05, 30.05), station("S2", *place)]
    outcome = brought(url, geojson(tmp_path / "a.geojson", features), "stations", "CGCS2000")
    assert [(problem.row, problem.is_error) for problem in outcome.plan.problems] == [(2, True)]
    assert words in said(outcome) and everything(url) == before


def test_all_other_rules_are_those_of_a_workbook(url: str, tmp_path: Path) -> None:
    features = [
        station("S1", 110.05, 30.05, 级别="中心站"),
        station("S2", 110.05, 30.05, 乡镇="无此镇"),
        station("S3", 110.05, 30.05, 建成日期=None),
        feature({"type": "LineString", "coordinates": [[110, 30], [111, 31]]}, 编号="S4"),
        station("S5", 110.05, 30.05, 联系电话="13800000000", 备用="x", 撤销日期="2019-01-01"),
    ]
    outcome = brought(url, geojson(tmp_path / "a.geojson", features), "stations", "CGCS2000")
    text = said(outcome)
    assert outcome.number == 0
    assert "第1个要素（站S1）的“级别”“中心站”：不在可选值之内" in text
    assert "第2个要素（站S2）的“区划代码”“无此镇”：在“行政区划”中找不到" in text
    assert "第3个要素（站S3）的“建成日期”：必填项为空" in text
    assert "第4个要素（—）：图形是 LineString，应为 Point" in text
    assert "第5个要素（站S5）：撤销日期早于建成日期" in text
    remarks = "".join(remark.zh for remark in outcome.remarks)
    assert "没有用到的属性：备用" in remarks and "含个人信息、未读取的属性：联系电话" in remarks


def test_points_do_not_tell_what_they_are(url: str, tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as refused:
        check(url, Asked(geojson(tmp_path / "a.geojson", [village(1, 110.05, 30.05)]), system="CGCS2000"))
    assert "--kind villages 或 --kind stations" in refused.value.say("zh")


def test_a_wrong_system_is_doubted_by_the_distance_to_places_of_that_name(url: str, tmp_path: Path) -> None:
    """Each station stands 80 m north of its village's office, which is on record."""
    with_villages(url)
    near = [(lon, lat + 80 / 110_850) for lon, lat in PLACES]
    for system in ("GCJ02", "BD09"):
        given = seen_as(system, near)
        features = [station(f"S{n}", *place, 村="", village=f"村{n}") for n, place in enumerate(given)]
        path = geojson(tmp_path / f"{system}.geojson", features)
        right = check(url, Asked(path, kind="stations", system=system))
        assert right.plan.problems == () and "距同名地点中位数 80 米" in "".join(one.zh for one in right.remarks)
        wrong = brought(url, path, "stations", "CGCS2000")
        assert wrong.number == 0 and [problem.rule for problem in wrong.plan.problems] == ["doubted_system"]
        assert "申报的坐标系 CGCS2000 看来不对" in said(wrong) and "距同名地点中位数 80 米" in said(wrong)
    # Nothing is put right by itself: accepted, the points stay where the clerk says.
    assert brought(url, path, "stations", "CGCS2000", accept_warnings=True).number == 1
    row = rows(url, "station")["S0"]
    assert (row["lon"], row["src_system"]) == (given[0][0], "CGCS2000")


def test_villages_outside_the_township_they_name_cast_doubt_too(url: str, tmp_path: Path) -> None:
    bring_in(url, Asked(geojson(tmp_path / "m.geojson", [river(), hill()]), system="CGCS2000"), who="张三")
    # A row of villages along the border, 300 m inside: read as it stands, a file of 百度 puts them over it.
    places = [(110.1 - 300 / 96_486, 30.005 + 0.004 * n) for n in range(20)]
    features = [village(n, *place) for n, place in enumerate(seen_as("BD09", places))]
    path = geojson(tmp_path / "a.geojson", features)
    wrong = check(url, Asked(path, kind="villages", system="CGCS2000"))
    assert [problem.rule for problem in wrong.plan.problems] == ["doubted_system"]
    assert "按CGCS2000：0% 在所填乡镇内" in said(wrong) and "按BD-09：100% 在所填乡镇内" in said(wrong)
    assert check(url, Asked(path, kind="villages", system="BD09")).plan.problems == ()


def test_shapes_of_a_wrong_system_are_doubted_by_the_villages_on_record(url: str, tmp_path: Path) -> None:
    from tests.data_access.maps.made_maps import WEST, moved

    with_villages(url, [(110.1 - 300 / 96_486, 30.005 + 0.004 * n) for n in range(20)])
    path = geojson(tmp_path / "a.geojson", [river(moved(WEST, "BD09")), hill(moved(EAST, "BD09"))])
    # Read as CGCS2000 the township lies a kilometre to the east, and still holds the villages; the west is emptied.
    assert check(url, Asked(path, system="BD09")).plan.problems == ()
    with_west = [(110.0 + 300 / 96_486, 30.005 + 0.004 * n) for n in range(20, 24)]
    engine = create_engine(url)
    with engine.begin() as connection:
        for number, (lon, lat) in enumerate(with_west, 30):
            values = {"village_code": f"{RIVER}{number:03d}", "name": f"村{number}", "region_code": RIVER}
            connection.execute(insert(TABLES["village"]).values(**values, lon=lon, lat=lat, src_system="CGCS2000"))
    engine.dispose()
    wrong = check(url, Asked(path, system="CGCS2000"))
    assert [problem.rule for problem in wrong.plan.problems] == ["doubted_system"]
    assert "按BD-09：100% 在所填乡镇内" in said(wrong)


def test_a_station_takes_its_day_from_the_file(url: str, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [station("S1", 110.15, 30.05, 乡镇=HILL)])
    brought(url, path, "stations", "WGS84")
    row = rows(url, "station")["S1"]
    assert (row["region_code"], row["established_on"], row["src_system"]) == (HILL, date(2020, 3, 1), "WGS84")
