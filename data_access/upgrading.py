"""The version of a database's tables: which it has, whether that is the program's, and how it gets there."""

from __future__ import annotations

from functools import cache
from numbers import Number
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Inspector, create_engine, inspect
from sqlalchemy.types import TypeEngine

from data_access.engine import place_of
from data_access.errors import DatabaseProblem
from data_access.importing.writing import importing
from data_access.tables import TABLES
from data_access.text import Text

FOLDER = Path(__file__).with_name("migrations")
VERSION_TABLE = "alembic_version"

NOTHING_THERE = Text(
    "数据库 {place} 里没有本系统的数据表。请先运行 python -m data_access create 建表。",
    "The database {place} has none of the tables. Run python -m data_access create first.",
)
NO_MATCH = Text(
    "数据库 {place} 没有版本记录，数据表也与任何版本都不相同（与最接近的版本 {version} 相比缺少：{lacking}），"
    "不能升级。请运行 python -m data_access check 核对；只缺整张表的，先运行 python -m data_access create 补建。",
    "The database {place} has no version on record and its tables are those of none (nearest is {version}, lacking: "
    "{lacking}), so it cannot be upgraded. Run python -m data_access check; where whole tables are missing, "
    "run python -m data_access create first.",
)
OLDER = Text(
    "数据表的版本是 {version}，本程序需要 {wanted}。请先备份，再运行 python -m data_access upgrade。",
    "The tables have version {version}; this program needs {wanted}. Make a backup, then run "
    "python -m data_access upgrade.",
)
NEWER = Text(
    "数据表的版本 {version} 比本程序（{wanted}）新。请更新程序。",
    "The tables' version {version} is newer than this program's ({wanted}). Update the program.",
)
NO_SUCH_VERSION = Text("没有版本 {version}。可选：{known}。", "There is no version {version}. Choose one of: {known}.")
BACKWARDS = Text(
    "从版本 {version} 退回 {wanted} 会丢掉新版本才有的内容。确需退回时，请先备份，再加上 --down。",
    "Going back from version {version} to {wanted} loses what only the newer one holds. Make a backup and add --down.",
)
BROKEN = Text(
    "升级后有记录指向不存在的记录（{tables}），没有改动任何数据。请运行 python -m data_access check 核对。",
    "After the change records would refer to others that are not there ({tables}); nothing was changed. "
    "Run python -m data_access check.",
)


def head() -> str:
    """The version this program needs."""
    return versions()[-1]


@cache
def versions() -> tuple[str, ...]:
    """Every version, the oldest first."""
    return tuple(script.revision for script in _scripts().walk_revisions())[::-1]


def configured(connection: Connection) -> Config:
    """Alembic's settings for that connection, in place of an ``alembic.ini``."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def version(connection: Connection) -> str | None:
    """The version a database has on record; None for one that keeps none."""
    return MigrationContext.configure(connection).get_current_revision()


def warning(connection: Connection) -> Text | None:
    """What is to be said of a database's version: nothing where it is the program's, or where none is kept."""
    found = version(connection)
    if found is None or found == head():
        return None
    return (OLDER if found in versions() else NEWER).filled(version=found, wanted=head())


def stamp(connection: Connection) -> None:
    """Write down that the tables are those of this program."""
    command.stamp(configured(connection), "head")


def stamp_if_whole(connection: Connection) -> None:
    """Write the version down where there is none and the tables have everything this program describes."""
    if version(connection) is None and not _lacking(inspect(connection), head()):
        stamp(connection)


def upgrade(url: str, *, to: str = "", down: bool = False) -> tuple[str | None, str]:
    """Bring a database's tables to a version: this program's, or the one named.

    Rows are kept. SQLite and PostgreSQL change wholly or not at all; MariaDB ends a transaction with every change of
    a table, so a failure leaves it between two versions and it is continued by another call.

    Returns:
        The version found (None where none was on record) and the one reached.

    Raises:
        DatabaseProblem: The database cannot be written, or its tables are those of no version.
    """
    wanted = to or head()
    if wanted not in versions():
        raise DatabaseProblem(NO_SUCH_VERSION.filled(version=wanted, known="、".join(versions())))
    with importing(url) as connection:
        found = version(connection)
        if found is not None and found not in versions():
            raise DatabaseProblem(NEWER.filled(version=found, wanted=head()))
        start = found or _recognised(connection, url)
        if versions().index(wanted) < versions().index(start) and not down:
            raise DatabaseProblem(BACKWARDS.filled(version=start, wanted=wanted))
        _moved(connection, found, start, wanted)
    return found, wanted


def _moved(connection: Connection, found: str | None, start: str, wanted: str) -> None:
    is_file = connection.dialect.name == "sqlite"
    if is_file:
        # A table that is made anew under another name would take the rows that refer to it along.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    config = configured(connection)
    if found is None:
        command.stamp(config, start)
    if versions().index(wanted) < versions().index(start):
        command.downgrade(config, wanted)
    else:
        command.upgrade(config, wanted)
    if is_file and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise DatabaseProblem(BROKEN.filled(tables="、".join(sorted({row[0] for row in broken}))))


def _recognised(connection: Connection, url: str) -> str:
    """The newest version whose tables a database has that keeps no version on record."""
    inspector = inspect(connection)
    if not set(inspector.get_table_names()) & set(TABLES):
        raise DatabaseProblem(NOTHING_THERE.filled(place=place_of(url)))
    lacking = {one: _lacking(inspector, one) for one in reversed(versions())}
    for one, missing in lacking.items():
        if not missing:
            return one
    nearest = min(lacking, key=lambda one: len(lacking[one]))
    shown = "、".join(lacking[nearest][:5]) + ("……" if len(lacking[nearest]) > 5 else "")
    raise DatabaseProblem(NO_MATCH.filled(place=place_of(url), version=nearest, lacking=shown))


def _lacking(inspector: Inspector, wanted: str) -> list[str]:
    """Tables and columns of a version that a database does not have, or has of another kind."""
    return [name for name, kind in _columns_of(wanted).items() if _columns(inspector).get(name) != kind]


def _columns(inspector: Inspector) -> dict[str, str]:
    tables = set(inspector.get_table_names()) - {VERSION_TABLE}
    return {
        f"{table}.{column['name']}": _kind(column["type"])
        for table in sorted(tables)
        for column in inspector.get_columns(table)
    }


@cache
def _columns_of(wanted: str) -> dict[str, str]:
    """Every column of a version and its kind, from a database made for the purpose."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        command.upgrade(configured(connection), wanted)
        return _columns(inspect(connection))


def _kind(kind: TypeEngine[object]) -> str:
    """What a column holds, as far as every database tells: MariaDB keeps claims as small numbers."""
    python = kind.python_type
    return "number" if issubclass(python, Number) else python.__name__


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))
