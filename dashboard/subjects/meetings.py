"""Meetings: the calendar of the Standing Committee against "at least every two months", how many, who attended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import is_unfinished, last_years, on_fill
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exhibits.panels import panels
from dashboard.exhibits.plot import Plot
from dashboard.formats import granted
from dashboard.subjects.decisions import ATTENDED, CHAIRS, GAPS, MEETINGS, SESSIONS, of_the_district
from dashboard.theme import axis, layout, tokens
from data_access.dimensions import MONTHS
from data_access.lists import regions
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.text import Text

TOWN_SESSIONS = METRICS["M01.town"]
WITH_CONGRESS = ("TOWN", "XIANG")
USUAL = 2  # sessions of a township congress a year

CALENDAR = Text("常委会会议日历", "Calendar of the Standing Committee")
KEPT = Text(
    "{a}–{b} 年常委会会议每两个月至少举行一次，没有间断",
    "The Standing Committee met at least every two months throughout {a}–{b}",
)
BROKEN = Text("常委会会议有间断：{spans}没有举行", "The Standing Committee did not meet in {spans}")
SPAN_IN = Text("{y} 年 {a}–{b} 月", "{a} to {b} {y}")
SPAN_OVER = Text("{x} 年 {a} 月至 {y} 年 {b} 月", "{a} {x} to {b} {y}")
CALENDAR_SUBTITLE = Text(
    "格内为当月会议次数；连续两个月没有会议的标“缺”", "Meetings a month; “none” where two months passed without"
)
CALENDAR_FOOT = Text(
    "地方组织法第五十一条：常委会会议每两个月至少举行一次，按自然月核对；主任会议、党组会议不计。空白为未到或未满的月份。",
    "Organic Law, art. 51: the committee meets at least every two months, checked by calendar month; chairpersons' and "
    "Party group meetings are not counted. Blank months are still to come.",
)
NOT_KNOWN = Text("{years} 年没有会议记录。", "No meetings on record for {years}.")
CALENDAR_EMPTY = Text(
    "{a}–{b} 年没有常委会会议记录，换年份再看。", "No committee meetings in {a}–{b}; try other years."
)
MISSED = Text("缺", "none")
HOVER = Text("{y} 年 {m} 月<br><b>{n} 次</b>", "{m} {y}<br><b>{n}</b>")
HOVER_MISSED = Text("{y} 年 {m} 月<br>连续两个月没有常委会会议", "{m} {y}<br>two months without a meeting")
YEAR, TOTAL = Text("年份", "Year"), Text("合计", "Total")
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

YEARS = Text("各年会议", "Meetings by year")
YEARS_TITLE = Text(
    "{y} 年常委会会议 {sc} 次、主任会议 {chm} 次", "{y}: {sc} committee and {chm} chairpersons' meetings"
)
WITH_RATE = Text("，出席率 {share}", ", attendance {share}")

TOWNS = Text("乡镇人代会会议", "Sessions of township congresses")
TOWNS_SUBTITLE = Text("各乡镇各年次数；街道不设人代会，不列", "By township and year; subdistricts have no congress")
TOWNS_KEPT = Text(
    "{a}–{b} 年各乡镇人代会每年都不少于两次", "Every township congress met at least twice a year, {a}–{b}"
)
TOWNS_KEPT_ONE = Text("{a} 年各乡镇人代会都不少于两次", "Every township congress met at least twice in {a}")
TOWNS_FEWER = Text("{words}人代会不足两次", "Fewer than two sessions: {words}")
FEWER_IN = Text("{y} 年{names}", "{names} in {y}")
AND_MORE = Text("{names}等 {n} 个乡镇", "{names} and {n} townships in all")
ALL_TOWNS = Text("全部 {n} 个乡镇", "all {n} townships")
TOWNS_FOOT = Text(
    "乡镇人代会一般每年举行两次（地方组织法第十四条），换届年份可能不足；当年尚未结束的不作判断。",
    "Township congresses generally meet twice a year (Organic Law, art. 14); fewer in a year of elections is possible, "
    "and an unfinished year is not judged.",
)
TOWNS_EMPTY = Text(
    "所选范围内没有乡镇人代会会议记录；街道不设人代会。",
    "No sessions of township congresses in this range; subdistricts have no congress.",
)
TOWNSHIP = Text("乡镇", "Township")
NAMED = 3


@dataclass(frozen=True)
class Months:
    """Meetings by (year, month), and the months at whose end two had passed without one."""

    held: Mapping[tuple[int, int], int]
    gaps: frozenset[tuple[int, int]]

    def knows(self, year: int) -> bool:
        """Whether anything can be said of a year: a meeting in it, or a gap after meetings before it."""
        return any(y == year for y, _ in (*self.held, *self.gaps))


def _calendar_query(connection: Connection, view: View) -> Months:
    found = measure(connection, (MEETINGS, GAPS), view.context, ("year", "month"), years=last_years(view))
    rows = [(int(y), int(m), int(n), int(g)) for y, m, n, g in found.itertuples(index=False, name=None)]
    return Months({(y, m): n for y, m, n, _ in rows if n}, frozenset((y, m) for y, m, _, g in rows if g))


def compose_calendar(found: Months, view: View) -> Picture:
    """Years down, months across; months in which the rule was broken in amber with the word."""
    lang, years = view.lang, last_years(view)
    ends = {"a": years[0], "b": years[-1]}
    table = _calendar_table(found, view)
    if not found.held:
        sentence = CALENDAR_EMPTY(lang, **ends)
        return Picture(CALENDAR(lang), "", None, table, empty=sentence, alt=sentence)
    title = calendar_title(found, view)
    unknown = [str(year) for year in years if not found.knows(year)]
    more = NOT_KNOWN(lang, years=("、" if lang == "zh" else ", ").join(unknown)) if unknown else ""
    drawn = [_calendar(found, view, narrow=narrow) for narrow in (False, True)]
    body = Plot(drawn[0], 60 + 40 * len(years), phone=drawn[1], phone_height=60 + 36 * len(years))
    foot = CALENDAR_FOOT(lang) + (("" if lang == "zh" else " ") + more if more else "")
    return Picture(title, CALENDAR_SUBTITLE(lang), body, table, foot=foot, alt=title)


def calendar_title(found: Months, view: View) -> str:
    """Every span of two months or more without a meeting, by name; else that there was none in the years on record."""
    lang = view.lang
    spans = _spans(found.gaps)
    if spans:
        words = [_span(first, last, view) for first, last in spans]
        return BROKEN(lang, spans=("、" if lang == "zh" else ", ").join(words))
    known = [year for year in last_years(view) if found.knows(year)]
    if len(known) < known[-1] - known[0] + 1:
        return CALENDAR(lang)
    return KEPT(lang, a=known[0], b=known[-1])


def _spans(gaps: frozenset[tuple[int, int]]) -> list[tuple[int, int]]:
    """First and last month of each stretch without a meeting, months counted from year 0."""
    made: list[tuple[int, int]] = []
    for number in sorted(year * 12 + month - 1 for year, month in gaps):
        # A gap is told at the end of its second month, so it begins a month before.
        if made and made[-1][1] == number - 1:
            made[-1] = (made[-1][0], number)
        else:
            made.append((number - 1, number))
    return made


def _span(first: int, last: int, view: View) -> str:
    (x, a), (y, b) = divmod(first, 12), divmod(last, 12)
    words = [str(month + 1) if view.lang == "zh" else SHORT_MONTHS[month] for month in (a, b)]
    return (SPAN_IN if x == y else SPAN_OVER)(view.lang, x=x, y=y, a=words[0], b=words[1])


def _calendar(found: Months, view: View, *, narrow: bool) -> dict[str, Any]:
    colour, years = tokens(view.mode), list(last_years(view))
    fills = (colour["band"], colour["second"], colour["blue"], colour["amberfill"])
    steps = [[_step(found, year, month, view) for month in range(1, 13)] for year in years]
    data = {
        "type": "heatmap",
        "x": list(range(1, 13)),
        "y": list(range(len(years))),
        "xgap": 3,
        "ygap": 3,
        "showscale": False,
        "z": steps,
        "zmin": 0,
        "zmax": 3,
        "colorscale": [[place / 3, fill] for place, fill in enumerate(fills)],
        "hoverinfo": "text",
        "hovertext": [[_hover(found, year, month, view) for month in range(1, 13)] for year in years],
        "customdata": [
            [
                view.link("/records", metric=MEETINGS.key, years=(year, year), pick=("month", month))
                for month in range(1, 13)
            ]
            for year in years
        ],
    }
    words = [
        {
            "x": month,
            "y": place,
            "text": MISSED(view.lang) if step == 3 else str(found.held[(year, month)]),
            "showarrow": False,
            "font": {"size": 11 if narrow and view.lang == "en" else 12, "color": on_fill(fills[step], view.mode)},
        }
        for place, year in enumerate(years)
        for month, step in enumerate(steps[place], 1)
        if step
    ]
    months = [
        str(m) if narrow else MONTHS.label(m, view.lang)[: 3 if view.lang == "en" else None] for m in range(1, 13)
    ]
    ticks = {"tickvals": list(range(1, 13)), "ticktext": months, "side": "top", "showline": False, "tickangle": 0}
    names = [f"<b>{year}</b>" if year == view.context.filters.years[1] else str(year) for year in years]
    made = layout(
        view.mode,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        annotations=words,
        xaxis=axis(view.mode, **ticks),
        yaxis=axis(
            view.mode, tickvals=list(range(len(years))), ticktext=names, showline=False, range=[len(years) - 0.5, -0.5]
        ),
    )
    return {"data": [data], "layout": made}


def _step(found: Months, year: int, month: int, view: View) -> int | None:
    """0 no meeting, 1 one, 2 more, 3 two months without; None for months to come and years not on record."""
    if n := found.held.get((year, month), 0):
        return min(n, 2)
    if (year, month) in found.gaps:
        return 3
    today = view.context.as_of
    return 0 if (year, month) < (today.year, today.month) and found.knows(year) else None


def _hover(found: Months, year: int, month: int, view: View) -> str:
    words = HOVER_MISSED if (year, month) in found.gaps else HOVER
    name = month if view.lang == "zh" else SHORT_MONTHS[month - 1]
    return words(view.lang, y=year, m=name, n=found.held.get((year, month), 0))


def _calendar_table(found: Months, view: View) -> pd.DataFrame:
    years = last_years(view)
    columns: dict[str, Any] = {YEAR(view.lang): [str(year) for year in years]}
    for month in range(1, 13):
        steps = [(_step(found, year, month, view), found.held.get((year, month), 0)) for year in years]
        columns[MONTHS.label(month, view.lang)] = [
            None if step is None else MISSED(view.lang) if step == 3 else str(n) for step, n in steps
        ]
    columns[TOTAL(view.lang)] = [sum(n for (y, _), n in found.held.items() if y == year) for year in years]
    return pd.DataFrame(columns)


def _by_year() -> Exhibit:
    """Committee and chairpersons' meetings, sessions and attendance in panels of their own."""
    plain = panels(MEETINGS, CHAIRS, SESSIONS, ATTENDED, key="years", name=YEARS)

    def compose(data: tuple[pd.DataFrame, pd.DataFrame], view: View) -> Picture:
        picture = plain.compose(data, view)
        title = years_title(data[0].iloc[-1], view) or picture.title
        return replace(picture, title=title, alt=title)

    return replace(plain, compose=compose)


