"""The layers of the movable map, made of the same sheet, colours and symbols as the drawn one."""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from math import log2
from typing import Any

import numpy as np
import pydeck as pdk
import shapely
from pydeck.bindings.json_tools import default_serialize
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from dashboard.exhibits.drawn_map import MUTED_ON_GROUND, ON_GROUND, DrawnMap, simplified
from dashboard.exhibits.exhibit import View
from dashboard.exhibits.map_sheet import Area, Ground, Label, Mark
from dashboard.exhibits.map_symbols import SITE_ORDER, Paint, site_symbol, village_radius
from dashboard.theme import Mode, map_colours, tokens
from data_access.coverage import frame_of

GROUND = "ground"
TOWNSHIPS, GAPS, REACH, VILLAGES, SITES, NAMES = "townships", "gaps", "reach", "villages", "sites", "names"
HEIGHT, WIDTH = 520, 700  # px the first view is fitted to; a wider card leaves a margin
FINEST_M = 35.0  # bends of borders smaller than that are left out
DECIMALS = 5  # of degrees: about a metre
ICON = 48  # px of a symbol in the picture of all symbols
ICON_SCALE = 4.0  # a station is 11 px wide on the drawn map
FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"

Colour = list[int]


class CompactDeck(pdk.Deck):  # type: ignore[misc]  # pydeck publishes no types
    """A deck whose JSON is made once and without spaces."""

    spec: str | None = None

    @classmethod
    def of(cls, spec: str, mode: Mode) -> CompactDeck:
        """A deck that is this JSON."""
        # Without a provider and without a style, deck.gl asks nobody for a ground.
        made = cls(map_provider=None, tooltip={"text": "{hover}", "style": _tip(tokens(mode))})
        made.spec = spec
        return made

    def to_json(self) -> str:
        """The whole deck as JSON."""
        return self.spec or json.dumps(self, default=default_serialize, separators=(",", ":"), ensure_ascii=False)


def deck(body: DrawnMap, view: View, nudge: int = 0) -> str:
    """The map as deck.gl's JSON; another ``nudge`` lays it out again where the reader has moved it."""
    sheet, mode = body.sheet, view.mode
    colour = tokens(mode)
    shapes = _simple(tuple(area.shape for area in sheet.areas))
    pairs = list(zip(sheet.areas, shapes, strict=True))
    layers = [
        *_ground(sheet.ground),
        pdk.Layer(
            "GeoJsonLayer",
            _features([(shape, _properties(area, mode, sheet.ground)) for area, shape in pairs]),
            id=TOWNSHIPS,
            pickable=True,
            get_fill_color="properties.fill",
            get_line_color=_rgb(colour["card"]),
            get_line_width=1.5,
            line_width_units=_plain("pixels"),
        ),
        pdk.Layer(
            "GeoJsonLayer",
            _features([(shape, {}) for area, shape in pairs if area.warning]),
            id=GAPS,
            filled=False,
            get_line_color=_rgb(colour["amberfill"]),
            get_line_width=2.2,
            line_width_units=_plain("pixels"),
        ),
        *_reach(sheet.reach, colour),
        pdk.Layer(
            "ScatterplotLayer",
            [_village(mark) for mark in sheet.villages],
            id=VILLAGES,
            pickable=True,
            get_position="at",
            get_radius="r",
            radius_units=_plain("pixels"),
            stroked=True,
            get_fill_color=_rgb(colour["card"]),
            get_line_color=_rgb(colour["amberfill"]),
            get_line_width=1.3,
            line_width_units=_plain("pixels"),
        ),
        pdk.Layer(
            "IconLayer",
            [_site(mark) for mark in sheet.sites],
            id=SITES,
            pickable=True,
            get_position="at",
            get_icon="level",
            get_size=ICON / ICON_SCALE,
            size_units=_plain("pixels"),
            icon_atlas=_plain(_atlas(mode)),
            icon_mapping=_icons(),
        ),
        _names(body, mode),
    ]
    # Without a style of its own, deck.gl asks nobody for a ground; no argument would be a style too.
    tiles = {"map_style": sheet.ground.style} if sheet.ground is not None and sheet.ground.style else {}
    made = CompactDeck(
        map_provider=None,
        **tiles,
        layers=layers,
        views=[pdk.View(type="MapView", controller={"scrollZoom": False, "dragRotate": False, "touchRotate": False})],
        initial_view_state=_view_state([area.shape for area in sheet.areas], nudge),
    )
    return made.to_json()


def _plain(words: str) -> Any:
    # pydeck reads any other text as an expression of JavaScript.
    return pdk.types.String(words)


def _rgb(colour: str) -> Colour:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


# No filter changes the shapes of townships.
@lru_cache(maxsize=8)
def _simple(shapes: tuple[BaseGeometry, ...]) -> tuple[BaseGeometry, ...]:
    """Shapes simplified together, so that neighbours keep one border, with short coordinates."""
    frame = frame_of(shapes)
    flat = simplified([frame.flat(shape) for shape in shapes], FINEST_M)
    return tuple(_short(frame.round_earth(shape)) for shape in flat)


def _short(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, lambda lonlat: lonlat.round(DECIMALS))


