"""What is missing is said before the click."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.exhibits.plot import Plot
from dashboard.exports import FORMATS, preflight
from dashboard.settings import ROOT, settings
from tests.dashboard.made_reports import BODIES, picture


@pytest.fixture(autouse=True)
def looked_up_anew() -> Iterator[None]:
    preflight.forget()
    settings.cache_clear()
    yield
    preflight.forget()
    settings.cache_clear()


def program(path: Path, says: str, code: int = 0) -> str:
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


def test_the_browser_that_is_named_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first, second = program(tmp_path / "a", "Chromium 156"), program(tmp_path / "b", "Chromium 156")
    monkeypatch.setenv("BROWSER_PATH", second)
    assert preflight.browser() == second
    monkeypatch.setenv("EXPORT_BROWSER", first)
    settings.cache_clear()
    assert preflight.browser() == first


@pytest.mark.parametrize("named", ["/nonexistent", "/bin/false", "/bin/true", "/", "not found"])
def test_no_other_browser_stands_in_for_a_wrong_one(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPORT_BROWSER", named)
    found = preflight.ready()
    assert found.browser is None
    assert preflight.NO_BROWSER in found.faults


def test_a_browser_that_is_installed_later_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "browser"
    monkeypatch.setenv("EXPORT_BROWSER", str(path))
    assert preflight.browser() is None
    program(path, "Chromium 156")
    assert preflight.browser() == str(path)
    program(path, "Chromium 156", code=1)
    os.utime(path, (1, 1))
    assert preflight.browser() is None


def test_without_a_browser_only_files_with_charts_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "ready", lambda: preflight.Readiness(None, True, (preflight.NO_BROWSER,)))
    resting = {key: preflight.unavailable(form, needs_browser=True) for key, form in FORMATS.items()}
    assert [key for key, reason in resting.items() if reason] == ["png", "svg", "pdf", "docx", "pptx", "zip"]
    assert not any(preflight.unavailable(form, needs_browser=False) for form in FORMATS.values())


def test_slides_need_a_browser_only_for_what_no_office_chart_can_say() -> None:
    bars = {"data": [{"type": "bar", "name": "件数", "x": [2026], "y": [3]}], "layout": {}}
    for key in ("pptx", "docx", "pdf"):
        assert FORMATS[key].needs_browser(picture(Plot(bars))) is (key != "pptx")
        assert FORMATS[key].needs_browser(picture(BODIES["plot"]))
        assert not FORMATS[key].needs_browser(picture(BODIES["cards"]))


def test_without_a_font_no_picture_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "ready", lambda: preflight.Readiness("/browser", False, (preflight.NO_FONT,)))
    reasons = [preflight.unavailable(form, needs_browser=False) for form in FORMATS.values()]
    assert reasons == [preflight.NO_FONT] * 5 + [None] * 2 + [preflight.NO_FONT]


def test_no_picture_is_made_of_empty_boxes(tmp_path: Path) -> None:
    """In a process of its own, where fonts are looked for in an empty folder."""
    empty = tmp_path / "fonts"
    empty.mkdir()
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{empty}</dir></fontconfig>")
    code = (
        "from dashboard.exports import FORMATS, preflight; from data_access.errors import ExportProblem\n"
        "from tests.dashboard.made_reports import BODIES, single\n"
        "assert preflight.NO_FONT in preflight.ready().faults\n"
        "for key in ('pdf', 'png', 'svg', 'docx', 'pptx'):\n"
        "    try: FORMATS[key].write(single(BODIES['cards']))\n"
        "    except ExportProblem as problem: print(problem.code)\n"
        "print(FORMATS['csv'].write(single())[:3])"
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ended.stdout.split() == ["EXP-02", "EXP-02", "EXP-02", "EXP-02", "EXP-02", "b'\\xef\\xbb\\xbf'"], (
        ended.stderr
    )
