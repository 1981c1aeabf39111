"""Party leadership and key work: was the work heard and answered, and who is linked to what."""

from dashboard.exhibits.exhibit import Page
from dashboard.page import show
from dashboard.subjects import leadership as glance
from dashboard.subjects import leadership_work as work
from dashboard.subjects.leadership_papers import PAPERS
from data_access.text import Text

PAGE = Page(
    "leadership",
    Text("党委领导与重点工作", "Leadership and key work"),
    Text(
        "听取汇报、文件、会议按发生日期；重点工作为所选期间内联系过的，进度为目前填报；重点工作不计入监督",
        "hearings, papers and meetings by date; key work as linked within the period, progress as last recorded; key "
        "work is no supervision",
    ),
    rows=(
        glance.HEADLINE,
        (PAPERS, glance.BY_YEAR),  # was paper answered fast; was the work heard every year
        glance.TIMELINE,  # which rules came of it, which meetings and campaigns
        work.WHO,  # who is linked to which task, project and township
        (work.LINKS, work.PROGRESS),  # which township has nobody; how far against the plan
    ),
)

if __name__ == "__main__":
    show(PAGE)