def _features(pairs: list[tuple[BaseGeometry, dict[str, Any]]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": mapping(shape), "properties": data} for shape, data in pairs],
    }


def _ground(ground: Ground | None) -> list[Any]:
    """The scanned map below everything."""
    if ground is None or not ground.picture:
        return []
    return [pdk.Layer("BitmapLayer", id=GROUND, image=_plain(ground.picture), bounds=list(ground.bounds))]


def _properties(area: Area, mode: Mode, ground: Ground | None) -> dict[str, Any]:
    fill = _rgb(_fill(area, mode))
    if ground is not None:
        fill = [*fill, round(255 * (MUTED_ON_GROUND if area.muted else ON_GROUND))]
    return {"fill": fill, "hover": area.hover, "href": area.href}


def _fill(area: Area, mode: Mode) -> str:
    """deck.gl has no hatch: a grey area with an amber outline and the word stands for it."""
    colour = tokens(mode)
    if area.muted or area.warning or area.step is None:
        return colour["band" if area.muted else "grid"]
    return map_colours(mode)[area.step]


def _reach(shape: BaseGeometry | None, colour: dict[str, str]) -> list[Any]:
    if shape is None or shape.is_empty:
        return []
    frame = frame_of([shape])
    simple = _short(frame.round_earth(shapely.simplify(frame.flat(shape), FINEST_M)))
    return [
        pdk.Layer(
            "GeoJsonLayer",
            _features([(simple, {})]),
            id=REACH,
            filled=False,
            get_line_color=[*_rgb(colour["ink"]), 150],
            get_line_width=1,
            line_width_units=_plain("pixels"),
        )
    ]


def _village(mark: Mark) -> dict[str, Any]:
    return {"at": _at(mark), "r": round(village_radius(mark.people), 1), "hover": mark.hover}


def _site(mark: Mark) -> dict[str, Any]:
    return {"at": _at(mark), "level": mark.level, "hover": mark.hover, "href": mark.href}


def _at(place: Mark | Label) -> list[float]:
    return [round(place.lon, DECIMALS), round(place.lat, DECIMALS)]


def _atlas(mode: Mode) -> str:
    """All symbols in one picture, written out in the address itself: nothing is fetched."""
    middle = ICON / 2
    drawn = "".join(
        site_symbol(level, middle + ICON * place, middle, tokens(mode), ICON_SCALE)
        for place, level in enumerate(SITE_ORDER)
    )
    wide = ICON * len(SITE_ORDER)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{ICON}">{drawn}</svg>'
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _icons() -> dict[str, Any]:
    return {
        level: {"x": ICON * place, "y": 0, "width": ICON, "height": ICON, "anchorY": ICON / 2}
        for place, level in enumerate(SITE_ORDER)
    }


def _names(body: DrawnMap, mode: Mode) -> Any:
    """The words on the areas, each line by itself: on a ground of the area's own colour it stands clear of dots."""
    rows = [
        line for area, label in zip(body.sheet.areas, body.labels, strict=True) for line in _lines(area, label, mode)
    ]
    return pdk.Layer(
        "TextLayer",
        rows,
        id=NAMES,
        get_position="at",
        get_text="words",
        get_size=12,
        get_color="ink",
        get_pixel_offset="off",
        character_set=_plain("auto"),
        font_family=_plain(FONT),
        background=True,
        get_background_color="ground",
        background_padding=[2, 0],
    )


def _lines(area: Area, label: Label, mode: Mode) -> list[dict[str, Any]]:
    colour, paint = tokens(mode), Paint.screen(mode)
    is_plain = area.step is not None and not area.warning and not area.muted
    ink = paint.inks[area.step or 0] if is_plain else colour["ink3" if area.muted else "ink"]
    inks = [ink, colour["amber"] if area.warning else ink]
    top = -7.5 * (len(label.lines) - 1)
    return [
        {
            "at": _at(label),
            "words": words,
            "ink": _rgb(inks[place]),
            "off": [0, top + 15 * place],
            "ground": [*_rgb(_fill(area, mode)), 200],
        }
        for place, words in enumerate(label.lines)
    ]


def _view_state(shapes: list[BaseGeometry], nudge: int) -> Any:
    """The whole district in sight, looked at from straight above."""
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    across, up = frame_of(shapes).metres(np.array([(east, north)]))[0] * 2
    # A Web Mercator map is 512 px wide at zoom 0, and all around the parallel that is 40,075 km times its cosine.
    metres = 40_075_017 * float(np.cos(np.radians((south + north) / 2))) / 512
    zoom = log2(metres / max(across / (WIDTH - 16), up / (HEIGHT - 16), 1e-6))
    # Streamlit moves the map only by what differs from the view it was given before.
    shift = nudge * 1e-6
    return pdk.ViewState(
        longitude=(west + east) / 2 + shift,
        latitude=(south + north) / 2 + shift,
        zoom=round(zoom, 3) + shift,
        pitch=0,
        bearing=0,
    )


def _tip(colour: dict[str, str]) -> dict[str, str]:
    return {
        "backgroundColor": colour["tip"],
        "color": colour["ink"],
        "border": f"1px solid {colour['axis']}",
        "borderRadius": "6px",
        "whiteSpace": "pre-line",
        "fontSize": "13px",
        "lineHeight": "1.5",
        "padding": "6px 10px",
        "maxWidth": "320px",
    }
