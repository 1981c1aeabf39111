"""From templates and facts to sentences: every figure with its words, definition, period, source and records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard import formats
from dashboard.briefing.facts import REST, Facts, Of, Slot
from dashboard.briefing.sentences import PARTS, TEMPLATES
from dashboard.briefing.template import PLACE, SLOT, Clause, Part, Telling, Template, has_worked
from dashboard.briefing.window import SINCE_YEAR, day_words, listed, window
from dashboard.exhibits.exhibit import View
from dashboard.exports.report import Figure, Sentence
from dashboard.sources import mark
from data_access.metrics.metric import Kind, Metric, Window
from data_access.origins import Origin
from data_access.rows import ROWS
from data_access.tables import TABLES
from data_access.text import Lang, Text

SINCE_DAY = Text("{day.year}年{day.month}月以来", "Since {day:%B %Y}")
THIS_TERM, THAT_TERM = Text("本届", "so far this term"), Text("当届", "in that term")
THIS_ONE, THAT_ONE = Text("本届", "this term"), Text("当届", "that term")
THERE = Text("{within}，", "{within}, ")
JUST_ELECTED = Text(
    "{year}年末刚换届，新一届代表尚未履职，其履职情况不写",
    "a new term began at the end of {year}; of what its deputies did nothing is told yet",
)
NUMERAL = "#"  # before a unit: the number is written in Chinese numerals
DIGITS = "零一二三四五六七八九"
NAMED = 4  # so many townships are named before they are counted
WITHIN = Text("，{names}范围内", " within {names}")
AND_OTHERS = Text("{names}等{n}个乡镇（街道）", "{names} and others, {n} townships and subdistricts,")
STOP = Text("。", ".")
GAP = Text("缺 {years} 年数据", "no data for {years}")
GAP_OF = Text("{names}缺 {years} 年数据", "{names}: no data for {years}")
IN_BRACKETS = Text("（{words}）", " ({words})")
AND_MORE = Text("等", " and others")
NAMED_GAPS = 3  # so many figures are named before the rest are summed up
OF_DISTRICT = Text(
    "属全{word}事项，不分乡镇（街道）；取消乡镇筛选即列出",
    "a matter of the whole district; it is told when no township is chosen",
)
NO_RECORDS = Text("所选范围内没有“{source}”记录", "there are no records of “{source}” in this range")
PARTLY = Text("已写部分；没有数据、未写入的有{names}", "told in part; there are no data for {names}")
NOT_BEGUN = Text("所选年份晚于数据日期", "the years chosen lie after the data")
PAPER_YEARS = Text("{years} 年为{paper}", "{years} {paper}")
TABLE_OF = Text("{names}表", "{names}")
NUMERATOR = Text("“{name}”的分子：{definition}", "numerator of “{name}”: {definition}")
BASE = Text("“{name}”的分母：{definition}", "base of “{name}”: {definition}")
LEFT = Text(
    "“{name}”的分母中未计入分子的：{definition}", "what the base of “{name}” holds beyond its numerator: {definition}"
)
MINUS = Text("“{one}”的分子减“{other}”的分子", "numerator of “{one}” less that of “{other}”")
TERM_TO = Text("本届至 {day}", "the term, to {day}")
ON = Text("截至{day}", "As of {day}")
ON_DAY = Text("截至 {day}", "on {day}")
UP_TO = Text("{since} 至 {day}", "{since} to {day}")
YEAR = Text("{a} 年", "{a}")
YEARS = Text("{a}–{b} 年", "{a}–{b}")


@dataclass(frozen=True)
class Omitted:
    """A sentence, or a part of one, that is not told, and why."""

    key: str
    heading: str
    reason: str


@dataclass(frozen=True)
class Briefing:
    """The text: sentences in the order of the speech, and what is not in it."""

    sentences: tuple[Sentence, ...]
    omitted: tuple[Omitted, ...]


def briefing(facts: Facts, view: View) -> Briefing:
    """Every sentence that can be told under this view."""
    told = telling(view, facts)
    made = [write(template, told) for template in TEMPLATES]
    return Briefing(
        tuple(sentence for sentence, _ in made if sentence is not None),
        tuple(one for _, omitted in made for one in omitted),
    )


def telling(view: View, facts: Facts) -> Telling:
    """The facts with the plain words that templates name."""
    context, lang = view.context, view.lang
    years = facts.years or context.years[-1:]
    within = _within(facts.places, lang)
    span = window((years[0], years[-1]), context.as_of, facts.term_start, lang)
    word = context.rules.region_word
    on = ON(lang, day=day_words(context.stock_on, lang)) + within
    return Telling(
        view,
        facts,
        {
            "w": span + within,
            "on": on,
            # What stood on a day long past is dated; what stands today is not.
            "now": _there(within, lang) if context.stock_on == context.as_of else THERE(lang, within=on),
            "year": str(years[-1]),
            "term": (THIS_TERM if facts.is_this_term else THAT_TERM)(lang),
            "term_": (THIS_ONE if facts.is_this_term else THAT_ONE)(lang),
            "within": within,
            "there": _there(within, lang),
            "since": _since(told_since, lang) if (told_since := context.rules.since_cadre) else span,
            "区": word,
            "Region": {"区": "District", "县": "County", "市": "City", "旗": "Banner"}[word],
        },
    )


def _there(within: str, lang: Lang) -> str:
    """``霁川镇范围内，`` at the head of a sentence; nothing where no township is chosen."""
    words = within.lstrip("， ")
    return THERE(lang, within=words[:1].upper() + words[1:]) if words else ""


def _since(day: date, lang: Lang) -> str:
    """``2023年以来``; with its month where the year had begun."""
    return (SINCE_YEAR if (day.month, day.day) == (1, 1) else SINCE_DAY)(lang, day=day, a=day.year)


def _within(names: tuple[str, ...], lang: Lang) -> str:
    if not names:
        return ""
    said = ("、" if lang == "zh" else ", ").join(names[:NAMED])
    if len(names) > NAMED:
        said = AND_OTHERS(lang, names=said, n=len(names))
    return WITHIN(lang, names=said)


def write(template: Template, told: Telling) -> tuple[Sentence | None, tuple[Omitted, ...]]:
    """The sentence, if any of its clauses can be told, and what had to be left out for want of records."""
    lang = told.lang
    heading = template.heading(lang)
    if not told.facts.years:
        return None, (Omitted(template.key, heading, NOT_BEGUN(lang)),)
    has_places = bool(told.view.context.filters.townships)
    if has_places and template.of_district:
        return None, (Omitted(template.key, heading, _of_district(told)),)
    unknown = _unknown(template, told)
    parts = tuple(_written(template.parts, told))
    if not parts:
        titles = dict.fromkeys(ROWS[metric.rows].title(lang) for metric in unknown)
        reason = NO_RECORDS(lang, source=_and(titles, lang)) if unknown else template.nothing(lang)
        return None, (Omitted(template.key, heading, reason),)
    reasons = [PARTLY(lang, names=_named([metric.name(lang) for metric in unknown], lang))] if unknown else []
    if has_places and any(clause.of_district for clause in template.clauses()):
        reasons.append(_of_district(told))
    if not has_worked(told) and any(has_worked in clause.when for clause in template.clauses()):
        reasons.append(JUST_ELECTED(lang, year=told.facts.years[-1]))
    opening = tuple(part for part in _filled(template.opening, told) if part)
    gaps = _gaps(template, told, parts)
    whole = _joined((*opening, *_unled(parts, capital=not opening, lang=lang), *gaps, STOP(lang)))
    return Sentence(template.key, heading, whole), tuple(Omitted(template.key, heading, r) for r in reasons)


def _of_district(told: Telling) -> str:
    return OF_DISTRICT(told.lang, word=told.words["区"])


def _and(names: Iterable[str], lang: Lang) -> str:
    return ("”“" if lang == "zh" else "”, “").join(names)


def _unknown(template: Template, told: Telling) -> tuple[Metric, ...]:
    """The metrics of which nothing is known, so that clauses cannot be told, in the order of telling."""
    return tuple(dict.fromkeys(metric for clause in template.clauses() for metric in _lacking(clause, told)))


def _lacking(clause: Clause, told: Telling) -> tuple[Metric, ...]:
    """The metrics of a clause of which nothing is known."""
    metrics = (slot.metric for slot in clause.slots())
    return tuple(m for m in metrics if told.facts.origin(m, clause.of).is_missing)


def _written(parts: tuple[Part, ...], told: Telling) -> Iterator[str | Figure]:
    for part in parts:
        if isinstance(part, Clause):
            if _holds(part, told):
                yield from _filled(part.words, told, part)
            continue
        members = [clause for clause in part.clauses if _holds(clause, told)]
        for index, clause in enumerate(members):
            yield from _filled(part.between if index else part.lead, told)
            yield from _filled(clause.words, told, clause)
        if members:
            yield part.close(told.lang)


def _holds(clause: Clause, told: Telling) -> bool:
    if clause.of_district and told.view.context.filters.townships:
        return False
    if _lacking(clause, told):
        return False
    values = (told.facts.value(slot, clause.of) for slot in clause.slots())
    return not any(formats.is_missing(value) for value in values) and all(test(told) for test in clause.when)


def _filled(words: Text, told: Telling, clause: Clause | None = None) -> Iterator[str | Figure]:
    """Words with their places filled."""
    for index, piece in enumerate(PLACE.split(words(told.lang))):
        match = SLOT.fullmatch(piece) if index % 2 else None
        if match:
            yield figure(Slot.of(match[1]), match[2], told, clause.of if clause else "years")
        elif index % 2:
            yield told.words[piece]
        elif piece:
            yield piece


def figure(slot: Slot, unit: str, told: Telling, of: Of) -> Figure:
    """A number with everything a reader may ask of it."""
    metric, lang = slot.metric, told.lang
    made = told.facts.origin(metric, of)
    return Figure(
        words=printed(slot, unit, told, of),
        key=slot.name,
        metric=name(slot, lang),
        definition=definition(slot, lang),
        period=_period(metric, told, of),
        source=_source(metric, made, lang),
        link=_link(metric, told, of),
    )


def _link(metric: Metric, told: Telling, of: Of) -> str:
    view = told.view
    if of == "term_before" and told.facts.before is not None:
        view = replace(view, context=told.facts.before)
    changes = {"years": (told.facts.years[-1],) * 2} if of == "last_year" else {}
    return view.link("/records", metric=metric.key, **changes)


def printed(slot: Slot, unit: str, told: Telling, of: Of) -> str:
    """``1,204件``, ``96.2%``; a share of few as the count of them, and 100 % only where nothing is missing from it."""
    value = told.facts.value(slot, of)
    metric = slot.metric
    if metric.kind is Kind.SHARE and not slot.part and slot.minus is None:
        k, n = (told.facts.value(Slot(slot.key, part), of) for part in (".k", ".n"))
        return share(k, n, told.view.context.rules.small_n)
    if unit.startswith(NUMERAL):
        return numeral(int(value)) + unit.removeprefix(NUMERAL)
    said = formats.number(value, metric.decimals if not slot.part else 0)
    is_one = float(value) == 1
    return said + unit.replace("(s)", "" if is_one else "s").replace("(y)", "y" if is_one else "ies")


def numeral(value: int) -> str:
    """A whole number up to 99 in Chinese, as in 七委两室一中心: a two before a noun is 两."""
    if value > 99:
        return str(value)
    tens, ones = divmod(value, 10)
    if not tens:
        return "两" if ones == 2 else DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def share(k: float, n: float, small_n: int) -> str:
    """A share in print. One short of all is never rounded up to all."""
    if n < small_n:
        return f"{formats.number(k)}/{formats.number(n)}"
    if k in (0, n):
        return f"{100 * k / n:.0f}%"
    said = formats.percent(k / n)
    return formats.percent(k / n, 2) if said in ("100.0%", "0.0%") else said


def name(slot: Slot, lang: Lang) -> str:
    """What a figure is called in the table under the text."""
    return PARTS[slot.name](lang) if slot.name in PARTS else slot.metric.name(lang)


def definition(slot: Slot, lang: Lang) -> str:
    """What a figure counts; a part of a share is told from the share."""
    whole = slot.metric.definition(lang)
    if slot.minus is not None:
        return MINUS(lang, one=slot.metric.name(lang), other=slot.minus.metric.name(lang))
    if not slot.part:
        return whole
    lead = {".k": NUMERATOR, ".n": BASE, REST: LEFT}[slot.part]
    return lead(lang, name=slot.metric.name(lang), definition=whole)


def _period(metric: Metric, told: Telling, of: Of) -> str:
    lang, context = told.lang, told.view.context
    if of == "term_before" and told.facts.before is not None:
        return ON_DAY(lang, day=formats.day(told.facts.before.as_of))
    day = formats.day(context.stock_on)
    since = context.rules.since_cadre
    if metric.window is Window.SINCE and since is not None:
        return UP_TO(lang, since=formats.day(since), day=day)
    if metric.window in (Window.STOCK, Window.TERM):
        return (ON_DAY if metric.window is Window.STOCK else TERM_TO)(lang, day=day)
    first, last = (told.facts.years[-1] if of == "last_year" else told.facts.years[0]), told.facts.years[-1]
    return YEAR(lang, a=first) if first == last else YEARS(lang, a=first, b=last)


def _source(metric: Metric, made: Origin, lang: Lang) -> str:
    """The tables a figure is counted from, and the reports where printed totals are in it."""
    names = (TABLES[table].info["title"](lang) for table in metric.tables if table in TABLES)
    tables = TABLE_OF(lang, names="、".join(names) if lang == "zh" else ", ".join(names))
    if not made.paper:
        return tables
    paper = PAPER_YEARS(lang, years=listed(made.paper_years, lang), paper=mark(made, lang))
    return paper if made.is_reported else f"{tables}{'；' if lang == 'zh' else '; '}{paper}"


def _gaps(template: Template, told: Telling, parts: tuple[str | Figure, ...]) -> tuple[str, ...]:
    """The years nothing is known of, said once for the sentence or, where its figures differ, for each of them."""
    lang, printed_keys = told.lang, {part.key for part in parts if isinstance(part, Figure)}
    by_gap: dict[tuple[int, ...], list[str]] = {}
    for clause in template.clauses():
        for slot in clause.slots():
            if slot.name in printed_keys:
                gap = told.facts.gaps(slot.metric, clause.of)
                by_gap.setdefault(gap, []).append(slot.metric.name(lang))
    if len(by_gap) == 1:
        by_gap = {gap: [] for gap in by_gap}
    said = [_gap(gap, tuple(dict.fromkeys(names)), lang) for gap, names in by_gap.items() if gap]
    return (IN_BRACKETS(lang, words=("；" if lang == "zh" else "; ").join(said)),) if said else ()


def _gap(gap: tuple[int, ...], names: tuple[str, ...], lang: Lang) -> str:
    """``缺 2018 年数据``, of the whole sentence or of some of its figures."""
    if not names:
        return GAP(lang, years=listed(gap, lang))
    return GAP_OF(lang, names=_named(names, lang), years=listed(gap, lang))


def _named(names: Sequence[str], lang: Lang) -> str:
    """The first few names, and that there are more."""
    said = ("、" if lang == "zh" else ", ").join(names[:NAMED_GAPS])
    return said + AND_MORE(lang) if len(names) > NAMED_GAPS else said


def _unled(parts: tuple[str | Figure, ...], *, capital: bool, lang: Lang) -> tuple[str | Figure, ...]:
    """The clauses without the mark before the first of them."""
    first = parts[0]
    if not isinstance(first, str):
        return parts
    first = first.lstrip("，；、,; ")
    if capital and lang == "en":
        first = first[:1].upper() + first[1:]
    return (first, *parts[1:])


def _joined(parts: Iterable[str | Figure]) -> tuple[str | Figure, ...]:
    """Neighbouring words as one."""
    made: list[str | Figure] = []
    for part in parts:
        if isinstance(part, str) and made and isinstance(made[-1], str):
            made[-1] += part
        elif part:
            made.append(part)
    return tuple(made)
