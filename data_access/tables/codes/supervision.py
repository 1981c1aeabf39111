"""Enumerations about supervision, appraisal and appointments."""

from __future__ import annotations

from data_access.tables.codes.enumeration import enumeration

SUPERVISION_KIND = enumeration(
    "supervision.kind",
    ("RPT", "听取审议专项工作报告", "Special work report"),
    ("PLAN", "计划执行监督", "Plan"),
    ("BUD", "预算决算监督", "Budget and final accounts"),
    ("AUD", "审计和审计整改监督", "Audit and rectification"),
    ("SOA", "国有资产管理监督", "State assets"),
    ("DEBT", "政府债务监督", "Government debt"),
    ("ENV", "环境状况报告", "Environment report"),
    ("LEI", "执法检查", "Law-enforcement inspection"),
    ("REC", "备案审查", "Recording and review"),
    ("SPI", "专题询问", "Special inquiry"),
    ("INQ", "询问", "Inquiry"),
    ("INT", "质询", "Interpellation"),
    ("INV", "特定问题调查", "Special investigation"),
    ("INS", "视察", "Inspection tour"),
    ("STU", "专题调研", "Thematic study"),
    ("APP", "工作评议", "Work appraisal"),
    ("FOL", "跟踪监督", "Follow-up supervision"),
    ("LIV", "民生实事监督", "Livelihood projects"),
)
LEGAL_ITEM = enumeration(
    "supervision.legal_item",
    ("FINAL", "决算", "Final accounts"),
    ("PLAN", "计划执行", "Plan execution"),
    ("BUDGET", "预算执行", "Budget execution"),
    ("AUDIT", "审计工作", "Audit"),
    ("RECTIFY", "审计整改", "Audit rectification"),
    ("ASSETS", "国有资产管理", "State assets"),
    ("DEBT", "政府债务", "Government debt"),
    ("ENV", "环境状况", "Environment"),
    ("RECORD", "备案审查", "Recording and review"),
    ("SUGGEST", "建议办理", "Handling of suggestions"),
    ("ADJUST", "预算调整", "Budget adjustment"),
    ("FIVEYEAR", "五年规划中期评估", "Mid-term review of the five-year plan"),
)
VENUE = enumeration(
    "supervision.venue",
    ("SC", "常委会会议", "Standing Committee meeting"),
    ("CHM", "主任会议", "Chairpersons' Meeting"),
    ("WRITTEN", "书面", "In writing"),
)
VOTE_KIND = enumeration(
    "supervision.vote_kind",
    ("REPORT", "对报告测评", "On a report"),
    ("FOLLOW", "对整改情况测评", "On follow-up"),
    ("SUGGEST", "对建议办理测评", "On handling of suggestions"),
)
DOC_RESULT = enumeration(
    "normative_doc.result",
    ("PENDING", "审查中", "Under review"),
    ("PASSED", "未发现问题", "No problem found"),
    ("CORRECTED", "已督促纠正", "Corrected"),
    ("REPEALED", "已废止", "Repealed"),
)
APPRAISAL_KIND = enumeration(
    "appraisal.kind",
    ("POST", "述职评议", "Appraisal on a work report"),
    ("DUTY", "履职评议", "Appraisal of duty"),
    ("WORK", "工作评议", "Appraisal of a unit's work"),
)
APPRAISAL_SCHEME = enumeration(
    "appraisal.scheme",
    ("SAT", "满意、基本满意、不满意", "Satisfied, mostly, dissatisfied"),
    ("GRADE", "优秀、称职、基本称职、不称职", "Excellent, competent, mostly, incompetent"),
)
APPRAISAL_GRADE = enumeration(
    "appraisal.grade",
    ("SAT", "满意", "Satisfied"),
    ("BASIC", "基本满意", "Mostly satisfied"),
    ("DISSAT", "不满意", "Dissatisfied"),
    ("EXCEL", "优秀", "Excellent"),
    ("FIT", "称职", "Competent"),
    ("MOSTLY", "基本称职", "Mostly competent"),
    ("UNFIT", "不称职", "Incompetent"),
)
ACTION = enumeration(
    "appointment.action",
    ("ELECT", "选举", "Elected"),
    ("BYE", "补选", "Elected at a by-election"),
    ("DECIDE_A", "决定任命", "Appointed by decision"),
    ("DECIDE_R", "决定免职", "Removed by decision"),
    ("APPT", "任命", "Appointed"),
    ("REMV", "免职", "Removed"),
    ("ACT", "决定代理", "Appointed as acting"),
    ("PUSH", "推选", "Chosen to act as chair"),
    ("RESIGN", "接受辞职", "Resignation accepted"),
    ("DISM", "撤职", "Dismissed"),
    ("RECALL", "罢免", "Recalled"),
)
ORGAN_CLASS = enumeration(
    "appointment.organ_class",
    ("SC", "常委会", "Standing Committee"),
    ("SCW", "人大工作机构", "Congress working bodies"),
    ("STR", "街道工委", "Subdistrict working committees"),
    ("GOVL", "政府领导", "Government leaders"),
    ("GOVD", "政府组成部门", "Government departments"),
    ("SUP", "监委", "Supervisory commission"),
    ("CRT", "法院", "Court"),
    ("PRO", "检察院", "Procuratorate"),
    ("LAY", "人民陪审员", "Lay assessors"),
    ("ELC", "选举委员会", "Election committee"),
)
EXAM = enumeration(
    "appointment.exam",
    ("DUE", "应考未考", "Due, not yet taken"),
    ("PASS", "合格", "Passed"),
    ("FAIL", "不合格", "Failed"),
    ("EXEMPT", "免考", "Exempt"),
)
STATEMENT = enumeration(
    "appointment.statement",
    ("GAVE", "已发言", "Given"),
    ("DUE", "应发言未发言", "Due, not given"),
    ("EXEMPT", "免予发言", "Exempt"),
)
OATH = enumeration(
    "appointment.oath",
    ("SC", "常委会会议上宣誓", "Sworn before the Standing Committee"),
    ("OWN", "本机关宣誓", "Sworn in the own organ"),
    ("CONG", "大会宣誓", "Sworn at the Congress"),
    ("NA", "不需要", "Not required"),
    ("NO", "尚未宣誓", "Not yet sworn"),
)
