"""How old each table is, which years it lacks, and what was imported when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.badge import PAGE, share
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, last_years
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.subjects.quality import NO_ROWS, RECORDS_HEAD, Data, only, query
from data_access.quality import imports as log
from data_access.quality.register import EVERY
from data_access.quality.rules import is_fed
from data_access.quality.sums import TABLE
from data_access.quality.survey import Surveyed
from data_access.tables import KEPT_BY_US, TABLES
from data_access.text import Lang, Text

SOURCES_NAME = Text("数据新旧", "How old the data is")
SOURCES_SUB = Text(
    "各数据表最近发生的事项和最近一次登记，全部年份；距数据日期的天数",
    "Newest event and newest entry of each table, all years; days before the day of the data",
)
SOURCES_FOOT = Text(
    "{n} 天没有新事项的数据表标“久未更新”（rule_config 的 stale_days）；名册不要求经常更新。"
    "注明来源为填有来源文件的记录比重。",
    "Tables without an event for {n} days are marked (stale_days in rule_config); registers need no constant news. "
    "Documented: records that name their source.",
)
STALE_TITLE = Text("{tables}已 {n} 天以上没有新事项", "No event for more than {n} days in {tables}")
FRESH_TITLE = Text(
    "经常更新的 {k} 张数据表在 {n} 天内都有新事项", "All {k} tables fed regularly have events of the last {n} days"
)
ABSENT = Text("数据库没有：{tables}。", "Not in the database: {tables}.")
SOURCE_HEADS = (
    Text("数据表", "Table"), RECORDS_HEAD, Text("最近发生", "Newest event"), Text("最近登记", "Newest entry"),
    Text("距今天数", "Days ago"), Text("注明来源", "Documented"),
)  # fmt: skip
OLD = Text("久未更新", "stale")
AND_MORE = Text("{names}等 {n} 张数据表", "{names} and others, {n} tables")

GAPS_NAME = Text("各年有无记录", "Years with and without records")
GAPS_SUB = Text(
    "格内为记录条数；自有记录的第一年起，没有记录的年份标“缺”",
    "Records by year; from the first year with records on, a year without is marked",
)
GAPS_FOOT = Text(
    "名册和没有日期的数据表不列。点一格看该年该表。",
    "Registers and tables without dates are left out. A cell shows that table in that year.",
)
GAPS = Text("{n} 张数据表有缺年", "{n} tables lack a year")
NO_GAPS = Text("{a}–{b} 年各数据表都有记录", "Every table has records of {a}–{b}")
LACKING = Text("缺", "none")

IMPORTS_NAME = Text("导入记录", "Imports")
IMPORTS_SUB = Text("最近 {n} 次导入，新的在前", "The last {n} imports, the newest first")
IMPORTS_TITLE = Text("最近一次导入：{day}，新增 {a} 行，更新 {c} 行", "Last import: {day}, {a} rows added, {c} changed")
NO_LOG = Text(
    "这个数据库没有导入记录表（import_log），数据不是用本系统导入的，或未授权查看。",
    "The database keeps no log of imports (import_log): its data came another way, or the log may not be read.",
)
NO_IMPORTS = Text("还没有导入过文件。", "No file has been imported yet.")
IMPORT_HEADS = {name: KEPT_BY_US[0].c[name].info["header"] for name in log.COLUMNS}
NAMED = 3


def _sources(data: Data, view: View) -> Picture:
    lang, tables = view.lang, [made for made in data.survey.tables.values() if made.rows.sum()]
    subtitle = SOURCES_SUB(lang)
    if not tables:
        words = NO_ROWS(lang)
        return Picture(SOURCES_NAME(lang), subtitle, None, _said(SOURCES_NAME, words, lang), empty=words, alt=words)
    limit, today = data.context.rules.stale_days, data.survey.as_of
    stale = [made.table for made in tables if is_stale(made, today, limit)]
    fed = [made for made in tables if is_fed(made.table) and made.newest_event]
    title = STALE_TITLE(lang, tables=_listed(stale, lang), n=limit) if stale else FRESH_TITLE(lang, k=len(fed), n=limit)
    columns = tuple(Column(head(lang), "left" if place == 0 else "right") for place, head in enumerate(SOURCE_HEADS))
    body = Listing(columns, tuple(_source(made, made.table in stale, today, view) for made in tables))
    absent = [ABSENT(lang, tables=_listed(data.survey.absent, lang, most=99))] if data.survey.absent else []
    foot = ("" if lang == "zh" else " ").join([SOURCES_FOOT(lang, n=limit), *absent])
    frame = pd.DataFrame([_facts(made, today, lang) for made in tables], columns=[h(lang) for h in SOURCE_HEADS])
    return Picture(title, subtitle, body, frame, foot, alt=title)


def is_stale(made: Surveyed, today: date, limit: int) -> bool:
    """Whether a table that is fed all the time has had no event for too long."""
    return is_fed(made.table) and made.newest_event is not None and (today - made.newest_event).days > limit


def _facts(made: Surveyed, today: date, lang: Lang) -> tuple[Any, ...]:
    rows = int(made.rows.sum())
    days = (today - made.newest_event).days if made.newest_event else None
    noted = made.documented / rows
    return TABLES[made.table].info["title"](lang), rows, made.newest_event, made.newest_change, days, share(noted, 0)


def _source(made: Surveyed, is_old: bool, today: date, view: View) -> Line:
    title, rows, event, change, days, noted = _facts(made, today, view.lang)
    old = Cell(f"{formats.number(days)} {OLD(view.lang)}", "soon") if is_old else Cell(formats.number(days))
    cells = (
        Cell(title),
        Cell(formats.number(rows)),
        Cell(formats.day(event)),
        Cell(formats.day(change)),
        old,
        Cell(noted),
    )
    return Line(cells, only(view, TABLE, made.table))


def _listed(names: Any, lang: Lang, most: int = NAMED) -> str:
    words = [TABLES[name].info["title"](lang) for name in names]
    gap = "、" if lang == "zh" else ", "
    few = gap.join(words[:most])
    return AND_MORE(lang, names=few, n=len(words)) if len(words) > most else few


def _gaps(data: Data, view: View) -> Picture:
    lang, years = view.lang, [year for year in last_years(view) if year <= data.survey.as_of.year]
    each = {made.table: by_year(made, data) for made in data.survey.tables.values() if is_fed(made.table)}
    each = {name: found for name, found in each.items() if found}
    if not each or not years:
        words = NO_ROWS(lang)
        return Picture(GAPS_NAME(lang), GAPS_SUB(lang), None, _said(GAPS_NAME, words, lang), empty=words, alt=words)
    lacking = [name for name, found in each.items() if any(is_gap(found, year) for year in years)]
    title = GAPS(lang, n=len(lacking)) if lacking else NO_GAPS(lang, a=years[0], b=years[-1])
    columns = (Column(SOURCE_HEADS[0](lang)), *(Column(str(year), "right") for year in years))
    body = Listing(columns, tuple(_years(name, found, years, view) for name, found in each.items()))
    frame = pd.DataFrame(
        [[TABLES[name].info["title"](lang), *(found[year] for year in years)] for name, found in each.items()],
        columns=[SOURCE_HEADS[0](lang), *map(str, years)],
    )
    return Picture(title, GAPS_SUB(lang), body, frame, GAPS_FOOT(lang), alt=title)


def by_year(made: Surveyed, data: Data) -> Counter[int]:
    """Records of a table by year, in the townships asked for; those that belong to every year are left out."""
    towns, found = data.context.filters.townships, Counter[int]()
    for cell, rows in zip(made.cells, made.rows, strict=True):
        if cell.year != EVERY and (not towns or cell.region.startswith(towns)):
            found[cell.year] += int(rows)
    return found


def is_gap(found: Mapping[int, int], year: int) -> bool:
    """Whether a table that has records of earlier years has none of this one."""
    return not found.get(year) and min(found) < year


def _years(name: str, found: Counter[int], years: list[int], view: View) -> Line:
    cells = [Cell(TABLES[name].info["title"](view.lang))]
    for year in years:
        href = view.link(PAGE, years=(year, year), picks=((TABLE, name),)) if found[year] else ""
        missing = Cell(LACKING(view.lang), "soon") if is_gap(found, year) else Cell(formats.MISSING, "muted")
        cells.append(Cell(formats.number(found[year]), href=href) if found[year] else missing)
    return Line(tuple(cells))


def _said(name: Text, words: str, lang: Lang) -> pd.DataFrame:
    return pd.DataFrame({name(lang): [words]})


def _ask_imports(connection: Connection, view: View) -> pd.DataFrame | None:
    return log.imports(connection, view.context)


def _imports(found: pd.DataFrame | None, view: View) -> Picture:
    lang = view.lang
    if found is None or found.empty:
        words = (NO_LOG if found is None else NO_IMPORTS)(lang)
        return Picture(IMPORTS_NAME(lang), "", None, _said(IMPORTS_NAME, words, lang), empty=words, alt=words)
    newest = found.iloc[0]
    title = IMPORTS_TITLE(
        lang, day=_moment(newest["made_at"]), a=formats.number(newest["added"]), c=formats.number(newest["changed"])
    )
    columns = tuple(
        Column(head(lang), "right" if name in log.COLUMNS[3:7] else "left", wide=name == "file_name")
        for name, head in IMPORT_HEADS.items()
    )
    lines = tuple(
        Line(tuple(Cell(_moment(row[name]) if name.endswith("_at") else _plain(row[name])) for name in IMPORT_HEADS))
        for row in as_rows(found)
    )
    frame = found.rename(columns={name: head(lang) for name, head in IMPORT_HEADS.items()})
    return Picture(title, IMPORTS_SUB(lang, n=len(found)), Listing(columns, lines), frame, alt=title)


def _moment(value: Any) -> str:
    return formats.MISSING if pd.isna(value) else pd.Timestamp(value).strftime("%Y-%m-%d %H:%M")


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else formats.number(value)


SOURCES = Exhibit("sources", SOURCES_NAME, (), query, _sources)
YEARS = Exhibit("gaps", GAPS_NAME, (), query, _gaps)
IMPORTS = Exhibit("imports", IMPORTS_NAME, (), _ask_imports, _imports)
