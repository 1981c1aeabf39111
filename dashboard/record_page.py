"""The pages behind the figures: records of a metric, one record's history, and the definitions."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from dashboard import caption, cards, component, fetch, formats, kept
from dashboard.badge import PAGE as QUALITY
from dashboard.badge import mark
from dashboard.exhibits.exhibit import Page, View
from dashboard.exhibits.record_list import ON_SCREEN, Found, body, find, worded, written
from dashboard.page import COPIED, COPY, RANGE, head
from dashboard.sidebar import current_view, faults
from dashboard.sources import STOP, beyond_rows
from dashboard.subjects.definitions import DEFINED, FIELDS, GROUPS, fields, unit
from data_access import lists
from data_access.errors import DatabaseProblem
from data_access.lists.facts import LINES
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.origins import origin
from data_access.text import Lang, Text

SEARCH = Text("搜索", "Search")
SEARCH_RECORDS = Text("按编号、标题、单位搜索", "Search number, title, unit")
SEARCH_METRICS = Text("按名称、编号、定义搜索", "Search name, key, definition")
COUNT = Text("共 {total} 条，第 {a}–{b} 条", "{total} records, {a}–{b} shown")
NONE = Text("共 0 条", "0 records")
NEXT, BEFORE = Text("下一页", "Next"), Text("上一页", "Previous")
NOTHING = Text(
    "没有符合的记录；可换个词，或放宽年份、乡镇。", "Nothing matches; try other words, or widen years or townships."
)
UNKNOWN = Text("没有编号为“{key}”的指标。", "There is no metric “{key}”.")
NO_RECORD = Text(
    "没有找到这条记录，或不在可查看的范围内。", "This record was not found, or lies outside what may be seen."
)
HISTORY = Text("一件始末", "From start to end")
TITLES = ("title", "name", "post", "township_name", "kind")
DATE, STEP, WHO, DETAIL = Text("日期", "Date"), Text("环节", "Step"), Text("单位", "Who"), Text("内容", "Detail")
AHEAD = Text("未到", "ahead")
EVERY = Text("全部指标", "All metrics")
HOME = Text("回到总览", "To the overview")
KINDS = {
    "proposal": Text("议案建议", "Proposal"),
    "supervision_item": Text("监督事项", "Supervision item"),
    "resolution": Text("决议决定", "Resolution"),
    "meeting": Text("会议", "Meeting"),
    "appointment": Text("任免事项", "Appointment"),
    "deputy": Text("代表", "Deputy"),
    "station": Text("联络站点", "Liaison site"),
    "normative_doc": Text("备案文件", "Filed document"),
    "appraisal": Text("述职评议", "Appraisal"),
    "party_support": Text("党委支持事项", "Act of the Party committee"),
    "leader_task": Text("联系重点工作", "Key work"),
    "election": Text("换届选举", "General election"),
    "congress_body": Text("人大机构", "Body of the Congress"),
}


def show_records(page: Page) -> None:
    """The records behind the metric named in the address."""
    view = current_view()
    metric = METRICS.get(st.query_params.get("metric", ""))
    if metric is None:
        _sentence(UNKNOWN(view.lang, key=st.query_params.get("metric", "")), view)
        return
    search, offset = st.query_params.get("q", "")[:100], _offset()
    try:
        found = fetch.kept(
            f"find|{metric.key}|{search}|{offset}|{view.context.key}",
            lambda c: find(c, metric, view, search=search, limit=ON_SCREEN, offset=offset),
        )
    except DatabaseProblem as problem:
        _sentence(problem.say(view.lang), view)
        return
    component.cards("records", _records(page, metric, found, search, offset, view), [], view.lang)


def _offset() -> int:
    text = st.query_params.get("from", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _records(page: Page, metric: Metric, found: Found, search: str, offset: int, view: View) -> str:
    lang, total = view.lang, found.listing.total
    exhibit = page.exhibit(metric.key)
    assert exhibit is not None
    shown = min(offset + ON_SCREEN, total)
    count = COUNT(lang, total=formats.number(total), a=min(offset + 1, total), b=shown) if total else NONE(lang)
    beyond = beyond_rows(metric, origin(view.context, metric), lang)
    nothing = NOTHING(lang) if search or not beyond else beyond[:1].upper() + beyond[1:] + STOP(lang)
    rows = body(found, view, most=ON_SCREEN).html() if total else f'<p class="empty">{escape(nothing)}</p>'
    note = f'<p class="foot">{escape(beyond + STOP(lang))}</p>' if beyond and total else ""
    turn = [(BEFORE, max(offset - ON_SCREEN, 0))] if offset else []
    turn += [(NEXT, shown)] if shown < total else []
    links = " ".join(
        f'<a class="more" href="{escape(view.link("/records", metric=metric.key, q=search, **{"from": to}))}">'
        f"{word(lang)}</a>"
        for word, to in turn
    )
    form = _form("/records", SEARCH_RECORDS(lang), search, view, metric=metric.key)
    menu = cards.bar(cards.downloads(page, exhibit, view, None) + mark([metric], view), view)
    return (
        _head(metric.name(lang), view.link("/records", metric=metric.key), lang)
        + f'<p class="cap">{RANGE(lang)} <b>{escape(caption.range_words(view))}</b><u>|</u>'
        f"{escape(metric.definition(lang))}</p>"
        f'<section class="card c12"><div class="ch"><div>{form}<p>{count}</p></div>{menu}</div>{rows}'
        f"<p>{links}</p>{note}</section>"
    )


def _head(title: str, address: str, lang: Lang) -> str:
    copy = f'<a href="{escape(address)}" data-copy="{COPIED(lang)}">{COPY(lang)}</a>'
    return f'<div class="head"><h1>{escape(title)}</h1><div class="acts">{copy}</div></div>'


def _form(path: str, hint: str, search: str, view: View, **parts: str) -> str:
    """A search box whose words become the ``q`` of an address."""
    action = escape(view.link(path, **parts))
    return (
        f'<form action="{action}" class="find" role="search"><input name="q" maxlength="100" value="{escape(search)}"'
        f' placeholder="{escape(hint)}" aria-label="{escape(hint)}"><button>{SEARCH(view.lang)}</button></form>'
    )


def show_record() -> None:
    """One record's whole history."""
    view = current_view()
    kind, record = st.query_params.get("of", ""), st.query_params.get("id", "")[:80]
    if kind not in lists.HISTORIES:
        _sentence(NO_RECORD(view.lang), view)
        return
    try:
        steps, facts = fetch.kept(f"history|{kind}|{record}|{view.context.key}", lambda c: _told(c, kind, record, view))
    except DatabaseProblem as problem:
        _sentence(problem.say(view.lang), view)
        return
    if steps.empty:
        _sentence(NO_RECORD(view.lang), view)
        return
    component.cards("record", _history(kind, record, steps, facts, view), [], view.lang)


