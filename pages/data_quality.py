"""What in the data is missing, contradictory, late or there twice, and which office can mend it."""

from dashboard.exhibits.exhibit import Page
from dashboard.page import show
from dashboard.subjects import quality as found
from dashboard.subjects.quality_records import RECORDS, choose
from dashboard.subjects.quality_sources import IMPORTS, SOURCES, YEARS
from data_access.text import Text

PAGE = Page(
    "data_quality",
    Text("数据质量", "Data quality"),
    Text(
        "事项按其年度，名册自登记年度起一直计入；业务未办不算数据问题；按数据日期核对，不随截至日期变化",
        "records by their year, registers from their first year on; work not done is no fault of the data; checked "
        "as of the day of the data, whatever day is looked at",
    ),
    rows=(
        found.HEADLINE,
        (found.TABLES_EXHIBIT, found.RULES),  # where is it, and what
        (found.OFFICES, found.TOWNSHIPS),  # who can mend it, and in which township
        RECORDS,
        (SOURCES, YEARS),  # how old is each table, and which years does it lack
        IMPORTS,
    ),
    widths={1: (6, 6), 2: (6, 6), 4: (7, 5)},
    adapt=choose,
)

if __name__ == "__main__":
    show(PAGE)
