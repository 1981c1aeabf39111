"""Enumerations about regions, congresses, meetings and units."""

from __future__ import annotations

from data_access.tables.codes.enumeration import enumeration

REGION_LEVEL = enumeration(
    "region.level",
    ("NATION", "全国", "Nation"),
    ("PROV", "省级", "Province"),
    ("CITY", "市级", "City"),
    ("COUNTY", "县级", "County"),
    ("TOWNSHIP", "乡级", "Township"),
)
REGION_KIND = enumeration(
    "region.kind",
    ("TOWN", "镇", "Town"),
    ("XIANG", "乡", "Rural township"),
    ("STREET", "街道", "Subdistrict"),
    ("ZONE", "开发区", "Development zone"),
)
CONGRESS_LEVEL = enumeration(
    "congress.level",
    ("NPC", "全国", "National"),
    ("PROV", "省级", "Provincial"),
    ("CITY", "市级", "City"),
    ("COUNTY", "县级", "District or county"),
    ("TOWNSHIP", "乡级", "Township"),
)
COORD_SYSTEM = enumeration(
    "coord_system",
    ("CGCS2000", "CGCS2000", "CGCS2000"),
    ("WGS84", "WGS-84", "WGS-84"),
    ("GCJ02", "GCJ-02", "GCJ-02"),
    ("BD09", "BD-09", "BD-09"),
    ("FICTIONAL", "虚构坐标", "Fictional"),
)
MEETING_KIND = enumeration(
    "meeting.kind",
    ("CONG", "人代会", "Session of the Congress"),
    ("SC", "常委会会议", "Standing Committee meeting"),
    ("CHM", "主任会议", "Chairpersons' Meeting"),
    ("PLG", "党组会议", "Party group meeting"),
    ("TWN", "乡镇人代会", "Session of a township congress"),
)
RESOLUTION_KIND = enumeration(
    "resolution.kind",
    ("FIN", "预算决算", "Budget and final accounts"),
    ("PLAN", "计划及调整", "Plans and their adjustment"),
    ("DEBT", "政府债务", "Government debt"),
    ("MAJOR", "重大事项", "Major matters"),
    ("LAW", "法治建设", "Rule of law"),
    ("ELEC", "选举和任期", "Elections and terms"),
    ("OTH", "其他", "Other"),
)
RESOLUTION_ORGAN = enumeration(
    "resolution.organ",
    ("CONG", "人代会", "The Congress"),
    ("SC", "常委会", "The Standing Committee"),
)
ORG_SYSTEM = enumeration(
    "org_unit.system",
    ("GOV", "政府", "Government"),
    ("PTY", "党委群团", "Party and mass bodies"),
    ("SUP", "监委", "Supervisory commission"),
    ("CRT", "法院", "Court"),
    ("PRO", "检察院", "Procuratorate"),
    ("PC", "人大", "People's Congress"),
    ("VER", "垂直管理", "Vertically managed"),
    ("TWN", "乡镇街道", "Townships and subdistricts"),
)
ORG_KIND = enumeration(
    "org_unit.kind",
    ("COM", "委", "Committee"),
    ("OFF", "室", "Office"),
    ("CEN", "中心", "Centre"),
    ("STR", "街道工委", "Subdistrict working committee"),
    ("TWP", "乡镇人大", "Township congress"),
    ("HDL", "承办单位", "Handling unit"),
)
SUPPORT_KIND = enumeration(
    "party_support.kind",
    ("HEAR", "听取人大工作汇报", "Hearing a report"),
    ("VISIT", "书记到人大调研", "Study visit by the secretary"),
    ("TALK", "与代表座谈", "Talk with deputies"),
    ("SIT", "列席会议", "Attending meetings"),
    ("FWD", "批转人大文件", "Forwarding a document"),
    ("ISSUE", "出台支持文件", "Issuing a document"),
    ("CONF", "人大工作会议", "Conference on Congress work"),
    ("RULE", "人大制度文件", "Congress rules"),
    ("SITE", "现场会", "On-site meeting"),
    ("AWARD", "表彰", "Award"),
)
TASK_KIND = enumeration(
    "leader_task.kind",
    ("TASK", "重点任务", "Key task"),
    ("PROJECT", "重点项目", "Key project"),
    ("TOWN", "包联乡镇", "Linked township"),
    ("SPECIAL", "专项工作", "Special campaign"),
)
TASK_STATUS = enumeration(
    "leader_task.status",
    ("NEW", "未启动", "Not started"),
    ("GOING", "推进中", "Under way"),
    ("DONE", "已完成", "Done"),
    ("STOPPED", "中止", "Stopped"),
)
BUDGET_KIND = enumeration(
    "budget_item.kind",
    ("MEETING", "会议经费", "Meetings"),
    ("ACTIVITY", "代表活动经费", "Deputies' activities"),
    ("INSPECT", "执法检查和视察调研经费", "Inspection and study"),
    ("TRAIN", "代表培训经费", "Deputies' training"),
    ("ALLOW", "代表履职补助", "Deputies' allowances"),
    ("STATION", "联络站点建设经费", "Stations"),
    ("OTH", "其他", "Other"),
)
