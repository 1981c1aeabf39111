"""Bodies of the Congress and their posts; which subdistrict has a committee, which township a vice-chair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.listing import Cell, Column, Line, Listing, Tone
from dashboard.formats import granted
from dashboard.subjects.capacity import PATH
from dashboard.subjects.whole_district import Matter
from data_access import lists
from data_access.dimensions import POST_STATE, POSTS_BAND
from data_access.lists.capacity import framework
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.conditions import claims
from data_access.tables.codes import ORG_KIND, REGION_KIND
from data_access.text import Text

BODIES, STAFF, POSTS = METRICS["B12"], METRICS["B09"], METRICS["B09.posts"]
PARTS = tuple(METRICS[key] for key in ("B12.committee", "B12.office", "B12.centre"))
COMMITTEES, VICE_CHAIRS = METRICS["B10"], METRICS["B11"]
PLACES = replace(COMMITTEES, base=claims())  # every township, street or not

of_the_district = Matter(
    PATH,
    (BODIES,),
    Text("这些机构属全{word}，不分乡镇。", "These bodies are the whole district's."),
    Text(
        "这些机构属全{word}，不按乡镇（街道）区分。", "These bodies are the whole district's and belong to no township."
    ),
).wrap
NAME = Text("机构和编制", "Bodies and posts")
TITLE = Text("形成“{text}”架构，编制 {posts} 人、实有 {staff} 人", "{text}: {posts} posts, {staff} in post")
SUBTITLE = Text("截至 {day}；编制和实有为目前填报，实有分档", "On {day}; posts and staff as recorded, staff in bands")
FOOT = Text(
    "不计街道工委和乡镇人大；每个机构只列编制和缺额档次，不列个人。",
    "Without street committees and township congresses; each body with its posts and a band of open ones, no persons.",
)
EMPTY = Text(
    "截至 {day}，所选范围内没有人大机构的记录。", "On {day} no bodies of the Congress are on record in this range."
)
BODY, KIND, POST, BAND = (
    Text("机构", "Body"),
    Text("类别", "Kind"),
    Text("编制", "Posts"),
    Text("编制使用", "Use of posts"),
)

TICKS = Text("街道人大工委和乡镇人大副主席", "Street committees and township vice-chairs")
ONE_SET_UP = Text("{name}已设人大工委", "{name} has a working committee")
ONE_NOT_SET_UP = Text("{name}未设人大工委", "{name} has no working committee")
ONE_FILLED = Text("{name}配有人大副主席", "{name} has a vice-chair")
ONE_UNFILLED = Text("{name}未配人大副主席", "{name} has no vice-chair")
STREETS_ALL = Text("{n} 个街道都已设人大工委", "All {n} subdistricts have a committee")
STREETS_SOME = Text("{n} 个街道中 {k} 个设有人大工委", "{k} of {n} subdistricts have a committee")
ONE_WORDS = {
    "SET_UP": ONE_SET_UP, "NOT_SET_UP": ONE_NOT_SET_UP, "FILLED": ONE_FILLED, "UNFILLED": ONE_UNFILLED,
}  # fmt: skip
CHAIRS_ALL = Text("{n} 个乡镇都配有人大副主席", "all {n} townships have a vice-chair")
CHAIRS_SOME = Text("{n} 个乡镇中 {k} 个配有人大副主席", "{k} of {n} townships have a vice-chair")
LACKING = Text("，{names}未配", ", not {names}")
TICKS_SUBTITLE = Text("截至 {day}，按区划代码排列", "On {day}, in order of code")
TICKS_FOOT = Text(
    "街道不设人民代表大会，由{word}人大常委会设工作委员会；乡镇人大设副主席。– 为不适用，未填报的不算未配。",
    "Subdistricts have no congress but a working committee of the Standing Committee; township congresses have "
    "vice-chairs. – does not apply; what is not recorded is not counted as lacking.",
)
TICKS_EMPTY = Text("所选范围内没有乡镇（街道）。", "No townships in this range.")
TOWN, TOWN_KIND = Text("乡镇（街道）", "Township"), Text("类型", "Kind")
COMMITTEE, VICE_CHAIR = Text("人大工委", "Committee"), Text("人大副主席", "Vice-chair")
DONE, NOT_SET_UP, UNFILLED = "✓", Text("未设", "none"), Text("未配", "none")
UNRECORDED = Text("未填报", "not recorded")
NAMED = 3
LIST = Text("、", ", ")
MOST = 500


def _query(connection: Connection, view: View) -> tuple[lists.Listing, Any]:
    total = measure(connection, (BODIES, *PARTS, STAFF, POSTS), view.context).iloc[0]
    return lists.records(connection, BODIES, view.context, limit=MOST), total


def compose(data: tuple[lists.Listing, Any], view: View) -> Picture:
    """The bodies with their posts and how far these are filled; ``data`` is the listing behind B12 and the totals."""
    found, total = data
    lang, day = view.lang, formats.day(view.context.stock_on)
    rows = sorted(as_rows(found.rows), key=lambda row: (list(ORG_KIND).index(row["kind"]), row["record"]))
    lines = [(row["name"], ORG_KIND.label(row["kind"], lang), row["posts"], _band(row, view)) for row in rows]
    table = pd.DataFrame(lines, columns=[word(lang) for word in (BODY, KIND, POST, BAND)])
    subtitle = SUBTITLE(lang, day=day)
    if not rows:
        return Picture(NAME(lang), subtitle, None, table, empty=EMPTY(lang, day=day), alt=EMPTY(lang, day=day))
    text = framework(*(granted(total[part.key]) for part in PARTS))
    posts, staff = (formats.number(total[metric.key]) for metric in (POSTS, STAFF))
    title = TITLE(lang, text=text(lang), posts=posts, staff=staff)
    columns = (Column(BODY(lang), wide=True), Column(POST(lang), "right"), Column(BAND(lang), "right"))
    drawn = tuple(_line(row, found.kind, view) for row in rows)
    return Picture(title, subtitle, Listing(columns, drawn), table, foot=FOOT(lang), alt=title)


def _line(row: Mapping[Any, Any], kind: str, view: View) -> Line:
    band: Tone = "soon" if _code(row) == "OVER" else ""
    cells = (Cell(row["name"]), Cell(formats.number(row["posts"])), Cell(_band(row, view), band))
    return Line(cells, view.record(kind, row["record"]))


def _code(row: Mapping[Any, Any]) -> str | None:
    posts, staff = row["posts"], row["staff"]
    if formats.is_missing(posts) or formats.is_missing(staff):
        return None
    free = int(posts) - int(staff)
    return "OVER" if free < 0 else ("FULL", "ONE")[free] if free < 2 else "MORE"


def _band(row: Mapping[Any, Any], view: View) -> str:
    code = _code(row)
    return UNRECORDED(view.lang) if code is None else POSTS_BAND.label(code, view.lang)


def _ticks_query(connection: Connection, view: View) -> tuple[lists.Listing, Any]:
    total = measure(connection, (COMMITTEES, VICE_CHAIRS), view.context).iloc[0]
    return lists.records(connection, PLACES, view.context, limit=MOST), total


def compose_ticks(data: tuple[lists.Listing, Any], view: View) -> Picture:
    """Every township in code order, a tick where the committee or the vice-chair is there."""
    found, total = data
    lang = view.lang
    rows = sorted(as_rows(found.rows), key=lambda row: str(row["record"]))
    lines = [(row["name"], REGION_KIND.label(row["township_kind"], lang), *_words(row, view)) for row in rows]
    table = pd.DataFrame(lines, columns=[word(lang) for word in (TOWN, TOWN_KIND, COMMITTEE, VICE_CHAIR)])
    subtitle = TICKS_SUBTITLE(lang, day=formats.day(view.context.stock_on))
    if not rows:
        return Picture(TICKS(lang), subtitle, None, table, empty=TICKS_EMPTY(lang), alt=TICKS_EMPTY(lang))
    title = finding(rows, total, view) or TICKS(lang)
    columns = (Column(TOWN(lang)), Column(COMMITTEE(lang), "centre"), Column(VICE_CHAIR(lang), "centre"))
    drawn = tuple(_place(row, view) for row in rows)
    return Picture(
        title,
        subtitle,
        Listing(columns, drawn),
        table,
        foot=TICKS_FOOT(lang, word=view.context.rules.region_word),
        alt=title,
    )


def finding(rows: list[Any], total: Any, view: View) -> str:
    """Committees of subdistricts, then vice-chairs of townships; who lacks one is named while they are few."""
    lang = view.lang
    if len(rows) == 1:
        state = str(rows[0]["post_state"])
        return ONE_WORDS[state](lang, name=rows[0]["name"]) if state in ONE_WORDS else ""
    parts = []
    k, n = granted(total[f"{COMMITTEES.key}.k"]), granted(total[f"{COMMITTEES.key}.n"])
    if n:
        parts.append((STREETS_ALL if k == n else STREETS_SOME)(lang, k=k, n=n))
    k, n = granted(total[f"{VICE_CHAIRS.key}.k"]), granted(total[f"{VICE_CHAIRS.key}.n"])
    if n:
        lacking = [row["name"] for row in rows if row["post_state"] == "UNFILLED"]
        words = (CHAIRS_ALL if k == n else CHAIRS_SOME)(lang, k=k, n=n)
        parts.append(words + (LACKING(lang, names=LIST(lang).join(lacking)) if 0 < len(lacking) <= NAMED else ""))
    return Text("；", "; ")(lang).join(parts)


def _words(row: Mapping[Any, Any], view: View) -> tuple[str, str]:
    return _committee(row, view).text, _vice_chair(row, view).text


def _place(row: Mapping[Any, Any], view: View) -> Line:
    asked, code = view.context.filters.townships, str(row["record"])
    href = view.link(PATH, townships=() if asked == (code,) else (code,))
    return Line((Cell(row["name"]), _committee(row, view), _vice_chair(row, view)), href)


def _committee(row: Mapping[Any, Any], view: View) -> Cell:
    if row["township_kind"] != "STREET":
        return Cell(formats.MISSING, "muted")
    return Cell(DONE, "done") if row["post_state"] == "SET_UP" else Cell(NOT_SET_UP(view.lang), "soon")


def _vice_chair(row: Mapping[Any, Any], view: View) -> Cell:
    if row["township_kind"] not in ("TOWN", "XIANG"):
        return Cell(formats.MISSING, "muted")
    if row["post_state"] not in POST_STATE:
        return Cell(UNRECORDED(view.lang), "quiet")
    return Cell(DONE, "done") if row["post_state"] == "FILLED" else Cell(UNFILLED(view.lang), "soon")


BODY_LIST = of_the_district(Exhibit("bodies", NAME, (BODIES, *PARTS, STAFF, POSTS), _query, compose))
TICK_LIST = Exhibit("ticks", TICKS, (COMMITTEES, VICE_CHAIRS), _ticks_query, compose_ticks)
