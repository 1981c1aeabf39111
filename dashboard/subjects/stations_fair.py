"""Townships beside one another in what their stations do: attendance and receptions, with the limits of chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits import comparison
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.funnelplot import funnelplot
from dashboard.exhibits.labels import as_rows
from dashboard.exhibits.limits import count_limits
from dashboard.subjects import stations_choice as choice
from dashboard.subjects import stations_reach as reach
from data_access.lists import stations
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.text import Text

EVENTS, ATTENDED = METRICS["L06"], METRICS["L05"]
TEN_THOUSAND = 10_000
PER_PEOPLE_CELL = 1

FUNNEL = Text("各乡镇（街道）实际进站率", "Deputies who attended, by township")
SERVING = Text("在任代表", "serving deputies")
AXIS = Text("在任代表（人，各级，按所在乡镇）", "Serving deputies of all levels, by township")
CALLED = Text("实际进站率", "Attendance")
FUNNEL_FOOT = Text(
    "只登记人次、未登记代表姓名的场次无法计入；低于界限的先核实登记是否齐全。",
    "Events without names on record cannot be counted: where attendance is low, check the records first.",
)

NAME = Text("各乡镇（街道）进站活动", "Receptions by township")
TITLE = Text("全{word}每万人进站活动 {mean} 场", "{mean} receptions per 10,000 people in the district")
SOME_OUT = Text(
    "全{word}每万人进站活动 {mean} 场；{names}超出偶然波动范围，宜核实",
    "{mean} receptions per 10,000 people in the district; {names} beyond chance, worth checking",
)
MANY_OUT = Text(
    "全{word}每万人进站活动 {mean} 场；{n} 个乡镇（街道）超出偶然波动范围，宜核实",
    "{mean} receptions per 10,000 people in the district; {n} townships beyond chance, worth checking",
)
SUBTITLE = Text(
    "{order}；条为每万常住人口场数，竖线为全{word} {mean} 场；{year}",
    "{order}; bars: receptions per 10,000 residents, rule: all, {mean}; {year}",
)
FOOT = Text(
    "琥珀色为超出 95% 界限（按泊松分布，{out} 个）；站点数、人口和距离不同，场次多少不等于好坏。",
    "Amber: beyond the 95% limits of a Poisson count ({out}); sites and distances differ; more is not better.",
)
EMPTY = Text(
    "所选范围内没有进站活动或没有人口数，可放宽年份或乡镇再看。",
    "No receptions, or no population, in this range; widen years or townships.",
)
HEADS = (Text("场次", "Events"), Text("每万人", "/10k"), Text("每代表", "/deputy"))
COLUMNS = (
    Text("乡镇（街道）", "Township"), Text("进站活动（场）", "Receptions"), Text("常住人口", "Population"),
    Text("在任代表", "Serving deputies"), Text("每万人场数", "Per 10,000 people"),
    Text("每名代表场数", "Per deputy"), Text("95% 下限场数", "95% lower limit"),
    Text("95% 上限场数", "95% upper limit"),
)  # fmt: skip
LIST = Text("、", ", ")
NAMED = 3


@dataclass(frozen=True)
class Township:
    """Receptions held, residents (missing where not recorded) and serving deputies of a township."""

    code: str
    name: str
    events: int
    people: int | None
    deputies: int

    @property
    def per_people(self) -> float | None:
        """Receptions for every 10,000 residents; missing where nobody is known to live."""
        return TEN_THOUSAND * self.events / self.people if self.people else None

    @property
    def per_deputy(self) -> float | None:
        """Receptions for each serving deputy; missing where none serves."""
        return self.events / self.deputies if self.deputies else None

    def limits(self, mean: float) -> tuple[float | None, float | None]:
        """The 95 % limits of the receptions, given the district's number for 10,000 residents."""
        return count_limits(mean * self.people / TEN_THOUSAND) if self.people else (None, None)

    def is_outside(self, mean: float) -> bool:
        """Whether the receptions lie beyond those limits."""
        low, high = self.limits(mean)
        return low is not None and high is not None and not low <= self.events <= high


