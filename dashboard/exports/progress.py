"""How far a file is: what of it is read and drawn, under a word its reader made up, so that the page can ask."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from cachetools import TTLCache

Stage = Literal["read", "draw"]
TOKEN = re.compile(r"[a-z0-9]{8,32}")
# A file is made within the worker's ninety seconds a chart; what nobody asks for is forgotten.
KEPT, SECONDS = 256, 300


@dataclass
class Progress:
    """So many of how many: exhibits while they are read, then the charts of the file while they are drawn."""

    stage: Stage = "read"
    done: int = 0
    of: int = 0


_CURRENT: ContextVar[Progress | None] = ContextVar("progress", default=None)


class _Known:
    """Files being made, by their tokens; any thread may ask."""

    def __init__(self) -> None:
        self._made: TTLCache[str, Progress] = TTLCache(KEPT, SECONDS)
        self._guard = threading.Lock()

    def add(self, token: str) -> Progress:
        with self._guard:
            made = self._made[token] = Progress()
            return made

    def get(self, token: str) -> Progress | None:
        with self._guard:
            return self._made.get(token)

    def drop(self, token: str) -> None:
        with self._guard:
            self._made.pop(token, None)


@functools.cache
def _known() -> _Known:
    return _Known()


@contextmanager
def following(token: str) -> Iterator[None]:
    """What is made inside the block is counted under ``token``; without a proper one nothing is."""
    if not TOKEN.fullmatch(token):
        yield
        return
    before = _CURRENT.set(_known().add(token))
    try:
        yield
    finally:
        _CURRENT.reset(before)
        _known().drop(token)


def begin(stage: Stage, of: int) -> None:
    """So many lie ahead."""
    if (now := _CURRENT.get()) is not None:
        now.stage, now.done, now.of = stage, 0, of


def step() -> None:
    """One more is done. Never more than lie ahead: a chart drawn twice, by a second browser, counts once."""
    if (now := _CURRENT.get()) is not None:
        now.done = min(now.done + 1, now.of)


def told(token: str) -> Progress | None:
    """How far the file of a token is; None when it is done, has not begun or never was."""
    return _known().get(token)
