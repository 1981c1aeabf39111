"""The one road from a drawn card to the screen."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.theme import variables

STATIC = Path(__file__).parent / "static"
# board.js imports the others, map.js only where there is a map.
SCRIPTS = ("board.js", "ahead.js", "alter.js", "clicks.js", "drawing.js", "filters.js", "map.js", "words.js")


def address(file: str, *more: str) -> str:
    """Where a file of ours is found, seen from the root. A new one, or new ``more`` that come with it, gets a new
    address, so that no browser keeps the old."""
    whole = b"".join((STATIC / name).read_bytes() for name in (file, *more))
    return f"app/static/{file}?v={hashlib.sha256(whole).hexdigest()[:10]}"


BOARD = address(*SCRIPTS)
_LOADER = f"""
const board = import(new URL("{BOARD}", document.baseURI));
export default function (api) {{
  board.then((made) => made.render(api));
  return () => board.then((made) => made.leave(api));
}}
"""
_mount = st.components.v2.component("renda_cards", html='<div class="rows"></div>', js=_LOADER, isolate_styles=False)


def early() -> str:
    """What the head of a page names, so that its cards are drawn before Streamlit has come to them: style sheet,
    colours, scripts."""
    version = BOARD.rpartition("?")[2]
    beside = "".join(f'<link rel="modulepreload" href="/app/static/{name}?{version}">' for name in SCRIPTS[1:])
    colours = f":root{{{variables('light')}}}@media(prefers-color-scheme:dark){{:root{{{variables('dark')}}}}}"
    return (
        f'<script type="module" async src="/{BOARD}" data-opens></script>{beside}'
        f'<link rel="stylesheet" href="/{address("board.css")}"><style>{colours}</style>'
    )


def late() -> str:
    """What the end of a page names: its style sheet once more, behind the styles Streamlit writes into the head."""
    return f'<link rel="stylesheet" href="/{address("board.css")}">'


def packed(html: str, figures: Sequence[Mapping[str, Any]], lang: str) -> bytes:
    """Cards as they are sent: gzipped JSON, which the browser unpacks; pictures that are kept are kept so."""
    made = {"html": html, "figures": figures, "lang": lang}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 5, mtime=0)


def unpacked(data: bytes) -> dict[str, Any]:
    """What ``packed`` made, as the browser reads it."""
    made: dict[str, Any] = json.loads(gzip.decompress(data))
    return made


def show(key: str, data: bytes) -> None:
    """Draw packed cards in place."""
    _mount(key=key, data=data)


def cards(key: str, html: str, figures: Sequence[Mapping[str, Any]], lang: str) -> None:
    """Draw cards made for this run alone."""
    show(key, packed(html, figures, lang))
