"""The filters above the menu, as HTML: each choice names a part of the address, which ``static/filters.js`` changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape

from dashboard.address import FIRST_YEAR, LONGEST_SPAN
from dashboard.exhibits.exhibit import View
from dashboard.fetch import Frame, Township, plain_filters
from dashboard.navigation import OWN_PARTS, Entry
from data_access.text import Lang, Text

YEARS = Text("年份", "Years")
TOWNSHIPS = Text("乡镇（街道）", "Townships and subdistricts")
CALENDAR = Text("日历", "Calendar")
AS_OF = Text("截至日期", "As of")
LANGUAGE = "语言 / Language"
RESET = Text("恢复默认", "Reset")
ALL = Text("全部 {n} 个", "All {n}")
SOME = Text("已选 {n} 个", "{n} chosen")
THIS_YEAR = Text("本年 {a}", "This year {a}")
FIVE_YEARS = Text("近五年 {a}–{b}", "Last five years {a}–{b}")
THIS_TERM = Text("本届 {a}–{b}", "This term {a}–{b}")
ONE_YEAR = Text("{a} 年", "{a}")
CUSTOM = Text("自选起止年…", "Choose a range …")
FROM = Text("起", "From")
TO = Text("止", "To")
SEARCH = Text("按名称查找", "Search by name")
NONE_FOUND = Text("没有匹配的乡镇（街道）", "No township of that name")
REMOVE = Text("移除 {name}", "Remove {name}")
MORE = Text("等 {n} 个", "{n} in all")
DAYS = Text("可选 {a} 至 {b}。", "From {a} to {b}.")
KINDS = {
    "TOWN": Text("全部镇", "All towns"),
    "XIANG": Text("全部乡", "All townships"),
    "STREET": Text("全部街道", "All subdistricts"),
    "ZONE": Text("全部开发区", "All zones"),
}
SPEECH: dict[Lang, tuple[str, str]] = {"zh": ("中文", "zh-CN"), "en": ("English", "en")}
MOST_CHIPS = 6
FIRST_DAY = date(FIRST_YEAR, 1, 1)


def html(made: Frame, here: Entry, view: View, own: Mapping[str, str]) -> str:
    """Years, townships, as-of day, language and the way back to the plain view, for a reader of page ``here``.

    ``own`` are the parts of the address that the page reads for itself: they stay when a filter changes.
    """
    plain = replace(view, context=replace(view.context, filters=plain_filters(made), as_of=made.data_on))
    return (
        f'<div class="filters" data-here="{escape(view.link(here.path, **own))}" data-own="{" ".join(OWN_PARTS)}">'
        f"{_years(made, view)}{_townships(made, view)}{_as_of(made, view)}{_language(view, here, own)}"
        f'<a class="reset" href="{escape(plain.link(here.path, **own))}">{RESET(view.lang)}</a></div>'
    )


def presets(made: Frame, lang: Lang) -> list[tuple[str, tuple[int, int]]]:
    """The named spans and the single years, each with its words."""
    last = made.data_on.year
    named = [(THIS_YEAR, last), (FIVE_YEARS, last - 4), (THIS_TERM, made.term_start)]
    singles = [(ONE_YEAR(lang, a=year), (year, year)) for year in range(last - 1, last - 7, -1)]
    return [(words(lang, a=first, b=last), (first, last)) for words, first in named] + singles


def _years(made: Frame, view: View) -> str:
    """The named spans and single years, and two lists for any other span."""
    lang, (first, last) = view.lang, view.context.filters.years
    offered = presets(made, lang)
    is_custom = all(span != (first, last) for _, span in offered)
    options = [(_span(*span), words, span == (first, last)) for words, span in offered]
    newest = max(made.data_on.year, last)
    ends = (
        # Of each end as many years as an address may span with the other one: it is put the right way round.
        f'<label>{words(lang)}<select data-end="{end}">{_options(_near(other, newest), chosen)}</select></label>'
        for words, end, chosen, other in ((FROM, "from", first, last), (TO, "to", last, first))
    )
    return (
        f'<label>{YEARS(lang)}<select data-part="years">'
        f"{_listed([*options, ('', CUSTOM(lang), is_custom)])}</select></label>"
        f'<div class="range"{"" if is_custom else " hidden"}>{"".join(ends)}</div>'
    )


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _near(year: int, newest: int) -> Iterable[int]:
    return range(min(newest, year + LONGEST_SPAN - 1), max(FIRST_YEAR, year - LONGEST_SPAN + 1) - 1, -1)


def _options(years: Iterable[int], chosen: int) -> str:
    return _listed((str(year), str(year), year == chosen) for year in years)


def _listed(options: Iterable[tuple[str, str, bool]]) -> str:
    """Options of a list: value, words, whether chosen."""
    return "".join(
        f'<option value="{value}"{" selected" if is_chosen else ""}>{words}</option>'
        for value, words, is_chosen in options
    )


def _townships(made: Frame, view: View) -> str:
    """A panel to search and check in, and what is chosen."""
    lang, chosen = view.lang, set(view.context.filters.townships)
    region = view.context.rules.region_code
    kinds = {kind: [town for town in made.townships if town.kind == kind] for kind in KINDS}
    others = [town for town in made.townships if town.kind not in KINDS]
    groups = [_kind(kind, towns, chosen, lang, region) for kind, towns in kinds.items() if towns]
    if others:
        groups.append(f"<fieldset>{_boxes(others, chosen, region)}</fieldset>")
    said = SOME(lang, n=len(chosen)) if chosen else ALL(lang, n=len(made.townships))
    return (
        f'<div class="field"><span>{TOWNSHIPS(lang)}</span><details class="towns">'
        f'<summary aria-label="{TOWNSHIPS(lang)} {said}">{said}</summary><div class="panel">'
        f'<input type="search" placeholder="{SEARCH(lang)}" aria-label="{SEARCH(lang)}" autocomplete="off">'
        f'<p role="status" data-none="{NONE_FOUND(lang)}"></p><div class="list">{"".join(groups)}</div></div></details>'
        f"{_chips(kinds, others, chosen, lang, region)}</div>"
    )


def _kind(kind: str, towns: Sequence[Township], chosen: set[str], lang: Lang, region: str) -> str:
    """A kind of townships: one box for all of them, then one each."""
    count = sum(town.code in chosen for town in towns)
    state = " checked" if count == len(towns) else " data-some" if count else ""
    every = f'<input type="checkbox" data-codes="{_codes(towns, region)}"{state}>'
    return f'<fieldset><label class="kind">{every}{KINDS[kind](lang)}</label>{_boxes(towns, chosen, region)}</fieldset>'


def _boxes(towns: Iterable[Township], chosen: set[str], region: str) -> str:
    return "".join(
        f'<label><input type="checkbox" data-codes="{escape(town.code.removeprefix(region))}"'
        f"{' checked' if town.code in chosen else ''}>{escape(town.name)}</label>"
        for town in towns
    )


def _codes(towns: Iterable[Township], region: str) -> str:
    return escape("_".join(town.code.removeprefix(region) for town in towns))


def _chips(
    kinds: Mapping[str, Sequence[Township]], others: Iterable[Township], chosen: set[str], lang: Lang, region: str
) -> str:
    """What is chosen, each with its cross: whole kinds under one name, then the rest, as many as can be read."""
    made: list[tuple[str, str]] = []
    single: list[Township] = []
    for kind, towns in kinds.items():
        if len(towns) > 1 and all(town.code in chosen for town in towns):
            made.append((KINDS[kind](lang), _codes(towns, region)))
        else:
            single += [town for town in towns if town.code in chosen]
    made += [(town.name, _codes([town], region)) for town in (*single, *others) if town.code in chosen]
    chips = [
        f'<button type="button" data-codes="{codes}" aria-label="{escape(REMOVE(lang, name=name))}">'
        f"{escape(name)}<i>×</i></button>"
        for name, codes in made[:MOST_CHIPS]
    ]
    if len(made) > MOST_CHIPS:
        chips.append(f"<span>{MORE(lang, n=len(chosen))}</span>")
    return f'<div class="chips">{"".join(chips)}</div>'


def _as_of(made: Frame, view: View) -> str:
    """The day from which is looked back, written as everywhere on the board (a browser would write it in its own way),
    with the browser's calendar beside it; what lies outside is answered in words."""
    day, lang = view.context.as_of, view.lang
    words = DAYS(lang, a=FIRST_DAY, b=made.data_on)
    return (
        f'<label>{AS_OF(lang)}<span class="day"><input type="text" inputmode="numeric" maxlength="12" value="{day}"'
        f' data-plain="{made.data_on}" autocomplete="off"><input type="date" value="{day}" min="{FIRST_DAY}"'
        f' max="{made.data_on}" tabindex="-1" aria-label="{CALENDAR(lang)}"></span>'
        f'<small role="status" data-bad="{words}"></small></label>'
    )


def _language(view: View, here: Entry, own: Mapping[str, str]) -> str:
    """One link a language, in that language."""
    links = []
    for lang, (words, tag) in SPEECH.items():
        address = escape(replace(view, lang=lang).link(here.path, **own))
        part = f'data-part="lang" data-value="{"" if lang == "zh" else lang}"'
        on = ' aria-current="true"' if lang == view.lang else ""
        links.append(f'<a href="{address}" {part} lang="{tag}" hreflang="{tag}"{on}>{words}</a>')
    return f'<div class="langs" role="group" aria-label="{LANGUAGE}">{"".join(links)}</div>'
