"""Where a page's first view goes: asking the database, drawing, and turning the drawing into a message."""

from __future__ import annotations

import json
import time
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from dashboard import cards, fetch
from data_access.asking import asking_once
from data_access.engine import reading


class Memory(dict[Hashable, Any]):
    """What one exhibit is answered and the next asks again."""

    def look(self, key: Hashable) -> Any:
        return self.get(key)

    def keep(self, key: Hashable, value: Any) -> None:
        self[key] = value


@dataclass(frozen=True)
class Parts:
    """Milliseconds and statements of one page's exhibits, nothing kept from before."""

    exhibits: int
    statements: int
    query: float
    draw: float
    serialise: float
    kilobytes: float


def parts(key: str, query_string: dict[str, str]) -> Parts:
    """One page under one view, from an empty cache."""
    from sqlalchemy import event

    page = fetch.page(key)
    view, _ = fetch.view_of(query_string)
    engine = fetch.engine()
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    event.listen(engine, "before_cursor_execute", counted)
    spent = {"query": 0.0, "draw": 0.0, "serialise": 0.0}
    size = 0
    try:
        with reading(engine) as connection, asking_once(Memory()):
            for exhibit in page.exhibits():
                start = time.perf_counter()
                data = exhibit.query(connection, view)
                asked = time.perf_counter()
                drawn = cards.card(page, exhibit, exhibit.compose(data, view), view, 12)
                made = time.perf_counter()
                size += len(json.dumps({"html": drawn.html, "figures": drawn.figures}, ensure_ascii=False).encode())
                done = time.perf_counter()
                spent["query"] += asked - start
                spent["draw"] += made - asked
                spent["serialise"] += done - made
    finally:
        event.remove(engine, "before_cursor_execute", counted)
    return Parts(len(page.exhibits()), count, *(1000 * spent[name] for name in spent), size / 1000)
