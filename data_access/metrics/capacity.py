"""Capacity: elections, cadres, posts, bodies, vice-chairs and funds (E01 to E03, B07 to B13)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import among, both, claims
from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.text import Text

PERSONS = Text("人", "persons")
BODIES = Text("个", "bodies")
MONEY = Text("万元", "10k yuan")
SHARE = Text("%", "%")
DISTRICT, TOWNSHIP = among("level", "COUNTY"), among("level", "TOWNSHIP")

ELECTION_LAW = Text("选举法第十二条、第十四条、第二十五条、第四十五条", "Election Law, arts. 12, 14, 25 and 45")
BODIES_LAW = Text(
    "地方组织法第三十三条、第五十九条；本地机构编制文件",
    "Organic Law of Local Congresses, arts. 33 and 59; local decisions on posts",
)
TOWNSHIP_LAW = Text("地方组织法第十八条", "Organic Law of Local Congresses, art. 18")
STREET_LAW = Text("地方组织法第五十九条", "Organic Law of Local Congresses, art. 59")
CADRE_RULES = Text("党委干部管理文件；起算日期见本地规则", "Party rules on cadres; the first day is a local rule")
FUNDS_LAW = Text("代表法第四十二条；预算法；年度部门预算", "Deputies Law, art. 42; Budget Law; yearly budget")
BY_ELECTION_APART = Text("不计补选", "By-elections")

_election = partial(
    Metric,
    window=Window.TERM,
    rows="elections",
    table="election",
    direction=Direction.NEUTRAL,
    source=ELECTION_LAW,
    year_rule=Text("截至期末最近一次换届选举", "the latest general election by the last day"),
)
_turnout = partial(_election, kind=Kind.SHARE, unit=SHARE, decimals=1, of="voted", base_of="voters")
_rounds = partial(
    _election,
    kind=Kind.SHARE,
    unit=SHARE,
    decimals=1,
    direction=Direction.HIGHER,
    of="one_round",
    base_of="constituencies",
)

ELECTIONS = (
    _election(
        key="E01.d",
        name=Text("当选县级代表", "District deputies elected"),
        kind=Kind.SUM,
        of="elected",
        unit=PERSONS,
        definition=Text(
            "换届选举产生的县级（区、县、市、旗）人大代表人数", "Deputies elected to the district congress"
        ),
        excludes=BY_ELECTION_APART,
        counted=DISTRICT,
        chart=Text("县级代表", "District deputies"),
    ),
    _election(
        key="E01.t",
        name=Text("当选乡镇代表", "Township deputies elected"),
        kind=Kind.SUM,
        of="elected",
        unit=PERSONS,
        definition=Text("换届选举产生的乡镇人大代表人数", "Deputies elected to township congresses"),
        excludes=Text(
            "街道不设人民代表大会，没有此项，不是零；不计补选",
            "Subdistricts have no congress, so none, not zero; by-elections",
        ),
        counted=TOWNSHIP,
        chart=Text("乡镇代表", "Township deputies"),
    ),
    _turnout(
        key="E02",
        name=Text("参选率", "Turnout"),
        definition=Text(
            "选举县级人大代表时，参加投票的选民÷登记选民",
            "Voters who took part ÷ registered, in the election to the district congress",
        ),
        excludes=Text("不计未填选民数的；乡镇代表选举另列", "Places without figures; township elections, apart"),
        counted=claims("has_turnout"),
        base=both(claims("has_turnout"), DISTRICT),
    ),
    _turnout(
        key="E02.t",
        name=Text("参选率（乡镇代表）", "Turnout, township"),
        definition=Text(
            "选举乡镇人大代表时，参加投票的选民÷登记选民",
            "Voters who took part ÷ registered, in elections to township congresses",
        ),
        excludes=Text("不计未填选民数的；街道没有此项", "Places without figures; subdistricts have none"),
        counted=claims("has_turnout"),
        base=both(claims("has_turnout"), TOWNSHIP),
    ),
    _rounds(
        key="E03",
        name=Text("一次选举成功率", "Elected in one round"),
        definition=Text(
            "选举县级人大代表时，一次投票选足应选名额的选区÷全部选区",
            "Constituencies that filled their seats in one round ÷ all, in the election to the district congress",
        ),
        excludes=Text("不计未填选区数的；乡镇代表选举另列", "Places without figures; township elections, apart"),
        counted=claims("has_rounds"),
        base=both(claims("has_rounds"), DISTRICT),
    ),
    _rounds(
        key="E03.t",
        name=Text("一次选举成功率（乡镇代表）", "Elected in one round, township"),
        definition=Text(
            "选举乡镇人大代表时，一次投票选足应选名额的选区÷全部选区",
            "Constituencies that filled their seats in one round ÷ all, in elections to township congresses",
        ),
        excludes=Text("不计未填选区数的；街道没有此项", "Places without figures; subdistricts have none"),
        counted=claims("has_rounds"),
        base=both(claims("has_rounds"), TOWNSHIP),
    ),
)

_cadres = partial(
    Metric,
    window=Window.SINCE,
    kind=Kind.DISTINCT,
    of="person_key",
    rows="cadre_changes",
    table="cadre_change",
    unit=PERSONS,
    direction=Direction.NEUTRAL,
    source=CADRE_RULES,
    year_rule=Text(
        "自本地规则所定起算日期至期末；未定起算日期的，按所选年份",
        "from the first day set by local rule to the last day; the years asked for where none is set",
    ),
)

CADRES = (
    _cadres(
        key="B07",
        name=Text("提拔交流", "Promoted or transferred"),
        definition=Text(
            "起算日期以来提拔或交流的人大机关干部人数，按人员编号区分，同一人只计一人",
            "Cadres of the Congress promoted or transferred since the day set, told apart by key, each counted once",
        ),
        excludes=Text(
            "不计职级晋升（另列，不相加）、调入调出和退休；与人事任免无关",
            "Grade promotions (apart, never added), moves in or out, retirement; unrelated to appointments",
        ),
        counted=among("kind", "PROMOTE", "TRANSFER"),
        chart=Text("提拔交流", "Promoted, moved"),
    ),
    _cadres(
        key="B08",
        name=Text("职级晋升", "Promoted in grade"),
        definition=Text(
            "起算日期以来晋升职级的人大机关干部人数，按人员编号区分，同一人只计一人",
            "Cadres of the Congress promoted in grade since the day set, told apart by key, each counted once",
        ),
        excludes=Text(
            "不计提拔交流（另列，不相加）；同一人可能两项都有",
            "Promotions and transfers (apart, never added); one person may be in both",
        ),
        counted=among("kind", "RANK"),
        chart=Text("职级晋升", "Up in grade"),
    ),
)

_body = partial(
    Metric,
    window=Window.STOCK,
    rows="congress_bodies",
    table="org_unit",
    direction=Direction.NEUTRAL,
    source=BODIES_LAW,
    year_rule=Text("截至期末设有的机构；编制和实有为目前填报的", "bodies on the last day; posts and staff as recorded"),
)
_of_district = partial(_body, kind=Kind.SUM, unit=PERSONS, counted=claims("is_of_district"))


def _bodies(key: str, kind: str, name: Text, words: Text) -> Metric:
    return _body(
        key=key,
        name=name,
        kind=Kind.COUNT,
        unit=BODIES,
        definition=words,
        excludes=Text("已撤销的不计；街道工委和乡镇人大另列", "Closed bodies; street committees and townships, apart"),
        counted=among("kind", kind),
    )


ORGANISATION = (
    _of_district(
        key="B09",
        name=Text("在编实有", "Staff in post"),
        of="staff",
        definition=Text("本级人大各委、室、中心的实有人数", "Persons in post in committees, offices and centres"),
        excludes=Text(
            "不计街道工委、乡镇人大和未填实有人数的机构", "Street committees, townships, bodies without a figure"
        ),
    ),
    _of_district(
        key="B09.posts",
        name=Text("编制", "Approved posts"),
        of="posts",
        definition=Text("本级人大各委、室、中心的核定编制数", "Approved posts of committees, offices and centres"),
        excludes=Text(
            "不计街道工委、乡镇人大和未填编制的机构", "Street committees, townships, bodies without a figure"
        ),
    ),
    _body(
        key="B12",
        name=Text("机构数", "Bodies"),
        kind=Kind.COUNT,
        unit=BODIES,
        definition=Text(
            "本级人大所设委员会、办事机构和中心的个数", "Committees, offices and centres of the district congress"
        ),
        excludes=Text("已撤销的不计；街道工委和乡镇人大另列", "Closed bodies; street committees and townships, apart"),
        counted=claims("is_of_district"),
    ),
    _bodies(
        "B12.committee",
        "COM",
        Text("委员会", "Committees"),
        Text("本级人大专门委员会和常委会工作委员会个数", "Special committees and working committees"),
    ),
    _bodies("B12.office", "OFF", Text("办事机构（室）", "Offices"), Text("本级人大常委会各室个数", "Offices")),
    _bodies("B12.centre", "CEN", Text("中心", "Centres"), Text("本级人大所属中心个数", "Centres of the Congress")),
)

_unit = partial(
    Metric,
    window=Window.STOCK,
    kind=Kind.SHARE,
    unit=SHARE,
    decimals=1,
    direction=Direction.HIGHER,
    rows="township_bodies",
    table="org_unit、region",
    year_rule=Text("截至期末当日", "as it stood on the last day"),
)

TOWNSHIPS = (
    _unit(
        key="B10",
        name=Text("街道人大工委设立率", "Subdistricts with a committee"),
        definition=Text("设有人大工委的街道÷全部街道", "Subdistricts with a working committee ÷ all subdistricts"),
        excludes=Text("不计乡镇（乡镇自设人民代表大会）", "Townships, which have congresses of their own"),
        source=STREET_LAW,
        counted=claims("has_committee"),
        base=claims("is_street"),
        chart=Text("街道工委", "Street committees"),
    ),
    _unit(
        key="B11",
        name=Text("乡镇人大副主席配备率", "Vice-chair posts filled"),
        definition=Text("配有人大副主席的乡镇÷已填报配备情况的乡镇", "Townships with a vice-chair ÷ those on record"),
        excludes=Text("不计街道和未填配备情况的乡镇", "Subdistricts; townships not on record"),
        source=TOWNSHIP_LAW,
        counted=claims("has_vice_chair"),
        base=claims("is_vice_chair_known"),
        chart=Text("副主席配备", "Vice-chairs"),
    ),
)

_funds = partial(
    Metric,
    window=Window.FLOW,
    rows="budget_items",
    table="budget_item",
    direction=Direction.NEUTRAL,
    source=FUNDS_LAW,
    unit=MONEY,
    decimals=1,
    year_rule=Text(
        "按预算年度；当年支出为截至数据日", "by fiscal year; this year's spending up to the day of the data"
    ),
)

FUNDS = (
    _funds(
        key="B13",
        name=Text("经费安排", "Funds budgeted"),
        kind=Kind.SUM,
        of="budget",
        definition=Text(
            "会议、代表活动、执法检查、培训、站点等人大专项经费的预算安排",
            "Budget for meetings, deputies, inspections, training and stations",
        ),
        excludes=Text("是预算安排，不是支出；不计人员工资", "A budget, not spending; salaries"),
        counted=claims(),
    ),
    _funds(
        key="B13.spent",
        name=Text("经费支出", "Funds spent"),
        kind=Kind.SUM,
        of="executed",
        definition=Text("上述经费的实际支出", "What was spent of these funds"),
        excludes=Text("是支出，不是预算安排；不计未填支出的", "Spending, not the budget; items without a figure"),
        counted=claims(),
    ),
    _funds(
        key="B13.rate",
        name=Text("经费执行率", "Funds spent, share"),
        kind=Kind.SHARE,
        unit=SHARE,
        of="executed",
        base_of="budget",
        definition=Text("支出÷预算安排，只计两项都填报的", "Spent ÷ budgeted, where both are on record"),
        excludes=Text(
            "不计未填支出或预算的；当年未满，不宜与全年比较",
            "Items with one figure only; an unfinished year is no measure for a whole one",
        ),
        counted=claims("has_both"),
        base=claims("has_both"),
    ),
)

METRICS: tuple[Metric, ...] = (*ELECTIONS, *CADRES, *ORGANISATION, *TOWNSHIPS, *FUNDS)
