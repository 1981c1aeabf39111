"""What was imported, when, by whom, from which file; and what each record was before, so that it can be undone."""

from __future__ import annotations

from sqlalchemy import Index

from data_access.tables import base
from data_access.tables.base import column, table

import_log = table(
    "import_log",
    ("导入记录", "Imports"),
    column("id", base.COUNT, ("序号", "No."), ("第几次导入", "Number of the import"), key=True),
    column("made_at", base.MOMENT, ("导入时间", "Imported at"), ("完成的时间", "When it was done"), required=True),
    column("who", base.NAME, ("导入人", "Who"), ("操作人", "Who imported it"), required=True),
    column("file_name", base.TITLE, ("文件", "File"), ("文件名", "Name of the file"), required=True),
    column("sha256", base.TITLE, ("文件指纹", "SHA-256"), ("文件内容的SHA-256", "Of the file"), required=True),
    column("added", base.COUNT, ("新增行数", "Added"), ("新增的行数", "Rows added"), required=True),
    column("changed", base.COUNT, ("更新行数", "Changed"), ("更新的行数", "Rows changed"), required=True),
    column("unchanged", base.COUNT, ("未变行数", "Unchanged"), ("未变的行数", "Rows left as they were"), required=True),
    column("deleted", base.COUNT, ("删除行数", "Deleted"), ("删除的行数", "Rows deleted"), required=True),
    column("undone_at", base.MOMENT, ("撤销时间", "Undone at"), ("撤销的时间", "When it was undone")),
    column("undone_by", base.NAME, ("撤销人", "Undone by"), ("撤销的人", "Who undid it")),
)

import_change = table(
    "import_change",
    ("导入明细", "Imported records"),
    column("id", base.COUNT, ("序号", "No."), ("本次导入的第几项", "Number of the change"), key=True),
    column("log_id", base.COUNT, ("导入序号", "Import"), ("属于哪次导入", "The import"), key=True, of="import_log.id"),
    column("table_name", base.NAME, ("数据表", "Table"), ("所在数据表", "The table"), required=True),
    column("record", base.TITLE, ("记录", "Record"), ("记录编号，JSON", "Key of the record, as JSON"), required=True),
    column(
        "before", base.LONG, ("原值", "Before"), ("导入前的记录，JSON；新增为空", "As it was, JSON; empty when added")
    ),
    column(
        "after", base.NAME, ("新值指纹", "After"), ("导入后记录的指纹；删除为空", "Digest of it; empty when deleted")
    ),
    Index(None, "log_id"),
)
