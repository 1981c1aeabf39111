"""What the figures of a drawing are made of, in words: rows, printed totals, years nobody filled in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

import pandas as pd

from dashboard import formats
from dashboard.absence import CARD, named, of_metrics
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from data_access.metrics.metric import Metric
from data_access.origins import Origin, Use, origin
from data_access.text import Lang, Text

UNFILLED = Text("未填报", "not reported")
TOTAL_ONLY = Text("仅有汇总数", "total only")
FROM = Text("汇总填报，据{docs}", "reported total, from {docs}")
PAPER = Text("汇总填报", "reported total")
ROWS = Text("记录", "records")
BOTH = Text("记录和汇总填报", "records and reported totals")
SOURCE = Text("来源", "Source")
QUOTED = Text("《{name}》", "“{name}”")
DOCS = Text("{first}等 {n} 份", "{first} and {n} more")
ESTIMATE = Text("（估算）", " (estimate)")
YEARS = Text("{years} 年", "{years}")
LIST = Text("、", ", ")
PAPER_YEARS = Text("其中 {years} 年为汇总填报（{docs}）", "{years} from reported totals ({docs})")
ALL_PAPER = Text("为汇总填报（{docs}）", "reported totals ({docs})")
PAPER_TOWNS = Text("含 {n} 个乡镇（街道）的汇总填报（{docs}）", "with reported totals of {n} townships ({docs})")
LACKING = Text("缺 {years} 年数据", "no data for {years}")
SPLIT = Text("{years} 年仅有汇总数，未计入", "{years} only known in total, not counted")
OF_METRICS = Text("{names}：{words}", "{names}: {words}")
SEMICOLON = Text("；", "; ")
STOP = Text("。", ".")
STOPS = ("。", "）", ".", ")")
WITH_PAPER = Text("含 {years} 年汇总填报", "with reported totals of {years}")
PAPER_AMONG = Text("其中 {years} 年为汇总填报", "of these {years} from reported totals")
COMMA = Text("，", ", ")
NOTHING = Text(
    "{years} 年未填报：没有记录，也没有汇总数。",
    "Nothing was reported for {years}: neither records nor totals.",
)
NOTHING_SPLIT = Text(
    "{years} 年仅有汇总数，没有可供细分的记录。", "For {years} only totals are known, no records to divide them by."
)
BESIDES = Text(
    "另有汇总填报 {amount}（{years} 年，据{docs}），无逐条记录",
    "besides, {amount} from reported totals ({years}, from {docs}), without records",
)
NO_ROWS = Text(
    "汇总填报 {amount}（{years} 年，据{docs}），无逐条记录",
    "{amount} from reported totals ({years}, from {docs}), without records",
)
PARTS = Text("{k}，基数 {n}", "{k} of {n}")
NAMED = 4  # so many metrics are written out


def spans(years: Iterable[int]) -> str:
    """``2018–2020、2022``: years in as few words as can be."""
    parts = []
    for _, run in groupby(enumerate(sorted(set(years))), key=lambda pair: pair[1] - pair[0]):
        found = [year for _, year in run]
        parts.append(f"{found[0]}–{found[-1]}" if len(found) > 1 else f"{found[0]}")
    return "、".join(parts)


def documents(found: Origin, lang: Lang) -> str:
    """The reports that printed totals stand in, the first by name; says so where one is an estimate."""
    names = found.documents
    first = QUOTED(lang, name=names[0])
    words = DOCS(lang, first=first, n=len(names) if lang == "zh" else len(names) - 1) if len(names) > 1 else first
    return words + (ESTIMATE(lang) if any(total.is_estimate for total in found.paper) else "")


def mark(found: Origin, lang: Lang) -> str:
    """One figure's source for a tool tip: empty for rows alone, else the report, or why there is no figure."""
    if found.is_missing:
        return missing(found, lang)
    return FROM(lang, docs=documents(found, lang)) if found.paper else ""


def missing(found: Origin, lang: Lang) -> str:
    """The word in place of a figure that is not there: nobody filled it in, or only its undivided total is known."""
    return (TOTAL_ONLY if found.undivided else UNFILLED)(lang)