def _told(connection: Connection, kind: str, record: str, view: View) -> tuple[pd.DataFrame, Found]:
    """A record's history and the facts on it, with the words of their codes."""
    steps = lists.history(connection, kind, record, view.context)
    return steps, worded(connection, lists.facts(connection, kind, record, view.context), view)


def _history(kind: str, record: str, steps: pd.DataFrame, facts: Found, view: View) -> str:
    lang = view.lang
    known = _facts(facts, lang)
    title = next((known[name] for name in TITLES if name in known), record)
    lines = "".join(_step(step, lang) for step in steps.itertuples())
    headers = facts.listing.headers
    rows = "".join(f"<dt>{escape(headers[name](lang))}</dt><dd>{escape(words)}</dd>" for name, words in known.items())
    past = f'<div class="ch"><h2>{HISTORY(lang)}</h2></div><ol class="past">{lines}</ol>'
    # What is counted from such records stands on the same tables.
    quality = mark([metric for metric in METRICS.values() if metric.rows == LINES[kind]], view)
    now = f'<div class="ch"><h2>{KINDS[kind](lang)}</h2>{cards.bar(quality, view)}</div><dl class="facts">{rows}</dl>'
    cards_ = f'<section class="card c7">{past}</section><section class="card c5">{now}</section>'
    return f'{_head(title, view.record(kind, record), lang)}<div class="grid told">{cards_}</div>'


