"""The clerk's file and the work on it: kept in a temporary folder, read in another process, gone afterwards."""

from __future__ import annotations

import os
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from subprocess import DEVNULL, run
from tempfile import TemporaryDirectory, gettempdir, mkdtemp
from typing import Any
from weakref import finalize

from data_access.errors import DatabaseProblem, RendaError
from data_access.importing import Asked, Outcome
from data_access.importing.apart import LOST, ROOT, Task, done_apart
from data_access.importing.stage import FOLDER as STAGE_FOLDER
from data_access.text import Text

FOLDER = "renda-upload-"
OLD_SECONDS = 24 * 3600
LONGEST_NAME = 60  # characters; a file system takes 255 bytes
STARTING = Text("正在准备", "Starting")


class Upload:
    """Somebody's file in a folder of its own, which goes when nothing refers to it any more."""

    def __init__(self, folder: Path, asked: Asked) -> None:
        self.asked = asked
        self._gone = finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def drop(self) -> None:
        """Remove the file."""
        self._gone()


def uploaded(name: str, data: bytes, *, table: str, encoding: str, delete_missing: bool) -> Upload:
    """Keep an uploaded file until it is imported or given up; what a stopped board left behind is swept away."""
    _sweep()
    folder = Path(mkdtemp(prefix=FOLDER))
    # A CSV file's name says which table it is; of a path only the name is taken.
    path = folder / (re.sub(r"[\x00-\x1f/\\\\]", "_", name)[-LONGEST_NAME:] or "file")
    path.write_bytes(data)
    return Upload(folder, Asked(path, table, encoding, delete_missing=delete_missing, name=path.name))


@dataclass
class Work:
    """One task under way: how far it is, and in the end its result or the sentence of its refusal."""

    task: Task
    what: Text = STARTING
    done: int = 0
    count: int = 0
    made: Any = None
    refusal: Text | None = None
    ended: threading.Event = field(default_factory=threading.Event)
    after: Callable[[], None] = lambda: None

    def start(self) -> Work:
        """Begin, in a thread that outlives the page it was begun on: an import is not given up half way."""
        threading.Thread(target=self._run, name="import", daemon=True).start()
        return self

    @property
    def share(self) -> float:
        """How much is done of what is being done, from 0 to 1."""
        return min(1.0, self.done / self.count) if self.count else 0.0

    def _run(self) -> None:
        try:
            self.made = done_apart(self.task, self._tell)
            self.after()
        except RendaError as error:
            self.refusal = error.sentence
        except OSError:
            self.refusal = LOST
        finally:
            self.ended.set()

    def _tell(self, what: Text, done: int, count: int) -> None:
        self.what, self.done, self.count = what, done, count


def checking(url: str, upload: Upload) -> Work:
    """Check a file."""
    return Work(Task("check", (url, upload.asked))).start()


def importing(url: str, upload: Upload, *, who: str, accept_warnings: bool, after: Callable[[], None]) -> Work:
    """Import a file; ``after`` is called once it is written."""
    asked = replace(upload.asked, accept_warnings=accept_warnings)
    return Work(Task("bring_in", (url, asked), (("who", who),)), after=after).start()


def undoing(url: str, *, who: str, after: Callable[[], None]) -> Work:
    """Take the last import back; ``after`` is called once that is written."""
    return Work(Task("take_back", (url,), (("who", who),)), after=after).start()


def marked_copy(upload: Upload, outcome: Outcome) -> bytes:
    """The file with every problem marked, as XLSX.

    Raises:
        RendaError: It cannot be made.
    """
    with _scratch() as folder:
        out = folder / "marked.xlsx"
        asked = upload.asked
        done_apart(Task("mark", (str(asked.path), outcome.plan.problems, str(out), asked.encoding)))
        return out.read_bytes()


def template(kind: str, database_url: str) -> bytes:
    """The workbook to be filled in, as the command line makes it.

    Raises:
        DatabaseProblem: It cannot be made.
    """
    with _scratch() as folder:
        out = folder / "template.xlsx"
        command = [sys.executable, "-m", "data_access", "template", "--kind", kind, "--out", str(out)]
        environment = {**os.environ, "DATABASE_URL": database_url}  # not an argument: it may hold a password
        done = run(command, cwd=ROOT, env=environment, stdout=DEVNULL, stderr=DEVNULL, check=False)
        if done.returncode:
            raise DatabaseProblem(LOST)
        return out.read_bytes()


@contextmanager
def _scratch() -> Iterator[Path]:
    with TemporaryDirectory(prefix=FOLDER) as name:
        yield Path(name)


def _sweep() -> None:
    for folder in (*Path(gettempdir()).glob(f"{FOLDER}*"), *Path(gettempdir()).glob(f"{STAGE_FOLDER}*")):
        try:
            is_old = time.time() - folder.stat().st_mtime > OLD_SECONDS
        except OSError:
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)
