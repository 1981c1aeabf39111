-- 视图：把“代表建议管理系统”译成通览的数据表（SQLite）。从 describe --format sql 印出的骨架填写而成，可反复运行。
-- sqlite3 vendor.db < views_sqlite.sql

-- 对照表：乡镇街道的名称对区划代码；旧名也写上，代表登记的还是“青河乡”。
CREATE TABLE IF NOT EXISTS dzb_xzqh (mc VARCHAR(40) NOT NULL PRIMARY KEY, dm VARCHAR(12) NOT NULL);
DELETE FROM dzb_xzqh;
INSERT INTO dzb_xzqh (mc, dm) VALUES
  ('城关街道', '990103001'), ('青河镇', '990103101'), ('青河乡', '990103101'),
  ('柳湾镇', '990103102'), ('北山乡', '990103201');

DROP VIEW IF EXISTS rule_config;
DROP VIEW IF EXISTS proposal_reply;
DROP VIEW IF EXISTS proposal_handler;
DROP VIEW IF EXISTS proposal;
DROP VIEW IF EXISTS deputy;
DROP VIEW IF EXISTS org_unit;
DROP VIEW IF EXISTS term;
DROP VIEW IF EXISTS region;

-- region 行政区划：厂家没有本区这一行，补上
CREATE VIEW region AS
SELECT
  '990103' AS region_code,
  '澄溪区' AS name,
  'COUNTY' AS level,
  CAST(NULL AS TEXT) AS parent_code,
  CAST(NULL AS TEXT) AS kind,
  1 AS is_congress_unit,
  CAST(NULL AS INTEGER) AS population,
  CAST(NULL AS INTEGER) AS population_year,
  CAST(NULL AS INTEGER) AS village_count,
  CAST(NULL AS REAL) AS lon,
  CAST(NULL AS REAL) AS lat,
  CAST(NULL AS TEXT) AS crs,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  CAST(NULL AS TEXT) AS updated_at
UNION ALL
SELECT
  z.dm AS region_code,
  a.mc AS name,
  'TOWNSHIP' AS level,
  '990103' AS parent_code,
  CASE a.lx WHEN '镇' THEN 'TOWN' WHEN '乡' THEN 'XIANG' WHEN '街道' THEN 'STREET' END AS kind,
  CASE a.lx WHEN '街道' THEN 0 ELSE 1 END AS is_congress_unit,
  a.rk AS population,
  CAST(NULL AS INTEGER) AS population_year,
  CAST(NULL AS INTEGER) AS village_count,
  CAST(NULL AS REAL) AS lon,
  CAST(NULL AS REAL) AS lat,
  CAST(NULL AS TEXT) AS crs,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  CAST(NULL AS TEXT) AS updated_at
FROM xzjd AS a LEFT JOIN dzb_xzqh AS z ON z.mc = a.mc;

-- term 届次
CREATE VIEW term AS
SELECT
  'JC' || a.xh AS id,
  a.jc AS term_no,
  CASE a.jb WHEN '3' THEN 'COUNTY' WHEN '4' THEN 'TOWNSHIP' END AS level,
  CASE a.jb WHEN '3' THEN '990103' ELSE z.dm END AS region_code,
  substr(a.qsrq, 1, 4) || '-' || substr('0' || substr(a.qsrq, 6, instr(substr(a.qsrq, 6), '/') - 1), -2)
    || '-' || substr('0' || substr(a.qsrq, 6 + instr(substr(a.qsrq, 6), '/')), -2) AS start_on,
  substr(a.zzrq, 1, 4) || '-' || substr('0' || substr(a.zzrq, 6, instr(substr(a.zzrq, 6), '/') - 1), -2)
    || '-' || substr('0' || substr(a.zzrq, 6 + instr(substr(a.zzrq, 6), '/')), -2) AS end_on,
  a.me AS quota,
  CAST(NULL AS INTEGER) AS sc_quota,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  CAST(NULL AS TEXT) AS updated_at
FROM jcxx AS a LEFT JOIN dzb_xzqh AS z ON z.mc = a.xzmc;

