"""``python -m dashboard briefing --years 2021-2025 --format docx --out FILE``: the briefing without a browser.

Arguments are read as strictly as an address is, but nothing wrong is passed over: a sentence says what, and no file is
made. A file is written beside its place and moved there whole.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from dashboard import briefing, fetch
from dashboard.briefing.basket import read
from dashboard.exports import FORMATS, preflight
from dashboard.exports.report import BRIEFING, Report
from dashboard.settings import settings
from data_access.errors import DatabaseProblem, ExportProblem, RendaError
from data_access.text import Lang, Text

DONE, NOT_MADE, WRONG, NO_DATABASE = 0, 1, 2, 3
TXT = "txt"

USAGE = Text(
    "用法：python -m dashboard briefing [--years 2021-2025] [--townships 101_102] [--as-of 2025-12-31]\n"
    "      [--lang zh|en] [--basket proposals.ladder~years.2025] [--format {kinds}] --out 文件",
    "Usage: python -m dashboard briefing [--years 2021-2025] [--townships 101_102] [--as-of 2025-12-31]\n"
    "       [--lang zh|en] [--basket proposals.ladder~years.2025] [--format {kinds}] --out FILE",
)
UNKNOWN = Text("不认识的参数：{words}。", "Unknown arguments: {words}.")
LACKS = Text("参数 {name} 缺少取值或写法有误。", "The argument {name} lacks a value or is not written right.")
NO_OUT = Text("请用 --out 写明文件名。", "Name the file with --out.")
BAD_VALUE = Text("参数 --{name} 的取值“{value}”不能用：{must}。", "--{name} cannot be '{value}': {must}.")
MUST = {
    "years": Text("应为一年或起止年，如 2025 或 2021-2025", "give a year or the first and last, 2025 or 2021-2025"),
    "townships": Text(
        "应为本地乡镇（街道）的名称或代码，以顿号、逗号或下划线分隔",
        "give names or codes of townships, parted by commas or underscores",
    ),
    "as-of": Text("应为日期，如 2025-12-31", "give a day such as 2025-12-31"),
    "lang": Text("应为 zh 或 en", "give zh or en"),
    "format": Text("应为 {kinds} 之一", "give one of {kinds}"),
}
LATER = Text("截至日期 {day} 晚于数据日期 {last}。", "The as-of day {day} lies after the data, which end on {last}.")
NOTHING = Text("所选范围内没有可以写进简报的内容，未生成文件。", "Nothing in this range can be told; no file was made.")
MADE = Text(
    "已生成 {file}：{n} 句话、{m} 个数字、{k} 张图表。", "{file} is made: {n} sentences, {m} figures, {k} exhibits."
)
LEFT_OUT = Text("未写入 {heading}：{reason}。", "Left out, {heading}: {reason}.")
NO_FOLDER = Text("文件夹 {folder} 不存在。", "There is no folder {folder}.")
IS_FOLDER = Text("{file} 是文件夹，请写明文件名。", "{file} is a folder; name a file.")
NOT_WRITTEN = Text("不能写入 {file}（{why}）。", "{file} cannot be written ({why}).")
NAMES = re.compile(r"[,，、\s_]+")


class Refused(RendaError):
    """An argument that cannot be used."""


class Misused(Refused):
    """Arguments that show that the reader should see how the command is called."""


class Parser(argparse.ArgumentParser):
    """Says in both languages what argparse would say in English."""

    def error(self, message: str) -> NoReturn:
        """Every fault of argparse itself is an option without its value."""
        raise Misused(LACKS.filled(name=message.removeprefix("argument ").partition(":")[0]))

    def print_help(self, file: object = None) -> None:
        """The usage in both languages."""
        print(usage("zh"), usage("en"), sep="\n")


def kinds() -> tuple[str, ...]:
    """What a briefing can be written as."""
    return (*(made.ext for made in FORMATS.values() if made.is_offered(BRIEFING, whole=True)), TXT)


def usage(lang: Lang) -> str:
    """How the command is called."""
    return USAGE(lang, kinds="|".join(kinds()))


def main(arguments: Sequence[str]) -> int:
    """Make one file; gives the exit status: 0 made, 1 not made, 2 wrong arguments, 3 the database does not answer."""
    try:
        return _run(_parsed(arguments))
    except Refused as refusal:
        _say(refusal.sentence)
        if isinstance(refusal, Misused):
            _say(USAGE.filled(kinds="|".join(kinds())))
        return WRONG
    except DatabaseProblem as problem:
        _say(problem.sentence)
        return NO_DATABASE
    except RendaError as problem:
        _say(problem.sentence)
        return NOT_MADE


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = Parser(prog="python -m dashboard briefing", allow_abbrev=False)
    for name in ("years", "townships", "as-of", "lang", "basket", "format", "out"):
        parser.add_argument(f"--{name}", default="")
    asked, unknown = parser.parse_known_args(arguments)
    if unknown:
        raise Misused(UNKNOWN.filled(words=" ".join(unknown)[:200]))
    if not asked.out:
        raise Misused(NO_OUT)
    return asked


def _run(asked: argparse.Namespace) -> int:
    out = Path(asked.out)
    form = asked.format or out.suffix.removeprefix(".").lower()
    if out.is_dir():
        raise Refused(IS_FOLDER.filled(file=out))
    if form not in kinds():
        raise _bad("format", form)
    if not out.absolute().parent.is_dir():
        raise Refused(NO_FOLDER.filled(folder=out.parent))
    settings()  # faults of the environment are said before anything is asked
    parts = _parts(asked)
    view, faults = fetch.view_of(parts)
    if faults:
        raise _bad(*_faulty(parts))
    if view.context.as_of > fetch.frame().data_on:
        raise Refused(LATER.filled(day=view.context.as_of, last=fetch.frame().data_on))
    basket, faults = read(asked.basket)
    if faults:
        raise Refused(Text(" ".join(fault.zh for fault in faults), " ".join(fault.en for fault in faults)))
    made = briefing.report(view, basket)
    if not made.sentences and not made.sections:
        raise RendaError(NOTHING)
    content = _content(made, form)
    _place(content, out)
    _tell(made, out, view.lang)
    for one in briefing.told(view).omitted:
        print(LEFT_OUT(view.lang, heading=one.heading, reason=one.reason), file=sys.stderr)
    return DONE


def _parts(asked: argparse.Namespace) -> dict[str, str]:
    """The arguments as the parts of an address; townships may be given by name."""
    parts = {"years": asked.years, "as_of": asked.as_of, "lang": asked.lang, "townships": asked.townships}
    if asked.townships:
        codes = {town.name: town.code for town in fetch.frame().townships}
        named = [codes.get(word, word) for word in NAMES.split(asked.townships) if word]
        parts["townships"] = "_".join(named) or asked.townships
    return {name: value for name, value in parts.items() if value}


def _faulty(parts: dict[str, str]) -> tuple[str, str]:
    """The first part that is not understood by itself, as its option's name and value."""
    name = next((name for name, value in parts.items() if fetch.view_of({name: value})[1]), "years")
    return name.replace("_", "-"), parts.get(name, "")


