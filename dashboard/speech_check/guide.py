"""How a draft is checked, in words, for a reader who has checked nothing yet."""

from __future__ import annotations

from html import escape

from data_access.text import Lang, Text

HOW = Text("怎样核对", "How it is checked")
RULES = (
    (
        Text("认数", "Numbers"),
        Text(
            "阿拉伯数字、中文数字、百分之几、万和亿都认；日期、文号、届次、条款、“四个一”一类的提法不算统计数。",
            "Arabic and Chinese numerals, percentages, 万 and 亿 are read; dates, document numbers, ordinals, articles "
            "and sayings such as 四个一 count nothing.",
        ),
    ),
    (
        Text("认指标", "Figures"),
        Text(
            "看数字近旁的用语和量词：“意见建议”以件计的是代表建议，以条计的是监督中提出的意见；人次不是人。"
            "可作几种理解的，列出候选，不替您选。",
            "By the words and the measure word beside a number: 意见建议 in 件 are deputies' suggestions, in 条 points "
            "raised in supervision; person-times are not persons. What can be read in several ways is listed, never "
            "guessed.",
        ),
    ),
    (
        Text("认期间", "Periods"),
        Text(
            "“五年来”“2023年以来”“近三年”“去年”“本届以来”“截至某日”“今年1—9月”都认，同一段内往后沿用；未写的按页面所选年份。"
            "“五年来”：页面正好选了五年就用这五年，否则为到页面末年为止的五年。",
            "五年来, 2023年以来, 近三年, 去年, 本届以来, 截至某日 and 今年1—9月 are understood and hold for the rest "
            "of the paragraph; otherwise the years of the page. 五年来 means the page's years if they are five, else "
            "the five up to its last.",
        ),
    ),
    (
        Text("认地域", "Places"),
        Text(
            "句中点名的乡镇（街道），直到提到全区（县、市、旗）或另一地名；未点名的按页面筛选。",
            "A township named in the sentence, until another or the whole district is; otherwise the page's filter.",
        ),
    ),
    (
        Text("容差", "Tolerance"),
        Text(
            "不带“约”“近”“多”的须相等，百分数和以万计的按所写位数四舍五入，百分之百不许进位得来；"
            "“约”上下5%，“近”少10%以内，“120余”须大于120、小于130，“超过”“以上”按字面。",
            "Plain numbers must be equal, percentages and 万 to the digits written, and 100% must not come from "
            "rounding; 约 allows 5% either way, 近 10% less, 120余 lies between 120 and 130; 超过 and 以上 are taken "
            "literally.",
        ),
    ),
    (
        Text("不留存", "Nothing is kept"),
        Text(
            "稿子只在本次打开的页面里，不写入数据库、日志和地址，关闭页面即清除。",
            "The draft lives in this open page only, not in the database, the logs or the address; closing the page "
            "clears it.",
        ),
    ),
)


def explained(lang: Lang) -> str:
    """The rules as a card."""
    rows = "".join(f"<dt>{escape(name(lang))}</dt><dd>{escape(words(lang))}</dd>" for name, words in RULES)
    head = f'<div class="ch"><h2>{HOW(lang)}</h2></div>'
    return f'<section class="card c12">{head}<dl class="facts">{rows}</dl></section>'
