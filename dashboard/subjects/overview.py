"""What to ask about today: late and soon due items, feedback owed, yearly duties still open, unrated replies, gaps in
stations, oaths open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.listing import Tone
from dashboard.exhibits.todo import Item, Todo
from dashboard.formats import granted
from dashboard.subjects import supervision_limits as limits
from data_access import lists
from data_access.dimensions import labels
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.origins import origin
from data_access.reported import Reported
from data_access.statements import COUNTED
from data_access.text import Text

NAME = Text("今天要过问", "To ask about today")
LATE_AND_SOON = Text(
    "今天要过问：{late} 件超期，{soon} 件 {days} 天内到期",
    "To ask about today: {late} late, {soon} due within {days} days",
)
LATE_ONLY = Text("今天要过问：{late} 件超期", "To ask about today: {late} late")
SOON_ONLY = Text("没有超期件；{soon} 件 {days} 天内到期", "Nothing is late; {soon} due within {days} days")
NOTHING_LATE = Text("没有超期件和临期件", "Nothing is late or due soon")
SUBTITLE = Text(
    "截至 {day}，按紧急程度；点开即到逐件记录", "As of {day}, most urgent first; each line leads to its records"
)
ALL = Text("全部 {n} 件", "All {n}")
EMPTY = Text("所选范围内没有需要过问的事项。", "There is nothing to ask about in this range.")
COLUMNS = (Text("状态", "Status"), Text("事项", "Matter"), Text("说明", "Note"))

LATE = Text("超期 {n} 天", "{n} days late")
SOON = Text("剩 {n} 天", "{n} days left")
NUMBERED = Text("{id} {title}", "{id} {title}")
DUE = Text("应于 {day} 答复", "reply due {day}")
OTHERS_SOON = Text("另 {n} 件临期", "{n} more due soon")
OWED = Text("欠反馈 {n} 项", "{n} owed")
OWED_NOTE = Text("最早应于 {day} 报送，已逾 {late} 天", "the oldest was due {day}, {late} days ago")
UNRATED = Text("待评价 {n} 件", "{n} unrated")
UNRATED_TITLE = Text("已答复、代表尚未反馈意见", "Replied, deputies have not said whether they are content")
UNRATED_NOTE = Text("反馈率 {share}", "feedback rate {share}")
NO_STATION = Text("未建站 {n} 个", "{n} unserved")
NO_STATION_TITLE = Text("{names}尚无代表联络站", "{names}: no liaison station")
NO_STATION_NOTE = Text("涉及常住人口 {people} 万人", "{n} residents live there")
OATHS = Text("待宣誓 {n} 人次", "{n} oaths due")
OATHS_TITLE = Text("任命后尚未宣誓", "Appointed, oath not yet taken")
SHOWN_LATE, SHOWN_SOON, LIMIT = 3, 1, 40


def today(key: str = "today") -> Exhibit:
    """The list of what to chase, each line a link to its records."""
    listed = tuple(METRICS[name] for name in ("P06", "P06a", "S09a", "L02"))
    counted = tuple(METRICS[name] for name in ("P13", "A05"))

    def query(connection: Connection, view: View) -> dict[str, Any]:
        found = {metric.key: lists.records(connection, metric, view.context, limit=LIMIT) for metric in listed}
        found[limits.DUTIES.key] = limits.query(connection, view)
        # Replies that are known only in total cannot be chased one by one: rows alone count here.
        is_printed = any(origin(view.context, metric).paper for metric in counted)
        alone = replace(view.context, reported=Reported()) if is_printed else view.context
        totals = measure(connection, counted, alone).iloc[0]
        return {"found": found, "totals": totals, "towns": labels(connection, "township", view.context)}

    def compose(data: dict[str, Any], view: View) -> Picture:
        found: Mapping[str, lists.Listing] = data["found"]
        items = [item for make in LISTED for item in make(found, data["towns"], view)]
        items += [item for make in COUNTED_ITEMS for item in make(data["totals"], view)]
        late, soon = found["P06"].total, found["P06a"].total
        title = _title(late, soon, view)
        subtitle = SUBTITLE(view.lang, day=formats.day(view.context.stock_on))
        table = pd.DataFrame([(i.chip, i.title, i.note) for i in items], columns=[c(view.lang) for c in COLUMNS])
        if not items:
            return Picture(NAME(view.lang), subtitle, None, table, empty=EMPTY(view.lang), alt=EMPTY(view.lang))
        more = (ALL(view.lang, n=late + soon), view.link("/proposals", panel="due_list"))
        return Picture(title, subtitle, Todo(tuple(items)), table, alt=title, more=more if late + soon else None)

    return Exhibit(key, NAME, (*listed, limits.DUTIES, *counted), query, compose)


def _title(late: int, soon: int, view: View) -> str:
    sentence = (LATE_AND_SOON if soon else LATE_ONLY) if late else (SOON_ONLY if soon else NOTHING_LATE)
    return sentence(view.lang, late=late, soon=soon, days=view.context.rules.soon_days)


Found = Mapping[str, lists.Listing]
Towns = Mapping[Any, Text]


def _late(found: Found, towns: Towns, view: View) -> list[Item]:
    rows = as_rows(found["P06"].rows.head(SHOWN_LATE))
    return [_case(row, LATE(view.lang, n=-int(row["days_left"])), "late", towns, view) for row in rows]


def _soon(found: Found, towns: Towns, view: View) -> list[Item]:
    listing = found["P06a"]
    rows = as_rows(listing.rows.head(SHOWN_SOON))
    more = OTHERS_SOON(view.lang, n=listing.total - len(rows)) if listing.total > len(rows) else ""
    return [_case(row, SOON(view.lang, n=int(row["days_left"])), "soon", towns, view, more) for row in rows]


def _case(row: Mapping[Any, Any], chip: str, tone: Tone, towns: Towns, view: View, more: str = "") -> Item:
    lang = view.lang
    town = towns[row["township"]](lang) if row["township"] in towns else ""
    note = (row["unit_name"] or "", DUE(lang, day=formats.short_day(row["due_on"])), more or town)
    return Item(
        chip=chip,
        tone=tone,
        title=NUMBERED(lang, id=row["id"], title=row["title"]),
        note=" · ".join(part for part in note if part),
        href=view.record("proposal", row["record"]),
    )


def _owed(found: Found, towns: Towns, view: View) -> list[Item]:
    listing = found["S09a"]
    if not listing.total:
        return []
    oldest = listing.rows.sort_values("followup_due_on").iloc[0]
    titles = ("、" if view.lang == "zh" else ", ").join(dict.fromkeys(listing.rows["title"].head(2)))
    day = oldest["followup_due_on"]
    note = OWED_NOTE(view.lang, day=formats.day(day), late=(view.context.stock_on - day).days)
    return [Item(OWED(view.lang, n=listing.total), "late", titles, note, view.link("/records", metric="S09a"))]


def _duties(found: Found, towns: Towns, view: View) -> list[Item]:
    made = limits.line(found[limits.DUTIES.key], view)
    return [made] if made else []


def _unrated(totals: Any, view: View) -> list[Item]:
    rated, replied = totals["P13.k"], totals["P13.n"]
    if formats.is_missing(replied) or rated == replied:
        return []
    unrated = granted(replied - rated)
    share = formats.share_with_base(rated, replied, view.lang, small_n=view.context.rules.small_n)
    chip = UNRATED(view.lang, n=unrated)
    return [
        Item(
            chip,
            "quiet",
            UNRATED_TITLE(view.lang),
            UNRATED_NOTE(view.lang, share=share),
            view.link("/records", metric="P13"),
        )
    ]


def _no_station(found: Found, towns: Towns, view: View) -> list[Item]:
    rows = found["L02"].rows
    bare = rows[~rows[COUNTED].astype(bool)] if len(rows) else rows
    if bare.empty:
        return []
    names = ("、" if view.lang == "zh" else ", ").join(bare["name"].head(4))
    people = int(bare["population"].sum())
    return [
        Item(
            NO_STATION(view.lang, n=len(bare)),
            "quiet",
            NO_STATION_TITLE(view.lang, names=names),
            NO_STATION_NOTE(view.lang, people=formats.number(people / 10_000, 1), n=formats.number(people)),
            view.link("/stations"),
        )
    ]


def _oaths(totals: Any, view: View) -> list[Item]:
    sworn, required = totals["A05.k"], totals["A05.n"]
    if formats.is_missing(required) or sworn == required:
        return []
    open_oaths = granted(required - sworn)
    share = formats.share_with_base(sworn, required, view.lang, small_n=view.context.rules.small_n)
    note = METRICS["A05"].name(view.lang) + " " + share
    return [
        Item(OATHS(view.lang, n=open_oaths), "quiet", OATHS_TITLE(view.lang), note, view.link("/records", metric="A05"))
    ]


LISTED: tuple[Callable[[Found, Towns, View], list[Item]], ...] = (_late, _soon, _owed, _duties, _no_station)
COUNTED_ITEMS: tuple[Callable[[Any, View], list[Item]], ...] = (_unrated, _oaths)


def five_years(whole: pd.DataFrame, view: View) -> str:
    """The finding over the five-year panels: how suggestions moved, and when appointments peaked; true on any data."""
    received = [float(value) for value in whole["P01"]]
    years = [int(year) for year in whole["year"]]
    parts = []
    if len(received) > 2 and all(b > a for a, b in pairwise(received)):
        parts.append(Text("建议连年增多", "Suggestions rose every year")(view.lang))
    elif len(received) > 2 and all(b < a for a, b in pairwise(received)):
        parts.append(Text("建议连年减少", "Suggestions fell every year")(view.lang))
    peak = whole["A01"].idxmax() if "A01" in whole and whole["A01"].sum() else None
    if peak is not None and (whole["A01"] == whole["A01"].max()).sum() == 1:
        year = years[whole.index.get_loc(peak)]
        parts.append(Text("任免在 {year} 年最多", "appointments peaked in {year}")(view.lang, year=year))
    said = Text("；", "; ")(view.lang).join(parts)
    return said[:1].upper() + said[1:]
