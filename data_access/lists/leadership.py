"""Party leadership record by record: one act's and one piece of key work's history."""

from __future__ import annotations

from pandas import DataFrame
from sqlalchemy import Connection

from data_access.context import Context
from data_access.lists.listing import Event, events_table
from data_access.rows import history as facts
from data_access.tables import codes
from data_access.text import Text


def history(connection: Connection, record: str, context: Context) -> DataFrame:
    """One act of the Party committee: submitted, then held, forwarded or issued; as ``lists.history``."""
    found = connection.execute(facts.supported(context, record)).mappings().first()
    if found is None or found["held_on"] > context.as_of:
        return events_table([])
    steps = [Event(found["held_on"], codes.SUPPORT_KIND.words[found["kind"]], detail=_plain(found["title"]))]
    if found["submitted_on"] is not None:
        days = (found["held_on"] - found["submitted_on"]).days
        taken = Text(f"{days}天后办理", f"taken up {days} days later")
        steps.insert(0, Event(found["submitted_on"], Text("人大报送", "Submitted by the Congress"), detail=taken))
    return events_table(steps)


def task_history(connection: Connection, record: str, context: Context) -> DataFrame:
    """One piece of key work: begun, planned to be done, and how far it has come; as ``lists.history``."""
    found = connection.execute(facts.key_work(context, record)).mappings().first()
    if found is None or found["start_on"] > context.as_of:
        return events_table([])
    who, due = found["leader"], found["due_on"]
    steps = [Event(found["start_on"], Text("开始联系", "Linked"), who, _plain(found["title"]))]
    is_open = found["status"] in ("NEW", "GOING")
    if due is not None:
        steps.append(
            Event(due, Text("计划完成", "Planned to be done"), who, is_future=is_open and due >= context.as_of)
        )
    state = codes.TASK_STATUS.words[found["status"]]
    share = found["progress_pct"]
    done = Text("", "") if share is None else Text(f"进度{share}%", f"{share} % done")
    # The table keeps the latest state without its day.
    steps.append(Event(None, Text(f"目前{state.zh}", f"Now: {state.en.lower()}"), who, done))
    return events_table(steps)


def _plain(words: str) -> Text:
    return Text(words, words)
