"""What the Party committee does for the Congress, and the key work its leaders are linked to."""

from __future__ import annotations

from datetime import date
from random import Random

from sample_data.regions import CODES, NAMES
from sample_data.world import DISTRICT, NEW_TERM_STARTS, Row, World, day_in, days_after, working_day

_FORWARDED = (
    "{year}年监督工作计划",
    "{year}年立项视察调研方案",
    "代表建议办理工作方案",
    "代表联络站建设管理意见",
    "换届选举工作方案",
    "民生实事项目票决工作方案",
    "预算审查监督改革方案",
)
_ISSUED = {
    2021: ("关于做好区和乡镇人大换届选举工作的意见", "关于加强乡镇人大工作的若干措施"),
    2022: ("关于新时代坚持和完善人民代表大会制度、加强和改进人大工作的实施意见",),
    2023: ("关于加强代表联络站建设的意见",),
    2024: ("区政府向区人大常委会报告国有资产管理情况的办法",),
    2026: ("关于做好区和乡镇人大换届选举工作的意见",),
}
# Rules of the Congress the Party committee agreed to.
_RULES = {
    2022: ("区人大常委会街道工作委员会工作暂行办法", "区人大常委会班子成员联系重点工作办法"),
    2023: ("区人大代表向选民述职暂行办法", "代表建议办理工作办法"),
    2024: ("区人大常委会讨论决定重大事项办法",),
    2025: ("区人大常委会任命人员述职评议办法",),
}
_TASKS = (
    "城市更新", "乡村产业振兴", "防汛抗旱", "安全生产", "优化营商环境", "信访维稳", "森林防灭火",
    "巩固脱贫成果", "大气污染防治", "招商引资", "稳就业", "粮食安全", "养老服务", "基层治理",
)  # fmt: skip
_PROJECTS = (
    "工业集中区标准厂房", "城区第二水厂", "区人民医院新院区", "职业教育实训基地", "农产品冷链物流园", "环城公路东段",
    "智慧停车场", "高标准农田", "河道综合治理", "老旧小区改造", "污水管网改造", "数字城管平台", "文化馆新馆",
    "乡镇卫生院改扩建",
)  # fmt: skip
UNLINKED = CODES[-1]  # no leader has taken this township on yet
_SPECIAL = ("国家卫生城市创建", "文明城市创建", "全国双拥模范城创建")


def add_leadership(world: World) -> None:
    """Write the support of the Party committee and the leaders' tasks."""
    for year in world.years:
        _add_support(world, world.chance(f"support/{year}"), year)
    if world.knows(NEW_TERM_STARTS):
        _add_tasks(world, world.chance("tasks"))


def _add_support(world: World, chance: Random, year: int) -> None:
    events: list[tuple[str, str, date, int | None]] = [
        ("HEAR", "区委常委会会议听取区人大常委会党组工作汇报", working_day(date(year, 1, 22)), None),
        ("HEAR", "区委常委会会议听取人大上半年工作汇报", working_day(date(year, 7, 12)), None),
        ("VISIT", "区委书记到区人大机关调研", day_in(chance, year, (3, 4, 5)), None),
        ("TALK", "区委书记与基层人大代表座谈", day_in(chance, year, (6, 9, 11)), None),
    ]
    events += [("SIT", "区委主要负责同志列席人代会审议", day_in(chance, year, (1, 2)), None)]
    for month in (3, 5, 8, 11):
        events.append(("SIT", "区人大常委会主任列席区委常委会会议", day_in(chance, year, (month,)), None))
    for words in chance.sample(_FORWARDED, chance.randint(4, 6)):
        held = day_in(chance, year, range(2, 12))
        events.append(("FWD", f"批转《{words.format(year=year)}》", held, chance.randint(2, 15)))
    for words in _ISSUED.get(year, ()):
        events.append(("ISSUE", f"印发《{words}》", day_in(chance, year, range(3, 11)), chance.randint(8, 30)))
    for words in _RULES.get(year, ()):
        events.append(("RULE", f"制定《{words}》", day_in(chance, year, range(3, 12)), chance.randint(8, 30)))
    if year == 2022:
        events.append(("CONF", "区委人大工作会议", date(2022, 9, 27), None))
    if year == 2023:
        events.append(("SITE", "全省“高质量发展，代表在行动”现场会在我区召开", date(2023, 10, 18), None))
        events.append(("AWARD", "代表联络站获评省级示范站", date(2023, 11, 24), None))
    for number, (kind, title, held, days) in enumerate(events, start=1):
        submitted = days_after(held, -days) if days else None
        if world.knows(held):
            world.add(
                "party_support", id=f"ZC-{year}-{number:02d}", kind=kind, title=title, submitted_on=submitted,
                held_on=held,
            )  # fmt: skip


def _add_tasks(world: World, chance: Random) -> None:
    leaders = [row for row in world.of("deputy") if row["id"].startswith("D5-") and row["sc_role"] in ("CHAIR", "VICE")]
    towns = list(CODES)
    for place, leader in enumerate(leaders):
        duty = "区人大常委会" + ("主任" if leader["sc_role"] == "CHAIR" else "副主任")
        picks = [("TASK", _TASKS[2 * place + i], DISTRICT) for i in (0, 1)]
        picks += [("PROJECT", _PROJECTS[2 * place], chance.choice(CODES))]
        picks += [("PROJECT", _PROJECTS[2 * place + 1], DISTRICT)]
        for code in towns[place :: len(leaders)]:
            if code == UNLINKED:
                continue
            picks.append(("TOWN", f"包联{NAMES[code]}", code))
        if place < len(_SPECIAL):
            picks.append(("SPECIAL", _SPECIAL[place], DISTRICT))
        for number, (kind, title, code) in enumerate(picks, start=1):
            key = f"LX-{place + 1}-{number:02d}"
            _add_task(world, key, leader, duty, kind, title, code)


def _add_task(world: World, key: str, leader: Row, duty: str, kind: str, title: str, code: str) -> None:
    chance = world.chance(f"task/{key}")
    lasts = kind == "TOWN"
    year, month = chance.choice((2022, 2023, 2024, 2025, 2026)), chance.randint(2, 9)
    start = date(2022, 2, 18) if lasts else working_day(date(year, month, 8))
    due = days_after(start, chance.choice((300, 420, 640, 900)))
    if not world.knows(start):
        return
    gone = (world.until - start).days / (due - start).days
    share = min(100, round(gone * chance.choice((30, 70, 90, 100, 110)) / 5) * 5)
    done = not lasts and share >= 100
    status = "GOING" if lasts or not done else "DONE"
    world.add(
        "leader_task", id=key, leader=leader["name"], duty=duty, kind=kind, title=title, region_code=code,
        start_on=start, due_on=None if lasts else due, status="NEW" if share == 0 and not lasts else status,
        progress_pct=None if lasts else share,
    )  # fmt: skip
