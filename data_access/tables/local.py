"""What differs from place to place: local rules, and totals known only from printed reports."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from data_access.tables import base
from data_access.tables.base import column, number_column, record_columns, region_column, table

rule_config = table(
    "rule_config",
    ("本地规则", "Local rules"),
    number_column(),
    region_column(("规则适用的区划", "Region the rule is for")),
    column("key", base.NAME, ("规则", "Rule"), ("规则名称", "Name of the rule"), required=True),
    column(
        "value",
        base.TITLE,
        ("取值", "Value"),
        ("规则取值；等次名称为JSON", "Value of the rule; names of classes as JSON"),
        required=True,
    ),
    column("basis", base.TITLE, ("依据", "Basis"), ("法律或本地办法", "The law or the local rule")),
    *record_columns(),
    UniqueConstraint("region_code", "key"),
)

reported_figure = table(
    "reported_figure",
    ("汇总填报", "Reported figures"),
    number_column(),
    column(
        "metric_id",
        base.ID,
        ("指标编号", "Metric"),
        ("指标编号，如P01", "Number of the metric, such as P01"),
        required=True,
    ),
    region_column(),
    column(
        "period",
        base.ID,
        ("期间", "Period"),
        ("年度（2019）、届（T4）或起止（2019-2020）", "Year (2019), term (T4) or span (2019-2020)"),
        required=True,
    ),
    column(
        "value",
        base.NUMBER,
        ("数值", "Value"),
        ("报告公布的数值；比率为分子", "Figure in the report; for shares the numerator"),
        required=True,
    ),
    column("denominator", base.NUMBER, ("分母", "Denominator"), ("比率的分母", "The base of a share")),
    column("unit", base.NAME, ("单位", "Unit"), ("计量单位", "Unit of measure"), required=True),
    column(
        "source_doc",
        base.TITLE,
        ("来源文件", "Source document"),
        ("公布该数的报告", "The report that printed it"),
        required=True,
    ),
    column(
        "is_estimate", base.FLAG, ("是否估算", "Estimate"), ("是否估算", "Whether it is an estimate"), required=True
    ),
    *record_columns()[1:],
    UniqueConstraint("metric_id", "region_code", "period"),
)
