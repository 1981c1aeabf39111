"""The way in: a read-only engine for the board, a writing one for the command line, and faults as sentences."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from data_access.errors import DatabaseBusy, DatabaseMissing, DatabaseProblem, TableMissing
from data_access.tables import TABLES
from data_access.tables.base import CODE_POINTS
from data_access.text import Text

DEFAULT_URL = "sqlite:///var/renda.db"
STATEMENT_SECONDS = 20
CONNECT_SECONDS = 5
STATEMENTS = 1500  # kept ready: pages ask some three hundred, each in a few shapes

# The drivers that requirements.txt brings, for an address that names only the kind of server.
_DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
_SQLITE_READING = ("query_only=ON", "mmap_size=268435456", "cache_size=-32768", "temp_store=MEMORY")

MISSING_FILE = Text(
    "找不到数据库文件 {place}。请检查设置 DATABASE_URL，或运行 python -m data_access sample 生成示例数据库。",
    "The database file {place} is not there. Check the setting DATABASE_URL, "
    "or run python -m data_access sample to make the sample database.",
)
UNREACHABLE = Text(
    "连接不上数据库 {place}。请检查设置 DATABASE_URL 中的地址、用户名和库名，并确认数据库服务已启动。",
    "The database {place} cannot be reached. Check address, user and database name in the setting DATABASE_URL, "
    "and that the server is running.",
)
REFUSED = Text(
    "数据库 {place} 不接受设置 DATABASE_URL 中的用户名或口令，或不许从本机登录；请核对后重新启动本系统。",
    "The database {place} does not accept the user or the password of the setting DATABASE_URL, or not from this "
    "machine. Correct the setting and start the board again.",
)
NO_DATABASE = Text(
    "服务器上没有数据库 {place}，或该用户不能使用它；请检查设置 DATABASE_URL 中的库名。",
    "The server has no database {place}, or not for this user. Check the database name in the setting DATABASE_URL.",
)
NO_HOST = Text(
    "找不到数据库 {place} 的主机；请检查设置 DATABASE_URL 中的主机名。",
    "The host of the database {place} cannot be found. Check the host name in the setting DATABASE_URL.",
)
UNQUOTED = Text(
    "设置 DATABASE_URL 中的用户名或口令含有 @，要写成 %40（/ 写成 %2F，: 写成 %3A，% 写成 %25）；汉字可以照写。",
    "User or password of the setting DATABASE_URL holds an @, which must be written %40 "
    "(/ as %2F, : as %3A, % as %25); Chinese characters may stand as they are.",
)
BAD_URL = Text(
    "设置 DATABASE_URL 不是可用的数据库地址。例如：sqlite:///var/renda.db 或 postgresql://用户@主机/库名。",
    "The setting DATABASE_URL is not a usable database address. "
    "Examples: sqlite:///var/renda.db or postgresql://user@host/database.",
)
BUSY = Text(
    "数据库 {place} 正忙（被占用或响应过慢），请稍候再试；若经常出现，请检查是否有程序长时间写入。",
    "The database {place} is busy (locked or too slow). Please try again in a moment; "
    "if it happens often, look for a program that writes for long.",
)
NO_TABLE = Text(
    "数据库里没有数据表“{title}”（{name}）。请信息技术同事建立同名的表或视图，"
    "写法见 python -m data_access describe --table {name}。",
    "The database has no table “{title}” ({name}). Have a table or view of that name made; "
    "python -m data_access describe --table {name} prints it.",
)
NO_COLUMN = Text(
    "数据库里没有字段{name}。请信息技术同事补上这一列（没有数据就写 NULL），"
    "写法见 python -m data_access describe，核对用 python -m data_access check。",
    "The database has no column {name}. Have it added (NULL where there is no data); "
    "python -m data_access describe prints it, python -m data_access check compares.",
)
NOT_A_DATABASE = Text(
    "文件 {place} 不是可读的数据库或已损坏。请检查设置 DATABASE_URL，必要时用备份恢复。",
    "The file {place} is not a readable database or is damaged. Check the setting DATABASE_URL, "
    "or restore it from a backup.",
)
READ_ONLY = Text(
    "本系统只读取数据库 {place}，不作任何修改；写入已被拒绝。",
    "The board only reads the database {place}; a change was refused.",
)
OTHER = Text(
    "数据库 {place} 未能回答。请运行 python -m data_access check 核对，并检查设置 DATABASE_URL。",
    "The database {place} could not answer. Run python -m data_access check and look at the setting DATABASE_URL.",
)


def reading_engine(url: str) -> Engine:
    """An engine that cannot change the database.

    SQLite files are opened with ``mode=ro``; sessions of PostgreSQL and MariaDB are set to read-only transactions.
    Nothing is connected yet: a missing database shows at the first query, and heals when it is back.

    Raises:
        DatabaseMissing: ``url`` is not a database address, or its driver is not installed.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _reading_file(parsed)
    engine = _server_engine(parsed)
    event.listen(engine, "connect", _READ_ONLY_SESSIONS[engine.dialect.name])
    return engine


