"""What a reader waits for, in a real browser: from a click to the last chart painted, beside the static floor."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SIZE = {"width": 1440, "height": 900}
# Two moments seen from inside the page. Painted: the words of the cards, a chart or the map changed for the last time;
# cards moved to another place as they are do not count. At rest: anything at all changed for the last time, Streamlit's
# own run with its sidebar included.
WATCH = """
window.painted = window.rest = 0;
let words = "";
new MutationObserver((all) => {
  window.rest = performance.now();
  const cards = document.querySelector(".ahead") ?? document.querySelector(".stMain, main");
  const now = [...(cards?.querySelectorAll(".rows") ?? [])].map((rows) => rows.textContent).join();
  const isDrawn = all.some(({ attributeName }) => attributeName === "data-painted");
  if (isDrawn || (now && now !== words)) window.painted = performance.now();
  words = now || words;
}).observe(document, {
  subtree: true, childList: true, attributes: true,
  attributeFilter: ["d", "data-painted", "data-test-script-state", "style"],
});
"""
SETTLED = """(since) => {
  const app = document.querySelector('.stApp');
  const busy = app && (app.dataset.testScriptState !== 'notRunning' || location.href === window.from);
  const waiting = [...document.querySelectorAll('.plot')].some((box) => {
    const { top, bottom } = box.getBoundingClientRect();
    return top < innerHeight && bottom > 0 && !(box.dataset.painted > since);
  });
  return !busy && !waiting && !document.querySelector('.ahead') && document.querySelector('.card')
    && window.painted > since && performance.now() - window.rest > 500;
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


@dataclass(frozen=True)
class Waited:
    """Milliseconds until the last chart in sight was painted, and until nothing changed any more."""

    painted: float
    rest: float


def settle(page: Page, since: float = 0.0) -> Waited:
    """What was waited since a moment of the page's clock, once nothing has moved for half a second."""
    # Each look forces a layout. In every frame, as is Playwright's habit, that would slow the page it watches.
    page.wait_for_function(SETTLED, arg=since, timeout=60_000, polling=100)
    painted, rest = page.evaluate("[window.painted, window.rest]")
    return Waited(painted - since, rest - since)


def opened(browser: Browser, url: str) -> tuple[Waited, Waited, Page]:
    """What is waited from navigation on with an empty cache, then again with a full one."""
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(url)
    cold = settle(page)
    page.goto("about:blank")
    page.goto(url)
    return cold, settle(page), page


def after(page: Page, act: str) -> Waited:
    """What is waited from an action (JavaScript) on that leads to another address."""
    begin = "const now = performance.now(); window.from = location.href;"
    return settle(page, float(page.evaluate(f"() => {{ {begin} {act}; return now; }}")))
