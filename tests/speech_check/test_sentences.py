"""Sentences in many wordings, each with the verdict a careful clerk would give."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.speech_check.verdicts import Finding, Verdict
from tests.speech_check.conftest import Ask, Figure
from tests.speech_check.numbers_in_chinese import chinese

YES, NO, OPEN = Verdict.AGREES, Verdict.DIFFERS, Verdict.UNKNOWN
TOWN, TOWN_CODE = "霁川镇", "101"
Sentence = Callable[[Figure], str]


def no_bills(f: Figure) -> int:
    return next(year for year in range(2022, 2027) if not f("P02", years=str(year)))


def percent(value: float, decimals: int = 1) -> str:
    return f"{100 * value:.{decimals}f}"


CASES: dict[str, tuple[Sentence, list[Verdict]]] = {
    "the number first": (lambda f: f"五年来，共提出{f('P01')}件代表建议。", [YES]),
    "in Chinese": (lambda f: f"五年来收到建议{chinese(int(f('P01')))}件。", [YES]),
    "full-width digits": (lambda f: f"去年收到建议{str(f('P01', years='2025')).translate(WIDE)}件。", [YES]),
    "another year than the page's": (lambda f: f"2024年，开展专题询问{f('S04', years='2024')}次。", [YES]),
    "条, not 件": (lambda f: f"五年来，提出意见建议{f('S07')}条。", [YES]),
    "件 where 条 is meant": (lambda f: f"五年来，提出意见建议{f('S07')}件。", [NO]),
    "人 where 人次 is meant": (lambda f: f"五年来，任免国家工作人员{f('A01')}人。", [NO]),
    "persons": (lambda f: f"五年来，任免国家工作人员{f('A08')}人。", [YES]),
    "近, a little less": (lambda f: f"五年来收到建议近{f('P01') + 9}件。", [YES]),
    "近, but more": (lambda f: f"五年来收到建议近{f('P01') - 9}件。", [NO]),
    "约, near enough": (lambda f: f"五年来收到建议约{int(f('P01') * 1.03)}件。", [YES]),
    "约, too far": (lambda f: f"五年来收到建议约{int(f('P01') * 1.2)}件。", [NO]),
    "多, within the step": (lambda f: f"五年来收到建议{f('P01') // 100 * 100}多件。", [YES]),
    "余, beyond the step": (lambda f: f"五年来收到建议{f('P01') // 100 * 100 - 100}余件。", [NO]),
    "超过": (lambda f: f"五年来收到建议超过{f('P01') - 3}件。", [YES]),
    "超过 itself is not above": (lambda f: f"五年来收到建议超过{f('P01')}件。", [NO]),
    "以上 takes itself in": (lambda f: f"五年来收到建议{f('P01')}件以上。", [YES]),
    "万 is rounded": (lambda f: f"五年来接待群众{f('L07') / 10000:.1f}万人次。", [YES]),
    "万 rounded wrongly": (lambda f: f"五年来接待群众{f('L07') / 10000 + 0.2:.1f}万人次。", [NO]),
    "two rates with one number": (lambda f: "五年来，办理率和满意率均达百分百。", [NO]),
    "分别": (lambda f: f"五年来，答复率、满意率分别为{percent(f('P04'))}%和{percent(f('P12'))}%。", [YES, YES]),
    "分别, the second wrong": (lambda f: f"五年来，答复率、满意率分别为{percent(f('P04'))}%和61.5%。", [YES, NO]),
    "百分之 in Chinese": (lambda f: f"五年来答复率达百分之{tenths(100 * f('P04'))}。", [YES]),
    "three parts": (
        lambda f: f"五年来，满意{f('P11', 'P11.k')}件、基本满意{f('P12', 'P12.k') - f('P11', 'P11.k')}件、"
        f"不满意{f('P13', 'P13.k') - f('P12', 'P12.k')}件，另有{f('P13', 'P13.n') - f('P13', 'P13.k')}件待评价。",
        [YES, YES, YES, YES],
    ),
    "a share of what was said before": (
        lambda f: f"五年来，已解决或基本解决{f('P08', 'P08.k')}件，占{percent(f('P08'))}%。", [YES, YES]
    ),
    "解决率 is not 办理率": (lambda f: f"五年来，解决率{percent(f('P04'))}%。", [NO]),
    "站室点 by their own words": (
        lambda f: f"建成{f('L01.ST')}站{f('L01.RM')}室{f('L01.PT')}点。", [YES, YES, YES]
    ),
    "站 taken for 室": (lambda f: f"联络室{f('L01.ST')}个、联络站{f('L01.RM')}个。", [NO, NO]),
    "站 and 室 added": (lambda f: f"建成联络站、联络室{f('L01.ST') + f('L01.RM')}个。", [OPEN]),
    "a township": (lambda f: f"五年来，{TOWN}领衔提出建议{f('P01', townships=TOWN_CODE)}件。", [YES]),
    "a township with the district's number": (lambda f: f"五年来，{TOWN}收到建议{f('P01')}件。", [NO]),
    "全区 ends the township": (
        lambda f: f"五年来，{TOWN}收到建议{f('P01', townships=TOWN_CODE)}件，全区收到建议{f('P01')}件。", [YES, YES]
    ),
    "a venue is no place": (lambda f: f"现场会在{TOWN}召开，五年来收到建议{f('P01')}件。", [YES]),
    "a township nobody knows": (lambda f: f"五年来，栖霞镇收到建议{f('P01')}件。", [OPEN]),
    "a street has no congress": (lambda f: "换届选举，望澜街道选举产生乡镇人大代表12名。", [OPEN]),
    "points rise": (
        lambda f: f"2025年答复率比上年提高{percent(f('P04', years='2025') - f('P04', years='2024'))}个百分点。", [YES]
    ),
    "so many more": (
        lambda f: f"2025年收到建议{f('P01', years='2025')}件，"
        f"比上年增加{f('P01', years='2025') - f('P01', years='2024')}件。", [YES, YES]
    ),
    "a rise that was a fall": (
        lambda f: "2024年收到建议件数比上年"
        f"{'减少' if f('P01', years='2024') > f('P01', years='2023') else '增加'}5件。",
        [NO],
    ),
    "办理 may mean three things": (lambda f: f"五年来共办理{f('P03')}件。", [OPEN]),
    "办理, wrong in every sense": (lambda f: "五年来共办理7件。", [NO]),
    "a range that holds the figure": (lambda f: f"五年来收到建议{f('P01') - 3}—{f('P01') + 3}件。", [YES]),
    "a range that ends with the figure": (lambda f: f"五年来收到建议{f('P01') - 3}至{f('P01')}件。", [YES]),
    "a range beside the figure": (lambda f: f"五年来收到建议{f('P01') + 1}-{f('P01') + 9}件。", [NO]),
    "one or the other": (lambda f: "2024年常委会会议召开七八次。", [YES]),
    "a range of shares": (
        lambda f: f"五年来，答复率{int(100 * f('P04'))}%—{int(100 * f('P04')) + 1}%。", [YES]
    ),
    "a range as a norm": (lambda f: "每年组织培训3至5期。", [OPEN]),
    "个站": (lambda f: f"全区{f('L01.ST')}个站、{f('L01.RM')}个室、{f('L01.PT')}个点常态化开放。", [YES, YES, YES]),
    "个站 of deputies alone": (lambda f: f"人大代表全部编入{f('L01.ST')}个站。", [YES]),
    "个站 miscounted": (lambda f: f"人大代表进站，{f('L01.ST') + 1}个站全部开放。", [NO]),
    "个站 of a bus": (lambda f: "新线路设12个站。", [OPEN]),
    "a plan": (lambda f: "力争建成联络站20个。", [OPEN]),
    "an average": (lambda f: "每年组织培训3期。", [OPEN]),
    "a part": (lambda f: "五年来，民生类建议120件。", [OPEN]),
    "part of a headcount": (lambda f: f"五年来接待群众{f('L07')}人次，其中老年人300人次。", [YES, OPEN]),
    "not ours": (lambda f: "全省平均满意率97.1%。", [OPEN]),
    "the future": (lambda f: "2035年收到建议300件。", [OPEN]),
    "years before the records": (lambda f: f"2017年以来，收到建议{f('P01')}件。", [OPEN]),
    "a year before the records": (lambda f: "2015年收到建议300件。", [OPEN]),
    "a year known from paper": (lambda f: f"2019年收到建议{f('P01', years='2019')}件。", [YES]),
    "years from paper and rows": (lambda f: f"2019年以来，收到建议{f('P01', years='2019-2026')}件。", [YES]),
    "a true zero": (lambda f: f"{no_bills(f)}年收到代表议案4件。", [NO]),
    "between sessions": (lambda f: "五年来，闭会期间收到建议20件。", [OPEN]),
    "what it was before": (
        lambda f: f"代表联络站由12个增加到{f('L01.ST')}个，联络室达{f('L01.RM')}个。", [OPEN, YES, YES]
    ),
    "shared out among places": (lambda f: "霁川镇、砚汀镇分别建成联络站1个、2个。", [OPEN, OPEN]),
    "办结率 may mean two things": (lambda f: f"五年来，建议办结率{percent(f('P04'))}%。", [OPEN]),
    "deliberation opinions handed on": (lambda f: f"五年来，审议意见交办{f('S07d')}件。", [YES]),
    "projects, all and completed": (
        lambda f: f"五年来，票决民生实事{f('S15')}件，完成{f('S15c', 'S15c.k')}件。", [YES, YES]
    ),
    "solved or planned": (lambda f: f"五年来，{percent(f('P09'))}%的建议得到解决或列入计划解决。", [YES]),
    "key suggestions": (lambda f: f"五年来，主任会议成员领衔督办重点建议{f('P16')}件。", [YES]),
    "money": (lambda f: f"2025年安排工作经费{f('B13', years='2025'):,.1f}万元，"
              f"支出{f('B13.spent', years='2025'):,.1f}万元。", [YES, YES]),
    "deputies of a township": (
        lambda f: f"2025年{TOWN}人大代表提出建议{f('P01', years='2025', townships=TOWN_CODE)}件。", [YES]
    ),
    "words that only sound like ours": (
        lambda f: "跟踪监督3次，推动解决问题12件，涉及企业员工300人，培训村干部200人次，"
        "争取项目经费80万元，征求意见60条。",
        [OPEN] * 6,
    ),
    "posts and committees": (
        lambda f: f"乡镇人大副主席配齐，配备率{percent(f('B11'))}%；"
        f"街道人大工委建齐，设立率{percent(f('B10'))}%。", [YES, YES]
    ),
    "masked": (lambda f: "五年来收到建议***件。", [OPEN]),
    "vague": (lambda f: "五年来收到建议数百件。", [OPEN]),
    "no figure of the board": (lambda f: "走访企业50家，落实资金300万元。", [OPEN, OPEN]),
    "a norm": (lambda f: "在乡镇机构编制中明确1名乡镇人大副主席编制。", [OPEN]),
    "nothing to count": (lambda f: "一要提高站位，办好三件大事，坚持“四个一”、“五个三”，发挥一府一委两院作用。", []),
    "cadres since another day": (lambda f: f"2021年以来，提拔交流机关干部{f('B07')}人。", [OPEN]),
    "stations' opinions": (lambda f: f"五年来，联络站接待群众{f('L07')}人次，收集意见建议{f('L08')}条。", [YES, YES]),
}  # fmt: skip
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def tenths(value: float) -> str:
    whole, part = f"{value:.1f}".split(".")
    return f"{chinese(int(whole))}点{'零一二三四五六七八九'[int(part)]}"


def verdicts(findings: tuple[Finding, ...]) -> list[Verdict]:
    return [finding.verdict for finding in findings]


@pytest.mark.parametrize("name", CASES)
def test_a_sentence_gets_the_verdict_a_clerk_would_give(ask: Ask, figure: Figure, name: str) -> None:
    sentence, expected = CASES[name]
    draft = sentence(figure)
    checked = ask(draft)
    why = [
        (f.quantity.words, [(c.name.zh, c.right.zh, [w.zh for w in c.why]) for c in f.claims]) for f in checked.findings
    ]
    assert verdicts(checked.findings) == expected, (draft, why)


def test_a_figure_from_paper_names_the_report(ask: Ask) -> None:
    (finding,) = ask("2019年收到建议142件。").findings
    why = "".join(text.zh for text in finding.claims[0].why)
    assert finding.verdict is YES
    assert "汇总填报（《区四届人大四次会议常委会工作报告》）" in why


def test_years_nobody_filled_in_are_named(ask: Ask) -> None:
    (finding,) = ask("2017年以来，收到建议900件。").findings
    assert [text.zh for text in finding.claims[0].why][-1] == "板上缺2017–2018年的数据，不能合计"
    assert not finding.claims[0].right.zh
