"""Which township a feature draws: told by its code, else by its name, and both must agree with the table of regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data_access.importing.cells import plain
from data_access.importing.headers import fold
from data_access.importing.stage import Stage
from data_access.text import Text

CODE_FIELDS = ("region_code", "区划代码", "行政区划代码", "乡镇代码", "代码", "code", "XZQDM", "XZDM", "PAC", "adcode")
NAME_FIELDS = ("name", "名称", "区划名称", "乡镇名称", "乡镇", "街道", "XZQMC", "XZMC", "NAME_CHN", "township")
DRAWN_LEVELS = ("TOWNSHIP", "COUNTY")
SHOWN = 60

NO_CODE = Text("没有区划代码，也没有名称", "It has neither code nor name")
NO_CODE_ADVICE = Text(
    "属性字段有：{fields}；可用 --code-field、--name-field 指定",
    "Its properties are: {fields}; name them with --code-field or --name-field",
)
NO_REGION = Text("“行政区划”表里没有代码 {code}", "The table of regions has no code {code}")
NO_NAME = Text("“行政区划”表里没有名称“{name}”", "The table of regions has no “{name}”")
NO_REGION_ADVICE = Text("请核对，或先导入行政区划", "Correct it, or import the regions first")
AMBIGUOUS = Text("“行政区划”表里有{n}个“{name}”", "The table of regions has {n} of the name “{name}”")
AMBIGUOUS_ADVICE = Text("请加上区划代码字段", "Add a field with the code")
OTHER_NAME = Text("代码 {code} 在“行政区划”表里是“{known}”", "The code {code} is “{known}” in the table of regions")
OTHER_NAME_ADVICE = Text("请核对代码和名称哪个对", "See whether code or name is right")
OTHER_LEVEL = Text("“{name}”不是乡镇（街道）或本级区县", "“{name}” is neither a township nor a county")
OTHER_LEVEL_ADVICE = Text("请删去这个要素", "Leave the feature out")


@dataclass(frozen=True)
class Region:
    """A row of the table of regions, as far as maps need it."""

    code: str
    name: str
    level: str
    parent: str


class Unnamed(ValueError):
    """A feature that names no region: which rule it breaks, in words, and what to do."""

    def __init__(self, rule: str, words: Text, advice: Text) -> None:
        super().__init__(words.en)
        self.rule, self.words, self.advice = rule, words, advice


@dataclass(frozen=True)
class Fields:
    """Which properties hold code and name; empty looks for the usual ones."""

    code: str = ""
    name: str = ""

    def of(self, properties: Mapping[str, Any]) -> tuple[str, str]:
        """Code and name of a feature, trimmed; empty where it has none."""
        code = _value(properties, (self.code,) if self.code else CODE_FIELDS)
        # Twelve digits of the statistical codes end in 000 for a whole township.
        code = code[:9] if len(code) == 12 and code.endswith("000") else code
        return code, _value(properties, (self.name,) if self.name else NAME_FIELDS)


def regions(stage: Stage) -> dict[str, Region]:
    """Every region on record, by code."""
    rows = stage.ask("SELECT region_code, name, level, coalesce(parent_code, '') FROM region")
    return {row[0]: Region(*row) for row in rows}


def region_of(properties: Mapping[str, Any], fields: Fields, known: Mapping[str, Region]) -> Region:
    """The region a feature draws.

    Raises:
        Unnamed: It names none, several, or one of another name or level.
    """
    code, name = fields.of(properties)
    if not code and not name:
        listed = "、".join(list(properties)[:12])[:200] or "—"
        raise Unnamed("no_code", NO_CODE, NO_CODE_ADVICE.filled(fields=listed))
    found = _by_code(code, name, known) if code else _by_name(name, known)
    if found.level not in DRAWN_LEVELS:
        raise Unnamed("other_level", OTHER_LEVEL.filled(name=found.name), OTHER_LEVEL_ADVICE)
    return found


def _by_code(code: str, name: str, known: Mapping[str, Region]) -> Region:
    found = known.get(code)
    if found is None:
        raise Unnamed("no_region", NO_REGION.filled(code=code[:SHOWN]), NO_REGION_ADVICE)
    if name and name != plain(found.name):
        raise Unnamed("other_name", OTHER_NAME.filled(code=code, known=found.name), OTHER_NAME_ADVICE)
    return found


def _by_name(name: str, known: Mapping[str, Region]) -> Region:
    found = [region for region in known.values() if plain(region.name) == name]
    if not found:
        raise Unnamed("no_region", NO_NAME.filled(name=name[:SHOWN]), NO_REGION_ADVICE)
    if len(found) > 1:
        raise Unnamed("ambiguous", AMBIGUOUS.filled(n=len(found), name=name), AMBIGUOUS_ADVICE)
    return found[0]


def _value(properties: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first of those properties that holds a text or a number, written as it is typed."""
    by_name = {fold(name): value for name, value in properties.items()}
    for name in names:
        value = by_name.get(fold(name))
        if isinstance(value, str | int | float) and not isinstance(value, bool) and plain(value):
            return plain(value)
    return ""
