"""Filter widgets, the view they make, and its address: one value in the session, written here alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from dashboard import component, kept
from dashboard.address import Asked, decode, encode
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
YEARS = Text("年份", "Years")
TOWNSHIPS = Text("乡镇（街道）", "Townships and subdistricts")
AS_OF = Text("截至日期", "As of")
LANGUAGE = "语言 / Language"
RESET = Text("恢复默认", "Reset")
ALL = Text("全部 {n} 个", "All {n}")
THIS_YEAR = Text("本年 {a}", "This year {a}")
FIVE_YEARS = Text("近五年 {a}–{b}", "Last five years {a}–{b}")
THIS_TERM = Text("本届 {a}–{b}", "This term {a}–{b}")
ONE_YEAR = Text("{a} 年", "{a}")
RANGE = Text("{a}–{b} 年", "{a}–{b}")
CUSTOM = Text("自选起止年…", "Choose a range …")
FROM = Text("起", "From")
TO = Text("止", "To")
KINDS = {
    "TOWN": Text("全部镇", "All towns"),
    "XIANG": Text("全部乡", "All townships"),
    "STREET": Text("全部街道", "All subdistricts"),
    "ZONE": Text("全部开发区", "All zones"),
}
SPEECH = {"zh": "中文", "en": "English"}
LATER = Text("截至日期晚于数据日期，已按数据日期 {day} 显示。", "The as-of day lies after the data; shown as of {day}.")
DOWN = Text("暂时无法显示数据", "The data cannot be shown just now")
AGAIN = Text("恢复后本页自动更新，也可刷新页面。", "The page recovers by itself; you can also reload it.")
COUNTED = Text("{title}（{n}）", "{title} ({n})")
CUSTOM_KEY = "custom"


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
    """Read the address, draw the filters and the menu, keep the view; write the address when the reader changed it.

    An address that was asked for stays as it is: only what a reader does in the sidebar makes a new one, and with it
    one step of the browser's history.
    """
    state = st.session_state
    url = frame_parts(here, st.query_params.to_dict())
    if "view" not in state or (url and url != state["asked"]):
        read_address(made, url, colours)
    state["asked"] = url or state["asked"]
    if here.key == BRIEFING:
        kept.asked(st.query_params.to_dict())
    is_touched = state.pop("touched", False)
    if not is_touched:
        show_in_widgets(made, state["view"])
    with st.sidebar:
        st.html(brand(made, state["view"].lang))
        chosen = widgets(made, state["view"])
        state["view"] = replace(chosen if is_touched else state["view"], mode=colours)
        component.cards("menu", menu(here, state["view"]), [], state["view"].lang, go)
    if is_touched:
        state["asked"] = encode(state["view"].context, state["view"].lang, plain_as_of=made.data_on)
        state["faults"] = ()
        own = {name: value for name, value in st.query_params.items() if name in here.reads}
        st.query_params.from_dict({**state["asked"], **own})


def touched() -> None:
    """A filter was changed by hand: its widgets, not the address, say what is wanted."""
    st.session_state["touched"] = True


def read_address(made: Frame, url: Mapping[str, str], colours: Mode) -> None:
    """Take the view from an address, and keep sentences about what in it was dropped."""
    state = st.session_state
    state["asked"] = dict(url)
    state["view"], state["faults"] = understood(made, url, colours)


def frame_parts(here: Entry, query: Mapping[str, str]) -> dict[str, str]:
    """The parts of an address that make the view: all but those the page reads for itself."""
    return {name: value for name, value in query.items() if name not in (*here.reads, "panel", "keep")}


def understood(made: Frame, url: Mapping[str, str], colours: Mode) -> tuple[View, tuple[Text, ...]]:
    """The view an address asks for, and sentences about what in it was dropped and what the database lacks."""
    asked = decode(url, region=made.rules.region_code, townships=[town.code for town in made.townships])
    notices = [*made.faults, *asked.faults]
    if asked.as_of and asked.as_of > made.data_on:
        notices.append(Text(LATER("zh", day=made.data_on), LATER("en", day=made.data_on)))
        asked = replace(asked, as_of=made.data_on)
    return view_from(asked, mode=colours, lang=asked.lang or "zh"), tuple(notices)


def show_in_widgets(made: Frame, view: View) -> None:
    """Set every filter widget to the view.

    Each language has widgets of its own: Streamlit sends a chosen option back by its words, and would not know them
    after a change of language.
    """
    state, filters, lang = st.session_state, view.context.filters, view.lang
    state[f"w_years_{lang}"] = years_choice(made, filters.years)
    state[f"w_from_{lang}"], state[f"w_to_{lang}"] = filters.years
    state[f"w_townships_{lang}"] = list(filters.townships)
    state[f"w_as_of_{lang}"] = view.context.as_of
    state["w_lang"] = lang


def speak() -> None:
    """Change the language before anything is drawn in the old one."""
    state = st.session_state
    state["view"] = replace(state["view"], lang=state["w_lang"])
    show_in_widgets(frame(), state["view"])
    touched()


def presets(made: Frame) -> dict[str, tuple[int, int]]:
    """The named spans and the single years, by the key their choice has."""
    last = made.data_on.year
    named = {"year": (last, last), "five": (last - 4, last), "term": (made.term_start, last)}
    return named | {str(year): (year, year) for year in range(last - 1, last - 7, -1)}


def years_choice(made: Frame, years: tuple[int, int]) -> str:
    """Which choice shows these years."""
    return next((key for key, span in presets(made).items() if span == years), CUSTOM_KEY)


def widgets(made: Frame, view: View) -> View:
    """Draw the filters; their values make the new view."""
    lang = view.lang
    spans = presets(made)
    words = {"year": THIS_YEAR, "five": FIVE_YEARS, "term": THIS_TERM}

    def year_name(key: str) -> str:
        if key == CUSTOM_KEY:
            return CUSTOM(lang)
        first, last = spans[key]
        return words.get(key, ONE_YEAR)(lang, a=first, b=last)

    choice = st.selectbox(
        YEARS(lang),
        [*spans, CUSTOM_KEY],
        key=f"w_years_{lang}",
        format_func=year_name,
        persist_state="session",
        filter_mode=None,
        on_change=touched,
    )
    years = spans[choice] if choice in spans else custom_years(made, lang)
    names = {town.code: town.name for town in made.townships}
    kinds = {f"kind:{kind}": KINDS[kind](lang) for kind in KINDS if any(t.kind == kind for t in made.townships)}
    townships = st.multiselect(
        TOWNSHIPS(lang),
        [*kinds, *names],
        key=f"w_townships_{lang}",
        format_func=lambda code: kinds.get(code) or names[code],
        placeholder=ALL(lang, n=len(names)),
        persist_state="session",
        select_all=False,
        on_change=spread,
        args=(made,),
    )
    as_of = st.date_input(
        AS_OF(lang),
        key=f"w_as_of_{lang}",
        min_value=date(1979, 1, 1),
        max_value=made.data_on,
        format="YYYY-MM-DD",
        persist_state="session",
        on_change=touched,
    )
    st.segmented_control(
        LANGUAGE,
        list(SPEECH),
        key="w_lang",
        required=True,
        format_func=SPEECH.__getitem__,
        persist_state="session",
        label_visibility="collapsed",
        on_change=speak,
    )
    st.button(RESET(lang), on_click=reset, type="tertiary", key="w_reset")
    kept = view.context.filters
    asked = Asked(years, tuple(townships), as_of, lang, kept.picks, kept.since)
    return view_from(asked, mode=view.mode, lang=lang)


def custom_years(made: Frame, lang: Lang) -> tuple[int, int]:
    """Two boxes for any range; put the right way round when they were not."""
    every = list(range(made.data_on.year, 1978, -1))
    left, right = st.columns(2)
    with left:
        first = st.selectbox(
            FROM(lang), every, key=f"w_from_{lang}", persist_state="session", filter_mode=None, on_change=touched
        )
    with right:
        last = st.selectbox(
            TO(lang), every, key=f"w_to_{lang}", persist_state="session", filter_mode=None, on_change=touched
        )
    return min(first, last), max(first, last)


def spread(made: Frame) -> None:
    """Replace a chosen kind (全部街道) by its townships."""
    touched()
    key = f"w_townships_{current_view().lang}"
    chosen = st.session_state[key]
    kinds = {code.removeprefix("kind:") for code in chosen if code.startswith("kind:")}
    if kinds:
        codes = {t.code for t in made.townships if t.kind in kinds} | {c for c in chosen if ":" not in c}
        st.session_state[key] = [town.code for town in made.townships if town.code in codes]


def reset() -> None:
    """Back to the plain view, in the same language."""
    state = st.session_state
    made = frame()
    plain = Asked(lang=state["view"].lang)
    state["view"] = view_from(plain, mode=state["view"].mode, lang=state["view"].lang)
    show_in_widgets(made, state["view"])
    touched()


def brand(made: Frame, lang: Lang) -> str:
    """Name of the board and of the office it serves."""
    office = OFFICE(lang, name=made.rules.region_name)
    return f'<div class="brand"><i></i><div><b>{BRAND(lang)}</b><span>{escape(office)}</span></div></div>'


def menu(here: Entry, view: View) -> str:
    """Our own menu: its links carry the view."""
    made = []
    group: Text | None = None
    for page in (page for page in ENTRIES if page.listed and has_needed(page)):
        if page.group is not None and page.group != group:
            group = page.group
            made.append(f"<h3>{escape(group(view.lang))}</h3>" if group.zh else '<div class="sep"></div>')
        on = ' aria-current="page"' if page.key == here.key else ""
        held = len(kept.items()) if page.key == BRIEFING else 0
        name = COUNTED(view.lang, title=page.title(view.lang), n=held) if held else page.title(view.lang)
        made.append(f'<a href="{escape(view.link(page.path))}"{on}>{escape(name)}</a>')
    return f'<nav data-basket="{escape(kept.plain())}">{"".join(made)}</nav>'


def has_needed(page: Entry) -> bool:
    """Whether the setting a page needs is there."""
    return not page.needs or bool(getattr(settings(), page.needs))


def go(target: str) -> None:
    """Remember where a click leads; the frame goes there at the head of the next run. An exhibit put into the basket
    leads nowhere."""
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query))
    exhibit = query.pop("keep", None)
    if exhibit is not None:
        kept.put(parts.path.strip("/"), exhibit, f"?{urlencode(query)}")
        return
    st.session_state["next"] = (parts.path, query)


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
