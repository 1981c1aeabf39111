"""Who may import: whoever knows the code of the setting IMPORT_CODE; after wrong tries everybody waits."""

from __future__ import annotations

import hmac
import math
import threading
import time
from collections.abc import Callable

from data_access.text import Text

FREE_TRIES = 3
LONGEST_WAIT = 300
WRONG = Text("口令不对。", "The code is wrong.")
WAIT = Text("输错次数过多，请 {n} 秒后再试。", "Too many wrong tries; try again in {n} seconds.")


class Door:
    """Compares codes; from the third wrong one on the next is looked at only after a while, twice as long each time.

    One door for all readers, so that many sessions do not make many tries.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._guard = clock, threading.Lock()
        self._wrong, self._opens_at = 0, 0.0

    def refusal(self, given: str, code: str) -> Text | None:
        """Why somebody is not let in; None where the code is right."""
        with self._guard:
            left = self._opens_at - self._clock()
            if left > 0:
                return WAIT.filled(n=math.ceil(left))
            if hmac.compare_digest(given.strip().encode(), code.encode()):
                self._wrong, self._opens_at = 0, 0.0
                return None
            self._wrong += 1
            if self._wrong >= FREE_TRIES:
                wait = min(5 * 2 ** min(self._wrong - FREE_TRIES, 10), LONGEST_WAIT)
                self._opens_at = self._clock() + wait
            return WRONG
