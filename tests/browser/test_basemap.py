"""The office's own tiles below the movable map: asked of that server and of no other, with its approval number."""

from __future__ import annotations

import io
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.benchmarks.server import running
from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

TILE = re.compile(r"/vec/(\d+)/(\d+)/(\d+)\.png")
GREEN = (120, 200, 140)


class Tiles(ThreadingHTTPServer):
    """A tile server of the office's own, which remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: set[str] = set()
        self.address = f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: Tiles

    def do_GET(self) -> None:
        self.server.asked.add(self.path)
        picture = io.BytesIO()
        Image.new("RGB", (256, 256), GREEN).save(picture, "PNG")
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(picture.getvalue())

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def tiles() -> Iterator[Tiles]:
    with Tiles() as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def real_url(sample_url: str, tmp_path: Path) -> str:
    """The sample as if it were a real district with an approved map."""
    path = tmp_path / "real.db"
    shutil.copy(sample_url.removeprefix("sqlite:///"), path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(
            "UPDATE region_shape SET is_fictional = 0, coord_system = 'CGCS2000', approval_no = '澜S(2025)001号'"
        )
        raw.execute("DELETE FROM rule_config WHERE key = 'fictional'")
    return f"sqlite:///{path}"


def test_tiles_come_from_the_offices_server_alone(
    browser: Browser, watched: Watched, tiles: Tiles, real_url: str, tmp_path: Path
) -> None:
    address = f"{tiles.address}/vec/{{z}}/{{x}}/{{y}}.png"
    with running(real_url, BASEMAP_TILES=address, BASEMAP_APPROVAL="澜S(2026)底9号") as board:
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
        watched.watch(page)
        answer = page.goto(f"{board.url}/stations")
        assert answer is not None
        (allowed,) = re.findall(r"connect-src ([^;]+)", answer.headers["content-security-policy"])
        assert allowed.split() == ["'self'", "data:", "blob:", tiles.address]
        canvas = page.locator(".deck canvas").first
        canvas.wait_for(timeout=60_000)
        page.get_by_text("底图审图号：澜S(2026)底9号").first.wait_for()
        page.wait_for_timeout(3000)
        found = [TILE.fullmatch(path) for path in tiles.asked]
        assert found and all(found)
        picture = Image.open(io.BytesIO(canvas.screenshot())).convert("RGB")
        corner = picture.getpixel((6, picture.height // 2))
        page.context.close()
    assert corner == GREEN, "The ground is not seen where no township lies."
    assert watched.outside == watched.errors == []
