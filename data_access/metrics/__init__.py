"""Every metric by its key.

To add one: write a ``Metric`` in ``metrics/<subject>.py`` and add it to that module's ``METRICS``. The card, the tool
tip, the records behind it, the export and the definitions page follow by themselves.
"""

from __future__ import annotations

from data_access.metrics import (
    capacity,
    clock,
    decisions,
    deputies,
    followup,
    leadership,
    outcomes,
    personnel,
    proposals,
    ratings,
    review,
    stations,
    supervision,
)
from data_access.metrics.metric import Metric

SUBJECTS = {
    "leadership": leadership.METRICS,
    "proposals": (*proposals.METRICS, *outcomes.METRICS, *ratings.METRICS, *clock.METRICS),
    "supervision": (*supervision.METRICS, *followup.METRICS, *review.METRICS),
    "decisions": decisions.METRICS,
    "personnel": personnel.METRICS,
    "stations": stations.METRICS,
    "deputies": deputies.METRICS,
    "capacity": capacity.METRICS,
}

METRICS: dict[str, Metric] = {
    metric.key: metric for subject in SUBJECTS.values() for metric in sorted(subject, key=lambda metric: metric.key)
}
