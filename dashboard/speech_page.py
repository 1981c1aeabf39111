"""The page that checks a draft: the boxes a draft comes in by, and what was found in it."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import caption, component, fetch
from dashboard.exhibits.exhibit import Page, View
from dashboard.page import AS_OF, COUNTING, RANGE
from dashboard.sidebar import current_view, faults
from dashboard.speech_check import guide, screen
from dashboard.speech_check.checking import check
from dashboard.speech_check.drafts import DraftProblem, read_docx, within_length
from dashboard.speech_check.verdicts import Checked
from data_access.engine import reading
from data_access.errors import DatabaseProblem
from data_access.text import Text

PASTE = Text("粘贴讲稿", "Paste a draft")
HINT = Text("把讲稿或其中一段粘贴在这里……", "Paste the draft or a part of it here …")
LOAD = Text("或选一个 DOCX 文件（读后即弃）", "or choose a DOCX file (read once and dropped)")
CHECK = Text("核对", "Check")
CLEAR = Text("清空", "Clear")
LARGEST_MB = 5
TEXT, FAULT, ROUND = "draft", "draft_fault", "draft_round"


def show_speech_check(page: Page) -> None:
    """Take a draft and show what its numbers are."""
    view = current_view()
    component.cards("head", _head(page, view), [], view.lang)
    _boxes(view)
    fault = st.session_state.get(FAULT)
    text = st.session_state.get(TEXT) or ""
    if fault is None and text.strip():
        try:
            html = screen.results(page, _checked(text, view), view)
        except DatabaseProblem as problem:
            html = _notice(problem.sentence, view)
    else:
        html = (_notice(fault, view) if fault else "") + guide.explained(view.lang)
    component.cards("found", f'<div class="grid">{html}</div>', [], view.lang)


def _boxes(view: View) -> None:
    """The text box, the file box and two buttons, sent together."""
    lang = view.lang
    # The key tells the style sheet which language the file box is to speak.
    with st.container(key=f"draft_{lang}"), st.form("draft_form", border=False):
        st.text_area(PASTE(lang), key=TEXT, height=220, placeholder=HINT(lang), persist_state="session")
        # Another round gives the file box another name, and Streamlit drops the file it held.
        st.file_uploader(LOAD(lang), key=f"draft_file_{st.session_state.get(ROUND, 0)}", max_upload_size=LARGEST_MB)
        with st.container(horizontal=True):
            st.form_submit_button(CHECK(lang), type="primary", key="draft_check", on_click=_take)
            st.form_submit_button(CLEAR(lang), key="draft_clear", on_click=_clear)


def _take() -> None:
    """Read what was handed over; a file goes before the text box and is dropped at once."""
    state = st.session_state
    file = state.get(f"draft_file_{state.get(ROUND, 0)}")
    state[FAULT] = None
    try:
        state[TEXT] = read_docx(file.getvalue()) if file else within_length(state.get(TEXT) or "")
    except DraftProblem as problem:
        state[FAULT] = problem.sentence
        state[TEXT] = ""
    state[ROUND] = state.get(ROUND, 0) + 1


def _clear() -> None:
    state = st.session_state
    state[TEXT], state[FAULT], state[ROUND] = "", None, state.get(ROUND, 0) + 1


def _checked(text: str, view: View) -> Checked:
    """Asked anew each time and kept nowhere: a key of the cache would hold the draft."""
    made = fetch.frame()
    with reading(fetch.engine()) as connection:
        return check(connection, text, view, made)


def _head(page: Page, view: View) -> str:
    lang, said = view.lang, caption.describe(page, view)
    parts = [(RANGE, said.range), (AS_OF, said.data_as_of), (COUNTING, said.counting)]
    line = "<u>|</u>".join(f"{name(lang)} <b>{escape(words)}</b>" for name, words in parts)
    notices = "".join(_notice(text, view) for text in faults())
    return f'<div class="head"><h1>{escape(page.title(lang))}</h1></div><p class="cap">{line}</p>{notices}'


def _notice(sentence: Text, view: View) -> str:
    return f'<p class="notice c12" role="alert">{escape(sentence(view.lang))}</p>'
