"""Which townships a draft speaks of; a place where something merely happened is not what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.fetch import Township
from data_access.text import Text

ELSEWHERE = Text("说的是“{words}”，不是本板的范围", "this is about “{words}”, beyond this board")
STRANGE = Text("板上没有“{words}”这个乡镇（街道）", "the board knows no township “{words}”")
_JOINT = re.compile(r"[、和与及]|以及")
# The name of a township at the head of a clause; 送戏下乡, 特色小镇 and 各街道 are none.
_NOT_IN_NAMES = "乡各下城返回家小古重点心制每个部分有全"
_KINDS = "镇|乡|街道"
_VENUE = re.compile(r"[^，。；\n]{0,12}?(?:召开|举行|举办|承办)")


@dataclass(frozen=True)
class Named:
    """Words of a draft about place. ``codes`` are townships, empty for the whole district."""

    start: int
    end: int
    words: str
    codes: tuple[str, ...]
    fault: Text | None = None


def places(text: str, townships: Sequence[Township], region_word: str) -> list[Named]:
    """Every mention of a place, in reading order; townships named in a row make one."""
    codes = {township.name: township.code for township in townships}
    above = "|".join(f"全{word}" for word in "国省市" if word != region_word)
    names = "|".join(re.escape(name) for name in sorted(codes, key=len, reverse=True))
    shape = re.compile(
        (rf"(?P<name>{names})|" if names else "")
        + rf"(?P<whole>全{re.escape(region_word)}|[我本]{re.escape(region_word)})"
        + rf"|(?P<strange>{_strange(names)})"
        + rf"|(?P<above>(?:{above})(?=平均|共|的|各|有|总|人大代表|为|均值|水平))"
    )
    return list(_joined(text, [made for match in shape.finditer(text) if (made := _named(text, match, codes))]))


def _strange(names: str) -> str:
    """Two or three letters and a township's ending at the head of a clause, where no township we know is named."""
    known = rf"(?![\u4e00-\u9fff]{{0,3}}(?:{names}))" if names else ""
    letters = rf"[\u4e00-\u9fff]{{2,3}}(?<![{_NOT_IN_NAMES}])"
    return rf"(?<![^，。；、\n]){known}{letters}(?:{_KINDS})(?=[^镇村、和与]|$)"


def _named(text: str, match: re.Match[str], codes: dict[str, str]) -> Named | None:
    start, end, words = match.start(), match.end(), match[0]
    if match["above"]:
        return Named(start, end, words, (), ELSEWHERE.filled(words=words))
    if match["strange"]:
        return Named(start, end, words, (), STRANGE.filled(words=words))
    if match["whole"]:
        return Named(start, end, words, ())
    if text[:start].endswith(("在", "于", "赴", "到")) and _VENUE.match(text[end:]):
        return None
    return Named(start, end, words, (codes[words],))


def _joined(text: str, found: list[Named]) -> Iterator[Named]:
    last: Named | None = None
    for one in found:
        if last and last.codes and one.codes and _JOINT.fullmatch(text[last.end : one.start]):
            last = Named(last.start, one.end, text[last.start : one.end], (*last.codes, *one.codes))
            continue
        if last:
            yield last
        last = one
    if last:
        yield last