def brief(found: Origin, lang: Lang, part: Text = WITH_PAPER) -> str:
    """What a large figure says beside itself: ``含 2019–2020 年汇总填报，缺 2018 年数据``; empty where it is whole.

    ``part`` words the years of printed totals among others.
    """
    words = []
    if found.paper:
        words.append(part(lang, years=_years(found.paper_years, lang)) if found.rows else PAPER(lang))
    if found.lacking and not found.is_missing:
        words.append(LACKING(lang, years=_years(found.lacking, lang)))
    return COMMA(lang).join(words)


def without_rows(metric: Metric, view: View) -> str:
    """Why nothing can be listed or divided: nobody filled the years in, or only totals are known; else empty."""
    found = origin(view.context, metric)
    if found.rows:
        return ""
    words = NOTHING_SPLIT if found.paper or found.undivided else NOTHING
    return words(view.lang, years=_years(view.context.years, view.lang))


def source(found: Origin, lang: Lang) -> str:
    """One figure's source for a table: records, reported totals of which reports, both, or not reported."""
    if found.paper and found.rows:
        return BOTH(lang)
    return mark(found, lang) or ROWS(lang)


def sentence(found: Origin, lang: Lang) -> str:
    """The same in full, without a stop."""
    words = []
    if found.paper:
        words.append(_paper(found, lang))
    if found.undivided:
        words.append(SPLIT(lang, years=_years(found.undivided, lang)))
    if lacking := [year for year in found.lacking if year not in found.undivided]:
        words.append(LACKING(lang, years=_years(lacking, lang)))
    return SEMICOLON(lang).join(words)


def beyond_rows(metric: Metric, found: Origin, lang: Lang) -> str:
    """What a figure holds beyond the records it leads to, and lacks; empty where they are all of it.

    The figure is what is listed and counted, and the printed totals named here.
    """
    rest = sentence(replace(found, paper=()), lang)
    if not found.paper:
        return rest
    words = {"years": _years(found.paper_years, lang), "docs": documents(found, lang)}
    printed = (BESIDES if found.rows else NO_ROWS)(lang, amount=_printed(metric, found, lang), **words)
    return SEMICOLON(lang).join(filter(None, (printed, rest)))


def _printed(metric: Metric, found: Origin, lang: Lang) -> str:
    if metric.is_share:
        return PARTS(lang, k=formats.number(found.value), n=formats.number(found.base))
    return formats.amount(metric, found.value, lang)


def _paper(found: Origin, lang: Lang) -> str:
    docs = documents(found, lang)
    apart = {total.region for total in found.paper if set(total.years) & set(found.rows)}
    if apart:
        return PAPER_TOWNS(lang, n=len(apart), docs=docs)
    if not found.rows and not found.lacking:
        return ALL_PAPER(lang, docs=docs)
    return PAPER_YEARS(lang, years=_years(found.paper_years, lang), docs=docs)


def _years(years: Iterable[int], lang: Lang) -> str:
    words = spans(years)
    return words if lang == "zh" else words.replace("、", ", ")


def described(uses: Sequence[Use], lang: Lang) -> str:
    """What the figures measured are made of, in one or a few sentences; empty where they are all rows.

    Years compared at the same dates of a year are left out where whole years were measured too.
    """
    said: dict[str, list[Metric]] = {}
    for metric, found in _by_metric(uses):
        if words := sentence(found, lang):
            said.setdefault(words, []).append(metric)
    measured = {use.metric.key for use in uses}
    if len(said) == 1 and {m.key for m in next(iter(said.values()))} == measured:
        return next(iter(said)) + STOP(lang)
    return ("" if lang == "zh" else " ").join(
        OF_METRICS(lang, names=_names(metrics, lang), words=words) + STOP(lang) for words, metrics in said.items()
    )


def _names(metrics: Sequence[Metric], lang: Lang) -> str:
    names = list(dict.fromkeys((metric.chart or metric.name)(lang) for metric in metrics))
    more = Text("等 {n} 项", " and {n} more")(lang, n=len(names) if lang == "zh" else len(names) - NAMED)
    return LIST(lang).join(names[:NAMED]) + (more if len(names) > NAMED else "")


