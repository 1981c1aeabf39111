"""The words every kind of file puts around its figures, so that all say the same."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exports.report import Passport, Report, Section, Sentence
from data_access.text import Lang, Text

RANGE = Text("范围", "Range")
RECORDS = Text("记录", "Records")
AS_OF = Text("数据截至", "Data as of")
QUALITY = Text("数据质量", "Data quality")
COUNTING = Text("口径", "Counting")
MADE = Text("制作时间", "Made at")
SNAPSHOT = Text("快照号", "Snapshot")
LINK = Text("链接", "Link")
MAKER = Text("制作", "Made by")
NOTE = Text("说明", "Note")
DEFINITIONS = Text("所用指标的口径", "Definitions of the figures shown")
DEFINITION_HEADS = (
    Text("编号", "Key"),
    Text("指标", "Figure"),
    Text("统计什么", "What it counts"),
    Text("排除与边界", "Exclusions"),
    Text("依据", "Source"),
)
PAGES = Text("第 %a 页，共 %b 页", "Page %a of %b")
SOURCE = Text("依据：{words}", "Source: {words}")
SENTENCES = Text("正文数字的出处", "Where the figures come from")
SENTENCE_HEADS = (
    Text("句子", "Sentence"),
    Text("指标", "Figure"),
    Text("数值", "Value"),
    Text("口径", "Definition"),
    Text("来源", "Source"),
)
PICTURES = Text("附图", "Exhibits")
PICTURE = Text("图 {n}", "Figure {n}")
REMARK = Text("注：{words}", "Note: {words}")
LEFT_OUT = Text(
    "仅列前 {shown} 行，其余 {left} 行见表格文件。", "First {shown} rows; the other {left} are in the workbook."
)
PROOF = Text(
    "{metric}：{value}（{period}；{definition}；{source}）", "{metric}: {value} ({period}; {definition}; {source})"
)
FACT = Text("{name}：{words}", "{name}: {words}")
OPEN = Text("在通览中打开", "Open on the board")
NUMERALS = "零一二三四五六七八九十"
NOTHING = Text("这里没有可画的内容。", "There is nothing to draw here.")


def made_at(passport: Passport) -> str:
    """When the file was made, to the minute."""
    return passport.made_at.strftime("%Y-%m-%d %H:%M")


def facts(passport: Passport, lang: Lang) -> list[tuple[str, str]]:
    """The passport as (name, words) pairs in the order of print; what is empty is left out."""
    pairs = (
        (RANGE, passport.filters),
        (RECORDS, passport.records),
        (AS_OF, passport.data_as_of),
        (QUALITY, passport.quality),
        (COUNTING, passport.counting),
        (MADE, made_at(passport)),
        (SNAPSHOT, passport.snapshot_id),
        (LINK, passport.link),
        (MAKER, passport.maker),
        (NOTE, passport.note),
    )
    return [(name(lang), words) for name, words in pairs if words]


def about(section: Section, report: Report) -> list[str]:
    """What stands under an exhibit of the briefing beside its foot: its view, and what the reader wrote of it."""
    lang, passport = report.lang, report.passport
    view = (
        section.filters or passport.filters,
        f"{AS_OF(lang)} {passport.data_as_of}",
        f"{SNAPSHOT(lang)} {passport.snapshot_id}",
    )
    remark = [REMARK(lang, words=section.note)] if section.note else []
    return [" · ".join(filter(None, view)), *remark] if report.sentences else remark


def figure_rows(sentences: Sequence[Sentence]) -> list[list[str]]:
    """句子—指标—数值—口径—来源, one row a number; the sentence is named beside its first one."""
    return [
        [
            f"{number}  {sentence.heading or sentence.key}" if place == 0 else "",
            figure.metric,
            figure.words,
            "\n".join(filter(None, (figure.definition, figure.period))),
            figure.source,
        ]
        for number, sentence in enumerate(sentences, start=1)
        for place, figure in enumerate(sentence.figures)
    ]


def numbered(number: int, words: str, lang: Lang) -> str:
    """A heading with its number: ``一、``, ``十二、``, in English ``1. ``."""
    tens, ones = divmod(number, 10)
    numeral = ("" if tens == 0 else ("" if tens == 1 else NUMERALS[tens]) + "十") + (
        "" if ones == 0 else NUMERALS[ones]
    )
    return f"{numeral}、{words}" if lang == "zh" else f"{number}. {words}"


def sentence(words: str, lang: Lang) -> str:
    """The words with a full stop at their end."""
    stop = "。" if lang == "zh" else "."
    return words if words.endswith(("。", ".", "；", ";", "！", "？")) else words + stop
