"""Bills and suggestions of deputies, who handles them, the replies and how they are rated."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from data_access.tables import base, codes
from data_access.tables.base import coded, column, number_column, record_columns, region_column, table

proposal = table(
    "proposal",
    ("议案建议", "Bills and suggestions"),
    number_column(),
    coded(
        "kind",
        codes.PROPOSAL_KIND,
        ("类型", "Kind"),
        ("议案、建议或议案转建议", "Bill, suggestion, or bill handled as suggestion"),
        required=True,
    ),
    column("title", base.TITLE, ("标题", "Title"), ("议案建议标题", "Title"), required=True),
    coded(
        "phase",
        codes.PROPOSAL_PHASE,
        ("提出时段", "Phase"),
        ("会议期间或闭会期间", "In session or between sessions"),
        required=True,
    ),
    column(
        "meeting_id",
        base.ID,
        ("会议编号", "Meeting no."),
        ("会议期间提出的，填所在会议", "The session, if made in session"),
        of="meeting.id",
    ),
    column(
        "handling_year",
        base.COUNT,
        ("工作年度", "Handling year"),
        ("会议所服务的年度；闭会期间按收到年度", "Year the session serves; between sessions, the year received"),
        required=True,
    ),
    column(
        "lead_deputy_id",
        base.ID,
        ("领衔代表", "Lead deputy"),
        ("领衔代表编号；联名只计一件", "The lead deputy; counted once however many sign"),
        of="deputy.id",
    ),
    column(
        "cosigner_count",
        base.COUNT,
        ("联名人数", "Co-signers"),
        ("领衔人以外的联名人数", "Signers beside the lead"),
        rule=("县级议案不少于9人", "At least 9 for a county bill"),
        at_least=0,
    ),
    coded("category", codes.CATEGORY, ("类别", "Category"), ("内容类别", "What it is about"), required=True),
    region_column(("领衔代表所在乡镇", "Township of the lead deputy")),
    column(
        "place_code",
        base.REGION_CODE,
        ("事项涉及地", "Place concerned"),
        ("事项涉及的乡镇；涉及全区填区代码", "The township it concerns, or the district"),
        of="region.region_code",
    ),
    column("submitted_on", base.DAY, ("提出日期", "Submitted on"), ("提出日期", "Day it was submitted"), required=True),
    column(
        "assigned_on",
        base.DAY,
        ("交办日期", "Assigned on"),
        ("交办日期，答复期限自此起算", "The clock of the reply starts here"),
        rule=("不早于提出日期", "Not before submission"),
    ),
    column(
        "extended",
        base.FLAG,
        ("延长办理", "Extended"),
        ("经同意延长至六个月", "Extended to six months with consent"),
        required=True,
    ),
    column(
        "due_on",
        base.DAY,
        ("应答复日期", "Reply due on"),
        ("单位另行记载的期限；空则按规则推算", "The office's own date; computed by rule when empty"),
    ),
    coded(
        "competence",
        codes.COMPETENCE,
        ("事权", "Competence"),
        ("本级、上级或其他", "Own, a higher level's, or other"),
        required=True,
    ),
    column(
        "is_accepted",
        base.FLAG,
        ("是否立案", "Accepted as a bill"),
        ("主席团决定列入议程的议案", "A bill the presidium put on the agenda; empty for suggestions"),
    ),
    column(
        "is_key",
        base.FLAG,
        ("重点督办", "Key-supervised"),
        ("主任会议确定的重点督办建议", "Chosen by the Chairpersons' Meeting"),
        required=True,
    ),
    column(
        "key_leader",
        base.NAME,
        ("督办领导", "Supervising leader"),
        ("领衔督办的负责人", "The leader who supervises it"),
    ),
    column(
        "key_unit",
        base.ID,
        ("督办机构", "Supervising body"),
        ("负责督办的人大机构", "The congress body in charge"),
        of="org_unit.id",
    ),
    column(
        "is_public",
        base.FLAG,
        ("可公开", "May be public"),
        ("答复是否可以公开", "Whether the reply may be published"),
        required=True,
    ),
    coded("status", codes.PROPOSAL_STATUS, ("状态", "Status"), ("当前状态", "Present state"), required=True),
    *record_columns(),
    # Never the year alone: a planner prefers such an index even when every row matches it.
    Index(None, "handling_year", "region_code"),
    Index(None, "region_code", "handling_year"),
    Index(None, "place_code", "handling_year"),
    Index(None, "lead_deputy_id"),
)

proposal_cosigner = table(
    "proposal_cosigner",
    ("联名", "Co-signers"),
    column(
        "proposal_id",
        base.ID,
        ("议案建议编号", "Proposal no."),
        ("所联名的议案建议", "What was co-signed"),
        key=True,
        of="proposal.id",
    ),
    column(
        "deputy_id",
        base.ID,
        ("代表编号", "Deputy no."),
        ("联名代表", "The co-signing deputy"),
        key=True,
        of="deputy.id",
    ),
    region_column(("联名代表所在乡镇", "Township of the co-signer")),
    *record_columns(),
    Index(None, "deputy_id"),
)

proposal_handler = table(
    "proposal_handler",
    ("承办", "Handling"),
    number_column(),
    column(
        "proposal_id",
        base.ID,
        ("议案建议编号", "Proposal no."),
        ("所承办的议案建议", "What is handled"),
        required=True,
        of="proposal.id",
    ),
    column("org_unit_id", base.ID, ("承办单位", "Handling unit"), ("承办单位编号", "The unit"), of="org_unit.id"),
    region_column(),
    coded(
        "role",
        codes.HANDLER_ROLE,
        ("承办方式", "Role"),
        ("主办、会办、分办或独办", "Lead, co-handling, separate or sole"),
        required=True,
    ),
    column("assigned_on", base.DAY, ("交办日期", "Assigned on"), ("交该单位的日期", "Day the unit received it")),
    column("returned_on", base.DAY, ("退办日期", "Returned on"), ("单位退回改办的日期", "Day the unit sent it back")),
    column(
        "opinion_on",
        base.DAY,
        ("会办意见日期", "Opinion given on"),
        ("会办单位提出意见的日期", "Day the co-handler gave its opinion"),
    ),
    *record_columns(),
    Index(None, "proposal_id", "role", "org_unit_id"),
    Index(None, "org_unit_id"),
)

proposal_reply = table(
    "proposal_reply",
    ("答复评价", "Replies and ratings"),
    number_column(),
    column(
        "proposal_id",
        base.ID,
        ("议案建议编号", "Proposal no."),
        ("所答复的议案建议", "What is replied to"),
        required=True,
        of="proposal.id",
    ),
    column("org_unit_id", base.ID, ("答复单位", "Replying unit"), ("答复单位编号", "The unit"), of="org_unit.id"),
    region_column(),
    column(
        "round_no",
        base.COUNT,
        ("第几次", "Round"),
        ("第几次答复", "1 for the first reply, 2 for the re-handling"),
        required=True,
        at_least=1,
    ),
    column(
        "replied_on",
        base.DAY,
        ("答复日期", "Replied on"),
        ("书面答复日期", "Day of the written reply"),
        rule=("不早于交办日期", "Not before assignment"),
        required=True,
    ),
    column(
        "contacted_on", base.DAY, ("沟通日期", "Contacted on"), ("与代表沟通日期", "Day the unit spoke with the deputy")
    ),
    coded(
        "contact_way",
        codes.CONTACT_WAY,
        ("沟通方式", "Way of contact"),
        ("当面、座谈、电话或网络", "In person, meeting, phone or online"),
    ),
    coded(
        "result_class",
        codes.RESULT_CLASS,
        ("答复类别", "Class at reply"),
        ("答复时的办理结果类别", "Result class when replied"),
    ),
    column(
        "promised_on",
        base.DAY,
        ("承诺完成日期", "Promised for"),
        ("B类答复承诺的完成日期", "Day promised in a class B reply"),
        rule=("只有B类填写", "Only for class B"),
    ),
    column(
        "fulfilled_on", base.DAY, ("实际完成日期", "Fulfilled on"), ("承诺实际完成日期", "Day the promise was kept")
    ),
    coded(
        "class_current",
        codes.RESULT_CLASS,
        ("现类别", "Class today"),
        ("目前的办理结果类别", "Result class as it stands now"),
    ),
    coded(
        "attitude",
        codes.RATING,
        ("态度评价", "Rating of attitude"),
        ("代表对办理态度的评价；未反馈为空", "Empty when the deputy has not answered"),
    ),
    coded(
        "result_rating",
        codes.RATING,
        ("结果评价", "Rating of result"),
        ("代表对办理结果的评价；未反馈为空", "Empty when the deputy has not answered"),
    ),
    column(
        "rated_on",
        base.DAY,
        ("评价日期", "Rated on"),
        ("代表评价日期", "Day the deputy rated it"),
        rule=("不早于答复日期", "Not before the reply"),
    ),
    column(
        "is_published",
        base.FLAG,
        ("是否已公开", "Published"),
        ("答复是否已公开", "Whether the reply is published"),
        required=True,
    ),
    *record_columns(),
    CheckConstraint("rated_on IS NOT NULL OR (attitude IS NULL AND result_rating IS NULL)", name="rated"),
    UniqueConstraint("proposal_id", "org_unit_id", "round_no"),
    Index(None, "proposal_id", "round_no", "replied_on"),
    Index(None, "promised_on"),
)
