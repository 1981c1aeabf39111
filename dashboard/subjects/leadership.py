"""Party leadership at a glance: hearings, visits, seats, papers and documents, by year and as a timeline of rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.headline import Figure, headline
from dashboard.exhibits.labels import as_rows, last_years
from dashboard.exhibits.panels import panels
from dashboard.exhibits.timeline import Moment, Stretch, Timeline
from dashboard.formats import granted
from dashboard.subjects.whole_district import Matter
from data_access import lists
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.conditions import among
from data_access.tables.codes import SUPPORT_KIND
from data_access.text import Text

PATH = "/leadership"
HEARD, MET, FORWARDED, ISSUED, SITES, SEATS = (METRICS[key] for key in ("B01", "B02", "B03", "B04", "B04.site", "B05"))
VISITS, TALKS, MEDIAN, LONGEST = (METRICS[key] for key in ("B02.visit", "B02.talk", "B03d", "B03x"))
CAMPAIGNS, LEADERS = METRICS["B04.cam"], METRICS["B06.leaders"]
KINDS = tuple(METRICS[key] for key in ("B06.task", "B06.project", "B06.town"))
MARKED = replace(ISSUED, counted=among("kind", "ISSUE", "RULE", "CONF", "SITE", "AWARD"))  # what a timeline shows

of_the_district = Matter(
    PATH,
    (HEARD, MET, FORWARDED, ISSUED, SEATS),
    Text(
        "党委对人大工作的领导面向全{word}，不按乡镇（街道）区分，所选乡镇没有对应记录。请点右上“看全{word}”，或在左侧取消乡镇筛选；"
        "下面的联系重点工作可按乡镇看。",
        "What the Party committee does for the Congress belongs to no township, so this choice has none. Follow “Whole "
        "district” at the top right, or clear the townships on the left. Key work below can be read by township.",
    ),
    Text("这些事项不按乡镇（街道）区分，所选乡镇没有记录。", "These belong to no township; none in this choice."),
).wrap

VISITS_TALKS = Text("调研 {a} 次，座谈 {b} 次", "{a} visits, {b} talks")
DAYS = Text("中位 {median} 天，最长 {longest} 天", "median {median} days, longest {longest}")
NO_DAYS = Text("未填报送日期", "days of submission not recorded")
MEETINGS = Text("现场会 {a}，主题活动 {b}", "{a} on-site, {b} campaign")
LINKED = Text("任务 {a}、项目 {b}、乡镇 {c}", "tasks {a}, projects {b}, towns {c}")

YEARS_NAME = Text("党委领导人大工作", "Party leadership by year")
EVERY_YEAR = Text(
    "{a}–{b} 年每年听取人大工作汇报不少于 {n} 次", "The Party committee heard {n} reports or more every year, {a}–{b}"
)
WITHOUT = Text("{years} 年没有听取人大工作汇报的记录", "No report of the Congress on record as heard in {years}")

TIMELINE_NAME = Text("制度文件和大事", "Documents and events")
TIMELINE_TITLE = Text("{a}–{b} 年出台制度文件 {n} 件", "{n} documents issued in {a}–{b}")
NO_DOCUMENTS = Text("{a}–{b} 年没有出台制度文件的记录", "No documents on record as issued in {a}–{b}")
AND_SITES = Text("，开现场会 {n} 次", ", on-site meetings: {n}")
AND_CAMPAIGNS = Text("，主题活动 {n} 场", ", campaign events: {n}")
TIMELINE_SUBTITLE = Text(
    "{a}–{b} 年，按印发、召开日期，主题活动按主题合计；点开即到记录",
    "{a}–{b}, by day issued or held, campaigns by theme; each line leads to its records",
)
TIMELINE_FOOT = Text(
    "制度文件包括党委出台的文件和经党委同意、人大制定的办法；文件和会议属全{word}事项，不随乡镇变化，主题活动按所选乡镇。",
    "Documents of the Party committee and rules of the Congress it agreed to; documents and meetings are the whole "
    "district's whatever townships are chosen, campaigns follow the choice.",
)
CAMPAIGN = Text("“{name}”主题活动", "“{name}” campaign")
UNNAMED = Text("未填主题的活动", "Campaigns without a name")
EVENTS = Text("{n} 场", "{n} events")
NOTHING = Text("没有记录", "nothing on record")
TIMELINE_EMPTY = Text(
    "{a}–{b} 年没有制度文件、现场会和主题活动的记录，可放宽年份再看。",
    "No documents, meetings or campaigns on record for {a}–{b}; widen the years.",
)
COLUMNS = (Text("年度", "Year"), Text("日期", "Day"), Text("类型", "Kind"), Text("名称", "Name"))


def _met(total: Any, view: View) -> str:
    return VISITS_TALKS(view.lang, a=granted(total[VISITS.key]), b=granted(total[TALKS.key]))


def _answered(total: Any, view: View) -> str:
    if formats.is_missing(total[MEDIAN.key]):
        return NO_DAYS(view.lang) if total[FORWARDED.key] else ""
    return DAYS(view.lang, median=days(total[MEDIAN.key]), longest=days(total[LONGEST.key]))


def days(value: float) -> str:
    """Whole days without decimals, a median between two with one."""
    return formats.number(value, 0 if float(value).is_integer() else 1)


def _meetings(total: Any, view: View) -> str:
    return MEETINGS(view.lang, a=granted(total[SITES.key]), b=formats.number(total[CAMPAIGNS.key]))


def _linked(total: Any, view: View) -> str:
    return LINKED(view.lang, **{name: granted(total[kind.key]) for name, kind in zip("abc", KINDS, strict=True)})


def by_year() -> Exhibit:
    """Hearings, visits, papers and documents in panels of their own."""
    plain = panels(HEARD, MET, FORWARDED, ISSUED, key="years", name=YEARS_NAME)

    def compose(data: tuple[pd.DataFrame, pd.DataFrame], view: View) -> Picture:
        title = heard(data[0], view) or YEARS_NAME(view.lang)
        return replace(plain.compose(data, view), title=title, alt=title)

    return replace(plain, compose=compose)


def heard(whole: pd.DataFrame, view: View) -> str:
    """Whether reports were heard in every whole year shown; which of them have none on record."""
    # The unfinished year is no year without a hearing yet.
    known = whole.dropna(subset=[HEARD.key])
    finished = [(int(y), int(n)) for y, n in zip(known["year"], known[HEARD.key], strict=True)]
    finished = [(y, n) for y, n in finished if y < view.context.as_of.year]
    none = [str(y) for y, n in finished if not n]
    if len(finished) < 2 or len(none) == len(finished):
        return ""
    if none:
        return WITHOUT(view.lang, years=("、" if view.lang == "zh" else ", ").join(none))
    if len(finished) <= finished[-1][0] - finished[0][0]:
        return ""  # of a year between nothing is known
    return EVERY_YEAR(view.lang, a=finished[0][0], b=finished[-1][0], n=min(n for _, n in finished))


def timeline() -> Exhibit:
    """Documents, conferences, on-site meetings and awards by their day, campaigns by theme, in a column a year."""

    def query(connection: Connection, view: View) -> tuple[lists.Listing, pd.DataFrame, pd.DataFrame]:
        years = last_years(view)
        asked = view.context.with_filters(years=(years[0], years[-1]), townships=())
        held = measure(connection, (CAMPAIGNS,), view.context, by=("year", "campaign"), years=years)
        totals = measure(connection, (ISSUED, SITES), asked)
        return lists.records(connection, MARKED, asked, limit=500), held[held[CAMPAIGNS.key] > 0], totals

    return Exhibit("timeline", TIMELINE_NAME, (ISSUED, SITES, CAMPAIGNS), query, compose)


def compose(data: tuple[lists.Listing, pd.DataFrame, pd.DataFrame], view: View) -> Picture:
    """The timeline from acts (``record``, ``kind``, ``title``, ``held_on``), campaigns by year, and two totals."""
    acts, held, totals = data
    lang, years = view.lang, last_years(view)
    ends = {"a": years[0], "b": years[-1]}
    stretches = tuple(_year(year, acts, held, view) for year in years)
    lines = [(s.name, m.day, m.note, m.title) for s in stretches for m in s.moments]
    table = pd.DataFrame(lines, columns=[column(lang) for column in COLUMNS])
    subtitle = TIMELINE_SUBTITLE(lang, **ends)
    if not lines:
        sentence = TIMELINE_EMPTY(lang, **ends)
        return Picture(TIMELINE_NAME(lang), subtitle, None, table, empty=sentence, alt=sentence)
    issued, sites, events = (
        granted(totals[ISSUED.key].iloc[0]),
        granted(totals[SITES.key].iloc[0]),
        int(held[CAMPAIGNS.key].sum()),
    )
    title = TIMELINE_TITLE(lang, n=issued, **ends) if issued else NO_DOCUMENTS(lang, **ends)
    title += (AND_SITES(lang, n=sites) if sites else "") + (AND_CAMPAIGNS(lang, n=events) if events else "")
    return Picture(
        title,
        subtitle,
        Timeline(stretches),
        table,
        foot=TIMELINE_FOOT(lang, word=view.context.rules.region_word),
        alt=title,
    )


def _year(year: int, acts: lists.Listing, held: pd.DataFrame, view: View) -> Stretch:
    rows = [row for row in as_rows(acts.rows) if row["held_on"].year == year]
    moments = [_act(row, acts.kind, view) for row in sorted(rows, key=lambda row: (row["held_on"], str(row["record"])))]
    themes = held[held["year"] == year].itertuples(index=False)
    moments += [_campaign(year, name, int(count), view) for _, name, count in themes]
    return Stretch(str(year), tuple(moments), NOTHING(view.lang))


def _act(row: Any, kind: str, view: View) -> Moment:
    words = SUPPORT_KIND.label(row["kind"], view.lang)
    # The day of a document is a matter of record; a meeting that others came to see is what a reader looks for.
    return Moment(
        formats.short_day(row["held_on"]), row["title"], words, view.record(kind, row["record"]), row["kind"] == "SITE"
    )


def _campaign(year: int, name: Any, count: int, view: View) -> Moment:
    known = not (name is None or formats.is_missing(name))
    title = CAMPAIGN(view.lang, name=name) if known else UNNAMED(view.lang)
    where: dict[str, Any] = {
        "metric": CAMPAIGNS.key,
        "years": (year, year),
        "pick": ("campaign", name if known else ""),
    }
    return Moment("", title, EVENTS(view.lang, n=count), view.link("/records", **where))


HEADLINE = of_the_district(
    headline(
        HEARD,
        Figure(MET, note=_met, also=(VISITS, TALKS)),
        SEATS,
        Figure(FORWARDED, note=_answered, also=(MEDIAN, LONGEST)),
        Figure(ISSUED, note=_meetings, also=(SITES, CAMPAIGNS)),
        Figure(LEADERS, note=_linked, also=KINDS),
    )
)
BY_YEAR = of_the_district(by_year())
TIMELINE = timeline()
