"""The server's application: Streamlit's App with the addresses of exports, compression and security headers."""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from streamlit import config
from streamlit.runtime import get_instance

from dashboard import ahead, basemap, component, deck_gl
from dashboard.exports.routes import broken, routes, sorry
from dashboard.navigation import ENTRIES
from dashboard.rehearsal import rehearse
from dashboard.settings import ROOT, Settings, settings
from dashboard.speech_page import LARGEST_MB
from dashboard.web import PageHead, SecurityHeaders, StaticFiles, UnknownPages, inline_scripts
from data_access.errors import RendaError
from data_access.importing.files import LARGEST_FILE
from data_access.text import Text

LOG = logging.getLogger(__name__)
INDEX = Path(st.__file__).with_name("static") / "index.html"
NO_PAGE = Text("没有这个页面", "No such page")
UNKNOWN_PAGE = Text(
    "地址有误，或页面已改名。请回到总览，从左侧目录进入。 There is no page at this address; the overview leads to all.",
    "There is no page at this address; the overview leads to all.",
)
STOPPED = Text(
    "本页暂时无法显示，请刷新重试。若仍不行，请把编号 {code} 告诉信息技术同事。",
    "This page cannot be shown just now; please reload it. If that does not help, tell your IT colleague code {code}.",
)


def make(chosen: Settings) -> st.App:
    """The application, with Streamlit told the address that readers use."""
    made = st.App(
        ROOT / "dashboard" / "app.py",
        lifespan=warm,
        on_script_error=say_sorry,
        routes=[*routes, *ahead.routes, *basemap.routes, *deck_gl.routes],
        exception_handlers={Exception: broken},
        middleware=[
            Middleware(SecurityHeaders, scripts=inline_scripts(INDEX), tiles=basemap.server(chosen)),
            Middleware(UnknownPages, pages={"", *(entry.key for entry in ENTRIES)}, sorry=no_page),
            Middleware(PageHead, more=component.early(), last=component.late()),
            Middleware(StaticFiles),
        ],
    )
    public = urlsplit(chosen.public_url)
    for option, value in {
        "server.address": chosen.host,
        "server.port": chosen.port,
        "browser.serverAddress": public.hostname,
        # Large files are taken only where somebody may import them.
        "server.maxUploadSize": LARGEST_FILE // 2**20 if chosen.import_database_url else LARGEST_MB,
        "browser.serverPort": public.port or (443 if public.scheme == "https" else 80),
    }.items():
        config.set_option(option, value)
    return made


def no_page() -> HTMLResponse:
    """The answer to an address that is no page of the board."""
    return sorry(RendaError(UNKNOWN_PAGE), "zh", 404, title=NO_PAGE)


def say_sorry(problem: Exception) -> bool:
    """The log gets the whole error, a reader one sentence and its code, in place of Streamlit's English box."""
    code = secrets.token_hex(3)
    LOG.error("The board stopped, code %s", code, exc_info=problem)
    st.html(f'<p class="empty">{STOPPED("zh", code=code)}</p><p class="empty" lang="en">{STOPPED("en", code=code)}</p>')
    return True


def largest_message() -> int:
    """Bytes a websocket message may have."""
    return int(config.get_option("server.maxMessageSize")) * 1_000_000


@asynccontextmanager
async def warm(_app: Any) -> AsyncIterator[None]:
    """Runs the board once, unseen, then draws its pages ahead: first readers wait for no import and no statement."""
    stop = threading.Event()
    first_run = asyncio.create_task(_run_once(stop))
    yield
    stop.set()
    first_run.cancel()


async def _run_once(stop: threading.Event) -> None:
    is_well, _ = await get_instance().does_script_run_without_error()
    if not is_well:
        LOG.warning("The board's first run ended in an error; a reader will see what it says.")
        return
    try:
        await asyncio.to_thread(rehearse, stop)
    except RendaError as problem:
        LOG.warning("Not every page was drawn ahead: %s", problem)


app = make(settings())