def years_title(last: Any, view: View) -> str:
    """Meetings and attendance of the last year asked for; empty where none is on record."""
    sc, chm = last[MEETINGS.key], last[CHAIRS.key]
    if formats.is_missing(sc) or formats.is_missing(chm) or not (sc or chm):
        return ""
    made = YEARS_TITLE(view.lang, y=int(last["year"]), sc=granted(sc), chm=granted(chm))
    k, n = last[f"{ATTENDED.key}.k"], last[f"{ATTENDED.key}.n"]
    small_n = view.context.rules.small_n
    return made + (WITH_RATE(view.lang, share=formats.share_with_base(k, n, view.lang, small_n=small_n)) if n else "")


@dataclass(frozen=True)
class Towns:
    """Townships as (code, name, kind) in code order, and sessions by (code, year)."""

    places: Sequence[tuple[str, str, str]]
    held: Mapping[tuple[str, int], int]

    def with_congress(self) -> list[tuple[str, str]]:
        """Code and name of towns, of rural townships, and of whatever else has sessions on record."""
        meeting = {code for code, _ in self.held}
        return [(code, name) for code, name, kind in self.places if kind in WITH_CONGRESS or code in meeting]


def _towns_query(connection: Connection, view: View) -> Towns:
    asked = view.context.filters.townships
    places = [place for place in regions.townships(connection, view.context.scope) if not asked or place[0] in asked]
    found = measure(connection, (TOWN_SESSIONS,), view.context, ("township", "year"), years=last_years(view))
    held = {(str(code), int(year)): int(n) for code, year, n in found.itertuples(index=False, name=None) if n > 0}
    return Towns(places, held)


