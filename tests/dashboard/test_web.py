"""What a browser gets with every answer: headers, and static files compressed once."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from dashboard.component import SCRIPTS, STATIC, early
from dashboard.web import PageHead, SecurityHeaders, StaticFiles, UnknownPages, inline_scripts, policy

SCRIPT = "let board = 1;\n" * 500


class Board:
    """A small site behind the middleware, which counts how often a file was really read."""

    def __init__(self) -> None:
        self.reads = 0
        site = Starlette(
            routes=[
                Route("/static/board.js", self.script),
                Route("/static/none.js", lambda _: HTMLResponse("x" * 5000, headers={"cache-control": "no-cache"})),
                Route("/static/small.js", lambda _: Response("1", media_type="application/javascript")),
                Route("/static/photo.png", lambda _: Response(b"0" * 5000, media_type="image/png")),
                Route("/page", lambda _: PlainTextResponse("page" * 500)),
            ],
            middleware=[Middleware(SecurityHeaders, scripts=("'sha256-x'",)), Middleware(StaticFiles)],
        )
        self.client = TestClient(site, headers={"accept-encoding": "gzip"})

    def script(self, request: Request) -> Response:
        assert "accept-encoding" not in request.headers or request.headers["accept-encoding"] != "gzip"
        self.reads += 1
        return Response(SCRIPT, media_type="application/javascript", headers={"etag": '"1"'})


@pytest.fixture
def board() -> Board:
    return Board()


def test_a_script_is_compressed_once_for_all_readers(board: Board) -> None:
    first, second = (board.client.get("/static/board.js") for _ in range(2))
    assert first.text == second.text == SCRIPT
    assert second.headers["content-encoding"] == "gzip"
    assert second.headers["vary"] == "Accept-Encoding"
    assert int(second.headers["content-length"]) == len(gzip.compress(SCRIPT.encode(), 6))
    assert board.reads == 1


def test_a_named_version_is_kept_by_the_browser_and_another_address_is_not(board: Board) -> None:
    assert "immutable" in board.client.get("/static/board.js?v=1").headers["cache-control"]
    assert "cache-control" not in board.client.get("/static/board.js").headers


def test_the_start_page_sent_for_an_unknown_file_is_never_kept(board: Board) -> None:
    assert board.client.get("/static/none.js?v=1").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/static/small.js", "/static/photo.png", "/page"])
def test_what_gains_nothing_or_is_no_static_file_passes_as_it_is(board: Board, path: str) -> None:
    assert "content-encoding" not in board.client.get(path).headers


@pytest.mark.parametrize("name", ["range", "if-none-match", "if-modified-since"])
def test_a_question_about_a_part_or_a_copy_goes_to_the_file_itself(name: str) -> None:
    seen: list[str] = []

    def script(request: Request) -> Response:
        seen.append(request.headers[name])
        return Response(SCRIPT, media_type="application/javascript")

    site = Starlette(routes=[Route("/static/board.js", script)], middleware=[Middleware(StaticFiles)])
    client = TestClient(site, headers={"accept-encoding": "gzip", name: "x"})
    assert [client.get("/static/board.js").text for _ in range(2)] == [SCRIPT, SCRIPT]
    assert seen == ["x", "x"]


def test_a_browser_that_cannot_unpack_gets_the_plain_file(board: Board) -> None:
    board.client.headers["accept-encoding"] = "identity"
    answer = board.client.get("/static/board.js")
    assert answer.text == SCRIPT
    assert "content-encoding" not in answer.headers


def test_every_answer_forbids_other_hosts_and_guessing(board: Board) -> None:
    for path in ("/page", "/static/board.js", "/nothing"):
        headers = board.client.get(path).headers
        assert headers["content-security-policy"] == policy(("'sha256-x'",))
        assert headers["x-content-type-options"] == "nosniff"


def test_the_policy_allows_no_other_host_and_no_inline_script() -> None:
    scripts = next(part for part in policy().split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert "http" not in policy()
    assert "*" not in policy()


def test_more_is_written_into_the_head_of_a_page_and_of_nothing_else() -> None:
    async def page(request: Request) -> Response:
        assert "if-none-match" not in request.headers
        tags = {"etag": '"of streamlit"', "last-modified": "Sun, 29 Nov 2026 00:00:00 GMT"}
        return HTMLResponse("<html><head><title>页</title></head><body></body></html>", headers=tags)

    async def file(request: Request) -> Response:
        return HTMLResponse("<head></head>", headers={"etag": request.headers["if-none-match"]})

    routes = [Route("/proposals", page), Route("/export/x.html", file)]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(PageHead, more="<i>é</i>", last="<b>à</b>")]))
    sent = {"accept": "text/html", "if-none-match": '"old"'}
    answer = client.get("/proposals", headers=sent)
    assert answer.text == "<html><head><i>é</i><title>页</title></head><body><b>à</b></body></html>"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "etag" not in answer.headers and "last-modified" not in answer.headers
    other = client.get("/export/x.html", headers=sent)
    assert other.text == "<head></head>" and other.headers["etag"] == '"old"'


def test_the_head_names_files_that_are_there_and_no_inline_script() -> None:
    named = re.findall(r'(?:src|href)="/app/static/([\w.]+)\?v=\w+"', early())
    assert sorted(named) == sorted((*SCRIPTS, "board.css"))
    assert all((STATIC / name).is_file() for name in named)
    assert len(set(re.findall(r"js\?(v=\w+)", early()))) == 1  # modules of one version
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", early()))


def test_only_the_scripts_written_in_a_page_are_allowed_by_their_hash(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<script>\n a = 1\n</script><script src="x.js"></script>', encoding="utf-8")
    hashed = b64encode(sha256(b"\n a = 1\n").digest()).decode()
    assert inline_scripts(page) == (f"'sha256-{hashed}'",)


def test_every_inline_script_of_the_start_page_is_allowed() -> None:
    page = Path(streamlit.__file__).with_name("static") / "index.html"
    written = re.findall(r"<script(?![^>]*\bsrc=)", page.read_text(encoding="utf-8"))
    assert len(inline_scripts(page)) == len(written) > 0


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/proposals", "text/html", 200),
        ("/", "text/html", 200),
        ("/nowhere", "text/html,*/*", 404),
        ("/proposals/more", "text/html", 404),
        ("/nowhere", "*/*", 200),
        ("/_stcore/health", "text/html", 200),
    ],
)
def test_only_what_a_reader_follows_to_no_page_is_refused(path: str, accept: str, status: int) -> None:
    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("the board")(scope, receive, send)

    app = UnknownPages(behind, pages={"", "proposals"}, sorry=lambda: Response("none", 404))
    assert TestClient(app).get(path, headers={"accept": accept}).status_code == status
