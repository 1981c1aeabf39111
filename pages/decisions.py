"""Decisions and meetings: what was resolved, was it reported back, were meetings held as often as the law wants."""

from dashboard.exhibits.exhibit import Page
from dashboard.page import show
from dashboard.subjects import decisions, meetings
from data_access.metrics import METRICS
from data_access.text import Text

PAGE = Page(
    "decisions",
    Text("决议决定与会议", "Decisions and meetings"),
    Text(
        "决议决定按通过日期，报告按到期日期，会议按举行日期；待报告为期末当日存量；任免不计入",
        "resolutions by day of adoption, reports by day due, meetings by date; reports to come as on the last day; "
        "appointments apart",
    ),
    rows=(
        decisions.HEADLINE,
        (decisions.REPORTED, meetings.CALENDAR_STRIP),  # what is still owed; met at least every two months?
        (decisions.BY_KIND, meetings.BY_YEAR),  # what was resolved; how many meetings, who came
        (decisions.FULL_TITLES, meetings.TOWNSHIP_SESSIONS),  # by title; did every township congress meet
    ),
    records=METRICS["D01"],
    widths={2: (6, 6), 3: (7, 5)},
)

if __name__ == "__main__":
    show(PAGE)