def compose_towns(found: Towns, view: View) -> Picture:
    """Townships down, years across; a dash where there is no congress."""
    lang, years = view.lang, last_years(view)
    table = _towns_table(found, view)
    if not found.held:
        sentence = TOWNS_EMPTY(lang)
        return Picture(TOWNS(lang), TOWNS_SUBTITLE(lang), None, table, empty=sentence, alt=sentence)
    title = towns_title(found, view) or TOWNS(lang)
    columns = (Column(TOWNSHIP(lang)), *(Column(str(year), "right") for year in years))
    lines = tuple(_town(code, name, found, view) for code, name in found.with_congress())
    return Picture(title, TOWNS_SUBTITLE(lang), Listing(columns, lines), table, foot=TOWNS_FOOT(lang), alt=title)


def towns_title(found: Towns, view: View) -> str:
    """Townships with fewer than two sessions in a finished year; empty where no finished year is on record."""
    lang, known = view.lang, {year for _, year in found.held}
    years = [year for year in last_years(view) if year in known and not is_unfinished(view, year)]
    if not years:
        return ""
    towns = found.with_congress()
    fewer = {year: [name for code, name in towns if found.held.get((code, year), 0) < USUAL] for year in years}
    words = [FEWER_IN(lang, y=year, names=_names(names, len(towns), view)) for year, names in fewer.items() if names]
    if words:
        return TOWNS_FEWER(lang, words=("、" if lang == "zh" else "; ").join(words))
    return (TOWNS_KEPT if len(years) > 1 else TOWNS_KEPT_ONE)(lang, a=years[0], b=years[-1])


