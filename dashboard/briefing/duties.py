"""Sentences 1 to 8: Party leadership, bills and suggestions, decisions, supervision, key work, personnel."""

from __future__ import annotations

from dashboard.briefing.template import NOTHING, Clause, Listed, Template, full, none, partial, some, unknown
from data_access.text import Text

IN_WINDOW = Text("{w}，", "{w}, ")
ON_DAY = Text("{on}，", "{on}, ")
NONE_IN_RANGE = Text("所选范围内没有此类事项", "nothing of the kind happened in this range")

LEADERSHIP = Template(
    "1",
    Text("党的领导", "Party leadership"),
    IN_WINDOW,
    (
        Clause(
            Text(
                "，{区}委听取人大工作汇报{B01次}",
                ", the {Region} Party Committee heard reports on the congress's work {B01 time(s)}",
            ),
            when=(some("B01"),),
        ),
        Clause(
            Text(
                "，主要负责同志到人大机关调研、与代表座谈{B02次}",
                ", its leaders visited the congress or talked with deputies {B02 time(s)}",
            ),
            when=(some("B02"),),
        ),
        Clause(
            Text("，按制度列席会议{B05次}", ", each attended the other's meetings {B05 time(s)}"),
            when=(some("B05"),),
        ),
        Clause(
            Text("，研究批转人大报送文件{B03件}", ", it passed on {B03 paper(s)} of the congress"),
            when=(some("B03"),),
        ),
        Clause(
            Text("（报送到批转的天数中位数为{B03d天}）", " (within {B03d day(s)}, median)"),
            when=(some("B03"),),
        ),
        Clause(
            Text("，出台支持人大工作的制度文件{B04件}", ", it issued {B04 document(s)} in support of the congress"),
            when=(some("B04"),),
        ),
        Clause(
            Text("；召开人大工作现场会{B04.site次}", "; {B04.site on-site meeting(s)} took place"),
            when=(some("B04.site"),),
        ),
        Clause(
            Text("；开展代表主题活动{B04.cam场}", "; deputies held {B04.cam event(s)} of themed campaigns"),
            when=(some("B04.cam"),),
        ),
    ),
    nothing=NONE_IN_RANGE,
    of_district=True,
)

PROPOSALS = Template(
    "2",
    Text("议案建议", "Bills and suggestions"),
    IN_WINDOW,
    (
        Clause(
            Text(
                "，共收到代表议案{P02件}，建议、批评和意见{P01件}",
                ", {P02 bill(s)} and {P01 suggestion(s)} were received from deputies",
            ),
            when=(some("P02"),),
        ),
        Clause(
            Text(
                "，共收到代表建议、批评和意见{P01件}，没有代表议案",
                ", {P01 suggestion(s)} and no bills were received from deputies",
            ),
            when=(none("P02"),),
        ),
        Clause(
            Text("，共收到代表建议、批评和意见{P01件}", ", {P01 suggestion(s)} were received from deputies"),
            when=(unknown("P02"),),
        ),
        Clause(
            Text(
                "，应办{P03件}，已答复{P04.k件}，答复率{P04}",
                "; answered: {P04.k} of {P03 item(s)} due for handling, a reply rate of {P04}",
            ),
            when=(some("P03"),),
        ),
        Clause(Text("，按期答复率{P05}", ", {P05} of those settled on time")),
        Clause(
            Text(
                "；已解决或基本解决{P08.k件}，占应办件的{P08}",
                "; solved or mostly solved: {P08.k}, {P08} of those due",
            ),
            when=(some("P04.k"),),
        ),
    ),
    nothing=NONE_IN_RANGE,
)

RATED = Template(
    "3",
    Text("代表评价", "Deputies' ratings"),
    NOTHING,
    (
        Clause(
            Text(
                "代表对答复逐件作出评价，满意和基本满意率{P12}，其中满意率{P11}",
                "deputies rated every reply: {P12} satisfied or mostly satisfied, {P11} satisfied",
            ),
            when=(full("P13"),),
        ),
        Clause(
            Text(
                "代表已评价{P13.k件}，占已答复件的{P13}，其中满意{P11.k件}、基本满意{P12.k-P11.k件}、"
                "不满意{P12.rest件}；另有{P13.rest件}待评价",
                "deputies rated {P13.k repl(y)}, {P13} of those given: {P11.k} satisfied, {P12.k-P11.k} mostly "
                "satisfied, {P12.rest} dissatisfied; {P13.rest} still to be rated",
            ),
            when=(partial("P13"),),
        ),
        Clause(
            Text("已答复的{P13.rest件}尚待代表评价", "still to be rated by deputies: {P13.rest repl(y)}"),
            when=(none("P13.k"), some("P13.rest")),
        ),
        Clause(Text("；二次办理{P14件}", "; {P14 item(s)} went into re-handling"), when=(some("P14", "P13.n"),)),
    ),
    nothing=Text("所选范围内没有已答复的建议", "no suggestion was answered in this range"),
)

