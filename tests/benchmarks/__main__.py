"""``python -m tests.benchmarks``: every page beside a static file with the same figures, then the server by itself."""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from statistics import median

from sqlalchemy import create_engine

import sample_data
from dashboard.navigation import ENTRIES
from data_access.tables import metadata
from tests.benchmarks import browser, floor
from tests.benchmarks.client import Reader
from tests.benchmarks.parts import parts
from tests.benchmarks.server import Board, running

# Every page that answers filters and needs no setting of its own.
ELSE = ("definitions", "speech_check")
PAGES = tuple(entry.key for entry in ENTRIES if entry.listed and not entry.needs and entry.key not in ELSE)
BEFORE, AFTER = "2026", "2025"
QUIET_SECONDS, QUIET_MS = 3.0, 30.0  # so little of CPU in that time: the server has nothing left to do
READERS, THINK_SECONDS, LOAD_SECONDS = 50, 10.0, 40.0


def main() -> None:
    """Fill a sample, measure, print Markdown tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--skip-browser", action="store_true")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/sample.db"
        _fill(url)
        os.environ["DATABASE_URL"] = url
        _parts()
        with running(url) as board:
            _server(board, chosen.runs)
            _load(board)
        if not chosen.skip_browser:
            with running(url) as board:
                _browser(board, Path(folder), chosen.runs)


def _fill(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        metadata.create_all(connection)
        sample_data.fill(connection, until=date(2026, 11, 20))
    engine.dispose()


def _parts() -> None:
    print("\n### First view of a filter, by part (ms, nothing kept)\n")
    print("| page | exhibits | statements | query | draw | serialise | message kB |")
    print("|---|---|---|---|---|---|---|")
    for key in PAGES:
        parts(key, {"years": "2024"})  # imports and the first connection are not what is measured
        every = [parts(key, {"years": year}) for year in ("2022", "2023", "2025")]
        query, draw, serialise = (median(getattr(p, name) for p in every) for name in ("query", "draw", "serialise"))
        last = every[-1]
        print(
            f"| {key} | {last.exhibits} | {last.statements} | {query:.0f} | {draw:.0f} | {serialise:.1f} |"
            f" {last.kilobytes:.0f} |"
        )


def _server(board: Board, runs: int) -> None:
    print("\n### Server, one reader (ms until the run has finished, kB sent)\n")
    _rest(board.pid)
    print(
        "| page | first view of a year | first span of years | first township | warm change | its CPU | same view |"
        " page change | kB a change |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for key in PAGES:
        reader = Reader(board.port)
        reader.ask(key, "years=2019")  # a session of its own, its first messages out of the way
        first = [reader.ask(key, f"years={year}")[0] for year in range(2020, 2020 + min(runs, 5))]
        span = [reader.ask(key, f"years={year}-2025")[0] for year in range(2019, 2019 + runs)]
        town = [reader.ask(key, f"years=2024&townships={code}")[0] for code in range(102, 102 + runs)]
        before = _cpu(board.pid)
        warm = [reader.ask(key, f"years={2019 + i % runs}-2025") for i in range(2 * runs)]
        worked = (_cpu(board.pid) - before) / len(warm)
        again = [reader.ask(key, "years=2020-2025")[0] for _ in range(runs + 1)][1:]
        change = []
        for _ in range(runs):
            reader.ask("definitions", "years=2020-2025")
            change.append(reader.ask(key, "years=2020-2025")[0])
        reader.close()
        print(
            f"| {key} | {median(first):.0f} | {median(span):.0f} | {median(town):.0f} |"
            f" {median(m for m, _ in warm):.0f} | {worked:.0f} | {median(again):.0f} | {median(change):.0f} |"
            f" {median(b for _, b in warm) / 1000:.0f} |"
        )


def _load(board: Board) -> None:
    resting = _memory(board.pid)
    waits: list[float] = []
    cards: list[float] = []
    stop = time.monotonic() + LOAD_SECONDS
    ready = threading.Barrier(READERS + 1)

    def read(seed: int) -> None:
        chance = random.Random(seed)
        reader = Reader(board.port)
        reader.ask("overview", "years=2026")
        ready.wait()
        time.sleep(chance.uniform(0, THINK_SECONDS))
        while time.monotonic() < stop:
            page, years = chance.choice(PAGES), chance.choice(("2022", "2023", "2024", "2025", "2026"))
            cards.append(reader.early(page, f"years={years}"))  # as the browser does at every click
            waits.append(reader.ask(page, f"years={years}")[0])
            time.sleep(chance.uniform(0.5, 1.5) * THINK_SECONDS)
        reader.close()

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(READERS)]
    for thread in threads:
        thread.start()
    ready.wait()
    full = _memory(board.pid)
    for thread in threads:
        thread.join()
    print(f"\n### {READERS} readers, {THINK_SECONDS:.0f} s between clicks, {LOAD_SECONDS:.0f} s\n")
    print("| clicks | cards ahead p50 ms | p90 ms | run p50 ms | p90 ms | MB resting | MB a session |")
    print("|---|---|---|---|---|---|---|")
    shown = " | ".join(f"{median(all_):.0f} | {sorted(all_)[int(0.9 * len(all_))]:.0f}" for all_ in (cards, waits))
    print(f"| {len(waits)} | {shown} | {resting:.0f} | {(full - resting) / READERS:.2f} |")


def _rest(pid: int) -> None:
    """Wait until the server has drawn its pages ahead: that is not what is measured."""
    while True:
        before = _cpu(pid)
        time.sleep(QUIET_SECONDS)
        if _cpu(pid) - before < QUIET_MS:
            return


def _cpu(pid: int) -> float:
    """Milliseconds a process has worked so far: on a loaded machine they say more than the clock does."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """Megabytes of a process in memory of its own."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def _browser(board: Board, folder: Path, runs: int) -> None:
    from dashboard import fetch

    print(f"\n### Browser: to the last chart painted (ms, medians of {runs}; the floor is a static file)\n")
    print(
        "| page | cold | all at rest | floor | warm | floor | filter change | all at rest | floor | ratio |"
        " page change | all at rest |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    with browser.chromium() as chromium, browser.served(folder) as site:
        for key in PAGES:
            before, after = (fetch.view_of({"years": year})[0] for year in (BEFORE, AFTER))
            floor.write(folder, key, before, after)
            ours = [_ours(chromium, board.url, key) for _ in range(runs)]
            base = [_floor(chromium, f"{site}/{key}.html") for _ in range(runs)]
            cold, warm, change, page = (median(run[i].painted for run in ours) for i in range(4))
            rest, _, change_rest, page_rest = (median(run[i].rest for run in ours) for i in range(4))
            cold0, warm0, change0 = (median(run[i].painted for run in base) for i in range(3))
            print(
                f"| {key} | {cold:.0f} | {rest:.0f} | {cold0:.0f} | {warm:.0f} | {warm0:.0f} | {change:.0f} |"
                f" {change_rest:.0f} | {change0:.0f} | {change / change0:.2f} | {page:.0f} | {page_rest:.0f} |"
            )


def _ours(chromium: browser.Browser, board: str, here: str) -> tuple[browser.Waited, ...]:
    """Opened cold and warm; another year chosen in the sidebar; another page and back by the menu."""
    cold, warm, page = browser.opened(chromium, f"{board}/{here}?years={BEFORE}")
    try:
        choose = "const s = document.querySelector('.filters [data-part=years]'); s.value = '%s';"
        choose += "s.dispatchEvent(new Event('change', { bubbles: true }));"
        browser.after(page, choose % AFTER)
        browser.after(page, choose % BEFORE)
        change = browser.after(page, choose % AFTER)
        there, back = (f"document.querySelector('nav a[href^=\"/{key}?\"]').click();" for key in ("definitions", here))
        browser.after(page, there)
        return cold, warm, change, browser.after(page, back)
    finally:
        page.context.close()


def _floor(chromium: browser.Browser, url: str) -> tuple[browser.Waited, ...]:
    cold, warm, page = browser.opened(chromium, url)
    try:
        browser.after(page, "window.change();")
        browser.after(page, "window.change();")
        return cold, warm, browser.after(page, "window.change();")
    finally:
        page.context.close()


if __name__ == "__main__":
    main()
