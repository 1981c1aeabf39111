"""What the Party committee does for the Congress, and the key work its leaders are linked to."""

from __future__ import annotations

from sqlalchemy import Index

from data_access.tables import base, codes
from data_access.tables.base import coded, column, number_column, record_columns, region_column, table

party_support = table(
    "party_support",
    ("党委支持与大事记", "Party support and events"),
    number_column(),
    coded(
        "kind",
        codes.SUPPORT_KIND,
        ("事项类型", "Kind"),
        ("党委支持人大工作的事项类型", "Kind of support"),
        required=True,
    ),
    column("title", base.TITLE, ("标题", "Title"), ("事项或文件名称", "Event or document"), required=True),
    region_column(),
    column("submitted_on", base.DAY, ("报送日期", "Submitted on"), ("人大报送日期", "Day the Congress submitted it")),
    column(
        "held_on",
        base.DAY,
        ("日期", "Date"),
        ("发生或批转日期", "Day it took place or was forwarded"),
        rule=("不早于报送日期", "Not before it was submitted"),
        required=True,
    ),
    *record_columns(),
    Index(None, "region_code", "held_on"),
)

leader_task = table(
    "leader_task",
    ("联系重点工作", "Leaders' key work"),
    number_column(),
    column("leader", base.NAME, ("班子成员", "Leader"), ("联系的班子成员", "The leader linked to it"), required=True),
    column("duty", base.NAME, ("职务", "Post"), ("班子成员职务", "The leader's post")),
    coded(
        "kind",
        codes.TASK_KIND,
        ("类型", "Kind"),
        ("重点任务、重点项目、包联乡镇或专项", "Task, project, township or campaign"),
        required=True,
    ),
    column("title", base.TITLE, ("名称", "Title"), ("任务或项目名称", "Name of the task or project"), required=True),
    region_column(("涉及的乡镇；全区填区代码", "The township concerned, or the district")),
    column("start_on", base.DAY, ("开始日期", "Started on"), ("开始日期", "First day"), required=True),
    column(
        "due_on",
        base.DAY,
        ("计划完成日期", "Due on"),
        ("计划完成日期", "Day it should be done"),
        rule=("不早于开始日期", "Not before it started"),
    ),
    coded("status", codes.TASK_STATUS, ("状态", "Status"), ("目前状态", "Present state"), required=True),
    column("progress_pct", base.COUNT, ("进度（%）", "Progress, %"), ("完成进度", "Done"), at_least=0, at_most=100),
    *record_columns(),
    Index(None, "region_code", "start_on"),
)
