"""The addresses of files: what they answer, and the page that says why there is no file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import caption, fetch
from dashboard.caption import Described
from dashboard.exhibits.exhibit import Exhibit, Page, Picture, View
from dashboard.exports import FORMATS, preflight, progress
from dashboard.exports.report import Report
from dashboard.exports.routes import routes
from data_access.context import Context, Filters, Rules, Scope
from data_access.errors import DatabaseMissing, ExportProblem, RendaError
from data_access.text import Text
from tests.dashboard.made_reports import BODIES, picture

NAME = Text("按类别", "By category")
FAILING = Text("这张图缺一列。", "This chart lacks a column.")
GONE = Text("数据库不在 <这里>。", "The database is not <here>.")


def exhibit(key: str, drawn: Picture | RendaError) -> Exhibit:
    """An exhibit whose picture is there already."""

    def compose(_data: Any, _view: View) -> Picture:
        if isinstance(drawn, RendaError):
            raise drawn
        return drawn

    return Exhibit(key, NAME, (), lambda connection, view: None, compose)


PAGE = Page(
    "proposals",
    Text("议案建议", "Bills and suggestions"),
    Text("按办理年度", "by handling year"),
    rows=(
        exhibit("by_category", picture(BODIES["bars"])),
        (exhibit("chart", picture(BODIES["plot"])), exhibit("broken", RendaError(FAILING))),
    ),
)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The export addresses over a page that needs no database."""

    def view_of(parts: dict[str, str], **_: Any) -> tuple[View, tuple[Text, ...]]:
        rules = Rules(region_code="990102", board_name="云澜区人大常委会", fictional=True)
        context = Context(Scope(("990102",)), Filters((2026, 2026)), date(2026, 11, 20), rules)
        return View(context, "en" if parts.get("lang") == "en" else "zh", "light", date(2026, 11, 20)), ()

    def page(key: str) -> Page:
        if key != PAGE.key:
            raise KeyError(key)
        return PAGE

    monkeypatch.setattr(fetch, "page", page)
    monkeypatch.setattr(fetch, "view_of", view_of)
    monkeypatch.setattr(fetch, "picture", lambda key, exhibit, view: exhibit.compose(None, view))
    monkeypatch.setattr(
        caption, "describe", lambda page, view: Described("2026 年，全区", "2026-11-20", "按办理年度", "214 件")
    )
    with TestClient(Starlette(routes=routes)) as made:
        yield made


needs_font = pytest.mark.skipif(not preflight.ready().fonts, reason="no Chinese font is installed")


@needs_font
@pytest.mark.parametrize("kind", [kind for kind, form in FORMATS.items() if form.is_offered("proposals", whole=False)])
def test_an_exhibit_is_a_file_with_a_chinese_name(kind: str, client: TestClient) -> None:
    got = client.get(f"/export/proposals/by_category.{kind}?years=2026")
    assert got.status_code == 200
    assert got.headers["content-type"] == FORMATS[kind].mime
    named = got.headers["content-disposition"]
    assert unquote(named.rpartition("''")[2]) == f"议案建议_按类别_2026年_全区_截至2026-11-20.{kind}"
    assert len(got.content) > 300


def test_a_page_is_one_workbook_where_one_failing_exhibit_says_so(client: TestClient) -> None:
    got = client.get("/export/proposals.xlsx")
    assert got.status_code == 200
    sheets = pd.read_excel(io.BytesIO(got.content), sheet_name=None, header=None, engine="openpyxl")
    assert list(sheets) == ["按类别", "按类别 2", "按类别 3", "说明", "口径"]
    assert "这张图缺一列。" in sheets["按类别 3"].to_string()


def test_the_link_in_a_file_names_the_day_even_when_it_is_today(client: TestClient) -> None:
    text = client.get("/export/proposals/by_category.csv").content.decode("utf-8-sig")
    assert "/proposals?years=2026&as_of=2026-11-20" in text


