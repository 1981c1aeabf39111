"""What every answer to a browser passes through: security headers, and compressed static files kept ready."""

from __future__ import annotations

import asyncio
import gzip
import re
from base64 import b64encode
from collections.abc import Callable, Container
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/wasm")
SMALLEST = 1000
OWN_ADDRESSES = frozenset(("_stcore", "static", "app", "media", "component", "export", "basemap", "board"))
FOR_GOOD = "public, max-age=31536000, immutable"


class SecurityHeaders:
    """Lets the browser load nothing from any other host, whatever a page or a value in it asks for.

    ``scripts`` are the sources of inline scripts allowed, as ``inline_scripts`` finds them; ``tiles`` is the office's
    own tile server where one is set.
    """

    def __init__(self, app: ASGIApp, *, scripts: tuple[str, ...] = (), tiles: str = "") -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": policy(scripts, tiles),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def policy(scripts: tuple[str, ...] = (), tiles: str = "") -> str:
    """The content security policy. Components are imported from blob: addresses; deck.gl compiles WebAssembly."""
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self' blob: 'wasm-unsafe-eval'", *scripts)),
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {tiles}".strip(),
            "font-src 'self' data:",
            f"connect-src 'self' data: blob: {tiles}".strip(),
            "worker-src 'self' blob:",
            "frame-src 'self' data: blob:",
            "frame-ancestors 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def inline_scripts(page: Path) -> tuple[str, ...]:
    """The scripts written inside an HTML page, as policy sources: each is allowed by its own hash, no other is."""
    written = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    return tuple(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in written)


class UnknownPages:
    """Answers an address that is no page with ``sorry``; Streamlit would open its start page and an English box."""

    def __init__(self, app: ASGIApp, *, pages: Container[str], sorry: Callable[[], Response]) -> None:
        self.app = app
        self.pages = pages
        self.sorry = sorry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self.sorry() if self._is_unknown(scope) else self.app)(scope, receive, send)

    def _is_unknown(self, scope: Scope) -> bool:
        if scope["type"] != "http" or not _is_page(scope):
            return False
        first, *more = scope["path"].strip("/").split("/")
        return bool(more) or first not in self.pages


class PageHead:
    """Writes ``more`` into the head of every page, before all else that stands there, and ``last`` behind its body.

    The page then has no tag to compare an older copy by: that would be Streamlit's, which knows nothing of it.
    """

    def __init__(self, app: ASGIApp, *, more: str, last: str = "") -> None:
        self.app = app
        self.more = more.encode()
        self.last = last.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_page(scope):
            await self.app(scope, receive, send)
            return
        compared = (b"if-none-match", b"if-modified-since")
        fresh = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in compared]}
        response = await _answer(self.app, fresh, receive)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            body = bytes(response.body).replace(b"<head>", b"<head>" + self.more, 1)
            response.body = body.replace(b"</body>", self.last + b"</body>", 1)
            response.headers["Content-Length"] = str(len(response.body))
            for name in ("etag", "last-modified"):
                if name in response.headers:
                    del response.headers[name]
        await response(scope, receive, send)


class StaticFiles:
    """Sends the files under /static/ and /app/static/ compressed, and compresses each only once.

    Streamlit sends its own files (5 MB of charts) as they are, and compresses the board's again for every reader.
    Files do not change while the server runs, so one copy a path is kept; unknown paths are never kept.
    A request with ``?v=`` names a version of its file, which may be kept by the browser for good.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _wants_compressed(scope):
            await self.app(scope, receive, send)
            return
        response = self.kept.get(scope["path"]) or await self._compressed(scope, receive)
        if scope["query_string"].startswith(b"v=") and scope["path"] in self.kept:
            response = Response(response.body, 200, {**response.headers, "cache-control": FOR_GOOD})
        await response(scope, receive, send)

    async def _compressed(self, scope: Scope, receive: Receive) -> Response:
        response = await _answer(self.app, scope, receive)
        # Streamlit answers an unknown path with its start page, which is never to be kept.
        is_file = response.status_code == 200 and "no-cache" not in response.headers.get("Cache-Control", "")
        kind = response.headers.get("Content-Type", "")
        if is_file and kind.startswith(COMPRESSIBLE) and len(response.body) >= SMALLEST:
            response.body = await asyncio.to_thread(gzip.compress, response.body, 6)
            length = str(len(response.body))
            response.headers.update({"Content-Encoding": "gzip", "Content-Length": length, "Vary": "Accept-Encoding"})
            self.kept[scope["path"]] = response
        return response


def _is_page(scope: Scope) -> bool:
    """Whether a reader follows an address that could be a page; files and data are asked for without text/html."""
    is_followed = "text/html" in Headers(scope=scope).get("accept", "")
    return is_followed and scope["path"].strip("/").split("/")[0] not in OWN_ADDRESSES


def _wants_compressed(scope: Scope) -> bool:
    """Whether this asks for a whole static file by a browser that unpacks gzip and has no copy to compare."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    return (
        scope["path"].startswith(("/static/", "/app/static/"))
        and "gzip" in headers.get("accept-encoding", "")
        and "range" not in headers
        and "if-none-match" not in headers
        and "if-modified-since" not in headers
    )


async def _answer(app: ASGIApp, scope: Scope, receive: Receive) -> Response:
    """The whole answer to a request, as it is before any compression."""
    plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
    parts: list[Message] = []

    async def gather(message: Message) -> None:
        parts.append(message)

    await app({**scope, "headers": plain, "extensions": {}}, receive, gather)
    body = b"".join(part.get("body", b"") for part in parts[1:])
    response = Response(body, parts[0]["status"])
    response.raw_headers = list(parts[0]["headers"])
    return response
