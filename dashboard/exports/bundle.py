"""ZIP: the briefing as every kind of document, made from one set of drawings, with the checksum of each."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256

from dashboard.exports import paper, slides, word, xlsx
from dashboard.exports.drawings import Drawings
from dashboard.exports.report import Report
from dashboard.exports.words import facts
from data_access.text import Text

MANIFEST = Text("清单.txt", "manifest.txt")
READABLE = 0o644 << 16  # for systems that take the rights of a file from the archive


def write(report: Report) -> bytes:
    """Word, slides, PDF and workbook under the name of the report, and the list of their checksums.

    The list is one that ``sha256sum -c`` reads; the passport stands in its comments.

    Raises:
        ExportProblem: A drawing cannot be made; see ``paper.still``.
    """
    return written(Drawings(report))


def written(drawings: Drawings) -> bytes:
    """The archive of a report of which some drawings may be made already; see ``write``."""
    report = drawings.report
    members = {
        f"{report.file_stem}.docx": word.written(drawings),
        f"{report.file_stem}.pptx": slides.written(drawings),
        f"{report.file_stem}.pdf": paper.pdf(report, draw=drawings.svg),
        f"{report.file_stem}.xlsx": xlsx.write(report),
    }
    told = [f"# {name}  {' '.join(words.split())}" for name, words in facts(report.passport, report.lang)]
    sums = [f"{sha256(content).hexdigest()}  {name}" for name, content in members.items()]
    members[MANIFEST(report.lang)] = "\n".join((*told, *sums, "")).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, report.passport.made_at.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, READABLE
            archive.writestr(entry, content)
    return target.getvalue()