DECISIONS = Template(
    "4",
    Text("重大事项", "Decisions"),
    IN_WINDOW,
    (
        Clause(Text("，依法作出决议决定{D01项}", ", resolutions and decisions adopted: {D01}"), when=(some("D01"),)),
        Listed(
            Text("，其中", ", among them "),
            (
                Clause(
                    Text("批准预决算及计划调整{D01.fin项}", "{D01.fin} on budgets, accounts and plan changes"),
                    when=(some("D01.fin"),),
                ),
                Clause(Text("重大事项{D01.major项}", "{D01.major} on major matters"), when=(some("D01.major"),)),
            ),
        ),
        Clause(
            Text("；要求报告执行情况的，按期报告率{D02}", "; {D02} of the reports back that fell due came on time"),
            when=(some("D02.n"),),
        ),
    ),
    nothing=NONE_IN_RANGE,
    of_district=True,
)

SUPERVISION = Template(
    "5",
    Text("监督工作", "Supervision"),
    IN_WINDOW,
    (
        Clause(
            Text("，开展监督和调研{S01次}", ", supervision and study were carried out {S01 time(s)}"),
            when=(some("S01"),),
        ),
        Listed(
            Text("（其中", " (among them "),
            (
                Clause(
                    Text("听取审议专项工作报告{S02项}", "{S02 special report(s)} heard"),
                    when=(some("S02"),),
                ),
                Clause(Text("执法检查{S03次}", "{S03 law-enforcement inspection(s)}"), when=(some("S03"),)),
                Clause(Text("专题询问{S04次}", "{S04 special inquir(y)}"), when=(some("S04"),)),
                Clause(Text("视察和专题调研{S05次}", "{S05 tour(s) or study visit(s)}"), when=(some("S05"),)),
            ),
            close=Text("）", ")"),
        ),
        Clause(Text("，形成调研报告{S06篇}", ", with {S06 report(s)} written"), when=(some("S06"),)),
        Clause(Text("，提出意见建议{S07条}", " and {S07 point(s)} raised"), when=(some("S07"),)),
        Clause(
            Text("；已到反馈期限的意见中，落实{S08.k条}，落实率{S08}", "; of the points due, acted on: {S08.k}, {S08}"),
            when=(some("S08.n"),),
        ),
    ),
    nothing=Text(
        "所选范围内没有开展监督和调研；筛选乡镇时只计在该地开展的",
        "no supervision was held in this range; with townships chosen only what was held there counts",
    ),
)

APPRAISALS = Template(
    "6",
    Text("述职评议", "Appraisals"),
    IN_WINDOW,
    (
        Clause(
            Text("，对{S14名}任命人员开展述职评议", ", reports by {S14 appointee(s)} were appraised"),
            when=(some("S14"),),
        ),
        Clause(Text("，{term}述职评议覆盖率{S14a}", ", {S14a} of those subject to it {term}"), when=(some("S14"),)),
    ),
    nothing=Text("所选时段没有开展述职评议", "nobody was appraised in this range"),
    of_district=True,
)

KEY_WORK = Template(
    "7",
    Text("重点工作", "Key work"),
    ON_DAY,
    (
        Clause(
            Text("，{区}人大常委会班子成员{B06.leaders人}", ", {B06.leaders leader(s)} of the standing committee"),
            when=(some("B06.leaders"),),
        ),
        Listed(
            Text("", " look after "),
            (
                Clause(Text("联系重点任务{B06.task项}", "{B06.task key task(s)}"), when=(some("B06.task"),)),
                Clause(
                    Text("联系重点项目{B06.project个}", "{B06.project key project(s)}"), when=(some("B06.project"),)
                ),
                Clause(
                    Text("包联乡镇（街道）{B06.town个}", "{B06.town township(s)} or subdistricts"),
                    when=(some("B06.town"),),
                ),
                Clause(
                    Text("参与专项工作{B06.special项}", "{B06.special special campaign(s)}"),
                    when=(some("B06.special"),),
                ),
            ),
        ),
    ),
    nothing=NONE_IN_RANGE,
    of_district=True,
)

PERSONNEL = Template(
    "8",
    Text("人事任免", "Personnel"),
    IN_WINDOW,
    (
        Clause(
            Text(
                "，依法任免国家工作人员{A01人次}，涉及{A08人}",
                ", appointments and removals of officials: {A01}, of {A08 person(s)}",
            ),
            when=(some("A01"),),
        ),
        Clause(
            Text("，依法任免国家工作人员{A01人次}", ", appointments and removals of officials: {A01}"),
            when=(some("A01"), unknown("A08")),
        ),
        Clause(
            Text("；任前法律考试参考率{A04}", "; {A04} of those required sat the law examination"),
            when=(some("A04.n"),),
        ),
        Clause(Text("，供职发言率{A06}", ", {A06} gave a statement before the vote"), when=(some("A06.n"),)),
        Clause(
            Text(
                "，进行宪法宣誓{A05.k人次}，占应宣誓人次的{A05}",
                ", {A05.k} took the constitutional oath, {A05} of those required",
            ),
            when=(some("A05.n"),),
        ),
        Clause(
            Text("；另任免人民陪审员{A01.lay人次}", "; lay assessors, counted apart: {A01.lay}"),
            when=(some("A01.lay"),),
        ),
    ),
    nothing=NONE_IN_RANGE,
    of_district=True,
)
