-- 把视图的结果存进通览自己的文件 board.db（SQLite），看板读它；每天夜里运行一遍，要么全换，要么不动。
-- 先建表，只此一次：python -m data_access create --database-url sqlite:///board.db
-- sqlite3 -bail board.db < stored_sqlite.sql

ATTACH 'vendor.db' AS vendor;
BEGIN IMMEDIATE;
-- 本地规则只换视图里有的，别的仍由办公室管。
DELETE FROM main.rule_config WHERE id IN (SELECT id FROM vendor.rule_config);
DELETE FROM main.proposal_reply;
DELETE FROM main.proposal_handler;
DELETE FROM main.proposal;
DELETE FROM main.deputy;
DELETE FROM main.org_unit;
DELETE FROM main.term;
DELETE FROM main.region;
INSERT INTO main.region SELECT * FROM vendor.region;
INSERT INTO main.term SELECT * FROM vendor.term;
INSERT INTO main.org_unit SELECT * FROM vendor.org_unit;
INSERT INTO main.deputy SELECT * FROM vendor.deputy;
INSERT INTO main.proposal SELECT * FROM vendor.proposal;
INSERT INTO main.proposal_handler SELECT * FROM vendor.proposal_handler;
INSERT INTO main.proposal_reply SELECT * FROM vendor.proposal_reply;
INSERT INTO main.rule_config SELECT * FROM vendor.rule_config;
COMMIT;
DETACH vendor;