def _by_metric(uses: Sequence[Use]) -> list[tuple[Metric, Origin]]:
    """Each metric with what all its years together are made of."""
    made: dict[str, tuple[Metric, dict[int, Origin]]] = {}
    whole = {use.metric.key for use in uses if not use.same_dates}
    for use in uses:
        if use.same_dates and use.metric.key in whole:
            continue
        _, years = made.setdefault(use.metric.key, (use.metric, {}))
        for year, found in use.origins().items():
            years[year] = _fuller(years.get(year), found)
    return [(metric, _joined(years.values())) for metric, years in made.values()]


def _fuller(one: Origin | None, other: Origin) -> Origin:
    """Of two ways to measure a year the one that lacks something, so that nothing lacking goes unsaid."""
    return other if one is None or other.is_missing else one


def _joined(found: Iterable[Origin]) -> Origin:
    each = list(found)
    return Origin(
        tuple(year for one in each for year in one.rows),
        tuple(dict.fromkeys(total for one in each for total in one.paper)),
        tuple(year for one in each for year in one.lacking),
        tuple(sorted({year for one in each for year in one.undivided})),
    )


def nothing(exhibit: Exhibit, view: View, uses: Sequence[Use]) -> Picture | None:
    """The picture of an exhibit none of whose figures anybody filled in; ``None`` where there is something to draw."""
    asked = [*uses, *(Use(m, view.context, view.context.years, (), False) for m in exhibit.metrics)] if uses else []
    if exhibit.bare or not asked or any(not use.whole().is_missing for use in asked):
        return None
    lang = view.lang
    if names := of_metrics((use.metric for use in asked), view):
        return absence(exhibit, names, lang)
    years = sorted({year for use in uses for year in use.years if not use.same_dates} or {*view.context.years})
    split = {year for use in uses for year, found in use.origins().items() if found.undivided or found.paper}
    unfilled = [year for year in years if year not in split]
    parts = (NOTHING(lang, years=_years(unfilled, lang)) if unfilled else "",
             NOTHING_SPLIT(lang, years=_years(split, lang)) if split else "")  # fmt: skip
    words = ("" if lang == "zh" else " ").join(filter(None, parts))
    return Picture(exhibit.name(lang), "", None, pd.DataFrame({exhibit.name(lang): [words]}), empty=words, alt=words)


def absence(exhibit: Exhibit, names: Collection[str], lang: Lang) -> Picture:
    """The picture of an exhibit that the database lacks the tables for."""
    words, name = CARD(lang, names=named(names, lang)), exhibit.name(lang)
    return Picture(name, "", None, pd.DataFrame({name: [words]}), empty=words, alt=words, is_absent=True)


def explained(picture: Picture, uses: Sequence[Use], view: View) -> Picture:
    """The picture with what its figures are made of under it; a table by year gets a column that says it of each."""
    words, lang = described(uses, view.lang), view.lang
    if not words:
        return picture
    before = picture.foot if not picture.foot or picture.foot.endswith(STOPS) else picture.foot + STOP(lang)
    foot = ("" if lang == "zh" else " ").join(filter(None, (before, words)))
    if picture.body is None and (only := _only_totals(uses, lang)):
        picture = replace(picture, empty=only, alt=only)
    return replace(picture, foot=foot, sources=words, figures=partial(_with_column, picture, uses, lang))


def _only_totals(uses: Sequence[Use], lang: Lang) -> str:
    """What an empty picture says where totals are known and nothing can be drawn of them; else nothing."""
    found = [made for use in uses for made in use.origins().items() if not use.same_dates]
    years = {year for year, made in found if made.paper or made.undivided}
    if not years or any(made.rows for _, made in found):
        return ""
    return NOTHING_SPLIT(lang, years=_years(years, lang))


def _with_column(picture: Picture, uses: Sequence[Use], lang: Lang) -> pd.DataFrame:
    table = picture.table
    years = [text for text in (table.iloc[:, 0].tolist() if table.shape[1] else ()) if _is_year(text)]
    if not years or len(years) != len(table) or SOURCE(lang) in table:
        return table
    measured = [use.origins() for use in uses if not use.same_dates] or [use.origins() for use in uses]
    return table.assign(
        **{
            SOURCE(lang): [
                source(_joined(found[int(year)] for found in measured if int(year) in found), lang) for year in years
            ]
        }
    )


def _is_year(value: object) -> bool:
    return isinstance(value, str | int) and str(value).isdigit() and len(str(value)) == 4
