"""The fourteen sentences of the briefing, in the order of the speech: Party leadership, duties, deputies, capacity."""

from __future__ import annotations

from dashboard.briefing.deputies import ACTIVITY, CADRES, CAPACITY, ELECTION, SHORTFALLS, STATIONS
from dashboard.briefing.duties import (
    APPRAISALS,
    DECISIONS,
    KEY_WORK,
    LEADERSHIP,
    PERSONNEL,
    PROPOSALS,
    RATED,
    SUPERVISION,
)
from data_access.text import Text

# What a part of a share, or a difference, is called by itself.
PARTS = {
    "P04.k": Text("已答复", "Replied"),
    "P08.k": Text("已解决或基本解决（A类）", "Solved (class A)"),
    "P13.k": Text("已评价", "Rated"),
    "P13.rest": Text("待评价（未反馈）", "Not rated"),
    "P11.k": Text("满意", "Satisfied"),
    "P12.k-P11.k": Text("基本满意", "Mostly satisfied"),
    "P12.rest": Text("不满意", "Dissatisfied"),
    "S08.k": Text("已落实意见", "Points acted on"),
    "A05.k": Text("已宣誓", "Sworn"),
    "L04.k": Text("已编入代表", "Deputies assigned"),
    "L05.k": Text("实际进站代表", "Deputies who attended"),
    "L08a.k": Text("已办结意见", "Opinions resolved"),
    "L10.d.k": Text("已述职的县级代表", "District deputies who reported"),
    "L10.t.k": Text("已述职的乡镇代表", "Township deputies who reported"),
}

TEMPLATES = (
    LEADERSHIP, PROPOSALS, RATED, DECISIONS, SUPERVISION, APPRAISALS, KEY_WORK, PERSONNEL, STATIONS, ACTIVITY, ELECTION,
    CADRES, CAPACITY, SHORTFALLS,
)  # fmt: skip
