"""Enumerations about deputies, stations and their activities, and cadres."""

from __future__ import annotations

from data_access.tables.codes.enumeration import enumeration

GENDER = enumeration(
    "gender",
    ("M", "男", "Man"),
    ("F", "女", "Woman"),
)
PARTY = enumeration(
    "deputy.party",
    ("CPC", "中共党员", "Communist Party"),
    ("DEM", "民主党派", "Democratic parties"),
    ("NON", "无党派", "Without party affiliation"),
    ("MAS", "群众", "Masses"),
)
OCCUPATION = enumeration(
    "deputy.occupation",
    ("WRK", "一线工人", "Front-line worker"),
    ("FRM", "农民", "Farmer"),
    ("MIG", "农民工", "Migrant worker"),
    ("TEC", "专业技术人员", "Professional"),
    ("CAD", "党政领导干部", "Party or government leader"),
    ("VIL", "村（社区）干部", "Village or community cadre"),
    ("ENT", "企业负责人", "Head of an enterprise"),
    ("MIL", "解放军武警", "Armed forces"),
    ("OTH", "其他", "Other"),
)
EDUCATION = enumeration(
    "deputy.education",
    ("PG", "研究生", "Postgraduate"),
    ("BA", "本科", "Bachelor"),
    ("JC", "大专", "Junior college"),
    ("SEC", "高中及以下", "Secondary or below"),
)
SC_ROLE = enumeration(
    "deputy.sc_role",
    ("CHAIR", "主任", "Chair"),
    ("VICE", "副主任", "Vice-chair"),
    ("MEMBER", "委员", "Member"),
)
END_REASON = enumeration(
    "deputy.end_reason",
    ("TERM", "任期届满", "End of term"),
    ("MOVED", "迁出或调离", "Moved away"),
    ("RESIGN", "接受辞职", "Resignation accepted"),
    ("ABSENT", "两次不出席会议", "Absent from two sessions"),
    ("RECALL", "罢免", "Recalled"),
    ("DEATH", "去世", "Died"),
    ("OTH", "其他", "Other"),
)
STATION_LEVEL = enumeration(
    "station.level",
    ("ST", "联络站", "Station"),
    ("RM", "联络室", "Room"),
    ("PT", "联络点", "Point"),
)
ACTIVITY_KIND = enumeration(
    "activity.kind",
    ("STN", "进站接待", "Reception at a station"),
    ("RPT", "向选民述职", "Report to voters"),
    ("VIS", "走访联系选民", "Visit to voters"),
    ("CON", "常委会联系代表", "Standing Committee contact"),
    ("TRN", "培训", "Training"),
    ("INS", "视察", "Inspection tour"),
    ("STU", "调研", "Study"),
    ("LEI", "执法检查", "Law-enforcement inspection"),
    ("ATT", "出席人代会", "Attending the Congress"),
    ("OBS", "列席常委会", "Attending the Standing Committee"),
    ("GRP", "小组活动", "Group activity"),
    ("CAM", "主题活动", "Campaign"),
)
CADRE_KIND = enumeration(
    "cadre_change.kind",
    ("PROMOTE", "提拔", "Promoted"),
    ("TRANSFER", "交流", "Transferred"),
    ("RANK", "职级晋升", "Grade promotion"),
    ("IN", "调入", "Moved in"),
    ("OUT", "调出", "Moved out"),
    ("RETIRE", "退休", "Retired"),
)
