"""From a picture to the HTML of its card: title, tool bar, subtitle, drawing, foot."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from dashboard.badge import mark, tipped
from dashboard.exhibits.exhibit import Exhibit, Page, Picture, View
from dashboard.exhibits.plot import sent
from dashboard.exports import FORMATS
from dashboard.exports.preflight import ready, unavailable
from dashboard.exports.report import BRIEFING, Format
from data_access.text import Text

TABLE = Text("表格", "Table")
DOWNLOAD = Text("下载", "Download")
DEFINITION = Text("口径", "Definition")
KEEP = Text("加入简报", "Add to briefing")
KEEP_NAMED = Text("加入简报：{name}", "Add to briefing: {name}")
KEPT = Text("已在简报篮", "In the basket")
TOOLS = Text("更多操作", "More")
RETRY = Text("重试", "Try again")


@dataclass(frozen=True)
class Drawn:
    """A card ready for the screen: its HTML and the charts in it, in order; ``is_fault`` when it only says why."""

    html: str
    figures: tuple[dict[str, Any], ...] = ()
    is_fault: bool = False


def card(page: Page, exhibit: Exhibit, picture: Picture, view: View, span: int, *, is_kept: bool = False) -> Drawn:
    """One exhibit as a card of ``span`` twelfths; ``is_kept`` says that it is in the basket.

    Nothing else of the session shows in it: what is drawn for one reader is sent to others.
    """
    drawn = tipped(picture.body, view) if exhibit.bare else picture.body
    body = drawn.html() if drawn is not None else f'<p class="empty">{escape(picture.empty)}</p>'
    if exhibit.bare and picture.body is not None:
        return Drawn(
            f'<section class="cards" data-card="{exhibit.key}" style="--n:{body.count("<a ")}">{body}</section>'
        )
    foot = f'<p class="foot">{escape(picture.foot)}</p>' if picture.foot else ""
    figures = sent(picture.body)
    label = f' role="group" aria-label="{escape(picture.alt or picture.title)}"' if figures else ""
    bar = tools(page, exhibit, picture, view, is_kept=is_kept)
    html = (
        f'<section class="card c{span}" data-card="{exhibit.key}"><div class="ch"><div>'
        f"<h2>{escape(picture.title)}</h2><p>{escape(picture.subtitle)}</p></div>{bar}"
        f'</div><div class="body"{label}>{body}</div>{foot}</section>'
    )
    return Drawn(html, figures)


def tools(page: Page, exhibit: Exhibit, picture: Picture, view: View, *, is_kept: bool = False) -> str:
    """The quiet tool bar of a card: an extra link, the table, the menu of what is taken away, the definitions."""
    more = f'<a href="{escape(picture.more[1])}">{escape(picture.more[0])}</a>' if picture.more else ""
    table = view.link(f"/{page.key}", panel=exhibit.key)
    known = "_".join(dict.fromkeys(metric.key for metric in exhibit.metrics))
    definition = view.link("/definitions", metrics=known)
    there = f'<a href="{escape(view.link("/briefing"))}">{KEPT(view.lang)}</a>'
    return bar(
        f'{more}<a href="{escape(table)}">{TABLE(view.lang)}</a>'
        f"{downloads(page, exhibit, view, picture, there if is_kept else keep(page, exhibit, view))}"
        f'<a href="{escape(definition)}">{DEFINITION(view.lang)}</a>{mark(exhibit.metrics, view)}',
        view,
    )


def bar(links: str, view: View) -> str:
    """Links in a quiet line at the head of a card, on a phone behind one button; nothing where there are none."""
    button = f'<button class="dots" aria-label="{TOOLS(view.lang)}">⋯</button>'
    return f'<div class="tbm">{button}<div class="tb">{links}</div></div>' if links else ""


def keep(page: Page, exhibit: Exhibit, view: View, *, name: str = "") -> str:
    """The link that puts an exhibit into the basket, with its name where it stands outside its card.

    What the briefing says of itself is in its files anyway.
    """
    if page.key == BRIEFING:
        return ""
    address = view.link(f"/{page.key}", keep=exhibit.key)
    words = KEEP_NAMED(view.lang, name=name) if name else KEEP(view.lang)
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def downloads(page: Page, exhibit: Exhibit, view: View, picture: Picture | None, basket: str = "") -> str:
    """The menu of files of one exhibit; what cannot be made now says why instead of being a link.

    ``picture`` tells whether charts have to be drawn for them; None where there are none. ``basket`` is the link that
    puts the exhibit into the briefing, and comes first.
    """
    offered = (made for made in FORMATS.values() if made.is_offered(page.key, whole=False))
    drawn = picture if ready().browser is None else None  # where there is a browser, nobody asks who needs it
    items = "".join(
        download(made, page, exhibit, view, drawn is not None and made.needs_browser(drawn)) for made in offered
    )
    return (
        f'<details class="dl"><summary>{DOWNLOAD(view.lang)}</summary><div class="menu">{basket}{items}</div></details>'
    )


def download(made: Format, page: Page, exhibit: Exhibit, view: View, needs_browser: bool) -> str:
    """One line of the menu."""
    name = escape(made.name(view.lang))
    reason = unavailable(made, needs_browser=needs_browser)
    if reason is None:
        address = view.link(f"/export/{page.key}/{exhibit.key}.{made.ext}")
        return f'<a href="{escape(address)}" target="_blank">{name}</a>'
    words = escape(reason(view.lang))
    return f'<span class="off" title="{words}">{name}<small>{words}</small></span>'


def fault(exhibit: Exhibit, sentence: str, view: View, page: Page, span: int) -> Drawn:
    """A card that says why it is empty and offers to try again; its neighbours are not touched."""
    retry = view.link(f"/{page.key}")
    head = f'<div class="ch"><div><h2>{escape(exhibit.name(view.lang))}</h2></div></div>'
    words = f'<p class="empty">{escape(sentence)} <a href="{escape(retry)}">{RETRY(view.lang)}</a></p>'
    return Drawn(f'<section class="card c{span}" data-card="{exhibit.key}">{head}{words}</section>', is_fault=True)
