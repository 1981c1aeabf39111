"""Asking once: an answer given a moment ago serves whoever asks the same again.

A year chosen after another asks for four of the same five years; the next exhibit asks for the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Kept(Protocol):
    """Where answers are laid by for a while; ``look`` gives None for what is not there."""

    def look(self, key: Hashable) -> Any: ...

    def keep(self, key: Hashable, value: Any) -> None: ...


_KEPT: ContextVar[Kept | None] = ContextVar("kept", default=None)


@contextmanager
def asking_once(kept: Kept) -> Iterator[None]:
    """Inside the block nothing is asked that is kept; ``kept`` must belong to the one database asked there."""
    token = _KEPT.set(kept)
    try:
        yield
    finally:
        _KEPT.reset(token)


def is_asking_once() -> bool:
    """Whether answers are kept where this is asked."""
    return _KEPT.get() is not None


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """The answer to ``ask``, which nobody must change; ``key`` must hold all it depends on."""
    return each_once([key], lambda _: {key: ask()})[key]


def each_once(keys: Sequence[K], ask: Callable[[Sequence[K]], Mapping[K, T]]) -> dict[K, T]:
    """The answers for some keys; ``ask`` is given, all together, those that are not kept."""
    kept = _KEPT.get()
    found: dict[K, T] = {} if kept is None else {key: kept.look(key) for key in keys}
    lacking = [key for key in keys if found.get(key) is None]
    if lacking:
        answered = ask(lacking)
        found |= answered
        if kept is not None:
            for key in lacking:
                kept.keep(key, answered[key])
    return found
