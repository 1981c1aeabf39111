"""Files taken away in a real browser, opened again and read."""

from __future__ import annotations

import csv
import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote
from urllib.request import urlopen
from xml.etree import ElementTree

import openpyxl
import pytest
from docx import Document
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from dashboard.exports import FORMATS
from tests.benchmarks.server import Board
from tests.browser.conftest import Reader

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("form", [key for key, form in FORMATS.items() if form.is_offered("overview", whole=False)])
def test_every_format_is_taken_from_the_menu_and_read_again(reader: Reader, tmp_path: Path, form: str) -> None:
    page = reader("/overview?years=2025")
    number = page.locator(".k .n").first.inner_text().split()[0].rstrip("件")
    card = page.locator("[data-card=years]")
    title = card.locator("h2").inner_text()
    card.locator(".dl summary").click()
    with page.expect_download(timeout=60_000) as taken:
        card.locator(f".menu a[href*='.{FORMATS[form].ext}?']").click()
    name = taken.value.suggested_filename
    assert re.search(r"[\u4e00-\u9fff]", name) and name.endswith(f".{FORMATS[form].ext}")
    file = tmp_path / name
    taken.value.save_as(file)
    said = READERS[FORMATS[form].ext](file)
    assert number in said or form in ("docx", "pptx")  # there it is in a picture
    assert title in said or form in ("png", "csv")
    assert "years=2025" in said, "The file does not say how to open the view again."


def _pdf(file: Path) -> str:
    reader = PdfReader(file)
    return "".join(page.extract_text() for page in reader.pages) + str(reader.metadata)


def _png(file: Path) -> str:
    with Image.open(file) as image:
        assert image.width >= 1500
        return json.dumps(dict(image.text), ensure_ascii=False)  # type: ignore[attr-defined]


def _svg(file: Path) -> str:
    root = ElementTree.parse(file).getroot()
    return "".join(root.itertext())


def _xlsx(file: Path) -> str:
    book = openpyxl.load_workbook(file)
    return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)


def _csv(file: Path) -> str:
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "Excel needs the mark at the head to read Chinese."
    return " ".join(cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row)


def _docx(file: Path) -> str:
    paper = Document(str(file))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def _pptx(file: Path) -> str:
    slides = Presentation(str(file)).slides
    words = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    return " ".join([*words, *(slide.notes_slide.notes_text_frame.text for slide in slides)])


READERS = {"pdf": _pdf, "png": _png, "svg": _svg, "xlsx": _xlsx, "csv": _csv, "docx": _docx, "pptx": _pptx}


@pytest.mark.parametrize("key", ["overview", "proposals", "supervision", "personnel", "stations"])
def test_every_page_is_taken_as_a_paged_pdf_and_a_workbook(board: Board, tmp_path: Path, key: str) -> None:
    for form in (form for form in FORMATS.values() if form.is_offered(key, whole=True)):
        with urlopen(f"{board.url}/export/{key}.{form.ext}?years=2025", timeout=90) as answer:
            file = tmp_path / unquote(answer.headers["Content-Disposition"].split("''")[1])
            file.write_bytes(answer.read())
        assert "2025" in READERS[form.ext](file)
        if form.ext == "pdf":
            assert len(PdfReader(file).pages) >= 2


def test_ten_readers_exporting_at_once_each_get_their_own_picture(board: Board) -> None:
    years = [str(year) for year in range(2017, 2027)]

    def take(year: str) -> bytes:
        with urlopen(f"{board.url}/export/overview/years.svg?years={year}", timeout=90) as answer:
            return bytes(answer.read())

    with ThreadPoolExecutor(10) as readers:
        pictures = list(readers.map(take, years))
    assert len(set(pictures)) == 10
    for year, picture in zip(years, pictures, strict=True):
        assert f"years={year}" in picture.decode()
