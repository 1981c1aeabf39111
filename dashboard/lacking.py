"""What a page says at its head when the database has no such table or column, and what to do."""

from __future__ import annotations

from dashboard import fetch
from dashboard.absence import first, named, of_metrics
from dashboard.exhibits.exhibit import Exhibit, Page, View
from data_access.errors import TableMissing
from data_access.metrics.metric import Metric
from data_access.origins import origin
from data_access.reads import lacks
from data_access.text import Text

WHOLE_PAGE = Text(
    "本页需要{names}，数据库里还没有。请信息技术同事建立同名的表或视图：python -m data_access describe --table {first} "
    "打印写法，python -m data_access check 核对；建好后刷新本页即可。",
    "This page needs {names}, which the database does not have. Have a table or view of that name made: "
    "python -m data_access describe --table {first} prints it, python -m data_access check compares; then reload.",
)
PART = Text(
    "数据库里没有{names}：用到它的数字显示为“未填报”，用到它的图表各自说明，其余照常。"
    "写法见 python -m data_access describe --table {first}。",
    "The database does not have {names}: figures that need it are shown as not reported, exhibits that need it say so, "
    "the others are not affected. See python -m data_access describe --table {first}.",
)


def notice(page: Page, view: View) -> tuple[str, bool]:
    """What a reader is told at the head of a page, empty where nothing is lacking; and whether there is nothing else
    to show."""
    names = of_metrics((metric for exhibit in page.exhibits() for metric in exhibit.metrics), view)
    if not names:
        return "", False
    is_whole = not any(_stands(page, exhibit, view) for exhibit in page.exhibits())
    sentence = WHOLE_PAGE if is_whole else PART
    return sentence(view.lang, names=named(names, view.lang), first=first(names)), is_whole


def _stands(page: Page, exhibit: Exhibit, view: View) -> bool:
    """Whether an exhibit has anything to show; one that fails for another reason has, namely its own sentence."""
    if exhibit.bare and all(_is_lost(metric, view) for metric in exhibit.metrics):
        return False
    try:
        return not fetch.picture(page.key, exhibit, view).is_absent
    except TableMissing:
        return False


def _is_lost(metric: Metric, view: View) -> bool:
    """Whether a figure can be had neither from rows nor from a printed total."""
    return bool(lacks(metric, view.context.reported.absent)) and origin(view.context, metric).is_missing