def attended(key: str = "attended") -> Exhibit:
    """The share of serving deputies who came to a site, by township, with the limits of chance."""
    return funnelplot(
        ATTENDED, base=SERVING, key=key, name=FUNNEL, path=choice.PATH, called=CALLED, axis_title=AXIS, foot=FUNNEL_FOOT
    )


def receptions(key: str = "receptions") -> Exhibit:
    """Receptions of each township per 10,000 people and per deputy, beside the district's."""

    def query(connection: Connection, view: View) -> dict[str, pd.DataFrame]:
        everywhere = view.context.with_filters(townships=())
        return {
            "held": measure(connection, (EVENTS, ATTENDED), everywhere, by=("township",)),
            "people": stations.townships(connection, everywhere),
        }

    return Exhibit(key, NAME, (EVENTS,), query, _compose)


def _compose(data: dict[str, pd.DataFrame], view: View) -> Picture:
    lang, asked = view.lang, view.context.filters.townships
    everywhere = by_township(data)
    people = sum(town.people or 0 for town in everywhere)
    events = sum(town.events for town in everywhere if town.people)
    mean = TEN_THOUSAND * events / people if people else 0.0
    towns = comparison.in_order(
        [town for town in everywhere if not asked or town.code in asked], lambda town: town.per_people, view
    )
    table = _table(towns, mean, view)
    if not any(town.events for town in towns) or not people:
        return Picture(NAME(lang), EVENTS.name(lang), None, table, empty=EMPTY(lang), alt=EMPTY(lang))
    title = finding(towns, mean, view)
    subtitle = SUBTITLE(
        lang,
        order=comparison.order_words(view),
        word=view.context.rules.region_word,
        mean=formats.number(mean, 1),
        year=reach.people_year(reach.years_of(data["people"]), lang),
    )
    body = BarList(tuple(_bar(town, mean, view) for town in towns), tuple(head(lang) for head in HEADS))
    out = sum(town.is_outside(mean) for town in towns)
    return Picture(title, subtitle, body, table, foot=FOOT(lang, out=out), alt=title)


def by_township(data: dict[str, pd.DataFrame]) -> list[Township]:
    """Every township, in the order of codes."""
    held = {row["township"]: row for row in as_rows(data["held"])}
    made = []
    for row in as_rows(data["people"]):
        found = held.get(row["region_code"], {})
        made.append(
            Township(
                code=row["region_code"],
                name=row["name"],
                events=_whole(found.get(EVENTS.key)) or 0,
                people=_whole(row["population"]),
                deputies=_whole(found.get(f"{ATTENDED.key}.n")) or 0,
            )
        )
    return sorted(made, key=lambda town: town.code)


def _whole(value: Any) -> int | None:
    return None if formats.is_missing(value) else int(value)


def finding(towns: Sequence[Township], mean: float, view: View) -> str:
    """The district's number, and whose lies beyond chance: by name when few, by number when many."""
    words = {"mean": formats.number(mean, 1), "word": view.context.rules.region_word}
    out = [town.name for town in towns if town.is_outside(mean)]
    if not out:
        return TITLE(view.lang, **words)
    if len(out) > NAMED:
        return MANY_OUT(view.lang, **words, n=len(out))
    return SOME_OUT(view.lang, **words, names=LIST(view.lang).join(out))


def _bar(town: Township, mean: float, view: View) -> Bar:
    is_small = 0 < town.deputies < view.context.rules.small_n
    each = f"{town.events}/{town.deputies}" if is_small else formats.number(town.per_deputy, 2)
    cells = (formats.number(town.events), formats.number(town.per_people, 1), each)
    warn = PER_PEOPLE_CELL if town.is_outside(mean) else None
    href = view.link(choice.PATH, townships=(town.code,))
    return Bar(town.name, town.per_people, cells, mark=mean, warn=warn, href=href)


def _table(towns: Sequence[Township], mean: float, view: View) -> pd.DataFrame:
    rows = [(t.name, t.events, t.people, t.deputies, t.per_people, t.per_deputy, *t.limits(mean)) for t in towns]
    return pd.DataFrame(rows, columns=[column(view.lang) for column in COLUMNS])
