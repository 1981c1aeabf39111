"""The layers of the movable map, made of the same sheet, colours and symbols as the drawn one."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
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
TOWNSHIPS, BORDERS, GAPS, REACH = "townships", "borders", "gaps", "reach"
VILLAGES, SITES, NAMES = "villages", "sites", "names"
HEIGHT, WIDTH = 520, 700  # px the first view is fitted to; a wider card leaves a margin
FINEST_M = 60.0  # bends of borders smaller than that, a pixel at first, are left out
ROUND_M = 20.0  # so near the line of reach stays to its circles
# The wheel scrolls the page, a second click is a click, and north stays up.
LEFT_ALONE = ("scrollZoom", "doubleClickZoom", "dragRotate", "touchRotate")
DECIMALS = 5  # of degrees: about a metre
ICON = 48  # px of a symbol in the picture of all symbols
ICON_SCALE = 4.0  # a station is 11 px wide on the drawn map
FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"

Colour = list[int]
Outline = dict[str, Any]  # a GeoJSON geometry


def deck(body: DrawnMap, view: View) -> dict[str, Any]:
    """The map as deck.gl's JSON converter takes it."""
    sheet, mode = body.sheet, view.mode
    colour = tokens(mode)
    shapes = tuple(area.shape for area in sheet.areas)
    pairs = list(zip(sheet.areas, _simple(shapes), strict=True))
    spec = _frame(shapes) | {
        "layers": [
            *_ground(sheet.ground),
            _layer(
                "GeoJsonLayer",
                TOWNSHIPS,
                _features([(outline, _properties(area, mode, sheet.ground)) for area, outline in pairs]),
                pickable=True,
                stroked=False,
                get_fill_color="properties.fill",
            ),
            _lines(BORDERS, [_borders(shapes)], colour["card"], 1.5),
            _lines(GAPS, [outline for area, outline in pairs if area.warning], colour["amberfill"], 2.2),
            *_reach(sheet.reach, colour),
            _layer(
                "ScatterplotLayer",
                VILLAGES,
                [_mark(mark, r=round(village_radius(mark.people), 1)) for mark in sheet.villages],
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
            _layer(
                "IconLayer",
                SITES,
                [_mark(mark, level=mark.level) for mark in sheet.sites],
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
    }
    # deck.gl is asked for a ground only where the office has one: any style that pydeck names is somebody else's.
    del spec["mapStyle"]
    if sheet.ground is not None and sheet.ground.style:
        spec |= {"mapProvider": "carto", "mapStyle": sheet.ground.style}
    return spec


@lru_cache(maxsize=8)
def _frame(shapes: tuple[BaseGeometry, ...]) -> dict[str, Any]:
    """The map without its layers; pydeck looks through all installed packages each time it is asked."""
    return _json(
        pdk.Deck(
            map_provider=None,
            views=[pdk.View(type="MapView", controller=dict.fromkeys(LEFT_ALONE, False))],
            initial_view_state=_view_state(shapes),
        )
    )


def _json(made: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(made, default=default_serialize))
    return found


def _layer(kind: str, name: str, data: Any, **options: Any) -> dict[str, Any]:
    """A layer by pydeck's rules; its data, which is long, goes in as it is."""
    return _json(pdk.Layer(kind, None, id=name, **options)) | {"data": data}


def _plain(words: str) -> Any:
    # pydeck reads any other text as an expression of JavaScript.
    return pdk.types.String(words)


def _rgb(colour: str) -> Colour:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


# No filter changes the shapes of townships, and few the line of reach.
@lru_cache(maxsize=8)
def _simple(shapes: tuple[BaseGeometry, ...]) -> tuple[Outline, ...]:
    """Outlines simplified together, so that neighbours keep one border."""
    return tuple(map(_outline, _thinned(shapes)))


@lru_cache(maxsize=8)
def _borders(shapes: tuple[BaseGeometry, ...]) -> Outline:
    """Every border once, also where two townships share it: a line costs far more to draw than its area."""
    return _outline(shapely.line_merge(shapely.union_all(shapely.boundary(list(_thinned(shapes))))))


@lru_cache(maxsize=32)
def _line_of(reach: BaseGeometry) -> Outline:
    frame = frame_of([reach])
    return _outline(frame.round_earth(shapely.simplify(frame.flat(reach), ROUND_M)))


def _thinned(shapes: tuple[BaseGeometry, ...]) -> tuple[BaseGeometry, ...]:
    frame = frame_of(shapes)
    return tuple(map(frame.round_earth, simplified([frame.flat(shape) for shape in shapes], FINEST_M)))


def _outline(shape: BaseGeometry) -> Outline:
    """A shape as GeoJSON with short coordinates."""
    return mapping(shapely.transform(shape, lambda lonlat: lonlat.round(DECIMALS)))


def _features(pairs: Sequence[tuple[Outline, dict[str, Any]]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": outline, "properties": data} for outline, data in pairs],
    }


def _ground(ground: Ground | None) -> list[Any]:
    """The scanned map below everything."""
    if ground is None or not ground.picture:
        return []
    return [_layer("BitmapLayer", GROUND, None, image=_plain(ground.picture), bounds=list(ground.bounds))]


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
    return [_lines(REACH, [_line_of(shape)], colour["ink"], 1, opacity=0.59)]


def _lines(name: str, outlines: Sequence[Outline], colour: str, width: float, opacity: float = 1) -> Any:
    return _layer(
        "GeoJsonLayer",
        name,
        _features([(outline, {}) for outline in outlines]),
        filled=False,
        get_line_color=[*_rgb(colour), round(255 * opacity)],
        get_line_width=width,
        line_width_units=_plain("pixels"),
    )


def _mark(mark: Mark, **more: Any) -> dict[str, Any]:
    return {"at": _at(mark), "hover": mark.hover, "href": mark.href, **more}


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
        line for area, label in zip(body.sheet.areas, body.labels, strict=True) for line in _written(area, label, mode)
    ]
    return _layer(
        "TextLayer",
        NAMES,
        rows,
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


def _written(area: Area, label: Label, mode: Mode) -> list[dict[str, Any]]:
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


def _view_state(shapes: Sequence[BaseGeometry]) -> Any:
    """The whole district in sight, looked at from straight above."""
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    across, up = frame_of(shapes).metres(np.array([(east, north)]))[0] * 2
    # A Web Mercator map is 512 px wide at zoom 0, and all around the parallel that is 40,075 km times its cosine.
    metres = 40_075_017 * float(np.cos(np.radians((south + north) / 2))) / 512
    zoom = log2(metres / max(across / (WIDTH - 16), up / (HEIGHT - 16), 1e-6))
    return pdk.ViewState(
        longitude=(west + east) / 2, latitude=(south + north) / 2, zoom=round(zoom, 3), pitch=0, bearing=0
    )
