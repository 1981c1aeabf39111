"""What deputies ask for: titles by field, with the unit that would handle them."""

from __future__ import annotations

from typing import NamedTuple


class Matter(NamedTuple):
    """A kind of suggestion: its field, the unit in the lead, units that help, and its title.

    ``{village}`` and ``{town}`` in the title are filled with the place it concerns; without either it concerns the
    whole district.
    """

    category: str
    lead: str
    helpers: tuple[str, ...]
    title: str


MATTERS = (
    Matter("URB", "区住建局", ("区财政局", "区城管局"), "关于加快{town}老旧小区改造的建议"),
    Matter("URB", "区住建局", ("区水务局",), "关于完善{town}雨污分流管网的建议"),
    Matter("URB", "区城管局", ("区公安分局",), "关于整治{town}占道经营和乱停乱放的建议"),
    Matter("URB", "区城管局", (), "关于增设{village}垃圾分类收集点的建议"),
    Matter("URB", "区城管局", ("区住建局",), "关于增加{town}公共停车位的建议"),
    Matter("URB", "区交通运输局", ("区财政局",), "关于拓宽改造{town}至{village}公路的建议"),
    Matter("URB", "区交通运输局", ("区公安分局",), "关于在{village}路口增设交通信号灯的建议"),
    Matter("URB", "区交通运输局", (), "关于优化{town}公交线路和班次的建议"),
    Matter("URB", "区生态环境分局", ("区水务局",), "关于加强{town}河道水质监测与治理的建议"),
    Matter("URB", "区生态环境分局", (), "关于治理{village}养殖异味扰民问题的建议"),
    Matter("URB", "区自然资源分局", ("区住建局",), "关于加快办理{town}安置房不动产权证的建议"),
    Matter("URB", "区住建局", (), "关于推进既有住宅加装电梯的建议"),
    Matter("URB", "区供电分公司", (), "关于改造{village}低电压线路的建议"),
    Matter("URB", "区住建局", ("区市场监管局",), "关于规范住宅小区物业服务的建议"),
    Matter("AGR", "区农业农村局", ("区财政局",), "关于支持{town}发展特色茶产业的建议"),
    Matter("AGR", "区农业农村局", (), "关于加强{village}高标准农田管护的建议"),
    Matter("AGR", "区水务局", ("区农业农村局",), "关于修复{village}灌溉渠道的建议"),
    Matter("AGR", "区水务局", ("区财政局",), "关于解决{village}季节性饮水困难的建议"),
    Matter("AGR", "区水务局", ("区应急局",), "关于除险加固{town}病险山塘的建议"),
    Matter("AGR", "区农业农村局", ("区商务局",), "关于建设{town}农产品冷链仓储的建议"),
    Matter("AGR", "区交通运输局", ("区农业农村局",), "关于硬化{village}通组道路的建议"),
    Matter("AGR", "区林业局", (), "关于加强{town}林区防火通道建设的建议"),
    Matter("AGR", "区农业农村局", ("区文旅局",), "关于推进{village}和美乡村建设的建议"),
    Matter("AGR", "区农业农村局", ("区生态环境分局",), "关于推进农村生活污水治理的建议"),
    Matter("AGR", "区气象局", ("区农业农村局",), "关于在{town}增设农业气象监测站的建议"),
    Matter("SOC", "区民政局", ("区卫健局", "区财政局"), "关于在{town}建设社区养老服务中心的建议"),
    Matter("SOC", "区民政局", (), "关于开办{village}老年助餐点的建议"),
    Matter("SOC", "区人社局", ("区经开区管委会",), "关于促进返乡人员就地就业的建议"),
    Matter("SOC", "区人社局", (), "关于在{town}开展技能培训的建议"),
    Matter("SOC", "区医保局", ("区卫健局",), "关于扩大门诊慢特病保障范围的建议"),
    Matter("SOC", "区残联", ("区住建局",), "关于完善{town}无障碍设施的建议"),
    Matter("SOC", "区妇联", ("区卫健局",), "关于发展普惠托育服务的建议"),
    Matter("SOC", "区退役军人局", (), "关于加强退役军人服务站建设的建议"),
    Matter("SOC", "区应急局", ("区消防大队",), "关于加强{town}自建房消防安全的建议"),
    Matter("SOC", "区民政局", ("区财政局",), "关于提高村（社区）工作者待遇的建议"),
    Matter("SOC", "团区委", ("区教体局",), "关于关爱{town}留守儿童的建议"),
    Matter("EDU", "区教体局", ("区财政局",), "关于改扩建{town}中心小学的建议"),
    Matter("EDU", "区教体局", (), "关于增加{town}公办幼儿园学位的建议"),
    Matter("EDU", "区教体局", ("区公安分局",), "关于治理{town}学校周边交通拥堵的建议"),
    Matter("EDU", "区卫健局", ("区财政局",), "关于提升{town}卫生院服务能力的建议"),
    Matter("EDU", "区卫健局", ("区人社局",), "关于稳定乡村医生队伍的建议"),
    Matter("EDU", "区卫健局", (), "关于完善{village}卫生室设备配备的建议"),
    Matter("EDU", "区文旅局", ("区委宣传部",), "关于保护利用{village}古民居的建议"),
    Matter("EDU", "区文旅局", (), "关于完善{town}文化广场设施的建议"),
    Matter("EDU", "区教体局", ("区卫健局",), "关于加强中小学生心理健康教育的建议"),
    Matter("EDU", "区科工局", ("区教体局",), "关于加强科普场馆建设的建议"),
    Matter("FIN", "区发改局", ("区经开区管委会", "区自然资源分局"), "关于加快推进{town}工业集中区建设的建议"),
    Matter("FIN", "区科工局", ("区税务局",), "关于支持中小企业数字化改造的建议"),
    Matter("FIN", "区商务局", ("区市场监管局",), "关于繁荣{town}夜间消费的建议"),
    Matter("FIN", "区财政局", (), "关于加大乡镇财政转移支付力度的建议"),
    Matter("FIN", "区政务数据局", ("区市场监管局",), "关于推进政务服务“就近办”的建议"),
    Matter("FIN", "区文旅局", ("区交通运输局",), "关于打造{town}乡村旅游精品线路的建议"),
    Matter("FIN", "区国资中心", ("区财政局",), "关于盘活{town}闲置国有资产的建议"),
    Matter("FIN", "区发改局", (), "关于优化营商环境、支持民营企业发展的建议"),
    Matter("LAW", "区司法局", (), "关于加强{town}人民调解工作的建议"),
    Matter("LAW", "区公安分局", (), "关于完善{village}治安视频监控的建议"),
    Matter("LAW", "区法院", ("区司法局",), "关于加大涉农纠纷案件执行力度的建议"),
    Matter("LAW", "区检察院", ("区教体局",), "关于加强未成年人检察工作的建议"),
    Matter("LAW", "区公安分局", ("区委政法委",), "关于防范打击电信网络诈骗的建议"),
    Matter("ETH", "区委统战部", (), "关于传承保护民族传统技艺的建议"),
    Matter("ETH", "区委统战部", ("区文旅局",), "关于支持{village}民族特色村寨建设的建议"),
    Matter("OTH", "区政府办", (), "关于提高政府工作报告落实透明度的建议"),
    Matter("OTH", "区委组织部", (), "关于加强村级后备干部培养的建议"),
    Matter("OTH", "区信访局", ("区司法局",), "关于推进信访矛盾源头化解的建议"),
    Matter("OTH", "区统计局", (), "关于加强基层统计力量的建议"),
)

