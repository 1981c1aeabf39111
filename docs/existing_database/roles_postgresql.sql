-- 只读角色：只看得到视图，看不到厂家的表（里面有手机号）。口令自定。以库的所有者运行：psql -d dbjy -f roles_postgresql.sql
CREATE ROLE renda_board LOGIN PASSWORD 'change-me';
GRANT USAGE ON SCHEMA renda_views TO renda_board;
GRANT SELECT ON ALL TABLES IN SCHEMA renda_views TO renda_board;
ALTER DEFAULT PRIVILEGES IN SCHEMA renda_views GRANT SELECT ON TABLES TO renda_board;
ALTER ROLE renda_board SET search_path = renda_views;
