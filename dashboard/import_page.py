"""The import page: the door, a file's way from upload to import, the last import taken back, and the log."""

from __future__ import annotations

from functools import cache, partial
from html import escape
from typing import Any

import streamlit as st

from dashboard import component, fetch
from dashboard.exhibits.exhibit import Page
from dashboard.importing import screen, words, work
from dashboard.importing.door import Door
from dashboard.settings import Settings, settings
from dashboard.sidebar import current_view
from data_access.engine import is_same_place, reading
from data_access.importing import Outcome
from data_access.importing.files import LARGEST_FILE
from data_access.importing.log import imports
from data_access.importing.problems import ERROR, WARNING, Problem
from data_access.tables import TABLES
from data_access.text import Lang, Text

WHO, UPLOAD, WORK, OUTCOME, SAID = "import_who", "import_upload", "import_work", "import_outcome", "import_said"
SURE, ROUND, DOOR = "import_sure", "import_round", "import_door"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@cache
def door() -> Door:
    """The one door of this process."""
    return Door()


def show_import(page: Page) -> None:
    """Draw what the clerk can do now."""
    chosen, lang = settings(), current_view().lang
    counting = f'<p class="cap">{escape(page.counting(lang))}</p>'
    _html("head", f'<div class="head"><h1>{escape(page.title(lang))}</h1></div>{counting}', lang)
    if not chosen.import_database_url:
        told = "".join(f"<li>{escape(sentence(lang))}</li>" for sentence in words.HOW[1:])
        body = f'<p class="foot">{escape(words.HOW[0](lang))}</p><ul class="foot">{told}</ul>'
        _html("how", f'<div class="grid">{screen.card(words.NOT_SET(lang), "", body)}</div>', lang)
    elif not is_same_place(chosen.import_database_url, chosen.database_url):
        _html("how", screen.notice(words.NOT_SAME(lang)), lang)
    elif not st.session_state.get(WHO):
        _enter(lang)
    else:
        _inside(chosen, lang)


def _html(key: str, html: str, lang: Lang) -> None:
    component.cards(f"import_{key}", html, [], lang)


def _enter(lang: Lang) -> None:
    with st.container(key=f"upload_{lang}"), st.form("import_enter", border=False):
        st.html(f"<b>{words.ENTER_TITLE(lang)}</b>")
        st.text_input(words.NAME(lang), key="import_name", max_chars=40, autocomplete="name")
        st.text_input(words.CODE(lang), key="import_code", type="password", max_chars=200, autocomplete="off")
        st.form_submit_button(words.ENTER(lang), type="primary", key="import_in", on_click=_let_in)
    if refusal := st.session_state.pop(DOOR, None):
        _html("door", screen.notice(refusal(lang)), lang)


def _let_in() -> None:
    """The code is looked at once and stays nowhere."""
    state = st.session_state
    given, name = state.get("import_code") or "", (state.get("import_name") or "").strip()
    state["import_code"] = ""
    if not name:
        state[DOOR] = words.NO_NAME
    elif refusal := door().refusal(given, settings().import_code):
        state[DOOR] = refusal
    else:
        state[WHO] = name


def _inside(chosen: Settings, lang: Lang) -> None:
    state = st.session_state
    running = state.get(WORK)
    if running is not None and not running.ended.is_set():
        _progress()
        return
    if running is not None:
        _ended(state.pop(WORK))
    if said := state.get(SAID):
        _html("said", screen.notice(said(lang)), lang)
    outcome = state.get(OUTCOME)
    if outcome is None:
        _templates(chosen, lang)
        _choose(lang)
    else:
        _found(outcome, lang)
    _log(lang)


@st.fragment(run_every=0.5)
def _progress() -> None:
    running, lang = st.session_state.get(WORK), current_view().lang
    if running is None or running.ended.is_set():
        st.rerun()
    share = f"{running.share:.0%}" if running.count else ""
    st.progress(running.share, text=words.BUSY(lang, what=running.what(lang), share=share))