def _bad(name: str, value: str) -> Refused:
    must = MUST[name].filled(kinds=" ".join(kinds())) if name == "format" else MUST[name]
    zh = BAD_VALUE("zh", name=name, value=value[:60], must=must.zh)
    return Refused(Text(zh, BAD_VALUE("en", name=name, value=value[:60], must=must.en)))


def _content(made: Report, form: str) -> bytes:
    if form == TXT:
        return plain_text(made).encode("utf-8")
    kind = FORMATS[form]
    needs_browser = kind.needs_browser(*(section.picture for section in made.sections))
    if reason := preflight.unavailable(kind, needs_browser=needs_browser):
        raise ExportProblem("EXP-02" if reason is preflight.NO_FONT else "EXP-01", reason)
    return kind.write(made)


def plain_text(made: Report) -> str:
    """The text with what it stands on: title, range, sentences, then each figure with its definition and source."""
    passport = made.passport
    figures = [
        f"{sentence.heading}\t{figure.metric}\t{figure.words}\t{figure.period}\t{figure.definition}\t{figure.source}"
        for sentence in made.sentences
        for figure in sentence.figures
    ]
    head = [made.title, f"{passport.filters}　{passport.data_as_of}"]
    foot = [passport.note, passport.link, passport.snapshot_id]
    blocks = (head, [sentence.text for sentence in made.sentences], figures, foot)
    return "\n\n".join("\n".join(filter(None, block)) for block in blocks) + "\n"


def _place(content: bytes, out: Path) -> None:
    """Write beside the place, then move there: a file that was there before is replaced whole or not at all.

    Raises:
        RendaError: The folder cannot be written to.
    """
    beside = ""
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.absolute().parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(beside, 0o666 & ~_mask())
        os.replace(beside, out)
    except OSError as problem:
        Path(beside).unlink(missing_ok=True) if beside else None
        raise RendaError(NOT_WRITTEN.filled(file=out, why=problem.strerror)) from problem


def _mask() -> int:
    """The process's file mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _tell(made: Report, out: Path, lang: Lang) -> None:
    figures = sum(len(sentence.figures) for sentence in made.sentences)
    print(MADE(lang, file=out, n=len(made.sentences), m=figures, k=len(made.sections)))


def _say(sentence: Text) -> None:
    print(sentence.zh, sentence.en, sep="\n", file=sys.stderr)
