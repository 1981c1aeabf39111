-- 把视图的结果存成物化视图（PostgreSQL），放在模式 renda；只运行一次，以后每天夜里运行 refresh_postgresql.sql。
-- psql -v ON_ERROR_STOP=1 -d dbjy -f stored_postgresql.sql

CREATE SCHEMA renda;
SET search_path = renda;
CREATE MATERIALIZED VIEW region AS SELECT * FROM renda_views.region;
CREATE MATERIALIZED VIEW term AS SELECT * FROM renda_views.term;
CREATE MATERIALIZED VIEW org_unit AS SELECT * FROM renda_views.org_unit;
CREATE MATERIALIZED VIEW deputy AS SELECT * FROM renda_views.deputy;
CREATE MATERIALIZED VIEW proposal AS SELECT * FROM renda_views.proposal;
CREATE MATERIALIZED VIEW proposal_handler AS SELECT * FROM renda_views.proposal_handler;
CREATE MATERIALIZED VIEW proposal_reply AS SELECT * FROM renda_views.proposal_reply;
CREATE MATERIALIZED VIEW rule_config AS SELECT * FROM renda_views.rule_config;
CREATE UNIQUE INDEX ix_region_region_code ON region (region_code);
CREATE UNIQUE INDEX ix_term_id ON term (id);
CREATE UNIQUE INDEX ix_org_unit_id ON org_unit (id);
CREATE UNIQUE INDEX ix_deputy_id ON deputy (id);
CREATE UNIQUE INDEX ix_proposal_id ON proposal (id);
CREATE UNIQUE INDEX ix_proposal_handler_id ON proposal_handler (id);
CREATE UNIQUE INDEX ix_proposal_reply_id ON proposal_reply (id);
CREATE UNIQUE INDEX ix_rule_config_id ON rule_config (id);
CREATE INDEX ix_proposal_handling_year ON proposal (handling_year);
CREATE INDEX ix_proposal_handler_proposal_id ON proposal_handler (proposal_id);
CREATE INDEX ix_proposal_reply_proposal_id ON proposal_reply (proposal_id);
GRANT USAGE ON SCHEMA renda TO renda_board;
GRANT SELECT ON ALL TABLES IN SCHEMA renda TO renda_board;
