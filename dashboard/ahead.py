"""Sidebar and cards of an address before Streamlit's own run: ``/board/<mode>/<page>?<the page's query>``.

The browser asks while Streamlit's frontend is still on its way, and draws what it gets; what Streamlit sends then is
the same, from the same cache. Streamlit stays the owner of the view, the address and the session: of the session only
the basket shows in cards, and it comes with the question.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import fetch, navigation
from dashboard.briefing import basket
from dashboard.briefing_page import around
from dashboard.exports.report import BRIEFING
from dashboard.page import HEAD, opening, packed_rows, rows_name
from dashboard.sidebar import MENU, frame_parts, understood
from dashboard.sidebar import packed as packed_menu
from dashboard.theme import Mode
from data_access.errors import RendaError

MODES = ("light", "dark")
# These draw more than the rows of their exhibits, or other things.
NOT_AHEAD = frozenset(("speech_check", "definitions", "import", "records", "record"))
HELD = "X-Basket"  # what is in the reader's basket, as the menu says it

Parts = list[tuple[str, bytes]]  # components by name, as they are sent


def cards(request: Request) -> Response:
    """Sidebar and cards of a page, or 204 where Streamlit alone can say what there is to say."""
    mode, page = request.path_params["mode"], request.path_params["page"]
    query = dict(request.query_params)
    try:
        held, _ = basket.read(unquote(request.headers.get(HELD, "")))
        held, _ = basket.changed(held, page, query)
        sent = parts(page, query, cast(Mode, mode), held) if mode in MODES else []
    except RendaError:
        sent = []
    plain = {"Cache-Control": "no-store"}
    return Response(framed(sent), 200, plain, "application/octet-stream") if sent else Response(None, 204, plain)


def parts(key: str, query: dict[str, str], mode: Mode, held: basket.Basket) -> Parts:
    """The sidebar and a page's components as Streamlit's run sends them. The sidebar alone where the page is not drawn
    ahead or one of its exhibits fails: a failure is said once, by the page.

    Raises:
        RendaError: The database cannot answer.
    """
    here = navigation.entry(key)
    if here is None or "basket" in query:  # which basket the session then has, the run knows
        return []
    made = fetch.frame()
    view, said = understood(made, frame_parts(here, query), mode)
    menu = (MENU, packed_menu(made, here, view, query, held))
    # A basket's exhibits stand below the briefing, with notes that the question does not bring.
    if key in NOT_AHEAD or (key == BRIEFING and held):
        return [menu]
    page = fetch.page(key)
    view = page.adapt(view, query | ({"basket": basket.EMPTY} if key == BRIEFING else {}))
    top, is_all = opening(page, view, said, held)
    if is_all:
        return [menu]
    rows, is_whole = packed_rows(page, view, held)
    if not is_whole:
        return [menu]
    sent = [(HEAD, top), (rows_name(page), rows)]
    if key == BRIEFING:
        above, below = around(page, view, held)
        sent = [sent[0], above, sent[1], below]
    return [menu, *sent]


def framed(sent: Sequence[tuple[str, bytes]]) -> bytes:
    """One line of JSON with the names and lengths of the components, then what each holds."""
    line = json.dumps([(name, len(data)) for name, data in sent])
    return b"\n".join((line.encode(), b"".join(data for _, data in sent)))


routes = [Route("/board/{mode}/{page}", cards, methods=["GET"])]
