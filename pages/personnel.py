"""Personnel: how many person-times and persons, by which action and organ, and is every procedure complete."""

from dashboard.exhibits.exhibit import Page
from dashboard.page import show
from dashboard.subjects import personnel as glance
from dashboard.subjects.personnel_open import OPEN_LIST
from dashboard.subjects.personnel_procedure import PROCEDURE
from dashboard.subjects.personnel_terms import TERMS
from data_access.metrics import METRICS
from data_access.text import Text

PAGE = Page(
    "personnel",
    Text("人事任免", "Personnel"),
    Text(
        "按任免日期，人次与人数分列；选举、人民陪审员另列",
        "by date of decision, person-times and persons apart; elections and lay assessors apart",
    ),
    rows=(
        glance.HEADLINE,
        (OPEN_LIST, glance.BY_YEAR),  # what is still open; how many, beside years of election
        PROCEDURE,  # was the procedure complete
        (glance.BY_ACTION, glance.BY_ORGAN),  # by statutory verb; by organ and year
        TERMS,  # is it more than in the last term, an election year against an election year
    ),
    records=METRICS["A01"],
)

if __name__ == "__main__":
    show(PAGE)
