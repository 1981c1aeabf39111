"""Where suggestions come from and what they are about: townships per deputy and per head, solved shares, topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits import comparison
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.funnelplot import funnelplot
from dashboard.exhibits.heat import heat
from dashboard.exhibits.labels import as_rows, lines_of
from dashboard.exhibits.limits import count_limits
from dashboard.sources import without_rows
from data_access import lists
from data_access.measure import Columns, measured
from data_access.metrics import METRICS
from data_access.text import Text

PATH = "/proposals"
RECEIVED, ABOUT, LEADS, UNITS = (METRICS[key] for key in ("P01", "P22", "P17", "L02"))
MANY = 2000
NAMED = 3  # more townships than this are counted in the title, not named

NAME = Text("各乡镇（街道）建议", "Suggestions by township")
SUBTITLE = Text(
    "{order}；条为每名代表领衔件数，竖线为全{word} {mean} 件", "{order}; bars: items led per deputy, rule: all, {mean}"
)
SUBTITLE_PLAIN = Text("{order}；条为每名代表领衔件数", "{order}; bars: items led per deputy")
PER_DEPUTY = Text("每名{word}代表平均领衔 {mean} 件", "{mean} items led per deputy")
SOME_NONE = Text(
    "每名{word}代表平均领衔 {mean} 件；{names}没有代表领衔", "{mean} items led per deputy; none from {names}"
)
MANY_NONE = Text(
    "每名{word}代表平均领衔 {mean} 件；{n} 个乡镇（街道）没有代表领衔",
    "{mean} items led per deputy; none from {n} townships",
)
SOME_OUT = Text(
    "每名{word}代表平均领衔 {mean} 件；{names}超出偶然波动范围，宜核实",
    "{mean} items led per deputy; {names} beyond chance, worth checking",
)
CHANCE = Text(
    "琥珀色为超出 95% 界限（按泊松分布，{out} 个）；同一代表常提多件，实际波动更大，只作提示。",
    "Amber: beyond the 95% limits of a Poisson count ({out}); some deputies lead many items, so counts vary more than "
    "that: a hint only.",
)
FOOT = Text(
    "领衔：按领衔代表所在；涉及：按事项涉及地，不论谁提出，涉及全{word}的不计。"
    "代表为期末在任{word}代表，人口为 {years}。",
    "Led: by the lead deputy's township. About: by the place concerned, whoever led it; items about the whole district "
    "are not counted. Deputies serving on the last day; population of {years}.",
)
POPULATION_YEARS = Text("{a} 年常住人口", "{a}")
POPULATION_RANGE = Text("{a}–{b} 年常住人口", "{a} to {b}")
NO_POPULATION = Text("未填报", "no year recorded")
EMPTY = Text(
    "所选范围内没有收到建议，可放宽年份或乡镇再看。", "No suggestions in this range; widen years or townships."
)
HEADS = (Text("领衔", "Led"), Text("涉及", "About"), Text("每代表", "/deputy"), Text("每万人", "/10k"))
COLUMNS = (
    Text("乡镇（街道）", "Township"), Text("领衔件数", "Items led"), Text("涉及件数", "Items about it"),
    Text("在任代表", "Serving deputies"), Text("常住人口", "Population"), Text("每名代表件数", "Items per deputy"),
    Text("每万人件数", "Items per 10,000 people"), Text("95% 下限件数", "95% lower limit, items"),
    Text("95% 上限件数", "95% upper limit, items"),
)  # fmt: skip
LIST, BETWEEN = Text("、", ", "), Text("", " ")
PER_DEPUTY_CELL = 2

TOPICS = Text("各年类别", "Categories by year")
TOPICS_FOOT = Text(
    "收到建议按内容类别；类别目录调整后前后不可比。",
    "Suggestions received by category; a changed list of categories breaks the series.",
)
FAIR = Text("各乡镇解决率", "Solved share by township")
BASE = Text("应办件数", "items due for handling")
CALLED = Text("解决率", "Solved share")
AXIS = Text("应办件数（件，按领衔代表所在乡镇）", "Items due, by the lead deputy's township")


def townships(key: str = "townships") -> Exhibit:
    """Every township in code order: items led from it and about it, per serving deputy and per 10,000 people."""

    def query(connection: Connection, view: View) -> dict[str, Any]:
        everywhere = view.context.with_filters(townships=())
        return {
            "led": measured(connection, (RECEIVED, LEADS), everywhere, by=("township",)),
            "about": measured(connection, (ABOUT,), everywhere, by=("place",)),
            "people": lists.records(connection, UNITS, view.context, limit=MANY).columns,
        }

    return Exhibit(key, NAME, (RECEIVED, ABOUT), query, _compose)


@dataclass(frozen=True)
class Township:
    """Items led from a township and about it, its serving deputies and its people (missing where not recorded)."""

    code: str
    name: str
    led: int
    about: int
    deputies: int
    population: int | None
    population_year: int | None

    @property
    def per_deputy(self) -> float | None:
        """Items led per serving deputy; missing where none serves."""
        return self.led / self.deputies if self.deputies else None

    def limits(self, mean: float | None) -> tuple[float | None, float | None]:
        """The 95 % limits of the items led, given the district's items per deputy; missing without a mean."""
        return (None, None) if mean is None else count_limits(mean * self.deputies)

    def is_outside(self, mean: float | None) -> bool:
        """Whether the items led lie beyond those limits."""
        low, high = self.limits(mean)
        return low is not None and high is not None and not low <= self.led <= high

    @property
    def per_people(self) -> float | None:
        """Items led per 10,000 people; missing where the population is not known."""
        return 10_000 * self.led / self.population if self.population else None


