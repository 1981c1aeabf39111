"""What is wrong in a file, each with its place and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from data_access.errors import RendaError
from data_access.text import Lang, Text

ERROR = Text("错误", "Error")
WARNING = Text("提醒", "Warning")
_PLACE = Text("{sheet}第{row}行“{column}”", "{sheet}, row {row}, “{column}”")
_ROW = Text("{sheet}第{row}行", "{sheet}, row {row}")
LISTED = 2000  # problems of one kind in one column that are named one by one
MORE = Text("另有{n}处同样的问题", "{n} more of the same kind")
_FEATURE = Text("{sheet}第{row}个要素（{feature}）", "{sheet}, feature {row} ({feature})")
_PROPERTY = Text("{sheet}第{row}个要素（{feature}）的“{column}”", "{sheet}, feature {row} ({feature}), “{column}”")


class FileProblem(RendaError):
    """The file as a whole cannot be used: not a workbook, too large, locked by a password."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file.

    ``row`` is the row number as a spreadsheet counts it, 0 where the whole sheet is meant; ``column`` the header as it
    stands in the file, empty where the whole row is meant; ``value`` the cell as typed; ``words`` the rule it breaks,
    ``advice`` what to do. Errors stop an import; warnings may be right after all and have to be accepted. ``count`` is
    more than one where it stands for all further ones of its kind. In a map file ``row`` counts features from 1, and
    ``feature`` is the name of the one meant.
    """

    sheet: str
    row: int
    column: str
    value: str
    rule: str
    words: Text
    advice: Text
    is_error: bool = True
    count: int = 1
    feature: str = ""

    def place(self, lang: Lang) -> str:
        """Where it is, in words."""
        if not self.row:
            return self.sheet
        forms = (_PROPERTY, _FEATURE) if self.feature else (_PLACE, _ROW)
        form = forms[0] if self.column else forms[1]
        return form(lang, sheet=self.sheet, row=self.row, column=self.column, feature=self.feature)

    def say(self, lang: Lang) -> str:
        """The problem as one line."""
        mark = (ERROR if self.is_error else WARNING)(lang)
        value = f"“{self.value}”" if self.value else ""
        if lang == "zh":
            return f"【{mark}】{self.place(lang)}{value}：{self.words(lang)}。{self.advice(lang)}"
        return f"[{mark}] {self.place(lang)} {value}: {self.words(lang)}. {self.advice(lang)}"


@dataclass
class Problems:
    """Everything wrong in a file, as it is found; of one kind in one column only so many are kept one by one, so that
    a file in which everything is wrong fits into memory. ``sheets`` are those of the file, in its order."""

    sheets: tuple[str, ...] = ()
    kept: list[Problem] = field(default_factory=list)
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    over: dict[tuple[str, str, str], Problem] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        """Keep a problem, or count it."""
        kind = (problem.sheet, problem.column, problem.rule)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] <= LISTED:
            self.kept.append(problem)
        else:
            self.over[kind] = problem

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep or count each."""
        for problem in problems:
            self.add(problem)

    def listed(self) -> tuple[Problem, ...]:
        """In the order of the file; what was only counted comes last, as a number."""
        more = []
        for kind, problem in self.over.items():
            n = self.counts[kind] - LISTED
            words, advice = MORE.filled(n=n), problem.advice
            more.append(
                Problem(problem.sheet, 0, problem.column, "", problem.rule, words, advice, problem.is_error, count=n)
            )
        places = {sheet: place for place, sheet in enumerate(self.sheets)}
        ordered = sorted(self.kept, key=lambda problem: (places.get(problem.sheet, len(places)), problem.row))
        return (*ordered, *more)
