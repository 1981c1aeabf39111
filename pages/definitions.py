"""What each figure counts, by which law, with which exclusions, from which table."""

from dashboard.exhibits.exhibit import Page
from dashboard.record_page import show_definitions
from dashboard.subjects.definitions import ALL
from data_access.text import Text

PAGE = Page(
    "definitions",
    Text("指标口径", "Definitions"),
    Text(
        "每项指标计什么、不计什么、依据哪条法律、来自哪张表；点名称可看记录",
        "what each figure counts and leaves out, by which law, from which table; names lead to records",
    ),
    rows=(ALL,),  # as a file; on the screen they can be searched
)

if __name__ == "__main__":
    show_definitions(PAGE)
