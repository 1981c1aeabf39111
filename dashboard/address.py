"""The whole view as a short, readable address, and back; whatever an address says is checked before it is believed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from data_access.context import Context, Filters
from data_access.dimensions import DIMENSIONS
from data_access.text import Lang, Text

# Years and townships have parts of their own; every other dimension can be picked by a click.
PICKS = frozenset(DIMENSIONS) - {"year", "township"}
BETWEEN_PICKS = "~"  # codes hold underscores
MAX_LENGTH = 400
FIRST_YEAR, LAST_YEAR = 1979, 2099  # local congresses have standing committees since 1979
LONGEST_SPAN = 30  # years

BAD_VALUE = Text("地址中的“{name}”无法识别，已忽略。", "The address part '{name}' was not understood and is ignored.")
UNKNOWN = Text("地址中有未知的参数“{name}”，已忽略。", "The address has an unknown part '{name}'; it is ignored.")


@dataclass(frozen=True)
class Asked:
    """What an address asks for; ``None`` where it says nothing. ``faults`` are sentences about what was dropped."""

    years: tuple[int, int] | None = None
    townships: tuple[str, ...] = ()
    as_of: date | None = None
    lang: Lang | None = None
    picks: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    faults: tuple[Text, ...] = ()


def encode(context: Context, lang: Lang, *, plain_as_of: date | None = None) -> dict[str, str]:
    """The view as address parts, only what differs from the plainest view.

    ``plain_as_of`` is the day the board would take by itself: the context's own day is left out when it is that one.
    """
    return _encoded(context.filters, context.as_of, context.rules.region_code, lang, plain_as_of)


def _encoded(filters: Filters, as_of: date, region: str, lang: Lang, plain_as_of: date | None) -> dict[str, str]:
    first, last = filters.years
    parts = {"years": str(first) if first == last else f"{first}-{last}"}
    if filters.townships:
        parts["townships"] = "_".join(code.removeprefix(region) for code in filters.townships)
    if plain_as_of != as_of:
        parts["as_of"] = as_of.isoformat()
    if filters.since is not None:
        parts["since"] = filters.since.isoformat()
    if lang != "zh":
        parts["lang"] = lang
    for dimension, code in filters.picks:
        parts[dimension] = f"{parts[dimension]}{BETWEEN_PICKS}{code}" if dimension in parts else code
    return parts


def href(path: str, context: Context, lang: Lang, *, plain_as_of: date | None = None, **changes: Any) -> str:
    """The address of ``path`` under this view.

    ``changes``: ``years=(a, b)``, ``townships=(codes)``, ``picks=((dimension, code), ...)``, ``since=day`` replace
    filters; a single ``pick=(dimension, code)`` is added to them; any other keyword becomes a part of its own
    (``metric="P06"``).
    """
    asked = {name: changes.pop(name) for name in ("years", "townships", "picks", "since") if name in changes}
    pick = changes.pop("pick", None)
    if pick is not None:
        dimension, code = pick
        asked["picks"] = (*asked.get("picks", context.filters.picks), (dimension, str(code)))
    filters = _changed(context.filters, tuple(asked.items())) if asked else context.filters
    names, written = _written(filters, context.as_of, context.rules.region_code, lang, plain_as_of)
    if names.isdisjoint(changes):
        return f"{path}?{'&'.join([written, *_joined(changes)])}"
    parts = _encoded(filters, context.as_of, context.rules.region_code, lang, plain_as_of) | changes
    return f"{path}?{'&'.join(_joined(parts))}"


def _joined(parts: Mapping[str, Any]) -> list[str]:
    return [f"{name}={_quoted(str(value))}" for name, value in parts.items()]


@lru_cache(maxsize=4096)
def _changed(filters: Filters, asked: tuple[tuple[str, Any], ...]) -> Filters:
    return replace(filters, **dict(asked))


@lru_cache(maxsize=4096)
def _written(
    filters: Filters, as_of: date, region: str, lang: Lang, plain_as_of: date | None
) -> tuple[frozenset[str], str]:
    """The names of the parts of a view, and all of them as they stand in an address."""
    parts = _encoded(filters, as_of, region, lang, plain_as_of)
    return frozenset(parts), "&".join(_joined(parts))


# A page has hundreds of links, which say the same few things.
@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return quote(value, safe="_-.~")


def decode(parts: Mapping[str, str], *, region: str, townships: Iterable[str], known: Iterable[str] = ()) -> Asked:
    """Read an address. Nothing in it is trusted: a bad or unknown part is dropped and named in ``faults``.

    ``townships`` are the codes that exist; ``known`` are further part names the page itself reads.
    """
    faults: list[Text] = []
    found: dict[str, Any] = {}
    codes = set(townships)
    readers: dict[str, Callable[[str], Any]] = {
        "years": _years,
        "townships": lambda text: _townships(text, region, codes),
        "as_of": _day,
        "since": _day,
        "lang": lambda text: text if text in ("zh", "en") else None,
    }
    picks: list[tuple[str, str]] = []
    for name, text in parts.items():
        if name in known:
            continue
        if name in PICKS:
            values = _codes(text)
            picks += [(name, value) for value in values]
            if not values:
                faults.append(_fault(BAD_VALUE, name))
        elif name in readers:
            found[name] = readers[name](text) if len(text) <= MAX_LENGTH else None
            if found[name] is None:
                faults.append(_fault(BAD_VALUE, name))
        else:
            faults.append(_fault(UNKNOWN, name))
    return Asked(
        years=found.get("years"),
        townships=found.get("townships") or (),
        as_of=found.get("as_of"),
        lang=found.get("lang"),
        picks=tuple(picks),
        since=found.get("since"),
        faults=tuple(faults),
    )


def _fault(sentence: Text, name: str) -> Text:
    shown = re.sub(r"[^\w.-]", "?", name)[:40]
    return Text(sentence("zh", name=shown), sentence("en", name=shown))


def _years(text: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text, re.ASCII)
    if not match:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return (first, last) if FIRST_YEAR <= first <= last <= LAST_YEAR and last - first < LONGEST_SPAN else None


def _townships(text: str, region: str, codes: set[str]) -> tuple[str, ...] | None:
    asked = [code if code in codes else region + code for code in text.split("_") if code]
    return tuple(asked) if asked and codes.issuperset(asked) else None


def _day(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _codes(text: str) -> list[str]:
    if len(text) > MAX_LENGTH:
        return []
    codes = [code for code in text.split(BETWEEN_PICKS) if code]
    return codes if all(re.fullmatch(r"[\w.-]{1,60}", code) for code in codes) else []
