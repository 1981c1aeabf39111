"""One record's whole history: 提出 → 交办 → 答复 → 评价 → 二次办理 → 兑现, and its like for other kinds."""

from dashboard.record_page import show_record

if __name__ == "__main__":
    show_record()
