"""On a database that lacks tables or columns the board shows what there is and says what is lacking."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import create_engine

import sample_data
from dashboard import caption, fetch
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exports.collect import report
from dashboard.formats import granted
from dashboard.needs import recorded
from dashboard.settings import settings
from data_access.errors import TableMissing
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.needs import FILE, Use, cost, uses, wanted, written
from data_access.tables import TABLES, metadata
from data_access.text import Text
from tests.pages.test_pages import opened, words

Point = Callable[[str], None]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the first months of the sample district."""
    path = tmp_path_factory.mktemp("small") / "small.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        metadata.create_all(connection)
        sample_data.fill(connection, until=sample_data.EARLIEST)
    engine.dispose()
    return path


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[Point]:
    def point(url: str) -> None:
        monkeypatch.setenv("DATABASE_URL", url)
        settings.cache_clear()
        fetch.forget()

    yield point
    settings.cache_clear()
    fetch.forget()


@contextmanager
def without(path: Path, name: str) -> Iterator[None]:
    """The file while it lacks a table, or a ``table.column``; the engine and what it has prepared stay."""
    table, _, column = name.partition(".")
    old, new = (column, f"{column}_gone") if column else (table, f"{table}_gone")
    alter = f"ALTER TABLE {table} RENAME COLUMN " if column else "ALTER TABLE "
    with sqlite3.connect(path) as writer:
        writer.execute(f"{alter}{old} TO {new}" if column else f"{alter}{old} RENAME TO {new}")
    _forget()
    yield
    with sqlite3.connect(path) as writer:
        writer.execute(f"{alter}{new} TO {old}" if column else f"{alter}{new} RENAME TO {old}")
    writer.close()


def _forget() -> None:
    fetch._cache.cache_clear()
    fetch.forget_answers()


def copied(source: str, path: Path, *, without: str) -> str:
    with sqlite3.connect(source.removeprefix("sqlite:///")) as full, sqlite3.connect(path) as cut:
        full.backup(cut)
        for table in without.split():
            cut.execute(f"DROP TABLE {table}")
    full.close()
    cut.close()
    return f"sqlite:///{path}"


def broken(needing: tuple[Use, ...]) -> list[str]:
    """Exhibits that neither show something nor say which table or column is lacking."""
    failed = []
    for page_key in dict.fromkeys(use.page for use in needing if use.page != "*"):
        page = fetch.page(page_key)
        view = page.adapt(fetch.view_of({})[0], {})
        caption.describe(page, view)
        for key in (use.exhibit for use in needing if use.page == page_key):
            exhibit = page.exhibit(key)
            assert exhibit is not None
            try:
                fetch.picture(page_key, exhibit, view)
            except TableMissing:
                continue
            except Exception as wrong:
                failed.append(f"{page_key}.{key}: {wrong!r}")
    return failed


def test_every_table_can_be_lacking(board: Point, small: Path) -> None:
    board(f"sqlite:///{small}")
    failed = {}
    for table in TABLES:
        with without(small, table):
            failed[table] = broken(cost({table}).exhibits)
    assert {table: found for table, found in failed.items() if found} == {}


def columns_apart() -> list[dict[str, tuple[Use, ...]]]:
    """Every column that is looked at, with the two exhibits that look at little else.

    In groups that can be lacking together: no exhibit looks at two of their columns.
    """
    groups: list[dict[str, tuple[Use, ...]]] = []
    for name in sorted(name for name in wanted() if "." in name):
        needing = tuple(sorted(cost({name}).exhibits, key=lambda use: len(use.reads))[:2])
        for group in groups:
            others = [use for uses in group.values() for use in uses]
            if not any(name in use.reads for use in others) and not any(use.reads & group.keys() for use in needing):
                group[name] = needing
                break
        else:
            groups.append({name: needing})
    return groups


def test_every_column_that_is_looked_at_can_be_lacking(board: Point, small: Path) -> None:
    board(f"sqlite:///{small}")
    failed = {}
    for group in columns_apart():
        with ExitStack() as lacking:
            for name in group:
                lacking.enter_context(without(small, name))
            failed |= {name: broken(needing) for name, needing in group.items()}
    assert {name: found for name, found in failed.items() if found} == {}


def half(compose: Callable[[pd.DataFrame, View], Picture]) -> Exhibit:
    """An exhibit of two figures: one of proposals, one of appointments."""
    metrics = (METRICS["P01"], METRICS["A01"])
    return Exhibit("half", Text("两个数", "Two"), metrics, lambda c, view: measure(c, metrics, view.context), compose)