-- org_unit 单位机构
CREATE VIEW org_unit AS
SELECT
  a.dwdm AS id,
  a.dwmc AS name,
  '990103' AS region_code,
  CASE a.lb WHEN '1' THEN 'GOV' WHEN '2' THEN 'PTY' WHEN '3' THEN 'VER' WHEN '9' THEN 'PC' END AS system,
  CASE a.lb WHEN '9' THEN 'COM' ELSE 'HDL' END AS kind,
  CAST(NULL AS TEXT) AS set_up_on,
  CAST(NULL AS TEXT) AS closed_on,
  CAST(NULL AS INTEGER) AS posts,
  CAST(NULL AS INTEGER) AS staff,
  CAST(NULL AS INTEGER) AS vice_chair,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  CAST(NULL AS TEXT) AS updated_at
FROM cbdw AS a;

-- deputy 代表：不带手机号
CREATE VIEW deputy AS
SELECT
  a.dbh AS id,
  a.xm AS name,
  CASE a.jb WHEN '3' THEN 'COUNTY' WHEN '4' THEN 'TOWNSHIP' END AS level,
  a.jc AS term_no,
  -- 用 LEFT JOIN：名称对不上的留空，核对时会列出；用 JOIN 就悄悄少了人
  z.dm AS region_code,
  CAST(NULL AS TEXT) AS constituency,
  CASE a.xb WHEN '1' THEN 'M' WHEN '2' THEN 'F' END AS gender,
  a.mz AS ethnicity,
  CASE a.zzmm WHEN '中共党员' THEN 'CPC' WHEN '民主党派' THEN 'DEM' WHEN '无党派人士' THEN 'NON' WHEN '群众' THEN 'MAS'
    ELSE a.zzmm END AS party,
  CAST(substr(a.csny, 1, 4) AS INTEGER) AS birth_year,
  CASE a.xl WHEN '研究生' THEN 'PG' WHEN '大学' THEN 'BA' WHEN '大专' THEN 'JC' WHEN '高中' THEN 'SEC'
    ELSE a.xl END AS education,
  CASE a.zy WHEN '工人' THEN 'WRK' WHEN '农民' THEN 'FRM' WHEN '教师' THEN 'TEC' WHEN '干部' THEN 'CAD'
    WHEN '企业主' THEN 'ENT' ELSE a.zy END AS occupation,
  -- 厂家没有这一列，由职业推出
  CASE WHEN a.zy IN ('工人', '农民', '教师') THEN 1 ELSE 0 END AS is_grassroots,
  CAST(NULL AS INTEGER) AS is_reelected,
  CAST(NULL AS TEXT) AS sc_role,
  CAST(NULL AS TEXT) AS contact_member,
  -- 厂家不记任职起，取本届起始日
  t.start_on AS start_on,
  substr(a.zzrq, 1, 4) || '-' || substr('0' || substr(a.zzrq, 6, instr(substr(a.zzrq, 6), '/') - 1), -2)
    || '-' || substr('0' || substr(a.zzrq, 6 + instr(substr(a.zzrq, 6), '/')), -2) AS end_on,
  CASE a.zzyy WHEN '届满' THEN 'TERM' WHEN '调离' THEN 'MOVED' WHEN '辞职' THEN 'RESIGN' WHEN '去世' THEN 'DEATH'
    ELSE a.zzyy END AS end_reason,
  CAST(NULL AS TEXT) AS station_id,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  CAST(NULL AS TEXT) AS updated_at
FROM dbxx AS a
LEFT JOIN dzb_xzqh AS z ON z.mc = a.szxz
LEFT JOIN term AS t ON t.term_no = a.jc
  AND ((a.jb = '3' AND t.level = 'COUNTY') OR (a.jb = '4' AND t.level = 'TOWNSHIP' AND t.region_code = z.dm))
WHERE a.scbz = 0;

