"""``python -m tests.benchmarks.importing``: what importing 200,000 activities takes, beside the same rows merely read
and merely written in the same run. Processor seconds, because other programs do not change them much; highest memory of
each step's own process."""

from __future__ import annotations

import json
import multiprocessing
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from openpyxl import load_workbook

from data_access.__main__ import main as data_access
from data_access.importing import Asked, bring_in, take_back
from data_access.tables import TABLES

ROWS = 200_000
UNTIL = date(2026, 11, 20)
TABLE = TABLES["deputy_activity"]
NAMES = ("id", "kind", "held_on", "event_id", "deputy_id", "headcount", "station_id", "region_code", "people_met")


def rows(database: Path, count: int) -> list[tuple[Any, ...]]:
    """Events with seven deputies each, of the sample's stations and deputies."""
    with closing(sqlite3.connect(database)) as raw:
        stations = raw.execute("SELECT id, region_code FROM station ORDER BY id").fetchall()
        deputies = [key for (key,) in raw.execute("SELECT id FROM deputy ORDER BY id")]
    made: list[tuple[Any, ...]] = []
    for number in range(count):
        event, place = number - number % 8, (number // 8) % len(stations)
        day = date(2022, 1, 1) + timedelta(event // 8 % 1500)
        key, station, region = f"X{number:07d}", *stations[place]
        who = (None, None, 7) if number == event else (f"X{event:07d}", deputies[number % len(deputies)], None)
        made.append((key, "STN", day, *who, station, region, 12 if number == event else None))
    return made


def workbook(path: Path, lines: list[tuple[Any, ...]]) -> None:
    """Those rows as a clerk's file."""
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(TABLE.info["title"].zh)
        sheet.write_row(0, 0, [TABLE.c[name].info["header"].zh for name in NAMES])
        for number, line in enumerate(lines, 1):
            sheet.write_row(number, 0, line)


def only_read(folder: Path) -> None:
    """Floor 1: openpyxl reads the file and does nothing with it."""
    book = load_workbook(folder / "rows.xlsx", read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        continue
    book.close()


def only_write(folder: Path) -> None:
    """Floor 2: sqlite3 writes the same rows, with the table's indexes, and looks at nothing."""
    lines = rows(folder / "sample.db", ROWS)
    places = ", ".join("?" * len(NAMES))
    with closing(sqlite3.connect(folder / "floor.db")) as raw, raw:
        raw.executemany(
            f"INSERT INTO deputy_activity ({', '.join(NAMES)}) VALUES ({places})",
            ((key, kind, day.isoformat(), *more) for key, kind, day, *more in lines),
        )


def imported(folder: Path) -> None:
    """The whole import: read, compared, every rule asked, written, put down in the log."""
    asked = Asked(folder / "rows.xlsx", as_of=UNTIL, accept_warnings=True)
    outcome = bring_in(f"sqlite:///{folder / 'sample.db'}", asked, who="bench")
    assert outcome.number and outcome.plan.changes[0].new == ROWS, outcome.plan.problems[:3]


def imported_again(folder: Path) -> None:
    """The same file once more, which changes nothing."""
    asked = Asked(folder / "rows.xlsx", as_of=UNTIL, accept_warnings=True)
    assert bring_in(f"sqlite:///{folder / 'sample.db'}", asked, who="bench").plan.is_empty


def taken_back(folder: Path) -> None:
    """The import undone."""
    take_back(f"sqlite:///{folder / 'sample.db'}", who="bench")


STEPS: tuple[Callable[[Path], None], ...] = (only_read, only_write, imported, imported_again, taken_back)


def _measured(step: Callable[[Path], None], folder: Path, to: Any) -> None:
    started, processor = time.perf_counter(), time.process_time()
    step(folder)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    to.put((time.process_time() - processor, time.perf_counter() - started, memory))


def main() -> int:
    """Measure and print; one line a step, and all as JSON."""
    context = multiprocessing.get_context("spawn")
    found: dict[str, tuple[float, float, float]] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        data_access(["sample", "--database-url", f"sqlite:///{folder / 'sample.db'}", "--until", UNTIL.isoformat()])
        (folder / "floor.db").write_bytes((folder / "sample.db").read_bytes())
        workbook(folder / "rows.xlsx", rows(folder / "sample.db", ROWS))
        for step in STEPS:
            answer = context.Queue()
            process = context.Process(target=_measured, args=(step, folder, answer))
            process.start()
            found[step.__name__] = answer.get()
            process.join()
            processor, wall, memory = found[step.__name__]
            print(f"{step.__name__:16} {processor:6.1f} s processor {wall:6.1f} s clock {memory:6.0f} MB", flush=True)
    floor = found["only_read"][0] + found["only_write"][0]
    print(f"import / (read + write): {found['imported'][0] / floor:.2f}")
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
