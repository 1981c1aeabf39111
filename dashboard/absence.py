"""What the database lacks, in words: tables and columns by their titles."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dashboard.exhibits.exhibit import View
from data_access.metrics.metric import Metric
from data_access.reads import lacks
from data_access.tables import TABLES
from data_access.text import Lang, Text

TABLE = Text("数据表“{title}”（{name}）", "the table “{title}” ({name})")
COLUMN = Text("字段“{title}·{header}”（{name}）", "the column “{header}” of “{title}” ({name})")
MANY = Text("{names}等 {n} 项", "{names} and others, {n} in all")
LIST = Text("、", ", ")
CARD = Text(
    "数据库里没有{names}，这里没有可显示的数字。", "The database does not have {names}; there is nothing to show."
)
NAMED = 4


def named(names: Collection[str], lang: Lang) -> str:
    """Tables and columns with their titles, a few by name and all by number."""
    ordered = sorted(names, key=lambda name: (list(TABLES).index(name.partition(".")[0]), name))
    words = LIST(lang).join(_one(name, lang) for name in ordered[:NAMED])
    return words if len(ordered) <= NAMED else MANY(lang, names=words, n=len(ordered))


def _one(name: str, lang: Lang) -> str:
    table, _, column = name.partition(".")
    title = TABLES[table].info["title"](lang)
    if not column:
        return TABLE(lang, title=title, name=name)
    return COLUMN(lang, title=title, header=TABLES[table].c[column].info["header"](lang), name=name)


def of_metrics(metrics: Iterable[Metric], view: View) -> frozenset[str]:
    """What the database lacks of all that these metrics need."""
    absent = view.context.reported.absent
    return frozenset[str]().union(*(lacks(metric, absent) for metric in metrics)) if absent else frozenset()


def first(names: Iterable[str]) -> str:
    """The table to begin with: parents come before children."""
    return min((name.partition(".")[0] for name in names), key=list(TABLES).index)
