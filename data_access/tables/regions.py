"""Regions, their shapes and villages, and the terms of their congresses."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

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

region = table(
    "region",
    ("行政区划", "Regions"),
    column(
        "region_code",
        base.REGION_CODE,
        ("区划代码", "Region code"),
        ("国家统一的区划代码", "The national code of the region"),
        rule=("2、4、6或9位数字，存为文本", "2, 4, 6 or 9 digits, kept as text"),
        key=True,
    ),
    column("name", base.NAME, ("名称", "Name"), ("区划全称", "Full name"), required=True),
    coded("level", codes.REGION_LEVEL, ("层级", "Level"), ("行政层级", "Administrative level"), required=True),
    column(
        "parent_code",
        base.REGION_CODE,
        ("上级代码", "Parent code"),
        ("上一级区划的代码", "Code of the region above"),
        of="region.region_code",
    ),
    coded(
        "kind",
        codes.REGION_KIND,
        ("类型", "Kind"),
        ("镇、乡、街道或开发区", "Town, rural township, subdistrict or zone"),
    ),
    column(
        "is_congress_unit",
        base.FLAG,
        ("是否设人大", "Has a congress"),
        ("街道不设人民代表大会", "A subdistrict has no congress of its own"),
    ),
    column(
        "population",
        base.COUNT,
        ("常住人口", "Population"),
        ("常住人口，人", "Resident population, persons"),
        at_least=0,
    ),
    column(
        "population_year",
        base.COUNT,
        ("人口年份", "Population year"),
        ("人口数据的年份", "Year of the population figure"),
    ),
    column(
        "village_count",
        base.COUNT,
        ("村（社区）数", "Villages"),
        ("村和社区总数", "Villages and communities"),
        at_least=0,
    ),
    column(
        "lon", base.NUMBER, ("经度", "Longitude"), ("政府驻地经度", "Longitude of the seat"), at_least=-180, at_most=180
    ),
    column(
        "lat", base.NUMBER, ("纬度", "Latitude"), ("政府驻地纬度", "Latitude of the seat"), at_least=-90, at_most=90
    ),
    coded(
        "crs", codes.COORD_SYSTEM, ("坐标系", "Coordinate system"), ("经纬度所用坐标系", "System of the coordinates")
    ),
    *record_columns(),
    Index(None, "parent_code"),
)

region_shape = table(
    "region_shape",
    ("区划图形", "Region shapes"),
    column(
        "region_code",
        base.REGION_CODE,
        ("区划代码", "Region code"),
        ("图形所属区划", "The region drawn"),
        key=True,
        of="region.region_code",
    ),
    column(
        "geojson",
        base.LONG,
        ("图形", "Shape"),
        ("GeoJSON 几何，Polygon 或 MultiPolygon", "GeoJSON geometry, Polygon or MultiPolygon"),
        required=True,
    ),
    column(
        "geojson_len",
        base.COUNT,
        ("图形字符数", "Shape length"),
        ("存入时的字符数", "Characters when it was stored"),
        rule=("与图形实际长度一致，否则说明被截断", "Equals the real length, or the shape was cut"),
        required=True,
        at_least=1,
    ),
    column("vertices", base.COUNT, ("顶点数", "Vertices"), ("边界顶点数", "Vertices of the outline"), at_least=0),
    column("area_km2", base.NUMBER, ("面积（平方公里）", "Area, km²"), ("图形面积", "Area of the shape"), at_least=0),
    column("bbox_w", base.NUMBER, ("西界", "West"), ("最西经度", "Westernmost longitude"), required=True),
    column("bbox_s", base.NUMBER, ("南界", "South"), ("最南纬度", "Southernmost latitude"), required=True),
    column("bbox_e", base.NUMBER, ("东界", "East"), ("最东经度", "Easternmost longitude"), required=True),
    column("bbox_n", base.NUMBER, ("北界", "North"), ("最北纬度", "Northernmost latitude"), required=True),
    column(
        "label_lon",
        base.NUMBER,
        ("注记经度", "Label longitude"),
        ("地名注记位置", "Where the name is written"),
        required=True,
    ),
    column(
        "label_lat",
        base.NUMBER,
        ("注记纬度", "Label latitude"),
        ("地名注记位置", "Where the name is written"),
        required=True,
    ),
    coded(
        "coord_system",
        codes.COORD_SYSTEM,
        ("坐标系", "Coordinate system"),
        ("图形所用坐标系", "System of the shape"),
        required=True,
    ),
    coded(
        "src_system",
        codes.COORD_SYSTEM,
        ("原始坐标系", "System as given"),
        ("提供图形时的坐标系", "System the shape was given in"),
    ),
    column(
        "src_geojson",
        base.LONG,
        ("原始图形", "Shape as given"),
        (
            "换算、修复、化简之前的几何，在原始坐标系中；与图形相同则为空",
            "Before it was converted, mended or simplified, in the system as given; empty when it is the shape",
        ),
    ),
    column(
        "source",
        base.TITLE,
        ("图形来源", "Source of the shape"),
        ("提供图形的单位", "Who supplied the shape"),
        required=True,
    ),
    column(
        "source_date", base.DAY, ("图形日期", "Date of the shape"), ("图形的现势日期", "The day the shape describes")
    ),
    column(
        "approval_no",
        base.NAME,
        ("审图号", "Map approval no."),
        ("公开使用时须有审图号", "Needed before the map is shown in public"),
    ),
    column(
        "is_fictional",
        base.FLAG,
        ("是否虚构", "Fictional"),
        ("示例数据为虚构", "Sample data are fictional"),
        required=True,
    ),
    *record_columns(),
)

village = table(
    "village",
    ("村（社区）", "Villages"),
    column("village_code", base.REGION_CODE, ("村（社区）代码", "Village code"), ("12位代码", "12 digits"), key=True),
    column("name", base.NAME, ("名称", "Name"), ("村或社区名称", "Name of the village or community"), required=True),
    region_column(("所在乡镇（街道）", "The township it belongs to")),
    column(
        "population",
        base.COUNT,
        ("常住人口", "Population"),
        ("常住人口，人", "Resident population, persons"),
        at_least=0,
    ),
    column(
        "population_year",
        base.COUNT,
        ("人口年份", "Population year"),
        ("人口数据的年份", "Year of the population figure"),
    ),
    *place_columns(("村委会所在地", "the village office")),
    *record_columns(),
    Index(None, "region_code"),
)

term = table(
    "term",
    ("届次", "Terms"),
    number_column(),
    column(
        "term_no", base.COUNT, ("第几届", "Term no."), ("届次序号", "Number of the term"), required=True, at_least=1
    ),
    coded(
        "level", codes.CONGRESS_LEVEL, ("层级", "Level"), ("人民代表大会的层级", "Level of the congress"), required=True
    ),
    region_column(("人民代表大会所在区划", "Region of the congress")),
    column("start_on", base.DAY, ("起", "From"), ("首次会议日期", "Day of the first session"), required=True),
    column(
        "end_on",
        base.DAY,
        ("止", "Until"),
        ("下届首次会议前一日；本届为空", "Day before the next term; empty for the current one"),
        rule=("不早于起始日期", "Not before the start"),
    ),
    column(
        "quota",
        base.COUNT,
        ("代表名额", "Deputy quota"),
        ("依法确定的代表名额", "Seats set by law for the term"),
        at_least=0,
    ),
    column(
        "sc_quota",
        base.COUNT,
        ("常委会组成人员名额", "Standing Committee quota"),
        ("常委会组成人员名额", "Seats of the Standing Committee"),
        at_least=0,
    ),
    *record_columns(),
    UniqueConstraint("region_code", "level", "term_no"),
)
