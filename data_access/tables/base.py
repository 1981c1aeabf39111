"""What every table shares: one MetaData, columns that describe themselves, keys and checks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Constraint,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects.mysql import LONGTEXT
from sqlalchemy.types import TypeEngine

from data_access.tables import codes
from data_access.tables.codes import Codes
from data_access.text import Text as Words

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)

# Sorted and compared by code point on every database: SQLite does so, a server would ask its own locale.
CODE_POINTS = {"postgresql": "C", "mysql": "utf8mb4_bin", "mariadb": "utf8mb4_bin"}


def _text(length: int) -> TypeEngine[Any]:
    made = String(length)
    for database, order in CODE_POINTS.items():
        made = made.with_variant(String(length, collation=order), database)
    return made


# Lengths are what MariaDB can index in utf8mb4; Chinese characters count as one.
ID = _text(40)
REGION_CODE = _text(12)
NAME = _text(120)
TITLE = _text(300)
CODE = _text(12)
DAY = Date()
COUNT = Integer()
FLAG = Boolean()
NUMBER: Double[float] = Double()
MOMENT = DateTime()
# TEXT of MariaDB ends at 65,535 bytes and is cut silently outside strict mode.
LONG = (
    Text()
    .with_variant(LONGTEXT(collation=CODE_POINTS["mysql"]), "mysql", "mariadb")
    .with_variant(Text(collation=CODE_POINTS["postgresql"]), "postgresql")
)
# MariaDB's own default may be latin1, which has no Chinese.
_MARIADB: dict[str, Any] = {
    f"{database}_{name}": value
    for database in ("mysql", "mariadb")
    for name, value in (("engine", "InnoDB"), ("charset", "utf8mb4"), ("collate", CODE_POINTS[database]))
}

_NO_DEGREES = (
    "请填经纬度（度）：可能是经纬度颠倒，或是投影坐标（米）",
    "Degrees are meant; latitude may stand before longitude, or these are metres",
)


def column(
    name: str,
    kind: TypeEngine[Any],
    header: tuple[str, str],
    meaning: tuple[str, str],
    *,
    rule: tuple[str, str] | None = None,
    key: bool = False,
    required: bool = False,
    of: str | None = None,
    codes: Codes | None = None,
    at_least: int | None = None,
    at_most: int | None = None,
    advice: tuple[str, str] | None = None,
) -> Column[Any]:
    """A column with its words: sheet header, meaning and rule, in Chinese and English.

    ``of`` names the referred column (``"region.region_code"``); ``codes`` the only values allowed;
    ``at_least`` and ``at_most`` the bounds of a number. All three become constraints of the table.
    ``advice`` is what to do about a value out of bounds, where there is more to say than to look again.

    Returns:
        A Column whose ``info`` holds ``header``, ``meaning`` (Text), ``rule``, ``advice`` (Text or None) and ``codes``.
    """
    required = required or key
    info = {
        "header": Words(*header),
        "meaning": Words(*meaning),
        "rule": Words(*rule) if rule else None,
        "codes": codes,
        "required": required,
        "at_least": at_least,
        "at_most": at_most,
        "advice": Words(*advice) if advice else None,
    }
    refers = [ForeignKey(of)] if of else []
    return Column(name, kind, *refers, primary_key=key, nullable=not required, info=info)


def table(name: str, title: tuple[str, str], *parts: Column[Any] | Constraint | Index) -> Table:
    """A table of the description; its words are ``info["title"]`` (Text), also the name of its Excel sheet.

    The codes and bounds of its columns become CHECK constraints of the table, because MariaDB does not let a
    column name its own.
    """
    checks = [check for part in parts if isinstance(part, Column) for check in _checks(part)]
    return Table(name, metadata, *parts, *checks, info={"title": Words(*title)}, **_MARIADB)


def _checks(described: Column[Any]) -> list[CheckConstraint]:
    name, info = described.name, described.info
    rules = []
    if info["codes"] is not None:
        rules.append((f"{name} IN ({info['codes'].sql_list()})", name))
    if info["at_least"] is not None:
        rules.append((f"{name} >= {info['at_least']}", f"{name}_low"))
    if info["at_most"] is not None:
        rules.append((f"{name} <= {info['at_most']}", f"{name}_high"))
    return [CheckConstraint(words, name=short) for words, short in rules]


def coded(
    name: str,
    codes: Codes,
    header: tuple[str, str],
    meaning: tuple[str, str],
    *,
    rule: tuple[str, str] | None = None,
    required: bool = False,
) -> Column[Any]:
    """A column that holds one of the codes of an enumeration, as text or as a small number."""
    kind = COUNT if codes.numeric else CODE
    return column(name, kind, header, meaning, rule=rule, required=required, codes=codes)


def number_column() -> Column[Any]:
    """The key every record carries: the user's own number."""
    return column(
        "id", ID, ("编号", "No."), ("本单位自编的唯一编号", "The office's own number, unique in the table"), key=True
    )


def region_column(meaning: tuple[str, str] = ("所属区划", "The region the record belongs to")) -> Column[Any]:
    """The region a record belongs to: what a reader's scope and the township filter are tested against."""
    return column(
        "region_code", REGION_CODE, ("区划代码", "Region code"), meaning, required=True, of="region.region_code"
    )


def place_columns(of: tuple[str, str]) -> list[Column[Any]]:
    """Where something stands, in CGCS2000, and the pair and system it was given in, kept as they came.

    An import converts once: what is typed under longitude and latitude, in the system of the row, becomes the original.
    """
    zh, en = of
    given = ("换算前的数值，由导入写入", "Before conversion; written by the import")
    return [
        _degrees("lon", 180, ("经度", "Longitude"), (f"{zh}经度；须填坐标系", f"Longitude of {en}, with its system")),
        _degrees("lat", 90, ("纬度", "Latitude"), (f"{zh}纬度；须填坐标系", f"Latitude of {en}, with its system")),
        coded(
            "src_system",
            codes.COORD_SYSTEM,
            ("坐标系", "Coordinate system"),
            (
                "填报经纬度所用坐标系，导入时换算为 CGCS2000",
                "System the coordinates were given in; converted to CGCS2000 on import",
            ),
            rule=("有经纬度必填，否则不定位", "Without it coordinates place nothing"),
        ),
        _degrees("src_lon", 180, ("原始经度", "Longitude as given"), given),
        _degrees("src_lat", 90, ("原始纬度", "Latitude as given"), given),
    ]


def _degrees(name: str, most: int, header: tuple[str, str], meaning: tuple[str, str]) -> Column[Any]:
    return column(name, NUMBER, header, meaning, at_least=-most, at_most=most, advice=_NO_DEGREES)


def record_columns() -> list[Column[Any]]:
    """Where a record comes from and when it was last changed; at the end of every table."""
    return [
        column(
            "source_doc",
            TITLE,
            ("来源文件", "Source document"),
            ("据以填报的文件", "Document the record is taken from"),
        ),
        column("note", TITLE, ("备注", "Note"), ("其他需要说明的情况", "Anything else worth saying")),
        column(
            "updated_at", MOMENT, ("更新时间", "Updated at"), ("最后一次修改的时间", "When the record was last changed")
        ),
    ]
