"""From a page and a view to a Report: every exhibit's picture in light colours, and the passport."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd

from dashboard import caption, fetch, formats
from dashboard.badge import badge
from dashboard.exhibits.exhibit import Exhibit, Page, Picture, View
from dashboard.exports import progress
from dashboard.exports.report import Definition, Passport, Report, Section, file_stem, snapshot_id
from dashboard.settings import settings
from data_access.errors import DatabaseProblem, RendaError, TableMissing
from data_access.metrics.metric import Metric
from data_access.text import Lang, Text

SAMPLE = Text(
    "示例数据：地名、单位、人名和数字均为虚构。",
    "Sample data: all names of places, units and people and all figures are invented.",
)
SCHEMATIC = Text("供内部工作参考。", "For internal work only.")
WHOLE = Text("全{word}", "all")
UNTIL = Text("截至{day}", "to {day}")


def report(page: Page, view: View, *, exhibit: Exhibit | None = None, now: datetime | None = None) -> Report:
    """One exhibit, or with none named the whole page, as it stands under this view.

    Raises:
        RendaError: The database cannot answer, or the one exhibit asked for has its own sentence.
    """
    view = replace(view, mode="light")
    exhibits = (exhibit,) if exhibit else page.exhibits()
    progress.begin("read", len(exhibits))
    return Report(
        title=page.title(view.lang),
        lang=view.lang,
        passport=passport(page, exhibits, view, is_page=exhibit is None, now=now or datetime.now()),
        sections=tuple(
            Section(e.key, e.name(view.lang), picture(page, e, view, is_page=exhibit is None)) for e in exhibits
        ),
        file_stem=stem(page, exhibit, view),
        is_page=exhibit is None,
    )


def picture(page: Page, exhibit: Exhibit, view: View, *, is_page: bool) -> Picture:
    """In a whole page an exhibit that fails leaves its sentence, and the others stand; not so without a database."""
    try:
        return fetch.picture(page.key, exhibit, view)
    except RendaError as problem:
        is_down = isinstance(problem, DatabaseProblem) and not isinstance(problem, TableMissing)
        if is_down or not is_page:
            raise
        return Picture(exhibit.name(view.lang), "", None, pd.DataFrame(), empty=problem.say(view.lang))
    finally:
        progress.step()


def passport(page: Page, exhibits: tuple[Exhibit, ...], view: View, *, is_page: bool, now: datetime) -> Passport:
    """Where the file comes from, in words. The link always names the as-of day, so that it reopens this view later."""
    said, rules, lang = caption.describe(page, view), view.context.rules, view.lang
    address = replace(view, data_on=None).link(f"/{page.key}")
    names = (page.title(lang), *(() if is_page else (exhibits[0].name(lang),)))
    return Passport(
        title=" · ".join(names),
        filters=said.range,
        records=said.records,
        counting=said.counting,
        data_as_of=said.data_as_of,
        made_at=now.astimezone(),
        definitions=definitions(exhibits, lang),
        link=settings().public_url + address,
        snapshot_id=snapshot_id(f"{address}#{'' if is_page else exhibits[0].key}", formats.day(view.data_on)),
        note=(SAMPLE if rules.fictional else SCHEMATIC)(lang),
        maker=rules.board_name or rules.region_name,
        quality=quality([metric for exhibit in exhibits for metric in exhibit.metrics], view),
    )


def quality(metrics: Sequence[Metric], view: View) -> str:
    """The quality of the data behind figures, in one line; empty where no record stands behind them."""
    made = badge(metrics, view)
    return made.line(view.lang) if made is not None else ""


def definitions(exhibits: tuple[Exhibit, ...], lang: Lang) -> tuple[Definition, ...]:
    """Every metric the exhibits show, once, in the order of reading."""
    metrics = {metric.key: metric for exhibit in exhibits for metric in exhibit.metrics}
    return tuple(
        Definition(m.key, m.name(lang), m.definition(lang), m.excludes(lang), m.source(lang)) for m in metrics.values()
    )


def stem(page: Page, exhibit: Exhibit | None, view: View) -> str:
    """``议案建议_按类别_2026年_全区_截至2026-11-20``."""
    lang = view.lang
    townships = view.context.filters.townships
    place = caption.places(view) if townships else WHOLE(lang, word=view.context.rules.region_word)
    name = exhibit.name(lang) if exhibit else ""
    words = (page.title(lang), name, caption.years(view), place, UNTIL(lang, day=view.context.as_of))
    return file_stem(*words, gap="" if lang == "zh" else "-")
