"""ZIP: every file of a briefing from one set of drawings, and the checksums they can be proved by."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from dashboard.exports import FORMATS, bundle, preflight
from dashboard.exports.drawings import Drawings
from tests.dashboard.made_reports import BODIES, briefing, single, tiny_svg

pytestmark = pytest.mark.skipif(not preflight.ready().fonts, reason="no Chinese font is installed")
STEM = "云澜区_工作简报_2021-2025年"


def archive(report: Any = None) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(bundle.written(Drawings(report or briefing(), tiny_svg))))


def test_it_holds_every_document_under_a_chinese_name() -> None:
    made = archive()
    assert made.namelist() == [f"{STEM}.{ext}" for ext in ("docx", "pptx", "pdf", "xlsx")] + ["清单.txt"]
    assert all(entry.flag_bits & 0x800 for entry in made.infolist())  # the names are said to be UTF-8
    assert {entry.date_time for entry in made.infolist()} == {(2026, 11, 22, 10, 30, 0)}
    text = "共交办建议1,204件，满意率96.2%"
    assert text in "".join(p.text for p in Document(io.BytesIO(made.read(f"{STEM}.docx"))).paragraphs)
    slides = Presentation(io.BytesIO(made.read(f"{STEM}.pptx"))).slides
    assert text in "".join(s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame)
    pages = PdfReader(io.BytesIO(made.read(f"{STEM}.pdf"))).pages
    assert text in "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")
    assert text in str(load_workbook(io.BytesIO(made.read(f"{STEM}.xlsx")))["正文"]["C3"].value)


def test_the_list_proves_each_file_and_carries_the_passport() -> None:
    made = archive()
    lines = made.read("清单.txt").decode().splitlines()
    proofs = dict(reversed(line.split("  ", 1)) for line in lines if not line.startswith("#"))
    assert proofs == {name: sha256(made.read(name)).hexdigest() for name in made.namelist()[:-1]}
    assert "# 快照号  3F9A01CD" in lines


def test_each_chart_is_drawn_once_for_all_the_files() -> None:
    asked: list[dict[str, Any]] = []

    def draw(figure: dict[str, Any], width: int, height: int) -> str:
        asked.append(figure)
        return tiny_svg(figure, width, height)

    report = briefing()
    bundle.written(Drawings(replace(report, sections=(*report.sections, *single(BODIES["stack"]).sections)), draw))
    assert len(asked) == 2


def test_it_is_offered_for_the_briefing_alone() -> None:
    form = FORMATS["zip"]
    assert form.is_offered("briefing", whole=True)
    assert not form.is_offered("briefing", whole=False) and not form.is_offered("proposals", whole=True)
