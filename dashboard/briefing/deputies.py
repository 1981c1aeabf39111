"""Sentences 9 to 14: stations, deputies at work, elections, cadres, bodies and funds, and what falls short."""

from __future__ import annotations

from dashboard.briefing.duties import NONE_IN_RANGE, ON_DAY
from dashboard.briefing.template import Clause, Listed, Template, has_worked, is_now, many, some, was_then
from data_access.text import Text

THERE = Text("{there}", "{there}")

STATIONS = Template(
    "9",
    Text("联络站点", "Liaison stations"),
    ON_DAY,
    (
        Listed(
            Text("，建成代表", ", deputies' liaison sites: "),
            (
                Clause(Text("联络站{L01.ST个}", "{L01.ST station(s)}"), when=(some("L01.ST"),)),
                Clause(Text("联络室{L01.RM个}", "{L01.RM room(s)}"), when=(some("L01.RM"),)),
                Clause(Text("联络点{L01.PT个}", "{L01.PT point(s)}"), when=(some("L01.PT"),)),
            ),
        ),
        Clause(Text("，乡镇（街道）建站覆盖率{L02}", "; {L02} of townships and subdistricts have a station")),
        Clause(
            Text(
                "；{L04.k名}代表编入站点，编入率{L04}",
                "; assigned to a site: {L04.k deput(y)}, {L04} of those serving",
            )
        ),
        Clause(
            Text("，{year}年实际进站{L05.k名}，占{L05}", ", {L05.k} attended one in {year}, {L05}"),
            when=(has_worked,),
            of="last_year",
        ),
    ),
    nothing=NONE_IN_RANGE,
)

ACTIVITY = Template(
    "10",
    Text("代表履职", "Deputies at work"),
    THERE,
    (
        Clause(
            Text(
                "{year}年组织代表进站活动{L06场}，接待群众{L07人次}，收集意见{L08条}",
                "in {year} deputies held {L06 reception(s)}, received {L07} people and collected {L08 opinion(s)}",
            ),
            when=(some("L06", of="last_year"),),
            of="last_year",
        ),
        Clause(
            Text("、已办结{L08a.k条}", ", {L08a.k} of them resolved"),
            when=(some("L08a.n", of="last_year"),),
            of="last_year",
        ),
        Listed(
            Text("；{term}已向选民述职的有", "; those who reported to voters {term}: "),
            (
                Clause(
                    Text("{区}人大代表{L10.d.k名}（占{L10.d}）", "{L10.d.k district deput(y)} ({L10.d})"),
                    when=(some("L10.d.n"), has_worked),
                ),
                Clause(
                    Text("乡镇人大代表{L10.t.k名}（占{L10.t}）", "{L10.t.k township deput(y)} ({L10.t})"),
                    when=(some("L10.t.n"), has_worked),
                ),
            ),
        ),
        Clause(
            Text(
                "；常委会组成人员建立联系名单的占{L12.sc}",
                "; {L12.sc} of standing committee members have a contact list",
            ),
            when=(some("L12.sc.n", of="last_year"), is_now),
            of="last_year",
            of_district=True,
        ),
        Clause(
            Text(
                "；{year}年末常委会组成人员建立联系名单的占{L12.sc}",
                "; at the end of {year} {L12.sc} of standing committee members had a contact list",
            ),
            when=(some("L12.sc.n", of="last_year"), was_then),
            of="last_year",
            of_district=True,
        ),
        Clause(
            Text("，有联系选民记录的代表占{L12.dep}", ", {L12.dep} of deputies have contact with voters on record"),
            when=(some("L12.dep.n", of="last_year"), has_worked),
            of="last_year",
        ),
    ),
    nothing=NONE_IN_RANGE,
)