# Matters a district cannot decide; their replies say where they were sent on.
UPWARD = (
    Matter("URB", "区交通运输局", (), "关于争取省道改线经过{town}的建议"),
    Matter("SOC", "区人社局", (), "关于提高城乡居民基础养老金标准的建议"),
    Matter("EDU", "区教体局", (), "关于调整中考招生政策的建议"),
    Matter("AGR", "区农业农村局", (), "关于提高粮食补贴标准的建议"),
    Matter("FIN", "区税务局", (), "关于扩大小微企业税收优惠范围的建议"),
    Matter("URB", "区自然资源分局", (), "关于调整{town}永久基本农田划定的建议"),
)

BILLS = (
    ("SOC", "区民政局", "关于制定居家养老服务促进办法的议案"),
    ("URB", "区生态环境分局", "关于加强城市饮用水水源保护的议案"),
    ("AGR", "区农业农村局", "关于推进全域乡村清洁行动的议案"),
    ("URB", "区住建局", "关于分期推进老旧小区改造的议案"),
    ("EDU", "区教体局", "关于优化城区学校布局的议案"),
    ("AGR", "区林业局", "关于提升森林防灭火能力的议案"),
    ("FIN", "区发改局", "关于加快县域商业体系建设的议案"),
    ("SOC", "区应急局", "关于加强城乡消防基础设施建设的议案"),
)

# How the mix of fields moves over the years: share at the start, change a year.
FIELD_SHARES = {
    "URB": (31.0, -0.8), "AGR": (20.0, -0.7), "SOC": (14.0, 1.1), "EDU": (15.5, 0.3), "FIN": (10.0, 0.1),
    "LAW": (5.5, 0.0), "ETH": (1.5, 0.0), "OTH": (2.5, 0.0),
}  # fmt: skip
