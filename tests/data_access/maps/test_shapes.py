"""Township shapes into a database: converted, checked alone and side by side, simplified together, taken back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely import Polygon, box
from shapely.geometry import shape as of_geojson
from sqlalchemy import create_engine, select

from data_access.importing import Outcome, take_back
from data_access.maps import Asked, bring_in, check, shapes, tiling
from data_access.maps.shapes import About
from data_access.tables.imports import import_log
from data_access.tables.regions import region_shape
from tests.data_access.factories import DISTRICT, HILL, RIVER
from tests.data_access.importing.workbooks import everything
from tests.data_access.maps.made_maps import BOTH, EAST, GEOGCS, WEST, geojson, hill, moved, river, shapefile_zip, town

LEFT_M, RIGHT_M = 3 / 96_486, 3 / 96_486  # three metres of longitude at 30 degrees north


def brought(url: str, path: Path, system: str = "CGCS2000", **more: Any) -> Outcome:
    return bring_in(url, Asked(path, system=system, **more), who="张三")


def rules(outcome: Outcome) -> dict[str, bool]:
    """Each rule broken, and whether it stops the import."""
    return {problem.rule: problem.is_error for problem in outcome.plan.problems}


def said(outcome: Outcome) -> str:
    return "\n".join(problem.say("zh") for problem in outcome.plan.problems)


def remarks(outcome: Outcome) -> str:
    return "\n".join(remark.zh for remark in outcome.remarks)


def stored(url: str) -> dict[str, Any]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = {row["region_code"]: dict(row) for row in connection.execute(select(region_shape)).mappings()}
    engine.dispose()
    return rows


def test_shapes_are_stored_with_what_is_to_be_known_of_them(url: str, tmp_path: Path) -> None:
    about = About(source="区自然资源局", source_date=date(2025, 6, 30), approval_no="澜S(2025)001号")
    outcome = brought(url, geojson(tmp_path / "a.geojson", [river(), hill()]), about=about)
    assert (outcome.number, outcome.plan.problems) == (1, ())
    row = stored(url)[RIVER]
    assert json.loads(row["geojson"])["type"] == "Polygon" and row["geojson_len"] == len(row["geojson"])
    assert (row["bbox_w"], row["bbox_s"], row["bbox_e"], row["bbox_n"]) == (110.0, 30.0, 110.1, 30.1)
    assert (row["label_lon"], row["label_lat"]) == (pytest.approx(110.05, abs=2e-4), pytest.approx(30.05, abs=0.01))
    # A tenth of a degree by a tenth at 30.05 degrees north: 9.6437 km by 11.0857 km on the ellipsoid.
    assert row["area_km2"] == pytest.approx(9.6437 * 11.0857, rel=2e-4)
    assert (row["vertices"], row["coord_system"], row["src_system"]) == (5, "CGCS2000", "CGCS2000")
    assert (row["source"], row["approval_no"], row["is_fictional"]) == ("区自然资源局", "澜S(2025)001号", False)
    assert row["src_geojson"] is None  # nothing was changed of it


def test_rings_turn_the_way_the_standard_says(url: str, tmp_path: Path) -> None:
    brought(url, geojson(tmp_path / "a.geojson", [river(WEST.reverse()), hill()]))
    assert of_geojson(json.loads(stored(url)[RIVER]["geojson"])).exterior.is_ccw


@pytest.mark.parametrize("system", ["GCJ02", "BD09"])
def test_shapes_of_other_systems_are_converted_once_and_kept_as_given(url: str, tmp_path: Path, system: str) -> None:
    path = geojson(tmp_path / "a.geojson", [river(moved(WEST, system)), hill(moved(EAST, system))])
    assert brought(url, path, system).number == 1
    row = stored(url)[RIVER]
    there = shapely.get_coordinates(of_geojson(json.loads(row["geojson"])))
    assert np.abs(there - np.array(WEST.exterior.coords)).max() < 1.1e-6
    assert row["src_system"] == system and row["coord_system"] == "CGCS2000"
    original = np.array(json.loads(row["src_geojson"])["coordinates"][0])
    assert np.abs(original - np.array(moved(WEST, system)["coordinates"][0])).max() < 1e-12


def test_the_same_file_twice_changes_nothing_and_undo_takes_it_back(url: str, tmp_path: Path) -> None:
    before = everything(url)
    path = geojson(tmp_path / "a.geojson", [river(moved(WEST, "BD09")), hill(moved(EAST, "BD09"))])
    assert brought(url, path, "BD09").number == 1
    after = everything(url)
    assert brought(url, path, "BD09").plan.is_empty and everything(url) == after
    assert take_back(url, who="李四") == (1, "a.geojson")
    assert everything(url) == before
    engine = create_engine(url)
    with engine.connect() as connection:
        (log,) = connection.execute(select(import_log)).all()
    engine.dispose()
    assert (log.who, log.file_name, log.added, log.undone_by) == ("张三", "a.geojson", 2, "李四")


def test_checking_writes_nothing(url: str, tmp_path: Path) -> None:
    before = everything(url)
    path = geojson(tmp_path / "a.geojson", [river(), hill()])
    outcome = check(url, Asked(path, system="CGCS2000"))
    assert outcome.plan.changes[0].new == 2 and everything(url) == before


def test_a_shapefile_of_the_survey_is_imported(url: str, tmp_path: Path) -> None:
    path = shapefile_zip(tmp_path / "a.zip", BOTH, more={"cpg": "GBK", "prj": GEOGCS})
    assert brought(url, path, "").number == 1
    assert set(stored(url)) == {RIVER, HILL}


def test_everything_wrong_is_named_at_once_and_nothing_is_written(url: str, tmp_path: Path) -> None:
    before = everything(url)
    path = geojson(
        tmp_path / "a.geojson",
        [
            river({"type": "Point", "coordinates": [110, 30]}),
            hill(),
            town(EAST, HILL, "云岭乡"),
            town(WEST, "990102999", "无此镇"),
            town(WEST, RIVER, "别的镇"),
            town(Polygon([(30.0, 110.0), (30.1, 110.0), (30.1, 110.1), (30.0, 110.0)]), "", "霁川镇"),
            town(box(500_000, 3_300_000, 510_000, 3_310_000), "", "没有的乡"),
            {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [3]]]}, "properties": {}},
            "no feature",
        ],
    )
    outcome = brought(url, path, accept_warnings=True)
    assert outcome.number == 0 and everything(url) == before
    lines = said(outcome).splitlines()
    assert "第1个要素（霁川镇）：图形是 Point，应为 Polygon" in lines[0]
    expected = {
        "第3个要素（云岭乡）：与第2个要素是同一个乡镇（云岭乡）",
        "第4个要素（无此镇）：“行政区划”表里没有代码 990102999",
        "第5个要素（别的镇）：代码 990102101 在“行政区划”表里是“霁川镇”",
        "第6个要素（霁川镇）：坐标（30，110）疑似经纬度颠倒",
        "第6个要素（霁川镇）：与第1个要素是同一个乡镇",
        "第7个要素（没有的乡）：“行政区划”表里没有名称“没有的乡”",
        "第7个要素（没有的乡）：坐标（510000，3.3e+06）超出经纬度范围，应是投影坐标（米）",
        "第8个要素（—）：第1个环不是一列坐标：不足四个点",
        "第8个要素（—）：没有区划代码，也没有名称",
        "第9个要素（—）：没有图形",
    }
    assert {words for words in expected if any(words in line for line in lines)} == expected


def test_a_name_is_enough_and_statistical_codes_of_twelve_digits_are_known(url: str, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [town(WEST, "", " 霁川镇 "), town(EAST, HILL + "000", "云岭乡")])
    assert brought(url, path).number == 1
    assert set(stored(url)) == {RIVER, HILL}


def test_fields_of_other_names_can_be_named(url: str, tmp_path: Path) -> None:
    from data_access.maps.naming import Fields
    from tests.data_access.maps.made_maps import feature

    rows = [feature(WEST, DM=RIVER, ZJ="霁川镇"), feature(EAST, DM=HILL, ZJ="云岭乡")]
    path = geojson(tmp_path / "a.geojson", rows)
    assert "可用 --code-field" in said(brought(url, path))
    assert brought(url, path, about=About(Fields("DM", "ZJ"))).number == 1


def test_an_invalid_shape_is_mended_and_a_large_change_has_to_be_accepted(url: str, tmp_path: Path) -> None:
    # A spike without area, and a bow tie: half of a shape.
    spike = Polygon([(110, 30), (110.1, 30), (110.1, 30.1), (110.1, 30.15), (110.1, 30.1), (110, 30.1)])
    outcome = brought(url, geojson(tmp_path / "a.geojson", [river(spike), hill()]))
    assert outcome.number == 1 and "已修复，面积变化 0.000%" in remarks(outcome)
    assert of_geojson(json.loads(stored(url)[RIVER]["geojson"])).is_valid
    bow = Polygon([(110, 30), (110.1, 30), (110, 30.1), (110.1, 30.12)])
    path = geojson(tmp_path / "b.geojson", [river(bow), hill()])
    outcome = brought(url, path)
    assert outcome.number == 0 and rules(outcome)["mended"] is False
    assert "第1个要素（霁川镇）：图形无效（Self-intersection" in said(outcome)


def test_nothing_but_a_line_is_no_township(url: str, tmp_path: Path) -> None:
    flat = Polygon([(110, 30), (110.1, 30), (110.05, 30), (110, 30)])
    assert rules(brought(url, geojson(tmp_path / "a.geojson", [river(flat), hill()])))["nothing_left"]


def test_an_overlap_is_told_with_its_neighbour_its_size_and_its_place(url: str, tmp_path: Path) -> None:
    # Three metres over the border, eleven kilometres long.
    path = geojson(tmp_path / "a.geojson", [river(box(110, 30, 110.1 + LEFT_M, 30.1)), hill()])
    outcome = brought(url, path)
    assert outcome.number == 0 and rules(outcome) == {"overlap": False}
    assert "第1个要素（霁川镇）：与“云岭乡”重叠约 3.3 公顷，边界约 11.1" in said(outcome)
    assert "在（110.1000，30.05" in said(outcome)
    assert brought(url, path, accept_warnings=True).number == 1


def test_a_gap_is_told_too_and_a_township_inside_another_stops_the_import(url: str, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [river(), hill(box(110.1 + RIGHT_M, 30, 110.2, 30.1))])
    outcome = brought(url, path)
    assert rules(outcome) == {"apart": False} and "与“云岭乡”的边界没有对齐，约 11.0" in said(outcome)
    path = geojson(tmp_path / "b.geojson", [river(), hill(box(110.05, 30, 110.2, 30.1))])
    assert rules(brought(url, path, accept_warnings=True)) == {"overlap": True}


def test_land_that_no_township_has_is_told(url: str, tmp_path: Path) -> None:
    lake = box(110.04, 30.04, 110.06, 30.06)
    path = geojson(tmp_path / "a.geojson", [river(Polygon(WEST.exterior, [lake.exterior])), hill()])
    outcome = brought(url, path)
    assert rules(outcome) == {"hole": False} and "公顷 不属于任何乡镇，在（110.0500，30.0500）附近" in said(outcome)


def test_a_partial_file_says_which_townships_are_missing(url: str, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [river()])
    outcome = brought(url, path)
    assert rules(outcome) == {"no_shape": False} and "没有这些乡镇（街道）的图形：云岭乡" in said(outcome)
    assert outcome.number == 0 and brought(url, path, accept_warnings=True).number == 1


def test_a_township_drawn_anew_is_held_against_the_neighbours_on_record(url: str, tmp_path: Path) -> None:
    brought(url, geojson(tmp_path / "a.geojson", [river(), hill()], coord_system="CGCS2000"))
    outcome = brought(url, geojson(tmp_path / "b.geojson", [river(box(109.9, 30, 110.1, 30.1))]))
    assert outcome.number == 2 and "沿用数据库里的图形：云岭乡" in remarks(outcome)
    assert (outcome.plan.changes[0].changed, outcome.plan.changes[0].same) == (1, 1)
    outcome = brought(url, geojson(tmp_path / "c.geojson", [river(box(110, 30, 110.1 + LEFT_M, 30.1))]))
    assert rules(outcome) == {"overlap": False}


def test_what_was_said_of_a_shape_stays_until_something_else_is_said(url: str, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [river(), hill()])
    brought(url, path, about=About(source="测绘队", approval_no="澜S(2025)001号"))
    newer = geojson(tmp_path / "b.geojson", [river(box(109.9, 30, 110.1, 30.1)), hill()])
    brought(url, newer)
    row = stored(url)[RIVER]
    assert (row["bbox_w"], row["source"], row["approval_no"]) == (109.9, "测绘队", "澜S(2025)001号")


def test_the_total_area_is_held_against_the_official_figure(url: str, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [river(), hill()])
    outcome = brought(url, path, about=About(area=214.0))
    assert outcome.number == 1 and "合计 213.81 平方公里，公布面积 214.00 平方公里，相差 0.09%" in remarks(outcome)
    outcome = check(url, Asked(path, system="CGCS2000", about=About(area=240.0)))
    assert rules(outcome) == {"area_differs": False} and "相差 10.91%" in said(outcome)


def wavy(first: float, last: float, points: int) -> tuple[Polygon, Polygon]:
    """Two neighbours whose common border has many bends."""
    lats = np.linspace(30.0, 30.1, points)
    bends = 0.5 * (first + last) + 0.002 * np.sin(np.arange(points) * 0.7)
    border = list(zip(bends.round(6), lats.round(6), strict=True))
    west = Polygon([*border, (first, 30.1), (first, 30.0)])
    # Begun in the middle of the border: each shape by itself would keep other points of it.
    half = points // 2
    east = Polygon([*border[half:], (last, 30.1), (last, 30.0), *border[:half]])
    return west, east


def test_too_many_vertices_are_left_out_of_all_borders_together(url: str, tmp_path: Path) -> None:
    west, east = wavy(110.0, 110.2, 20_000)
    outcome = brought(url, geojson(tmp_path / "a.geojson", [river(west), hill(east)]))
    assert outcome.number == 1, said(outcome)
    assert "所有边界一起化简：40,006 个顶点减到" in remarks(outcome) and "面积变化：霁川镇 " in remarks(outcome)
    rows = stored(url)
    shapes = [of_geojson(json.loads(rows[code]["geojson"])) for code in (RIVER, HILL)]
    assert sum(row["vertices"] for row in rows.values()) <= tiling.BUDGET
    assert shapely.coverage_is_valid(shapes)
    # The full file is kept.
    assert len(json.loads(rows[RIVER]["src_geojson"])["coordinates"][0]) == 20_003


def test_more_vertices_than_a_board_needs_are_simplified_only_when_asked(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shapes.MOST_VERTICES == 200_000
    monkeypatch.setattr(shapes, "MOST_VERTICES", 20_000)  # a tenth, which takes a tenth of the time
    west, east = wavy(110.0, 110.2, 10_100)
    path = geojson(tmp_path / "a.geojson", [river(west), hill(east)])
    outcome = brought(url, path)
    assert rules(outcome) == {"too_many_vertices": True}
    assert "共 20,206 个顶点，超过 20,000 个" in said(outcome) and "请加上 --simplify" in said(outcome)
    assert brought(url, path, about=About(simplify=True)).number == 1


def test_the_outline_of_the_district_is_no_neighbour_of_its_townships(url: str, tmp_path: Path) -> None:
    whole = town(box(110, 30, 110.2, 30.1), DISTRICT, "云澜区")
    outcome = brought(url, geojson(tmp_path / "a.geojson", [whole, river(), hill()]))
    assert outcome.number == 1 and set(stored(url)) == {DISTRICT, RIVER, HILL}


def test_fictional_shapes_stay_fictional(url: str, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [river(box(10, 50, 10.1, 50.1)), hill(box(10.1, 50, 10.2, 50.1))])
    assert brought(url, path, "FICTIONAL").number == 1
    row = stored(url)[RIVER]
    assert (row["is_fictional"], row["coord_system"], row["src_geojson"]) == (True, "FICTIONAL", None)
