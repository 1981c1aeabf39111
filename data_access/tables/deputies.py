"""Deputies of the congresses of all five levels who live or serve in the district."""

from __future__ import annotations

from sqlalchemy import Index

from data_access.tables import base, codes
from data_access.tables.base import coded, column, number_column, record_columns, region_column, table

deputy = table(
    "deputy",
    ("代表", "Deputies"),
    number_column(),
    column("name", base.NAME, ("姓名", "Name"), ("代表姓名", "The deputy's name"), required=True),
    coded(
        "level",
        codes.CONGRESS_LEVEL,
        ("代表层级", "Level"),
        ("哪一级人大的代表", "Level of the congress"),
        required=True,
    ),
    column(
        "term_no", base.COUNT, ("第几届", "Term no."), ("当选的届次", "The term elected for"), required=True, at_least=1
    ),
    region_column(("所在乡镇（选区所在）", "Township of the constituency")),
    column(
        "constituency",
        base.NAME,
        ("选区（选举单位）", "Constituency"),
        ("选区或选举单位", "Constituency or electing body"),
    ),
    coded("gender", codes.GENDER, ("性别", "Gender"), ("性别", "Gender"), required=True),
    column("ethnicity", base.NAME, ("民族", "Ethnicity"), ("民族", "Ethnic group")),
    coded("party", codes.PARTY, ("党派", "Party"), ("政治面貌", "Party affiliation")),
    column(
        "birth_year",
        base.COUNT,
        ("出生年份", "Birth year"),
        ("只记年份", "Only the year is kept"),
        at_least=1900,
        at_most=2100,
    ),
    coded("education", codes.EDUCATION, ("学历", "Education"), ("最高学历", "Highest education")),
    coded("occupation", codes.OCCUPATION, ("职业构成", "Occupation"), ("职业构成类别", "Occupation group")),
    column(
        "is_grassroots",
        base.FLAG,
        ("基层代表", "Grassroots"),
        ("一线工人、农民、专业技术人员", "Front-line workers, farmers and professionals"),
    ),
    column("is_reelected", base.FLAG, ("连任", "Re-elected"), ("连选连任", "Also a deputy of the previous term")),
    coded(
        "sc_role",
        codes.SC_ROLE,
        ("常委会职务", "Standing Committee role"),
        ("常委会组成人员职务；其他代表为空", "Empty for other deputies"),
    ),
    column(
        "contact_member",
        base.ID,
        ("联系的常委会组成人员", "Contact member"),
        ("负责联系该代表的常委会组成人员", "The member who keeps contact"),
        of="deputy.id",
    ),
    column("start_on", base.DAY, ("任职起", "From"), ("代表资格开始日期", "First day as deputy"), required=True),
    column(
        "end_on",
        base.DAY,
        ("任职止", "Until"),
        ("代表资格终止日期；在任为空", "Last day as deputy; empty while serving"),
        rule=("在本届任期内", "Within the term"),
    ),
    coded("end_reason", codes.END_REASON, ("终止原因", "Reason of end"), ("代表资格终止原因", "Why the seat ended")),
    column(
        "station_id",
        base.ID,
        ("编入站点", "Station"),
        ("编入的代表联络站点", "The station the deputy is assigned to"),
        of="station.id",
    ),
    *record_columns(),
    # Covering: who serves on a day is found without reading the table.
    Index(None, "region_code", "level", "term_no", "id", "start_on", "end_on"),
    Index(None, "station_id"),
    Index(None, "contact_member"),
)
