"""show(): lays a page out, keeps one failing exhibit from touching the others, routes every click."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Mapping
from html import escape
from operator import itemgetter
from typing import TypeVar

import streamlit as st

from dashboard import caption, cards, component, fetch, kept, lacking, tables
from dashboard.briefing.basket import Basket
from dashboard.exhibits.exhibit import Exhibit, Page, View, exhibits_of
from dashboard.exports import FORMATS
from dashboard.exports.preflight import ready, unavailable
from dashboard.exports.report import BRIEFING
from dashboard.sidebar import current_view, faults
from data_access.errors import RendaError
from data_access.text import Text

log = logging.getLogger(__name__)
T = TypeVar("T")

FAILED = Text(
    "这张图暂时无法显示，其余数据不受影响。请把编号 {code} 告诉信息技术同事。",
    "This chart cannot be shown just now; the others are not affected. Please give code {code} to your IT colleague.",
)
RANGE = Text("范围", "Range")
AS_OF = Text("数据截至", "Data as of")
COUNTING = Text("口径", "Counting")
RECORDS = Text("记录", "Records")
COPY = Text("复制本页链接", "Copy link")
COPIED = Text("已复制", "Copied")
EXPORT = Text("导出本页", "Export page")
CLEAR = Text("取消此项筛选", "Remove this filter")
BASKET = Text("简报篮 {n}", "Basket {n}")
MAKING = Text("正在生成 {form}… 已用 {{s}} 秒", "Making the {form} … {{s}} s")
READ = Text("已取数 {n}/{m} 张图表", "{n} of {m} exhibits read")
DRAWN = Text("已画 {n}/{m} 张图", "{n} of {m} charts drawn")
MADE = Text("{form} 已生成。", "The {form} is made.")
READING = Text("正在读取：{name}…", "Reading: {name} …")

HEAD = "head"


def show(page: Page, parts: Mapping[str, str] | None = None, *, after_head: Callable[[], None] = lambda: None) -> None:
    """Draw a page under the current view; ``parts`` stand for those of the address."""
    view = page.adapt(current_view(), st.query_params.to_dict() if parts is None else parts)
    top, is_all = opening(page, view, faults(), kept.items())
    component.show(HEAD, top)
    after_head()
    if is_all:
        return
    status = st.empty()
    is_said = st.session_state.get("shown") != page.key and announce(status, page, view)
    component.show(rows_name(page), packed_rows(page, view, kept.items())[0])
    if is_said:
        status.empty()
    st.session_state["shown"] = page.key
    if panel := st.query_params.get("panel"):
        open_table(page, panel, view)


def announce(status: st.delta_generator.DeltaGenerator, page: Page, view: View) -> bool:
    """Say what is being fetched while a page opens for the first time, and whether anything is."""
    waiting = [e for e in page.exhibits() if not fetch.is_kept(fetch.picture_key(page.key, e, view))]
    if waiting:
        name = READING(view.lang, name="、".join(e.name(view.lang) for e in waiting))
        status.html(f'<p class="reading" role="status">{escape(name)}</p>')
    return bool(waiting)


def rows_name(page: Page) -> str:
    """The name of the component that draws a page's rows."""
    return f"rows_{page.key}"


def opening(page: Page, view: View, said: tuple[Text, ...], held: Basket) -> tuple[bytes, bool]:
    """The head of a page as it is sent, and whether there is nothing else to show."""

    def make() -> tuple[bytes, bool]:
        notice, is_all = lacking.notice(page, view)
        return component.packed(head(page, view, said, held, notice), [], view.lang), is_all

    return fetch.once(f"head|{page.key}|{view.key}|{said}|{held}|{ready().faults}", make)


def packed_rows(page: Page, view: View, held: Basket) -> tuple[bytes, bool]:
    """The rows of a page as they are sent to a reader with that basket, one message to the browser, and whether they
    are whole: kept unless an exhibit has failed."""
    marked = [exhibit.key for exhibit in page.exhibits() if kept.holds(held, page.key, exhibit.key, view)]

    def make() -> tuple[bytes, bool]:
        made = [
            [drawn(page, exhibit, view, span, held) for exhibit, span in zip(exhibits_of(row), spans, strict=True)]
            for row, spans in zip(page.rows, map(page.spans, range(len(page.rows))), strict=True)
        ]
        html = "".join(f'<div class="grid">{"".join(card.html for card in row)}</div>' for row in made)
        cells = [card for row in made for card in row]
        data = component.packed(html, [figure for card in cells for figure in card.figures], view.lang)
        return data, not any(card.is_fault for card in cells)

    key = f"rows|{page.key}|{marked}|{ready().faults}|{view.key}"
    return fetch.once(key, make, is_kept=itemgetter(1))


def drawn(page: Page, exhibit: Exhibit, view: View, span: int, held: Basket) -> cards.Drawn:
    """An exhibit's card for a reader with that basket, or its own sentence when it fails."""

    def card() -> cards.Drawn:
        picture = fetch.picture(page.key, exhibit, view)
        return cards.card(page, exhibit, picture, view, span, is_kept=kept.holds(held, page.key, exhibit.key, view))

    return attempted(card, page, exhibit, view, span)


