"""Bills and suggestions: who is late today, how far items came, what was solved and promised, are deputies content."""

from dashboard.exhibits.exhibit import Page
from dashboard.exhibits.headline import Figure, headline
from dashboard.exhibits.ranked import ranked
from dashboard.page import show
from dashboard.subjects.proposals_again import rehandled
from dashboard.subjects.proposals_changes import changes
from dashboard.subjects.proposals_checks import checks
from dashboard.subjects.proposals_due import ageing, due_list
from dashboard.subjects.proposals_forecast import forecast
from dashboard.subjects.proposals_outcomes import classes, key_list
from dashboard.subjects.proposals_places import solved_by_township, topics, townships
from dashboard.subjects.proposals_process import process, rated_note, settled_note, soon_note
from dashboard.subjects.proposals_promises import promises
from dashboard.subjects.proposals_results import attitude, ladder
from dashboard.subjects.proposals_units import handling_days, units_on_time
from data_access.metrics import METRICS
from data_access.text import Text

M = METRICS

PAGE = Page(
    "proposals",
    Text("议案建议", "Bills and suggestions"),
    Text(
        "建议按工作年度、按领衔代表计一次；联名不重复；承办只计主办",
        "suggestions by handling year, once under the lead deputy; unit rates count lead handling only",
    ),
    rows=(
        headline(
            M["P01"],
            Figure(M["P04"], note=settled_note, also=(M["P04d"],)),
            Figure(M["P05"], base=Text("已到期件", "items settled")),
            Figure(M["P08"], base=Text("应办件", "items due")),
            Figure(M["P11"], name=Text("满意率（最终）", "Satisfied (final)"), note=rated_note, also=(M["P13"],)),
            Figure(M["P06"], note=soon_note, also=(M["P06a"],)),
        ),
        process(),  # how far did the items come, and what fell away
        (ageing(), units_on_time()),  # what is owed today; at which units
        due_list(),  # which items to chase, with unit and next step
        changes(),  # what is new for the next meeting
        forecast(),  # how many will be late by the end of the month, and how well was that guessed before
        (ladder(), classes()),  # are deputies content, and how many have not said; was it really solved
        (attitude(), rehandled()),  # is the work done well; did the second chance help
        (handling_days(), promises()),  # how long does it take; were last year's promises kept
        (  # what do deputies care about, and is it changing
            ranked(
                M["P01"],
                "category",
                key="categories",
                name=Text("类别构成", "By category"),
                path="/proposals",
                foot=Text("占比以收到建议为分母。", "Shares are of suggestions received."),
            ),
            topics(),
        ),
        (townships(), solved_by_township()),  # where do they come from; does any township differ by more than chance
        checks(),  # which answers look bunched and should be looked at again
        key_list(),  # how do the items under a leader's care stand
    ),
    records=M["P01"],
    widths={2: (7, 5)},
)

if __name__ == "__main__":
    show(PAGE)
