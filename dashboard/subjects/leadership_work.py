"""Key work that leaders are linked to: who and what, how far against the plan, which township has nobody.

Leaders stand in the order of their posts and numbers; nothing here ranks them or adds the kinds of work up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.assignments import Assignments, Person, Work
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.formats import granted
from dashboard.sources import without_rows
from dashboard.subjects.leadership import PATH
from data_access import lists
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.conditions import among, claims
from data_access.statements import COUNTED
from data_access.tables.codes import TASK_KIND
from data_access.text import Text

LEADERS, TASKS, PROJECTS, TOWNS, SPECIAL, DONE, LINKED = (
    METRICS[key]
    for key in ("B06.leaders", "B06.task", "B06.project", "B06.town", "B06.special", "B06.done", "B06.linked")
)
PARTS = {TASKS: "TASK", PROJECTS: "PROJECT", TOWNS: "TOWN", SPECIAL: "SPECIAL"}
EVERYTHING = replace(TASKS, counted=claims())
PLANNED = replace(TASKS, counted=among("kind", "TASK", "PROJECT", "SPECIAL"))
MOST = 500
Row = Mapping[Any, Any]

WHO_NAME = Text("班子成员联系重点工作", "Leaders and key work")
WHO_TITLE = Text("{n} 名班子成员{words}", "{n} leaders: {words}")
PART_WORDS = {
    TASKS: Text("联系重点任务 {n} 项", "{n} key tasks"),
    PROJECTS: Text("重点项目 {n} 个", "{n} key projects"),
    TOWNS: Text("包联乡镇（街道）{n} 个", "{n} townships"),
    SPECIAL: Text("参与专项工作 {n} 项", "{n} special campaigns"),
}
PROJECTS_FIRST = Text("联系重点项目 {n} 个", "{n} key projects")  # where no task lends its verb
WHO_SUBTITLE = Text(
    "所选期间内联系过的；各类分列，不相加；状态和进度为目前填报的",
    "Linked within the period; kinds apart, never added; state and progress as last recorded",
)
WHO_FOOT = Text(
    "按职务和编号排列，不作排名；任务大小不同，进度不用于比较个人。联系重点工作属党委分工，服务中心工作，不计入监督。",
    "In the order of posts and numbers, no ranking; tasks differ in size, so progress compares no one. Key work is the "
    "Party's division of labour and never counted as supervision.",
)
WHO_EMPTY = Text(
    "所选范围内没有班子成员联系重点工作的记录，可放宽年份或乡镇再看。",
    "No key work on record in this range; widen years or townships.",
)
LEADER, POST, DUE_DAY = (
    Text("班子成员", "Leader"),
    Text("职务", "Post"),
    Text("计划完成", "Due"),
)
KIND, WORK, SHARE = Text("类型", "Kind"), Text("工作", "Work"), Text("进度（%）", "Progress, %")
FINISHED, NOT_STARTED = Text("已完成", "done"), Text("未启动", "not started")
LATE, UNRECORDED = Text("已过期限", "past due"), Text("未填进度", "no figure")
AT = Text("{n}%", "{n}%")

PROGRESS_NAME = Text("重点工作进度", "Progress of key work")
PROGRESS_SUBTITLE = Text(
    "重点任务、项目和专项工作 {n} 项；条为进度，竖线为时间进度；逾期的在前，再按计划完成日期",
    "{n} tasks, projects and campaigns; bars: progress, rules: time elapsed; past due first, then by due day",
)
NONE_DUE = Text("期末前没有到期的重点工作", "No key work was due by the last day")
ALL_DONE = Text("到期 {n} 项，均已完成", "All {n} due are done")
NONE_DONE = Text("到期 {n} 项均未完成", "None of {n} due is done")
SOME_DONE = Text("到期 {n} 项，已完成 {k} 项，{late} 项逾期未完成", "{k} of {n} due are done, {late} are past due")
BEHIND = Text("；{n} 项进度慢于时间", "; {n} behind the time elapsed")
PROGRESS_FOOT = Text(
    "到期：计划完成日期在期末以前；琥珀色为逾期未完成的部分。包联乡镇为长期安排，没有进度。进度为承担单位填报。",
    "Due: planned to be done by the last day; amber is what is missing past that day. Townships are lasting links "
    "without progress. Progress is as reported.",
)
PROGRESS_EMPTY = Text(
    "所选范围内没有重点任务、项目和专项工作，可放宽年份或乡镇再看。",
    "No tasks, projects or campaigns in this range; widen years or townships.",
)
PROGRESS_HEADS = (Text("进度", "Progress"), Text("计划完成", "Due"))
ELAPSED = Text("时间进度（%）", "Time elapsed, %")
OTHERS = Text("其他 {n} 项", "{n} others")
SHOWN = 16

TOWNS_NAME = Text("乡镇（街道）包联", "Leaders of townships")
ONE_LINKED = Text("{name}有班子成员包联", "{name} has a leader linked")
ONE_UNLINKED = Text("{name}尚无班子成员包联", "{name} has no leader linked")
ALL_LINKED = Text("{n} 个乡镇（街道）都有班子成员包联", "All {n} townships have a leader linked")
SOME_LINKED = Text("{k} 个乡镇（街道）有班子成员包联，{names}尚无", "{k} townships have a leader linked; none: {names}")
MANY_UNLINKED = Text(
    "{k} 个乡镇（街道）有班子成员包联，{m} 个尚无", "{k} townships have a leader linked, {m} have none"
)
TOWNS_SUBTITLE = Text("截至 {day}，按区划代码排列", "On {day}, in order of code")
TOWNS_FOOT = Text(
    "已完成和中止的包联不算；点乡镇即只看该乡镇。", "Links that ended do not count; a township filters the page."
)
TOWNS_EMPTY = Text("所选范围内没有乡镇（街道）。", "No townships in this range.")
TOWN, BY = Text("乡镇（街道）", "Township"), Text("包联的班子成员", "Leader")
NOBODY, SEVERAL = Text("尚无", "none"), Text("{n} 人", "{n} leaders")
NAMED = 3
LIST = Text("、", ", ")


def _who_query(connection: Connection, view: View) -> tuple[lists.Listing, Any]:
    found = lists.records(connection, EVERYTHING, view.context, limit=MOST)
    return found, measure(connection, (LEADERS, *PARTS), view.context).iloc[0]


def compose_who(data: tuple[lists.Listing, Any], view: View) -> Picture:
    """A row a leader, a column a kind of work; ``data`` holds every piece of key work and the totals."""
    found, total = data
    lang, rows = view.lang, as_rows(found.rows)
    table = _who_table(rows, view)
    if not rows:
        sentence = WHO_EMPTY(lang)
        return Picture(WHO_NAME(lang), WHO_SUBTITLE(lang), None, table, empty=sentence, alt=sentence)
    words = PART_WORDS if total[TASKS.key] else PART_WORDS | {PROJECTS: PROJECTS_FIRST}
    parts = [words[part](lang, n=granted(total[part.key])) for part in PARTS if total[part.key]]
    title = WHO_TITLE(lang, n=granted(total[LEADERS.key]), words=("，" if lang == "zh" else ", ").join(parts))
    kinds = [code for part, code in PARTS.items() if total[part.key]]
    heads = ((LEADER(lang), ""), *((TASK_KIND.label(c, lang), view.link(PATH, pick=("task_kind", c))) for c in kinds))
    people = tuple(_person(own, kinds, found.kind, view) for own in _by_leader(rows))
    body = Assignments(heads, people)
    return Picture(title, WHO_SUBTITLE(lang), body, table, foot=WHO_FOOT(lang), alt=title)


def _by_leader(rows: list[Any]) -> list[list[Any]]:
    """The rows of each leader: heads before deputies (副), each in the order of the office's numbers."""
    own: dict[str, list[Any]] = {}
    for row in rows:
        own.setdefault(row["leader"], []).append(row)
    return sorted(own.values(), key=lambda rows: "副" in (rows[0]["duty"] or ""))


