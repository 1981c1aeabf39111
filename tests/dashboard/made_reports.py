"""Reports of every kind of drawing, small and visible, for the tests of files."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.exhibits.barlist import Bar, BarList
from dashboard.exhibits.drawing import Drawing
from dashboard.exhibits.exhibit import Body, Picture
from dashboard.exhibits.ladder import Ladder, Part, Rung
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from dashboard.exhibits.numbers import Card, Numbers
from dashboard.exhibits.plot import Plot, Stack
from dashboard.exhibits.steps import Stage, Steps
from dashboard.exhibits.todo import Item, Todo
from dashboard.exports.report import Definition, Figure, Passport, Report, Section, Sentence

LINK = "http://127.0.0.1:8501/proposals?years=2022-2026&townships=101_102&as_of=2026-11-20"
LONG = "关于进一步完善老旧小区加装电梯审批流程、明确部门职责分工并同步改造小区内部消防通道和无障碍设施的建议"
NO_BREAK = "https://board.example/aVeryLongWordThatGoesOnAndOnWithoutAnyPlaceToBreak0123456789"
EVIL = ("=1+1", '=HYPERLINK("http://x.example","看")', "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "{=1+1}")
PASSPORT = Passport(
    title="议案建议 · 按类别",
    filters="2022–2026 年，石塘镇、沙洲镇",
    records="214 件建议",
    counting="建议按办理年度、按领衔代表计一次",
    data_as_of="2026-11-20",
    made_at=datetime(2026, 11, 22, 10, 30, tzinfo=timezone(timedelta(hours=8))),
    definitions=(Definition("P06", "按期答复率", "法定期限内答复的件数占已到期件数的比例", "未到期的件", "代表法"),),
    link=LINK,
    snapshot_id="3F9A01CD",
    note="示例数据：地名、单位、人名和数字均为虚构。",
    maker="云澜区人大常委会",
)
TABLE = pd.DataFrame(
    {
        "类别": ["城乡建设", "农业农村", "其他"],
        "件数": [46, 1238, 0],
        "按期率": [0.925, 0.5, float("nan")],
        "交办日": pd.to_datetime(["2026-05-08", "2026-06-01", None]),
    }
)


def figure(title: str = "收到建议") -> dict[str, Any]:
    """A bar chart that names itself."""
    bars = {"type": "bar", "x": ["2025", "2026"], "y": [190, 214], "text": ["190", "214"], "textposition": "outside"}
    return {"data": [bars], "layout": theme.layout("light", title={"text": title}, margin={"t": 40})}


def tiny_svg(_figure: dict[str, Any], width: int, height: int) -> str:
    """Stands for a chart where none needs to be drawn."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><defs><clipPath id="c"><rect '
        f'width="{width}" height="9"/></clipPath></defs><g clip-path="url(#c)"><text x="0" y="9">图</text></g></svg>'
    )


def rows(count: int) -> Listing:
    """A table of that many lines, among them a long title and a long word."""
    titles = ("关于整治夜市油烟扰民的建议", LONG, NO_BREAK)
    chips = (Cell("超期 12 天", "late"), Cell("剩 3 天", "soon"), Cell("待评价", "quiet"))
    lines = tuple(
        Line((chips[n % 3], Cell(f"第{n}号"), Cell(titles[n % 3]), Cell("区住建局"), Cell("11-08")))
        for n in range(count)
    )
    columns = (Column("状态"), Column("编号"), Column("标题", wide=True), Column("主办单位"), Column("法定期限"))
    return Listing(columns, lines)


