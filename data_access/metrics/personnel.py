"""Appointments and removals: person-times and persons, and whether the procedure is complete (A01 to A08)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import among, both, claims
from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.text import Text

TIMES = Text("人次", "person-times")
SHARE = Text("%", "%")
COUNTED = claims("is_counted")

LAW = Text(
    "地方组织法第五十条、第五十五条；监察法第九条；法院组织法第四十三条；检察院组织法第三十八条",
    "Organic Law of Local Congresses, arts. 50 and 55; Supervision Commission Law, art. 9; Organic Laws of courts (43) "
    "and procuratorates (38)",
)
LAW_ELECTION = Text("地方组织法第十一条、第三十条", "Organic Law of Local Congresses, arts. 11 and 30")
LAW_ASSESSORS = Text("人民陪审员法第八条至第十三条", "People's Assessors Law, arts. 8–13")
LAW_OATH = Text(
    "宪法第二十七条；全国人大常委会关于实行宪法宣誓制度的决定（2018年修订）",
    "Constitution, art. 27; NPC Standing Committee's decision on the constitutional oath (2018)",
)
LOCAL = Text("本地任免办法", "local rules on appointments")

APART = Text(
    "不计人代会选举、补选、罢免，不计人民陪审员和选举委员会成员（均另列）；换届年与平年不宜直接比较",
    "Elections, by-elections and recalls by the Congress, lay assessors and election committees, all counted apart; an "
    "election year is no measure for an ordinary one",
)

decided = partial(
    Metric,
    window=Window.FLOW,
    rows="appointments",
    table="appointment",
    direction=Direction.NEUTRAL,
    source=LAW,
    year_rule=Text("按任免日期所在年度", "by the year it was decided in"),
)
count = partial(decided, kind=Kind.COUNT, unit=TIMES)
share = partial(
    decided, kind=Kind.SHARE, unit=SHARE, decimals=1, rows="appointment_procedure", direction=Direction.HIGHER
)
_open = partial(
    count,
    window=Window.STOCK,
    rows="appointments_open",
    direction=Direction.LOWER,
    excludes=Text("不计已离任的人员", "Persons no longer in the post"),
    year_rule=Text("截至期末当日，不论哪年任职", "as it stood on the last day, whenever appointed"),
)

CHANGES = (
    count(
        key="A01",
        name=Text("任免国家工作人员", "Appointments and removals"),
        definition=Text(
            "常委会任免国家工作人员的人次；一人免旧任新计两人次",
            "Appointments and removals by the Standing Committee; one person moved is two",
        ),
        excludes=APART,
        counted=COUNTED,
        chart=Text("任免", "Appointments"),
    ),
    count(
        key="A01.term",
        name=Text("本届任免", "Appointments this term"),
        definition=Text(
            "本届第一次会议以来常委会任免国家工作人员的人次，与上届同样长的时间相比",
            "Appointments and removals since the term's first session, compared with as many days of the last term",
        ),
        excludes=APART,
        window=Window.TERM,
        counted=COUNTED,
        year_rule=Text("本届累计至期末当日", "from the start of the term to the last day"),
    ),
    count(
        key="A01.elect",
        name=Text("人代会选举", "Elections by the Congress"),
        definition=Text("人代会选举、补选、罢免的人次", "Elections, by-elections and recalls by the Congress"),
        excludes=Text("不计常委会任免，不计代表选举", "Decisions of the Standing Committee; elections of deputies"),
        source=LAW_ELECTION,
        counted=claims("is_by_congress"),
    ),
    count(
        key="A01.lay",
        name=Text("任免人民陪审员", "Lay assessors"),
        definition=Text("常委会任免人民陪审员的人次", "Lay assessors appointed or removed"),
        excludes=Text("不计入任免国家工作人员", "Not part of appointments and removals"),
        source=LAW_ASSESSORS,
        counted=claims("is_lay_assessor"),
    ),
    count(
        key="A01.elc",
        name=Text("任免选举委员会成员", "Election committee members"),
        definition=Text("任免选举委员会组成人员的人次", "Members of election committees appointed or removed"),
        excludes=Text("不计入任免国家工作人员", "Not part of appointments and removals"),
        source=Text("选举法第十条", "Election Law, art. 10"),
        counted=claims("is_election_committee"),
    ),
    count(
        key="A02",
        name=Text("按任免类型", "By action"),
        definition=Text("任免国家工作人员按法定用语的构成", "Appointments and removals by the statutory verb"),
        excludes=APART,
        counted=COUNTED,
    ),
    count(
        key="A03",
        name=Text("按机关", "By organ"),
        definition=Text("任免国家工作人员按所在机关的构成", "Appointments and removals by organ"),
        excludes=APART,
        counted=COUNTED,
    ),
    decided(
        key="A08",
        name=Text("涉及人数", "Persons concerned"),
        kind=Kind.DISTINCT,
        of="person_key",
        unit=Text("人", "persons"),
        definition=Text(
            "任免国家工作人员涉及的人数，按人员编号区分，同一人只计一人",
            "Different persons, told apart by their key, each counted once",
        ),
        excludes=APART,
        counted=COUNTED,
    ),
)

PROCEDURE = (
    share(
        key="A04",
        name=Text("任前考试参考率", "Examination taken"),
        definition=Text("已参加任前法律考试的人次÷应考人次", "Examined before appointment ÷ required to be"),
        excludes=Text("不计免考的和未填的；不显示分数", "Exempt persons and blanks; scores are not kept"),
        source=LOCAL,
        counted=claims("is_examined"),
        base=claims("must_sit_exam"),
    ),
    share(
        key="A04p",
        name=Text("任前考试合格率", "Examination passed"),
        definition=Text("合格人次÷参考人次", "Passed ÷ examined"),
        excludes=Text("不计应考未考的；只显示合计", "Those not yet examined; shown as totals only"),
        source=LOCAL,
        rows="appointment_totals",
        counted=claims("has_passed"),
        base=claims("is_examined"),
    ),
    share(
        key="A05",
        name=Text("宪法宣誓率", "Oath taken"),
        definition=Text(
            "已宣誓的人次÷应宣誓的人次，在常委会会议、本机关或人代会上宣誓的都算",
            "Sworn ÷ required to swear, before the Standing Committee, in the own organ or at the Congress",
        ),
        excludes=Text(
            "不计免职、代理、推选和注明不需要宣誓的，不计人民陪审员和选举委员会成员；选举产生的计入",
            "Removals, acting and provisional posts, those marked as not required, lay assessors, election committees; "
            "elected persons are included",
        ),
        source=LAW_OATH,
        counted=claims("has_sworn"),
        base=claims("must_swear"),
    ),
    share(
        key="A06",
        name=Text("供职发言率", "Statement given"),
        definition=Text("已作供职发言的人次÷应作的人次", "Gave a statement before the vote ÷ required to"),
        excludes=Text("不计免予发言的和未填的", "Exempt persons and blanks"),
        source=LOCAL,
        counted=claims("has_spoken"),
        base=claims("must_speak"),
    ),
    share(
        key="A07",
        name=Text("赞成率", "Approval"),
        definition=Text(
            "赞成票÷全体组成人员数，所选事项合并计算", "Votes for ÷ all members, the decisions chosen taken together"
        ),
        excludes=Text(
            "不计未填票数的、人代会选举的；只显示合计和分布，不显示个人得票",
            "Decisions without votes on record and elections; totals and spread only, never a person's votes",
        ),
        source=Text(
            "地方组织法第五十一条：以全体组成人员的过半数通过",
            "Organic Law of Local Congresses, art. 51: majority of all members",
        ),
        rows="appointment_totals",
        direction=Direction.NEUTRAL,
        counted=both(COUNTED, claims("has_vote")),
        base=both(COUNTED, claims("has_vote")),
        of="v_for",
        base_of="members",
    ),
)

OUTSTANDING = (
    _open(
        key="A04a",
        name=Text("应考未考", "Examination open"),
        definition=Text("已任职、任前考试应考未考的人次", "In office with the examination still to be taken"),
        source=LOCAL,
        counted=claims("is_exam_open"),
    ),
    _open(
        key="A05a",
        name=Text("尚未宣誓", "Oath open"),
        definition=Text("已任职、应宣誓而尚未宣誓的人次", "In office, required to swear and not yet sworn"),
        source=LAW_OATH,
        counted=claims("is_oath_open"),
    ),
    _open(
        key="A06a",
        name=Text("应作未作供职发言", "Statement open"),
        definition=Text("已任职、应作供职发言而未作的人次", "In office, required to give a statement and none given"),
        source=LOCAL,
        counted=among("statement", "DUE"),
    ),
)

METRICS: tuple[Metric, ...] = (*CHANGES, *PROCEDURE, *OUTSTANDING)