def _names(names: Sequence[str], whole: int, view: View) -> str:
    if len(names) == whole > 1:
        return ALL_TOWNS(view.lang, n=whole)
    words = ("、" if view.lang == "zh" else ", ").join(names[:NAMED])
    return AND_MORE(view.lang, names=words, n=len(names)) if len(names) > NAMED else words


def _town(code: str, name: str, found: Towns, view: View) -> Line:
    known = {year for _, year in found.held}
    cells = []
    for year in last_years(view):
        n = found.held.get((code, year), 0)
        href = view.link("/records", metric=TOWN_SESSIONS.key, years=(year, year), townships=(code,))
        is_few = n < USUAL and not is_unfinished(view, year)
        cells.append(Cell(str(n), "soon" if is_few else "", href) if year in known else Cell(formats.MISSING, "muted"))
    return Line((Cell(name), *cells))


def _towns_table(found: Towns, view: View) -> pd.DataFrame:
    known = {year for _, year in found.held}
    towns = found.with_congress()
    columns: dict[str, Any] = {TOWNSHIP(view.lang): [name for _, name in towns]}
    for year in last_years(view):
        columns[str(year)] = [found.held.get((code, year), 0) if year in known else None for code, _ in towns]
    return pd.DataFrame(columns)


CALENDAR_STRIP = of_the_district(Exhibit("calendar", CALENDAR, (MEETINGS, GAPS), _calendar_query, compose_calendar))
BY_YEAR = of_the_district(_by_year())
TOWNSHIP_SESSIONS = Exhibit("towns", TOWNS, (TOWN_SESSIONS,), _towns_query, compose_towns)
