"""Cadres of the Congress, elections at the end of a term, and funds."""

from __future__ import annotations

from sqlalchemy import Index

from data_access.tables import base, codes
from data_access.tables.base import coded, column, number_column, record_columns, region_column, table

cadre_change = table(
    "cadre_change",
    ("人大干部变动", "Cadre changes"),
    number_column(),
    column(
        "person_key",
        base.ID,
        ("人员编号", "Person key"),
        ("自编人员编号", "The office's own number"),
        rule=("不得使用身份证号", "Never an identity-card number"),
        required=True,
    ),
    column("unit", base.ID, ("单位", "Unit"), ("所在人大机构", "The congress body"), of="org_unit.id"),
    region_column(),
    coded(
        "kind",
        codes.CADRE_KIND,
        ("变动类型", "Kind"),
        ("提拔、交流、职级晋升等", "Promotion, transfer, grade promotion and so on"),
        required=True,
    ),
    column(
        "effective_on", base.DAY, ("生效日期", "Effective on"), ("变动生效日期", "Day it took effect"), required=True
    ),
    *record_columns(),
    Index(None, "region_code", "effective_on"),
)

election = table(
    "election",
    ("换届选举", "Elections"),
    number_column(),
    column(
        "term_no", base.COUNT, ("第几届", "Term no."), ("选举产生的届次", "The term elected"), required=True, at_least=1
    ),
    coded(
        "level",
        codes.CONGRESS_LEVEL,
        ("层级", "Level"),
        ("哪一级人大代表的选举", "Level of the congress elected"),
        required=True,
    ),
    region_column(("选举所在乡镇（街道）", "Township of the election")),
    column("held_on", base.DAY, ("选举日", "Election day"), ("选举日", "Election day")),
    column("quota", base.COUNT, ("名额", "Seats"), ("应选名额", "Seats to fill"), at_least=0),
    column("candidates", base.COUNT, ("候选人", "Candidates"), ("正式候选人数", "Formal candidates"), at_least=0),
    column(
        "elected",
        base.COUNT,
        ("当选", "Elected"),
        ("当选代表数", "Deputies elected"),
        rule=("不多于名额", "Not more than seats"),
        at_least=0,
    ),
    column("female", base.COUNT, ("妇女代表", "Women"), ("当选妇女代表数", "Women elected"), at_least=0),
    column(
        "grassroots",
        base.COUNT,
        ("基层代表", "Grassroots"),
        ("当选基层代表数", "Grassroots deputies elected"),
        at_least=0,
    ),
    column(
        "party_member",
        base.COUNT,
        ("中共党员", "Party members"),
        ("当选中共党员数", "Party members elected"),
        at_least=0,
    ),
    column("constituencies", base.COUNT, ("选区数", "Constituencies"), ("选区数", "Constituencies"), at_least=0),
    column(
        "one_round",
        base.COUNT,
        ("一次成功", "One round"),
        ("一次选举成功的选区数", "Constituencies done in one round"),
        rule=("不多于选区数", "Not more than constituencies"),
        at_least=0,
    ),
    column("voters", base.COUNT, ("登记选民", "Registered voters"), ("登记选民数", "Registered voters"), at_least=0),
    column(
        "voted",
        base.COUNT,
        ("参选", "Voted"),
        ("参加投票的选民数", "Voters who took part"),
        rule=("不多于登记选民", "Not more than registered"),
        at_least=0,
    ),
    *record_columns(),
    Index(None, "region_code", "level", "term_no"),
)

budget_item = table(
    "budget_item",
    ("经费", "Funds"),
    number_column(),
    column("fiscal_year", base.COUNT, ("预算年度", "Fiscal year"), ("预算年度", "Fiscal year"), required=True),
    coded("kind", codes.BUDGET_KIND, ("经费类别", "Kind"), ("经费类别", "Kind of funds"), required=True),
    region_column(),
    column(
        "budget",
        base.NUMBER,
        ("预算（万元）", "Budget, 10,000 yuan"),
        ("预算安排，万元", "Budget in 10,000 yuan"),
        at_least=0,
    ),
    column(
        "executed",
        base.NUMBER,
        ("执行（万元）", "Executed, 10,000 yuan"),
        ("实际执行，万元", "Spent, in 10,000 yuan"),
        at_least=0,
    ),
    column(
        "people",
        base.COUNT,
        ("人数", "People"),
        ("涉及人数，如培训人次", "People concerned, such as trainees"),
        at_least=0,
    ),
    *record_columns(),
    Index(None, "region_code", "fiscal_year"),
)
