"""Row sources by name: the only part that queries the tables themselves.

To add a source: write a ``RowSource`` in ``rows/<subject>.py`` and add it to that module's ``SOURCES``.
"""

from __future__ import annotations

from data_access.rows import (
    appraisals,
    capacity,
    decisions,
    deputies,
    deputy_work,
    duties,
    leadership,
    pace,
    personnel,
    promises,
    proposals,
    stations,
    supervision,
)
from data_access.rows.base import RowSource

SUBJECTS = (
    *(leadership, proposals, pace, promises, supervision, duties, appraisals, decisions),
    *(personnel, stations, deputies, deputy_work, capacity),
)

ROWS: dict[str, RowSource] = {source.name: source for subject in SUBJECTS for source in subject.SOURCES}
