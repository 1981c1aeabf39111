"""Rules and offices in words, by the codes that stand for them in addresses."""

from __future__ import annotations

from data_access.context import Context
from data_access.quality.aspects import Aspect
from data_access.quality.rules import LATE, UNHELD, WORDS
from data_access.tables import TABLES
from data_access.tables.codes import Codes
from data_access.tables.sanity import SANITY
from data_access.text import Text

TABLE_TITLES = Codes("data_table", {name: table.info["title"] for name, table in TABLES.items()})
ASPECT_NAMES = Codes(
    "data_aspect",
    {
        Aspect.COMPLETE.value: Text("缺项", "Missing"),
        Aspect.TIMELY.value: Text("登记过晚", "Late"),
        Aspect.CONSISTENT.value: Text("矛盾", "Contradictory"),
        Aspect.UNIQUE.value: Text("疑似重复", "Possible duplicates"),
    },
)
TWICE = Text("与另一条记录相同", "The same as another record")
OF_TABLE = Text("{table}：{words}", "{table}: {words}")
_SANITY = {sanity.key: sanity.words for sanity in SANITY}


def picked_rules(context: Context) -> dict[str, Text]:
    """The words of the rules clicked; a code that is none keeps itself."""
    return {code: rule_words(code, context) for code in context.filters.picked("data_rule")}


def rule_words(code: str, context: Context) -> Text:
    """A rule by its code, with its table."""
    name, _, rest = code.partition(".")
    rule, _, column = rest.partition(".")
    if name not in TABLES:
        return Text(code, code)
    table = TABLES[name]
    days = context.rules.record_days
    known = _SANITY | {"twice": TWICE, "late": LATE.filled(n=days), "not_held": UNHELD.filled(n=days)}
    if rule in WORDS and column in table.c:
        header = table.c[column].info["header"]
        words = Text(WORDS[rule]("zh", header=header.zh), WORDS[rule]("en", header=header.en))
    else:
        words = known.get(rule, Text(rule, rule))
    title = table.info["title"]
    return Text(OF_TABLE("zh", table=title.zh, words=words.zh), OF_TABLE("en", table=title.en, words=words.en))
