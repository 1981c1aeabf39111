"""Every table as the first version has it.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data_access.migrations.kinds import MARIADB, long, text

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "import_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("who", text(120), nullable=False),
        sa.Column("file_name", text(300), nullable=False),
        sa.Column("sha256", text(300), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime()),
        sa.Column("undone_by", text(120)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_log")),
        **MARIADB,
    )
    op.create_table(
        "region",
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("name", text(120), nullable=False),
        sa.Column("level", text(12), nullable=False),
        sa.Column("parent_code", text(12)),
        sa.Column("kind", text(12)),
        sa.Column("is_congress_unit", sa.Boolean()),
        sa.Column("population", sa.Integer()),
        sa.Column("population_year", sa.Integer()),
        sa.Column("village_count", sa.Integer()),
        sa.Column("lon", sa.Double()),
        sa.Column("lat", sa.Double()),
        sa.Column("crs", text(12)),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("region_code", name=op.f("pk_region")),
        sa.ForeignKeyConstraint(["parent_code"], ["region.region_code"], name=op.f("fk_region_parent_code")),
        sa.CheckConstraint("crs IN ('CGCS2000', 'WGS84', 'GCJ02', 'BD09', 'FICTIONAL')", name=op.f("ck_region_crs")),
        sa.CheckConstraint("kind IN ('TOWN', 'XIANG', 'STREET', 'ZONE')", name=op.f("ck_region_kind")),
        sa.CheckConstraint("lat <= 90", name=op.f("ck_region_lat_high")),
        sa.CheckConstraint("lat >= -90", name=op.f("ck_region_lat_low")),
        sa.CheckConstraint("level IN ('NATION', 'PROV', 'CITY', 'COUNTY', 'TOWNSHIP')", name=op.f("ck_region_level")),
        sa.CheckConstraint("lon <= 180", name=op.f("ck_region_lon_high")),
        sa.CheckConstraint("lon >= -180", name=op.f("ck_region_lon_low")),
        sa.CheckConstraint("population >= 0", name=op.f("ck_region_population_low")),
        sa.CheckConstraint("village_count >= 0", name=op.f("ck_region_village_count_low")),
        **MARIADB,
    )
    op.create_index(op.f("ix_region_parent_code"), "region", ["parent_code"])
    op.create_table(
        "budget_item",
        sa.Column("id", text(40), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("kind", text(12), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("budget", sa.Double()),
        sa.Column("executed", sa.Double()),
        sa.Column("people", sa.Integer()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_item")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_budget_item_region_code")),
        sa.CheckConstraint("budget >= 0", name=op.f("ck_budget_item_budget_low")),
        sa.CheckConstraint("executed >= 0", name=op.f("ck_budget_item_executed_low")),
        sa.CheckConstraint(
            "kind IN ('MEETING', 'ACTIVITY', 'INSPECT', 'TRAIN', 'ALLOW', 'STATION', 'OTH')",
            name=op.f("ck_budget_item_kind"),
        ),
        sa.CheckConstraint("people >= 0", name=op.f("ck_budget_item_people_low")),
        **MARIADB,
    )
    op.create_index(op.f("ix_budget_item_region_code_fiscal_year"), "budget_item", ["region_code", "fiscal_year"])
    op.create_table(
        "election",
        sa.Column("id", text(40), nullable=False),
        sa.Column("term_no", sa.Integer(), nullable=False),
        sa.Column("level", text(12), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("held_on", sa.Date()),
        sa.Column("quota", sa.Integer()),
        sa.Column("candidates", sa.Integer()),
        sa.Column("elected", sa.Integer()),
        sa.Column("female", sa.Integer()),
        sa.Column("grassroots", sa.Integer()),
        sa.Column("party_member", sa.Integer()),
        sa.Column("constituencies", sa.Integer()),
        sa.Column("one_round", sa.Integer()),
        sa.Column("voters", sa.Integer()),
        sa.Column("voted", sa.Integer()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_election_region_code")),
        sa.CheckConstraint("candidates >= 0", name=op.f("ck_election_candidates_low")),
        sa.CheckConstraint("constituencies >= 0", name=op.f("ck_election_constituencies_low")),
        sa.CheckConstraint("elected >= 0", name=op.f("ck_election_elected_low")),
        sa.CheckConstraint("female >= 0", name=op.f("ck_election_female_low")),
        sa.CheckConstraint("grassroots >= 0", name=op.f("ck_election_grassroots_low")),
        sa.CheckConstraint("level IN ('NPC', 'PROV', 'CITY', 'COUNTY', 'TOWNSHIP')", name=op.f("ck_election_level")),
        sa.CheckConstraint("one_round >= 0", name=op.f("ck_election_one_round_low")),
        sa.CheckConstraint("party_member >= 0", name=op.f("ck_election_party_member_low")),
        sa.CheckConstraint("quota >= 0", name=op.f("ck_election_quota_low")),
        sa.CheckConstraint("term_no >= 1", name=op.f("ck_election_term_no_low")),
        sa.CheckConstraint("voted >= 0", name=op.f("ck_election_voted_low")),
        sa.CheckConstraint("voters >= 0", name=op.f("ck_election_voters_low")),
        **MARIADB,
    )
    op.create_index(op.f("ix_election_region_code_level_term_no"), "election", ["region_code", "level", "term_no"])
    op.create_table(
        "import_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("table_name", text(120), nullable=False),
        sa.Column("record", text(300), nullable=False),
        sa.Column("before", long()),
        sa.Column("after", text(120)),
        sa.PrimaryKeyConstraint("id", "log_id", name=op.f("pk_import_change")),
        sa.ForeignKeyConstraint(["log_id"], ["import_log.id"], name=op.f("fk_import_change_log_id")),
        **MARIADB,
    )
    op.create_index(op.f("ix_import_change_log_id"), "import_change", ["log_id"])
    op.create_table(
        "leader_task",
        sa.Column("id", text(40), nullable=False),
        sa.Column("leader", text(120), nullable=False),
        sa.Column("duty", text(120)),
        sa.Column("kind", text(12), nullable=False),
        sa.Column("title", text(300), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("status", text(12), nullable=False),
        sa.Column("progress_pct", sa.Integer()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_task")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_leader_task_region_code")),
        sa.CheckConstraint("kind IN ('TASK', 'PROJECT', 'TOWN', 'SPECIAL')", name=op.f("ck_leader_task_kind")),
        sa.CheckConstraint("progress_pct <= 100", name=op.f("ck_leader_task_progress_pct_high")),
        sa.CheckConstraint("progress_pct >= 0", name=op.f("ck_leader_task_progress_pct_low")),
        sa.CheckConstraint("status IN ('NEW', 'GOING', 'DONE', 'STOPPED')", name=op.f("ck_leader_task_status")),
        **MARIADB,
    )
    op.create_index(op.f("ix_leader_task_region_code_start_on"), "leader_task", ["region_code", "start_on"])
    op.create_table(
        "meeting",
        sa.Column("id", text(40), nullable=False),
        sa.Column("kind", text(12), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("term_no", sa.Integer()),
        sa.Column("session_no", sa.Integer()),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("handling_year", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer()),
        sa.Column("attended", sa.Integer()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_meeting_region_code")),
        sa.CheckConstraint("attended >= 0", name=op.f("ck_meeting_attended_low")),
        sa.CheckConstraint("kind IN ('CONG', 'SC', 'CHM', 'PLG', 'TWN')", name=op.f("ck_meeting_kind")),
        sa.CheckConstraint("members >= 0", name=op.f("ck_meeting_members_low")),
        sa.CheckConstraint("session_no >= 1", name=op.f("ck_meeting_session_no_low")),
        sa.CheckConstraint("term_no >= 1", name=op.f("ck_meeting_term_no_low")),
        **MARIADB,
    )
    op.create_index(op.f("ix_meeting_region_code_kind_held_on"), "meeting", ["region_code", "kind", "held_on"])
    op.create_table(
        "normative_doc",
        sa.Column("id", text(40), nullable=False),
        sa.Column("title", text(300), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("issuer", text(120), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("filed_on", sa.Date()),
        sa.Column("reviewed_on", sa.Date()),
        sa.Column("result", text(12)),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_normative_doc")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_normative_doc_region_code")),
        sa.CheckConstraint(
            "result IN ('PENDING', 'PASSED', 'CORRECTED', 'REPEALED')", name=op.f("ck_normative_doc_result")
        ),
        **MARIADB,
    )
    op.create_index(op.f("ix_normative_doc_region_code_filed_on"), "normative_doc", ["region_code", "filed_on"])
    op.create_table(
        "org_unit",
        sa.Column("id", text(40), nullable=False),
        sa.Column("name", text(120), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("system", text(12), nullable=False),
        sa.Column("kind", text(12), nullable=False),
        sa.Column("set_up_on", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("posts", sa.Integer()),
        sa.Column("staff", sa.Integer()),
        sa.Column("vice_chair", sa.Boolean()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_org_unit")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_org_unit_region_code")),
        sa.CheckConstraint("kind IN ('COM', 'OFF', 'CEN', 'STR', 'TWP', 'HDL')", name=op.f("ck_org_unit_kind")),
        sa.CheckConstraint("posts >= 0", name=op.f("ck_org_unit_posts_low")),
        sa.CheckConstraint("staff >= 0", name=op.f("ck_org_unit_staff_low")),
        sa.CheckConstraint(
            "system IN ('GOV', 'PTY', 'SUP', 'CRT', 'PRO', 'PC', 'VER', 'TWN')", name=op.f("ck_org_unit_system")
        ),
        **MARIADB,
    )
    op.create_index(op.f("ix_org_unit_region_code_kind"), "org_unit", ["region_code", "kind"])
    op.create_table(
        "party_support",
        sa.Column("id", text(40), nullable=False),
        sa.Column("kind", text(12), nullable=False),
        sa.Column("title", text(300), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("submitted_on", sa.Date()),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_support")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_party_support_region_code")),
        sa.CheckConstraint(
            "kind IN ('HEAR', 'VISIT', 'TALK', 'SIT', 'FWD', 'ISSUE', 'CONF', 'RULE', 'SITE', 'AWARD')",
            name=op.f("ck_party_support_kind"),
        ),
        **MARIADB,
    )
    op.create_index(op.f("ix_party_support_region_code_held_on"), "party_support", ["region_code", "held_on"])
    op.create_table(
        "region_shape",
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("geojson", long(), nullable=False),
        sa.Column("geojson_len", sa.Integer(), nullable=False),
        sa.Column("vertices", sa.Integer()),
        sa.Column("area_km2", sa.Double()),
        sa.Column("bbox_w", sa.Double(), nullable=False),
        sa.Column("bbox_s", sa.Double(), nullable=False),
        sa.Column("bbox_e", sa.Double(), nullable=False),
        sa.Column("bbox_n", sa.Double(), nullable=False),
        sa.Column("label_lon", sa.Double(), nullable=False),
        sa.Column("label_lat", sa.Double(), nullable=False),
        sa.Column("coord_system", text(12), nullable=False),
        sa.Column("src_system", text(12)),
        sa.Column("src_geojson", long()),
        sa.Column("source", text(300), nullable=False),
        sa.Column("source_date", sa.Date()),
        sa.Column("approval_no", text(120)),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("region_code", name=op.f("pk_region_shape")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_region_shape_region_code")),
        sa.CheckConstraint("area_km2 >= 0", name=op.f("ck_region_shape_area_km2_low")),
        sa.CheckConstraint(
            "coord_system IN ('CGCS2000', 'WGS84', 'GCJ02', 'BD09', 'FICTIONAL')",
            name=op.f("ck_region_shape_coord_system"),
        ),
        sa.CheckConstraint("geojson_len >= 1", name=op.f("ck_region_shape_geojson_len_low")),
        sa.CheckConstraint(
            "src_system IN ('CGCS2000', 'WGS84', 'GCJ02', 'BD09', 'FICTIONAL')", name=op.f("ck_region_shape_src_system")
        ),
        sa.CheckConstraint("vertices >= 0", name=op.f("ck_region_shape_vertices_low")),
        **MARIADB,
    )
    op.create_table(
        "reported_figure",
        sa.Column("id", text(40), nullable=False),
        sa.Column("metric_id", text(40), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("period", text(40), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("denominator", sa.Double()),
        sa.Column("unit", text(120), nullable=False),
        sa.Column("source_doc", text(300), nullable=False),
        sa.Column("is_estimate", sa.Boolean(), nullable=False),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported_figure")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_reported_figure_region_code")),
        sa.UniqueConstraint(
            "metric_id", "region_code", "period", name=op.f("uq_reported_figure_metric_id_region_code_period")
        ),
        **MARIADB,
    )
    op.create_table(
        "rule_config",
        sa.Column("id", text(40), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("key", text(120), nullable=False),
        sa.Column("value", text(300), nullable=False),
        sa.Column("basis", text(300)),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_config")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_rule_config_region_code")),
        sa.UniqueConstraint("region_code", "key", name=op.f("uq_rule_config_region_code_key")),
        **MARIADB,
    )
    op.create_table(
        "station",
        sa.Column("id", text(40), nullable=False),
        sa.Column("name", text(120), nullable=False),
        sa.Column("level", text(12), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("village", text(120)),
        sa.Column("address", text(300)),
        sa.Column("lon", sa.Double()),
        sa.Column("lat", sa.Double()),
        sa.Column("src_system", text(12)),
        sa.Column("src_lon", sa.Double()),
        sa.Column("src_lat", sa.Double()),
        sa.Column("established_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("host", text(120)),
        sa.Column("head", text(120)),
        sa.Column("served_villages", sa.Integer()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_station_region_code")),
        sa.CheckConstraint("lat <= 90", name=op.f("ck_station_lat_high")),
        sa.CheckConstraint("lat >= -90", name=op.f("ck_station_lat_low")),
        sa.CheckConstraint("level IN ('ST', 'RM', 'PT')", name=op.f("ck_station_level")),
        sa.CheckConstraint("lon <= 180", name=op.f("ck_station_lon_high")),
        sa.CheckConstraint("lon >= -180", name=op.f("ck_station_lon_low")),
        sa.CheckConstraint("(lon IS NULL) = (lat IS NULL)", name=op.f("ck_station_place")),
        sa.CheckConstraint("served_villages >= 0", name=op.f("ck_station_served_villages_low")),
        sa.CheckConstraint("src_lat <= 90", name=op.f("ck_station_src_lat_high")),
        sa.CheckConstraint("src_lat >= -90", name=op.f("ck_station_src_lat_low")),
        sa.CheckConstraint("src_lon <= 180", name=op.f("ck_station_src_lon_high")),
        sa.CheckConstraint("src_lon >= -180", name=op.f("ck_station_src_lon_low")),
        sa.CheckConstraint(
            "src_system IN ('CGCS2000', 'WGS84', 'GCJ02', 'BD09', 'FICTIONAL')", name=op.f("ck_station_src_system")
        ),
        **MARIADB,
    )
    op.create_index(op.f("ix_station_region_code_level"), "station", ["region_code", "level"])
    op.create_table(
        "term",
        sa.Column("id", text(40), nullable=False),
        sa.Column("term_no", sa.Integer(), nullable=False),
        sa.Column("level", text(12), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date()),
        sa.Column("quota", sa.Integer()),
        sa.Column("sc_quota", sa.Integer()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_term_region_code")),
        sa.UniqueConstraint("region_code", "level", "term_no", name=op.f("uq_term_region_code_level_term_no")),
        sa.CheckConstraint("level IN ('NPC', 'PROV', 'CITY', 'COUNTY', 'TOWNSHIP')", name=op.f("ck_term_level")),
        sa.CheckConstraint("quota >= 0", name=op.f("ck_term_quota_low")),
        sa.CheckConstraint("sc_quota >= 0", name=op.f("ck_term_sc_quota_low")),
        sa.CheckConstraint("term_no >= 1", name=op.f("ck_term_term_no_low")),
        **MARIADB,
    )
    op.create_table(
        "village",
        sa.Column("village_code", text(12), nullable=False),
        sa.Column("name", text(120), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("population", sa.Integer()),
        sa.Column("population_year", sa.Integer()),
        sa.Column("lon", sa.Double()),
        sa.Column("lat", sa.Double()),
        sa.Column("src_system", text(12)),
        sa.Column("src_lon", sa.Double()),
        sa.Column("src_lat", sa.Double()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("village_code", name=op.f("pk_village")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_village_region_code")),
        sa.CheckConstraint("lat <= 90", name=op.f("ck_village_lat_high")),
        sa.CheckConstraint("lat >= -90", name=op.f("ck_village_lat_low")),
        sa.CheckConstraint("lon <= 180", name=op.f("ck_village_lon_high")),
        sa.CheckConstraint("lon >= -180", name=op.f("ck_village_lon_low")),
        sa.CheckConstraint("population >= 0", name=op.f("ck_village_population_low")),
        sa.CheckConstraint("src_lat <= 90", name=op.f("ck_village_src_lat_high")),
        sa.CheckConstraint("src_lat >= -90", name=op.f("ck_village_src_lat_low")),
        sa.CheckConstraint("src_lon <= 180", name=op.f("ck_village_src_lon_high")),
        sa.CheckConstraint("src_lon >= -180", name=op.f("ck_village_src_lon_low")),
        sa.CheckConstraint(
            "src_system IN ('CGCS2000', 'WGS84', 'GCJ02', 'BD09', 'FICTIONAL')", name=op.f("ck_village_src_system")
        ),
        **MARIADB,
    )
    op.create_index(op.f("ix_village_region_code"), "village", ["region_code"])
    op.create_table(
        "appointment",
        sa.Column("id", text(40), nullable=False),
        sa.Column("person", text(120), nullable=False),
        sa.Column("person_key", text(40), nullable=False),
        sa.Column("action", text(12), nullable=False),
        sa.Column("organ_class", text(12), nullable=False),
        sa.Column("post", text(120), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("meeting_id", text(40)),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("v_for", sa.Integer()),
        sa.Column("v_against", sa.Integer()),
        sa.Column("v_abstain", sa.Integer()),
        sa.Column("members", sa.Integer()),
        sa.Column("exam", text(12)),
        sa.Column("exam_on", sa.Date()),
        sa.Column("statement", text(12)),
        sa.Column("oath", text(12), nullable=False),
        sa.Column("oath_on", sa.Date()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_appointment_meeting_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_appointment_region_code")),
        sa.CheckConstraint(
            "action IN ('ELECT', 'BYE', 'DECIDE_A', 'DECIDE_R', 'APPT', 'REMV', 'ACT', 'PUSH', 'RESIGN', 'DISM', 'RECALL')",
            name=op.f("ck_appointment_action"),
        ),
        sa.CheckConstraint("exam IN ('DUE', 'PASS', 'FAIL', 'EXEMPT')", name=op.f("ck_appointment_exam")),
        sa.CheckConstraint("members >= 0", name=op.f("ck_appointment_members_low")),
        sa.CheckConstraint("oath IN ('SC', 'OWN', 'CONG', 'NA', 'NO')", name=op.f("ck_appointment_oath")),
        sa.CheckConstraint(
            "organ_class IN ('SC', 'SCW', 'STR', 'GOVL', 'GOVD', 'SUP', 'CRT', 'PRO', 'LAY', 'ELC')",
            name=op.f("ck_appointment_organ_class"),
        ),
        sa.CheckConstraint("statement IN ('GAVE', 'DUE', 'EXEMPT')", name=op.f("ck_appointment_statement")),
        sa.CheckConstraint("v_abstain >= 0", name=op.f("ck_appointment_v_abstain_low")),
        sa.CheckConstraint("v_against >= 0", name=op.f("ck_appointment_v_against_low")),
        sa.CheckConstraint("v_for >= 0", name=op.f("ck_appointment_v_for_low")),
        **MARIADB,
    )
    op.create_index(op.f("ix_appointment_person_key"), "appointment", ["person_key"])
    op.create_index(op.f("ix_appointment_region_code_decided_on"), "appointment", ["region_code", "decided_on"])
    op.create_table(
        "appraisal",
        sa.Column("id", text(40), nullable=False),
        sa.Column("kind", text(12), nullable=False),
        sa.Column("person_or_unit", text(120), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("org_unit_id", text(40)),
        sa.Column("post", text(120)),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("ballots", sa.Integer()),
        sa.Column("v_1", sa.Integer()),
        sa.Column("v_2", sa.Integer()),
        sa.Column("v_3", sa.Integer()),
        sa.Column("v_4", sa.Integer()),
        sa.Column("scheme", text(12), nullable=False),
        sa.Column("grade", text(12)),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_appraisal_org_unit_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_appraisal_region_code")),
        sa.CheckConstraint("ballots >= 0", name=op.f("ck_appraisal_ballots_low")),
        sa.CheckConstraint(
            "grade IN ('SAT', 'BASIC', 'DISSAT', 'EXCEL', 'FIT', 'MOSTLY', 'UNFIT')", name=op.f("ck_appraisal_grade")
        ),
        sa.CheckConstraint("kind IN ('POST', 'DUTY', 'WORK')", name=op.f("ck_appraisal_kind")),
        sa.CheckConstraint("scheme IN ('SAT', 'GRADE')", name=op.f("ck_appraisal_scheme")),
        sa.CheckConstraint("v_1 >= 0", name=op.f("ck_appraisal_v_1_low")),
        sa.CheckConstraint("v_2 >= 0", name=op.f("ck_appraisal_v_2_low")),
        sa.CheckConstraint("v_3 >= 0", name=op.f("ck_appraisal_v_3_low")),
        sa.CheckConstraint("v_4 >= 0", name=op.f("ck_appraisal_v_4_low")),
        **MARIADB,
    )
    op.create_index(op.f("ix_appraisal_region_code_held_on"), "appraisal", ["region_code", "held_on"])
    op.create_table(
        "cadre_change",
        sa.Column("id", text(40), nullable=False),
        sa.Column("person_key", text(40), nullable=False),
        sa.Column("unit", text(40)),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("kind", text(12), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cadre_change")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_cadre_change_region_code")),
        sa.ForeignKeyConstraint(["unit"], ["org_unit.id"], name=op.f("fk_cadre_change_unit")),
        sa.CheckConstraint(
            "kind IN ('PROMOTE', 'TRANSFER', 'RANK', 'IN', 'OUT', 'RETIRE')", name=op.f("ck_cadre_change_kind")
        ),
        **MARIADB,
    )
    op.create_index(op.f("ix_cadre_change_region_code_effective_on"), "cadre_change", ["region_code", "effective_on"])
    op.create_table(
        "deputy",
        sa.Column("id", text(40), nullable=False),
        sa.Column("name", text(120), nullable=False),
        sa.Column("level", text(12), nullable=False),
        sa.Column("term_no", sa.Integer(), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("constituency", text(120)),
        sa.Column("gender", text(12), nullable=False),
        sa.Column("ethnicity", text(120)),
        sa.Column("party", text(12)),
        sa.Column("birth_year", sa.Integer()),
        sa.Column("education", text(12)),
        sa.Column("occupation", text(12)),
        sa.Column("is_grassroots", sa.Boolean()),
        sa.Column("is_reelected", sa.Boolean()),
        sa.Column("sc_role", text(12)),
        sa.Column("contact_member", text(40)),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date()),
        sa.Column("end_reason", text(12)),
        sa.Column("station_id", text(40)),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
        sa.ForeignKeyConstraint(["contact_member"], ["deputy.id"], name=op.f("fk_deputy_contact_member")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_deputy_region_code")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_deputy_station_id")),
        sa.CheckConstraint("birth_year <= 2100", name=op.f("ck_deputy_birth_year_high")),
        sa.CheckConstraint("birth_year >= 1900", name=op.f("ck_deputy_birth_year_low")),
        sa.CheckConstraint("education IN ('PG', 'BA', 'JC', 'SEC')", name=op.f("ck_deputy_education")),
        sa.CheckConstraint(
            "end_reason IN ('TERM', 'MOVED', 'RESIGN', 'ABSENT', 'RECALL', 'DEATH', 'OTH')",
            name=op.f("ck_deputy_end_reason"),
        ),
        sa.CheckConstraint("gender IN ('M', 'F')", name=op.f("ck_deputy_gender")),
        sa.CheckConstraint("level IN ('NPC', 'PROV', 'CITY', 'COUNTY', 'TOWNSHIP')", name=op.f("ck_deputy_level")),
        sa.CheckConstraint(
            "occupation IN ('WRK', 'FRM', 'MIG', 'TEC', 'CAD', 'VIL', 'ENT', 'MIL', 'OTH')",
            name=op.f("ck_deputy_occupation"),
        ),
        sa.CheckConstraint("party IN ('CPC', 'DEM', 'NON', 'MAS')", name=op.f("ck_deputy_party")),
        sa.CheckConstraint("sc_role IN ('CHAIR', 'VICE', 'MEMBER')", name=op.f("ck_deputy_sc_role")),
        sa.CheckConstraint("term_no >= 1", name=op.f("ck_deputy_term_no_low")),
        **MARIADB,
    )
    op.create_index(op.f("ix_deputy_contact_member"), "deputy", ["contact_member"])
    op.create_index(
        op.f("ix_deputy_region_code_level_term_no_id_start_on_end_on"),
        "deputy",
        ["region_code", "level", "term_no", "id", "start_on", "end_on"],
    )
    op.create_index(op.f("ix_deputy_station_id"), "deputy", ["station_id"])
    op.create_table(
        "resolution",
        sa.Column("id", text(40), nullable=False),
        sa.Column("title", text(300), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("kind", text(12), nullable=False),
        sa.Column("organ", text(12), nullable=False),
        sa.Column("meeting_id", text(40)),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("report_due_on", sa.Date()),
        sa.Column("reported_on", sa.Date()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_resolution_meeting_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_resolution_region_code")),
        sa.CheckConstraint(
            "kind IN ('FIN', 'PLAN', 'DEBT', 'MAJOR', 'LAW', 'ELEC', 'OTH')", name=op.f("ck_resolution_kind")
        ),
        sa.CheckConstraint("organ IN ('CONG', 'SC')", name=op.f("ck_resolution_organ")),
        **MARIADB,
    )
    op.create_index(op.f("ix_resolution_region_code_adopted_on"), "resolution", ["region_code", "adopted_on"])
    op.create_table(
        "supervision_item",
        sa.Column("id", text(40), nullable=False),
        sa.Column("kind", text(12), nullable=False),
        sa.Column("title", text(300), nullable=False),
        sa.Column("plan_year", sa.Integer()),
        sa.Column("in_plan", sa.Boolean(), nullable=False),
        sa.Column("legal_item", text(12)),
        sa.Column("planned_on", sa.Date()),
        sa.Column("held_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("meeting_id", text(40)),
        sa.Column("venue", text(12)),
        sa.Column("lead_unit", text(40)),
        sa.Column("target_unit", text(40)),
        sa.Column("target_system", text(12)),
        sa.Column("topic", text(12)),
        sa.Column("is_joint", sa.Boolean(), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("place_code", text(12)),
        sa.Column("report_count", sa.Integer()),
        sa.Column("opinion_docs", sa.Integer()),
        sa.Column("opinion_count", sa.Integer()),
        sa.Column("opinion_done", sa.Integer()),
        sa.Column("followup_due_on", sa.Date()),
        sa.Column("followup_report_on", sa.Date()),
        sa.Column("vote_kind", text(12)),
        sa.Column("ballots", sa.Integer()),
        sa.Column("v_satisfied", sa.Integer()),
        sa.Column("v_basic", sa.Integer()),
        sa.Column("v_dissatisfied", sa.Integer()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_item")),
        sa.ForeignKeyConstraint(["lead_unit"], ["org_unit.id"], name=op.f("fk_supervision_item_lead_unit")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_supervision_item_meeting_id")),
        sa.ForeignKeyConstraint(["place_code"], ["region.region_code"], name=op.f("fk_supervision_item_place_code")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_supervision_item_region_code")),
        sa.ForeignKeyConstraint(["target_unit"], ["org_unit.id"], name=op.f("fk_supervision_item_target_unit")),
        sa.CheckConstraint("ballots >= 0", name=op.f("ck_supervision_item_ballots_low")),
        sa.CheckConstraint(
            "kind IN ('RPT', 'PLAN', 'BUD', 'AUD', 'SOA', 'DEBT', 'ENV', 'LEI', 'REC', 'SPI', 'INQ', 'INT', 'INV', 'INS', 'STU', 'APP', 'FOL', 'LIV')",
            name=op.f("ck_supervision_item_kind"),
        ),
        sa.CheckConstraint(
            "legal_item IN ('FINAL', 'PLAN', 'BUDGET', 'AUDIT', 'RECTIFY', 'ASSETS', 'DEBT', 'ENV', 'RECORD', 'SUGGEST', 'ADJUST', 'FIVEYEAR')",
            name=op.f("ck_supervision_item_legal_item"),
        ),
        sa.CheckConstraint("opinion_count >= 0", name=op.f("ck_supervision_item_opinion_count_low")),
        sa.CheckConstraint("opinion_docs >= 0", name=op.f("ck_supervision_item_opinion_docs_low")),
        sa.CheckConstraint("opinion_done >= 0", name=op.f("ck_supervision_item_opinion_done_low")),
        sa.CheckConstraint("report_count >= 0", name=op.f("ck_supervision_item_report_count_low")),
        sa.CheckConstraint(
            "target_system IN ('GOV', 'PTY', 'SUP', 'CRT', 'PRO', 'PC', 'VER', 'TWN')",
            name=op.f("ck_supervision_item_target_system"),
        ),
        sa.CheckConstraint(
            "topic IN ('FIN', 'AGR', 'URB', 'EDU', 'LAW', 'SOC', 'ETH', 'OTH')", name=op.f("ck_supervision_item_topic")
        ),
        sa.CheckConstraint("v_basic >= 0", name=op.f("ck_supervision_item_v_basic_low")),
        sa.CheckConstraint("v_dissatisfied >= 0", name=op.f("ck_supervision_item_v_dissatisfied_low")),
        sa.CheckConstraint("v_satisfied >= 0", name=op.f("ck_supervision_item_v_satisfied_low")),
        sa.CheckConstraint("venue IN ('SC', 'CHM', 'WRITTEN')", name=op.f("ck_supervision_item_venue")),
        sa.CheckConstraint("vote_kind IN ('REPORT', 'FOLLOW', 'SUGGEST')", name=op.f("ck_supervision_item_vote_kind")),
        **MARIADB,
    )
    op.create_index(
        op.f("ix_supervision_item_region_code_held_on_kind"), "supervision_item", ["region_code", "held_on", "kind"]
    )
    op.create_index(op.f("ix_supervision_item_region_code_plan_year"), "supervision_item", ["region_code", "plan_year"])
    op.create_table(
        "deputy_activity",
        sa.Column("id", text(40), nullable=False),
        sa.Column("kind", text(12), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("event_id", text(40)),
        sa.Column("deputy_id", text(40)),
        sa.Column("headcount", sa.Integer()),
        sa.Column("station_id", text(40)),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("people_met", sa.Integer()),
        sa.Column("opinions", sa.Integer()),
        sa.Column("resolved", sa.Integer()),
        sa.Column("to_proposal", sa.Integer()),
        sa.Column("campaign", text(120)),
        sa.Column("rating", sa.Integer()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy_activity")),
        sa.ForeignKeyConstraint(["deputy_id"], ["deputy.id"], name=op.f("fk_deputy_activity_deputy_id")),
        sa.ForeignKeyConstraint(["event_id"], ["deputy_activity.id"], name=op.f("fk_deputy_activity_event_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_deputy_activity_region_code")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_deputy_activity_station_id")),
        sa.CheckConstraint("headcount >= 0", name=op.f("ck_deputy_activity_headcount_low")),
        sa.CheckConstraint(
            "kind IN ('STN', 'RPT', 'VIS', 'CON', 'TRN', 'INS', 'STU', 'LEI', 'ATT', 'OBS', 'GRP', 'CAM')",
            name=op.f("ck_deputy_activity_kind"),
        ),
        sa.CheckConstraint("opinions >= 0", name=op.f("ck_deputy_activity_opinions_low")),
        sa.CheckConstraint("people_met >= 0", name=op.f("ck_deputy_activity_people_met_low")),
        sa.CheckConstraint("rating IN (3, 2, 1)", name=op.f("ck_deputy_activity_rating")),
        sa.CheckConstraint("resolved >= 0", name=op.f("ck_deputy_activity_resolved_low")),
        sa.CheckConstraint("to_proposal >= 0", name=op.f("ck_deputy_activity_to_proposal_low")),
        sa.CheckConstraint("deputy_id IS NOT NULL OR headcount IS NOT NULL", name=op.f("ck_deputy_activity_who")),
        **MARIADB,
    )
    op.create_index(
        op.f("ix_deputy_activity_cover"),
        "deputy_activity",
        [
            "region_code",
            "kind",
            "held_on",
            "deputy_id",
            "event_id",
            "station_id",
            "headcount",
            "people_met",
            "opinions",
            "resolved",
            "to_proposal",
        ],
    )
    op.create_index(
        op.f("ix_deputy_activity_deputy_id_held_on_kind"), "deputy_activity", ["deputy_id", "held_on", "kind"]
    )
    op.create_index(
        op.f("ix_deputy_activity_event_id_kind_held_on"), "deputy_activity", ["event_id", "kind", "held_on"]
    )
    op.create_index(op.f("ix_deputy_activity_station_id_held_on"), "deputy_activity", ["station_id", "held_on"])
    op.create_table(
        "proposal",
        sa.Column("id", text(40), nullable=False),
        sa.Column("kind", text(12), nullable=False),
        sa.Column("title", text(300), nullable=False),
        sa.Column("phase", text(12), nullable=False),
        sa.Column("meeting_id", text(40)),
        sa.Column("handling_year", sa.Integer(), nullable=False),
        sa.Column("lead_deputy_id", text(40)),
        sa.Column("cosigner_count", sa.Integer()),
        sa.Column("category", text(12), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("place_code", text(12)),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("assigned_on", sa.Date()),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("competence", text(12), nullable=False),
        sa.Column("is_accepted", sa.Boolean()),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("key_leader", text(120)),
        sa.Column("key_unit", text(40)),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("status", text(12), nullable=False),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.ForeignKeyConstraint(["key_unit"], ["org_unit.id"], name=op.f("fk_proposal_key_unit")),
        sa.ForeignKeyConstraint(["lead_deputy_id"], ["deputy.id"], name=op.f("fk_proposal_lead_deputy_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_proposal_meeting_id")),
        sa.ForeignKeyConstraint(["place_code"], ["region.region_code"], name=op.f("fk_proposal_place_code")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_proposal_region_code")),
        sa.CheckConstraint(
            "category IN ('FIN', 'AGR', 'URB', 'EDU', 'LAW', 'SOC', 'ETH', 'OTH')", name=op.f("ck_proposal_category")
        ),
        sa.CheckConstraint("competence IN ('OWN', 'UP', 'OTHER')", name=op.f("ck_proposal_competence")),
        sa.CheckConstraint("cosigner_count >= 0", name=op.f("ck_proposal_cosigner_count_low")),
        sa.CheckConstraint("kind IN ('SUG', 'BILL', 'BILL_SUG')", name=op.f("ck_proposal_kind")),
        sa.CheckConstraint("phase IN ('IN', 'OUT')", name=op.f("ck_proposal_phase")),
        sa.CheckConstraint(
            "status IN ('PENDING', 'HANDLING', 'REPLIED', 'REHANDLING', 'CLOSED', 'WITHDRAWN', 'MERGED')",
            name=op.f("ck_proposal_status"),
        ),
        **MARIADB,
    )
    op.create_index(op.f("ix_proposal_handling_year_region_code"), "proposal", ["handling_year", "region_code"])
    op.create_index(op.f("ix_proposal_lead_deputy_id"), "proposal", ["lead_deputy_id"])
    op.create_index(op.f("ix_proposal_place_code_handling_year"), "proposal", ["place_code", "handling_year"])
    op.create_index(op.f("ix_proposal_region_code_handling_year"), "proposal", ["region_code", "handling_year"])
    op.create_table(
        "proposal_cosigner",
        sa.Column("proposal_id", text(40), nullable=False),
        sa.Column("deputy_id", text(40), nullable=False),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("proposal_id", "deputy_id", name=op.f("pk_proposal_cosigner")),
        sa.ForeignKeyConstraint(["deputy_id"], ["deputy.id"], name=op.f("fk_proposal_cosigner_deputy_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_cosigner_proposal_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_proposal_cosigner_region_code")),
        **MARIADB,
    )
    op.create_index(op.f("ix_proposal_cosigner_deputy_id"), "proposal_cosigner", ["deputy_id"])
    op.create_table(
        "proposal_handler",
        sa.Column("id", text(40), nullable=False),
        sa.Column("proposal_id", text(40), nullable=False),
        sa.Column("org_unit_id", text(40)),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("role", text(12), nullable=False),
        sa.Column("assigned_on", sa.Date()),
        sa.Column("returned_on", sa.Date()),
        sa.Column("opinion_on", sa.Date()),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_handler")),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_proposal_handler_org_unit_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_handler_proposal_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_proposal_handler_region_code")),
        sa.CheckConstraint("role IN ('LEAD', 'CO', 'SPLIT', 'SOLE')", name=op.f("ck_proposal_handler_role")),
        **MARIADB,
    )
    op.create_index(op.f("ix_proposal_handler_org_unit_id"), "proposal_handler", ["org_unit_id"])
    op.create_index(
        op.f("ix_proposal_handler_proposal_id_role_org_unit_id"),
        "proposal_handler",
        ["proposal_id", "role", "org_unit_id"],
    )
    op.create_table(
        "proposal_reply",
        sa.Column("id", text(40), nullable=False),
        sa.Column("proposal_id", text(40), nullable=False),
        sa.Column("org_unit_id", text(40)),
        sa.Column("region_code", text(12), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=False),
        sa.Column("contacted_on", sa.Date()),
        sa.Column("contact_way", text(12)),
        sa.Column("result_class", text(12)),
        sa.Column("promised_on", sa.Date()),
        sa.Column("fulfilled_on", sa.Date()),
        sa.Column("class_current", text(12)),
        sa.Column("attitude", sa.Integer()),
        sa.Column("result_rating", sa.Integer()),
        sa.Column("rated_on", sa.Date()),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("source_doc", text(300)),
        sa.Column("note", text(300)),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_reply")),
        sa.ForeignKeyConstraint(["org_unit_id"], ["org_unit.id"], name=op.f("fk_proposal_reply_org_unit_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_reply_proposal_id")),
        sa.ForeignKeyConstraint(["region_code"], ["region.region_code"], name=op.f("fk_proposal_reply_region_code")),
        sa.UniqueConstraint(
            "proposal_id", "org_unit_id", "round_no", name=op.f("uq_proposal_reply_proposal_id_org_unit_id_round_no")
        ),
        sa.CheckConstraint("attitude IN (3, 2, 1)", name=op.f("ck_proposal_reply_attitude")),
        sa.CheckConstraint("class_current IN ('A', 'B', 'C', 'D', 'U')", name=op.f("ck_proposal_reply_class_current")),
        sa.CheckConstraint(
            "contact_way IN ('FACE', 'MEET', 'PHONE', 'NET')", name=op.f("ck_proposal_reply_contact_way")
        ),
        sa.CheckConstraint(
            "rated_on IS NOT NULL OR (attitude IS NULL AND result_rating IS NULL)", name=op.f("ck_proposal_reply_rated")
        ),
        sa.CheckConstraint("result_class IN ('A', 'B', 'C', 'D', 'U')", name=op.f("ck_proposal_reply_result_class")),
        sa.CheckConstraint("result_rating IN (3, 2, 1)", name=op.f("ck_proposal_reply_result_rating")),
        sa.CheckConstraint("round_no >= 1", name=op.f("ck_proposal_reply_round_no_low")),
        **MARIADB,
    )
    op.create_index(
        op.f("ix_proposal_reply_proposal_id_round_no_replied_on"),
        "proposal_reply",
        ["proposal_id", "round_no", "replied_on"],
    )


def downgrade() -> None:
    """Remove them, with all they hold."""
    op.drop_table("proposal_reply")
    op.drop_table("proposal_handler")
    op.drop_table("proposal_cosigner")
    op.drop_table("proposal")
    op.drop_table("deputy_activity")
    op.drop_table("supervision_item")
    op.drop_table("resolution")
    op.drop_table("deputy")
    op.drop_table("cadre_change")
    op.drop_table("appraisal")
    op.drop_table("appointment")
    op.drop_table("village")
    op.drop_table("term")
    op.drop_table("station")
    op.drop_table("rule_config")
    op.drop_table("reported_figure")
    op.drop_table("region_shape")
    op.drop_table("party_support")
    op.drop_table("org_unit")
    op.drop_table("normative_doc")
    op.drop_table("meeting")
    op.drop_table("leader_task")
    op.drop_table("import_change")
    op.drop_table("election")
    op.drop_table("budget_item")
    op.drop_table("region")
    op.drop_table("import_log")
