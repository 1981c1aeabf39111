"""What a reader waits for, in a real browser: from a click to the last chart painted, beside the static floor."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SIZE = {"width": 1440, "height": 900}
# The moment of the last change to the page, seen from inside it; charts count when they are drawn, two frames later.
WATCH = """
window.lastChange = 0;
new MutationObserver((all) => {
  if (all.some((m) => m.target.closest?.(".stMain, main") || m.target.querySelector?.(".stMain, main")))
    window.lastChange = performance.now();
}).observe(document, {
  subtree: true, childList: true, attributes: true, attributeFilter: ["d", "data-painted", "style"],
});
"""
SETTLED = """(since) => {
  const busy = document.querySelector('.stApp')?.dataset.testScriptState === 'running';
  const waiting = [...document.querySelectorAll('.plot')].some((box) => {
    const { top, bottom } = box.getBoundingClientRect();
    return top < innerHeight && bottom > 0 && !(box.dataset.painted > 0);
  });
  return !busy && !waiting && document.querySelector('.card') && window.lastChange > since
    && performance.now() - window.lastChange > 500;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder of static files on a local port."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def settle(page: Page, since: float = 0.0) -> float:
    """The page's clock at the last change, once nothing has moved for half a second."""
    # Each look forces a layout. In every frame, as is Playwright's habit, that would slow the page it watches.
    page.wait_for_function(SETTLED, arg=since, timeout=60_000, polling=100)
    return float(page.evaluate("window.lastChange"))


def opened(browser: Browser, url: str) -> tuple[float, float, Page]:
    """Milliseconds from navigation to the last paint with an empty cache, then again with a full one."""
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(url)
    cold = settle(page)
    page.goto("about:blank")
    page.goto(url)
    return cold, settle(page), page


def after(page: Page, act: str) -> float:
    """Milliseconds from an action (JavaScript) to the last paint it caused."""
    start = float(page.evaluate(f"() => {{ const now = performance.now(); {act}; return now; }}"))
    return settle(page, start) - start
