"""What the command line does with files: write a template, check a file, import it, take the last import back."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from data_access.engine import reading_once
from data_access.errors import DatabaseProblem
from data_access.importing import Asked, Outcome, bring_in, check, export, marked, take_back, template
from data_access.importing.files import ENCODINGS
from data_access.importing.headers import table_named
from data_access.importing.plan import Plan
from data_access.importing.problems import FileProblem
from data_access.metrics import METRICS
from data_access.tables import TABLES
from data_access.tables.regions import region
from data_access.text import Text

PRINTED = 200  # problems printed one by one; --marked has them all
NO_SUCH_TABLE = Text("没有“{name}”这张表。可选：{names}。", "There is no table “{name}”. Choose one of: {names}.")
NO_SUCH_FOLDER = Text(
    "不能写入“{name}”：没有这个目录或没有权限。", "“{name}” cannot be written: no such folder, or no right to."
)


Command = Callable[[argparse.Namespace], int]


def add_to(commands: Any, with_database: Callable[[argparse.ArgumentParser], None], write_template: Command) -> None:
    """Add ``template``, ``import``, ``export`` and ``undo`` to the command line."""
    made = commands.add_parser("template", help="生成填报模板", description="生成填报模板（XLSX）")
    made.set_defaults(command=write_template)
    made.add_argument("--out", type=Path, default=Path("模板.xlsx"), metavar="文件")
    made.add_argument(
        "--kind", choices=tuple(template.KINDS), default="all", help="all 全部；main 四个主要主题；reported 只填汇总数"
    )
    with_database(made)
    made = commands.add_parser("import", help="导入文件", description="核对并导入 XLSX 或 CSV 文件，全部成功或全不改动")
    made.set_defaults(command=import_file)
    made.add_argument("file", type=Path, metavar="文件")
    add_file_options(made)
    made.add_argument("--accept-warnings", action="store_true", help="有提醒也导入")
    made.add_argument("--delete-missing", action="store_true", help="删除文件里没有的行（先列出）")
    made.add_argument("--who", default="", metavar="姓名", help="导入人，缺省为当前系统用户")
    with_database(made)
    made = commands.add_parser("export", help="导出全部数据", description="把全部数据表导出为可改、可再导入的工作簿")
    made.set_defaults(command=export_all)
    made.add_argument("--out", type=Path, default=Path("全部数据.xlsx"), metavar="文件")
    with_database(made)
    made = commands.add_parser("undo", help="撤销最近一次导入", description="撤销最近一次导入，恢复导入前的数据")
    made.set_defaults(command=undo)
    made.add_argument("--who", default="", metavar="姓名", help="操作人，缺省为当前系统用户")
    with_database(made)


def add_file_options(parser: argparse.ArgumentParser) -> None:
    """What is said of a file, for ``check`` and ``import`` alike."""
    parser.add_argument("--encoding", choices=ENCODINGS, default="utf-8", help="CSV 文件的编码，不会自动猜测")
    parser.add_argument("--table", default="", metavar="表名", help="CSV 文件的内容，缺省看文件名")
    parser.add_argument("--marked", type=Path, metavar="文件", help="把标出问题的副本另存为此文件")


def write_template(
    asked: argparse.Namespace, examples: Mapping[str, Mapping[str, Any]], rules: Sequence[tuple[str, str, str]]
) -> int:
    """Write the workbook to be filled in; with a database at hand, with its townships."""
    metrics = [(metric.key, metric.name.zh, metric.unit.zh) for metric in METRICS.values()]
    _writable(asked.out)
    places = _places(asked.database_url)
    template.write(asked.out, kind=asked.kind, places=places, examples=examples, metrics=metrics, rules=rules)
    print(f"已生成模板 {asked.out}：{len(template.KINDS[asked.kind])} 张表。")
    return 0


def export_all(asked: argparse.Namespace) -> int:
    """Write every table into a workbook that can be corrected and imported again."""
    _writable(asked.out)
    with reading_once(asked.database_url) as connection:
        counts = export.write(connection, asked.out)
    print(f"已导出 {asked.out}：{len(counts)} 张表，{sum(counts.values())} 行。区划图形请用 export-map 导出。")
    return 0


def check_file(asked: argparse.Namespace) -> int:
    """Print what is wrong in a file and what an import would do; errors make the exit code 1."""
    outcome = check(asked.database_url, _asked(asked), tell=_tell)
    _report(asked, outcome)
    return 1 if outcome.plan.errors else 0


def import_file(asked: argparse.Namespace) -> int:
    """Import a file wholly or not at all; the exit code is 1 where nothing was imported that should have been."""
    who = asked.who or getpass.getuser()
    outcome = bring_in(asked.database_url, _asked(asked), who=who, tell=_tell)
    _report(asked, outcome)
    return ended(outcome)


def ended(outcome: Outcome) -> int:
    """Say what became of an import; gives its exit code."""
    if outcome.number:
        print(f"已导入，序号 {outcome.number}。撤销请运行 python -m data_access undo。")
        return 0
    if outcome.plan.errors:
        print("有错误，没有导入，数据库没有改动。")
    elif outcome.is_refused:
        print("有提醒，没有导入。确认无误后加上 --accept-warnings 再运行。")
    else:
        print("没有需要改动的内容。")
        return 0
    return 1


def undo(asked: argparse.Namespace) -> int:
    """Take the last import back."""
    number, name = take_back(asked.database_url, who=asked.who or getpass.getuser())
    print(f"已撤销第 {number} 次导入（{name}）。")
    return 0


def _asked(asked: argparse.Namespace) -> Asked:
    found = table_named(asked.table) if asked.table else None
    if asked.table and found is None:
        names = "、".join(table.info["title"].zh for table in TABLES.values())
        raise FileProblem(NO_SUCH_TABLE.filled(name=asked.table, names=names))
    if asked.marked:
        _writable(asked.marked)
    return Asked(
        asked.file,
        table=found.name if found is not None else "",
        encoding=asked.encoding,
        accept_warnings=getattr(asked, "accept_warnings", False),
        delete_missing=getattr(asked, "delete_missing", False),
        as_of=getattr(asked, "until", None),
    )


def _report(asked: argparse.Namespace, outcome: Outcome) -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for remark in outcome.remarks:
        print(f"【说明】{remark.zh}。")
    problems = outcome.plan.problems
    for problem in problems[:PRINTED]:
        print(problem.say("zh"))
    if len(problems) > PRINTED:
        print(f"……另有 {len(problems) - PRINTED} 项，加上 --marked 文件名 可全部列出。")
    print(summary(outcome.plan))
    if asked.marked and problems:
        marked.write(asked.file, problems, asked.marked, encoding=asked.encoding)
        print(f"标出问题的副本：{asked.marked}")


def summary(plan: Plan) -> str:
    """The plan in a few lines."""
    lines = [
        f"{TABLES[change.table].info['title'].zh}：新增 {change.new}，更新 {change.changed}，未变 {change.same}，"
        f"库中另有 {change.gone}"
        for change in plan.changes
    ]
    gone = [f"将删除{TABLES[name].info['title'].zh}：{'、'.join(rows)}" for name, rows in plan.deleted.items()]
    return "\n".join((*lines, *gone, f"错误 {plan.errors} 项，提醒 {plan.warnings} 项。"))


def _tell(what: Text, done: int, count: int) -> None:
    if not sys.stderr.isatty():
        return  # a file or a mail would hold every step
    share = f"{min(100, done * 100 // count):3d}%" if count else f"{done} 行"
    print(f"\r{what.zh} {share}\033[K", end="", file=sys.stderr, flush=True)


def _places(url: str) -> list[tuple[str, str]]:
    """Townships of the database, if there is one: a template can be had before it."""
    try:
        with reading_once(url) as connection:
            rows = select(region.c.region_code, region.c.name).where(region.c.level == "TOWNSHIP")
            return [(code, name) for code, name in connection.execute(rows.order_by(region.c.region_code))]
    except DatabaseProblem:
        return []


def _writable(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise FileProblem(NO_SUCH_FOLDER.filled(name=path.name))
