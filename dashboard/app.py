"""The frame: sidebar and the page asked for. Started by ``dashboard.asgi``, which writes the style into its head; under
``streamlit run`` the board can be read, but nothing comes ahead and no file is made."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[1])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402 - the project folder must be on the path first

from dashboard import fetch, sidebar, theme  # noqa: E402
from dashboard.navigation import ENTRIES, entry  # noqa: E402
from data_access.errors import DatabaseProblem  # noqa: E402

STATIC = Path(__file__).parent / "static"
mode = sidebar.mode()
shown = st.navigation(sidebar.pages(), position="hidden")
key = shown.url_path or "overview"

st.set_page_config(page_title="人大工作通览", page_icon=str(STATIC / "icon.svg"), layout="wide")
if "dashboard.asgi" not in sys.modules:
    st.html(f"<style>:root{{{theme.variables(mode)}}}</style>")
    st.html(STATIC / "board.css")
try:
    made = fetch.frame()
except DatabaseProblem as problem:
    sidebar.out_of_order(problem)
    st.stop()
sidebar.render(made, entry(key) or ENTRIES[0], mode)
shown.run()
