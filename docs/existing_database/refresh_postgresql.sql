-- 每天夜里换成新的（PostgreSQL），要么全换，要么不动：psql -v ON_ERROR_STOP=1 -1 -d dbjy -f refresh_postgresql.sql

REFRESH MATERIALIZED VIEW renda.region;
REFRESH MATERIALIZED VIEW renda.term;
REFRESH MATERIALIZED VIEW renda.org_unit;
REFRESH MATERIALIZED VIEW renda.deputy;
REFRESH MATERIALIZED VIEW renda.proposal;
REFRESH MATERIALIZED VIEW renda.proposal_handler;
REFRESH MATERIALIZED VIEW renda.proposal_reply;
REFRESH MATERIALIZED VIEW renda.rule_config;
ANALYZE;
