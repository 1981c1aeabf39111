"""The office's own files into the database: what is wrong in a file, what it would change, and what was imported."""

from dashboard.exhibits.exhibit import Page
from dashboard.import_page import show_import
from data_access.text import Text

PAGE = Page(
    "import",
    Text("数据导入", "Data import"),
    Text("导入针对整个数据库，不受页面筛选影响", "an import concerns the whole database, whatever is chosen here"),
    rows=(),
)

if __name__ == "__main__":
    show_import(PAGE)
