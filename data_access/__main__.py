"""``python -m data_access``: make and upgrade the tables, fill the sample district, check, import files."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import func, inspect, select
from sqlalchemy.engine import make_url

import sample_data
from data_access.compare import as_json, compare, in_words
from data_access.describing import command as describing
from data_access.engine import DEFAULT_URL, analyse, place_of, reading_engine, reading_once, writing_once
from data_access.errors import DatabaseProblem, RendaError
from data_access.importing import command as files
from data_access.maps import command as maps
from data_access.tables import TABLES, metadata
from data_access.text import Text
from data_access.upgrading import stamp, stamp_if_whole, upgrade, warning

UNREACHABLE = 3
NOT_EMPTY = Text(
    "数据库 {place} 已有数据，未作改动。确认不再需要时，加上 --replace 重新生成。",
    "The database {place} already has rows and was left alone. Add --replace to make it anew.",
)
NOT_WRITABLE = Text(
    "不能写入 {place}({why})。请检查目录是否存在、是否可写。",
    "{place} cannot be written ({why}). See that its folder exists and can be written to.",
)
NO_SUCH_DAY = Text(
    "示例数据始于2021年,--until 不能早于 {first}。", "The sample starts in 2021; --until cannot be before {first}."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 done, 1 something does not fit or failed, 2 wrong arguments."""
    asked = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = asked.command
    try:
        return command(asked)
    except RendaError as error:
        print(error.say("zh"), file=sys.stderr)
    except OSError as error:
        print(NOT_WRITABLE("zh", place=place_of(asked.database_url), why=error.strerror), file=sys.stderr)
    return 1


def create(asked: argparse.Namespace) -> int:
    """Make the tables that are missing; the others stay as they are."""
    with writing_once(asked.database_url) as connection:
        if outdated := warning(connection):
            raise DatabaseProblem(outdated)
        before = set(inspect(connection).get_table_names())
        metadata.create_all(connection)
        stamp_if_whole(connection)
    made = [name for name in TABLES if name not in before]
    print(f"已在 {place_of(asked.database_url)} 建表 {len(made)} 张，原有 {len(TABLES) - len(made)} 张未动。")
    return 0


def upgrade_tables(asked: argparse.Namespace) -> int:
    """Bring the tables to this program's version, or the one asked for."""
    found, reached = upgrade(_checked(asked.database_url), to=asked.to, down=asked.down)
    place = place_of(asked.database_url)
    before = f"版本 {found}" if found else "没有版本记录"
    done = f"已是版本 {reached}，未作改动。" if found == reached else f"{before}，现为版本 {reached}。"
    print(f"{place}：{done}")
    return 0


def sample(asked: argparse.Namespace) -> int:
    """Fill a database with the sample district: wholly or not at all."""
    url = make_url(_checked(asked.database_url))
    if asked.until < sample_data.EARLIEST:
        raise DatabaseProblem(NO_SUCH_DAY.filled(first=sample_data.EARLIEST.isoformat()))
    is_file = url.get_backend_name() == "sqlite" and bool(url.database)
    if not asked.replace and (not is_file or Path(str(url.database)).exists()) and _has_rows(asked.database_url):
        raise DatabaseProblem(NOT_EMPTY.filled(place=place_of(url)))
    rows = _fill_file(Path(str(url.database)), asked) if is_file else _filled(asked.database_url, asked)
    print(f"已在 {place_of(url)} 生成示例数据 {sum(rows.values())} 行，截至 {asked.until}。")
    return 0


def template(asked: argparse.Namespace) -> int:
    """Write the workbook to be filled in; its examples are the fictional district's fullest records."""
    rows = sample_data.district(until=date.today())
    examples = {name: max(made, key=_filled_cells) for name, made in rows.items() if made}
    rules = [(rule["key"], rule["value"], rule["basis"]) for rule in rows["rule_config"] if rule["key"] != "fictional"]
    return files.write_template(asked, examples, rules)


