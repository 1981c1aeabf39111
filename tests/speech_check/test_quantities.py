"""Finding the numbers of a draft: what counts something, how it is hedged, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.speech_check.quantities import Hedge, quantities

FOUND = {
    "共办理建议438件": [("438件", 438, "件")],
    "建成１７个、二十五个和6家": [("１７个", 17, "个"), ("二十五个", 25, "个"), ("6家", 6, "个")],
    "答复率百分之九十六点二": [("百分之九十六点二", 96.2, "%")],
    "均达百分百": [("百分百", 100, "%")],
    "满意率达100％": [("100％", 100, "%")],
    "接待群众1.2万人次": [("1.2万人次", 12000, "人次")],
    "接待群众1,204人次、选民12人": [("1,204人次", 1204, "人次"), ("12人", 12, "人")],
    "提高2.1个百分点": [("2.1个百分点", 2.1, "百分点")],
    "安排经费1.2亿元、350000元": [("1.2亿元", 12000, "万元"), ("350000元", 35, "万元")],
    "安排40.5万元": [("40.5万元", 40.5, "万元")],
    "三百二十名代表": [("三百二十名", 320, "人")],
    "形成“七委两室一中心”架构": [("七委两室一中心", 10, "机构")],
    "建成17站25室6点": [("17站", 17, "站"), ("25室", 25, "室"), ("6点", 6, "点")],
    "三分之一": [("三分之一", 33.33, "%")],
    "两次": [("两次", 2, "次")],
    "在17个站、二十五个室和6个点": [("17个站", 17, "站"), ("二十五个室", 25, "室"), ("6个点", 6, "点")],
    "17个站点": [("17个", 17, "个")],
    "由12到17个": [("12", 12, ""), ("17个", 17, "个")],
}  # fmt: skip
HEDGED = {
    "约120件": Hedge.ABOUT, "120件左右": Hedge.ABOUT, "近200次": Hedge.NEARLY, "不到5%": Hedge.BELOW,
    "120余件": Hedge.OVER, "十余次": Hedge.OVER, "200多万元": Hedge.OVER, "百余件": Hedge.OVER,
    "超过150件": Hedge.BEYOND,
    "60%以上": Hedge.AT_LEAST, "九成以上": Hedge.AT_LEAST, "不少于三次": Hedge.AT_LEAST, "不超过3件": Hedge.AT_MOST,
    "438件": Hedge.EXACT,
}  # fmt: skip
RANGES = {
    "6-8次": (6, 8, "次"), "6至8次": (6, 8, "次"), "三到五个": (3, 5, "个"), "６～８次": (6, 8, "次"),
    "90%—95%": (90, 95, "%"), "90-95%": (90, 95, "%"), "约6次至8次": (6, 8, "次"),
    "1.2至1.5万人次": (12000, 15000, "人次"),
    "1.2万至1.5万人次": (12000, 15000, "人次"), "六七次": (6, 7, "次"),
    "三四十件": (30, 40, "件"), "十六七个": (16, 17, "个"),
    "3000-5000元": (0.3, 0.5, "万元"), "三五名": (3, 5, "人"), "1,200—1,300件": (1200, 1300, "件"),
}  # fmt: skip
LEFT_ALONE = (
    "2023年11月20日", "二〇二三年三月", "〔2023〕5号文件", "党的二十大精神", "十九届六中全会", "第三届", "第12次会议",
    "第五十一条", "一是加强、二是提高", "一、加强领导", "1．加强领导", "“四个一”工作机制", "“五个三”", "“四个机关”建设",
    "一府一委两院", "进一步统一思想", "一系列方针", "《第3次会议决定》", "近五年", "今年1—9月", "三个月内",
    "每月15日", "上午9时", "第3至5次会议", "2021—2025年", "3至5月", "三到五年",
    "**区委的安排", "就**区人大工作", "支持**人大", "**项目", "十分重视", "万众一心",
)  # fmt: skip

OF_DRAFTS = "0123456789,.％%*×X零一二两三百千万亿点成多余约近达年月第届委室中心个件人次“”、，。《》〔〕 \n"


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_every_number_with_its_measure_word_is_found(text: str, expected: list[tuple[str, float, str]]) -> None:
    found = quantities(text)
    assert [(one.words, one.unit) for one in found] == [(words, unit) for words, _, unit in expected]
    assert [float(one.value or -1) for one in found] == pytest.approx([value for _, value, _ in expected], abs=0.01)
    assert [text[one.start : one.end] for one in found] == [one.words for one in found]


@pytest.mark.parametrize(("text", "hedge"), HEDGED.items())
def test_words_of_hedging_belong_to_their_number(text: str, hedge: Hedge) -> None:
    (found,) = quantities(text)
    assert (found.hedge, found.words) == (hedge, text)


@pytest.mark.parametrize(("text", "expected"), RANGES.items())
def test_a_range_has_two_ends(text: str, expected: tuple[float, float, str]) -> None:
    (found,) = quantities(text)
    assert (found.words, float(found.value or 0), float(found.top or 0), found.unit) == (text, *expected)
    assert found.hedge is Hedge.RANGE


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_counts_nothing_is_left_alone(text: str) -> None:
    assert [one.words for one in quantities(text) if one.unit] == []


@pytest.mark.parametrize("text", ["***件", "*人", "××件", "XX次"])
def test_a_masked_figure_is_found_without_a_value(text: str) -> None:
    (found,) = quantities(text)
    assert (found.is_masked, found.value) == (True, None)


def test_a_vague_number_says_no_value() -> None:
    assert [(one.words, one.value) for one in quantities("开展几十次、数百人次、若干件")] == [
        ("几十次", None),
        ("数百人次", None),
        ("若干件", None),
    ]


@given(st.text(alphabet=st.sampled_from(OF_DRAFTS), max_size=60))
def test_any_draft_is_read_without_complaint(text: str) -> None:
    for one in quantities(text):
        assert text[one.start : one.end] == one.words


@given(st.text(max_size=60))
def test_any_text_is_read_without_complaint(text: str) -> None:
    quantities(text)
