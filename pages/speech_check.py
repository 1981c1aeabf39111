"""Somebody's draft, number by number: which agree with the board, which differ, which cannot be checked and why."""

from dashboard.exhibits.exhibit import Page
from dashboard.speech_page import show_speech_check
from data_access.text import Text

PAGE = Page(
    "speech_check",
    Text("讲稿核数", "Speech check"),
    Text(
        "期间和地域以稿中所写为准，未写的按页面筛选；稿子不留存",
        "periods and places as the draft names them, else as chosen here; the draft is not kept",
    ),
    rows=(),
)

if __name__ == "__main__":
    show_speech_check(PAGE)
