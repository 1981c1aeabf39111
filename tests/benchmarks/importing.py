"""``python -m tests.benchmarks.importing``: what importing 200,000 activities takes, as a workbook and as a CSV file,
beside the same rows merely read and merely written in the same run. Seconds of processor and of clock, rows a second of
processor, and the highest memory of each step's own process; a quarter of the rows shows what memory grows with."""

from __future__ import annotations

import csv
import multiprocessing
import re
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
from python_calamine import CalamineWorkbook

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


def text(path: Path, lines: list[tuple[Any, ...]]) -> None:
    """Those rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow([TABLE.c[name].info["header"].zh for name in NAMES])
        out.writerows(lines)


def nothing(folder: Path) -> None:
    """What a process takes that has loaded the program and does nothing."""


def only_read(folder: Path) -> None:
    """Floor 1: the workbook's cells are read and nothing is done with them."""
    with CalamineWorkbook.from_path(str(folder / "rows.xlsx")) as book:
        for _ in book.get_sheet_by_index(0).iter_rows():
            continue


def only_write(folder: Path) -> None:
    """Floor 2: sqlite3 writes the same rows, with the table's indexes, and looks at nothing."""
    places = ", ".join("?" * len(NAMES))
    with (
        (folder / "rows.csv").open(encoding="utf-8", newline="") as file,
        closing(sqlite3.connect(_copy(folder))) as raw,
    ):
        lines = csv.reader(file)
        next(lines)
        with raw:
            raw.executemany(f"INSERT INTO deputy_activity ({', '.join(NAMES)}) VALUES ({places})", lines)


def imported(folder: Path, name: str = "rows.xlsx", count: int = ROWS, database: Path | None = None) -> None:
    """The whole import: read, compared, every rule asked, written, put down in the log."""
    asked = Asked(folder / name, table=TABLE.name, as_of=UNTIL, accept_warnings=True)
    outcome = bring_in(f"sqlite:///{database or folder / 'sample.db'}", asked, who="bench")
    assert outcome.number and outcome.plan.changes[0].new == count, outcome.plan.problems[:3]


def imported_again(folder: Path) -> None:
    """The same file once more, which changes nothing."""
    asked = Asked(folder / "rows.xlsx", as_of=UNTIL, accept_warnings=True)
    assert bring_in(f"sqlite:///{folder / 'sample.db'}", asked, who="bench").plan.is_empty


def taken_back(folder: Path) -> None:
    """The import undone."""
    take_back(f"sqlite:///{folder / 'sample.db'}", who="bench")


def imported_csv(folder: Path) -> None:
    """The same rows from a CSV file."""
    imported(folder, "rows.csv", database=_copy(folder))


def imported_quarter(folder: Path) -> None:
    """A quarter of the rows from a workbook."""
    imported(folder, "quarter.xlsx", ROWS // 4, _copy(folder))


STEPS = (nothing, only_read, only_write, imported, imported_again, taken_back, imported_csv, imported_quarter)
COUNTS: dict[Callable[..., None], int] = {nothing: 0, imported_quarter: ROWS // 4}


def _copy(folder: Path) -> Path:
    made = folder / "copy.db"
    made.write_bytes((folder / "empty.db").read_bytes())
    return made


def _highest_memory() -> float:
    """The most this process ever held, in MB. Not getrusage's, which begins with what the parent process held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


def _measured(step: Callable[[Path], None], folder: Path, to: Any) -> None:
    started, processor = time.perf_counter(), time.process_time()
    step(folder)
    to.put((time.process_time() - processor, time.perf_counter() - started, _highest_memory()))


def main() -> int:
    """Measure and print one line a step."""
    context = multiprocessing.get_context("spawn")
    found: dict[Callable[..., None], float] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        data_access(["sample", "--database-url", f"sqlite:///{folder / 'sample.db'}", "--until", UNTIL.isoformat()])
        (folder / "empty.db").write_bytes((folder / "sample.db").read_bytes())
        lines = rows(folder / "sample.db", ROWS)
        workbook(folder / "rows.xlsx", lines)
        workbook(folder / "quarter.xlsx", lines[: ROWS // 4])
        text(folder / "rows.csv", lines)
        for step in STEPS:
            answer = context.Queue()
            process = context.Process(target=_measured, args=(step, folder, answer))
            process.start()
            found[step], clock, memory = answer.get()
            process.join()
            rate = f"{COUNTS.get(step, ROWS) / found[step]:8,.0f} rows/s" if COUNTS.get(step, ROWS) else " " * 15
            print(
                f"{step.__name__:16} {found[step]:6.1f} s processor {clock:6.1f} s clock {rate} {memory:5.0f} MB",
                flush=True,
            )
    print(f"import / (read + write): {found[imported] / (found[only_read] + found[only_write]):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
