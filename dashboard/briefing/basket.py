"""The basket (简报篮): exhibits of any page, each with the view it had and a note, written as one address part.

``proposals.process~years.2021-2025~townships.101_102~note.words`` is one item; two tildes part it from the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard import fetch, navigation
from dashboard.exhibits.exhibit import Exhibit, Page, View
from dashboard.exports.report import BRIEFING
from dashboard.theme import Mode
from data_access.text import Lang, Text

PART, ITEM = "~", "~~"
NOTE = "note"
EMPTY = "none"  # a basket emptied by its reader: no part at all would mean that nothing is said of it
ONCE = ("keep", "note", "words")  # parts of an address that change the basket
MOST = 20
LONGEST_NOTE = 120
LONGEST = MOST * (LONGEST_NOTE + 480)
NAME = re.compile(r"[a-z_]{1,40}")
VALUE = re.compile(r"[\w.-]{1,400}")

FULL = Text("简报篮已满 {most} 项，先移出一项再加入。", "The basket is full ({most} items); take one out first.")
UNREADABLE = Text("简报篮中有 {n} 项无法识别，已略去。", "Not understood and left out of the basket: {n}.")
PARTS_LEFT = Text(
    "简报篮“{name}”的部分筛选无法识别，已略去。", "Some filters of “{name}” in the basket were not understood."
)
TOO_MANY = Text("简报篮最多 {most} 项，其余未收入。", "The basket holds at most {most} items; the others are left out.")


@dataclass(frozen=True)
class Item:
    """An exhibit by the keys of its page and itself, the address parts of its view, and the reader's note."""

    page: str
    exhibit: str
    parts: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """``proposals.process``."""
        return f"{self.page}.{self.exhibit}"


Basket = tuple[Item, ...]


def item_at(page: str, exhibit: str, link: str) -> Item:
    """The item of an exhibit seen at an address; the language is the reader's, and no part of it."""
    parts = (pair for pair in parse_qsl(urlsplit(link).query) if pair[0] not in ("lang", "basket"))
    # Several codes picked in one dimension are one part of an address each time.
    return Item(page, exhibit, tuple(sorted((name, code) for name, text in parts for code in text.split(PART))))


def write(basket: Basket) -> str:
    """The basket as an address part."""
    return ITEM.join(_written(item) for item in basket) or EMPTY


def _written(item: Item) -> str:
    parts = [*item.parts, *([(NOTE, item.note)] if item.note else [])]
    return PART.join([item.name, *(f"{name}.{value}" for name, value in parts)])


def read(text: str) -> tuple[Basket, tuple[Text, ...]]:
    """The basket an address asks for, and sentences about what in it was dropped. Nothing in it is trusted."""
    if text == EMPTY:
        return (), ()
    asked = text[:LONGEST].split(ITEM) if text else []
    found = tuple(dict.fromkeys(item for item in map(_item, asked) if item is not None))
    faults = []
    if unread := sum(_item(words) is None for words in asked):
        faults.append(UNREADABLE.filled(n=unread))
    if len(found) > MOST or len(text) > LONGEST:
        faults.append(TOO_MANY.filled(most=MOST))
    sound = [_sound(item) for item in found[:MOST]]
    names = (made.name for made, given in zip(sound, found, strict=False) if made != given)
    return tuple(sound), (*faults, *(PARTS_LEFT.filled(name=name) for name in dict.fromkeys(names)))


def _item(text: str) -> Item | None:
    """One item, or None where its page or exhibit is none."""
    name, *rest = text.split(PART)
    page, _, exhibit = name.partition(".")
    if exhibit_of(page, exhibit) is None:
        return None
    pairs = [part.partition(".") for part in rest]
    note = next((value for name, _, value in pairs if name == NOTE), "")
    parts = tuple(sorted((name, value) for name, _, value in pairs if name != NOTE))
    return Item(page, exhibit, parts, tidy(note))


def _sound(item: Item) -> Item:
    """The item without the parts that its page would not understand."""
    kept = tuple(pair for pair in item.parts if _is_sound(item.page, pair))
    return replace(item, parts=kept)


def _is_sound(page: str, pair: tuple[str, str]) -> bool:
    name, value = pair
    if not NAME.fullmatch(name) or not VALUE.fullmatch(value) or name in ("lang", "basket"):
        return False
    return not fetch.view_of({name: value}, known=_own(page))[1]


