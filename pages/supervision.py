"""Supervision: is a yearly duty still open, who owes a report, how often and on whom, and what came of it."""

from dashboard.exhibits.exhibit import Page
from dashboard.page import show
from dashboard.subjects import supervision as glance
from dashboard.subjects import supervision_duties as duties
from dashboard.subjects import supervision_followup as followup
from dashboard.subjects import supervision_plan as plan
from dashboard.subjects import supervision_results as results
from dashboard.subjects import supervision_tools as tools
from data_access.metrics import METRICS
from data_access.text import Text

PAGE = Page(
    "supervision",
    Text("监督", "Supervision"),
    Text(
        "监督按开展日期，计划按计划年度，反馈按到期日期", "acts by date held, plans by plan year, follow-up by due date"
    ),
    rows=(
        glance.HEADLINE,
        (followup.FOLLOW_UP, plan.PROGRESS),  # who owes a report today; is the yearly plan on schedule
        duties.STATUTORY,  # was a yearly statutory duty missed
        (results.OPINIONS, glance.BY_FORM),  # what became of what was asked for; how often, in which form
        (glance.BY_UNIT, glance.BY_FIELD),  # on whom, on what
        (results.SATISFACTION, tools.MEANS_USED),  # what the committee voted; which means were never used
        (tools.REVIEW, tools.LIVELIHOOD),
    ),
    records=METRICS["S01"],
    widths={4: (6, 6), 6: (6, 6)},
)

if __name__ == "__main__":
    show(PAGE)
