"""What the deputies' page says: true on few, missing and no figures, in a subdistrict, and of nobody by name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard.exhibits.exhibit import View
from dashboard.subjects import deputies, deputies_duty
from dashboard.subjects import deputies_composition as composition
from dashboard.subjects.deputies_duty import Progress
from data_access.context import Context, Filters, Rules, Scope
from data_access.metrics.composition import COMPOSITION
from data_access.text import Lang
from pages.deputies import PAGE

AS_OF = date(2026, 11, 20)
STREET, TOWN = "990102001", "990102101"


def view(lang: Lang = "zh", years: tuple[int, int] = (2026, 2026), **filters: Any) -> View:
    context = Context(Scope(("990102",)), Filters(years, **filters), AS_OF, Rules(region_code="990102", small_n=10))
    return View(context, lang, "light", AS_OF)


def drawn(sample: Engine, exhibit: Any, asked: View) -> Any:
    with sample.connect() as connection:
        return exhibit.compose(exhibit.query(connection, asked), asked)


# Seats


def seats(serving: int, vacant: int, towns: int, vacant_towns: int) -> pd.Series[Any]:
    return pd.Series({"L15.serving.d": serving, "L15.d": vacant, "L15.serving.t": towns, "L15.t": vacant_towns})


def test_seats_are_told_by_level_and_vacancies_only_where_there_are_any() -> None:
    assert deputies.seats_title(seats(215, 9, 663, 38), view()) == (
        "区代表实有 215 名、出缺 9 名；乡镇代表 663 名、出缺 38 名"
    )
    assert deputies.seats_title(seats(224, 0, 0, 0), view()) == "区代表实有 224 名"
    assert deputies.seats_title(seats(0, 0, 0, 0), view()) == "代表实有与出缺"


def test_a_subdistrict_has_a_dash_and_no_zero_for_township_deputies(sample: Engine) -> None:
    asked = view(townships=(STREET,))
    cards = drawn(sample, deputies.HEADLINE, asked).body.cards
    assert [card.value for card in cards][1] == cards[3].value == "—"
    assert cards[1].base == "所选范围没有这级代表"
    table = drawn(sample, deputies.SERVING_BY_TOWNSHIP, asked).table
    assert table.loc[0, ["乡镇代表", "乡镇名额", "乡镇出缺"]].isna().all()
    assert drawn(sample, deputies_duty.BY_TOWNSHIP, asked).title.startswith("本届区代表")


def test_the_headline_bears_the_region_s_own_word(sample: Engine) -> None:
    names = [card.name for card in drawn(sample, deputies.HEADLINE, view()).body.cards]
    assert names[:3] == ["区代表", "乡镇代表", "区代表述职"]


# Reports to voters

PLACES = (("a", "甲镇"), ("b", "乙街道"))


def progress(total: dict[str, tuple[int, int]], **places: dict[str, tuple[int, int]]) -> Progress:
    def row(counts: dict[str, tuple[int, int]]) -> dict[str, int]:
        return {f"{key}.{part}": n for key, pair in counts.items() for part, n in zip("kn", pair, strict=True)}

    empty = {"L10.d": (0, 0), "L10.t": (0, 0), "L11": (0, 0), "L11.r": (0, 0)}
    return Progress(PLACES, {code: row(empty | counts) for code, counts in places.items()}, row(empty | total))


def test_reports_are_told_in_counts_and_all_of_them_as_all() -> None:
    some = progress({"L10.d": (8, 12), "L10.t": (30, 30)})
    assert deputies_duty.reports_title(some, view()) == "本届区代表已述职 8 人（在任 12 人），乡镇代表 30 人全部述职"
    street = progress({"L10.d": (0, 7)})
    assert deputies_duty.reports_title(street, view()) == "本届区代表已述职 0 人（在任 7 人）"


def test_satisfaction_is_never_told_without_how_many_were_rated() -> None:
    rated = progress({"L11": (81, 90), "L11.r": (90, 100)}).total
    assert deputies_duty.ratings(rated, view()) == ("述职有评价的占 90.0%（n=100），其中评价满意的占 90.0%（n=90）。")
    assert deputies_duty.ratings(progress({"L11.r": (0, 100)}).total, view()) == "述职没有评价记录。"


def test_townships_stand_in_code_order_with_counts_and_a_dash() -> None:
    found = progress(
        {"L10.d": (3, 9), "L10.t": (5, 60)}, a={"L10.d": (1, 5), "L10.t": (5, 60)}, b={"L10.d": (2, 4), "L10.t": (0, 0)}
    )
    picture = deputies_duty.compose_reports(found, view())
    assert [trace["text"] for trace in picture.body.figure["data"] if "text" in trace] == [  # type: ignore[union-attr]
        ["1/5", "2/4"],
        ["5/60", "—"],
    ]
    assert picture.body.figure["layout"]["yaxis"]["ticktext"] == ["甲镇", "乙街道"]  # type: ignore[union-attr]
    assert pd.isna(picture.table["乡镇代表在任"].iloc[1])
    assert "不作排名" in picture.subtitle


def test_years_before_anything_was_recorded_are_no_zeros(sample: Engine) -> None:
    asked = view(years=(2019, 2019))
    cards = drawn(sample, deputies.HEADLINE, asked).body.cards
    assert [card.value for card in cards[2:]] == ["—"] * 4 and cards[0].value == "215"
    assert cards[2].base == "没有可计的履职登记"
    assert drawn(sample, deputies_duty.BY_TOWNSHIP, asked).body is None
    assert drawn(sample, deputies.IN_BANDS, asked).body is None
    sites = drawn(sample, deputies.AT_SITES, asked)
    assert sites.title.endswith("（n=916），没有履职登记")
    assert all(bar.value is None and bar.cells[1] == "–" for bar in sites.body.bars)
    assert drawn(sample, deputies_duty.DOUBLE_CONTACT, asked).title == "常委会组成人员 31 人中 30 人有联系名单"


def test_nobody_serving_is_said() -> None:
    assert deputies_duty.compose_reports(progress({}), view()).body is None


# Double contact


def test_lists_and_visits_are_told_each_with_its_base() -> None:
    title = deputies_duty.contact_title({"L12.sc": (31, 31), "L12.dep": (667, 878)}, view())
    assert title == "常委会组成人员 31 人都有联系名单；有联系选民记录的代表占 76.0%（n=878）"
    part = deputies_duty.contact_title({"L12.sc": (28, 31), "L12.dep": (3, 8)}, view())
    assert part == "常委会组成人员 31 人中 28 人有联系名单；有联系选民记录的代表占 3/8"
    assert deputies_duty.contact_title({"L12.sc": (0, 0), "L12.dep": (5, 60)}, view()) == (
        "有联系选民记录的代表占 8.3%（n=60）"
    )
    assert deputies_duty.contact_title({"L12.sc": (0, 0), "L12.dep": (0, 0)}, view()) == ""


# Composition


def shares(n: int, towns: int, **of: float) -> pd.Series[Any]:
    made: dict[str, Any] = {}
    for metric in COMPOSITION:
        base = towns if metric.key.endswith(".t") else n
        share = of.get(metric.key.split(".")[1], 0.5)
        made |= {f"{metric.key}.n": base, f"{metric.key}.k": round(share * base)}
        made[metric.key] = share if base else float("nan")
    return pd.Series(made)


def compared(now: pd.Series[Any], before: pd.Series[Any], asked: View | None = None) -> Any:
    return composition.compose(composition.Terms(now, before, date(2021, 12, 27)), asked or view())


def test_women_are_compared_with_the_end_of_the_last_term() -> None:
    picture = compared(shares(215, 663, female=0.302, grassroots=0.53), shares(210, 660, female=0.286))
    assert picture.title == "区代表中妇女占 30.2%（比上届末高 1.6 个百分点），基层代表占 53.0%"
    assert picture.subtitle.endswith("空心点为上届末（2021-12-27）")
    assert list(picture.table)[1:] == ["区代表占比", "区代表上届末占比", "乡镇代表占比", "乡镇代表上届末占比"]


def test_no_last_term_on_record_is_no_comparison() -> None:
    picture = compared(shares(215, 663, female=0.302, grassroots=0.53), shares(0, 0))
    assert picture.title == "区代表中妇女占 30.2%，基层代表占 53.0%"
    assert picture.subtitle.endswith("没有上届记录")


def test_a_share_stands_by_its_own_dot_and_not_by_the_ring() -> None:
    """Women fell from 53 to 30 %: their 30 % is left of the dot, not right of the ring; a rise stays on the right."""
    picture = compared(shares(215, 663, female=0.30, grassroots=0.6, ent=0.12), shares(210, 660, female=0.53))
    figures = next(trace for trace in picture.body.figure["data"] if "text" in trace)
    women, base = 0, next(i for i, a in enumerate(composition.ATTRIBUTES) if a.code == "grassroots")
    assert (figures["x"][women], figures["textposition"][women], figures["text"][women]) == (0.30, "middle left", "30%")
    assert (figures["x"][base], figures["textposition"][base]) == (0.6, "middle right")
    few = next(i for i, a in enumerate(composition.ATTRIBUTES) if a.code == "ent")
    assert figures["textposition"][few] == "middle right"  # on paper it would run into the name of its row


def test_few_deputies_make_no_shares() -> None:
    picture = compared(shares(9, 60), shares(9, 60))
    assert picture.title.startswith("乡镇代表中") and picture.foot.endswith("区代表人数少，不列占比。")
    assert compared(shares(9, 0), shares(9, 0)).empty == "所选范围内在任代表少于 10 名，不列结构占比，可放宽乡镇再看。"


def test_the_last_term_is_asked_for_as_of_its_last_day(sample: Engine) -> None:
    with sample.connect() as connection:
        found = composition.BY_ATTRIBUTE.query(connection, view())
    assert found.ended == date(2021, 12, 27)
    assert found.before["L14.female.n"] > 190


# Activity, training


def bands(**counts: int) -> pd.DataFrame:
    return pd.DataFrame([{"year": 2026, "n": sum(counts.values())} | counts])


def test_no_record_is_told_as_a_number_and_never_as_idleness() -> None:
    assert deputies.most_active(bands(MANY=60, SOME=35, NONE=5), view()) == (
        "2026 年 60.0% 的代表有 4 条及以上履职记录，5 人没有记录"
    )
    assert deputies.most_active(bands(MANY=12), view()) == "2026 年 100.0% 的代表有 4 条及以上履职记录，人人都有记录"
    assert deputies.most_active(bands(SOME=9), view()) == "2026 年没有记录的代表 0 人"
    assert "可能只是未登记" in deputies.ACTIVE_FOOT.zh


def test_training_counts_classes_person_times_and_persons(sample: Engine) -> None:
    last = pd.Series({"year": 2026, "L13": 346, "L13.sessions": 3, "L13.share.k": 271, "L13.share.n": 878})
    assert deputies.training_title(last, view()) == "2026 年培训 3 期、346 人次，30.9%（n=878）的代表至少参训一次"
    town = drawn(sample, deputies.BY_TRAINING, view(townships=(TOWN,)))
    assert "期数、人次由全区组织，不分到乡镇。" in town.foot
    assert "代表培训（" not in "".join(town.table.columns)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("filters", [{}, {"townships": (TOWN,)}, {"picks": (("level", "COUNTY"),)}])
def test_no_exhibit_names_a_deputy(sample: Engine, lang: Lang, filters: dict[str, Any]) -> None:
    asked = view(lang, years=(2022, 2026), **filters)
    with sample.connect() as connection:
        names = {row[0] for row in connection.exec_driver_sql("SELECT DISTINCT name FROM deputy")}
        shown = ""
        for exhibit in PAGE.exhibits():
            picture = exhibit.compose(exhibit.query(connection, asked), asked)
            shown += f"{picture.title}{picture.foot}{picture.body.html()}{picture.table.to_csv()}"
    assert [name for name in names if f">{name}<" in shown or f",{name}," in shown] == []
