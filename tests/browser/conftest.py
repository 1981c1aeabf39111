"""A board on the sample district and Debian's Chromium, for every browser test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute, expect

from tests.benchmarks.browser import chromium
from tests.benchmarks.server import Board, running

Reader = Callable[..., Page]
PATIENCE = 120_000  # ms until something is given up that a busy machine may well be slow at
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def board(sample_url: str) -> Iterator[Board]:
    with running(sample_url) as made:
        yield made


# Ends with the module: while it runs, its loop of events would be in the way of other tests of the same worker.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


class Watched:
    """What a reader's browser did that it must not do: requests elsewhere, errors in the console."""

    def __init__(self) -> None:
        self.outside: list[str] = []
        self.errors: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self._asked(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        # Streamlit probes two addresses under a deep link before it finds its own; the misses are its own and harmless.
        page.on(
            "console",
            lambda m: self.errors.append(m.text) if m.type == "error" and "404" not in m.text else None,
        )

    def _asked(self, url: str) -> None:
        if not url.startswith(("data:", "blob:", "about:")) and "//127.0.0.1:" not in url:
            self.outside.append(url)


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def reader(browser: Browser, board: Board, watched: Watched) -> Iterator[Reader]:
    """Opens an address of the board in a browser of its own; afterwards nothing may have left the machine."""
    contexts: list[BrowserContext] = []

    def opens(address: str, *, width: int = 1440, height: int = 900, mode: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=mode,
            locale="zh-CN",  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watched.watch(page)
        page.goto(board.url + address)
        page.wait_for_selector(".rows .card")
        rest(page)
        return page

    yield opens
    for context in contexts:
        context.close()
    assert watched.outside == []
    assert watched.errors == []


# Streamlit has run, has confirmed what came ahead, and what is on the screen is drawn.
AT_REST = """() => document.querySelector('.stApp')?.dataset.testScriptState !== 'running'
  && [...document.querySelectorAll('.rows')].every((rows) => !rows.early)
  && [...document.querySelectorAll('.plot')].every((box) => {
    const { top, bottom } = box.getBoundingClientRect();
    return top > innerHeight || bottom < 0 || box.dataset.painted > 0;
  })"""


def rest(page: Page) -> None:
    """Waits until the board has answered."""
    for _ in range(2):  # the answer may be to what was asked before
        page.wait_for_timeout(150)
        page.wait_for_function(AT_REST, timeout=PATIENCE)


class Gate:
    """A browser whose words to Streamlit are held back until the gate is opened."""

    def __init__(self, context: BrowserContext, board: Board, *, is_open: bool = True) -> None:
        self.is_open = is_open
        self.board = board
        self.held: list[tuple[WebSocketRoute, str | bytes]] = []
        self.page = context.new_page()
        self.page.route_web_socket(re.compile("_stcore/stream"), self._route)

    def _route(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda words: server.send(words) if self.is_open else self.held.append((server, words)))

    def shut(self) -> None:
        self.is_open = False

    def open(self) -> None:
        self.is_open = True
        for server, words in self.held:
            server.send(words)
        self.held.clear()
        rest(self.page)
        self.page.wait_for_function("() => !document.querySelector('.ahead')")
        self.page.wait_for_timeout(1500)  # so long may Streamlit's own cards come that would take the place of these

    def goto(self, address: str) -> Page:
        self.page.goto(self.board.url + address)
        self.page.wait_for_selector("main .card", timeout=30_000)
        if self.is_open:
            self.page.wait_for_selector("nav")
            rest(self.page)
        return self.page


@pytest.fixture
def context(browser: Browser, watched: Watched) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    made.on("page", watched.watch)
    yield made
    made.close()
    assert watched.outside == []
    assert watched.errors == []


@pytest.fixture
def gate(context: BrowserContext, board: Board) -> Gate:
    return Gate(context, board)
