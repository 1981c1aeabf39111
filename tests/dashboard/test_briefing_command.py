"""The briefing from the command line: files of every kind, sentences for what is wrong, nothing half written."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dashboard import fetch
from dashboard.__main__ import main
from dashboard.briefing import command
from dashboard.exports import FORMATS
from dashboard.settings import settings
from data_access.engine import writing_once
from data_access.errors import ExportProblem
from data_access.tables import metadata
from data_access.text import Text
from tests.data_access.factories import DISTRICT, add

Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, sample_url: str, tmp_path: Path) -> Iterator[Run]:
    """Runs the command on the sample, in a folder of its own."""
    monkeypatch.setenv("DATABASE_URL", sample_url)
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    fetch.forget()
    yield lambda *arguments: main(["briefing", *arguments])
    settings.cache_clear()
    fetch.forget()


def test_text_holds_the_sentences_and_what_each_figure_is(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--years", "2022-2026", "--out", "五年.txt") == 0
    said = (tmp_path / "五年.txt").read_text(encoding="utf-8")
    assert said.startswith("五年来简报\n2022–2026 年") and "\n五年来，共收到代表议案" in said
    assert "\n议案建议\t收到建议\t" in said and "http://" in said
    assert "已生成 五年.txt：14 句话" in capsys.readouterr().out


def test_townships_may_be_given_by_name_and_what_is_left_out_is_said(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = next(town for town in _townships(run) if town.code == "990102101")
    assert run("--townships", town.name, "--years", "2025", "--out", "one.txt") == 0
    assert f"2025年，{town.name}范围内，" in (tmp_path / "one.txt").read_text(encoding="utf-8")
    assert "未写入 人事任免：属全区事项" in capsys.readouterr().err


def _townships(run: Run) -> tuple[fetch.Township, ...]:
    return fetch.frame().townships


def test_the_district_and_its_printed_totals_are_enough(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'totals.db'}"
    with writing_once(url) as connection:
        metadata.create_all(connection)
        add(connection, "region", region_code=DISTRICT, name="云澜区", level="COUNTY")
        for key, value in (("P01", 88), ("A01", 121)):
            add(connection, "reported_figure", metric_id=key, period="2019", value=value, region_code=DISTRICT)
    monkeypatch.setenv("DATABASE_URL", url)
    settings.cache_clear()
    fetch.forget()
    assert run("--years", "2019", "--out", "2019.txt") == 0
    told = (tmp_path / "2019.txt").read_text(encoding="utf-8")
    assert "2019年，共收到代表建议、批评和意见88件。" in told
    assert "2019年，依法任免国家工作人员121人次。" in told
    assert "2019 年，全区\u3000" in told


def test_a_workbook_and_a_basket(run: Run, tmp_path: Path) -> None:
    basket = "proposals.ladder~years.2025~note.请核对"
    assert run("--years", "2021-2025", "--format", "xlsx", "--out", "made.xlsx", "--basket", basket) == 0
    book = load_workbook(io.BytesIO((tmp_path / "made.xlsx").read_bytes()))
    said = " ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)
    assert "2021—2025年" in said and "basket=proposals.ladder~years.2025~note." in said


def test_english(run: Run, tmp_path: Path) -> None:
    assert run("--years", "2022-2026", "--lang", "en", "--out", "made.txt") == 0
    assert "Over the past five years, " in (tmp_path / "made.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["--years", "2025"], 2, "请用 --out 写明文件名。"),
        (["--out", "x.txt", "--years", "9"], 2, "参数 --years 的取值“9”不能用：应为一年或起止年"),
        (["--out", "x.txt", "--years", "2025-2021"], 2, "参数 --years 的取值“2025-2021”不能用"),
        (["--out", "x.txt", "--years"], 2, "参数 --years 缺少取值"),
        (["--out", "x.txt", "--years", "2025", "--townships", "大河镇"], 2, "参数 --townships 的取值“大河镇”不能用"),
        (["--out", "x.txt", "--as-of", "昨天"], 2, "参数 --as-of 的取值“昨天”不能用：应为日期"),
        (["--out", "x.txt", "--as-of", "2099-01-01"], 2, "截至日期 2099-01-01 晚于数据日期 2026-11-20。"),
        (["--out", "x.txt", "--lang", "fr"], 2, "参数 --lang 的取值“fr”不能用：应为 zh 或 en"),
        (["--out", "x.wps"], 2, "参数 --format 的取值“wps”不能用：应为 "),
        (["--out", "x.txt", "--basket", "nowhere.x"], 2, "简报篮中有 1 项无法识别"),
        (["--out", "x.txt", "--colour", "red"], 2, "不认识的参数：--colour red。"),
        (["--out", "nowhere/x.txt"], 2, "文件夹 nowhere 不存在。"),
        (["--out", "."], 2, ". 是文件夹，请写明文件名。"),
        (["--out", "x.txt", "--years", "2040"], 1, "所选范围内没有可以写进简报的内容，未生成文件。"),
    ],
)
def test_what_is_wrong_is_a_sentence_and_makes_no_file(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, sentence: str
) -> None:
    assert run(*arguments) == status
    said = capsys.readouterr().err
    assert sentence in said and "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_without_a_database_the_setting_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/nowhere.db")
    settings.cache_clear()
    fetch.forget()
    assert run("--years", "2025", "--out", "x.txt") == 3
    assert "DATABASE_URL" in capsys.readouterr().err


def test_a_file_that_cannot_be_made_leaves_the_old_one_whole(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(_report: object) -> bytes:
        raise ExportProblem("EXP-05", Text("无法排版（EXP-05）", "cannot be laid out (EXP-05)"))

    (tmp_path / "old.xlsx").write_bytes(b"old")
    monkeypatch.setattr(command, "FORMATS", {**FORMATS, "xlsx": replace(FORMATS["xlsx"], write=breaks)})
    assert run("--years", "2025", "--out", "old.xlsx") == 1
    assert "EXP-05" in capsys.readouterr().err
    assert (tmp_path / "old.xlsx").read_bytes() == b"old"


def test_a_full_disk_leaves_the_old_file_whole(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "old.txt").write_bytes(b"old")
    monkeypatch.setattr(command.os, "replace", full)
    assert run("--years", "2025", "--out", "old.txt") == 1
    assert "不能写入 old.txt" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]
    assert (tmp_path / "old.txt").read_bytes() == b"old"


def test_help_is_given_in_both_languages(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("--help")
    assert stopped.value.code == 0
    said = capsys.readouterr().out
    assert "用法：" in said and "Usage:" in said


def test_every_kind_the_board_offers_can_be_asked_for() -> None:
    assert {"docx", "pptx", "pdf", "xlsx", "zip", "txt"} == set(command.kinds())
