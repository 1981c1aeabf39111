"""Work on somebody's file in a process of its own: a file that asks for too much memory, or the minute that a large one
takes, is no trouble for who started it. What is asked goes in by its standard input, so that no address with a password
stands in a list of processes; what is done, and what came of it, come back line by line.
"""

from __future__ import annotations

import base64
import json
import pickle
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_access.errors import DatabaseProblem, RendaError
from data_access.importing.problems import FileProblem, Problem
from data_access.text import Text

MEMORY = 4 * 2**30  # bytes of address space; 200,000 rows take less than half a gigabyte
ROOT = Path(__file__).resolve().parents[2]
LOST = Text(
    "处理文件的程序中断了（可能是文件过大、内存不足，或系统被重启），没有改动任何数据。请把文件分成几份再试。",
    "The program that reads the file stopped (too large a file, too little memory, or a restart); nothing was changed. "
    "Try again with the file in parts.",
)


@dataclass(frozen=True)
class Task:
    """What is to be done: ``check``, ``bring_in``, ``take_back`` or ``mark``, with the arguments of that function."""

    name: str
    arguments: tuple[Any, ...] = ()
    named: tuple[tuple[str, Any], ...] = ()


Progress = Callable[[Text, int, int], None]


def done_apart(task: Task, tell: Progress | None = None) -> Any:
    """Have a task done by another process; gives what it gave.

    Raises:
        RendaError: What the task raised, or that its process was lost.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "data_access.importing.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # nothing of a file belongs in a log
        cwd=ROOT,
    ) as child:
        assert child.stdin is not None and child.stdout is not None
        feeding = threading.Thread(target=_feed, args=(child.stdin, pickle.dumps(task)), daemon=True)
        feeding.start()
        for line in child.stdout:
            said = json.loads(line)
            if "end" in said:
                return _ended(pickle.loads(base64.b64decode(said["end"])))
            if tell:
                tell(Text(*said["what"]), said["done"], said["count"])
    raise DatabaseProblem(LOST)


def _feed(pipe: Any, data: bytes) -> None:
    try:
        pipe.write(data)
        pipe.close()
    except BrokenPipeError:
        return  # the child ended early; who reads from it finds out


def _ended(made: Any) -> Any:
    if isinstance(made, Refusal):
        raise made.error()
    return made


@dataclass(frozen=True)
class Refusal:
    """An error on its way between processes."""

    sentence: Text
    is_of_file: bool

    def error(self) -> RendaError:
        """The error again."""
        return FileProblem(self.sentence) if self.is_of_file else DatabaseProblem(self.sentence)


def mark(path: str, problems: tuple[Problem, ...], out: str, encoding: str) -> None:
    """Write the marked copy of a file."""
    from data_access.importing import marked

    marked.write(Path(path), problems, Path(out), encoding=encoding)


def _tasks() -> dict[str, Callable[..., Any]]:
    from data_access import importing

    return {
        "check": importing.check,
        "bring_in": importing.bring_in,
        "take_back": importing.take_back,
        "mark": mark,
    }


def _say(**said: Any) -> None:
    print(json.dumps(said), flush=True)


def main() -> int:
    """Do the task that comes in."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    task = pickle.loads(sys.stdin.buffer.read())
    named = dict(task.named)
    if task.name in ("check", "bring_in"):
        named["tell"] = lambda what, done, count: _say(what=what, done=done, count=count)
    try:
        made: Any = _tasks()[task.name](*task.arguments, **named)
    except RendaError as error:
        made = Refusal(error.sentence, isinstance(error, FileProblem))
    _say(end=base64.b64encode(pickle.dumps(made)).decode())
    return 0


if __name__ == "__main__":
    # Under its own name, or what it makes could not be read by the other side.
    from data_access.importing import apart

    sys.exit(apart.main())
