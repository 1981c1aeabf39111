"""The map below the townships, off by default: one picture or tiles, served by this board or a server of the office.

Nothing is ever asked of anybody else. A picture is a scan with its bounds; tiles are a folder ``z/x/y.png`` unpacked
here, or the address of the office's own tile server. Fictional districts are never laid on a real map.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard.exhibits.map_sheet import Ground
from dashboard.settings import Settings, settings

STYLE, PICTURE, TILES = "/basemap/style.json", "/basemap/picture", "/basemap/{z}/{x}/{y}"
KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
FINEST = 18
A_DAY = {"Cache-Control": "public, max-age=86400"}


def ground(chosen: Settings | None = None) -> Ground | None:
    """What lies below the townships by the settings; None by default."""
    asked = chosen or settings()
    if asked.basemap_image:
        return Ground(asked.basemap_approval, picture=PICTURE, file=asked.basemap_image, bounds=asked.basemap_bounds)
    if asked.basemap_tiles:
        return Ground(asked.basemap_approval, style=STYLE)
    return None


@lru_cache(maxsize=2)
def embedded(file: str) -> str:
    """A picture written out as an address, for files that stand alone."""
    path = Path(file)
    return f"data:{KINDS[path.suffix.lower()]};base64,{base64.b64encode(path.read_bytes()).decode()}"


def server(chosen: Settings) -> str:
    """The tile server of the office, as a source browsers may load from; empty when there is none."""
    if not is_address(chosen.basemap_tiles):
        return ""
    parts = urlsplit(chosen.basemap_tiles)
    return f"{parts.scheme}://{parts.netloc}"


def is_address(tiles: str) -> bool:
    """Whether tiles come from a server rather than from a folder."""
    return tiles.startswith(("http://", "https://"))


def style(_: Request) -> Response:
    """The style that names the tiles, as the movable map asks for it."""
    tiles = settings().basemap_tiles
    if not tiles:
        return Response(status_code=404)
    address = tiles if is_address(tiles) else TILES
    source = {"type": "raster", "tiles": [address], "tileSize": 256, "maxzoom": _finest(tiles)}
    layers = [{"id": "ground", "type": "raster", "source": "ground"}]
    return JSONResponse({"version": 8, "sources": {"ground": source}, "layers": layers})


def picture(_: Request) -> Response:
    """The scanned map."""
    file = settings().basemap_image
    if not file:
        return Response(status_code=404)
    return FileResponse(file, media_type=KINDS[Path(file).suffix.lower()], headers=A_DAY)


def tile(request: Request) -> Response:
    """One tile of the folder; where it has none, an answer without content."""
    tiles = settings().basemap_tiles
    if not tiles or is_address(tiles):
        return Response(status_code=404)
    place = request.path_params
    for suffix, kind in KINDS.items():
        path = Path(tiles) / str(place["z"]) / str(place["x"]) / f"{place['y']}{suffix}"
        if path.is_file():
            return FileResponse(path, media_type=kind, headers=A_DAY)
    return Response(status_code=204)


def _finest(tiles: str) -> int:
    """The deepest level of a folder, beyond which tiles are enlarged."""
    if is_address(tiles):
        return FINEST
    return max((int(one.name) for one in Path(tiles).iterdir() if one.name.isdecimal()), default=FINEST)


routes = [
    Route(STYLE, style),
    Route(PICTURE, picture),
    Route("/basemap/{z:int}/{x:int}/{y:int}", tile),
]
