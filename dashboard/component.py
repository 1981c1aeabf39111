"""The one road from a drawn card to the screen: every click on it comes back as an address."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

STATIC = Path(__file__).parent / "static"
# A new board.js gets a new address, so that no browser keeps the old one.
_VERSION = hashlib.sha256((STATIC / "board.js").read_bytes()).hexdigest()[:10]
_LOADER = f"""
const board = import(new URL("app/static/board.js?v={_VERSION}", document.baseURI));
export default function (api) {{
  board.then((made) => made.render(api));
  return () => board.then((made) => made.leave(api));
}}
"""
_mount = st.components.v2.component("renda_cards", html='<div class="rows"></div>', js=_LOADER, isolate_styles=False)


def cards(
    key: str,
    html: str,
    figures: list[dict[str, Any]],
    lang: str,
    go: Callable[[str], None],
    *,
    follow: tuple[str, str] | None = None,
) -> None:
    """Draw a row of cards in place; a clicked link's address is given to ``go`` before the next run.

    ``follow`` is a token and an address: the browser goes there as if a link in the row had been clicked.
    """

    def report() -> None:
        target = st.session_state[key].get("go")
        if isinstance(target, str):
            go(target)

    _mount(key=key, data={"html": html, "figures": figures, "lang": lang, "follow": follow}, on_go_change=report)