def _compose(data: Mapping[str, Any], view: View) -> Picture:
    lang, word, order = view.lang, view.context.rules.region_word, comparison.order_words(view)
    towns = comparison.in_order(by_township(data), lambda town: town.per_deputy, view)
    mean = mean_of(data["led"], view)
    table = _table(towns, mean, view)
    sentence = EMPTY(lang) if not any(town.led or town.about for town in towns) else without_rows(RECEIVED, view)
    if sentence:
        return Picture(NAME(lang), SUBTITLE_PLAIN(lang, order=order), None, table, empty=sentence, alt=sentence)
    title = finding(towns, mean, view) or NAME(lang)
    foot = FOOT(lang, word=word, years=_years(towns, view))
    subtitle = SUBTITLE_PLAIN(lang, order=order)
    if mean is not None:
        subtitle = SUBTITLE(lang, order=order, word=word, mean=formats.number(mean, 2))
        foot += BETWEEN(lang) + CHANCE(lang, out=sum(town.is_outside(mean) for town in towns))
    body = BarList(tuple(_bar(town, mean, view) for town in towns), tuple(head(lang) for head in HEADS))
    return Picture(title, subtitle, body, table, foot=foot, alt=title)


def _table(towns: Sequence[Township], mean: float | None, view: View) -> pd.DataFrame:
    rows = [
        (t.name, t.led, t.about, t.deputies, t.population, t.per_deputy, t.per_people, *t.limits(mean)) for t in towns
    ]
    return pd.DataFrame(rows, columns=[column(view.lang) for column in COLUMNS])


def by_township(data: Mapping[str, Any]) -> list[Township]:
    """The townships asked for, in code order."""
    led = {row["township"]: row for row in as_rows(data["led"])}
    about = dict(zip(data["about"]["place"], data["about"][ABOUT.key], strict=True))
    made = []
    for row in as_rows(data["people"]):
        code, found = row["record"], led.get(row["record"], {})
        made.append(
            Township(
                code=code,
                name=row["name"],
                led=_whole(found.get(RECEIVED.key)) or 0,
                about=_whole(about.get(code)) or 0,
                deputies=_whole(found.get(f"{LEADS.key}.n")) or 0,
                population=_whole(row["population"]),
                population_year=_whole(row["population_year"]),
            )
        )
    return sorted(made, key=lambda town: town.code)


def _whole(value: Any) -> int | None:
    return None if formats.is_missing(value) else int(value)


def mean_of(led: Columns, view: View) -> float | None:
    """Items led per deputy in the whole district; missing with few items, or where nobody serves."""
    lines = [(n, items) for n, items in lines_of(led, (f"{LEADS.key}.n", RECEIVED.key)) if n > 0]
    items = int(sum(items for _, items in lines if not formats.is_missing(items)))
    return items / int(sum(n for n, _ in lines)) if items >= view.context.rules.small_n else None


def finding(towns: Sequence[Township], mean: float | None, view: View) -> str:
    """Items per deputy, from where none came, and which numbers chance does not explain."""
    if mean is None:
        return ""
    words = {"word": view.context.rules.region_word, "mean": formats.number(mean, 2)}
    none = [town.name for town in towns if town.deputies and not town.led]
    out = [town.name for town in towns if town.is_outside(mean)]
    if not none and 0 < len(out) <= NAMED:
        return SOME_OUT(view.lang, **words, names=LIST(view.lang).join(out))
    if not none:
        return PER_DEPUTY(view.lang, **words)
    if len(none) > NAMED:
        return MANY_NONE(view.lang, **words, n=len(none))
    return SOME_NONE(view.lang, **words, names=LIST(view.lang).join(none))


def _bar(town: Township, mean: float | None, view: View) -> Bar:
    is_small = 0 < town.deputies < view.context.rules.small_n
    each = f"{town.led}/{town.deputies}" if is_small else formats.number(town.per_deputy, 2)
    cells = (formats.number(town.led), formats.number(town.about), each, formats.number(town.per_people, 2))
    href = view.link(PATH, townships=(town.code,))
    warn = PER_DEPUTY_CELL if town.is_outside(mean) else None
    return Bar(town.name, town.per_deputy, cells, mark=mean, warn=warn, href=href)


def _years(towns: Sequence[Township], view: View) -> str:
    known = sorted({town.population_year for town in towns if town.population_year})
    if not known:
        return NO_POPULATION(view.lang)
    return (POPULATION_YEARS if len(known) == 1 else POPULATION_RANGE)(view.lang, a=known[0], b=known[-1])


def solved_by_township(key: str = "solved_by_township") -> Exhibit:
    """The solved share by township with the limits of chance."""
    return funnelplot(METRICS["P08"], base=BASE, key=key, name=FAIR, path=PATH, called=CALLED, axis_title=AXIS)


def topics(key: str = "topics") -> Exhibit:
    """Categories by year."""
    return heat(RECEIVED, "category", key=key, name=TOPICS, path=PATH, foot=TOPICS_FOOT, also=(METRICS["P18"],))
