"""The render worker with a real browser: everybody gets their own chart, and nothing makes it hang."""

from __future__ import annotations

import os
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from dashboard.exports import preflight
from dashboard.exports.worker import Limits, RenderWorker, plain
from data_access.errors import ExportProblem
from tests.dashboard.made_reports import figure

BROWSER = preflight.browser()
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no browser is installed to draw charts")


@pytest.fixture
def worker() -> Iterator[Callable[..., RenderWorker]]:
    """Makes workers and closes them after the test."""
    made: list[RenderWorker] = []

    def make(path: str | None = BROWSER, **limits: float) -> RenderWorker:
        made.append(RenderWorker(lambda: path, limits=Limits(**limits)))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()


def draw(worker: RenderWorker, number: int) -> str:
    """The number a chart came back with."""
    found = re.search(r"第(\d+)号", worker.svg(figure(f"第{number}号"), 300, 200))
    return found[1] if found else ""


def fault(worker: RenderWorker, asked: dict[str, Any] | None = None) -> tuple[str, float]:
    """The code of the refusal and the seconds it took."""
    start = time.monotonic()
    with pytest.raises(ExportProblem) as caught:
        worker.svg(asked or figure(), 300, 200)
    return caught.value.code, time.monotonic() - start


def process(worker: RenderWorker) -> int:
    return int(worker._open.subprocess.pid)


@needs_browser
def test_ten_readers_at_once_each_get_their_own_chart(worker: Callable[..., RenderWorker]) -> None:
    one = worker()
    with ThreadPoolExecutor(10) as readers:
        got = list(readers.map(lambda number: draw(one, number), range(100, 110)))
    assert got == [str(number) for number in range(100, 110)]


@needs_browser
def test_readers_get_their_own_charts_while_browsers_are_replaced(worker: Callable[..., RenderWorker]) -> None:
    one = worker(recycle=3)
    with ThreadPoolExecutor(10) as readers:
        got = list(readers.map(lambda number: draw(one, number), range(100, 110)))
    assert got == [str(number) for number in range(100, 110)]


@needs_browser
def test_a_killed_browser_is_replaced(worker: Callable[..., RenderWorker]) -> None:
    one = worker()
    assert draw(one, 1) == "1"
    os.killpg(process(one), signal.SIGKILL)
    assert draw(one, 2) == "2"


@needs_browser
def test_a_browser_killed_in_the_middle_loses_no_chart(worker: Callable[..., RenderWorker]) -> None:
    one = worker()
    draw(one, 1)
    killer = threading.Timer(0.3, os.killpg, (process(one), signal.SIGKILL))
    with ThreadPoolExecutor(8) as readers:
        killer.start()
        got = list(readers.map(lambda number: draw(one, number), range(20, 28)))
    assert got == [str(number) for number in range(20, 28)]


@needs_browser
def test_a_frozen_browser_is_replaced(worker: Callable[..., RenderWorker]) -> None:
    one = worker(chart=5)
    draw(one, 1)
    frozen = process(one)
    os.killpg(frozen, signal.SIGSTOP)
    assert draw(one, 2) == "2"
    assert process(one) != frozen


@needs_browser
def test_a_chart_that_takes_too_long_is_refused_and_the_next_one_drawn(worker: Callable[..., RenderWorker]) -> None:
    one = worker(chart=0.001)
    assert fault(one)[0] == "EXP-03"
    one.limits = Limits()
    assert draw(one, 3) == "3"


@needs_browser
def test_a_reader_beyond_the_line_is_asked_to_come_back(worker: Callable[..., RenderWorker]) -> None:
    one = worker(waiting=0)
    with ThreadPoolExecutor(1) as readers:
        first = readers.submit(draw, one, 1)
        time.sleep(0.3)
        code, seconds = fault(one)
        assert (code, seconds < 0.5) == ("EXP-04", True)
        assert first.result() == "1"
    assert draw(one, 2) == "2"


@needs_browser
def test_the_browser_rests_when_nobody_asks(worker: Callable[..., RenderWorker]) -> None:
    one = worker(idle=0.2)
    draw(one, 1)
    running = one._open.subprocess
    assert running.wait(10) is not None
    assert draw(one, 2) == "2"


@needs_browser
def test_closing_leaves_no_process_and_no_file(worker: Callable[..., RenderWorker]) -> None:
    one = worker()
    draw(one, 1)
    running, folder = one._open.subprocess, one._folder
    assert isinstance(folder, Path)
    assert folder.exists()
    one.close()
    assert running.wait(10) is not None
    assert not folder.exists()
    assert draw(one, 2) == "2"  # it can be opened again


@needs_browser
def test_a_figure_cannot_fetch_anything(worker: Callable[..., RenderWorker]) -> None:
    """Neither by a picture, which is dropped, nor by a font or an image smuggled into words."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        asked = figure(f'<a href="{address}">看</a><img src="{address}">')
        asked["layout"]["images"] = [{"source": address, "x": 0, "y": 1, "sizex": 1, "sizey": 1}]
        asked["data"].append({"type": "image", "source": address})
        worker().svg(asked, 300, 200)
        with pytest.raises(TimeoutError):
            server.accept()


@needs_browser
def test_a_figure_of_other_things_than_data_is_refused(worker: Callable[..., RenderWorker]) -> None:
    assert fault(worker(), {"data": [{"type": "bar", "x": [object()]}]})[0] == "EXP-05"


@pytest.mark.parametrize("path", ["/nonexistent", None])
def test_without_a_browser_the_answer_comes_at_once(path: str | None, worker: Callable[..., RenderWorker]) -> None:
    code, seconds = fault(worker(path))
    assert (code, seconds < 2) == ("EXP-01", True)


def test_a_program_that_is_no_browser_is_refused(worker: Callable[..., RenderWorker]) -> None:
    code, seconds = fault(worker("/bin/false"))
    assert (code, seconds < 10) == ("EXP-01", True)


def test_a_browser_that_never_starts_is_given_up(worker: Callable[..., RenderWorker], tmp_path: Path) -> None:
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o755)
    code, seconds = fault(worker(str(silent), start=1))
    assert (code, seconds < 10) == ("EXP-01", True)


def test_what_would_be_fetched_or_pressed_is_taken_out_of_a_figure() -> None:
    asked = figure()
    asked["layout"] |= {"images": [{"source": "http://x.example"}], "updatemenus": [{}], "sliders": [{}]}
    assert set(plain(asked)["layout"]) == set(figure()["layout"])
    assert "images" in asked["layout"]  # the reader's own figure is not touched
