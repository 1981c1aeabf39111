-- 只读用户：只看得到视图，看不到厂家的表（里面有手机号）。口令自定。以管理员运行：mariadb < roles_mariadb.sql
CREATE USER renda_board@'%' IDENTIFIED BY 'change-me';
GRANT SELECT, SHOW VIEW ON renda_views.* TO renda_board@'%';
