"""A speech of our own that names every figure a Party committee's speech on its People's Congress work names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

# {name}: the figure of that name in FIGURES; what follows a colon says how it is written.
SPEECH = """各位领导：
五年来，区委听取人大工作汇报{heard}次，主要负责同志到人大调研{visits}次、与代表座谈{talks}次，批转人大报送文件{papers}件，出台支持人大工作的制度文件{documents}件。
围绕提升办理质量，五年来共收到代表建议{suggestions}件、代表议案{bills}件，已答复{answered}件，办理率{replied}，满意率{content}。
五年来，人大及其常委会作出决议决定{resolutions}项，其中批准预决算及计划调整{finance}项。
五年来，开展调研监督{supervision}次，执法检查{inspections}次，形成调研报告{reports}篇，提出意见建议{opinions}条。
班子成员认领重点任务{tasks}项、联系重点项目{projects}个，包联乡镇（街道）{linked}个。
五年来，依法任免国家工作人员{appointed}人次，涉及{persons}人。
全区建成代表联络站{stations}个、联络室{rooms}个、联络点{points}个，代表编入率{assigned}；五年来，接待群众{received}人次。
本届已有{reporters}名代表向选民述职，五年来举办现场会{site}次。
换届选举中，全区选举产生区人大代表{district}名、乡镇人大代表{township}名，参选率{turnout}。
2023年以来，提拔交流人大机关干部{promoted}人，职级晋升{graded}人。
形成“{bodies}”架构，街道人大工委设立率{street}，乡镇人大副主席配备率{vice}。
五年来，安排专项经费{funds}万元，培训代表{trained}人次。
"""

FIGURES = {
    "heard": ("B01", ""), "visits": ("B02.visit", ""), "talks": ("B02.talk", ""), "papers": ("B03", ""),
    "documents": ("B04", ""), "suggestions": ("P01", ""), "bills": ("P02", ""), "answered": ("P04", "P04.k"),
    "replied": ("P04", ""), "content": ("P12", ""), "resolutions": ("D01", ""), "finance": ("D01.fin", ""),
    "supervision": ("S01", ""), "inspections": ("S03", ""), "reports": ("S06", ""), "opinions": ("S07", ""),
    "tasks": ("B06.task", ""), "projects": ("B06.project", ""), "linked": ("B06.town", ""), "appointed": ("A01", ""),
    "persons": ("A08", ""), "stations": ("L01.ST", ""), "rooms": ("L01.RM", ""), "points": ("L01.PT", ""),
    "assigned": ("L04", ""), "received": ("L07", ""), "reporters": ("L10", "L10.k"), "site": ("B04.site", ""),
    "district": ("E01.d", ""), "township": ("E01.t", ""), "turnout": ("E02", ""), "promoted": ("B07", ""),
    "graded": ("B08", ""), "street": ("B10", ""), "vice": ("B11", ""), "funds": ("B13", ""), "trained": ("L13", ""),
}  # fmt: skip
SHARES = frozenset({"replied", "content", "assigned", "turnout", "street", "vice"})
NAMES = (*FIGURES, "bodies")


def filled(figure: Callable[..., Any], wrong: str = "") -> str:
    """The speech with the figures of the database, that of ``wrong`` made a wrong one."""
    return re.sub(r"\{(\w+)\}", lambda match: _written(figure, match[1], is_wrong=match[1] == wrong), SPEECH)


def _written(figure: Callable[..., Any], name: str, *, is_wrong: bool) -> str:
    if name == "bodies":
        numbers = [int(figure(key)) for key in ("B12.committee", "B12.office", "B12.centre")]
        numbers[0] += is_wrong
        return "{}委{}室{}中心".format(*("零一二三四五六七八九"[number] for number in numbers))
    value = figure(*FIGURES[name])
    if name in SHARES:
        percent = round(100 * float(value), 1)
        percent += 0 if not is_wrong else -3.3
        return "百分之百" if percent == 100 else f"{percent:.1f}%"
    if name == "funds":
        return f"{float(value) + 5 * is_wrong:,.1f}"
    return f"{int(value) + 2 * is_wrong:,}"