def _ended(done: work.Work) -> None:
    """Keep what came of a task, and say it."""
    state = st.session_state
    state[SAID] = done.refusal
    if done.refusal is not None:
        if done.task.name == "check":
            _drop(said=done.refusal)
    elif done.task.name == "take_back":
        number, name = done.made
        state[SAID] = words.TAKEN_BACK.filled(n=number, name=name)
    elif done.task.name == "check":
        state[OUTCOME] = done.made
    elif done.made.number:
        _drop(said=_imported(done.made))
    elif done.made.is_refused:
        state[OUTCOME], state[SAID] = done.made, words.CHANGED_MEANWHILE
    else:
        _drop(said=words.NOTHING)


def _imported(outcome: Outcome) -> Text:
    made = outcome.plan.changes
    deleted = sum(map(len, outcome.plan.deleted.values()))
    new, changed = sum(change.new for change in made), sum(change.changed for change in made)
    return words.DONE.filled(n=outcome.number, new=f"{new:,}", changed=f"{changed:,}", deleted=f"{deleted:,}")


def _templates(chosen: Settings, lang: Lang) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="import_templates"):
        st.html(f"<b>{words.TEMPLATE(lang)}</b>", width="content")
        for kind, name in words.KINDS.items():
            st.download_button(
                name(lang),
                partial(work.template, kind, chosen.database_url),
                file_name=f"模板-{name.zh}.xlsx",
                mime=XLSX,
                key=f"import_template_{kind}",
                on_click="ignore",
            )
        st.html(f"<span>{escape(words.WHO(lang, who=st.session_state[WHO]))}</span>", width="content")
        st.button(words.LEAVE(lang), key="import_leave", type="tertiary", on_click=_leave)


def _choose(lang: Lang) -> None:
    """The box for a file, and what has to be said of it."""
    tables = ["", *TABLES]
    with st.container(key=f"upload_{lang}"), st.form("import_form", border=False):
        st.file_uploader(
            words.FILE(lang),
            key=f"import_file_{st.session_state.get(ROUND, 0)}",
            max_upload_size=LARGEST_FILE // 2**20,
        )
        with st.container(horizontal=True):
            st.selectbox(
                words.TABLE(lang),
                tables,
                key=f"import_table_{lang}",
                format_func=lambda name: screen.title(name, lang) if name else words.BY_NAME(lang),
                filter_mode=None,
            )
            st.selectbox(
                words.ENCODING(lang),
                list(words.ENCODINGS),
                key=f"import_encoding_{lang}",
                format_func=lambda name: words.ENCODINGS[name](lang),
                filter_mode=None,
            )
        st.checkbox(words.MISSING(lang), key="import_missing")
        st.form_submit_button(words.CHECK(lang), type="primary", key="import_check", on_click=_check, args=(lang,))


def _check(lang: Lang) -> None:
    state = st.session_state
    file = state.get(f"import_file_{state.get(ROUND, 0)}")
    if file is None:
        state[SAID] = words.NO_FILE
        return
    _drop()
    state[UPLOAD] = work.uploaded(
        file.name,
        file.getvalue(),
        table=state.get(f"import_table_{lang}") or "",
        encoding=state.get(f"import_encoding_{lang}") or "utf-8",
        delete_missing=bool(state.get("import_missing")),
    )
    state[WORK] = work.checking(settings().import_database_url, state[UPLOAD])


