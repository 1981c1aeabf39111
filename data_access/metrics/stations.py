"""Liaison stations: where they stand, who belongs to them, and whether they are alive (L01 to L09)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import among, claims, recorded
from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.text import Text

SITES = Text("个", "sites")
SHARE = Text("%", "%")

LAW = Text(
    "地方组织法第六十条；站、室、点的划分按本地规则",
    "Organic Law of Local Congresses, art. 60; the three levels are local",
)
ON_THE_DAY = Text("截至期末当日在用", "in use on the last day")
IN_PERIOD = Text("期末在用的站点，所选期间内的活动", "sites in use on the last day, activity within the period")

_site = partial(
    Metric,
    window=Window.STOCK,
    rows="stations",
    table="station",
    kind=Kind.COUNT,
    unit=SITES,
    direction=Direction.NEUTRAL,
    source=LAW,
    year_rule=ON_THE_DAY,
)
_event = partial(
    Metric,
    window=Window.FLOW,
    rows="receptions",
    table="deputy_activity",
    direction=Direction.NEUTRAL,
    source=Text(
        "代表法第二十六条至第二十八条；本地联络站管理办法", "Deputies Law, arts. 26–28; local rules on stations"
    ),
    excludes=Text(
        "不计走访、述职等非进站活动；代表参加记录不另计场次",
        "Visits, reports to voters and the like; attendance rows are no events",
    ),
    year_rule=Text("按活动日期所在年度", "by the year it took place in"),
)
_stage = partial(
    _site,
    table="station、deputy、deputy_activity",
    excludes=Text("站、室、点分列读数；已撤销的不计", "Read by level; closed sites"),
    year_rule=IN_PERIOD,
)


def _level(code: str, name: Text) -> Metric:
    return _site(
        key=f"L01.{code}",
        name=name,
        definition=Text(f"在用的代表{name.zh}个数", f"Deputy liaison {name.en.lower()} in use"),
        excludes=Text(
            "已撤销的不计；站、室、点不相加，各年不累加", "Closed sites; the three levels are not added, nor are years"
        ),
        counted=among("level", code),
    )


STANDING = (
    _level("ST", Text("联络站", "Stations")),
    _level("RM", Text("联络室", "Rooms")),
    _level("PT", Text("联络点", "Points")),
    _site(
        key="L01.u",
        name=Text("未定位站点", "Sites without coordinates"),
        definition=Text("未填经纬度、无法上图和计算覆盖的站点数", "Sites that cannot be drawn or counted for coverage"),
        excludes=Text("已撤销的不计", "Closed sites"),
        direction=Direction.LOWER,
        counted=claims("is_unlocated"),
    ),
)

COVERED = (
    _site(
        key="L02",
        name=Text("乡镇（街道）覆盖率", "Townships with a station"),
        rows="townships",
        table="station、region",
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "有在用联络站的乡镇（街道）÷全部乡镇（街道），含街道和开发区",
            "Townships with a station in use ÷ all townships, subdistricts and zones included",
        ),
        excludes=Text(
            "只有联络室或联络点的不算有站；与距离覆盖率是两回事",
            "Rooms and points do not count; this is not coverage by distance",
        ),
        counted=claims("has_station"),
        base=claims(),
    ),
    _site(
        key="L02a",
        name=Text("未建站乡镇（街道）", "Townships without a station"),
        rows="townships",
        table="station、region",
        unit=Text("个", "townships"),
        direction=Direction.LOWER,
        definition=Text(
            "没有在用联络站的乡镇（街道）数，含只有室、点的",
            "Townships without a station in use, those with rooms or points only included",
        ),
        excludes=Text("已撤销的站不算有站", "Closed stations"),
        counted=among("gap", "NO_STATION", "NOTHING"),
    ),
    _site(
        key="L03",
        name=Text("村（社区）覆盖率", "Villages served"),
        rows="townships",
        table="station、region",
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "在用站点填报的覆盖村（社区）数÷村（社区）总数；每个乡镇最多按本乡镇村（社区）数计",
            "Villages and communities sites say they serve ÷ all, at most a township's own number each",
        ),
        excludes=Text(
            "不计未填村（社区）数的乡镇；为站点自报，与按距离测算的覆盖率不同",
            "Townships without a number of villages; as sites report it, not measured by distance",
        ),
        counted=claims("has_villages"),
        base=claims("has_villages"),
        of="served_villages",
        base_of="village_count",
    ),
)

DEPUTIES = (
    _site(
        key="L04",
        name=Text("编入率", "Deputies assigned to a site"),
        rows="deputies",
        table="deputy、station",
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "编入在用站点的在任代表÷在任代表（各级）",
            "Serving deputies assigned to a site in use ÷ serving deputies of all levels",
        ),
        excludes=Text("编入已撤销站点的不算；编入不等于到过站", "Deputies of closed sites; assigned is not attended"),
        counted=claims("is_assigned"),
        base=claims(),
    ),
    _site(
        key="L05",
        name=Text("实际进站率", "Deputies who attended"),
        rows="deputies",
        table="deputy、deputy_activity",
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "期间内至少有一次进站记录的在任代表÷在任代表（各级）",
            "Serving deputies with at least one reception on record in the period ÷ all serving",
        ),
        excludes=Text("只登记人次、未登记代表的场次无法计入", "Events that record a headcount and no names"),
        counted=claims("has_attended"),
        base=claims("is_recorded"),
        year_rule=Text(
            "期末在任代表，在所选期间内进站；期间内没有任何履职登记的不计",
            "deputies serving on the last day, receptions within the period; no figure where nothing is on record",
        ),
    ),
    _site(
        key="L09",
        name=Text("站均编入代表（中位数）", "Deputies per station, median"),
        kind=Kind.QUANTILE,
        of="deputies",
        unit=Text("人", "deputies"),
        decimals=1,
        definition=Text(
            "在用联络站编入在任代表数的中位数，没有代表的站按0计",
            "Median of serving deputies assigned to a station in use, empty ones included",
        ),
        excludes=Text("不计联络室和联络点", "Rooms and points"),
        counted=among("level", "ST"),
    ),
    _site(
        key="L09p",
        name=Text("站均服务人口（中位数）", "People per station, median"),
        rows="townships",
        table="station、region",
        kind=Kind.QUANTILE,
        of="people_per_station",
        unit=Text("人", "people"),
        definition=Text(
            "各乡镇（街道）常住人口÷在用联络站数的中位数", "Median over townships of population ÷ stations in use"
        ),
        excludes=Text(
            "不计没有联络站的和未填人口的乡镇（街道）；人口年份另注",
            "Townships without a station or without population; the population's year is shown",
        ),
        counted=recorded("people_per_station"),
    ),
)

STAGES = (
    _stage(
        key="LF.exists",
        name=Text("已建", "Built"),
        definition=Text("在用的站点数", "Sites in use"),
        counted=claims(),
    ),
    _stage(
        key="LF.assigned",
        name=Text("有代表", "With deputies"),
        definition=Text("在用站点中，有在任代表编入的", "Sites in use to which serving deputies are assigned"),
        counted=claims("has_deputies"),
    ),
    _stage(
        key="LF.active",
        name=Text("有活动", "Active"),
        definition=Text("有代表编入、期间内开展过进站活动的站点数", "Those, with at least one reception in the period"),
        counted=claims("is_active"),
    ),
    _stage(
        key="LF.effective",
        name=Text("有实效", "Effective"),
        definition=Text(
            "有活动、期间内收集的意见至少办结一条的站点数",
            "Those, with at least one opinion collected in the period resolved",
        ),
        counted=claims("is_effective"),
    ),
)

ACTIVITY = (
    _event(
        key="L06",
        name=Text("进站活动", "Receptions"),
        kind=Kind.COUNT,
        unit=Text("场", "events"),
        definition=Text("代表进站接待群众的场次", "Events at which deputies received people at a site"),
        counted=claims(),
    ),
    _event(
        key="L07",
        name=Text("接待群众", "People received"),
        kind=Kind.SUM,
        of="people_met",
        unit=Text("人次", "person-times"),
        definition=Text("进站活动接待群众的人次", "People received, each time counted"),
        counted=claims(),
    ),
    _event(
        key="L08",
        name=Text("收集意见", "Opinions collected"),
        kind=Kind.SUM,
        of="opinions",
        unit=Text("条", "opinions"),
        definition=Text("进站活动收集的群众意见条数", "Opinions collected at receptions"),
        excludes=Text(
            "不计代表建议和审议意见；不计非进站活动收集的",
            "Deputies' suggestions, deliberation opinions, other activities",
        ),
        counted=claims(),
    ),
    _event(
        key="L08a",
        name=Text("意见办结率", "Opinions resolved"),
        kind=Kind.SHARE,
        of="resolved",
        base_of="opinions",
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text("已办结条数÷收集条数", "Opinions resolved ÷ collected"),
        excludes=Text(
            "办结数只留最新数，近期收集的尚在办理", "Only the latest number is kept; recent ones are still in hand"
        ),
        counted=claims(),
        base=claims(),
    ),
    _event(
        key="L08b",
        name=Text("转为代表建议", "Opinions made suggestions"),
        chart=Text("转为代表建议", "Made suggestions"),
        kind=Kind.SUM,
        of="to_proposal",
        unit=Text("件", "suggestions"),
        definition=Text("收集的意见转为代表建议的件数", "Opinions that became deputies' suggestions"),
        counted=claims(),
    ),
)

METRICS: tuple[Metric, ...] = (*STANDING, *COVERED, *DEPUTIES, *STAGES, *ACTIVITY)
