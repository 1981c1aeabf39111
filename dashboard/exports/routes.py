"""The addresses of files: one for each exhibit and kind, one for each page and kind; the query is the view's.

``/export/proposals/by_category.png?years=2026`` and ``/export/proposals.pdf?years=2026`` hold no state: one address
gives one file as long as the data is the same.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import asdict
from html import escape
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard import briefing, fetch, navigation, theme
from dashboard.briefing.basket import BriefingView
from dashboard.exhibits.exhibit import Exhibit, Page, View
from dashboard.exports import FORMATS, preflight, progress
from dashboard.exports.collect import report, stem
from dashboard.exports.report import Format
from data_access.errors import DatabaseProblem, ExportProblem, RendaError
from data_access.text import Lang, Text

log = logging.getLogger(__name__)

NO_PAGE = Text("没有这个页面，或它没有可导出的内容。", "There is no such page, or it has nothing to take away.")
NO_EXHIBIT = Text("这个页面上没有这张图表。", "This page has no such exhibit.")
NO_FORMAT = Text("不能导出成这种文件。可选：{kinds}。", "There is no file of that kind here. Choose one of: {kinds}.")
NOT_MADE = Text("文件没有生成", "The file was not made")
HOME = Text("回到总览", "To the overview")
BROKEN = Text(
    "生成文件时出错，请稍后重试。若仍不行，请把编号 {code} 告诉信息技术同事。",
    "Something went wrong; please try again. If that does not help, tell your IT colleague code {code}.",
)
FAULT_STATUS = {"EXP-05": 500}


class NotHereError(RendaError):
    """The address names a page, an exhibit or a kind of file that is not there."""


def export(request: Request) -> Response:
    """One exhibit or one page as a file, or a short page that says why there is none."""
    lang: Lang = "en" if request.query_params.get("lang") == "en" else "zh"
    try:
        page, exhibit, form = _asked(request.path_params)
        view, _ = fetch.view_of(dict(request.query_params), known=_own_parts(page.key))
        view = page.adapt(view, dict(request.query_params))
        lang = view.lang
        if request.method == "HEAD":
            return _file(b"", form, stem(page, exhibit, view))
        with progress.following(request.headers.get("X-Progress", "")):
            return _written(page, exhibit, form, view)
    except NotHereError as fault:
        return sorry(fault, lang, 404)
    except ExportProblem as fault:
        log.warning("No file for %s: %s", request.url.path, fault.code)
        return sorry(fault, lang, FAULT_STATUS.get(fault.code, 503))
    except RendaError as fault:
        return sorry(fault, lang, 503 if isinstance(fault, DatabaseProblem) else 400)


def _own_parts(page_key: str) -> tuple[str, ...]:
    """The address parts that the page itself reads."""
    entry = navigation.entry(page_key)
    return (*entry.reads, "panel") if entry else ()


def _asked(parts: dict[str, str]) -> tuple[Page, Exhibit | None, Format]:
    """What the path names.

    Raises:
        NotHereError: Nothing has that name.
    """
    try:
        page = fetch.page(parts["page"])
    except KeyError:
        raise NotHereError(NO_PAGE) from None
    exhibit = page.exhibit(parts["exhibit"]) if "exhibit" in parts else None
    if "exhibit" in parts and exhibit is None:
        raise NotHereError(NO_EXHIBIT)
    entry = navigation.entry(page.key)
    if exhibit is None and (entry is None or not entry.listed or not page.exhibits()):
        raise NotHereError(NO_PAGE)
    form = FORMATS.get(parts["ext"])
    if form is None or not form.is_offered(page.key, whole=exhibit is None):
        kinds = [made.ext for made in FORMATS.values() if made.is_offered(page.key, whole=exhibit is None)]
        raise NotHereError(Text(NO_FORMAT("zh", kinds="、".join(kinds)), NO_FORMAT("en", kinds=", ".join(kinds))))
    return page, exhibit, form


def _written(page: Page, exhibit: Exhibit | None, form: Format, view: View) -> Response:
    if exhibit is None and isinstance(view, BriefingView):
        made = briefing.report(view, view.basket)
    else:
        made = report(page, view, exhibit=exhibit)
    needs_browser = form.needs_browser(*(section.picture for section in made.sections))
    if reason := preflight.unavailable(form, needs_browser=needs_browser):
        raise ExportProblem("EXP-02" if reason is preflight.NO_FONT else "EXP-01", reason)
    progress.begin("draw", sum(form.charts(section.picture) for section in made.sections))
    return _file(form.write(made), form, made.file_stem)


def how_far(request: Request) -> Response:
    """How far the file is that was asked for with this word in ``X-Progress``; nothing when it is not being made."""
    found = progress.told(request.path_params["token"])
    plain = {"Cache-Control": "no-store"}
    return JSONResponse(asdict(found), headers=plain) if found else Response(status_code=204, headers=plain)


def _file(content: bytes, form: Format, name: str) -> Response:
    named = f"attachment; filename=\"export.{form.ext}\"; filename*=UTF-8''{quote(f'{name}.{form.ext}', safe='')}"
    return Response(content, media_type=form.mime, headers={"Content-Disposition": named, "Cache-Control": "no-store"})


def sorry(fault: RendaError, lang: Lang, status: int, *, title: Text = NOT_MADE) -> HTMLResponse:
    """A page of its own, without any other file, that says in one sentence what is wrong, and leads to the board."""
    colour = theme.tokens("light")
    heading, sentence = title(lang), fault.say(lang)
    words = (
        f'<!doctype html><html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{heading}</title><style>'
        f"body{{margin:0;background:{colour['page']};color:{colour['ink']};font:16px/1.7 {theme.FONT}}}"
        f"main{{max-width:36em;margin:18vh auto 0;padding:24px;background:{colour['card']};"
        f"border:1px solid {colour['line']};border-left:4px solid {colour['red']};border-radius:8px}}"
        f"h1{{font-size:20px;line-height:1.4;margin:0 0 8px}}p{{margin:0}}</style></head>"
        f"<body><main><h1>{heading}</h1><p>{escape(sentence)}</p>"
        f'<p><a href="/">{HOME(lang)}</a></p></main></body></html>'
    )
    headers = {"Cache-Control": "no-store", **({"Retry-After": "10"} if status == 503 else {})}
    return HTMLResponse(words, status, headers=headers)


def broken(request: Request, problem: Exception) -> Response:
    """Anything unforeseen while a file is made: the log has it all, the reader a sentence and its code."""
    code = secrets.token_hex(3)
    log.error("No file for %s, code %s", request.url.path, code, exc_info=problem)
    lang: Lang = "en" if request.query_params.get("lang") == "en" else "zh"
    return sorry(RendaError(Text(BROKEN("zh", code=code), BROKEN("en", code=code))), lang, 500)


# Functions that are not coroutines run in the server's thread pool, so a slow file delays nobody else.
routes = [
    Route("/export/progress/{token}", how_far, methods=["GET"]),
    Route("/export/{page}/{exhibit}.{ext}", export, methods=["GET"]),
    Route("/export/{page}.{ext}", export, methods=["GET"]),
]
