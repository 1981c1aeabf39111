"""Map files that can be read, and sentences for those that cannot."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from data_access.importing.problems import FileProblem
from data_access.maps import Asked, check, files
from data_access.maps.files import opened
from tests.data_access.maps.made_maps import BOTH, GEOGCS, WEST, geojson, hill, river, shapefile_zip

GAUSS = f'PROJCS["CGCS2000_3_Degree_GK_CM_108E",{GEOGCS}]'
XIAN = 'GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980"]]'


def refusal(path: Path, **asked: str) -> str:
    with pytest.raises(FileProblem) as refused:
        opened(path, **asked)
    return refused.value.say("zh")


def test_a_shapefile_is_read_straight_from_the_zip_wherever_it_lies(tmp_path: Path) -> None:
    path = shapefile_zip(tmp_path / "a.zip", BOTH, more={"cpg": "GBK", "prj": GEOGCS}, folder="数据/乡镇/")
    read = opened(path)
    assert read.declared == "CGCS2000"
    assert [one.properties["XZQMC"] for one in read.features] == ["霁川镇", "云岭乡"]
    assert read.features[0].geometry["type"] == "Polygon"


@pytest.mark.parametrize(
    ("encoding", "cpg", "said"),
    [("gbk", "936", ""), ("gbk", "GB18030", ""), ("utf-8", "UTF-8", ""), ("gbk", "", "gbk"), ("utf-8", "", "utf-8")],
)
def test_an_encoding_is_taken_as_declared(tmp_path: Path, encoding: str, cpg: str, said: str) -> None:
    path = shapefile_zip(tmp_path / "a.zip", BOTH, encoding=encoding, more={"cpg": cpg} if cpg else {})
    assert [one.properties["XZQMC"] for one in opened(path, encoding=said).features] == ["霁川镇", "云岭乡"]


def test_an_encoding_is_never_guessed(tmp_path: Path) -> None:
    assert "没有声明文字编码" in refusal(shapefile_zip(tmp_path / "a.zip", BOTH))
    assert "不是 utf-8 编码" in refusal(shapefile_zip(tmp_path / "b.zip", BOTH, more={"cpg": "UTF-8"}))
    assert "不支持文字编码“Big5”" in refusal(shapefile_zip(tmp_path / "c.zip", BOTH, more={"cpg": "Big5"}))
    assert "不支持文字编码“latin1”" in refusal(tmp_path / "c.zip", encoding="latin1")


def test_attributes_in_plain_letters_need_no_encoding(tmp_path: Path) -> None:
    path = shapefile_zip(tmp_path / "a.zip", [(WEST, "990102101", "Jichuan")])
    assert opened(path).features[0].properties["XZQMC"] == "Jichuan"


def test_missing_parts_are_named_together(tmp_path: Path) -> None:
    words = refusal(shapefile_zip(tmp_path / "a.zip", BOTH, without=("shx", "dbf")))
    assert "缺少.shx、.dbf文件" in words
    assert "没有 .shp 文件" in refusal(shapefile_zip(tmp_path / "b.zip", BOTH, without=("shp",)))


def test_projected_and_old_systems_in_a_prj_are_refused(tmp_path: Path) -> None:
    more = {"cpg": "GBK"}
    assert "投影坐标（米）" in refusal(shapefile_zip(tmp_path / "a.zip", BOTH, more=more | {"prj": GAUSS}))
    assert "请由测绘部门转换为 CGCS2000 后再导入" in refusal(
        shapefile_zip(tmp_path / "b.zip", BOTH, more=more | {"prj": XIAN})
    )


def test_one_of_several_layers_has_to_be_named(tmp_path: Path) -> None:
    path = shapefile_zip(tmp_path / "a.zip", BOTH, more={"cpg": "GBK"})
    with zipfile.ZipFile(path, "a") as packed:
        for part in ("shp", "shx", "dbf", "cpg"):
            packed.writestr(f"other/roads.{part}", packed.read(f"towns.{part}"))
    assert "几个图层：roads、towns。请用 --layer" in refusal(path)
    assert "没有图层“rivers”" in refusal(path, layer="rivers")
    assert len(opened(path, layer="towns").features) == 2


def test_what_is_too_large_or_a_bomb_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("towns.shp", bytes(30_000_000))
    assert "解压后过大" in refusal(bomb)
    path = geojson(tmp_path / "a.geojson", [river()])
    monkeypatch.setattr(files, "LARGEST_FILE", 100)
    assert "没有打开" in refusal(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.geojson", b"{", "不是可读的 JSON"),
        ("a.geojson", b"[" * 50_000, "不是可读的 JSON"),
        ("a.geojson", '{"type": "FeatureCollection", "name": "乡镇"}'.encode("gb18030"), "不是 UTF-8"),
        ("a.geojson", b'{"type": "Feature"}', "不是 GeoJSON 的 FeatureCollection"),
        ("a.json", b"[1, 2]", "不是 GeoJSON 的 FeatureCollection"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "没有要素"),
        ("a.zip", b"PK\x03\x04 nothing", "不是可读的 ZIP"),
        ("a.kml", b"<kml/>", "KML 可用 QGIS"),
    ],
)
def test_what_is_no_map_file_gets_a_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert words in refusal(tmp_path / name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "找不到文件“无.geojson”" in refusal(tmp_path / "无.geojson")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [river()])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(opened(path).features) == 1


# Which coordinate system


def said(url: str, path: Path, system: str = "") -> str:
    with pytest.raises(FileProblem) as refused:
        check(url, Asked(path, system=system))
    return refused.value.say("zh")


def test_a_file_without_a_declared_system_is_refused(url: str, tmp_path: Path) -> None:
    assert "没有声明坐标系，不猜测也没有缺省值" in said(url, geojson(tmp_path / "a.geojson", [river(), hill()]))


@pytest.mark.parametrize(
    "declared",
    [
        {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}},
        {"coord_system": "CGCS2000"},
    ],
)
def test_a_system_may_be_declared_in_the_file(url: str, tmp_path: Path, declared: dict[str, object]) -> None:
    path = geojson(tmp_path / "a.geojson", [river(), hill()], **declared)
    assert check(url, Asked(path)).plan.errors == 0
    path = geojson(tmp_path / "b.geojson", [river(coord_system="GCJ02"), hill(coord_system="GCJ02")])
    assert check(url, Asked(path)).plan.errors == 0


def test_old_and_projected_systems_are_refused_wherever_they_are_declared(url: str, tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "EPSG:4214"}}
    path = geojson(tmp_path / "a.geojson", [river()], crs=crs)
    assert "请由测绘部门转换为 CGCS2000 后再导入" in said(url, path)
    plain = geojson(tmp_path / "b.geojson", [river()])
    assert "请由测绘部门转换为 CGCS2000 后再导入" in said(url, plain, "北京54")
    assert "投影坐标" in said(url, plain, "EPSG:4545")
    assert "不认识坐标系“mars”" in said(url, plain, "mars")


def test_two_systems_for_one_file_are_refused_unless_its_format_knows_no_other(url: str, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [river(coord_system="BD09"), hill(coord_system="BD09")])
    assert "声明的坐标系是 BD09，--system 却是 GCJ02" in said(url, path, "GCJ02")
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    outcome = check(url, Asked(geojson(tmp_path / "b.geojson", [river(), hill()], crs=crs), system="GCJ02"))
    assert outcome.plan.errors == 0
    assert "以 --system 的 GCJ02 为准" in outcome.remarks[0].zh