def writing_engine(url: str) -> Engine:
    """An engine for the command line, which makes and fills databases.

    Raises:
        DatabaseMissing: ``url`` is not a database address, or its driver is not installed.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() != "sqlite":
        return _server_engine(parsed)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"))
    return engine


def analyse(connection: Connection) -> None:
    """Let a server count afresh what a large change has left, or it may choose a plan a hundred times too slow.

    PostgreSQL would do so by itself within minutes; the others do it in time.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection to read from; every fault of the database leaves as one of the sentences of ``errors``.

    Raises:
        DatabaseProblem: The database is missing, busy, incomplete or damaged.
    """
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise translate(error, engine.url) from error


@contextmanager
def reading_once(url: str) -> Iterator[Connection]:
    """A connection to read from for one errand: nothing stays open afterwards.

    Raises:
        DatabaseProblem: As ``reading`` does.
    """
    engine = reading_engine(url)
    try:
        with reading(engine) as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def writing_once(url: str) -> Iterator[Connection]:
    """A transaction of a writing engine for one errand; what it changed is kept when the block ends without a fault.

    Raises:
        DatabaseProblem: As ``reading`` does.
    """
    engine = writing_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise translate(error, engine.url) from error
    finally:
        engine.dispose()


def translate(error: SQLAlchemyError, url: URL | str) -> DatabaseProblem:
    """The sentence of a fault: which setting or table, and what to do. Never holds a user's name or password."""
    url = make_url(url)
    place = place_of(url)
    if isinstance(error, PoolTimeout):
        return DatabaseBusy(BUSY.filled(place=place))
    if not isinstance(error, DBAPIError):
        return DatabaseProblem(OTHER.filled(place=place))
    words, code = str(error.orig), _code_of(error)
    if code in _NO_TABLE_CODES or "no such table" in words:
        return _no_table(words)
    if code in _NO_COLUMN_CODES or "no such column" in words:
        return _no_column(words, error.statement or "")
    if code in _BUSY_CODES or "locked" in words or "interrupted" in words:
        return DatabaseBusy(BUSY.filled(place=place))
    if code in _READ_ONLY_CODES or "readonly database" in words:
        return DatabaseProblem(READ_ONLY.filled(place=place))
    if "unable to open database file" in words:
        return DatabaseMissing(MISSING_FILE.filled(place=place))
    if "not a database" in words or "malformed" in words or "disk I/O error" in words:
        return DatabaseProblem(NOT_A_DATABASE.filled(place=place))
    if code in _UNREACHABLE_CODES or (code is None and url.get_backend_name() != "sqlite"):
        return DatabaseMissing(_why_unreachable(error, code).filled(place=place))
    return DatabaseProblem(OTHER.filled(place=place))


