"""The shared database, table by table: one description that creates, explains and checks it."""

from __future__ import annotations

from sqlalchemy import Table

from data_access.tables import (
    capacity,
    deputies,
    imports,
    leadership,
    local,
    meetings,
    personnel,
    proposals,
    regions,
    stations,
    supervision,
)
from data_access.tables.base import metadata

__all__ = ["KEPT_BY_US", "TABLES", "metadata"]

# Parents before children, so that rows can be written in this order.
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        regions.region,
        regions.region_shape,
        regions.village,
        regions.term,
        meetings.meeting,
        meetings.org_unit,
        stations.station,
        deputies.deputy,
        meetings.resolution,
        proposals.proposal,
        proposals.proposal_cosigner,
        proposals.proposal_handler,
        proposals.proposal_reply,
        supervision.supervision_item,
        supervision.normative_doc,
        supervision.appraisal,
        personnel.appointment,
        stations.deputy_activity,
        leadership.party_support,
        leadership.leader_task,
        capacity.cadre_change,
        capacity.election,
        capacity.budget_item,
        local.rule_config,
        local.reported_figure,
    )
}

# What the import keeps for itself; no sheet, and not asked of a database that is only read.
KEPT_BY_US: tuple[Table, ...] = (imports.import_log, imports.import_change)
