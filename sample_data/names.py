"""Names of people, made from a surname and two given characters; whoever bears one does so by accident."""

from __future__ import annotations

from random import Random

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_FIRST = "景思书雨嘉启承佳晓秋若清维立世俊志新永润一亦振建宏宗兆树品庆友全光家传正道良学守显"
_MEN = "衡远航霖柏峰松昌锋斌勇刚鹏辉磊凯旭铭坤魁泉源堂章儒林生田根"
_WOMEN = "岚薇莹芳蓉琴霞燕玲娟蕾婷茹菊萍倩瑶雯琳洁珍莲"


def person(chance: Random, gender: str) -> str:
    """A three-character name for a man (M) or a woman (F)."""
    # Two given characters always: the short names of well-known people cannot come up.
    return chance.choice(_SURNAMES) + chance.choice(_FIRST) + chance.choice(_MEN if gender == "M" else _WOMEN)


def any_person(chance: Random) -> str:
    """A name of either gender, in the proportion usual among officials."""
    return person(chance, "F" if chance.random() < 0.28 else "M")


# Natural-looking village names from pairs that are not in use as place names, as far as is known.
_VILLAGE_FIRST = "栖霁砚岫漪渚汀霭麓岚溯澄筠苇禾桐槿榆楸荻芷蘅"
_VILLAGE_LAST = "坪湾冲坡岗圩畈垄塬桥塘岭洼滩埠沟"


def village_names(chance: Random, count: int) -> list[str]:
    """Different two-character names, without 村 or 社区."""
    pairs = [first + last for first in _VILLAGE_FIRST for last in _VILLAGE_LAST]
    return chance.sample(pairs, count)