def _why_unreachable(error: DBAPIError, code: str | int | None) -> Text:
    """Which part of the address is at fault, where that can be told."""
    # PostgreSQL gives no code before there is a connection; in other languages than English none of this is found.
    words = str(error.orig)
    if code in _REFUSED_CODES or re.search(r'authentication failed|FATAL: +role ".*" does not|pg_hba\.conf', words):
        return REFUSED
    if code in _NO_DATABASE_CODES or re.search(r'FATAL: +database ".*" does not exist', words):
        return NO_DATABASE
    is_unknown = isinstance(getattr(error.orig, "original_exception", None), socket.gaierror)
    return NO_HOST if is_unknown or "failed to resolve host" in words else UNREACHABLE


def place_of(url: URL | str) -> str:
    """Where a database is, fit to be shown: a file, or a server with its database, without user and password."""
    url = make_url(url)
    if url.get_backend_name() == "sqlite":
        shown = unquote((url.database or ":memory:").removeprefix("file:"))
        return os.path.relpath(shown) if Path(shown).is_relative_to(Path.cwd()) else shown
    port = f":{url.port}" if url.port else ""
    return f"{url.get_backend_name()}://{url.host or 'localhost'}{port}/{url.database or ''}"


def is_same_place(one: str, other: str) -> bool:
    """Whether two addresses lead to the same database: the same file, or the same database of the same server."""
    first, second = _parse(one), _parse(other)
    if "sqlite" in (first.get_backend_name(), second.get_backend_name()):
        is_file = first.get_backend_name() == second.get_backend_name()
        files = [os.path.realpath(url.database or "") for url in (first, second)]
        return is_file and (files[0] == files[1] or (_identity(files[0]) or 1) == (_identity(files[1]) or 2))
    return _server_of(first) == _server_of(second)


def _server_of(url: URL) -> tuple[str, str, int, str | None]:
    kind = "postgresql" if url.get_backend_name() == "postgresql" else "mysql"
    host = {"localhost": "127.0.0.1", "::1": "127.0.0.1"}.get(url.host or "localhost", url.host or "127.0.0.1")
    return kind, host.lower(), url.port or {"postgresql": 5432, "mysql": 3306}[kind], url.database


# SQLSTATE of PostgreSQL and error numbers of MariaDB and MySQL.
_NO_TABLE_CODES = {"42P01", 1146}
_NO_COLUMN_CODES = {"42703", 1054}
_BUSY_CODES = {"57014", "55P03", "40P01", "53300", "57P03", 1205, 1213, 1040, 1969, 3024}
_READ_ONLY_CODES = {"25006", 1792}
_REFUSED_CODES = {"28P01", "28000", 1045, 1130, 1698}
_NO_DATABASE_CODES = {"3D000", 1044, 1049}
_UNREACHABLE_CODES = {"57P01", 2002, 2003, 2005, 2006, 2013, *_REFUSED_CODES, *_NO_DATABASE_CODES}


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url.strip())
        if parsed.drivername in _DRIVERS:
            parsed = parsed.set(drivername=_DRIVERS[parsed.drivername])
        parsed.get_dialect().import_dbapi()
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise DatabaseMissing(BAD_URL) from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql", "mysql", "mariadb"):
        raise DatabaseMissing(BAD_URL)
    if "@" in (parsed.host or ""):
        raise DatabaseMissing(UNQUOTED)
    return parsed