ELECTION = Template(
    "11",
    Text("换届选举", "Elections"),
    THERE,
    (
        Clause(
            Text(
                "{term}换届选举产生{区}人大代表{E01.d名}", "the election for {term_} returned {E01.d district deput(y)}"
            ),
            when=(some("E01.d"),),
        ),
        Clause(Text("，参选率{E02}", ", with a turnout of {E02}"), when=(some("E02.n"),)),
        Clause(
            Text("；产生乡镇人大代表{E01.t名}", "; {E01.t township deput(y)}"),
            when=(some("E01.t"),),
        ),
        Clause(Text("，参选率{E02.t}", ", with a turnout of {E02.t}"), when=(some("E02.t.n", "E01.t"),)),
        Clause(
            Text(
                "；在任{区}人大代表中妇女占{L14.female}、基层代表占{L14.grassroots}",
                "; of the district deputies serving {L14.female} are women and {L14.grassroots} grassroots deputies",
            ),
            when=(many("L14.female"), many("L14.grassroots")),
        ),
        Clause(
            Text(
                "，上届末分别为{L14.female}、{L14.grassroots}",
                ", at the end of the term before {L14.female} and {L14.grassroots}",
            ),
            when=(
                many("L14.female"),
                many("L14.grassroots"),
                many("L14.female", "term_before"),
                many("L14.grassroots", "term_before"),
            ),
            of="term_before",
        ),
    ),
    nothing=NONE_IN_RANGE,
)

CADRES = Template(
    "12",
    Text("干部队伍", "Cadres"),
    Text("{since}，", "{since}, "),
    (
        Clause(
            Text(
                "，提拔交流人大机关干部{B07人}",
                ", promoted or transferred from the congress's office: {B07 cadre(s)}",
            ),
            when=(some("B07"),),
        ),
        Clause(Text("，职级晋升{B08人}", ", {B08} rose in grade"), when=(some("B08"),)),
    ),
    nothing=Text("没有查到提拔交流和职级晋升", "no promotion, transfer or rise in grade was found"),
    of_district=True,
)

CAPACITY = Template(
    "13",
    Text("机构经费", "Bodies and funds"),
    Text("{now}", "{now}"),
    (
        Clause(
            Text(
                "形成“{B12.committee#委}{B12.office#室}{B12.centre#中心}”机构架构",
                "the congress has {B12.committee committee(s)}, {B12.office office(s)} and {B12.centre centre(s)}",
            ),
            when=(some("B12.committee", "B12.office", "B12.centre"),),
            of_district=True,
        ),
        Clause(Text("，街道人大工委设立率{B10}", "; {B10} of subdistricts have a working committee")),
        Clause(Text("，乡镇人大副主席配备率{B11}", "; {B11} of towns and townships have a vice-chair in post")),
        Clause(
            Text(
                "；{year}年安排人大会议、活动、执法检查等经费{B13万元}，执行率{B13.rate}",
                "; for {year} funds of {B13} ten thousand yuan are budgeted, {B13.rate} of them spent",
            ),
            of="last_year",
            of_district=True,
        ),
        Clause(
            Text("；{year}年代表参加培训{L13人次}", "; in {year} deputies took part in training {L13 time(s)}"),
            when=(some("L13", of="last_year"),),
            of="last_year",
        ),
    ),
    nothing=NONE_IN_RANGE,
)

SHORTFALLS = Template(
    "14",
    Text("存在不足", "Shortfalls"),
    ON_DAY,
    (
        Listed(
            Text("，尚有", ", still open: "),
            (
                Clause(
                    Text("{P06件}建议超期未答复", "{P06 suggestion(s)} past the deadline and unanswered"),
                    when=(some("P06"),),
                ),
                Clause(
                    Text("{S09a项}审议意见未按期反馈", "{S09a follow-up report(s)} overdue"),
                    when=(some("S09a"),),
                ),
                Clause(
                    Text("{D02a项}决议决定到期未报告执行情况", "{D02a report(s)} back on resolutions overdue"),
                    when=(some("D02a"),),
                    of_district=True,
                ),
                Clause(
                    Text("{S12a项}法定监督项目逾期未办", "{S12a statutory item(s)} past the limit and not done"),
                    when=(some("S12a"), is_now),
                    of_district=True,
                ),
                Clause(
                    Text("{P10b件}答复承诺逾期未兑现", "{P10b promise(s)} past the day and not kept"),
                    when=(some("P10b"), is_now),
                ),
                Clause(
                    Text("{L02a个}乡镇（街道）未建联络站", "{L02a township(s)} or subdistricts without a station"),
                    when=(some("L02a"),),
                ),
            ),
        ),
    ),
    nothing=Text("没有查到超期、逾期和未建站的情况", "nothing overdue and no township without a station was found"),
)