def _facts(facts: Found, lang: Lang) -> dict[str, str]:
    """What is on record, in words, without what is not."""
    if facts.listing.rows.empty:
        return {}
    row = facts.listing.rows.iloc[0]
    told = {name: written(facts, name, row[name], lang) for name in facts.listing.headers}
    return {name: words for name, words in told.items() if words != formats.MISSING}


def _step(step: Any, lang: Lang) -> str:
    ahead = bool(step.is_future)
    chip = f' <i class="chip q">{AHEAD(lang)}</i>' if ahead else ""
    note = " · ".join(part for part in (step.who, step.detail(lang)) if part)
    return (
        f'<li class="{"coming" if ahead else ""}"><time>{formats.day(step.date)}</time>'
        f'<div><b>{escape(step.event(lang))}</b>{chip}<span class="m">{escape(note)}</span></div></li>'
    )


def show_definitions(page: Page) -> None:
    """Every metric in words; those named in the address alone, or those that match the search."""
    view = current_view()
    lang = view.lang
    search = st.query_params.get("q", "")[:100]
    known = {metric.key for metrics in DEFINED.values() for metric in metrics}
    asked = [key for key in st.query_params.get("metrics", "").split("_") if key in known]
    parts = []
    for subject, metrics in DEFINED.items():
        chosen = [m for m in metrics if (not asked or m.key in asked) and _matches(m, search, lang)]
        if chosen:
            inner = "".join(_definition(metric, view) for metric in chosen)
            parts.append(
                f'<section class="card c12"><div class="ch"><h2>{GROUPS[subject](lang)}</h2></div>{inner}</section>'
            )
    every = f'<a href="{escape(view.link("/definitions"))}">{EVERY(lang)}</a>' if asked or search else ""
    find = f'<div class="findrow">{_form("/definitions", SEARCH_METRICS(lang), search, view)}{every}</div>'
    found = "".join(parts) or f'<p class="empty">{NOTHING(lang)}</p>'
    top = head(page, view, faults(), kept.items())
    component.cards("definitions", f'<div class="deflist">{top}{find}{found}</div>', [], lang)


def _matches(metric: Metric, search: str, lang: Lang) -> bool:
    words = f"{metric.key} {metric.name.zh} {metric.name.en} {metric.definition(lang)} {metric.source(lang)}"
    return search.lower() in words.lower()


def _definition(metric: Metric, view: View) -> str:
    lang = view.lang
    rows = "".join(
        f"<dt>{name(lang)}</dt><dd>{escape(value)}</dd>"
        for name, value in zip(FIELDS, fields(metric, lang), strict=True)
        if value
    )
    shown = view.link("/records", metric=metric.key) if metric.key in METRICS else view.link(QUALITY)
    return (
        f'<article class="def" id="{metric.key}"><h3><a href="{escape(shown)}">'
        f"{escape(metric.name(lang))}</a> <small>{escape(unit(metric, lang))} · {metric.key}</small></h3>"
        f"<dl>{rows}</dl></article>"
    )


def _sentence(words: str, view: View) -> None:
    back = f'<a href="{escape(view.link("/overview"))}">{HOME(view.lang)}</a>'
    html = f'<section class="card c12"><p class="empty">{escape(words)} {back}</p></section>'
    component.cards("sentence", html, [], view.lang)
