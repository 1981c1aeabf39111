"""The numbers part of the speech for any years and townships: the text, its figures one by one, what is left out."""

from dashboard.briefing.basket import take
from dashboard.briefing.text import FIGURES, OMITTED, TEXT
from dashboard.briefing_page import show_briefing
from dashboard.exhibits.exhibit import Page
from data_access.text import Text

PAGE = Page(
    "briefing",
    Text("五年来简报", "Briefing"),
    Text(
        "各指标的口径见下表；按所选年份和乡镇计算，不随图上点选的筛选变化",
        "each figure by its own definition, listed below; for the years and townships chosen, whatever was clicked",
    ),
    rows=(
        TEXT,  # what can be said aloud
        FIGURES,  # where each number comes from
        OMITTED,  # what is not said, and why
    ),
    adapt=take,
)

if __name__ == "__main__":
    show_briefing(PAGE)
