"""The briefing's page: the frame every page has, its files, and the basket with its order and notes."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import caption, component, kept
from dashboard.briefing import basket
from dashboard.briefing.basket import MOST, PATH, Basket, Shown
from dashboard.exhibits.exhibit import Page, View
from dashboard.exports import FORMATS
from dashboard.page import COPIED, COPY, drawn, files, show
from dashboard.sidebar import current_view
from data_access.text import Text

TITLE = Text("简报篮：{n} 张图表", "Basket: {n} exhibits")
NONE = Text("简报篮是空的", "The basket is empty")
HOW = Text(
    "在任一页面图表右上角的“下载”中选“加入简报”，图表连同当时的筛选列在这里，并写入文件；最多 {most} 项，随链接保存。",
    "“Add to briefing”, in the “Download” menu of any exhibit, puts it here with the view it had, and into the "
    "files; at most {most}, kept in the link.",
)
CLEAR = Text("清空", "Empty it")
UP, DOWN, OUT = Text("上移", "Up"), Text("下移", "Down"), Text("移出", "Take out")
OPEN = Text("打开原图", "Open it there")
NOTE = Text("备注（写入文件，至多 {n} 字）", "Note (goes into the files, {n} letters at most)")
SAVE = Text("保存备注", "Save note")
TAKE = Text("生成文件", "Make a file")


def show_briefing(page: Page) -> None:
    """Draw the page, then what is in the basket."""
    parts = {**st.query_params.to_dict(), "basket": basket.write(kept.items())}
    view = page.adapt(current_view(), parts)
    (above, take), (below, head) = around(page, view, kept.items())
    show(page, parts, after_head=lambda: component.show(above, take))
    shown = basket.shown(kept.items(), view.lang, view.mode)
    component.show(below, head)
    for index, one in enumerate(shown):
        card = drawn(one.page, one.exhibit, one.view, 12, kept.items())
        html = f'{_bar(index, one, kept.items(), view)}<div class="grid">{card.html}</div>'
        key = f"basket_{index}_{one.item.page}_{one.exhibit.key}".replace(".", "_")
        component.cards(key, html, list(card.figures), view.lang)


def around(page: Page, view: View, items: Basket) -> tuple[tuple[str, bytes], tuple[str, bytes]]:
    """What stands above and below the text, by name as it is sent: the ways to take it away, and the basket's head."""
    parts = {"take": _take(page, view), "basket_head": _head(items, view)}
    above, below = ((name, component.packed(html, [], view.lang)) for name, html in parts.items())
    return above, below


def _take(page: Page, view: View) -> str:
    """The buttons of the files, and the link that holds the basket."""
    words = {form.ext: form.name(view.lang) for form in FORMATS.values()}
    copy = f'<a href="{escape(view.link(PATH))}" data-copy="{COPIED(view.lang)}">{COPY(view.lang)}</a>'
    return f'<div class="take"><b>{TAKE(view.lang)}</b>{files(page, view, words)}{copy}</div>'


def _head(items: Basket, view: View) -> str:
    lang = view.lang
    how = f"<p>{HOW(lang, most=MOST)}</p>"
    if not items:
        return f'<section class="card c12"><div class="ch"><div><h2>{NONE(lang)}</h2>{how}</div></div></section>'
    clear = f'<a href="{escape(view.link(PATH, basket=basket.EMPTY))}">{CLEAR(lang)}</a>'
    return f'<div class="bk"><h2>{TITLE(lang, n=len(items))}</h2>{clear}</div><p class="cap">{HOW(lang, most=MOST)}</p>'


def _bar(index: int, one: Shown, items: Basket, view: View) -> str:
    """What an item is, under which view, and what can be done with it."""
    lang = view.lang
    ways = [(OPEN, one.view.link(f"/{one.page.key}"))]
    ways += [(UP, _to(view, basket.moved(items, index, -1)))] if index else []
    ways += [(DOWN, _to(view, basket.moved(items, index, 1)))] if index + 1 < len(items) else []
    ways += [(OUT, _to(view, basket.without(items, index)))]
    links = "".join(f'<a href="{escape(address)}">{word(lang)}</a>' for word, address in ways)
    name = f"{index + 1}. {one.page.title(lang)} · {one.exhibit.name(lang)}"
    hint = escape(NOTE(lang, n=basket.LONGEST_NOTE))
    field = f'name="words" value="{escape(one.item.note)}" maxlength="{basket.LONGEST_NOTE}" placeholder="{hint}"'
    form = (
        f'<form action="{escape(view.link(PATH, note=index))}" class="find"><input {field} aria-label="{hint}">'
        f"<button>{SAVE(lang)}</button></form>"
    )
    words = f"<b>{escape(name)}</b><span>{escape(caption.range_words(one.view))}</span>"
    return f'<div class="bk item">{words}<span class="ways">{links}</span>{form}</div>'


def _to(view: View, items: Basket) -> str:
    return view.link(PATH, basket=basket.write(items))
