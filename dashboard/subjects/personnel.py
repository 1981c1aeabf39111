"""Appointments and removals at a glance: the large figures, by year beside elections, by action, by organ."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.bars_by_year import bars_by_year
from dashboard.exhibits.bars_by_year_figure import bands
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.headline import Figure, headline
from dashboard.exhibits.labels import is_unfinished, last_years
from dashboard.exhibits.panels import panels
from dashboard.exhibits.plot import Plot
from dashboard.exhibits.ranked import ranked
from dashboard.formats import granted
from dashboard.subjects.personnel_frame import ELECTION, PATH, election_years, of_the_district
from data_access.metrics import METRICS
from data_access.text import Text

CHANGES, PERSONS, ELECTED, ASSESSORS = (METRICS[key] for key in ("A01", "A08", "A01.elect", "A01.lay"))
COMMITTEE = METRICS["A01.elc"]
PANELS = (CHANGES, PERSONS, ASSESSORS)
APPOINTED, REMOVED = ("DECIDE_A", "APPT"), ("DECIDE_R", "REMV")

ALSO_ELECTED = Text("另有人代会选举 {n} 人次", "besides {n} elected by the Congress")
NOT_ELECTED = Text("期内没有人代会选举", "no elections by the Congress")
ALSO_COMMITTEE = Text("另列；选举委员会 {n} 人次", "apart; election committees {n}")
APART = Text("另列，不计入任免", "apart, not in the total")

BY_YEAR_NAME = Text("人次和人数", "Person-times and persons")
PEAK = Text(
    "任免在换届的 {y} 年最多，共 {n} 人次，其余整年 {lo}–{hi} 人次",
    "Changes peaked in {y}, when a new term began: {n}; other full years had {lo}–{hi}",
)
CHANGE = Text(
    "{b} 年任免 {n} 人次，较上年同期{change}", "{n} changes in {b}, {change} on the same dates a year earlier"
)
CHANGE_WHOLE = Text("{b} 年任免 {n} 人次，较上年{change}", "{n} changes in {b}, {change} on the year before")
FOOT = Text(
    "灰底为换届后首年，任免集中，宜届与届相比；人次与人数不可互换；选举、人民陪审员、选举委员会成员均另列。",
    "Grey marks the first year of a term, when changes bunch: compare term with term. Person-times are not persons; "
    "elections, lay assessors and election committees stand apart.",
)

ACTION_NAME = Text("按任免类型", "By action")
APPOINTED_WORDS = Text("任命 {n} 人次", "{n} appointed")
REMOVED_WORDS = Text("免职 {n} 人次", "{n} removed")
OTHER_WORDS = Text("{name} {n} 人次", "{name}: {n}")
ACTION_FOOT = Text(
    "决定任命、决定免职用于政府组成人员，任命、免职用于监委、法院、检察院和人大机构；一人免旧任新计 2 人次。",
    "“By decision” is for members of government; the plain verbs for the supervisory commission, court, procuratorate "
    "and congress bodies. One person moved counts twice.",
)
ORGAN_NAME = Text("各年任免按机关", "Changes by organ and year")
ORGAN = Text("机关", "organ")


def _elected(total: Any, view: View) -> str:
    n = total["A01.elect"]
    if formats.is_missing(n):
        return ""
    return ALSO_ELECTED(view.lang, n=formats.number(n)) if n else NOT_ELECTED(view.lang)


def _assessors(total: Any, view: View) -> str:
    n = total["A01.elc"]
    return ALSO_COMMITTEE(view.lang, n=formats.number(n)) if n and not formats.is_missing(n) else APART(view.lang)


def by_year() -> Exhibit:
    """Person-times, persons and lay assessors in panels of their own; first years of a term on grey."""
    plain = panels(*PANELS, key="years", name=BY_YEAR_NAME)

    def query(connection: Connection, view: View) -> tuple[Any, tuple[int, ...]]:
        return plain.query(connection, view), election_years(connection, view)

    def compose(data: tuple[Any, tuple[int, ...]], view: View) -> Picture:
        drawn, elections = data
        picture = plain.compose(drawn, view)
        whole, same = drawn
        title = peak(whole, same, elections, view) or BY_YEAR_NAME(view.lang)
        body = picture.body
        if isinstance(body, Plot):
            phone = _banded(body.phone, elections, view) if body.phone else None
            body = replace(body, figure=_banded(body.figure, elections, view), phone=phone)
        return replace(picture, title=title, alt=title, foot=FOOT(view.lang), body=body)

    return replace(plain, query=query, compose=compose)


def _banded(figure: dict[str, Any], elections: tuple[int, ...], view: View) -> dict[str, Any]:
    """The figure of panels with the bands of election years behind each panel."""
    shapes = [
        shape
        for index in range(len(PANELS))
        for shape in bands(elections, last_years(view), view, None, str(index + 1) if index else "")["shapes"]
    ]
    return {**figure, "layout": figure["layout"] | {"shapes": shapes}}


def peak(whole: pd.DataFrame, same: pd.DataFrame, elections: tuple[int, ...], view: View) -> str:
    """Whether the first year of the term stands out, else the change on a year earlier; empty without records."""
    lang, last = view.lang, int(whole["year"].iloc[-1])
    known = whole.dropna(subset=["A01"])
    changes = {last: 0} | {int(y): int(n) for y, n in zip(known["year"], known["A01"], strict=True)}
    full = {y: n for y, n in changes.items() if n and not is_unfinished(view, y)}
    others = [n for y, n in full.items() if y not in elections]
    for year in elections:
        if len(others) >= 2 and full.get(year, 0) > max(*others, changes[last] if last != year else 0):
            return PEAK(lang, y=year, n=full[year], lo=min(others), hi=max(others))
    if not changes[last]:
        return ""
    now, before = same["A01"].iloc[-1], same["A01"].iloc[-2]
    words = formats.change(CHANGES, now, before, lang)
    sentence = CHANGE if is_unfinished(view, last) else CHANGE_WHOLE
    return sentence(lang, b=last, n=changes[last], change=words) if words and before else ""


def actions(made: pd.DataFrame, view: View) -> str:
    """Appointed and removed in all, then up to two of the rarer actions by their statutory verb."""
    lang, counts = view.lang, {str(code): granted(n) for code, n in zip(made["code"], made["now"], strict=True) if n}
    words = [
        text(lang, n=formats.number(sum(counts.get(code, 0) for code in codes)))
        for text, codes in ((APPOINTED_WORDS, APPOINTED), (REMOVED_WORDS, REMOVED))
        if any(code in counts for code in codes)
    ]
    rare = [row for row in made.itertuples() if row.now and str(row.code) not in (*APPOINTED, *REMOVED)]
    words += [
        OTHER_WORDS(lang, name=str(row.label) if lang == "zh" else str(row.label).lower(), n=formats.number(row.now))
        for row in rare[:2]
    ]
    return ("，" if lang == "zh" else ", ").join(words)


HEADLINE = of_the_district(
    headline(
        Figure(CHANGES, name=Text("任免", "Changes"), note=_elected, also=(ELECTED,)),
        Figure(PERSONS, name=Text("涉及人数", "Persons")),
        Figure(METRICS["A04"], base=Text("应考人次", "required"), name=Text("任前考试", "Examination")),
        Figure(METRICS["A06"], base=Text("应作人次", "required"), name=Text("供职发言", "Statement")),
        Figure(METRICS["A05"], base=Text("应宣誓人次", "required"), name=Text("宪法宣誓", "Oath")),
        Figure(ASSESSORS, name=Text("人民陪审员", "Lay assessors"), note=_assessors, also=(COMMITTEE,)),
    )
)
BY_YEAR = of_the_district(by_year())
BY_ACTION = of_the_district(
    replace(
        ranked(CHANGES, "action", key="actions", name=ACTION_NAME, path=PATH, finding=actions, foot=ACTION_FOOT),
        metrics=(METRICS["A02"], CHANGES),
    )
)
BY_ORGAN = of_the_district(
    replace(
        bars_by_year(
            CHANGES, "organ", key="organs", name=ORGAN_NAME, path=PATH, by_name=ORGAN,
            shaded=election_years, band_name=ELECTION,
        ),
        metrics=(METRICS["A03"], CHANGES),
    )
)  # fmt: skip
