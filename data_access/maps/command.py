"""What the command line does with maps: check a map file, import it, write one."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from data_access.engine import reading_once
from data_access.importing import Outcome
from data_access.importing.command import NO_SUCH_FOLDER, PRINTED, ended, summary
from data_access.importing.problems import FileProblem
from data_access.maps import KINDS, Asked, bring_in, check, written
from data_access.maps.naming import Fields
from data_access.maps.shapes import About

MOST_KM2 = 10_000_000.0


def add_to(commands: Any, with_database: Callable[[argparse.ArgumentParser], None], day: Callable[[str], date]) -> None:
    """Add ``check-map``, ``import-map`` and ``export-map`` to the command line."""
    for name, run, words in (
        ("check-map", check_map, "核对地图文件（GeoJSON 或打包的 Shapefile），不写入"),
        ("import-map", import_map, "核对并导入地图文件，全部成功或全不改动；撤销用 undo"),
    ):
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(command=run)
        made.add_argument("file", type=Path, metavar="文件")
        _add_options(made, day)
        with_database(made)
        if name == "import-map":
            made.add_argument("--accept-warnings", action="store_true", help="有提醒也导入")
            made.add_argument("--who", default="", metavar="姓名", help="导入人，缺省为当前系统用户")
    made = commands.add_parser("export-map", help="导出地图文件", description="把图形、村或站点导出为 GeoJSON")
    made.set_defaults(command=export_map)
    made.add_argument("--out", type=Path, required=True, metavar="文件")
    made.add_argument("--kind", choices=KINDS, default="shapes", help="shapes 图形；villages 村；stations 站点")
    with_database(made)


def _add_options(made: argparse.ArgumentParser, day: Callable[[str], date]) -> None:
    made.add_argument(
        "--system",
        default="",
        metavar="坐标系",
        help="CGCS2000、WGS84、GCJ02（高德、腾讯）、BD09（百度）或 FICTIONAL（虚构）；不猜测，没有缺省",
    )
    made.add_argument("--kind", choices=KINDS, default="", help="shapes 乡镇图形；villages 村（社区）；stations 站点")
    made.add_argument(
        "--encoding", default="", metavar="编码", help="Shapefile 属性表的编码（gbk、utf-8），有 .cpg 可不填"
    )
    made.add_argument("--layer", default="", metavar="图层", help="ZIP 里有几个图层时指定一个")
    made.add_argument("--code-field", default="", metavar="字段", help="区划代码所在的属性字段")
    made.add_argument("--name-field", default="", metavar="字段", help="名称所在的属性字段")
    made.add_argument("--area", type=_area, default=None, metavar="平方公里", help="公布的总面积，用来核对")
    made.add_argument("--source", default="", metavar="单位", help="提供图形的单位")
    made.add_argument("--source-date", type=day, default=None, metavar="日期", help="图形的现势日期")
    made.add_argument("--approval", default="", metavar="审图号", help="公开使用时须有")
    made.add_argument("--simplify", action="store_true", help="顶点超过20万时同意先化简")
    made.add_argument("--until", type=day, default=date.today(), metavar="日期", help="数据截至日，缺省为今天")


def check_map(asked: argparse.Namespace) -> int:
    """Print what is wrong in a map file and what an import would do; errors make the exit code 1."""
    outcome = check(asked.database_url, _asked(asked))
    _report(outcome)
    return 1 if outcome.plan.errors else 0


def import_map(asked: argparse.Namespace) -> int:
    """Import a map file wholly or not at all; the exit code is 1 where nothing was imported that should have been."""
    outcome = bring_in(asked.database_url, _asked(asked), who=asked.who or getpass.getuser())
    _report(outcome)
    return ended(outcome)


def export_map(asked: argparse.Namespace) -> int:
    """Write shapes, villages or stations as GeoJSON."""
    if not asked.out.absolute().parent.is_dir():
        raise FileProblem(NO_SUCH_FOLDER.filled(name=asked.out.name))
    with reading_once(asked.database_url) as connection:
        text = written.geojson(connection, asked.kind)
    asked.out.write_text(text, encoding="utf-8")
    print(f"已导出 {asked.out}。")
    return 0


def _asked(asked: argparse.Namespace) -> Asked:
    about = About(
        Fields(asked.code_field, asked.name_field),
        source=asked.source,
        source_date=asked.source_date,
        approval_no=asked.approval,
        area=asked.area,
        simplify=asked.simplify,
    )
    return Asked(
        asked.file,
        system=asked.system,
        kind=asked.kind,
        encoding=asked.encoding,
        layer=asked.layer,
        about=about,
        accept_warnings=getattr(asked, "accept_warnings", False),
        as_of=asked.until,
    )


def _report(outcome: Outcome) -> None:
    for remark in outcome.remarks:
        print(f"【说明】{remark.zh}。")
    problems = outcome.plan.problems
    for problem in problems[:PRINTED]:
        print(problem.say("zh"))
    if len(problems) > PRINTED:
        print(f"……另有 {len(problems) - PRINTED} 项。")
    print(summary(outcome.plan))


def _area(text: str) -> float:
    try:
        area = float(text)
    except ValueError:
        area = 0.0
    if not 0 < area < MOST_KM2:
        raise argparse.ArgumentTypeError(f"“{text}”不是面积，应如 1234.5")
    return area
