"""The sentences that say how a number was read and why its verdict is what it is."""

from __future__ import annotations

from datetime import date

from dashboard.speech_check.periods import Span
from data_access.metrics.metric import Metric, Window
from data_access.text import Text

NO_METRIC = Text("板上还没有这项指标", "the board has no such figure yet")
NO_DATA = Text("这一范围内没有可算的数据", "there is no data to make this figure of here")
GAP = Text("板上缺{years}年的数据，不能合计", "the board has no data for {years}, so there is no total")
NO_RECORDS = Text("板上没有这类记录，可能未填报", "the board has no such records; they may not have been entered")
STREETS = Text("街道不设人大，没有乡镇这一级的数", "subdistricts have no congress, so there is no such figure")
NOT_SUMMED = Text("几个年度合在一起，无法与上年相比", "several years together have no year before to compare with")
SINCE_OTHER = Text("这项数自{day}起统计，与“{words}”不是同一期间", "this figure counts from {day}, not from “{words}”")
SHARED_OUT = Text(
    "“分别”把数分给几个地方，请一处一句", "“分别” shares numbers out among places; give each its own sentence"
)
MASKED = Text("稿中数字未填", "the figure is left blank in the draft")
VAGUE = Text("“{words}”不是确数", "“{words}” is no exact number")
CANDIDATES = Text("“{words}”可指{names}，须写明是哪一个", "“{words}” may mean {names}; the draft must say which")
LED = Text("“{words}”＋“{unit}”→{name}", "“{words}” + “{unit}” → {name}")
LED_BARE = Text("“{words}”→{name}", "“{words}” → {name}")
LED_BEFORE = Text("沿用前文“{words}”＋“{unit}”→{name}", "from “{words}” earlier in the sentence + “{unit}” → {name}")
SAME_AS = Text("稿中数与{name}（{value}）相同，请核是否指它", "the number equals {name} ({value}); is that meant?")
DISTRICT_SAME = Text("稿中数与全区的数（{value}）相同", "the number equals that of the whole district ({value})")
UNRATED = Text("另有{n}件未评价，不在分母内", "{n} more are unrated and not in the base")
ROSE = Text("增加{words}", "up {words}")
FELL = Text("减少{words}", "down {words}")
SAME = Text("持平", "no change")
PAGE_YEARS = Text("{span}（稿中未写，按页面）", "{span} (not in the draft; as on the page)")
SAID_YEARS = Text("“{words}”→{span}", "“{words}” → {span}")
PAGE_PLACE = Text("{place}（稿中未写）", "{place} (none in the draft)")
SAID_PLACE = Text("“{words}”→{place}", "“{words}” → {place}")
WHOLE = Text("全{word}", "the whole district")
YEARS = Text("{a}—{b}年", "{a}–{b}")
YEAR = Text("{a}年", "{a}")
UP_TO = Text("{span}（截至{day}）", "{span} (to {day})")
STOCK_ON = Text("截至{day}", "as of {day}")
TERM_TO = Text("本届截至{day}", "this term, to {day}")
SINCE = Text("{since}至{day}", "{since} to {day}")


def said(sentence: Text, **values: Text | str) -> Text:
    """A sentence with its places filled, each language with its own words."""
    plain = {name: (value, value) if isinstance(value, str) else value for name, value in values.items()}
    return Text(
        sentence.zh.format(**{name: pair[0] for name, pair in plain.items()}),
        sentence.en.format(**{name: pair[1] for name, pair in plain.items()}),
    )


def span_words(metric: Metric, span: Span, since: date | None, today: date) -> Text:
    """A span as a metric takes it: years, a day, the term so far, or the time since a day set in the local rules.

    The day of the data (``today``) stands at the head of the page and is not repeated.
    """
    (first, last), day = span.years, span.as_of
    on = min(day, day.replace(year=last, month=12, day=31)) if day.year > last else day
    if metric.window is Window.STOCK:
        return STOCK_ON.filled(day=on)
    if metric.window is Window.TERM:
        return TERM_TO.filled(day=on)
    if metric.window is Window.SINCE and since is not None:
        return SINCE.filled(since=since, day=on)
    years = (YEAR if first == last else YEARS).filled(a=first, b=last)
    is_cut = day.year == last and day != today and (day.month, day.day) != (12, 31)
    return said(UP_TO, span=years, day=day.isoformat()) if is_cut else years
