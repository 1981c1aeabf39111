"""How far suggestions came: received, due, answered, rated, solved; and the notes under the headline figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import as_rows, is_unfinished
from dashboard.exhibits.steps import Stage, Steps
from data_access.measure import measured
from data_access.metrics import METRICS
from data_access.text import Text

NAME = Text("办理过程", "From receipt to result")
ITEMS = Text("件", "items")
FOUND = Text(
    "{due} 件应办建议已答复 {replied} 件，其中 {solved} 件已解决",
    "{replied} of {due} items due were answered, {solved} of them solved",
)
FOUND_UNRATED = Text(
    "{due} 件应办建议已答复 {replied} 件，其中 {solved} 件已解决；{unrated} 件代表尚未评价",
    "{replied} of {due} items due were answered, {solved} of them solved; deputies have not yet rated {unrated}",
)
NONE_REPLIED = Text("{due} 件应办建议尚未答复", "None of the {due} items due is answered yet")
NONE_DUE = Text("收到 {received} 件，尚无应办件", "{received} received, none due for handling yet")
SUBTITLE = Text(
    "建议办理各环节，单位：件；淡色底条为收到的 {n} 件",
    "Stages of handling, in items; the pale bar is the {n} received",
)
EMPTY = Text(
    "所选范围内没有收到建议，可放宽年份或乡镇再看。", "No suggestions in this range; widen years or townships."
)
FOOT = Text(
    "解决为承办单位自评的 A 类，不以代表已评价为前提。",
    "Solved is class A as the handling units see it, rated by the deputy or not.",
)
CONVERTED = Text("议案转建议 {n} 件，已计入收到件数。", "Bills handled as suggestions ({n}) are among those received.")

STAGES = (
    Text("收到", "Received"),
    Text("应办", "Due"),
    Text("答复", "Answered"),
    Text("评价", "Rated"),
    Text("解决（A 类）", "Solved (A)"),
)
PHASES = Text("会议期间 {a}，闭会期间 {b}", "in session {a}, between {b}")
CHANGE = Text("较上年同期{change}", "{change} on a year earlier")
CHANGE_WHOLE = Text("较上年{change}", "{change} on a year earlier")
LEFT_OUT = Text("未进入办理 {n} 件：", "{n} not due:")
ALL_DUE = Text("全部进入办理", "all due for handling")
BEYOND, MERGED = Text("超出职权 {n}", "beyond powers {n}"), Text("并案 {n}", "merged {n}")
UNASSIGNED = Text("待交办 {n}", "unassigned {n}")
RATE = Text("{name} {figures}", "{name} {figures}")
OPEN = Text("未答复 {n} 件，均未到期", "{n} open, none past its date")
OVERDUE = Text("未答复 {n} 件，其中超期 {late} 件", "{n} open, {late} of them overdue")
UNRATED = Text("未反馈 {n} 件", "{n} not rated")
OTHER_CLASSES = Text("另 {list} 件", "also {list}")
COMMA, LIST, BETWEEN = Text("，", ", "), Text("、", ", "), Text("", " ")
COLUMNS = (Text("环节", "Stage"), Text("件数", "Items"), Text("占收到的比率", "Of received, share"))

ASKED = tuple(METRICS[key] for key in ("P01", "P02b", "P03", "P04", "P04d", "P13", "P08"))
PARTS = ("phase", "competence", "status", "class_now")
Rows = Sequence[Mapping[str, Any]]


def process(key: str = "process") -> Exhibit:
    """收到 → 应办 → 答复 → 评价 → 解决, each with what fell away before it."""
    return Exhibit(key, NAME, ASKED, _query, _compose)


def _query(connection: Connection, view: View) -> dict[str, Any]:
    groups = measured(connection, ASKED, view.context, by=PARTS)
    first, last = view.context.filters.years
    if first != last:
        return {"groups": groups, "change": None}
    compared = measured(
        connection, (METRICS["P01"],), view.context, by=("year",), years=(last - 1, last),
        same_dates=last == view.context.as_of.year,
    )  # fmt: skip
    return {"groups": groups, "change": [float(n) for n in compared["P01"]]}


def _compose(data: dict[str, Any], view: View) -> Picture:
    lang, groups = view.lang, as_rows(data["groups"])
    counts = totals(groups)
    subtitle = SUBTITLE(lang, n=formats.number(counts["received"]))
    table = _table(counts, view)
    if not counts["received"]:
        return Picture(NAME(lang), subtitle, None, table, empty=EMPTY(lang), alt=EMPTY(lang))
    title = finding(counts, view)
    stages = tuple(
        Stage(
            name(lang),
            formats.number(counts[at]),
            formats.unit(ITEMS, str(counts[at]), lang),
            counts[at] / counts["received"],
            lines,
            warning,
            href,
        )
        for name, (at, lines, warning, href) in zip(STAGES, _stages(counts, groups, data["change"], view), strict=True)
    )
    converted = CONVERTED(lang, n=formats.number(counts["converted"])) if counts["converted"] else ""
    foot = BETWEEN(lang).join(_lines(FOOT(lang), converted))
    return Picture(title, subtitle, Steps(stages), table, foot=foot, alt=title)


def totals(groups: Rows) -> dict[str, int]:
    """How many items reached each stage, and how many are left before it."""
    merged = [row for row in groups if row["status"] == "MERGED"]
    beyond = [row for row in groups if row["competence"] != "OWN" and row["status"] != "MERGED"]
    in_session = [row for row in groups if row["phase"] == "IN"]

    def add(column: str, rows: Rows = groups) -> int:
        return sum(_whole(row[column]) for row in rows)

    made = {
        "received": add("P01"), "converted": add("P02b"), "due": add("P03"), "replied": add("P04.k"),
        "rated": add("P13.k"), "solved": add("P08.k"), "overdue": add("P04d.n") - add("P04d.k"),
        "in_session": add("P01", in_session), "merged": add("P01", merged), "beyond": add("P01", beyond),
    }  # fmt: skip
    made["unassigned"] = made["received"] - made["due"] - made["merged"] - made["beyond"]
    return made


def _whole(value: Any) -> int:
    return 0 if formats.is_missing(value) else int(value)


def finding(counts: dict[str, int], view: View) -> str:
    """How far the items due came, in one sentence."""
    words = {name: formats.number(value) for name, value in counts.items()}
    if not counts["due"]:
        return NONE_DUE(view.lang, **words)
    if not counts["replied"]:
        return NONE_REPLIED(view.lang, **words)
    unrated = counts["replied"] - counts["rated"]
    sentence = FOUND_UNRATED if unrated else FOUND
    return sentence(view.lang, **words, unrated=formats.number(unrated))


def _stages(
    counts: dict[str, int], groups: Rows, change: list[float] | None, view: View
) -> list[tuple[str, tuple[str, ...], str, str]]:
    """For each stage: the name of its count, the lines under it, a warning, its records."""
    lang = view.lang
    records = {key: view.link("/records", metric=key) for key in ("P01", "P03", "P04", "P13", "P08")}
    outside = counts["received"] - counts["in_session"]
    received = [PHASES(lang, a=formats.number(counts["in_session"]), b=formats.number(outside))]
    if change is not None:
        words = CHANGE if is_unfinished(view, view.context.filters.years[1]) else CHANGE_WHOLE
        received.append(words(lang, change=formats.change(METRICS["P01"], change[1], change[0], lang)))
    unanswered, unrated = counts["due"] - counts["replied"], counts["replied"] - counts["rated"]
    quiet = OPEN(lang, n=unanswered) if unanswered and not counts["overdue"] else ""
    warning = OVERDUE(lang, n=unanswered, late=counts["overdue"]) if counts["overdue"] else ""
    return [
        ("received", tuple(received), "", records["P01"]),
        ("due", _left_out(counts, view), "", records["P03"]),
        ("replied", _lines(_rate("P04", counts["replied"], counts["due"], view), quiet), warning, records["P04"]),
        (
            "rated",
            _lines(_rate("P13", counts["rated"], counts["replied"], view), UNRATED(lang, n=unrated) if unrated else ""),
            "",
            records["P13"],
        ),
        (
            "solved",
            _lines(_rate("P08", counts["solved"], counts["due"], view), _classes(groups, view)),
            "",
            records["P08"],
        ),
    ]


def _lines(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word)


def _left_out(counts: dict[str, int], view: View) -> tuple[str, ...]:
    lang = view.lang
    parts = ((BEYOND, counts["beyond"]), (MERGED, counts["merged"]), (UNASSIGNED, counts["unassigned"]))
    named = COMMA(lang).join(words(lang, n=formats.number(n)) for words, n in parts if n > 0)
    missing = counts["received"] - counts["due"]
    return (LEFT_OUT(lang, n=formats.number(missing)), named) if missing else (ALL_DUE(lang),)


def _rate(key: str, k: int, n: int, view: View) -> str:
    if not n:
        return ""
    figures = formats.share_with_base(k, n, view.lang, small_n=view.context.rules.small_n)
    short = {"P08": Text("解决率", "solved"), "P13": Text("反馈率", "feedback"), "P04": Text("答复率", "reply rate")}[
        key
    ]
    return RATE(view.lang, name=short(view.lang), figures=figures)


def _classes(groups: Rows, view: View) -> str:
    due = Counter[Any]()
    for row in groups:
        due[row["class_now"]] += _whole(row["P03"])
    named = [f"{class_word(code, view)} {formats.number(due[code])}" for code in "BCDU" if due[code]]
    return OTHER_CLASSES(view.lang, list=LIST(view.lang).join(named)) if named else ""


def class_word(code: str, view: View) -> str:
    """A result class in a letter, or in its local name where that is as short."""
    local = dict(view.context.rules.class_names).get(code, "")
    return local if 0 < len(local) <= 3 else code


def _table(counts: dict[str, int], view: View) -> pd.DataFrame:
    keys = ("received", "due", "replied", "rated", "solved")
    base = counts["received"]
    rows = [
        (name(view.lang), counts[key], counts[key] / base if base else None)
        for name, key in zip(STAGES, keys, strict=True)
    ]
    return pd.DataFrame(rows, columns=[column(view.lang) for column in COLUMNS])


SETTLED = Text("n={n}，到期 {k}/{m}", "n={n}, settled {k}/{m}")
RATED_NOTE = Text("n={n}，另 {u} 件未反馈", "n={n}, {u} not rated")
SOON_NOTE = Text("另 {n} 件 {days} 天内到期", "{n} more due within {days} days")


def settled_note(total: Any, view: View) -> str:
    """Under the reply rate: the same for items whose date has come, which is fair in mid-year."""
    counts = {"n": total["P04.n"], "k": total["P04d.k"], "m": total["P04d.n"]}
    return SETTLED(view.lang, **{name: formats.number(value) for name, value in counts.items()})


def rated_note(total: Any, view: View) -> str:
    """Under the satisfied share: its base, and how many have not said."""
    unrated = total["P13.n"] - total["P13.k"]
    return RATED_NOTE(view.lang, n=formats.number(total["P11.n"]), u=formats.number(unrated))


def soon_note(total: Any, view: View) -> str:
    """Under the overdue count: how many are due soon."""
    return SOON_NOTE(view.lang, n=formats.number(total["P06a"]), days=view.context.rules.soon_days)
