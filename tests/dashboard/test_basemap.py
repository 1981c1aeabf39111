"""The base map: off by default, below real districts only, with its approval number, from nobody else's server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from PIL import Image
from shapely import box
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import basemap
from dashboard.exhibits.drawn_map import DrawnMap, draw
from dashboard.exhibits.map_layers import deck
from dashboard.exhibits.map_sheet import Area, Ground, Sheet
from dashboard.exhibits.movable_map import movable
from dashboard.settings import Settings, settings
from dashboard.subjects import coverage_map
from dashboard.web import policy
from tests.dashboard.test_drawn_map import view

AREA = Area("A", "霁川镇", box(110.0, 30.0, 110.2, 30.1), 110.1, 30.05, step=2)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "底图.png"
    Image.new("RGB", (8, 4), "#88aa88").save(path)
    return path


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Set the environment of the settings."""

    def choose(**environment: str) -> Settings:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        return settings()

    yield choose
    monkeypatch.undo()
    settings.cache_clear()


def client() -> TestClient:
    return TestClient(Starlette(routes=basemap.routes))


def spec(ground: Ground | None) -> dict[str, Any]:
    body = draw(Sheet((AREA,), ground=ground), view())
    assert isinstance(body, DrawnMap)
    made = deck(body, view())
    return made


def test_by_default_there_is_none_and_nobody_is_asked_for_one(chosen: Any) -> None:
    assert basemap.ground(chosen()) is None
    made = spec(None)
    assert "mapStyle" not in made and "http" not in json.dumps(made)
    assert made["layers"][0]["@@type"] == "GeoJsonLayer"
    assert len(made["layers"][0]["data"]["features"][0]["properties"]["fill"]) == 3  # as solid as ever
    assert "<image" not in draw(Sheet((AREA,)), view()).svg()
    for address in ("/basemap/style.json", "/basemap/picture", "/basemap/1/2/3"):
        assert client().get(address).status_code == 404
    assert "tiles" not in policy() and "connect-src 'self' data: blob:;" in policy()


def test_a_picture_lies_below_the_townships_on_screen_and_paper(chosen: Any, scan: Path) -> None:
    made = chosen(BASEMAP_IMAGE=str(scan), BASEMAP_BOUNDS="109.9,29.9,110.3,30.2")
    ground = basemap.ground(made)
    assert ground is not None
    body = draw(Sheet((AREA,), ground=ground), view())
    assert 'href="/basemap/picture"' in body.svg() and "fill-opacity" in body.svg()
    assert body.svg().index("<image") < body.svg().index('<path d="M', body.svg().index("</defs>"))
    assert 'href="data:image/png;base64,' in body.printed() and "/basemap/" not in body.printed()
    layers = spec(ground)["layers"]
    assert (layers[0]["@@type"], layers[0]["bounds"]) == ("BitmapLayer", [109.9, 29.9, 110.3, 30.2])
    assert layers[0]["image"] == "/basemap/picture"
    assert len(layers[1]["data"]["features"][0]["properties"]["fill"]) == 4
    answer = client().get("/basemap/picture")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert answer.content == scan.read_bytes()


def test_the_picture_lies_where_its_bounds_say(chosen: Any, scan: Path) -> None:
    """The township fills the picture: its corners are those of the drawing's frame."""
    made = chosen(BASEMAP_IMAGE=str(scan), BASEMAP_BOUNDS="110.0,30.0,110.2,30.1")
    svg = draw(Sheet((AREA,), ground=basemap.ground(made)), view(), width=616).svg()
    assert '<image href="/basemap/picture" x="8.0" y="8.0" width="600.0"' in svg