def _person(own: list[Any], kinds: list[str], record: str, view: View) -> Person:
    first = own[0]
    cells = tuple(tuple(_work(row, record, view) for row in own if row["kind"] == kind) for kind in kinds)
    return Person(first["leader"], first["duty"] or "", cells, view.link(PATH, pick=("leader", first["leader"])))


def _work(row: Row, record: str, view: View) -> Work:
    lang, href = view.lang, view.record(record, row["record"])
    if row["kind"] == "TOWN":
        return Work(row["township_name"] or row["title"], href=href)
    if row["status"] == "DONE":
        return Work(row["title"], FINISHED(lang), 1.0, "done", href)
    share, name = _share(row), row["title"]
    if is_late(row, view):
        return Work(name, LATE(lang), share, "late", href)
    if row["status"] == "NEW":
        return Work(name, NOT_STARTED(lang), share, "muted", href)
    return Work(name, _percent(row, view), share, href=href)


def _share(row: Row) -> float | None:
    value = row["progress_pct"]
    return None if formats.is_missing(value) else float(value) / 100


def _percent(row: Row, view: View) -> str:
    value = row["progress_pct"]
    return UNRECORDED(view.lang) if formats.is_missing(value) else AT(view.lang, n=int(value))


def is_late(row: Row, view: View) -> bool:
    """Whether work is not done though its planned day is past."""
    due = row["due_on"]
    return isinstance(due, date) and row["status"] != "DONE" and due <= view.context.stock_on


