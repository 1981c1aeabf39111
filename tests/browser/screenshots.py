"""``make screenshots``: the pictures in README, taken of the sample district in a real browser."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from sqlalchemy import create_engine

import sample_data
from data_access.tables import metadata
from tests.benchmarks.browser import chromium
from tests.benchmarks.server import running

FOLDER = Path(__file__).parent / "screenshots"
PICTURES = {"overview": "/overview"}


def main() -> None:
    """Takes every picture, the whole page each."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/sample.db"
        engine = create_engine(url)
        with engine.begin() as connection:
            metadata.create_all(connection)
            sample_data.fill(connection, until=date(2026, 11, 20))
        with running(url) as board, chromium() as browser:
            for name, address in PICTURES.items():
                page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
                page.goto(board.url + address)
                page.wait_for_selector(".rows .plot[data-painted]")
                height = page.evaluate("document.querySelector('.stMain').scrollHeight")
                page.set_viewport_size({"width": 1440, "height": height})
                page.wait_for_timeout(2000)
                page.screenshot(path=FOLDER / f"{name}.png")
                page.close()


if __name__ == "__main__":
    main()