def _reading_file(url: URL) -> Engine:
    path = os.path.abspath(url.database or "")
    address = URL.create("sqlite", database="file:" + quote(path), query={"mode": "ro", "uri": "true"})
    engine = create_engine(
        address,
        connect_args={"timeout": CONNECT_SECONDS, "cached_statements": STATEMENTS},
        pool_size=5,
        max_overflow=20,
        pool_use_lifo=True,  # the connection used last has most statements ready
        query_cache_size=STATEMENTS,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info["file"] = _identity(path)
        for pragma in _SQLITE_READING:
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]  # a sqlite3 connection

    @event.listens_for(engine, "checkout")
    def follow(_: object, entry: ConnectionPoolEntry, __: PoolProxiedConnection) -> None:
        # A file replaced by a new one would otherwise be read on, as it was, until the board restarts.
        if entry.info.get("file") != _identity(path):
            raise DisconnectionError(f"{path} was replaced.")

    return engine


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def _server_engine(url: URL) -> Engine:
    is_postgresql = url.get_backend_name() == "postgresql"
    letters: dict[str, str | bytes] = {}
    if not is_postgresql:
        # PyMySQL itself would write a password in Latin letters only.
        letters = {"charset": "utf8mb4", "collation": CODE_POINTS["mysql"], "password": (url.password or "").encode()}
    return create_engine(
        url,
        # For MariaDB the linter does not see joins by a looked-up key, and warns of products that are none.
        enable_from_linting=is_postgresql,
        pool_pre_ping=True,
        pool_recycle=1800,
        connect_args={"connect_timeout": CONNECT_SECONDS, **letters},
        pool_size=10,
        query_cache_size=STATEMENTS,
    )


def _postgresql_session(connection: object, _: ConnectionPoolEntry) -> None:
    _run(
        connection,
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        f"SET statement_timeout = '{STATEMENT_SECONDS}s'",
        # Compiling a statement of many small lookups takes longer than answering it.
        "SET jit = off",
    )


def _mariadb_session(connection: object, _: ConnectionPoolEntry) -> None:
    version = connection.get_server_info()  # type: ignore[attr-defined]  # a PyMySQL connection
    limit = (
        f"SET SESSION max_statement_time = {STATEMENT_SECONDS}"
        if "MariaDB" in version
        else f"SET SESSION max_execution_time = {STATEMENT_SECONDS * 1000}"
    )
    _run(connection, "SET SESSION TRANSACTION READ ONLY", limit)


def _run(connection: object, *statements: str) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # any DB-API connection
    for statement in statements:
        cursor.execute(statement)
    cursor.close()
    connection.commit()  # type: ignore[attr-defined]


_READ_ONLY_SESSIONS = {
    "postgresql": _postgresql_session,
    "mysql": _mariadb_session,
    "mariadb": _mariadb_session,
}


def _no_table(words: str) -> TableMissing:
    name = _name_in(words).rsplit(".", 1)[-1]
    table = TABLES.get(name)
    title = table.info["title"] if table is not None else Text(name, name)
    return TableMissing(Text(NO_TABLE("zh", title=title.zh, name=name), NO_TABLE("en", title=title.en, name=name)))


def _no_column(words: str, statement: str) -> TableMissing:
    alias, _, column = _name_in(words).rpartition(".")
    # A statement may call a table by another name, which would say nothing to a reader.
    named = re.search(rf"\b(\w+) AS {re.escape(alias)}\b", statement) if alias else None
    table = TABLES.get(named[1] if named else alias)
    if table is None or column not in table.c:
        return TableMissing(NO_COLUMN.filled(name=f"“{column}”"))
    title, header = table.info["title"], table.c[column].info["header"]
    where = Text(f"“{title.zh}·{header.zh}”（{table.name}.{column}）", f"“{header.en}” ({table.name}.{column})")
    return TableMissing(Text(NO_COLUMN("zh", name=where.zh), NO_COLUMN("en", name=where.en)))


def _name_in(words: str) -> str:
    """The table or column a driver's message names: "no such table: main.proposal" gives main.proposal."""
    found = re.search(r"no such (?:table|column): ([\w.]+)|['\"]([\w.]+)['\"]|column ([\w.]+) does not exist", words)
    return next(filter(None, found.groups())) if found else ""


def _code_of(error: DBAPIError) -> str | int | None:
    """The server's own code: MariaDB's number, else SQLSTATE as text; None when it never reached a server."""
    first = error.orig.args[0] if error.orig is not None and error.orig.args else None
    if isinstance(first, int):
        return first
    state = getattr(error.orig, "sqlstate", None)
    return state if isinstance(state, str) else None