def _found(outcome: Outcome, lang: Lang) -> None:
    """What a checked file would do, what is wrong in it, and the way on."""
    upload, plan = st.session_state[UPLOAD], outcome.plan
    _html("changes", f'<div class="grid">{screen.changes(outcome, upload.asked.name, lang)}</div>', lang)
    chosen = _filtered(plan.problems, lang) if plan.problems else []
    _html("problems", f'<div class="grid">{screen.problems(outcome, chosen, lang)}</div>', lang)
    is_ready = not plan.errors and not plan.is_empty
    with st.container(key="import_go"):
        if is_ready and plan.warnings:
            is_ready = st.checkbox(words.ACCEPT(lang), key="import_accept")
        with st.container(horizontal=True):
            st.button(words.IMPORT(lang), type="primary", key="import_do", disabled=not is_ready, on_click=_import)
            if plan.problems:
                st.download_button(
                    words.MARKED(lang),
                    partial(work.marked_copy, upload, outcome),
                    file_name=f"{upload.asked.path.stem}-核对.xlsx",
                    mime=XLSX,
                    key="import_marked",
                    on_click="ignore",
                )
            st.button(words.DROP(lang), key="import_drop", on_click=_drop)


def _filtered(problems: tuple[Problem, ...], lang: Lang) -> list[Problem]:
    """The problems of the degree and sheet chosen that hold the words searched for."""
    sheets = list(dict.fromkeys(problem.sheet for problem in problems))
    degrees = {"": words.ALL, "error": ERROR, "warning": WARNING}
    with st.container(horizontal=True, key="import_filter"):
        degree = st.selectbox(
            words.DEGREE(lang),
            list(degrees),
            key=f"import_degree_{lang}",
            format_func=lambda name: degrees[name](lang),
            filter_mode=None,
        )
        sheet = st.selectbox(
            words.SHEET(lang),
            ["", *sheets],
            key=f"import_sheet_{lang}",
            format_func=lambda name: name or words.ALL(lang),
            filter_mode=None,
        )
        find = (st.text_input(words.FIND(lang), key="import_find", max_chars=60) or "").strip().casefold()

    def is_wanted(problem: Problem) -> bool:
        text = " ".join((str(problem.row), problem.column, problem.value, problem.words(lang), problem.advice(lang)))
        is_of_degree = not degree or (degree == "error") == problem.is_error
        return is_of_degree and (not sheet or problem.sheet == sheet) and find in text.casefold()

    return [problem for problem in problems if is_wanted(problem)]


def _import() -> None:
    state = st.session_state
    is_accepted = bool(state.get("import_accept"))
    state[SAID] = None
    state[WORK] = work.importing(
        settings().import_database_url,
        state[UPLOAD],
        who=state[WHO],
        accept_warnings=is_accepted,
        after=fetch.renew,
    )


def _drop(said: Text | None = None) -> None:
    """Give up the file at hand; another round gives its box another name, and Streamlit drops what that held."""
    state = st.session_state
    if upload := state.pop(UPLOAD, None):
        upload.drop()
    for key in (OUTCOME, "import_accept", "import_find"):
        state.pop(key, None)
    state[SAID], state[ROUND] = said, state.get(ROUND, 0) + 1


def _leave() -> None:
    _drop()
    st.session_state.pop(WHO, None)


def _log(lang: Lang) -> None:
    with reading(fetch.engine()) as connection:
        rows = imports(connection)
    last = next((row for row in rows if row.undone_at is None), None)
    if last is not None:
        _undo(last, lang)
    _html("log", f'<div class="grid">{screen.log(rows, lang)}</div>', lang)


def _undo(last: Any, lang: Lang) -> None:
    """The last import is taken back only after a second click, beside which it is named."""
    state = st.session_state
    if state.get(SURE) != last.id:
        st.button(words.UNDO(lang), key="import_undo", on_click=lambda: state.update({SURE: last.id}))
        return
    at = f"{last.made_at:%Y-%m-%d %H:%M}"
    _html("sure", screen.notice(words.SURE(lang, n=last.id, name=last.file_name, who=last.who, at=at)), lang)
    with st.container(horizontal=True):
        st.button(words.YES(lang), type="primary", key="import_undo_yes", on_click=_take_back)
        st.button(words.NO(lang), key="import_undo_no", on_click=lambda: state.pop(SURE, None))


def _take_back() -> None:
    state = st.session_state
    state.pop(SURE, None)
    state[SAID] = None
    state[WORK] = work.undoing(settings().import_database_url, who=state[WHO], after=fetch.renew)
