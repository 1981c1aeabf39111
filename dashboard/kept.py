"""The basket of this session: one value, written here alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.briefing import basket
from dashboard.briefing.basket import Basket
from dashboard.exhibits.exhibit import View
from dashboard.exports.report import BRIEFING


def items() -> Basket:
    """What is in the basket."""
    return tuple(st.session_state.get("basket", ()))


def plain(held: Basket) -> str:
    """What is in a basket as one text, without the notes; empty while nothing is."""
    return basket.write(tuple(replace(item, note="") for item in held)) if held else ""


def holds(held: Basket, page: str, exhibit: str, view: View) -> bool:
    """Whether an exhibit, under the view it is seen in, is in a basket."""
    return bool(held) and basket.holds(held, basket.item_at(page, exhibit, view.link(f"/{page}")))


def asked(page: str, parts: Mapping[str, str]) -> None:
    """Take and change the basket as an address of a page says. A whole basket that was taken before is left, or a way
    back would undo what came since; what changes it is taken out of the address, for it is done once."""
    state, text = st.session_state, parts.get("basket", "")
    if page == BRIEFING and text and text != state.get("basket_asked"):
        state["basket"], faults = basket.read(text)
        state["basket_asked"] = text
        state["faults"] = (*state.get("faults", ()), *faults)
    rest = {name: value for name, value in parts.items() if name not in basket.ONCE}
    if len(rest) == len(parts):
        return
    state["basket"], faults = basket.changed(items(), page, parts)
    state["faults"] = (*state.get("faults", ()), *faults)
    st.query_params.from_dict(rest | ({"basket": basket.write(items())} if page == BRIEFING else {}))
