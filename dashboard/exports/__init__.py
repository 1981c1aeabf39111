"""Files to take away: FORMATS is the one list of kinds; each module writes a Report as one kind."""

from __future__ import annotations

from types import MappingProxyType

from dashboard.exports import csv, paper, xlsx
from dashboard.exports.report import Format
from data_access.text import Text

FORMATS = MappingProxyType(
    {
        made.ext: made
        for made in (
            Format("png", "image/png", Text("图片（PNG）", "Picture (PNG)"), True, False, paper.png),
            Format("svg", "image/svg+xml", Text("矢量图（SVG）", "Drawing (SVG)"), True, False, paper.svg),
            Format("pdf", "application/pdf", Text("文件（PDF）", "Document (PDF)"), True, True, paper.pdf),
            Format(
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                Text("表格（XLSX）", "Workbook (XLSX)"),
                False,
                True,
                xlsx.write,
            ),
            Format("csv", "text/csv; charset=utf-8", Text("数据（CSV）", "Data (CSV)"), False, False, csv.write),
        )
    }
)
