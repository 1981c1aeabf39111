"""Capacity: elections, cadres, bodies, vice-chair posts and funds."""

from dashboard.exhibits.exhibit import Page
from dashboard.page import show
from dashboard.subjects import capacity as glance
from dashboard.subjects import capacity_bodies as bodies
from dashboard.subjects import capacity_funds as funds
from dashboard.subjects.capacity_cadres import CADRES
from data_access.text import Text

PAGE = Page(
    "capacity",
    Text("队伍与保障", "Capacity"),
    Text(
        "选举为最近一次换届，干部变动自起算日期累计，机构和配备为期末存量，经费按预算年度",
        "elections: the latest general one; cadres: since the stated day; bodies and posts: on the last day; funds: by "
        "fiscal year",
    ),
    rows=(
        glance.HEADLINE,
        (bodies.TICK_LIST, glance.ELECTIONS),  # who lacks a committee or a vice-chair; whom the election brought
        (bodies.BODY_LIST, CADRES),  # seven committees and their posts; who moved up
        (funds.YEARS, funds.KINDS),  # is there money for deputies; what for
    ),
)

if __name__ == "__main__":
    show(PAGE)