def _own(page: str) -> tuple[str, ...]:
    entry = navigation.entry(page)
    return entry.reads if entry else ()


def exhibit_of(page: str, exhibit: str) -> Exhibit | None:
    """The exhibit of these keys, if there is one; the briefing's own are in its files anyway."""
    if page == BRIEFING:
        return None
    try:
        return fetch.page(page).exhibit(exhibit)
    except KeyError:
        return None


def tidy(note: str) -> str:
    """A note as one line of plain words, cut where it is too long."""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in note).split())
    return words.replace(PART, "～")[:LONGEST_NOTE].strip()


def put(basket: Basket, item: Item) -> Basket:
    """With one more item at the end; as it was when it is there already or the basket is full."""
    return basket if holds(basket, item) or len(basket) >= MOST else (*basket, item)


def holds(basket: Basket, item: Item) -> bool:
    """Whether the same exhibit under the same view is in it."""
    return any(replace(one, note="") == replace(item, note="") for one in basket)


def changed(basket: Basket, page: str, parts: Mapping[str, str]) -> tuple[Basket, tuple[Text, ...]]:
    """As the ``ONCE`` parts of an address of a page say, and sentences about what could not be done: ``keep`` puts
    the exhibit seen there into it, ``note`` is the place of an item that gets the note ``words``."""
    exhibit, place = parts.get("keep", ""), parts.get("note", "")
    if exhibit_of(page, exhibit) is not None:
        seen = {name: value for name, value in parts.items() if name not in ONCE}
        item = item_at(page, exhibit, f"?{urlencode(seen)}")
        made = put(basket, item)
        return made, () if holds(made, item) else (FULL.filled(most=MOST),)
    if place.isdecimal() and int(place) < len(basket):
        return noted(basket, int(place), parts.get("words", "")), ()
    return basket, ()


def moved(basket: Basket, index: int, by: int) -> Basket:
    """With one item so many places further down; one that would leave the basket stays."""
    rest = [*basket[:index], *basket[index + 1 :]]
    place = min(max(index + by, 0), len(rest))
    return (*rest[:place], basket[index], *rest[place:])


def without(basket: Basket, index: int) -> Basket:
    """With one item less."""
    return (*basket[:index], *basket[index + 1 :])


def noted(basket: Basket, index: int, note: str) -> Basket:
    """With another note under one item."""
    return (*basket[:index], replace(basket[index], note=tidy(note)), *basket[index + 1 :])


@dataclass(frozen=True)
class Shown:
    """An item with what it stands for: its page, its exhibit and the view to draw it under."""

    item: Item
    page: Page
    exhibit: Exhibit
    view: View


def shown(basket: Iterable[Item], lang: Lang, mode: Mode) -> tuple[Shown, ...]:
    """The items in their own views, in the language and colours of the reader.

    Raises:
        DatabaseProblem: The database cannot say which townships there are.
    """
    return tuple(_shown(item, lang, mode) for item in basket)


def _shown(item: Item, lang: Lang, mode: Mode) -> Shown:
    page, exhibit = fetch.page(item.page), exhibit_of(item.page, item.exhibit)
    assert exhibit is not None  # ``read`` and the cards know no others
    parts: dict[str, str] = {}
    for name, value in item.parts:
        parts[name] = f"{parts[name]}{PART}{value}" if name in parts else value
    view, _ = fetch.view_of(parts, mode=mode, lang=lang, known=_own(item.page))
    return Shown(item, page, exhibit, page.adapt(view, parts))


PATH = f"/{BRIEFING}"


@dataclass(frozen=True)
class BriefingView(View):
    """A view with a basket, which addresses of the briefing and its files carry."""

    basket: Basket = ()

    def link(self, path: str, **changes: Any) -> str:
        """As that of a view; addresses of the briefing and its files keep the basket.

        Not so those on its cards, which are kept for every reader of the view: a panel opens over the reader's own.
        """
        if self.basket and "panel" not in changes and (path == PATH or path.startswith(f"/export{PATH}.")):
            changes = {"basket": write(self.basket), **changes}
        return super().link(path, **changes)


def take(view: View, parts: Mapping[str, str]) -> BriefingView:
    """The view with the basket of an address, and without clicked filters: a briefing is of years and places."""
    context = view.context.with_filters(picks=())
    return BriefingView(context, view.lang, view.mode, view.data_on, read(parts.get("basket", ""))[0])
