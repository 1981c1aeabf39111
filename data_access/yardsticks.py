"""Figures published elsewhere that may stand beside our own as a reference line, each with where it was printed."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.text import Text

NPC_SOLVED = Text(
    "全国人大代表建议由中央部门办理，事权、难度和分类口径与区县不同，且为承办单位自报，只作参照，不作高低评价",
    "National deputies' suggestions are handled by central ministries, with other powers, difficulty and classes, and "
    "as the ministries report them: a reference, not a mark to be beaten",
)


@dataclass(frozen=True)
class Yardstick:
    """One published value of a metric: of whom and when (``of``), where printed (``source``), what it cannot say.

    ``value`` is a share of 1.
    """

    metric: str
    value: float
    of: Text
    source: Text
    caveat: Text


YARDSTICKS: dict[str, Yardstick] = {
    "npc2019": Yardstick(
        metric="P09",
        value=0.7128,
        of=Text("全国人大 2019 年", "National congress, 2019"),
        source=Text(
            "全国人大公布的十三届全国人大二次会议代表建议（8160 件）办理结果",
            "published by the National People's Congress: 8,160 suggestions of its 13th Congress, 2nd session",
        ),
        caveat=NPC_SOLVED,
    ),
    "npc2021": Yardstick(
        metric="P09",
        value=0.742,
        of=Text("全国人大 2021 年", "National congress, 2021"),
        source=Text(
            "《光明日报》2022 年 4 月 2 日：十三届全国人大四次会议代表建议（8993 件）",
            "Guangming Daily, 2 April 2022: 8,993 suggestions of the 4th session of the 13th Congress",
        ),
        caveat=NPC_SOLVED,
    ),
}


def shown(names: tuple[str, ...], metric: str) -> tuple[Yardstick, ...]:
    """The yardsticks of a metric that the office has switched on."""
    return tuple(YARDSTICKS[name] for name in names if YARDSTICKS[name].metric == metric)
