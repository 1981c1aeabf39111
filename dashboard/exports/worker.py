"""The one worker that turns charts into SVG: one browser in one thread, every wait bounded, so that nobody hangs.

Readers' threads put their charts in a line and each is handed its own drawing. A browser that dies or freezes is killed
with all its children and the chart is drawn again by a fresh one. kaleido's own server does neither, and under threads
it hands out other callers' charts.
"""

from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import contextlib
import functools
import logging
import os
import shutil
import signal
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from dashboard.exports import progress
from dashboard.exports.browser import kaleido_browser, own_folder
from dashboard.exports.preflight import NO_BROWSER, ready
from data_access.errors import ExportProblem
from data_access.text import Text

log = logging.getLogger(__name__)

LATE = Text(
    "这张图 {seconds} 秒内没有画完。请缩小年份或乡镇范围再试。（EXP-03）",
    "The chart was not drawn within {seconds} seconds. Choose fewer years or townships and try again. (EXP-03)",
)
BUSY = Text(
    "正在导出的人较多，请稍等片刻再试。（EXP-04）",
    "Many readers are exporting just now. Please try again in a moment. (EXP-04)",
)
REFUSED = Text(
    "这张图的内容画不出来，请把编号 EXP-05 告诉信息技术同事。（EXP-05）",
    "This chart cannot be drawn. Please give code EXP-05 to your IT colleague. (EXP-05)",
)
# Pictures of other addresses and buttons that fetch have no place in a figure that is drawn on the server.
DROPPED = ("images", "updatemenus", "sliders", "template")


@dataclass(frozen=True)
class Limits:
    """Seconds and numbers the worker keeps to. ``waiting`` readers may stand in line beside the one being served."""

    start: float = 30
    chart: float = 20
    caller: float = 90
    idle: float = 600
    waiting: int = 16
    recycle: int = 100


class LostError(Exception):
    """The browser went away or did not answer in time (``late``)."""

    def __init__(self, reason: str, *, late: bool = False) -> None:
        super().__init__(reason)
        self.late = late


