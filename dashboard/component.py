"""The one road from a drawn card to the screen: every click on it comes back as an address."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
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


def packed(
    html: str, figures: Sequence[Mapping[str, Any]], lang: str, *, follow: tuple[str, str] | None = None
) -> bytes:
    """Cards as they are sent: gzipped JSON, which the browser unpacks; pictures that are kept are kept so.

    ``follow`` is a token and an address: the browser goes there as if a link in the cards had been clicked.
    """
    made = {"html": html, "figures": figures, "lang": lang, "follow": follow}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 5, mtime=0)


def unpacked(data: bytes) -> dict[str, Any]:
    """What ``packed`` made, as the browser reads it."""
    made: dict[str, Any] = json.loads(gzip.decompress(data))
    return made


def show(key: str, data: bytes, go: Callable[[str], None]) -> None:
    """Draw packed cards in place; a clicked link's address is given to ``go`` before the next run."""

    def report() -> None:
        target = st.session_state[key].get("go")
        if isinstance(target, str):
            go(target)

    _mount(key=key, data=data, on_go_change=report)


def cards(key: str, html: str, figures: Sequence[Mapping[str, Any]], lang: str, go: Callable[[str], None]) -> None:
    """Draw cards made for this run alone."""
    show(key, packed(html, figures, lang), go)
