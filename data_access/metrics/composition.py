"""Who the deputies are: the share of each attribute among them (L14), district and township deputies apart."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.metrics.conditions import among, both, claims, recorded
from data_access.metrics.metric import Condition, Direction, Kind, Metric, Window
from data_access.text import Text

YOUNG = 45


@dataclass(frozen=True)
class Attribute:
    """One attribute: its short code and name, who has it, the column that tells and the condition on it."""

    code: str
    name: Text
    who: Text
    column: str
    counted: Condition


def _occupation(code: str, name: Text, who: Text, *groups: str) -> Attribute:
    return Attribute(code, name, who, "occupation", among("occupation", *groups))


ATTRIBUTES = (
    Attribute("female", Text("妇女", "Women"), Text("女代表", "women"), "gender", among("gender", "F")),
    Attribute(
        "ethnic",
        Text("少数民族", "Ethnic minorities"),
        Text("少数民族代表", "members of ethnic minorities"),
        "ethnicity",
        lambda rows: rows.c.ethnicity != "汉族",
    ),
    Attribute(
        "cpc",
        Text("中共党员", "Communist Party"),
        Text("中共党员代表", "Party members"),
        "party",
        among("party", "CPC"),
    ),
    Attribute(
        "nonparty",
        Text("党外", "Outside the Party"),
        Text("民主党派、无党派和群众代表", "members of democratic parties and deputies of no party"),
        "party",
        among("party", "DEM", "NON", "MAS"),
    ),
    Attribute(
        "grassroots",
        Text("基层代表", "Grassroots"),
        Text("一线工人、农民和专业技术人员代表", "front-line workers, farmers and professionals"),
        "is_grassroots",
        claims("is_grassroots"),
    ),
    _occupation("wrk", Text("一线工人", "Workers"), Text("一线工人代表", "front-line workers"), "WRK"),
    _occupation(
        "frm",
        Text("农民（含农民工）", "Farmers"),
        Text("农民、农民工代表", "farmers and migrant workers"),
        "FRM",
        "MIG",
    ),
    _occupation("tec", Text("专业技术人员", "Professionals"), Text("专业技术人员代表", "professionals"), "TEC"),
    _occupation(
        "cad",
        Text("党政领导干部", "Party and government"),
        Text("党政领导干部代表", "leaders of Party and government bodies"),
        "CAD",
    ),
    _occupation(
        "vil",
        Text("村（社区）干部", "Village cadres"),
        Text("村（社区）干部代表", "village cadres"),
        "VIL",
    ),
    _occupation(
        "ent", Text("企业负责人", "Heads of enterprises"), Text("企业负责人代表", "heads of enterprises"), "ENT"
    ),
    Attribute(
        "edu",
        Text("大专以上学历", "Junior college or more"),
        Text("大专、本科和研究生学历的代表", "deputies with junior college or more"),
        "education",
        among("education", "JC", "BA", "PG"),
    ),
    Attribute(
        "young",
        Text(f"{YOUNG}岁以下", f"Under {YOUNG}"),
        Text(f"期末年份减出生年份不足{YOUNG}的代表", f"deputies under {YOUNG} by year of birth"),
        "age",
        lambda rows: rows.c.age < YOUNG,
    ),
    Attribute(
        "reelected",
        Text("连任", "Re-elected"),
        Text("上届也是代表的", "deputies of the term before as well"),
        "is_reelected",
        claims("is_reelected"),
    ),
)

# The bare key is the district's own deputies, as published; township deputies bear a suffix and are never mixed in.
LEVELS = (
    ("", Text("县级代表", "District deputies"), "COUNTY"),
    (".t", Text("乡镇代表", "Township deputies"), "TOWNSHIP"),
)


def _share(attribute: Attribute, suffix: str, of: Text, congress: str) -> Metric:
    return Metric(
        key=f"L14.{attribute.code}{suffix}",
        name=Text(f"{of.zh}{attribute.name.zh}占比", f"{of.en}: {attribute.name.en}"),
        unit=Text("%", "%"),
        definition=Text(
            f"在任{of.zh}中，{attribute.who.zh}÷填有该项的在任{of.zh}",
            f"{of.en} serving who are {attribute.who.en} ÷ those serving with this on record",
        ),
        excludes=Text("不计该项未填的；各项互有重叠，不能相加", "Blanks; the attributes overlap and cannot be added"),
        source=Text("选举法第七条；本地代表结构要求", "Election Law, art. 7; local aims for the composition"),
        window=Window.STOCK,
        direction=Direction.NEUTRAL,
        rows="deputies",
        kind=Kind.SHARE,
        decimals=1,
        counted=attribute.counted,
        base=both(among("level", congress), recorded(attribute.column)),
        chart=attribute.name,
        table="deputy",
        year_rule=Text("截至期末当日在任", "serving on the last day"),
    )


COMPOSITION: tuple[Metric, ...] = tuple(_share(attribute, *level) for level in LEVELS for attribute in ATTRIBUTES)
