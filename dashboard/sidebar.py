"""The view of this session, one value written here alone, and the sidebar: brand, filters, menu."""

from __future__ import annotations

import copy
import functools
from collections.abc import Mapping
from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import component, fetch, filters, kept
from dashboard.address import decode
from dashboard.briefing.basket import ONCE, Basket
from dashboard.exhibits.exhibit import View
from dashboard.exports.report import BRIEFING
from dashboard.fetch import Frame, frame, view_from
from dashboard.navigation import ENTRIES, Entry
from dashboard.settings import settings
from dashboard.theme import Mode
from data_access.errors import DatabaseProblem
from data_access.text import Lang, Text

BRAND = Text("人大工作通览", "Renda Overview")
OFFICE = Text("{name}人大常委会", "{name} People's Congress Standing Committee")
LATER = Text("截至日期晚于数据日期，已按数据日期 {day} 显示。", "The as-of day lies after the data; shown as of {day}.")
DOWN = Text("暂时无法显示数据", "The data cannot be shown just now")
AGAIN = Text("恢复后本页自动更新，也可刷新页面。", "The page recovers by itself; you can also reload it.")
COUNTED = Text("{title}（{n}）", "{title} ({n})")
MENU = "menu"


def pages() -> list[st.Page]:
    """Every page, the root before them. Each run has its own, for Streamlit marks the one that may run."""
    return [copy.copy(page) for page in _pages()]


# Made once: each looks for its file.
@functools.cache
def _pages() -> list[st.Page]:
    root = st.Page(ENTRIES[0].file, title=ENTRIES[0].title("zh"), url_path="root", default=True)
    return [root, *(st.Page(made.file, title=made.title("zh"), url_path=made.key) for made in ENTRIES)]


def mode() -> Mode:
    """Light or dark, as the reader's browser asks."""
    return "dark" if st.context.theme.type == "dark" else "light"


def current_view() -> View:
    """The view of this run; pages and exhibits read it, only this module writes it."""
    view = st.session_state["view"]
    assert isinstance(view, View)
    return view


def faults() -> tuple[Text, ...]:
    """Sentences about what in the address was dropped."""
    return tuple(st.session_state.get("faults", ()))


def render(made: Frame, here: Entry, colours: Mode) -> None:
    """Read the address, keep the view, draw the sidebar. An address that says nothing leaves the view as it is."""
    state = st.session_state
    query = st.query_params.to_dict()
    url = frame_parts(here, query)
    if "view" not in state or (url and url != state["asked"]):
        read_address(made, url, colours)
    state["asked"] = url or state["asked"]
    kept.asked(here.key, query)
    state["view"] = replace(state["view"], mode=colours)
    with st.sidebar:
        component.show(MENU, packed(made, here, state["view"], query, kept.items()))


def read_address(made: Frame, url: Mapping[str, str], colours: Mode) -> None:
    """Take the view from an address, and keep sentences about what in it was dropped."""
    state = st.session_state
    state["asked"] = dict(url)
    state["view"], state["faults"] = understood(made, url, colours)


def frame_parts(here: Entry, query: Mapping[str, str]) -> dict[str, str]:
    """The parts of an address that make the view: all but those the page reads for itself."""
    return {name: value for name, value in query.items() if name not in (*here.reads, "panel", *ONCE)}


def understood(made: Frame, url: Mapping[str, str], colours: Mode) -> tuple[View, tuple[Text, ...]]:
    """The view an address asks for, and sentences about what in it was dropped and what the database lacks."""
    asked = decode(url, region=made.rules.region_code, townships=[town.code for town in made.townships])
    notices = [*made.faults, *asked.faults]
    if asked.as_of and asked.as_of > made.data_on:
        notices.append(Text(LATER("zh", day=made.data_on), LATER("en", day=made.data_on)))
        asked = replace(asked, as_of=made.data_on)
    return view_from(asked, mode=colours, lang=asked.lang or "zh"), tuple(notices)


def packed(made: Frame, here: Entry, view: View, query: Mapping[str, str], held: Basket) -> bytes:
    """The sidebar as it is sent to a reader of a page at an address, with that basket."""
    own = {name: value for name, value in query.items() if name in here.reads}

    def make() -> bytes:
        html = f"{brand(made, view.lang)}{filters.html(made, here, view, own)}{menu(here, view, held)}"
        return component.packed(html, [], view.lang)

    return fetch.once(f"sidebar|{here.key}|{view.key}|{sorted(own.items())}|{held}", make)


def brand(made: Frame, lang: Lang) -> str:
    """Name of the board and of the office it serves."""
    office = OFFICE(lang, name=made.rules.region_name)
    return f'<div class="brand"><i></i><div><b>{BRAND(lang)}</b><span>{escape(office)}</span></div></div>'


def menu(here: Entry, view: View, held: Basket) -> str:
    """Our own menu: its links carry the view."""
    made = []
    group: Text | None = None
    parts = escape(view.link(""))
    for page in (page for page in ENTRIES if page.listed and has_needed(page)):
        if page.group is not None and page.group != group:
            group = page.group
            made.append(f"<h3>{escape(group(view.lang))}</h3>" if group.zh else '<div class="sep"></div>')
        on = ' aria-current="page"' if page.key == here.key else ""
        is_counted = page.key == BRIEFING and held
        name = COUNTED(view.lang, title=page.title(view.lang), n=len(held)) if is_counted else page.title(view.lang)
        made.append(f'<a href="{page.path}{parts}"{on}>{escape(name)}</a>')
    return f'<nav data-basket="{escape(kept.plain(held))}">{"".join(made)}</nav>'


def has_needed(page: Entry) -> bool:
    """Whether the setting a page needs is there."""
    return not page.needs or bool(getattr(settings(), page.needs))


def out_of_order(problem: DatabaseProblem) -> None:
    """The sentence of a database that cannot answer; the page looks again by itself."""

    @st.fragment(run_every=5)
    def look_again() -> None:
        try:
            frame()
        except DatabaseProblem:
            return
        st.rerun()

    chinese = f'<p class="empty">{escape(problem.say("zh"))}</p><p class="foot">{AGAIN("zh")}</p>'
    english = f'<p class="foot" lang="en">{escape(problem.say("en"))} {AGAIN("en")}</p>'
    st.html(f'<div class="head"><h1>{DOWN("zh")}</h1></div><section class="card">{chinese}{english}</section>')
    look_again()
