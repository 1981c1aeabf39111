"""The briefing's text from facts made by hand: each sentence in both forms, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard import formats
from dashboard.briefing.facts import Facts, Of, Slot
from dashboard.briefing.sentences import TEMPLATES
from dashboard.briefing.template import all_metrics
from dashboard.briefing.text import METRICS as PRINTED
from dashboard.briefing.window import listed, window
from dashboard.briefing.written import briefing as written
from dashboard.briefing.written import numeral, share
from dashboard.exhibits.exhibit import View
from data_access.context import Context, Filters, Rules, Scope
from data_access.metrics import METRICS
from data_access.metrics.metric import Kind
from data_access.origins import Origin
from data_access.reported import Total
from data_access.text import Lang

AS_OF = date(2026, 11, 20)


YEARS = tuple(range(2022, 2027))


OF: tuple[Of, ...] = ("years", "last_year", "term_before")


# Words of the window


@pytest.mark.parametrize(
    ("years", "as_of", "term", "chinese", "english"),
    [
        ((2022, 2026), AS_OF, 2022, "五年来", "Over the past five years"),
        ((2024, 2026), AS_OF, 2024, "本届以来", "Since this term began"),
        ((2023, 2026), AS_OF, 2022, "2023年以来", "Since the start of 2023"),
        ((2026, 2026), AS_OF, 2022, "2026年以来", "Since the start of 2026"),
        ((2026, 2026), AS_OF, 2026, "2026年以来", "Since the start of 2026"),
        ((2021, 2025), AS_OF, 2022, "2021—2025年", "In 2021–2025"),
        ((2025, 2025), AS_OF, 2022, "2025年", "In 2025"),
        ((2021, 2025), date(2025, 12, 31), 2022, "五年来", "Over the past five years"),
    ],
)
def test_the_window_is_named_as_a_speech_names_it(
    years: tuple[int, int], as_of: date, term: int, chinese: str, english: str
) -> None:
    assert (window(years, as_of, term, "zh"), window(years, as_of, term, "en")) == (chinese, english)


def test_missing_years_are_listed_in_runs() -> None:
    assert listed((2017, 2018, 2019, 2022), "zh") == "2017–2019、2022"


# Each sentence in both forms, from facts made by hand


def view(lang: Lang = "zh", years: tuple[int, int] = (2022, 2026), **filters: Any) -> View:
    rules = Rules(region_code="990102", region_name="云澜区")
    return View(Context(Scope(("990102",)), Filters(years, **filters), AS_OF, rules), lang, "light", AS_OF)


def facts(origins: dict[str, Origin] | None = None, places: tuple[str, ...] = (), **values: float) -> Facts:
    """Facts of five years; what is not given is 0, and a share given as k and n."""
    filled: dict[str, float] = {}
    for metric in PRINTED:
        filled[metric.key] = 0.0
        if metric.kind is Kind.SHARE:
            filled |= {metric.key: float("nan"), f"{metric.key}.k": 0.0, f"{metric.key}.n": 0.0}
    for name, value in values.items():
        key = next((k for k in (name.replace("_", "."), name) if k in filled), name.replace("_", "."))
        filled[key] = value
        if key.endswith(".n") and value:
            filled[key[:-2]] = filled[f"{key[:-2]}.k"] / value
    made = {(key, of): found for key, found in (origins or {}).items() for of in OF}
    return Facts(dict.fromkeys(OF, filled), made, places, YEARS, 2022)


def lacking(*years: int) -> dict[str, Origin]:
    """Nothing is known of these years for any metric of proposals."""
    known = tuple(year for year in YEARS if year not in years)
    return {metric.key: Origin(rows=known, lacking=years) for metric in PRINTED if metric.key.startswith("P")}


def said(key: str, made: Facts, lang: Lang = "zh", **filters: Any) -> str:
    """One sentence, empty where it is not told."""
    found = written(made, view(lang, **filters)).sentences
    return next((sentence.text for sentence in found if sentence.key == key), "")


ANSWERED = {"P01": 955, "P03": 813, "P04_k": 797, "P04_n": 813, "P05_k": 94, "P05_n": 100, "P08_k": 668, "P08_n": 813}


RATED = {"P12_k": 696, "P12_n": 700, "P11_k": 610, "P11_n": 700}


@pytest.mark.parametrize(
    ("key", "values", "sentence"),
    [
        (
            "2",
            ANSWERED | {"P02": 3},
            "五年来，共收到代表议案3件，建议、批评和意见955件，应办813件，已答复797件，答复率98.0%，按期答复率94.0%；"
            "已解决或基本解决668件，占应办件的82.2%。",
        ),
        ("2", {"P01": 12, "P02": 0}, "五年来，共收到代表建议、批评和意见12件，没有代表议案。"),
        (
            "3",
            RATED | {"P13_k": 700, "P13_n": 797, "P14": 16},
            "代表已评价700件，占已答复件的87.8%，其中满意610件、基本满意86件、不满意4件；另有97件待评价；二次办理16件。",
        ),
        ("3", RATED | {"P13_k": 700, "P13_n": 700}, "代表对答复逐件作出评价，满意和基本满意率99.4%，其中满意率87.1%。"),
        ("3", {"P13_k": 0, "P13_n": 20}, "已答复的20件尚待代表评价。"),
        ("3", {}, ""),
        (
            "5",
            {"S01": 205, "S02": 38, "S03": 16, "S06": 77, "S07": 836, "S08_k": 394, "S08_n": 497},
            "五年来，开展监督和调研205次（其中听取审议专项工作报告38项、执法检查16次），形成调研报告77篇，"
            "提出意见建议836条；已到反馈期限的意见中，落实394条，落实率79.3%。",
        ),
        ("5", {"S01": 2}, "五年来，开展监督和调研2次。"),
        (
            "6",
            {"S14": 41, "S14a_k": 30, "S14a_n": 60},
            "五年来，对41名任命人员开展述职评议，本届述职评议覆盖率50.0%。",
        ),
        ("6", {}, ""),
        (
            "8",
            {"A01": 308, "A08": 241, "A04_k": 160, "A04_n": 161, "A05_k": 166, "A05_n": 171, "A01_lay": 64},
            "五年来，依法任免国家工作人员308人次，涉及241人；任前法律考试参考率99.4%，进行宪法宣誓166人次，"
            "占应宣誓人次的97.1%；另任免人民陪审员64人次。",
        ),
        ("2", {"P01": 12, "P02": float("nan")}, "五年来，共收到代表建议、批评和意见12件。"),
        ("8", {"A01": 308, "A08": float("nan")}, "五年来，依法任免国家工作人员308人次。"),
        ("8", {"A01": 2, "A08": 1}, "五年来，依法任免国家工作人员2人次，涉及1人。"),
        (
            "9",
            {"L01_ST": 17, "L01_RM": 25, "L01_PT": 6, "L02_k": 15, "L02_n": 17}
            | {"L04_k": 700, "L04_n": 900, "L05_k": 510, "L05_n": 900},
            "截至2026年11月20日，建成代表联络站17个、联络室25个、联络点6个，乡镇（街道）建站覆盖率88.2%；"
            "700名代表编入站点，编入率77.8%，2026年实际进站510名，占56.7%。",
        ),
        ("9", {"L01_RM": 1}, "截至2026年11月20日，建成代表联络室1个。"),
        (
            "10",
            {"L06": 293, "L07": 3616, "L08": 1010, "L08a_k": 733, "L08a_n": 1010},
            "2026年组织代表进站活动293场，接待群众3,616人次，收集意见1,010条、已办结733条。",
        ),
        (
            "10",
            {"L10_d_k": 154, "L10_d_n": 215, "L10_t_k": 0, "L10_t_n": 0, "L12_sc_k": 30, "L12_sc_n": 31}
            | {"L12_dep_k": 600, "L12_dep_n": 800},
            "本届已向选民述职的有区人大代表154名（占71.6%）；常委会组成人员建立联系名单的占96.8%，"
            "有联系选民记录的代表占75.0%。",
        ),
        (
            "14",
            {"P06": 4, "S09a": 2, "P10b": 1, "L02a": 3},
            "截至2026年11月20日，尚有4件建议超期未答复、2项审议意见未按期反馈、1件答复承诺逾期未兑现、"
            "3个乡镇（街道）未建联络站。",
        ),
        ("1", {"B01": 1}, "五年来，区委听取人大工作汇报1次。"),
        (
            "1",
            {"B01": 10, "B02": 9, "B03": 25, "B03d": 8, "B04": 10},
            "五年来，区委听取人大工作汇报10次，主要负责同志到人大机关调研、与代表座谈9次，研究批转人大报送文件25件"
            "（报送到批转的天数中位数为8天），出台支持人大工作的制度文件10件。",
        ),
        (
            "4",
            {"D01": 44, "D01_fin": 20, "D01_major": 5, "D02_k": 10, "D02_n": 14},
            "五年来，依法作出决议决定44项，其中批准预决算及计划调整20项、重大事项5项；要求报告执行情况的，"
            "按期报告率71.4%。",
        ),
        ("4", {"D01": 1}, "五年来，依法作出决议决定1项。"),
        (
            "7",
            {"B06_leaders": 6, "B06_task": 12, "B06_project": 9, "B06_town": 16},
            "截至2026年11月20日，区人大常委会班子成员6人联系重点任务12项、联系重点项目9个、包联乡镇（街道）16个。",
        ),
        ("7", {"B06_leaders": 1, "B06_town": 2}, "截至2026年11月20日，区人大常委会班子成员1人包联乡镇（街道）2个。"),
        (
            "11",
            {"E01_d": 222, "E01_t": 699, "E02_k": 833, "E02_n": 1000, "E02_t_k": 84, "E02_t_n": 100},
            "本届换届选举产生区人大代表222名，参选率83.3%；产生乡镇人大代表699名，参选率84.0%。",
        ),
        (
            "11",
            {"E01_d": 222, "L14_female_k": 65, "L14_female_n": 215, "L14_grassroots_k": 114, "L14_grassroots_n": 215},
            "本届换届选举产生区人大代表222名；在任区人大代表中妇女占30.2%、基层代表占53.0%，上届末分别为30.2%、53.0%。",
        ),
        # Of three deputies no shares are told.
        ("11", {"E01_d": 3, "L14_female_k": 1, "L14_female_n": 3}, "本届换届选举产生区人大代表3名。"),
        # A street has no congress of its own: nothing is said of township deputies.
        ("11", {"E01_d": 12, "E02_k": 80, "E02_n": 100}, "本届换届选举产生区人大代表12名，参选率80.0%。"),
        ("12", {"B07": 9, "B08": 15}, "五年来，提拔交流人大机关干部9人，职级晋升15人。"),
        ("12", {"B08": 1}, "五年来，职级晋升1人。"),
        (
            "13",
            {"B12_committee": 7, "B12_office": 2, "B12_centre": 1, "B10_k": 3, "B10_n": 3, "B11_k": 9, "B11_n": 11}
            | {"B13": 382.4, "B13_rate_k": 324.7, "B13_rate_n": 382.4, "L13": 346},
            "形成“七委两室一中心”机构架构，街道人大工委设立率3/3，乡镇人大副主席配备率81.8%；"
            "2026年安排人大会议、活动、执法检查等经费382.4万元，执行率84.9%；2026年代表参加培训346人次。",
        ),
        ("13", {"L13": 20}, "2026年代表参加培训20人次。"),
        ("14", {"L02a": 1}, "截至2026年11月20日，尚有1个乡镇（街道）未建联络站。"),
        ("14", {}, ""),
    ],
)
def test_a_sentence_takes_the_form_its_figures_allow(key: str, values: dict[str, float], sentence: str) -> None:
    made = said(key, facts(**values))
    assert made == sentence


def test_a_full_score_is_never_told_of_half_the_replies() -> None:
    made = facts(P12_k=80, P12_n=80, P11_k=80, P11_n=80, P13_k=80, P13_n=100)
    assert "100%" not in said("3", made)
    assert "另有20件待评价" in said("3", made)


@pytest.mark.parametrize(
    ("k", "n", "printed"),
    [(100, 100, "100%"), (0, 40, "0%"), (1999, 2000, "99.95%"), (9999, 10000, "99.99%"), (1, 3000, "0.03%"),
     (3, 7, "3/7"), (7, 7, "7/7"), (197, 199, "99.0%")],
)  # fmt: skip
def test_a_share_is_never_rounded_to_all_or_to_nothing(k: float, n: float, printed: str) -> None:
    assert share(k, n, 10) == printed


def test_a_year_without_records_is_named_and_nothing_is_put_in_its_place() -> None:
    made = facts(lacking(2022, 2023), **ANSWERED)
    assert said("2", made).endswith("占应办件的82.2%（缺 2022–2023 年数据）。")
    assert said("2", made, "en").endswith("82.2% of those due (no data for 2022–2023).")


def test_a_subject_without_any_record_is_left_out_with_its_reason() -> None:
    made = written(facts(lacking(*YEARS), **ANSWERED), view())
    assert "2" not in {sentence.key for sentence in made.sentences}
    assert {one.key: one.reason for one in made.omitted}["2"] == "所选范围内没有“议案建议”记录"


def test_a_figure_nobody_filled_in_is_not_told_as_nobody_came() -> None:
    """Deputies are on record for 2026, receptions are not: nobody is said to have stayed away."""
    gone = {"L05": Origin(lacking=(2026,))}
    assert "实际进站" not in said("9", facts(gone, L04_k=700, L04_n=900, L05_k=0, L05_n=900))


def test_figures_that_lack_other_years_than_the_rest_are_named() -> None:
    made = lacking(2022) | {"P05": Origin(rows=(2025, 2026), lacking=(2022, 2023, 2024))}
    assert said("2", facts(made, **ANSWERED)).endswith(
        "（收到建议、应办建议、答复率等缺 2022 年数据；按期答复率缺 2022–2024 年数据）。"
    )


def test_a_printed_total_says_from_which_report_and_leads_where_it_is_told_that_it_has_no_records() -> None:
    paper = (Total("P01", "990102", (2022,), 140, None, "四次会议报告"),)
    mixed = facts({"P01": Origin(rows=(2023, 2024, 2025, 2026), paper=paper)}, P01=900)
    number = next(f for s in written(mixed, view()).sentences for f in s.figures if f.key == "P01")
    assert number.source == "议案建议表；2022 年为汇总填报，据《四次会议报告》"
    assert "metric=P01" in number.link
    alone = facts({"P01": Origin(paper=paper)}, P01=140)
    number = next(f for s in written(alone, view()).sentences for f in s.figures if f.key == "P01")
    assert number.source == "2022 年为汇总填报，据《四次会议报告》"
    assert "metric=P01" in number.link


def test_what_is_of_the_whole_district_is_not_told_of_a_township() -> None:
    town = written(facts(places=("石塘镇",), A01=308, A08=241, P01=5), view(townships=("990102101",)))
    assert {"8"} <= {one.key for one in town.omitted if "属全区事项" in one.reason}
    assert town.sentences[0].text.startswith("五年来，石塘镇范围内，共收到代表建议")


def test_many_townships_are_counted_after_the_first_names() -> None:
    names = ("甲镇", "乙镇", "丙镇", "丁镇", "戊镇")
    assert "甲镇、乙镇、丙镇、丁镇等5个乡镇（街道）范围内" in said("2", facts(places=names, P01=5))


def test_what_is_open_today_is_not_told_of_a_day_long_past() -> None:
    """Promises are known as of today: on the last day of 2024 nobody knew which would be broken."""
    assert "答复承诺" not in said("14", facts(P06=4, P10b=9), years=(2022, 2024))


def test_every_figure_of_the_templates_is_a_metric_with_a_definition_and_a_table() -> None:
    for metric in all_metrics(TEMPLATES):
        assert metric.definition.zh and metric.table, metric.key


def test_an_english_sentence_about_one_of_each_is_grammatical() -> None:
    one = facts(S01=1, S05=1, S06=1, S07=1, P06=1)
    assert said("5", one, "en") == (
        "Over the past five years, supervision and study were carried out 1 time (among them 1 tour or study visit), "
        "with 1 report written and 1 point raised."
    )
    assert said("14", one, "en").endswith("still open: 1 suggestion past the deadline and unanswered.")
    town = facts(places=("霁川镇",), E01_d=21)
    assert said("11", town, "en").startswith("Within 霁川镇, the election for this term returned 21 district deputies")


def test_the_region_word_is_the_rules() -> None:
    county = replace(view(), context=replace(view().context, rules=Rules(region_word="县")))
    town = replace(county, context=county.context.with_filters(townships=("990102101",)))
    assert any("属全县事项" in one.reason for one in written(facts(P01=1), town).omitted)


def test_without_a_term_before_the_composition_is_compared_with_nothing() -> None:
    shares = {"L14_female_k": 65, "L14_female_n": 215, "L14_grassroots_k": 114, "L14_grassroots_n": 215}
    made = facts(E01_d=222, **shares)
    alone = replace(made, values={**made.values, "term_before": facts().values["years"]})
    assert said("11", alone).endswith("妇女占30.2%、基层代表占53.0%。")


def test_a_term_gone_by_is_not_called_this_one() -> None:
    then = replace(facts(S14=4, S14a_k=30, S14a_n=60), is_this_term=False)
    assert "当届述职评议覆盖率" in said("6", then)


def test_changes_of_cadres_are_told_from_the_day_the_rule_sets() -> None:
    rules = Rules(since_cadre=date(2023, 1, 1))
    shown = replace(view(), context=replace(view().context, rules=rules))
    made = {one.key: one.text for one in written(facts(B07=9, B08=15), shown).sentences}
    assert made["12"] == "2023年以来，提拔交流人大机关干部9人，职级晋升15人。"


@pytest.mark.parametrize(
    ("value", "words"), [(1, "一"), (2, "两"), (7, "七"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")]
)
def test_bodies_are_counted_in_chinese_numerals(value: int, words: str) -> None:
    assert numeral(value) == words


def test_a_missing_figure_is_no_zero() -> None:
    assert formats.is_missing(facts().value(Slot.of("P04")))
    assert METRICS["P04"].is_share
