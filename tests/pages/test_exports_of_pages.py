"""The sample's pages and its briefing as files: they are written, and say what the board says."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import briefing, fetch
from dashboard.exports import FORMATS, collect, preflight, slides
from dashboard.exports.drawings import Drawings
from dashboard.exports.native import Series, native
from dashboard.exports.routes import routes
from dashboard.navigation import ENTRIES
from dashboard.settings import settings
from data_access.metrics import METRICS
from tests.dashboard.made_reports import tiny_svg

pytestmark = pytest.mark.skipif(not preflight.ready().fonts, reason="no Chinese font is installed")
VIEW = {"years": "2022-2026"}
BASKET = "proposals.categories~years.2025~note.请核对~~overview.headline"
FOOT = re.compile(r"· 数据截至|— ?\d+ ?—")
PAGES = [
    entry.key for entry in ENTRIES if entry.listed and entry.key not in ("briefing", "definitions", "speech_check")
]


@pytest.fixture(autouse=True, scope="module")
def board(sample_url: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", sample_url)
        settings.cache_clear()
        fetch.forget()
        yield
    settings.cache_clear()
    fetch.forget()


def told(series: Series, names: tuple[str, ...], table: pd.DataFrame) -> list[float | None]:
    """The numbers of a series as the table has them."""
    if len(table) == len(names):
        found = list(table[series.name])
    else:
        held = dict(zip(table.iloc[:, 0].astype(str), table[series.name], strict=True))
        found = [held.get(name, value) for name, value in zip(names, series.values, strict=True)]
    return [None if pd.isna(value) else float(value) for value in found]


@pytest.mark.parametrize("key", [*(key for key in PAGES if key != "import"), "briefing", "definitions"])
def test_every_file_a_page_offers_is_there(key: str) -> None:
    client = TestClient(Starlette(routes=routes))
    offered = [form.ext for form in FORMATS.values() if form.is_offered(key, whole=True)]
    assert {ext: client.head(f"/export/{key}.{ext}").status_code for ext in offered} == dict.fromkeys(offered, 200)


def test_the_definitions_go_into_a_workbook_with_tables_by_their_names() -> None:
    content = TestClient(Starlette(routes=routes)).get("/export/definitions.xlsx").content
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if "编号" in row)
    told = {row[rows[head].index("编号")]: row for row in rows[head + 1 :]}
    assert set(METRICS) <= set(told)
    assert told["B01"][rows[head].index("数据表")] == "党委支持与大事记（party_support）"


@pytest.mark.parametrize("key", PAGES)
def test_editable_charts_say_what_the_tables_say(key: str) -> None:
    view, _ = fetch.view_of(VIEW, known=())
    drawings = Drawings(collect.report(fetch.page(key), view), tiny_svg)
    deck = Presentation(io.BytesIO(slides.written(drawings)))
    charts = iter([shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart])
    for section, leaves in drawings.sections:
        for made in (found for leaf in leaves if (found := native(leaf, section.picture.table))):
            chart = next(charts)
            drawn = [one for plot in chart.plots for one in plot.series]
            over = [one for one in (made.totals, made.marks) if one]
            for one, shown in zip((*made.series, *over), drawn, strict=True):
                assert (shown.name, shown.values) == (one.name, one.values)
                if one.name in section.picture.table and one is not made.marks:
                    assert list(one.values) == told(one, made.names, section.picture.table), (section.key, one.name)
    assert next(charts, None) is None


def opened(ext: str, content: bytes) -> str:
    """Everything a file says, without white space."""
    file = io.BytesIO(content)
    if ext == "docx":
        words = "".join(paragraph.text for paragraph in Document(file).paragraphs)
    elif ext == "pptx":
        shapes = (shape for slide in Presentation(file).slides for shape in slide.shapes if shape.has_text_frame)
        words = "".join(shape.text_frame.text for shape in shapes)
    elif ext == "pdf":
        lines = (line for page in PdfReader(file).pages for line in page.extract_text().splitlines())
        words = "".join(line for line in lines if not FOOT.search(line))  # a sentence may go on over the page
    else:
        words = "".join(str(cell) for row in load_workbook(file)["正文"].values for cell in row)
    return re.sub(r"\s", "", words)


def test_every_file_of_the_briefing_says_every_sentence() -> None:
    view, _ = fetch.view_of(VIEW, known=())
    sentences = [re.sub(r"\s", "", sentence.text) for sentence in briefing.report(view).sentences]
    assert len(sentences) == 14
    address = f"?years=2022-2026&basket={BASKET}"
    with TestClient(Starlette(routes=routes)) as client:
        archive = zipfile.ZipFile(io.BytesIO(client.get(f"/export/briefing.zip{address}").content))
    for name in archive.namelist()[:-1]:
        said = opened(name.rpartition(".")[2], archive.read(name))
        assert [sentence for sentence in sentences if sentence not in said] == [], name
    paper = Document(io.BytesIO(archive.read(archive.namelist()[0])))
    assert "注：请核对" in [paragraph.text for paragraph in paper.paragraphs]
    assert len(paper.inline_shapes) == 2
