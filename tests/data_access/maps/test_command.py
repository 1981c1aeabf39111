"""Maps from the command line: there and back, and exit codes for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.__main__ import main
from tests.data_access.importing.workbooks import everything
from tests.data_access.maps.made_maps import EAST, WEST, geojson, hill, moved, river

Capture = pytest.CaptureFixture[str]


def test_a_map_goes_in_and_comes_out_as_it_was_given(url: str, tmp_path: Path, capsys: Capture) -> None:
    path = geojson(tmp_path / "a.geojson", [river(moved(WEST, "BD09")), hill(moved(EAST, "BD09"))])
    assert main(["check-map", str(path), "--system", "BD09", "--database-url", url]) == 0
    assert main(["import-map", str(path), "--system", "BD09", "--who", "张三", "--database-url", url]) == 0
    assert "已导入，序号 1。撤销请运行 python -m data_access undo。" in capsys.readouterr().out
    out, after = tmp_path / "b.geojson", everything(url)
    assert main(["export-map", "--out", str(out), "--database-url", url]) == 0
    assert '"coord_system":"BD09"' in out.read_text(encoding="utf-8")
    assert main(["import-map", str(out), "--database-url", url]) == 0
    assert "没有需要改动的内容。" in capsys.readouterr().out and everything(url) == after


def test_a_refused_map_and_a_missing_folder_get_a_sentence(url: str, tmp_path: Path, capsys: Capture) -> None:
    path = geojson(tmp_path / "a.geojson", [river()])
    assert main(["import-map", str(path), "--database-url", url]) == 1
    assert "没有声明坐标系" in capsys.readouterr().err
    assert main(["import-map", str(path), "--system", "WGS84", "--database-url", url]) == 1
    assert "有提醒，没有导入。" in capsys.readouterr().out
    assert main(["export-map", "--out", str(tmp_path / "no" / "a.geojson"), "--database-url", url]) == 1
    assert "没有这个目录" in capsys.readouterr().err
    with pytest.raises(SystemExit) as refused:
        main(["import-map", str(path), "--area", "很大", "--database-url", url])
    assert refused.value.code == 2