def elapsed(row: Row, view: View) -> float | None:
    """The share of the planned time gone on the last day, 0 to 1; missing without a planned day."""
    due, start = row["due_on"], row["start_on"]
    if not isinstance(due, date) or due <= start:
        return None
    gone: float = (view.context.stock_on - start).days / (due - start).days
    return min(max(gone, 0.0), 1.0)


def _who_table(rows: list[Any], view: View) -> pd.DataFrame:
    lang = view.lang
    lines = [
        (
            row["leader"],
            row["duty"],
            TASK_KIND.label(row["kind"], lang),
            row["title"],
            row["due_on"],
            row["progress_pct"],
        )
        for own in _by_leader(rows)
        for row in own
    ]
    return pd.DataFrame(lines, columns=[c(lang) for c in (LEADER, POST, KIND, WORK, DUE_DAY, SHARE)])


def _progress_query(connection: Connection, view: View) -> tuple[lists.Listing, Any]:
    found = lists.records(connection, PLANNED, view.context, limit=MOST)
    return found, measure(connection, (DONE,), view.context).iloc[0]


def compose_progress(data: tuple[lists.Listing, Any], view: View) -> Picture:
    """Bars of progress against the time elapsed; ``data`` holds tasks, projects and campaigns, and what was due."""
    found, total = data
    lang = view.lang
    rows = sorted(as_rows(found.rows), key=lambda row: _urgency(row, view))
    table, subtitle = _progress_table(rows, view), PROGRESS_SUBTITLE(lang, n=found.total)
    if not rows:
        sentence = PROGRESS_EMPTY(lang)
        return Picture(PROGRESS_NAME(lang), subtitle, None, table, empty=sentence, alt=sentence)
    title = finding(rows, granted(total[f"{DONE.key}.k"]), granted(total[f"{DONE.key}.n"]), view)
    bars = [_bar(row, found.kind, view) for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        rest = view.link(PATH, panel="progress")
        bars.append(Bar(OTHERS(lang, n=len(rows) - SHOWN), None, ("", ""), href=rest))
    body = BarList(tuple(bars), tuple(head(lang) for head in PROGRESS_HEADS), full=1.0)
    return Picture(title, subtitle, body, table, foot=PROGRESS_FOOT(lang), alt=title)


def finding(rows: list[Any], k: int, n: int, view: View) -> str:
    """What of the work due is done, and how much of what is not yet due lags behind the time elapsed."""
    lang, late = view.lang, sum(is_late(row, view) for row in rows)
    if not n:
        words = NONE_DUE(lang)
    elif k in (0, n):
        words = (ALL_DONE if k else NONE_DONE)(lang, n=n)
    else:
        words = SOME_DONE(lang, n=n, k=k, late=late)
    lagging = sum(_is_behind(row, view) for row in rows)
    return words + (BEHIND(lang, n=lagging) if lagging else "")


def _is_behind(row: Row, view: View) -> bool:
    share, gone = _share(row), elapsed(row, view)
    is_open = row["status"] != "DONE" and not is_late(row, view)
    return is_open and share is not None and gone is not None and share < gone


def _urgency(row: Row, view: View) -> tuple[bool, bool, date, str]:
    due = row["due_on"] if isinstance(row["due_on"], date) else date.max
    return row["status"] == "DONE", not is_late(row, view), due, str(row["record"])


def _bar(row: Row, record: str, view: View) -> Bar:
    done, late = row["status"] == "DONE", is_late(row, view)
    share = 1.0 if done else _share(row)
    words = FINISHED(view.lang) if done else _percent(row, view)
    return Bar(
        row["title"],
        1.0 if late else share,
        (words, formats.day(row["due_on"])),
        late=1.0 - (share or 0.0) if late else 0,
        mark=None if done else elapsed(row, view),
        warn=1 if late else None,
        href=view.record(record, row["record"]),
    )


def _progress_table(rows: list[Any], view: View) -> pd.DataFrame:
    lang = view.lang
    gone = [elapsed(row, view) for row in rows]
    lines = [
        (
            row["title"],
            TASK_KIND.label(row["kind"], lang),
            row["progress_pct"],
            None if g is None else round(100 * g),
            row["due_on"],
        )
        for row, g in zip(rows, gone, strict=True)
    ]
    return pd.DataFrame(lines, columns=[c(lang) for c in (WORK, KIND, SHARE, ELAPSED, DUE_DAY)])


def _towns_query(connection: Connection, view: View) -> lists.Listing:
    return lists.records(connection, LINKED, view.context, limit=MOST)


def compose_towns(found: lists.Listing, view: View) -> Picture:
    """Every township in code order with the leader linked to it; ``found`` is the listing behind ``B06.linked``."""
    lang = view.lang
    rows = sorted(as_rows(found.rows), key=lambda row: str(row["record"]))
    lines = [(row["name"], _leader(row, view)) for row in rows]
    table = pd.DataFrame(lines, columns=[TOWN(lang), BY(lang)])
    subtitle = TOWNS_SUBTITLE(lang, day=formats.day(view.context.stock_on))
    if words := TOWNS_EMPTY(lang) if not rows else without_rows(LINKED, view):
        return Picture(TOWNS_NAME(lang), subtitle, None, table, empty=words, alt=words)
    bare = [row["name"] for row in rows if not row[COUNTED]]
    title = linked([row["name"] for row in rows], bare, view)
    body = Listing((Column(TOWN(lang)), Column(BY(lang), "right")), tuple(_town(row, view) for row in rows))
    return Picture(title, subtitle, body, table, foot=TOWNS_FOOT(lang), alt=title)


def linked(every: list[str], bare: list[str], view: View) -> str:
    """How many of the townships have a leader; those without are named while they are few."""
    lang, k = view.lang, len(every) - len(bare)
    if len(every) == 1:
        return (ONE_UNLINKED if bare else ONE_LINKED)(lang, name=every[0])
    if not bare:
        return ALL_LINKED(lang, n=k)
    if len(bare) > NAMED:
        return MANY_UNLINKED(lang, k=k, m=len(bare))
    return SOME_LINKED(lang, k=k, names=LIST(lang).join(bare))


def _leader(row: Row, view: View) -> str:
    if not row[COUNTED]:
        return NOBODY(view.lang)
    return row["leader"] if row["leader"] else SEVERAL(view.lang, n=int(row["leaders"]))


def _town(row: Row, view: View) -> Line:
    asked, code = view.context.filters.townships, str(row["record"])
    href = view.link(PATH, townships=() if asked == (code,) else (code,))
    return Line((Cell(row["name"]), Cell(_leader(row, view), "" if row[COUNTED] else "soon")), href)


WHO = Exhibit("who", WHO_NAME, (LEADERS, *PARTS), _who_query, compose_who)
PROGRESS = Exhibit("progress", PROGRESS_NAME, (DONE,), _progress_query, compose_progress)
LINKS = Exhibit("links", TOWNS_NAME, (LINKED,), _towns_query, compose_towns)
