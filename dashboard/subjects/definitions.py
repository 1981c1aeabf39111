"""The definitions of all metrics, as a list to take away."""

from __future__ import annotations

import pandas as pd

from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.listing import Cell, Column, Line, Listing
from data_access.metrics import SUBJECTS
from data_access.metrics.metric import Direction, Metric, Window
from data_access.quality.aspects import MEASURES
from data_access.tables import TABLES
from data_access.text import Lang, Text

NAME = Text("指标口径", "Definitions")
TITLE = Text("{n} 项指标的口径", "What {n} figures count")
SUBTITLE = Text("按页面次序；编号也写在各文件的口径里", "In the order of the pages; every file names these keys")
SUBJECT, FIGURE, KEY, UNIT = Text("页面", "Page"), Text("指标", "Figure"), Text("编号", "Key"), Text("单位", "Unit")
TABLE = Text("{title}（{name}）", "{title} ({name})")
LIST = Text("、", ", ")
GROUPS = {
    "leadership": Text("党委领导与重点工作", "Party leadership and key work"),
    "proposals": Text("议案建议", "Bills and suggestions"),
    "supervision": Text("监督", "Supervision"),
    "decisions": Text("决议决定与会议", "Decisions and meetings"),
    "personnel": Text("人事任免", "Personnel"),
    "stations": Text("联络站点", "Liaison stations"),
    "deputies": Text("代表履职", "Deputies"),
    "capacity": Text("队伍与保障", "Capacity"),
    "quality": Text("数据质量", "Data quality"),
}
# What is counted of the data itself has no records of its own: its page lists them.
DEFINED: dict[str, tuple[Metric, ...]] = {**SUBJECTS, "quality": MEASURES}
WINDOWS = {
    Window.FLOW: Text("年度内发生", "within the years"),
    Window.STOCK: Text("某日存量", "state on the last day"),
    Window.TERM: Text("本届累计", "within the term"),
    Window.SINCE: Text("自某日起", "since a date"),
    Window.CHANGE: Text("所选日期以来", "since the day chosen"),
}
DIRECTIONS = {
    Direction.HIGHER: Text("越高越好", "higher is better"),
    Direction.LOWER: Text("越低越好", "lower is better"),
    Direction.NEUTRAL: Text("不以多少论优劣", "more is not better"),
}
FIELDS = (
    Text("定义", "Definition"), Text("不计", "Excludes"), Text("年度", "Years"), Text("时间", "Window"),
    Text("方向", "Direction"), Text("依据", "Source"), Text("数据表", "Table"),
)  # fmt: skip
IN_PRINT = (0, 1, 5)  # of the fields: what is counted, what is not, by which law; a workbook holds all


def fields(metric: Metric, lang: Lang) -> tuple[str, ...]:
    """What is told of a metric, in the order of ``FIELDS``; empty where nothing is to be said."""
    names = (name for name in metric.tables if name in TABLES)
    tables = LIST(lang).join(TABLE(lang, title=TABLES[name].info["title"](lang), name=name) for name in names)
    return (
        metric.definition(lang), metric.excludes(lang), metric.year_rule(lang), WINDOWS[metric.window](lang),
        DIRECTIONS[metric.direction](lang), metric.source(lang), tables,
    )  # fmt: skip


def unit(metric: Metric, lang: Lang) -> str:
    """The unit of a metric's value; that of a share is per cent."""
    return "%" if metric.is_share else metric.unit(lang)


def compose(_: None, view: View) -> Picture:
    """Every metric with its fields, subject by subject."""
    lang = view.lang
    told = [
        (GROUPS[subject](lang), metric.name(lang), metric.key, unit(metric, lang), *fields(metric, lang))
        for subject, metrics in DEFINED.items()
        for metric in metrics
    ]
    heads = (SUBJECT, FIGURE, KEY, UNIT)
    table = pd.DataFrame(told, columns=[head(lang) for head in (*heads, *FIELDS)])
    columns = (
        Column(KEY(lang)), Column(FIGURE(lang)), Column(UNIT(lang)),
        *(Column(FIELDS[place](lang), wide=True) for place in IN_PRINT),
    )  # fmt: skip
    lines = tuple(
        Line((Cell(key), Cell(name), Cell(measured), *(Cell(said[place]) for place in IN_PRINT)))
        for _, name, key, measured, *said in told
    )
    title = TITLE(lang, n=len(told))
    return Picture(title, SUBTITLE(lang), Listing(columns, lines), table, alt=title)


ALL = Exhibit("all", NAME, (), lambda _connection, _view: None, compose)