class RenderWorker:
    """Draws plotly figures, one at a time; the browser starts at the first and rests after the last.

    ``find`` gives the browser's path, or None. A browser is replaced after ``limits.recycle`` charts, because its
    memory grows, and only between two charts, because closing it would take the running one with it.
    """

    def __init__(self, find: Callable[[], str | None] | None = None, *, limits: Limits | None = None) -> None:
        self._find = find or (lambda: ready().browser)
        self.limits = limits or Limits()
        self._places = threading.BoundedSemaphore(self.limits.waiting + 1)
        self._guard = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._folder: Path | None = None
        self._turn = asyncio.Lock()
        self._open: Any = None
        self._drawn = 0
        self._idle: asyncio.TimerHandle | None = None
        self._farewells: set[asyncio.Task[None]] = set()

    def svg(self, figure: dict[str, Any], width: int, height: int) -> str:
        """A figure as SVG of ``width`` by ``height`` pixels. Any thread may ask.

        Raises:
            ExportProblem: EXP-01 there is no working browser; EXP-03 the chart took too long; EXP-04 too many readers
                are waiting; EXP-05 the figure itself cannot be drawn.
        """
        path = self._find()
        if path is None:
            raise ExportProblem("EXP-01", NO_BROWSER)
        if not self._places.acquire(blocking=False):
            raise ExportProblem("EXP-04", BUSY)
        try:
            drawn = self._wait_for(self._draw(path, plain(figure), {"format": "svg", "width": width, "height": height}))
            progress.step()
            return drawn
        finally:
            self._places.release()

    def _wait_for(self, drawing: Coroutine[Any, Any, bytes]) -> str:
        future = asyncio.run_coroutine_threadsafe(drawing, self._running_loop())
        try:
            return future.result(self.limits.caller).decode()
        except concurrent.futures.TimeoutError:
            future.cancel()
            raise late(self.limits.caller) from None
        except concurrent.futures.CancelledError:
            raise ExportProblem("EXP-04", BUSY) from None

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._guard:
            if self._loop is None:
                self._folder = own_folder()
                self._turn = asyncio.Lock()
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=_serve, args=(self._loop,), name="pictures", daemon=True).start()
            return self._loop

    async def _draw(self, path: str, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        """One chart, by a second browser if the first is lost on it."""
        async with self._turn:
            try:
                try:
                    return await self._attempt(path, figure, options)
                except LostError as lost:
                    log.warning("The drawing browser was lost (%s); a fresh one takes over.", lost)
                    return await self._attempt(path, figure, options)
            except LostError as lost:
                raise (late(self.limits.chart) if lost.late else ExportProblem("EXP-01", NO_BROWSER)) from lost
            finally:
                self._rest_later()

    async def _attempt(self, path: str, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        from kaleido.errors import JavascriptError, KaleidoError  # a tenth of a second that most runs never need

        browser = await self._browser(path)
        self._drawn += 1
        try:
            drawn: bytes = await within(self.limits.chart, browser.calc_fig(figure, options))
        except (JavascriptError, KaleidoError) as fault:
            log.warning("A figure was refused: %s", fault)
            raise ExportProblem("EXP-05", REFUSED) from fault
        except (LostError, asyncio.CancelledError):
            self._drop()  # whatever it is still doing, no later chart may get its answer
            raise
        return drawn

    async def _browser(self, path: str) -> Any:
        """The open browser, or a fresh one if there is none, it died or it is worn."""
        if self._open is not None and (self._drawn >= self.limits.recycle or self._open.subprocess.poll() is not None):
            self._drop()
        if self._open is None:
            if self._folder is None or not Path(path).is_file():
                raise ExportProblem("EXP-01", NO_BROWSER)
            self._open, self._drawn = kaleido_browser(path, self._folder), 0
            try:
                await within(self.limits.start, self._open.open())
            except (LostError, asyncio.CancelledError) as fault:
                self._drop()
                if isinstance(fault, LostError):
                    raise ExportProblem("EXP-01", NO_BROWSER) from fault
                raise
        return self._open

    def _drop(self) -> None:
        """Kill the browser and its children at once; its pipes and files are tidied in the background."""
        gone, self._open = self._open, None
        if gone is None:
            return
        process = getattr(gone, "subprocess", None)
        if process is not None and process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # it leads a session of its own
        farewell = asyncio.ensure_future(_tidy(gone))
        self._farewells.add(farewell)
        farewell.add_done_callback(self._farewells.discard)

    def _rest_later(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(self.limits.idle, self._rest)

    def _rest(self) -> None:
        if not self._turn.locked():
            self._drop()

    def close(self) -> None:
        """Kill the browser, end the thread, remove the files. A later chart starts everything anew."""
        with self._guard:
            loop, self._loop = self._loop, None
            folder, self._folder = self._folder, None
        if loop is None:
            return
        ending = asyncio.run_coroutine_threadsafe(self._end(), loop)
        try:
            ending.result(8)
        except (concurrent.futures.TimeoutError, concurrent.futures.CancelledError):
            log.warning("The drawing browser did not end in time.")
        loop.call_soon_threadsafe(loop.stop)
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    async def _end(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._drop()
        if self._farewells:
            await asyncio.wait(set(self._farewells), timeout=6)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others, timeout=1)


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    loop.close()


def plain(figure: dict[str, Any]) -> dict[str, Any]:
    """A copy of data and layout as JSON values, without what would be fetched or pressed.

    Raises:
        ExportProblem: EXP-05, the figure holds something that is no data.
    """
    layout = {name: value for name, value in figure.get("layout", {}).items() if name not in DROPPED}
    try:
        written = orjson.dumps({"data": figure["data"], "layout": layout}, option=orjson.OPT_SERIALIZE_NUMPY)
    except orjson.JSONEncodeError as fault:
        raise ExportProblem("EXP-05", REFUSED) from fault
    copy: dict[str, Any] = orjson.loads(written)
    return copy


async def within(seconds: float, work: Coroutine[Any, Any, Any]) -> Any:
    """The result of ``work``, or its own fault, or LostError after ``seconds``.

    ``asyncio.wait_for`` would wait for the clean-up of what it cancels, and that never ends with a frozen browser.
    """
    from kaleido.errors import JavascriptError, KaleidoError

    task = asyncio.ensure_future(work)
    task.add_done_callback(_look_away)
    try:
        await asyncio.wait({task}, timeout=seconds)
    finally:
        if not task.done():
            task.cancel()
    if not task.done():
        raise LostError(f"no answer in {seconds:g} s", late=True)
    if task.cancelled():
        raise LostError("aborted")
    fault = task.exception()
    if isinstance(fault, (JavascriptError, KaleidoError)):
        raise fault
    if fault is not None:
        raise LostError(type(fault).__name__) from fault
    return task.result()


def _look_away(task: asyncio.Task[Any]) -> None:
    """Ask for the outcome of an abandoned task, so that nobody complains it was never asked for."""
    if not task.cancelled():
        task.exception()


async def _tidy(browser: Any) -> None:
    """Close what a killed browser leaves open, once it is dead: before, it would be asked to close and never answer."""
    process = getattr(browser, "subprocess", None)
    for _ in range(40):
        if process is None or process.poll() is not None:
            break
        await asyncio.sleep(0.05)
    try:
        await within(5, browser.close())
    except LostError as lost:
        log.debug("A killed browser was not tidied: %s", lost)


def late(seconds: float) -> ExportProblem:
    """EXP-03, naming the limit."""
    told = f"{seconds:g}"
    return ExportProblem("EXP-03", Text(LATE("zh", seconds=told), LATE("en", seconds=told)))


@functools.cache
def worker() -> RenderWorker:
    """The worker of this process."""
    made = RenderWorker()
    atexit.register(made.close)
    return made
