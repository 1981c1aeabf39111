"""The quality of the data at a glance: how much is in order, by table, office, rule and township."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import Connection

from dashboard import fetch, formats
from dashboard.badge import PAGE, share
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exhibits.numbers import Card, Numbers
from data_access.context import Context
from data_access.dimensions import labels
from data_access.metrics.metric import Metric
from data_access.quality.aspects import COMPLETE, CONSISTENT, MEASURES, PROBLEMS, TIMELY, TWICE, Aspect
from data_access.quality.register import TOWNSHIP
from data_access.quality.sums import ASPECT, OFFICE, RULE, TABLE, Count, Score, counts, lines, score, scores
from data_access.quality.survey import Survey
from data_access.tables import TABLES
from data_access.text import Lang, Text

MOST = 12
HEADLINE_NAME = Text("数据质量主要数字", "Quality in figures")
SUBTITLE = Text("{n} 条记录，数据日期 {day}", "{n} records, data of {day}")
SPLIT = Text("错误 {a} 条，提醒 {b} 条", "{a} errors, {b} warnings")
BASE = Text("n={n} {unit}", "n={n} {unit}")
NEWEST = Text("最近发生的事项", "Newest event")
AS_OF = Text("数据日期 {day}", "data of {day}")
YEAR = Text("{year} 年", "{year}")
NOTHING = Text("所选范围内没有发现问题。", "No problems in this range.")
NO_ROWS = Text("所选范围内还没有记录，无从核对。", "There are no records in this range to check.")
FIGURE, VALUE, UNIT, N = Text("指标", "Figure"), Text("数值", "Value"), Text("单位", "Unit"), Text("基数 n", "Base n")
RECORDS_HEAD = Text("记录", "Records")
PROBLEMS_HEAD = Text("问题", "Problems")

BY_TABLE = Text("按数据表", "By table")
BY_TABLE_SUB = Text(
    "各数据表的完整、及时、一致和重复；点一行只看该表", "Each table's four sides; a row shows that table alone"
)
BY_TABLE_FOOT = Text("未列出的 {n} 张数据表没有发现问题。", "No problems in the {n} tables not listed.")
BY_TABLE_ALL = Text("所列即全部有记录的数据表。", "These are all tables that have records.")
TOP_TABLE = Text("{n} 条待核问题中，{table}有 {k} 条，占 {share}", "Of {n} problems {k} are in {table}, {share}")
ONE_TABLE = Text("{table}有 {n} 条待核问题", "{n} problems in {table}")
HEADS = (
    Text("数据表", "Table"), RECORDS_HEAD, Text("完整率", "Complete"), Text("及时率", "Timely"),
    Text("一致率", "Consistent"), Text("疑似重复", "Twice"), PROBLEMS_HEAD,
)  # fmt: skip

BY_OFFICE = Text("按责任单位", "By office")
BY_OFFICE_SUB = Text(
    "能够补正的单位和条数；点一行只看该单位", "Which office can mend how many; a row shows that office alone"
)
OFFICE_FOOT = Text(
    "承办、答复归承办单位，监督归牵头委室，站点和活动归所在乡镇（街道），其余归保管该表的人大机构"
    "（rule_config 的 data_offices 可改名称）。",
    "Handling and replies are the handling unit's, supervision the lead body's, stations and activities the "
    "township's, the rest that of the body that keeps the table (data_offices in rule_config gives local names).",
)
TOP_OFFICE = Text("{office}可补正 {k} 条，为各单位最多", "{office} can mend {k}, more than any other")
SHARED = Text("待核问题涉及 {n} 个单位", "{n} offices have problems to settle")
OTHERS = Text("其余 {n} 个单位", "{n} more offices")

BY_TOWN = Text("按乡镇（街道）", "By township")
BY_TOWN_SUB = Text(
    "按区划代码排列；每千条记录的问题数在右", "In the order of their codes; problems per 1,000 records at right"
)
WHOLE = Text("区级记录", "The district's own records")
TOWNS = Text(
    "{n} 个乡镇（街道）有待核问题 {k} 条，区级记录 {d} 条",
    "{k} problems in {n} townships, {d} in the district's own records",
)
TOWNS_ALONE = Text("{n} 个乡镇（街道）有待核问题 {k} 条", "{k} problems in {n} townships")
WHOLE_ALONE = Text("待核问题 {d} 条，都在区级记录中", "{d} problems, all in the district's own records")
CLEAN = Text("其余 {n} 个乡镇（街道）没有发现问题。", "No problems in the other {n} townships.")
PER_MILLE = Text("每千条", "per 1,000")

BY_RULE = Text("按问题", "By problem")
BY_RULE_SUB = Text("每条规则查出的条数；点一行只看该问题", "What each rule found; a row shows that problem alone")
TOP_RULE = Text("最多的问题：{words}（{table}，{k} 条）", "Most frequent: {words} ({table}, {k})")
RULE_HEADS = (Text("性质", "Kind"), Text("问题", "Problem"), HEADS[0], Text("条数", "Count"), Text("应核", "Checked"))
ERROR, WARNING = Text("错误", "error"), Text("提醒", "warning")
MORE_RULES = Text("另有 {n} 类问题见表格。", "{n} more kinds of problems are in the table.")


@dataclass(frozen=True)
class Data:
    """A survey, the context it is asked for, and the names of offices and regions."""

    survey: Survey
    context: Context
    offices: Mapping[str, Text]
    regions: Mapping[str, Text]

    def named(self, column: str, value: object) -> Text | None:
        """The name of a region or unit a column refers to; ``None`` for any other column."""
        if column in ("region_code", "place_code"):
            return self.regions.get(str(value))
        return self.offices.get(str(value)) if column in ("org_unit_id", "lead_unit", "target_unit") else None


def query(connection: Connection, view: View) -> Data:
    """The survey everything on the page is added up from. It is of the day of the data, whatever day is looked at."""
    found = fetch.survey()
    context = replace(view.context, as_of=found.as_of)
    offices, regions = fetch.shared(connection, view, _names) if found.tables else ({}, {})
    return Data(found, context, offices, regions)


def _names(connection: Connection, context: Context) -> tuple[dict[str, Text], dict[str, Text]]:
    return labels(connection, OFFICE, context), labels(connection, "township", context)


def _exhibit(
    key: str, name: Text, compose: Callable[[Data, View], Picture], metrics: tuple[Metric, ...] = MEASURES, **more: bool
) -> Exhibit:
    return Exhibit(key, name, metrics, query, compose, **more)


def picked(data: Data) -> Score:
    """The score of the tables clicked, or of all."""
    return score(data.survey, data.context, data.context.filters.picked(TABLE) or None)


def named(words: Mapping[str, Text], code: str, lang: Lang) -> str:
    """A code in words; one that has none stands for itself."""
    return words[code](lang) if code in words else code


def empty(name: Text, subtitle: str, data: Data, view: View) -> Picture:
    """The picture of an exhibit without a problem: nothing was found, or nothing is there."""
    words = (NOTHING if picked(data).rows else NO_ROWS)(view.lang)
    return Picture(name(view.lang), subtitle, None, pd.DataFrame({name(view.lang): [words]}), empty=words, alt=words)


def _headline(data: Data, view: View) -> Picture:
    lang, made = view.lang, picked(data)
    found = list(counts(data.survey, data.context))
    errors = sum(count.broken for count in found if count.rule.is_error)
    problems = sum(count.broken for count in found)
    twice = sum(count.broken for count in found if count.rule.aspect is Aspect.UNIQUE)
    split = SPLIT(lang, a=formats.number(errors), b=formats.number(problems - errors))
    cards = (
        _count(PROBLEMS, problems, split, "", view),
        *(_share(metric, pair, aspect, view) for metric, pair, aspect in (
            (COMPLETE, made.complete, Aspect.COMPLETE),
            (TIMELY, made.timely, Aspect.TIMELY),
            (CONSISTENT, made.consistent, Aspect.CONSISTENT),
        )),
        _count(TWICE, twice, "", Aspect.UNIQUE.value, view),
        Card(NEWEST(lang), formats.short_day(made.newest), YEAR(lang, year=made.newest.year) if made.newest else "",
             base=AS_OF(lang, day=formats.day(data.context.as_of)), href=view.link(PAGE)),
    )  # fmt: skip
    table = pd.DataFrame(
        [(card.name, card.value, card.unit, card.base) for card in cards],
        columns=[FIGURE(lang), VALUE(lang), UNIT(lang), N(lang)],
    )
    subtitle = SUBTITLE(lang, n=formats.number(made.rows), day=formats.day(data.context.as_of))
    return Picture(HEADLINE_NAME(lang), subtitle, Numbers(cards), table)


def _count(metric: Metric, value: int, base: str, aspect: str, view: View) -> Card:
    figure, lang = formats.number(value), view.lang
    unit = formats.unit(metric.unit, figure, lang)
    return Card(metric.name(lang), figure, unit, base=base, href=_of_aspect(aspect, view))


def _share(metric: Metric, pair: tuple[int, int], aspect: Aspect, view: View) -> Card:
    (k, n), lang = pair, view.lang
    few = n < view.context.rules.small_n
    value = f"{k}/{n}" if n and few else share(k / n).removesuffix("%") if n else formats.MISSING
    base = BASE(lang, n=formats.number(n), unit=metric.unit(lang))
    return Card(metric.name(lang), value, "" if few else "%", base=base, href=_of_aspect(aspect.value, view))


def _of_aspect(aspect: str, view: View) -> str:
    return only(view, ASPECT, aspect) if aspect else view.link(PAGE)


def only(view: View, dimension: str, code: str) -> str:
    """The address of the page with one code of a dimension clicked, whatever of it was clicked before."""
    others = tuple(pick for pick in view.context.filters.picks if pick[0] != dimension)
    return view.link(PAGE, picks=(*others, (dimension, code)))


def _tables(data: Data, view: View) -> Picture:
    lang, subtitle = view.lang, BY_TABLE_SUB(view.lang)
    many: Counter[str] = Counter()
    for count in counts(data.survey, data.context, but=TABLE):
        many[count.rule.table] += count.broken
    each = {name: made for name, made in scores(data.survey, data.context).items() if made.rows}
    if not many:
        return empty(BY_TABLE, subtitle, data, view)
    order = sorted(each, key=lambda name: -many[name])
    shown = [name for name in order if many[name]]
    columns = tuple(Column(head(lang), "left" if place == 0 else "right") for place, head in enumerate(HEADS))
    body = Listing(columns, tuple(_table_line(name, each[name], many[name], view) for name in shown))
    top, total = shown[0], sum(many.values())
    words = {"table": TABLES[top].info["title"](lang), "n": formats.number(total), "k": formats.number(many[top])}
    title = (
        ONE_TABLE(lang, **words)
        if len(shown) == 1
        else TOP_TABLE(lang, **words, share=formats.percent(many[top] / total, 0))
    )
    clean = len(order) - len(shown)
    foot = BY_TABLE_FOOT(lang, n=clean) if clean else BY_TABLE_ALL(lang)
    return Picture(title, subtitle, body, _table_frame(order, each, many, lang), foot=foot, alt=title)


def _table_line(name: str, made: Score, many: int, view: View) -> Line:
    floor = view.context.rules.quality_floor / 100
    shares = (made.complete, made.timely, made.consistent)
    cells = [Cell(share(k / n) if n else formats.MISSING, "soon" if n and k / n < floor else "") for k, n in shares]
    title = TABLES[name].info["title"](view.lang)
    rest = (Cell(formats.number(made.twice)), Cell(formats.number(many)))
    return Line((Cell(title), Cell(formats.number(made.rows)), *cells, *rest), only(view, TABLE, name))


def _table_frame(order: list[str], each: Mapping[str, Score], many: Mapping[str, int], lang: Lang) -> pd.DataFrame:
    figures = [
        (
            TABLES[name].info["title"](lang),
            each[name].rows,
            *(k / n if n else None for k, n in (each[name].complete, each[name].timely, each[name].consistent)),
            each[name].twice,
            many[name],
        )
        for name in order
    ]
    return pd.DataFrame(figures, columns=[head(lang) for head in HEADS])


def _offices(data: Data, view: View) -> Picture:
    lang, subtitle = view.lang, BY_OFFICE_SUB(view.lang)
    many: Counter[str] = Counter()
    for count in counts(data.survey, data.context, but=OFFICE):
        many[count.cell.office] += count.broken
    if not many:
        return empty(BY_OFFICE, subtitle, data, view)
    order = sorted(many, key=lambda office: (-many[office], office))
    names = {office: named(data.offices, office, lang) for office in order}
    bars = [
        Bar(names[office], many[office], (formats.number(many[office]),), href=only(view, OFFICE, office))
        for office in order[:MOST]
    ]
    if rest := order[MOST:]:
        left = sum(many[office] for office in rest)
        bars.append(
            Bar(OTHERS(lang, n=len(rest)), left, (formats.number(left),), href=view.link(PAGE, panel="offices"))
        )
    is_first = len(order) == 1 or many[order[0]] > many[order[1]]
    top = TOP_OFFICE(lang, office=names[order[0]], k=formats.number(many[order[0]]))
    title = top if is_first else SHARED(lang, n=len(order))
    frame = pd.DataFrame(
        {BY_OFFICE(lang): [names[office] for office in order], PROBLEMS_HEAD(lang): [many[office] for office in order]}
    )
    return Picture(title, subtitle, BarList(tuple(bars), (PROBLEMS_HEAD(lang),)), frame, OFFICE_FOOT(lang), alt=title)


def _towns(data: Data, view: View) -> Picture:
    lang, subtitle = view.lang, BY_TOWN_SUB(view.lang)
    many, rows = Counter[str](), _rows_by_town(data)
    for count in counts(data.survey, data.context):
        many[_town(count)] += count.broken
    if not many:
        return empty(BY_TOWN, subtitle, data, view)
    every = sorted(code for code in rows if code) + ([""] if rows.get("") else [])
    order = [code for code in every if many[code]]
    bars, figures = [], []
    for code in order:
        name = named(data.regions, code, lang) if code else WHOLE(lang)
        per_mille = 1000 * many[code] / rows[code]
        href = view.link(PAGE, townships=(code,)) if code else view.link(PAGE)
        bars.append(Bar(name, many[code], (formats.number(many[code]), formats.number(per_mille, 1)), href=href))
        figures.append((name, many[code], rows[code]))
    towns, clean = [code for code in order if code], sum(1 for code in every if code and not many[code])
    inside = sum(many[code] for code in towns)
    words = TOWNS_ALONE if not many[""] else TOWNS if towns else WHOLE_ALONE
    title = words(lang, n=len(towns), k=formats.number(inside), d=formats.number(many[""]))
    frame = pd.DataFrame(figures, columns=[BY_TOWN(lang), PROBLEMS_HEAD(lang), RECORDS_HEAD(lang)])
    body, foot = BarList(tuple(bars), (PROBLEMS_HEAD(lang), PER_MILLE(lang))), CLEAN(lang, n=clean) if clean else ""
    return Picture(title, subtitle, body, frame, foot, alt=title)


def _town(count: Count) -> str:
    return count.cell.region if len(count.cell.region) == TOWNSHIP else ""


def _rows_by_town(data: Data) -> Counter[str]:
    made: Counter[str] = Counter()
    wanted = data.context.filters.picked(TABLE)
    for name, table in data.survey.tables.items():
        if not wanted or name in wanted:
            for cell, count, is_shown in zip(table.cells, table.rows, lines(table, data.context), strict=True):
                if is_shown:
                    made[cell.region if len(cell.region) == TOWNSHIP else ""] += int(count)
    return made


def _rules(data: Data, view: View) -> Picture:
    lang, subtitle = view.lang, BY_RULE_SUB(view.lang)
    found: dict[str, list[Count]] = {}
    for count in counts(data.survey, data.context, but=RULE):
        found.setdefault(count.rule.key, []).append(count)
    if not found:
        return empty(BY_RULE, subtitle, data, view)
    many = {key: sum(count.broken for count in each) for key, each in found.items()}
    order = sorted(found, key=lambda key: (not found[key][0].rule.is_error, -many[key]))
    drawn = [_rule_line(found[key][0], many[key], data, view) for key in order]
    columns = tuple(
        Column(head(lang), "right" if place > 2 else "left", wide=place == 1) for place, head in enumerate(RULE_HEADS)
    )
    top = max(order, key=lambda key: many[key])
    rule = found[top][0].rule
    title = TOP_RULE(
        lang, words=rule.words(lang), table=TABLES[rule.table].info["title"](lang), k=formats.number(many[top])
    )
    frame = pd.DataFrame(
        [
            [cell.text for cell in line.cells[:3]] + [many[key], checked(data, key)]
            for key, line in zip(order, drawn, strict=True)
        ],
        columns=[head(lang) for head in RULE_HEADS],
    )
    foot = MORE_RULES(lang, n=len(order) - MOST) if len(order) > MOST else ""
    return Picture(title, subtitle, Listing(columns, tuple(drawn[:MOST])), frame, foot=foot, alt=title)


def _rule_line(count: Count, many: int, data: Data, view: View) -> Line:
    rule, lang = count.rule, view.lang
    cells = (
        Cell((ERROR if rule.is_error else WARNING)(lang), "soon" if rule.is_error else "quiet"),
        Cell(rule.words(lang)),
        Cell(TABLES[rule.table].info["title"](lang)),
        Cell(formats.number(many)),
        Cell(formats.number(checked(data, rule.key))),
    )
    return Line(cells, only(view, RULE, rule.key))


def checked(data: Data, key: str) -> int:
    """Of how many records under the view a rule is asked."""
    made = data.survey.tables[key.partition(".")[0]]
    place = next(place for place, rule in enumerate(made.rules) if rule.key == key)
    return int(made.asked[lines(made, data.context), place].sum())


HEADLINE = _exhibit("headline", HEADLINE_NAME, _headline, bare=True)
TABLES_EXHIBIT = _exhibit("tables", BY_TABLE, _tables)
OFFICES = _exhibit("offices", BY_OFFICE, _offices, (PROBLEMS,))
TOWNSHIPS = _exhibit("townships", BY_TOWN, _towns, (PROBLEMS,))
RULES = _exhibit("rules", BY_RULE, _rules)
