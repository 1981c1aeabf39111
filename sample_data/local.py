"""The district's own rules, and the years known only from printed reports."""

from __future__ import annotations

import json

from data_access.tables import codes
from sample_data.world import DISTRICT, DISTRICT_NAME, World

_CLASSES = json.dumps({code: codes.RESULT_CLASS.label(code) for code in codes.RESULT_CLASS}, ensure_ascii=False)
_RULES = (
    ("region_code", DISTRICT, "行政区划代码"),
    ("region_name", DISTRICT_NAME, "本板使用的区划名称"),
    ("region_word", "区", "行文用字：区、县、市或旗"),
    ("board_name", f"{DISTRICT_NAME}人大工作通览", "本板名称"),
    ("reply_months", "3", "代表法第五十一条：交办之日起三个月内答复"),
    ("extended_months", "6", "代表法第五十一条：涉及面广、处理难度大的，六个月内答复"),
    ("rehandle_months", "1", "代表建议办理工作办法：不满意的一个月内重新答复"),
    ("rating_days", "30", "代表建议办理工作办法：收到答复后三十日内评价"),
    ("followup_months", "3", "区人大常委会议事规则：审议意见三个月内反馈"),
    ("soon_days", "15", "到期前十五天提醒"),
    ("small_n", "5", "基数不足五的只列件数，不列百分比"),
    ("ranking", "否", "乡镇（街道）按区划代码排列，不作排名"),
    ("yardsticks", "npc2019", "参照全国人大公布的解决或计划解决率"),
    ("check_n", "5", "集中答复、即答即评五件起提示核实"),
    ("check_share", "30", "占该单位三成以上才提示"),
    ("quality_floor", "90", "数据质量低于九成的数字旁注明待核"),
    ("record_days", "60", "事项发生后六十天内登记"),
    ("stale_days", "90", "九十天没有新事项的数据表标明"),
    ("data_offices", '{"DEPUTIES": "代表工委"}', "各类数据表由哪个机构补正"),
    ("coverage_km", "3", "代表联络站建设意见：三公里服务圈"),
    ("coverage_levels", "ST", "覆盖率只计联络站"),
    ("class_names", _CLASSES, "代表建议办理工作办法：办理结果分类"),
    ("fictional", "true", "示例数据，纯属虚构"),
    ("since_cadre", "2023-01-01", "干部提拔交流自本日起统计"),
)
# Metric, value in 2019 and 2020, base in 2019 and 2020, unit.
_FIGURES = (
    ("P01", (142, 149), None, "件"),
    ("P02", (1, 0), None, "件"),
    ("P03", (127, 135), None, "件"),
    ("P04", (127, 134), (127, 135), "件"),
    ("P08", (61, 70), (127, 135), "件"),
    ("P11", (83, 92), (94, 103), "件"),
    ("P12", (92, 101), (94, 103), "件"),
    ("P13", (94, 103), (127, 134), "件"),
    ("P16", (6, 7), None, "件"),
    ("S01", (33, 31), None, "次"),
    ("S02", (8, 7), None, "项"),
    ("S03", (3, 2), None, "次"),
    ("S04", (1, 1), None, "次"),
    ("S07", (118, 109), None, "条"),
    ("A01", (52, 39), None, "人次"),
    ("D01", (8, 9), None, "项"),
    ("M01", (7, 7), None, "次"),
    ("L06", (96, 71), None, "场"),
    ("L07", (1010, 760), None, "人次"),
    ("L08", (214, 163), None, "条"),
)

# Printed once for the whole fourth term, and once for a township alone: metric, region, period, value, base, unit.
_OTHERS = (
    ("A08", DISTRICT, "T4", 153, None, "人"),
    ("S14a", DISTRICT, "T4", 18, 24, "人"),
    ("P01", f"{DISTRICT}101", "2020", 9, None, "件"),
)


def add_local(world: World) -> None:
    """Write the rules and the reported figures."""
    for key, value, basis in _RULES:
        world.add("rule_config", id=f"GZ-{key}", key=key, value=value, basis=basis)
    for metric, values, bases, unit in _FIGURES:
        for place, year in enumerate((2019, 2020)):
            world.add(
                "reported_figure", id=f"HZ-{metric}-{year}", metric_id=metric, period=str(year), value=values[place],
                denominator=bases[place] if bases else None, unit=unit, is_estimate=False,
                source_doc=f"区四届人大{'四五'[place]}次会议常委会工作报告",
            )  # fmt: skip
    for metric, region, period, total, base, unit in _OTHERS:
        world.add(
            "reported_figure", id=f"HZ-{metric}-{period}-{region}", metric_id=metric, period=period, value=total,
            denominator=base, unit=unit, is_estimate=False, region_code=region,
            source_doc="区五届人大一次会议常委会工作报告" if period == "T4" else "镇人大二十次会议主席团工作报告",
        )  # fmt: skip
