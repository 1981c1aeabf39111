"""Party leadership and key work: hearings, visits, papers answered, documents issued, work leaders are linked to (B01
to B06)."""

from __future__ import annotations

from functools import partial

from data_access.metrics.conditions import among, both, claims, recorded
from data_access.metrics.metric import Direction, Kind, Metric, Window
from data_access.text import Text

TIMES = Text("次", "times")
PAPERS = Text("件", "papers")
DAYS = Text("天", "days")
SHARE = Text("%", "%")

PARTY = Text(
    "党委关于加强人大工作的意见；本地党委文件（一般每年至少听取一次汇报）",
    "Party documents on the work of the Congress; locally as a rule at least one report a year",
)
DIVISION = Text(
    "党委分工和人大联系重点工作制度，不是法定职权",
    "The Party committee's division of labour and its rules on key work; not a power given by law",
)
NOT_SUPERVISION = Text("属服务中心工作，不计入监督", "service to the centre of work, never counted as supervision")

_act = partial(
    Metric,
    window=Window.FLOW,
    rows="party_support",
    table="party_support",
    direction=Direction.NEUTRAL,
    source=PARTY,
    year_rule=Text("按发生、批转或印发日期所在年度", "by the year it took place, was forwarded or issued"),
)
_count = partial(_act, kind=Kind.COUNT, unit=TIMES)

SUPPORT = (
    _count(
        key="B01",
        name=Text("党委听取人大工作汇报", "Reports heard by the Party committee"),
        definition=Text(
            "党委会议听取人大常委会党组工作汇报的次数",
            "Reports of the Standing Committee's Party group heard by the Party committee",
        ),
        excludes=Text(
            "不计人大工作会议（另列）和书面报送", "Conferences on Congress work, and reports only in writing"
        ),
        counted=among("kind", "HEAR"),
        chart=Text("听取汇报", "Reports heard"),
    ),
    _count(
        key="B02",
        name=Text("主要负责同志调研座谈", "Visits and talks by the Party leader"),
        definition=Text(
            "党委主要负责同志到人大调研和与人大代表座谈的次数",
            "Study visits to the Congress and talks with deputies by the head of the Party committee",
        ),
        excludes=Text("不计其他班子成员的调研", "Visits by other leaders"),
        counted=among("kind", "VISIT", "TALK"),
        chart=Text("调研座谈", "Visits and talks"),
    ),
    _count(
        key="B02.visit",
        name=Text("到人大调研", "Visits to the Congress"),
        definition=Text("党委主要负责同志到人大调研的次数", "Study visits by the head of the Party committee"),
        excludes=Text("不计与代表座谈", "Talks with deputies"),
        counted=among("kind", "VISIT"),
    ),
    _count(
        key="B02.talk",
        name=Text("与代表座谈", "Talks with deputies"),
        definition=Text(
            "党委主要负责同志与人大代表座谈的次数", "Talks of the head of the Party committee with deputies"
        ),
        excludes=Text("不计到人大机关调研", "Study visits"),
        counted=among("kind", "TALK"),
    ),
    _count(
        key="B03",
        name=Text("批转人大报送文件", "Papers of the Congress forwarded"),
        unit=PAPERS,
        definition=Text(
            "党委对人大报送的重要文件、事项、议题和计划研究批转的件数",
            "Papers submitted by the Congress that the Party committee took up and forwarded",
        ),
        excludes=Text("不计已报送、尚未批转的（没有批转日期）", "Papers submitted and not yet forwarded"),
        counted=among("kind", "FWD"),
        chart=Text("批转文件", "Papers forwarded"),
    ),
    _act(
        key="B03d",
        name=Text("报送到批转天数（中位数）", "Days to forward a paper, median"),
        kind=Kind.QUANTILE,
        of="days",
        unit=DAYS,
        direction=Direction.LOWER,
        definition=Text("批转日期减报送日期的天数，取中位数", "Days from submission to forwarding, the middle value"),
        excludes=Text("不计未填报送日期的", "Papers without a day of submission"),
        counted=both(among("kind", "FWD"), recorded("days")),
        chart=Text("批转用时", "Days to forward"),
    ),
    _act(
        key="B03x",
        name=Text("报送到批转最长天数", "Days to forward a paper, longest"),
        kind=Kind.QUANTILE,
        quantile=1.0,
        of="days",
        unit=DAYS,
        direction=Direction.LOWER,
        definition=Text("批转日期减报送日期的天数，取最大值", "Days from submission to forwarding, the largest value"),
        excludes=Text("不计未填报送日期的", "Papers without a day of submission"),
        counted=both(among("kind", "FWD"), recorded("days")),
    ),
    _count(
        key="B04",
        name=Text("出台制度文件", "Documents issued"),
        unit=PAPERS,
        definition=Text(
            "党委出台的支持人大工作的文件，和经党委研究同意、人大制定的办法等制度文件的件数",
            "Documents of the Party committee in support of the Congress, and rules of the Congress it agreed to",
        ),
        excludes=Text("不计批转的一般文件和会议、表彰通知", "Papers merely forwarded; notices of meetings and awards"),
        counted=among("kind", "ISSUE", "RULE"),
        chart=Text("制度文件", "Documents"),
    ),
    _count(
        key="B04.site",
        name=Text("现场会", "On-site meetings"),
        definition=Text(
            "上级或本级在本地召开的人大工作现场会次数", "On-site meetings on Congress work held in the place"
        ),
        excludes=Text("不计人大工作会议和表彰", "Conferences on Congress work; awards"),
        counted=among("kind", "SITE"),
    ),
    _count(
        key="B05",
        name=Text("列席会议", "Attendance at meetings"),
        definition=Text(
            "党委与人大之间按制度列席会议的次数，一次会议计一次",
            "Seats taken at each other's meetings by the Party committee and the Congress; a meeting counts once",
        ),
        excludes=Text("不计代表列席常委会会议", "Deputies who attend the Standing Committee"),
        counted=among("kind", "SIT"),
    ),
)