def test_tiles_of_a_folder_are_served_here_and_nothing_beside_them(chosen: Any, tmp_path: Path, scan: Path) -> None:
    (tmp_path / "t" / "9" / "3").mkdir(parents=True)
    (tmp_path / "t" / "9" / "3" / "7.png").write_bytes(scan.read_bytes())
    made = chosen(BASEMAP_TILES=str(tmp_path / "t"))
    ground = basemap.ground(made)
    assert ground is not None and spec(ground)["mapStyle"] == "/basemap/style.json"
    assert "<image" not in draw(Sheet((AREA,), ground=ground), view()).svg()
    source = client().get("/basemap/style.json").json()["sources"]["ground"]
    assert (source["tiles"], source["maxzoom"]) == (["/basemap/{z}/{x}/{y}"], 9)
    assert client().get("/basemap/9/3/7").headers["content-type"] == "image/png"
    assert client().get("/basemap/9/3/8").status_code == 204
    assert client().get("/basemap/9/3/..%2f..%2fsecret").status_code == 404
    assert basemap.server(made) == ""


def test_the_offices_own_tile_server_and_no_other_may_be_asked(chosen: Any) -> None:
    made = chosen(BASEMAP_TILES="https://map.office.example:8443/vec/{z}/{x}/{y}.png")
    assert client().get("/basemap/style.json").json()["sources"]["ground"]["tiles"] == [made.basemap_tiles]
    assert basemap.server(made) == "https://map.office.example:8443"
    rules = policy(tiles=basemap.server(made))
    assert "connect-src 'self' data: blob: https://map.office.example:8443;" in rules
    assert "default-src 'self';" in rules


def shapes(*numbers: str | None, fictional: bool = False) -> pd.DataFrame:
    return pd.DataFrame({"approval_no": list(numbers), "is_fictional": fictional})


@pytest.mark.parametrize(
    ("table", "approval", "words"),
    [
        (shapes(None), None, ("坐标：CGCS2000", "内部工作用图，未经审核不得公开")),
        (shapes("澜S(2025)001号"), None, ("坐标：CGCS2000", "审图号：澜S(2025)001号")),
        (
            shapes("澜S(2025)001号", None),
            None,
            ("坐标：CGCS2000", "审图号：澜S(2025)001号", "内部工作用图，未经审核不得公开"),
        ),
        (shapes("甲"), "乙", ("坐标：CGCS2000", "审图号：甲", "底图审图号：乙")),
        (shapes("甲"), "", ("坐标：CGCS2000", "审图号：甲", "内部工作用图，未经审核不得公开")),
        (shapes(None), "乙", ("坐标：CGCS2000", "底图审图号：乙", "内部工作用图，未经审核不得公开")),
        (shapes(None, fictional=True), "乙", ("示意图 · 虚构数据", "内部工作用图，未经审核不得公开")),
    ],
)
def test_below_each_map_stands_what_the_law_wants(
    chosen: Any, scan: Path, table: pd.DataFrame, approval: str | None, words: tuple[str, ...]
) -> None:
    if approval is not None:
        chosen(BASEMAP_IMAGE=str(scan), BASEMAP_BOUNDS="109.9,29.9,110.3,30.2", BASEMAP_APPROVAL=approval)
    assert coverage_map._notices(table, "zh") == words


@pytest.mark.parametrize(("approval", "words"), [("乙", "底图审图号：乙。"), ("", "内部工作用图，未经审核不得公开。")])
def test_what_has_to_be_said_of_tiles_stands_below_the_movable_map_alone(
    chosen: Any, tmp_path: Path, approval: str, words: str
) -> None:
    chosen(BASEMAP_TILES=str(tmp_path), BASEMAP_APPROVAL=approval)
    ground = coverage_map._ground(shapes("甲"))
    assert coverage_map._notices(shapes("甲"), "zh") == ("坐标：CGCS2000", "审图号：甲")
    body = draw(Sheet((AREA,), ground=ground), view())
    shown = movable(body, view(), controls="", notices=coverage_map.of_tiles(ground, "zh"))
    assert f"点站点看记录。{words}</span>" in shown.html()
    assert words not in body.html()


def test_a_fictional_district_lies_on_no_real_map(chosen: Any, scan: Path) -> None:
    chosen(BASEMAP_IMAGE=str(scan), BASEMAP_BOUNDS="109.9,29.9,110.3,30.2")
    assert coverage_map._ground(shapes(None)) is not None
    assert coverage_map._ground(shapes(None, fictional=True)) is None
