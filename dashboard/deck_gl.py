"""deck.gl for the browser: the file that pydeck brings, so that both always speak the same JSON."""

from __future__ import annotations

from pathlib import Path

import pydeck
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

FILE = Path(pydeck.__file__).parent / "nbextension" / "static" / "index.js"
NAME = "deck.js"
ADDRESS = f"{NAME}?v={pydeck.__version__}"  # beside the board's own scripts


def library(_: Request) -> FileResponse:
    """The file."""
    return FileResponse(FILE, media_type="text/javascript")


routes = [Route(f"/app/static/{NAME}", library)]