def test_asking_for_the_head_makes_no_file(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(fetch, "picture")
    got = client.head("/export/proposals/chart.png")
    assert (got.status_code, got.content) == (200, b"")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/export/nothing/by_category.png", "没有这个页面，或它没有可导出的内容。"),
        ("/export/nothing.pdf", "没有这个页面，或它没有可导出的内容。"),
        ("/export/..%2Fetc/passwd.png", ""),
        ("/export/proposals/nothing.png", "这个页面上没有这张图表。"),
        ("/export/proposals/by_category.exe", "不能导出成这种文件。可选：png、svg、pdf、docx、pptx、xlsx、csv。"),
        ("/export/proposals.csv", "不能导出成这种文件。可选：pdf、docx、pptx、xlsx。"),
        ("/export/proposals/by_category.exe?lang=en", "There is no file of that kind here."),
    ],
)
def test_what_is_not_there_is_a_sentence(address: str, sentence: str, client: TestClient) -> None:
    got = client.get(address)
    assert got.status_code == 404
    assert sentence in got.text


def test_an_exhibit_that_fails_says_its_own_sentence(client: TestClient) -> None:
    got = client.get("/export/proposals/broken.csv")
    assert (got.status_code, "这张图缺一列。" in got.text) == (400, True)


@pytest.mark.parametrize("address", ["/export/proposals/by_category.csv", "/export/proposals.xlsx"])
def test_without_a_database_there_is_a_sentence_and_no_stack(
    address: str, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> Picture:
        raise DatabaseMissing(GONE)

    monkeypatch.setattr(fetch, "picture", gone)
    got = client.get(address)
    assert (got.status_code, got.headers["retry-after"]) == (503, "10")
    assert "数据库不在 &lt;这里&gt;。" in got.text
    assert "Traceback" not in got.text


def test_the_page_that_says_so_loads_nothing_else(client: TestClient) -> None:
    text = client.get("/export/nothing.pdf").text
    assert not any(word in text for word in ("src=", "<link", "url(", "@import", "<script"))


@pytest.mark.parametrize(("reason", "code"), [(preflight.NO_BROWSER, "EXP-01"), (preflight.NO_FONT, "EXP-02")])
def test_what_a_picture_lacks_is_said_with_its_code(
    reason: Text, code: str, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_fonts = reason is preflight.NO_BROWSER
    monkeypatch.setattr(preflight, "ready", lambda: preflight.Readiness(None, has_fonts, (reason,)))
    got = client.get("/export/proposals/chart.png")
    assert (got.status_code, code in got.text) == (503, True)
    assert client.get("/export/proposals/chart.xlsx").status_code == 200


def test_a_busy_worker_asks_to_come_back(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_report: object) -> bytes:
        raise ExportProblem("EXP-04", Text("人多（EXP-04）", "busy (EXP-04)"))

    monkeypatch.setattr("dashboard.exports.routes.FORMATS", {"csv": replace(FORMATS["csv"], write=busy)})
    got = client.get("/export/proposals/by_category.csv?lang=en")
    assert (got.status_code, "busy (EXP-04)" in got.text) == (503, True)


def test_while_a_file_is_made_its_exhibits_and_charts_are_counted(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three exhibits are read, of which one holds a chart; asked in between, the address says so, and afterwards
    nothing."""
    token, seen = "abcdefgh12", []

    def far() -> dict[str, Any]:
        return client.get(f"/export/progress/{token}").json()  # type: ignore[no-any-return]

    def read(key: str, made: Exhibit, view: View) -> Picture:
        seen.append(far())
        return made.compose(None, view)

    def write(report: Report) -> bytes:
        seen.append(far())
        progress.step()
        progress.step()  # drawn again by a second browser
        seen.append(far())
        return b"made"

    monkeypatch.setattr(fetch, "picture", read)
    monkeypatch.setattr("dashboard.exports.routes.FORMATS", {"pdf": replace(FORMATS["pdf"], write=write)})
    assert client.get("/export/proposals.pdf", headers={"X-Progress": token}).content == b"made"
    assert [(one["stage"], one["done"], one["of"]) for one in seen] == [
        ("read", 0, 3), ("read", 1, 3), ("read", 2, 3), ("draw", 0, 1), ("draw", 1, 1)
    ]  # fmt: skip
    assert client.get(f"/export/progress/{token}").status_code == 204


def test_nothing_is_counted_under_a_word_that_is_none(client: TestClient) -> None:
    assert client.get("/export/proposals.xlsx", headers={"X-Progress": "a b"}).status_code == 200
    assert client.get("/export/progress/unknown12").status_code == 204
