"""What is wrong in a file, each with its place and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.errors import RendaError
from data_access.text import Lang, Text

ERROR = Text("错误", "Error")
WARNING = Text("提醒", "Warning")
_PLACE = Text("{sheet}第{row}行“{column}”", "{sheet}, row {row}, “{column}”")
_ROW = Text("{sheet}第{row}行", "{sheet}, row {row}")


class FileProblem(RendaError):
    """The file as a whole cannot be used: not a workbook, too large, locked by a password."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file.

    ``row`` is the row number as a spreadsheet counts it, 0 where the whole sheet is meant; ``column`` the header as it
    stands in the file, empty where the whole row is meant; ``value`` the cell as typed; ``words`` the rule it breaks,
    ``advice`` what to do. Errors stop an import; warnings may be right after all and have to be accepted.
    """

    sheet: str
    row: int
    column: str
    value: str
    rule: str
    words: Text
    advice: Text
    is_error: bool = True

    def place(self, lang: Lang) -> str:
        """Where it is, in words."""
        if not self.row:
            return self.sheet
        form = _PLACE if self.column else _ROW
        return form(lang, sheet=self.sheet, row=self.row, column=self.column)

    def say(self, lang: Lang) -> str:
        """The problem as one line."""
        mark = (ERROR if self.is_error else WARNING)(lang)
        value = f"“{self.value}”" if self.value else ""
        if lang == "zh":
            return f"【{mark}】{self.place(lang)}{value}：{self.words(lang)}。{self.advice(lang)}"
        return f"[{mark}] {self.place(lang)} {value}: {self.words(lang)}. {self.advice(lang)}"
