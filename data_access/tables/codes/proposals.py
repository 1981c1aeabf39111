"""Enumerations about bills and suggestions."""

from __future__ import annotations

from data_access.tables.codes.enumeration import enumeration

PROPOSAL_KIND = enumeration(
    "proposal.kind",
    ("SUG", "建议、批评和意见", "Suggestion"),
    ("BILL", "议案", "Bill"),
    ("BILL_SUG", "议案转建议", "Bill handled as suggestion"),
)
PROPOSAL_PHASE = enumeration(
    "proposal.phase",
    ("IN", "会议期间", "In session"),
    ("OUT", "闭会期间", "Between sessions"),
)
PROPOSAL_STATUS = enumeration(
    "proposal.status",
    ("PENDING", "待交办", "Awaiting assignment"),
    ("HANDLING", "办理中", "In handling"),
    ("REPLIED", "已答复", "Replied"),
    ("REHANDLING", "二次办理", "In re-handling"),
    ("CLOSED", "办结", "Closed"),
    ("WITHDRAWN", "撤回", "Withdrawn"),
    ("MERGED", "并案", "Merged into another"),
)
CATEGORY = enumeration(
    "proposal.category",
    ("FIN", "财政经济", "Finance and economy"),
    ("AGR", "农业农村", "Agriculture and rural affairs"),
    ("URB", "城建环资", "Urban affairs and environment"),
    ("EDU", "教科文卫", "Education, science, culture and health"),
    ("LAW", "监察司法", "Supervision and justice"),
    ("SOC", "社会建设", "Social development"),
    ("ETH", "民宗侨外", "Ethnic, religious and overseas affairs"),
    ("OTH", "综合其他", "General and other"),
)
COMPETENCE = enumeration(
    "proposal.competence",
    ("OWN", "本级事权", "Within the district's powers"),
    ("UP", "上级事权", "A higher level's powers"),
    ("OTHER", "不属办理范围", "Outside the scope of handling"),
)
HANDLER_ROLE = enumeration(
    "handler.role",
    ("LEAD", "主办", "Lead"),
    ("CO", "会办", "Co-handling"),
    ("SPLIT", "分办", "Separately handled"),
    ("SOLE", "独办", "Sole"),
)
CONTACT_WAY = enumeration(
    "reply.contact_way",
    ("FACE", "当面走访", "In person"),
    ("MEET", "座谈协商", "At a meeting"),
    ("PHONE", "电话", "By phone"),
    ("NET", "网络", "Online"),
)
RESULT_CLASS = enumeration(
    "reply.result_class",
    ("A", "已解决或基本解决", "Solved or mostly solved"),
    ("B", "正在解决或列入计划", "Being solved or planned"),
    ("C", "受条件限制暂难解决", "Not possible for now"),
    ("D", "留作参考", "Noted for reference"),
    ("U", "属上级事权已反映", "Referred upward"),
)
RATING = enumeration(
    "rating",
    ("3", "满意", "Satisfied"),
    ("2", "基本满意", "Mostly satisfied"),
    ("1", "不满意", "Dissatisfied"),
    numeric=True,
)
