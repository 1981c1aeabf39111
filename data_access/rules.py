"""Local rules from ``rule_config``, and from when the data is."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection

from data_access.context import Rules
from data_access.quality.register import ROLES
from data_access.reads import read_by
from data_access.rows.local import newest_updates, rule_rows
from data_access.structure import known_columns
from data_access.tables.codes import RESULT_CLASS, STATION_LEVEL
from data_access.text import Text
from data_access.yardsticks import YARDSTICKS

NO_RULES = Text(
    "数据库里没有数据表“本地规则”（rule_config）或其中的字段，各项期限和名称按默认值；"
    "写法见 python -m data_access describe --table rule_config。",
    "The database has no table of local rules (rule_config), or not all its columns: time limits and names are the "
    "defaults. See python -m data_access describe --table rule_config.",
)
MAX_MONTHS = 60
MAX_DAYS = 3650
ALIKE = 0.8  # of a name's letters in the same order: taken for a slip of the pen


class RefusedError(ValueError):
    """A value that breaks its rule; carries what is allowed."""

    def __init__(self, allowed: Text) -> None:
        super().__init__(allowed.en)
        self.allowed = allowed


@dataclass(frozen=True)
class LoadedRules:
    """The rules in force and, for each value that could not be used, a sentence naming it."""

    rules: Rules
    faults: tuple[Text, ...] = ()


def load_rules(connection: Connection) -> Rules:
    """The local rules in force; ``read_rules`` also says what could not be used."""
    return read_rules(connection).rules


def read_rules(connection: Connection, *, absent: Collection[str] = ()) -> LoadedRules:
    """The local rules; a rule not recorded or not usable has its default.

    Where a key is recorded for several regions, the narrowest wins. A name that is nearly one of ours is a fault; any
    other may be another program's. ``absent`` is what the database is known to lack.
    """
    if read_by(rule_rows()).intersection(absent):
        return LoadedRules(Rules(), (NO_RULES,))
    values: dict[str, Any] = {}
    faults: list[Text] = []
    for key, value, _ in connection.execute(rule_rows()):
        reader = READERS.get(key)
        if reader is None:  # another part's, unless it looks like one of ours
            faults += [_misspelt(key, meant) for meant in get_close_matches(key, READERS, 1, ALIKE)]
            continue
        try:
            values[key] = reader(str(value).strip())
        except RefusedError as refused:
            faults.append(_fault(key, str(value), refused.allowed))
    return LoadedRules(replace(Rules(), **values), tuple(faults))


def data_as_of(connection: Connection) -> date | None:
    """The day of the newest change in any table there is; missing in an empty database."""
    dated = [name for name, columns in known_columns(connection).items() if "updated_at" in columns]
    newest = [moment for _, moment in connection.execute(newest_updates(dated)) if moment is not None] if dated else []
    return max((_day(moment) for moment in newest), default=None)


def _day(moment: Any) -> date:
    # SQLite gives a moment of a union back as text.
    return datetime.fromisoformat(moment).date() if isinstance(moment, str) else moment.date()


def _fault(key: str, value: str, allowed: Text) -> Text:
    shown = value if len(value) <= 40 else value[:40] + "…"
    default = getattr(Rules(), key)
    default = "—" if default is None else default
    return Text(
        f"本地规则“{key}”的取值“{shown}”不可用，应为{allowed.zh}；已按默认值“{default}”处理。",
        f"The local rule '{key}' has the value '{shown}'; it must be {allowed.en}. The default '{default}' is used.",
    )


def _misspelt(key: str, meant: str) -> Text:
    return Text(
        f"本地规则“{key}”没有起作用：没有这一项，应为“{meant}”？请在本地规则表（rule_config）中改正。",
        f"The local rule '{key}' has no effect: there is none of that name. Correct it in rule_config: '{meant}'?",
    )


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    allowed = Text(f"{lowest}至{highest}的整数", f"a whole number from {lowest} to {highest}")

    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and len(value) < 6 and lowest <= int(value) <= highest):
            raise RefusedError(allowed)
        return int(value)

    return read


def _kilometres(value: str) -> float:
    allowed = Text("0.1至100的数", "a number from 0.1 to 100")
    try:
        number = float(value)
    except ValueError as error:
        raise RefusedError(allowed) from error
    if not 0.1 <= number <= 100:
        raise RefusedError(allowed)
    return number


def _words(value: str) -> str:
    if not value or len(value) > 60:
        raise RefusedError(Text("1至60个字", "1 to 60 characters"))
    return value


def _code(value: str) -> str:
    if not (value.isascii() and value.isdigit() and len(value) in (2, 4, 6, 9)):
        raise RefusedError(Text("2、4、6或9位数字", "2, 4, 6 or 9 digits"))
    return value


def _word(value: str) -> str:
    if value not in ("区", "县", "市", "旗"):
        raise RefusedError(Text("区、县、市或旗", "区，县，市 or 旗"))
    return value


def _levels(value: str) -> tuple[str, ...]:
    levels = tuple(part.strip() for part in value.replace("，", ",").replace("、", ",").split(",") if part.strip())
    if not levels or any(level not in STATION_LEVEL for level in levels):
        raise RefusedError(
            Text("ST、RM、PT中的一个或几个，以逗号分隔", "one or more of ST, RM, PT, separated by commas")
        )
    return levels


def _day_of(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise RefusedError(Text("日期，如2023-01-01", "a date such as 2023-01-01")) from error


def _yes(value: str) -> bool:
    known = {"true": True, "1": True, "是": True, "false": False, "0": False, "否": False}
    if value.lower() not in known:
        raise RefusedError(Text("是或否", "yes or no (true, false)"))
    return known[value.lower()]


def _yardsticks(value: str) -> tuple[str, ...]:
    if value.lower() in ("", "false", "0", "否"):
        return ()
    names = tuple(part.strip() for part in value.replace("，", ",").replace("、", ",").split(",") if part.strip())
    if not names or any(name not in YARDSTICKS for name in names):
        known = "、".join(YARDSTICKS)
        raise RefusedError(
            Text(
                f"否，或{known}中的一个或几个，以逗号分隔",
                f"no, or some of {', '.join(YARDSTICKS)}, separated by commas",
            )
        )
    return names


def _class_names(value: str) -> tuple[tuple[str, str], ...]:
    allowed = Text('JSON，如{"A": "采纳"}，键为A、B、C、D、U', 'JSON such as {"A": "采纳"}, with keys A, B, C, D, U')
    try:
        names = json.loads(value)
    except ValueError as error:
        raise RefusedError(allowed) from error
    if not isinstance(names, dict) or not all(
        key in RESULT_CLASS and isinstance(name, str) for key, name in names.items()
    ):
        raise RefusedError(allowed)
    return tuple(sorted(names.items()))


def _data_offices(value: str) -> tuple[tuple[str, str], ...]:
    known = "、".join(ROLES)
    allowed = Text(
        f'JSON，如{{"DEPUTIES": "代表联络工委"}}，键为{known}',
        f'JSON such as {{"DEPUTIES": "代表联络工委"}}, with keys {known.replace("、", ", ")}',
    )
    try:
        names = json.loads(value)
    except ValueError as error:
        raise RefusedError(allowed) from error
    if not isinstance(names, dict) or not all(key in ROLES and isinstance(name, str) for key, name in names.items()):
        raise RefusedError(allowed)
    return tuple(sorted(names.items()))


READERS: dict[str, Callable[[str], Any]] = {
    "region_code": _code,
    "region_name": _words,
    "region_word": _word,
    "board_name": _words,
    "reply_months": _whole(1, MAX_MONTHS),
    "extended_months": _whole(1, MAX_MONTHS),
    "rehandle_months": _whole(1, MAX_MONTHS),
    "rating_days": _whole(1, MAX_DAYS),
    "followup_months": _whole(1, MAX_MONTHS),
    "soon_days": _whole(1, MAX_DAYS),
    "small_n": _whole(1, 1000),
    "ranking": _yes,
    "yardsticks": _yardsticks,
    "check_n": _whole(2, 1000),
    "check_share": _whole(1, 100),
    "coverage_km": _kilometres,
    "coverage_levels": _levels,
    "class_names": _class_names,
    "quality_floor": _whole(0, 100),
    "record_days": _whole(1, MAX_DAYS),
    "stale_days": _whole(1, MAX_DAYS),
    "data_offices": _data_offices,
    "since_cadre": _day_of,
    "fictional": _yes,
}
