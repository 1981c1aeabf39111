"""Liaison stations, rooms and points, and what deputies do there and elsewhere."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index

from data_access.tables import base, codes
from data_access.tables.base import (
    coded,
    column,
    number_column,
    place_columns,
    record_columns,
    region_column,
    table,
)

station = table(
    "station",
    ("联络站点", "Liaison stations"),
    number_column(),
    column("name", base.NAME, ("名称", "Name"), ("站点名称", "Name"), required=True),
    coded(
        "level",
        codes.STATION_LEVEL,
        ("级别", "Level"),
        ("联络站、联络室或联络点", "Station, room or point"),
        required=True,
    ),
    region_column(("所在乡镇（街道）", "Township it stands in")),
    column("village", base.NAME, ("村（社区）", "Village"), ("所在村或社区", "Village or community it stands in")),
    column("address", base.TITLE, ("地址", "Address"), ("详细地址", "Address")),
    *place_columns(("站点", "the site")),
    column(
        "established_on", base.DAY, ("建成日期", "Established on"), ("建成启用日期", "Day it was opened"), required=True
    ),
    column(
        "closed_on",
        base.DAY,
        ("撤销日期", "Closed on"),
        ("撤销日期；在用为空", "Empty while in use"),
        rule=("不早于建成日期", "Not before it was opened"),
    ),
    column("host", base.NAME, ("依托单位", "Host"), ("依托单位", "The body that houses it")),
    column("head", base.NAME, ("站长", "Head"), ("站长或负责人", "Who is in charge")),
    column(
        "served_villages",
        base.COUNT,
        ("覆盖村数", "Villages served"),
        ("服务的村和社区数", "Villages and communities served"),
        at_least=0,
    ),
    *record_columns(),
    CheckConstraint("(lon IS NULL) = (lat IS NULL)", name="place"),
    Index(None, "region_code", "level"),
)

deputy_activity = table(
    "deputy_activity",
    ("履职活动", "Deputies' activities"),
    number_column(),
    coded("kind", codes.ACTIVITY_KIND, ("活动类型", "Kind"), ("履职活动类型", "Kind of activity"), required=True),
    column("held_on", base.DAY, ("日期", "Held on"), ("活动日期", "Day of the activity"), required=True),
    column(
        "event_id",
        base.ID,
        ("所属场次", "Event"),
        (
            "代表参加的场次；本行即一场活动时为空",
            "The event attended; empty when the row is itself an event",
        ),
        rule=("场次只数此列为空的行", "Events are the rows where this is empty"),
        of="deputy_activity.id",
    ),
    column(
        "deputy_id",
        base.ID,
        ("代表", "Deputy"),
        ("参加的代表；整场登记时为空", "Who took part; empty for a whole event"),
        of="deputy.id",
    ),
    column(
        "headcount",
        base.COUNT,
        ("代表人次", "Deputies present"),
        ("整场登记的代表人次", "Deputies present, for a whole event"),
        at_least=0,
    ),
    column("station_id", base.ID, ("联络站点", "Station"), ("活动所在站点", "Where it took place"), of="station.id"),
    region_column(("活动所在乡镇（街道）", "Township it took place in")),
    column(
        "people_met",
        base.COUNT,
        ("接待群众人次", "People received"),
        ("接待群众人次", "People received, person-times"),
        at_least=0,
    ),
    column(
        "opinions",
        base.COUNT,
        ("收集意见条", "Opinions collected"),
        ("收集群众意见条数", "Opinions collected"),
        at_least=0,
    ),
    column(
        "resolved",
        base.COUNT,
        ("已办结", "Resolved"),
        ("已办结条数", "Opinions resolved"),
        rule=("不多于收集条数", "Not more than collected"),
        at_least=0,
    ),
    column(
        "to_proposal",
        base.COUNT,
        ("转建议件", "Made suggestions"),
        ("转为代表建议件数", "Opinions that became suggestions"),
        at_least=0,
    ),
    column("campaign", base.NAME, ("主题活动", "Campaign"), ("主题活动名称", "Name of the campaign")),
    coded("rating", codes.RATING, ("评价", "Rating"), ("选民对述职的评价", "The voters' rating of a report")),
    *record_columns(),
    CheckConstraint("deputy_id IS NOT NULL OR headcount IS NOT NULL", name="who"),
    # Region first and covering: a page reads one region's rows of some years and never the table itself.
    Index(
        "ix_deputy_activity_cover",
        "region_code",
        "kind",
        "held_on",
        "deputy_id",
        "event_id",
        "station_id",
        "headcount",
        "people_met",
        "opinions",
        "resolved",
        "to_proposal",
    ),
    Index(None, "deputy_id", "held_on", "kind"),  # what is on record of a deputy in a period, of any kind or one
    Index(None, "station_id", "held_on"),
    Index(None, "event_id", "kind", "held_on"),
)
