"""The basket of this session: one value, written here alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.briefing import basket
from dashboard.briefing.basket import Basket
from dashboard.exhibits.exhibit import View
from data_access.text import Text

FULL = Text("简报篮已满 {most} 项，先移出一项再加入。", "The basket is full ({most} items); take one out first.")


def items() -> Basket:
    """What is in the basket."""
    return tuple(st.session_state.get("basket", ()))


def plain(held: Basket) -> str:
    """What is in a basket as one text, without the notes; empty while nothing is."""
    return basket.write(tuple(replace(item, note="") for item in held)) if held else ""


def holds(held: Basket, page: str, exhibit: str, view: View) -> bool:
    """Whether an exhibit, under the view it is seen in, is in a basket."""
    return bool(held) and basket.holds(held, basket.item_at(page, exhibit, view.link(f"/{page}")))


def put(page: str, exhibit: str, address: str) -> None:
    """Put the exhibit seen at an address into the basket."""
    state, held = st.session_state, items()
    item = basket.item_at(page, exhibit, address)
    state["basket"] = basket.put(held, item)
    if basket.exhibit_of(page, exhibit) is not None and not basket.holds(state["basket"], item):
        state["faults"] = (*state.get("faults", ()), FULL.filled(most=basket.MOST))


def asked(parts: Mapping[str, str]) -> None:
    """Take the basket of an address. One that was taken before is left, or a way back would undo what came since."""
    state, text = st.session_state, parts.get("basket", "")
    if text and text != state.get("basket_asked"):
        state["basket"], faults = basket.read(text)
        state["basket_asked"] = text
        state["faults"] = (*state.get("faults", ()), *faults)