-- proposal 议案建议
CREATE VIEW proposal AS
SELECT
  a.jybh AS id,
  CASE a.lb WHEN '1' THEN 'SUG' WHEN '2' THEN 'BILL' WHEN '3' THEN 'BILL_SUG' END AS kind,
  a.bt AS title,
  CASE a.hy WHEN '1' THEN 'IN' WHEN '0' THEN 'OUT' END AS phase,
  CAST(NULL AS TEXT) AS meeting_id,
  a.nd AS handling_year,
  a.lxdb AS lead_deputy_id,
  a.lmrs AS cosigner_count,
  -- 写 ELSE：没译到的说法，核对时会按名列出
  CASE a.fl WHEN '财经' THEN 'FIN' WHEN '农业' THEN 'AGR' WHEN '城建' THEN 'URB' WHEN '教育' THEN 'EDU' WHEN '文旅' THEN 'EDU'
    WHEN '法治' THEN 'LAW' WHEN '其他' THEN 'OTH' ELSE a.fl END AS category,
  z.dm AS region_code,
  CAST(NULL AS TEXT) AS place_code,
  -- 有几件写成 2025.3.18，下面先换成 /
  substr(a.tc, 1, 4) || '-' || substr('0' || substr(a.tc, 6, instr(substr(a.tc, 6), '/') - 1), -2)
    || '-' || substr('0' || substr(a.tc, 6 + instr(substr(a.tc, 6), '/')), -2) AS submitted_on,
  date(a.jbsj) AS assigned_on,
  CASE a.yq WHEN 'Y' THEN 1 ELSE 0 END AS extended,
  CAST(NULL AS TEXT) AS due_on,
  CASE a.sq WHEN '本级' THEN 'OWN' WHEN '上级' THEN 'UP' END AS competence,
  CAST(NULL AS INTEGER) AS is_accepted,
  CASE a.zd WHEN 1 THEN 1 ELSE 0 END AS is_key,
  NULLIF(a.dbld, '') AS key_leader,
  CAST(NULL AS TEXT) AS key_unit,
  CASE a.gk WHEN 'Y' THEN 1 ELSE 0 END AS is_public,
  CASE a.zt WHEN '待交办' THEN 'PENDING' WHEN '办理中' THEN 'HANDLING' WHEN '已答复' THEN 'REPLIED' WHEN '办结' THEN 'CLOSED'
    WHEN '撤回' THEN 'WITHDRAWN' ELSE a.zt END AS status,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  a.xgsj AS updated_at
FROM (SELECT *, replace(tcrq, '.', '/') AS tc FROM jianyi) AS a
LEFT JOIN dbxx AS d ON d.dbh = a.lxdb
LEFT JOIN dzb_xzqh AS z ON z.mc = d.szxz
WHERE a.scbz = 0;

-- proposal_handler 承办：主办在建议那一行，协办在另一张表
CREATE VIEW proposal_handler AS
SELECT
  a.jybh || '-' || a.zbdw AS id,
  a.jybh AS proposal_id,
  a.zbdw AS org_unit_id,
  '990103' AS region_code,
  CASE WHEN EXISTS (SELECT 1 FROM jy_xbdw AS x WHERE x.jybh = a.jybh) THEN 'LEAD' ELSE 'SOLE' END AS role,
  date(a.jbsj) AS assigned_on,
  CAST(NULL AS TEXT) AS returned_on,
  CAST(NULL AS TEXT) AS opinion_on,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  a.xgsj AS updated_at
FROM jianyi AS a
WHERE a.scbz = 0 AND a.zbdw IS NOT NULL AND a.jbsj IS NOT NULL
UNION ALL
SELECT
  b.jybh || '-' || b.dwdm AS id,
  b.jybh AS proposal_id,
  b.dwdm AS org_unit_id,
  '990103' AS region_code,
  'CO' AS role,
  date(a.jbsj) AS assigned_on,
  CAST(NULL AS TEXT) AS returned_on,
  date(b.yjsj) AS opinion_on,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  a.xgsj AS updated_at
FROM jy_xbdw AS b JOIN jianyi AS a ON a.jybh = b.jybh
WHERE a.scbz = 0;

