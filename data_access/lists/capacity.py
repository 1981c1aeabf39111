"""Capacity record by record: one election's and one body's history; the bodies of the Congress in a few characters."""

from __future__ import annotations

from pandas import DataFrame
from sqlalchemy import Connection, RowMapping

from data_access.context import Context
from data_access.lists.listing import Event, events_table
from data_access.rows import history as facts
from data_access.tables import codes
from data_access.text import Text

DIGITS = "零一二三四五六七八九"


def framework(committees: int, offices: int, centres: int) -> Text:
    """The bodies of a congress as they are spoken of: 七委两室一中心; kinds it has none of are left out."""
    counts = ((committees, "委", "committee"), (offices, "室", "office"), (centres, "中心", "centre"))
    there = [(n, zh, en) for n, zh, en in counts if n]
    english = [f"{n} {en}{'' if n == 1 else 's'}" for n, _, en in there]
    return Text("".join(f"{_spoken(n)}{zh}" for n, zh, _ in there), ", ".join(english))


def _spoken(n: int) -> str:
    """A number under a hundred in Chinese, two as 两; larger ones in figures."""
    if n > 99:
        return str(n)
    if n == 2:
        return "两"
    tens, ones = divmod(n, 10)
    front = {0: "", 1: "十"}.get(tens, f"{DIGITS[tens]}十")
    return front + (DIGITS[ones] if ones else "")


def election_history(connection: Connection, record: str, context: Context) -> DataFrame:
    """One place's general election: election day, candidates, turnout and result; as ``lists.history``."""
    found = connection.execute(facts.elected(context, record)).mappings().first()
    day = found["held_on"] if found is not None else None
    if found is None or (day is not None and day > context.as_of):
        return events_table([])
    level, place = codes.CONGRESS_LEVEL.words[found["level"]], found["township_name"] or ""
    term = Text(f"第{found['term_no']}届{level.zh}人大代表", f"term {found['term_no']}, {level.en.lower()}")
    steps = [
        Event(
            day, Text("正式候选人", "Formal candidates"), place, _of(found, "candidates", "quota", ("名额", "seats"))
        ),
        Event(day, Text("投票选举", "Vote"), place, _of(found, "voted", "voters", ("登记选民", "registered"))),
        Event(day, Text("选出代表", "Deputies elected"), place, _joined(term, found["elected"])),
    ]
    return events_table(steps)


def _of(row: RowMapping, part: str, whole: str, name: tuple[str, str]) -> Text:
    if row[part] is None:
        return Text("未填报", "not recorded")
    known = row[whole] is not None
    more = Text(f"（{name[0]}{row[whole]}）", f" ({name[1]} {row[whole]})") if known else Text("", "")
    return Text(f"{row[part]}人{more.zh}", f"{row[part]} persons{more.en}")


def _joined(term: Text, elected: int | None) -> Text:
    if elected is None:
        return Text(f"{term.zh}，人数未填报", f"{term.en}; number not recorded")
    return Text(f"{term.zh}{elected}名", f"{term.en}: {elected}")


def body_history(connection: Connection, record: str, context: Context) -> DataFrame:
    """One body of the Congress: set up, closed, its posts and staff as last recorded; as ``lists.history``."""
    found = connection.execute(facts.congress_body(context, record)).mappings().first()
    if found is None:
        return events_table([])
    name, steps = found["name"], []
    if found["set_up_on"] is not None and found["set_up_on"] <= context.as_of:
        steps.append(Event(found["set_up_on"], Text("设立", "Set up"), name))
    if found["closed_on"] is not None and found["closed_on"] <= context.as_of:
        steps.append(Event(found["closed_on"], Text("撤销", "Closed"), name))
    elif found["posts"] is not None or found["staff"] is not None:
        posts, staff = ("—" if value is None else value for value in (found["posts"], found["staff"]))
        words = Text(f"编制{posts}，实有{staff}", f"{posts} posts, {staff} in post")
        steps.append(Event(None, Text("目前人员", "Staff now"), name, words))
    return events_table(steps)
