"""Row-by-row queries: the records behind every figure, and one record's whole history.

To add a kind of record: write ``history(connection, id, context)`` in ``lists/<subject>.py`` and name it in
``HISTORIES``; set ``record`` in the row sources whose rows lead to it.
"""

from __future__ import annotations

from collections.abc import Callable

from pandas import DataFrame
from sqlalchemy import Connection

from data_access.context import Context
from data_access.lists.capacity import body_history, election_history
from data_access.lists.decisions import history as resolution_history
from data_access.lists.decisions import meeting_history
from data_access.lists.deputies import history as deputy_history
from data_access.lists.facts import facts
from data_access.lists.leadership import history as support_history
from data_access.lists.leadership import task_history
from data_access.lists.listing import Event, Listing, events_table, records
from data_access.lists.personnel import history as appointment_history
from data_access.lists.proposals import history as proposal_history
from data_access.lists.stations import history as station_history
from data_access.lists.supervision import appraisal_history, document_history
from data_access.lists.supervision import history as supervision_history

__all__ = ["HISTORIES", "Event", "Listing", "events_table", "facts", "history", "records"]

HISTORIES: dict[str, Callable[[Connection, str, Context], DataFrame]] = {
    "proposal": proposal_history,
    "supervision_item": supervision_history,
    "normative_doc": document_history,
    "appraisal": appraisal_history,
    "resolution": resolution_history,
    "meeting": meeting_history,
    "appointment": appointment_history,
    "deputy": deputy_history,
    "station": station_history,
    "party_support": support_history,
    "leader_task": task_history,
    "election": election_history,
    "congress_body": body_history,
}


def history(connection: Connection, kind: str, record: str, context: Context) -> DataFrame:
    """What happened to one record, step by step.

    Returns:
        Columns ``date``, ``event`` (Text), ``who``, ``detail`` (Text), ``is_future``, in the order of the dates; no
        rows for a record that does not exist or that the reader may not see.

    Raises:
        KeyError: There is no such kind of record; those there are, are the keys of ``HISTORIES``.
    """
    return HISTORIES[kind](connection, record, context)