LADDER = Ladder(
    (
        Rung(
            "首次",
            (
                Part("good", "满意", 148),
                Part("fair", "基本满意", 19),
                Part("bad", "不满意", 4),
                Part("none", "未反馈", 25),
            ),
        ),
    ),
    ("满意率", "反馈率"),
    (("86.5%", "87.2%"),),
)
MAP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M0 0H60V40Z" fill="#7AA4C8"/></svg>'
BODIES: dict[str, Body] = {
    "cards": Numbers((Card("收到建议", "1,214", "件", "较同期", "多 16 件", "上年同期 198 件", (150, None, 214)),)),
    "steps": Steps(
        (Stage("收到", "214", "件", 1.0), Stage("答复", "196", "件", 0.9, ("反馈率 87.2%",), "未答复 10 件"))
    ),
    "ladder": LADDER,
    "bars": BarList((Bar("区住建局", 86.1, ("86.1%", "5 件"), late=13.9, mark=80.0, warn=1),), ("按期率", "逾期"), 100),
    "table": rows(60),
    "todo": Todo((Item("超期 12 天", "late", LONG, "区住建局 · 应于 11-08 答复"),)),
    "plot": Plot(figure(), 300),
    "svg": Drawing(lambda: MAP, lambda: MAP, "", "红点为联络站"),
    "stack": Stack((LADDER, Plot(figure(), 200))),
}


def picture(body: Body | None, **changes: Any) -> Picture:
    """A picture with words around it."""
    words = {"title": "城建类最多，占四成", "subtitle": "单位：件，n=214", "foot": "类别按 2024 年版分类表。"} | changes
    return Picture(body=body, figures=words.pop("table", TABLE), alt=words["title"], **words)


def single(body: Body | None = None, **changes: Any) -> Report:
    """A report of one exhibit."""
    section = Section("by_category", "按类别", picture(body, **changes))
    return Report("议案建议", "zh", PASSPORT, (section,), "议案建议_按类别")


def whole() -> Report:
    """A report of a page with every kind of drawing, and an empty one."""
    sections = tuple(Section(key, f"图 {key}", picture(body, title=f"{key} 的结论")) for key, body in BODIES.items())
    empty = Section(
        "none", "无", picture(None, title="没有超期件", empty="所选范围内没有超期件。", table=TABLE.iloc[:0])
    )
    return Report("议案建议", "zh", PASSPORT, (*sections, empty), "议案建议", is_page=True)


DAMAGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def number(words: str, key: str = "P01", link: str = "/records?metric=P01&years=2021-2025", **changes: str) -> Figure:
    """A number of a sentence."""
    told = {
        "metric": "收到建议",
        "definition": "交办的建议，按领衔代表计一次",
        "period": "2021–2025年",
        "source": "建议台账",
    }
    return Figure(words=words, key=key, link=link, **told | changes)


def briefing() -> Report:
    """A briefing of two sentences under two subjects, with a chart and a matrix taken along."""
    first = Sentence(
        "s1",
        "代表建议",
        (
            "五年来共交办建议",
            number("1,204件"),
            "，满意率",
            number("96.2%", "P11"),
            "；“重点督办”",
            number("45件", link=""),
            "。",
        ),
    )
    second = Sentence("s2", "监督工作", ("听取专项报告", number("37次", "S02", source="监督台账"), "。"))
    chart = Section("years", "按年", picture(BODIES["plot"]), filters="仅石塘镇", note="请在会上说明。")
    made = replace(single(BODIES["ladder"]), title="工作简报", is_page=True, sentences=(first, second))
    return replace(made, sections=(chart, *made.sections), file_stem="云澜区_工作简报_2021-2025年")


def evil_briefing() -> Report:
    """A briefing whose every word may be a formula, markup, damage or too long."""
    bad = "\x00\x07\ufffe<script>alert(1)</script>𠮷\r\n" + "".join(f"{word}；" for word in EVIL)
    sentence = Sentence(bad, bad, (bad, number(bad, metric=bad, definition=bad * 40, source=bad, link="javascript:x")))
    long = Section("evil", bad, picture(rows(2), title=bad, subtitle=bad, foot=bad), filters=bad, note="长" * 5000)
    table = pd.DataFrame({word: [word, bad] for word in EVIL})
    bare = Section("bare", bad, replace(picture(None, title=bad), figures=table))
    made = replace(briefing(), title=bad, sentences=(sentence,), sections=(long, bare, *briefing().sections))
    return replace(made, passport=replace(PASSPORT, title=bad, filters=bad, note=bad, maker=bad))