def test_a_figure_taken_for_granted_is_told_as_missing_but_a_fault_of_the_drawing_is_not(
    board: Point, sample_url: str, tmp_path: Path
) -> None:
    def draw(found: pd.DataFrame, view: View) -> Picture:
        return Picture(f"{granted(found['A01'].iloc[0])} 人次", "", None, found)

    def misdraw(found: pd.DataFrame, view: View) -> Picture:
        raise ValueError("Drawn wrongly.")

    view_of = {"years": "2025"}
    board(copied(sample_url, tmp_path / "cut.db", without="appointment"))
    picture = fetch.picture("overview", half(draw), fetch.view_of(view_of)[0])
    assert picture.is_absent and "“任免事项”（appointment）" in picture.empty
    with pytest.raises(ValueError, match="Drawn wrongly"):
        fetch.picture("overview", replace(half(misdraw), key="wrong"), fetch.view_of(view_of)[0])
    board(sample_url)
    assert re.fullmatch(r"\d+ 人次", fetch.picture("overview", half(draw), fetch.view_of(view_of)[0]).title)


def said_at_head(html: str) -> list[str]:
    return re.findall(r'class="notice">([^<]*)', html)


def test_a_page_with_nothing_to_show_says_so_once(board: Point, sample_url: str, tmp_path: Path) -> None:
    board(copied(sample_url, tmp_path / "cut.db", without="appointment"))
    test = opened("personnel")
    assert not test.exception
    (notice,) = said_at_head(words(test))
    assert notice.startswith("本页需要数据表“任免事项”（appointment），数据库里还没有。")
    assert "describe --table appointment" in notice
    assert 'class="card' not in words(test)


def test_a_page_that_lacks_a_part_says_which_and_shows_the_rest(board: Point, sample_url: str, tmp_path: Path) -> None:
    board(copied(sample_url, tmp_path / "cut.db", without="proposal_handler proposal_reply"))
    said = words(opened("proposals", years="2025"))
    (notice,) = said_at_head(said)
    assert "“承办”（proposal_handler）" in notice and "“答复评价”（proposal_reply）" in notice
    assert re.search(r'收到建议</h3><div class="n">204<', said)
    assert re.search(r'答复率</h3><div class="n[^>]*>未填报', said)


def test_without_local_rules_the_only_district_is_shown_by_default_rules(
    board: Point, sample_url: str, tmp_path: Path
) -> None:
    board(copied(sample_url, tmp_path / "cut.db", without="rule_config term"))
    rules = fetch.frame().rules
    assert (rules.region_code, rules.region_name, rules.reply_months) == ("990102", "云澜区", 3)
    assert "本地规则" in said_at_head(words(opened("decisions")))[0]


def test_a_printed_total_stands_where_there_is_no_table(board: Point, sample_url: str, tmp_path: Path) -> None:
    url = copied(sample_url, tmp_path / "cut.db", without="resolution")
    with sqlite3.connect(tmp_path / "cut.db") as writer:
        writer.execute(
            "INSERT INTO reported_figure (id, metric_id, region_code, period, value, unit, source_doc, is_estimate) "
            "VALUES ('R1', 'D01', '990102', '2025', 7, '项', '2025年工作报告', 0)"
        )
    writer.close()
    board(url)
    page = fetch.page("decisions")
    picture = fetch.picture("decisions", page.exhibits()[0], fetch.view_of({"years": "2025"})[0])
    assert 7 in picture.table.iloc[0].tolist() or "7" in str(picture.table.iloc[0].tolist())


def test_a_file_of_a_page_keeps_what_can_be_shown(board: Point, sample_url: str, tmp_path: Path) -> None:
    board(copied(sample_url, tmp_path / "cut.db", without="meeting"))
    made = report(fetch.page("proposals"), fetch.view_of({})[0])
    empty = {section.key: section.picture.empty for section in made.sections if section.picture.body is None}
    assert "meeting" in empty["changes"]
    assert len(made.sections) - len(empty) > 8


def test_what_exhibits_look_at_is_recorded(board: Point, sample_url: str) -> None:
    board(sample_url)
    assert FILE.read_text(encoding="utf-8") == written(recorded()), (
        "Run: DATABASE_URL=(sample until 2026-11-20) python -m dashboard needs > data_access/needs.csv"
    )


def test_a_gap_is_told_by_the_pages_and_metrics_it_costs() -> None:
    lost = cost({"supervision_item"})
    assert {"总览", "监督", "五年来简报"} <= set(lost.pages)
    assert {"S01", "S08"} <= {metric.key for metric in lost.metrics}
    assert "A01" not in {metric.key for metric in lost.metrics}
    assert cost({"proposal.note"}).exhibits == () and cost({"proposal.note"}).metrics == ()
    # A column costs the figures that look at it, not every figure of its table.
    assert {metric.key for metric in cost({"appointment.exam"}).metrics} == {"A04", "A04a", "A04p", "A05a", "A06a"}
    assert {metric.key for metric in cost({"supervision_item.opinion_done"}).metrics} == {"S08"}
    assert {metric.key for metric in cost({"normative_doc.result"}).metrics} == {"S13c"}
    assert {use.page for use in uses()} >= {"overview", "proposals", "stations"}
