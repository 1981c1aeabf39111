-- 把视图的结果存成表（MariaDB），另放一个库 renda_stored，看板读它；每天夜里运行一遍。
-- mariadb --default-character-set=utf8mb4 < stored_mariadb.sql

CREATE DATABASE IF NOT EXISTS renda_stored CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
USE renda_stored;
CREATE OR REPLACE TABLE region (PRIMARY KEY (region_code)) AS SELECT * FROM renda_views.region;
CREATE OR REPLACE TABLE term (PRIMARY KEY (id)) AS SELECT * FROM renda_views.term;
CREATE OR REPLACE TABLE org_unit (PRIMARY KEY (id)) AS SELECT * FROM renda_views.org_unit;
CREATE OR REPLACE TABLE deputy (PRIMARY KEY (id)) AS SELECT * FROM renda_views.deputy;
CREATE OR REPLACE TABLE proposal (PRIMARY KEY (id), INDEX (handling_year)) AS SELECT * FROM renda_views.proposal;
CREATE OR REPLACE TABLE proposal_handler (PRIMARY KEY (id), INDEX (proposal_id)) AS SELECT * FROM renda_views.proposal_handler;
CREATE OR REPLACE TABLE proposal_reply (PRIMARY KEY (id), INDEX (proposal_id)) AS SELECT * FROM renda_views.proposal_reply;
CREATE OR REPLACE TABLE rule_config (PRIMARY KEY (id)) AS SELECT * FROM renda_views.rule_config;
GRANT SELECT ON renda_stored.* TO renda_board@'%';
