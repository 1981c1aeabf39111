"""The work on one screen: headline figures, what to ask about today, five years, and where the gaps are."""

from dashboard.exhibits.exhibit import Page
from dashboard.exhibits.headline import Figure, headline
from dashboard.exhibits.panels import panels
from dashboard.page import show
from dashboard.subjects.overview import five_years, today
from dashboard.subjects.proposals_results import ladder
from dashboard.subjects.stations import WITH_STATION, stations_map
from dashboard.subjects.supervision import statutory_matrix
from data_access.metrics import METRICS
from data_access.text import Text

M = METRICS

PAGE = Page(
    "overview",
    Text("总览", "Overview"),
    Text(
        "建议按办理年度，活动按发生日期；同期指各年截至同一月日",
        "suggestions by handling year, activities by date; same dates end on the same day of each year",
    ),
    rows=(
        headline(
            Figure(M["P01"], path="/proposals"),
            Figure(M["P05"], base=Text("已到期件", "items due"), path="/proposals"),
            Figure(M["P08"], base=Text("应办件", "items due"), path="/proposals"),
            Figure(M["P11"], base=Text("已评价件", "rated items"), path="/proposals"),
            Figure(M["S01"], path="/supervision"),
            Figure(M["A01"], name=Text("人事任免", "Appointments"), path="/personnel", of_district=True),
        ),
        (
            today(),  # what should somebody telephone about before anything else
            panels(  # is the work growing, and what stands out
                M["P01"],
                M["S01"],
                M["L06"],
                M["A01"],
                key="years",
                name=Text("五年来", "Five years"),
                finding=five_years,
                of_district=(M["A01"],),
            ),
        ),
        headline(
            Figure(M["B01"], path="/leadership", of_district=True),
            Figure(M["B03"], path="/leadership", of_district=True),
            Figure(M["D01"], name=Text("决议决定", "Resolutions"), path="/decisions", of_district=True),
            Figure(M["L02"], base=Text("乡镇（街道）", "townships"), name=WITH_STATION, path="/stations"),
            Figure(M["L10.d"], base=Text("在任", "serving"), name=Text("代表述职", "Reported"), path="/deputies"),
            Figure(M["B13"], path="/capacity", of_district=True),
            key="more",
            name=Text("各页主要数字", "Figures of the other pages"),
        ),
        (ladder("ladder"), stations_map("map")),  # are deputies content; who has no station
        statutory_matrix("duties"),  # is a yearly statutory duty still open
    ),
    records=M["P01"],
)

if __name__ == "__main__":
    show(PAGE)
