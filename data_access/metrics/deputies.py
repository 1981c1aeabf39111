"""Deputies: who serves, who they are, and what is on record of them (L10 to L13, L15, L16)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.composition import COMPOSITION
from data_access.metrics.conditions import among, both, claims, recorded
from data_access.metrics.metric import Condition, Direction, Kind, Metric, Window
from data_access.text import Text

SHARE = Text("%", "%")
PERSONS = Text("人", "deputies")
DIRECT = among("level", "COUNTY", "TOWNSHIP")
DISTRICT, TOWNSHIP = among("level", "COUNTY"), among("level", "TOWNSHIP")
MEMBERS = both(DISTRICT, recorded("sc_role"))
CLASSES = among("kind", "TRN")
ON_RECORD = claims("is_recorded")

LAW_REPORT = Text("代表法第五十八条；地方组织法第四十三条", "Deputies Law, art. 58; Organic Law, art. 43")
LAW_CONTACT = Text("代表法第十一条、第二十八条、第四十四条", "Deputies Law, arts. 11, 28 and 44")
LAW_TRAINING = Text("代表法关于代表履职学习的规定；本地培训计划", "Deputies Law on training; the local plan")
LAW_SEATS = Text("选举法第十二条至第十四条、第五十七条", "Election Law, arts. 12–14 and 57")
LAW_ACTIVITY = Text("代表法第二十六条至第三十一条", "Deputies Law, arts. 26–31")

ON_THE_DAY = Text("截至期末当日在任", "serving on the last day")
IN_PERIOD = Text(
    "期末在任代表，在所选期间内的记录；期间内没有任何履职登记的不计",
    "deputies serving on the last day, records within the period; no figure where nothing at all is on record",
)
SO_FAR = Text(
    "本届开始至期末累计；其间没有任何履职登记的不计",
    "from the start of the term to the last day; no figure where nothing at all is on record",
)
UPPER = Text("不计全国、省、市代表", "Deputies of the upper congresses")

_share = partial(
    Metric,
    window=Window.STOCK,
    rows="deputies",
    table="deputy、deputy_activity",
    kind=Kind.SHARE,
    unit=SHARE,
    decimals=1,
    direction=Direction.HIGHER,
    excludes=UPPER,
    year_rule=IN_PERIOD,
)
_event = partial(
    Metric,
    window=Window.FLOW,
    rows="deputy_events",
    table="deputy_activity",
    direction=Direction.NEUTRAL,
    year_rule=Text("按活动日期所在年度", "by the year it took place in"),
)


def _reported(key: str, name: Text, whose: Text, base: Condition) -> Metric:
    return _share(
        key=key,
        name=name,
        window=Window.TERM,
        definition=Text(
            f"在任{whose.zh}中，本届内至少向选民述职一次的÷在任{whose.zh}",
            f"{whose.en} serving who reported to their voters at least once in the term ÷ all serving",
        ),
        excludes=Text(
            "不计全国、省、市代表；一人述职几次只算一人", "Deputies of the upper congresses; each counted once"
        ),
        source=LAW_REPORT,
        counted=claims("has_reported"),
        base=both(base, ON_RECORD),
        year_rule=SO_FAR,
    )


def _seats(
    suffix: str, of: Text, level: Condition, *, rows: str, key: str, name: Text, definition: Text, column: str | None
) -> Metric:
    return Metric(
        key=f"{key}{suffix}",
        name=Text(f"{of.zh}{name.zh}", f"{of.en}, {name.en}"),
        unit=PERSONS,
        definition=Text(f"{of.zh}{definition.zh}", f"{of.en}: {definition.en}"),
        excludes=UPPER,
        source=LAW_SEATS,
        window=Window.STOCK,
        direction=Direction.LOWER if key == "L15" else Direction.NEUTRAL,
        rows=rows,
        kind=Kind.SUM if column else Kind.COUNT,
        of=column,
        counted=level,
        table="term、deputy",
        year_rule=ON_THE_DAY,
    )


LEVELS = (
    ("", Text("县、乡两级代表", "District and township deputies"), DIRECT),
    (".d", Text("县级代表", "District deputies"), DISTRICT),
    (".t", Text("乡镇代表", "Township deputies"), TOWNSHIP),
)

SEATS = tuple(
    metric
    for suffix, of, level in LEVELS
    for metric in (
        _seats(
            suffix, of, level, rows="seats", key="L15", column="vacant", name=Text("出缺", "vacant seats"),
            definition=Text("名额减实有", "seats less those serving"),
        ),
        _seats(
            suffix, of, level, rows="deputies", key="L15.serving", column=None, name=Text("实有", "serving"),
            definition=Text("在任人数", "those serving"),
        ),
        _seats(
            suffix, of, level, rows="seats", key="L15.quota", column="quota", name=Text("名额", "quota"),
            definition=Text("本届依法确定的名额，届内不变", "seats set by law, fixed for the term"),
        ),
    )
)  # fmt: skip

REPORTS = (
    _reported(
        "L10", Text("述职率", "Reported to voters"), Text("县、乡两级代表", "district and township deputies"), DIRECT
    ),
    _reported(
        "L10.d", Text("县级代表述职率", "District deputies reported"), Text("县级代表", "district deputies"), DISTRICT
    ),
    _reported(
        "L10.t", Text("乡镇代表述职率", "Township deputies reported"), Text("乡镇代表", "township deputies"), TOWNSHIP
    ),
    Metric(
        key="L10.times",
        name=Text("向选民述职", "Reports to voters"),
        unit=Text("人次", "person-times"),
        definition=Text("代表向选民述职的人次", "Reports of deputies to their voters, each time counted"),
        excludes=Text("一人述职几次计几人次，与述职率的人数不同", "Persons: one who reports twice is two"),
        source=LAW_REPORT,
        window=Window.FLOW,
        direction=Direction.NEUTRAL,
        rows="voter_reports",
        kind=Kind.COUNT,
        counted=claims(),
        table="deputy_activity",
        year_rule=Text("按述职日期所在年度", "by the year it took place in"),
    ),
    Metric(
        key="L11",
        name=Text("述职评价满意占比", "Reports rated satisfied"),
        unit=SHARE,
        definition=Text(
            "本届述职中，选民评价为满意的人次÷有评价的人次",
            "Reports of the term rated satisfied by voters ÷ reports rated",
        ),
        excludes=Text(
            "不计没有评价的，看时须同看有评价占比；只显示合计，不显示个人评价",
            "Reports not rated, whose share must be read beside it; totals only, never a person's rating",
        ),
        source=Text("本地代表述职办法", "local rules on reports to voters"),
        window=Window.TERM,
        direction=Direction.HIGHER,
        rows="voter_reports",
        kind=Kind.SHARE,
        decimals=1,
        counted=among("rating", 3),
        base=recorded("rating"),
        table="deputy_activity",
        year_rule=SO_FAR,
    ),
    Metric(
        key="L11.r",
        name=Text("述职获评价占比", "Reports that were rated"),
        unit=SHARE,
        definition=Text("本届述职中，有选民评价的人次÷述职人次", "Reports of the term with a rating ÷ all reports"),
        excludes=Text("只显示合计，不显示个人评价", "Totals only, never a person's rating"),
        source=Text("本地代表述职办法", "local rules on reports to voters"),
        window=Window.TERM,
        direction=Direction.HIGHER,
        rows="voter_reports",
        kind=Kind.SHARE,
        decimals=1,
        counted=recorded("rating"),
        base=claims(),
        table="deputy_activity",
        year_rule=SO_FAR,
    ),
)

CONTACT = (
    _share(
        key="L12.sc",
        name=Text("有联系名单的常委会组成人员", "Committee members with a contact list"),
        definition=Text(
            "有在任代表列为联系对象的常委会组成人员÷在任常委会组成人员",
            "Members of the committee whom serving deputies name as their contact ÷ members serving",
        ),
        excludes=Text("有名单不等于已联系", "A list is not yet a contact"),
        source=LAW_CONTACT,
        counted=claims("keeps_contact"),
        base=MEMBERS,
        table="deputy",
        year_rule=ON_THE_DAY,
    ),
    _share(
        key="L12.dep",
        name=Text("有联系记录的代表", "Deputies with a contact on record"),
        definition=Text(
            "期间内至少有一次走访联系选民记录的县、乡两级代表÷在任县、乡两级代表",
            "District and township deputies with at least one visit to voters on record ÷ those serving",
        ),
        excludes=Text(
            "不计全国、省、市代表；不计进站接待（另列）；没有记录不等于没有联系",
            "Deputies of the upper congresses; receptions, counted apart; no record does not mean no contact",
        ),
        source=LAW_CONTACT,
        counted=claims("has_visited"),
        base=both(DIRECT, ON_RECORD),
    ),
    _share(
        key="L12.con",
        name=Text("常委会组成人员联系到的县级代表", "District deputies contacted by the committee"),
        definition=Text(
            "期间内至少有一次常委会组成人员联系记录的县级代表÷有联系人的在任县级代表",
            "District deputies with a contact by the committee on record ÷ those who have a contact member",
        ),
        excludes=Text("不计没有确定联系人的县级代表", "District deputies without a contact member"),
        source=LAW_CONTACT,
        counted=claims("is_contacted"),
        base=both(both(DISTRICT, recorded("contact_member")), ON_RECORD),
    ),
)

TRAINING = (
    _event(
        key="L13",
        name=Text("代表培训", "Training"),
        kind=Kind.SUM,
        of="person_times",
        unit=Text("人次", "person-times"),
        definition=Text("代表参加培训的人次", "Deputies trained, each time counted"),
        excludes=Text("人次不是人数，超过代表总数属正常", "Persons: more person-times than deputies is normal"),
        source=LAW_TRAINING,
        counted=CLASSES,
    ),
    _event(
        key="L13.sessions",
        name=Text("代表培训期数", "Training classes"),
        kind=Kind.COUNT,
        unit=Text("期", "classes"),
        definition=Text("举办代表培训的期数", "Training classes held for deputies"),
        excludes=Text("不计只登记个人参加的上级培训", "Training elsewhere on record for a single deputy"),
        source=LAW_TRAINING,
        counted=both(CLASSES, claims("is_event")),
    ),
    _share(
        key="L13.share",
        name=Text("参训代表占比", "Deputies trained"),
        definition=Text(
            "期间内至少参加一次培训的县、乡两级代表÷在任县、乡两级代表",
            "District and township deputies trained at least once in the period ÷ those serving",
        ),
        excludes=Text(
            "不计全国、省、市代表；只登记人次、未登记名单的培训无法计入",
            "Deputies of the upper congresses; classes that record a headcount and no names",
        ),
        source=LAW_TRAINING,
        counted=claims("is_trained"),
        base=both(DIRECT, ON_RECORD),
    ),
)

ACTIVITY = (
    _event(
        key="L16.events",
        name=Text("代表活动", "Activities"),
        kind=Kind.COUNT,
        unit=Text("场", "events"),
        definition=Text(
            "按场登记的代表活动：进站接待、培训、视察、调研、执法检查、小组活动、主题活动",
            "Events on record: receptions, training, tours, studies, inspections, group activities, campaigns",
        ),
        excludes=Text(
            "不计出席人代会、列席常委会，不计走访、述职等个人记录；代表参加记录不另计场次",
            "Sessions and committee meetings attended, visits and reports of single deputies, attendance rows",
        ),
        source=LAW_ACTIVITY,
        counted=claims("is_event"),
    ),
    _share(
        key="L16",
        name=Text("有履职记录的代表", "Deputies with any record"),
        rows="deputies_in_bands",
        definition=Text(
            "期间内至少有一条履职活动记录（各类活动，含出席人代会）的县、乡两级代表÷在任县、乡两级代表",
            "District and township deputies with at least one record of any kind, sessions included ÷ those serving",
        ),
        excludes=Text(
            "不计全国、省、市代表；没有记录可能只是未登记，不对个人排名、计分",
            "Deputies of the upper congresses; none may mean not recorded; nobody is ranked or scored",
        ),
        source=Text("代表法第五十八条", "Deputies Law, art. 58"),
        direction=Direction.NEUTRAL,
        counted=claims("has_record"),
        base=both(DIRECT, ON_RECORD),
    ),
    Metric(
        key="L16.band",
        name=Text("履职记录分档人数", "Deputies by band of records"),
        unit=PERSONS,
        definition=Text(
            "在任县、乡两级代表按期间内履职记录条数分为0次、1–3次、4次及以上的人数",
            "Serving district and township deputies by records in the period: none, 1–3, 4 or more",
        ),
        excludes=Text(
            "不计全国、省、市代表；没有记录可能只是未登记，不对个人排名、计分",
            "Deputies of the upper congresses; none may mean not recorded; nobody is ranked or scored",
        ),
        source=Text("代表法第五十八条", "Deputies Law, art. 58"),
        window=Window.STOCK,
        direction=Direction.NEUTRAL,
        rows="deputies_in_bands",
        kind=Kind.COUNT,
        counted=both(DIRECT, ON_RECORD),
        table="deputy、deputy_activity",
        year_rule=IN_PERIOD,
    ),
)

SERVING = Metric(
    key="L15.all",
    name=Text("各级在任代表", "Serving deputies of all levels"),
    unit=PERSONS,
    definition=Text(
        "在本区的全国、省、市、区和乡镇五级在任代表人数；街道没有乡镇代表",
        "Serving deputies of all five levels in the district; subdistricts have no township deputies",
    ),
    excludes=Text(
        "已终止资格的不计；兼任两级代表的各级各计", "Seats that ended; one who serves at two levels is in both"
    ),
    source=Text("选举法第二条", "Election Law, art. 2"),
    window=Window.STOCK,
    direction=Direction.NEUTRAL,
    rows="deputies",
    kind=Kind.COUNT,
    counted=claims(),
    table="deputy",
    year_rule=ON_THE_DAY,
)

METRICS: tuple[Metric, ...] = (*REPORTS, *CONTACT, *TRAINING, *COMPOSITION, *SEATS, SERVING, *ACTIVITY)