-- proposal_reply 答复评价：厂家记在同一行的两次答复，这里是两行
CREATE VIEW proposal_reply AS
SELECT
  a.jybh || '-1' AS id,
  a.jybh AS proposal_id,
  a.zbdw AS org_unit_id,
  '990103' AS region_code,
  1 AS round_no,
  date(a.dfsj) AS replied_on,
  date(a.gtsj) AS contacted_on,
  CASE a.gtfs WHEN '面谈' THEN 'FACE' WHEN '座谈' THEN 'MEET' WHEN '电话' THEN 'PHONE' ELSE a.gtfs END AS contact_way,
  CASE a.dflb WHEN '1' THEN 'A' WHEN '2' THEN 'B' WHEN '3' THEN 'B' WHEN '4' THEN 'D' WHEN '5' THEN 'U' END AS result_class,
  CASE WHEN a.cnrq <> '' THEN substr(a.cnrq, 1, 4) || '-' || substr('0' || substr(a.cnrq, 6, instr(substr(a.cnrq, 6), '/') - 1), -2)
    || '-' || substr('0' || substr(a.cnrq, 6 + instr(substr(a.cnrq, 6), '/')), -2) END AS promised_on,
  CASE WHEN a.wcrq <> '' THEN substr(a.wcrq, 1, 4) || '-' || substr('0' || substr(a.wcrq, 6, instr(substr(a.wcrq, 6), '/') - 1), -2)
    || '-' || substr('0' || substr(a.wcrq, 6 + instr(substr(a.wcrq, 6), '/')), -2) END AS fulfilled_on,
  CAST(NULL AS TEXT) AS class_current,
  CAST(NULL AS INTEGER) AS attitude,
  -- 未评的留空，不算不满意
  CASE a.myd WHEN '满意' THEN 3 WHEN '较满意' THEN 2 WHEN '不满意' THEN 1 END AS result_rating,
  date(a.pjsj) AS rated_on,
  CASE a.gk WHEN 'Y' THEN 1 ELSE 0 END AS is_published,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  a.xgsj AS updated_at
FROM jianyi AS a
WHERE a.scbz = 0 AND a.dfsj IS NOT NULL
UNION ALL
SELECT
  a.jybh || '-2' AS id,
  a.jybh AS proposal_id,
  a.zbdw AS org_unit_id,
  '990103' AS region_code,
  2 AS round_no,
  date(a.ecdfsj) AS replied_on,
  CAST(NULL AS TEXT) AS contacted_on,
  CAST(NULL AS TEXT) AS contact_way,
  CASE a.ecdflb WHEN '1' THEN 'A' WHEN '2' THEN 'B' WHEN '3' THEN 'B' WHEN '4' THEN 'D' WHEN '5' THEN 'U' END AS result_class,
  CAST(NULL AS TEXT) AS promised_on,
  CAST(NULL AS TEXT) AS fulfilled_on,
  CAST(NULL AS TEXT) AS class_current,
  CAST(NULL AS INTEGER) AS attitude,
  CASE a.ecmyd WHEN '满意' THEN 3 WHEN '较满意' THEN 2 WHEN '不满意' THEN 1 END AS result_rating,
  date(a.ecpjsj) AS rated_on,
  CASE a.gk WHEN 'Y' THEN 1 ELSE 0 END AS is_published,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  a.xgsj AS updated_at
FROM jianyi AS a
WHERE a.scbz = 0 AND a.ecdfsj IS NOT NULL;

-- rule_config 本地规则
CREATE VIEW rule_config AS
SELECT
  'G1' AS id,
  '990103' AS region_code,
  'region_code' AS "key",
  '990103' AS value,
  CAST(NULL AS TEXT) AS basis,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  CAST(NULL AS TEXT) AS updated_at
UNION ALL
SELECT
  'G2' AS id,
  '990103' AS region_code,
  'region_name' AS "key",
  '澄溪区' AS value,
  CAST(NULL AS TEXT) AS basis,
  CAST(NULL AS TEXT) AS source_doc,
  CAST(NULL AS TEXT) AS note,
  CAST(NULL AS TEXT) AS updated_at;
