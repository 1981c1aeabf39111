"""What must hold between the values of a record, beyond the rules of single columns.

One list for the check of a database, the import and the page on data quality. A warning may be right after all and
only deserves a look; an error cannot be right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, and_, exists, func, not_, or_, select

from data_access.tables.capacity import election
from data_access.tables.deputies import deputy
from data_access.tables.leadership import leader_task, party_support
from data_access.tables.meetings import meeting, org_unit
from data_access.tables.personnel import appointment
from data_access.tables.proposals import proposal, proposal_handler, proposal_reply
from data_access.tables.regions import region, region_shape, term, village
from data_access.tables.stations import deputy_activity, station
from data_access.tables.supervision import normative_doc, supervision_item
from data_access.text import Text

_Row = tuple[Table, str, str, str, str, str]

CODE_LENGTHS = {"PROV": 2, "CITY": 4, "COUNTY": 6, "TOWNSHIP": 9}
COUNTY_BILL_SIGNERS = 9  # ten with the lead: Organic Law of Local Congresses, article 22


@dataclass(frozen=True)
class Sanity:
    """A rule between columns: which records break it, and what to say of them.

    ``broken`` selects the key of each record that breaks the rule.
    """

    key: str
    table: str
    words: Text
    broken: Select[Any]
    is_error: bool = True


def key_of(table: FromClause) -> ColumnElement[Any]:
    """The column that names a record of a table."""
    return next(iter(table.primary_key))


def _rule(
    key: str,
    table: Table,
    words: tuple[str, str],
    broken: ColumnElement[bool],
    *,
    within: FromClause | None = None,
    is_error: bool = True,
) -> Sanity:
    """A rule on the rows of one table, or of ``within``, which joins others to it."""
    rows = select(key_of(table)).select_from(table if within is None else within).where(broken)
    return Sanity(key, table.name, Text(*words), rows, is_error)


# Table, key, the day that comes first, the day that comes after it, and what is wrong when it does not.
_ORDER = (
    (proposal, "assigned_before_submitted", "submitted_on", "assigned_on",
     "交办日期早于提出日期", "Assigned before it was submitted"),
    (proposal, "due_before_assignment", "assigned_on", "due_on", "应答复日期早于交办日期", "Due before assignment"),
    (proposal_handler, "returned_before_assignment", "assigned_on", "returned_on",
     "退办日期早于交办日期", "Returned before it was assigned"),
    (proposal_reply, "rated_before_reply", "replied_on", "rated_on", "评价日期早于答复日期", "Rated before the reply"),
    (meeting, "ended_before_start", "held_on", "ended_on", "结束日期早于开始日期", "Ended before it began"),
    (org_unit, "closed_before_set_up", "set_up_on", "closed_on", "撤销日期早于设立日期", "Closed before it was set up"),
    (supervision_item, "ended_before_held", "held_on", "ended_on", "结束日期早于开展日期", "Ended before it was held"),
    (supervision_item, "followup_before_held", "held_on", "followup_due_on",
     "应反馈日期早于开展日期", "Follow-up due before it was held"),
    (normative_doc, "filed_before_published", "published_on", "filed_on",
     "报备日期早于公布日期", "Filed before it was published"),
    (party_support, "held_before_submitted", "submitted_on", "held_on", "日期早于报送日期", "Before it was submitted"),
    (leader_task, "due_before_start", "start_on", "due_on", "计划完成日期早于开始日期", "Due before it started"),
    (deputy, "end_before_start", "start_on", "end_on", "任职止日早于起日", "Left before the first day"),
    (station, "closed_before_established", "established_on", "closed_on",
     "撤销日期早于建成日期", "Closed before it was opened"),
    (term, "term_end_before_start", "start_on", "end_on", "届次止日早于起日", "The term ends before it starts"),
)  # fmt: skip
# The same, where it may be right after all.
_USUAL_ORDER = (
    (proposal_reply, "fulfilled_before_reply", "replied_on", "fulfilled_on",
     "承诺完成日期早于答复日期", "A promise kept before it was made"),
    (appointment, "oath_before_decision", "decided_on", "oath_on", "宣誓日期早于任免日期", "Sworn before the decision"),
)  # fmt: skip
# Table, key, the part, its whole, and what is wrong when the part is larger.
_PARTS = (
    (meeting, "attended_over_members", "attended", "members", "实到多于应到", "More present than members"),
    (supervision_item, "done_over_opinions", "opinion_done", "opinion_count",
     "已落实多于意见条数", "More acted on than raised"),
    (deputy_activity, "resolved_over_opinions", "resolved", "opinions",
     "已办结多于收集意见", "More resolved than collected"),
    (election, "elected_over_quota", "elected", "quota", "当选多于名额", "More elected than seats"),
    (election, "voted_over_voters", "voted", "voters", "参选多于登记选民", "More voted than registered"),
    (election, "one_round_over_constituencies", "one_round", "constituencies",
     "一次成功多于选区数", "More done in one round than constituencies"),
)  # fmt: skip


def _in_order(rows: tuple[_Row, ...], *, is_error: bool) -> tuple[Sanity, ...]:
    return tuple(
        _rule(key, table, (zh, en), table.c[second] < table.c[first], is_error=is_error)
        for table, key, first, second, zh, en in rows
    )


def _parts(rows: tuple[_Row, ...]) -> tuple[Sanity, ...]:
    return tuple(
        _rule(key, table, (zh, en), table.c[part] > table.c[whole]) for table, key, part, whole, zh, en in rows
    )


_ACTIVE = and_(proposal_handler.c.proposal_id == proposal.c.id, proposal_handler.c.returned_on.is_(None))
_first = proposal_reply.alias("first_round")


def _handlers(*roles: str) -> ColumnElement[int]:
    counted = select(func.count()).select_from(proposal_handler).where(_ACTIVE, proposal_handler.c.role.in_(roles))
    return counted.correlate(proposal).scalar_subquery()


_PROPOSAL_RULES = (
    _rule("no_lead_deputy", proposal, ("没有领衔代表", "No lead deputy"), proposal.c.lead_deputy_id.is_(None)),
    _rule(
        "too_few_signers",
        proposal,
        ("议案联名不足十人", "Fewer than ten signers of a bill"),
        and_(
            proposal.c.kind.in_(("BILL", "BILL_SUG")), func.coalesce(proposal.c.cosigner_count, 0) < COUNTY_BILL_SIGNERS
        ),
    ),
    _rule(
        "handlers_unclear",
        proposal,
        (
            "已交办，但主办（独办）不是一个，分办不足两个",
            "Assigned, but not to one lead or sole unit, nor to several",
        ),
        and_(
            proposal.c.assigned_on.is_not(None),
            not_(or_(_handlers("LEAD", "SOLE") == 1, and_(_handlers("LEAD", "SOLE") == 0, _handlers("SPLIT") >= 2))),
        ),
    ),
    _rule(
        "unknown_unit",
        proposal_handler,
        ("承办单位未填或未匹配", "The handling unit is missing or was not matched"),
        proposal_handler.c.org_unit_id.is_(None),
    ),
    _rule(
        "unknown_replier",
        proposal_reply,
        ("答复单位未填或未匹配", "The replying unit is missing or was not matched"),
        proposal_reply.c.org_unit_id.is_(None),
    ),
    _rule(
        "reply_before_assignment",
        proposal_reply,
        ("答复日期早于交办日期", "Replied before it was assigned"),
        proposal_reply.c.replied_on < proposal.c.assigned_on,
        within=proposal_reply.join(proposal),
    ),
    _rule(
        "rated_without_day",
        proposal_reply,
        ("有评价却没有评价日期", "Rated on no recorded day"),
        and_(
            proposal_reply.c.rated_on.is_(None),
            or_(proposal_reply.c.attitude.is_not(None), proposal_reply.c.result_rating.is_not(None)),
        ),
    ),
    _rule(
        "promise_without_b",
        proposal_reply,
        ("不是B类答复却有承诺日期", "A promise in a reply that is not class B"),
        and_(
            proposal_reply.c.promised_on.is_not(None),
            or_(proposal_reply.c.result_class.is_(None), proposal_reply.c.result_class != "B"),
        ),
    ),
    _rule(
        "second_round_unasked",
        proposal_reply,
        ("首次评价不是不满意，却有二次办理", "Re-handled though the first rating was not dissatisfied"),
        and_(
            proposal_reply.c.round_no > 1,
            not_(
                exists().where(
                    _first.c.proposal_id == proposal_reply.c.proposal_id,
                    _first.c.round_no == 1,
                    _first.c.result_rating == 1,
                )
            ),
        ),
        is_error=False,
    ),
)

_VOTES = ("v_satisfied", "v_basic", "v_dissatisfied")
_SWORN = ("SC", "OWN", "CONG")

_MEETING_RULES = (
    _rule(
        "votes_over_ballots",
        supervision_item,
        ("各档票数之和多于收回票数", "More votes than ballots"),
        sum(
            (func.coalesce(supervision_item.c[vote], 0) for vote in _VOTES[1:]),
            func.coalesce(supervision_item.c[_VOTES[0]], 0),
        )
        > supervision_item.c.ballots,
    ),
)

_PERSONNEL_RULES = (
    _rule(
        "decided_outside_meeting",
        appointment,
        ("任免日期不在会议日期内", "Decided on a day that is not one of the meeting's"),
        or_(
            appointment.c.decided_on < meeting.c.held_on,
            appointment.c.decided_on > func.coalesce(meeting.c.ended_on, meeting.c.held_on),
        ),
        within=appointment.join(meeting),
    ),
    _rule(
        "votes_over_members",
        appointment,
        ("票数之和多于组成人员数", "More votes than members"),
        appointment.c.v_for + func.coalesce(appointment.c.v_against, 0) + func.coalesce(appointment.c.v_abstain, 0)
        > appointment.c.members,
    ),
    _rule(
        "without_majority",
        appointment,
        ("通过的事项赞成票未过半数", "Passed without a majority of all members"),
        appointment.c.v_for * 2 <= appointment.c.members,
        is_error=False,
    ),
    _rule(
        "oath_without_day",
        appointment,
        ("已宣誓但没有日期", "Sworn on no recorded day"),
        and_(appointment.c.oath.in_(_SWORN), appointment.c.oath_on.is_(None)),
        is_error=False,
    ),
    _rule(
        "identity_number",
        appointment,
        ("人员编号疑为身份证号", "The person key looks like an identity number"),
        and_(
            func.length(appointment.c.person_key).in_((15, 18)),
            appointment.c.person_key >= "1",
            appointment.c.person_key < ":",
        ),
    ),
)

_DEPUTY_RULES = (
    _rule(
        "activity_of_nobody",
        deputy_activity,
        ("代表和代表人次都没有填", "Neither a deputy nor how many were present"),
        and_(deputy_activity.c.deputy_id.is_(None), deputy_activity.c.headcount.is_(None)),
    ),
    _rule(
        "serving_over_quota",
        term,
        ("在任代表多于名额", "More deputies serving than seats"),
        (
            select(func.count())
            .select_from(deputy)
            .where(
                deputy.c.level == term.c.level,
                deputy.c.term_no == term.c.term_no,
                deputy.c.end_on.is_(None),
                func.substr(deputy.c.region_code, 1, func.length(term.c.region_code)) == term.c.region_code,
            )
            .correlate(term)
            .scalar_subquery()
            > term.c.quota
        ),
    ),
    _rule(
        "region_code_length",
        region,
        ("区划代码位数与层级不符", "The code's length does not fit the level"),
        or_(
            *(
                and_(region.c.level == level, func.length(region.c.region_code) != length)
                for level, length in CODE_LENGTHS.items()
            )
        ),
    ),
    _rule(
        "shape_cut",
        region_shape,
        ("图形长度与记录不符，可能被截断", "The shape's length is not the recorded one; it may be cut"),
        func.length(region_shape.c.geojson) != region_shape.c.geojson_len,
    ),
)

_PLACE_RULES = tuple(
    _rule(
        f"{table.name}_without_system",
        table,
        (
            "有经纬度而缺坐标系，没有定位；请填 CGCS2000、WGS-84、GCJ-02（高德、腾讯）或 BD-09（百度）",
            "Coordinates without their system are placed nowhere; name CGCS2000, WGS-84, GCJ-02 or BD-09",
        ),
        and_(table.c.src_lon.is_not(None), table.c.src_system.is_(None)),
        is_error=False,
    )
    for table in (village, station)
)

SANITY: tuple[Sanity, ...] = (
    *_in_order(_ORDER, is_error=True),
    *_in_order(_USUAL_ORDER, is_error=False),
    *_parts(_PARTS),
    *_PROPOSAL_RULES,
    *_MEETING_RULES,
    *_PERSONNEL_RULES,
    *_DEPUTY_RULES,
    *_PLACE_RULES,
)