def check_what(asked: argparse.Namespace) -> int:
    """Check a file if one is named, else the database."""
    return files.check_file(asked) if asked.file else check_database(asked)


def check_database(asked: argparse.Namespace) -> int:
    """Print what does not fit the description and what it costs.

    Gives the exit code: 0 it fits (warnings aside), 1 there are errors, 3 the database cannot be asked.
    """
    try:
        with reading_once(asked.database_url) as connection:
            found = compare(connection, as_of=asked.until, partial=asked.partial)
    except DatabaseProblem as problem:
        print(problem.say("zh"), file=sys.stderr)
        return UNREACHABLE
    print(as_json(found) if asked.format == "json" else in_words(found))
    return 1 if found.errors else 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"参数有误：{message}\n用法见 python -m data_access --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m data_access", description="建表、升级、生成示例数据、核对、导入和撤销")
    commands = parser.add_subparsers(required=True, metavar="命令")
    for name, run, words in (
        ("create", create, "按说明建立缺少的数据表"),
        ("upgrade", upgrade_tables, "把数据表升级到本程序的版本，数据保留"),
        ("sample", sample, "生成虚构的示例区数据"),
        ("check", check_what, "核对数据库与说明是否一致；给出文件名时核对文件"),
    ):
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(command=run)
        _with_database(added)
        if name == "upgrade":
            added.add_argument("--to", default="", metavar="版本", help="缺省为本程序的版本")
            added.add_argument("--down", action="store_true", help="允许退回旧版本，新版本才有的内容会丢失")
        if name in ("sample", "check"):
            added.add_argument(
                "--until", type=_day, default=date.today(), metavar="日期", help="数据截至日，缺省为今天"
            )
        if name == "sample":
            added.add_argument("--seed", type=int, default=sample_data.SEED, metavar="整数", help="随机种子")
            added.add_argument("--replace", action="store_true", help="已有数据时清空重做")
        if name == "check":
            added.add_argument("file", nargs="?", type=Path, metavar="文件", help="要核对的 XLSX 或 CSV 文件")
            added.add_argument(
                "--format", choices=("text", "json"), default="text", help="核对数据库的结果：文字，或供脚本用的 JSON"
            )
            added.add_argument("--partial", action="store_true", help="数据库只有一部分数据表：缺表只提醒，不算错误")
            files.add_file_options(added)
    files.add_to(commands, _with_database, template)
    describing.add_to(commands)
    maps.add_to(commands, _with_database, _day)
    return parser


def _with_database(parser: argparse.ArgumentParser) -> None:
    # An empty setting counts as none.
    default = os.environ.get("DATABASE_URL", "").strip() or DEFAULT_URL
    parser.add_argument("--database-url", default=default, metavar="地址", help="缺省为环境变量 DATABASE_URL")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应如 2026-06-30") from error


def _checked(url: str) -> str:
    # Refuses an address nobody can use before anything is made of it.
    reading_engine(url)
    return url


def _has_rows(url: str) -> bool:
    with reading_once(url) as connection:
        present = [TABLES[name] for name in inspect(connection).get_table_names() if name in TABLES]
        counts = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in present]
    return any(counts)


def _fill_file(path: Path, asked: argparse.Namespace) -> dict[str, int]:
    """Fill a file beside its place and move it there: readers see the old database or the new one, nothing between."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        rows = _filled(f"sqlite:///{unfinished}", asked)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


def _filled_cells(row: Mapping[str, Any]) -> int:
    return sum(value is not None for value in row.values())


def _filled(url: str, asked: argparse.Namespace) -> dict[str, int]:
    """Tables and rows in one transaction, after the old tables are gone if they are to be replaced."""
    with writing_once(url) as connection:
        if asked.replace:
            metadata.drop_all(connection)
        metadata.create_all(connection)
        stamp(connection)
        rows = sample_data.fill(connection, until=asked.until, seed=asked.seed)
        analyse(connection)
        return rows


if __name__ == "__main__":
    sys.exit(main())
