"""Bodies of the Congress and the units that handle suggestions and are supervised."""

from __future__ import annotations

from datetime import date

from sample_data.regions import NAMES, RURAL, STREETS
from sample_data.world import DISTRICT, World

# Seven committees, two offices and one centre.
_BODIES = (
    ("RD-01", "区人大监察和司法委员会", "COM", 4, 3),
    ("RD-02", "区人大财政经济委员会", "COM", 5, 5),
    ("RD-03", "区人大教科文卫委员会", "COM", 4, 4),
    ("RD-04", "区人大农业与农村委员会", "COM", 4, 3),
    ("RD-05", "区人大城建环资委员会", "COM", 4, 4),
    ("RD-06", "区人大社会建设委员会", "COM", 4, 3),
    ("RD-07", "区人大常委会代表选举任免工作委员会", "COM", 5, 5),
    ("RD-08", "区人大常委会办公室", "OFF", 12, 11),
    ("RD-09", "区人大常委会研究室", "OFF", 4, 3),
    ("RD-10", "区人大代表服务中心", "CEN", 6, 5),
)
COMMITTEE_OF = {
    "LAW": "RD-01", "FIN": "RD-02", "EDU": "RD-03", "AGR": "RD-04", "URB": "RD-05", "SOC": "RD-06", "ETH": "RD-03",
    "OTH": "RD-07",
}  # fmt: skip
DEPUTIES_COMMITTEE = "RD-07"

# Short name, system; two changed in the reform of 2024.
_HANDLING = (
    ("区政府办", "GOV"), ("区发改局", "GOV"), ("区教体局", "GOV"), ("区科工局", "GOV"), ("区公安分局", "GOV"),
    ("区民政局", "GOV"), ("区司法局", "GOV"), ("区财政局", "GOV"), ("区人社局", "GOV"), ("区住建局", "GOV"),
    ("区城管局", "GOV"), ("区交通运输局", "GOV"), ("区水务局", "GOV"), ("区农业农村局", "GOV"), ("区商务局", "GOV"),
    ("区文旅局", "GOV"), ("区卫健局", "GOV"), ("区退役军人局", "GOV"), ("区应急局", "GOV"), ("区审计局", "GOV"),
    ("区市场监管局", "GOV"), ("区林业局", "GOV"), ("区医保局", "GOV"), ("区统计局", "GOV"), ("区政务数据局", "GOV"),
    ("区国资中心", "GOV"), ("区经开区管委会", "GOV"), ("区委组织部", "PTY"), ("区委宣传部", "PTY"),
    ("区委统战部", "PTY"), ("区委政法委", "PTY"), ("区信访局", "PTY"), ("团区委", "PTY"), ("区妇联", "PTY"),
    ("区残联", "PTY"), ("区监委", "SUP"), ("区法院", "CRT"), ("区检察院", "PRO"), ("区自然资源分局", "VER"),
    ("区生态环境分局", "VER"), ("区税务局", "VER"), ("区供电分公司", "VER"), ("区气象局", "VER"), ("区消防大队", "VER"),
)  # fmt: skip
_REFORM = date(2024, 3, 29)
_CLOSED, _OPENED = "区乡村振兴局", "区委社会工作部"

ID_OF = {name: f"DW-{number:02d}" for number, (name, _) in enumerate(_HANDLING, start=1)}
ID_OF |= {_CLOSED: "DW-51", _OPENED: "DW-52"}
ID_OF |= {NAMES[code] + "政府": f"XZ-{code[-3:]}" for code in RURAL}
ID_OF |= {NAMES[code] + "办事处": f"XZ-{code[-3:]}" for code in STREETS}
SYSTEM_OF = dict(_HANDLING) | {_CLOSED: "GOV", _OPENED: "PTY"}
TOWN_UNIT = {code: f"XZ-{code[-3:]}" for code in (*RURAL, *STREETS)}


def add_units(world: World) -> None:
    """Write all bodies and units down."""
    for key, name, kind, posts, staff in _BODIES:
        _add(world, key, name, "PC", kind, posts=posts, staff=staff, set_up_on=date(2016, 12, 23))
    for name, system in _HANDLING:
        _add(world, ID_OF[name], name, system, "HDL")
    closed = world.known(_REFORM)
    _add(world, ID_OF[_CLOSED], _CLOSED, "GOV", "HDL", set_up_on=date(2021, 6, 1), closed_on=closed)
    if closed:
        _add(world, ID_OF[_OPENED], _OPENED, "PTY", "HDL", set_up_on=_REFORM)
    _add_street_committees(world)
    _add_township_congresses(world)


def _add(world: World, key: str, name: str, system: str, kind: str, region: str = DISTRICT, **more: object) -> None:
    world.add("org_unit", id=key, name=name, system=system, kind=kind, region_code=region, **more)


def _add_street_committees(world: World) -> None:
    for number, code in enumerate(STREETS):
        # The last subdistrict got its working committee later than the others.
        set_up = date(2022, 9, 16) if number == len(STREETS) - 1 else date(2017, 3, 10)
        _add(world, TOWN_UNIT[code], NAMES[code] + "办事处", "TWN", "HDL", code)
        if world.knows(set_up):
            _add(
                world, f"JD-{code[-3:]}", f"{NAMES[code]}人大工委", "PC", "STR", code, posts=3,
                staff=3 if number % 3 else 2, vice_chair=number != 3, set_up_on=set_up,
            )  # fmt: skip


def _add_township_congresses(world: World) -> None:
    for number, code in enumerate(RURAL):
        _add(world, TOWN_UNIT[code], NAMES[code] + "政府", "TWN", "HDL", code)
        _add(
            world, f"RX-{code[-3:]}", f"{NAMES[code]}人大", "PC", "TWP", code, posts=2, staff=2 if number != 8 else 1,
            vice_chair=number not in (4, 8), set_up_on=date(2016, 12, 20),
        )  # fmt: skip