CAMPAIGNS = (
    _count(
        key="B04.cam",
        name=Text("主题活动", "Themed campaigns"),
        unit=Text("场", "events"),
        rows="campaigns",
        table="deputy_activity",
        definition=Text("开展代表主题活动的场次", "Events of deputies' themed campaigns"),
        excludes=Text("不按参加代表重复计；不计日常进站和小组活动", "Deputies present; receptions and group work"),
        source=Text("代表法关于闭会期间代表活动的规定", "Deputies Law, on activities between sessions"),
        year_rule=Text("按活动日期所在年度", "by the year it took place in"),
        counted=claims(),
    ),
)

_task = partial(
    Metric,
    window=Window.STOCK,
    kind=Kind.COUNT,
    rows="leader_tasks",
    table="leader_task",
    direction=Direction.NEUTRAL,
    source=DIVISION,
    excludes=Text(
        f"不计中止的、期初以前已完成的和已结束的包联；{NOT_SUPERVISION.zh}",
        f"Work stopped or done before the period, links that ended; {NOT_SUPERVISION.en}",
    ),
    year_rule=Text(
        "所选期间内联系过的；状态和进度为目前填报的", "linked within the period; state and progress as last recorded"
    ),
)

KEY_WORK = (
    _task(
        key="B06.leaders",
        name=Text("联系重点工作的班子成员", "Leaders linked to key work"),
        kind=Kind.DISTINCT,
        of="leader",
        unit=Text("人", "leaders"),
        definition=Text(
            "联系重点任务、重点项目、乡镇（街道）或专项工作的班子成员人数，同一人只计一人",
            "Leaders linked to tasks, projects, townships or campaigns, each counted once",
        ),
        counted=claims(),
        chart=Text("班子成员", "Leaders"),
    ),
    _task(
        key="B06.task",
        name=Text("联系重点任务", "Key tasks"),
        unit=Text("项", "tasks"),
        definition=Text("班子成员联系的重点任务项数", "Key tasks that leaders are linked to"),
        counted=among("kind", "TASK"),
        chart=Text("重点任务", "Key tasks"),
    ),
    _task(
        key="B06.project",
        name=Text("联系重点项目", "Key projects"),
        unit=Text("个", "projects"),
        definition=Text("班子成员联系的重点项目个数", "Key projects that leaders are linked to"),
        counted=among("kind", "PROJECT"),
        chart=Text("重点项目", "Key projects"),
    ),
    _task(
        key="B06.town",
        name=Text("包联乡镇（街道）", "Townships linked"),
        kind=Kind.DISTINCT,
        of="township",
        unit=Text("个", "townships"),
        definition=Text(
            "有班子成员包联的乡镇（街道）个数，几人包联一处只计一个",
            "Townships and subdistricts with a leader linked, each counted once",
        ),
        counted=among("kind", "TOWN"),
        chart=Text("包联乡镇", "Townships"),
    ),
    _task(
        key="B06.special",
        name=Text("参与专项工作", "Special campaigns"),
        unit=Text("项", "campaigns"),
        definition=Text("班子成员参与的创建、攻坚等专项工作项数", "Special campaigns that leaders take part in"),
        counted=among("kind", "SPECIAL"),
        chart=Text("专项工作", "Special work"),
    ),
    _task(
        key="B06.done",
        name=Text("到期完成率", "Due work done"),
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        definition=Text(
            "计划完成日期已到的重点任务、项目和专项工作中，已完成的所占比例",
            "Tasks, projects and campaigns due by the last day: done ÷ all of them",
        ),
        excludes=Text(
            "不计包联乡镇、未定完成日期的、中止的和期初以前已完成的；任务大小不同，不用于比较班子成员",
            "Townships, work without a due day, work stopped or done before the period; as tasks differ in size, it "
            "compares no leaders",
        ),
        counted=claims("is_done"),
        base=both(claims("is_due"), among("kind", "TASK", "PROJECT", "SPECIAL")),
    ),
    _task(
        key="B06.linked",
        name=Text("乡镇（街道）包联覆盖率", "Townships with a leader linked"),
        kind=Kind.SHARE,
        unit=SHARE,
        decimals=1,
        direction=Direction.HIGHER,
        rows="linked_townships",
        table="leader_task、region",
        definition=Text(
            "期末有班子成员包联的乡镇（街道）÷全部乡镇（街道）",
            "Townships and subdistricts with a leader linked on the last day ÷ all",
        ),
        excludes=Text("已完成和中止的包联不算", "Links that ended"),
        year_rule=Text("截至期末当日", "as it stood on the last day"),
        counted=claims("is_linked"),
        base=claims(),
    ),
)

METRICS: tuple[Metric, ...] = (*SUPPORT, *CAMPAIGNS, *KEY_WORK)
