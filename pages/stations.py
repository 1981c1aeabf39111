"""Liaison stations: where they stand, whom they reach, whether they are alive, what they carry."""

from dashboard.exhibits.exhibit import Page
from dashboard.page import show
from dashboard.subjects.stations import coverage_map, figures
from dashboard.subjects.stations_activity import idle, stages, years
from dashboard.subjects.stations_choice import choose
from dashboard.subjects.stations_fair import attended, receptions
from dashboard.subjects.stations_load import load, months
from dashboard.subjects.stations_places import matrix, places
from dashboard.subjects.stations_uncovered import uncovered
from data_access.metrics import METRICS
from data_access.text import Text

PAGE = Page(
    "stations",
    Text("联络站点", "Liaison stations"),
    Text(
        "站、室、点为期末在用数，分列不相加；活动按发生日期；覆盖按直线距离",
        "stations, rooms and points in use on the last day, never added; activities by date; coverage by straight line",
    ),
    rows=(
        figures(),
        (coverage_map("map"), places("places")),  # who has no station, how far do the sites reach
        (matrix("radii"), uncovered("uncovered")),  # what hangs on radius and level; where to build next
        stages("stages"),  # which exist on paper only
        (idle("idle"), years("years")),  # who never opened; is the work growing
        (receptions("receptions"), attended("attended")),  # does any township differ by more than chance
        (load("load"), months("months")),  # who carries too much; when are people received
    ),
    records=METRICS["L06"],
    widths={1: (8, 4), 4: (5, 7), 5: (5, 7)},
    adapt=choose,  # radius and levels chosen on the map hold for every figure of the page
)

if __name__ == "__main__":
    show(PAGE)
