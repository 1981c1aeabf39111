"""Which table a sheet is and which column a header names, however the office writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Column, Table

from data_access.importing.cells import plain
from data_access.tables import TABLES

# Names of columns met in systems of People's Congresses, message boards and letter offices, by table.
ALIASES: dict[str, dict[str, tuple[str, ...]]] = {
    "region": {"region_code": ("行政区划代码", "代码"), "name": ("区划名称", "乡镇名称"), "population": ("人口",)},
    "village": {
        "village_code": ("村代码", "社区代码", "行政区划代码", "统计用区划代码", "代码", "code"),
        "name": ("村名", "社区名称", "村（社区）名称"),
        "region_code": ("乡镇", "乡镇（街道）", "所在乡镇", "所属乡镇", "township"),
        "population": ("人口",),
        "src_system": ("coord_system",),
    },
    "term": {"term_no": ("届次", "届")},
    "meeting": {"held_on": ("召开日期", "开会日期"), "members": ("应到人数",), "attended": ("实到人数",)},
    "org_unit": {"name": ("单位", "机构名称"), "posts": ("编制数",), "staff": ("实有人数",)},
    "deputy": {
        "id": ("代表编号",),
        "name": ("代表姓名", "代表"),
        "region_code": ("所在乡镇", "选区所在", "乡镇"),
        "constituency": ("选区", "选举单位"),
        "ethnicity": ("民族",),
        "party": ("党派", "政治面貌"),
        "birth_year": ("出生年",),
        "education": ("学历", "文化程度"),
        "occupation": ("职业", "职业构成"),
    },
    "proposal": {
        "id": ("建议编号", "诉求编号", "信件编号", "案号", "建议号"),
        "kind": ("建议/议案", "诉求类型", "留言类型"),
        "title": ("案由", "建议标题", "诉求标题", "留言标题", "建议名称"),
        "phase": ("大会期间/闭会期间", "期间"),
        "category": ("分类", "信件一级分类", "建议类别"),
        "lead_deputy_id": ("领衔人", "提建议人", "提案人", "建议人"),
        "cosigner_count": ("附议人数",),
        "region_code": ("代表团", "所在乡镇", "乡镇"),
        "place_code": ("事发地点", "涉及地域"),
        "submitted_on": ("提出时间", "递交时间", "留言时间", "来信时间", "收到日期"),
        "assigned_on": ("交办时间",),
        "due_on": ("办理期限", "答复期限"),
        "is_public": ("公开", "是否公开"),
        "is_key": ("是否重点督办", "重点建议"),
        "status": ("当前信件状态", "办理状态"),
    },
    "proposal_handler": {
        "proposal_id": ("建议编号", "编号（建议）", "信件编号", "诉求编号"),
        "org_unit_id": ("所属部门", "当前信件处理单位", "留言对象", "办理单位"),
        "role": ("主办/会办", "办理方式"),
    },
    "proposal_reply": {
        "proposal_id": ("建议编号", "信件编号", "诉求编号"),
        "org_unit_id": ("回复单位", "承办单位", "办理单位"),
        "replied_on": ("回复时间", "答复时间", "办复日期"),
        "result_class": ("办理结果", "回复类型", "一次解决程度"),
        "attitude": ("一次办理态度", "办理态度"),
        "result_rating": ("满意度", "办理结果评价"),
    },
    "supervision_item": {"held_on": ("开展日期", "日期"), "target_unit": ("监督对象",)},
    "appointment": {"person": ("任免人员",), "decided_on": ("表决日期", "任免时间")},
    "station": {
        "name": ("站点名称", "联络站名称"),
        "region_code": ("乡镇", "乡镇（街道）", "所在乡镇", "所属乡镇", "township"),
        "level": ("类型",),
        "src_system": ("coord_system",),
    },
    "deputy_activity": {"held_on": ("活动日期", "时间"), "deputy_id": ("参加代表",), "station_id": ("站点",)},
    "reported_figure": {"metric_id": ("指标",), "value": ("数", "本年数"), "source_doc": ("来源", "出处")},
}
# Nothing of the board needs them, and the law wants them kept nowhere they are not needed.
PRIVATE = (
    *("手机", "电话", "联系方式", "身份证", "证件号", "住址", "家庭地址", "银行卡", "微信", "邮箱", "群众姓名"),
    *("phone", "mobile", "telephone", "idcard", "identitynumber"),
)


@dataclass(frozen=True)
class Headers:
    """The header row of a sheet, understood.

    ``columns`` maps the place of a cell in its row to the column it fills; ``dropped`` are personal data nobody keeps,
    ``unknown`` headers that name no column, ``twice`` headers that name a column already taken.
    """

    columns: Mapping[int, Column[object]]
    dropped: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


def table_named(name: str) -> Table | None:
    """The table a sheet or a file is meant for, by its title in either language, its name, or a title within a name."""
    folded = fold(name)
    for table in TABLES.values():
        if folded in {fold(table.name), fold(table.info["title"].zh), fold(table.info["title"].en)}:
            return table
    inside = [table for table in TABLES.values() if fold(table.info["title"].zh) in folded]
    return max(inside, key=lambda table: len(table.info["title"].zh), default=None)


def understood(table: Table, cells: Iterable[object]) -> Headers:
    """What each header of a row names."""
    names = _names(table)
    columns: dict[int, Column[object]] = {}
    dropped, unknown, twice = [], [], []
    for place, cell in enumerate(cells):
        header = plain(cell) if cell is not None else ""
        if not header:
            continue
        column = names.get(fold(header))
        if column is None and is_private(header):
            dropped.append(header)
        elif column is None:
            unknown.append(header)
        elif column in columns.values():
            twice.append(header)
        else:
            columns[place] = column
    return Headers(columns, tuple(dropped), tuple(unknown), tuple(twice))


def knows(table: Table, cells: Iterable[object]) -> int:
    """How many headers of a row name a column of the table: which row of a sheet is its header."""
    names = _names(table)
    return sum(1 for cell in cells if cell is not None and fold(plain(cell)) in names)


def is_private(header: str) -> bool:
    """Whether a header speaks of phones, identity numbers, addresses and the like."""
    folded = fold(header)
    return any(word in folded for word in PRIVATE)


def fold(header: str) -> str:
    """A header without what people add to it: spaces, stars, brackets, case."""
    return re.sub(r"[\s*＊()（）\[\]【】:：、,，/—\-_.]", "", plain(header)).casefold()


def _names(table: Table) -> dict[str, Column[object]]:
    """Every way to name a column of the table; its own header goes before an alias of another."""
    made: dict[str, Column[object]] = {}
    for column in table.columns:
        header = column.info["header"]
        made |= {fold(name): column for name in (header.zh, header.en, column.name)}
    for name, aliases in ALIASES.get(table.name, {}).items():
        for alias in aliases:
            made.setdefault(fold(alias), table.c[name])
    return made
