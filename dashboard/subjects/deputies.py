"""Deputies at a glance: the large figures, seats by township, assigned and attended, activity in bands, training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.bars_by_year import bars_by_year
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.headline import Figure, headline
from dashboard.exhibits.labels import as_rows, named
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exhibits.numbers import Numbers
from dashboard.exhibits.panels import panels
from dashboard.exhibits.stacked import stacked
from dashboard.formats import granted
from data_access.dimensions import labels
from data_access.lists import regions
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.tables.codes import CONGRESS_LEVEL
from data_access.text import Text

PATH = "/deputies"
SERVING, IN_TOWNS, ALL = METRICS["L15.serving.d"], METRICS["L15.serving.t"], METRICS["L15.all"]
QUOTA, QUOTA_TOWNS, VACANT, VACANT_TOWNS = (METRICS[key] for key in ("L15.quota.d", "L15.quota.t", "L15.d", "L15.t"))
ASSIGNED, ATTENDED = METRICS["L04"], METRICS["L05"]
TRAINED, TRAININGS, CLASSES = METRICS["L13.share"], METRICS["L13"], METRICS["L13.sessions"]
BANDS, ANY_RECORD = METRICS["L16.band"], METRICS["L16"]

OF_QUOTA = Text("名额 {q}，出缺 {v}", "of {q} seats, {v} vacant")
NO_QUOTA = Text("名额不分到乡镇", "seats belong to the whole district")
NOBODY = Text("所选范围没有这级代表", "no such deputies here")
NO_RECORDS = Text("没有可计的履职登记", "nothing on record to count")
CLASSES_HELD = Text("{c} 期 {n} 人次", "{c} classes, {n} person-times")
NONE = "—"

SEATS = Text("代表实有与出缺", "Serving and vacant seats")
DISTRICT_SEATS = Text("{word}代表实有 {n} 名", "District deputies {n}")
TOWN_SEATS = Text("乡镇代表 {n} 名", "township {n}")
VACANCIES = Text("、出缺 {n} 名", ", {n} vacant")
SEATS_SUBTITLE = Text("截至 {day} 在任：{words}", "Serving on {day}: {words}")
LEVEL_COUNT = Text("{level} {n}", "{level} {n}")
SEATS_FOOT = Text(
    "{word}代表名额由全{word}确定，不分到乡镇，按选区所在乡镇列实有；街道没有乡镇代表，记“—”，不是 0。",
    "Seats of the district's Congress belong to no township; its deputies stand where they were elected. Subdistricts "
    "have no township deputies: a dash, not 0.",
)
SEATS_EMPTY = Text(
    "截至 {day}，所选范围内没有在任代表记录，可换年份或乡镇再看。",
    "On {day} no serving deputies are on record in this range; try other years or townships.",
)
TOWNSHIP, WHOLE = Text("乡镇（街道）", "Township"), Text("合计", "Total")
SEAT_HEADS = (
    Text("{word}代表", "District"), Text("乡镇代表", "Township"), Text("乡镇名额", "Its seats"),
    Text("乡镇出缺", "Vacant"), Text("上级代表", "Upper"),
)  # fmt: skip

SITES = Text("编入站点与到过站", "Assigned and attended")
SITES_TITLE = Text("编入站点 {a}，期内到过站 {b}（n={n}）", "{a} assigned, {b} attended (n={n})")
SITES_ASSIGNED = Text("编入站点 {a}（n={n}），没有履职登记", "{a} assigned (n={n}), no activity on record")
SITES_SUBTITLE = Text(
    "各级在任代表；条长为到过站的占比，竖线为编入的占比", "By level; bars show attendance, rules assignment"
)
SITES_FOOT = Text(
    "编入站点不等于到过站；到站按所选年份内有进站记录计，只登记人次、未登记代表的场次无法计入。人数少的列人数。",
    "Assigned is not attended. Attended: on record at a reception within the years chosen; events that record only a "
    "headcount cannot be told. Few deputies are given as counts.",
)
SITES_EMPTY = Text("所选范围内没有在任代表记录。", "No serving deputies on record in this range.")
ASSIGNED_HEAD, ATTENDED_HEAD = Text("编入", "Assigned"), Text("到过站", "Attended")
LEVEL, COUNT = Text("代表层级", "Level"), Text("在任（人）", "Serving")

ACTIVE = Text("履职记录分档", "Deputies by band of records")
ACTIVE_TITLE = Text(
    "{y} 年 {many} 的代表有 4 条及以上履职记录，{none} 人没有记录",
    "{y}: {many} have 4 or more records, {none} have none",
)
ACTIVE_ALL = Text(
    "{y} 年 {many} 的代表有 4 条及以上履职记录，人人都有记录",
    "{y}: {many} have 4 or more records, all have some",
)
ACTIVE_SUBTITLE = Text(
    "县、乡两级在任代表按当年履职记录条数分档，条内数字为人数", "District and township deputies by records in each year"
)
ACTIVE_FOOT = Text(
    "没有记录可能只是未登记，宜先核对登记；当年尚未结束的，条数只到数据截至日。分档只看总体，不列姓名、不排名。",
    "None may mean not recorded: check the records first. An unfinished year counts to the day of the data. Bands "
    "show the whole; nobody is named or ranked.",
)
FEW = Text("{y} 年没有记录的代表 {none} 人", "{y}: {none} deputies without a record")

EVENTS = Text("各年代表活动", "Activities by year")
EVENT_KIND = Text("活动类型", "kind")
EVENTS_FOOT = Text(
    "按场计，出席人代会、列席常委会不计，走访、述职是个人记录，也不计；全区组织的活动不分到乡镇。",
    "By event; sessions and committee meetings, visits and reports of single deputies are not counted. Events of the "
    "whole district belong to no township.",
)

TRAINING = Text("代表培训", "Training")
TRAINING_TITLE = Text(
    "{y} 年培训 {c} 期、{n} 人次，{share}的代表至少参训一次",
    "{y}: {c} classes; {share} of deputies trained",
)
TRAINING_PART = Text("{y} 年 {share}的代表至少参训一次", "{y}: {share} of deputies were trained at least once")
TRAINING_FOOT = Text(
    "人次可多于代表人数（一人可参训几次），属正常；占比按人计，未登记名单的培训无法计入。",
    "Person-times may exceed deputies, since one may come several times. The share counts persons; classes without "
    "names cannot be told.",
)
NOT_BY_TOWNSHIP = Text("期数、人次由全{word}组织，不分到乡镇。", "Classes are the whole district's and no township's.")
WHOLE_CLASSES = Text("期数不分到乡镇", "classes are the district's")


def _district(total: Any, view: View) -> str:
    quota = granted(total[QUOTA.key])
    return OF_QUOTA(view.lang, q=quota, v=granted(total[VACANT.key])) if quota else NO_QUOTA(view.lang)


def _towns(total: Any, view: View) -> str:
    quota = granted(total[QUOTA_TOWNS.key])
    return OF_QUOTA(view.lang, q=quota, v=granted(total[VACANT_TOWNS.key])) if quota else ""


def _classes(total: Any, view: View) -> str:
    if not total[CLASSES.key]:
        return WHOLE_CLASSES(view.lang) if view.context.filters.townships else ""
    return CLASSES_HELD(view.lang, c=granted(total[CLASSES.key]), n=formats.number(total[TRAININGS.key]))


def _of_this_district(exhibit: Exhibit) -> Exhibit:
    """The headline with the region's own word (区, 县), and a dash where nobody serves.

    A subdistrict elects no township deputies, which is not 0.
    """
    bases = [f"{metric.key}.n" if metric.is_share else metric.key for metric in exhibit.metrics]

    def compose(data: Any, view: View) -> Picture:
        picture = exhibit.compose(data, view)
        cards = list(picture.body.cards) if isinstance(picture.body, Numbers) else []
        cards = [replace(card, name=card.name.format(word=view.context.rules.region_word)) for card in cards]
        table = picture.table.copy()
        table.iloc[:, 0] = [card.name for card in cards]
        for place, base in enumerate(bases):
            if not data[0][base]:
                why = (NO_RECORDS if exhibit.metrics[place].is_share else NOBODY)(view.lang)
                cards[place] = replace(cards[place], value=NONE, unit="", change_lead="", change="", base=why, trend=())
                table.iloc[place, 1] = None
        return replace(picture, body=Numbers(tuple(cards)), figures=table)

    return replace(exhibit, compose=compose)


@dataclass(frozen=True)
class Seats:
    """Townships as (code, name), one row of counts for each by code, the totals, serving deputies by level."""

    places: Sequence[tuple[str, str]]
    by_place: Mapping[str, Any]
    total: Any
    levels: Mapping[str, int]


SEAT_METRICS = (SERVING, IN_TOWNS, ALL, QUOTA, QUOTA_TOWNS, VACANT, VACANT_TOWNS)


def _seats_query(connection: Connection, view: View) -> Seats:
    context, asked = view.context, view.context.filters.townships
    found = measure(connection, SEAT_METRICS, context, ("township",))
    levels = measure(connection, (ALL,), context, ("level",))
    return Seats(
        places=[place[:2] for place in regions.townships(connection, context.scope) if not asked or place[0] in asked],
        by_place={str(row["township"]): row for row in as_rows(found)},
        total=measure(connection, SEAT_METRICS, context).iloc[0],
        levels={str(level): int(n) for level, n in levels.itertuples(index=False, name=None)},
    )


def compose_seats(found: Seats, view: View) -> Picture:
    """Townships down; district deputies, township deputies with seats and vacancies, upper deputies across."""
    lang, word, day = view.lang, view.context.rules.region_word, formats.day(view.context.stock_on)
    table = _seats_table(found, view)
    if not found.total[ALL.key]:
        sentence = SEATS_EMPTY(lang, day=day)
        return Picture(SEATS(lang), "", None, table, empty=sentence, alt=sentence)
    words = [
        LEVEL_COUNT(lang, level=name(lang), n=found.levels[code])
        for code, name in CONGRESS_LEVEL.words.items()
        if found.levels.get(code)
    ]
    subtitle = SEATS_SUBTITLE(lang, day=day, words=("、" if lang == "zh" else ", ").join(words))
    title = seats_title(found.total, view)
    heads = (TOWNSHIP(lang), *(head(lang, word=word) for head in SEAT_HEADS))
    columns = tuple(Column(head, "right" if place else "left") for place, head in enumerate(heads))
    lines = [_seat_line(code, name, found.by_place.get(code), view) for code, name in found.places]
    lines.append(Line((Cell(WHOLE(lang)), *(Cell(cell) for cell in _seat_cells(found.total)))))
    foot = SEATS_FOOT(lang, word=word)
    return Picture(title, subtitle, Listing(columns, tuple(lines)), table, foot=foot, alt=title)


def seats_title(total: Any, view: View) -> str:
    """Serving and vacant, district and township deputies apart; a level that has none is left out."""
    lang, parts = view.lang, []
    for words, serving, vacant in ((DISTRICT_SEATS, SERVING, VACANT), (TOWN_SEATS, IN_TOWNS, VACANT_TOWNS)):
        if n := _known(total[serving.key]):
            open_seats = _known(total[vacant.key])
            made = words(lang, word=view.context.rules.region_word, n=formats.number(n))
            parts.append(made + (VACANCIES(lang, n=open_seats) if open_seats else ""))
    return ("；" if lang == "zh" else "; ").join(parts) or SEATS(lang)


def _seat_line(code: str, name: str, row: Any, view: View) -> Line:
    asked = view.context.filters.townships
    href = view.link(PATH, townships=() if asked == (code,) else (code,))
    cells = _seat_cells(row) if row is not None else (NONE,) * len(SEAT_HEADS)
    return Line((Cell(name), *(Cell(cell, "muted" if cell == NONE else "") for cell in cells)), href)


def _seat_cells(row: Any) -> tuple[str, ...]:
    """District deputies, township deputies with seats and vacancies, upper deputies; a dash where there are none, or
    nobody filled them in."""
    quota, vacant, everyone, ours, theirs = (
        _known(row[metric.key]) for metric in (QUOTA_TOWNS, VACANT_TOWNS, ALL, SERVING, IN_TOWNS)
    )
    serving = (formats.number(n) if n else NONE for n in (ours, theirs))
    seats = (formats.number(quota), formats.number(vacant)) if quota else (NONE, NONE)
    return (*serving, *seats, str(everyone - ours - theirs or NONE))


def _known(value: float) -> int:
    """A count, 0 where nobody filled it in."""
    return 0 if pd.isna(value) else int(value)


def _seats_table(found: Seats, view: View) -> pd.DataFrame:
    word = view.context.rules.region_word
    heads = [head(view.lang, word=word) for head in SEAT_HEADS]
    lines = [
        (name, *(_plain(cell) for cell in _seat_cells(found.by_place[code])))
        for code, name in found.places
        if code in found.by_place
    ]
    lines.append((WHOLE(view.lang), *(_plain(cell) for cell in _seat_cells(found.total))))
    return pd.DataFrame(lines, columns=[TOWNSHIP(view.lang), *heads])


def _plain(cell: str) -> int | None:
    return None if cell == NONE else int(cell.replace(",", ""))


def _sites_query(connection: Connection, view: View) -> dict[str, Any]:
    asked = (ASSIGNED, ATTENDED)
    return {
        "levels": measure(connection, asked, view.context, ("level",)),
        "total": measure(connection, asked, view.context).iloc[0],
        "labels": labels(connection, "level", view.context),
    }


def compose_sites(data: Mapping[str, Any], view: View) -> Picture:
    """A bar a level: who attended, with a rule where all those assigned would be."""
    lang, small_n, total = view.lang, view.context.rules.small_n, data["total"]
    order = {code: place for place, code in enumerate(data["labels"])}
    rows = sorted(as_rows(data["levels"]), key=lambda row: order.get(str(row["level"]), len(order)))
    rows = [row for row in rows if row["L04.n"]]
    names = [named(data["labels"], row["level"], view) for row in rows]
    table = pd.DataFrame(
        [
            (name, row["L04.k"], row["L05.k"] if _is_known(row["L05.n"]) else None, row["L04.n"])
            for name, row in zip(names, rows, strict=True)
        ],
        columns=[LEVEL(lang), ASSIGNED_HEAD(lang), ATTENDED_HEAD(lang), COUNT(lang)],
    )
    if not rows:
        return Picture(SITES(lang), "", None, table, empty=SITES_EMPTY(lang), alt=SITES_EMPTY(lang))
    a, b = (_share(total[f"{key}.k"], total[f"{key}.n"], small_n) for key in ("L04", "L05"))
    title = (SITES_TITLE if _is_known(total["L05.n"]) else SITES_ASSIGNED)(
        lang, a=a, b=b, n=formats.number(total["L04.n"])
    )
    bars = tuple(
        Bar(
            name,
            float(row["L05"]) if _is_known(row["L05.n"]) else None,
            tuple(_share(row[f"{key}.k"], row[f"{key}.n"], small_n) for key in ("L04", "L05")),
            mark=float(row["L04"]),
            href=view.link(PATH, pick=("level", row["level"])),
        )
        for name, row in zip(names, rows, strict=True)
    )
    body = BarList(bars, (ASSIGNED_HEAD(lang), ATTENDED_HEAD(lang)), full=1.0)
    return Picture(title, SITES_SUBTITLE(lang), body, table, foot=SITES_FOOT(lang), alt=title)


def _is_known(n: Any) -> bool:
    """Whether a base is there at all: nothing on record is no zero."""
    return not formats.is_missing(n) and n > 0


def _share(k: Any, n: Any, small_n: int) -> str:
    """A share without its base, which stands beside it; counts where they are few, a dash where there is no base."""
    if not _is_known(n):
        return formats.MISSING
    return formats.percent(k / n) if n >= small_n else f"{formats.number(k)}/{formats.number(n)}"


def most_active(wide: pd.DataFrame, view: View) -> str:
    """The share with four records or more, and how many have none, in the last year; counts alone where few serve."""
    last = wide.iloc[-1]
    n = float(last["n"])
    if not n:
        return ""
    none = formats.number(last.get("NONE", 0))
    if n < view.context.rules.small_n:
        return FEW(view.lang, y=int(last["year"]), none=none)
    many = formats.percent(last.get("MANY", 0) / n)
    return (ACTIVE_TITLE if last.get("NONE", 0) else ACTIVE_ALL)(view.lang, y=int(last["year"]), many=many, none=none)


def _training() -> Exhibit:
    """Classes, person-times and the share of deputies trained; under townships the share alone, which each has."""
    whole = panels(TRAININGS, CLASSES, TRAINED, key="training", name=TRAINING)
    part = panels(TRAINED, key="training", name=TRAINING)

    def query(connection: Connection, view: View) -> Any:
        return (part if view.context.filters.townships else whole).query(connection, view)

    def compose(data: tuple[pd.DataFrame, pd.DataFrame], view: View) -> Picture:
        chosen = part if view.context.filters.townships else whole
        picture = chosen.compose(data, view)
        title = training_title(data[0].iloc[-1], view) or picture.title
        foot = TRAINING_FOOT(view.lang)
        if chosen is part:
            foot = (
                NOT_BY_TOWNSHIP(view.lang, word=view.context.rules.region_word)
                + ("" if view.lang == "zh" else " ")
                + foot
            )
        return replace(picture, title=title, alt=title, foot=foot)

    return replace(whole, query=query, compose=compose)


def training_title(last: Any, view: View) -> str:
    """Classes, person-times and the share trained in the last year; empty where nobody serves."""
    n = last[f"{TRAINED.key}.n"]
    if not n:
        return ""
    share = formats.share_with_base(last[f"{TRAINED.key}.k"], n, view.lang, small_n=view.context.rules.small_n)
    y = int(last["year"])
    if CLASSES.key not in last.index:
        return TRAINING_PART(view.lang, y=y, share=share)
    people = formats.number(last[TRAININGS.key])
    return TRAINING_TITLE(view.lang, y=y, c=granted(last[CLASSES.key]), n=people, share=share)


HEADLINE = _of_this_district(
    headline(
        Figure(SERVING, name=Text("{word}代表", "District deputies"), note=_district, also=(QUOTA, VACANT)),
        Figure(IN_TOWNS, name=Text("乡镇代表", "Township deputies"), note=_towns, also=(QUOTA_TOWNS, VACANT_TOWNS)),
        Figure(METRICS["L10.d"], base=Text("在任", "serving"), name=Text("{word}代表述职", "District: reported")),
        Figure(METRICS["L10.t"], base=Text("在任", "serving"), name=Text("乡镇代表述职", "Township: reported")),
        Figure(METRICS["L12.dep"], base=Text("在任", "serving"), name=Text("联系选民", "Visited voters")),
        Figure(TRAINED, name=Text("参训代表占比", "Deputies trained"), note=_classes, also=(TRAININGS, CLASSES)),
    )
)
SERVING_BY_TOWNSHIP = Exhibit("seats", SEATS, SEAT_METRICS, _seats_query, compose_seats)
AT_SITES = Exhibit("sites", SITES, (ASSIGNED, ATTENDED), _sites_query, compose_sites)
IN_BANDS = stacked(
    BANDS,
    "activity_band",
    key="bands",
    name=ACTIVE,
    path="/records",
    tones={"MANY": "blue", "SOME": "second", "NONE": "rest"},
    subtitle=ACTIVE_SUBTITLE,
    foot=ACTIVE_FOOT,
    finding=most_active,
    also=(ANY_RECORD,),
)
BY_KIND = bars_by_year(
    METRICS["L16.events"],
    "activity_kind",
    key="events",
    name=EVENTS,
    path=PATH,
    by_name=EVENT_KIND,
    foot=EVENTS_FOOT,
)
BY_TRAINING = _training()