def attempted(make: Callable[[], T], page: Page, exhibit: Exhibit, view: View, span: int) -> T | cards.Drawn:
    """What is made for an exhibit, or the card that says why it cannot be."""
    try:
        return make()
    except RendaError as problem:
        return cards.fault(exhibit, problem.say(view.lang), view, page, span)
    except Exception:  # the only broad one: whatever breaks in one exhibit must not take the page with it
        code = secrets.token_hex(3)
        log.exception("Exhibit %s.%s failed, code %s", page.key, exhibit.key, code)
        return cards.fault(exhibit, FAILED(view.lang, code=code), view, page, span)


def head(page: Page, view: View, said: Iterable[Text], held: Basket, notice: str = "") -> str:
    """Title, page actions, the one line of range, date and counting rules, chips of clicked filters, notices.

    ``said`` is said of the address, ``notice`` of what the page cannot show for want of a table.
    """
    words = caption.describe(page, view)
    parts = [(RANGE, words.range), (AS_OF, words.data_as_of), (RECORDS, words.records), (COUNTING, words.counting)]
    line = "<u>|</u>".join(f"{name(view.lang)} <b>{escape(value)}</b>" for name, value in parts if value)
    words_said = [*(fault(view.lang) for fault in said), notice]
    notices = "".join(f'<p class="notice">{escape(text)}</p>' for text in words_said if text)
    return (
        f'<div class="head"><h1>{escape(page.title(view.lang))}</h1>'
        f'<div class="acts">{actions(page, view, held)}</div></div>'
        f'<p class="cap">{line}</p>{chips(page, view)}{notices}'
    )


def actions(page: Page, view: View, held: Basket) -> str:
    """Copy the link of this view; take the whole page as a file; what is in the basket."""
    if page.key == BRIEFING:
        return ""
    copy = f'<a href="{escape(view.link(page_path(page)))}" data-copy="{COPIED(view.lang)}">{COPY(view.lang)}</a>'
    bare = [e for e in page.exhibits() if e.bare and not kept.holds(held, page.key, e.key, view)]
    keeps = "".join(cards.keep(page, exhibit, view, name=exhibit.name(view.lang)) for exhibit in bare)
    taken = files(page, view, {form.ext: form.ext.upper() for form in FORMATS.values()})
    return f'{copy}<span class="files">{EXPORT(view.lang)}{taken}</span>{keeps}{basket_link(view, held)}'


def basket_link(view: View, held: Basket) -> str:
    """How many exhibits are in the basket, and the way there; nothing while it is empty."""
    return f'<a href="{escape(view.link("/briefing"))}">{BASKET(view.lang, n=len(held))}</a>' if held else ""


def files(page: Page, view: View, words: Mapping[str, str]) -> str:
    """The whole page as files, each under its word; a click shows that it is being made until it is there."""
    made = []
    for form in (form for form in FORMATS.values() if form.is_offered(page.key, whole=True)):
        reason = unavailable(form, needs_browser=True)
        if reason is None:
            address = view.link(f"/export/{page.key}.{form.ext}")
            wait, done = MAKING(view.lang, form=form.ext.upper()), MADE(view.lang, form=form.ext.upper())
            steps = f'data-read="{READ(view.lang)}" data-draw="{DRAWN(view.lang)}"'
            made.append(
                f'<a href="{escape(address)}" target="_blank" data-wait="{wait}" {steps} data-done="{done}">'
                f"{escape(words[form.ext])}</a>"
            )
        else:
            made.append(f'<span class="off" title="{escape(reason(view.lang))}">{escape(words[form.ext])}</span>')
    return "".join(made)


def page_path(page: Page) -> str:
    """The address path of a page."""
    return f"/{page.key}"


def chips(page: Page, view: View) -> str:
    """One removable chip for each clicked filter."""
    made = []
    for dimension, code, name, value in caption.picks(view):
        rest = tuple(pick for pick in view.context.filters.picks if pick != (dimension, code))
        made.append(
            f'<a class="pick" href="{escape(view.link(page_path(page), picks=rest))}" title="{CLEAR(view.lang)}">'
            f"{escape(name)}：{escape(value)}<i>×</i></a>"
        )
    return f'<div class="picks">{"".join(made)}</div>' if made else ""


def open_table(page: Page, key: str, view: View) -> None:
    """The figures behind one exhibit, in a dialog."""
    exhibit = page.exhibit(key)
    if exhibit is None:
        return
    picture = fetch.picture(page.key, exhibit, view)

    @st.dialog(picture.title, width="large", on_dismiss=close_panel)
    def table() -> None:
        foot = f'<p class="foot">{escape(picture.foot)}</p>'
        st.html(f'<p class="sub">{escape(picture.subtitle)}</p>{tables.html(picture.table)}{foot}')

    table()


def close_panel() -> None:
    """Take the open panel out of the address."""
    st.query_params.pop("panel", None)
