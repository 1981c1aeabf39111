"""A district's own files into the shared database: read, checked, compared, written, and taken back.

``check`` and ``bring_in`` go the same way: the file is opened (``files``), its cells read (``sheets``, ``cells``,
``headers``) onto a scratch database beside a copy of what is there (``stage``), names resolved, rows compared and rules
asked (``plan``); ``bring_in`` then writes what changed in one transaction (``writing``), and ``undoing`` takes it back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from data_access.engine import reading_once
from data_access.importing.diagnosis import PLACED, doubted
from data_access.importing.files import Progress, opened
from data_access.importing.located import located
from data_access.importing.plan import Plan, planned
from data_access.importing.sheets import read
from data_access.importing.stage import Stage, staged
from data_access.importing.undoing import undo
from data_access.importing.writing import Origin, importing, write
from data_access.text import Text

__all__ = ["Asked", "Outcome", "bring_in", "check", "take_back"]


SAMPLE = Text(
    "这是虚构的示例数据库；本单位的数据请另建一个库，用 DATABASE_URL 指明",
    "This is the database of the fictional sample; put your own data into one of their own, named by DATABASE_URL",
)


@dataclass(frozen=True)
class Asked:
    """What somebody wants of a file: which table it is for where it does not say, its encoding if it is a CSV file,
    whether warnings are accepted and rows it does not have are to be deleted."""

    path: Path
    table: str = ""
    encoding: str = "utf-8"
    accept_warnings: bool = False
    delete_missing: bool = False
    as_of: date | None = None
    name: str = ""  # the file's own name, where the path is that of a copy


@dataclass(frozen=True)
class Outcome:
    """What came of a file: the plan, what to know of the file, and the number of the import if one was made."""

    plan: Plan
    remarks: tuple[Text, ...] = ()
    number: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether nothing was written although something would have changed."""
        return not self.number and not self.plan.is_empty


def check(url: str, asked: Asked, *, tell: Progress | None = None) -> Outcome:
    """What an import of the file would do, without the right to write.

    Raises:
        FileProblem: The file cannot be read.
        DatabaseProblem: The database cannot be read.
    """
    with reading_once(url) as connection:
        return _with_plan(connection, asked, tell, lambda stage, plan: 0)


def bring_in(url: str, asked: Asked, *, who: str, tell: Progress | None = None) -> Outcome:
    """Import the file, wholly or not at all: not with errors in it, nor with warnings nobody accepted.

    Raises:
        FileProblem: The file cannot be read.
        DatabaseProblem: The database cannot be written, or is being written by somebody else.
    """
    origin = Origin(asked.name or asked.path.name, digest(asked.path), who)
    with importing(url) as connection:

        def keep(stage: Stage, plan: Plan) -> int:
            if plan.errors or (plan.warnings and not asked.accept_warnings):
                return 0
            now = datetime.now().replace(microsecond=0)
            return write(connection, stage, plan, origin, now=now, tell=tell)

        return _with_plan(connection, asked, tell, keep)


def take_back(url: str, *, who: str) -> tuple[int, str]:
    """Undo the last import; gives its number and file.

    Raises:
        DatabaseProblem: There is none, or what it brought was changed or referred to since.
    """
    with importing(url) as connection:
        return undo(connection, who=who, now=datetime.now().replace(microsecond=0))


def digest(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits; of nothing where there is no file."""
    made = hashlib.sha256()
    if path.is_file():
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                made.update(part)
    return made.hexdigest()


def _with_plan(
    connection: Connection, asked: Asked, tell: Progress | None, keep: Callable[[Stage, Plan], int]
) -> Outcome:
    with opened(asked.path, encoding=asked.encoding, tell=tell) as file, staged(connection) as stage:
        is_sample = _is_fictional(stage)
        found = read(file, stage, table=asked.table, tell=tell)
        found.extend(located(stage))
        found.extend(wrong for name in PLACED if (wrong := doubted(stage, name)))
        as_of = asked.as_of or date.today()
        plan = planned(stage, found, as_of=as_of, delete_missing=asked.delete_missing, tell=tell)
        return Outcome(plan, (SAMPLE,) * is_sample + file.remarks, keep(stage, plan))


def _is_fictional(stage: Stage) -> bool:
    stage.take({"rule_config"})
    return bool(stage.ask("SELECT 1 FROM rule_config WHERE key = 'fictional' AND value IN ('true', '1', '是')"))
