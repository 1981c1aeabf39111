"""The movable map: the same sheet as the drawn one, by deck.gl without any ground; drawn where that cannot be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import cards, component, fetch, kept
from dashboard.exhibits.drawn_map import DrawnMap
from dashboard.exhibits.exhibit import Exhibit, Page, Picture, View
from dashboard.map_layers import HEIGHT, VILLAGES, CompactDeck, deck
from dashboard.page import attempted, drawn, packed
from dashboard.subjects import stations_choice as choice
from dashboard.subjects.coverage_map import of_tiles
from dashboard.subjects.stations_reach import STOP
from data_access.text import Text

Go = Callable[[str], None]

STATIC = Path(__file__).parent / "static"
LAYER = Text("颜色表示", "Colour shows")
SITES = Text("计入站点", "Sites counted")
RADIUS = Text("半径（直线）", "Radius, straight")
KM = Text("{km} 公里", "{km} km")
RESET = Text("复位", "Reset map")
TO_DRAWING = Text("地图空白？切换到简图", "Map blank? Show the plain drawing")
TO_DECK = Text("切换到可移动的地图", "Show the movable map")
HINT = Text(
    "拖动可移动，双击可放大；点乡镇按它筛选，点站点看记录。",
    "Drag to move, double-click to enlarge; a township filters the page, a site opens its record. ",
)
WIDGETS = {"layer": "map_layer", "sites": "map_sites", "km": "map_km"}

_LOADER = f"""
const probe = import(new URL("{component.address("webgl.js")}", document.baseURI));
export default function (api) {{ probe.then((made) => made.tell(api)); }}
"""
_probe = st.components.v2.component("renda_webgl", html="<i></i>", js=_LOADER)


def row(page: Page, index: int, exhibits: tuple[Exhibit, ...], spans: tuple[int, ...], view: View, go: Go) -> None:
    """A row with a live map: laid out by Streamlit, because deck.gl is one of its widgets."""
    st.html(STATIC / "map.css")
    with st.container(key="map_row"):
        for column, exhibit in zip(st.columns(spans), exhibits, strict=True):
            with column:
                if exhibit.live:
                    map_card(page, exhibit, view, go)
                else:
                    plain_card(page, index, exhibit, view, go)


def plain_card(page: Page, index: int, exhibit: Exhibit, view: View, go: Go) -> None:
    """A card beside the map, drawn like any other."""
    name = f"{index}_{exhibit.key}"
    component.show(f"row_{page.key}_{name}", packed(page, name, [[(exhibit, 12)]], view, kept.items())[0], go)


def map_card(page: Page, exhibit: Exhibit, view: View, go: Go) -> None:
    """Title and tools, controls, the map, legend and foot; without a map to show, the card says why."""
    picture = attempted(lambda: fetch.picture(page.key, exhibit, view), page, exhibit, view, 12)
    if isinstance(picture, cards.Drawn) or not isinstance(picture.body, DrawnMap):
        made = picture if isinstance(picture, cards.Drawn) else drawn(page, exhibit, view, 12, kept.items())
        component.cards(f"row_{page.key}_{exhibit.key}", f'<div class="grid">{made.html}</div>', [], view.lang, go)
        return
    with st.container(key="card_map", border=True):
        component.cards("map_head", head(page, exhibit, picture, view), [], view.lang, go)
        controls(view, go)
        is_deck = shows_deck()
        if is_deck:
            movable(picture, picture.body, view, go)
        else:
            body = picture.body

            def packed_map(_: object) -> bytes:
                return component.packed(f'<div class="map">{body.svg()}</div>', [], view.lang)

            data = fetch.kept(f"map|{page.key}|{view.key}", packed_map)
            component.show("map_drawn", data, go)
        component.cards("map_foot", foot(picture, picture.body, is_deck, view), [], view.lang, go)
        ways(is_deck, view)


def head(page: Page, exhibit: Exhibit, picture: Picture, view: View) -> str:
    """The head of the card as everywhere else."""
    tools = cards.tools(page, exhibit, picture, view, is_kept=kept.holds(kept.items(), page.key, exhibit.key, view))
    return f'<div class="ch"><div><h2>{escape(picture.title)}</h2><p>{escape(picture.subtitle)}</p></div>{tools}</div>'


def controls(view: View, go: Go) -> None:
    """What the colours say, which sites count, how far they reach; every choice is a part of the address."""
    lang, rules = view.lang, view.context.rules
    own = view.rules if isinstance(view, choice.StationsView) else rules
    state = st.session_state
    state[WIDGETS["layer"]] = choice.layer(view)
    state[WIDGETS["sites"]] = choice.level_set(rules.coverage_levels)
    state[WIDGETS["km"]] = choice.kilometres(rules.coverage_km)
    offered: tuple[tuple[str, Text, Mapping[str, str]], ...] = (
        ("layer", LAYER, {name: words(lang) for name, words in choice.LAYERS.items()}),
        ("sites", SITES, {name: words(lang) for name, words in choice.LEVEL_SETS.items()}),
        ("km", RADIUS, {(km := choice.kilometres(r)): KM(lang, km=km) for r in choice.radii(own)}),
    )
    with st.container(horizontal=True, key="map_tools"):
        for name, label, words in offered:
            st.segmented_control(
                label(lang),
                list(words),
                key=WIDGETS[name],
                format_func=words.__getitem__,
                required=True,
                on_change=chosen,
                args=(name, view, go),
            )


def chosen(name: str, view: View, go: Go) -> None:
    """Write one choice into the address."""
    go(view.link(choice.PATH, **{name: st.session_state[WIDGETS[name]]}))


def shows_deck() -> bool:
    """Whether to show the movable map: as the reader asked, else as the browser can."""
    state = st.session_state
    # Until the browser has said what it can: phones are too narrow, all others are thought able.
    known = bool(state.get("map_can", "Mobi" not in st.context.headers.get("User-Agent", "")))
    with st.container(key="map_able"):
        able = _probe(key="map_probe", data={"able": known}, on_able_change=told).get("able")
    state["map_can"] = known if able is None else bool(able)
    return bool(state.get("map_asked", state["map_can"]))


def told() -> None:
    """The browser has said what it can; the value is read where the probe stands."""


def movable(picture: Picture, body: DrawnMap, view: View, go: Go) -> None:
    """The map by deck.gl; a click on a township filters by it, on a site opens its record."""
    turn = st.session_state.get("map_turn", 0)
    spec = fetch.kept(f"deck|{view.key}|{turn % 2}", lambda _: deck(body, view, turn % 2))
    # Another choice of townships is another chart, or deck.gl would keep the last township lit.
    key = f"deck_{'_'.join(view.context.filters.townships)}"

    def clicked() -> None:
        if target := leads_to(st.session_state[key], view):
            go(target)

    st.pydeck_chart(
        CompactDeck.of(spec, view.mode),
        height=HEIGHT,
        key=key,
        on_select=clicked,
        selection_mode="single-object",
        alt=picture.alt,
    )


def leads_to(state: Mapping[str, Any], view: View) -> str:
    """Where a click on the map leads; empty when it hit nothing that leads anywhere."""
    for layer, objects in state["selection"]["objects"].items():
        for found in objects:
            if layer == VILLAGES:
                return view.link(choice.PATH, panel="uncovered")
            target = found.get("properties", found).get("href", "")
            if target:
                return str(target)
    return ""


def foot(picture: Picture, body: DrawnMap, is_deck: bool, view: View) -> str:
    """The legend, and how to use and to read the map."""
    words = picture.foot
    if is_deck:
        more = [f"{said}{STOP(view.lang)}" for said in of_tiles(body.sheet.ground, view.lang) if said not in words]
        words = HINT(view.lang) + ("" if view.lang == "zh" else " ").join((words, *more))
    return f'<div class="legend">{body.legend}</div><p class="foot">{escape(words)}</p>'


def ways(is_deck: bool, view: View) -> None:
    """Back to where the map began, and the way out when it stays blank."""
    swap = (TO_DRAWING if is_deck else TO_DECK)(view.lang)
    with st.container(horizontal=True, key="map_ways"):
        if is_deck:
            st.button(RESET(view.lang), key="map_reset", type="tertiary", on_click=turned)
        st.button(swap, key="map_swap", type="tertiary", on_click=swapped, args=(not is_deck,))


def turned() -> None:
    """Lay the map as it was at first."""
    st.session_state["map_turn"] = st.session_state.get("map_turn", 0) + 1


def swapped(to_deck: bool) -> None:
    """Show the other kind of map, whatever the browser says it can."""
    st.session_state["map_asked"] = to_deck
