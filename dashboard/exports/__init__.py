"""Files to take away: FORMATS is the one list of kinds; each module writes a Report as one kind."""

from __future__ import annotations

from types import MappingProxyType

from dashboard.exports import csv, native, paper, xlsx
from dashboard.exports.report import Format, Report, no_charts
from data_access.text import Text

OFFICE = "application/vnd.openxmlformats-officedocument"


def _slides(report: Report) -> bytes:
    from dashboard.exports import slides

    return slides.write(report)


def _bundle(report: Report) -> bytes:
    from dashboard.exports import bundle

    return bundle.write(report)


def _word(report: Report) -> bytes:
    from dashboard.exports import word  # its library takes a while to read in, and most processes never need it

    return word.write(report)


FORMATS = MappingProxyType(
    {
        made.ext: made
        for made in (
            Format("png", "image/png", Text("图片（PNG）", "Picture (PNG)"), True, False, paper.png),
            Format("svg", "image/svg+xml", Text("矢量图（SVG）", "Drawing (SVG)"), True, False, paper.svg),
            Format("pdf", "application/pdf", Text("文件（PDF）", "Document (PDF)"), True, True, paper.pdf),
            Format(
                "docx",
                f"{OFFICE}.wordprocessingml.document",
                Text("文档（Word）", "Document (Word)"),
                True,
                True,
                _word,
            ),
            Format(
                "pptx",
                f"{OFFICE}.presentationml.presentation",
                Text("幻灯片（PPT）", "Slides (PowerPoint)"),
                True,
                True,
                _slides,
                native.pictures,
            ),
            Format(
                "xlsx",
                f"{OFFICE}.spreadsheetml.sheet",
                Text("表格（XLSX）", "Workbook (XLSX)"),
                False,
                True,
                xlsx.write,
                no_charts,
            ),
            Format(
                "csv",
                "text/csv; charset=utf-8",
                Text("数据（CSV）", "Data (CSV)"),
                False,
                False,
                csv.write,
                no_charts,
            ),
            Format(
                "zip",
                "application/zip",
                Text("全部文件（ZIP）", "All files (ZIP)"),
                True,
                True,
                _bundle,
                briefing_only=True,
            ),
        )
    }
)
