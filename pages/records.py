"""The records behind a figure, searched and sorted by what matters; reached from every figure of the board."""

from dashboard.exhibits.exhibit import Page
from dashboard.exhibits.record_list import record_list
from dashboard.record_page import show_records
from data_access.metrics import METRICS
from data_access.text import Text

PAGE = Page(
    "records",
    Text("记录", "Records"),
    Text("与所点数字的口径一致", "the same rule as the figure that led here"),
    rows=tuple(record_list(metric) for metric in METRICS.values()),
)

if __name__ == "__main__":
    show_records(PAGE)
